//! Dropping a schema's tables, whatever refers to what.
//!
//! What refers to others goes before them. Tables that refer to each other go in one statement, which is enough for MySQL;
//! MariaDB takes them in their order all the same, so that its foreign keys have to be off for that statement. A setting of
//! the session would stay off where the statement fails.

use std::collections::BTreeSet;

use crate::model::{Model, Table};
use crate::sql::dialect::Grammar;
use crate::sql::order::Order;

use super::Mysql;

/// Only MariaDB reads it.
const WITHOUT_KEYS: &str = "/*M! SET STATEMENT foreign_key_checks = 0 FOR */ ";

/// The statements, without semicolons. Each of them ends a transaction.
pub(super) fn statements(model: &Model) -> Vec<String> {
    let tables: Vec<&Table> = model.tables().collect();
    let order = Order::of(model);
    let mut dropped = BTreeSet::new();
    let mut statements = Vec::new();
    for place in order.tables.iter().rev() {
        let circle = order.circle(*place);
        if !dropped.insert(circle) {
            continue;
        }
        // All that refer to the circle from outside are gone by now.
        let members = order.tables.iter().rev();
        let members = members.filter(|table| order.circle(**table) == circle);
        let names: Vec<String> = members
            .map(|table| Mysql.identifier(&tables[*table].name))
            .collect();
        let before = if names.len() > 1 { WITHOUT_KEYS } else { "" };
        statements.push(format!("{before}DROP TABLE IF EXISTS {}", names.join(", ")));
    }
    statements
}
