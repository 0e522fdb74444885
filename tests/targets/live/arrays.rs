//! Lists of every type, and decimals of more digits than SQLite has, on PostgreSQL: written in every way there is, they are read
//! as they were, and found by what they are.

use rust_decimal::Decimal;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::driver::{self, Conn};
use crate::live::round_trip::{parsed, texts};

/// Columns of lists.
mod arrays {
    include!(concat!(env!("OUT_DIR"), "/arrays.rs"));
}

use arrays::{Arrays, ArraysPatch, Mood, NewArrays, Size, UnitOfWork, create_tables};

tests! {
    lists_come_back,
    lists_are_found,
}

fn full() -> NewArrays {
    NewArrays {
        flags: vec![true, false, true],
        smalls: vec![0, i16::MIN, i16::MAX],
        wholes: vec![0, i32::MIN, i32::MAX],
        bigs: vec![0, i64::MIN, i64::MAX],
        singles: vec![
            0.0,
            -0.0,
            f32::MAX,
            f32::MIN,
            f32::from_bits(1),
            f32::INFINITY,
        ],
        doubles: vec![
            0.0,
            -0.0,
            f64::MAX,
            f64::MIN,
            f64::from_bits(1),
            f64::NEG_INFINITY,
        ],
        prices: parsed(&[
            "0.0000000000",
            "-999999999999999999.9999999999",
            "0.0000000001",
        ]),
        texts: texts(),
        codes: parsed(&[
            "",
            "12345678",
            "🦀🦀🦀🦀🦀🦀🦀🦀",
            "NULL",
            "{a,b}",
            "\"",
            "\\",
            "a b",
        ]),
        data: vec![vec![], vec![0], (0..=255).collect()],
        tokens: vec![Uuid::nil(), Uuid::max()],
        days: parsed(&["0000-01-01", "2000-02-29", "9999-12-31"]),
        clocks: parsed(&["00:00:00", "23:59:59.999999"]),
        moments: parsed(&["0000-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z"]),
        extras: vec![Value::Null, json!(texts()), json!({"a": [1, {"": null}]})],
        moods: vec![Mood::Rainy, Mood::Sunny, Mood::Dull],
        sizes: vec![Size::Large, Size::Small],
        maybe: Some(texts()),
        exact: "-999999999999999999.9999999999".parse().unwrap(),
        behind: "0.9999999999999999999999999999".parse().unwrap(),
        before: "9999999999999999999999999999".parse().unwrap(),
    }
}

/// Nothing in any list.
fn empty() -> NewArrays {
    NewArrays {
        flags: vec![],
        smalls: vec![],
        wholes: vec![],
        bigs: vec![],
        singles: vec![],
        doubles: vec![],
        prices: vec![],
        texts: vec![],
        codes: vec![],
        data: vec![],
        tokens: vec![],
        days: vec![],
        clocks: vec![],
        moments: vec![],
        extras: vec![],
        moods: vec![],
        sizes: vec![],
        maybe: Some(vec![]),
        exact: "0.0000000001".parse().unwrap(),
        behind: "-0.0000000000000000000000000001".parse().unwrap(),
        before: Decimal::ZERO,
    }
}

/// Lists that are longer than a byte or two can count.
fn long() -> NewArrays {
    NewArrays {
        flags: vec![true; 300],
        wholes: (0..70_000).collect(),
        texts: vec!["it's, {long}".to_owned(); 5000],
        maybe: None,
        ..empty()
    }
}

fn stored(id: i64, new: NewArrays) -> Arrays {
    Arrays {
        id,
        flags: new.flags,
        smalls: new.smalls,
        wholes: new.wholes,
        bigs: new.bigs,
        singles: new.singles,
        doubles: new.doubles,
        prices: new.prices,
        texts: new.texts,
        codes: new.codes,
        data: new.data,
        tokens: new.tokens,
        days: new.days,
        clocks: new.clocks,
        moments: new.moments,
        extras: new.extras,
        moods: new.moods,
        sizes: new.sizes,
        maybe: new.maybe,
        exact: new.exact,
        behind: new.behind,
        before: new.before,
    }
}

fn patch(row: Arrays) -> ArraysPatch {
    ArraysPatch {
        flags: Some(row.flags),
        smalls: Some(row.smalls),
        wholes: Some(row.wholes),
        bigs: Some(row.bigs),
        singles: Some(row.singles),
        doubles: Some(row.doubles),
        prices: Some(row.prices),
        texts: Some(row.texts),
        codes: Some(row.codes),
        data: Some(row.data),
        tokens: Some(row.tokens),
        days: Some(row.days),
        clocks: Some(row.clocks),
        moments: Some(row.moments),
        extras: Some(row.extras),
        moods: Some(row.moods),
        sizes: Some(row.sizes),
        maybe: Some(row.maybe),
        exact: Some(row.exact),
        behind: Some(row.behind),
        before: Some(row.before),
    }
}

async fn is_stored(conn: &mut Conn, row: &Arrays, way: &str) {
    let found = Arrays::get(conn, row.id).await.unwrap();
    // Zeros are equal, whatever their signs.
    assert_eq!(format!("{found:?}"), format!("{row:?}"), "{way}");
}

async fn lists_come_back() {
    let (_keep, mut conn) = driver::open().await;
    let conn = &mut conn;
    create_tables(conn).await.unwrap();
    let each = [full(), empty(), long()];
    let keys = Arrays::insert_many(conn, each.clone()).await.unwrap();
    for (new, key) in each.iter().zip(keys) {
        let many = stored(key, new.clone());
        is_stored(conn, &many, "insert_many").await;
        let row = Arrays::insert(conn, new.clone()).await.unwrap();
        is_stored(conn, &stored(row.id, new.clone()), "insert").await;
        for other in each.clone() {
            let other = stored(row.id, other);
            assert_eq!(other.save(conn).await.unwrap(), other);
            is_stored(conn, &other, "save").await;
            let updated = other.update(conn, patch(many.clone())).await.unwrap();
            assert_eq!(updated, stored(row.id, new.clone()));
            is_stored(conn, &updated, "update").await;
        }
        let mut work = UnitOfWork::new();
        let inserted = work.insert(new.clone());
        let first = work.insert_row(&stored(key + 1000, new.clone()));
        let done = work.commit(conn).await.unwrap();
        for key in [done.key(inserted), done.key(first)] {
            is_stored(conn, &stored(key, new.clone()), "unit").await;
        }
    }
}

async fn lists_are_found() {
    let (_keep, mut conn) = driver::open().await;
    let conn = &mut conn;
    create_tables(conn).await.unwrap();
    let row = Arrays::insert(conn, full()).await.unwrap();
    Arrays::insert(conn, empty()).await.unwrap();
    macro_rules! found {
        ($($field:ident $column:ident),+) => {$(
            let query = Arrays::query().filter(arrays::arrays::$column.eq(&row.$field));
            let found = query.all(conn).await.unwrap();
            assert_eq!(found, [row.clone()], stringify!($field));
        )+};
    }
    found!(flags FLAGS, smalls SMALLS, wholes WHOLES, bigs BIGS, singles SINGLES, doubles DOUBLES,
        prices PRICES, texts TEXTS, codes CODES, data DATA, tokens TOKENS, days DAYS, clocks CLOCKS,
        moments MOMENTS, extras EXTRAS, moods MOODS, sizes SIZES, exact EXACT, behind BEHIND,
        before BEFORE);
}
