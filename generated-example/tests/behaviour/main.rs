//! Every kind of accessor, on databases in memory and on disk.

#![deny(warnings)]
#![expect(
    clippy::cloned_ref_to_slice_refs,
    reason = "expected rows read best as a list"
)]

mod aggregates;
mod bulk_changes;
mod bulk_changes_related;
mod bulk_insert;
mod chinook;
mod computed;
mod conditions;
mod conditions_links;
mod corners_keys;
mod corners_values;
mod eager;
mod eager_nested;
mod eager_queries;
mod enums;
mod errors;
mod extras;
mod failures;
mod filters;
mod filters_joined;
mod filters_nested;
mod filters_raw;
mod filters_related;
mod hostile_values;
mod includes;
mod itself;
mod itself_unit;
mod links;
mod links_of_one;
mod links_several;
mod links_shared;
mod mixins;
mod northwind;
mod nullable_keys;
/// What rusqlite alone has: traces, several threads, connections used by two at once.
mod of_rusqlite;
/// What is said in SQL of SQLite.
mod of_sqlite;
mod overlapping_keys;
mod overlapping_unit;
mod paging;
mod payload;
mod private;
mod queries;
mod queries_data;
mod reference;
mod rows;
mod sakila;
mod school_links;
mod several_ways;
mod symmetric;
mod symmetric_ways;
mod through;
mod times;
mod to_many;
mod to_one;
mod unit;
mod unit_changes;
mod unit_failures;
mod unit_to_one;
mod upserts;
mod user_types;
mod versions;
mod versions_handles;
mod versions_unit;
mod walk;

/// The types that the spec of user types names.
#[path = "../../../tests/own_types/own.rs"]
mod own;

/// The database, and how it is asked.
#[path = "../db/mod.rs"]
mod db;

use db::{Connection, library as lib, number, on_both};

/// The tutorial.
mod school {
    include!(concat!(env!("OUT_DIR"), "/school.rs"));
}

/// What a natural schema seldom has.
mod corners {
    include!(concat!(env!("OUT_DIR"), "/corners.rs"));
}

/// Entities that refer to themselves.
mod tree {
    include!(concat!(env!("OUT_DIR"), "/tree.rs"));
}

fn on_school(test: impl Fn(&Connection)) {
    let open = |conn: &Connection| {
        school::configure(conn).unwrap();
        school::create_tables(conn).unwrap();
    };
    on_both(open, test);
}

fn on_library(test: impl Fn(&Connection)) {
    let open = |conn: &Connection| {
        lib::configure(conn).unwrap();
        lib::create_tables(conn).unwrap();
    };
    on_both(open, test);
}

fn on_corners(test: impl Fn(&Connection)) {
    let open = |conn: &Connection| {
        corners::configure(conn).unwrap();
        corners::create_tables(conn).unwrap();
    };
    on_both(open, test);
}

/// A student of the school.
/// That a key is the one that was there already: its columns or its name, as the database tells.
fn is_key(columns: &[String], constraint: Option<&str>, expected: &[&str], name: &str) {
    if db::TELLS_COLUMNS {
        assert_eq!(columns, expected);
    } else {
        assert_eq!(constraint, Some(name));
    }
}

fn student(conn: &Connection, name: &str) -> school::Student {
    school::Student::insert(conn, school::NewStudent { name: name.into() }).unwrap()
}

/// A course of the school.
fn course(conn: &Connection, title: &str) -> school::Course {
    school::Course::insert(
        conn,
        school::NewCourse {
            title: title.into(),
        },
    )
    .unwrap()
}

fn decimal(text: &str) -> rust_decimal::Decimal {
    text.parse().unwrap()
}

/// A book of the library with nothing but what it needs.
fn new_book(isbn: &str, title: &str) -> lib::NewBook {
    lib::NewBook {
        isbn: isbn.into(),
        title: title.into(),
        pages: 100,
        price: decimal("9.99"),
        published: None,
        rating: None,
        weight: None,
        summary: None,
        cover: None,
        details: None,
        subject_id: None,
    }
}

fn book(conn: &Connection, isbn: &str) -> lib::Book {
    lib::Book::insert(conn, new_book(isbn, isbn)).unwrap()
}

fn item(conn: &Connection, book: &lib::Book, number: i16) -> lib::Item {
    let new = lib::NewItem {
        isbn: book.into(),
        number,
        acquired: None,
        damaged: None,
        branch_code: None,
    };
    lib::Item::insert(conn, new).unwrap()
}

fn branch(conn: &Connection, code: &str) -> lib::Branch {
    let new = lib::NewBranch {
        code: code.into(),
        name: code.into(),
        opens: None,
        closes: None,
    };
    lib::Branch::insert(conn, new).unwrap()
}

fn reader(conn: &Connection, name: &str) -> lib::Reader {
    let new = lib::NewReader {
        id: None,
        name: name.into(),
        email: None,
        joined: None,
        points: None,
        note: None,
    };
    lib::Reader::insert(conn, new).unwrap()
}

fn card(conn: &Connection, number: &str) -> lib::Card {
    let new = lib::NewCard {
        number: number.into(),
        chip: vec![0, 1, 254, 255],
        reader_id: None,
    };
    lib::Card::insert(conn, new).unwrap()
}

fn loan(conn: &Connection, card: &lib::Card, item: &lib::Item) -> lib::Loan {
    let new = lib::NewLoan {
        card_number: card.number.clone(),
        isbn: item.isbn.clone(),
        item_number: item.number,
        due: chrono::NaiveDate::from_ymd_opt(2026, 12, 24).unwrap(),
        returned: None,
        fine: None,
    };
    lib::Loan::insert(conn, new).unwrap()
}
