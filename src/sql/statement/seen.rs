//! The links of a secondary as what reads them sees them: each leads from its source to its target.
//!
//! A link of a symmetric secondary is the same from both sides, so it is seen twice. Where it has columns of its own, and
//! so is a row that users filter, sort and get, every column holds what is stored, and the two keys are columns that the
//! statement makes up.

use std::borrow::Cow;

use crate::model::{ColumnId, End, ForeignKey, Secondary, Table};

use super::{Writer, join};

/// The names of the columns that statements make up, which get a number where a key has several.
const FROM: &str = "relata_from";
const TO: &str = "relata_to";

/// The links of a secondary, read from one of its ends.
pub(super) struct Seen<'m> {
    secondary: &'m Secondary,
    local: End,
    /// Their table, what is made up standing behind its own columns.
    pub(super) table: Cow<'m, Table>,
    /// The foreign key to the source.
    pub(super) here: Cow<'m, ForeignKey>,
    /// The foreign key to the target.
    pub(super) there: Cow<'m, ForeignKey>,
}

impl<'m> Seen<'m> {
    pub(super) fn new(secondary: &'m Secondary, local: End) -> Self {
        let mut seen = Self {
            secondary,
            local,
            table: Cow::Borrowed(&secondary.table),
            here: Cow::Borrowed(secondary.end(local)),
            there: Cow::Borrowed(secondary.end(local.other())),
        };
        if secondary.symmetric && secondary.rust.is_some() {
            let table = seen.table.to_mut();
            seen.here.to_mut().columns = make_up(table, &seen.here.columns, FROM);
            seen.there.to_mut().columns = make_up(table, &seen.there.columns, TO);
        }
        seen
    }

    /// The links in FROM under the name `called`, which is quoted.
    pub(super) fn from(&self, w: &Writer, called: &str) -> String {
        let (secondary, table) = (self.secondary, &*self.table);
        if !secondary.symmetric {
            return w.called(table, called);
        }
        let name = w.table(&secondary.table);
        let [here, there] =
            [self.local, self.local.other()].map(|end| &secondary.end(end).columns[..]);
        let seen = self.here.columns.iter().chain(&self.there.columns);
        let pairs: Vec<(ColumnId, ColumnId)> =
            (here.iter().chain(there).copied().zip(seen.copied())).collect();
        let stored = if secondary.rust.is_some() { "*, " } else { "" };
        format!(
            "(SELECT {stored}{} FROM {name} UNION ALL SELECT {stored}{} FROM {name}) AS {called}",
            join(&pairs, ", ", |(stored, seen)| {
                let own = w.column(table, stored);
                if seen == stored {
                    return own;
                }
                format!("{own} AS {}", w.column(table, seen))
            }),
            w.list(table, &[there, here].concat())
        )
    }
}

/// Columns like `columns`, behind the others of `table`, by names that none of those has.
fn make_up(table: &mut Table, columns: &[ColumnId], called: &str) -> Vec<ColumnId> {
    let mut made_up = Vec::with_capacity(columns.len());
    for (place, column) in columns.iter().enumerate() {
        let mut column = table.columns[*column].clone();
        column.name = match columns.len() {
            1 => called.to_owned(),
            _ => format!("{called}_{}", place + 1),
        };
        while (table.columns.iter()).any(|other| other.name.eq_ignore_ascii_case(&column.name)) {
            column.name.push('_');
        }
        made_up.push(table.columns.len());
        table.columns.push(column);
    }
    made_up
}

#[cfg(test)]
mod tests {
    use super::Seen;
    use crate::model::sample::{column, entity, school, table};
    use crate::model::{Action, End, Secondary, Type};
    use crate::sql::sqlite;
    use crate::sql::statement::Writer;

    /// A link between students, with these columns behind its ends.
    fn link(payload: &[&str]) -> Secondary {
        let names = ["a", "b"].iter().chain(payload);
        let columns = names.map(|name| column(name, Type::Integer)).collect();
        let table = table("link", columns)
            .keyed(&[0, 1])
            .refers(0, 0, Action::Cascade)
            .refers(1, 0, Action::Cascade);
        let rust = (!payload.is_empty()).then(|| entity("Link", table.clone()).rust);
        let [secondary] = school().secondaries.try_into().expect("one");
        Secondary {
            rust,
            table,
            symmetric: true,
            ..secondary
        }
    }

    fn from(secondary: &Secondary) -> String {
        let grammar = sqlite();
        Seen::new(secondary, End::First).from(&Writer { grammar }, r#""l""#)
    }

    #[test]
    fn a_link_is_there_from_both_sides() {
        assert_eq!(
            from(&link(&[])),
            r#"(SELECT "a", "b" FROM "link" UNION ALL SELECT "b", "a" FROM "link") AS "l""#
        );
        assert_eq!(
            from(&link(&["since"])),
            r#"(SELECT *, "a" AS "relata_from", "b" AS "relata_to" FROM "link" UNION ALL SELECT *, "b", "a" FROM "link") AS "l""#
        );
        let directed = Secondary {
            symmetric: false,
            ..link(&["since"])
        };
        assert_eq!(from(&directed), r#""link" AS "l""#);
    }

    #[test]
    fn what_is_made_up_has_names_of_its_own() {
        assert_eq!(
            from(&link(&["relata_to", "RELATA_TO_", "relata_from_1"])),
            r#"(SELECT *, "a" AS "relata_from", "b" AS "relata_to__" FROM "link" UNION ALL SELECT *, "b", "a" FROM "link") AS "l""#
        );
    }
}
