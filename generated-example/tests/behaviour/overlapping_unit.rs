//! Relationships over foreign keys that share columns, written by units of work.

use crate::overlapping_keys::models::{
    Article, Error, NewArticle, NewVisit, UnitOfWork, Visit, article, guest, magazine, visit,
    writer,
};
use crate::overlapping_keys::{guest, magazine, on_overlapping, refused, room, visit, writer};

#[test]
fn pending_rows_are_put_where_they_fit() {
    on_overlapping(|conn| {
        let [a, b] = ["a", "b"].map(|name| magazine(conn, name));
        let [a1, b1] = [&a, &b].map(|magazine| writer(conn, magazine, 1));
        let g = guest(conn, "grand", 1);
        let r = room(conn, "grand", 7);
        let mut work = UnitOfWork::new();
        let new = || NewArticle {
            title: "t".into(),
            magazine_id: (&a).into(),
            writer_number: None,
        };
        let [linked, set, left] = [(); 3].map(|()| work.insert(new()));
        work.link(writer::ARTICLES, &a1, [linked, left]);
        work.set(article::WRITER, set, &a1);
        work.unlink(writer::ARTICLES, &a1, [left]);
        work.set(article::MAGAZINE, left, &b);
        let stay = work.insert(NewVisit {
            hotel: None,
            guest_no: 5,
            room_no: None,
        });
        work.set(visit::GUEST, stay, &g);
        work.set(visit::ROOM, stay, Some(&r));
        let done = work.commit(conn).unwrap();
        let numbers = |key| {
            let article = Article::get(conn, key).unwrap();
            (article.magazine_id, article.writer_number)
        };
        assert_eq!(numbers(done.key(linked)), (a.id, Some(1)));
        assert_eq!(numbers(done.key(set)), (a.id, Some(1)));
        assert_eq!(numbers(done.key(left)), (b.id, None));
        let stay = Visit::get(conn, done.key(stay)).unwrap();
        assert_eq!((stay.hotel.as_deref(), stay.guest_no), (Some("grand"), 1));
        assert_eq!(stay.room_no, Some(7));
        for change in [
            &|work: &mut UnitOfWork| work.link(writer::ARTICLES, &b1, [done.key(set)]),
            &|work: &mut UnitOfWork| work.set(article::WRITER, done.key(set), &b1),
            &|work: &mut UnitOfWork| work.set(article::MAGAZINE, done.key(set), &b),
            &|work: &mut UnitOfWork| work.link(magazine::ARTICLES, &b, [done.key(set)]),
        ] as [&dyn Fn(&mut UnitOfWork); 4]
        {
            let mut work = UnitOfWork::new();
            change(&mut work);
            refused(work.commit(conn));
        }
        assert_eq!(numbers(done.key(set)), (a.id, Some(1)));
    });
}

#[test]
fn an_old_copy_is_told_before_a_key_that_does_not_fit() {
    on_overlapping(|conn| {
        let [_, other] = ["grand", "other"].map(|hotel| guest(conn, hotel, 1));
        let old = visit(conn, Some("grand"), 1, None);
        let mut work = UnitOfWork::new();
        work.link(guest::VISITS, &other, [&old]);
        refused(work.commit(conn));
        let new = old.guest().set(conn, &guest(conn, "grand", 2)).unwrap();
        let mut work = UnitOfWork::new();
        work.link(guest::VISITS, &other, [&old]);
        let stale = work.commit(conn);
        assert!(matches!(stale, Err(Error::Stale { .. })), "{stale:?}");
        assert_eq!(Visit::get(conn, old.id).unwrap(), new);
    });
}
