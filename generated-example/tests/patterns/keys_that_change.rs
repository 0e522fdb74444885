//! A reference to a key that changes, which the database hands on.

use crate::db::Connection;
use serde_json::{Map, Value, json};

use crate::harness::{Outcome, pattern};
use models::{NewPost, NewUser, Post, User, UserPatch, post, user};

pattern!("keys_that_change");

fn fill(conn: &Connection) -> Outcome<()> {
    for username in ["jack", "jill"] {
        let new = NewUser {
            username: username.into(),
        };
        User::insert(conn, new)?;
    }
    for (title, username) in [("a", Some("jack")), ("b", Some("jack")), ("c", None)] {
        let new = NewPost {
            title: title.into(),
            username: username.map(Into::into),
        };
        Post::insert(conn, new)?;
    }
    Ok(())
}

fn answers(conn: &Connection) -> Outcome<Value> {
    let (mut posts_of, mut user_of) = (Map::new(), Map::new());
    for (user, posts) in User::query().with(user::POSTS).all(conn)? {
        let titles = posts.into_iter().map(|post| post.title);
        posts_of.insert(user.username, titles.collect());
    }
    for (post, user) in Post::query().with(post::USER).all(conn)? {
        user_of.insert(post.title, json!([post.username, user.map(|user| user.id)]));
    }
    Ok(json!({ "posts": posts_of, "users": user_of }))
}

fn before() -> Value {
    json!({
        "posts": { "jack": ["a", "b"], "jill": [] },
        "users": { "a": ["jack", 1], "b": ["jack", 1], "c": [null, null] },
    })
}

fn change(conn: &Connection) -> Outcome<()> {
    let user = |name: &str| User::query().filter(user::USERNAME.eq(name)).one(conn);
    let post = |title: &str| Post::query().filter(post::TITLE.eq(title)).one(conn);
    let patch = UserPatch {
        username: Some("ed".into()),
    };
    let ed = user("jack")?.update(conn, patch)?;
    ed.posts().add(conn, &post("c")?)?;
    post("a")?.user().set(conn, Some(&user("jill")?))?;
    Ok(())
}

fn after() -> Value {
    json!({
        "posts": { "ed": ["b", "c"], "jill": ["a"] },
        "users": { "a": ["jill", 2], "b": ["ed", 1], "c": ["ed", 1] },
    })
}
