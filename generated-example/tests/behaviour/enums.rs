//! Enums: stored as texts, read as variants, in every place where a column may stand.

use crate::db::{self, Connection};

use crate::on_both;
use models::{
    Book, BookPatch, Error, Genre, Keeper, Mood, NewBook, NewKeeper, NewPrint, NewSale, NewShelf,
    Print, Sale, Shelf, UnitOfWork, book, keeper, print, raw, shelf,
};

mod models {
    include!(concat!(env!("OUT_DIR"), "/enums.rs"));
}

fn on_shelves(test: impl Fn(&Connection)) {
    let open = |conn: &Connection| {
        models::configure(conn).unwrap();
        models::create_tables(conn).unwrap();
        for genre in Genre::ALL {
            let room = None;
            Shelf::insert(conn, NewShelf { genre, room }).unwrap();
        }
    };
    on_both(open, test);
}

fn new_book(title: &str, genre: Genre) -> NewBook {
    NewBook {
        title: title.into(),
        genre: genre.into(),
        mood: None,
        before: None,
        option: None,
        other: None,
        shelf2: None,
    }
}

fn titles(books: &[Book]) -> Vec<&str> {
    books.iter().map(|book| book.title.as_str()).collect()
}

#[test]
fn a_variant_is_a_text_and_back() {
    assert_eq!(Genre::ALL.map(Genre::as_str), ["novel", "essay", "verse"]);
    assert_eq!("verse".parse(), Ok(Genre::Verse));
    assert_eq!(format!("<{:>6}>", Genre::Novel), "< novel>");
    assert!(Genre::Essay < Genre::Verse, "in the order of the spec");
    for variant in models::Option::ALL {
        assert_eq!(variant.as_str().parse(), Ok(variant));
        assert_eq!(variant.to_string(), variant.as_str());
    }
    let unknown = "Novel".parse::<Genre>().unwrap_err();
    assert_eq!(unknown.to_string(), "\"Novel\" is no Genre");
}

#[test]
fn every_variant_is_stored_as_the_spec_says_and_comes_back() {
    on_shelves(|conn| {
        for (place, mood) in Mood::ALL.into_iter().enumerate() {
            for option in models::Option::ALL {
                let title = format!("{place} {option}");
                let new = NewBook {
                    mood: Some(mood),
                    before: Some(Some(mood)),
                    option: Some(option),
                    other: Some(models::E::From),
                    ..new_book(&title, Genre::Essay)
                };
                let stored = Book::insert(conn, new).unwrap();
                assert_eq!((stored.mood, stored.before), (mood, Some(mood)));
                assert_eq!(stored.option, Some(option));
                assert_eq!(stored.other, models::E::From);
                assert_eq!(Book::get(conn, stored.id).unwrap(), stored);
                let id = stored.id;
                let sql = format!("SELECT concat(mood, ', ', option) FROM books WHERE id = {id}");
                assert_eq!(db::texts(conn, &sql), [format!("{mood}, {option}")]);
            }
        }
    });
}

#[test]
fn defaults_are_variants_of_both_sides() {
    on_shelves(|conn| {
        let given = Book::insert(conn, new_book("given", Genre::Novel)).unwrap();
        let sql = "INSERT INTO books (title, genre) VALUES ('by hand', 'novel')";
        db::execute(conn, sql).unwrap();
        let by_hand = Book::query().filter(book::TITLE.eq("by hand"));
        for book in [given, by_hand.one(conn).unwrap()] {
            assert_eq!((book.mood, book.before), (Mood::Stormy, Some(Mood::Calm)));
            assert_eq!((book.option, book.other), (None, models::E::Default));
        }
        let none = NewBook {
            before: Some(None),
            ..new_book("none", Genre::Novel)
        };
        assert_eq!(Book::insert(conn, none).unwrap().before, None);
    });
}

#[test]
fn the_table_takes_variants_alone() {
    on_shelves(|conn| {
        let book = Book::insert(conn, new_book("a", Genre::Novel)).unwrap();
        for sql in [
            "UPDATE books SET mood = 'it''s not'",
            "UPDATE books SET option = ''",
            "UPDATE books SET other = 'E'",
        ] {
            let refused = db::execute(conn, sql).unwrap_err().to_string();
            let told = !db::SQLITE || refused.contains("CHECK constraint failed");
            assert!(told, "{refused}");
        }
        // What got past the check all the same is told by column and key.
        if !db::past_checks(conn, "UPDATE books SET mood = 'drunk'") {
            return;
        }
        let Err(Error::Decode {
            entity,
            column,
            key,
            source,
        }) = Book::get(conn, book.id)
        else {
            panic!("read");
        };
        assert_eq!((entity, column, key.as_str()), ("Book", "mood", "1"));
        assert_eq!(source.to_string(), "\"drunk\" is no Mood");
    });
}

#[test]
fn filters_orders_and_changes_take_variants() {
    on_shelves(|conn| {
        for (title, genre, mood) in [
            ("a", Genre::Novel, Mood::Calm),
            ("b", Genre::Essay, Mood::Stormy),
            ("c", Genre::Verse, Mood::Unknown),
            ("d", Genre::Essay, Mood::Calm),
        ] {
            let new = NewBook {
                mood: Some(mood),
                ..new_book(title, genre)
            };
            Book::insert(conn, new).unwrap();
        }
        let found = |filter| {
            let found = Book::query().filter(filter).order_by(book::TITLE.asc());
            titles(&found.all(conn).unwrap()).concat()
        };
        assert_eq!(found(book::GENRE.eq(Genre::Essay)), "bd");
        assert_eq!(found(book::GENRE.ne(Genre::Essay)), "ac");
        assert_eq!(found(book::MOOD.in_([Mood::Calm, Mood::Unknown])), "acd");
        assert_eq!(found(book::MOOD.not_in([Mood::Calm].iter())), "bc");
        assert_eq!(found(book::OPTION.is_null()), "abcd");
        assert_eq!(found(book::BEFORE.eq(Mood::Calm)), "abcd");
        let raw = raw("mood = ? OR genre = ?", (Mood::Unknown, Genre::Novel));
        let found = Book::query().filter(raw).count(conn).unwrap();
        assert_eq!(found, 2);

        // The order is that of the stored texts, as for every text, or that of the spec.
        let ordered = Book::query().order_by((book::GENRE.asc(), book::MOOD.desc()));
        let expected = if db::ENUMS_SORT_AS_TEXTS {
            "dbac"
        } else {
            "abdc"
        };
        let greatest = if db::GREATEST_ENUM_IS_OF_TEXTS {
            Mood::Calm
        } else {
            Mood::Unknown
        };
        let all = ordered.clone().all(conn).unwrap();
        assert_eq!(titles(&all).concat(), expected);
        let first = ordered.clone().first(conn).unwrap().unwrap();
        let rest = ordered.after(&first).all(conn).unwrap();
        assert_eq!(titles(&rest).concat(), expected[1..]);
        let most = Book::query().max(conn, book::MOOD).unwrap();
        assert_eq!(most, Some(greatest));

        let essays = Book::query().filter(book::GENRE.eq(Genre::Essay));
        let changed = essays
            .clone()
            .update(conn, book::OPTION.set(models::Option::Ok));
        assert_eq!(changed.unwrap(), 2);
        assert!(
            essays
                .all(conn)
                .unwrap()
                .iter()
                .all(|book| book.option == Some(models::Option::Ok))
        );
        let cleared = Book::query().update(conn, book::OPTION.set(None));
        assert_eq!(cleared.unwrap(), 4);
        let patch = BookPatch {
            mood: Some(Mood::Unknown),
            before: Some(None),
            ..BookPatch::default()
        };
        let last = Book::query().filter(book::TITLE.eq("d")).one(conn).unwrap();
        let patched = last.update(conn, patch).unwrap();
        assert_eq!((patched.mood, patched.before), (Mood::Unknown, None));
        let upserted = Book::upsert_by_title_and_mood(
            conn,
            NewBook {
                mood: Some(Mood::Unknown),
                option: Some(models::Option::Err),
                ..new_book("d", Genre::Verse)
            },
        )
        .unwrap();
        assert_eq!((upserted.id, upserted.genre), (last.id, Genre::Verse));
    });
}

#[test]
fn keys_and_foreign_keys_are_enums() {
    on_shelves(|conn| {
        let shelf = Shelf::get(conn, Genre::Essay).unwrap();
        let missing = Shelf::get(conn, Genre::Essay).unwrap().delete(conn);
        missing.unwrap();
        assert_eq!(Shelf::find(conn, Genre::Essay).unwrap(), None);
        let refused = Book::insert(conn, new_book("a", Genre::Essay));
        assert!(matches!(refused, Err(Error::ForeignKeyViolation { .. })));
        Shelf::insert_row(conn, &shelf).unwrap();

        let mut work = UnitOfWork::new();
        let bo = work.insert(NewKeeper { name: "Bo".into() });
        work.link(keeper::SHELVES, bo, [Genre::Essay, Genre::Verse]);
        for (title, genre) in [
            ("a", Genre::Essay),
            ("b", Genre::Verse),
            ("c", Genre::Essay),
        ] {
            let shelf2 = Some((&shelf).into());
            let new = NewBook {
                shelf2,
                ..new_book(title, genre)
            };
            work.insert(new);
        }
        let done = work.commit(conn).unwrap();
        let bo = Keeper::get(conn, done.key(bo)).unwrap();

        let books = shelf.books().all(conn).unwrap();
        assert_eq!(titles(&books), ["a", "c"]);
        assert_eq!(books[0].shelf().get(conn).unwrap(), shelf);
        assert_eq!(books[0].shelf2, Some(Genre::Essay));
        let verse = Shelf::get(conn, Genre::Verse).unwrap();
        let moved = books[0].shelf().set(conn, &verse).unwrap();
        assert_eq!(moved.genre, Genre::Verse);
        let novel = Shelf::get(conn, Genre::Novel).unwrap();
        bo.shelves().add(conn, &novel).unwrap();
        bo.shelves().add(conn, &verse).unwrap();
        assert_eq!(bo.shelves().count(conn).unwrap(), 3);
        assert!(verse.keepers().contains(conn, &bo).unwrap());

        // The order of a key is that of the enum, however the rows are read.
        let mut sorted = [Genre::Essay, Genre::Novel, Genre::Verse];
        if !db::ENUMS_SORT_AS_TEXTS {
            sorted.sort();
        }
        let lent = bo.shelves().all(conn).unwrap();
        let genres: Vec<_> = lent.iter().map(|shelf| shelf.genre).collect();
        assert_eq!(genres, sorted);
        let keepers = Keeper::query().with(keeper::SHELVES).all(conn).unwrap();
        assert_eq!(keepers, [(bo.clone(), lent)]);

        // One statement for all shelves, whose list of keys is one parameter.
        let all = Shelf::query()
            .order_by(shelf::GENRE.asc())
            .with(shelf::BOOKS)
            .with(shelf::KEEPERS)
            .all(conn)
            .unwrap();
        let seen: Vec<_> = all
            .iter()
            .map(|(shelf, books, keepers)| (shelf.genre, titles(books), keepers.len()))
            .collect();
        let expected = sorted.map(|genre| match genre {
            Genre::Essay => (genre, vec!["c"], 1),
            Genre::Novel => (genre, vec![], 1),
            Genre::Verse => (genre, vec!["a", "b"], 1),
        });
        assert_eq!(seen, expected);
        let with = Book::query().with(book::SHELF).all(conn).unwrap();
        assert!(with.iter().all(|(book, shelf)| book.genre == shelf.genre));
        let kept = Shelf::query()
            .filter(shelf::BOOKS.any(book::MOOD.eq(Mood::Stormy)))
            .count(conn);
        assert_eq!(kept.unwrap(), 2);
    });
}

#[test]
fn enums_are_parts_of_keys() {
    on_shelves(|conn| {
        let keys = Print::insert_many(
            conn,
            (0..40).map(|number| NewPrint {
                genre: Genre::ALL[number % 3],
                mood: Mood::ALL[number % 2],
                number: i32::try_from(number).unwrap(),
                copies: None,
            }),
        )
        .unwrap();
        assert_eq!(keys[4], (Genre::Essay, Mood::Calm, 4));
        let print = Print::get(conn, keys[5]).unwrap();
        assert_eq!((print.genre, print.mood), (Genre::Verse, Mood::Stormy));
        for key in [keys[5], keys[5], keys[7]] {
            let new = NewSale {
                genre: Some(key.0),
                mood: Some(key.1),
                number: Some(key.2),
            };
            Sale::insert(conn, new).unwrap();
        }
        Sale::insert(conn, NewSale::default()).unwrap();
        let sold = Print::query()
            .order_by(print::NUMBER.asc())
            .with(print::SALES)
            .all(conn)
            .unwrap();
        let sold = sold.iter().filter(|(_, sales)| !sales.is_empty());
        let sold: Vec<_> = sold
            .map(|(print, sales)| (print.number, sales.len()))
            .collect();
        assert_eq!(sold, [(5, 2), (7, 1)]);
        let sales = Sale::query().with(models::sale::PRINT).all(conn).unwrap();
        assert_eq!(sales.iter().filter(|(_, print)| print.is_some()).count(), 3);
    });
}
