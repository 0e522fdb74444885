//! What is told of a relationship that no foreign key fits, or several do.

use super::context::Context;
use super::draft::Draft;
use super::ends;
use super::itself;
use super::relationships::{Kind, RelationshipDraft, Wanted};
use super::routes::{Candidate, between};
use super::unreferenced;
use crate::diagnostic::{Code, Diagnostic, Fix};

/// How many foreign keys a report shows.
const SHOWN: usize = 6;

/// Reports that none of `candidates` fits what is wanted.
pub(super) fn none(
    context: &mut Context<'_>,
    drafts: &[Draft<'_>],
    relationship: &RelationshipDraft<'_>,
    candidates: &[Candidate],
    wanted: &Wanted,
) {
    let Some(target) = relationship.target else {
        return;
    };
    let (own, theirs) = (&drafts[relationship.entity], &drafts[target]);
    if own.foreign_keys_incomplete || theirs.foreign_keys_incomplete {
        return;
    }
    let name = relationship.name;
    if let (Wanted::Kind(kind), Some(first)) = (wanted, candidates.first()) {
        let derived = first.kind().word();
        let (side, at) = if first.own {
            (own, "its own")
        } else {
            (theirs, "the target's")
        };
        let message = format!(
            "relationship `{name}` is `{derived}` and not `{}`",
            kind.word()
        );
        let place = side.source.place(side.foreign_keys[first.key].origin);
        context.report(
            Diagnostic::new(Code::KindMismatch, relationship.at(drafts, "kind"), message)
                .other(place, format!("it goes over {at} foreign key"))
                .help(kind_help(
                    *kind,
                    *first,
                    derived,
                    own.source.name == theirs.source.name,
                )),
        );
        return;
    }
    if relationship.entity == target && relationship.written.foreign_key.is_none() {
        itself::no_key(context, drafts, relationship);
        return;
    }
    let (left, right) = (own.source.name, theirs.source.name);
    let column = |entity: &str| crate::naming::rust::snake(entity);
    let lacking = secondary_of_other_side(relationship, own, theirs);
    let unreferenced = unreferenced::find(drafts, relationship);
    let secondary = lacking.as_ref().map(|(_, secondary)| *secondary);
    let (message, place, help) = match &relationship.written.foreign_key {
        Some(_) => (
            format!(
                "the `foreign_key` of relationship `{name}` is no foreign key {}",
                between_words(own, theirs)
            ),
            relationship.at(drafts, "foreign_key"),
            match (all(drafts, relationship, target).as_slice(), &unreferenced) {
                ([], Some(column)) => column.help.clone(),
                (several, _) => choices(drafts, relationship, several),
            },
        ),
        None => (
            format!(
                "no foreign key leads from `{left}` to `{right}` or back, as relationship `{name}` needs"
            ),
            relationship.at(drafts, "target"),
            match (lacking, &unreferenced) {
                (Some((help, _)), _) => help,
                (None, Some(column)) => column.help.clone(),
                (None, None) => format!(
                    "add the column `{}_id: {{ references: {right} }}` to `{left}`, or `{}_id: {{ references: {left} }}` to `{right}`, or a `secondary`",
                    column(right),
                    column(left)
                ),
            },
        ),
    };
    let mut found = Diagnostic::new(Code::MissingForeignKey, place, message).help(help);
    if let (Some(secondary), None) = (secondary, &relationship.written.foreign_key) {
        let path = relationship.path(drafts);
        found = found.fix(Fix::entry(path, "secondary", secondary));
    } else if let (Some(fix), None) = (
        unreferenced.and_then(|column| column.fix),
        &relationship.written.foreign_key,
    ) {
        found = found.fix(fix);
    }
    context.report(found);
}

/// What to write where the other side goes over a secondary, and this one was left without.
fn secondary_of_other_side<'d>(
    relationship: &RelationshipDraft<'_>,
    own: &Draft<'_>,
    target: &'d Draft<'_>,
) -> Option<(String, &'d str)> {
    let name = relationship.written.back_populates.as_deref()?;
    let other = target.source.relationships.as_ref()?.get(name)?;
    let (own, target) = (own.source.name, target.source.name);
    let secondary = other.secondary.as_ref()?;
    let leads_back = other.target.as_deref() == Some(own);
    leads_back.then(|| {
        let help = format!(
            "`{target}.{name}` goes over a secondary: write `secondary: {secondary}` here too"
        );
        (help, secondary.as_str())
    })
}

fn kind_help(wanted: Kind, found: Candidate, derived: &str, itself: bool) -> String {
    if itself {
        // Without a kind there would be no side.
        return if wanted == Kind::OneToOne {
            "mark the referencing column with `unique: true`, or write `one_to_many`".to_owned()
        } else {
            format!("the key is unique, so there is at most one: write `{derived}`")
        };
    }
    if wanted == Kind::OneToOne {
        "mark the referencing column with `unique: true`, or leave out `kind`".to_owned()
    } else if wanted == Kind::OneToMany && !found.own {
        "the key is unique, so there is at most one: write `one_to_one`, or leave out `kind`"
            .to_owned()
    } else {
        format!("write `{derived}`, or leave out `kind`")
    }
}

fn all(
    drafts: &[Draft<'_>],
    relationship: &RelationshipDraft<'_>,
    target: usize,
) -> Vec<Candidate> {
    let own = between(&drafts[relationship.entity], target, true);
    if relationship.entity == target {
        return own.collect();
    }
    own.chain(between(&drafts[target], relationship.entity, false))
        .collect()
}

/// Reports that more than one foreign key fits.
pub(super) fn ambiguous(
    context: &mut Context<'_>,
    drafts: &[Draft<'_>],
    relationship: &RelationshipDraft<'_>,
    several: &[Candidate],
) {
    let Some(target) = relationship.target else {
        return;
    };
    let (own, theirs) = (&drafts[relationship.entity], &drafts[target]);
    let message = format!(
        "{} foreign keys {} fit relationship `{}`",
        several.len(),
        between_words(own, theirs),
        relationship.name
    );
    let mut diagnostic = Diagnostic::new(
        Code::AmbiguousForeignKey,
        relationship.path(drafts).at_key(),
        message,
    );
    for candidate in several.iter().take(SHOWN) {
        let side = if candidate.own { own } else { theirs };
        let place = side.source.place(side.foreign_keys[candidate.key].origin);
        let label = format!("makes it `{}`", candidate.kind().word());
        diagnostic = diagnostic.other(place, label);
    }
    let mut several = several.to_vec();
    if let Some(named) = by_name(drafts, relationship, &several) {
        several.swap(0, named);
        several[1..].sort_by_key(|candidate| (!candidate.own, candidate.key));
        let word = |candidate: &Candidate| {
            let side = if candidate.own { own } else { theirs };
            ends::word(side, candidate.key)
        };
        let first = word(&several[0]);
        let alone = several[1..].iter().all(|other| word(other) != first);
        if alone && relationship.written.foreign_key.is_none() {
            let path = relationship.path(drafts);
            diagnostic = diagnostic.fix(Fix::entry(path, "foreign_key", &first));
        }
    }
    let help = choices(drafts, relationship, &several);
    context.report(diagnostic.help(help));
}

/// The only one of `candidates` that is called as the relationship that reads it from the side of its owner.
fn by_name(
    drafts: &[Draft<'_>],
    relationship: &RelationshipDraft<'_>,
    candidates: &[Candidate],
) -> Option<usize> {
    let called = |candidate: &Candidate| {
        let (side, name) = if candidate.own {
            (relationship.entity, relationship.name)
        } else {
            (
                relationship.target?,
                relationship.written.back_populates.as_deref()?,
            )
        };
        let draft = &drafts[side];
        let [column] = draft.foreign_keys[candidate.key].item.columns[..] else {
            return None;
        };
        let column = draft.source.column_name(column);
        (column.strip_suffix("_id").unwrap_or(column) == name).then_some(())
    };
    let mut named = (0..candidates.len()).filter(|place| called(&candidates[*place]).is_some());
    let only = named.next()?;
    named.next().is_none().then_some(only)
}

fn between_words(own: &Draft<'_>, theirs: &Draft<'_>) -> String {
    let (left, right) = (own.source.name, theirs.source.name);
    if left == right {
        format!("from `{left}` to itself")
    } else {
        format!("between `{left}` and `{right}`")
    }
}

/// The YAML that names each of `candidates`.
fn choices(
    drafts: &[Draft<'_>],
    relationship: &RelationshipDraft<'_>,
    candidates: &[Candidate],
) -> String {
    let Some(target) = relationship.target else {
        return String::new();
    };
    let place = |candidate: &Candidate| {
        if candidate.own {
            relationship.entity
        } else {
            target
        }
    };
    let written = |candidate: &Candidate| ends::word(&drafts[place(candidate)], candidate.key);
    let mut names: Vec<String> = candidates.iter().take(SHOWN).map(written).collect();
    let count = names.len();
    names.dedup();
    if names.len() < count && relationship.written.kind.is_some() {
        // Columns of the same names, and keys that are of the same kind: only a key's own name tells them apart.
        let own = |each: &Candidate| {
            let keys = &drafts[place(each)].foreign_keys;
            keys[each.key].item.name.clone()
        };
        names = candidates.iter().take(SHOWN).map(own).collect();
        names.dedup();
    }
    let listed: Vec<String> = names
        .iter()
        .map(|name| format!("`foreign_key: {name}`"))
        .collect();
    match listed.len() {
        0 => "add a foreign key between the two entities, or leave `foreign_key` out".to_owned(),
        few if few < count => format!(
            "say which one with `kind`, and `foreign_key`: {}",
            listed.join(" or ")
        ),
        _ => format!("say which one: {}", listed.join(" or ")),
    }
}
