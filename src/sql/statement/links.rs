//! The statements of links with payload: reading them beside their targets, changing and deleting them.

use crate::model::{ColumnId, End, Model, Relationship, Secondary};

use super::QueryGrammar;
use super::row::{Assign, numbered, patch_plan, values};
use super::via::Via;

/// The links of a relationship over a secondary with payload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkSql {
    /// The links of a source, in the order of their targets. Parameters: the source's columns.
    pub all: String,
    /// The targets of a source, each with its link. Parameters: the source's columns.
    pub pairs: String,
    /// The targets of many sources, each with its link and the place of its source, in order. Parameter: the list.
    pub load: String,
    /// The same, at most a number of them for each source.
    pub load_limited: String,
    /// The condition of a link. Parameters: the source's columns.
    pub scope: String,
    /// The order of the links by themselves.
    pub order: String,
    /// The beginning of the condition on a source that it has a link of which what follows is true, to be closed by `))`.
    pub any: String,
    /// The same on a target, among the links of one source.
    pub narrow: String,
    /// What stands behind a link's column in a sub-select for the target that a surrounding statement is at, up to its
    /// order.
    pub of_target: String,
    /// Changes the links of a pair; empty where that is not for the relationship to do, as the next. Parameters: the source's columns, the target's, those of [`link_patch_plan`].
    pub update: String,
    /// Deletes the link with a key. Parameters: the source's columns, the key.
    pub delete: String,
}

/// The columns of a link that a patch may change: not the ends, not the key.
#[must_use]
pub fn link_patch_plan(secondary: &Secondary) -> Vec<(ColumnId, Assign)> {
    let ends = secondary.end_columns();
    let mut plan = patch_plan(&secondary.table);
    plan.retain(|(column, _)| !ends.contains(column));
    plan
}

/// The statements of the links of a relationship over `secondary`, read from the entity at its end `local`.
#[must_use]
pub fn links(
    grammar: &'static dyn QueryGrammar,
    model: &Model,
    secondary: &Secondary,
    local: End,
    relationship: &Relationship,
) -> LinkSql {
    let via = Via::new(grammar, model, secondary, local, relationship);
    let (w, link, target) = (&via.w, via.link, via.target);
    let (name, from, links) = (w.table(link), via.link_of_source(), via.links());
    let (own, sorted) = (w.all_qualified(link), via.sorted_links());
    let targets = w.all_qualified(target);
    let loaded = [w.every_qualified(target), w.every_qualified(link)].concat();
    let loading = via.loading(loaded, false);
    let there = w.list_qualified(&via.seen.table, &via.seen.there.columns);
    let held = via.held();
    let read_only = relationship.is_read_only(target);
    LinkSql {
        all: format!(
            "SELECT {own} FROM {} WHERE {from}{held}{sorted}",
            via.joined()
        ),
        pairs: format!(
            "SELECT {targets}, {own} FROM {} WHERE {from}{held}{sorted}",
            via.joined()
        ),
        load: loading.text(&loading.sources_first(&sorted)),
        load_limited: loading.limited(w, &sorted),
        scope: scope(&via),
        order: format!(
            " ORDER BY {}",
            w.list_qualified(link, &link.primary_key.columns)
        ),
        any: format!(
            "{}{}(",
            via.has_link(),
            via.link_to_held(&via.seen.there.columns, "", " AND ")
        ),
        narrow: format!(
            "{} IN (SELECT {there} FROM {links} WHERE {from} AND (",
            w.tuple_qualified(target, &via.there.target_columns)
        ),
        of_target: via.one_target(),
        update: if read_only {
            String::new()
        } else {
            update(&via, &name)
        },
        delete: if read_only {
            String::new()
        } else {
            format!(
                "DELETE FROM {name} WHERE {} AND {}",
                via.of_source(),
                w.equal(link, &link.primary_key.columns, via.next())
            )
        },
    }
}

impl Via<'_> {
    /// ` ORDER BY …` of targets with their links; links of one pair come in the order of their key.
    fn sorted_links(&self) -> String {
        let (w, link) = (&self.w, self.link);
        let sorted = w.sorted(self.target, self.order, |column, _| {
            w.qualified(link, column)
        });
        if self.secondary.multiple {
            let key = w.list_qualified(link, &link.primary_key.columns);
            format!("{sorted}, {key}")
        } else {
            sorted
        }
    }
}

/// The condition of a stored link of the source, its table being the only one.
fn scope(via: &Via<'_>) -> String {
    if via.condition.is_empty() {
        return via.of_source();
    }
    let to = |here: &[ColumnId], there: &[ColumnId]| {
        let held = via.link_to_held(there, " AND ", "");
        format!("{}{held}", via.w.equal(via.link, here, 1))
    };
    let (here, there) = (&via.here.columns, &via.there.columns);
    if via.secondary.symmetric {
        format!("({} OR {})", to(here, there), to(there, here))
    } else {
        to(here, there)
    }
}

fn update(via: &Via<'_>, name: &str) -> String {
    let (w, link) = (&via.w, via.link);
    let plan = link_patch_plan(via.secondary);
    let unsaid = |column| w.unsaid(link, column, w.column(link, column));
    let values = values(link, &plan, numbered(w, via.behind_both()), unsaid);
    let assignments = if values.is_empty() {
        // There is nothing to change; whether there is a link is told all the same.
        let column = link.primary_key.columns[0];
        w.assignments(link, &[(column, w.column(link, column))])
    } else {
        w.assignments(link, &values)
    };
    format!("UPDATE {name} SET {assignments} WHERE {}", via.of_both())
}
