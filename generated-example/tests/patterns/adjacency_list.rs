//! The adjacency list: a tree of rows of one entity.

use crate::db::Connection;
use serde_json::{Map, Value, json};

use crate::harness::{Outcome, pattern};
use models::{NewNode, Node, UnitOfWork, node};

pattern!("adjacency_list");

fn fill(conn: &Connection) -> Outcome<()> {
    let mut work = UnitOfWork::new();
    let [root, left, right, leaf, _other] =
        ["root", "left", "right", "leaf", "other"].map(|name| {
            work.insert(NewNode {
                name: name.into(),
                parent_id: None,
            })
        });
    work.link(node::CHILDREN, root, [left, right]);
    work.set(node::PARENT, leaf, left);
    work.commit(conn)?;
    Ok(())
}

fn names(nodes: Vec<Node>) -> Vec<String> {
    nodes.into_iter().map(|node| node.name).collect()
}

fn answers(conn: &Connection) -> Outcome<Value> {
    let [mut parent_of, mut children_of, mut grandchildren_of] = [(); 3].map(|()| Map::new());
    let sorted = || Node::query().order_by(node::ID.asc());
    let query = sorted()
        .with(node::PARENT)
        .with(node::CHILDREN.with(node::CHILDREN));
    for (node, parent, children) in query.all(conn)? {
        parent_of.insert(node.name.clone(), json!(parent.map(|parent| parent.name)));
        let (children, grandchildren): (Vec<_>, Vec<_>) = children.into_iter().unzip();
        children_of.insert(node.name.clone(), json!(names(children)));
        let grandchildren = grandchildren.into_iter().flatten().collect();
        grandchildren_of.insert(node.name, json!(names(grandchildren)));
    }
    let below_root = sorted().filter(node::PARENT.any(node::NAME.eq("root")));
    let above_leaf = sorted().filter(node::CHILDREN.any(node::NAME.eq("leaf")));
    let roots = sorted().filter(node::PARENT.exists().not());
    Ok(json!({
        "parents": parent_of,
        "children": children_of,
        "grandchildren": grandchildren_of,
        "below root": names(below_root.all(conn)?),
        "above leaf": names(above_leaf.all(conn)?),
        "roots": names(roots.all(conn)?),
    }))
}

fn before() -> Value {
    json!({
        "parents": { "root": null, "left": "root", "right": "root", "leaf": "left", "other": null },
        "children": {
            "root": ["left", "right"], "left": ["leaf"], "right": [], "leaf": [], "other": [],
        },
        "grandchildren": { "root": ["leaf"], "left": [], "right": [], "leaf": [], "other": [] },
        "below root": ["left", "right"],
        "above leaf": ["left"],
        "roots": ["root", "other"],
    })
}

fn change(conn: &Connection) -> Outcome<()> {
    let node = |name: &str| Node::query().filter(node::NAME.eq(name)).one(conn);
    node("leaf")?.parent().set(conn, Some(&node("right")?))?;
    node("other")?.children().add(conn, &node("root")?)?;
    node("left")?.parent().set(conn, None)?;
    // A tree goes with its root.
    let doomed = Node::insert(
        conn,
        NewNode {
            name: "doomed".into(),
            parent_id: None,
        },
    )?;
    let below = NewNode {
        name: "below".into(),
        parent_id: Some((&doomed).into()),
    };
    Node::insert(conn, below)?;
    doomed.delete(conn)?;
    Ok(())
}

fn after() -> Value {
    json!({
        "parents": { "root": "other", "left": null, "right": "root", "leaf": "right", "other": null },
        "children": {
            "root": ["right"], "left": [], "right": ["leaf"], "leaf": [], "other": ["root"],
        },
        "grandchildren": { "root": ["leaf"], "left": [], "right": [], "leaf": [], "other": ["right"] },
        "below root": ["right"],
        "above leaf": ["right"],
        "roots": ["left", "other"],
    })
}
