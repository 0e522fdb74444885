//! Values and rows that dice choose: small ones choose what is simple.

use crate::reference::call::{Filter, Given, New, Patch, Payload};
use crate::reference::rules;
use crate::reference::schema::{BARE, Holder, Key, LADEN, Rel, Row, Table, Value};
use crate::reference::world::World;

/// A key that no row gets.
const NOBODY: Value = Value::Int(999_999);

/// Dice that are read one after the other, and the rows that they choose among.
pub struct Dice<'d> {
    left: std::slice::Iter<'d, u8>,
    pub world: &'d World,
    /// Copies of rows that have been written to or are gone since.
    pub old: &'d [(Table, Row)],
    /// The last table that a row was wanted of and had none.
    pub missing: Option<Table>,
}

impl<'d> Dice<'d> {
    pub fn new(dice: &'d [u8], world: &'d World, old: &'d [(Table, Row)]) -> Self {
        Self {
            left: dice.iter(),
            world,
            old,
            missing: None,
        }
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        let byte = self.left.next().copied().unwrap_or_default();
        usize::from(byte) % end
    }

    /// Whether one of `among` comes up, which zero does not.
    pub fn rarely(&mut self, among: usize) -> bool {
        self.below(among) == among - 1
    }

    pub fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    pub fn number(&mut self) -> Value {
        let number = self.one_of(&[0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2, 3]);
        Value::Int(number)
    }

    pub fn text(&mut self) -> Value {
        Value::Text(
            self.one_of(&["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"])
                .to_owned(),
        )
    }

    /// A copy of a row: mostly of one as it is, else an old one.
    pub fn copy(&mut self, table: Table) -> Option<Row> {
        let old = self.old.iter().filter(|(of, _)| *of == table);
        let old: Vec<&Row> = old.map(|(_, row)| row).collect();
        let rows = self.world.rows(table);
        if !old.is_empty() && (rows.is_empty() || self.rarely(9)) {
            return Some(self.one_of(&old).clone());
        }
        if rows.is_empty() {
            self.missing = Some(table);
            return None;
        }
        Some(rows[self.below(rows.len())].clone())
    }

    /// A key of such a row, or of none.
    pub fn key(&mut self, table: Table) -> Key {
        match self.copy(table) {
            Some(row) if !self.rarely(30) => table.key(&row),
            _ => match table {
                Table::Flag => vec![Value::Text("x".into())],
                Table::Room => vec![Value::Int(7), Value::Int(7)],
                _ => vec![NOBODY],
            },
        }
    }

    /// A value for a column that is no key of the database's making.
    pub fn value(&mut self, table: Table, column: usize) -> Value {
        let shape = table.shape();
        if shape.nullable.contains(&column) && self.rarely(3) {
            return Value::Null;
        }
        let foreign = shape.foreign.iter();
        let refers =
            |foreign: &&crate::reference::schema::Foreign| foreign.columns.contains(&column);
        if let Some(foreign) = foreign.clone().find(refers) {
            let place = foreign.columns.iter().position(|of| *of == column);
            let key = self.key(foreign.to);
            // The key of a row that is gone may be that of the next row of the same call. Whether it is missed before depends on
            // the database, which looks behind each row or behind all of them.
            if foreign.to == table && self.world.place(table, &key).is_none() {
                return NOBODY;
            }
            return key[place.unwrap_or_default()].clone();
        }
        match (table, column) {
            (Table::Club | Table::Member, 1)
            | (Table::Flag, 0 | 2)
            | (Table::Room, 2)
            | (Table::Office, 3) => self.text(),
            _ => self.number(),
        }
    }

    /// A row for the other side of another one: mostly one that is there already, or any.
    pub fn target(&mut self, rel: Rel, source: &Row) -> Option<Row> {
        let related = self.world.targets(rel, source);
        if related.is_empty() || self.below(2) == 0 {
            return self.copy(rel.target());
        }
        Some(related[self.below(related.len())].clone())
    }

    /// Whether the rows are there that a row of a table cannot do without. Seldom it is tried without them.
    pub fn may_be(&mut self, table: Table) -> bool {
        let needed = match table {
            Table::Room => Table::Club,
            Table::Card => Table::Member,
            _ => return true,
        };
        let may_be = !self.world.rows(needed).is_empty() || self.rarely(20);
        if !may_be {
            self.missing = Some(needed);
        }
        may_be
    }

    /// A new row.
    pub fn fresh(&mut self, table: Table) -> New {
        let shape = table.shape();
        let mut new = New::new();
        for column in 0..shape.width {
            let made = shape.counted && column == 0 || shape.version == Some(column);
            let may_be_left = shape.nullable.contains(&column) || table.default(column).is_some();
            new.push(if made || may_be_left && self.rarely(3) {
                Given::Not
            } else {
                Given::Value(self.value(table, column))
            });
        }
        // A key of two columns is one of a row.
        if table == Table::Card && new[2] != Given::Not {
            let key = self.key(Table::Room).into_iter().map(Given::Value);
            for (given, part) in new[2..].iter_mut().zip(key) {
                *given = part;
            }
        }
        new
    }

    /// A row with a key of ours: a copy, changed or not, or one of a row that is gone.
    pub fn keyed(&mut self, table: Table) -> Option<Row> {
        let mut row = self.copy(table)?;
        for (column, value) in row.iter_mut().enumerate() {
            if table.shape().counted && column == 0 {
                // No number that the database would give.
                *value = if self.rarely(4) {
                    value.clone()
                } else {
                    Value::Int(-1 - self.small())
                };
            } else if table.shape().version != Some(column) && !self.rarely(4) {
                *value = self.value(table, column);
            }
        }
        Some(row)
    }

    fn small(&mut self) -> i32 {
        self.one_of(&[0, 1, 2, 3, 4, 5])
    }

    pub fn patch(&mut self, table: Table) -> Patch {
        let shape = table.shape();
        let column = |column: usize| {
            let fixed = shape.key.contains(&column) || shape.version == Some(column);
            (!fixed && self.rarely(2)).then(|| self.value(table, column))
        };
        (0..shape.width).map(column).collect()
    }

    /// What a link has beside its ends.
    pub fn payload(&mut self, rel: Rel) -> Payload {
        let Holder::Link(table, ..) = rel.holder() else {
            return Payload::new();
        };
        let shape = table.shape();
        let is_end = |column: usize| {
            let mut ends = shape.foreign.iter();
            ends.any(|foreign| foreign.columns.contains(&column))
        };
        let column = |column: usize| {
            let left = table.default(column).is_some() && self.rarely(2);
            (!left).then(|| self.value(table, column))
        };
        let rest = (0..shape.width).filter(|column| !is_end(*column));
        rest.map(column).collect()
    }

    /// Up to three rows with payload.
    pub fn targets(&mut self, rel: Rel, source: &Row) -> Vec<(Row, Payload)> {
        let number = self.below(4);
        let target = |_| {
            let row = self.target(rel, source)?;
            Some((row, self.payload(rel)))
        };
        (0..number).filter_map(target).collect()
    }

    pub fn filter(&mut self, table: Table) -> Filter {
        match self.below(5) {
            0 => Filter::All,
            1 => Filter::Related,
            2 => Filter::Alone,
            _ => Filter::Word(self.word(table)),
        }
    }

    /// A value of the column that filters and bulk changes are about.
    pub fn word(&mut self, table: Table) -> Value {
        let word = |row: &Row| row[rules::word(table)].clone();
        let found: Vec<Value> = self.world.rows(table).iter().map(word).collect();
        match found.get(self.below(found.len() + 2)) {
            Some(value) if *value != Value::Null => value.clone(),
            _ if table == Table::Card => self.number(),
            _ => self.text(),
        }
    }

    /// A relationship to many; `removable` is one whose targets can be taken away.
    pub fn many(&mut self, removable: bool) -> Rel {
        let bare = BARE.len() - usize::from(removable);
        let place = self.below(bare + LADEN.len());
        *BARE[..bare]
            .iter()
            .chain(&LADEN)
            .nth(place)
            .expect("one of them")
    }
}
