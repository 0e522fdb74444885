//! The seam of dialects, tried with a made-up one that does all that SQLite does not.

use super::{Ddl, view};
use crate::model::sample::{column, entities, id, nullable, table, with_default};
use crate::model::{Action, Column, Default, Dialect, Literal, Model, Table, Type};
use crate::sql::dialect::{CommentOn, Grammar, ImpliedCheck, TableKind, ValueText};
use crate::sql::quote;

/// No forward references, comments in the catalog, wherever a dialect may keep them.
struct Strict;

impl Grammar for Strict {
    fn dialect(&self) -> Dialect {
        Dialect::Postgres
    }

    fn identifier_mark(&self) -> char {
        '`'
    }

    fn text_literal(&self, text: &str) -> String {
        quote::literal(text)
    }

    fn column_type(&self, _column: &Column) -> String {
        "THING".to_owned()
    }

    fn auto_increment(&self) -> &'static str {
        "COUNTED"
    }

    fn implied_checks(&self, _column: &Column) -> Vec<ImpliedCheck> {
        Vec::new()
    }

    fn literal(&self, _ty: &Type, _literal: &Literal) -> ValueText {
        ValueText::Literal("0".to_owned())
    }

    fn now_text(&self, _ty: &Type) -> &'static str {
        "now()"
    }

    fn default_text(&self, column: &Column) -> Option<ValueText> {
        let literal = |_: &Default| ValueText::Literal("0".to_owned());
        column.default.as_ref().map(literal)
    }

    fn table_options(&self, _table: &Table, kind: TableKind) -> String {
        format!(" {kind:?}")
    }

    fn file_comment(&self, _doc: &str) -> Vec<String> {
        Vec::new()
    }

    fn comment_clause(&self, doc: &str) -> Option<String> {
        Some(format!("COMMENT {}", self.text_literal(doc)))
    }

    fn comment_statement(&self, on: CommentOn<'_>, doc: &str) -> Option<String> {
        let what = match on {
            CommentOn::Enum(name) => format!("TYPE {name}"),
            CommentOn::Table(name) => format!("TABLE {name}"),
            CommentOn::Column { table, column } => format!("COLUMN {table}.{column}"),
        };
        Some(format!("COMMENT ON {what} IS {}", self.text_literal(doc)))
    }

    fn forward_references(&self) -> bool {
        false
    }
}

fn written(model: &Model) -> Ddl {
    view(model, &Strict, "banner")
}

#[test]
fn circles_are_closed_at_the_end_where_names_cannot_be_used_before() {
    let ddl = written(&entities(vec![
        table("a", vec![id(), nullable("b", Type::Integer)]).refers(1, 1, Action::SetNull),
        table(
            "b",
            vec![
                id(),
                nullable("a", Type::Integer),
                nullable("b", Type::Integer),
            ],
        )
        .refers(1, 0, Action::NoAction)
        .refers(2, 1, Action::NoAction),
    ]));
    let names: Vec<&str> = ddl.tables.iter().map(|table| table.name.as_str()).collect();
    assert_eq!(names, ["`b`", "`a`"]);
    assert_eq!(
        ddl.tables[0].constraints,
        [
            "CONSTRAINT `pk_b` PRIMARY KEY (`id`)",
            "CONSTRAINT `fk_b_b` FOREIGN KEY (`b`) REFERENCES `b` (`id`)",
        ]
    );
    assert_eq!(
        ddl.closing,
        ["ALTER TABLE `b` ADD CONSTRAINT `fk_b_a` FOREIGN KEY (`a`) REFERENCES `a` (`id`)"]
    );
}

#[test]
fn words_go_where_the_dialect_keeps_them() {
    let mut name = with_default("name", Type::Text, Default::Literal(Literal::Integer(0)));
    name.doc = Some("It's a name.".to_owned());
    let ddl = written(&entities(vec![table("t", vec![id(), name]).doc("Things.")]));
    assert!(ddl.tables[0].comment.is_empty() && ddl.tables[0].columns[1].comment.is_empty());
    let definitions: Vec<&str> = ddl.tables[0]
        .columns
        .iter()
        .map(|column| column.definition.as_str())
        .collect();
    assert_eq!(
        definitions,
        [
            "`id` THING COUNTED NOT NULL",
            "`name` THING NOT NULL DEFAULT 0 COMMENT 'It''s a name.'"
        ]
    );
    assert_eq!(
        ddl.closing,
        [
            "COMMENT ON TABLE `t` IS 'Things.'",
            "COMMENT ON COLUMN `t`.`name` IS 'It''s a name.'"
        ]
    );
    assert_eq!(ddl.tables[0].options, " Entity");
}

#[test]
fn a_long_name_is_shortened_the_same_everywhere() {
    // The made-up grammar is of a dialect with names of 63 bytes.
    let long = &format!("a_name_that_is_much_too_long{}", "_".repeat(60));
    let ddl = written(&entities(vec![
        table(long, vec![column("id", Type::Integer)]).index(&[0], None),
    ]));
    let name = &ddl.tables[0].name;
    assert!(name.len() == 65 && name.starts_with("`a_name"), "{name}");
    assert!(ddl.tables[0].indexes[0].contains(&format!(" ON {name} (")));
}
