//! The rows of all tables, and what a database guards: keys, checks, foreign keys and their actions.

use std::collections::BTreeSet;

use crate::reference::schema::{
    Action, ENTITIES, Foreign, Holder, Key, LINKS, Rel, Row, Table, Value, pick,
};

/// Why a call is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    NotFound,
    TooMany,
    Stale,
    Unique,
    Foreign,
    Check,
    NotNull,
    Pending,
}

/// Several reasons at once: which of them is told is left to the database.
pub type Faults = BTreeSet<Fault>;

pub type Done<T> = Result<T, Faults>;

/// Refuses for one reason.
pub fn refuse<T>(fault: Fault) -> Done<T> {
    Err(Faults::from([fault]))
}

/// All rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct World {
    tables: [Vec<Row>; 10],
}

impl World {
    pub fn rows(&self, table: Table) -> &[Row] {
        &self.tables[table as usize]
    }

    pub fn rows_mut(&mut self, table: Table) -> &mut Vec<Row> {
        &mut self.tables[table as usize]
    }

    /// Where the row with a key is.
    pub fn place(&self, table: Table, key: &[Value]) -> Option<usize> {
        let mut rows = self.rows(table).iter();
        rows.position(|row| table.key(row) == key)
    }

    pub fn row(&self, table: Table, key: &[Value]) -> Option<&Row> {
        self.place(table, key).map(|place| &self.rows(table)[place])
    }

    /// Where the row is that `copy` was read from; its version has to be that of the copy.
    pub fn locked(&self, table: Table, copy: &Row) -> Done<usize> {
        let Some(place) = self.place(table, &table.key(copy)) else {
            return refuse(Fault::NotFound);
        };
        let stale = |version: usize| self.rows(table)[place][version] != copy[version];
        if table.shape().version.is_some_and(stale) {
            return refuse(Fault::Stale);
        }
        Ok(place)
    }

    /// Writes to a row: its version is one more.
    pub fn write(&mut self, table: Table, place: usize, change: impl FnOnce(&mut Row)) {
        let row = &mut self.rows_mut(table)[place];
        change(row);
        if let Some(version) = table.shape().version
            && let Value::Int(number) = &mut row[version]
        {
            *number += 1;
        }
    }

    /// Writes to the rows that fit, and says how many.
    pub fn write_where(
        &mut self,
        table: Table,
        fits: impl Fn(&Row) -> bool,
        change: impl Fn(&mut Row),
    ) -> u64 {
        let mut written = 0;
        for place in 0..self.rows(table).len() {
            if fits(&self.rows(table)[place]) {
                self.write(table, place, &change);
                written += 1;
            }
        }
        written
    }

    /// Deletes the rows that fit, and does to others what their foreign keys say; says how many fit.
    pub fn delete_where(&mut self, table: Table, fits: impl Fn(&Row) -> bool) -> u64 {
        let (gone, stay) = std::mem::take(self.rows_mut(table))
            .into_iter()
            .partition(|row| fits(row));
        *self.rows_mut(table) = stay;
        let gone: Vec<Row> = gone;
        for row in &gone {
            self.act(table, &table.key(row));
        }
        gone.len() as u64
    }

    fn act(&mut self, gone: Table, key: &Key) {
        for table in ENTITIES.into_iter().chain(LINKS) {
            for foreign in table.shape().foreign {
                let refers = |row: &Row| foreign.to == gone && pick(row, foreign.columns) == *key;
                match foreign.action {
                    Action::Refuse => {}
                    Action::Cascade => {
                        self.delete_where(table, refers);
                    }
                    // The database does it by itself, so no version is raised.
                    Action::SetNull => {
                        let rows = self.rows_mut(table).iter_mut();
                        for row in rows.filter(|row| refers(row)) {
                            put(row, foreign, None);
                        }
                    }
                }
            }
        }
    }

    /// What the database says when a statement is done.
    pub fn settle(&self) -> Done<()> {
        let mut faults = Faults::new();
        for table in ENTITIES.into_iter().chain(LINKS) {
            let shape = table.shape();
            for unique in shape.unique.iter().chain([&shape.key]) {
                let rows = self.rows(table).iter();
                let mut keys: Vec<Key> = rows.map(|row| pick(row, unique)).collect();
                keys.retain(|key| !key.contains(&Value::Null));
                keys.sort();
                if keys.windows(2).any(|pair| pair[0] == pair[1]) {
                    faults.insert(Fault::Unique);
                }
            }
            for row in self.rows(table) {
                faults.extend(checked(table, row));
                for foreign in shape.foreign {
                    let key = pick(row, foreign.columns);
                    if !key.contains(&Value::Null) && self.place(foreign.to, &key).is_none() {
                        faults.insert(Fault::Foreign);
                    }
                }
            }
        }
        if faults.is_empty() {
            Ok(())
        } else {
            Err(faults)
        }
    }

    /// What is at the other side of a row, in order: each with its link, which is empty without a secondary.
    pub fn related(&self, rel: Rel, source: &Row) -> Vec<(Row, Row)> {
        let (from, target) = (rel.source(), rel.target());
        let key = from.key(source);
        let mut found: Vec<(Row, Row)> = match rel.holder() {
            Holder::Source(foreign) => {
                let foreign = from.shape().foreign[foreign];
                let row = self.row(target, &pick(source, foreign.columns));
                row.map(|row| (row.clone(), Row::new()))
                    .into_iter()
                    .collect()
            }
            Holder::Target(foreign) => {
                let foreign = target.shape().foreign[foreign];
                let rows = self.rows(target).iter();
                rows.filter(|row| pick(row, foreign.columns) == key)
                    .map(|row| (row.clone(), Row::new()))
                    .collect()
            }
            Holder::Link(table, ..) => {
                let links = self.rows(table).iter();
                links
                    .filter_map(|link| {
                        let other = other_end(rel, link, &key)?;
                        Some((self.row(target, &other)?.clone(), link.clone()))
                    })
                    .collect()
            }
        };
        found.sort_by(|left, right| in_order(rel, left, right));
        found
    }

    /// The same, each row once, at the place where it comes first.
    pub fn targets(&self, rel: Rel, source: &Row) -> Vec<Row> {
        let mut rows = Vec::new();
        for (row, _) in self.related(rel, source) {
            if !rows.contains(&row) {
                rows.push(row);
            }
        }
        rows
    }
}

/// What the row itself breaks.
pub fn checked(table: Table, row: &Row) -> Faults {
    let shape = table.shape();
    let mut faults = Faults::new();
    let null = |column: &usize| row[*column] == Value::Null && !shape.nullable.contains(column);
    if (0..shape.width).any(|column| null(&column)) {
        faults.insert(Fault::NotNull);
    }
    let low = |&column: &usize| row[column] < Value::Int(3);
    let ordered = table != Table::Friendship || row[0] < row[1];
    if !ordered || !shape.below_three.iter().all(low) {
        faults.insert(Fault::Check);
    }
    faults
}

/// Has a row refer to a key, or to none.
pub fn put(row: &mut Row, foreign: &Foreign, key: Option<&[Value]>) {
    for (place, &column) in foreign.columns.iter().enumerate() {
        row[column] = key.map_or(Value::Null, |key| key[place].clone());
    }
}

/// The key at the other end of a link of `rel`, when one end is `key`. A link of friends has no direction.
pub fn other_end(rel: Rel, link: &Row, key: &[Value]) -> Option<Key> {
    let Holder::Link(table, from, to) = rel.holder() else {
        return None;
    };
    let end = |foreign: usize| pick(link, table.shape().foreign[foreign].columns);
    if end(from) == key {
        return Some(end(to));
    }
    (table == Table::Friendship && end(to) == key).then(|| end(from))
}

fn in_order(rel: Rel, left: &(Row, Row), right: &(Row, Row)) -> std::cmp::Ordering {
    let target = rel.target();
    for order in rel.order() {
        let of = |pair: &(Row, Row)| {
            let row = if order.of_link { &pair.1 } else { &pair.0 };
            row[order.column].clone()
        };
        let (left, right) = (of(left), of(right));
        let mut by = left.cmp(&right);
        if !crate::db::NULLS_FIRST && (left == Value::Null) != (right == Value::Null) {
            by = by.reverse();
        }
        if order.down {
            by = by.reverse();
        }
        if by.is_ne() {
            return by;
        }
    }
    // A link's key has the target's, and the rest of it decides at last.
    (target.key(&left.0), &left.1).cmp(&(target.key(&right.0), &right.1))
}
