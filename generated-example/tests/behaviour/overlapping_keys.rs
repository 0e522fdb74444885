//! Relationships over foreign keys that share columns, written by handles.

use crate::db::Connection;

use crate::on_both;

pub mod models {
    include!(concat!(env!("OUT_DIR"), "/overlapping_keys.rs"));
}
use models::{
    Article, Error, Guest, Locker, Magazine, NewArticle, NewGuest, NewLocker, NewMagazine, NewRoom,
    NewVisit, NewWriter, Room, Visit, Writer, article, magazine, visit, writer,
};

pub fn on_overlapping(test: impl Fn(&Connection)) {
    let open = |conn: &Connection| {
        models::configure(conn).unwrap();
        models::create_tables(conn).unwrap();
    };
    on_both(open, test);
}

pub fn magazine(conn: &Connection, name: &str) -> Magazine {
    Magazine::insert(conn, NewMagazine { name: name.into() }).unwrap()
}

pub fn writer(conn: &Connection, magazine: &Magazine, number: i32) -> Writer {
    let new = NewWriter {
        magazine_id: magazine.into(),
        number,
        name: format!("{}{number}", magazine.name),
    };
    Writer::insert(conn, new).unwrap()
}

pub fn article(conn: &Connection, magazine: &Magazine, writer: Option<i32>) -> Article {
    let new = NewArticle {
        title: "t".into(),
        magazine_id: magazine.into(),
        writer_number: writer,
    };
    Article::insert(conn, new).unwrap()
}

pub fn guest(conn: &Connection, hotel: &str, number: i32) -> Guest {
    let hotel = hotel.into();
    Guest::insert(conn, NewGuest { hotel, number }).unwrap()
}

pub fn room(conn: &Connection, hotel: &str, number: i32) -> Room {
    let hotel = hotel.into();
    Room::insert(conn, NewRoom { hotel, number }).unwrap()
}

pub fn visit(conn: &Connection, hotel: Option<&str>, guest_no: i32, room_no: Option<i32>) -> Visit {
    let new = NewVisit {
        hotel: hotel.map(Into::into),
        guest_no,
        room_no,
    };
    Visit::insert(conn, new).unwrap()
}

fn locker(conn: &Connection, hotel: &str, door: i32) -> Locker {
    let new = NewLocker {
        hotel: hotel.into(),
        door,
        guest_no: None,
    };
    Locker::insert(conn, new).unwrap()
}

pub fn refused<T: std::fmt::Debug>(result: Result<T, Error>) {
    match result {
        Err(Error::ForeignKeyViolation { .. }) => {}
        other => panic!("{other:?}"),
    }
}

#[test]
fn reading() {
    on_overlapping(|conn| {
        let [a, b] = ["a", "b"].map(|name| magazine(conn, name));
        let [a1, b1] = [&a, &b].map(|magazine| writer(conn, magazine, 1));
        let with = article(conn, &a, Some(1));
        let without = article(conn, &b, None);
        assert_eq!(with.writer().get(conn).unwrap(), Some(a1.clone()));
        assert_eq!(without.writer().get(conn).unwrap(), None);
        assert_eq!(a1.articles().all(conn).unwrap(), [with.clone()]);
        assert_eq!(b1.articles().all(conn).unwrap(), []);
        let all = Article::query()
            .with(article::MAGAZINE)
            .with(article::WRITER)
            .all(conn);
        assert_eq!(
            all.unwrap(),
            [
                (with.clone(), a.clone(), Some(a1.clone())),
                (without, b.clone(), None)
            ]
        );
        let nested = Magazine::query()
            .with(magazine::WRITERS.with(writer::ARTICLES))
            .all(conn);
        assert_eq!(
            nested.unwrap(),
            [(a, vec![(a1, vec![with.clone()])]), (b, vec![(b1, vec![])])]
        );
        let of_a1 = Article::query().filter(article::WRITER.any(writer::NAME.eq("a1")));
        assert_eq!(of_a1.all(conn).unwrap(), [with]);
        let not = Article::query().filter(article::WRITER.any(writer::NAME.eq("a1")).not());
        assert_eq!(not.count(conn).unwrap(), 1);
    });
}

#[test]
fn what_is_shared_stays() {
    on_overlapping(|conn| {
        let [a, b] = ["a", "b"].map(|name| magazine(conn, name));
        let [a1, a2, b1] = [(&a, 1), (&a, 2), (&b, 1)].map(|(of, number)| writer(conn, of, number));
        let of_a = article(conn, &a, Some(1));
        let moved = of_a.writer().set(conn, Some(&a2)).unwrap();
        assert_eq!((moved.magazine_id, moved.writer_number), (a.id, Some(2)));
        assert!(a1.articles().add(conn, &of_a).unwrap());
        // There is a writer 1 of the other magazine: neither the number alone nor the magazine may change.
        refused(of_a.writer().set(conn, Some(&b1)));
        refused(b1.articles().add(conn, &of_a));
        refused(b1.articles().add_all(conn, [&of_a]));
        refused(b1.articles().set(conn, [&of_a]));
        assert_eq!(Article::get(conn, of_a.id).unwrap(), of_a);
        // What is left keeps its magazine.
        let free = of_a.writer().set(conn, None).unwrap();
        assert_eq!((free.magazine_id, free.writer_number), (a.id, None));
        a1.articles().set(conn, [&of_a]).unwrap();
        assert!(a1.articles().remove(conn, &of_a).unwrap());
        assert!(a1.articles().add(conn, &of_a).unwrap());
        assert_eq!(a1.articles().clear(conn).unwrap(), 1);
        assert_eq!(Article::get(conn, of_a.id).unwrap(), free);
    });
}

#[test]
fn a_whole_key_moves_while_no_wider_one_is_in_force() {
    on_overlapping(|conn| {
        let [a, b] = ["a", "b"].map(|name| magazine(conn, name));
        for of in [&a, &b] {
            writer(conn, of, 1);
        }
        let written = article(conn, &a, Some(1));
        // It would become the article of another writer, who has the same number by chance.
        refused(written.magazine().set(conn, &b));
        refused(b.articles().add(conn, &written));
        refused(b.articles().add_all(conn, [&written]));
        assert_eq!(written.magazine().set(conn, &a).unwrap(), written);
        assert!(!a.articles().add(conn, &written).unwrap());
        let free = written.writer().set(conn, None).unwrap();
        let free = free.magazine().set(conn, &b).unwrap();
        assert_eq!(free.magazine_id, b.id);
        assert_eq!(a.articles().add_all(conn, [&free]).unwrap(), 1);
        // A writer takes the key with him, and is refused while articles refer to it.
        let two = writer(conn, &a, 2);
        assert!(b.writers().add(conn, &two).unwrap());
        assert_eq!(Writer::get(conn, (b.id, 2)).unwrap().name, "a2");
        let of_two = article(conn, &b, Some(2));
        let two = Writer::get(conn, (b.id, 2)).unwrap();
        refused(two.magazine().set(conn, &a));
        of_two.delete(conn).unwrap();
        assert_eq!(two.magazine().set(conn, &a).unwrap().magazine_id, a.id);
    });
}

#[test]
fn a_key_that_is_null_only_by_what_it_shares() {
    on_overlapping(|conn| {
        let [g, other] = ["grand", "other"].map(|hotel| guest(conn, hotel, 1));
        let r = room(conn, "grand", 7);
        let open = visit(conn, None, 1, None);
        // Without a hotel it leads nowhere, and eager loads say so.
        assert_eq!(open.guest().get(conn).unwrap(), None);
        let all: Vec<(Visit, Option<Guest>)> = Visit::query().with(visit::GUEST).all(conn).unwrap();
        assert_eq!(all, [(open.clone(), None)]);
        let none = Visit::query().filter(visit::GUEST.exists().not());
        assert_eq!(none.count(conn).unwrap(), 1);
        // What is NULL is filled in, by either key; then it stays.
        let here = open.guest().set(conn, &g).unwrap();
        assert_eq!((here.hotel.as_deref(), here.guest_no), (Some("grand"), 1));
        assert_eq!(here.guest().get(conn).unwrap(), Some(g.clone()));
        refused(here.guest().set(conn, &other));
        refused(other.visits().add(conn, &here));
        let here = here.room().set(conn, Some(&r)).unwrap();
        assert_eq!((here.room_no, here.revision), (Some(7), 3));
        let left = here.room().set(conn, None).unwrap();
        assert_eq!((left.hotel.as_deref(), left.room_no), (Some("grand"), None));
        let by_room = visit(conn, None, 1, None);
        assert!(r.visits().add(conn, &by_room).unwrap());
        let by_room = Visit::get(conn, by_room.id).unwrap();
        assert_eq!(by_room.hotel.as_deref(), Some("grand"));
        assert_eq!(r.visits().clear(conn).unwrap(), 1);
        assert_eq!(g.visits().count(conn).unwrap(), 2);
        // An old copy is told as such before anything else.
        let stale = here.guest().set(conn, &other);
        assert!(matches!(stale, Err(Error::Stale { .. })), "{stale:?}");
        let stale = other.visits().add(conn, &here);
        assert!(matches!(stale, Err(Error::Stale { .. })), "{stale:?}");
    });
}

#[test]
fn one_to_one_over_a_part_of_the_primary_key() {
    on_overlapping(|conn| {
        let [g, other] = ["grand", "other"].map(|hotel| guest(conn, hotel, 1));
        let [one, two] = [1, 2].map(|door| locker(conn, "grand", door));
        let held = g.locker().set(conn, Some(&one)).unwrap().unwrap();
        assert_eq!((held.hotel.as_str(), held.guest_no), ("grand", Some(1)));
        let two = two.guest().set(conn, Some(&g)).unwrap();
        assert_eq!(g.locker().get(conn).unwrap(), Some(two.clone()));
        assert_eq!(Locker::get(conn, ("grand".into(), 1)).unwrap(), one);
        refused(other.locker().set(conn, Some(&two)));
        refused(two.guest().set(conn, Some(&other)));
        assert_eq!(g.locker().get(conn).unwrap(), Some(two));
        assert_eq!(g.locker().set(conn, None).unwrap(), None);
        assert_eq!(g.locker().get(conn).unwrap(), None);
    });
}
