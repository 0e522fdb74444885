//! The same statements on PostgreSQL and on MySQL, as they read. That servers run them is tried in
//! `builder/tests/catalogue/statements`.

use super::{pages, ways, words};
use crate::model::sample::{column, id, school, table};
use crate::model::{End, EntityId, Relationship, Route, SecondaryId, Table, Type};
use crate::sql::statement::{RowSql, ToManySql, many_to_many, row_sql};
use crate::sql::{QueryGrammar, mysql, postgres};

fn to_courses(grammar: &'static dyn QueryGrammar) -> ToManySql {
    let model = school();
    let secondary = model.secondary(SecondaryId(0));
    let relationship = Relationship {
        name: "courses".to_owned(),
        accessor: "courses".to_owned(),
        constant: "COURSES".to_owned(),
        doc: None,
        target: EntityId(1),
        back_populates: None,
        route: Route::ManyToMany {
            secondary: SecondaryId(0),
            local: End::First,
        },
        order: Vec::new(),
        condition: Vec::new(),
    };
    many_to_many(grammar, &model, secondary, End::First, &relationship)
}

fn on_postgres(table: &Table) -> RowSql {
    row_sql(postgres(), table)
}

fn on_mysql(table: &Table) -> RowSql {
    row_sql(mysql(), table)
}

/// The statements of a text, whose literals have no `;`.
fn parts(text: &str) -> Vec<&str> {
    text.split(";\n").collect()
}

#[test]
fn postgres_is_told_types_that_it_would_not_find() {
    let sql = on_postgres(&ways());
    assert_eq!(
        sql.insert,
        r#"INSERT INTO "t" ("value", "or_else", "given", "made") VALUES ($1, coalesce($2::integer, 5), CASE WHEN $3::boolean THEN $4::integer ELSE 5 END, $5) RETURNING "id", "value", "or_else", "given", "made""#
    );
    assert_eq!(sql.insert_values, "");
    assert_eq!(
        on_postgres(&pages()).delete,
        r#"DELETE FROM "pages" WHERE "book" = $1 AND "number" = $2 AND "revision" = coalesce($3::integer, "revision")"#
    );
}

#[test]
fn rows_come_to_postgres_as_columns() {
    assert_eq!(
        on_postgres(&ways()).insert_many,
        r#"INSERT INTO "t" ("value", "or_else", "given", "made") SELECT "relata_rows"."p1", coalesce("relata_rows"."p2", 5), CASE WHEN "relata_rows"."p3" THEN "relata_rows"."p4" ELSE 5 END, "relata_rows"."p5" FROM unnest($1::text[], $2::integer[], $3::boolean[], $4::integer[], $5::uuid[]) WITH ORDINALITY AS "relata_rows" ("p1", "p2", "p3", "p4", "p5", "place") ORDER BY "relata_rows"."place" RETURNING "id""#
    );
    // Nothing to say of a row, and nothing that a row could be told from others by.
    let counted = on_postgres(&table("t", vec![id()]));
    assert_eq!(
        (&*counted.insert_many, &*counted.insert_values),
        ("", "(DEFAULT)")
    );
    let of = std::sync::Arc::new(Type::Text);
    let lists = table("t", vec![id(), column("words", Type::List(of))]);
    assert_eq!(on_postgres(&lists).insert_many, "");
}

#[test]
fn postgres_replaces_in_one_statement() {
    let sql = to_courses(postgres());
    assert_eq!(
        sql.replace,
        r#"WITH "relata_gone" AS (DELETE FROM "student_course" WHERE "student_id" = $1 AND "course_id" <> ALL ($2::integer[]) RETURNING 1) INSERT INTO "student_course" ("student_id", "course_id") SELECT $1::integer, "relata_keys"."key" FROM unnest($2::integer[]) WITH ORDINALITY AS "relata_keys" ("key", "place") WHERE (SELECT count(*) FROM "relata_gone") >= 0 ON CONFLICT ("student_id", "course_id") DO NOTHING"#
    );
    assert_eq!(
        sql.lock,
        r#"SELECT 1 FROM "students" WHERE "id" = $1 FOR NO KEY UPDATE"#
    );
    assert_eq!((&*sql.key_name, &*sql.linked), ("", ""));
}

#[test]
fn mysql_reads_back_what_it_has_written() {
    let sql = on_mysql(&ways());
    assert_eq!(
        parts(&sql.insert),
        [
            "INSERT INTO `t` (`value`, `or_else`, `given`, `made`) VALUES (?1, coalesce(?2, 5), CASE WHEN ?3 THEN ?4 ELSE 5 END, ?5)",
            "SELECT `id`, `value`, `or_else`, `given`, `made` FROM `t` WHERE `id` = last_insert_id() FOR UPDATE",
        ]
    );
    let sql = on_mysql(&words());
    let read = "SELECT `text`, `folded`, `note` FROM `words` WHERE `text` = ?1 FOR UPDATE";
    assert_eq!(
        parts(&sql.save),
        ["UPDATE `words` SET `note` = ?2 WHERE `text` = ?1", read]
    );
    let counted = on_mysql(&table("t", vec![id()]));
    assert_eq!(parts(&counted.insert)[0], "INSERT INTO `t` () VALUES ()");
    assert_eq!(counted.update, "SELECT `id` FROM `t` WHERE `id` = ?1");
}

#[test]
fn an_upsert_of_mysql_is_two_pairs() {
    let upserts = on_mysql(&words()).upserts;
    let insert = "INSERT INTO `words` (`text`, `note`) VALUES (?1, ?2)";
    let read = "SELECT `text`, `folded`, `note` FROM `words` WHERE `text` = ?1 FOR UPDATE";
    assert_eq!(
        parts(&upserts[0].sql),
        [
            "UPDATE `words` SET `note` = ?2 WHERE `text` = ?1",
            read,
            insert,
            read
        ]
    );
    assert_eq!(upserts[0].key_name, "PRIMARY");
    // A computed key is computed, as the database will.
    let folded = "`folded` = (SELECT `folded` FROM (SELECT `relata_row`.*, (lower(text)) AS `folded` FROM (SELECT ?1 AS `text`, ?2 AS `note`) AS `relata_row`) AS `relata_row`)";
    assert_eq!(
        parts(&upserts[1].sql)[0],
        format!("UPDATE `words` SET `note` = ?2 WHERE {folded}")
    );
    assert_eq!(upserts[1].key_name, words().uniques[0].name);
}

#[test]
fn mysql_adds_what_is_not_there() {
    let sql = to_courses(mysql());
    let list = "JSON_TABLE(?2, '$[*]' COLUMNS (`relata_place` FOR ORDINALITY, `relata_key` INT PATH '$')) AS `relata_keys`";
    assert_eq!(
        sql.add_all,
        format!(
            "INSERT INTO `student_course` (`student_id`, `course_id`) SELECT ?1, `relata_keys`.`relata_key` FROM {list} WHERE NOT EXISTS (SELECT 1 FROM `student_course` WHERE `student_course`.`student_id` = ?1 AND `student_course`.`course_id` = `relata_keys`.`relata_key`) GROUP BY `relata_keys`.`relata_key`"
        )
    );
    assert_eq!(
        sql.add,
        "INSERT INTO `student_course` (`student_id`, `course_id`) VALUES (?1, ?2)"
    );
    assert_eq!(sql.key_name, "PRIMARY");
    assert_eq!(
        sql.linked,
        "SELECT EXISTS (SELECT 1 FROM `student_course` WHERE `student_id` = ?1 AND `course_id` = ?2 LOCK IN SHARE MODE)"
    );
    assert_eq!(sql.replace, "");
    assert_eq!(
        sql.remove.expect("it is removable").retain,
        format!(
            "DELETE FROM `student_course` WHERE `student_id` = ?1 AND NOT EXISTS (SELECT 1 FROM (SELECT DISTINCT `relata_keys`.`relata_key` AS `relata_1` FROM {list}) AS `relata_listed` WHERE `relata_listed`.`relata_1` = `student_course`.`course_id`)"
        )
    );
}
