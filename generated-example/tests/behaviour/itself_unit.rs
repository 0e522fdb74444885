//! Units of work over entities that refer to themselves.

use crate::itself::{account, folder, node, on_tree, page};
use crate::tree::{
    Account, Error, Folder, NewFolder, NewNode, NewPage, Node, Page, UnitOfWork, folder, node, page,
};

fn new_folder(name: &str) -> NewFolder {
    NewFolder {
        name: name.into(),
        parent_id: None,
    }
}

#[test]
fn a_tree_in_one_unit() {
    on_tree(|conn| {
        let stored = folder(conn, "stored", None);
        let mut work = UnitOfWork::new();
        let root = work.insert(new_folder("root"));
        let left = work.insert(NewFolder {
            name: "left".into(),
            parent_id: Some(root.into()),
        });
        let right = work.insert(new_folder("right"));
        work.link(folder::CHILDREN, root, [right]);
        work.set(folder::PARENT, &stored, Some(left));
        let done = work.commit(conn).unwrap();
        let parents = |key| Folder::get(conn, key).unwrap().parent_id;
        assert_eq!(parents(done.key(left)), Some(done.key(root)));
        assert_eq!(parents(done.key(right)), Some(done.key(root)));
        assert_eq!(parents(stored.id), Some(done.key(left)));
        let mut work = UnitOfWork::new();
        work.unlink(folder::CHILDREN, done.key(root), [done.key(right)]);
        work.set(folder::PARENT, &stored, None::<&Folder>);
        work.commit(conn).unwrap();
        assert_eq!((parents(done.key(right)), parents(stored.id)), (None, None));
    });
}

#[test]
fn circles_are_closed() {
    on_tree(|conn| {
        let mut work = UnitOfWork::new();
        let ring = ["a", "b", "c"].map(|name| work.insert(new_folder(name)));
        for place in 0..3 {
            work.set(folder::PARENT, ring[place], ring[(place + 1) % 3]);
        }
        let own = work.insert(new_folder("own"));
        work.set(folder::PARENT, own, own);
        // One to one in a ring too, from both sides.
        let pages = ["x", "y"].map(|title| {
            work.insert(NewPage {
                title: title.into(),
                cover: None,
                behind: None,
            })
        });
        work.set(page::NEXT, pages[0], pages[1]);
        work.set(page::PREVIOUS, pages[0], Some(pages[1]));
        let done = work.commit(conn).unwrap();
        let parent = |pending| Folder::get(conn, done.key(pending)).unwrap().parent_id;
        assert_eq!(
            ring.map(parent),
            [ring[1], ring[2], ring[0]].map(|next| Some(done.key(next)))
        );
        assert_eq!(parent(own), Some(done.key(own)));
        let [x, y] = pages.map(|page| Page::get(conn, done.key(page)).unwrap());
        assert_eq!((x.behind, y.behind), (Some(y.id), Some(x.id)));
        // A ring goes by one delete here: the key cascades.
        Folder::get(conn, done.key(ring[0]))
            .unwrap()
            .delete(conn)
            .unwrap();
        assert_eq!(Folder::query().count(conn).unwrap(), 1);
    });
}

#[test]
fn rows_are_deleted_whatever_the_order_of_the_calls() {
    on_tree(|conn| {
        let a = account(conn, "a");
        let delete = |order: &[i32]| {
            node(conn, &a, 1, None);
            for id in 2..6 {
                node(conn, &a, id, Some(id - 1));
            }
            let mut work = UnitOfWork::new();
            for id in order {
                work.delete(&Node::get(conn, (a.id, *id)).unwrap());
            }
            work.commit(conn).map(drop)
        };
        delete(&[1, 2, 3, 4, 5]).unwrap();
        delete(&[5, 4, 3, 2, 1]).unwrap();
        delete(&[3, 1, 5, 2, 4]).unwrap();
        assert_eq!(Node::query().count(conn).unwrap(), 0);
        let refused = delete(&[1, 3, 5]);
        assert!(
            matches!(refused, Err(Error::ForeignKeyViolation { .. })),
            "{refused:?}"
        );
        assert_eq!(Node::query().count(conn).unwrap(), 5);
        // What it belongs to comes behind it.
        let mut work = UnitOfWork::new();
        work.delete(&a);
        for node in Node::query().all(conn).unwrap() {
            work.delete(&node);
        }
        work.commit(conn).unwrap();
        assert_eq!(Account::query().count(conn).unwrap(), 0);
    });
}

#[test]
fn a_ring_that_nothing_cascades_through_is_opened_first() {
    on_tree(|conn| {
        let [a, b] = ["a", "b"].map(|title| page(conn, title));
        let mut work = UnitOfWork::new();
        work.set(page::NEXT, &a, &b);
        work.set(page::NEXT, &b, &a);
        work.commit(conn).unwrap();
        let mut work = UnitOfWork::new();
        work.delete(&a);
        work.delete(&b);
        let refused = work.commit(conn);
        assert!(
            matches!(refused, Err(Error::ForeignKeyViolation { .. })),
            "{refused:?}"
        );
        let mut work = UnitOfWork::new();
        work.set(page::PREVIOUS, &a, None::<&Page>);
        work.delete(&a);
        work.delete(&b);
        work.commit(conn).unwrap();
        assert_eq!(Page::query().count(conn).unwrap(), 0);
    });
}

#[test]
fn keys_of_two_columns() {
    on_tree(|conn| {
        let [a, b] = ["a", "b"].map(|name| account(conn, name));
        let other = node(conn, &b, 1, None);
        let mut work = UnitOfWork::new();
        let new = |node_id, parent_id| NewNode {
            account_id: (&a).into(),
            node_id,
            parent_id,
            name: String::new(),
        };
        let root = work.insert(new(1, None));
        let two = work.insert(new(2, Some(1)));
        let three = work.insert(new(3, None));
        work.link(node::CHILDREN, two, [three]);
        work.set(node::PARENT, root, Some(three));
        let done = work.commit(conn).unwrap();
        let parent = |pending| Node::get(conn, done.key(pending)).unwrap().parent_id;
        assert_eq!([root, two, three].map(parent), [Some(3), Some(1), Some(2)]);
        for change in [
            &|work: &mut UnitOfWork| work.link(node::CHILDREN, &other, [done.key(two)]),
            &|work: &mut UnitOfWork| work.set(node::PARENT, done.key(two), &other),
        ] as [&dyn Fn(&mut UnitOfWork); 2]
        {
            let mut work = UnitOfWork::new();
            change(&mut work);
            let refused = work.commit(conn);
            assert!(
                matches!(refused, Err(Error::ForeignKeyViolation { .. })),
                "{refused:?}"
            );
        }
        for change in [
            &|work: &mut UnitOfWork| work.link(node::CHILDREN, &other, [(b.id, 404)]),
            &|work: &mut UnitOfWork| work.set(node::PARENT, (b.id, 404), &other),
        ] as [&dyn Fn(&mut UnitOfWork); 2]
        {
            let mut work = UnitOfWork::new();
            change(&mut work);
            let refused = work.commit(conn);
            assert!(
                matches!(refused, Err(Error::NotFound { .. })),
                "{refused:?}"
            );
        }
        assert_eq!(parent(two), Some(1));
    });
}
