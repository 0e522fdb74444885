//! The statements of relationships through others. A sub-select joins the tables on the way, and the target stands
//! outside of it, so that each is found once. Parameters: the columns of the source that the first relationship goes
//! over, then the target's key.

use std::borrow::Cow;

use crate::model::{ColumnId, Entity, Equality, Hop, Model, Relationship, Route, Table};

use super::read::{Loading, some};
use super::via::Via;
use super::{QueryGrammar, ReadSql, ToManySql, Writer};

/// The statements of a relationship through others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThroughSql {
    /// Those to many.
    pub many: ToManySql,
    /// The target, where there is one at the most.
    pub get: String,
    /// Whether there may be no target.
    pub optional: bool,
    /// The columns by which the source is known.
    pub known_by: Vec<ColumnId>,
}

/// The statements of `relationship` of `source` through `hops`.
#[must_use]
pub fn through(
    grammar: &'static dyn QueryGrammar,
    model: &Model,
    source: &Entity,
    hops: &[Hop],
    relationship: &Relationship,
) -> ThroughSql {
    let way = Way::new(grammar, model, source, hops, relationship);
    let (w, target) = (&way.w, &way.target().table);
    let (name, scope) = (w.table(target), way.scope());
    let sorted = w.sorted(target, &relationship.order, |_, _| String::new());
    let loading = way.loading();
    let all = format!(
        "SELECT {} FROM {name} WHERE {scope}",
        w.all_qualified(target)
    );
    ThroughSql {
        many: ToManySql {
            sorts: w.sorts_load(target, &relationship.order),
            load_limited: loading.limited(w, &sorted),
            all: format!("{all}{sorted}"),
            count: format!("SELECT count(*) FROM {name} WHERE {scope}"),
            contains: w.grammar.exists(&format!(
                "SELECT 1 FROM {name} WHERE {scope} AND {}",
                w.qualified_equal(
                    target,
                    &target.primary_key.columns,
                    way.first().own.len() + 1
                )
            )),
            read: ReadSql {
                load: if w.sorts_load(target, &relationship.order) {
                    loading.text(&loading.sources_first(&sorted))
                } else {
                    loading.text("")
                },
                exists: if way.is_optional() {
                    way.exists()
                } else {
                    "true".to_owned()
                },
                any: way.any(),
            },
            order: sorted,
            scope,
            ..ToManySql::default()
        },
        get: all,
        optional: way.is_optional(),
        known_by: way.first().before.clone(),
    }
}

/// A table on the way and how it is reached from the one before it.
struct Step<'m> {
    /// The table, called as in the statement.
    table: Cow<'m, Table>,
    /// What stands in FROM.
    from: String,
    /// The columns of the table before it that are the same as `own`.
    before: Vec<ColumnId>,
    own: Vec<ColumnId>,
    /// What its rows hold.
    held: Vec<Equality>,
    /// Whether every row of the table before it refers to a row of this one.
    always: bool,
    /// Whether it is links that are seen from both sides.
    mirrored: bool,
}

/// The way from the source to the target.
struct Way<'m> {
    w: Writer,
    source: &'m Table,
    /// The tables behind the source, two or more. The last one is the target and has its own name.
    steps: Vec<Step<'m>>,
    to_one: bool,
}

impl<'m> Way<'m> {
    fn new(
        grammar: &'static dyn QueryGrammar,
        model: &'m Model,
        source: &'m Entity,
        hops: &[Hop],
        relationship: &Relationship,
    ) -> Self {
        let w = Writer { grammar };
        let target = &model.entity(relationship.target).table;
        let mut names = vec![source.table.name.clone(), target.name.clone()];
        let mut steps: Vec<Step<'m>> = Vec::new();
        for hop in hops {
            steps.extend(of_hop(&w, model, *hop, &mut names));
        }
        if let Some(last) = steps.last_mut() {
            last.table = Cow::Borrowed(target);
            last.from = w.table(target);
            last.held.extend(relationship.condition.iter().cloned());
        }
        Self {
            w,
            source: &source.table,
            steps,
            to_one: matches!(relationship.route, Route::Through { to_one: true, .. }),
        }
    }

    /// Whether there may be no target.
    fn is_optional(&self) -> bool {
        let mut steps = self.steps.iter();
        !steps.all(|step| step.always && step.held.is_empty())
    }

    fn first(&self) -> &Step<'m> {
        &self.steps[0]
    }

    fn target(&self) -> &Step<'m> {
        &self.steps[self.steps.len() - 1]
    }

    /// The last table before the target.
    fn nearest(&self) -> &Table {
        &self.steps[self.steps.len() - 2].table
    }

    /// `"b" JOIN "c" ON …`: the tables between the source and the target.
    fn between(&self) -> String {
        let mut from = self.first().from.clone();
        for pair in self.steps[..self.steps.len() - 1].windows(2) {
            from.push_str(&self.joined(" JOIN ", &pair[0].table, &pair[1]));
        }
        from
    }

    /// ` JOIN "c" ON …`: a step from the table before it.
    fn joined(&self, join: &str, before: &Table, step: &Step<'_>) -> String {
        let pairs = step.before.iter().zip(&step.own);
        let pairs: Vec<String> = pairs
            .map(|(there, own)| {
                let (there, own) = (
                    self.w.qualified(before, *there),
                    self.w.qualified(&step.table, *own),
                );
                format!("{own} = {there}")
            })
            .collect();
        let held = self.w.held(&step.table, &step.held, " AND ", "");
        format!("{join}{} ON {}{held}", step.from, pairs.join(" AND "))
    }

    /// The condition of a target by itself.
    fn scope(&self) -> String {
        let (w, first, target) = (&self.w, self.first(), self.target());
        format!(
            "{} IN (SELECT {} FROM {} WHERE {}{}){}",
            w.tuple_qualified(&target.table, &target.own),
            w.list_qualified(self.nearest(), &target.before),
            self.between(),
            w.qualified_equal(&first.table, &first.own, 1),
            w.held(&first.table, &first.held, " AND ", ""),
            w.held(&target.table, &target.held, " AND ", "")
        )
    }

    /// `"source"."id" IN (SELECT … FROM … WHERE `: the beginning of a condition on the source over the tables between. A
    /// key that may be NULL is not compared, which would be neither true nor false: the primary key tells the row.
    fn has(&self) -> String {
        let (w, source, first) = (&self.w, self.source, self.first());
        let held = w.held(&first.table, &first.held, "", " AND ");
        if w.not_null(source, &first.before, "", "").is_empty() {
            return format!(
                "{} IN (SELECT {} FROM {} WHERE {}{held}",
                w.tuple_qualified(source, &first.before),
                w.list_qualified(&first.table, &first.own),
                self.between(),
                w.not_null(&first.table, &first.own, "", " AND "),
            );
        }
        // The conditions of the first step stand where it is joined.
        let key = &source.primary_key.columns;
        let rest = self.between();
        let rest = rest.strip_prefix(&first.from).unwrap_or_default();
        format!(
            "{} IN (SELECT {} FROM {}{}{rest} WHERE ",
            w.tuple_qualified(source, key),
            w.list_qualified(source, key),
            w.table(source),
            self.joined(" JOIN ", source, first),
        )
    }

    /// The beginning of the condition on the source that some target fits what follows. The rows of the target alone are
    /// in the innermost scope, so that a bare name means its column.
    fn any(&self) -> String {
        let (w, target) = (&self.w, self.target());
        format!(
            "{}{} IN (SELECT {} FROM {} WHERE {}",
            self.has(),
            w.tuple_qualified(self.nearest(), &target.before),
            w.list_qualified(&target.table, &target.own),
            target.from,
            w.held(&target.table, &target.held, "", " AND ")
        )
    }

    /// The condition on the source that there is a target.
    fn exists(&self) -> String {
        let any = self.any();
        match any.strip_suffix(" WHERE ") {
            Some(any) => format!("{any}))"),
            None => some(&any),
        }
    }

    /// The targets of many sources, each once for a source.
    fn loading(&self) -> Loading {
        let (w, first, target) = (&self.w, self.first(), self.target());
        let list = w.key_source((self.source, &first.before));
        let join = w.grammar.ordered_join();
        let mut from = format!(
            "{}{join}{} ON {}{}",
            list.from,
            first.from,
            w.fits(&first.table, &first.own, &list.fields),
            w.held(&first.table, &first.held, " AND ", "")
        );
        for pair in self.steps.windows(2) {
            from.push_str(&self.joined(join, &pair[0].table, &pair[1]));
        }
        let loading = Loading {
            columns: w.every_qualified(&target.table),
            from,
            place: list.place,
            grouped: list.grouped,
            once: if self.to_one {
                String::new()
            } else {
                w.list_qualified(&target.table, &target.table.primary_key.columns)
            },
        };
        if self.steps.iter().any(|step| step.mirrored) {
            loading.apart(w, &target.table)
        } else {
            loading
        }
    }
}

/// The steps of one relationship: two over a secondary, else one.
fn of_hop<'m>(w: &Writer, model: &'m Model, hop: Hop, names: &mut Vec<String>) -> Vec<Step<'m>> {
    let relationship = model.hop(hop);
    let source = &model.entity(hop.entity).table;
    let target = &model.entity(relationship.target).table;
    let mut to_target = |before: &[ColumnId], own: &[ColumnId], always: bool| {
        let table = called(Cow::Borrowed(target), names);
        Step {
            from: w.called(target, &w.table(&table)),
            table,
            before: before.to_vec(),
            own: own.to_vec(),
            held: relationship.condition.clone(),
            always,
            mirrored: false,
        }
    };
    match &relationship.route {
        Route::ManyToOne { foreign_key, .. } => {
            let key = &source.foreign_keys[*foreign_key];
            let always = w.not_null(source, &key.columns, "", "").is_empty();
            vec![to_target(&key.columns, &key.target_columns, always)]
        }
        Route::OneToMany { foreign_key } | Route::OneToOne { foreign_key } => {
            let key = &target.foreign_keys[*foreign_key];
            vec![to_target(&key.target_columns, &key.columns, false)]
        }
        Route::ManyToMany { secondary, local } => {
            let secondary = model.secondary(*secondary);
            let via = Via::new(w.grammar, model, secondary, *local, relationship);
            let (here, there) = (&via.seen.here, &via.seen.there);
            let last = to_target(&there.columns, &there.target_columns, true);
            let table = called(via.seen.table.clone(), names);
            let first = Step {
                from: via.seen.from(w, &w.table(&table)),
                table,
                before: here.target_columns.clone(),
                own: here.columns.clone(),
                held: Vec::new(),
                always: false,
                mirrored: secondary.symmetric,
            };
            vec![first, last]
        }
        // None of the relationships on the way goes through others.
        Route::Through { .. } => Vec::new(),
    }
}

/// The table under a name that no other table of the statement has: its own one where that is free.
fn called<'m>(mut table: Cow<'m, Table>, names: &mut Vec<String>) -> Cow<'m, Table> {
    let is_taken = |name: &String| (names.iter()).any(|taken| taken.eq_ignore_ascii_case(name));
    let mut name = table.name.clone();
    // The source and the target have their names before any other table gets one.
    let mut number = names.len() - 1;
    while is_taken(&name) {
        name = format!("hop_{number}");
        number += 1;
    }
    names.push(name.clone());
    if name != table.name {
        table.to_mut().name = name;
    }
    table
}
