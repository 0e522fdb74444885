//! Errors of other transactions, which were in the way or were faster, and what `retry` does about them.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::Database;
use super::errors::{new, open};
use super::kinds::support::{self, retry, transaction};
use super::kinds::{Club, Error, NewClub, Person, PersonPatch, UnitOfWork, person};
use crate::driver::{self, Conn};
use crate::tests_on::DATABASE;

tests! {
    one_of_two_that_wait_for_each_other_is_given_up,
    who_is_overtaken_is_given_up,
    a_unit_writes_over_nothing_that_it_has_not_seen,
    a_transaction_that_has_ended_is_not_taken_for_a_whole_one,
    an_error_that_nobody_heeds_leaves_no_part,
    links_that_two_add_at_once_are_there_once,
    who_waits_too_long_is_told_so,
    a_conflict_is_tried_again_as_a_whole,
    a_conflict_is_not_tried_for_ever,
    other_errors_are_not_tried_again,
    nothing_is_tried_again_inside_a_transaction,
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

fn older(
    conn: &mut support::Connection,
    row: &Person,
) -> impl Future<Output = Result<(), Error>> + Send {
    async move {
        let patch = PersonPatch {
            age: Some(Some(row.age.unwrap_or(0) + 1)),
            ..PersonPatch::default()
        };
        row.update(conn, patch).await.map(drop)
    }
}

/// Its own pragma or setting of a connection.
async fn tell(conn: &mut Conn, words: [&str; 3]) {
    let [sqlite, postgres, mysql] = words;
    let words = match DATABASE {
        Database::Sqlite => sqlite,
        Database::Postgres => postgres,
        Database::Mysql => mysql,
    };
    driver::execute(conn, words).await.unwrap();
}

async fn one_of_two_that_wait_for_each_other_is_given_up() {
    if DATABASE == Database::Sqlite {
        // It has one writer at a time.
        return;
    }
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
    if DATABASE == Database::Sqlite {
        // It has one writer at a time.
        return;
    }
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
    if DATABASE == Database::Sqlite {
        // It has one writer at a time.
        return;
    }
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

/// PostgreSQL would answer COMMIT by rolling back, and call that no error.
async fn an_error_that_nobody_heeds_leaves_no_part() {
    let (_keep, mut conn, ann, _) = open().await;
    let told = transaction(&mut conn, move |conn| {
        Box::pin(async move {
            Person::insert(conn, new("Cid")).await?;
            let refused = Person::insert_row(conn, &ann).await;
            assert!(matches!(refused, Err(Error::UniqueViolation { .. })));
            Ok(())
        })
    });
    let told = told.await;
    let stays = DATABASE != Database::Postgres;
    assert_eq!(told.is_ok(), stays, "{told:?}");
    assert_eq!(is_there(&mut conn).await, u64::from(stays));
}

async fn links_that_two_add_at_once_are_there_once() {
    if DATABASE == Database::Sqlite {
        // It has one writer at a time.
        return;
    }
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

/// A transaction has seen a row, and another one has written it since.
async fn who_is_overtaken_is_given_up() {
    let (keep, mut conn, ann, _) = open().await;
    let other = &mut driver::beside(&keep).await;
    driver::begin(&mut conn).await.unwrap();
    if DATABASE == Database::Postgres {
        let level = "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE";
        driver::execute(&mut conn, level).await.unwrap();
    }
    assert_eq!(Person::query().count(&mut conn).await.unwrap(), 2);
    older(other, &ann).await.unwrap();
    let overtaken = older(&mut conn, &ann).await;
    match overtaken {
        // It writes to the row as it is now, whatever was seen of it: the version tells.
        Err(Error::Stale { .. }) if DATABASE == Database::Mysql => {}
        Err(Error::Conflict { .. }) => {}
        other => panic!("{other:?}"),
    }
    driver::rollback(&mut conn).await.unwrap();
    let ann = Person::get(&mut conn, ann.id).await.unwrap();
    assert_eq!(ann.age, Some(1));
    older(&mut conn, &ann).await.unwrap();
}

async fn who_waits_too_long_is_told_so() {
    let (keep, mut conn, ann, _) = open().await;
    let other = &mut driver::beside(&keep).await;
    let patience = [
        "PRAGMA busy_timeout = 10",
        "SET lock_timeout = '10ms'",
        "SET innodb_lock_wait_timeout = 1",
    ];
    tell(other, patience).await;
    driver::begin(&mut conn).await.unwrap();
    older(&mut conn, &ann).await.unwrap();
    let busy = older(other, &ann).await;
    assert!(matches!(busy, Err(Error::Busy { .. })), "{busy:?}");
    assert_eq!(busy.unwrap_err().to_string(), "the database is busy");
    assert_eq!(
        Person::get(other, ann.id).await.unwrap(),
        ann,
        "readers do not wait"
    );
    driver::commit(&mut conn).await.unwrap();
    let ann = Person::get(other, ann.id).await.unwrap();
    older(other, &ann).await.unwrap();
}

/// So many conflicts, as the database tells them.
async fn conflicts(count: usize) -> Vec<Error> {
    let (keep, mut conn, ann, _) = open().await;
    let other = &mut driver::beside(&keep).await;
    let mut errors = Vec::new();
    for _ in 0..count {
        let told = match DATABASE {
            Database::Sqlite => {
                driver::begin(&mut conn).await.unwrap();
                Person::query().count(&mut conn).await.unwrap();
                let ann = Person::get(other, ann.id).await.unwrap();
                older(other, &ann).await.unwrap();
                let overtaken = older(&mut conn, &ann).await;
                driver::rollback(&mut conn).await.unwrap();
                overtaken
            }
            Database::Postgres => {
                let raise = "DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '40001'; END $$";
                driver::execute(&mut conn, raise).await.map_err(Error::from)
            }
            Database::Mysql => {
                let signal = "SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213";
                driver::execute(&mut conn, signal)
                    .await
                    .map_err(Error::from)
            }
        };
        let error = told.unwrap_err();
        assert!(matches!(error, Error::Conflict { .. }), "{error:?}");
        errors.push(error);
    }
    errors
}

/// Inserts a row by `retry`, which fails with each of `errors` behind that. Gives how often it was run, and what came of it.
async fn tried(conn: &mut Conn, mut errors: Vec<Error>) -> (usize, Result<Person, Error>) {
    let runs = Arc::new(AtomicUsize::new(0));
    let counted = runs.clone();
    let result = retry(conn, move |conn| {
        counted.fetch_add(1, Ordering::SeqCst);
        let error = errors.pop();
        Box::pin(async move {
            let cid = Person::insert(conn, new("Cid")).await?;
            error.map_or(Ok(cid), Err)
        })
    });
    let result = result.await;
    (runs.load(Ordering::SeqCst), result)
}

async fn is_there(conn: &mut Conn) -> u64 {
    let cid = Person::query().filter(person::NAME.eq("Cid"));
    cid.count(conn).await.unwrap()
}

async fn a_conflict_is_tried_again_as_a_whole() {
    let (_keep, mut conn, ..) = open().await;
    let (runs, result) = tried(&mut conn, conflicts(2).await).await;
    assert_eq!((runs, result.unwrap().name.as_str()), (3, "Cid"));
    assert_eq!(is_there(&mut conn).await, 1);
}

async fn a_conflict_is_not_tried_for_ever() {
    let (_keep, mut conn, ..) = open().await;
    let (runs, result) = tried(&mut conn, conflicts(12).await).await;
    assert!(matches!(result, Err(Error::Conflict { .. })), "{result:?}");
    assert_eq!((runs, is_there(&mut conn).await), (10, 0));
}

async fn other_errors_are_not_tried_again() {
    let (_keep, mut conn, ann, _) = open().await;
    let not_found = Person::get(&mut conn, 99).await.unwrap_err();
    let violated = Person::insert_row(&mut conn, &ann).await.unwrap_err();
    let refused = driver::execute(&mut conn, "SELECT nonsense").await;
    let refused = refused.map_err(Error::from).unwrap_err();
    for error in [not_found, violated, refused] {
        let words = error.to_string();
        let (runs, result) = tried(&mut conn, vec![error]).await;
        assert_eq!(result.unwrap_err().to_string(), words);
        assert_eq!((runs, is_there(&mut conn).await), (1, 0), "{words}");
    }
}

async fn nothing_is_tried_again_inside_a_transaction() {
    let (_keep, mut conn, ..) = open().await;
    let mut errors = conflicts(2).await;
    driver::begin(&mut conn).await.unwrap();
    let (runs, result) = tried(&mut conn, vec![errors.remove(0)]).await;
    assert!(matches!(result, Err(Error::Conflict { .. })), "{result:?}");
    assert_eq!((runs, is_there(&mut conn).await), (1, 0));
    driver::rollback(&mut conn).await.unwrap();
    let (runs, _) = tried(&mut conn, errors).await;
    assert_eq!((runs, is_there(&mut conn).await), (2, 1));
}
