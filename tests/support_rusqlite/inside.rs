//! Tests of what the support code keeps to itself.

use super::*;

pub(super) fn written<K: ColumnType>(value: K::Value) -> Result<Value, Mismatch> {
    let stored = K::write(&value)?;
    Ok(owned(stored).expect("a plain value"))
}

/// What comes back of a value that went through SQLite.
fn round<K: ColumnType>(value: K::Value) -> K::Value {
    let conn = Connection::open_in_memory().expect("a database");
    let stored = written::<K>(value).expect("a value that fits");
    let back: Value = conn
        .query_row("SELECT ?1", [stored], |row| row.get(0))
        .expect("a value");
    K::read(ValueRef::from(&back)).expect("the same value")
}

#[test]
#[expect(clippy::float_cmp, reason = "the same bits must come back")]
fn values_come_back() {
    for value in [i16::MIN, 0, i16::MAX] {
        assert_eq!(round::<i16>(value), value);
    }
    for value in [i64::MIN, -1, i64::MAX] {
        assert_eq!(round::<i64>(value), value);
        assert_eq!(round::<Option<i64>>(Some(value)), Some(value));
    }
    for value in [f64::MIN_POSITIVE / 2.0, f64::MAX, f64::NEG_INFINITY, -0.0] {
        assert_eq!(round::<f64>(value), value);
    }
    for value in [f32::MIN_POSITIVE / 2.0, f32::MAX, 0.1] {
        assert_eq!(round::<f32>(value), value);
    }
    for value in ["", "it's", "a\\0b", "漢 🦀"] {
        assert_eq!(round::<String>(value.to_owned()), value);
    }
    assert_eq!(round::<Vec<u8>>(vec![0, 255]), [0, 255]);
    assert!(round::<bool>(true) && !round::<bool>(false));
    assert_eq!(round::<Option<String>>(None), None);
    let id = ::uuid::Uuid::from_u128(7);
    assert_eq!(round::<::uuid::Uuid>(id), id);
    let json = serde_json::json!({ "a": [1, null, "\"'"] });
    assert_eq!(round::<serde_json::Value>(json.clone()), json);
}

#[test]
fn json_is_read_where_the_database_made_a_number_of_its_text() {
    let json = |text: &str| {
        // As in a column that SQLAlchemy declares JSON.
        let conn = Connection::open_in_memory().expect("a database");
        let sql = format!("SELECT CAST('{text}' AS NUMERIC)");
        let read = |row: &rusqlite::Row<'_>| Ok(serde_json::Value::read(row.get_ref(0)?).ok());
        conn.query_row(&sql, (), read).expect("a row")
    };
    assert_eq!(json("-18"), Some(serde_json::json!(-18)));
    assert_eq!(json("2.50"), Some(serde_json::json!(2.5)));
    assert_eq!(json("1e999"), None, "JSON has no infinity");
}

/// An enum as the generator writes them, without what only users call.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Mood {
    Calm,
    Stormy,
}

impl Enum for Mood {
    const NAME: &'static str = "Mood";
    const VARIANTS: &'static [Self] = &[Self::Calm, Self::Stormy];

    fn stored(self) -> &'static str {
        match self {
            Self::Calm => "calm",
            Self::Stormy => "it's \"so\"",
        }
    }
}

#[test]
fn an_enum_is_the_text_of_its_variant() {
    for mood in Mood::VARIANTS {
        assert_eq!(round::<Mood>(*mood), *mood);
        assert_eq!(round::<Option<Mood>>(Some(*mood)), Some(*mood));
    }
    assert_eq!(round::<Option<Mood>>(None), None);
    assert_eq!(
        written::<Mood>(Mood::Stormy).expect("a text"),
        Value::Text("it's \"so\"".to_owned())
    );
    for stored in [
        ValueRef::Text(b"Calm"),
        ValueRef::Integer(0),
        ValueRef::Null,
    ] {
        assert!(<Mood as ColumnType>::read(stored).is_err());
    }
    let unknown = variant::<Mood>("").expect_err("no variant");
    assert_eq!(unknown.to_string(), "\"\" is no Mood");
}

/// An even number, which is stored as its half.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Even(i64);

impl TryFrom<i16> for Even {
    type Error = String;

    fn try_from(half: i16) -> std::result::Result<Self, String> {
        match half {
            0..=100 => Ok(Self(i64::from(half) * 2)),
            _ => Err(format!("{half} is no half")),
        }
    }
}

impl From<Even> for i16 {
    fn from(even: Even) -> Self {
        Self::try_from(even.0 / 2).unwrap_or(Self::MAX)
    }
}

impl UserType for Even {
    type Base = i16;

    fn from_base(base: i16) -> Result<Self, Mismatch> {
        try_from(base)
    }

    fn to_base(&self) -> i16 {
        into_base(self)
    }
}

#[test]
fn a_type_of_the_users_is_stored_as_its_base() {
    type Column = Stored<Even>;
    assert_eq!(round::<Column>(Even(8)), Even(8));
    assert_eq!(round::<Option<Column>>(None), None);
    let stored = written::<Option<Column>>(Some(Even(8)));
    assert_eq!(stored.expect("a number"), Value::Integer(4));
    let operand = <Column as ColumnType>::operand(&Even(8));
    for operand in [operand, Column::assign(&Even(8))] {
        let operand = operand.expect("a number");
        assert_eq!(owned(operand).expect("plain"), Value::Integer(4));
    }
    let told = |stored| Column::read(stored).expect_err("no value").to_string();
    assert_eq!(told(ValueRef::Integer(-1)), "-1 is no half");
    assert!(Column::read(ValueRef::Integer(40_000)).is_err());
    assert!(Column::read(ValueRef::Null).is_err());
}

#[test]
fn keys_are_compared_as_the_database_sorts_them() {
    let sql = "WITH v (value) AS (VALUES (-2), (10)) SELECT value FROM v ORDER BY value";
    let pairs = [
        sql.to_owned(),
        sql.replace("-2", "-1e300").replace("10", "-0.5"),
        sql.replace("-2", "'Z'").replace("10", "'a'"),
        sql.replace("-2", "'a'").replace("10", "'aa'"),
        sql.replace("-2", "x'7f'").replace("10", "x'8000'"),
    ];
    let conn = Connection::open_in_memory().expect("a database");
    for sql in pairs {
        let mut statement = conn.prepare(&sql).expect("a statement");
        let values = statement.query_map([], |row| row.get(0)).expect("values");
        let values: Vec<Value> = values.collect::<std::result::Result<_, _>>().expect("two");
        let (first, second) = (ValueRef::from(&values[0]), ValueRef::from(&values[1]));
        assert!(stored_order(first, second).is_lt(), "{sql}");
        assert!(stored_order(second, first).is_gt(), "{sql}");
        assert!(stored_order(first, first).is_eq(), "{sql}");
    }
}

#[test]
fn what_does_not_fit_is_refused() {
    assert!(written::<f64>(f64::NAN).is_err());
    assert!(written::<Option<f32>>(Some(f32::NAN)).is_err());
    assert!(<f64 as ColumnType>::operand(&f64::NAN).is_err());
    assert!(bool::read(ValueRef::Integer(2)).is_err());
    assert!(i16::read(ValueRef::Integer(40_000)).is_err());
    assert!(String::read(ValueRef::Integer(1)).is_err());
    assert!(i32::read(ValueRef::Null).is_err());
    assert!(<::uuid::Uuid as ColumnType>::read(ValueRef::Blob(&[1, 2])).is_err());
}

#[test]
fn decimals_are_whole_numbers_of_the_last_digit() {
    type Money = Scaled<6, 2>;
    let decimal = |text: &str| text.parse::<rust_decimal::Decimal>().expect("a decimal");
    assert_eq!(
        written::<Money>(decimal("12.5")).expect("fits"),
        Value::Integer(1250)
    );
    assert_eq!(
        written::<Money>(decimal("-9999.99")).expect("fits"),
        Value::Integer(-999_999)
    );
    assert_eq!(
        written::<Money>(decimal("0.005")).expect("rounds"),
        Value::Integer(1)
    );
    assert_eq!(
        written::<Money>(decimal("-0.005")).expect("rounds"),
        Value::Integer(-1)
    );
    assert!(written::<Money>(decimal("10000")).is_err());
    assert!(written::<Money>(rust_decimal::Decimal::MAX).is_err());
    assert_eq!(round::<Money>(decimal("7")).to_string(), "7.00");
    assert!(written::<Scaled<18, 0>>(decimal("999999999999999999")).is_ok());
    assert!(
        <Money as ColumnType>::operand(&decimal("1.005")).is_err(),
        "it would be rounded"
    );
    assert!(<Money as ColumnType>::operand(&decimal("1.500")).is_ok());
}

/// The keys of a list as SQLite reads them.
fn listed(rows: &[(i64, &'static str)], put: fn(&(i64, &'static str), &mut Params<'_>)) -> String {
    KeyList::of(rows, put).expect("a list")
}

#[test]
fn lists_of_keys_are_json() {
    let pair: fn(&(i64, &'static str), &mut Params<'_>) = |row, to| {
        to.push("", Ok(Written::from(row.0)));
        to.push("", Ok(Written::from(row.1)));
    };
    let rows = [(1, "a\"b"), (-2, "\\\u{1}\n")];
    assert_eq!(listed(&rows, pair), r#"[[1,"a\"b"],[-2,"\\\u0001\u000a"]]"#);
    assert_eq!(
        listed(&rows, |row, to| to.push("", Ok(Written::from(row.0)))),
        "[1,-2]"
    );
    assert_eq!(listed(&[], pair), "[]");
    let blob: fn(&(i64, &'static str), &mut Params<'_>) = |row, to| {
        let blob = ValueRef::Blob(row.1.as_bytes());
        to.push("", Ok(Written::Borrowed(blob)));
    };
    assert_eq!(listed(&[(0, "\u{f}a")], blob), r#"["0f61"]"#);
    let conn = Connection::open_in_memory().expect("a database");
    let back: String = conn
        .query_row(
            "SELECT value ->> 1 FROM json_each(?1) WHERE key = 1",
            [listed(&rows, pair)],
            |row| row.get(0),
        )
        .expect("a key");
    assert_eq!(back, rows[1].1);
}

#[test]
fn numbers_are_written_as_they_are() {
    for number in [0, 9, 10, 1_000, u64::MAX] {
        let mut text = String::from("?");
        push_number(&mut text, number);
        assert_eq!(text, format!("?{number}"));
    }
}

#[test]
fn rows_are_known_again_by_their_keys() {
    let conn = Connection::open_in_memory().expect("a database");
    let mut seen = Seen::default();
    let mut place = |number: i64, next| {
        let place = |row: &Row<'_>| Ok(seen.place::<crate::school::Student>(row, next));
        let place = conn.query_row("SELECT ?1", [number], place);
        place.expect("a row").expect("a place")
    };
    let numbers = [3, i64::MIN, 3, -1, i64::MAX, i64::MIN];
    let places = numbers.iter().enumerate();
    let places: Vec<usize> = places.map(|(next, number)| place(*number, next)).collect();
    assert_eq!(places, [0, 1, 0, 3, 4, 1]);
}

#[test]
fn the_end_of_a_prefix() {
    assert_eq!(after_all_that_start_with("ab").as_deref(), Some("ac"));
    assert_eq!(
        after_all_that_start_with("a\u{d7ff}").as_deref(),
        Some("a\u{e000}")
    );
    assert_eq!(
        after_all_that_start_with("a\u{10ffff}").as_deref(),
        Some("b")
    );
    assert_eq!(after_all_that_start_with("\u{10ffff}"), None);
    assert_eq!(after_all_that_start_with(""), None);
}

#[test]
fn placeholders_of_raw_sql_are_numbered() {
    let written = |text: &str| {
        let mut sql = String::new();
        (numbered(text, 2, &[], &mut sql), sql)
    };
    let kept = "'?' \"?\" `?` [?] -- ?\n/* ? */ a-b/c";
    assert_eq!(written(kept), (Some(0), kept.to_owned()));
    assert_eq!(
        written("a = ? AND b = ?"),
        (Some(2), "a = ?3 AND b = ?4".to_owned())
    );
    assert_eq!(
        written("a = ?2 OR a = ?1"),
        (Some(2), "a = ?4 OR a = ?3".to_owned())
    );
    assert_eq!(
        written("'not closed ?"),
        (Some(0), "'not closed ?".to_owned())
    );
    assert_eq!(
        written("a = '''?' || ?"),
        (Some(1), "a = '''?' || ?3".to_owned())
    );
    for text in ["(a", "a)", "a) OR (b", "(a -- )"] {
        assert_eq!(written(text).0, None, "{text}");
    }
    assert_eq!(written("f(')', \"(\")").0, Some(0));
}

#[test]
fn what_waits_for_a_connection_can_go_to_another_thread() {
    fn sent<S: Send>(_: &S) {}
    fn answer<S: Send>() {}
    sent(&UnitOfWork::new());
    sent(&Query::<crate::school::Student>::default());
    sent(&crate::school::NAME.eq("Ada"));
    answer::<Committed>();
    answer::<Error>();
}

#[test]
fn texts_are_kept_and_told_apart() {
    let equal: &&str = &" = ";
    let below: &&str = &" < ";
    let text = |head, column, operator| known_text(head, "\"t\"", column, operator);
    let first = text("SELECT 1", "a", equal);
    assert_eq!(&*first, "SELECT 1 WHERE \"t\".\"a\" = ?1");
    assert!(std::rc::Rc::ptr_eq(&first, &text("SELECT 1", "a", equal)));
    for head in ["SELECT 2", "SELECT 1", "SELECT 2"] {
        let expected = format!("{head} WHERE \"t\".\"a\" = ?1");
        assert_eq!(*text(head, "a", equal), *expected);
    }
    // More of them than there are places.
    let names: Vec<&'static str> = (0..3 * KNOWN)
        .map(|n| &*format!("column {n}").leak())
        .collect();
    for _ in 0..2 {
        for name in &names {
            for operator in [equal, below] {
                let expected = format!("SELECT 1 WHERE \"t\".\"{name}\"{operator}?1");
                assert_eq!(*text("SELECT 1", name, operator), *expected);
            }
        }
    }
}

/// Keys that somebody chose, so that a table of them would have few places: they differ in their highest bits alone, or are what
/// one multiplication by a number that all know makes equal.
#[test]
fn keys_that_somebody_chose_are_spread() {
    use std::hash::BuildHasher as _;
    let inverse = (0..6).fold(1_u64, |x, _| {
        // Newton's way to the number that undoes the multiplication.
        x.wrapping_mul(2_u64.wrapping_sub(0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(x)))
    });
    let unmixed = |hash: u64| (hash ^ (hash >> 32)).wrapping_mul(inverse);
    let chosen: [&dyn Fn(u64) -> u64; 3] = [&|n| n << 48, &|n| n << 32, &|n| unmixed(n << 20)];
    let table = ByNumber::<usize>::default();
    for keys in chosen {
        let low: std::collections::BTreeSet<u64> = (0..4096)
            .map(|n| i64::from_ne_bytes(keys(n).to_ne_bytes()))
            .map(|key| table.hasher().hash_one(key) & 0x1fff)
            .collect();
        // Of 4096 numbers in 8192 places, about 3220 places are taken.
        assert!(low.len() > 2500, "{} places", low.len());
    }
}
