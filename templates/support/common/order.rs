/// A direction in which rows of `T` are sorted.
pub struct Order<T> {
    key: SortKey,
    marker: PhantomData<fn() -> T>,
}

/// A column that rows are sorted by.
#[derive(Clone, Copy)]
struct SortKey {
    column: &'static str,
    /// Its place among the table's columns.
    index: usize,
    descending: bool,
    nullable: bool,
    /// The number that a stored text is sorted by, where it is.
    place: fn(&str) -> Option<i64>,
    /// The quoted name of the table, when it is that of the links which the rows are reached over.
    of_links: Option<&'static str>,
}

impl<T> Clone for Order<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Order<T> {}

impl<T> Order<T> {
    fn by<K: ColumnType>(column: Column<T, K>, descending: bool) -> Self {
        Self {
            key: SortKey {
                column: column.name,
                index: column.index,
                descending,
                nullable: K::NULLABLE,
                place: K::place,
                of_links: None,
            },
            marker: PhantomData,
        }
    }
}

/// One order, a tuple of up to six, or a list, the first one deciding first.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not sort rows of `{T}`",
    label = "expected `COLUMN.asc()` or `COLUMN.desc()` with a column of `{T}`, or a tuple of up to six such"
)]
pub trait Ordering<T> {
    /// The orders, the first one deciding first.
    fn orders(self) -> Vec<Order<T>>;
}

impl<T> Ordering<T> for Order<T> {
    fn orders(self) -> Vec<Order<T>> {
        vec![self]
    }
}

impl<T> Ordering<T> for Vec<Order<T>> {
    fn orders(self) -> Self {
        self
    }
}

macro_rules! ordering_of_tuples {
    ($(($($order:ident),+))+) => {$(
        #[diagnostic::do_not_recommend]
        impl<T, $($order: Ordering<T>),+> Ordering<T> for ($($order,)+) {
            #[expect(non_snake_case, reason = "the names of the type parameters serve as variables")]
            fn orders(self) -> Vec<Order<T>> {
                let ($($order,)+) = self;
                let mut orders = Vec::new();
                $(orders.extend($order.orders());)+
                orders
            }
        }
    )+};
}

ordering_of_tuples! {
    (A)
    (A, B)
    (A, B, C)
    (A, B, C, D)
    (A, B, C, D, E)
    (A, B, C, D, E, F)
}

/// Completes an order by the primary key, in the direction of the last column, so that no two rows are equal in it.
fn complete<T: Table>(keys: &mut Vec<SortKey>) {
    let descending = keys.last().is_some_and(|last| last.descending);
    for (column, index) in T::KEY {
        let sorts = |key: &SortKey| key.of_links.is_none() && key.index == *index;
        if !keys.iter().any(sorts) {
            keys.push(SortKey {
                column,
                index: *index,
                descending,
                nullable: false,
                place: |_| None,
                of_links: None,
            });
        }
    }
}

impl Text {
    /// A column that rows are sorted by. One of links is that of the first link in the order of `keys`, where a row has
    /// several.
    fn sort_column(&mut self, table: &str, key: SortKey, keys: &[SortKey]) {
        let Some(links) = key.of_links else {
            return self.column(table, key.column);
        };
        self.sql.push_str("(SELECT ");
        self.column(links, key.column);
        self.sql
            .push_str(self.links.map_or("", |links| links.of_target));
        let mut before = " ORDER BY ";
        for key in keys.iter().filter(|key| key.of_links.is_some()) {
            self.sql.push_str(before);
            before = ", ";
            self.column(links, key.column);
            self.sql.push_str(if key.descending { " DESC" } else { "" });
        }
        self.sql.push_str(" LIMIT 1)");
    }

    /// ` ORDER BY …`.
    fn order(&mut self, table: &str, keys: &[SortKey]) {
        for (place, key) in keys.iter().enumerate() {
            self.sql
                .push_str(if place == 0 { " ORDER BY " } else { ", " });
            self.sort_column(table, *key, keys);
            self.sql.push_str(if key.descending { " DESC" } else { "" });
        }
    }

    /// The rows that come behind one with these values of all its columns, in an order that is complete.
    fn behind(&mut self, table: &str, keys: &[SortKey], values: &After) {
        let uniform = keys
            .windows(2)
            .all(|pair| pair[0].descending == pair[1].descending);
        if uniform && keys.iter().all(|key| !key.nullable) {
            self.behind_tuple(table, keys, values);
        } else {
            self.behind_each(table, keys, values);
        }
    }

    /// `("a", "b") > (?1, ?2)`: what an index over the columns answers.
    fn behind_tuple(&mut self, table: &str, keys: &[SortKey], values: &After) {
        let descending = keys.first().is_some_and(|first| first.descending);
        self.sql.push('(');
        for (place, key) in keys.iter().enumerate() {
            self.sql.push_str(if place > 0 { ", " } else { "" });
            self.sort_column(table, *key, keys);
        }
        self.sql
            .push_str(if descending { ") < (" } else { ") > (" });
        for (place, key) in keys.iter().enumerate() {
            self.sql.push_str(if place > 0 { ", " } else { "" });
            self.param(sorted_as(values.of(*key), key.place));
        }
        self.sql.push(')');
    }

    /// `(behind in "a" OR ("a" is the same AND (behind in "b" OR …)))`. NULL comes before every value or behind, as the database sorts.
    fn behind_each(&mut self, table: &str, keys: &[SortKey], values: &After) {
        for (place, key) in keys.iter().enumerate() {
            let value = values.of(*key);
            self.sql.push('(');
            self.behind_one(table, *key, keys, value);
            if place + 1 < keys.len() {
                self.sql.push_str(" OR (");
                self.sort_column(table, *key, keys);
                match value {
                    Value::Null => self.sql.push_str(" IS NULL"),
                    value => {
                        self.sql.push_str(" = ");
                        self.param(sorted_as(value, key.place));
                    }
                }
                self.sql.push_str(" AND ");
            }
        }
        for _ in 1..keys.len() {
            self.sql.push_str("))");
        }
        self.sql.push(')');
    }

    fn behind_one(&mut self, table: &str, key: SortKey, keys: &[SortKey], value: &Value) {
        let null_is_last = key.descending != NULL_IS_LARGEST;
        match value {
            Value::Null if null_is_last => self.sql.push_str("false"),
            Value::Null => {
                self.sort_column(table, key, keys);
                self.sql.push_str(" IS NOT NULL");
            }
            value => {
                self.sort_column(table, key, keys);
                self.sql
                    .push_str(if key.descending { " < " } else { " > " });
                self.param(sorted_as(value, key.place));
                if null_is_last && key.nullable {
                    self.sql.push_str(" OR ");
                    self.sort_column(table, key, keys);
                    self.sql.push_str(" IS NULL");
                }
            }
        }
    }
}
