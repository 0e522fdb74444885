//! Locks: nobody waits for a call that has failed, and who has waited goes by what is there then.

use std::time::Duration;

use super::Database;
use super::errors::{new, open};
use super::kinds::{Desk, Error, NewDesk, NewPerson, Person, PersonPatch, UnitOfWork, person};
use crate::driver;
use crate::tests_on::DATABASE;

tests! {
    a_call_that_fails_keeps_nobody_waiting,
    rows_that_several_upsert_at_once_are_there_once,
    a_place_that_two_take_at_once_is_that_of_the_second,
    a_place_that_two_units_take_at_once_is_that_of_the_second,
}

/// The connection makes no other call behind those that fail.
async fn a_call_that_fails_keeps_nobody_waiting() {
    let (keep, mut conn, ann, bob) = open().await;
    let mut other = driver::beside(&keep).await;
    let patch = PersonPatch::default();
    ann.update(&mut conn, patch.clone()).await.unwrap();
    for call in 0..4 {
        let name = format!("Cid {call}");
        let failed = match call {
            0 => {
                let many = [&*name, "Bob"].map(new);
                Person::insert_many(&mut conn, many).await.map(drop)
            }
            1 => {
                let mut work = UnitOfWork::new();
                work.insert(new(&name));
                work.update(&bob, patch.clone());
                work.update(&ann, patch.clone());
                work.commit(&mut conn).await.map(drop)
            }
            2 => {
                let script = format!(
                    "INSERT INTO people (name) VALUES ('{name}'); INSERT INTO people (name) VALUES ('Bob')"
                );
                super::kinds::support::run_script(&mut conn, &script).await
            }
            _ => Person::insert(&mut conn, new("Bob")).await.map(drop),
        };
        assert!(failed.is_err(), "{call}");
        let inserted = Person::insert(&mut other, new(&name));
        let inserted = tokio::time::timeout(Duration::from_secs(3), inserted).await;
        inserted
            .unwrap_or_else(|_| panic!("{call} keeps its locks"))
            .unwrap();
    }
    let renamed = Person::query().filter(person::ID.eq(bob.id));
    let renamed = renamed.update(&mut other, person::NAME.set("Ben"));
    let renamed = tokio::time::timeout(Duration::from_secs(3), renamed).await;
    assert_eq!(renamed.unwrap().unwrap(), 1);
}

/// Each of them is inserted by some worker, beside others that insert its neighbours.
async fn rows_that_several_upsert_at_once_are_there_once() {
    let (keep, mut conn, ..) = open().await;
    let mut tasks = Vec::new();
    for worker in 0..4 {
        let mut conn = driver::beside(&keep).await;
        tasks.push(tokio::spawn(async move {
            for number in 0..30 {
                let row = NewPerson {
                    age: Some(worker),
                    ..new(&format!("{number} {}", worker % 2))
                };
                let stored = Person::upsert_by_name(&mut conn, row).await?;
                assert_eq!(stored.age, Some(worker));
            }
            Ok::<_, Error>(())
        }));
    }
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    assert_eq!(Person::query().count(&mut conn).await.unwrap(), 62);
}

#[derive(Clone, Copy)]
enum Way {
    OfPerson,
    OfDesk,
}

/// Two give a desk each to one person, the first one having not committed when the second one begins.
async fn take(way: Way, unit: bool) {
    if DATABASE == Database::Sqlite {
        // It has one writer at a time.
        return;
    }
    let (keep, mut conn, ann, _) = open().await;
    let mut other = driver::beside(&keep).await;
    let desk = async |conn: &mut driver::Conn, code: &str| {
        let new = NewDesk {
            code: code.into(),
            person_id: None,
        };
        Desk::insert(conn, new).await.unwrap()
    };
    let first = desk(&mut conn, "first").await;
    let second = desk(&mut conn, "second").await;
    driver::begin(&mut conn).await.unwrap();
    ann.desk().set(&mut conn, Some(&first)).await.unwrap();
    let (row, desk) = (ann.clone(), second.clone());
    let task = tokio::spawn(async move {
        let conn = &mut other;
        match (way, unit) {
            (Way::OfPerson, false) => row.desk().set(conn, Some(&desk)).await.map(drop),
            (Way::OfDesk, false) => desk.person().set(conn, Some(&row)).await.map(drop),
            (way, true) => {
                let mut work = UnitOfWork::new();
                match way {
                    Way::OfPerson => work.set(super::kinds::person::DESK, &row, &desk),
                    Way::OfDesk => work.set(super::kinds::desk::PERSON, &desk, &row),
                }
                work.commit(conn).await.map(drop)
            }
        }
    });
    tokio::time::sleep(Duration::from_millis(200)).await;
    driver::commit(&mut conn).await.unwrap();
    let taken: Result<(), Error> = task.await.unwrap();
    taken.unwrap();
    assert_eq!(
        ann.desk().get(&mut conn).await.unwrap().unwrap().code,
        "second"
    );
}

async fn a_place_that_two_take_at_once_is_that_of_the_second() {
    take(Way::OfPerson, false).await;
    take(Way::OfDesk, false).await;
}

async fn a_place_that_two_units_take_at_once_is_that_of_the_second() {
    take(Way::OfPerson, true).await;
    take(Way::OfDesk, true).await;
}
