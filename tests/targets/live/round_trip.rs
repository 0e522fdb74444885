//! Values of every type, the least, the largest and the oddest of each: written in every way there is, they are read as they
//! were, and found by what they are. Those of dates and times in the types of each crate are in the suite; what a column
//! cannot hold is in `refused.rs`.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use uuid::Uuid;

use super::Database;
use super::values::{
    Maybe, MaybePatch, Mood, NewMaybe, NewWhole, Size, UnitOfWork, Whole, WholePatch,
    create_tables, maybe, whole,
};
use crate::driver::{self, Conn};
use crate::own::Email;
use crate::tests_on::DATABASE;

tests! {
    values_of_columns_come_back,
    values_of_nullable_columns_come_back,
    values_of_columns_are_found,
    values_of_nullable_columns_are_found,
}

/// The values that columns are given, a list for each. Row `n` has the one at place `n` of each list, which starts again at
/// its end.
struct Values {
    flag: Vec<bool>,
    small: Vec<i16>,
    whole: Vec<i32>,
    big: Vec<i64>,
    single: Vec<f32>,
    double: Vec<f64>,
    price: Vec<Decimal>,
    exact: Vec<Decimal>,
    label: Vec<String>,
    code: Vec<String>,
    body: Vec<String>,
    data: Vec<Vec<u8>>,
    digest: Vec<Vec<u8>>,
    token: Vec<Uuid>,
    day: Vec<NaiveDate>,
    clock: Vec<NaiveTime>,
    local: Vec<NaiveDateTime>,
    moment: Vec<DateTime<Utc>>,
    extra: Vec<Value>,
    mood: Vec<Mood>,
    size: Vec<Size>,
    mail: Vec<Email>,
}

/// How many rows there are: more than any list is long, and than one statement inserts.
const ROWS: usize = 40;

pub fn parsed<T: std::str::FromStr<Err: std::fmt::Debug>>(texts: &[&str]) -> Vec<T> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

/// Texts that something on the way could take for something else.
pub fn texts() -> Vec<String> {
    let texts = [
        "",
        "a",
        " before and behind ",
        "it's \"quoted\", `marked` and [so on]",
        r"\ \\ \' \n \0 \x00 %_",
        "? ?1 ?2 $1 $$ :name @name #name {} %s",
        "'; DROP TABLE wholes; -- /* */",
        "NULL",
        "[1, \"a\"]",
        "äöüß ÄÖÜ e\u{301} \u{1e9e}",
        "日本語 ภาษาไทย עברית",
        "🦀 👩‍👩‍👧 \u{10ffff} \u{10000} \u{ffff} \u{fffd}",
        "tab\tline\nand\r\nreturn\u{b}\u{1b}\u{7f}\u{1}",
        "\u{feff}\u{200b}\u{a0}\u{2028}\u{85}",
    ];
    texts.map(str::to_owned).to_vec()
}

impl Values {
    fn new() -> Self {
        let nested = (0..30).fold(json!("in the middle"), |inner, _| json!([inner]));
        let mut label = texts();
        label.push("🦀".repeat(255));
        let mut body = texts();
        body.push("it's long, \\ ü🦀 ".repeat(8000));
        let days = ["0000-01-01", "0001-01-01", "1582-10-10", "1969-12-31"];
        let later = ["1970-01-01", "2000-02-29", "2038-01-20", "9999-12-31"];
        let local: Vec<NaiveDateTime> = parsed(&[
            "0000-01-01T00:00:00",
            "0001-01-01T00:00:00.000001",
            "1582-10-10T12:00:00",
            "1969-12-31T23:59:59.999999",
            "1970-01-01T00:00:00",
            "2026-03-29T02:30:00.5",
            "2038-01-19T03:14:08",
            "9999-12-31T23:59:59.999999",
        ]);
        Self {
            flag: vec![true, false],
            small: vec![0, 1, -1, i16::MIN, i16::MAX],
            whole: vec![0, 1, -1, i32::MIN, i32::MAX],
            big: vec![0, 1, -1, i64::MIN, i64::MAX, (1 << 53) + 1],
            single: vec![
                0.0,
                -0.0,
                0.1,
                16_777_217.0,
                f32::MIN,
                f32::MAX,
                f32::MIN_POSITIVE,
                f32::from_bits(1),
            ],
            double: vec![
                0.0,
                -0.0,
                0.1 + 0.2,
                9_007_199_254_740_993.0,
                f64::MIN,
                f64::MAX,
                f64::MIN_POSITIVE,
                f64::from_bits(1),
            ],
            price: parsed(&[
                "0.00",
                "0.01",
                "-0.01",
                "99999999.99",
                "-99999999.99",
                "2.50",
            ]),
            exact: parsed(&[
                "0.000000",
                "0.000001",
                "-0.000001",
                "999999999999.999999",
                "-999999999999.999999",
            ]),
            code: parsed(&[
                "",
                "12345678",
                "äöüßäöüß",
                "🦀🦀🦀🦀🦀🦀🦀🦀",
                " ",
                "\\'?$1\"",
            ]),
            label,
            body,
            data: vec![
                vec![],
                vec![0],
                (0..=255).collect(),
                vec![255; 70_000],
                b"'\\\"?$1".to_vec(),
            ],
            digest: vec![vec![], vec![0; 32], vec![255; 32], vec![0x27, 0x5c, 0]],
            token: vec![
                Uuid::nil(),
                Uuid::max(),
                Uuid::from_u128(1),
                Uuid::from_u128(u128::MAX - 1),
                Uuid::from_u128(0x67e5_5044_10b1_426f_9247_bb68_0e5f_e0c8),
            ],
            day: parsed(&[days, later].concat()),
            clock: parsed(&[
                "00:00:00",
                "23:59:59.999999",
                "12:00:00.000001",
                "08:15:00.5",
            ]),
            moment: local.iter().map(NaiveDateTime::and_utc).collect(),
            local,
            extra: vec![
                Value::Null,
                json!(true),
                json!(0),
                json!([i64::MIN, u64::MAX, 0.1, -1.5e-7, 2.5e30]),
                json!(""),
                json!(texts()),
                json!({}),
                json!([[], {}, [[]], null]),
                json!({"": 1, "a.b": 2, "$": [3], "it's \"\\": {"ü🦀": "\u{1}"}, "0": null}),
                nested,
            ],
            mood: vec![Mood::Sunny, Mood::Rainy, Mood::Dull],
            size: vec![Size::Small, Size::Large],
            mail: ["ann@example.org", "ü'\"\\?$1@🦀", "@"]
                .map(|text| Email::try_from(text.to_owned()).unwrap())
                .to_vec(),
        }
    }
}

/// How an entity with these columns is written and read.
macro_rules! entity {
    ($entity:ident, $new:ident, $patch:ident, $columns:ident, $name:ident: $($field:ident $column:ident),+) => {
        mod $name {
            use super::*;

            /// The row at a place; `value` says what of a column's values it has.
            pub fn row(number: usize, values: &Values) -> $entity {
                $entity {
                    id: number as i64 + 1,
                    number: number as i32,
                    $($field: of::$name(&values.$field, number)),+
                }
            }

            fn new(row: &$entity) -> $new {
                let row = row.clone();
                $new { number: row.number, $($field: row.$field),+ }
            }

            fn patch(row: &$entity) -> $patch {
                let row = row.clone();
                $patch { number: Some(row.number), $($field: Some(row.$field)),+ }
            }

            /// Asserts that `row` is what is stored.
            async fn is_stored(conn: &mut Conn, row: &$entity, way: &str) {
                let stored = $entity::get(conn, row.id).await.unwrap();
                $(assert_eq!(stored.$field, row.$field, "{way}: {} of {}", stringify!($field), row.id);)+
                // Zeros are equal, whatever their signs, which one database keeps.
                if DATABASE == Database::Postgres {
                    assert_eq!(format!("{stored:?}"), format!("{row:?}"), "{way}");
                }
            }

            /// Writes rows in every way.
            pub async fn written(conn: &mut Conn) {
                let values = Values::new();
                let rows: Vec<$entity> = (0..ROWS).map(|number| row(number, &values)).collect();
                let next = |at: usize| $entity {
                    id: at as i64 + 1,
                    number: at as i32,
                    ..rows[(at + 1) % ROWS].clone()
                };
                let keys = $entity::insert_many(conn, rows.iter().map(new)).await.unwrap();
                for (row, key) in rows.iter().zip(keys) {
                    assert_eq!(row.id, key);
                    is_stored(conn, row, "insert_many").await;
                }
                for at in 0..ROWS {
                    assert_eq!(next(at).save(conn).await.unwrap(), next(at));
                    is_stored(conn, &next(at), "save").await;
                    let updated = next(at).update(conn, patch(&rows[at])).await;
                    assert_eq!(updated.unwrap(), rows[at]);
                    is_stored(conn, &rows[at], "update").await;
                    let upserted = $entity::upsert_by_number(conn, new(&next(at))).await;
                    assert_eq!(upserted.unwrap(), next(at));
                    is_stored(conn, &next(at), "upsert").await;
                }
                let mut work = UnitOfWork::new();
                for (at, row) in rows.iter().enumerate() {
                    work.update(&next(at), patch(row));
                    work.insert($new { number: row.number + 2000, ..new(row) });
                }
                work.commit(conn).await.unwrap();
                let mut work = UnitOfWork::new();
                for row in &rows {
                    let (id, number) = (row.id + 1000, row.number + 1000);
                    work.insert_row(&$entity { id, number, ..row.clone() });
                }
                work.commit(conn).await.unwrap();
                for row in &rows {
                    is_stored(conn, row, "unit, update").await;
                    let (id, number) = (row.id + 1000, row.number + 1000);
                    is_stored(conn, &$entity { id, number, ..row.clone() }, "unit, row").await;
                    let new = $columns::NUMBER.eq(row.number + 2000);
                    let stored = $entity::query().filter(new).one(conn).await.unwrap();
                    let (id, number) = (stored.id, stored.number);
                    is_stored(conn, &$entity { id, number, ..row.clone() }, "unit, new").await;
                    stored.delete(conn).await.unwrap();
                    let deleted = $entity::get(conn, row.id + 1000).await.unwrap();
                    deleted.delete(conn).await.unwrap();
                    let deleted = $entity::get(conn, row.id).await.unwrap();
                    deleted.delete(conn).await.unwrap();
                    // Without the numbers that are given, some databases go on behind the largest.
                    let inserted = $entity::insert(conn, self::new(row)).await.unwrap();
                    let id = inserted.id;
                    assert_eq!(inserted, $entity { id, ..row.clone() });
                    is_stored(conn, &inserted, "insert").await;
                }
                let all = $entity::query().order_by($columns::NUMBER.asc()).all(conn).await;
                let all = all.unwrap().into_iter().map(|row| $entity { id: i64::from(row.number) + 1, ..row });
                assert!(all.eq(rows));
            }

            /// Finds rows by each value.
            pub async fn found(conn: &mut Conn) {
                let values = Values::new();
                let rows: Vec<$entity> = (0..ROWS).map(|number| row(number, &values)).collect();
                $entity::insert_many(conn, rows.iter().map(new)).await.unwrap();
                $({
                    let (column, name) = ($columns::$column, stringify!($field));
                    let mut all = 0;
                    for value in &values.$field {
                        let found = $entity::query().filter(column.eq(value)).all(conn).await.unwrap();
                        let listed = $entity::query().filter(column.in_([value])).all(conn).await;
                        let listed = listed.unwrap();
                        let is_it = |row: &&$entity| of::is(&row.$field, value);
                        let expected: Vec<&$entity> = rows.iter().filter(is_it).collect();
                        assert!(!expected.is_empty(), "{name} {value:?}");
                        // To some databases more is equal than to Rust.
                        let of_found: Vec<&$entity> = found.iter().filter(is_it).collect();
                        let of_listed: Vec<&$entity> = listed.iter().filter(is_it).collect();
                        assert_eq!(of_found, expected, "{name} {value:?}");
                        assert_eq!(of_listed, expected, "{name} {value:?}");
                        let only = found.len() == expected.len() && listed.len() == expected.len();
                        assert!(only || is_padded(name), "{name} {value:?}");
                        all += expected.len();
                    }
                    let any = $entity::query().filter(column.in_(&values.$field)).count(conn).await;
                    let distinct = $entity::query().filter(column.not_in(&values.$field)).count(conn).await;
                    assert!(all as u64 >= any.unwrap(), "{name}");
                    assert_eq!(distinct.unwrap(), 0, "{name}");
                })+
            }
        }
    };
}

/// Whether spaces at the end of a value do not count.
fn is_padded(column: &str) -> bool {
    DATABASE == Database::Mysql && matches!(column, "label" | "code" | "body")
}

/// What a row has of the values of a column.
mod of {
    /// Whether it has this value.
    pub fn is<T: PartialEq, V: Has<T>>(stored: &V, value: &T) -> bool {
        stored.has() == Some(value)
    }

    pub trait Has<T> {
        fn has(&self) -> Option<&T>;
    }

    impl<T> Has<T> for T {
        fn has(&self) -> Option<&T> {
            Some(self)
        }
    }

    impl<T> Has<T> for Option<T> {
        fn has(&self) -> Option<&T> {
            self.as_ref()
        }
    }

    pub fn required<T: Clone>(values: &[T], number: usize) -> T {
        values[number % values.len()].clone()
    }

    /// NULL at the end of the list.
    pub fn optional<T: Clone>(values: &[T], number: usize) -> Option<T> {
        values.get(number % (values.len() + 1)).cloned()
    }
}

entity!(Whole, NewWhole, WholePatch, whole, required:
    flag FLAG, small SMALL, whole WHOLE, big BIG, single SINGLE, double DOUBLE, price PRICE,
    exact EXACT, label LABEL, code CODE, body BODY, data DATA, digest DIGEST, token TOKEN, day DAY,
    clock CLOCK, local LOCAL, moment MOMENT, extra EXTRA, mood MOOD, size SIZE, mail MAIL);
entity!(Maybe, NewMaybe, MaybePatch, maybe, optional:
    flag FLAG, small SMALL, whole WHOLE, big BIG, single SINGLE, double DOUBLE, price PRICE,
    exact EXACT, label LABEL, code CODE, body BODY, data DATA, digest DIGEST, token TOKEN, day DAY,
    clock CLOCK, local LOCAL, moment MOMENT, extra EXTRA, mood MOOD, size SIZE, mail MAIL);

async fn open() -> (driver::Keep, Conn) {
    let (keep, mut conn) = driver::open().await;
    create_tables(&mut conn).await.unwrap();
    (keep, conn)
}

async fn values_of_columns_come_back() {
    let (_keep, mut conn) = open().await;
    required::written(&mut conn).await;
}

async fn values_of_nullable_columns_come_back() {
    let (_keep, mut conn) = open().await;
    optional::written(&mut conn).await;
}

async fn values_of_columns_are_found() {
    let (_keep, mut conn) = open().await;
    required::found(&mut conn).await;
}

async fn values_of_nullable_columns_are_found() {
    let (_keep, mut conn) = open().await;
    optional::found(&mut conn).await;
    let none = Maybe::query()
        .filter(maybe::LABEL.is_null())
        .count(&mut conn)
        .await;
    assert!(none.unwrap() > 1);
}
