//! Columns of lists, which PostgreSQL alone has.

use crate::db::wait_here;
use crate::driver;
use notes::{Color, NewNote, Note, NotePatch, Session, note};

/// Notes with lists.
mod notes {
    include!(concat!(env!("OUT_DIR"), "/lists.rs"));
}

fn new(tags: &[&str], colors: &[Color]) -> NewNote {
    NewNote {
        tags: tags.iter().map(ToString::to_string).collect(),
        numbers: Some(vec![1, -2]),
        colors: colors.to_vec(),
        prices: Some(vec!["1.5".parse().unwrap()]),
    }
}

#[test]
#[ignore = "needs PostgreSQL: tests/run --install brings it"]
fn lists_are_stored_compared_and_changed_on_postgres() {
    wait_here(async {
        let (keep, conn) = driver::open().await;
        drop(conn);
        let mut db = Session::new(driver::client(&keep).await);
        notes::create_tables(&mut db).await.unwrap();
        let full = new(&["a", "b,\""], &[Color::Red]);
        let full = Note::insert(&mut db, full).await.unwrap();
        assert_eq!(full.tags, ["a", "b,\""]);
        assert_eq!(
            (&*full.colors, full.prices[0].to_string()),
            (&[Color::Red][..], "1.50".into())
        );
        let empty = NewNote {
            numbers: None,
            prices: None,
            ..new(&[], &[])
        };
        let empty = Note::insert(&mut db, empty).await.unwrap();
        assert_eq!((empty.numbers.as_deref(), empty.prices.len()), (None, 0));
        let more = [new(&["c"], &[]), new(&[], &[Color::Green, Color::Red])];
        assert_eq!(Note::insert_many(&mut db, more).await.unwrap(), [3, 4]);

        let count = async |db: &mut Session<_>, filter| {
            let found = Note::query().filter(filter).count(db).await;
            found.unwrap()
        };
        assert_eq!(count(&mut db, note::TAGS.eq(["c".to_owned()])).await, 1);
        assert_eq!(count(&mut db, note::TAGS.eq(Vec::new())).await, 2);
        assert_eq!(count(&mut db, note::NUMBERS.gt([1, -3])).await, 3);
        assert_eq!(count(&mut db, note::COLORS.eq([Color::Red])).await, 1);
        assert_eq!(count(&mut db, note::COLORS.eq([])).await, 2);

        let patch = NotePatch {
            numbers: Some(Some(vec![7])),
            colors: Some(vec![Color::Green]),
            ..NotePatch::default()
        };
        let changed = empty.update(&mut db, patch).await.unwrap();
        assert_eq!(changed.colors, [Color::Green]);
        let all = Note::query().update(&mut db, note::COLORS.set(vec![Color::Red]));
        assert_eq!(all.await.unwrap(), 4);
        assert_eq!(count(&mut db, note::COLORS.eq([Color::Red])).await, 4);
        let most = Note::query().max(&mut db, note::NUMBERS).await.unwrap();
        assert_eq!(most, Some(vec![7]));
        drop((db, keep));
    });
}
