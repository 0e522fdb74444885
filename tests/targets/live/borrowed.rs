//! Calls that are given targets or values by an iterator over what their caller has, in a task of its own: it is not kept while
//! statements run, so that the future is `Send` whatever the iterator is made of.

use super::errors::new;
use super::kinds::{Club, Person, Song, UnitOfWork, person, song};
use super::spawned::{Rows, open, part};
use crate::driver::Conn;

tests! {
    targets_come_from_iterators_over_what_is_borrowed,
}

async fn targets_come_from_iterators_over_what_is_borrowed() {
    let (_keep, conn, rows) = open().await;
    tokio::spawn(make(conn, rows)).await.unwrap();
}

async fn make(mut conn: Conn, rows: Rows) {
    let Rows { ann, bob, .. } = rows;
    let clubs = vec![(rows.club.clone(), 1), (rows.other.clone(), 0)];
    let songs = vec![(rows.song.clone(), 5)];
    add_all(&mut conn, ann, &clubs).await;
    set(&mut conn, bob, &clubs).await;
    links(&mut conn, ann, &songs).await;
    found(&mut conn, &songs).await;
    unit(&mut conn, ann, &clubs).await;
    insert_many(&mut conn, &["Uma", "Vic"]).await;
}

async fn add_all(conn: &mut Conn, ann: &Person, clubs: &[(Club, i32)]) {
    let some = clubs.iter().filter(|(_, number)| *number > 0);
    let added = ann.clubs().add_all(conn, some.map(|(club, _)| club)).await;
    assert_eq!(added.unwrap(), 1);
}

async fn set(conn: &mut Conn, bob: &Person, clubs: &[(Club, i32)]) {
    let all = clubs.iter().map(|(club, _)| club);
    bob.clubs().set(conn, all).await.unwrap();
    assert_eq!(bob.clubs().count(conn).await.unwrap(), 2);
}

async fn links(conn: &mut Conn, ann: &Person, songs: &[(Song, i16)]) {
    let all = || songs.iter().map(|(song, number)| (song, part(*number)));
    ann.songs().set(conn, all()).await.unwrap();
    assert_eq!(ann.songs().add_all(conn, all()).await.unwrap(), 0);
}

async fn found(conn: &mut Conn, songs: &[(Song, i16)]) {
    let ids = songs.iter().map(|(song, _)| song.id);
    let found = Song::query().filter(song::ID.in_(ids)).all(conn).await;
    assert_eq!(found.unwrap().len(), 1);
}

async fn unit(conn: &mut Conn, ann: &Person, clubs: &[(Club, i32)]) {
    let mut work = UnitOfWork::new();
    work.unlink(person::CLUBS, ann, clubs.iter().map(|(club, _)| club));
    work.commit(conn).await.unwrap();
    assert_eq!(ann.clubs().count(conn).await.unwrap(), 0);
}

async fn insert_many(conn: &mut Conn, names: &[&str]) {
    let rows = names
        .iter()
        .filter(|name| !name.is_empty())
        .map(|name| new(name));
    assert_eq!(Person::insert_many(conn, rows).await.unwrap().len(), 2);
}
