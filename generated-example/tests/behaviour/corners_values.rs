//! Values of every type in and out, and defaults of every form.

use crate::corners::{
    Bare, Defaults, DefaultsPatch, Error, Every, EveryPatch, NewBare, NewDefaults, NewEvery,
};
use crate::db;
use crate::{decimal, number, on_corners};

#[test]
fn extremes_come_back() {
    on_corners(|conn| {
        let last = chrono::NaiveDate::from_ymd_opt(9999, 12, 31).unwrap();
        let late = chrono::NaiveTime::from_hms_micro_opt(23, 59, 59, 999_999).unwrap();
        let smallest = if db::HOLDS_NUL { "\u{0}" } else { "\u{1}" };
        let full = EveryPatch {
            boolean: Some(Some(true)),
            smallint: Some(Some(i16::MIN)),
            integer: Some(Some(i32::MIN)),
            bigint: Some(Some(i64::MIN)),
            float: Some(Some(f32::MIN_POSITIVE)),
            double: Some(Some(f64::MAX)),
            decimal: Some(Some(decimal("-99999999999999.9999"))),
            string: Some(Some(format!("{smallest}'\"\\?1\u{10ffff}"))),
            text: Some(Some("x".repeat(100_000))),
            bytes: Some(Some((0..=255).collect())),
            uuid: Some(Some(uuid::Uuid::max())),
            date: Some(Some(last)),
            time: Some(Some(late)),
            datetime: Some(Some(last.and_time(late))),
            timestamp: Some(Some(last.and_time(late).and_utc())),
            json: Some(Some(serde_json::json!([null, smallest, { "a": 1.5 }]))),
        };
        let empty = Every::insert(conn, NewEvery::default()).unwrap();
        let stored = empty.update(conn, full.clone()).unwrap();
        assert_eq!(Every::get(conn, empty.id).unwrap(), stored);
        let patched = EveryPatch {
            boolean: Some(stored.boolean),
            smallint: Some(stored.smallint),
            integer: Some(stored.integer),
            bigint: Some(stored.bigint),
            float: Some(stored.float),
            double: Some(stored.double),
            decimal: Some(stored.decimal),
            string: Some(stored.string.clone()),
            text: Some(stored.text.clone()),
            bytes: Some(stored.bytes.clone()),
            uuid: Some(stored.uuid),
            date: Some(stored.date),
            time: Some(stored.time),
            datetime: Some(stored.datetime),
            timestamp: Some(stored.timestamp),
            json: Some(stored.json.clone()),
        };
        assert_eq!(format!("{patched:?}"), format!("{full:?}"));
        assert_eq!(stored.save(conn).unwrap(), stored);
        let cleared = Every {
            id: stored.id,
            ..empty.clone()
        }
        .save(conn)
        .unwrap();
        assert_eq!(cleared, empty);
    });
}

#[test]
fn what_a_column_cannot_hold_is_refused() {
    on_corners(|conn| {
        let row = Every::insert(conn, NewEvery::default()).unwrap();
        let too_large = EveryPatch {
            decimal: Some(Some(decimal("100000000000000"))),
            ..EveryPatch::default()
        };
        let refused = row.update(conn, too_large);
        assert!(
            matches!(
                refused,
                Err(Error::Encode {
                    column: "decimal",
                    ..
                })
            ),
            "{refused:?}"
        );
        let too_late = NewEvery {
            date: Some(chrono::NaiveDate::MAX),
            ..NewEvery::default()
        };
        assert!(matches!(
            Every::insert(conn, too_late),
            Err(Error::Encode { column: "date", .. })
        ));
        let filter = crate::corners::every::DECIMAL.eq(rust_decimal::Decimal::MAX);
        let refused = Every::query().filter(filter).all(conn);
        assert!(matches!(
            refused,
            Err(Error::Encode {
                column: "decimal",
                ..
            })
        ));
        assert_eq!(Every::query().count(conn).unwrap(), 1);
        assert_eq!(Every::get(conn, row.id).unwrap(), row);
    });
}

#[test]
fn every_default_is_stored_and_overridden() {
    on_corners(|conn| {
        let stored = Defaults::insert(conn, NewDefaults::default()).unwrap();
        assert_eq!(stored.boolean, Some(true));
        assert_eq!(stored.smallint, Some(-7));
        assert_eq!(stored.bigint, i64::MAX);
        assert_eq!(stored.double, Some(0.5));
        assert_eq!(stored.decimal, Some(decimal("12.5")));
        assert_eq!(stored.string, "it's \"quoted\" \\n ?1");
        assert!(stored.uuid.is_some());
        assert_eq!(stored.sum, Some(42));
        assert_eq!(stored.parent, Some(1));
        assert_eq!(stored.date, stored.timestamp.date_naive());
        assert!(
            (stored.timestamp.naive_utc() - stored.datetime)
                .num_seconds()
                .abs()
                < 2
        );
        // The database's own defaults say the same.
        db::execute(conn, "INSERT INTO defaults (id) VALUES (2)").unwrap();
        db::count_on(conn, "defaults");
        let by_hand = Defaults::get(conn, 2).unwrap();
        assert_eq!(
            (by_hand.decimal, &by_hand.string, by_hand.sum),
            (stored.decimal, &stored.string, stored.sum)
        );
        assert_eq!(
            (by_hand.boolean, by_hand.smallint, by_hand.parent),
            (Some(true), Some(-7), Some(1))
        );

        let nulls = NewDefaults {
            boolean: Some(None),
            smallint: Some(None),
            double: Some(None),
            decimal: Some(None),
            uuid: Some(None),
            sum: Some(None),
            parent: Some(None),
            bigint: Some(3),
            ..NewDefaults::default()
        };
        let nulls = Defaults::insert(conn, nulls).unwrap();
        assert_eq!(
            (nulls.boolean, nulls.smallint, nulls.double, nulls.decimal),
            (None, None, None, None)
        );
        assert_eq!(
            (nulls.uuid, nulls.sum, nulls.parent, nulls.bigint),
            (None, None, None, 3)
        );
        let child = NewDefaults {
            parent: Some(Some((&nulls).into())),
            ..NewDefaults::default()
        };
        let child = Defaults::insert(conn, child).unwrap();
        assert_eq!(child.parent, Some(nulls.id));
        nulls.delete(conn).unwrap();
        assert_eq!(
            Defaults::get(conn, child.id).unwrap().parent,
            db::SETS_DEFAULT.then_some(1),
            "the spec says set_default"
        );
        let patch = DefaultsPatch {
            parent: Some(None),
            ..DefaultsPatch::default()
        };
        assert_eq!(child.update(conn, patch).unwrap().parent, None);
    });
}

#[test]
fn a_row_of_nothing_but_a_key() {
    on_corners(|conn| {
        let rows = [(); 2].map(|()| Bare::insert(conn, NewBare::default()).unwrap());
        assert_eq!(rows, [Bare { id: 1 }, Bare { id: 2 }]);
        let same = rows[0]
            .update(conn, crate::corners::BarePatch::default())
            .unwrap();
        assert_eq!(
            (&same, rows[0].save(conn).unwrap()),
            (&rows[0], Bare { id: 1 })
        );
        same.delete(conn).unwrap();
        assert!(matches!(rows[0].save(conn), Err(Error::NotFound { .. })));
        assert_eq!(number(conn, "SELECT count(*) FROM bares"), 1);
    });
}
