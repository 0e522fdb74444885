//! Relationships through others: `through: books.loans.reader`.

use super::context::Context;
use super::draft::Draft;
use super::relationships::RelationshipDraft;
use super::{condition, order};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{EntityId, Hop, Route};
use crate::source::{Path, Place};

/// The routes of the relationships that go through others, those of all others being known.
pub(super) fn resolve<'s>(
    context: &mut Context<'s>,
    drafts: &[Draft<'s>],
    all: &mut [Vec<RelationshipDraft<'s>>],
) {
    for entity in 0..all.len() {
        for place in 0..all[entity].len() {
            let relationship = &all[entity][place];
            let Some(text) = &relationship.written.through else {
                continue;
            };
            refuse_keys(context, drafts, relationship);
            let route = route(context, drafts, all, relationship, text);
            all[entity][place].route = route;
            let relationship = &all[entity][place];
            let order = order::resolve(context, drafts, relationship);
            let condition = condition::resolve(context, drafts, relationship);
            let relationship = &mut all[entity][place];
            relationship.order = order;
            relationship.condition = condition;
        }
    }
}

/// Reports the keys that say over which keys a relationship goes, or of which kind it is: the ones it goes through do.
fn refuse_keys(
    context: &mut Context<'_>,
    drafts: &[Draft<'_>],
    relationship: &RelationshipDraft<'_>,
) {
    let written = relationship.written;
    let keys = [
        ("secondary", written.secondary.is_some()),
        ("back_populates", written.back_populates.is_some()),
        ("foreign_key", written.foreign_key.is_some()),
        ("kind", written.kind.is_some()),
        ("local", written.local.is_some()),
        ("remote", written.remote.is_some()),
    ];
    for (key, _) in keys.into_iter().filter(|(_, stated)| *stated) {
        let message = format!(
            "relationship `{}` has both `through` and `{key}`",
            relationship.name
        );
        let help = match key {
            "back_populates" => {
                "leave it out: what goes through others is read-only, and needs no other side"
                    .to_owned()
            }
            _ => format!("leave out `{key}`: the relationships that it goes through decide"),
        };
        let path = relationship.path(drafts);
        context.report(
            Diagnostic::new(Code::Contradiction, path.key(key).at_key(), message)
                .other(path.key("through").at_value(), "it goes through these")
                .help(help),
        );
    }
}

/// The route through the relationships that `text` names; `None` after a report.
fn route(
    context: &mut Context<'_>,
    drafts: &[Draft<'_>],
    all: &[Vec<RelationshipDraft<'_>>],
    relationship: &RelationshipDraft<'_>,
    text: &str,
) -> Option<Route> {
    let path = relationship.path(drafts).key("through");
    let names: Vec<&str> = text.split('.').collect();
    if names.len() < 2 || names.contains(&"") {
        context.report(wrong_form(&path, &names, text));
        return None;
    }
    let (mut entity, mut at, mut tables) = (relationship.entity, 0, 0);
    let mut hops = Vec::with_capacity(names.len());
    let mut to_one = true;
    for name in names {
        let place = path.clone().at_words(at..at + name.len());
        let Some(hop) = find(drafts, entity, name) else {
            unknown(context, drafts, entity, (name, place));
            return None;
        };
        let next = &all[entity][hop];
        if next.written.through.is_some() {
            context.report(through_another(drafts, relationship, next, place));
            return None;
        }
        let route = next.route.as_ref()?;
        to_one &= matches!(route, Route::ManyToOne { .. } | Route::OneToOne { .. });
        tables += 1 + usize::from(matches!(route, Route::ManyToMany { .. }));
        if tables > TABLES {
            let message = format!("the way leads over more than {TABLES} tables");
            let help = "no database joins as many: go part of the way in a relationship of its own, and the rest from there";
            context.report(Diagnostic::new(Code::WrongForm, place, message).help(help));
            return None;
        }
        hops.push(Hop {
            entity: EntityId(entity),
            relationship: hop,
        });
        entity = next.target?;
        at += name.len() + 1;
    }
    let target = relationship.target?;
    if entity != target {
        leads_elsewhere(context, drafts, relationship, (entity, target));
        return None;
    }
    Some(Route::Through { hops, to_one })
}

/// How many tables a way may have: MySQL joins 61, SQLite 64, and a statement has two more.
const TABLES: usize = 58;

/// Reports what is no list of two names or more.
fn wrong_form(path: &Path, names: &[&str], text: &str) -> Diagnostic {
    let (message, help) = if let [name] = names
        && !name.is_empty()
    {
        (
            format!("`through` has one relationship only, `{}`", name.escape_debug()),
            "write two or more, each a relationship of where the one before it leads: `through: books.loans.reader`; one alone is called as it is".to_owned(),
        )
    } else {
        (
            format!("`{}` is no way through relationships", text.escape_debug()),
            "write their names with a dot between two: `through: books.loans.reader`".to_owned(),
        )
    };
    Diagnostic::new(Code::WrongForm, path.clone().at_value(), message).help(help)
}

/// The place of the relationship `name` of an entity.
fn find(drafts: &[Draft<'_>], entity: usize, name: &str) -> Option<usize> {
    let known = drafts[entity].source.relationships.as_ref()?;
    known.get_index_of(name)
}

fn unknown(
    context: &mut Context<'_>,
    drafts: &[Draft<'_>],
    entity: usize,
    (name, place): (&str, Place),
) {
    let source = &drafts[entity].source;
    let whole = || source.path.key("relationships");
    let known = source.relationships.as_ref();
    let empty = known.is_none_or(indexmap::IndexMap::is_empty);
    if context.unread(|| source.path.key("mixins"))
        || context.unread(|| whole().key(name))
        || (empty && context.unread(whole))
    {
        return;
    }
    let names = known.into_iter().flatten();
    let names = names.filter(|(_, written)| written.through.is_none());
    let names: Vec<&str> = names.map(|(name, _)| *name).collect();
    let message = format!(
        "entity `{}` has no relationship `{}`",
        source.name,
        name.escape_debug()
    );
    let help = if names.is_empty() {
        format!(
            "add one under `relationships` of `{}`: `{}: {{ target: Entity }}`",
            source.name,
            name.escape_debug()
        )
        .into()
    } else {
        context.suggest(name, names)
    };
    context.report(Diagnostic::new(Code::UnknownRelationship, place, message).help(help));
}

fn through_another(
    drafts: &[Draft<'_>],
    relationship: &RelationshipDraft<'_>,
    next: &RelationshipDraft<'_>,
    place: Place,
) -> Diagnostic {
    let full = format!("{}.{}", drafts[next.entity].source.name, next.name);
    let message = if std::ptr::eq(relationship, next) {
        format!("`{full}` goes through itself")
    } else {
        format!(
            "relationship `{}` goes through `{full}`, which goes through others itself",
            relationship.name
        )
    };
    let way = next.written.through.as_deref().unwrap_or_default();
    Diagnostic::new(Code::Contradiction, place, message)
        .other(next.at(drafts, "through"), "these")
        .help(if std::ptr::eq(relationship, next) {
            "name relationships that go over foreign keys or secondaries".to_owned()
        } else {
            format!("write those in its place: `{}`", way.escape_debug())
        })
}

fn leads_elsewhere(
    context: &mut Context<'_>,
    drafts: &[Draft<'_>],
    relationship: &RelationshipDraft<'_>,
    (end, target): (usize, usize),
) {
    let (end, target) = (drafts[end].source.name, drafts[target].source.name);
    let message = format!(
        "relationship `{}` leads through these to `{end}` and not to `{target}`",
        relationship.name
    );
    context.report(
        Diagnostic::new(
            Code::Contradiction,
            relationship.at(drafts, "through"),
            message,
        )
        .other(relationship.at(drafts, "target"), "the target")
        .help(format!(
            "write `target: {end}`, or go on with relationships that lead to `{target}`"
        )),
    );
}
