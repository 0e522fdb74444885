//! What to write where the other side of a relationship is missing, has another name, or goes over other keys.

use super::draft::Draft;
use super::ends;
use super::pairs::{Id, Written, sides_differ, written};
use super::relationships::RelationshipDraft;
use crate::model::Route;
use crate::spec::OneOrMany;

/// The way out where `target` has no relationship `name`: the one that it has over the same keys, else a new one.
pub(super) fn help(
    drafts: &[Draft<'_>],
    all: &[Vec<RelationshipDraft<'_>>],
    relationship: &RelationshipDraft<'_>,
    target: usize,
    name: &str,
) -> String {
    let source = &drafts[target].source;
    let back = relationship.name;
    if let Some(other) = same_keys(all, relationship, target) {
        let other = other.name;
        let answers = all[target]
            .iter()
            .any(|known| known.name == other && known.written.back_populates.is_some());
        let entity = source.name;
        return if answers {
            format!("`{entity}.{other}` is the other side: write `back_populates: {other}` here")
        } else {
            format!(
                "`{entity}.{other}` is the other side: write `back_populates: {other}` here and `back_populates: {back}` there"
            )
        };
    }
    let whole = format!("{name}: {{ {} }}", mirrored(drafts, relationship, target));
    if all[target].is_empty() {
        format!("add to `{}`: `relationships: {{ {whole} }}`", source.name)
    } else {
        format!("add under `relationships` of `{}`: `{whole}`", source.name)
    }
}

/// The relationship of `target` that reads the keys of `relationship` from the other side and names no third one.
fn same_keys<'d, 's>(
    all: &'d [Vec<RelationshipDraft<'s>>],
    relationship: &RelationshipDraft<'s>,
    target: usize,
) -> Option<&'d RelationshipDraft<'s>> {
    let own = relationship.entity;
    let route = relationship.route.as_ref()?;
    let keys = written(own, target, route)?;
    let mut others = all[target].iter().filter(|other| {
        let named = other.written.back_populates.as_deref();
        let mirrors = other.route.as_ref().is_some_and(|route_back| {
            written(target, own, route_back) == Some(keys) && sides_differ(route, route_back)
        });
        other.target == Some(own) && mirrors && named.is_none_or(|named| named == relationship.name)
    });
    others.next()
}

/// The entries of the relationship of `target` that would be the other side of `relationship`.
fn mirrored(drafts: &[Draft<'_>], relationship: &RelationshipDraft<'_>, target: usize) -> String {
    let own = relationship.entity;
    let mut entries = vec![format!("target: {}", drafts[own].source.name)];
    if own == target {
        let kind = match relationship.route {
            Some(Route::ManyToOne { unique: false, .. }) => Some("one_to_many"),
            Some(Route::ManyToOne { unique: true, .. }) => Some("one_to_one"),
            Some(Route::OneToMany { .. } | Route::OneToOne { .. }) => Some("many_to_one"),
            _ => None,
        };
        entries.extend(kind.map(|kind| format!("kind: {kind}")));
    }
    let spec = relationship.written;
    let secondary = spec.secondary.as_ref();
    entries.extend(secondary.map(|secondary| format!("secondary: {secondary}")));
    let keys = [
        ("foreign_key", &spec.foreign_key),
        ("local", &spec.remote),
        ("remote", &spec.local),
    ];
    for (key, named) in keys {
        match named {
            Some(OneOrMany::One(name)) => entries.push(format!("{key}: {name}")),
            Some(OneOrMany::Many(names)) => entries.push(format!("{key}: [{}]", names.join(", "))),
            None => {}
        }
    }
    entries.push(format!("back_populates: {}", relationship.name));
    entries.join(", ")
}

/// The way out where two relationships name each other and go over different keys, or over the same from one side.
pub(super) fn keys_help(
    drafts: &[Draft<'_>],
    all: &[Vec<RelationshipDraft<'_>>],
    id: Id,
    other: Id,
) -> String {
    let over = |own: Id, target: Id| {
        let route = all[own.0][own.1].route.as_ref()?;
        written(own.0, target.0, route)
    };
    let full = |id: Id| format!("{}.{}", drafts[id.0].source.name, all[id.0][id.1].name);
    let (one, two) = (full(id), full(other));
    match (over(id, other), over(other, id)) {
        (Some(Written::ForeignKey(..)), same) if over(id, other) == same => {
            "write `kind: many_to_one` at the one that leads to the row that the key refers to, `one_to_many` at the other, or `one_to_one` where the key is unique".to_owned()
        }
        (Some(Written::Secondary(_)), same) if over(id, other) == same => {
            format!("`local` of the one is `remote` of the other: exchange them at `{two}`")
        }
        (Some(Written::ForeignKey(left, key)), Some(Written::ForeignKey(right, back))) => {
            let key = ends::word(&drafts[left], key);
            let back = ends::word(&drafts[right], back);
            format!("write `foreign_key: {key}` at `{two}`, or `foreign_key: {back}` at `{one}`")
        }
        (Some(Written::Secondary(left)), Some(Written::Secondary(right))) => {
            let name = |secondary: usize| drafts[all.len() + secondary].source.name;
            let (left, right) = (name(left), name(right));
            format!("write `secondary: {left}` at `{two}`, or `secondary: {right}` at `{one}`")
        }
        (Some(Written::Secondary(secondary)), _) => over_secondary(drafts, all, secondary, other),
        (_, Some(Written::Secondary(secondary))) => over_secondary(drafts, all, secondary, id),
        _ => "let both name the same `secondary`, or the same `foreign_key`".to_owned(),
    }
}

/// What to write at the relationship `id`, whose other side goes over a secondary while it goes over a foreign key.
fn over_secondary(
    drafts: &[Draft<'_>],
    all: &[Vec<RelationshipDraft<'_>>],
    secondary: usize,
    id: Id,
) -> String {
    let relationship = &all[id.0][id.1];
    let (entity, name) = (drafts[id.0].source.name, relationship.name);
    let secondary = drafts[all.len() + secondary].source.name;
    let in_place = match relationship.written.foreign_key {
        Some(_) => " in place of `foreign_key`",
        None => "",
    };
    format!("write `secondary: {secondary}` at `{entity}.{name}`{in_place}")
}
