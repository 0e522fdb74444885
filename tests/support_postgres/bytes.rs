//! Each type in the bytes that PostgreSQL documents, and what of them is read.

use super::*;
use proptest::prelude::*;

/// The bytes that `written` has on its way.
pub(super) fn encoded(written: &Written<'_>) -> Vec<u8> {
    let mut bytes = Vec::new();
    written.encode(&mut bytes);
    bytes
}

/// What is written of a value: the number of the type, and the bytes.
pub(super) fn sent<K: ColumnType>(value: &K::Value) -> (u32, Vec<u8>) {
    let written = K::write(value).expect("it fits");
    (written.oid(), encoded(&written))
}

pub(super) fn read<K: ColumnType>(oid: u32, bytes: &[u8]) -> Result<K::Value, Mismatch> {
    K::read(ValueRef {
        oid,
        bytes: Some(bytes),
    })
}

/// Why bytes are no value.
pub(super) fn told<K: ColumnType<Value: std::fmt::Debug>>(oid: u32, bytes: &[u8]) -> String {
    read::<K>(oid, bytes).expect_err("no value").to_string()
}

/// Writes the value as these bytes, and reads it from them.
pub(super) fn golden<K>(value: &K::Value, oid: u32, bytes: &[u8])
where
    K: ColumnType<Value: PartialEq + std::fmt::Debug>,
{
    assert_eq!(sent::<K>(value), (oid, bytes.to_vec()), "{value:?}");
    assert_eq!(&read::<K>(oid, bytes).expect("a value"), value);
    let stored = owned(K::write(value).expect("it fits")).expect("it is kept");
    assert_eq!(encoded(&stored.borrowed()), bytes);
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Mood {
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
fn each_type_has_its_bytes() {
    golden::<bool>(&true, 16, &[1]);
    golden::<i16>(&-2, 21, &[0xff, 0xfe]);
    golden::<i32>(&258, 23, &[0, 0, 1, 2]);
    golden::<i64>(&-1, 20, &[0xff; 8]);
    golden::<f32>(&-1.5, 700, &[0xbf, 0xc0, 0, 0]);
    golden::<f64>(&f64::INFINITY, 701, &[0x7f, 0xf0, 0, 0, 0, 0, 0, 0]);
    golden::<String>(&"é".to_owned(), 25, &[0xc3, 0xa9]);
    golden::<Vec<u8>>(&vec![0, 255], 17, &[0, 255]);
    let id = ::uuid::Uuid::from_u128(0x0102_0304_0506_0708_090a_0b0c_0d0e_0f10);
    golden::<::uuid::Uuid>(&id, 2950, id.as_bytes());
    let json = serde_json::json!({ "a": [1, null] });
    golden::<serde_json::Value>(&json, 3802, b"\x01{\"a\":[1,null]}");
    let date =
        |year, month, day| ::chrono::NaiveDate::from_ymd_opt(year, month, day).expect("it is");
    golden::<::chrono::NaiveDate>(&date(1999, 12, 31), 1082, &[0xff; 4]);
    let time = ::chrono::NaiveTime::from_hms_micro_opt(0, 0, 1, 2).expect("a time");
    golden::<::chrono::NaiveTime>(&time, 1083, &1_000_002_i64.to_be_bytes());
    let moment = date(2000, 1, 2).and_time(time);
    let microseconds = 86_401_000_002_i64.to_be_bytes();
    golden::<::chrono::NaiveDateTime>(&moment, 1114, &microseconds);
    golden::<::chrono::DateTime<::chrono::Utc>>(&moment.and_utc(), 1184, &microseconds);
    assert_eq!(sent::<Option<i32>>(&None), (0, Vec::new()));
    golden::<Option<i32>>(&Some(1), 23, &[0, 0, 0, 1]);
}

#[test]
fn an_enum_is_the_text_of_its_variant_whatever_its_type_is_numbered() {
    assert_eq!(sent::<Mood>(&Mood::Stormy), (0, b"it's \"so\"".to_vec()));
    for oid in [16_384, 25, 1043] {
        assert_eq!(read::<Mood>(oid, b"calm").expect("a mood"), Mood::Calm);
    }
    assert_eq!(told::<Mood>(16_384, b"Calm"), "\"Calm\" is no Mood");
    assert_eq!(
        told::<Mood>(23, b"calm"),
        "it is stored as integer, and not as text"
    );
    assert_eq!(Option::<Mood>::LISTED, "::text");
}

/// The large digits of a number, its weight, its sign and the small digits behind the point.
fn numeric(weight: i16, sign: u16, scale: u16, digits: &[i16]) -> Vec<u8> {
    let count = i16::try_from(digits.len()).expect("few digits");
    let mut bytes = Vec::new();
    for number in [count, weight, sign.cast_signed(), scale.cast_signed()] {
        bytes.extend_from_slice(&number.to_be_bytes());
    }
    for digit in digits {
        bytes.extend_from_slice(&digit.to_be_bytes());
    }
    bytes
}

pub(super) fn decimal(text: &str) -> rust_decimal::Decimal {
    text.parse().expect("a decimal")
}

#[test]
fn decimals_have_digits_to_the_base_of_ten_thousand() {
    type Money = Scaled<8, 2>;
    golden::<Money>(&decimal("12.50"), 1700, &numeric(0, 0, 2, &[12, 5000]));
    golden::<Money>(&decimal("-0.05"), 1700, &numeric(-1, 0x4000, 2, &[500]));
    golden::<Money>(&decimal("0.00"), 1700, &numeric(0, 0, 2, &[]));
    golden::<Money>(&decimal("120000.00"), 1700, &numeric(1, 0, 2, &[12]));
    golden::<Scaled<20, 7>>(&decimal("0.0000005"), 1700, &numeric(-2, 0, 7, &[50]));
    golden::<Scaled<10, 0>>(&decimal("100010000"), 1700, &numeric(2, 0, 0, &[1, 1]));
    let most = "9999999999999999999999999999";
    golden::<Scaled<28, 0>>(&decimal(most), 1700, &numeric(6, 0, 0, &[9999; 7]));
    let least = "-0.9999999999999999999999999999";
    golden::<Scaled<28, 28>>(&decimal(least), 1700, &numeric(-1, 0x4000, 28, &[9999; 7]));
}

#[test]
fn decimals_are_rounded_where_they_are_stored_and_not_where_they_are_looked_for() {
    type Money = Scaled<6, 2>;
    let written = |text: &str| Money::write(&decimal(text)).map(|value| encoded(&value));
    let same = |text: &str, other: &str| {
        assert_eq!(
            written(text).expect("it fits"),
            written(other).expect("it fits")
        );
        let value = decimal(text);
        let assigned = Money::assign(&value).expect("it fits");
        assert_eq!(encoded(&assigned), written(other).expect("it fits"));
    };
    same("0.005", "0.01");
    same("-0.005", "-0.01");
    same("0.0049", "0.00");
    same("9999.994", "9999.99");
    for text in [
        "9999.995",
        "10000",
        "-10000",
        "79228162514264337593543950335",
    ] {
        let told = written(text).expect_err("too many digits").to_string();
        assert!(
            told.ends_with("has more than 6 digits, 2 of them behind the point"),
            "{told}"
        );
    }
    let told = Money::operand(&decimal("1.005")).expect_err("it would be rounded");
    assert_eq!(
        told.to_string(),
        "1.005 has more than 2 digits behind the point"
    );
    assert!(Money::operand(&decimal("1.500")).is_ok());
}

#[test]
fn what_is_no_decimal_is_told() {
    type Money = Scaled<6, 2>;
    for (sign, words) in [
        (0xc000, "it is NaN"),
        (0xd000, "it is infinite"),
        (0xf000, "it is infinite"),
    ] {
        assert_eq!(told::<Money>(1700, &numeric(0, sign, 0, &[])), words);
    }
    let kept = |bytes: &[u8]| read::<Money>(1700, bytes).map(|value| value.to_string());
    assert_eq!(kept(&numeric(0, 0, 0, &[7])).expect("a number"), "7.00");
    assert_eq!(
        kept(&numeric(0, 0, 3, &[7, 1250])).expect("a number"),
        "7.125"
    );
    assert_eq!(
        kept(&numeric(0, 0, 400, &[7, 5000])).expect("a number"),
        "7.50"
    );
    assert_eq!(
        told::<Money>(1700, &numeric(20, 0, 0, &[1])),
        "it has too many digits"
    );
    assert!(told::<Money>(1700, &numeric(0, 0, 0, &[9999; 12])).contains("too many digits"));
    assert!(told::<Money>(1700, &numeric(-9000, 0, 0, &[1])).contains("too many digits"));
    for damaged in [
        &[][..],
        &[0; 7],
        &[0, 1, 0, 0, 0, 0, 0, 0],
        &[0, 0, 0, 0, 1, 0, 0, 0],
    ] {
        assert_eq!(told::<Money>(1700, damaged), "these bytes are no numeric");
    }
    assert_eq!(
        told::<Money>(701, &[0; 8]),
        "it is stored as double precision, and not as numeric"
    );
}

#[test]
fn smaller_numbers_are_read_as_larger_ones_and_no_others() {
    assert_eq!(read::<i32>(21, &[0xff, 0xff]).expect("a number"), -1);
    assert_eq!(read::<i64>(21, &[0xff, 0xff]).expect("a number"), -1);
    assert_eq!(read::<i64>(23, &[0, 0, 1, 0]).expect("a number"), 256);
    assert_eq!(
        read::<f64>(700, &0.5_f32.to_be_bytes())
            .expect("a number")
            .to_bits(),
        0.5_f64.to_bits()
    );
    assert_eq!(
        told::<i32>(20, &[0; 8]),
        "it is stored as bigint, and not as integer"
    );
    assert_eq!(
        told::<i16>(23, &[0; 4]),
        "it is stored as integer, and not as smallint"
    );
    assert_eq!(
        told::<f32>(701, &[0; 8]),
        "it is stored as double precision, and not as real"
    );
    assert_eq!(
        told::<f64>(23, &[0; 4]),
        "it is stored as integer, and not as double precision"
    );
    assert_eq!(
        told::<bool>(23, &[0; 4]),
        "it is stored as integer, and not as boolean"
    );
    assert_eq!(
        told::<i64>(1009, &[]),
        "it is stored as text[], and not as bigint"
    );
    assert_eq!(
        told::<i64>(600, &[]),
        "it is stored as the type with the number 600, and not as bigint"
    );
}

#[test]
fn a_sum_is_read_when_it_is_in_range() {
    let sum = |bytes: &[u8]| read::<i64>(1700, bytes);
    assert_eq!(sum(&numeric(0, 0, 0, &[])).expect("a number"), 0);
    assert_eq!(
        sum(&numeric(1, 0x4000, 0, &[12, 34])).expect("a number"),
        -120_034
    );
    let least = numeric(4, 0x4000, 0, &[922, 3372, 368, 5477, 5808]);
    assert_eq!(sum(&least).expect("a number"), i64::MIN);
    let more = numeric(4, 0, 0, &[922, 3372, 368, 5477, 5808]);
    assert_eq!(told::<i64>(1700, &more), "9223372036854775808 is no bigint");
    assert_eq!(
        told::<i64>(1700, &numeric(0, 0, 1, &[1, 5000])),
        "1.5 is no bigint"
    );
}

#[test]
fn what_postgres_cannot_store_is_refused() {
    let told = String::operand("a\0b").expect_err("a NUL").to_string();
    assert_eq!(told, "PostgreSQL has no texts with the character NUL");
    for json in [
        serde_json::json!({ "a": "\0" }),
        serde_json::json!({ "\0": 1 }),
    ] {
        let told = serde_json::Value::write(&json)
            .expect_err("a NUL")
            .to_string();
        assert_eq!(
            told,
            "PostgreSQL has no texts with the character NUL, in JSON either"
        );
    }
    for json in [serde_json::json!("\\u0000"), serde_json::json!("\u{1}\"\\")] {
        assert!(serde_json::Value::write(&json).is_ok(), "{json}");
    }
}

#[test]
fn what_is_stored_otherwise_is_told() {
    let null = i32::read(ValueRef {
        oid: 23,
        bytes: None,
    });
    assert_eq!(null.expect_err("no number").to_string(), "it is NULL");
    assert_eq!(told::<bool>(16, &[2]), "these bytes are no boolean");
    assert_eq!(told::<i32>(23, &[0; 5]), "these bytes are no integer");
    assert_eq!(
        told::<::uuid::Uuid>(2950, &[0; 15]),
        "these bytes are no uuid"
    );
    assert_eq!(
        told::<serde_json::Value>(3802, b"\x02{}"),
        "these bytes are no jsonb"
    );
    assert_eq!(
        told::<serde_json::Value>(3802, b""),
        "these bytes are no jsonb"
    );
    assert_eq!(
        read::<serde_json::Value>(114, b"1").expect("json"),
        serde_json::json!(1)
    );
    assert!(told::<String>(25, &[0xff]).contains("utf-8"));
    // As a composite type of the schema has it.
    assert_eq!(
        told::<String>(16_500, &[0, 0, 0, 1]),
        "it is stored as the type with the number 16500, and not as text"
    );
    assert_eq!(
        read::<String>(16_500, b"of an extension").expect("a text"),
        "of an extension"
    );
}

proptest! {
    #[test]
    fn numbers_come_back(small in any::<i16>(), middle in any::<i32>(), large in any::<i64>(), real in any::<f64>()) {
        let (oid, bytes) = sent::<i16>(&small);
        prop_assert_eq!(read::<i32>(oid, &bytes).expect("a number"), i32::from(small));
        let (oid, bytes) = sent::<i32>(&middle);
        prop_assert_eq!(read::<i64>(oid, &bytes).expect("a number"), i64::from(middle));
        let (oid, bytes) = sent::<i64>(&large);
        prop_assert_eq!(read::<i64>(oid, &bytes).expect("a number"), large);
        let (oid, bytes) = sent::<f64>(&real);
        prop_assert_eq!(read::<f64>(oid, &bytes).expect("a number").to_bits(), real.to_bits());
    }

    #[test]
    fn decimals_come_back(units in -9_999_999_999_999_999_999_999_999_999_i128..=9_999_999_999_999_999_999_999_999_999) {
        fn round<const SCALE: u32>(units: i128) -> bool {
            let value = rust_decimal::Decimal::from_i128_with_scale(units, SCALE);
            let (oid, bytes) = sent::<Scaled<28, SCALE>>(&value);
            let back = read::<Scaled<28, SCALE>>(oid, &bytes).expect("a number");
            back == value && back.scale() == SCALE
        }
        for units in [units, units / 1_000_000_000_000, units % 1000] {
            prop_assert!(round::<0>(units) && round::<1>(units) && round::<2>(units) && round::<3>(units));
            prop_assert!(round::<4>(units) && round::<5>(units) && round::<14>(units) && round::<28>(units));
        }
    }

    #[test]
    fn lists_come_back(list in proptest::collection::vec(any::<Option<String>>(), 0..5)) {
        let list: Vec<Option<String>> = list.into_iter().map(|text| text.map(|text| text.replace('\0', ""))).collect();
        let (_, bytes) = sent::<Vec<Option<String>>>(&list);
        prop_assert_eq!(read::<Vec<Option<String>>>(1009, &bytes).expect("a list"), list);
    }

    #[test]
    fn no_bytes_make_it_panic(oid in proptest::sample::select(vec![16, 17, 20, 21, 23, 25, 700, 701, 1082, 1083, 1114, 1184, 1700, 2950, 3802, 1007, 1009, 1231, 20_000]), bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
        let _ = read::<bool>(oid, &bytes);
        let _ = read::<i64>(oid, &bytes);
        let _ = read::<f64>(oid, &bytes);
        let _ = read::<String>(oid, &bytes);
        let _ = read::<Vec<u8>>(oid, &bytes);
        let _ = read::<Scaled<28, 4>>(oid, &bytes);
        let _ = read::<serde_json::Value>(oid, &bytes);
        let _ = read::<Vec<Option<i32>>>(oid, &bytes);
        let _ = read::<Vec<Mood>>(oid, &bytes);
        let _ = read::<::chrono::NaiveDate>(oid, &bytes);
        let _ = read::<::chrono::DateTime<::chrono::Utc>>(oid, &bytes);
        let _ = read::<::jiff::Timestamp>(oid, &bytes);
    }
}
