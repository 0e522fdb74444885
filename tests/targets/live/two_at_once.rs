//! Two transactions that write at once, one of which waits for the other: what databases of several writers make of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crate::driver::{self, Conn};
use crate::live::Database;
use crate::live::conflicts::{older, tell};
use crate::live::errors::open;
use crate::live::kinds::support::transaction;
use crate::live::kinds::{
    self, Club, Desk, Error, NewClub, NewDesk, Person, PersonPatch, UnitOfWork, person,
};
use crate::tests_on::DATABASE;

tests! {
    one_of_two_that_wait_for_each_other_is_given_up,
    a_unit_writes_over_nothing_that_it_has_not_seen,
    a_transaction_that_has_ended_is_not_taken_for_a_whole_one,
    links_that_two_add_at_once_are_there_once,
    a_place_that_two_take_at_once_is_that_of_the_second,
    a_place_that_two_units_take_at_once_is_that_of_the_second,
}

/// Two transactions write two rows each, the first of one being the second of the other. Gives what they gave.
///
/// Where `heeds` is false, they go on when the second one has failed.
async fn meet(conns: [Conn; 2], rows: [Person; 2], heeds: bool) -> [(Conn, Result<(), Error>); 2] {
    let met = Arc::new(AtomicUsize::new(0));
    let mut tasks = Vec::new();
    for (number, mut conn) in conns.into_iter().enumerate() {
        let first = rows[number].clone();
        let second = rows[1 - number].clone();
        let met = met.clone();
        tasks.push(tokio::spawn(async move {
            let work = transaction(&mut conn, move |conn| {
                Box::pin(async move {
                    older(conn, &first).await?;
                    met.fetch_add(1, Ordering::SeqCst);
                    while met.load(Ordering::SeqCst) < 2 {
                        tokio::time::sleep(Duration::from_millis(1)).await;
                    }
                    // In a savepoint, which goes with the transaction where that is ended by the database.
                    let done = transaction(conn, move |conn| {
                        Box::pin(async move { older(conn, &second).await })
                    });
                    let done = done.await;
                    if heeds { done } else { Ok(()) }
                })
            });
            let result = work.await;
            (conn, result)
        }));
    }
    let [second, first] = [tasks.pop().unwrap(), tasks.pop().unwrap()];
    [first.await.unwrap(), second.await.unwrap()]
}

async fn one_of_two_that_wait_for_each_other_is_given_up() {
    let (keep, mut conn, ann, bob) = open().await;
    let mut conns = [driver::beside(&keep).await, driver::beside(&keep).await];
    for conn in &mut conns {
        tell(conn, ["", "SET deadlock_timeout = '20ms'", "SELECT 1"]).await;
    }
    let met = meet(conns, [ann.clone(), bob.clone()], true).await;
    let mut given_up = 0;
    for (mut conn, result) in met {
        match result {
            Ok(()) => {}
            Err(error @ Error::Conflict { .. }) => {
                given_up += 1;
                assert!(std::error::Error::source(&error).is_some());
            }
            other => panic!("{other:?}"),
        }
        // The connection is as good as before, and what was given up is gone.
        Person::get(&mut conn, ann.id).await.unwrap();
    }
    assert_eq!(given_up, 1);
    for row in [ann, bob] {
        let row = Person::get(&mut conn, row.id).await.unwrap();
        assert_eq!((row.age, row.revision), (Some(1), 2));
    }
}

/// The check of a version waits for who is writing the row, and what is written behind the check is the row that was checked.
async fn a_unit_writes_over_nothing_that_it_has_not_seen() {
    let (keep, mut conn, ann, bob) = open().await;
    let mut other = driver::beside(&keep).await;
    driver::begin(&mut conn).await.unwrap();
    older(&mut conn, &ann).await.unwrap();
    let rows = [ann.clone(), bob];
    let unit = tokio::spawn(async move {
        let mut work = UnitOfWork::new();
        for row in &rows {
            work.update(
                row,
                PersonPatch {
                    age: Some(Some(50)),
                    ..PersonPatch::default()
                },
            );
        }
        work.commit(&mut other).await.map(drop)
    });
    tokio::time::sleep(Duration::from_millis(200)).await;
    driver::commit(&mut conn).await.unwrap();
    let told = unit.await.unwrap();
    assert!(matches!(told, Err(Error::Stale { .. })), "{told:?}");
    let rows = Person::query().order_by(person::ID.asc());
    let ages = rows.all(&mut conn).await.unwrap();
    let ages: Vec<_> = ages.iter().map(|row| row.age).collect();
    assert_eq!(ages, [Some(1), None]);
}

/// A deadlock has ended it, on MySQL with what was done before, and `work` goes on as if nothing had happened.
async fn a_transaction_that_has_ended_is_not_taken_for_a_whole_one() {
    let (keep, mut conn, ann, bob) = open().await;
    let mut conns = [driver::beside(&keep).await, driver::beside(&keep).await];
    for conn in &mut conns {
        tell(conn, ["", "SET deadlock_timeout = '20ms'", "SELECT 1"]).await;
    }
    let told = meet(conns, [ann, bob], false).await.map(|(_, told)| told);
    let whole = told.iter().filter(|told| told.is_ok()).count();
    // PostgreSQL goes back to the savepoint, and keeps what was done before it.
    let expected = if DATABASE == Database::Mysql { 1 } else { 2 };
    assert_eq!(whole, expected, "{told:?}");
    let ages = Person::query().all(&mut conn).await.unwrap();
    let sum: i16 = ages.iter().filter_map(|row| row.age).sum();
    assert_eq!(sum, 2);
}

async fn links_that_two_add_at_once_are_there_once() {
    let (keep, mut conn, ann, _) = open().await;
    let mut other = driver::beside(&keep).await;
    let level = "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED";
    tell(&mut other, ["", "SELECT 1", level]).await;
    let mut clubs = Vec::new();
    for title in ["chess", "rowing"] {
        let new = NewClub {
            title: title.into(),
        };
        clubs.push(Club::insert(&mut conn, new).await.unwrap());
    }
    driver::begin(&mut conn).await.unwrap();
    ann.clubs().add(&mut conn, &clubs[0]).await.unwrap();
    let row = ann.clone();
    let task = tokio::spawn(async move { row.clubs().add_all(&mut other, &clubs).await });
    tokio::time::sleep(Duration::from_millis(200)).await;
    driver::commit(&mut conn).await.unwrap();
    assert_eq!(task.await.unwrap().unwrap(), 1);
    assert_eq!(ann.clubs().count(&mut conn).await.unwrap(), 2);
}

#[derive(Clone, Copy)]
enum Way {
    OfPerson,
    OfDesk,
}

/// Two give a desk each to one person, the first one having not committed when the second one begins.
async fn take(way: Way, unit: bool) {
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
                    Way::OfPerson => work.set(kinds::person::DESK, &row, &desk),
                    Way::OfDesk => work.set(kinds::desk::PERSON, &desk, &row),
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
