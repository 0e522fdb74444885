//! What is left of a call that the caller's own code ends: nothing, and the connection works on.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::db::{self, Connection};

use crate::unit::models::{
    Country, Language, NewCountry, NewLanguage, NewPerson, NewProfile, Node, Person, Profile,
    UnitOfWork,
};
use crate::unit::{models, new_node, on_units};
use crate::{course, student};

/// Runs a call in which something of the caller's panics.
fn panics<T>(call: impl FnOnce() -> T) {
    let result = catch_unwind(AssertUnwindSafe(call));
    let message = result.err().expect("a panic");
    let message = message.downcast_ref::<&str>().copied();
    assert_eq!(message, Some("of the caller's"));
}

/// The items up to a place, and there a panic.
fn up_to<T>(place: usize, items: impl IntoIterator<Item = T>) -> impl Iterator<Item = T> {
    items.into_iter().enumerate().map(move |(here, item)| {
        assert!(here != place, "of the caller's");
        item
    })
}

/// Runs `test` in autocommit and inside a transaction of the caller.
fn in_both(conn: &Connection, test: impl Fn(&Connection)) {
    test(conn);
    assert!(!db::in_transaction(conn));
    let outer = db::begin(conn);
    Node::insert(&outer, new_node("before")).unwrap();
    test(&outer);
    assert!(db::in_transaction(conn));
    assert!(!db::has_savepoint(&outer), "no savepoint is left");
    Node::insert(&outer, new_node("after")).unwrap();
    outer.commit().unwrap();
    let names = Node::query().all(conn).unwrap();
    let names: Vec<String> = names.into_iter().map(|node| node.name).collect();
    assert_eq!(names, ["before", "after"]);
}

#[test]
fn an_iterator_of_new_rows_panics() {
    on_units(|conn| {
        in_both(conn, |conn| {
            let people = |count: i32| {
                (0..count).map(|n| NewPerson {
                    name: n.to_string(),
                })
            };
            for place in [0, 1, 2, 16, 17, 18, 30] {
                panics(|| Person::insert_many(conn, up_to(place, people(40))));
                assert_eq!(Person::query().count(conn).unwrap(), 0, "{place}");
            }
            // Rows whose keys the database does not count.
            let ada = Person::insert(conn, NewPerson { name: "Ada".into() }).unwrap();
            let profiles = ["a", "b", "c"].map(|text| NewProfile {
                person_id: (&ada).into(),
                text: text.into(),
            });
            panics(|| Profile::insert_many(conn, up_to(1, profiles)));
            assert_eq!(Profile::query().count(conn).unwrap(), 0);
            // And then as if nothing had been.
            let keys = Person::insert_many(conn, people(40)).unwrap();
            assert_eq!(Person::query().count(conn).unwrap(), 41);
            assert_eq!(Person::get(conn, keys[39]).unwrap().name, "39");
            Person::query().delete(conn).unwrap();
        });
    });
}

#[test]
fn an_iterator_without_an_end_ends_with_the_row_that_is_refused() {
    on_units(|conn| {
        let refused = Node::insert_many(conn, std::iter::repeat_with(|| new_node("same")));
        assert!(
            matches!(refused, Err(models::Error::UniqueViolation { .. })),
            "{refused:?}"
        );
        assert_eq!(Node::query().count(conn).unwrap(), 0);
    });
}

#[test]
fn an_iterator_of_targets_panics() {
    on_units(|conn| {
        let ch = Country::insert(conn, NewCountry { code: "ch".into() }).unwrap();
        let languages = ["de", "fr", "it"]
            .map(|code| Language::insert(conn, NewLanguage { code: code.into() }).unwrap());
        ch.languages().add(conn, &languages[0]).unwrap();
        in_both(conn, |conn| {
            panics(|| ch.languages().add_all(conn, up_to(1, &languages[1..])));
            panics(|| ch.languages().set(conn, up_to(1, &languages[1..])));
            let mut work = UnitOfWork::new();
            panics(|| {
                work.link(
                    models::country::LANGUAGES,
                    &ch,
                    up_to(1, languages.iter().map(|language| language.id)),
                );
            });
            work.commit(conn).unwrap();
            let there = ch.languages().all(conn).unwrap();
            assert_eq!(there, languages[..1], "all of the iterator or nothing");
        });
    });
    crate::on_school(|conn| {
        let (alice, math) = (student(conn, "Alice"), course(conn, "Math"));
        panics(|| alice.courses().set(conn, up_to(1, [&math, &math])));
        assert_eq!(alice.courses().count(conn).unwrap(), 0);
        alice.courses().set(conn, [&math]).unwrap();
    });
}

#[test]
fn a_transaction_of_the_caller_panics_or_fails() {
    on_units(|conn| {
        in_both(conn, |conn| {
            let people = |conn: &Connection| Person::query().count(conn).unwrap();
            let write = |conn: &Connection, name: &str| {
                Person::insert(conn, NewPerson { name: name.into() })
            };
            panics(|| {
                models::support::transaction(conn, || {
                    write(conn, "Ada")?;
                    models::support::transaction(conn, || write(conn, "inner"))?;
                    up_to(1, ["Bo", "Cy"]).try_for_each(|name| write(conn, name).map(drop))
                })
            });
            assert_eq!(people(conn), 0);
            let failed = models::support::transaction(conn, || {
                write(conn, "Ada")?;
                write(conn, "Bo")?;
                Node::get(conn, 404)
            });
            assert!(
                matches!(failed, Err(models::Error::NotFound { .. })),
                "{failed:?}"
            );
            assert_eq!(people(conn), 0);
            // An inner one that fails takes nothing of the outer one with it.
            let kept = models::support::transaction(conn, || {
                write(conn, "Ada")?;
                let inner = models::support::transaction(conn, || {
                    write(conn, "Bo")?;
                    Node::get(conn, 404)
                });
                inner.unwrap_err();
                panics(|| {
                    models::support::transaction(conn, || -> models::support::Result<()> {
                        write(conn, "Cy")?;
                        panic!("of the caller's")
                    })
                });
                Ok(people(conn))
            });
            assert_eq!((kept.unwrap(), people(conn)), (1, 1));
            Person::query().delete(conn).unwrap();
        });
    });
}
