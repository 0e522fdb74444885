//! Writers without patience on one file of SQLite: each call is done or busy, what was busy is done when it is tried again, and
//! nothing is half done.

use crate::driver::{self, Conn};
use crate::live::errors::{new, open};
use crate::live::kinds::support::{Connection, Result, transaction};
use crate::live::kinds::{Error, NewPerson, Person, PersonPatch, UnitOfWork, person};

tests! {
    writers_without_patience_are_busy_at_worst,
}

const WRITERS: i32 = 4;
const CALLS: i32 = 60;

/// Gives a year of the first one to the second one.
async fn give(conn: &mut Connection, from: i32, to: i32) -> Result<()> {
    for (id, years) in [(from, -1), (to, 1)] {
        let row = Person::get(conn, id).await?;
        let age = row.age.unwrap_or_default() + years;
        let patch = PersonPatch {
            age: Some(Some(age)),
            ..PersonPatch::default()
        };
        row.update(conn, patch).await?;
    }
    Ok(())
}

async fn once(conn: &mut Conn, writer: i32, call: i32, [ann, bob]: [i32; 2]) -> Result<()> {
    let (from, to) = if writer % 2 == 0 {
        (ann, bob)
    } else {
        (bob, ann)
    };
    transaction(conn, |conn| Box::pin(give(conn, from, to))).await?;
    loop {
        // One that was busy has inserted nothing, so that the same names are free.
        let mut work = UnitOfWork::new();
        for number in 0..3 {
            work.insert(NewPerson {
                age: Some(0),
                ..new(&format!("{writer} {call} {number}"))
            });
        }
        match work.commit(conn).await {
            Err(Error::Busy { .. }) => tokio::task::yield_now().await,
            done => return done.map(drop),
        }
    }
}

async fn writers_without_patience_are_busy_at_worst() {
    let (keep, mut conn, ann, bob) = open().await;
    let all = Person::query().filter(person::ID.in_([ann.id, bob.id]));
    all.update(&mut conn, person::AGE.set(1_000)).await.unwrap();
    let mut tasks = Vec::new();
    for writer in 0..WRITERS {
        let mut conn = driver::beside(&keep).await;
        driver::execute(&mut conn, "PRAGMA busy_timeout = 0")
            .await
            .unwrap();
        let keys = [ann.id, bob.id];
        tasks.push(tokio::spawn(async move {
            let mut busy = 0;
            for call in 0..CALLS {
                loop {
                    match once(&mut conn, writer, call, keys).await {
                        Ok(()) => break,
                        Err(Error::Busy { .. }) => busy += 1,
                        Err(other) => panic!("{other:?}"),
                    }
                    tokio::task::yield_now().await;
                }
            }
            busy
        }));
    }
    let mut busy = 0;
    for task in tasks {
        busy += task.await.unwrap();
    }
    assert!(busy > 0, "nobody was in another one's way");
    // As many gave as took.
    let ages = person::ID.in_([ann.id, bob.id]);
    let ages = Person::query().filter(ages).all(&mut conn).await.unwrap();
    assert_eq!(ages.iter().filter_map(|row| row.age).sum::<i16>(), 2_000);
    let rows = Person::query().count(&mut conn).await.unwrap();
    assert_eq!(rows, u64::try_from(2 + 3 * WRITERS * CALLS).unwrap());
    assert_eq!(
        driver::texts(&mut conn, "PRAGMA integrity_check")
            .await
            .unwrap(),
        ["ok"]
    );
}
