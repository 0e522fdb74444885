//! Every error, told from the others, with what the database says of it.

use crate::db;
use crate::lib::{BookPatch, Error, NewEvent};
use crate::{book, branch, on_library, on_school, reader, school};

#[test]
fn violations_name_what_is_violated() {
    on_library(|conn| {
        let one = book(conn, "1");
        match one.update(
            conn,
            BookPatch {
                pages: Some(0),
                ..BookPatch::default()
            },
        ) {
            Err(Error::CheckViolation {
                constraint: Some(name),
                ..
            }) => assert!(name.contains("pages"), "{name}"),
            other => panic!("{other:?}"),
        }
        let long = crate::new_book("12345678901234", "too long");
        assert!(matches!(
            crate::lib::Book::insert(conn, long),
            Err(Error::CheckViolation { .. })
        ));
        let north = branch(conn, "N");
        let event = || NewEvent {
            title: "Concert".into(),
            starts: chrono::NaiveDateTime::default(),
            branch_code: (&north).into(),
            public: None,
        };
        crate::lib::Event::insert(conn, event()).unwrap();
        match crate::lib::Event::insert(conn, event()) {
            Err(Error::UniqueViolation {
                columns,
                constraint,
                ..
            }) => {
                let expected = ["events.branch_code", "events.starts"];
                let name = "uq_events_branch_code_starts";
                crate::is_key(&columns, constraint.as_deref(), &expected, name);
            }
            other => panic!("{other:?}"),
        }
        let refused = north.delete(conn);
        assert!(
            matches!(refused, Err(Error::ForeignKeyViolation { .. })),
            "{refused:?}"
        );
        let null =
            db::execute(conn, "INSERT INTO authors (name) VALUES (NULL)").map_err(Error::from);
        match null {
            Err(Error::NotNullViolation { column, .. }) => {
                let column = column.unwrap();
                if db::TELLS_COLUMNS {
                    assert_eq!(column, "authors.name");
                } else {
                    assert_eq!(column, "name", "the table is not told");
                }
            }
            other => panic!("{other:?}"),
        }
        let other = db::execute(conn, "SELECT nonsense").map_err(Error::from);
        assert!(matches!(other, Err(Error::Database(_))));
    });
}

#[test]
fn a_stored_value_that_does_not_fit_is_a_decode_error() {
    on_library(|conn| {
        let ann = reader(conn, "Ann");
        if !db::past_checks(conn, "UPDATE readers SET joined = 'yesterday'") {
            return;
        }
        match crate::lib::Reader::get(conn, ann.id) {
            Err(
                error @ Error::Decode {
                    entity: "Reader",
                    column: "joined",
                    ..
                },
            ) => {
                assert!(std::error::Error::source(&error).is_some());
            }
            other => panic!("{other:?}"),
        }
        match crate::lib::Reader::query().all(conn) {
            Err(Error::Decode { .. }) => {}
            other => panic!("{other:?}"),
        }
    });
}

fn is_sendable<T: Send + Sync + 'static>(_: &T) {}

#[test]
fn errors_read_well() {
    on_school(|conn| {
        let gone = school::Student::get(conn, 7).unwrap_err();
        assert_eq!(gone.to_string(), "no Student with key 7");
        let student = crate::student(conn, "Ann");
        let twice = school::Student::insert_row(conn, &student).unwrap_err();
        let key = if db::TELLS_COLUMNS {
            "students.id"
        } else {
            "key PRIMARY"
        };
        let told = format!("a row with the same {key} exists");
        assert_eq!(twice.to_string(), told);
        assert!(std::error::Error::source(&twice).is_some());
        is_sendable(&twice);
    });
}
