//! What the columns of some database cannot hold: a call that has such a value gives an error that says so, and nothing is
//! stored. Each test has its row in docs/portability.md.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::Database;
use super::round_trip::parsed;
use super::values::{Error, Maybe, MaybePatch, NewMaybe, UnitOfWork, create_tables, maybe};
use crate::driver::{self, Conn};
use crate::tests_on::DATABASE;

tests! {
    decimals_with_more_digits,
    floats_that_are_none,
    the_sign_of_zero,
    years_of_five_digits,
    leap_seconds,
    nul_in_text,
    nul_in_json,
    json_that_is_deep,
    numbers_in_json,
    longer_texts_and_bytes,
}

/// A row of which only this is given.
pub fn new(patch: MaybePatch) -> NewMaybe {
    NewMaybe {
        number: 7,
        flag: None,
        small: None,
        whole: None,
        big: None,
        single: patch.single.flatten(),
        double: patch.double.flatten(),
        price: patch.price.flatten(),
        exact: patch.exact.flatten(),
        label: patch.label.flatten(),
        code: patch.code.flatten(),
        body: patch.body.flatten(),
        data: None,
        digest: patch.digest.flatten(),
        token: None,
        day: patch.day.flatten(),
        clock: patch.clock.flatten(),
        local: patch.local.flatten(),
        moment: patch.moment.flatten(),
        extra: patch.extra.flatten(),
        mood: None,
        size: None,
        mail: None,
    }
}

async fn open() -> (driver::Keep, Conn, Maybe) {
    let (keep, mut conn) = driver::open().await;
    create_tables(&mut conn).await.unwrap();
    let row = NewMaybe {
        number: 1,
        ..new(MaybePatch::default())
    };
    let row = Maybe::insert(&mut conn, row).await.unwrap();
    (keep, conn, row)
}

/// What each way to write a value gives; nothing was changed by one that failed.
async fn written(patch: MaybePatch) -> Vec<Result<Maybe, Error>> {
    let (_keep, mut conn, row) = open().await;
    let conn = &mut conn;
    let mut results = vec![Maybe::insert(conn, new(patch.clone())).await];
    let many = Maybe::insert_many(conn, [new(patch.clone())]).await;
    let is_stored = results[0].is_ok();
    assert!(
        many.is_err(),
        "the number is there, or the value is refused"
    );
    if !is_stored {
        results.push(many.map(|_| row.clone()));
        let upserted = Maybe::upsert_by_number(conn, new(patch.clone())).await;
        results.push(upserted);
        let mut work = UnitOfWork::new();
        work.insert(new(patch.clone()));
        results.push(work.commit(conn).await.map(|_| row.clone()));
    }
    results.push(row.update(conn, patch).await);
    let rows = Maybe::query().count(conn).await.unwrap();
    assert_eq!(rows, 1 + u64::from(is_stored));
    if !is_stored {
        assert_eq!(Maybe::get(conn, row.id).await.unwrap(), row);
    }
    results
}

/// Asserts that no way of writing takes the value, as its column cannot hold it.
async fn is_refused(column: &str, patch: MaybePatch) {
    for result in written(patch).await {
        match result {
            Err(Error::Encode { column: told, .. }) => assert_eq!(told, column),
            other => panic!("{column}: {other:?}"),
        }
    }
}

/// The same where the database looks.
async fn is_checked(patch: MaybePatch) {
    for result in written(patch).await {
        assert!(
            matches!(result, Err(Error::CheckViolation { .. })),
            "{result:?}"
        );
    }
}

async fn is_stored(patch: MaybePatch, stored: impl Fn(&Maybe) -> bool) {
    for result in written(patch).await {
        let row = result.unwrap();
        assert!(stored(&row), "{row:?}");
    }
}

macro_rules! only {
    ($column:ident: $value:expr) => {
        MaybePatch {
            $column: Some(Some($value)),
            ..MaybePatch::default()
        }
    };
}

async fn decimals_with_more_digits() {
    for price in parsed::<Decimal>(&["100000000.00", "-100000000", "99999999.995"]) {
        is_refused("price", only!(price: price)).await;
    }
    for exact in parsed::<Decimal>(&["1000000000000", "79228162514264337593543950335"]) {
        is_refused("exact", only!(exact: exact)).await;
    }
    // What is behind the last digit is rounded, halves away from zero.
    let [half, rounded] = ["-2.345", "-2.35"].map(|text| text.parse::<Decimal>().unwrap());
    is_stored(only!(price: half), |row| row.price == Some(rounded)).await;
}

async fn floats_that_are_none() {
    for float in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let (single, double) = (only!(single: float as f32), only!(double: float));
        let is_it = |stored: f64| stored == float || (stored.is_nan() && float.is_nan());
        let kept = match DATABASE {
            Database::Sqlite => !float.is_nan(),
            Database::Postgres => true,
            Database::Mysql => false,
        };
        if kept {
            is_stored(single, |row| row.single.is_some_and(|it| is_it(it.into()))).await;
            is_stored(double, |row| row.double.is_some_and(is_it)).await;
        } else {
            is_refused("single", single).await;
            is_refused("double", double).await;
        }
    }
}

async fn the_sign_of_zero() {
    let keeps = DATABASE == Database::Postgres;
    let is_it = |zero: f64| zero == 0.0 && zero.is_sign_negative() == keeps;
    is_stored(only!(double: -0.0), |row| row.double.is_some_and(is_it)).await;
    is_stored(only!(single: -0.0), |row| {
        row.single.is_some_and(|it| is_it(it.into()))
    })
    .await;
}

async fn years_of_five_digits() {
    for (year, month, day) in [(10_000, 1, 1), (-1, 12, 31), (262_142, 12, 31)] {
        let day = chrono::NaiveDate::from_ymd_opt(year, month, day).unwrap();
        let local = day.and_hms_opt(23, 59, 59).unwrap();
        is_refused("day", only!(day: day)).await;
        is_refused("local", only!(local: local)).await;
        is_refused("moment", only!(moment: local.and_utc())).await;
        let (_keep, mut conn, _) = open().await;
        let asked = Maybe::query()
            .filter(maybe::DAY.lt(day))
            .all(&mut conn)
            .await;
        assert!(
            matches!(asked, Err(Error::Encode { column: "day", .. })),
            "{asked:?}"
        );
    }
}

async fn leap_seconds() {
    let clock = chrono::NaiveTime::from_hms_milli_opt(23, 59, 59, 1_500).unwrap();
    is_refused("clock", only!(clock: clock)).await;
    let day = chrono::NaiveDate::from_ymd_opt(2016, 12, 31).unwrap();
    is_refused("moment", only!(moment: day.and_time(clock).and_utc())).await;
}

async fn nul_in_text() {
    let text = || String::from("a\0b");
    if DATABASE == Database::Postgres {
        is_refused("label", only!(label: text())).await;
        is_refused("body", only!(body: text())).await;
        return;
    }
    is_stored(only!(label: text()), |row| {
        row.label.as_deref() == Some("a\0b")
    })
    .await;
    is_stored(only!(body: text()), |row| {
        row.body.as_deref() == Some("a\0b")
    })
    .await;
}

async fn nul_in_json() {
    for value in [json!("a\0b"), json!({"\0": [1]}), json!(["\\\0"])] {
        if DATABASE == Database::Postgres {
            is_refused("extra", only!(extra: value)).await;
        } else {
            let same = value.clone();
            is_stored(only!(extra: value), |row| row.extra.as_ref() == Some(&same)).await;
        }
    }
    // No NUL, but a backslash.
    let value = json!("\\u0000");
    is_stored(only!(extra: value.clone()), |row| {
        row.extra.as_ref() == Some(&value)
    })
    .await;
}

fn nested(levels: usize) -> Value {
    (1..levels).fold(json!([]), |inner, _| json!([inner]))
}

/// Asserts that the value is stored, and that serde_json does not read it.
async fn is_not_read(value: Value) {
    let (_keep, mut conn, row) = open().await;
    let result = row.update(&mut conn, only!(extra: value)).await;
    let is_decode = matches!(
        result,
        Err(Error::Decode {
            column: "extra",
            ..
        })
    );
    assert!(is_decode, "{result:?}");
    let there = Maybe::query()
        .filter(maybe::EXTRA.is_not_null())
        .count(&mut conn);
    assert_eq!(there.await.unwrap(), 1);
}

async fn is_kept(value: Value) {
    let same = value.clone();
    is_stored(only!(extra: value), |row| row.extra.as_ref() == Some(&same)).await;
}

async fn json_that_is_deep() {
    is_kept(nested(31)).await;
    if DATABASE == Database::Mysql {
        is_checked(only!(extra: nested(33))).await;
        return;
    }
    is_kept(nested(127)).await;
    is_not_read(nested(128)).await;
}

async fn numbers_in_json() {
    for value in [
        json!(f64::MIN_POSITIVE),
        json!(-0.0),
        json!(1.0),
        json!(u64::MAX),
    ] {
        is_kept(value).await;
    }
    // PostgreSQL gives all of its digits, which serde_json reads with its feature `float_roundtrip` alone. In a build of the
    // whole workspace, crates of other tests switch that on.
    let digits = f64::MAX.to_string();
    let is_read = serde_json::from_str::<Value>(&digits).is_ok();
    if DATABASE == Database::Postgres && !is_read {
        is_not_read(json!(f64::MAX)).await;
    } else {
        is_kept(json!(f64::MAX)).await;
    }
}

async fn longer_texts_and_bytes() {
    is_checked(only!(code: "123456789".into())).await;
    is_checked(only!(digest: vec![0; 33])).await;
    if DATABASE == Database::Mysql {
        is_checked(only!(label: "x".repeat(256))).await;
    } else {
        is_stored(only!(label: "x".repeat(256)), |row| row.label.is_some()).await;
    }
}
