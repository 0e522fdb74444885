//! What the statements of relationships over a secondary have in common: the links, the targets, their order. Parameters:
//! the source's columns, then those of one target or the list of the targets' keys.

use crate::model::{
    ColumnId, End, Equality, ForeignKey, Model, Relationship, Secondary, Sort, SortColumn, Table,
    Type,
};

use super::read::{Loading, ORDER_BY};
use super::seen::Seen;
use super::{QueryGrammar, Writer, types};

/// A relationship over a secondary, and the texts that its statements have in common.
pub(super) struct Via<'m> {
    pub(super) w: Writer,
    pub(super) secondary: &'m Secondary,
    pub(super) link: &'m Table,
    pub(super) source: &'m Table,
    pub(super) target: &'m Table,
    /// The foreign key to the source, as links are stored; the target's, where those of a pair may be the other way round.
    pub(super) here: &'m ForeignKey,
    /// The foreign key to the target, likewise.
    pub(super) there: &'m ForeignKey,
    /// The links as they are read.
    pub(super) seen: Seen<'m>,
    pub(super) order: &'m [Sort],
    /// What the targets hold.
    pub(super) condition: &'m [Equality],
}

impl<'m> Via<'m> {
    pub(super) fn new(
        grammar: &'static dyn QueryGrammar,
        model: &'m Model,
        secondary: &'m Secondary,
        local: End,
        relationship: &'m Relationship,
    ) -> Self {
        let (here, there) = (secondary.end(local), secondary.end(local.other()));
        Self {
            w: Writer { grammar },
            secondary,
            link: &secondary.table,
            source: &model.entity(here.target).table,
            target: &model.entity(there.target).table,
            here,
            there,
            seen: Seen::new(secondary, local),
            order: &relationship.order,
            condition: &relationship.condition,
        }
    }

    /// The first parameter behind those of the source.
    pub(super) fn next(&self) -> usize {
        self.here.columns.len() + 1
    }

    /// The first parameter behind those of the source and one target.
    pub(super) fn behind_both(&self) -> usize {
        self.next() + self.there.columns.len()
    }

    /// The links in FROM, under the table's name.
    pub(super) fn links(&self) -> String {
        self.seen.from(&self.w, &self.w.table(self.link))
    }

    /// The condition of a stored link of the source, its table being the only one.
    pub(super) fn of_source(&self) -> String {
        let w = &self.w;
        let here = w.equal(self.link, &self.here.columns, 1);
        if self.secondary.symmetric {
            format!("({here} OR {})", w.equal(self.link, &self.there.columns, 1))
        } else {
            here
        }
    }

    /// The condition of a stored link of the source with one target.
    pub(super) fn of_both(&self) -> String {
        let w = &self.w;
        let pair = |one: &[ColumnId], two: &[ColumnId]| {
            let (one, two) = (
                w.equal(self.link, one, 1),
                w.equal(self.link, two, self.next()),
            );
            format!("{one} AND {two}")
        };
        let (here, there) = (&self.here.columns, &self.there.columns);
        if self.secondary.symmetric {
            format!("({} OR {})", pair(here, there), pair(there, here))
        } else {
            pair(here, there)
        }
    }

    /// The condition of a link of the source among [`Via::links`].
    pub(super) fn link_of_source(&self) -> String {
        self.w
            .qualified_equal(&self.seen.table, &self.seen.here.columns, 1)
    }

    /// The condition that a link of those leads to a target, of a join of both.
    fn to_target(&self) -> String {
        self.w
            .joined(&self.seen.table, &self.seen.there, self.target)
    }

    /// ` AND …`: that the target holds what it must; empty where it need not hold anything.
    pub(super) fn held(&self) -> String {
        self.w.held(self.target, self.condition, " AND ", "")
    }

    /// The condition of a target by itself.
    pub(super) fn scope(&self) -> String {
        let w = &self.w;
        format!(
            "{} IN (SELECT {} FROM {} WHERE {}){}",
            w.tuple_qualified(self.target, &self.there.target_columns),
            w.list_qualified(&self.seen.table, &self.seen.there.columns),
            self.links(),
            self.link_of_source(),
            self.held()
        )
    }

    /// `"link"."a" IN (SELECT … WHERE `: the beginning of the condition on a link that its target fits what follows. The
    /// rows of the target alone are in the innermost scope, so that a bare name means its column.
    fn link_to(&self, there: &[ColumnId]) -> String {
        let (w, target) = (&self.w, self.target);
        format!(
            "{} IN (SELECT {} FROM {} WHERE {}",
            w.tuple_qualified(&self.seen.table, there),
            w.list_qualified(target, &self.there.target_columns),
            w.table(target),
            w.held(target, self.condition, "", " AND ")
        )
    }

    /// The condition on a link that its target, which `there` refers to, holds what it must, between `before` and `behind`;
    /// empty where it need not hold anything.
    pub(super) fn link_to_held(&self, there: &[ColumnId], before: &str, behind: &str) -> String {
        if self.condition.is_empty() {
            return String::new();
        }
        let begin = self.link_to(there);
        let condition = begin.strip_suffix(" AND ").unwrap_or(&begin);
        format!("{before}{condition}){behind}")
    }

    /// `FROM "target" JOIN …`: the targets with their links.
    pub(super) fn joined(&self) -> String {
        format!(
            "{} JOIN {} ON {}",
            self.w.table(self.target),
            self.links(),
            self.to_target()
        )
    }

    /// What leaves each target once, where a pair can be linked several times.
    pub(super) fn once(&self) -> String {
        if self.secondary.multiple {
            let key = &self.target.primary_key.columns;
            format!(" GROUP BY {}", self.w.list_qualified(self.target, key))
        } else {
            String::new()
        }
    }

    /// The targets of many sources; each once for a source when `once`.
    pub(super) fn loading(&self, columns: Vec<String>, once: bool) -> Loading {
        let w = &self.w;
        let list = w.key_source((self.source, &self.here.target_columns));
        let join = w.grammar.ordered_join();
        let from = format!(
            "{}{join}{} ON {}{join}{} ON {}{}",
            list.from,
            self.links(),
            w.fits(&self.seen.table, &self.seen.here.columns, &list.fields),
            w.table(self.target),
            self.to_target(),
            self.held(),
        );
        Loading {
            columns,
            from,
            place: list.place,
            grouped: list.grouped,
            once: if once {
                w.list_qualified(self.target, &self.target.primary_key.columns)
            } else {
                String::new()
            },
        }
    }

    /// Whether links can be read apart from their targets: each leads to one by a number, and nothing of it counts beside.
    pub(super) fn reads_apart(&self) -> bool {
        let key = &self.there.target_columns;
        let mut sorts = self.order.iter();
        self.w.grammar.unnests()
            && !self.secondary.symmetric
            && !self.secondary.multiple
            && *key == self.target.primary_key.columns
            && !(self.w.grammar).sorts_loads(&self.key_types())
            && sorts.all(|sort| matches!(sort.column, SortColumn::Target(_)))
    }

    /// The links of many sources as two arrays.
    pub(super) fn links_as_arrays(&self) -> String {
        let w = &self.w;
        let list = w.key_source((self.source, &self.here.target_columns));
        format!(
            "SELECT array_agg(({})::integer), array_agg({}) FROM {} JOIN {} ON {}",
            list.place,
            w.list_qualified(&self.seen.table, &self.seen.there.columns),
            list.from,
            self.links(),
            w.fits(&self.seen.table, &self.seen.here.columns, &list.fields)
        )
    }

    /// The targets whose key is in a list.
    pub(super) fn targets_by_key(&self) -> String {
        let (w, target) = (&self.w, self.target);
        let key: Vec<String> = (self.there.target_columns.iter())
            .map(|column| w.qualified(target, *column))
            .collect();
        format!(
            "SELECT {} FROM {} WHERE {}{}{}",
            w.every_qualified(target).join(", "),
            w.table(target),
            w.grammar.listed(&key, false, 1, &self.key_types()),
            self.held(),
            w.sorted(target, self.order, |_, _| String::new())
        )
    }

    /// ` ORDER BY …` of the targets, their links being joined. A target that is linked several times stands where its
    /// first link does.
    pub(super) fn sorted(&self) -> String {
        if self.secondary.multiple {
            return self.order_of_scope();
        }
        let of_link = |column: ColumnId, _| self.w.qualified(self.link, column);
        self.w.sorted(self.target, self.order, of_link)
    }

    /// The same of the targets of one source. Where the links have the targets' primary key, SQLite reads them in its order
    /// from the index that finds the links; by the targets' own columns it would sort them, though these are equal.
    pub(super) fn sorted_of_one(&self) -> String {
        let w = &self.w;
        let of_key = |column: &ColumnId| {
            let mut ends = (self.there.target_columns.iter()).zip(&self.there.columns);
            ends.find_map(|(target, own)| (target == column).then(|| w.qualified(self.link, *own)))
        };
        let key: Option<Vec<String>> =
            (self.target.primary_key.columns.iter().map(of_key)).collect();
        let once = !self.secondary.multiple && !self.secondary.symmetric;
        match key {
            Some(key) if once && !w.sorts_load(self.target, self.order) => {
                format!("{ORDER_BY}{}", key.join(", "))
            }
            _ => self.sorted(),
        }
    }

    /// As [`Via::sorted`], of the targets of many sources.
    pub(super) fn sorted_load(&self) -> String {
        if !self.secondary.multiple {
            return self.sorted();
        }
        let list = self.w.key_source((self.source, &self.here.target_columns));
        let of_source = self
            .w
            .fits(&self.seen.table, &self.seen.here.columns, &list.fields);
        let of_link = |column: ColumnId, _| self.of_first_link(column, &of_source);
        self.w.sorted(self.target, self.order, of_link)
    }

    /// ` ORDER BY …` of the targets by themselves, with their links in sub-selects.
    pub(super) fn order_of_scope(&self) -> String {
        let of_source = self.link_of_source();
        let of_link = |column: ColumnId, _| self.of_first_link(column, &of_source);
        self.w.sorted(self.target, self.order, of_link)
    }

    /// A column of the first link, in the order of the relationship, of those that `of_source` is true of and that lead to
    /// the target that a surrounding statement is at.
    fn of_first_link(&self, column: ColumnId, of_source: &str) -> String {
        let w = &self.w;
        let sorts = self.order.iter().filter_map(|sort| match sort.column {
            SortColumn::Link(column) => {
                let direction = if sort.descending { " DESC" } else { "" };
                Some(format!("{}{direction}", w.qualified(self.link, column)))
            }
            SortColumn::Target(_) => None,
        });
        format!(
            "(SELECT {} FROM {} WHERE {of_source} AND {} ORDER BY {} LIMIT 1)",
            w.qualified(self.link, column),
            self.links(),
            self.to_target(),
            sorts.collect::<Vec<_>>().join(", ")
        )
    }

    /// ` FROM … WHERE …`: the links of the source with the target that a surrounding statement is at.
    pub(super) fn one_target(&self) -> String {
        format!(
            " FROM {} WHERE {} AND {}",
            self.links(),
            self.link_of_source(),
            self.to_target()
        )
    }

    /// `"source"."id" IN (SELECT … FROM … WHERE `: the beginning of a condition on the source over its links. A key that
    /// may be NULL is not compared, which would be neither true nor false: the primary key tells the row.
    pub(super) fn has_link(&self) -> String {
        let w = &self.w;
        let (source, key) = (self.source, &self.here.target_columns);
        if w.not_null(source, key, "", "").is_empty() {
            return format!(
                "{} IN (SELECT {} FROM {} WHERE ",
                w.tuple_qualified(source, key),
                w.list_qualified(&self.seen.table, &self.seen.here.columns),
                self.links()
            );
        }
        let primary = &source.primary_key.columns;
        format!(
            "{} IN (SELECT {} FROM {} JOIN {} ON {} WHERE ",
            w.tuple_qualified(source, primary),
            w.list_qualified(source, primary),
            w.table(source),
            self.links(),
            w.joined(&self.seen.table, &self.seen.here, source)
        )
    }

    /// The beginning of the condition on the source that some target fits what follows.
    pub(super) fn any(&self) -> String {
        format!(
            "{}{}",
            self.has_link(),
            self.link_to(&self.seen.there.columns)
        )
    }

    /// The types of a target's key, as a list of such has them.
    pub(super) fn key_types(&self) -> Vec<&'m Type> {
        types(self.target, &self.there.target_columns)
    }
}
