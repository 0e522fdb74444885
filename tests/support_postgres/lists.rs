//! Lists: of values, and of keys.

use super::bytes::{Mood, decimal, encoded, golden, read, told};
use super::*;

/// The head of a list, and its items behind their lengths.
fn array(item: u32, nulls: i32, items: &[Option<&[u8]>]) -> Vec<u8> {
    let length = |count: usize| i32::try_from(count).expect("few");
    let mut bytes = Vec::new();
    bytes.extend_from_slice(&i32::from(!items.is_empty()).to_be_bytes());
    bytes.extend_from_slice(&nulls.to_be_bytes());
    bytes.extend_from_slice(&item.to_be_bytes());
    if !items.is_empty() {
        bytes.extend_from_slice(&length(items.len()).to_be_bytes());
        bytes.extend_from_slice(&1_i32.to_be_bytes());
    }
    for item in items {
        bytes.extend_from_slice(&item.map_or(-1, |item| length(item.len())).to_be_bytes());
        bytes.extend_from_slice(item.unwrap_or_default());
    }
    bytes
}

#[test]
fn lists_are_arrays_of_one_dimension() {
    golden::<Vec<i16>>(
        &vec![1, 2],
        1005,
        &array(21, 0, &[Some(&[0, 1]), Some(&[0, 2])]),
    );
    let texts = vec![String::new(), "é".to_owned()];
    golden::<Vec<String>>(
        &texts,
        1009,
        &array(25, 0, &[Some(b""), Some(&[0xc3, 0xa9])]),
    );
    golden::<Vec<Vec<u8>>>(&vec![vec![0]], 1001, &array(17, 0, &[Some(&[0])]));
    // A list of an enum is one of texts on its way there, and one of the enum on its way back.
    let moods = vec![Mood::Calm];
    golden::<Vec<Mood>>(&moods, 1009, &array(25, 0, &[Some(b"calm")]));
    let back = read::<Vec<Mood>>(16_400, &array(16_390, 0, &[Some(b"calm")]));
    assert_eq!(back.expect("moods"), moods);
    assert_eq!(
        read::<Vec<i64>>(1007, &array(23, 0, &[Some(&[0, 0, 0, 7])])).expect("numbers"),
        [7]
    );
    assert_eq!(
        read::<Vec<i32>>(1007, &array(23, 0, &[])).expect("none"),
        [0; 0]
    );
}

#[test]
fn an_empty_list_is_of_the_type_that_the_statement_has() {
    let empty = <Vec<i32>>::operand(&[]).expect("a list");
    assert_eq!(empty.oid(), 0);
    assert!(empty.fits(1007) && empty.fits(1009) && !empty.fits(23));
    assert_eq!(encoded(&empty.typed(1007, Some(23))), array(23, 0, &[]));
    let many = <Vec<i32>>::operand(&[1]).expect("a list");
    assert!(many.fits(1007) && !many.fits(1016) && !many.fits(3802));
    assert_eq!(
        encoded(&many.clone().typed(1007, Some(23))),
        array(23, 0, &[Some(&[0, 0, 0, 1])])
    );
    let keys = KeyList::of([0_u8; 0], |_, _| ()).expect("a list");
    assert!(keys.fits(3802));
    assert_eq!(encoded(&keys.typed(3802, None)), b"\x01[]");
    // An enum's number is known to the server alone.
    let moods = vec![Mood::Calm];
    let moods = <Vec<Mood>>::write(&moods).expect("a list");
    assert!(moods.fits(16_400) && !many.fits(16_400));
    let of_moods = moods.typed(16_400, Some(16_390));
    assert_eq!(encoded(&of_moods), array(16_390, 0, &[Some(b"calm")]));
    let mut nulls = Array::default();
    nulls.push(&Written::Null).expect("an item");
    let nulls = Value::Array(std::borrow::Cow::Owned(nulls));
    assert_eq!(encoded(&nulls.typed(1009, Some(25))), array(25, 1, &[None]));
}

#[test]
fn what_is_no_list_is_told() {
    let null = array(23, 1, &[Some(&[0; 4]), None]);
    assert_eq!(told::<Vec<i32>>(1007, &null), "item 2: it is NULL");
    assert_eq!(
        told::<Vec<i16>>(1007, &null),
        "item 1: it is stored as integer, and not as smallint"
    );
    assert_eq!(
        told::<Vec<i32>>(17, &null),
        "it is stored as bytea, and not as a list"
    );
    let mut twice = null.clone();
    twice[3] = 2;
    assert_eq!(told::<Vec<i32>>(1007, &twice), "the list has 2 dimensions");
    for end in 0..null.len() {
        let told = told::<Vec<Option<i32>>>(1007, &null[..end]);
        assert!(told.ends_with("these bytes are no integer[]"), "{told}");
    }
    assert_eq!(
        read::<Vec<Option<i32>>>(1007, &null).expect("a list"),
        [Some(0), None]
    );
    let texts = vec!["a".to_owned(), "\0".to_owned()];
    let told = <Vec<String>>::write(&texts);
    let told = told.expect_err("a NUL").to_string();
    assert_eq!(
        told,
        "item 2: PostgreSQL has no texts with the character NUL"
    );
    let mut list = Array::default();
    list.push(&Written::Int4(1)).expect("an item");
    let told = list.push(&Written::Int8(1)).expect_err("another type");
    assert_eq!(told.to_string(), "a list of integer has no bigint");
}

#[test]
fn keys_of_one_column_are_a_list_and_others_json() {
    let one = KeyList::of([1, 2], |key, to| to.push("", i32::write(&key))).expect("a list");
    let list = array(23, 0, &[Some(&[0, 0, 0, 1]), Some(&[0, 0, 0, 2])]);
    assert_eq!((one.oid(), encoded(&one)), (1007, list));
    let date = ::chrono::NaiveDate::from_ymd_opt(0, 2, 29).expect("a date");
    let moment = date.and_hms_micro_opt(1, 2, 3, 4).expect("a time");
    let id = ::uuid::Uuid::from_u128(7);
    let many = KeyList::of([()], |(), to| {
        to.push("", i16::write(&-1));
        to.push("", i64::write(&i64::MIN));
        to.push("", bool::write(&true));
        to.push("", String::operand("a\"\\\u{1}é"));
        to.push("", Mood::write(&Mood::Stormy));
        to.push("", <Vec<u8>>::operand(&[0x0f, 0xff]));
        to.push("", <::uuid::Uuid>::write(&id));
        to.push("", f64::write(&1e300));
        to.push("", f32::write(&f32::NEG_INFINITY));
        to.push("", <Scaled<6, 2>>::write(&decimal("-0.05")));
        to.push("", <Scaled<6, 0>>::write(&decimal("70")));
        to.push("", <::chrono::NaiveDate>::write(&date));
        to.push("", <::chrono::NaiveTime>::write(&moment.time()));
        to.push("", <::chrono::NaiveDateTime>::write(&moment));
        to.push(
            "",
            <::chrono::DateTime<::chrono::Utc>>::write(&moment.and_utc()),
        );
        to.push("", <Option<i32>>::write(&None));
    });
    let expected = r#"[[-1,-9223372036854775808,true,"a\"\\\u0001é","it's \"so\"","0fff","00000000-0000-0000-0000-000000000007","1e300","-inf","-0.05","70","0001-02-29 BC","01:02:03.000004","0001-02-29 01:02:03.000004 BC","0001-02-29 01:02:03.000004+00 BC",null]]"#;
    assert_eq!(many.expect("keys"), Written::Json(expected.into()));
    let two = KeyList::of([1, 2], |key, to| {
        to.push("", i32::write(&key));
        to.push("", i32::write(&(key + 1)));
    });
    assert_eq!(two.expect("keys"), Written::Json("[[1,2],[2,3]]".into()));
}
