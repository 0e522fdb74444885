//! Derives that a struct of rows cannot have: what a column's type lacks, what another derive takes, what would show a
//! private column.

use super::draft::{Column, Draft, Origin};
use super::extras::{Attribute, Derived};
use super::types;
use super::writes::{contradiction, key};
use crate::diagnostic::Diagnostic;
use crate::model::{ColumnId, Time, Type};
use crate::naming::Derive;

/// The struct of a row, and what is added to it.
pub(super) struct Rows<'a, 's> {
    pub(super) draft: &'a Draft<'s>,
    pub(super) derives: &'a [Derived<'s>],
    pub(super) attributes: &'a [Attribute<'s>],
    /// The crate whose types dates and times are.
    pub(super) time: Time,
}

/// What cannot be: the place of the derive in the list and what to say of it; attributes have places behind those.
pub(super) fn unfit(rows: &Rows<'_, '_>) -> Vec<(usize, Diagnostic)> {
    let derives = rows.derives.iter().enumerate();
    let derives = derives.filter_map(|(place, derived)| Some((place, rows.unfit(derived)?)));
    let hiding = rows.attributes.iter().filter(|each| each.derives);
    let hiding = hiding.filter_map(|each| Some((rows.derives.len(), rows.hidden(each)?)));
    derives.chain(hiding).collect()
}

impl Rows<'_, '_> {
    fn unfit(&self, derived: &Derived<'_>) -> Option<Diagnostic> {
        let source = &self.draft.source;
        let (path, name) = (derived.path, source.name);
        if let Some(needed) = self.missing(derived.derive) {
            let message =
                format!("`{path}` needs `{needed}`, which the rows of `{name}` do not derive");
            let help = format!("add `{needed}` to `derives`, or leave out `{path}`");
            return Some(contradiction(derived.place.clone(), message).help(help));
        }
        let mut columns = self.draft.columns.iter().enumerate();
        let (id, ty, help) = columns.find_map(|(id, column)| {
            let help = self.lacks(id, column, derived.derive)?;
            Some((id, column.ty.as_ref()?, help))
        })?;
        let column = source.column_name(id);
        let message = format!(
            "the rows of `{name}` cannot derive `{path}`: column `{column}` is `{}`",
            types::word(ty)
        );
        Some(
            contradiction(derived.place.clone(), message)
                .other(source.place(Origin::Column(id)), "the column")
                .help(help),
        )
    }

    /// A derive that `derive` takes and that is not there.
    fn missing(&self, derive: Derive) -> Option<&'static str> {
        let has = |wanted| self.derives.iter().any(|each| each.derive == wanted);
        match derive {
            Derive::Ord if !has(Derive::Eq) => Some("Eq"),
            Derive::Ord if !has(Derive::PartialOrd) => Some("PartialOrd"),
            _ => None,
        }
    }

    /// What to do about a column whose type lacks `derive`.
    fn lacks(&self, id: ColumnId, column: &Column, derive: Derive) -> Option<&'static str> {
        let private = self.draft.source.columns[id].private == Some(true);
        let without_default = self.time == Time::Time && !column.nullable;
        let ty = match column.ty.as_ref()? {
            Type::List(_) if derive == Derive::Copy => {
                return Some("leave it out there: such values are cloned");
            }
            // A list is compared as its values are, and always has a default.
            Type::List(_) if matches!(derive, Derive::Default | Derive::Deserialize) => {
                return None;
            }
            Type::List(of) => &**of,
            ty => ty,
        };
        match (derive, ty) {
            (Derive::Copy, Type::String(_) | Type::Text | Type::Bytes(_) | Type::Json) => {
                Some("leave it out there: such values are cloned")
            }
            (Derive::Eq | Derive::Hash | Derive::Ord, Type::Float | Type::Double) => Some(
                "leave it out there, since NaN equals nothing; or make the column `\"decimal(10,2)\"`, which has it",
            ),
            (Derive::Ord | Derive::PartialOrd, Type::Json) => {
                Some("leave it out there: JSON has no order")
            }
            (Derive::Default, Type::Enum(of))
                if !column.nullable && !has_default(&of.extras.derives) =>
            {
                Some(
                    "leave it out there, or write `derives: [Default]` at the enum: it is its first variant then",
                )
            }
            (Derive::Deserialize, Type::Enum(of))
                if private && !column.nullable && !has_default(&of.extras.derives) =>
            {
                Some(
                    "a private column is left out, and its default put in: write `derives: [Default]` at the enum, which is its first variant then",
                )
            }
            (Derive::Default, Type::Date | Type::Time | Type::DateTime | Type::Timestamp)
                if without_default =>
            {
                Some(
                    "leave it out there, or choose another crate with `generate.time`: the types of `time` have no default",
                )
            }
            (Derive::Deserialize, Type::Date | Type::Time | Type::DateTime | Type::Timestamp)
                if private && without_default =>
            {
                Some(
                    "a private column is left out, and its default put in, but the types of `time` have none: make it nullable, or choose another crate with `generate.time`",
                )
            }
            _ => None,
        }
    }

    /// A derive in an attribute, of which nobody can know whether it shows a private column.
    fn hidden(&self, attribute: &Attribute<'_>) -> Option<Diagnostic> {
        let source = &self.draft.source;
        let mut columns = source.columns.values();
        let id = columns.position(|column| column.private == Some(true))?;
        let (name, column) = (source.name, source.column_name(id));
        let message = format!(
            "a derive in an attribute of `{name}` would show the private column `{column}`"
        );
        Some(
            contradiction(attribute.place.clone(), message)
                .other(key(source, id, "private"), "private here")
                .help(
                    "write the derive under `derives`, where `serde` passes private columns over",
                ),
        )
    }
}

/// Whether an enum derives `Default`.
fn has_default(derives: &[String]) -> bool {
    derives
        .iter()
        .any(|path| Derive::of(path) == Derive::Default)
}
