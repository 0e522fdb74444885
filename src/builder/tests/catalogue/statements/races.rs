//! Two connections that write at once.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use super::databases::{Database, OnMysql, OnPostgres};
use super::scene::{NO, Scene, keys, values};

#[test]
#[ignore = "needs PostgreSQL: tests/run --install brings it"]
fn one_of_two_sets_is_the_last_on_postgres() {
    let first = OnPostgres::new();
    let second = first.beside();
    one_of_two_sets_is_the_last(first, second);
}

#[test]
#[ignore = "needs MariaDB: tests/run --install brings it"]
fn one_of_two_sets_is_the_last_on_mysql() {
    let first = OnMysql::new();
    let second = first.beside();
    one_of_two_sets_is_the_last(first, second);
}

/// The time in which a statement would have been done that has not to wait.
const A_WHILE: Duration = Duration::from_millis(300);

/// Does something with the second connection, and with the first when the second waits for it.
fn wait_for(mut first: impl FnMut(), second: impl FnOnce() + Send) {
    let (done, is_done) = mpsc::channel();
    thread::scope(|scope| {
        scope.spawn(move || {
            second();
            // Nobody listens any more where it had to wait.
            let _ = done.send(());
        });
        let waits = is_done.recv_timeout(A_WHILE).is_err();
        first();
        assert!(waits, "the second one waits for the first");
    });
}

fn one_of_two_sets_is_the_last(mut first: impl Database, mut second: impl Database + Send) {
    for (spec, path, all) in [
        (
            "school",
            "Student.courses",
            "SELECT course_id FROM student_course ORDER BY course_id",
        ),
        (
            "versions",
            "Folder.documents",
            "SELECT id FROM documents WHERE folder_id = 1 ORDER BY id",
        ),
    ] {
        let mut here = Scene::new(spec, &mut first);
        here.given(if spec == "school" {
            "INSERT INTO students (id, name) VALUES (1, 's');
             INSERT INTO courses (id, title) VALUES (1, 'a'), (2, 'b'), (3, 'c')"
        } else {
            "INSERT INTO folders (id, name) VALUES (1, 's');
             INSERT INTO documents (id, title) VALUES (1, 'a'), (2, 'b'), (3, 'c')"
        });
        let sql = here.many(path);
        here.set("before", &sql, &[1.into(), keys(&[1])]);
        here.given("BEGIN");
        here.open_set("first", &sql, &[1.into(), keys(&[2])]);
        let second = &mut second;
        wait_for(
            || here.given("COMMIT"),
            move || {
                let mut there = Scene::again(spec, second);
                let sql = there.many(path);
                there.set("second", &sql, &[1.into(), keys(&[3])]);
            },
        );
        assert_eq!(here.run(all, &[]).expect(all).rows, ["3"], "{path}");
    }
}

#[test]
#[ignore = "needs PostgreSQL: tests/run --install brings it"]
fn what_is_added_twice_is_there_once_on_postgres() {
    let first = OnPostgres::new();
    let second = first.beside();
    what_is_added_twice_is_there_once(first, second);
}

#[test]
#[ignore = "needs MariaDB: tests/run --install brings it"]
fn what_is_added_twice_is_there_once_on_mysql() {
    let first = OnMysql::new();
    let second = first.beside();
    what_is_added_twice_is_there_once(first, second);
}

fn what_is_added_twice_is_there_once(mut first: impl Database, mut second: impl Database + Send) {
    let mut here = Scene::new("school", &mut first);
    here.given(
        "INSERT INTO students (id, name) VALUES (1, 's');
         INSERT INTO courses (id, title) VALUES (1, 'a'), (2, 'b'), (3, 'c'), (4, 'd')",
    );
    let sql = here.many("Student.courses");
    for (place, all_at_once) in [(1, true), (3, false)] {
        here.given("BEGIN");
        let params = [1.into(), keys(&[place, place + 1])];
        here.lock("first", &sql, &params);
        here.run(&sql.add_all, &params).expect("links");
        let second = &mut second;
        wait_for(
            || here.given("COMMIT"),
            move || {
                let mut there = Scene::again("school", second);
                let sql = there.many("Student.courses");
                if all_at_once {
                    there.add_all("second", &sql, &params);
                } else {
                    there.add("second", &sql, &values![1, place]);
                }
                assert_eq!(there.lines, ["second: 0"]);
            },
        );
    }
    let all = here.run(&sql.count, &values![1]).expect("a count");
    assert_eq!(all.rows, ["4"]);
}

/// Two that insert the same key at once: each finds no row, and only one can insert it. The other one is told so, by a
/// deadlock or by the key, and finds it then.
#[test]
#[ignore = "needs MariaDB: tests/run --install brings it"]
fn who_upserts_second_changes_the_row_on_mysql() {
    let mut first = OnMysql::new();
    let mut others = [first.beside(), first.beside()];
    drop(Scene::new("versions", &mut first));
    thread::scope(|scope| {
        for database in &mut others {
            scope.spawn(|| {
                let mut scene = Scene::again("versions", database);
                let setting = scene.rows("Setting");
                let upsert = &setting.upserts[0];
                for number in 0..60 {
                    let (key, at) = (format!("k{number}"), "2026-01-01 00:00:00");
                    let params = [values![&*key, "s", number, false], vec![NO, at.into()]];
                    let params = params.concat();
                    while let Err(error) = scene.in_transaction(&upsert.sql, &params) {
                        let is_key = error.contains(&format!("{}'", upsert.key_name));
                        assert!(error.contains("1213") || is_key, "{error}");
                    }
                }
            });
        }
    });
    let mut scene = Scene::again("versions", &mut first);
    let all = scene.run(
        "SELECT count(*), min(version), max(version) FROM settings",
        &[],
    );
    assert_eq!(all.expect("numbers").rows, ["60|2|2"]);
}
