//! What the spec adds to rows and enums: derives that work, attributes that the derives obey, private columns that
//! `serde` passes over.

mod models {
    include!(concat!(env!("OUT_DIR"), "/extras.rs"));
}
use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::db::{self, Connection};
use models::{NewService, NewSoldier, NewUnit, Rank, Service, Soldier, Unit};
use serde_json::json;

fn connection() -> db::Opened {
    let conn = db::open();
    models::configure(&conn).unwrap();
    models::create_tables(&conn).unwrap();
    conn
}

fn soldier(conn: &Connection, last_name: &str) -> Soldier {
    let new = NewSoldier {
        last_name: last_name.into(),
        rank: Rank::General,
        pin: Some("1234".into()),
    };
    Soldier::insert(conn, new).unwrap()
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

#[test]
fn rows_have_what_they_derive() {
    let conn = connection();
    let (bell, ash) = (soldier(&conn, "Bell"), soldier(&conn, "Ash"));
    // By the columns in order: the key first.
    let sorted: BTreeSet<&Soldier> = [&ash, &bell].into();
    assert_eq!(sorted.into_iter().collect::<Vec<_>>(), [&bell, &ash]);
    assert_eq!(hash(&bell), hash(&bell.clone()));
    assert_ne!(hash(&bell), hash(&ash));
    assert_eq!(Soldier::default().rank, Rank::PrivateSoldier);

    let new = NewUnit {
        size: 3,
        balance: None,
    };
    let unit = Unit::insert(&conn, new).unwrap();
    // A copy: deleting takes the row.
    unit.delete(&conn).unwrap();
    assert_eq!(unit.size, 3);
}

#[test]
fn serde_obeys_attributes_and_passes_private_columns_over() {
    let conn = connection();
    let stored = soldier(&conn, "Bell");
    let shown = serde_json::to_value(&stored).unwrap();
    assert_eq!(shown, json!({ "id": 1, "lastName": "Bell" }));
    let read: Soldier = serde_json::from_value(shown).unwrap();
    assert_eq!((read.rank, read.pin), (Rank::PrivateSoldier, None));
    let text = r#"{ "id": 1, "lastName": "Bell", "pin": "9999" }"#;
    let refused = serde_json::from_str::<Soldier>(text).unwrap_err();
    assert!(refused.to_string().contains("unknown field `pin`"));
    assert_eq!(
        serde_json::to_value(Rank::PrivateSoldier).unwrap(),
        "privateSoldier"
    );
    assert_eq!(
        serde_json::from_str::<Rank>("\"general\"").unwrap(),
        Rank::General
    );
}

#[test]
fn links_have_what_they_derive() {
    let conn = connection();
    let bell = soldier(&conn, "Bell");
    let new = NewUnit {
        size: 3,
        balance: Some(0.5),
    };
    let unit = Unit::insert(&conn, new).unwrap();
    let first_day = "Monday".to_owned();
    bell.units()
        .add(&conn, &unit, NewService { first_day })
        .unwrap();
    let links: Vec<Service> = bell.units().links().all(&conn).unwrap();
    assert_eq!(
        serde_json::to_value(&links).unwrap(),
        json!([{ "soldierId": 1, "unitId": 1, "firstDay": "Monday" }])
    );
    assert_eq!(hash(&links[0]), hash(&links[0].clone()));
}
