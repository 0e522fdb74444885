//! SQL of the user's own: parameters, and what stands around it.

use crate::db::{self, Connection};
use crate::lib::support::{Filter, Raw};
use crate::lib::{self, Book, Error, Item, Reader, book, item, raw, reader};
use crate::new_book;
use crate::queries_data::in_library;

/// Books of the titles `a`, `b`, `c`, of 1, 2, 3 pages.
fn three(conn: &Connection) {
    for (title, pages) in [("a", 1), ("b", 2), ("c", 3)] {
        let new = lib::NewBook {
            pages,
            ..new_book(title, title)
        };
        Book::insert(conn, new).unwrap();
    }
}

/// The titles of the books that fit, in one word.
fn titles(conn: &Connection, filter: impl lib::support::Condition<Book>) -> String {
    let query = Book::query().filter(filter).order_by(book::ISBN.asc());
    query
        .all(conn)
        .unwrap()
        .iter()
        .map(|book| book.title.as_str())
        .collect()
}

/// Whether a query fails because there are more or fewer arguments than parameters.
fn is_miscounted(conn: &Connection, raw: Raw) -> bool {
    matches!(Book::query().filter(raw).all(conn), Err(Error::Database(_)))
}

#[test]
fn arguments_are_arrays_tuples_or_nothing() {
    in_library(|conn| {
        three(conn);
        assert_eq!(titles(conn, raw("pages > 1", ())), "bc");
        assert_eq!(titles(conn, raw("pages > ?", [1])), "bc");
        assert_eq!(titles(conn, raw("pages > ? AND pages < ?", [1, 3])), "b");
        assert_eq!(titles(conn, raw("title = ? OR pages = ?", ("a", 3))), "ac");
        assert_eq!(titles(conn, raw("title IN (?, ?)", ["a", "b"])), "ab");
        assert_eq!(titles(conn, raw("title = ?", ["a".to_owned()])), "a");
        assert_eq!(titles(conn, raw("title = ?", [&"a".to_owned()])), "a");
        assert_eq!(titles(conn, raw("pages IN (?, ?)", vec![1_i64, 2])), "ab");
        let unknown = raw("coalesce(summary, ?) IS NULL", [None::<String>]);
        assert_eq!(titles(conn, unknown), "abc");
        assert_eq!(titles(conn, raw("?", [true])), "abc");
        let eight = (
            1_i16,
            2_i32,
            3_i64,
            0.5_f32,
            0.5_f64,
            "x",
            false,
            vec![0_u8],
        );
        let sql =
            "?1 + ?2 = ?3 AND ?4 = ?5 AND ?6 = 'x' AND NOT ?7 AND length(?8) = 1 AND pages = ?1";
        assert_eq!(titles(conn, raw(sql, eight)), "a");
        let refused = Book::query().filter(raw("? > 1", [f64::NAN])).count(conn);
        assert!(matches!(refused, Err(Error::Encode { column: "raw", .. })) || db::HOLDS_NAN);
    });
}

#[test]
fn question_marks_in_literals_names_and_comments_are_no_parameters() {
    in_library(|conn| {
        three(conn);
        let everywhere = [
            "'?' <> '??''?' AND title = ?",
            "title = ? AND '''?' = '''?'",
            "title = ? -- ? it's",
            "-- \"?\n title = ?",
            "/* ? ' */ title = ? /* ?2 */",
            "3 - -1 = 8 / 2 AND title = ?",
            "'ä🦀?' <> title AND title = ?",
        ];
        for sql in everywhere.iter().chain(db::MARKS_THAT_ARE_NONE) {
            assert_eq!(titles(conn, raw(*sql, ["b"])), "b", "{sql}");
            assert!(is_miscounted(conn, raw(*sql, ())), "{sql}");
            assert!(is_miscounted(conn, raw(*sql, ["b", "b"])), "{sql}");
        }
    });
}

#[test]
fn numbered_parameters_are_those_of_the_call() {
    in_library(|conn| {
        three(conn);
        let before = || book::TITLE.ne("x").and(book::PAGES.lt(9));
        for filter in [
            raw("title = ?2 AND pages = ?1", (2, "b")).and(before()),
            before().and(raw("title = ?2 AND pages = ?1", (2, "b"))),
            before().and(raw("title = ?1 OR summary = ?1 AND title = ?", ("b", "x"))),
            before().and(raw("title = ?01", ["b"])),
        ] {
            assert_eq!(titles(conn, filter), "b");
        }
        assert!(is_miscounted(conn, raw("title = ?2", ["b"])));
        let twice = raw("title = ?1 AND title = ?1", ["b", "b"]);
        assert!(is_miscounted(conn, twice));
        for wrong in [
            "?0",
            "?18446744073709551615",
            "?18446744073709551616",
            "?99999999999999999999",
        ] {
            for filter in [
                raw(wrong, ()).filter_of_books(),
                before().and(raw(wrong, ())),
                before().and(raw(wrong, [7])),
            ] {
                let failed = Book::query().filter(filter).all(conn);
                assert!(
                    matches!(failed, Err(Error::Database(_))),
                    "{wrong}: {failed:?}"
                );
            }
        }
    });
}

trait FilterOfBooks {
    fn filter_of_books(self) -> Filter<Book>;
}

impl FilterOfBooks for Raw {
    fn filter_of_books(self) -> Filter<Book> {
        lib::support::Condition::filter(self)
    }
}

#[test]
fn names_of_parameters_are_refused() {
    in_library(|conn| {
        three(conn);
        for sql in [
            "title <> :name",
            "$name IS NULL",
            "title = ? AND :x IS NULL",
        ] {
            let args = if sql.contains('?') {
                vec!["a"]
            } else {
                Vec::new()
            };
            let failed = Book::query().filter(raw(sql, args)).all(conn);
            assert!(
                matches!(failed, Err(Error::Database(_))),
                "{sql}: {failed:?}"
            );
        }
    });
}

#[test]
fn it_stands_among_typed_filters() {
    in_library(|conn| {
        three(conn);
        let either = || raw("pages = ? OR pages = ?", [1, 3]);
        assert_eq!(titles(conn, book::TITLE.ge("b").and(either())), "c");
        assert_eq!(titles(conn, either().and(book::TITLE.ge("b"))), "c");
        assert_eq!(titles(conn, book::TITLE.eq("b").or(either())), "abc");
        assert_eq!(titles(conn, either().not()), "b");
        assert_eq!(
            titles(
                conn,
                either()
                    .and(either())
                    .and(either())
                    .and(book::TITLE.lt("b"))
            ),
            "a"
        );
        let between = book::PAGES
            .lt(3)
            .and(raw("title <> ? -- the last?", ["a"]))
            .and(book::ISBN.gt("a"));
        assert_eq!(titles(conn, between), "b");
        let query = Book::query()
            .filter(raw("pages > ? --", [1]))
            .filter(book::PAGES.lt(3));
        assert_eq!(
            query
                .order_by(book::ISBN.asc())
                .limit(5)
                .count(conn)
                .unwrap(),
            1
        );
        let listed = book::TITLE
            .in_(["a", "b"])
            .and(raw("title <> ?", ["b"]))
            .and(book::TITLE.not_in(["c"]));
        assert_eq!(titles(conn, listed), "a");
    });
}

#[test]
fn in_a_query_of_a_handle_and_behind_a_row() {
    in_library(|conn| {
        three(conn);
        let first = Book::get(conn, "a".into()).unwrap();
        for number in 1..=4 {
            crate::item(conn, &first, number);
        }
        let query = || first.items().query().filter(raw("number + ? > ?", [1, 2]));
        assert_eq!(query().count(conn).unwrap(), 3);
        let second = Item::get(conn, ("a".into(), 2)).unwrap();
        let behind = query()
            .filter(item::NUMBER.ne(4))
            .after(&second)
            .all(conn)
            .unwrap();
        assert_eq!(
            behind.iter().map(|item| item.number).collect::<Vec<_>>(),
            [3]
        );
        let changed = query()
            .filter(raw("number < ?", [4]))
            .update(conn, item::DAMAGED.set(raw("number > ? - 1", [3])));
        assert_eq!(changed.unwrap(), 2);
        let damaged = Item::query()
            .filter(item::DAMAGED.eq(true))
            .one(conn)
            .unwrap();
        assert_eq!(damaged.number, 3);
    });
}

#[test]
fn inside_a_condition_on_related_rows() {
    in_library(|conn| {
        three(conn);
        let (first, second) = (
            Book::get(conn, "a".into()).unwrap(),
            Book::get(conn, "b".into()).unwrap(),
        );
        let items = [crate::item(conn, &first, 1), crate::item(conn, &second, 2)];
        let reader = crate::reader(conn, "Ann");
        reader.reservations().add_all(conn, &items).unwrap();
        let found = book::PAGES
            .lt(3)
            .and(book::ITEMS.any(raw("number > ? --", [1])))
            .and(book::TITLE.ne("x"));
        assert_eq!(titles(conn, found), "b");
        // The link has columns of these names too.
        let waits = |number: i16| {
            reader::RESERVATIONS.any(raw("items.number = ? AND items.isbn <> ?", (number, "c")))
        };
        let count = |filter| Reader::query().filter(filter).count(conn).unwrap();
        assert_eq!(
            (count(waits(2)), count(waits(3)), count(waits(3).not())),
            (1, 0, 1)
        );
        let correlated = book::ITEMS.any(raw("items.number = books.pages", ()));
        assert_eq!(titles(conn, correlated), "ab");
    });
}

#[test]
fn what_is_no_condition_is_an_error() {
    in_library(|conn| {
        three(conn);
        for sql in [
            "",
            "title =",
            "nonsense = 1",
            "true; DELETE FROM books",
            "true /*",
            "'",
        ] {
            let query = Book::query()
                .filter(raw(sql, ()))
                .filter(book::TITLE.eq("a"));
            let result = query.all(conn);
            assert!(
                matches!(result, Err(Error::Database(_))),
                "{sql}: {result:?}"
            );
        }
        assert_eq!(Book::query().count(conn).unwrap(), 3);
    });
}
