//! One row: insert, find, get, update, save, delete, and what stands for the schema as a whole.

use crate::db;
use crate::lib::{self, Book, BookPatch, Error, Item, ItemPatch, Reader, ReaderPatch};
use crate::{
    book, branch, card, decimal, item, loan, new_book, number, on_library, on_school, reader,
    school,
};

#[test]
fn insert_gives_what_was_stored() {
    on_library(|conn| {
        let subject = lib::Subject::insert(
            conn,
            lib::NewSubject {
                name: "Art".into(),
                parent_id: None,
            },
        )
        .unwrap();
        let new = lib::NewBook {
            price: decimal("12.5"),
            published: chrono::NaiveDate::from_ymd_opt(1999, 2, 28),
            rating: Some(4.5),
            weight: Some(312.25),
            summary: Some("It's \"good\".\n".into()),
            cover: Some(vec![0, 255]),
            details: Some(serde_json::json!({ "format": ["paper"], "awards": null })),
            subject_id: Some((&subject).into()),
            ..new_book("1", "One")
        };
        let stored = Book::insert(conn, new.clone()).unwrap();
        assert_eq!(stored.isbn, "1");
        assert_eq!(stored.price, decimal("12.50"));
        assert_eq!(stored.price.to_string(), "12.50");
        assert_eq!(stored.published, new.published);
        assert_eq!((stored.rating, stored.weight), (Some(4.5), Some(312.25)));
        assert_eq!((&stored.summary, &stored.cover), (&new.summary, &new.cover));
        assert_eq!(Some(&stored.details), new.details.as_ref());
        assert_eq!(stored.subject_id, Some(subject.id));
        assert_eq!(Book::get(conn, "1".into()).unwrap(), stored);
    });
}

#[test]
fn defaults_are_the_databases_unless_something_is_given() {
    on_library(|conn| {
        let plain = reader(conn, "Ann");
        assert_eq!(plain.points, 0);
        assert_eq!(plain.note.as_deref(), Some("new"));
        assert_eq!(plain.email, None);
        assert_eq!(plain.id.get_version_num(), 4);
        assert_ne!(plain.id, reader(conn, "Bob").id);
        let now = db::now(conn);
        assert!(
            (now - plain.joined).num_seconds().abs() < 60,
            "{} is not now",
            plain.joined
        );

        let key = uuid::Uuid::from_u128(7);
        let told = lib::NewReader {
            id: Some(key),
            name: "Cleo".into(),
            email: Some("c@x".into()),
            joined: Some(chrono::DateTime::UNIX_EPOCH),
            points: Some(-3),
            note: Some(None),
        };
        let told = Reader::insert(conn, told).unwrap();
        assert_eq!((told.id, told.points, told.note), (key, -3, None));
        assert_eq!(told.joined, chrono::DateTime::UNIX_EPOCH);
        let branch = branch(conn, "N");
        assert_eq!(
            branch.opens,
            chrono::NaiveTime::from_hms_opt(9, 0, 0).unwrap()
        );
        assert_eq!(book(conn, "1").details, serde_json::json!({}));
    });
}

#[test]
fn insert_row_keeps_the_key() {
    on_school(|conn| {
        let student = school::Student {
            id: 40,
            name: "Zoe".into(),
        };
        school::Student::insert_row(conn, &student).unwrap();
        assert_eq!(school::Student::get(conn, 40).unwrap(), student);
        let next = if db::COUNTS_ON { 41 } else { 1 };
        assert_eq!(crate::student(conn, "next").id, next);
        // MySQL would count instead, and goes on doing so.
        let zero = school::Student {
            id: 0,
            name: "Zed".into(),
        };
        school::Student::insert_row(conn, &zero).unwrap();
        assert_eq!(school::Student::get(conn, 0).unwrap(), zero);
        zero.clone().delete(conn).unwrap();
        let mut work = school::UnitOfWork::new();
        let pending = work.insert_row(&zero);
        let key = work.commit(conn).unwrap().key(pending);
        assert_eq!(school::Student::get(conn, key).unwrap(), zero);
        assert_eq!(crate::student(conn, "behind").id, next + 1);
        let again = school::Student::insert_row(conn, &student);
        assert!(
            matches!(again, Err(school::Error::UniqueViolation { .. })),
            "{again:?}"
        );
    });
}

#[test]
fn find_and_get_go_by_every_kind_of_key() {
    on_library(|conn| {
        let (book, reader) = (book(conn, "b'1"), reader(conn, "Ann"));
        let item = item(conn, &book, -3);
        assert_eq!(Book::find(conn, "b'1".into()).unwrap(), Some(book));
        assert_eq!(Book::find(conn, "none".into()).unwrap(), None);
        assert_eq!(Reader::get(conn, reader.id).unwrap(), reader);
        assert_eq!(Reader::find(conn, uuid::Uuid::nil()).unwrap(), None);
        assert_eq!(Item::get(conn, ("b'1".into(), -3)).unwrap(), item);
        assert_eq!(Item::find(conn, ("b'1".into(), 3)).unwrap(), None);
        let error = Item::get(conn, ("x".into(), 3)).unwrap_err();
        assert_eq!(error.to_string(), "no Item with key (\"x\", 3)");
        assert!(matches!(
            error,
            Error::NotFound {
                entity: "Item",
                key: Some(_)
            }
        ));
    });
}

#[test]
fn update_changes_what_the_patch_says() {
    on_library(|conn| {
        let first = reader(conn, "Ann");
        let nothing = first.update(conn, ReaderPatch::default()).unwrap();
        assert_eq!(nothing, first);
        let set = ReaderPatch {
            email: Some(Some("a@x".into())),
            points: Some(5),
            ..ReaderPatch::default()
        };
        let second = first.update(conn, set).unwrap();
        assert_eq!(
            (second.email.as_deref(), second.points, &second.name),
            (Some("a@x"), 5, &first.name)
        );
        assert_eq!(second.note, first.note);
        let unset = ReaderPatch {
            email: Some(None),
            note: Some(None),
            ..ReaderPatch::default()
        };
        let third = second.update(conn, unset).unwrap();
        assert_eq!((&third.email, &third.note, third.points), (&None, &None, 5));
        assert_eq!(Reader::get(conn, first.id).unwrap(), third);
        // Another row is not touched.
        assert_eq!(reader(conn, "Bob").points, 0);

        let book = book(conn, "1");
        let (one, two) = (item(conn, &book, 1), item(conn, &book, 2));
        let one = one
            .update(
                conn,
                ItemPatch {
                    damaged: Some(true),
                    ..ItemPatch::default()
                },
            )
            .unwrap();
        assert!(one.damaged);
        assert_eq!(Item::get(conn, (two.isbn.clone(), 2)).unwrap(), two);
    });
}

#[test]
fn save_writes_the_whole_row() {
    on_library(|conn| {
        let mut book = book(conn, "1");
        book.title = "Two".into();
        book.summary = Some("s".into());
        book.price = decimal("0.005");
        let saved = book.save(conn).unwrap();
        assert_eq!(saved.price, decimal("0.01"), "what is stored comes back");
        assert_eq!(Book::get(conn, "1".into()).unwrap(), saved);
        book.isbn = "2".into();
        assert!(matches!(
            book.save(conn),
            Err(Error::NotFound { entity: "Book", .. })
        ));
        let patch = BookPatch {
            pages: Some(3),
            ..BookPatch::default()
        };
        assert!(matches!(
            book.update(conn, patch),
            Err(Error::NotFound { .. })
        ));
    });
}

#[test]
fn delete_takes_the_row_and_what_hangs_on_it() {
    on_library(|conn| {
        let book = book(conn, "1");
        let item = item(conn, &book, 1);
        let ann = reader(conn, "Ann");
        item.reserved_by().add(conn, &ann).unwrap();
        let loan = loan(conn, &card(conn, "c"), &item);
        let refused = item.clone().delete(conn);
        assert!(
            matches!(refused, Err(Error::ForeignKeyViolation { .. })),
            "{refused:?}"
        );
        loan.clone().delete(conn).unwrap();
        assert!(matches!(loan.delete(conn), Err(Error::NotFound { .. })));
        item.delete(conn).unwrap();
        assert_eq!(number(conn, "SELECT count(*) FROM reservation"), 0);
        assert_eq!(Reader::query().count(conn).unwrap(), 1);
        let book = Book::get(conn, "1".into()).unwrap();
        crate::item(conn, &book, 2);
        book.delete(conn).unwrap();
        assert_eq!(
            Item::query().count(conn).unwrap(),
            0,
            "the spec says cascade"
        );
    });
}

#[test]
fn the_schema_comes_and_goes_as_a_whole() {
    on_library(|conn| {
        let tables = || db::tables(conn).len();
        assert_eq!(tables(), 14);
        assert!(lib::create_tables(conn).is_err(), "they are there");
        assert!(!db::in_transaction(conn));
        // Rows that restrict the deletion of others do not keep the tables.
        let item = item(conn, &book(conn, "1"), 1);
        item.reserved_by().add(conn, &reader(conn, "Ann")).unwrap();
        loan(conn, &card(conn, "c"), &item);
        let mut parent_id = None;
        for name in ["a", "b", "c"] {
            let subject = lib::Subject::insert(
                conn,
                lib::NewSubject {
                    name: name.into(),
                    parent_id,
                },
            )
            .unwrap();
            parent_id = Some((&subject).into());
        }
        lib::drop_tables(conn).unwrap();
        assert_eq!(tables(), 0);
        lib::drop_tables(conn).unwrap();
        db::execute(conn, lib::SCHEMA_SQL).unwrap();
        assert_eq!(tables(), 14);
        assert_eq!(Book::query().count(conn).unwrap(), 0);
    });
    assert_eq!(lib::SPEC_HASH.len(), 16);
    assert_ne!(lib::SPEC_HASH, school::SPEC_HASH);
}

#[test]
fn creating_half_of_the_tables_creates_none() {
    let conn = db::open();
    db::execute(&conn, "CREATE TABLE loans (x integer)").unwrap();
    assert!(lib::create_tables(&conn).is_err());
    if db::UNDOES_TABLES {
        assert_eq!(db::tables(&conn).len(), 1);
    }
    assert!(!db::in_transaction(&conn));
}

#[test]
fn a_reference_is_made_from_a_key_or_a_row() {
    on_library(|conn| {
        let book = book(conn, "1");
        let from = |isbn, number| lib::NewItem {
            isbn,
            number,
            acquired: None,
            damaged: None,
            branch_code: None,
        };
        Item::insert(conn, from("1".into(), 1)).unwrap();
        Item::insert(conn, from(String::from("1").into(), 2)).unwrap();
        Item::insert(conn, from((&book).into(), 3)).unwrap();
        let ann = reader(conn, "Ann");
        let address = |reader_id| lib::NewAddress {
            id: None,
            reader_id,
            street: "Elm".into(),
            town: None,
        };
        let there = lib::Address::insert(conn, address(ann.id.into())).unwrap();
        assert_eq!(
            (there.reader_id, there.town.as_str()),
            (ann.id, "Springfield")
        );
        let gone = lib::Address::insert(conn, address(uuid::Uuid::nil().into()));
        assert!(
            matches!(gone, Err(Error::ForeignKeyViolation { .. })),
            "{gone:?}"
        );
        let parent = lib::Subject::insert(
            conn,
            lib::NewSubject {
                name: "a".into(),
                parent_id: None,
            },
        )
        .unwrap();
        let child = lib::NewSubject {
            name: "b".into(),
            parent_id: Some(parent.id.into()),
        };
        assert_eq!(
            lib::Subject::insert(conn, child).unwrap().parent_id,
            Some(parent.id)
        );
    });
}
