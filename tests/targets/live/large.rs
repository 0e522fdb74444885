//! Rows that are large: what takes each of them takes many.

use super::refused::new;
use super::values::{Maybe, MaybePatch, NewMaybe, create_tables, maybe};
use crate::driver;

tests! {
    many_large_rows_are_inserted,
}

/// Together they are more than MariaDB takes in one packet.
async fn many_large_rows_are_inserted() {
    let (_keep, mut conn) = driver::open().await;
    create_tables(&mut conn).await.unwrap();
    let rows = (0..17).map(|number| NewMaybe {
        number,
        data: Some(vec![7; 1_100_000]),
        ..new(MaybePatch::default())
    });
    let keys = Maybe::insert_many(&mut conn, rows).await.unwrap();
    let numbers = Maybe::query().order_by(maybe::ID.asc());
    let numbers = numbers.all(&mut conn).await.unwrap();
    assert_eq!(numbers.iter().map(|row| row.id).collect::<Vec<_>>(), keys);
    assert!(numbers.iter().map(|row| row.number).eq(0..17));
}
