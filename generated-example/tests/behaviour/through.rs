//! Relationships through others give what calling those one after the other does, each row once.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::db::{self, Connection};

use crate::on_both;

mod models {
    include!(concat!(env!("OUT_DIR"), "/through.rs"));
}
use models::{
    Author, Book, Club, Error, Genre, Loan, NewAuthor, NewBook, NewClub, NewLoan, NewMembership,
    NewPortrait, NewReader, NewRenewal, NewShelf, NewTag, Portrait, Reader, Renewal, Shelf, Tag,
    author, book, club, loan, portrait, reader, renewal, shelf, tag,
};

/// Numbers that look drawn and are the same in each run.
struct Draws(u64);

impl Draws {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        usize::try_from((mixed ^ (mixed >> 27)) >> 40).unwrap() % end
    }
}

/// A library in which something is missing everywhere and something is there several times.
fn fill(conn: &Connection, seed: u64) {
    let mut draws = Draws(seed);
    let mut authors: Vec<Author> = Vec::new();
    for number in 0..12 {
        // A tree, and some outside of it.
        let mentor = Some(number / 2).filter(|_| number > 0 && draws.below(6) > 0);
        let new = NewAuthor {
            name: format!("a{}", draws.below(4)),
            mentor_id: mentor.map(|place| (&authors[place]).into()),
        };
        authors.push(Author::insert(conn, new).unwrap());
        if draws.below(3) > 0 {
            let author_id = (&authors[number]).into();
            let painter = "p".into();
            Portrait::insert(conn, NewPortrait { author_id, painter }).unwrap();
        }
    }
    for label in ["x", "y", "-"] {
        let label = Some(label.to_owned()).filter(|label| label != "-");
        Shelf::insert(conn, NewShelf { label }).unwrap();
    }
    let tags: Vec<Tag> = (0..4)
        .map(|number| {
            let (name, bright) = (format!("t{number}"), number % 2 == 0);
            Tag::insert(conn, NewTag { name, bright }).unwrap()
        })
        .collect();
    let readers: Vec<Reader> = (0..7)
        .map(|number| {
            let new = NewReader {
                region: ["north", "south"][draws.below(2)].into(),
                number,
                name: format!("r{}", draws.below(3)),
            };
            Reader::insert(conn, new).unwrap()
        })
        .collect();
    for number in 0..12 {
        let new = NewBook {
            title: format!("b{}", draws.below(5)),
            genre: [Genre::Novel, Genre::Essay][draws.below(2)],
            author_id: draws
                .below(8)
                .checked_sub(1)
                .map(|place| (&authors[place]).into()),
            shelf: [None, Some("x".into()), Some("y".into())][draws.below(3)].clone(),
        };
        let book = Book::insert(conn, new).unwrap();
        for tag in tags.iter().filter(|_| number > 1) {
            if draws.below(2) == 0 {
                book.tags().add(conn, tag).unwrap();
            }
        }
        for reader in &readers[..6] {
            if draws.below(4) == 0 {
                let new = NewLoan {
                    book_id: (&book).into(),
                    reader_region: reader.region.clone(),
                    reader_number: reader.number,
                };
                let loan = Loan::insert(conn, new).unwrap();
                for _ in 0..reader.number % 3 {
                    let new = NewRenewal {
                        book_id: loan.book_id,
                        reader_region: loan.reader_region.clone(),
                        reader_number: loan.reader_number,
                    };
                    Renewal::insert(conn, new).unwrap();
                }
            }
        }
    }
    let clubs =
        ["c", "d", "e"].map(|name| Club::insert(conn, NewClub { name: name.into() }).unwrap());
    for one in &readers[..6] {
        for other in readers[..6].iter().filter(|other| *other != one) {
            if draws.below(3) == 0 {
                one.friends().add(conn, other).unwrap();
            }
            if draws.below(3) == 0 {
                one.follows().add(conn, other).unwrap();
            }
        }
        for year in 0..3 {
            let club = &clubs[draws.below(4).min(2)];
            if draws.below(3) > 0 {
                club.members()
                    .add(conn, one, NewMembership { year })
                    .unwrap();
            }
        }
    }
}

fn in_libraries(test: impl Fn(&Connection)) {
    let open = |conn: &Connection| {
        models::configure(conn).unwrap();
        models::create_tables(conn).unwrap();
    };
    for seed in [1, 7, 42] {
        on_both(open, |conn| {
            fill(conn, seed);
            test(conn);
        });
    }
}

/// Each row once, in the order of a key.
fn once<T, K: Ord>(rows: Vec<T>, key: impl Fn(&T) -> K) -> Vec<T> {
    let rows: BTreeMap<K, T> = rows.into_iter().map(|row| (key(&row), row)).collect();
    rows.into_values().collect()
}

/// Whether two lists have the same rows, none twice.
fn same_rows<T: PartialEq>(one: &[T], other: &[T]) -> bool {
    one.len() == other.len() && one.iter().all(|row| other.contains(row))
}

/// What the relationships after the first `;` lead to from rows, one after the other; `each` before those to one.
macro_rules! walk {
    ($conn:ident, $rows:expr) => { $rows };
    ($conn:ident, $rows:expr, each $hop:path $(, $($rest:tt)+)?) => {{
        let rows = $rows;
        let found = $hop.load($conn, &rows).unwrap();
        walk!($conn, found $(, $($rest)+)?)
    }};
    ($conn:ident, $rows:expr, $hop:path $(, $($rest:tt)+)?) => {{
        let rows = $rows;
        let found = $hop.load($conn, &rows).unwrap();
        walk!($conn, found.into_iter().flatten().collect::<Vec<_>>() $(, $($rest)+)?)
    }};
}

/// That what has to do with a condition finds those of the sources for which `fits`.
macro_rules! finds {
    ($conn:ident, $source:ident, $condition:expr, $fits:expr) => {
        let sources = $source::query().all($conn).unwrap();
        let (yes, no): (Vec<_>, Vec<_>) = sources.into_iter().partition($fits);
        let found = |filter| $source::query().filter(filter).all($conn).unwrap();
        assert!(same_rows(&found($condition), &yes));
        assert!(same_rows(&found($condition.not()), &no));
    };
}

/// That a relationship to many gives what `walk` does, from every row. `key` sorts, `is` asks for one target.
macro_rules! to_many {
    ($conn:ident, $source:ident.$accessor:ident, $rel:path, $target:ident, $is:expr, $key:expr, [$($hops:tt)+] $(, $keep:expr)?) => {
        let sources = $source::query().all($conn).unwrap();
        let targets = $target::query().all($conn).unwrap();
        let walked = |source: &$source| -> Vec<$target> {
            let rows = walk!($conn, vec![source.clone()], $($hops)+);
            $(let rows: Vec<_> = rows.into_iter().filter($keep).collect();)?
            once(rows, $key)
        };
        let expected: Vec<Vec<$target>> = sources.iter().map(walked).collect();
        assert!(expected.iter().any(|rows| rows.len() > 1), "nothing is compared");
        for (source, expected) in sources.iter().zip(&expected) {
            let handle = source.$accessor();
            assert_eq!(handle.all($conn).unwrap(), *expected);
            assert_eq!(handle.query().all($conn).unwrap(), *expected);
            assert_eq!(handle.count($conn).unwrap(), expected.len() as u64);
            for target in &targets {
                let contains = handle.contains($conn, target).unwrap();
                assert_eq!(contains, expected.contains(target));
                let query = handle.query().filter($is(target));
                assert_eq!(query.count($conn).unwrap(), u64::from(contains));
            }
        }
        assert_eq!($rel.load($conn, &sources).unwrap(), expected);
        let pairs = $source::query().with($rel).all($conn).unwrap();
        for (source, found) in &pairs {
            assert_eq!(*found, walked(source));
        }
        let limited = $rel.limit(2).load($conn, &sources).unwrap();
        for (limited, expected) in limited.iter().zip(&expected) {
            assert_eq!(limited[..], expected[..expected.len().min(2)]);
        }
        let shared: Vec<Vec<Arc<$target>>> = $rel.shared().load($conn, &sources).unwrap();
        for (shared, expected) in shared.iter().zip(&expected) {
            assert!(shared.iter().map(|row| &**row).eq(expected));
        }
        finds!($conn, $source, $rel.exists(), |source| !walked(source).is_empty());
        for target in &targets {
            finds!($conn, $source, $rel.any($is(target)), |source| walked(source).contains(target));
        }
        let texts = |sources: &[$source]| db::trace($conn, || drop($rel.load($conn, sources).unwrap()));
        assert!(texts(&sources).is_none_or(|run| run.len() == 1));
        assert_eq!(texts(&sources), texts(&sources[..1]));
    };
}

/// The same of a relationship to one.
macro_rules! to_one {
    ($conn:ident, $source:ident.$accessor:ident, $rel:path, $target:ident, $is:expr, [$($hops:tt)+]) => {
        let sources = $source::query().all($conn).unwrap();
        let walked = |source: &$source| -> Option<$target> {
            let rows: Vec<$target> = walk!($conn, vec![source.clone()], $($hops)+);
            assert!(rows.len() < 2);
            rows.into_iter().next()
        };
        let expected: Vec<Option<$target>> = sources.iter().map(walked).collect();
        assert!(expected.iter().any(Option::is_some), "nothing is compared");
        for (source, expected) in sources.iter().zip(&expected) {
            let found: Option<$target> = source.$accessor().get($conn).unwrap();
            assert_eq!(found, *expected);
        }
        assert_eq!($rel.load($conn, &sources).unwrap(), expected);
        for (source, found) in $source::query().with($rel).all($conn).unwrap() {
            assert_eq!(found, walked(&source));
        }
        let shared: Vec<Option<Arc<$target>>> = $rel.shared().load($conn, &sources).unwrap();
        assert!(shared.iter().map(Option::as_deref).eq(expected.iter().map(Option::as_ref)));
        finds!($conn, $source, $rel.exists(), |source| walked(source).is_some());
        for target in $target::query().all($conn).unwrap() {
            finds!($conn, $source, $rel.any($is(&target)), |source| walked(source).as_ref() == Some(&target));
        }
    };
}

macro_rules! is {
    ($($name:ident: $target:ident, $($column:path = $field:ident),+;)+) => {$(
        fn $name(row: &$target) -> models::support::Filter<$target> {
            let all = [$($column.eq(row.$field.clone())),+];
            all.into_iter().reduce(|one, other| one.and(other)).unwrap()
        }
    )+};
}

is! {
    is_author: Author, author::ID = id;
    is_book: Book, book::ID = id;
    is_tag: Tag, tag::ID = id;
    is_portrait: Portrait, portrait::AUTHOR_ID = author_id;
    is_loan: Loan, loan::BOOK_ID = book_id, loan::READER_REGION = reader_region, loan::READER_NUMBER = reader_number;
    is_reader: Reader, reader::REGION = region, reader::NUMBER = number;
}

fn key(reader: &Reader) -> (String, i32) {
    (reader.region.clone(), reader.number)
}

#[test]
fn over_foreign_keys_to_many() {
    in_libraries(|conn| {
        to_many!(conn, Author.lenders, author::LENDERS, Reader, is_reader,
            |row| Reverse((row.name.clone(), key(row))),
            [author::BOOKS, book::LOANS, each loan::READER]);
        to_many!(conn, Author.essay_lenders, author::ESSAY_LENDERS, Reader, is_reader, key,
            [author::ESSAYS, book::LOANS, each loan::READER]);
        to_many!(conn, Book.readers, book::READERS, Reader, is_reader, key,
            [book::LOANS, each loan::READER]);
        to_many!(conn, Reader.books, reader::BOOKS, Book, is_book, |row| row.id,
            [reader::LOANS, each loan::BOOK]);
        to_many!(conn, Reader.authors, reader::AUTHORS, Author, is_author, |row| row.id,
            [reader::LOANS, each loan::BOOK, book::AUTHOR]);
    });
}

#[test]
fn over_the_same_table_again() {
    in_libraries(|conn| {
        to_many!(
            conn,
            Author.grand_pupils,
            author::GRAND_PUPILS,
            Author,
            is_author,
            |row| row.id,
            [author::PUPILS, author::PUPILS]
        );
        to_many!(
            conn,
            Author.siblings,
            author::SIBLINGS,
            Author,
            is_author,
            |row| (row.name.clone(), row.id),
            [author::MENTOR, author::PUPILS]
        );
        to_many!(
            conn,
            Author.essays_of_pupils,
            author::ESSAYS_OF_PUPILS,
            Book,
            is_book,
            |row| Reverse((row.title.clone(), row.id)),
            [author::PUPILS, author::ESSAYS]
        );
    });
}

#[test]
fn over_columns_that_may_be_null() {
    in_libraries(|conn| {
        to_many!(
            conn,
            Shelf.authors,
            shelf::AUTHORS,
            Author,
            is_author,
            |row| row.id,
            [shelf::BOOKS, book::AUTHOR]
        );
        to_many!(
            conn,
            Shelf.tags,
            shelf::TAGS,
            Tag,
            is_tag,
            |row| row.id,
            [shelf::BOOKS, book::TAGS]
        );
        to_many!(
            conn,
            Book.neighbours,
            book::NEIGHBOURS,
            Book,
            is_book,
            |row| row.id,
            [book::SHELVED, shelf::BOOKS]
        );
    });
}

#[test]
fn over_secondaries() {
    in_libraries(|conn| {
        to_many!(
            conn,
            Author.tags,
            author::TAGS,
            Tag,
            is_tag,
            |row| row.id,
            [author::BOOKS, book::TAGS]
        );
        to_many!(
            conn,
            Author.bright_tags,
            author::BRIGHT_TAGS,
            Tag,
            is_tag,
            |row| row.id,
            [author::BOOKS, book::TAGS],
            |row| row.bright
        );
        to_many!(
            conn,
            Author.essays_by_tags,
            author::ESSAYS_BY_TAGS,
            Book,
            is_book,
            |row| row.id,
            [author::BOOKS, book::TAGS, tag::BOOKS],
            |row| row.genre == Genre::Essay
        );
        to_many!(
            conn,
            Book.related,
            book::RELATED,
            Book,
            is_book,
            |row| row.id,
            [book::TAGS, tag::BOOKS]
        );
        to_many!(
            conn,
            Tag.authors,
            tag::AUTHORS,
            Author,
            is_author,
            |row| row.id,
            [tag::BOOKS, book::AUTHOR]
        );
    });
}

#[test]
fn over_secondaries_of_one_entity_and_with_payload() {
    in_libraries(|conn| {
        to_many!(
            conn,
            Reader.friends_of_friends,
            reader::FRIENDS_OF_FRIENDS,
            Reader,
            is_reader,
            key,
            [reader::FRIENDS, reader::FRIENDS]
        );
        to_many!(
            conn,
            Reader.seen,
            reader::SEEN,
            Reader,
            is_reader,
            key,
            [reader::FOLLOWS, reader::FRIENDS, reader::FOLLOWERS],
            |row| row.region == "north"
        );
        to_many!(
            conn,
            Reader.club_mates,
            reader::CLUB_MATES,
            Reader,
            is_reader,
            key,
            [reader::CLUBS, club::MEMBERS]
        );
        to_many!(conn, Reader.books_of_clubs, reader::BOOKS_OF_CLUBS, Book, is_book, |row| row.id,
            [reader::CLUBS, club::MEMBERS, reader::LOANS, each loan::BOOK]);
        to_many!(
            conn,
            Club.loans,
            club::LOANS,
            Loan,
            is_loan,
            |row| (row.book_id, row.reader_region.clone(), row.reader_number),
            [club::MEMBERS, reader::LOANS]
        );
    });
}

#[test]
fn to_one_where_each_leads_to_one() {
    in_libraries(|conn| {
        to_one!(
            conn,
            Author.grand_mentor,
            author::GRAND_MENTOR,
            Author,
            is_author,
            [author::MENTOR, author::MENTOR]
        );
        to_one!(
            conn,
            Author.mentor_portrait,
            author::MENTOR_PORTRAIT,
            Portrait,
            is_portrait,
            [author::MENTOR, author::PORTRAIT]
        );
        to_one!(conn, Portrait.mentor, portrait::MENTOR, Author, is_author,
            [each portrait::SITTER, author::MENTOR]);
        to_one!(
            conn,
            Book.portrait,
            book::PORTRAIT,
            Portrait,
            is_portrait,
            [book::AUTHOR, author::PORTRAIT]
        );
        to_one!(conn, Loan.author, loan::AUTHOR, Author, is_author,
            [each loan::BOOK, book::AUTHOR]);
        to_one!(conn, Renewal.author, renewal::AUTHOR, Author, is_author,
            [each renewal::LOAN, each loan::BOOK, book::AUTHOR]);
        to_one!(conn, Renewal.essay, renewal::ESSAY, Book, is_book,
            [each renewal::LOAN, loan::ESSAY]);
        // The last one by a `where` of its own.
        for renewal in Renewal::query().all(conn).unwrap() {
            let novel: Option<Book> = renewal.novel().get(conn).unwrap();
            let book = renewal.book().get(conn).unwrap();
            assert_eq!(novel, Some(book).filter(|book| book.genre == Genre::Novel));
        }
    });
}

#[test]
fn to_one_always_where_each_leads_to_one_always() {
    in_libraries(|conn| {
        let renewals = Renewal::query()
            .order_by(renewal::ID.asc())
            .all(conn)
            .unwrap();
        let book = |renewal: &Renewal| Book::get(conn, renewal.book_id).unwrap();
        let books: Vec<Book> = renewals.iter().map(book).collect();
        assert_eq!(renewal::BOOK.load(conn, &renewals).unwrap(), books);
        let shared: Vec<Arc<Book>> = renewal::BOOK.shared().load(conn, &renewals).unwrap();
        assert!(shared.iter().map(|book| &**book).eq(&books));
        let query = || Renewal::query().order_by(renewal::ID.asc());
        let all: Vec<(Renewal, Book, Reader)> = query()
            .with(renewal::BOOK)
            .with(renewal::READER)
            .all(conn)
            .unwrap();
        for ((renewal, book, reader), expected) in all.iter().zip(&books) {
            let key = (renewal.reader_region.clone(), renewal.reader_number);
            assert_eq!(
                (book, key),
                (expected, (reader.region.clone(), reader.number))
            );
            assert_eq!(renewal.book().get(conn).unwrap(), *book);
            assert_eq!(renewal.reader().get(conn).unwrap(), *reader);
        }
        let found = |filter| query().filter(filter).all(conn).unwrap();
        assert_eq!(found(renewal::BOOK.exists()), renewals);
        assert!(found(renewal::READER.exists().not()).is_empty());
        let fits = |renewal: &&Renewal| renewal.book_id == books[0].id;
        let expected: Vec<Renewal> = renewals.iter().filter(fits).cloned().collect();
        assert_eq!(found(renewal::BOOK.any(is_book(&books[0]))), expected);

        // A row on the way has gone since the first one was read.
        Renewal::query().delete(conn).unwrap();
        Loan::query().delete(conn).unwrap();
        let gone = renewals[0].book().get(conn);
        assert!(matches!(gone, Err(Error::NotFound { entity: "Book", .. })));
        let gone = renewal::BOOK.load(conn, &renewals);
        assert!(matches!(gone, Err(Error::NotFound { entity: "Book", .. })));
    });
}

#[test]
fn nested_in_conditions_and_loads() {
    in_libraries(|conn| {
        // What is raw means the columns of the innermost target.
        let lent = author::LENDERS.any(models::raw("name = ?", ("r1",)));
        let expected = author::LENDERS.any(reader::NAME.eq("r1"));
        let found = |filter| Author::query().filter(filter).all(conn).unwrap();
        assert!(same_rows(&found(lent), &found(expected)));
        let deep = author::LENDERS.any(reader::FRIENDS_OF_FRIENDS.any(reader::BOOKS.exists()));
        let deep = found(deep);
        let all = Author::query()
            .with(author::LENDERS.with(reader::FRIENDS_OF_FRIENDS.with(reader::BOOKS)))
            .all(conn)
            .unwrap();
        let expected: Vec<Author> = all
            .into_iter()
            .filter(|(_, readers)| {
                let mut friends = readers.iter().flat_map(|(_, friends)| friends);
                friends.any(|(_, books)| !books.is_empty())
            })
            .map(|(author, _)| author)
            .collect();
        assert!(!expected.is_empty() && same_rows(&deep, &expected));
    });
}
