//! The texts that read over relationships of any kind: loading the targets of many sources, conditions on them.

use crate::model::{ColumnId, Equality, ForeignKey, Sort, SortColumn, Table};
use crate::sql::Stands;
use crate::sql::dialect::KeySource;

use super::{Writer, join, tuple, types};

/// The texts that every kind of relationship has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadSql {
    /// The targets of many sources, the place of the source in the list of keys behind their columns. Parameter: the
    /// list. Targets of a source come in any order.
    pub load: String,
    /// The beginning of the condition on the source that some target fits what follows, to be closed by `))`.
    pub any: String,
    /// The condition on the source that there is a target.
    pub exists: String,
}

/// Names that generated SQL makes up for itself.
const PLACE: &str = "relata_place";
const ROW: &str = "relata_row";

/// How the targets of many sources are found: what stands behind SELECT, and behind FROM.
pub(super) struct Loading {
    pub(super) columns: Vec<String>,
    pub(super) from: String,
    pub(super) place: String,
    /// What a statement that groups by the place names for it.
    pub(super) grouped: Vec<String>,
    /// The columns that tell the targets of a source apart, where one could be found twice; else empty.
    pub(super) once: String,
}

impl Loading {
    /// Every target; `order` says in which order, and is empty for any.
    pub(super) fn text(&self, order: &str) -> String {
        let Self { from, place, .. } = self;
        let (columns, group) = (self.columns.join(", "), self.group());
        format!("SELECT {columns}, {place} FROM {from}{group}{order}")
    }

    /// At most as many targets of a source as the second parameter says, in this order.
    pub(super) fn limited(&self, w: &Writer, order: &str) -> String {
        let Self { from, place, .. } = self;
        let (columns, group) = (self.columns.join(", "), self.group());
        let [place_name, row] = [PLACE, ROW].map(|name| made_up(w, name, &columns));
        let rows = format!("row_number() OVER (PARTITION BY {place}{order})");
        let most = w.grammar.parameter(2, Stands::Count);
        if w.grammar.wants_names() {
            let names: Vec<String> = (1..=self.columns.len())
                .map(|number| w.grammar.identifier(&format!("c{number}")))
                .collect();
            let found = w.grammar.identifier("relata_rows");
            return format!(
                "WITH {found} ({}, {place_name}, {row}) AS (SELECT {columns}, {place}, {rows} FROM {from}{group}) \
                 SELECT * FROM {found} WHERE {row} <= {most} ORDER BY {place_name}, {row}",
                names.join(", ")
            );
        }
        format!(
            "SELECT * FROM (SELECT {columns}, {place} AS {place_name}, {rows} AS {row} \
             FROM {from}{group}){} WHERE {row} <= {most} ORDER BY {place_name}, {row}",
            w.grammar.nameless()
        )
    }

    /// The same, the targets being found in a sub-select of its own. SQLite answers the halves of mirrored links from an index
    /// each, but not in a statement that groups. `target` is the table that the columns are of.
    pub(super) fn apart(self, w: &Writer, target: &Table) -> Self {
        let Some(end) = w.grammar.end_of_apart() else {
            return self;
        };
        let (columns, name) = (self.columns.join(", "), w.table(target));
        let place = made_up(w, PLACE, &columns);
        let from = format!(
            "(SELECT {columns}, {} AS {place} FROM {}{end}) AS {name}",
            self.place, self.from
        );
        let place = format!("{name}.{place}");
        Self {
            from,
            grouped: vec![place.clone()],
            place,
            ..self
        }
    }

    fn group(&self) -> String {
        if self.once.is_empty() {
            return String::new();
        }
        format!(" GROUP BY {}, {}", self.grouped.join(", "), self.once)
    }

    /// ` ORDER BY …` of every target: the sources in their order, and the targets of each in this one.
    pub(super) fn sources_first(&self, order: &str) -> String {
        let order = order.strip_prefix(ORDER_BY).unwrap_or(order);
        format!("{ORDER_BY}{}, {order}", self.place)
    }
}

/// A name for a column beside `columns` that none of those has, quoted.
fn made_up(w: &Writer, name: &str, columns: &str) -> String {
    let columns = columns.to_ascii_lowercase();
    let mut name = name.to_owned();
    while columns.contains(&w.grammar.identifier(&name)) {
        name.push('_');
    }
    w.grammar.identifier(&name)
}

/// The whole condition that some row fits, of the beginning of [`ReadSql::any`] that has a condition at its end.
pub(super) fn some(any: &str) -> String {
    format!("{}))", any.strip_suffix(" AND ").unwrap_or(any))
}

/// The beginning of an order.
pub(super) const ORDER_BY: &str = " ORDER BY ";

impl Writer {
    /// The rows of `target` that fit the condition and whose `columns` are a key of the list, which has values of the types
    /// of `keys`.
    pub(super) fn loading(
        &self,
        (target, columns): (&Table, &[ColumnId]),
        keys: (&Table, &[ColumnId]),
        condition: &[Equality],
    ) -> Loading {
        let list = self.key_source(keys);
        Loading {
            columns: self.every_qualified(target),
            from: format!(
                "{}{}{} ON {}{}",
                list.from,
                self.grammar.ordered_join(),
                self.table(target),
                self.fits(target, columns, &list.fields),
                self.held(target, condition, " AND ", "")
            ),
            place: list.place,
            grouped: list.grouped,
            once: String::new(),
        }
    }

    /// Whether the targets of many sources come sorted, those of a relationship that sorts them by `order`.
    pub(super) fn sorts_load(&self, target: &Table, order: &[Sort]) -> bool {
        let key = types(target, &target.primary_key.columns);
        !order.is_empty() || self.grammar.sorts_loads(&key)
    }

    /// ` ORDER BY …` of rows of `target`: by `order`, and by the primary key at last, in the direction of the column before
    /// it. `of_link` gives the text for a column of a secondary, and is told whether the largest comes first.
    pub(super) fn sorted(
        &self,
        target: &Table,
        order: &[Sort],
        of_link: impl Fn(ColumnId, bool) -> String,
    ) -> String {
        let direction = |descending: bool| if descending { " DESC" } else { "" };
        let stated = order.iter().map(|sort| {
            let column = match sort.column {
                SortColumn::Target(column) => self.qualified(target, column),
                SortColumn::Link(column) => of_link(column, sort.descending),
            };
            format!("{column}{}", direction(sort.descending))
        });
        let last = direction(order.last().is_some_and(|sort| sort.descending));
        let sorts_by = |column: ColumnId| {
            let mut order = order.iter();
            order.any(|sort| sort.column == SortColumn::Target(column))
        };
        let key = target.primary_key.columns.iter();
        let key = key.filter(|column| !sorts_by(**column));
        let key = key.map(|column| format!("{}{last}", self.qualified(target, *column)));
        let all: Vec<String> = stated.chain(key).collect();
        format!("{ORDER_BY}{}", all.join(", "))
    }

    /// `"a"."x" IN (SELECT "b"."y" FROM …`, the beginning of [`ReadSql::any`]; both ends are NULL for no row that counts.
    pub(super) fn any(
        &self,
        source: (&Table, &[ColumnId]),
        found: (&Table, &[ColumnId]),
        condition: &[Equality],
    ) -> String {
        let guard = self.not_null(source.0, source.1, "", " AND ");
        format!(
            "({guard}{} IN (SELECT {} FROM {} WHERE {}{}",
            self.tuple_qualified(source.0, source.1),
            self.list_qualified(found.0, found.1),
            self.table(found.0),
            self.not_null(found.0, found.1, "", " AND "),
            self.held(found.0, condition, "", " AND ")
        )
    }

    /// `"t"."a" = 'x' AND "t"."b" IS NULL` for what the columns hold, between `before` and `behind`; empty for nothing.
    pub(super) fn held(
        &self,
        table: &Table,
        condition: &[Equality],
        before: &str,
        behind: &str,
    ) -> String {
        let holds = |Equality { column, value }: &Equality| {
            let name = self.qualified(table, *column);
            match value {
                Some(_) => format!("{name} = {}", self.value(table, *column, value.as_ref())),
                None => format!("{name} IS NULL"),
            }
        };
        let all: Vec<String> = condition.iter().map(holds).collect();
        if all.is_empty() {
            return String::new();
        }
        format!("{before}{}{behind}", all.join(" AND "))
    }

    /// The condition that a row of `source` is among those that `found` refers to, in rows that are `from` somewhere; both
    /// are NULL for no row that counts.
    pub(super) fn referred(
        &self,
        source: (&Table, &[ColumnId]),
        found: (&Table, &[ColumnId]),
        from: &str,
    ) -> String {
        let guard = self.not_null(source.0, source.1, "", " AND ");
        let condition = format!(
            "{guard}{} IN (SELECT {} FROM {from}{})",
            self.tuple_qualified(source.0, source.1),
            self.list(found.0, found.1),
            self.not_null(found.0, found.1, " WHERE ", "")
        );
        if guard.is_empty() {
            condition
        } else {
            format!("({condition})")
        }
    }

    /// `"t"."a" IS NOT NULL AND …` for the columns that may be NULL, between `before` and `behind`; empty for none.
    pub(super) fn not_null(
        &self,
        table: &Table,
        columns: &[ColumnId],
        before: &str,
        behind: &str,
    ) -> String {
        let nullable: Vec<ColumnId> = (columns.iter().copied())
            .filter(|column| table.columns[*column].nullable)
            .collect();
        if nullable.is_empty() {
            return String::new();
        }
        let conditions = join(&nullable, " AND ", |column| {
            format!("{} IS NOT NULL", self.qualified(table, column))
        });
        format!("{before}{conditions}{behind}")
    }

    /// `"a" = 1 AND …` over a join of `link` and the table that its `end` refers to.
    pub(super) fn joined(&self, link: &Table, end: &ForeignKey, target: &Table) -> String {
        let pairs: Vec<(ColumnId, ColumnId)> = (end.columns.iter().copied())
            .zip(end.target_columns.iter().copied())
            .collect();
        join(&pairs, " AND ", |(here, there)| {
            format!(
                "{} = {}",
                self.qualified(link, here),
                self.qualified(target, there)
            )
        })
    }

    /// Every column with its table, each by itself.
    pub(super) fn every_qualified(&self, table: &Table) -> Vec<String> {
        let columns = 0..table.columns.len();
        columns
            .map(|column| self.qualified(table, column))
            .collect()
    }

    pub(super) fn tuple_qualified(&self, table: &Table, columns: &[ColumnId]) -> String {
        tuple(&self.list_qualified(table, columns), columns.len())
    }

    pub(super) fn key_source(&self, (table, columns): (&Table, &[ColumnId])) -> KeySource {
        self.grammar.key_source(1, &types(table, columns))
    }

    pub(super) fn fits(&self, table: &Table, columns: &[ColumnId], fields: &[String]) -> String {
        let pairs: Vec<(ColumnId, &String)> = columns.iter().copied().zip(fields).collect();
        join(&pairs, " AND ", |(column, field)| {
            format!("{} = {field}", self.qualified(table, column))
        })
    }
}
