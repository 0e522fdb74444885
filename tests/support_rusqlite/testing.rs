//! That tests of relationships fail where a relationship is not what it should be: over statements written by hand, right
//! ones and wrong ones.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::school::Student;
use super::support::testing::{self, OnDelete};
use super::support::{ManyToMany, Rel, ToManySql};

const SCHEMA_SQL: &str = r#"
CREATE TABLE "students" ("id" INTEGER PRIMARY KEY NOT NULL, "name" TEXT NOT NULL) STRICT;
CREATE TABLE "follows" (
    "a" INTEGER NOT NULL REFERENCES "students" ON DELETE CASCADE,
    "b" INTEGER NOT NULL REFERENCES "students" ON DELETE CASCADE,
    PRIMARY KEY ("a", "b")
) STRICT;
"#;

const ROWS: &[&str] = &[
    "INSERT INTO follows VALUES (2, 3)",
    "INSERT INTO students VALUES (1, 'a'), (2, 'b'), (3, 'c')",
];

/// The statements from side `here`, the other one being `there`.
fn statements(here: &str, there: &str) -> ToManySql {
    let text = |text: &str| -> &'static str {
        let text = text.replace("@here", here).replace("@there", there);
        Box::leak(text.into_boxed_str())
    };
    ToManySql {
        load: text(
            "SELECT s.id, s.name, k.key FROM json_each(?1) k JOIN follows f ON f.@here = k.value JOIN students s ON s.id = f.@there ORDER BY k.key, s.id",
        ),
        sorts: true,
        all: text(
            "SELECT id, name FROM students WHERE id IN (SELECT @there FROM follows WHERE @here = ?1) ORDER BY id",
        ),
        count: text("SELECT count(*) FROM follows WHERE @here = ?1"),
        contains: text("SELECT EXISTS (SELECT 1 FROM follows WHERE @here = ?1 AND @there = ?2)"),
        add: text("INSERT INTO follows (@here, @there) VALUES (?1, ?2) ON CONFLICT DO NOTHING"),
        add_all: text(
            "INSERT INTO follows (@here, @there) SELECT ?1, value FROM json_each(?2) WHERE true ON CONFLICT DO NOTHING",
        ),
        remove: text("DELETE FROM follows WHERE @here = ?1 AND @there = ?2"),
        retain: text(
            "DELETE FROM follows WHERE @here = ?1 AND @there NOT IN (SELECT value FROM json_each(?2))",
        ),
        clear: text("DELETE FROM follows WHERE @here = ?1"),
        ..ToManySql::NONE
    }
}

fn rel(sql: ToManySql) -> Rel<Student, Student, ManyToMany> {
    Rel::new(Box::leak(Box::new(sql)))
}

/// What the test says of a relationship that has `sql`, and that is read over `back` from the other side.
fn said(sql: ToManySql, back: ToManySql, on_delete: OnDelete) -> Result<(), String> {
    let conn = testing::database(SCHEMA_SQL, ROWS);
    let tested = testing::of(&conn, rel(sql)).seen_from(rel(back));
    let tested = tested.links("follows").on_delete(on_delete);
    let test = AssertUnwindSafe(|| tested.test());
    catch_unwind(test).map_err(|panic| match panic.downcast::<String>() {
        Ok(words) => *words,
        Err(panic) => panic
            .downcast_ref::<&str>()
            .copied()
            .unwrap_or_default()
            .to_owned(),
    })
}

#[test]
fn what_is_right_passes() {
    let (here, there) = (|| statements("a", "b"), || statements("b", "a"));
    assert_eq!(said(here(), there(), OnDelete::Cascade), Ok(()));
    assert_eq!(said(there(), here(), OnDelete::Cascade), Ok(()));
}

#[test]
fn what_is_wrong_is_told() {
    let sound = || statements("a", "b");
    let wrong = [
        (
            "loaded beside other rows",
            ToManySql {
                load: "SELECT s.id, s.name, k.key FROM json_each(?1) k JOIN follows f ON f.a = k.value JOIN students s ON s.id = f.b WHERE k.key = 0",
                ..sound()
            },
        ),
        (
            "adding a row changes something",
            ToManySql {
                add: "INSERT INTO follows SELECT ?1, ?2 WHERE false",
                ..sound()
            },
        ),
        (
            "follows",
            ToManySql {
                add: "INSERT INTO follows VALUES (?1, ?2)",
                ..sound()
            },
        ),
        (
            "after `add`",
            ToManySql {
                add: "INSERT INTO follows VALUES (?2, ?1) ON CONFLICT DO NOTHING",
                ..sound()
            },
        ),
        (
            "after `set`",
            ToManySql {
                retain: "DELETE FROM follows WHERE a = ?1 AND ?2 = ''",
                ..sound()
            },
        ),
        (
            "`count` counts the rows",
            ToManySql {
                count: "SELECT count(*) FROM follows WHERE ?1 < 0",
                ..sound()
            },
        ),
        (
            "`contains` finds the row",
            ToManySql {
                contains: "SELECT ?1 = ?2",
                ..sound()
            },
        ),
        (
            "`remove` takes away",
            ToManySql {
                remove: "DELETE FROM follows WHERE a = ?1 AND b = -?2",
                ..sound()
            },
        ),
        (
            "`add_all` adds all",
            ToManySql {
                add_all: "INSERT INTO follows SELECT ?1, value FROM json_each(?2) LIMIT 1",
                ..sound()
            },
        ),
        (
            "`clear` takes all away",
            ToManySql {
                clear: "DELETE FROM follows WHERE a = ?1 AND b < 3",
                ..sound()
            },
        ),
    ];
    for (expected, sql) in wrong {
        let words = said(sql, statements("b", "a"), OnDelete::Cascade).expect_err(expected);
        assert!(words.contains(expected), "{expected}: {words}");
    }
}

#[test]
fn another_relationship_is_not_the_other_side() {
    let words = said(
        statements("a", "b"),
        statements("a", "b"),
        OnDelete::Cascade,
    );
    let words = words.expect_err("it is the same side");
    assert!(words.contains("from the other side"), "{words}");
}

#[test]
fn what_becomes_of_links_is_told() {
    let (here, there) = (statements("a", "b"), statements("b", "a"));
    let words = said(here, there, OnDelete::Refused).expect_err("links go with their rows");
    assert!(words.contains("is not deleted"), "{words}");
}

#[test]
fn rows_that_are_refused_are_told_with_a_way_out() {
    let refused = AssertUnwindSafe(|| testing::database(SCHEMA_SQL, &ROWS[..1]));
    let panic = catch_unwind(refused).expect_err("nobody is there to follow");
    let words = panic.downcast::<String>().expect("words");
    assert!(words.contains("`example`"), "{words}");
}
