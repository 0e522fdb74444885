//! The view of a schema's DDL: what the template prints, decided here.
//!
//! Every text is whole and quoted; the template only puts lines one below the other.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::model::{
    Action, Column, ColumnId, Computed, ForeignKey, Index, Key, LowerFirst, Model, Table,
};

use super::dialect::{CommentOn, Grammar, TableKind};
use super::order::Order;
use super::quote;

/// A schema.
#[derive(Debug, Serialize)]
pub(crate) struct Ddl {
    /// The comment at the top, line by line.
    pub(crate) banner: Vec<String>,
    /// Statements before all tables, without their semicolons.
    pub(crate) opening: Vec<String>,
    /// The tables, each after what it refers to.
    pub(crate) tables: Vec<CreateTable>,
    /// Statements after all tables, without their semicolons: they close circles and put comments into the catalog.
    pub(crate) closing: Vec<String>,
}

/// A table and its indexes.
#[derive(Debug, Serialize)]
pub(crate) struct CreateTable {
    /// Comment lines above it.
    pub(crate) comment: Vec<String>,
    /// Its name.
    pub(crate) name: String,
    /// Its columns.
    pub(crate) columns: Vec<ColumnLine>,
    /// The constraints, each `CONSTRAINT name …`, at least the primary key; then the indexes that stand in the table.
    pub(crate) constraints: Vec<String>,
    /// What stands behind the closing parenthesis, with a space before it when not empty.
    pub(crate) options: String,
    /// CREATE INDEX statements, without their semicolons, for the others.
    pub(crate) indexes: Vec<String>,
}

/// A column.
#[derive(Debug, Serialize)]
pub(crate) struct ColumnLine {
    /// Comment lines above it.
    pub(crate) comment: Vec<String>,
    /// Name, type and clauses.
    pub(crate) definition: String,
}

/// The DDL of `model`, with `banner` as a comment at its top.
#[must_use]
pub(crate) fn view(model: &Model, grammar: &dyn Grammar, banner: &str) -> Ddl {
    let tables: Vec<&Table> = model.tables().collect();
    let order = Order::of(model);
    let ranks = order.ranks();
    let mut closing = Vec::new();
    let mut comments = enum_comments(model, grammar);
    let mut views = Vec::with_capacity(tables.len());
    let implied = implied_checks(&tables, grammar);
    for place in &order.tables {
        let writer = Writer {
            model,
            grammar,
            table: tables[*place],
            implied: &implied[*place],
        };
        let is_late = |key: &&ForeignKey| {
            !grammar.forward_references() && ranks[key.target.0] > ranks[*place]
        };
        let (late, early): (Vec<_>, Vec<_>) = writer.table.foreign_keys.iter().partition(is_late);
        closing.extend(late.into_iter().map(|key| writer.add_foreign_key(key)));
        comments.extend(writer.comment_statements());
        let kind = if *place < model.entities.len() {
            TableKind::Entity
        } else {
            TableKind::Secondary
        };
        views.push(writer.create_table(kind, &early));
    }
    closing.append(&mut comments);
    Ddl {
        banner: quote::comment(banner),
        opening: grammar.opening(model),
        tables: views,
        closing,
    }
}

/// For each table the checks that follow from the columns' types, under names that no other constraint of the schema has:
/// some dialects have one space of names for all tables.
fn implied_checks(tables: &[&Table], grammar: &dyn Grammar) -> Vec<Vec<(String, String)>> {
    let mut taken: BTreeSet<String> = tables
        .iter()
        .flat_map(|table| stated_names(table))
        .collect();
    let mut name = |table: &Table, column: &Column, about: &str| {
        let wanted = format!("ck_{}_{}_{about}", table.name, column.name);
        let numbered = (2..).map(|number| format!("{wanted}_{number}"));
        let mut names = std::iter::once(wanted.clone()).chain(numbered);
        let free = names.find(|name| taken.insert(name.to_lowercase()));
        free.unwrap_or(wanted)
    };
    let mut of_table = |table: &&Table| {
        let mut checks = Vec::new();
        for column in &table.columns {
            for check in grammar.implied_checks(column) {
                checks.push((name(table, column, check.about), check.sql));
            }
        }
        checks
    };
    tables.iter().map(&mut of_table).collect()
}

/// The names of the constraints that the model has, in lower case.
fn stated_names(table: &Table) -> impl Iterator<Item = String> {
    let names = std::iter::once(&table.primary_key.name)
        .chain(table.uniques.iter().map(|key| &key.name))
        .chain(table.foreign_keys.iter().map(|key| &key.name))
        .chain(table.lower_first.iter().map(|check| &check.name))
        .chain(table.checks.iter().map(|check| &check.name));
    names.map(|name| name.to_lowercase())
}

fn enum_comments(model: &Model, grammar: &dyn Grammar) -> Vec<String> {
    let docs = model.enums.iter().filter(|of| of.native);
    let docs = docs.filter_map(|of| Some((of, of.doc.as_deref()?)));
    docs.filter_map(|(of, doc)| grammar.comment_statement(CommentOn::Enum(&of.name), doc))
        .collect()
}

/// Writes the statements of one table.
struct Writer<'a> {
    model: &'a Model,
    grammar: &'a dyn Grammar,
    table: &'a Table,
    /// The checks that follow from the columns' types: name and condition.
    implied: &'a [(String, String)],
}

impl Writer<'_> {
    fn create_table(&self, kind: TableKind, foreign_keys: &[&ForeignKey]) -> CreateTable {
        let mut constraints = self.constraints(foreign_keys);
        let mut indexes = Vec::new();
        for index in &self.table.indexes {
            if self.grammar.indexes_in_table() {
                constraints.push(self.index_in_table(index));
            } else {
                indexes.extend(self.create_index(index));
            }
        }
        CreateTable {
            comment: self.file_comment(self.table.doc.as_deref()),
            name: self.name(),
            columns: self.column_lines(),
            constraints,
            options: self.grammar.table_options(self.table, kind),
            indexes,
        }
    }

    fn name(&self) -> String {
        self.grammar.identifier(&self.table.name)
    }

    fn column_lines(&self) -> Vec<ColumnLine> {
        let columns = self.table.columns.iter();
        columns
            .map(|column| ColumnLine {
                comment: self.file_comment(column.doc.as_deref()),
                definition: self.definition(column),
            })
            .collect()
    }

    fn definition(&self, column: &Column) -> String {
        let mut words = vec![
            self.grammar.identifier(&column.name),
            self.grammar.column_type(column),
        ];
        if column.auto_increment {
            words.push(self.grammar.auto_increment().to_owned());
        }
        words.extend(self.computed(column));
        if !column.nullable && (column.computed.is_none() || self.grammar.computed_not_null()) {
            words.push("NOT NULL".to_owned());
        }
        words.extend(
            self.grammar
                .default_text(column)
                .map(|default| default.clause()),
        );
        let doc = column.doc.as_deref();
        words.extend(doc.and_then(|doc| self.grammar.comment_clause(doc)));
        words.retain(|word| !word.is_empty());
        words.join(" ")
    }

    fn computed(&self, column: &Column) -> Option<String> {
        let Computed { sql, stored } = column.computed.as_ref()?;
        let expression = quote::parenthesised(sql.text(self.grammar.dialect())?);
        let kept = if *stored { "STORED" } else { "VIRTUAL" };
        Some(format!("GENERATED ALWAYS AS {expression} {kept}"))
    }

    /// The primary key, unique keys, foreign keys, then the checks: those of the types, then those of the spec.
    fn constraints(&self, foreign_keys: &[&ForeignKey]) -> Vec<String> {
        let table = self.table;
        let mut lines = vec![self.key("PRIMARY KEY", &table.primary_key)];
        lines.extend(table.uniques.iter().map(|key| self.key("UNIQUE", key)));
        lines.extend(foreign_keys.iter().map(|key| self.foreign_key(key)));
        if let Some(LowerFirst { name, lower, upper }) = &table.lower_first {
            let [lower, upper] = [lower, upper].map(|columns| self.columns(table, columns));
            lines.push(self.constraint(name, &format!("CHECK ({lower} < {upper})")));
        }
        for (name, sql) in self.implied {
            lines.push(self.constraint(name, &format!("CHECK ({sql})")));
        }
        for check in &table.checks {
            if let Some(sql) = check.sql.text(self.grammar.dialect()) {
                lines.push(
                    self.constraint(&check.name, &format!("CHECK {}", quote::parenthesised(sql))),
                );
            }
        }
        lines
    }

    fn key(&self, kind: &str, key: &Key) -> String {
        self.constraint(
            &key.name,
            &format!("{kind} {}", self.columns(self.table, &key.columns)),
        )
    }

    fn foreign_key(&self, key: &ForeignKey) -> String {
        let target = &self.model.entity(key.target).table;
        let text = format!(
            "FOREIGN KEY {} REFERENCES {} {}{}{}",
            self.columns(self.table, &key.columns),
            self.grammar.identifier(&target.name),
            self.columns(target, &key.target_columns),
            on("DELETE", key.on_delete),
            on("UPDATE", key.on_update_key),
        );
        self.constraint(&key.name, &text)
    }

    fn constraint(&self, name: &str, text: &str) -> String {
        format!("CONSTRAINT {} {text}", self.grammar.identifier(name))
    }

    fn add_foreign_key(&self, key: &ForeignKey) -> String {
        format!("ALTER TABLE {} ADD {}", self.name(), self.foreign_key(key))
    }

    /// One without a condition, which dialects do not have that want indexes here.
    fn index_in_table(&self, index: &Index) -> String {
        format!(
            "{}INDEX {} {}",
            if index.unique { "UNIQUE " } else { "" },
            self.grammar.identifier(&index.name),
            self.columns(self.table, &index.columns),
        )
    }

    /// `None` when the index has a condition, and none for this dialect.
    fn create_index(&self, index: &Index) -> Option<String> {
        let condition = match &index.condition {
            Some(condition) => {
                let text = condition.text(self.grammar.dialect())?;
                format!(" WHERE {}", quote::parenthesised(text))
            }
            None => String::new(),
        };
        Some(format!(
            "CREATE {}INDEX {} ON {} {}{condition}",
            if index.unique { "UNIQUE " } else { "" },
            self.grammar.identifier(&index.name),
            self.name(),
            self.columns(self.table, &index.columns),
        ))
    }

    fn columns(&self, table: &Table, columns: &[ColumnId]) -> String {
        let names = columns
            .iter()
            .map(|column| self.grammar.identifier(&table.columns[*column].name));
        format!("({})", names.collect::<Vec<_>>().join(", "))
    }

    fn file_comment(&self, doc: Option<&str>) -> Vec<String> {
        doc.map(|doc| self.grammar.file_comment(doc))
            .unwrap_or_default()
    }

    fn comment_statements(&self) -> Vec<String> {
        let table = self.name();
        let of_table = self.table.doc.iter().filter_map(|doc| {
            self.grammar
                .comment_statement(CommentOn::Table(&table), doc)
        });
        let of_columns = self.table.columns.iter().filter_map(|column| {
            let name = self.grammar.identifier(&column.name);
            let on = CommentOn::Column {
                table: &table,
                column: &name,
            };
            self.grammar.comment_statement(on, column.doc.as_deref()?)
        });
        of_table.chain(of_columns).collect()
    }
}

/// The clause ` ON event action`; empty for what happens anyway.
fn on(event: &str, action: Action) -> String {
    let words = match action {
        Action::NoAction => return String::new(),
        Action::Restrict => "RESTRICT",
        Action::Cascade => "CASCADE",
        Action::SetNull => "SET NULL",
        Action::SetDefault => "SET DEFAULT",
    };
    format!(" ON {event} {words}")
}

#[cfg(test)]
mod tests;
