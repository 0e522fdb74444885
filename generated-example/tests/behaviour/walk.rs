//! `for_each` on every database: rows in order, and what is left where it ends early.

use crate::corners::{Error, Every, NewEvery, every};
use crate::db::Connection;
use crate::queries_data::in_corners;

fn many(conn: &Connection) {
    let new = |n| NewEvery {
        integer: Some(n),
        ..NewEvery::default()
    };
    Every::insert_many(conn, (0..3_000).map(new)).unwrap();
}

#[test]
fn rows_come_in_order_and_a_walk_ends_where_it_is_told_to() {
    in_corners(|conn| {
        many(conn);
        let query = || {
            Every::query()
                .filter(every::INTEGER.ge(5))
                .order_by(every::INTEGER.desc())
        };
        let mut seen = Vec::new();
        let all = |row: Every| {
            seen.push(row.integer.unwrap());
            Ok(())
        };
        query().for_each(conn, all).unwrap();
        assert_eq!(seen, (5..3_000).rev().collect::<Vec<_>>());
        let mut left = 3;
        let stop = |row: Every| {
            left -= 1;
            if left > 0 {
                Ok(())
            } else {
                Err(Error::NotFound {
                    entity: "Every",
                    key: row.integer.map(|number| number.to_string()),
                })
            }
        };
        let stopped = query().for_each(conn, stop);
        assert!(
            matches!(&stopped, Err(Error::NotFound { key: Some(key), .. }) if key == "2997"),
            "{stopped:?}"
        );
        let mut page = Vec::new();
        let each = |row: Every| {
            page.push(row.integer);
            Ok(())
        };
        query().limit(2).offset(1).for_each(conn, each).unwrap();
        assert_eq!(page, [Some(2_998), Some(2_997)]);
        assert_eq!(query().limit(3).delete(conn).unwrap(), 3);
        assert_eq!(query().count(conn).unwrap(), 2_992);
    });
}
