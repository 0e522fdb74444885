//! Errors of other transactions, which were in the way or were faster, and what `retry` does about them.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::Database;
use super::errors::{new, open};
use super::kinds::support::{self, retry, transaction};
use super::kinds::{Error, Person, PersonPatch, person};
use crate::driver::{self, Conn};
use crate::tests_on::DATABASE;

tests! {
    who_is_overtaken_is_given_up,
    an_error_that_nobody_heeds_leaves_no_part,
    who_waits_too_long_is_told_so,
    a_conflict_is_tried_again_as_a_whole,
    a_conflict_is_not_tried_for_ever,
    other_errors_are_not_tried_again,
    nothing_is_tried_again_inside_a_transaction,
}

pub fn older(
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
pub async fn tell(conn: &mut Conn, words: [&str; 3]) {
    let [sqlite, postgres, mysql] = words;
    let words = match DATABASE {
        Database::Sqlite => sqlite,
        Database::Postgres => postgres,
        Database::Mysql => mysql,
    };
    driver::execute(conn, words).await.unwrap();
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
