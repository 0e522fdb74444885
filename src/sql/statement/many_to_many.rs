//! The statements of relationships over a secondary. Parameters: the source's columns, then those of one target or the
//! list of the targets' keys, then the payload.

use crate::model::{ColumnId, End, Model, Relationship, Secondary, SortColumn, Type};

use super::read::some;
use super::row::insert_plan;
use super::to_many::GONE;
use super::via::Via;
use super::{Assign, QueryGrammar, ReadSql, RemoveSql, Stands, ToManySql, tuple};

/// The statements of a relationship over `secondary`, read from the entity at its end `local`.
#[must_use]
pub fn many_to_many(
    grammar: &'static dyn QueryGrammar,
    model: &Model,
    secondary: &Secondary,
    local: End,
    relationship: &Relationship,
) -> ToManySql {
    let via = Via::new(grammar, model, secondary, local, relationship);
    let read = reading(&via);
    if relationship.is_read_only(via.target) {
        return read;
    }
    let removing = via.removing();
    let alike = payload_plan(secondary).is_empty() && !secondary.multiple;
    let add_all = |condition| {
        if alike {
            via.add_all(condition)
        } else {
            String::new()
        }
    };
    ToManySql {
        add: via.add(),
        add_all: add_all("true"),
        lock: via.w.row_lock(via.source, &via.here.target_columns),
        replace: match add_all(GONE) {
            nothing if nothing.is_empty() => nothing,
            add_all => via.w.replace(&removing.retain, &add_all),
        },
        add_many: via.add_many(),
        add_new: via.add_new(),
        key_name: (secondary.identity())
            .map_or_else(String::new, |key| grammar.key_name(&secondary.table, &key)),
        linked: via.linked(),
        remove: Some(removing),
        ..read
    }
}

fn reading(via: &Via<'_>) -> ToManySql {
    let w = &via.w;
    let (link, target, source) = (via.link, via.target, via.source);
    let (links, of_source) = (via.links(), via.of_source());
    let of_links = via.link_of_source();
    let (ours, linked) = (
        (source, &via.here.target_columns[..]),
        (&*via.seen.table, &via.seen.here.columns[..]),
    );
    let multiple = via.secondary.multiple;
    let loading = via.loading(via.loaded(), multiple);
    let there = w.list_qualified(&via.seen.table, &via.seen.there.columns);
    let (once, scope) = (via.once(), via.scope());
    let sorted_load = via.sorted_load();
    let (any, narrow) = (via.any(), !via.condition.is_empty());
    ToManySql {
        sorts: w.sorts_load(target, via.order),
        links: if via.reads_apart() {
            via.links_as_arrays()
        } else {
            String::new()
        },
        targets: if via.reads_apart() {
            via.targets_by_key()
        } else {
            String::new()
        },
        load_limited: loading.limited(w, &sorted_load),
        all: format!(
            "SELECT {} FROM {} WHERE {of_links}{}{once}{}",
            w.all_qualified(target),
            via.joined(),
            via.held(),
            via.sorted_of_one()
        ),
        order: via.order_of_scope(),
        count: if narrow {
            format!("SELECT count(*) FROM {} WHERE {scope}", w.table(target))
        } else if multiple {
            format!(
                "SELECT count(*) FROM (SELECT DISTINCT {there} FROM {links} WHERE {of_links}){}",
                w.grammar.nameless()
            )
        } else {
            format!("SELECT count(*) FROM {} WHERE {of_source}", w.table(link))
        },
        contains: if narrow {
            w.grammar.exists(&format!(
                "SELECT 1 FROM {} WHERE {scope} AND {}",
                w.table(target),
                w.qualified_equal(target, &via.there.target_columns, via.next())
            ))
        } else {
            w.grammar.exists(&format!(
                "SELECT 1 FROM {} WHERE {}",
                w.table(link),
                via.of_both()
            ))
        },
        scope,
        read: ReadSql {
            load: if w.sorts_load(target, via.order) {
                loading.text(&loading.sources_first(&sorted_load))
            } else {
                loading.text("")
            },
            exists: if narrow {
                some(&any)
            } else {
                w.referred(ours, linked, &links)
            },
            any,
        },
        ..ToManySql::default()
    }
}

impl Via<'_> {
    /// The columns to load. SQLite answers the halves of mirrored links from an index each where it is given what it sorts
    /// by; the columns of links stand behind those that are read.
    fn loaded(&self) -> Vec<String> {
        let mut columns = self.w.every_qualified(self.target);
        if self.secondary.symmetric && !self.secondary.multiple {
            for sort in self.order {
                if let SortColumn::Link(column) = sort.column {
                    columns.push(self.w.qualified(self.link, column));
                }
            }
        }
        columns
    }

    /// The values of the ends in INSERT; `here` and `there` are what the source's and the target's columns are called. A
    /// column that both ends have is NULL, which it cannot be, where the two differ in it.
    pub(super) fn end_values(&self, here: &[String], there: &[String]) -> Vec<(ColumnId, String)> {
        let both = |column: ColumnId, own: &String| {
            let shared = self.there.columns.iter().position(|each| *each == column);
            shared.map_or_else(
                || own.clone(),
                |place| format!("CASE WHEN {own} = {} THEN {own} END", there[place]),
            )
        };
        let of = |columns: &[ColumnId], values: &[String]| -> Vec<(ColumnId, String)> {
            columns
                .iter()
                .copied()
                .zip(values.iter().cloned())
                .collect()
        };
        if self.secondary.symmetric {
            let lower = format!("{} < {}", tuple_of(here), tuple_of(there));
            let pick =
                |one: &String, two: &String| format!("CASE WHEN {lower} THEN {one} ELSE {two} END");
            let pairs = || here.iter().zip(there);
            let low: Vec<String> = pairs().map(|(here, there)| pick(here, there)).collect();
            let high: Vec<String> = pairs().map(|(here, there)| pick(there, here)).collect();
            let [first, second] = [End::First, End::Second].map(|end| self.secondary.end(end));
            return [of(&first.columns, &low), of(&second.columns, &high)].concat();
        }
        let own = self.here.columns.iter().zip(here);
        let own = own.map(|(column, value)| (*column, both(*column, value)));
        let others = of(&self.there.columns, there);
        own.chain(
            others
                .into_iter()
                .filter(|(column, _)| !self.here.columns.contains(column)),
        )
        .collect()
    }

    /// Whether a column belongs to both ends.
    pub(super) fn shares(&self) -> bool {
        let mut columns = self.here.columns.iter();
        columns.any(|column| self.there.columns.contains(column))
    }

    /// Adds what is in a list, if the condition is true.
    fn add_all(&self, condition: &str) -> String {
        let w = &self.w;
        let here: Vec<String> = (self.here.columns.iter().zip(1..))
            .map(|(column, number)| {
                let stands = Stands::Compared(&self.link.columns[*column].ty);
                w.grammar.parameter(number, stands)
            })
            .collect();
        let list = w.grammar.key_source(self.next(), &self.key_types());
        let ends = self.end_values(&here, &list.fields);
        let (insert, values) = self.insert(&ends);
        if !w.gives_back() {
            return format!(
                "{insert} SELECT {values} FROM {} WHERE {} GROUP BY {}",
                list.from,
                self.unlinked(&ends),
                list.grouped[1..].join(", ")
            );
        }
        // `WHERE true` tells ON CONFLICT from the ON of a join (SQLite: `lang_upsert.html`, section 2.2).
        format!(
            "{insert} SELECT {values} FROM {} WHERE {condition}{}",
            list.from,
            self.on_conflict()
        )
    }

    /// The condition that a link with these ends is not there. Nobody can make one while the source is locked
    /// ([`ToManySql::lock`]), as every new link looks whether the source is there; and what stands in a list twice, GROUP BY
    /// makes one of. So the INSERT meets no key but by a mistake, which it tells.
    fn unlinked(&self, ends: &[(ColumnId, String)]) -> String {
        let (w, link) = (&self.w, self.link);
        let same = ends.iter();
        let same = same.map(|(column, value)| format!("{} = {value}", w.qualified(link, *column)));
        format!(
            "NOT EXISTS (SELECT 1 FROM {} WHERE {})",
            w.table(link),
            same.collect::<Vec<_>>().join(" AND ")
        )
    }

    fn removing(&self) -> RemoveSql {
        let (w, link) = (&self.w, self.link);
        let name = w.table(link);
        let next = self.next();
        let keys = (self.target, &self.there.target_columns[..]);
        let gone = |here: &[ColumnId], there: &[ColumnId]| {
            format!(
                "{} AND {}",
                w.equal(link, here, 1),
                w.not_listed((link, there), keys, next)
            )
        };
        let (here, there) = (&self.here.columns, &self.there.columns);
        let retained = match self.secondary.identity() {
            // Links that nothing tells apart are all made anew.
            None => format!(
                "{} AND {} IS NOT NULL",
                self.of_source(),
                w.grammar.key_parameter(next, &self.key_types())
            ),
            Some(key) if self.secondary.multiple => self.gone_by_key(&key),
            Some(_) if self.secondary.symmetric => {
                format!("({} OR {})", gone(here, there), gone(there, here))
            }
            Some(_) => gone(here, there),
        };
        RemoveSql {
            remove: format!("DELETE FROM {name} WHERE {}", self.of_both()),
            retain: format!("DELETE FROM {name} WHERE {retained}"),
            clear: format!("DELETE FROM {name} WHERE {}", self.of_source()),
        }
    }

    /// The condition of a link of the source whose `key`, that of links which a pair can have several of, is not in a
    /// list of targets' keys, each followed by the rest of the key.
    fn gone_by_key(&self, key: &[ColumnId]) -> String {
        let (w, link) = (&self.w, self.link);
        let rest = rest_of_key(self.secondary, key);
        let types: Vec<&Type> = self
            .key_types()
            .into_iter()
            .chain(rest.iter().map(|column| &link.columns[*column].ty))
            .collect();
        let list = w.grammar.key_source(self.next(), &types);
        let (there, own) = list.fields.split_at(self.there.columns.len());
        let own = rest.iter().zip(own).map(|(column, field)| {
            // What is not given is the default.
            match w.grammar.default_text(&link.columns[*column]) {
                Some(default) => {
                    let default = w.grammar.users_sql(default.value());
                    format!("coalesce({field}, {default})")
                }
                None => field.clone(),
            }
        });
        let listed: Vec<String> = there.iter().cloned().chain(own).collect();
        let gone = |here: &[ColumnId], there: &[ColumnId]| {
            let compared: Vec<ColumnId> = there.iter().chain(&rest).copied().collect();
            let compared = w.names(link, &compared);
            let others = w.grammar.not_among(&compared, &listed, &list.from);
            format!("{} AND {others}", w.equal(link, here, 1))
        };
        let (here, there) = (&self.here.columns, &self.there.columns);
        if self.secondary.symmetric {
            format!("({} OR {})", gone(here, there), gone(there, here))
        } else {
            gone(here, there)
        }
    }
}

/// The columns of a link's `key` beside the ends.
#[must_use]
pub fn rest_of_key(secondary: &Secondary, key: &[ColumnId]) -> Vec<ColumnId> {
    let ends = secondary.end_columns();
    let rest = key.iter().filter(|column| !ends.contains(column));
    rest.copied().collect()
}

/// The columns of a link beside its ends, and how an insert gives each its value.
#[must_use]
pub fn payload_plan(secondary: &Secondary) -> Vec<(ColumnId, Assign)> {
    let ends = secondary.end_columns();
    let mut plan = insert_plan(&secondary.table);
    plan.retain(|(column, _)| !ends.contains(column));
    plan
}

fn tuple_of(parts: &[String]) -> String {
    tuple(&parts.join(", "), parts.len())
}
