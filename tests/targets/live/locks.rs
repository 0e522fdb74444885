//! Locks: nobody waits for a call that has failed, and who has waited goes by what is there then.

use std::time::Duration;

use super::errors::{new, open};
use super::kinds::{Error, NewPerson, Person, PersonPatch, UnitOfWork, person};
use crate::driver;

tests! {
    a_call_that_fails_keeps_nobody_waiting,
    rows_that_several_upsert_at_once_are_there_once,
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
