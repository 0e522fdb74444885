//! `for_each`: rows one after the other.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use rusqlite::Connection;
use rusqlite::trace::{TraceEvent, TraceEventCodes};

use crate::corners::support::transaction;
use crate::corners::{self, Error, Every, EveryPatch, NewEvery, every};
use crate::number;
use crate::queries_data::in_corners;

thread_local! {
    static READ: Cell<usize> = const { Cell::new(0) };
}

/// Counts the rows that statements give.
fn count_rows(conn: &Connection) {
    READ.set(0);
    conn.trace_v2(
        TraceEventCodes::SQLITE_TRACE_ROW,
        Some(|event: TraceEvent<'_>| {
            if matches!(event, TraceEvent::Row(_)) {
                READ.set(READ.get() + 1);
            }
        }),
    );
}

fn many(conn: &Connection) {
    transaction(conn, || {
        let new = |n| NewEvery {
            integer: Some(n),
            ..NewEvery::default()
        };
        Every::insert_many(conn, (0..10_000).map(new)).map(drop)
    })
    .unwrap();
}

#[test]
fn rows_come_one_by_one() {
    in_corners(|conn| {
        many(conn);
        count_rows(conn);
        let mut seen = 0;
        let query = || {
            Every::query()
                .filter(every::INTEGER.ge(5))
                .order_by(every::ID.desc())
        };
        let each = |row: Every| {
            assert_eq!(row.integer, Some(9_999 - seen));
            seen += 1;
            assert_eq!(
                usize::try_from(seen),
                Ok(READ.get()),
                "no row was read before its turn"
            );
            Ok(())
        };
        query().for_each(conn, each).unwrap();
        assert_eq!(seen, 9_995);

        READ.set(0);
        let mut left = 3;
        let stop = |row: Every| {
            left -= 1;
            if left > 0 {
                Ok(())
            } else {
                Err(Error::NotFound {
                    entity: "Every",
                    key: Some(row.id.to_string()),
                })
            }
        };
        let stopped = query().for_each(conn, stop);
        assert!(matches!(stopped, Err(Error::NotFound { key: Some(key), .. }) if key == "9998"));
        assert_eq!(READ.get(), 3);
        conn.trace_v2(TraceEventCodes::empty(), None);
        assert_eq!(query().limit(7).offset(1).count(conn).unwrap(), 7);
        let mut few = Vec::new();
        query()
            .limit(2)
            .offset(1)
            .for_each(conn, |row| {
                few.push(row.id);
                Ok(())
            })
            .unwrap();
        assert_eq!(few, [9_999, 9_998]);
    });
}

#[test]
fn what_ends_a_walk_leaves_everything_as_it_was() {
    in_corners(|conn| {
        many(conn);
        let changes = conn.total_changes();
        let panicked = catch_unwind(AssertUnwindSafe(|| {
            Every::query().for_each(conn, |row| {
                assert!(row.id < 5, "stop here");
                Ok(())
            })
        }));
        let message = panicked.unwrap_err();
        assert_eq!(message.downcast_ref(), Some(&"stop here"));
        assert!(conn.is_autocommit());
        assert_eq!(conn.total_changes(), changes);
        number(
            conn,
            "UPDATE everies SET date = 'today' WHERE id = 7 RETURNING 1",
        );
        let mut seen = 0;
        let failed = Every::query()
            .order_by(every::ID.asc())
            .for_each(conn, |_| {
                seen += 1;
                Ok(())
            });
        assert!(matches!(failed, Err(Error::Decode { column: "date", key, .. }) if key == "7"));
        assert_eq!(seen, 6);
        assert!(
            Every::query()
                .for_each(conn, |_| Err(Error::Pending { entity: "Every" }))
                .is_err()
        );
        let mut rows = 0;
        Every::query()
            .filter(every::DATE.is_null())
            .for_each(conn, |_| {
                rows += 1;
                Ok(())
            })
            .unwrap();
        assert_eq!(rows, 9_999);
        // No statement is still running: under a reader, tables cannot go.
        corners::drop_tables(conn).unwrap();
    });
}

#[test]
fn a_walk_inside_a_walk_and_writes_on_the_way() {
    in_corners(|conn| {
        for n in 0..5 {
            let new = NewEvery {
                integer: Some(n),
                ..NewEvery::default()
            };
            Every::insert(conn, new).unwrap();
        }
        let (mut pairs, walk) = (0, || Every::query().order_by(every::ID.asc()));
        walk()
            .for_each(conn, |outer| {
                walk().for_each(conn, |inner| {
                    pairs += i32::from(inner.id > outer.id);
                    Ok(())
                })
            })
            .unwrap();
        assert_eq!(pairs, 10);
        let written = transaction(conn, || {
            walk().for_each(conn, |row| {
                let patch = EveryPatch {
                    text: Some(Some(format!("{}", row.id))),
                    ..EveryPatch::default()
                };
                row.update(conn, patch)?;
                if row.id < 4 {
                    Ok(())
                } else {
                    Err(Error::Pending { entity: "Every" })
                }
            })
        });
        assert!(matches!(written, Err(Error::Pending { .. })));
        assert_eq!(
            Every::query()
                .filter(every::TEXT.is_not_null())
                .count(conn)
                .unwrap(),
            0
        );
        walk().for_each(conn, |row| row.delete(conn)).unwrap();
        assert!(!Every::query().exists(conn).unwrap());
    });
}
