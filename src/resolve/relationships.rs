//! Relationships: their targets, kinds and keys.

use std::collections::BTreeSet;

use super::context::Context;
use super::draft::Draft;
use super::{condition, keys, names, order, over_secondary, routes, sources, through};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Equality, Route, Sort};
use crate::naming::rust;
use crate::source::{Path, Place};
use crate::spec;

/// A relationship on its way into the model.
pub(super) struct RelationshipDraft<'s> {
    pub(super) name: &'s str,
    pub(super) written: &'s spec::Relationship,
    /// The place of the entity that has it.
    pub(super) entity: usize,
    pub(super) accessor: String,
    pub(super) constant: String,
    /// The place of the target; absent after a report.
    pub(super) target: Option<usize>,
    /// The keys it goes over; absent after a report.
    pub(super) route: Option<Route>,
    /// The order of its targets.
    pub(super) order: Vec<Sort>,
    /// What its targets hold.
    pub(super) condition: Vec<Equality>,
    /// The relationship of the target that mirrors it.
    pub(super) back_populates: Option<usize>,
    /// Whether its back-population was reported.
    pub(super) unpaired: bool,
}

/// The words for kinds.
pub(super) const KINDS: [(&str, Kind); 4] = [
    ("many_to_one", Kind::ManyToOne),
    ("one_to_many", Kind::OneToMany),
    ("one_to_one", Kind::OneToOne),
    ("many_to_many", Kind::ManyToMany),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    ManyToOne,
    OneToMany,
    OneToOne,
    ManyToMany,
}

impl Kind {
    pub(super) fn word(self) -> &'static str {
        KINDS
            .iter()
            .find(|(_, kind)| *kind == self)
            .map_or("", |(word, _)| word)
    }
}

/// What `kind` says.
pub(super) enum Wanted {
    Any,
    /// A word that is none, which was reported.
    Wrong,
    Kind(Kind),
}

impl RelationshipDraft<'_> {
    /// The path of the relationship.
    pub(super) fn path(&self, drafts: &[Draft<'_>]) -> Path {
        drafts[self.entity]
            .source
            .path
            .key("relationships")
            .key(self.name)
    }

    /// The place of one of its keys.
    pub(super) fn at(&self, drafts: &[Draft<'_>], key: &str) -> Place {
        self.path(drafts).key(key).at_value()
    }
}

/// The relationships of every entity, without back-population; keys and secondaries are resolved.
pub(super) fn resolve<'s>(
    context: &mut Context<'s>,
    drafts: &[Draft<'s>],
) -> Vec<Vec<RelationshipDraft<'s>>> {
    let mut all = Vec::with_capacity(context.spec.entities.len());
    for (entity, draft) in drafts.iter().enumerate() {
        let Some(relationships) = &draft.source.relationships else {
            break; // The entities come first.
        };
        let mut found = Vec::with_capacity(relationships.len());
        for (name, written) in relationships {
            let mut relationship = named(context, drafts, entity, name, written);
            relationship.target = target(context, drafts, &relationship);
            if written.through.is_some() {
                found.push(relationship); // Its route is known when all others are.
                continue;
            }
            relationship.route = route(context, drafts, &relationship);
            relationship.order = order::resolve(context, drafts, &relationship);
            relationship.condition = condition::resolve(context, drafts, &relationship);
            found.push(relationship);
        }
        all.push(found);
    }
    through::resolve(context, drafts, &mut all);
    all
}

fn named<'s>(
    context: &mut Context<'s>,
    drafts: &[Draft<'s>],
    entity: usize,
    name: &'s str,
    written: &'s spec::Relationship,
) -> RelationshipDraft<'s> {
    let path = || drafts[entity].source.path.key("relationships").key(name);
    names::check(context, name, "a relationship", path);
    let accessor = names::rust_name(
        context,
        name,
        written.rust_name.as_deref(),
        rust::snake,
        path,
    );
    RelationshipDraft {
        name,
        written,
        entity,
        constant: rust::constant(&accessor),
        accessor: rust::raw(accessor),
        target: None,
        route: None,
        order: Vec::new(),
        condition: Vec::new(),
        back_populates: None,
        unpaired: false,
    }
}

fn target(
    context: &mut Context<'_>,
    drafts: &[Draft<'_>],
    relationship: &RelationshipDraft<'_>,
) -> Option<usize> {
    let path = || relationship.path(drafts);
    let Some(target) = &relationship.written.target else {
        if !context.unread(path) {
            let name = relationship.name;
            let message = format!("relationship `{name}` has no `target`");
            let help = format!("name the entity to which it leads: `{name}: {{ target: Entity }}`");
            context.report(Diagnostic::new(Code::MissingKey, path().at_key(), message).help(help));
        }
        return None;
    };
    let found = context.spec.entities.get_index_of(target);
    if found.is_none() {
        sources::unknown_entity(context, path().key("target"), target);
    }
    found
}

fn route(
    context: &mut Context<'_>,
    drafts: &[Draft<'_>],
    relationship: &RelationshipDraft<'_>,
) -> Option<Route> {
    let wanted = wanted(context, drafts, relationship);
    let written = relationship.written;
    let Some(secondary) = &written.secondary else {
        over_secondary::refuse_sides(context, drafts, relationship);
        let unread = ["secondary", "foreign_key", "through"];
        if unread
            .iter()
            .any(|key| context.unread(|| relationship.path(drafts).key(key)))
        {
            return None;
        }
        return routes::over_foreign_key(context, drafts, relationship, &wanted);
    };
    if written.foreign_key.is_some() {
        let message = format!(
            "relationship `{}` has both `secondary` and `foreign_key`",
            relationship.name
        );
        context.report(
            Diagnostic::new(
                Code::Contradiction,
                relationship.at(drafts, "foreign_key"),
                message,
            )
            .other(
                relationship.at(drafts, "secondary"),
                "this has foreign keys of its own",
            )
            .help("leave out one of both"),
        );
    }
    over_secondary::route(context, drafts, relationship, secondary, &wanted)
}

fn wanted(
    context: &mut Context<'_>,
    drafts: &[Draft<'_>],
    relationship: &RelationshipDraft<'_>,
) -> Wanted {
    let Some(word) = &relationship.written.kind else {
        return Wanted::Any;
    };
    if let Some((_, kind)) = KINDS.iter().find(|(known, _)| known == word) {
        return Wanted::Kind(*kind);
    }
    let help = context.suggest_word(word, KINDS.map(|(word, _)| word));
    let message = format!("no kind `{word}` exists");
    context.report(
        Diagnostic::new(Code::WrongForm, relationship.at(drafts, "kind"), message).help(help),
    );
    Wanted::Wrong
}

/// Warns of secondaries that no relationship names.
pub(super) fn unused(context: &mut Context<'_>, drafts: &[Draft<'_>]) {
    let spec = context.spec;
    if context.unread(|| Path::root().key("entities")) || context.lacks_a_file() {
        return;
    }
    let relationships = drafts
        .iter()
        .filter_map(|draft| draft.source.relationships.as_ref())
        .flat_map(|relationships| relationships.values());
    let mut used: BTreeSet<&str> = relationships
        .filter_map(|relationship| relationship.secondary.as_deref())
        .collect();
    // One that a misspelt name meant is used.
    let unknown = used
        .iter()
        .filter(|name| !spec.secondary.contains_key(**name));
    let unknown: Vec<&str> = unknown.copied().collect();
    for name in unknown {
        used.extend(context.nearest(name, spec.secondary.keys().map(String::as_str)));
    }
    for draft in &drafts[spec.entities.len()..] {
        let name = draft.source.name;
        if used.contains(name) || draft.ends.is_none() {
            continue; // One without ends has been reported.
        }
        let example = draft.ends.map(|ends| {
            let [left, right] = ends.map(|end| drafts[draft.foreign_keys[end].item.target.0].source.name);
            format!("add under `relationships` of `{left}`: `NAME: {{ target: {right}, secondary: {name} }}`")
        });
        let message = format!("no relationship uses the secondary `{name}`");
        let place = draft.source.place(super::draft::Origin::Table);
        context.report(Diagnostic::new(Code::UnusedSecondary, place, message).help(
            example.unwrap_or_else(|| "add a relationship, or leave the secondary out".to_owned()),
        ));
    }
}

/// Reports a name in `foreign_key` that is neither a column nor a foreign key of the two entities.
pub(super) fn unknown_key(
    context: &mut Context<'_>,
    own: &Draft<'_>,
    target: &Draft<'_>,
    name: &str,
    place: Place,
) {
    if own.foreign_keys_incomplete || target.foreign_keys_incomplete {
        return;
    }
    let columns = |draft: &Draft<'_>| -> Vec<String> {
        let keys = draft.foreign_keys.iter();
        let mut names: Vec<String> = Vec::new();
        for key in keys {
            names.extend(
                key.item
                    .columns
                    .iter()
                    .map(|column| draft.source.column_name(*column).to_owned()),
            );
            names.extend(key.named.then(|| key.item.name.clone()));
        }
        names
    };
    let candidates: Vec<String> = columns(own).into_iter().chain(columns(target)).collect();
    if candidates.is_empty() {
        keys::unknown_column(context, &own.source, name, || place);
        return;
    }
    let message = format!(
        "`{name}` is neither a referencing column nor a foreign key of `{}` or `{}`",
        own.source.name, target.source.name
    );
    let help = context.suggest(name, candidates.iter().map(String::as_str));
    context.report(Diagnostic::new(Code::UnknownColumn, place, message).help(help));
}
