//! What a relationship writes to the row that has its foreign key, where that shares columns with others.
//!
//! A column that is in the primary key or in another foreign key too is not the relationship's to change: the row would
//! become another one, or refer to another row of a third table. So it must hold what the relationship would write, or
//! nothing. A key whose every column is shared is written whole, as nothing else would make it refer anywhere, while no
//! wider key is in force: that would refer elsewhere by a chance that the database could not tell from a wish.
//!
//! Where a relationship leads to rows that hold certain values alone, these are written with the key.

use crate::model::{ColumnId, Equality, ForeignKey, Table};

use super::{Stands, Writer, join};

/// A foreign key and the two tables of it.
pub(super) struct Holder<'m> {
    pub(super) table: &'m Table,
    pub(super) key: &'m ForeignKey,
    pub(super) referenced: &'m Table,
    /// What a row holds besides when it refers over the relationship.
    pub(super) holds: &'m [Equality],
}

impl Holder<'_> {
    /// Whether a row may refer to nothing.
    pub(super) fn is_optional(&self) -> bool {
        !self.key.is_required(self.table)
    }

    /// The other foreign keys that have one of its columns.
    fn overlapping(&self) -> impl Iterator<Item = &ForeignKey> {
        let others = self.table.foreign_keys.iter();
        others.filter(|other| {
            let mut columns = other.columns.iter();
            *other != self.key && columns.any(|column| self.key.columns.contains(column))
        })
    }

    /// Whether the column is in the primary key or in another foreign key.
    fn is_shared(&self, column: ColumnId) -> bool {
        self.table.primary_key.columns.contains(&column)
            || self.overlapping().any(|key| key.columns.contains(&column))
    }

    /// The places in the key of the columns that only it has.
    fn own(&self) -> Vec<usize> {
        let places = 0..self.key.columns.len();
        places
            .filter(|place| !self.is_shared(self.key.columns[*place]))
            .collect()
    }

    /// The places in the key of the columns that are written.
    fn written(&self) -> Vec<usize> {
        let own = self.own();
        let places = 0..self.key.columns.len();
        places
            .filter(|place| {
                let nullable = self.table.columns[self.key.columns[*place]].nullable;
                own.is_empty() || nullable || own.contains(place)
            })
            .collect()
    }

    /// The columns that are written.
    pub(super) fn written_columns(&self) -> Vec<ColumnId> {
        let written = self.written();
        written
            .iter()
            .map(|place| self.key.columns[*place])
            .collect()
    }

    /// Every column of the key, or those at `places`, each with the number of its parameter; the first is `first`.
    fn numbered(&self, places: &[usize], first: usize) -> Vec<(ColumnId, usize)> {
        places
            .iter()
            .map(|place| (self.key.columns[*place], first + place))
            .collect()
    }
}

impl Writer {
    /// `"a" = ?1, "b" = ?2`, and what a write changes besides: the row refers to the one with these columns.
    pub(super) fn refer(&self, holder: &Holder<'_>) -> String {
        let written = holder.numbered(&holder.written(), 1);
        let mut assignments = join(&written, ", ", |(column, number)| {
            self.is_param(holder.table, column, number)
        });
        for Equality { column, value } in holder.holds {
            let value = self.value(holder.table, *column, value.as_ref());
            assignments.push_str(", ");
            assignments.push_str(&self.assignments(holder.table, &[(*column, value)]));
        }
        self.touched(holder.table, assignments)
    }

    /// True where [`Writer::refer`] would change something, NULL being a value.
    pub(super) fn refers_elsewhere(&self, holder: &Holder<'_>) -> String {
        let written = holder.numbered(&holder.written(), 1);
        let values = written
            .iter()
            .map(|(column, number)| (*column, self.beside(holder.table, *column, *number)))
            .chain(holder.holds.iter().map(|Equality { column, value }| {
                (*column, self.value(holder.table, *column, value.as_ref()))
            }));
        let differ: Vec<String> = values
            .map(|(column, value)| {
                let stored = self.column(holder.table, column);
                self.grammar.distinct(&stored, &value)
            })
            .collect();
        match &differ[..] {
            [only] => only.clone(),
            _ => format!("({})", differ.join(" OR ")),
        }
    }

    /// `"a" = NULL`, and what a write changes besides: the row refers to nothing. `None` where no column that may be NULL
    /// is the key's alone. One such would be enough (MATCH SIMPLE).
    pub(super) fn release(&self, holder: &Holder<'_>) -> Option<String> {
        let mut columns: Vec<ColumnId> = holder
            .own()
            .iter()
            .map(|place| holder.key.columns[*place])
            .collect();
        columns.retain(|column| holder.table.columns[*column].nullable);
        if columns.is_empty() {
            return None;
        }
        let assignments = join(&columns, ", ", |column| {
            format!("{} = NULL", self.column(holder.table, column))
        });
        Some(self.touched(holder.table, assignments))
    }

    /// ` AND …`: that the row can refer to the one with these columns, as far as the database would not tell. Empty where
    /// nothing stands in the way.
    pub(super) fn can_refer(&self, holder: &Holder<'_>) -> String {
        let mut text = String::new();
        for condition in self.obstacles(holder) {
            text.push_str(" AND ");
            text.push_str(&condition);
        }
        text
    }

    /// Whether some row of the list, which is the parameter `number`, is there and cannot refer to the one with these
    /// columns; `None` where nothing stands in the way.
    pub(super) fn misfits(&self, holder: &Holder<'_>, number: usize) -> Option<String> {
        let conditions = self.obstacles(holder);
        let (table, key) = (holder.table, &holder.table.primary_key.columns);
        (!conditions.is_empty()).then(|| {
            self.grammar.exists(&format!(
                "SELECT 1 FROM {} WHERE {} AND NOT ({}){}",
                self.table(table),
                self.listed((table, key), (table, key), number),
                conditions.join(" AND "),
                self.unused(holder, &conditions)
            ))
        })
    }

    /// ` AND …`, always true: those of the first parameters that no condition has, where the database wants to see each.
    fn unused(&self, holder: &Holder<'_>, conditions: &[String]) -> String {
        let mut text = String::new();
        for (column, number) in holder.key.columns.iter().zip(1..) {
            let ty = &holder.table.columns[*column].ty;
            let parameter = self.grammar.parameter(number, Stands::Beside(ty));
            let mut conditions = conditions.iter();
            if let Some(seen) = self.grammar.seen(number, ty)
                && !conditions.any(|condition| has(condition, &parameter))
            {
                text.push_str(" AND ");
                text.push_str(&seen);
            }
        }
        text
    }

    fn obstacles(&self, holder: &Holder<'_>) -> Vec<String> {
        let own = holder.own();
        let places: Vec<usize> = (0..holder.key.columns.len()).collect();
        let all = holder.numbered(&places, 1);
        // Nothing refers to a row whose key is NULL, and writing that would release.
        let mut conditions: Vec<String> = (all.iter().zip(&holder.key.target_columns))
            .filter(|(_, referenced)| holder.referenced.columns[**referenced].nullable)
            .map(|((column, number), _)| {
                let parameter = self.alone(holder.table, *column, *number);
                format!("{parameter} IS NOT NULL")
            })
            .collect();
        if own.is_empty() {
            conditions.extend(self.stays_or_free(holder));
            return conditions;
        }
        for (place, (column, number)) in all.into_iter().enumerate() {
            if own.contains(&place) {
                continue;
            }
            let parameter = self.alone(holder.table, column, number);
            conditions.push(if holder.table.columns[column].nullable {
                let name = self.column(holder.table, column);
                format!("coalesce({name}, {parameter}) = {parameter}")
            } else {
                self.is_param(holder.table, column, number)
            });
        }
        conditions
    }

    /// `("a" = ?1 OR "b" IS NULL)` for each wider key: what it shares stays as it is, or the key is not in force.
    fn stays_or_free(&self, holder: &Holder<'_>) -> Vec<String> {
        let (table, key) = (holder.table, &holder.key.columns);
        let wider = |other: &&ForeignKey| other.columns.iter().any(|column| !key.contains(column));
        let condition = |other: &ForeignKey| {
            let shared: Vec<(ColumnId, usize)> = (key.iter().copied().zip(1..))
                .filter(|(column, _)| other.columns.contains(column))
                .collect();
            let stays = join(&shared, " AND ", |(column, number)| {
                self.is_param(table, column, number)
            });
            let nullable = other.columns.iter().copied();
            let nullable: Vec<ColumnId> = nullable
                .filter(|column| table.columns[*column].nullable)
                .collect();
            let free = join(&nullable, "", |column| {
                format!(" OR {} IS NULL", self.column(table, column))
            });
            format!("({stays}{free})")
        };
        holder.overlapping().filter(wider).map(condition).collect()
    }
}

/// Whether the parameter stands in `text`: `$1` does not in `$12`.
fn has(text: &str, parameter: &str) -> bool {
    let mut behind = text.split(parameter).skip(1);
    behind.any(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests;
