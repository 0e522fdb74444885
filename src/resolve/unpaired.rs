//! Relationships that write the same rows and do not say that they are the same one.

use std::collections::{BTreeMap, BTreeSet};

use super::condition;
use super::context::Context;
use super::draft::Draft;
use super::pairs::{Id, Written, sides_differ, users, written};
use super::relationships::RelationshipDraft;
use crate::diagnostic::{Code, Diagnostic, Fix};
use crate::model::Route;

/// Reports relationships that write the same rows and are not one another's other side.
pub(super) fn check(
    context: &mut Context<'_>,
    drafts: &[Draft<'_>],
    all: &[Vec<RelationshipDraft<'_>>],
) {
    let mut groups: BTreeMap<Written, Vec<Id>> = BTreeMap::new();
    for (entity, relationships) in all.iter().enumerate() {
        for (place, relationship) in relationships.iter().enumerate() {
            // What is meant for some of the rows is not taken for the same relationship once more.
            let apart =
                relationship.unpaired || condition::is_stated(context, drafts, relationship);
            if let (Some(route), Some(target), false) =
                (&relationship.route, relationship.target, apart)
                && let Some(keys) = written(entity, target, route)
            {
                groups.entry(keys).or_default().push((entity, place));
            }
        }
    }
    for ids in groups.values().filter(|ids| ids.len() > 1) {
        let two = ids.len() == 2;
        // The entities of those before, and what each has for its other side.
        let mut before = BTreeSet::new();
        for (at, id) in ids.iter().enumerate() {
            let own = &all[id.0][id.1];
            let paired = own
                .target
                .is_some_and(|target| before.contains(&(target, id.1)));
            if at > 0 && !paired {
                report(context, drafts, all, (ids[0], *id), two);
            }
            before.extend(own.back_populates.map(|other| (id.0, other)));
        }
    }
}

fn report(
    context: &mut Context<'_>,
    drafts: &[Draft<'_>],
    all: &[Vec<RelationshipDraft<'_>>],
    (first, second): (Id, Id),
    two_only: bool,
) {
    let (one, two) = (&all[first.0][first.1], &all[second.0][second.1]);
    let full = |relationship: &RelationshipDraft<'_>| {
        format!(
            "{}.{}",
            drafts[relationship.entity].source.name, relationship.name
        )
    };
    let (left, right) = (full(one), full(two));
    let mirrors = match (&one.route, &two.route) {
        (Some(left), Some(right)) => sides_differ(left, right),
        _ => false,
    };
    let free = one.written.back_populates.is_none() && two.written.back_populates.is_none();
    let mixed = |side| users(context, drafts, side) > 0;
    let names = |side: &RelationshipDraft<'_>, other: &RelationshipDraft<'_>| {
        Fix::entry(side.path(drafts), "back_populates", other.name)
    };
    let mut fixes = Vec::new();
    let help = if mirrors && free && mixed(one) {
        fixes.push(names(two, one));
        format!("add `back_populates: {}` to `{right}`", one.name)
    } else if mirrors && free && mixed(two) {
        fixes.push(names(one, two));
        format!("add `back_populates: {}` to `{left}`", two.name)
    } else if mirrors && free {
        fixes.extend([names(one, two), names(two, one)]);
        format!(
            "add `back_populates: {}` to `{left}` and `back_populates: {}` to `{right}`",
            two.name, one.name
        )
    } else {
        format!(
            "leave out one of both, or give `{right}` a {} of its own",
            if matches!(one.route, Some(Route::ManyToMany { .. })) {
                "secondary"
            } else {
                "foreign key"
            }
        )
    };
    let mut found = Diagnostic::new(
        Code::UnpairedWriters,
        two.path(drafts).at_key(),
        format!("`{left}` and `{right}` write the same rows without back-population"),
    )
    .other(one.path(drafts).at_key(), "the first one")
    .help(help);
    // Of more than two nobody knows which belong together.
    if two_only {
        found.fixes = fixes;
    }
    context.report(found);
}
