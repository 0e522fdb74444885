//! The support code of target rusqlite, compiled, linted and tested as the ordinary Rust that it is: over an entity
//! written by hand, so that nothing here depends on the generator.

#[path = "support_rusqlite/school.rs"]
mod school;

#[path = "support_rusqlite/testing.rs"]
mod testing;

/// The support module, made of its parts as the generator makes it.
#[path = "support_rusqlite"]
#[allow(
    dead_code,
    clippy::needless_pass_by_value,
    reason = "as where it is emitted: a part is used, and calls read better without `&`"
)]
mod support {
    include!("../templates/support/rusqlite/head.rs");
    include!("blocking/common/error.rs");
    include!("../templates/support/common/table.rs");
    include!("../templates/support/common/reference.rs");
    include!("blocking/calls/row.rs");
    include!("blocking/common/column.rs");
    include!("../templates/support/common/column_type.rs");
    include!("blocking/common/filter.rs");
    include!("blocking/common/raw.rs");
    include!("../templates/support/common/order.rs");
    include!("blocking/common/query.rs");
    include!("blocking/calls/query.rs");
    include!("../templates/support/common/selection.rs");
    include!("../templates/support/common/text.rs");
    include!("../templates/support/common/change.rs");
    include!("blocking/calls/change.rs");
    include!("blocking/common/relation.rs");
    include!("../templates/support/common/shape.rs");
    include!("blocking/calls/eager.rs");
    include!("blocking/calls/found.rs");
    include!("blocking/calls/found_in_one.rs");
    include!("../templates/support/common/seen.rs");
    include!("../templates/support/calls/to_many_sql.rs");
    include!("blocking/calls/to_many.rs");
    include!("blocking/calls/to_one.rs");
    include!("blocking/calls/unit.rs");
    include!("blocking/calls/unit_rows.rs");
    include!("blocking/calls/unit_steps.rs");
    include!("blocking/calls/unit_links.rs");
    include!("../templates/support/common/params.rs");
    include!("../templates/support/common/pause.rs");
    include!("../templates/support/common/starts_in_bytes.rs");
    include!("../templates/support/common/extremes.rs");
    include!("../templates/support/sqlite/value.rs");
    include!("../templates/support/classes/value.rs");
    include!("../templates/support/classes/params.rs");
    include!("blocking/classes/links_at_once.rs");
    include!("../templates/support/classes/held.rs");
    include!("../templates/support/classes/key_list.rs");
    include!("../templates/support/sqlite/sorted.rs");
    include!("../templates/support/sqlite/text.rs");
    include!("../templates/support/sqlite/token.rs");
    include!("../templates/support/rusqlite/connection.rs");
    include!("../templates/support/rusqlite/sorted_error.rs");
    include!("../templates/support/rusqlite/bulk.rs");
    include!("../templates/support/rusqlite/known.rs");
    include!("../templates/support/rusqlite/binder.rs");
    include!("../templates/support/rusqlite/statement.rs");
    include!("../templates/support/rusqlite/transaction.rs");
    include!("../templates/support/rusqlite/retry.rs");
    include!("../templates/support/rusqlite/prepared_and_counted.rs");
    include!("../templates/support/common/computed.rs");
    include!("../templates/support/sqlite/decimal.rs");
    include!("../templates/support/common/enum.rs");
    include!("../templates/support/sqlite/json.rs");
    include!("blocking/calls/links.rs");
    include!("blocking/calls/link_loads.rs");
    include!("../templates/support/common/link_queries.rs");
    include!("blocking/calls/read_only.rs");
    include!("../templates/support/common/read_only_links.rs");
    include!("../templates/support/rusqlite/testing.rs");
    include!("../templates/support/rusqlite/testing_links.rs");
    include!("../templates/support/rusqlite/testing_to_many.rs");
    include!("../templates/support/rusqlite/testing_to_one.rs");
    include!("../templates/support/common/moment.rs");
    include!("../templates/support/sqlite/moments.rs");
    include!("../templates/support/common/chrono.rs");
    include!("../templates/support/common/jiff.rs");
    include!("../templates/support/common/time.rs");
    include!("../templates/support/common/user_type.rs");
    include!("../templates/support/classes/uuid.rs");
    include!("../templates/support/common/version.rs");

    mod inside;
    mod times;
}

use rusqlite::Connection;
use school::{NAME, NewStudent, Student};
use support::{Error, transaction};

fn database() -> Connection {
    let conn = Connection::open_in_memory().expect("a database");
    support::configure(&conn).expect("configured");
    support::run_script(&conn, school::SCHEMA_SQL).expect("tables");
    conn
}

fn insert(conn: &Connection, name: &str) -> Student {
    support::insert(conn, &NewStudent { name: name.into() }).expect("inserted")
}

fn names(conn: &Connection) -> Vec<String> {
    let all = Student::query()
        .order_by(NAME.asc())
        .all(conn)
        .expect("students");
    all.into_iter().map(|student| student.name).collect()
}

#[test]
fn a_script_that_fails_is_not_told_whole() {
    let conn = database();
    let error = support::run_script(&conn, school::SCHEMA_SQL).expect_err("it is there");
    assert_eq!(error.to_string(), "table \"students\" already exists");
    let words = support::run_script(&conn, "SELECT nothing").expect_err("no such column");
    assert!(words.to_string().contains("in SELECT nothing"), "{words}");
}

#[test]
fn a_transaction_is_all_or_nothing() {
    let conn = database();
    let done = transaction(&conn, || {
        insert(&conn, "kept");
        Ok(())
    });
    assert!(done.is_ok());
    let failed: support::Result<()> = transaction(&conn, || {
        insert(&conn, "lost");
        Err(Error::NotFound {
            entity: "Student",
            key: None,
        })
    });
    assert!(matches!(failed, Err(Error::NotFound { .. })));
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        transaction(&conn, || -> support::Result<()> {
            insert(&conn, "lost too");
            panic!("in the middle")
        })
    }));
    assert!(panicked.is_err());
    assert_eq!(names(&conn), ["kept"]);
    assert!(conn.is_autocommit(), "nothing is left open");
}

#[test]
fn inside_a_transaction_it_is_a_savepoint() {
    let conn = database();
    let outer = conn.unchecked_transaction().expect("begun");
    insert(&outer, "outer");
    let failed: support::Result<()> = transaction(&outer, || {
        insert(&outer, "inner");
        Err(Error::NotFound {
            entity: "Student",
            key: None,
        })
    });
    assert!(failed.is_err());
    assert!(!outer.is_autocommit(), "the outer transaction goes on");
    transaction(&outer, || {
        transaction(&outer, || Ok(insert(&outer, "nested")))
    })
    .expect("nested");
    outer.commit().expect("committed");
    assert_eq!(names(&conn), ["nested", "outer"]);
}

#[test]
fn filters_say_what_they_mean() {
    let conn = database();
    for name in ["Ada", "Bo", "Cy", "Di'; DROP TABLE students --"] {
        insert(&conn, name);
    }
    let found = |filter| {
        let all = Student::query()
            .filter(filter)
            .order_by(NAME.desc())
            .all(&conn)
            .expect("students");
        all.into_iter()
            .map(|student| student.name.chars().take(2).collect())
            .collect::<Vec<String>>()
    };
    assert_eq!(found(NAME.eq("Bo")), ["Bo"]);
    assert_eq!(found(NAME.ne(String::from("Bo"))), ["Di", "Cy", "Ad"]);
    assert_eq!(found(NAME.lt("Bo")), ["Ad"]);
    let bo = String::from("Bo");
    assert_eq!(found(NAME.le(&bo)), ["Bo", "Ad"]);
    assert_eq!(bo, "Bo");
    assert_eq!(found(NAME.gt("Cy")), ["Di"]);
    assert_eq!(found(NAME.ge("Cy")), ["Di", "Cy"]);
    assert_eq!(found(NAME.between("B", "D")), ["Cy", "Bo"]);
    assert_eq!(found(NAME.eq("Di'; DROP TABLE students --")), ["Di"]);
    assert_eq!(
        found(NAME.eq("Ada").or(NAME.eq("Bo")).or(NAME.eq("Cy"))),
        ["Cy", "Bo", "Ad"]
    );
    assert_eq!(
        found(NAME.eq("Ada").or(NAME.eq("Bo")).and(NAME.ne("Ada"))),
        ["Bo"]
    );
    assert_eq!(
        found(NAME.ge("B").and(NAME.le("C")).not()),
        ["Di", "Cy", "Ad"]
    );
    assert_eq!(found(NAME.is_null()), Vec::<String>::new());
    assert_eq!(found(NAME.is_not_null().and(school::ID.eq(2))), ["Bo"]);
}

#[test]
fn a_query_pages_counts_and_knows_one() {
    let conn = database();
    for name in ["d", "c", "b", "a"] {
        insert(&conn, name);
    }
    let page = |limit, offset| {
        let query = Student::query().order_by((NAME.asc(), school::ID.desc()));
        let rows = query
            .limit(limit)
            .offset(offset)
            .all(&conn)
            .expect("students");
        rows.into_iter()
            .map(|student| student.name)
            .collect::<Vec<_>>()
    };
    assert_eq!(page(2, 1), ["b", "c"]);
    assert_eq!(page(u64::MAX, 3), ["d"]);
    assert_eq!(page(0, 0), Vec::<String>::new());
    assert_eq!(Student::query().offset(1).count(&conn).expect("a count"), 3);
    assert_eq!(Student::query().limit(2).count(&conn).expect("a count"), 2);
    assert_eq!(
        Student::query()
            .filter(NAME.gt("b"))
            .count(&conn)
            .expect("a count"),
        2
    );
    let first = Student::query()
        .order_by(NAME.desc())
        .first(&conn)
        .expect("a row");
    assert_eq!(first.map(|student| student.name), Some("d".into()));
    assert_eq!(
        Student::query()
            .filter(NAME.eq("x"))
            .first(&conn)
            .expect("none"),
        None
    );
    assert_eq!(
        Student::query()
            .filter(NAME.eq("c"))
            .one(&conn)
            .expect("one")
            .name,
        "c"
    );
    assert!(matches!(
        Student::query().filter(NAME.eq("x")).one(&conn),
        Err(Error::NotFound {
            entity: "Student",
            key: None
        })
    ));
    assert!(matches!(
        Student::query().one(&conn),
        Err(Error::TooManyFound { entity: "Student" })
    ));
    assert!(matches!(
        Student::query().limit(1).one(&conn),
        Ok(Student { .. })
    ));
}

#[test]
fn errors_tell_what_was_violated() {
    let conn = database();
    let ada = insert(&conn, "Ada");
    match support::insert_row(&conn, &ada) {
        Err(Error::UniqueViolation { columns, .. }) => assert_eq!(columns, ["students.id"]),
        other => panic!("{other:?}"),
    }
    let null = conn
        .execute("INSERT INTO students (name) VALUES (NULL)", [])
        .map_err(Error::from);
    match null {
        Err(Error::NotNullViolation { column, .. }) => {
            assert_eq!(column.as_deref(), Some("students.name"));
        }
        other => panic!("{other:?}"),
    }
    let gone = support::get::<Student>(&conn, &99);
    assert_eq!(
        gone.expect_err("none").to_string(),
        "no Student with key 99"
    );
    support::delete(&conn, &ada).expect("deleted");
    assert!(matches!(
        support::delete(&conn, &ada),
        Err(Error::NotFound { .. })
    ));
    assert!(matches!(
        support::save(&conn, &ada),
        Err(Error::NotFound { .. })
    ));
}

#[test]
fn a_stored_value_that_does_not_fit_names_column_and_key() {
    let conn = database();
    conn.execute(
        "INSERT INTO students (id, name) VALUES (?1, 'far')",
        [i64::from(i32::MAX) + 1],
    )
    .expect("inserted");
    match Student::query().all(&conn) {
        Err(Error::Decode {
            entity,
            column,
            key,
            ..
        }) => {
            assert_eq!(
                (entity, column, key.as_str()),
                ("Student", "id", "2147483648")
            );
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn inside_a_transaction_nothing_is_configured() {
    let conn = database();
    let refused = transaction(&conn, || support::configure(&conn));
    let Err(Error::Database(source)) = refused else {
        panic!("not refused: {refused:?}");
    };
    assert!(source.to_string().contains("inside a transaction"));
    support::configure(&conn).expect("outside");
}
