//! `upsert_by_…`: a row is inserted or, where one with its key is there, that is written to.

use crate::db::{self, Connection};
use chrono::{DateTime, NaiveDate};
use uuid::Uuid;

use crate::versions::models::{Folder, NewFolder, NewSetting, NewSummary, Setting, Summary};
use crate::versions::writes::{
    self, Account, Badge, Error, Label, NewAccount, NewBadge, NewLabel, NewPage, NewSeal, NewShelf,
    NewTicket, Page, Seal, Shelf, Ticket, account,
};
use crate::versions::{old_document, on_versions, on_writes};

fn new_account(email: &str, name: &str) -> NewAccount {
    NewAccount {
        email: email.into(),
        name: name.into(),
        note: None,
        visits: None,
        mood: None,
        token: None,
        seen_at: None,
        left_on: None,
        made_at: None,
    }
}

fn by_email(conn: &Connection, new: NewAccount) -> Account {
    let stored = Account::upsert_by_email(conn, new).unwrap();
    assert_eq!(Account::get(conn, stored.id).unwrap(), stored);
    stored
}

fn shelf(conn: &Connection, label: &str) -> Shelf {
    Shelf::insert(
        conn,
        NewShelf {
            label: label.into(),
        },
    )
    .unwrap()
}

#[test]
fn a_row_that_is_not_there_is_inserted_as_ever() {
    on_writes(|conn| {
        let plain = by_email(conn, new_account("a@x", "Ann"));
        let inserted = Account::insert(conn, new_account("b@x", "Bo")).unwrap();
        assert_ne!((plain.id, plain.token), (inserted.id, inserted.token));
        let same = Account {
            id: inserted.id,
            email: inserted.email.clone(),
            name: inserted.name.clone(),
            token: inserted.token,
            seen_at: inserted.seen_at,
            made_at: inserted.made_at,
            ..plain
        };
        assert_eq!(same, inserted, "but for what tells them apart");
        assert_eq!((inserted.visits, inserted.left_on), (3, None));
        assert_eq!(inserted.mood.as_deref(), Some("fine"));
        assert!(inserted.seen_at.is_some());
    });
}

#[test]
fn what_is_left_to_a_default_stays_as_it_is_stored() {
    on_writes(|conn| {
        let token = Uuid::from_u128(7);
        let first = NewAccount {
            note: Some("note".into()),
            visits: Some(8),
            mood: Some(Some("bad".into())),
            token: Some(token),
            made_at: Some(DateTime::UNIX_EPOCH),
            ..new_account("a@x", "Ann")
        };
        let first = by_email(conn, first);
        assert_eq!(first.token, token);
        let second = by_email(conn, new_account("a@x", "Anna"));
        assert_eq!((second.id, second.name.as_str()), (first.id, "Anna"));
        assert_eq!((second.visits, second.mood.as_deref()), (8, Some("bad")));
        assert_eq!(
            (second.token, second.made_at),
            (token, DateTime::UNIX_EPOCH)
        );
        assert_eq!(second.note, None, "there, None is NULL and no default");

        let third = NewAccount {
            note: Some("again".into()),
            visits: Some(0),
            mood: Some(None),
            token: Some(Uuid::from_u128(8)),
            ..new_account("a@x", "Ann")
        };
        let third = by_email(conn, third);
        assert_eq!(third.token, Uuid::from_u128(8), "given, and not made");
        assert_eq!((third.visits, &third.mood), (0, &None), "NULL is a value");
        assert_eq!(third.note.as_deref(), Some("again"));
        let fourth = by_email(conn, new_account("a@x", "Ann"));
        assert_eq!((fourth.visits, fourth.mood), (0, None), "NULL stays");
        assert_eq!(fourth.token, third.token);
        assert_eq!(Account::query().count(conn).unwrap(), 1);
    });
}

#[test]
fn a_write_to_a_row_that_is_there_takes_the_moment() {
    on_writes(|conn| {
        let day = NaiveDate::from_ymd_opt(1999, 12, 31);
        let told = |seen_at, left_on| NewAccount {
            seen_at,
            left_on,
            ..new_account("a@x", "Ann")
        };
        let epoch = Some(DateTime::UNIX_EPOCH);
        let first = by_email(conn, told(Some(epoch), day));
        assert_eq!((first.seen_at, first.left_on), (epoch, day));
        let second = by_email(conn, told(None, None));
        let now = second.seen_at.unwrap();
        assert!(now > DateTime::UNIX_EPOCH);
        assert_eq!(second.left_on, Some(now.date_naive()));
        // What is given wins, NULL too where it can be told.
        let third = by_email(conn, told(Some(epoch), day));
        assert_eq!((third.seen_at, third.left_on), (epoch, day));
        let fourth = by_email(conn, told(Some(None), day));
        assert_eq!((fourth.seen_at, fourth.left_on), (None, day));
    });
}

#[test]
fn each_key_finds_its_own_row() {
    on_writes(|conn| {
        let ann = by_email(conn, new_account("a@x", "Ann"));
        let bo = by_email(conn, new_account("b@x", "Bo"));
        let moved = Account::upsert_by_name(conn, new_account("new@x", "Ann")).unwrap();
        assert_eq!((moved.id, moved.email.as_str()), (ann.id, "new@x"));
        // The other key belongs to another row.
        let refused = [
            (
                Account::upsert_by_email(conn, new_account("b@x", "Ann")),
                "accounts.name",
            ),
            (
                Account::upsert_by_name(conn, new_account("b@x", "Ann")),
                "accounts.email",
            ),
            // The key is new, and the row is none of the other key's.
            (
                Account::upsert_by_email(conn, new_account("c@x", "Bo")),
                "accounts.name",
            ),
        ];
        for (refused, expected) in refused {
            match refused {
                Err(Error::UniqueViolation {
                    columns,
                    constraint,
                    ..
                }) => {
                    let name = format!("uq_{}", expected.replace('.', "_"));
                    crate::is_key(&columns, constraint.as_deref(), &[expected], &name);
                }
                other => panic!("{other:?}"),
            }
        }
        let wrong = NewAccount {
            visits: Some(-1),
            ..new_account("b@x", "Bob")
        };
        let refused = Account::upsert_by_email(conn, wrong);
        assert!(
            matches!(refused, Err(Error::CheckViolation { .. })),
            "{refused:?}"
        );
        let rows = Account::query().order_by(account::ID.asc()).all(conn);
        assert_eq!(rows.unwrap(), [moved, bo]);
    });
}

#[test]
fn a_key_that_rust_makes() {
    on_writes(|conn| {
        let new = |id, number, text: &str| NewTicket {
            id,
            number,
            text: text.into(),
        };
        let id = Uuid::from_u128(7);
        let first = Ticket::upsert_by_id(conn, new(Some(id), 1, "a")).unwrap();
        let second = Ticket::upsert_by_id(conn, new(Some(id), 2, "b")).unwrap();
        assert_eq!(
            (second.id, second.number, second.text.as_str()),
            (id, 2, "b")
        );
        // By another key the stored one stays, whether one is given or made.
        for given in [None, Some(Uuid::from_u128(8))] {
            let third = Ticket::upsert_by_number(conn, new(given, 2, "c")).unwrap();
            assert_eq!((third.id, third.text.as_str()), (id, "c"));
        }
        let made = Ticket::upsert_by_id(conn, new(None, 1, "d")).unwrap();
        assert_ne!(made.id, first.id);
        let refused = Ticket::upsert_by_id(conn, new(None, 1, "e"));
        assert!(
            matches!(refused, Err(Error::UniqueViolation { .. })),
            "{refused:?}"
        );
        assert_eq!(Ticket::query().count(conn).unwrap(), 2);
    });
}

#[test]
fn a_key_of_two_columns_and_a_version() {
    on_writes(|conn| {
        let upsert = |book: &str, number, text: &str| {
            let new = NewPage {
                book: book.into(),
                number,
                text: text.into(),
            };
            Page::upsert_by_book_and_number(conn, new).unwrap()
        };
        assert_eq!(upsert("a", 1, "x").version, 1);
        let second = upsert("a", 1, "y");
        assert_eq!((second.version, second.text.as_str()), (2, "y"));
        assert_eq!(upsert("a", 1, "y").version, 3, "the same is a write");
        assert_eq!(upsert("a", 2, "z").version, 1);
        assert_eq!(upsert("b", 1, "z").version, 1);
        let old = second.save(conn);
        assert!(matches!(old, Err(Error::Stale { .. })), "{old:?}");
    });
    on_versions(|conn| {
        let new = |key: &str, section: &str, value| NewSetting {
            key: key.into(),
            section: section.into(),
            position: 1,
            value,
            set_at: chrono::NaiveDateTime::default(),
        };
        let first = Setting::upsert_by_key(conn, new("k", "s", Some(None))).unwrap();
        assert_eq!((first.version, &first.value), (1, &None));
        let second = Setting::upsert_by_key(conn, new("k", "t", None)).unwrap();
        assert_eq!((second.version, second.section.as_str()), (2, "t"));
        assert_eq!(second.value, None, "not the default");
        let third = new("other", "t", Some(Some("v".into())));
        let third = Setting::upsert_by_section_and_position(conn, third).unwrap();
        assert_eq!((third.key.as_str(), third.version), ("k", 3));
        assert_eq!(third.value.as_deref(), Some("v"));
        assert_eq!(third.set_at, chrono::NaiveDateTime::default(), "as given");
    });
}

#[test]
fn keys_that_are_references_and_keys_that_may_be_null() {
    on_writes(|conn| {
        let [a, b] = ["a", "b"].map(|label| shelf(conn, label));
        let label = |shelf: writes::Ref<Shelf>, text: &str, code: Option<&str>| NewLabel {
            shelf_id: shelf,
            text: text.into(),
            code: code.map(Into::into),
        };
        let first = Label::upsert_by_shelf_id(conn, label((&a).into(), "x", None)).unwrap();
        let second = label(a.id.into(), "y", Some("c"));
        let second = Label::upsert_by_shelf_id(conn, second).unwrap();
        assert_eq!(
            (second.shelf_id, second.text.as_str()),
            (first.shelf_id, "y")
        );
        // The key of the row is not written, whatever the new one says.
        let third = Label::upsert_by_code(conn, label((&b).into(), "z", Some("c"))).unwrap();
        assert_eq!((third.shelf_id, third.text.as_str()), (a.id, "z"));
        // NULL is no key to find a row by.
        let fourth = Label::upsert_by_code(conn, label((&b).into(), "w", None)).unwrap();
        assert_eq!(fourth.shelf_id, b.id);
        let refused = Label::upsert_by_code(conn, label((&b).into(), "w", None));
        assert!(
            matches!(refused, Err(Error::UniqueViolation { .. })),
            "{refused:?}"
        );
        let refused = Label::upsert_by_shelf_id(conn, label(404.into(), "w", None));
        assert!(
            matches!(refused, Err(Error::ForeignKeyViolation { .. })),
            "{refused:?}"
        );
        // Nothing to write but the version.
        let new = || NewSeal {
            shelf_id: (&a).into(),
        };
        let seal = Seal::upsert_by_shelf_id(conn, new()).unwrap();
        let again = Seal::upsert_by_shelf_id(conn, new()).unwrap();
        assert_eq!((seal.revision, again.revision), (10, 11));
        assert_eq!(seal.id, again.id);
        // Nothing to write at all.
        let again = NewShelf { label: "a".into() };
        assert_eq!(Shelf::upsert_by_label(conn, again).unwrap(), a);
    });
    on_versions(|conn| {
        let document = old_document(conn, "one");
        let new = |text: &str| NewSummary {
            id: None,
            text: text.into(),
            document_id: Some((&document).into()),
        };
        let first = Summary::upsert_by_document_id(conn, new("a")).unwrap();
        let second = Summary::upsert_by_document_id(conn, new("b")).unwrap();
        assert_eq!((second.id, second.text.as_str()), (first.id, "b"));
        assert_eq!((first.version, second.version), (0, 1));
        let given = NewSummary {
            id: Some(first.id),
            document_id: None,
            ..new("c")
        };
        let third = Summary::upsert_by_id(conn, given).unwrap();
        assert_eq!((third.document_id, third.version), (None, 2));
        let folder = |name: &str| Folder::upsert_by_name(conn, NewFolder { name: name.into() });
        assert_eq!(folder("f").unwrap(), folder("f").unwrap());
        assert_ne!(folder("f").unwrap().id, folder("g").unwrap().id);
    });
}

#[test]
fn upserts_in_a_transaction_of_the_caller() {
    on_writes(|conn| {
        let outer = db::begin(conn);
        by_email(&outer, new_account("a@x", "Ann"));
        let taken = || Account::upsert_by_email(&outer, new_account("b@x", "Ann"));
        db::attempt(&outer, taken).unwrap_err();
        by_email(&outer, new_account("a@x", "Anna"));
        outer.commit().unwrap();
        assert_eq!(Account::query().one(conn).unwrap().name, "Anna");
    });
}

#[test]
fn what_rust_makes_is_written_where_it_was_given() {
    on_writes(|conn| {
        let new = |holder: &str| NewBadge {
            holder: holder.into(),
            code: None,
            spare: None,
            batch: None,
            number: None,
        };
        let [one, two, three] = [1, 2, 3].map(Uuid::from_u128);
        let made = Badge::upsert_by_holder(conn, new("Ann")).unwrap();
        let kept = NewBadge {
            spare: Some(None),
            number: Some(9),
            ..new("Ann")
        };
        let kept = Badge::upsert_by_holder(conn, kept).unwrap();
        let expected = Badge {
            spare: None,
            number: 9,
            revision: 2,
            ..made
        };
        assert_eq!(kept, expected);
        let given = NewBadge {
            code: Some(one),
            spare: Some(Some(two)),
            batch: Some(three),
            ..new("Ann")
        };
        let given = Badge::upsert_by_holder(conn, given).unwrap();
        let expected = Badge {
            code: one,
            spare: Some(two),
            batch: three,
            revision: 3,
            ..kept
        };
        assert_eq!(given, expected);
        // By keys that it may make.
        let by_code = NewBadge {
            code: Some(one),
            ..new("Bo")
        };
        let by_code = Badge::upsert_by_code(conn, by_code).unwrap();
        let by_spare = NewBadge {
            spare: Some(Some(two)),
            ..new("Cy")
        };
        let by_spare = Badge::upsert_by_spare(conn, by_spare).unwrap();
        let by_both = NewBadge {
            batch: Some(three),
            number: Some(9),
            ..new("Di")
        };
        let by_both = Badge::upsert_by_batch_and_number(conn, by_both).unwrap();
        let found = [by_code, by_spare, by_both].map(|badge| (badge.holder.clone(), badge));
        for ((holder, badge), (place, name)) in found.into_iter().zip((4..).zip(["Bo", "Cy", "Di"]))
        {
            assert_eq!(holder, name);
            let expected = Badge {
                holder,
                revision: place,
                ..given.clone()
            };
            assert_eq!(badge, expected);
        }
        // A key that is left to the default is the default's.
        let fifth = NewBadge {
            batch: Some(three),
            ..new("Ed")
        };
        let fifth = Badge::upsert_by_batch_and_number(conn, fifth).unwrap();
        assert_ne!((fifth.id, fifth.number), (given.id, given.number));
        assert_eq!(Badge::query().count(conn).unwrap(), 2);
    });
}
