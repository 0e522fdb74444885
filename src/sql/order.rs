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

    /// For each table a number that is greater than those of the tables it refers to; tables of one circle share theirs.
    ///
    /// It is the place of the last table of the circle: what the circle refers to was finished before that, and what
    /// refers to the circle only after it.
    #[must_use]
    pub(crate) fn ranks_of_circles(&self) -> Vec<usize> {
        let mut last = vec![0; self.tables.len()];
        for (place, table) in self.tables.iter().enumerate() {
            last[self.circles[*table]] = place;
        }
        self.circles.iter().map(|circle| last[*circle]).collect()
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

#[cfg(test)]
mod tests {
    use super::Order;
    use crate::model::sample::{entities, id, nullable, school, table};
    use crate::model::{Action, Model, Type};

    /// Tables that each refer to those listed.
    fn referring(references: &[&[usize]]) -> Model {
        let tables = references.iter().enumerate().map(|(place, targets)| {
            let columns = targets
                .iter()
                .map(|to| nullable(&format!("c{to}"), Type::Integer));
            let plain = table(
                &format!("t{place}"),
                std::iter::once(id()).chain(columns).collect(),
            );
            targets
                .iter()
                .enumerate()
                .fold(plain, |table, (column, to)| {
                    table.refers(column + 1, *to, Action::NoAction)
                })
        });
        entities(tables.collect())
    }

    fn order(references: &[&[usize]]) -> Vec<usize> {
        Order::of(&referring(references)).tables
    }

    #[test]
    fn the_order_of_the_spec_stands_where_it_can() {
        assert_eq!(order(&[&[], &[], &[]]), [0, 1, 2]);
        assert_eq!(order(&[&[], &[0], &[0, 1]]), [0, 1, 2]);
        assert_eq!(Order::of(&school()).tables, [0, 1, 2]);
    }

    #[test]
    fn what_is_referred_to_is_moved_before_and_nothing_else() {
        assert_eq!(order(&[&[2], &[], &[]]), [2, 0, 1]);
        assert_eq!(order(&[&[3, 1], &[2], &[], &[]]), [3, 2, 1, 0]);
        assert_eq!(Order::of(&referring(&[&[2], &[], &[]])).ranks(), [1, 2, 0]);
    }

    #[test]
    fn circles_are_found_whole_and_apart() {
        let order = Order::of(&referring(&[&[1], &[2], &[0, 3], &[3], &[0], &[]]));
        assert_eq!(order.tables, [3, 2, 1, 0, 4, 5]);
        let circular = |child, parent| order.is_circular(child, parent);
        assert!(circular(0, 1) && circular(1, 2) && circular(2, 0) && circular(3, 3));
        assert!(!circular(2, 3) && !circular(4, 0) && !circular(5, 0));
    }

    #[test]
    fn a_circle_has_one_rank_between_what_it_refers_to_and_what_refers_to_it() {
        // 0 and 1 refer to each other, 0 refers to 2, and 3 to 1.
        let order = Order::of(&referring(&[&[1, 2], &[0], &[], &[1]]));
        assert_eq!(order.tables, [1, 2, 0, 3]);
        assert_eq!(order.ranks_of_circles(), [2, 2, 1, 3]);
    }

    #[test]
    fn a_chain_may_be_longer_than_the_stack() {
        let length = 200_000;
        let mut edges: Vec<Vec<usize>> = (1..length).map(|next| vec![next]).collect();
        edges.push(Vec::new());
        let (mut seen, mut done) = (vec![false; length], Vec::new());
        super::walk(0, &edges, &mut seen, &mut done);
        assert_eq!((done.len(), done[0]), (length, length - 1));
    }
}
