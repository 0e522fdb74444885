//! What the server makes of the bytes, and what it sends.

use super::bytes::{Mood, decimal};
use super::*;
use ::{chrono, jiff, uuid};
use tokio_postgres::types::{FromSql, IsNull, Kind, ToSql, Type, private::BytesMut};
use tokio_postgres::{Client, NoTls};

/// A parameter as it is written.
#[derive(Debug)]
struct Param(Value);

impl ToSql for Param {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> std::result::Result<IsNull, Mismatch> {
        assert!(self.0.fits(ty.oid()), "{:?} for {ty}", self.0);
        let item = match ty.kind() {
            Kind::Array(item) => Some(item.oid()),
            _ => None,
        };
        let mut bytes = Vec::new();
        self.0.clone().typed(ty.oid(), item).encode(&mut bytes);
        out.extend_from_slice(&bytes);
        Ok(if self.0 == Written::Null {
            IsNull::Yes
        } else {
            IsNull::No
        })
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    tokio_postgres::types::to_sql_checked!();
}

/// A value as the server sent it.
struct Sent(u32, Option<Vec<u8>>);

impl FromSql<'_> for Sent {
    fn from_sql(ty: &Type, raw: &[u8]) -> std::result::Result<Self, Mismatch> {
        Ok(Self(ty.oid(), Some(raw.to_owned())))
    }

    fn from_sql_null(ty: &Type) -> std::result::Result<Self, Mismatch> {
        Ok(Self(ty.oid(), None))
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

impl Sent {
    fn stored(&self) -> ValueRef<'_> {
        ValueRef {
            oid: self.0,
            bytes: self.1.as_deref(),
        }
    }
}

fn on_server(work: impl AsyncFnOnce(&Client)) {
    let url = std::env::var("RELATA_POSTGRES_URL").unwrap_or_default();
    assert!(
        !url.is_empty(),
        "RELATA_POSTGRES_URL is not set: use tests/run"
    );
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let (client, connection) = tokio_postgres::connect(&url, NoTls)
            .await
            .expect("a server");
        let connection = tokio::spawn(connection);
        let setup = "CREATE TYPE pg_temp.mood AS ENUM ('calm', 'it''s \"so\"');
                     SET intervalstyle = 'postgres'; SET datestyle = 'SQL, DMY'";
        client.batch_execute(setup).await.expect("a type");
        work(&client).await;
        drop(client);
        connection.await.expect("no panic").expect("it ends");
    });
}

/// Runs a query with one parameter, whose type is declared where it is told, and gives its columns.
async fn ask<const N: usize>(client: &Client, sql: &str, value: Value) -> [Sent; N] {
    let declared = Type::from_oid(value.oid()).unwrap_or(Type::UNKNOWN);
    let statement = client
        .prepare_typed(sql, &[declared])
        .await
        .expect("a statement");
    let row = client
        .query_one(&statement, &[&Param(value)])
        .await
        .expect("a row");
    std::array::from_fn(|place| row.try_get(place).expect("a value"))
}

/// The server reads the value as it reads `literal`, and what it sends is the value.
async fn same<K>(client: &Client, value: K::Value, ty: &str, literal: &str)
where
    K: ColumnType<Value: PartialEq + std::fmt::Debug>,
{
    let written = owned(K::write(&value).expect("it fits")).expect("it is kept");
    // A list of an enum is made of one of texts.
    let cast = if ty == "mood[]" { "::text[]" } else { "" };
    let sql = format!("SELECT $1{cast}::{ty} IS NOT DISTINCT FROM {literal}::{ty}, $1{cast}::{ty}");
    let [equal, back] = ask(client, &sql, written).await;
    assert!(
        bool::read(equal.stored()).expect("an answer"),
        "{value:?} is {literal}"
    );
    assert_eq!(K::read(back.stored()).expect("a value"), value);
}

#[test]
#[ignore = "needs PostgreSQL: tests/run starts it"]
fn values_come_back_on_postgres() {
    on_server(async |client| {
        same::<bool>(client, true, "boolean", "true").await;
        same::<i16>(client, i16::MIN, "smallint", "'-32768'").await;
        same::<i32>(client, i32::MIN, "integer", "'-2147483648'").await;
        same::<i64>(client, i64::MAX, "bigint", "9223372036854775807").await;
        same::<f32>(client, 0.1, "real", "0.1").await;
        same::<f64>(client, f64::NEG_INFINITY, "double precision", "'-Infinity'").await;
        same::<f64>(client, 5e-324, "double precision", "5e-324").await;
        same::<String>(client, "it's é\n🦀".into(), "text", "E'it''s é\\n🦀'").await;
        same::<String>(client, "abc".into(), "varchar(3)", "'abc'").await;
        same::<Vec<u8>>(client, vec![0, 255], "bytea", r"'\x00ff'").await;
        same::<Mood>(client, Mood::Stormy, "mood", "'it''s \"so\"'").await;
        same::<Option<Mood>>(client, None, "mood", "NULL").await;
        same::<Option<i32>>(client, None, "integer", "NULL").await;
        let id = uuid::Uuid::from_u128(0x0102_0304_0506_0708_090a_0b0c_0d0e_0f10);
        same::<uuid::Uuid>(client, id, "uuid", "'01020304-0506-0708-090a-0b0c0d0e0f10'").await;
        let json = serde_json::json!({ "a": [1.5, null, "\"\\\u{1}é"], "": {} });
        let literal = r#"'{"": {}, "a": [1.5, null, "\"\\\u0001é"]}'"#;
        same::<serde_json::Value>(client, json, "jsonb", literal).await;
        let [json] = ask(client, "SELECT $1::text::json", text("[1]")).await;
        let json = serde_json::Value::read(json.stored()).expect("json");
        assert_eq!(json, serde_json::json!([1]));
    });
}

#[test]
#[ignore = "needs PostgreSQL: tests/run starts it"]
fn decimals_come_back_on_postgres() {
    on_server(async |client| {
        for number in [
            "0",
            "0.05",
            "-12.5",
            "9999.99",
            "-0.01",
            "120000",
            "100010000.1",
        ] {
            let literal = format!("'{number}'");
            same::<Scaled<12, 2>>(client, decimal(number), "numeric", &literal).await;
            same::<Scaled<28, 19>>(client, decimal(number), "numeric(28, 19)", &literal).await;
        }
        let most = "9999999999999999999999999999";
        same::<Scaled<28, 0>>(client, decimal(most), "numeric", most).await;
        let least = "-0.0000000000000000000000000001";
        same::<Scaled<28, 28>>(client, decimal(least), "numeric", least).await;
        for (sql, words) in [
            ("SELECT ($1::text || 'aN')::numeric", "it is NaN"),
            (
                "SELECT repeat('9', 40)::numeric, $1::text",
                "it has too many digits",
            ),
        ] {
            let [stored, ..] = ask::<1>(client, sql, text("N")).await;
            let told = <Scaled<12, 2>>::read(stored.stored()).expect_err("no decimal");
            assert_eq!(told.to_string(), words);
        }
        let [third] = ask(client, "SELECT 1::numeric / $1::int", Written::Int4(3)).await;
        let third = <Scaled<12, 2>>::read(third.stored()).expect("a decimal");
        assert_eq!(third.to_string(), "0.33333333333333333333");
    });
}

#[test]
#[ignore = "needs PostgreSQL: tests/run starts it"]
fn moments_come_back_on_postgres() {
    on_server(async |client| {
        for (year, date) in [
            (0, "0001-02-29 BC"),
            (4, "0004-02-29"),
            (1996, "1996-02-29"),
            (2000, "2000-02-29"),
            (9996, "9996-02-29"),
        ] {
            let value = chrono::NaiveDate::from_ymd_opt(year, 2, 29).expect("a date");
            same::<chrono::NaiveDate>(client, value, "date", &format!("'{date}'")).await;
            let value = value
                .and_hms_micro_opt(23, 59, 59, 999_999)
                .expect("a time");
            let (day, era) = date.split_at(10);
            let literal = format!("'{day} 23:59:59.999999{era}'");
            same::<chrono::NaiveDateTime>(client, value, "timestamp", &literal).await;
            let literal = format!("'{day} 23:59:59.999999+00{era}'");
            let instant = value.and_utc();
            same::<chrono::DateTime<chrono::Utc>>(client, instant, "timestamptz", &literal).await;
        }
        let time = jiff::civil::time(8, 15, 0, 5000);
        same::<jiff::civil::Time>(client, time, "time", "'08:15:00.000005'").await;
        for infinite in ["date", "timestamp", "timestamptz"] {
            let sql = format!("SELECT $1::text::{infinite}");
            let [stored] = ask(client, &sql, text("-infinity")).await;
            let stored = stored.stored();
            let told = match infinite {
                "date" => chrono::NaiveDate::read(stored).map(drop),
                "timestamp" => chrono::NaiveDateTime::read(stored).map(drop),
                _ => jiff::Timestamp::read(stored).map(drop),
            };
            assert_eq!(
                told.expect_err("no moment").to_string(),
                "infinity is no moment"
            );
        }
    });
}

#[test]
#[ignore = "needs PostgreSQL: tests/run starts it"]
fn lists_come_back_on_postgres() {
    on_server(async |client| {
        same::<Vec<i32>>(client, vec![1, -2], "int[]", "'{1,-2}'").await;
        same::<Vec<i64>>(client, Vec::new(), "bigint[]", "'{}'").await;
        let texts = vec!["a,\"b".to_owned(), String::new()];
        same::<Vec<String>>(client, texts, "text[]", r#"'{"a,\"b",""}'"#).await;
        let moods = vec![Mood::Calm, Mood::Stormy];
        same::<Vec<Mood>>(client, moods, "mood[]", r#"'{calm,"it''s \"so\""}'"#).await;
        let prices = vec![decimal("0.50"), decimal("7.00")];
        same::<Vec<Scaled<6, 2>>>(client, prices, "numeric[]", "'{0.50,7.00}'").await;
        same::<Vec<Option<bool>>>(client, vec![Some(true), None], "bool[]", "'{t,NULL}'").await;
        let [twice] = ask(client, "SELECT ARRAY[ARRAY[$1::int]]", Written::Int4(1)).await;
        let told = <Vec<i32>>::read(twice.stored()).expect_err("no list");
        assert_eq!(told.to_string(), "the list has 2 dimensions");
    });
}

#[test]
#[ignore = "needs PostgreSQL: tests/run starts it"]
fn sums_are_read_on_postgres() {
    on_server(async |client| {
        let sums = "SELECT sum(n::smallint), sum(n::int), sum(n), sum(n::real), sum(n::float8), \
                    sum(n::numeric(6, 2)), max(n::int) FROM generate_series(1, $1::bigint) AS n";
        let [of16, of32, of64, real, double, exact, most] =
            ask(client, sums, Written::Int8(3)).await;
        for (sum, expected) in [(of16, 6), (of32, 6), (of64, 6), (most, 3)] {
            assert_eq!(i64::read(sum.stored()).expect("a number"), expected);
        }
        for sum in [real, double] {
            assert_eq!(
                f64::read(sum.stored()).expect("a number").to_bits(),
                6_f64.to_bits()
            );
        }
        let exact = <<Scaled<6, 2> as Summed>::Sum>::read(exact.stored()).expect("a decimal");
        assert_eq!(exact.to_string(), "6.00");
        let large = "SELECT sum($1::bigint) FROM generate_series(1, 2)";
        let [sum] = ask(client, large, Written::Int8(i64::MAX)).await;
        let told = i64::read(sum.stored()).expect_err("too large").to_string();
        assert_eq!(told, "18446744073709551614 is no bigint");
    });
}

#[test]
#[ignore = "needs PostgreSQL: tests/run starts it"]
fn keys_are_read_as_their_types_on_postgres() {
    on_server(async |client| {
        let id = uuid::Uuid::from_u128(7);
        let date = chrono::NaiveDate::from_ymd_opt(0, 2, 29).expect("a date");
        let moment = date.and_hms_micro_opt(1, 2, 3, 4).expect("a time");
        let keys = KeyList::of([()], |(), to| {
            to.push("", i64::write(&i64::MIN));
            to.push("", bool::write(&true));
            to.push("", String::operand("a\"\\\u{1}é"));
            to.push("", Mood::write(&Mood::Stormy));
            to.push("", <Vec<u8>>::operand(&[0x0f, 0xff]));
            to.push("", uuid::Uuid::write(&id));
            to.push("", f64::write(&f64::NEG_INFINITY));
            to.push("", f32::write(&1e-20));
            to.push(
                "",
                <Scaled<28, 2>>::write(&rust_decimal::Decimal::new(-5, 2)),
            );
            to.push("", chrono::NaiveDate::write(&date));
            to.push("", chrono::NaiveTime::write(&moment.time()));
            to.push("", chrono::NaiveDateTime::write(&moment));
            to.push(
                "",
                <chrono::DateTime<chrono::Utc>>::write(&moment.and_utc()),
            );
            to.push("", <Option<i32>>::write(&None));
        });
        let types = [
            "bigint",
            "boolean",
            "text",
            "mood",
            "bytea",
            "uuid",
            "float8",
            "real",
            "numeric",
            "date",
            "time",
            "timestamp",
            "timestamptz",
            "integer",
        ];
        let fields: Vec<String> = (types.iter().enumerate())
            .map(|(place, ty)| match *ty {
                "bytea" => format!("decode(key ->> {place}, 'hex')"),
                ty => format!("(key ->> {place})::{ty}"),
            })
            .collect();
        let sql = format!(
            "SELECT {} FROM jsonb_array_elements($1) AS key",
            fields.join(", ")
        );
        let sent: [Sent; 14] = ask(client, &sql, keys.expect("keys")).await;
        let at = |place: usize| sent[place].stored();
        assert_eq!(i64::read(at(0)).expect("a number"), i64::MIN);
        assert!(bool::read(at(1)).expect("a boolean"));
        assert_eq!(String::read(at(2)).expect("a text"), "a\"\\\u{1}é");
        assert_eq!(Mood::read(at(3)).expect("a mood"), Mood::Stormy);
        assert_eq!(<Vec<u8>>::read(at(4)).expect("bytes"), [0x0f, 0xff]);
        assert_eq!(uuid::Uuid::read(at(5)).expect("an id"), id);
        assert!(f64::read(at(6)).expect("a number") < f64::MIN);
        assert_eq!(
            f32::read(at(7)).expect("a number").to_bits(),
            1e-20_f32.to_bits()
        );
        assert_eq!(
            <Scaled<28, 2>>::read(at(8)).expect("a decimal").to_string(),
            "-0.05"
        );
        assert_eq!(chrono::NaiveDate::read(at(9)).expect("a date"), date);
        assert_eq!(
            chrono::NaiveTime::read(at(10)).expect("a time"),
            moment.time()
        );
        assert_eq!(
            chrono::NaiveDateTime::read(at(11)).expect("a moment"),
            moment
        );
        let instant = <chrono::DateTime<chrono::Utc>>::read(at(12)).expect("an instant");
        assert_eq!(instant, moment.and_utc());
        assert_eq!(<Option<i32>>::read(at(13)).expect("none"), None);
        let shown = sent.each_ref().map(|sent| shown(sent.stored()));
        assert_eq!(shown[5], id.to_string());
        assert_eq!(shown[11], "0001-02-29 01:02:03.000004 BC");
        assert_eq!(shown[13], "NULL");
        // An empty list is what the statement wants.
        let none = || KeyList::of([0_u8; 0], |_, _| ()).expect("none");
        let [count] = ask(
            client,
            "SELECT count(*) FROM jsonb_array_elements($1)",
            none(),
        )
        .await;
        assert_eq!(number_of(count.stored()).expect("a number"), 0);
        let [all] = ask(client, "SELECT 1 <> ALL ($1::int[])", none()).await;
        assert_eq!(number_of(all.stored()).expect("a number"), 1);
    });
}
