//! Connections that the server ends in the middle of a call: the call gives the driver's error and does not wait, nothing of it
//! is stored, and the connection is closed.

use std::time::Duration;

use crate::driver::{self, Conn, Keep};
use crate::live::Database;
use crate::live::errors::{new, open};
use crate::live::kinds::support::{raw, transaction};
use crate::live::kinds::{Club, Error, NewClub, Person, PersonPatch, UnitOfWork, person};
use crate::tests_on::DATABASE;

tests! {
    a_unit_of_work_is_lost_as_a_whole,
    links_that_are_set_are_lost_as_a_whole,
    links_that_are_added_are_lost_as_a_whole,
    a_closure_is_lost_as_a_whole,
    rows_that_come_one_by_one_end,
    a_connection_that_is_lost_between_calls_is_told,
}

/// What ends the session of `conn`, when another one runs it.
async fn end_of(conn: &mut Conn) -> String {
    let (own, end) = match DATABASE {
        Database::Mysql => ("SELECT connection_id()", "KILL CONNECTION "),
        _ => ("SELECT pg_backend_pid()", "SELECT pg_terminate_backend("),
    };
    let close = if DATABASE == Database::Mysql { "" } else { ")" };
    format!("{end}{}{close}", driver::number(conn, own).await.unwrap())
}

/// Nobody waits for a connection that is gone.
async fn in_time<R>(future: impl Future<Output = R>) -> R {
    let done = tokio::time::timeout(Duration::from_secs(20), future).await;
    done.expect("a call over a lost connection ends")
}

/// What a call over a lost connection gives: what the driver says, and no reason to try it again there.
fn assert_lost<T: std::fmt::Debug>(result: Result<T, Error>) {
    let Err(Error::Database(source)) = &result else {
        panic!("{result:?}");
    };
    assert!(!source.to_string().is_empty(), "{source:?}");
}

#[derive(Clone, Copy, PartialEq)]
enum Call {
    Commit,
    Set,
    AddAll,
}

/// People and clubs, two of whom are linked.
struct Place {
    keep: Keep,
    conn: Conn,
    ann: Person,
    bob: Person,
    clubs: Vec<Club>,
}

async fn place() -> Place {
    let (keep, mut conn, ann, bob) = open().await;
    let mut clubs = Vec::new();
    for title in ["Chess", "Choir", "Cinema"] {
        let club = NewClub {
            title: title.into(),
        };
        clubs.push(Club::insert(&mut conn, club).await.unwrap());
    }
    ann.clubs().add(&mut conn, &clubs[0]).await.unwrap();
    Place {
        keep,
        conn,
        ann,
        bob,
        clubs,
    }
}

async fn called(
    call: Call,
    mut conn: Conn,
    ann: Person,
    bob: Person,
    clubs: Vec<Club>,
) -> (Conn, Result<(), Error>) {
    let result = match call {
        Call::Commit => {
            let mut work = UnitOfWork::new();
            let cid = work.insert(new("Cid"));
            work.link(person::CLUBS, cid, &clubs[..1]);
            work.update(
                &bob,
                PersonPatch {
                    age: Some(Some(9)),
                    ..PersonPatch::default()
                },
            );
            work.commit(&mut conn).await.map(drop)
        }
        Call::Set => ann.clubs().set(&mut conn, &clubs[1..]).await.map(drop),
        Call::AddAll => ann.clubs().add_all(&mut conn, &clubs[1..]).await.map(drop),
    };
    (conn, result)
}

/// Ends the session of a call that waits for the locks of another one.
async fn lose(call: Call) {
    let Place {
        keep,
        mut conn,
        ann,
        bob,
        clubs,
    } = place().await;
    let (mut other, mut killer) = (driver::beside(&keep).await, driver::beside(&keep).await);
    driver::begin(&mut other).await.unwrap();
    let locks = match call {
        Call::Commit => format!("UPDATE people SET age = 1 WHERE id = {}", bob.id),
        Call::Set | Call::AddAll => format!("DELETE FROM clubs WHERE id = {}", clubs[2].id),
    };
    driver::execute(&mut other, &locks).await.unwrap();
    let end = end_of(&mut conn).await;
    let task = tokio::spawn(called(call, conn, ann.clone(), bob.clone(), clubs.clone()));
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(!task.is_finished(), "the call waits for the locks");
    driver::execute(&mut killer, &end).await.unwrap();
    let (conn, result) = in_time(task).await.unwrap();
    assert_lost(result);
    assert_closed(conn).await;

    driver::rollback(&mut other).await.unwrap();
    let found = ann.clubs().all(&mut other).await.unwrap();
    assert_eq!(found, clubs[..1], "the links are as before");
    let people = Person::query().order_by(person::ID.asc());
    assert_eq!(
        people.all(&mut other).await.unwrap(),
        [ann.clone(), bob.clone()]
    );
    // Whoever has another connection does the same again.
    let (_, again) = in_time(called(call, other, ann, bob, clubs)).await;
    again.unwrap();
}

/// Every further call says at once that there is no connection, and so does the driver.
async fn assert_closed(mut conn: Conn) {
    assert_lost(in_time(Person::query().count(&mut conn)).await);
    assert_lost(in_time(Person::insert(&mut conn, new("Dan"))).await);
    let nothing = transaction(&mut conn, |_| Box::pin(async { Ok(()) }));
    assert_lost(in_time(nothing).await);
    assert!(in_time(driver::is_closed(&mut conn)).await);
}

async fn a_unit_of_work_is_lost_as_a_whole() {
    lose(Call::Commit).await;
}

async fn links_that_are_set_are_lost_as_a_whole() {
    lose(Call::Set).await;
}

async fn links_that_are_added_are_lost_as_a_whole() {
    lose(Call::AddAll).await;
}

async fn a_closure_is_lost_as_a_whole() {
    let Place { keep, mut conn, .. } = place().await;
    let end = end_of(&mut conn).await;
    let mut killer = driver::beside(&keep).await;
    let result = transaction(&mut conn, |conn| {
        Box::pin(async move {
            Person::insert(conn, new("Cid")).await?;
            driver::execute(&mut killer, &end).await.unwrap();
            Person::insert(conn, new("Dan")).await?;
            Person::insert(conn, new("Eve")).await.map(drop)
        })
    });
    assert_lost(in_time(result).await);
    assert_closed(conn).await;
    let mut other = driver::beside(&keep).await;
    assert_eq!(Person::query().count(&mut other).await.unwrap(), 2);
    for name in ["Cid", "Dan", "Eve"] {
        Person::insert(&mut other, new(name)).await.unwrap();
    }
}

async fn rows_that_come_one_by_one_end() {
    let slow = if DATABASE == Database::Mysql {
        "sleep(0.02) = 0"
    } else {
        "pg_sleep(0.02)::text = ''"
    };
    let Place { keep, mut conn, .. } = place().await;
    let many = (0..500).map(|number| new(&format!("Person {number}")));
    Person::insert_many(&mut conn, many).await.unwrap();
    let end = end_of(&mut conn).await;
    let mut killer = driver::beside(&keep).await;
    let task = tokio::spawn(async move {
        let query = Person::query().filter(raw(slow, ()));
        let result = query.for_each(&mut conn, |_| Ok(())).await;
        (conn, result)
    });
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(!task.is_finished(), "rows are still coming");
    driver::execute(&mut killer, &end).await.unwrap();
    let (conn, result) = in_time(task).await.unwrap();
    assert_lost(result);
    assert_closed(conn).await;
}

async fn a_connection_that_is_lost_between_calls_is_told() {
    let Place {
        keep,
        mut conn,
        ann,
        bob,
        clubs,
    } = place().await;
    for call in [Call::Commit, Call::Set, Call::AddAll] {
        let end = end_of(&mut conn).await;
        let mut other = driver::beside(&keep).await;
        driver::execute(&mut other, &end).await.unwrap();
        tokio::time::sleep(Duration::from_millis(100)).await;
        let (lost, result) =
            in_time(called(call, conn, ann.clone(), bob.clone(), clubs.clone())).await;
        assert_lost(result);
        assert_closed(lost).await;
        assert_eq!(ann.clubs().all(&mut other).await.unwrap(), clubs[..1]);
        assert_eq!(Person::query().count(&mut other).await.unwrap(), 2);
        conn = other;
    }
}
