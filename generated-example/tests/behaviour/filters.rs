//! Filters on columns of every type: lists, texts, NULL.

use crate::db::{self, Connection};

use crate::corners::support::{Filter, transaction};
use crate::corners::{Error, Every, NewEvery, every};
use crate::queries::three;
use crate::{decimal, on_corners};

/// The keys of the rows that fit.
pub fn found(conn: &Connection, filter: Filter<Every>) -> Vec<i32> {
    let query = Every::query().filter(filter).order_by(every::ID.asc());
    query
        .all(conn)
        .unwrap()
        .into_iter()
        .map(|row| row.id)
        .collect()
}

fn insert(conn: &Connection, new: NewEvery) -> i32 {
    Every::insert(conn, new).unwrap().id
}

#[test]
fn lists_of_every_type() {
    macro_rules! check {
        ($conn:ident, $($column:ident = $field:ident),+) => {$(
            let column = every::$column;
            let (one, three) = [1, 3].map(|id| Every::get($conn, id).unwrap().$field.unwrap()).into();
            let found = |filter| crate::filters::found($conn, filter);
            let name = stringify!($field);
            assert_eq!(found(column.in_([&one])), [1], "{name}");
            assert_eq!(found(column.in_([three.clone()])), [3], "{name}");
            assert_eq!(found(column.in_([&three, &one, &three])), [1, 3], "{name}");
            assert_eq!(found(column.in_([&one].into_iter().take(0))), [0; 0], "{name}");
            assert_eq!(found(column.not_in([&one])), [3], "NULL is neither, {name}");
            assert_eq!(found(column.not_in([&one, &three])), [0; 0], "{name}");
            assert_eq!(found(column.not_in([&one].into_iter().take(0))), [1, 2, 3], "{name}");
            assert_eq!(found(column.in_([&one]).not()), [3], "{name}");
            assert_eq!(found(column.not_in([&one]).not()), [1], "{name}");
            assert_eq!(found(column.in_([&one]).or(column.is_null())), [1, 2], "{name}");
            assert_eq!(found(column.between(&three, &one)), [0; 0], "{name}");
            assert_eq!(found(column.between(&one, &three).not()), [0; 0], "{name}");
            assert_eq!(found(column.is_null().not()), [1, 3], "{name}");
        )+};
    }
    on_corners(|conn| {
        three(conn);
        check!(
            conn,
            BOOLEAN = boolean,
            SMALLINT = smallint,
            INTEGER = integer
        );
        check!(conn, BIGINT = bigint, FLOAT = float, DOUBLE = double);
        check!(conn, DECIMAL = decimal, STRING = string, TEXT = text);
        check!(conn, BYTES = bytes, UUID = uuid, DATE = date, TIME = time);
        check!(
            conn,
            DATETIME = datetime,
            TIMESTAMP = timestamp,
            JSON = json
        );
    });
}

#[test]
fn numbers_at_the_edges() {
    on_corners(|conn| {
        let doubles = [
            f64::NEG_INFINITY,
            f64::MIN,
            -0.1,
            0.0,
            f64::MIN_POSITIVE,
            0.1 + 0.2,
            1e300,
            f64::INFINITY,
        ];
        let doubles: Vec<f64> = doubles
            .into_iter()
            .filter(|double| double.is_finite() || db::HOLDS_INFINITY)
            .collect();
        for &double in &doubles {
            let new = NewEvery {
                double: Some(double),
                ..NewEvery::default()
            };
            insert(conn, new);
        }
        for (&double, id) in doubles.iter().zip(1..) {
            assert_eq!(found(conn, every::DOUBLE.eq(double)), [id], "{double}");
            let below: Vec<i32> = (1..id).collect();
            assert_eq!(found(conn, every::DOUBLE.lt(double)), below, "{double}");
            assert_eq!(found(conn, every::DOUBLE.in_([double])), [id], "{double}");
        }
        let zero = doubles.iter().zip(1..).find(|(double, _)| **double == 0.0);
        let zero = zero.unwrap().1;
        assert_eq!(found(conn, every::DOUBLE.in_([-0.0])), [zero]);
        assert_eq!(found(conn, every::DOUBLE.eq(-0.0)), [zero]);
        assert_eq!(found(conn, every::DOUBLE.not_in(&doubles)), [0; 0]);
        let not_a_number = every::DOUBLE.in_([1.0, f64::NAN]).not();
        let refused = Every::query().filter(not_a_number).count(conn);
        if db::HOLDS_NAN {
            assert_eq!(refused.unwrap(), 8);
        } else {
            let column = "double";
            assert!(matches!(refused, Err(Error::Encode { column: c, .. }) if c == column));
        }

        let floats = [f32::NEG_INFINITY, f32::MIN, 0.1, 16_777_216.0, f32::MAX];
        let floats = floats
            .into_iter()
            .filter(|float| float.is_finite() || db::HOLDS_INFINITY);
        let first = insert(conn, NewEvery::default()) + 1;
        for float in floats.clone() {
            let new = NewEvery {
                float: Some(float),
                ..NewEvery::default()
            };
            insert(conn, new);
        }
        for (float, id) in floats.zip(first..) {
            assert_eq!(found(conn, every::FLOAT.eq(float)), [id], "{float}");
            assert_eq!(found(conn, every::FLOAT.in_([float])), [id], "{float}");
        }
    });
}

#[test]
fn whole_numbers_and_decimals_at_the_edges() {
    on_corners(|conn| {
        let most = decimal("99999999999999.9999");
        let numbers = [
            (i64::MIN, -most),
            (-1, decimal("-0.0001")),
            (i64::MAX, most),
        ];
        for (bigint, decimal) in numbers {
            let new = NewEvery {
                bigint: Some(bigint),
                decimal: Some(decimal),
                ..NewEvery::default()
            };
            insert(conn, new);
        }
        for ((bigint, decimal), id) in numbers.into_iter().zip(1..) {
            assert_eq!(found(conn, every::BIGINT.in_([bigint])), [id]);
            assert_eq!(found(conn, every::DECIMAL.in_([decimal])), [id]);
            assert_eq!(found(conn, every::DECIMAL.eq(decimal)), [id]);
        }
        // The value is the same with more zeros, and none of the column's with more digits.
        assert_eq!(
            found(conn, every::DECIMAL.in_([decimal("-0.00010000")])),
            [2]
        );
        let finer = every::DECIMAL.not_in([decimal("0.00001")]);
        let refused = Every::query().filter(finer).all(conn);
        assert!(matches!(
            refused,
            Err(Error::Encode {
                column: "decimal",
                ..
            })
        ));
        let larger = every::DECIMAL.lt(decimal("100000000000000"));
        let refused = Every::query()
            .filter(every::ID.eq(1).or(larger))
            .first(conn);
        assert!(matches!(
            refused,
            Err(Error::Encode {
                column: "decimal",
                ..
            })
        ));
    });
}

const TEXTS: [&str; 24] = [
    "",
    "a",
    "A",
    "ab",
    "Ab",
    "aB",
    "abc",
    "b",
    "%",
    "_",
    "a%",
    "a_",
    "%b",
    "\\",
    "a\\%",
    "\"'",
    "a\0b",
    "a\u{1}\n\t\u{7f}",
    "ä",
    "Ä",
    "a\u{d7ff}",
    "a\u{e000}x",
    "a\u{10ffff}",
    "a\u{10ffff}\u{10ffff}\u{1f980}",
];

/// As the database compares texts.
fn less(one: &str, other: &str) -> bool {
    if db::ENDS_ARE_LEAST {
        return one < other;
    }
    let width = one.chars().count().max(other.chars().count());
    format!("{one:width$}") < format!("{other:width$}")
}

#[test]
fn texts_and_bytes_of_every_character() {
    on_corners(|conn| {
        let held = |text: &&str| db::HOLDS_NUL || !text.contains('\0');
        let texts: Vec<&str> = TEXTS.into_iter().filter(held).collect();
        for &text in &texts {
            let new = NewEvery {
                text: Some(text.into()),
                bytes: Some(text.into()),
                ..NewEvery::default()
            };
            insert(conn, new);
        }
        insert(conn, NewEvery::default());
        let ids_of = |fits: &dyn Fn(&str) -> bool| -> Vec<i32> {
            let texts = texts.iter().zip(1..);
            texts
                .filter(|(text, _)| fits(text))
                .map(|(_, id)| id)
                .collect()
        };
        for &text in &texts {
            let is = |filter: Filter<Every>, fits: &dyn Fn(&str) -> bool| {
                assert_eq!(found(conn, filter), ids_of(fits), "{text:?}");
            };
            is(every::TEXT.eq(text), &|other| other == text);
            is(every::TEXT.lt(text), &|other| less(other, text));
            is(every::TEXT.in_([text]), &|other| other == text);
            is(every::TEXT.not_in([text]), &|other| other != text);
            is(every::BYTES.eq(text.as_bytes()), &|other| other == text);
            is(every::BYTES.in_([text.as_bytes()]), &|other| other == text);
            is(every::TEXT.starts_with(text), &|other| {
                other.starts_with(text)
            });
            is(every::TEXT.starts_with(text).not(), &|other| {
                !other.starts_with(text)
            });
            is(every::TEXT.contains(text), &|other| other.contains(text));
            is(every::TEXT.contains(text).not(), &|other| {
                !other.contains(text)
            });
        }
        let two = vec!["a", "b"];
        let ids = ids_of(&|text| two.contains(&text));
        assert_eq!(found(conn, every::TEXT.in_(&two)), ids);
        assert_eq!(found(conn, every::TEXT.in_(two.iter())), ids);
        assert_eq!(found(conn, every::BYTES.in_([*b"a", *b"b"])), ids);
        assert_eq!(
            found(conn, every::BYTES.in_(&["a".as_bytes().to_vec()])),
            ids[..1]
        );
        let all: Vec<String> = texts.iter().map(ToString::to_string).collect();
        assert_eq!(found(conn, every::TEXT.in_(&all)).len(), texts.len());
        assert_eq!(found(conn, every::TEXT.not_in(&all)), [0; 0]);
    });
}

#[test]
fn like_is_the_databases_own() {
    on_corners(|conn| {
        let texts = ["abc", "ABC", "a_c", "a%", "äbc", "ÄBC", ""];
        for text in texts {
            let new = NewEvery {
                string: Some(text.into()),
                ..NewEvery::default()
            };
            insert(conn, new);
        }
        insert(conn, NewEvery::default());
        let like = |pattern: &str| found(conn, every::STRING.like(pattern));
        let cases = |lower: &[i32], both: &[i32]| {
            let expected = if db::LIKE_IGNORES_CASE { both } else { lower };
            expected.to_vec()
        };
        assert_eq!(like("ABC"), cases(&[2], &[1, 2]), "ASCII letters");
        assert_eq!(like("a_c"), cases(&[1, 3], &[1, 2, 3]));
        assert_eq!(like("a%"), cases(&[1, 3, 4], &[1, 2, 3, 4]));
        assert_eq!(like("äbc"), [5], "other letters as they are");
        let character = cases(&[1, 5], &[1, 2, 5, 6]);
        assert_eq!(like("_bc"), character, "a character, not a byte");
        assert_eq!(like("%"), [1, 2, 3, 4, 5, 6, 7]);
        assert_eq!(like(""), [7]);
        let others = cases(&[2, 5, 6, 7], &[5, 6, 7]);
        assert_eq!(found(conn, every::STRING.like("a%").not()), others);
        assert_eq!(found(conn, every::STRING.starts_with("a%")), [4]);
        assert_eq!(found(conn, every::STRING.starts_with("A")), [2]);
        assert_eq!(found(conn, every::STRING.contains("_")), [3]);
    });
}

#[test]
fn a_hundred_thousand_values_are_one_parameter() {
    on_corners(|conn| {
        transaction(conn, || {
            for n in 0..100_u8 {
                let new = NewEvery {
                    bigint: Some(i64::from(n) * 1000),
                    text: Some(format!("{n}'")),
                    uuid: Some(uuid::Uuid::from_u128(u128::from(n))),
                    ..NewEvery::default()
                };
                Every::insert(conn, new)?;
            }
            Ok(())
        })
        .unwrap();
        let count = |filter: Filter<Every>| Every::query().filter(filter).count(conn).unwrap();
        assert_eq!(count(every::BIGINT.in_(0..100_000)), 100);
        assert_eq!(count(every::BIGINT.not_in(1..100_000)), 1);
        assert_eq!(count(every::BIGINT.in_(0..50_000).not()), 50);
        let texts = (10..100_010).map(|n| format!("{n}'"));
        assert_eq!(count(every::TEXT.in_(texts)), 90);
        let uuids = (90..100_090).map(uuid::Uuid::from_u128);
        assert_eq!(count(every::UUID.in_(uuids)), 10);
    });
}
