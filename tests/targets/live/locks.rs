//! Locks: nobody waits for a call that has failed.

use std::time::Duration;

use super::errors::{new, open};
use super::kinds::{Person, PersonPatch, UnitOfWork, person};
use crate::driver;

tests! {
    a_call_that_fails_keeps_nobody_waiting,
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
