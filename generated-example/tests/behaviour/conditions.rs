//! Relationships with a `where`, over foreign keys: what reads skips the rows that do not fit, what writes makes them fit.

use crate::db::Connection;

use crate::{number, on_both};

pub mod models {
    include!(concat!(env!("OUT_DIR"), "/conditions.rs"));
}
use models::{
    Article, Author, AuthorPatch, Book, Error, Genre, Magazine, NewArticle, NewAuthor, NewBook,
    NewMagazine, NewPicture, NewSketch, NewWriter, Picture, Sketch, UnitOfWork, Writer, author,
    book,
};

pub fn on_conditions(test: impl Fn(&Connection)) {
    let open = |conn: &Connection| {
        models::configure(conn).unwrap();
        models::create_tables(conn).unwrap();
    };
    on_both(open, test);
}

pub fn author(conn: &Connection, name: &str) -> Author {
    let new = NewAuthor {
        name: name.into(),
        active: None,
        deleted_at: None,
        teacher_id: None,
    };
    Author::insert(conn, new).unwrap()
}

pub fn book(conn: &Connection, title: &str, genre: Genre, author: &Author) -> Book {
    let new = NewBook {
        title: title.into(),
        genre,
        printed_on: None,
        price: None,
        pages: None,
        author_id: author.into(),
        editor_id: None,
    };
    Book::insert(conn, new).unwrap()
}

fn patched(conn: &Connection, author: &Author, patch: AuthorPatch) -> Author {
    author.update(conn, patch).unwrap()
}

fn titles(books: Vec<Book>) -> Vec<String> {
    books.into_iter().map(|book| book.title).collect()
}

#[test]
fn what_reads_skips_what_does_not_fit() {
    on_conditions(|conn| {
        let (ada, bo) = (author(conn, "Ada"), author(conn, "Bo"));
        let novel = book(conn, "A", Genre::Novel, &ada);
        let first = book(conn, "B", Genre::Essay, &ada);
        let second = book(conn, "C", Genre::Essay, &ada);
        book(conn, "D", Genre::Novel, &bo);

        assert_eq!(titles(ada.essays().all(conn).unwrap()), ["C", "B"]);
        assert_eq!(ada.essays().count(conn).unwrap(), 2);
        assert!(ada.essays().contains(conn, &first).unwrap());
        assert!(!ada.essays().contains(conn, &novel).unwrap());
        let query = || ada.essays().query();
        assert_eq!(titles(query().all(conn).unwrap()), ["C", "B"]);
        let late = query().filter(book::TITLE.gt("A")).order_by(book::ID.asc());
        assert_eq!(titles(late.all(conn).unwrap()), ["B", "C"]);
        assert_eq!(query().filter(book::TITLE.eq("A")).count(conn).unwrap(), 0);

        let names = |filter| -> Vec<String> {
            let found = Author::query().filter(filter).all(conn).unwrap();
            found.into_iter().map(|author| author.name).collect()
        };
        assert_eq!(names(author::ESSAYS.exists()), ["Ada"]);
        assert_eq!(names(author::ESSAYS.exists().not()), ["Bo"]);
        assert_eq!(names(author::ESSAYS.any(book::TITLE.eq("B"))), ["Ada"]);
        let either = book::TITLE.eq("A").or(book::TITLE.eq("D"));
        assert!(names(author::ESSAYS.any(either)).is_empty());

        let loaded: Vec<(Author, Vec<Book>)> = Author::query()
            .order_by(author::ID.asc())
            .with(author::ESSAYS)
            .all(conn)
            .unwrap();
        assert_eq!(loaded[0].1, [second.clone(), first]);
        assert!(loaded[1].1.is_empty());
        let limited: Vec<(Author, Vec<Book>)> = Author::query()
            .with(author::ESSAYS.limit(1))
            .all(conn)
            .unwrap();
        assert_eq!(limited[0].1, [second]);
        // Changes and deletes of a handle's query stay within.
        let changed = query().update(conn, book::PAGES.set(7)).unwrap();
        assert_eq!((changed, query().delete(conn).unwrap()), (2, 2));
        assert_eq!(number(conn, "SELECT count(*) FROM books"), 2);
    });
}

#[test]
fn what_is_added_is_made_to_fit() {
    on_conditions(|conn| {
        let (ada, bo) = (author(conn, "Ada"), author(conn, "Bo"));
        let novel = book(conn, "A", Genre::Novel, &ada);
        // It has the key, and is not there yet.
        assert!(ada.essays().add(conn, &novel).unwrap());
        let essay = Book::get(conn, novel.id).unwrap();
        assert_eq!((essay.genre, essay.revision), (Genre::Essay, 2));
        assert!(!ada.essays().add(conn, &essay).unwrap());
        assert_eq!(Book::get(conn, novel.id).unwrap().revision, 2);
        match ada.essays().add(conn, &novel) {
            Ok(false) => {}
            other => panic!("there already, whatever version is held: {other:?}"),
        }

        let others = [
            book(conn, "B", Genre::Novel, &bo),
            book(conn, "C", Genre::Essay, &bo),
            essay,
        ];
        assert_eq!(ada.essays().add_all(conn, &others).unwrap(), 2);
        assert_eq!(titles(ada.essays().all(conn).unwrap()), ["C", "B", "A"]);

        let gone = book(conn, "X", Genre::Novel, &bo);
        gone.clone().delete(conn).unwrap();
        assert!(matches!(
            ada.essays().add(conn, &gone),
            Err(Error::NotFound { .. })
        ));
        assert!(matches!(
            ada.essays().add_all(conn, [&gone]),
            Err(Error::NotFound { .. })
        ));
    });
}

#[test]
fn a_unit_of_work_makes_rows_fit() {
    on_conditions(|conn| {
        let ada = author(conn, "Ada");
        let mut work = UnitOfWork::new();
        let pending = work.insert(NewBook {
            title: "A".into(),
            genre: Genre::Novel,
            printed_on: chrono::NaiveDate::from_ymd_opt(2026, 5, 1),
            price: None,
            pages: None,
            author_id: (&ada).into(),
            editor_id: None,
        });
        work.link(author::DRAFTS, &ada, [pending]);
        let done = work.commit(conn).unwrap();
        let draft = Book::get(conn, done.key(pending)).unwrap();
        assert_eq!(
            (draft.genre, draft.printed_on, draft.editor_id),
            (Genre::Essay, None, Some(ada.id))
        );
        assert_eq!(draft.price.unwrap().to_string(), "9.50");

        let mut work = UnitOfWork::new();
        work.link(author::DRAFTS, &ada, [&draft]);
        work.commit(conn).unwrap();
        assert_eq!(Book::get(conn, draft.id).unwrap(), draft);
        let mut work = UnitOfWork::new();
        work.unlink(author::DRAFTS, &ada, [&draft]);
        work.commit(conn).unwrap();
        let apart = Book::get(conn, draft.id).unwrap();
        assert_eq!((apart.editor_id, apart.price), (None, draft.price));
    });
}

#[test]
fn what_is_taken_away_did_fit() {
    on_conditions(|conn| {
        let ada = author(conn, "Ada");
        let novel = book(conn, "A", Genre::Novel, &ada);
        let drafts = [
            book(conn, "B", Genre::Novel, &ada),
            book(conn, "C", Genre::Novel, &ada),
        ];
        ada.edited().add(conn, &novel).unwrap();
        ada.drafts().add_all(conn, &drafts).unwrap();
        let count = || ada.edited().count(conn).unwrap();
        let stored = |book: &Book| Book::get(conn, book.id).unwrap();

        assert!(!ada.drafts().remove(conn, &stored(&novel)).unwrap());
        assert!(ada.drafts().remove(conn, &stored(&drafts[0])).unwrap());
        assert_eq!(count(), 2);
        ada.drafts().set(conn, [&stored(&drafts[0])]).unwrap();
        assert_eq!(titles(ada.edited().all(conn).unwrap()), ["A", "B"]);
        // The one that was left out keeps what it holds.
        assert_eq!(stored(&drafts[1]).genre, Genre::Essay);
        assert_eq!(ada.drafts().clear(conn).unwrap(), 1);
        assert_eq!(titles(ada.edited().all(conn).unwrap()), ["A"]);
    });
}

#[test]
fn rows_of_one_entity_are_told_apart() {
    on_conditions(|conn| {
        let (ada, bo) = (author(conn, "Ada"), author(conn, "Bo"));
        let idle = AuthorPatch {
            active: Some(false),
            teacher_id: Some(Some(ada.id)),
            ..Default::default()
        };
        let bo = patched(conn, &bo, idle);
        assert_eq!(ada.pupils().count(conn).unwrap(), 0);
        let none: Vec<Vec<Author>> = author::PUPILS.load(conn, &[ada.clone()]).unwrap();
        assert!(none[0].is_empty());
        assert!(ada.pupils().add(conn, &bo).unwrap());
        let bo = Author::get(conn, bo.id).unwrap();
        assert!(bo.active);
        let taught = Author::query().filter(author::PUPILS.any(author::NAME.eq("Bo")));
        assert_eq!(taught.all(conn).unwrap(), [ada]);
    });
}

#[test]
fn one_row_or_none() {
    on_conditions(|conn| {
        let (ada, bo) = (author(conn, "Ada"), author(conn, "Bo"));
        let picture = |owner: Option<&Author>| {
            let new = NewPicture {
                kind: "landscape".into(),
                owner_id: owner.map(Into::into),
            };
            Picture::insert(conn, new).unwrap()
        };
        let landscape = picture(Some(&ada));
        assert_eq!(ada.portrait().get(conn).unwrap(), None);
        assert_eq!(
            Author::query()
                .filter(author::PORTRAIT.exists())
                .count(conn)
                .unwrap(),
            0
        );
        // It has the place, does not fit, and so is not taken from it.
        let other = picture(None);
        assert!(matches!(
            ada.portrait().set(conn, Some(&other)),
            Err(Error::UniqueViolation { .. })
        ));
        assert_eq!(ada.portrait().set(conn, None).unwrap(), None);
        assert_eq!(Picture::get(conn, landscape.id).unwrap(), landscape);

        let portrait = bo.portrait().set(conn, Some(&other)).unwrap().unwrap();
        assert_eq!(portrait.kind, "it's a \"portrait\"");
        assert_eq!(bo.portrait().get(conn).unwrap(), Some(portrait.clone()));
        let next = bo.portrait().set(conn, Some(&landscape)).unwrap();
        assert_eq!(Picture::get(conn, portrait.id).unwrap().owner_id, None);
        let loaded = author::PORTRAIT
            .load(conn, &[ada.clone(), bo.clone()])
            .unwrap();
        assert_eq!(loaded, [None, next]);
        bo.portrait().set(conn, None).unwrap();
        assert_eq!(bo.portrait().get(conn).unwrap(), None);

        // What the database computes is read.
        let sketch = |text: &str, owner: &Author| {
            let new = NewSketch {
                owner_id: owner.into(),
                text: text.into(),
            };
            Sketch::insert(conn, new).unwrap()
        };
        let empty = sketch("", &ada);
        sketch("x", &bo);
        assert_eq!(ada.sketch().get(conn).unwrap(), Some(empty.clone()));
        assert_eq!(bo.sketch().get(conn).unwrap(), None);
        let loaded: Vec<(Author, Option<Sketch>)> =
            Author::query().with(author::SKETCH).all(conn).unwrap();
        assert_eq!((&loaded[0].1, &loaded[1].1), (&Some(empty), &None));
        let some = Author::query().filter(author::SKETCH.exists());
        assert_eq!(some.all(conn).unwrap(), [ada]);
    });
}

#[test]
fn a_foreign_key_leads_to_a_row_that_fits_or_nowhere() {
    on_conditions(|conn| {
        let (ada, bo) = (author(conn, "Ada"), author(conn, "Bo"));
        let gone = AuthorPatch {
            deleted_at: Some(Some(chrono::DateTime::UNIX_EPOCH)),
            active: Some(false),
            ..Default::default()
        };
        let bo = patched(conn, &bo, gone);
        let mine = book(conn, "A", Genre::Novel, &ada);
        let lost = book(conn, "B", Genre::Novel, &bo);
        assert_eq!(mine.living_author().get(conn).unwrap(), Some(ada.clone()));
        assert_eq!(lost.living_author().get(conn).unwrap(), None);
        let found = Book::query().filter(book::LIVING_AUTHOR.exists());
        assert_eq!(found.all(conn).unwrap(), [mine.clone()]);
        let found = Book::query().filter(book::LIVING_AUTHOR.any(author::ID.gt(0)).not());
        assert_eq!(found.all(conn).unwrap(), [lost.clone()]);
        let loaded: Vec<(Book, Option<Author>)> =
            Book::query().with(book::LIVING_AUTHOR).all(conn).unwrap();
        assert_eq!((&loaded[0].1, &loaded[1].1), (&Some(ada.clone()), &None));

        // It is set to a row that fits alone.
        let found = lost.living_author().set(conn, &ada).unwrap();
        assert_eq!(found.author_id, ada.id);
        let refused = found.living_author().set(conn, &bo);
        assert!(matches!(refused, Err(Error::ForeignKeyViolation { .. })));
        let edited = found.active_editor().set(conn, Some(&ada)).unwrap();
        assert_eq!(edited.editor_id, Some(ada.id));
        let refused = edited.active_editor().set(conn, Some(&bo));
        assert!(matches!(refused, Err(Error::ForeignKeyViolation { .. })));
        let mut work = UnitOfWork::new();
        work.set(book::ACTIVE_EDITOR, &edited, Some(&bo));
        let refused = work.commit(conn).map(|_| ());
        assert!(matches!(refused, Err(Error::ForeignKeyViolation { .. })));
        let none = edited.active_editor().set(conn, None).unwrap();
        assert_eq!(none.editor_id, None);
    });
}

#[test]
fn a_shared_column_must_agree_before_the_values_are_written() {
    on_conditions(|conn| {
        let magazine = || Magazine::insert(conn, NewMagazine {}).unwrap();
        let (one, two) = (magazine(), magazine());
        let writer = |magazine: &Magazine| {
            let new = NewWriter {
                magazine_id: magazine.into(),
                number: 1,
            };
            Writer::insert(conn, new).unwrap()
        };
        let article = |magazine: &Magazine, number: i32| {
            let new = NewArticle {
                magazine_id: magazine.into(),
                number,
                kind: None,
                writer_number: None,
            };
            Article::insert(conn, new).unwrap()
        };
        let (ours, theirs) = (writer(&one), writer(&two));
        let news = [article(&one, 1), article(&one, 2)];
        assert_eq!(ours.news().add_all(conn, &news).unwrap(), 2);
        let stored = Article::get(conn, (one.id, 2)).unwrap();
        assert_eq!(stored.kind.as_deref(), Some("news"));
        assert_eq!(stored.writer_number, Some(1));
        let refused = theirs.news().add(conn, &stored);
        assert!(matches!(refused, Err(Error::ForeignKeyViolation { .. })));
        assert_eq!(ours.news().count(conn).unwrap(), 2);
        assert!(ours.news().remove(conn, &stored).unwrap());
        assert_eq!(ours.news().all(conn).unwrap().len(), 1);
    });
}
