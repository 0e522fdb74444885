//! Relationships with a `where`, over secondaries: they are read.

use crate::db::{self, Connection};

use crate::conditions::{author, book, models, on_conditions};
use models::{
    Book, Genre, NewReader, NewShelf, NewShelfBook, NewTag, Reader, Shelf, ShelfBook, Tag, shelf,
    shelf_book, tag,
};
use models::{NewLetter, book, letter, reader};

fn tag(conn: &Connection, name: &str, bright: bool) -> Tag {
    let name = name.into();
    Tag::insert(conn, NewTag { name, bright }).unwrap()
}

fn reader(conn: &Connection, name: &str, active: bool) -> Reader {
    let name = name.into();
    Reader::insert(conn, NewReader { name, active }).unwrap()
}

#[test]
fn links_to_what_does_not_fit_are_skipped() {
    on_conditions(|conn| {
        let ada = author(conn, "Ada");
        let (one, two) = (
            book(conn, "A", Genre::Novel, &ada),
            book(conn, "B", Genre::Essay, &ada),
        );
        let (red, gray, blue) = (
            tag(conn, "red", true),
            tag(conn, "gray", false),
            tag(conn, "blue", true),
        );
        one.tags().add_all(conn, [&red, &gray, &blue]).unwrap();
        two.tags().add(conn, &gray).unwrap();
        let bright = [blue.clone(), red.clone()];
        assert_eq!(one.bright_tags().all(conn).unwrap(), bright);
        assert_eq!(one.bright_tags().query().all(conn).unwrap(), bright);
        assert_eq!(one.bright_tags().count(conn).unwrap(), 2);
        assert_eq!(two.bright_tags().count(conn).unwrap(), 0);
        let contains = |tag| one.bright_tags().contains(conn, tag).unwrap();
        assert!(contains(&red) && !contains(&gray));
        let some = |filter| Book::query().filter(filter).all(conn).unwrap();
        assert_eq!(some(book::BRIGHT_TAGS.exists()), [one.clone()]);
        assert!(some(book::BRIGHT_TAGS.any(tag::NAME.eq("gray"))).is_empty());
        assert_eq!(
            some(book::BRIGHT_TAGS.any(tag::NAME.eq("red")).not()),
            [two.clone()]
        );
        let all = book::BRIGHT_TAGS
            .load(conn, &[two.clone(), one.clone()])
            .unwrap();
        assert_eq!(all, [vec![], bright.to_vec()]);
        let first = Book::query()
            .with(book::BRIGHT_TAGS.limit(1))
            .all(conn)
            .unwrap();
        assert_eq!((&first[0].1[..], &first[1].1[..]), (&[blue][..], &[][..]));
        let shared = Book::query().with(book::BRIGHT_TAGS.shared().with(tag::NOVELS));
        let (_, tags) = &shared.all(conn).unwrap()[0];
        assert_eq!(tags[1].1, [one]);
    });
}

#[test]
fn links_with_payload_are_read_with_it() {
    on_conditions(|conn| {
        let ada = author(conn, "Ada");
        let novel = book(conn, "A", Genre::Novel, &ada);
        let (old, new) = (
            book(conn, "B", Genre::Essay, &ada),
            book(conn, "C", Genre::Essay, &ada),
        );
        let shelf = Shelf::insert(conn, NewShelf { room: "r".into() }).unwrap();
        let other = Shelf::insert(conn, NewShelf { room: "s".into() }).unwrap();
        let at = |position| NewShelfBook { position };
        for (book, position) in [(&old, 1), (&new, 2), (&old, 3), (&novel, 4)] {
            shelf.books().add(conn, book, at(position)).unwrap();
        }
        other.books().add(conn, &novel, at(9)).unwrap();
        let essays = [old.clone(), new.clone()];
        // Each once, at the place of its first link.
        assert_eq!(shelf.essays().all(conn).unwrap(), essays);
        assert_eq!(shelf.essays().count(conn).unwrap(), 2);
        assert!(!shelf.essays().contains(conn, &novel).unwrap());
        let positions = |links: Vec<ShelfBook>| -> Vec<i32> {
            links.into_iter().map(|link| link.position).collect()
        };
        assert_eq!(
            positions(shelf.essays().links().all(conn).unwrap()),
            [3, 2, 1]
        );
        let query = shelf.essays().links().query();
        assert_eq!(positions(query.all(conn).unwrap()), [1, 2, 3]);
        let pairs: Vec<(Book, ShelfBook)> = shelf.essays().with_links(conn).unwrap();
        assert_eq!((pairs.len(), &pairs[0].0), (3, &old));
        let far = shelf.essays().query().filter(shelf_book::POSITION.gt(1));
        let far = far.order_by(shelf_book::POSITION.asc()).all(conn).unwrap();
        assert_eq!(far, [old.clone(), new]);

        let with = |filter| Shelf::query().filter(filter).all(conn).unwrap();
        let last = || shelf_book::POSITION.ge(4);
        assert_eq!(with(shelf::BOOKS.any_link(last())).len(), 2);
        assert!(with(shelf::ESSAYS.any_link(last())).is_empty());
        assert_eq!(
            with(shelf::ESSAYS.any_link(shelf_book::POSITION.eq(2))),
            [shelf.clone()]
        );
        assert_eq!(with(shelf::ESSAYS.exists().not()), [other]);
        let loaded = Shelf::query().with(shelf::ESSAYS).all(conn).unwrap();
        assert_eq!((&loaded[0].1[..], loaded[1].1.len()), (&essays[..], 0));
        let loaded: Vec<(Shelf, Vec<(Book, ShelfBook)>)> = Shelf::query()
            .with(shelf::ESSAYS.links().limit(2))
            .all(conn)
            .unwrap();
        let found: Vec<i32> = loaded[0].1.iter().map(|(_, link)| link.position).collect();
        assert_eq!((found, loaded[1].1.len()), (vec![3, 2], 0));
    });
}

#[test]
fn symmetric_links_are_read_from_both_sides() {
    on_conditions(|conn| {
        let (ann, ben, cat) = (
            reader(conn, "Ann", true),
            reader(conn, "Ben", false),
            reader(conn, "Cat", true),
        );
        ben.friends().add_all(conn, [&ann, &cat]).unwrap();
        ann.friends().add(conn, &cat).unwrap();
        assert_eq!(ann.active_friends().all(conn).unwrap(), [cat.clone()]);
        assert_eq!(cat.active_friends().all(conn).unwrap(), [ann.clone()]);
        assert_eq!(ben.active_friends().count(conn).unwrap(), 2);
        assert!(!ann.active_friends().contains(conn, &ben).unwrap());
        let loaded = reader::ACTIVE_FRIENDS.load(conn, &[ben.clone(), ann.clone()]);
        assert_eq!(
            loaded.unwrap(),
            [vec![ann.clone(), cat.clone()], vec![cat.clone()]]
        );

        let query = Reader::query().filter(reader::PEN_FRIENDS.exists());
        assert!(query.all(conn).unwrap().is_empty());
        db::execute(
            conn,
            "INSERT INTO letter VALUES (1, 2, 'x'), (1, 3, 'y'), (2, 3, 'z')",
        )
        .unwrap();
        let texts = |reader: &Reader| -> Vec<String> {
            let links = reader.pen_friends().links();
            let (all, queried) = (links.all(conn).unwrap(), links.query().all(conn).unwrap());
            assert_eq!(all, queried);
            all.into_iter().map(|link| link.text).collect()
        };
        assert_eq!(texts(&ann), ["y"]);
        assert_eq!(texts(&ben), ["x", "z"]);
        assert_eq!(texts(&cat), ["y"]);
        let written = |text: &str| {
            let any = reader::PEN_FRIENDS.any_link(letter::TEXT.eq(text));
            let found = Reader::query().filter(any).all(conn).unwrap();
            found
                .into_iter()
                .map(|reader| reader.id)
                .collect::<Vec<_>>()
        };
        assert_eq!((written("x"), written("y")), (vec![2], vec![1, 3]));
        let _ = NewLetter {
            text: String::new(),
        };
    });
}
