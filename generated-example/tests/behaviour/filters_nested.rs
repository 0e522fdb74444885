//! Conditions on what is related to related rows, to any depth.

use crate::lib::{self, Author, Book, author, book, card, item, loan, reader};
use crate::on_school;
use crate::queries_data::{fill_library, in_library};
use crate::school::{self, Course, Student};

#[test]
fn through_the_same_table_twice() {
    on_school(|conn| {
        let students = ["a", "b", "c", "d"].map(|name| crate::student(conn, name));
        let courses = ["x", "y", "z"].map(|title| crate::course(conn, title));
        students[0].courses().add_all(conn, &courses[..2]).unwrap();
        students[1].courses().add(conn, &courses[0]).unwrap();
        students[2].courses().add(conn, &courses[2]).unwrap();
        let names = |filter: school::support::Filter<Student>| -> String {
            let query = Student::query()
                .filter(filter)
                .order_by(school::student::ID.asc());
            query
                .all(conn)
                .unwrap()
                .into_iter()
                .map(|row| row.name)
                .collect()
        };
        let (name, title) = (school::student::NAME, school::course::TITLE);
        let mates =
            |of: &str| school::student::COURSES.any(school::course::STUDENTS.any(name.eq(of)));
        assert_eq!(names(mates("b")), "ab");
        assert_eq!(names(mates("b").and(name.ne("b"))), "a");
        assert_eq!(names(mates("d")), "");
        assert_eq!(names(mates("b").not()), "cd");
        let both = school::course::STUDENTS
            .any(name.eq("a"))
            .and(title.ne("x"));
        assert_eq!(names(school::student::COURSES.any(both)), "a");
        let alone = school::course::STUDENTS.any(name.eq("b")).not();
        assert_eq!(names(school::student::COURSES.any(alone)), "ac");
        let deep = school::student::COURSES.any(
            school::course::STUDENTS.any(
                name.eq("a")
                    .and(school::student::COURSES.any(title.eq("y"))),
            ),
        );
        assert_eq!(names(deep), "ab");
        let in_math = courses[0]
            .students()
            .query()
            .filter(school::student::COURSES.any(title.eq("y")));
        assert_eq!(in_math.one(conn).unwrap().name, "a");
        let busy =
            Course::query().filter(school::course::STUDENTS.any(school::student::COURSES.exists()));
        assert_eq!(busy.count(conn).unwrap(), 3);
    });
}

#[test]
fn many_relationships_deep() {
    in_library(|conn| {
        fill_library(conn, 5);
        let borrowed_by = |name: &str| {
            author::BOOKS.any(
                book::ITEMS
                    .any(item::LOANS.any(loan::CARD.any(card::READER.any(reader::NAME.eq(name))))),
            )
        };
        let expected = |name: &str| -> Vec<Author> {
            let by = |row: &lib::Loan| {
                row.card()
                    .get(conn)
                    .unwrap()
                    .reader()
                    .get(conn)
                    .unwrap()
                    .is_some_and(|reader| reader.name == name)
            };
            let lent = |row: &lib::Item| row.loans().all(conn).unwrap().iter().any(by);
            let fits = |row: &Book| row.items().all(conn).unwrap().iter().any(lent);
            let mut authors = Author::query()
                .order_by(author::ID.asc())
                .all(conn)
                .unwrap();
            authors.retain(|row| row.books().all(conn).unwrap().iter().any(fits));
            authors
        };
        let mut sizes = std::collections::BTreeSet::new();
        for reader in lib::Reader::query().all(conn).unwrap() {
            let found = Author::query()
                .filter(borrowed_by(&reader.name))
                .order_by(author::ID.asc());
            let found = found.all(conn).unwrap();
            assert_eq!(found, expected(&reader.name), "{}", reader.name);
            sizes.insert(found.len());
        }
        assert!(sizes.len() > 1, "all alike: {sizes:?}");
        let back = item::BOOK.any(
            book::ITEMS.any(
                item::NUMBER
                    .eq(300)
                    .and(item::BOOK.any(book::ITEMS.exists())),
            ),
        );
        let items = lib::Item::query().filter(back).count(conn).unwrap();
        let books = Book::query()
            .filter(book::ITEMS.any(item::NUMBER.eq(300)))
            .all(conn)
            .unwrap();
        assert_eq!(
            items,
            books
                .iter()
                .map(|book| book.items().count(conn).unwrap())
                .sum::<u64>()
        );
    });
}
