//! The order of tables: what is referred to comes first.

use crate::model::Model;

/// The tables of a model in the order in which they can be made. A table is known by its place in [`Model::tables`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Order {
    /// Every table, after the tables that it refers to where that can be.
    pub(crate) tables: Vec<usize>,
    /// For each table its circle: tables with the same number refer to each other, directly or through others.
    circles: Vec<usize>,
}

impl Order {
    /// The order of `model`'s tables: that of the spec, except that what a table refers to is put before it.
    #[must_use]
    pub(crate) fn of(model: &Model) -> Self {
        let parents: Vec<Vec<usize>> = model
            .tables()
            .map(|table| table.foreign_keys.iter().map(|key| key.target.0).collect())
            .collect();
        let mut seen = vec![false; parents.len()];
        let mut tables = Vec::with_capacity(parents.len());
        for table in 0..parents.len() {
            walk(table, &parents, &mut seen, &mut tables);
        }
        let circles = circles(&parents, &tables);
        Self { tables, circles }
    }

    /// Whether a foreign key of `child` to `parent` is part of a circle; one to the table itself is.
    #[must_use]
    pub(crate) fn is_circular(&self, child: usize, parent: usize) -> bool {
        self.circles[child] == self.circles[parent]
    }

    /// The number of the circle that `table` is in; a table outside all circles has one of its own.
    #[must_use]
    pub(crate) fn circle(&self, table: usize) -> usize {
        self.circles[table]
    }

    /// For each table its place in [`Order::tables`].
    #[must_use]
    pub(crate) fn ranks(&self) -> Vec<usize> {
        let mut ranks = vec![0; self.tables.len()];
        for (rank, table) in self.tables.iter().enumerate() {
            ranks[*table] = rank;
        }
        ranks
    }
}

/// Appends `start` and all that can be reached from it to `done`, each after what it leads to. Keeps its own stack: a
/// chain of references may be longer than the thread's is deep.
fn walk(start: usize, edges: &[Vec<usize>], seen: &mut [bool], done: &mut Vec<usize>) {
    if std::mem::replace(&mut seen[start], true) {
        return;
    }
    let mut stack = vec![(start, 0)];
    while let Some((node, next)) = stack.last_mut() {
        if let Some(&target) = edges[*node].get(*next) {
            *next += 1;
            if !std::mem::replace(&mut seen[target], true) {
                stack.push((target, 0));
            }
        } else {
            done.push(*node);
            stack.pop();
        }
    }
}

/// The circles, found as Kosaraju and Sharir did: what reaches a table against the arrows and has not been taken yet is
/// in its circle, when tables are visited from the last one finished to the first.
fn circles(edges: &[Vec<usize>], finished: &[usize]) -> Vec<usize> {
    let mut reversed = vec![Vec::new(); edges.len()];
    for (from, targets) in edges.iter().enumerate() {
        for to in targets {
            reversed[*to].push(from);
        }
    }
    let mut circles = vec![0; edges.len()];
    let mut seen = vec![false; edges.len()];
    for table in finished.iter().rev() {
        let mut members = Vec::new();
        walk(*table, &reversed, &mut seen, &mut members);
        for member in members {
            circles[member] = *table;
        }
    }
    circles
}
