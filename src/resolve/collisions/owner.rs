//! What has a name: what to call it in a message, and where it is.

use super::Names;
use crate::resolve::draft::{Origin, Source};
use crate::source::Place;

/// Who wants a name: the place of a table, or of an enum, and what of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Owner(pub(super) usize, pub(super) What);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum What {
    Table,
    Column(usize),
    Relationship(usize),
    /// A constraint or an index that comes from here.
    From(Origin),
    Enum,
    Variant(usize),
}

impl Names<'_, '_> {
    /// What to call `owner` in a message.
    pub(super) fn called(&self, Owner(place, what): Owner) -> String {
        let source = || &self.drafts[place].source;
        match what {
            What::Table => format!("{} `{}`", source().word(), source().name),
            What::Column(column) => format!("column `{}`", source().column_name(column)),
            What::Relationship(id) => {
                format!("relationship `{}`", self.relationships[place][id].name)
            }
            What::From(origin) => from(source(), origin),
            What::Enum => format!("enum `{}`", self.enums[place].ty.name),
            What::Variant(id) => format!("variant `{}`", self.enums[place].ty.variants[id].name),
        }
    }

    /// Where `owner` is.
    pub(super) fn place(&self, Owner(place, what): Owner) -> Place {
        let source = || &self.drafts[place].source;
        match what {
            What::Table => source().place(Origin::Table),
            What::Column(column) => source().place(Origin::Column(column)),
            What::Relationship(id) => self.relationships[place][id].path(self.drafts).at_key(),
            What::From(origin) => source().place(origin),
            What::Enum => self.enums[place].place(),
            What::Variant(id) => self.enums[place].place_of(id),
        }
    }
}

/// What to call the constraint or index that comes from `origin`.
fn from(source: &Source<'_>, origin: Origin) -> String {
    let part = match origin {
        Origin::ColumnKey(column, key) => {
            let of_what = format!("column `{}.{}`", source.name, source.column_name(column));
            return match key {
                "references" => format!("the key of {of_what}"),
                key => format!("`{key}` of {of_what}"),
            };
        }
        Origin::Unique(_) => "a unique key",
        Origin::Index(_) => "an index",
        Origin::Check(_) => "a check",
        Origin::ForeignKey(_) => "a foreign key",
        Origin::Symmetric => "the check that `symmetric` makes",
        Origin::Table | Origin::Column(_) | Origin::PrimaryKey => "the primary key",
    };
    format!("{part} of `{}`", source.name)
}
