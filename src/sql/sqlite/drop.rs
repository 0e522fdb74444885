//! Dropping a schema's tables, whatever refers to what and whatever rows are in them.
//!
//! DROP TABLE deletes the rows first, as DELETE would, while foreign keys are on (`lang_droptable.html`), and
//! `PRAGMA foreign_keys = OFF` does nothing inside a transaction (`pragma.html`). Referencing tables go first, so most
//! schemas need no more than the order. What was found by trying every action in circles with rows:
//!
//! - NO ACTION and RESTRICT refuse the first drop of a circle, RESTRICT even that of a table that refers to itself.
//!   Under `PRAGMA defer_foreign_keys = ON` neither does: RESTRICT waits too, the drop of the second table settles what
//!   the first left open, and the setting ends with the transaction.
//! - SET NULL and SET DEFAULT change rows that are about to go, and fail when a CHECK, NOT NULL or UNIQUE forbids the
//!   change; deferring does not help. CASCADE may set them off from the other side of the circle. A trigger that skips
//!   every UPDATE of the table lets the rows go unchanged. DROP TABLE runs no triggers, so the rows are deleted by name
//!   before it; the trigger goes with its table. DELETE wants the table to be there, hence the CREATE TABLE before it.

use std::collections::BTreeSet;

use crate::model::{Action, ForeignKey, Model, Table};
use crate::sql::dialect::Grammar;
use crate::sql::order::Order;

use super::Sqlite;

/// The statements, without semicolons, to be run in one transaction.
pub(super) fn statements(model: &Model) -> Vec<String> {
    let tables: Vec<&Table> = model.tables().collect();
    let order = Order::of(model);
    let plan = Plan { tables, order };
    let mut statements = Vec::new();
    if plan.needs_deferral() {
        statements.push("PRAGMA defer_foreign_keys = ON".to_owned());
    }
    let mut stubborn = plan.stubborn();
    for place in plan.order.tables.iter().rev() {
        let circle = plan.order.circle(*place);
        // The tables of a circle need not stand side by side, but all that refer to it from outside are gone by now.
        if stubborn.remove(&circle) {
            statements.extend(plan.empty(circle));
        }
        statements.push(format!("DROP TABLE IF EXISTS {}", plan.name(*place)));
    }
    statements
}

struct Plan<'a> {
    tables: Vec<&'a Table>,
    order: Order,
}

impl Plan<'_> {
    /// The foreign keys of `table` that are part of a circle.
    fn circular(&self, table: usize) -> impl Iterator<Item = &ForeignKey> {
        let keys = self.tables[table].foreign_keys.iter();
        keys.filter(move |key| self.order.is_circular(table, key.target.0))
    }

    /// A table that refers to itself alone loses all rows in one statement, which satisfies all but RESTRICT.
    fn needs_deferral(&self) -> bool {
        (0..self.tables.len()).any(|table| {
            self.circular(table)
                .any(|key| key.target.0 != table || key.on_delete == Action::Restrict)
        })
    }

    /// Whether the action of `key`, a foreign key of `table`, may be forbidden by something else. NULL is always free in
    /// a unique key and passes the checks of a type, but the condition of a unique index may ask for it.
    fn may_fail(&self, table: usize, key: &ForeignKey) -> bool {
        let table = self.tables[table];
        match key.on_delete {
            Action::NoAction | Action::Restrict | Action::Cascade => false,
            Action::SetNull => {
                let nullable = |column: &usize| table.columns[*column].nullable;
                !table.checks.is_empty()
                    || table.indexes.iter().any(|index| index.unique)
                    || !key.columns.iter().all(nullable)
            }
            Action::SetDefault => true,
        }
    }

    fn members(&self, circle: usize) -> impl DoubleEndedIterator<Item = usize> {
        let tables = self.order.tables.iter().copied();
        tables.filter(move |table| self.order.circle(*table) == circle)
    }

    fn has_failing_action(&self, table: usize) -> bool {
        self.circular(table).any(|key| self.may_fail(table, key))
    }

    /// The circles that do not let their rows go by being dropped.
    fn stubborn(&self) -> BTreeSet<usize> {
        let tables = 0..self.tables.len();
        let failing = tables.filter(|table| self.has_failing_action(*table));
        failing.map(|table| self.order.circle(table)).collect()
    }

    fn empty(&self, circle: usize) -> Vec<String> {
        let members = || self.members(circle).rev();
        let there = members().map(|table| self.create_if_missing(table));
        let kept = members().filter(|table| self.has_failing_action(*table));
        let kept = kept.map(|table| self.skip_updates(table));
        let empty = members().map(|table| format!("DELETE FROM {}", self.name(table)));
        there.chain(kept).chain(empty).collect()
    }

    /// Only the primary key: enough for what refers to it.
    fn create_if_missing(&self, table: usize) -> String {
        let key = self.tables[table].primary_key.columns.iter();
        let names = key.map(|column| Sqlite.identifier(&self.tables[table].columns[*column].name));
        let names = names.collect::<Vec<_>>().join(", ");
        format!(
            "CREATE TABLE IF NOT EXISTS {} ({names}, PRIMARY KEY ({names}))",
            self.name(table)
        )
    }

    fn skip_updates(&self, table: usize) -> String {
        let trigger = Sqlite.identifier(&format!("relata_drop_{}", self.tables[table].name));
        let table = self.name(table);
        format!(
            "CREATE TEMP TRIGGER {trigger} BEFORE UPDATE ON {table} BEGIN SELECT RAISE(IGNORE); END"
        )
    }

    fn name(&self, table: usize) -> String {
        Sqlite.identifier(&self.tables[table].name)
    }
}
