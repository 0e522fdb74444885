//! What every dialect must say. A new dialect is one file that implements [`Grammar`], and its row in
//! [`grammar`](super::grammar); statements need a [`QueryGrammar`] too.

use crate::model::{Column, ColumnId, Default, Dialect, Literal, Model, Table, Type};
use crate::naming;

use super::quote;

/// How one database language writes what the model means, in DDL.
///
/// A grammar decides texts alone; the order of statements and the shape of a file are the same for all dialects.
pub(crate) trait Grammar: Sync {
    /// Whose grammar it is: chooses among the texts of a user's SQL.
    fn dialect(&self) -> Dialect;

    /// The character around identifiers.
    fn identifier_mark(&self) -> char;

    /// `name` as it stands in a statement: within the limit and quoted.
    fn identifier(&self, name: &str) -> String {
        let mut quoted = String::with_capacity(name.len() + 2);
        self.write_identifier(&mut quoted, name);
        quoted
    }

    /// Writes `name` to the end of a statement, which consists of names for the most part.
    fn write_identifier(&self, to: &mut String, name: &str) {
        let mark = self.identifier_mark();
        match self.dialect().longest_name() {
            Some(limit) => quote::write_identifier(to, &naming::shorten(name, limit), mark),
            None => quote::write_identifier(to, name, mark),
        }
    }

    /// `text` as a literal.
    fn text_literal(&self, text: &str) -> String;

    /// The type of `column` as it stands in CREATE TABLE, with what belongs to the type (a length, a collation).
    fn column_type(&self, column: &Column) -> String;

    /// What stands behind the type of a column whose values the database counts up; empty where the type says it all.
    fn auto_increment(&self) -> &'static str;

    /// Whether NOT NULL may stand at a column that the database computes. Where not, a check says it
    /// ([`Grammar::implied_checks`]).
    fn computed_not_null(&self) -> bool {
        true
    }

    /// The conditions that a stored value of the type must meet and that the column type alone does not ensure.
    fn implied_checks(&self, column: &Column) -> Vec<ImpliedCheck>;

    /// A value that the spec gives for a column of type `ty`, as that stores it.
    fn literal(&self, ty: &Type, literal: &Literal) -> ValueText;

    /// The moment of the statement, in UTC, as a column of type `ty` stores it.
    fn now_text(&self, ty: &Type) -> &'static str;

    /// The default of `column`; `None` when it has none, or one that the generated Rust makes.
    fn default_text(&self, column: &Column) -> Option<ValueText> {
        Some(match column.default.as_ref()? {
            Default::Literal(literal) => self.literal(&column.ty, literal),
            Default::Now => ValueText::Expression(self.now_text(column.ty.base()).to_owned()),
            Default::Uuid => return None,
            Default::Sql(sql) => ValueText::Expression(quote::closed(sql.text(self.dialect())?)),
        })
    }

    /// The statements before the first table, without semicolons: what the rest of the file relies on.
    fn opening(&self, _model: &Model) -> Vec<String> {
        Vec::new()
    }

    /// What stands behind the closing parenthesis of CREATE TABLE, with a space before it when not empty.
    fn table_options(&self, table: &Table, kind: TableKind) -> String;

    /// Whether the indexes of a table stand in its CREATE TABLE, not in statements of their own.
    fn indexes_in_table(&self) -> bool {
        false
    }

    /// The comment lines of the file for the words of a `doc:`; none where the catalog keeps them.
    fn file_comment(&self, doc: &str) -> Vec<String> {
        quote::comment(doc)
    }

    /// The clause of a column that puts the words of its `doc:` into the catalog, where the dialect has one; that of a
    /// table is one of its options.
    fn comment_clause(&self, _doc: &str) -> Option<String> {
        None
    }

    /// The statement, without its semicolon, that puts the words of a `doc:` into the catalog, where the dialect has one.
    fn comment_statement(&self, _on: CommentOn<'_>, _doc: &str) -> Option<String> {
        None
    }

    /// Whether CREATE TABLE may refer to a table that does not exist yet. Where not, circles of foreign keys are closed
    /// with ALTER TABLE.
    fn forward_references(&self) -> bool;
}

/// How the database language of a target writes statements, beside DDL. A text has the same parameters in the same order
/// in every dialect, but may be empty where a dialect has no need of it.
pub(crate) trait QueryGrammar: Grammar {
    /// The parameter `number` of a statement, counted from 1.
    fn parameter(&self, number: usize, stands: Stands<'_>) -> String;

    /// The parameter after the one before, in a statement that numbers none.
    fn next_placeholder(&self) -> &'static str;

    /// A condition, always true, with a parameter that a statement has no other use for. `None` where one may be missing.
    fn seen(&self, _number: usize, _ty: &Type) -> Option<String> {
        None
    }

    /// The list of keys that is the parameter `number`, as a value.
    fn key_parameter(&self, number: usize, _types: &[&Type]) -> String {
        self.parameter(number, Stands::Beside(&Type::Text))
    }

    /// A condition that is true where `left` and `right` differ, NULL being a value like any other.
    fn distinct(&self, left: &str, right: &str) -> String;

    /// A query for the keys of a list that is the parameter `number`. `types` are the types of a key's columns, `picked`
    /// the places of those that the query gives.
    fn key_list(&self, number: usize, types: &[&Type], picked: &[usize]) -> String {
        let KeySource { from, fields, .. } = self.key_source(number, types);
        let fields: Vec<&str> = picked.iter().map(|place| fields[*place].as_str()).collect();
        format!("SELECT {} FROM {from}", fields.join(", "))
    }

    /// The condition that `columns`, which are a key, are in a list of such, or that they are `not`.
    fn listed(&self, columns: &[String], not: bool, number: usize, types: &[&Type]) -> String {
        let all: Vec<usize> = (0..types.len()).collect();
        let word = if not { "NOT IN" } else { "IN" };
        let keys = self.key_list(number, types, &all);
        format!("{} {word} ({keys})", tuple(columns))
    }

    /// The condition that `columns` are not among the `fields` of what is `from` somewhere.
    fn not_among(&self, columns: &[String], fields: &[String], from: &str) -> String {
        let fields = fields.join(", ");
        format!("{} NOT IN (SELECT {fields} FROM {from})", tuple(columns))
    }

    /// The keys of a list that is the parameter `number`, as a table to join others to, with the place of each.
    fn key_source(&self, number: usize, types: &[&Type]) -> KeySource;

    /// A query that says whether `query` gives a row, as a whole number.
    fn exists(&self, query: &str) -> String {
        format!("SELECT EXISTS ({query})")
    }

    /// The words, with spaces around them, of a join that the database makes from left to right.
    fn ordered_join(&self) -> &'static str {
        " JOIN "
    }

    /// Whether the targets of many sources are sorted where their relationship gives no order, by a key of these types. Where
    /// not, they mostly come in that order all the same, by the way they are found, and the support code sorts them when not.
    fn sorts_loads(&self, _key: &[&Type]) -> bool {
        true
    }

    /// What stands, with a space before it, at the end of a sub-select in FROM that is to be run as it is, where the database
    /// would else make one of it and the statement around it. `None` where mirrored links need none such.
    fn end_of_apart(&self) -> Option<&'static str> {
        None
    }

    /// What stands, with a space before it, behind a sub-select in FROM whose name nothing uses.
    fn nameless(&self) -> String {
        format!(" AS {}", self.identifier("relata_rows"))
    }

    /// Whether the columns of a sub-select in FROM have to have names that differ.
    fn wants_names(&self) -> bool {
        false
    }

    /// A query that says, as [`QueryGrammar::exists`] does, whether a key of a list is missing among the rows of `found`.
    /// The list is the parameter `number`, and `picked` are the places of those columns of a key that `found` gives.
    fn missing(&self, number: usize, types: &[&Type], picked: &[usize], found: &str) -> String {
        let keys = self.key_list(number, types, picked);
        self.exists(&format!("{keys} EXCEPT {found}"))
    }

    /// What stands behind the table in INSERT of a row that the database makes all of.
    fn no_values(&self) -> &'static str {
        "DEFAULT VALUES"
    }

    /// What stands for a value, in INSERT, of a column that the database counts.
    fn counted(&self) -> &'static str {
        "DEFAULT"
    }

    /// What stands, with a space before it, at the end of a query whose rows no other transaction is to change or refer by
    /// another `set` until this one ends. `None` where one transaction writes at a time.
    fn row_lock(&self) -> Option<&'static str>;

    /// The number that an INSERT has just counted, where nothing gives back the row itself: no RETURNING, and no ON CONFLICT
    /// either, which all who have the one have too.
    fn last_counted(&self) -> Option<&'static str> {
        None
    }

    /// What errors call the key over `columns`, in any order; empty where no statement needs to know.
    fn key_name(&self, _table: &Table, _columns: &[ColumnId]) -> String {
        String::new()
    }

    /// Whether a statement may read, in a sub-select, the table that it writes to.
    fn reads_what_it_writes(&self) -> bool {
        true
    }

    /// SQL of the user as it stands in a statement.
    fn users_sql(&self, sql: &str) -> String {
        sql.to_owned()
    }

    /// What stands, with a space before it, at the end of a query for rows as they are stored now, where the transaction might
    /// else read what was there when it began.
    fn as_it_is(&self) -> &'static str {
        ""
    }

    /// Whether statements that write stand in WITH.
    fn writes_in_with(&self) -> bool {
        false
    }

    /// Whether parameters can be columns of values, opened by `unnest`.
    fn unnests(&self) -> bool {
        false
    }

    /// The statements that drop every table of `model`, without semicolons, to be run in one transaction. They work with
    /// foreign keys enforced, with rows of any kind, and when some of the tables are not there.
    fn drop_tables(&self, model: &Model) -> Vec<String>;
}

/// `"a"`, or `("a", "b")`.
fn tuple(columns: &[String]) -> String {
    match columns {
        [only] => only.clone(),
        _ => format!("({})", columns.join(", ")),
    }
}

/// Where a parameter stands: what the database knows there of its type.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Stands<'t> {
    /// Beside a column of this type, or where a value for one is wanted.
    Beside(&'t Type),
    /// Alone or among others, as a value of this type.
    Alone(&'t Type),
    /// Compared with what is no column, as a value of this type.
    Compared(&'t Type),
    /// As the word whether a value is given.
    Flag,
    /// As a number of rows.
    Count,
}

/// A list of keys as a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeySource {
    /// What stands in FROM.
    pub(crate) from: String,
    /// The columns of a key.
    pub(crate) fields: Vec<String>,
    /// The place of a key in the list, counted from 0.
    pub(crate) place: String,
    /// The columns that a statement which groups by the place names for it, so that it may read the others too: that of
    /// the place, and what a key is made of.
    pub(crate) grouped: Vec<String>,
}

/// A default, or another value that the spec gives, as SQL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ValueText {
    /// A literal, which may follow DEFAULT as it is.
    Literal(String),
    /// An expression, which CREATE TABLE wants in parentheses.
    Expression(String),
}

impl ValueText {
    /// The value, to stand anywhere that an expression may: `COALESCE(?1, …)`.
    #[must_use]
    pub(crate) fn value(&self) -> &str {
        match self {
            Self::Literal(text) | Self::Expression(text) => text,
        }
    }

    /// The clause of CREATE TABLE: `DEFAULT …`.
    #[must_use]
    pub(crate) fn clause(&self) -> String {
        match self {
            Self::Literal(text) => format!("DEFAULT {text}"),
            Self::Expression(text) => format!("DEFAULT ({text})"),
        }
    }
}

/// A condition that follows from a column's type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ImpliedCheck {
    /// What it is about, the last part of its name: `ck_{table}_{column}_{about}`.
    pub(crate) about: &'static str,
    /// The condition, without the parentheses of CHECK.
    pub(crate) sql: String,
}

/// What a table is to the model; some dialects store them differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TableKind {
    /// The table of an entity.
    Entity,
    /// An association table without an entity.
    Secondary,
}

/// What a comment in the catalog is about; the names of tables and columns are quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CommentOn<'a> {
    /// An enum, by its name in the spec.
    Enum(&'a str),
    /// A table.
    Table(&'a str),
    /// A column.
    Column {
        /// The table.
        table: &'a str,
        /// The column.
        column: &'a str,
    },
}
