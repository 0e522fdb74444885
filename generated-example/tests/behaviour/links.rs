//! Links that the database refuses, and ends of several columns.

use crate::corners::support::transaction;
use crate::corners::{Error, Left, NewLeft, NewPost, NewRight, NewTag, Post, Right, Tag};
use crate::db;
use crate::{number, on_corners};

/// A post and the tags 1, 2 and 13, of which the last one is refused.
pub fn tagged(conn: &crate::db::Connection) -> (Post, [Tag; 3]) {
    let post = Post::insert(conn, NewPost { title: "p".into() }).unwrap();
    let tags = [1, 2, 13].map(|id| Tag {
        id,
        name: id.to_string(),
    });
    for tag in &tags {
        Tag::insert_row(conn, tag).unwrap();
    }
    (post, tags)
}

fn refused<T: std::fmt::Debug>(result: Result<T, Error>) {
    match result {
        Err(Error::CheckViolation { constraint, .. }) => {
            assert_eq!(constraint.as_deref(), Some("no_bad_tags"));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_check_is_an_error_and_no_silence() {
    on_corners(|conn| {
        let (post, [good, fine, bad]) = tagged(conn);
        refused(post.tags().add(conn, &bad));
        refused(bad.posts().add(conn, &post));
        refused(post.tags().add_all(conn, [&good, &bad, &fine]));
        assert_eq!(number(conn, "SELECT count(*) FROM post_tag"), 0);
        db::count_on(conn, "tags");
        let another = Tag::insert(conn, NewTag { name: "x".into() }).unwrap();
        assert!(another.posts().add(conn, &post).unwrap());
    });
}

#[test]
fn a_set_that_fails_half_way_leaves_the_old_one() {
    on_corners(|conn| {
        let (post, [good, fine, bad]) = tagged(conn);
        post.tags().set(conn, [&good]).unwrap();
        refused(post.tags().set(conn, [&fine, &bad]));
        assert_eq!(post.tags().all(conn).unwrap(), [good.clone()]);
        assert!(!db::in_transaction(conn));

        // Inside a transaction of the caller, which goes on.
        let outer = db::begin(conn);
        post.tags().add(&outer, &fine).unwrap();
        refused(post.tags().set(&outer, [&bad]));
        assert_eq!(
            post.tags().all(&outer).unwrap(),
            [good.clone(), fine.clone()]
        );
        assert!(db::in_transaction(&outer));
        outer.commit().unwrap();
        assert_eq!(post.tags().count(conn).unwrap(), 2);

        // So do transactions of several calls.
        let failed = transaction(conn, || {
            post.tags().clear(conn)?;
            post.tags().set(conn, [&bad])
        });
        refused(failed);
        assert_eq!(post.tags().all(conn).unwrap(), [good, fine]);
    });
}

#[test]
fn ends_of_several_columns() {
    on_corners(|conn| {
        let every_byte: Vec<u8> = (0..=255).collect();
        let left = |a: &[u8], b: &str| {
            Left::insert(
                conn,
                NewLeft {
                    a: a.into(),
                    b: b.into(),
                },
            )
            .unwrap()
        };
        let right = |c, d| {
            Right::insert(
                conn,
                NewRight {
                    c,
                    d: uuid::Uuid::from_u128(d),
                },
            )
            .unwrap()
        };
        let least = if db::HOLDS_NUL { "\u{0}" } else { "\u{1}" };
        let lefts = [
            left(&every_byte, "\"[1]\\"),
            left(&every_byte, ""),
            left(&[], &format!("{least}\n\u{1f980}")),
        ];
        let rights = [right(i64::MAX, 1), right(i64::MIN, 1), right(i64::MAX, 2)];
        assert_eq!(
            Right::get(conn, (uuid::Uuid::from_u128(1), i64::MIN)).unwrap(),
            rights[1],
            "in key order"
        );
        for one in &lefts {
            assert_eq!(one.rights().add_all(conn, &rights[..2]).unwrap(), 2);
            assert!(!one.rights().add(conn, &rights[0]).unwrap());
        }
        assert_eq!(rights[0].lefts().count(conn).unwrap(), 3);
        assert_eq!(rights[2].lefts().count(conn).unwrap(), 0);
        rights[0].lefts().set(conn, [&lefts[2], &lefts[0]]).unwrap();
        let mut of_first = rights[0].lefts().all(conn).unwrap();
        of_first.sort_by_key(|row| row.a.len());
        assert_eq!(of_first, [lefts[2].clone(), lefts[0].clone()]);
        assert_eq!(rights[1].lefts().count(conn).unwrap(), 3, "of another row");
        assert_eq!(lefts[1].rights().all(conn).unwrap(), [rights[1].clone()]);
        assert!(lefts[2].rights().contains(conn, &rights[0]).unwrap());
        assert!(lefts[2].rights().remove(conn, &rights[0]).unwrap());
        assert!(!lefts[2].rights().contains(conn, &rights[0]).unwrap());
        assert_eq!(lefts[0].rights().query().limit(1).count(conn).unwrap(), 1);
        let found = lefts[0]
            .rights()
            .query()
            .filter(crate::corners::right::C.lt(0))
            .one(conn)
            .unwrap();
        assert_eq!(found, rights[1]);
        rights[1].clone().delete(conn).unwrap();
        assert_eq!(number(conn, "SELECT count(*) FROM pair"), 1);
    });
}
