//! Relationships from an entity to itself, read and written by handles.

use crate::db::{self, Connection};

use crate::on_both;
use crate::tree::{
    Account, Error, Folder, NewAccount, NewFolder, NewNode, NewPage, Node, Page, create_tables,
    folder, node, page,
};

pub fn on_tree(test: impl Fn(&Connection)) {
    let open = |conn: &Connection| {
        crate::tree::configure(conn).unwrap();
        create_tables(conn).unwrap();
    };
    on_both(open, test);
}

pub fn folder(conn: &Connection, name: &str, parent: Option<&Folder>) -> Folder {
    let new = NewFolder {
        name: name.into(),
        parent_id: parent.map(Into::into),
    };
    Folder::insert(conn, new).unwrap()
}

pub fn page(conn: &Connection, title: &str) -> Page {
    let new = NewPage {
        title: title.into(),
        cover: None,
        behind: None,
    };
    Page::insert(conn, new).unwrap()
}

pub fn account(conn: &Connection, name: &str) -> Account {
    Account::insert(conn, NewAccount { name: name.into() }).unwrap()
}

pub fn node(conn: &Connection, account: &Account, node_id: i32, parent_id: Option<i32>) -> Node {
    let new = NewNode {
        account_id: account.into(),
        node_id,
        parent_id,
        name: format!("{}{node_id}", account.name),
    };
    Node::insert(conn, new).unwrap()
}

fn names(folders: &[Folder]) -> Vec<&str> {
    folders.iter().map(|folder| folder.name.as_str()).collect()
}

/// A root with two folders, the second of which has two.
fn grown(conn: &Connection) -> [Folder; 5] {
    let root = folder(conn, "root", None);
    let left = folder(conn, "left", Some(&root));
    let right = folder(conn, "right", Some(&root));
    let low = folder(conn, "low", Some(&right));
    let lower = folder(conn, "lower", Some(&low));
    [root, left, right, low, lower]
}

#[test]
fn both_sides_of_a_tree() {
    on_tree(|conn| {
        let [root, left, right, low, lower] = grown(conn);
        assert_eq!(
            names(&root.children().all(conn).unwrap()),
            ["left", "right"]
        );
        assert_eq!(root.children().count(conn).unwrap(), 2);
        assert!(root.children().contains(conn, &left).unwrap());
        assert!(!left.children().contains(conn, &root).unwrap());
        assert_eq!(root.parent().get(conn).unwrap(), None);
        assert_eq!(lower.parent().get(conn).unwrap(), Some(low.clone()));
        let query = root.children().query().filter(folder::NAME.like("r%"));
        assert_eq!(names(&query.all(conn).unwrap()), ["right"]);

        assert!(left.children().add(conn, &low).unwrap());
        assert!(!left.children().add(conn, &low).unwrap());
        assert_eq!(right.children().count(conn).unwrap(), 0);
        let low = Folder::get(conn, low.id).unwrap();
        let low = low.parent().set(conn, None).unwrap();
        assert_eq!(low.parent_id, None);
        right.children().set(conn, [&low, &left]).unwrap();
        assert_eq!(names(&right.children().all(conn).unwrap()), ["left", "low"]);
        assert!(right.children().remove(conn, &left).unwrap());
        assert_eq!(right.children().clear(conn).unwrap(), 1);
        assert_eq!(names(&root.children().all(conn).unwrap()), ["right"]);
    });
}

#[test]
fn a_row_may_be_its_own() {
    on_tree(|conn| {
        let root = folder(conn, "root", None);
        let root = root.parent().set(conn, Some(&root)).unwrap();
        assert_eq!(root.parent_id, Some(root.id));
        assert_eq!(root.children().all(conn).unwrap(), [root.clone()]);
        let all = Folder::query().with(folder::PARENT).with(folder::CHILDREN);
        assert_eq!(
            all.all(conn).unwrap(),
            [(root.clone(), Some(root.clone()), vec![root.clone()])]
        );
        let own = Folder::query().filter(folder::PARENT.any(folder::PARENT.exists()));
        assert_eq!(own.count(conn).unwrap(), 1);
        root.delete(conn).unwrap();
    });
}

#[test]
fn conditions_nest_over_the_same_table() {
    on_tree(|conn| {
        let [.., low, _] = grown(conn);
        let find = |filter| {
            let found = Folder::query().filter(filter).order_by(folder::ID.asc());
            let found = found.all(conn).unwrap();
            found
                .into_iter()
                .map(|folder| folder.name)
                .collect::<Vec<_>>()
        };
        let named = |name: &str| folder::NAME.eq(name);
        assert_eq!(find(folder::CHILDREN.exists()), ["root", "right", "low"]);
        assert_eq!(find(folder::CHILDREN.exists().not()), ["left", "lower"]);
        assert_eq!(find(folder::PARENT.exists().not()), ["root"]);
        assert_eq!(find(folder::CHILDREN.any(named("low"))), ["right"]);
        assert_eq!(
            find(folder::CHILDREN.any(named("low")).not()),
            ["root", "left", "low", "lower"]
        );
        assert_eq!(
            find(folder::PARENT.any(named("root")).not()),
            ["root", "low", "lower"]
        );
        let grand =
            folder::CHILDREN.any(folder::CHILDREN.any(folder::CHILDREN.any(named("lower"))));
        assert_eq!(find(grand.clone()), ["root"]);
        assert_eq!(find(grand.not()), ["left", "right", "low", "lower"]);
        // Up and down: siblings of what has a child called low.
        let siblings = folder::PARENT
            .any(named("root").and(folder::CHILDREN.any(folder::CHILDREN.any(named("low")))));
        assert_eq!(find(siblings), ["left", "right"]);
        // Names of the user's own SQL mean the innermost table.
        let raw = folder::CHILDREN.any(crate::tree::raw("parent_id = ? AND name <> 'x'", [low.id]));
        assert_eq!(find(raw), ["low"]);
        let changed = Folder::query()
            .filter(folder::PARENT.any(folder::PARENT.any(named("root"))))
            .update(conn, folder::NAME.set("deep"));
        assert_eq!(changed.unwrap(), 1);
        let gone = Folder::query().filter(folder::CHILDREN.exists().not());
        assert_eq!(gone.delete(conn).unwrap(), 2);
    });
}

#[test]
fn eager_loads_nest() {
    on_tree(|conn| {
        let [root, left, right, low, lower] = grown(conn);
        let mut all = Vec::new();
        let run = db::trace(conn, || {
            all = Folder::query()
                .filter(folder::PARENT.exists().not())
                .with(folder::CHILDREN.with(folder::CHILDREN.with(folder::PARENT)))
                .all(conn)
                .unwrap();
        });
        assert!(run.is_none_or(|run| run.len() == 4));
        let below = vec![
            (left.clone(), vec![]),
            (right.clone(), vec![(low.clone(), Some(right.clone()))]),
        ];
        assert_eq!(all, [(root.clone(), below)]);
        let folders = Folder::query().all(conn).unwrap();
        let parents = folder::PARENT.shared().load(conn, &folders).unwrap();
        let parents: Vec<_> = parents.iter().map(|parent| parent.as_deref()).collect();
        assert_eq!(
            parents,
            [None, Some(&root), Some(&root), Some(&right), Some(&low)]
        );
        let one = folder::CHILDREN.limit(1).load(conn, &folders).unwrap();
        assert_eq!(one, [vec![left], vec![], vec![low], vec![lower], vec![]]);
    });
}

#[test]
fn one_to_one_with_itself() {
    on_tree(|conn| {
        let [a, b, c] = ["a", "b", "c"].map(|title| page(conn, title));
        assert_eq!(
            a.next().set(conn, Some(&b)).unwrap().unwrap().behind,
            Some(a.id)
        );
        let c = c.previous().set(conn, Some(&b)).unwrap();
        assert_eq!(b.next().get(conn).unwrap(), Some(c.clone()));
        assert_eq!(c.previous().get(conn).unwrap().unwrap().title, "b");
        // A place is taken from the page that has it.
        let c = c.previous().set(conn, Some(&a)).unwrap();
        assert_eq!(a.next().get(conn).unwrap(), Some(c.clone()));
        assert_eq!(Page::get(conn, b.id).unwrap().behind, None);
        // It may be behind itself.
        let c = c.next().set(conn, Some(&c)).unwrap().unwrap();
        assert_eq!((c.behind, a.next().get(conn).unwrap()), (Some(c.id), None));
        let all = Page::query()
            .with(page::NEXT.with(page::PREVIOUS))
            .all(conn);
        let (next, previous) = all.unwrap().remove(2).1.unwrap();
        assert_eq!((next, previous), (c.clone(), Some(c.clone())));
        assert_eq!(c.next().set(conn, None).unwrap(), None);
        // The other key does not get in the way.
        let cover = b.of().set(conn, Some(&a)).unwrap();
        assert_eq!((cover.cover, cover.behind), (Some(a.id), None));
        a.delete(conn).unwrap();
        assert_eq!(Page::get(conn, b.id).unwrap().cover, None);
    });
}

#[test]
fn a_key_of_two_columns_to_itself() {
    on_tree(|conn| {
        let [a, b] = ["a", "b"].map(|name| account(conn, name));
        let root = node(conn, &a, 1, None);
        let two = node(conn, &a, 2, Some(1));
        let three = node(conn, &a, 3, Some(2));
        let other = node(conn, &b, 1, None);
        assert_eq!(root.children().all(conn).unwrap(), [two.clone()]);
        assert_eq!(other.children().all(conn).unwrap(), []);
        assert_eq!(three.parent().get(conn).unwrap(), Some(two.clone()));
        assert_eq!(root.parent().get(conn).unwrap(), None);
        let grand =
            Node::query().filter(node::CHILDREN.any(node::CHILDREN.any(node::NODE_ID.eq(3))));
        assert_eq!(grand.all(conn).unwrap(), [root.clone()]);
        let idle = Node::query().filter(node::CHILDREN.exists().not());
        assert_eq!(idle.all(conn).unwrap(), [three.clone(), other.clone()]);
        let all = Node::query()
            .with(node::PARENT)
            .with(node::CHILDREN)
            .all(conn);
        let all: Vec<_> = all
            .unwrap()
            .into_iter()
            .map(|(_, up, down)| (up, down.len()))
            .collect();
        assert_eq!(
            all,
            [
                (None, 1),
                (Some(root.clone()), 1),
                (Some(two), 0),
                (None, 0)
            ]
        );

        let three = three.parent().set(conn, Some(&root)).unwrap();
        assert_eq!((three.account_id, three.parent_id), (a.id, Some(1)));
        assert!(root.children().remove(conn, &three).unwrap());
        assert!(root.children().add(conn, &three).unwrap());
        assert_eq!(root.children().clear(conn).unwrap(), 2);
        let three = Node::get(conn, (a.id, 3)).unwrap();
        assert_eq!((three.account_id, three.parent_id), (a.id, None));
    });
}

#[test]
fn a_node_stays_in_its_account() {
    on_tree(|conn| {
        let [a, b] = ["a", "b"].map(|name| account(conn, name));
        let root = node(conn, &a, 1, None);
        let other = node(conn, &b, 1, None);
        let child = node(conn, &b, 2, Some(1));
        // Its own account has a node 1 too: the key must not be filled in by halves.
        let refused = child.parent().set(conn, Some(&root));
        assert!(
            matches!(refused, Err(Error::ForeignKeyViolation { .. })),
            "{refused:?}"
        );
        let refused = root.children().add(conn, &child);
        assert!(
            matches!(refused, Err(Error::ForeignKeyViolation { .. })),
            "{refused:?}"
        );
        let refused = root.children().add_all(conn, [&child]);
        assert!(
            matches!(refused, Err(Error::ForeignKeyViolation { .. })),
            "{refused:?}"
        );
        let refused = root.children().set(conn, [&child]);
        assert!(
            matches!(refused, Err(Error::ForeignKeyViolation { .. })),
            "{refused:?}"
        );
        assert_eq!(Node::get(conn, (b.id, 2)).unwrap(), child);
        // What is gone is told as such.
        let gone = node(conn, &a, 9, None);
        gone.clone().delete(conn).unwrap();
        let refused = root.children().add(conn, &gone);
        assert!(
            matches!(refused, Err(Error::NotFound { .. })),
            "{refused:?}"
        );
        let refused = root.children().add_all(conn, [&gone]);
        assert!(
            matches!(refused, Err(Error::NotFound { .. })),
            "{refused:?}"
        );
        let refused = gone.parent().set(conn, Some(&root));
        assert!(
            matches!(refused, Err(Error::NotFound { .. })),
            "{refused:?}"
        );
        let refused = child.parent().set(conn, Some(&gone));
        assert!(
            matches!(refused, Err(Error::ForeignKeyViolation { .. })),
            "{refused:?}"
        );
        // A whole key is moved: an account with no say in the parent.
        let moved = b.nodes().add(conn, &root);
        assert!(
            matches!(moved, Err(Error::UniqueViolation { .. })),
            "{moved:?}"
        );
        let free = node(conn, &a, 7, None);
        assert!(b.nodes().add(conn, &free).unwrap());
        assert!(Node::find(conn, (b.id, 7)).unwrap().is_some());
        assert_eq!(other.children().count(conn).unwrap(), 1);
    });
}
