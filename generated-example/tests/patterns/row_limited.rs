//! The first rows of each: a limit where a relationship is loaded.

use crate::db::Connection;
use serde_json::{Map, Value, json};

use crate::harness::{Outcome, pattern};
use models::{Comment, NewComment, NewPost, Post, UnitOfWork, comment, post};

pattern!("row_limited");

fn fill(conn: &Connection) -> Outcome<()> {
    let mut work = UnitOfWork::new();
    for (title, comments) in [
        (
            "A",
            &[("bad", 1), ("good", 9), ("best", 10), ("fine", 9)][..],
        ),
        ("B", &[("so", 5)]),
        ("C", &[]),
    ] {
        let post = work.insert(NewPost {
            title: title.into(),
        });
        for (text, score) in comments {
            work.insert(NewComment {
                text: (*text).into(),
                score: *score,
                post_id: post.into(),
            });
        }
    }
    work.commit(conn)?;
    Ok(())
}

fn answers(conn: &Connection) -> Outcome<Value> {
    let (mut best_of, mut comments_of) = (Map::new(), Map::new());
    let texts = |comments: Vec<Comment>| comments.into_iter().map(|comment| comment.text);
    let query = Post::query()
        .with(post::COMMENTS.limit(2))
        .with(post::COMMENTS);
    for (post, best, comments) in query.all(conn)? {
        best_of.insert(post.title.clone(), texts(best).collect());
        comments_of.insert(post.title, texts(comments).collect());
    }
    Ok(json!({ "best": best_of, "comments": comments_of }))
}

fn before() -> Value {
    json!({
        "best": { "A": ["best", "fine"], "B": ["so"], "C": [] },
        "comments": { "A": ["best", "fine", "good", "bad"], "B": ["so"], "C": [] },
    })
}

fn change(conn: &Connection) -> Outcome<()> {
    let post = |title: &str| Post::query().filter(post::TITLE.eq(title)).one(conn);
    let comment = |text: &str| Comment::query().filter(comment::TEXT.eq(text)).one(conn);
    let bad = Comment::query().filter(comment::TEXT.eq("bad"));
    bad.update(conn, comment::SCORE.set(11))?;
    post("C")?.comments().add(conn, &comment("best")?)?;
    post("B")?.delete(conn)?;
    Ok(())
}

fn after() -> Value {
    json!({
        "best": { "A": ["bad", "fine"], "C": ["best"] },
        "comments": { "A": ["bad", "fine", "good"], "C": ["best"] },
    })
}
