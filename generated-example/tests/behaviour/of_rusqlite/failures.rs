//! Transactions that end from within.

use crate::school;
use crate::unit::models::{NewNode, Node, UnitOfWork};
use crate::unit::{models, new_node, on_units};

#[test]
fn a_closure_that_ends_the_transaction_itself_is_told() {
    on_units(|conn| {
        for statement in ["COMMIT", "ROLLBACK"] {
            let refused = models::support::transaction(conn, || {
                Node::insert(conn, new_node(statement))?;
                Ok(conn.execute_batch(statement)?)
            });
            assert!(
                matches!(refused, Err(models::Error::Database(_))),
                "{refused:?}"
            );
            assert!(conn.is_autocommit());
        }
        let there = Node::query().one(conn).unwrap();
        assert_eq!(there.name, "COMMIT");
        let new = NewNode {
            parent_id: Some((&there).into()),
            ..new_node("works on")
        };
        Node::insert(conn, new).unwrap();
    });
}

#[test]
fn a_trigger_that_rolls_back_everything_is_told() {
    on_units(|conn| {
        conn.execute_batch(
            "CREATE TEMP TRIGGER whole BEFORE INSERT ON nodes WHEN new.name = 'bad'
             BEGIN SELECT RAISE(ROLLBACK, 'not that'); END",
        )
        .unwrap();
        let nodes = |count: i32| {
            (0..count).map(move |n| match n {
                20 => new_node("bad"),
                n => new_node(&n.to_string()),
            })
        };
        let refused = Node::insert_many(conn, nodes(40));
        assert!(
            matches!(refused, Err(models::Error::Database(_))),
            "{refused:?}"
        );
        let outer = conn.unchecked_transaction().unwrap();
        Node::insert(&outer, new_node("a")).unwrap();
        let mut work = UnitOfWork::new();
        for node in nodes(40) {
            work.insert(node);
        }
        work.commit(&outer).unwrap_err();
        assert!(conn.is_autocommit(), "the trigger ended the caller's, too");
        drop(outer);
        assert_eq!(Node::query().count(conn).unwrap(), 0);
        assert_eq!(Node::insert_many(conn, nodes(20)).unwrap().len(), 20);
        let refused = school::create_tables(conn);
        refused.unwrap();
    });
}
