//! What the dialects lack that were asked for: a file for each, so that nothing behind this stage meets a model that its
//! dialect cannot say.
//!
//! In: drafts that are resolved. Out: diagnostics at what the spec would have to say otherwise.

mod mysql;
mod postgres;
mod sqlite;
mod words;

use super::context::Context;
use super::draft::{Draft, Origin, Sited};
use super::enums::Enums;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{ColumnId, Dialect, Key, Type};
use crate::source::Place;

/// What a dialect lacks: a sentence, and a way out.
pub(super) struct Lack {
    pub(super) message: String,
    pub(super) help: String,
}

impl Lack {
    /// The problem at `place`.
    pub(super) fn at(self, place: Place) -> Diagnostic {
        Diagnostic::new(Code::DialectLacks, place, self.message).help(self.help)
    }
}

/// What one of the dialects lacks for values of type `ty`, wherever they stand; `name` is what has the type.
pub(super) fn of_type(dialects: &[Dialect], ty: &Type, name: &str) -> Option<Lack> {
    dialects.iter().find_map(|dialect| match dialect {
        Dialect::Sqlite => sqlite::of_type(ty, name),
        Dialect::Postgres => None,
        Dialect::Mysql => mysql::of_type(ty, name),
    })
}

/// Whether a dialect has indexes over a part of the rows.
pub(super) fn have_partial_indexes(dialect: Dialect) -> bool {
    dialect != Dialect::Mysql
}

/// Reports what the dialects lack for the tables and enums of the spec.
pub(super) fn check(context: &mut Context<'_>, drafts: &[Draft<'_>]) {
    let mut found = Vec::new();
    for dialect in context.dialects {
        match dialect {
            Dialect::Sqlite => sqlite::check(drafts, &mut found),
            Dialect::Postgres => postgres::check(drafts, &context.enums, &mut found),
            Dialect::Mysql => mysql::check(drafts, &context.enums, context.dialects, &mut found),
        }
    }
    for diagnostic in found {
        context.report(diagnostic);
    }
}

/// A key or an index of a table.
struct Listed<'d> {
    /// What it is: `the unique key`.
    what: &'static str,
    name: &'d str,
    columns: &'d [ColumnId],
    origin: Origin,
}

/// The keys and indexes of a table, the foreign keys left out.
fn listed<'d>(draft: &'d Draft<'_>) -> impl Iterator<Item = Listed<'d>> {
    let of = |what| {
        move |key: &'d Sited<Key>| Listed {
            what,
            name: &key.item.name,
            columns: &key.item.columns,
            origin: key.origin,
        }
    };
    let indexes = draft.indexes.iter().map(|index| Listed {
        what: "the index",
        name: &index.item.name,
        columns: &index.item.columns,
        origin: index.origin,
    });
    let primary = draft.primary_key.iter().map(of("the primary key"));
    let uniques = draft.uniques.iter().map(of("the unique key"));
    primary.chain(uniques).chain(indexes)
}

/// Reports keys and indexes of more than `most` columns.
fn wide_keys(dialect: Dialect, draft: &Draft<'_>, most: usize, found: &mut Vec<Diagnostic>) {
    let dialect = dialect.as_str();
    for key in listed(draft).filter(|key| key.columns.len() > most) {
        let lack = Lack {
            message: format!(
                "{dialect} has no keys and indexes of more than {most} columns, and {} `{}` has {}",
                key.what,
                key.name.escape_debug(),
                key.columns.len()
            ),
            help: "leave out the columns that tell least".to_owned(),
        };
        found.push(lack.at(draft.source.place(key.origin)));
    }
}

/// Reports tables of more than `most` columns.
fn wide_tables(dialect: Dialect, draft: &Draft<'_>, most: usize, found: &mut Vec<Diagnostic>) {
    let (dialect, source) = (dialect.as_str(), &draft.source);
    let count = draft.columns.len();
    if count > most {
        let lack = Lack {
            message: format!(
                "{dialect} has no tables of more than {most} columns, and `{}` has {count}",
                source.name
            ),
            help: "move some to an entity of its own, and refer to it".to_owned(),
        };
        found.push(lack.at(source.place(Origin::Table)));
    }
}

/// Reports what native enums store that `unfit` finds something wrong with: the end of a sentence.
fn labels(
    dialect: Dialect,
    enums: &Enums<'_>,
    unfit: impl Fn(&str) -> Option<String>,
    found: &mut Vec<Diagnostic>,
) {
    for each in enums.values().filter(|each| each.ty.native) {
        for (id, variant) in each.ty.variants.iter().enumerate() {
            let Some(why) = unfit(&variant.stored) else {
                continue;
            };
            let lack = Lack {
                message: format!(
                    "the enum type of {} cannot store `{}` for `{}`: {why}",
                    dialect.as_str(),
                    variant.stored.escape_debug(),
                    variant.name
                ),
                help: "store something else, or write `native: false` at the enum, which is text with a check then"
                    .to_owned(),
            };
            found.push(lack.at(each.place_of(id)));
        }
    }
}
