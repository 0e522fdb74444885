//! Columns that the database computes, and keys that it does not count.

use crate::db::Connection;

use crate::decimal;

mod models {
    include!(concat!(env!("OUT_DIR"), "/computed.rs"));
}
use models::{
    Error, NewOrder, NewPerson, NewTick, NewWord, Order, OrderPatch, Person, PersonPatch, Tick,
    UnitOfWork, Word, order, person, tick,
};

fn on_shop(test: impl Fn(&Connection)) {
    let open = |conn: &Connection| {
        models::configure(conn).unwrap();
        models::create_tables(conn).unwrap();
    };
    crate::on_both(open, test);
}

fn new_person(id: i64, first_name: &str, last_name: Option<&str>) -> NewPerson {
    NewPerson {
        id,
        first_name: first_name.into(),
        last_name: last_name.map(Into::into),
        email: format!("{first_name}@Example.org"),
    }
}

fn ada(conn: &Connection) -> Person {
    Person::insert(conn, new_person(7, "Ada", Some("Lovelace"))).unwrap()
}

fn new_order(person: &Person, price: &str, count: i32) -> NewOrder {
    NewOrder {
        price: decimal(price),
        count: Some(count),
        paid_at: None,
        details: None,
        person_id: person.into(),
    }
}

#[test]
fn inserts_and_changes_give_back_what_was_computed() {
    on_shop(|conn| {
        let ada = ada(conn);
        assert_eq!(ada.full_name, "Ada Lovelace");
        assert_eq!(ada.email_key, "ada@example.org");
        let patch = PersonPatch {
            last_name: Some(None),
            ..PersonPatch::default()
        };
        let ada = ada.update(conn, patch).unwrap();
        assert_eq!(ada.full_name, "Ada");

        let order = Order::insert(conn, new_order(&ada, "9.50", 3)).unwrap();
        assert_eq!((order.total, order.large), (decimal("28.50"), false));
        assert_eq!((order.paid_on, order.tag), (None, None));
        let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 25).unwrap();
        let patch = OrderPatch {
            count: Some(200),
            paid_at: Some(Some(day.and_hms_opt(23, 59, 59).unwrap().and_utc())),
            details: Some(serde_json::json!({ "tag": "gift" })),
            ..OrderPatch::default()
        };
        let order = Order::get(conn, order.id).unwrap();
        let order = order.update(conn, patch).unwrap();
        assert_eq!((order.total, order.large), (decimal("1900.00"), true));
        assert_eq!(order.paid_on, Some(day));
        assert_eq!(order.tag.as_deref(), Some("gift"));
        assert_eq!(order.version, 2);
    });
}

#[test]
fn a_copy_that_says_otherwise_is_not_asked() {
    on_shop(|conn| {
        let mut ada = ada(conn);
        ada.full_name = "Somebody".into();
        ada.first_name = "Augusta Ada".into();
        let saved = ada.save(conn).unwrap();
        assert_eq!(saved.full_name, "Augusta Ada Lovelace");
        let order = Order::insert(conn, new_order(&saved, "1.00", 1)).unwrap();
        let copy = Order {
            id: 40,
            total: decimal("99.00"),
            details: serde_json::json!({ "tag": "copy" }),
            ..order.clone()
        };
        Order::insert_row(conn, &copy).unwrap();
        assert_eq!(Order::get(conn, 40).unwrap().total, decimal("1.00"));
        let mut work = UnitOfWork::new();
        let pending = work.insert_row(&Person {
            id: 8,
            email: "eve@example.org".into(),
            ..saved
        });
        let mine = work.insert(NewOrder {
            person_id: pending.into(),
            ..new_order(&Person::get(conn, 7).unwrap(), "2.00", 2)
        });
        let done = work.commit(conn).unwrap();
        assert_eq!(done.key(pending), 8);
        let mine = Order::get(conn, done.key(mine)).unwrap();
        assert_eq!((mine.total, mine.person_id), (decimal("4.00"), 8));
    });
}

#[test]
fn queries_ask_for_computed_columns() {
    on_shop(|conn| {
        let ada = ada(conn);
        let bo = Person::insert(conn, new_person(1, "Bo", None)).unwrap();
        let rows = [1, 2, 3].map(|count| NewOrder {
            details: Some(serde_json::json!({ "tag": count.to_string() })),
            ..new_order(&ada, "400.00", count)
        });
        let keys = Order::insert_many(conn, rows).unwrap();
        let named = Person::query().filter(person::FULL_NAME.starts_with("Ada L"));
        assert_eq!(named.all(conn).unwrap(), [ada.clone()]);
        let large = order::LARGE.eq(true).and(order::PAID_ON.is_null());
        assert_eq!(Order::query().filter(large).one(conn).unwrap().id, keys[2]);
        let listed = order::TOTAL.in_([decimal("400"), decimal("1200")]);
        let found = Order::query().filter(listed).order_by(order::TOTAL.desc());
        let found: Vec<i32> = found.all(conn).unwrap().iter().map(|it| it.id).collect();
        assert_eq!(found, [keys[2], keys[0]]);
        let sum = Order::query().sum(conn, order::TOTAL).unwrap();
        assert_eq!(sum, Some(decimal("2400.00")));
        assert_eq!(
            Order::query().max(conn, order::TAG).unwrap().as_deref(),
            Some("3")
        );
        // The next page in an order of computed columns.
        let order = || (order::TAG.desc(), order::TOTAL.asc());
        let first = Order::query()
            .order_by(order())
            .first(conn)
            .unwrap()
            .unwrap();
        let rest = Order::query().order_by(order()).after(&first);
        let rest: Vec<i32> = rest.all(conn).unwrap().iter().map(|it| it.id).collect();
        assert_eq!(rest, [keys[1], keys[0]]);
        let any = person::ORDERS.any(order::TAG.eq("2"));
        assert_eq!(Person::query().filter(any).all(conn).unwrap(), [ada]);
        assert_eq!(bo.orders().count(conn).unwrap(), 0);
        // What it is computed of is changed in bulk.
        let changed = Order::query().update(conn, order::COUNT.set(1)).unwrap();
        assert_eq!(changed, 3);
        let sum = Order::query().sum(conn, order::TOTAL).unwrap();
        assert_eq!(sum, Some(decimal("1200.00")));
    });
}

#[test]
fn computed_keys_are_upserted_by() {
    on_shop(|conn| {
        let ada = ada(conn);
        let again = NewPerson {
            email: "ADA@EXAMPLE.ORG".into(),
            ..new_person(9, "Augusta", None)
        };
        let taken = Person::insert(conn, again.clone());
        assert!(
            matches!(taken, Err(Error::UniqueViolation { .. })),
            "{taken:?}"
        );
        let merged = Person::upsert_by_email_key(conn, again).unwrap();
        assert_eq!((merged.id, merged.full_name.as_str()), (7, "Augusta"));
        assert_eq!(merged.email_key, ada.email_key);
        assert_eq!(Person::query().count(conn).unwrap(), 1);

        let word = |text: &str| NewWord { text: text.into() };
        let first = Word::upsert_by_folded(conn, word("Tea")).unwrap();
        assert_eq!(Word::upsert_by_folded(conn, word("TEA")).unwrap(), first);
        assert_eq!(Word::upsert_by_text(conn, word("Tea")).unwrap(), first);
        assert!(Word::upsert_by_text(conn, word("TEA")).is_err());
    });
}

#[test]
fn constraints_hold_what_was_computed() {
    on_shop(|conn| {
        let ada = ada(conn);
        let refused = Order::insert(conn, new_order(&ada, "1.00", 0));
        match refused {
            Err(Error::CheckViolation { constraint, .. }) => {
                assert_eq!(constraint.as_deref(), Some("total_is_positive"));
            }
            other => panic!("{other:?}"),
        }
        let long = NewPerson {
            email: "x".repeat(81),
            ..new_person(3, "Long", None)
        };
        assert!(matches!(
            Person::insert(conn, long),
            Err(Error::CheckViolation { .. })
        ));
        assert!(!Tick::insert(conn, NewTick {}).unwrap().even);
        assert!(Tick::insert(conn, NewTick {}).unwrap().even);
        let third = Tick::insert(conn, NewTick {});
        assert!(
            matches!(third, Err(Error::UniqueViolation { .. })),
            "{third:?}"
        );
        assert_eq!(
            Tick::query()
                .filter(tick::EVEN.eq(true))
                .count(conn)
                .unwrap(),
            1
        );
    });
}

/// Without a check, the row would be stored, and then not be read.
#[test]
fn a_value_beyond_its_type_is_not_stored() {
    on_shop(|conn| {
        let ada = ada(conn);
        let most = i32::from(i16::MAX) * 12 + 11;
        let fits = Order::insert(conn, new_order(&ada, "0.01", most)).unwrap();
        assert_eq!(fits.dozens, i16::MAX);
        let refused = Order::insert(conn, new_order(&ada, "0.01", most + 1));
        match refused {
            Err(Error::CheckViolation { constraint, .. }) => {
                assert_eq!(constraint.as_deref(), Some("ck_orders_dozens_range"));
            }
            other => panic!("{other:?}"),
        }
        assert_eq!(Order::query().count(conn).unwrap(), 1);
    });
}

#[test]
fn a_key_that_is_not_counted_is_given() {
    on_shop(|conn| {
        let ada = ada(conn);
        assert_eq!(ada.id, 7);
        let keys = Person::insert_many(
            conn,
            [
                new_person(i64::MAX, "Max", None),
                new_person(-1, "Min", None),
            ],
        );
        assert_eq!(keys.unwrap(), [i64::MAX, -1]);
        let taken = Person::insert(conn, new_person(7, "Eve", None));
        assert!(
            matches!(taken, Err(Error::UniqueViolation { .. })),
            "{taken:?}"
        );
        let changed = Person::upsert_by_id(conn, new_person(7, "Eve", None)).unwrap();
        assert_eq!(changed.full_name, "Eve");
    });
}
