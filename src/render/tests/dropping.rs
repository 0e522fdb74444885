//! Dropping tables that refer to each other in every way, with rows in them.

use rusqlite::Connection;

use super::{loaded, rows};
use crate::model::sample::{entities, id, nullable, school, table, with_default};
use crate::model::{Action, Column, Default, Literal, Model, Table, Type};
use crate::sql::sqlite;

const ACTIONS: [Action; 5] = [
    Action::NoAction,
    Action::Restrict,
    Action::Cascade,
    Action::SetNull,
    Action::SetDefault,
];

/// What may forbid that an action changes a reference.
const FORBIDDEN: [&str; 5] = ["plain", "not null", "check", "unique", "index"];

fn drop_statements(model: &Model) -> Vec<String> {
    let grammar = sqlite();
    grammar.drop_tables(model)
}

/// Runs the drop in one transaction and looks at what is left.
fn dropped(conn: &Connection, model: &Model) {
    let statements = drop_statements(model);
    conn.execute_batch("BEGIN").expect("begin");
    for statement in &statements {
        conn.execute_batch(statement)
            .unwrap_or_else(|error| panic!("{error} at {statement} of {statements:#?}"));
    }
    conn.execute_batch("COMMIT")
        .unwrap_or_else(|error| panic!("{error} after {statements:#?}"));
    assert!(rows(conn, "SELECT name FROM sqlite_schema").is_empty());
    assert!(rows(conn, "SELECT name FROM sqlite_temp_schema").is_empty());
}

/// Fills tables that refer to each other before the foreign keys can hold.
fn fill(conn: &Connection, inserts: &str) {
    conn.execute_batch(&format!(
        "BEGIN; PRAGMA defer_foreign_keys = ON; {inserts}; COMMIT"
    ))
    .expect("rows");
}

/// A column that refers to something, made so that changing it is forbidden in one way.
fn reference(forbidden: &str) -> Column {
    match forbidden {
        "not null" => Column {
            nullable: false,
            default: None,
            ..nullable("x", Type::Integer)
        },
        "plain" => nullable("x", Type::Integer),
        _ => Column {
            nullable: true,
            ..with_default("x", Type::Integer, Default::Literal(Literal::Integer(77)))
        },
    }
}

fn referring(name: &str, forbidden: &str, target: usize, action: Action) -> Table {
    let same = with_default("y", Type::Integer, Default::Literal(Literal::Integer(0)));
    let table = table(name, vec![id(), reference(forbidden), same]).refers(1, target, action);
    match forbidden {
        "check" => table.check(&format!("ck_{name}"), "x IS NOT NULL AND x <> 77"),
        "unique" => table.unique(1),
        "index" => table.index(&[2], Some("x IS NULL")),
        _ => table,
    }
}

#[test]
fn circles_of_two_with_every_pair_of_actions() {
    for forbidden in FORBIDDEN {
        for first in ACTIONS {
            for second in ACTIONS {
                let model = entities(vec![
                    referring("a", forbidden, 1, first),
                    referring("b", forbidden, 0, second),
                    // From outside into the circle, with rows as well.
                    referring("c", forbidden, 0, Action::Restrict),
                ]);
                let conn = loaded(&model);
                fill(
                    &conn,
                    "INSERT INTO a (id, x) VALUES (1, 1), (2, 2), (3, 3); INSERT INTO b (id, x) VALUES (1, 2), (2, 3), (3, 1); \
                     INSERT INTO c (id, x) VALUES (1, 1)",
                );
                dropped(&conn, &model);
            }
        }
    }
}

#[test]
fn a_table_that_refers_to_itself() {
    for forbidden in FORBIDDEN {
        for action in ACTIONS {
            let model = entities(vec![referring("a", forbidden, 0, action)]);
            let conn = loaded(&model);
            fill(&conn, "INSERT INTO a (id, x) VALUES (1, 2), (2, 3), (3, 1)");
            dropped(&conn, &model);
        }
    }
}

#[test]
fn a_circle_of_three_whose_members_do_not_stand_together() {
    let model = entities(vec![
        referring("a", "check", 2, Action::SetNull),
        referring("alone", "plain", 0, Action::NoAction),
        referring("b", "unique", 3, Action::Cascade),
        referring("c", "not null", 0, Action::Restrict),
    ]);
    let conn = loaded(&model);
    fill(
        &conn,
        "INSERT INTO a (id, x) VALUES (1, 1), (2, 2); INSERT INTO b (id, x) VALUES (1, 2), (2, 1); \
         INSERT INTO c (id, x) VALUES (1, 2), (2, 1); INSERT INTO alone (id, x) VALUES (1, 1)",
    );
    dropped(&conn, &model);
}

#[test]
fn a_circle_around_a_circle() {
    let columns = vec![
        id(),
        nullable("c", Type::Integer),
        nullable("y", Type::Integer),
    ];
    let around =
        table("a", columns)
            .refers(1, 1, Action::SetDefault)
            .refers(2, 2, Action::SetDefault);
    let model = entities(vec![
        around,
        referring("c", "unique", 0, Action::SetDefault),
        referring("y", "check", 2, Action::SetNull),
    ]);
    let conn = loaded(&model);
    fill(
        &conn,
        "INSERT INTO a (id, c, y) VALUES (1, 1, 2), (2, 2, 1); \
         INSERT INTO c (id, x) VALUES (1, 2), (2, 1); INSERT INTO y (id, x) VALUES (1, 2), (2, 1)",
    );
    dropped(&conn, &model);
}

#[test]
fn without_circles_the_order_is_enough() {
    let model = school();
    assert_eq!(
        drop_statements(&model),
        [
            "DROP TABLE IF EXISTS \"student_course\"",
            "DROP TABLE IF EXISTS \"courses\"",
            "DROP TABLE IF EXISTS \"students\"",
        ]
    );
    let conn = loaded(&model);
    fill(
        &conn,
        "INSERT INTO students VALUES (1, 'a'); INSERT INTO courses VALUES (1, 'b'); \
         INSERT INTO student_course VALUES (1, 1)",
    );
    dropped(&conn, &model);
}

#[test]
fn tables_that_are_not_there_are_passed_over() {
    let stubborn = entities(vec![
        referring("a", "check", 1, Action::SetNull),
        referring("b", "unique", 0, Action::SetDefault),
    ]);
    for model in [school(), stubborn] {
        let conn = loaded(&model);
        dropped(&conn, &model);
        dropped(&conn, &model);
    }
}

#[test]
fn inside_a_transaction_of_the_caller_a_rollback_brings_all_back() {
    let model = entities(vec![referring("a", "check", 0, Action::SetNull)]);
    let conn = loaded(&model);
    fill(&conn, "INSERT INTO a (id, x) VALUES (1, 2), (2, 1)");
    conn.execute_batch("BEGIN; SAVEPOINT s").expect("savepoint");
    for statement in drop_statements(&model) {
        conn.execute_batch(&statement).expect("dropped");
    }
    conn.execute_batch("RELEASE s; ROLLBACK").expect("rollback");
    assert_eq!(rows(&conn, "SELECT id, x FROM a"), ["1|2", "2|1"]);
    assert!(rows(&conn, "SELECT name FROM sqlite_temp_schema").is_empty());
}
