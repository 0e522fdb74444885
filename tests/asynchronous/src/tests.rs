//! Small texts, and what becomes of them.

use crate::{Own, Place, awaited, waited};

fn turned(text: &str) -> String {
    let mut own = Own::default();
    own.add("impl Case { fn check(&self, conn: &Connection) {} } fn student(conn: &Connection) {}")
        .unwrap();
    let place = Place {
        module: "behaviour",
        roots: &["db"],
        left_out: &["of_rusqlite"],
        ..Place::default()
    };
    waited(text, &own, place).unwrap()
}

#[test]
fn calls_of_generated_code_are_waited_for() {
    for (text, expected) in [
        (
            "let a = Student::get(conn, 1)?;",
            "let a = crate::db::run!(conn, held_conn => Student::get(&mut *held_conn, 1))?;",
        ),
        (
            "assert!(!a.courses().contains(&conn, &b)?); // a comment",
            "assert!(!crate::db::run!(&conn, held_conn => a.courses().contains(&mut *held_conn, &b))?); // a comment",
        ),
        (
            "models::configure(conn).unwrap();",
            "crate::db::run!(conn, held_conn => models::configure(&mut *held_conn)).unwrap();",
        ),
        (
            "<T as Entity>::get(conn, 1); Vec::<A<B>>::of(conn)",
            "crate::db::run!(conn, held_conn => <T as Entity>::get(&mut *held_conn, 1)); crate::db::run!(conn, held_conn => Vec::<A<B>>::of(&mut *held_conn))",
        ),
        (
            "for row in X::query()\n    .all(conn)? {}",
            "for row in crate::db::run!(conn, held_conn => X::query()\n    .all(&mut *held_conn))? {}",
        ),
        (
            "X::query().$call(conn, 1)",
            "crate::db::run!(conn, held_conn => X::query().$call(&mut *held_conn, 1))",
        ),
        (
            "a[0].b.1.c(conn)",
            "crate::db::run!(conn, held_conn => a[0].b.1.c(&mut *held_conn))",
        ),
        (
            "0..a.count(conn)?",
            "0..crate::db::run!(conn, held_conn => a.count(&mut *held_conn))?",
        ),
        (
            "(if x { a } else { b }).all(conn)",
            "crate::db::run!(conn, held_conn => (if x { a } else { b }).all(&mut *held_conn))",
        ),
        (
            "row.all::<Vec<X>, Y>(self.conn)",
            "crate::db::run!(self.conn, held_conn => row.all::<Vec<X>, Y>(&mut *held_conn))",
        ),
        (
            "macro_rules! m { ($conn:ident, $rel:expr) => { $rel.load($conn, $Entity::get($conn)) } }",
            "macro_rules! m { ($conn:ident, $rel:expr) => { crate::db::run!($conn, held_conn, argument_1 = crate::db::run!($conn, held_conn => $Entity::get(&mut *held_conn)) => $rel.load(&mut *held_conn, argument_1)) } }",
        ),
    ] {
        assert_eq!(turned(text), expected);
    }
}

#[test]
fn calls_of_the_tests_themselves_stay() {
    for text in [
        "student(conn); crate::db::number(conn, sql); self::student(conn)",
        "case.check(conn); Case::new(conn); (self.fill)(conn); Some(conn)",
        "on_school(|conn| { student(conn); })",
        "fn f(conn: &Connection) { let all = |conn| student(conn); }",
        "/// A comment with student.all(conn).\nmod x;",
    ] {
        let text = format!("struct Case; {text}");
        let mut own = Own::default();
        own.add(&text).unwrap();
        own.add("impl Case { fn check(&self, conn: &Connection) {} }")
            .unwrap();
        let place = Place {
            module: "behaviour",
            roots: &["db"],
            ..Place::default()
        };
        assert_eq!(waited(&text, &own, place).unwrap(), text);
    }
}

#[test]
fn what_needs_the_connection_itself_comes_first() {
    assert_eq!(
        turned("a.add(conn, &student(conn), b)?;"),
        "crate::db::run!(conn, held_conn, argument_1 = &student(conn) => a.add(&mut *held_conn, argument_1, b))?;"
    );
    assert_eq!(
        turned("let one = |id| student(conn, id); one(1)?.delete(conn)"),
        "let one = |id| student(conn, id); crate::db::run!(conn, held_conn, receiver = one(1)? => receiver.delete(&mut *held_conn))"
    );
    assert_eq!(
        turned("student(conn).courses().all(conn)"),
        "crate::db::run!(conn, held_conn, receiver = student(conn).courses() => receiver.all(&mut *held_conn))"
    );
    assert_eq!(
        turned("X::get(conn, 1)?.all(conn)"),
        "crate::db::run!(conn, held_conn, receiver = crate::db::run!(conn, held_conn => X::get(&mut *held_conn, 1))? => receiver.all(&mut *held_conn))"
    );
}

#[test]
fn closures_of_a_transaction_get_the_connection_that_it_has() {
    assert_eq!(
        turned("transaction(conn, || X::get(conn, 1))"),
        "crate::db::run!(conn, held_conn => transaction(&mut *held_conn, |lent_conn| { let conn = &crate::db::lent(lent_conn); \
         let work = || crate::db::run!(conn, held_conn => X::get(&mut *held_conn, 1)); crate::db::done(work()) }))"
    );
}

#[test]
fn names_of_connections_are_read_from_the_text() {
    let text = "fn f(other: &rusqlite::Connection) { let tx = crate::db::begin(other); X::get(&tx, 1); X::get(other, 1); X::get(one, 1) }";
    assert_eq!(
        turned(text),
        "fn f(other: &rusqlite::Connection) { let tx = crate::db::begin(other); crate::db::run!(&tx, held_conn => X::get(&mut *held_conn, 1)); \
         crate::db::run!(other, held_conn => X::get(&mut *held_conn, 1)); X::get(one, 1) }"
    );
}

#[test]
fn a_crate_becomes_a_module() {
    assert_eq!(
        turned(
            "use crate::book; use crate::db::number; pub(crate) fn f() {}\n/// Both.\n#[path = \"../db/mod.rs\"]\nmod db;\n#[cfg(x)]\nmod of_rusqlite;\nmod a;"
        ),
        "use crate::behaviour::book; use crate::db::number; pub(crate) fn f() {}\n#[allow(unused_imports)]\nuse crate::db;\n\nmod a;"
    );
    assert_eq!(
        turned("struct S<'a> { conn: &'a Connection }"),
        "struct S<'a> { conn: &'a Connection<'a> }"
    );
}

#[test]
fn what_a_target_lacks_stands_in_the_harness() {
    let place = Place {
        lacks: &["configure"],
        ..Place::default()
    };
    assert_eq!(
        waited(
            "models::configure(&conn)?; models::other(&conn)",
            &Own::default(),
            place
        )
        .unwrap(),
        "crate::db::lacking(&conn)?; models::other(&conn)"
    );
}

#[test]
fn tests_are_ignored_where_they_need_something() {
    let place = Place {
        needs: Some("needs a server"),
        ..Place::default()
    };
    assert_eq!(
        waited("#[test]\nfn f() {}", &Own::default(), place).unwrap(),
        "#[test] #".to_owned() + "[ignore = \"needs a server\"]\nfn f() {}"
    );
}

#[test]
fn programs_are_awaited() {
    let text = "fn main() -> R {\n    let a = X::get(&conn, 1)?; // one\n    assert!(matches!(a.update(&conn, f(&tx)), Err(_)));\n}";
    assert_eq!(
        awaited(text, &[("conn", "&mut conn"), ("tx", "&mut *tx")]).unwrap(),
        "async fn main() -> R {\n    let a = X::get(&mut conn, 1).await?; // one\n    assert!(matches!(a.update(&mut conn, f(&mut *tx).await).await, Err(_)));\n}"
    );
}
