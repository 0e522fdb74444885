//! Calls whose futures are dropped before their end, as by a timeout: what is behind them in the same transaction is there as
//! a whole, or the transaction is an error.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use super::errors::new;
use super::kinds::support::{Connection, Result, transaction};
use super::kinds::{Club, NewClub, Person, create_tables, person};
use crate::driver::{self, Conn};

tests! {
    what_is_dropped_in_a_transaction,
    what_is_dropped_outside,
}

/// Waits for a future until it was polled so often.
pub async fn polled<F: Future>(times: u32, future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    let mut left = times;
    let done = poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        future.as_mut().poll(context).map(Some)
    });
    done.await
}

async fn open() -> (driver::Keep, Conn, Person, [Club; 2]) {
    let (keep, mut conn) = driver::open().await;
    create_tables(&mut conn).await.unwrap();
    let ann = Person::insert(&mut conn, new("Ann")).await.unwrap();
    let club = |name: &str| NewClub { title: name.into() };
    let chess = Club::insert(&mut conn, club("Chess")).await.unwrap();
    let choir = Club::insert(&mut conn, club("Choir")).await.unwrap();
    (keep, conn, ann, [chess, choir])
}

/// Calls of several statements, each of which is dropped at one poll or another.
const CALLS: usize = 2;

fn call(
    which: usize,
    times: u32,
    conn: &mut Connection,
    ann: &Person,
    clubs: &[Club],
) -> impl Future<Output = ()> + Send {
    let many = ["Uma", "Vic"].map(new);
    async move {
        match which {
            0 => drop(polled(times, ann.clubs().set(conn, clubs)).await),
            _ => drop(polled(times, Person::insert_many(conn, many)).await),
        }
    }
}

async fn around(
    conn: &mut Conn,
    which: usize,
    times: u32,
    ann: Person,
    clubs: [Club; 2],
) -> Result<()> {
    transaction(conn, |conn| {
        Box::pin(async move {
            Person::insert(conn, new("Bob")).await?;
            call(which, times, conn, &ann, &clubs).await;
            Person::insert(conn, new("Cid")).await.map(drop)
        })
    })
    .await
}

/// The names of those who are there, of some.
async fn present(conn: &mut Conn, names: [&str; 2]) -> usize {
    let filter = person::NAME.in_(names);
    let found = Person::query().filter(filter).count(conn).await.unwrap();
    usize::try_from(found).unwrap()
}

/// Nobody waits for what a connection that is no longer sound may never answer.
async fn in_time<R>(future: impl Future<Output = Result<R>>) -> Option<Result<R>> {
    tokio::time::timeout(Duration::from_secs(5), future)
        .await
        .ok()
}

async fn what_is_dropped_in_a_transaction() {
    for which in 0..CALLS {
        for times in 0..9 {
            let (keep, mut conn, ann, clubs) = open().await;
            let done = in_time(around(&mut conn, which, times, ann.clone(), clubs)).await;
            assert!(
                matches!(done, Some(Ok(()))) || !driver::DROPS_ARE_SOUND,
                "call {which}, {times}: {done:?}"
            );
            drop(conn);
            if let Some(Ok(())) = done {
                let mut other = driver::beside(&keep).await;
                assert_eq!(
                    present(&mut other, ["Bob", "Cid"]).await,
                    2,
                    "{which}, {times}"
                );
                whole_or_nothing(&mut other, &ann).await;
            }
        }
    }
}

async fn what_is_dropped_outside() {
    for which in 0..CALLS {
        for times in 0..9 {
            let (keep, mut conn, ann, clubs) = open().await;
            call(which, times, &mut conn, &ann, &clubs).await;
            if driver::DROPS_ARE_SOUND {
                Person::insert(&mut conn, new("Cid")).await.unwrap();
            }
            drop(conn);
            let mut other = driver::beside(&keep).await;
            let cid = usize::from(driver::DROPS_ARE_SOUND);
            assert_eq!(
                present(&mut other, ["Bob", "Cid"]).await,
                cid,
                "{which}, {times}"
            );
            whole_or_nothing(&mut other, &ann).await;
        }
    }
}

/// The calls that were dropped have done all that they do, or nothing.
async fn whole_or_nothing(conn: &mut Conn, ann: &Person) {
    let links = ann.clubs().count(conn).await.unwrap();
    assert!(matches!(links, 0 | 2), "{links}");
    let rows = present(conn, ["Uma", "Vic"]).await;
    assert!(matches!(rows, 0 | 2), "{rows}");
}
