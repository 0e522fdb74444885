//! What is written to a foreign key that shares columns, as it reads.

use super::Holder;
use crate::model::sample::{column, nullable, revision, table};
use crate::model::{Action, EntityId, Equality, ForeignKey, Literal, Table, Type};
use crate::sql::sqlite;
use crate::sql::statement::Writer;

fn writer() -> Writer {
    Writer { grammar: sqlite() }
}

fn key(name: &str, columns: &[usize]) -> ForeignKey {
    ForeignKey {
        name: name.to_owned(),
        columns: columns.to_vec(),
        target: EntityId(0),
        target_columns: (0..columns.len()).collect(),
        on_delete: Action::NoAction,
        on_update_key: Action::NoAction,
    }
}

/// Three keys: over the tenant alone, over tenant and author, over tenant and reviewer, who may be missing.
fn marks() -> Table {
    let mut marks = table(
        "marks",
        vec![
            column("id", Type::Integer),
            column("tenant", Type::Integer),
            column("author", Type::Integer),
            nullable("reviewer", Type::Integer),
            revision(),
        ],
    );
    marks.foreign_keys = vec![key("a", &[1]), key("b", &[1, 2]), key("c", &[3, 1])];
    marks
}

fn people() -> Table {
    table(
        "people",
        vec![column("a", Type::Integer), column("b", Type::Integer)],
    )
}

fn holder<'m>(table: &'m Table, place: usize, referenced: &'m Table) -> Holder<'m> {
    Holder {
        table,
        key: &table.foreign_keys[place],
        referenced,
        holds: &[],
    }
}

#[test]
fn what_is_shared_must_agree() {
    let (w, marks, people) = (writer(), marks(), people());
    let author = holder(&marks, 1, &people);
    assert_eq!(
        w.refer(&author),
        r#""author" = ?2, "revision" = "revision" + 1"#
    );
    assert_eq!(w.refers_elsewhere(&author), r#""author" IS NOT ?2"#);
    assert_eq!(w.can_refer(&author), r#" AND "tenant" = ?1"#);
    assert_eq!((w.release(&author), author.is_optional()), (None, false));
    let reviewer = holder(&marks, 2, &people);
    assert_eq!(w.can_refer(&reviewer), r#" AND "tenant" = ?2"#);
    assert_eq!(
        w.release(&reviewer).as_deref(),
        Some(r#""reviewer" = NULL, "revision" = "revision" + 1"#)
    );
    assert_eq!(
        w.misfits(&reviewer, 3).as_deref(),
        Some(
            r#"SELECT EXISTS (SELECT 1 FROM "marks" WHERE "id" IN (SELECT value FROM json_each(?3)) AND NOT ("tenant" = ?2))"#
        )
    );
}

#[test]
fn what_is_shared_and_null_is_filled_in() {
    let (w, mut marks, people) = (writer(), marks(), people());
    marks.columns[1].nullable = true;
    let author = holder(&marks, 1, &people);
    assert_eq!(
        w.refer(&author),
        r#""tenant" = ?1, "author" = ?2, "revision" = "revision" + 1"#
    );
    assert_eq!(w.can_refer(&author), r#" AND coalesce("tenant", ?1) = ?1"#);
    // The tenant is not its to take away.
    assert_eq!((w.release(&author), author.is_optional()), (None, true));
}

#[test]
fn a_key_without_columns_of_its_own_is_written_whole() {
    let (w, marks, people) = (writer(), marks(), people());
    let tenant = holder(&marks, 0, &people);
    assert_eq!(
        w.refer(&tenant),
        r#""tenant" = ?1, "revision" = "revision" + 1"#
    );
    assert_eq!(
        w.can_refer(&tenant),
        r#" AND ("tenant" = ?1) AND ("tenant" = ?1 OR "reviewer" IS NULL)"#
    );
    assert_eq!(tenant.written_columns(), [1]);
}

#[test]
fn where_nothing_is_shared_nothing_is_asked() {
    let (w, mut marks, mut people) = (writer(), marks(), people());
    marks.foreign_keys.truncate(1);
    let tenant = holder(&marks, 0, &people);
    assert_eq!(
        (w.can_refer(&tenant).as_str(), w.misfits(&tenant, 2)),
        ("", None)
    );
    people.columns[0].nullable = true;
    let tenant = holder(&marks, 0, &people);
    assert_eq!(w.can_refer(&tenant), " AND ?1 IS NOT NULL");
}

#[test]
fn what_a_row_holds_besides_is_written_with_the_key() {
    let (w, marks, people) = (writer(), marks(), people());
    let holds = [
        Equality {
            column: 0,
            value: Some(Literal::Integer(7)),
        },
        Equality {
            column: 3,
            value: None,
        },
    ];
    let author = Holder {
        holds: &holds,
        ..holder(&marks, 1, &people)
    };
    assert_eq!(
        w.refer(&author),
        r#""author" = ?2, "id" = 7, "reviewer" = NULL, "revision" = "revision" + 1"#
    );
    assert_eq!(
        w.refers_elsewhere(&author),
        r#"("author" IS NOT ?2 OR "id" IS NOT 7 OR "reviewer" IS NOT NULL)"#
    );
    assert_eq!(
        w.held(&marks, &holds, " AND ", ""),
        r#" AND "marks"."id" = 7 AND "marks"."reviewer" IS NULL"#
    );
    assert_eq!(w.held(&marks, &[], " AND ", ""), "");
}

#[test]
fn a_parameter_is_told_from_longer_numbers() {
    assert!(super::has("a = $1 AND b = $12", "$1"));
    assert!(!super::has("b = $12", "$1"));
    assert!(!super::has("", "$1"));
}
