//! Which foreign key a relationship without a secondary goes over.

use super::context::Context;
use super::draft::{Draft, same_columns};
use super::relationships::{Kind, RelationshipDraft, Wanted, unknown_key};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{ForeignKeyId, Route};
use crate::spec::OneOrMany;

/// A foreign key between the two entities.
#[derive(Clone, Copy)]
struct Candidate {
    /// Whether the entity of the relationship has it; else the target has.
    own: bool,
    key: ForeignKeyId,
    unique: bool,
}

impl Candidate {
    fn kind(self) -> Kind {
        match (self.own, self.unique) {
            (true, _) => Kind::ManyToOne,
            (false, false) => Kind::OneToMany,
            (false, true) => Kind::OneToOne,
        }
    }

    /// A unique key of one's own is one-to-one as seen from its owner.
    fn is(self, kind: Kind) -> bool {
        self.kind() == kind || (self.own && self.unique && kind == Kind::OneToOne)
    }

    fn route(self) -> Route {
        let foreign_key = self.key;
        match self.kind() {
            Kind::OneToMany => Route::OneToMany { foreign_key },
            Kind::OneToOne => Route::OneToOne { foreign_key },
            Kind::ManyToOne | Kind::ManyToMany => Route::ManyToOne {
                foreign_key,
                unique: self.unique,
            },
        }
    }
}

/// The route of a relationship without a secondary; `None` after a report.
pub(super) fn over_foreign_key(
    context: &mut Context<'_>,
    drafts: &[Draft<'_>],
    relationship: &RelationshipDraft<'_>,
    wanted: &Wanted,
) -> Option<Route> {
    let target = relationship.target?;
    let (own, theirs) = (&drafts[relationship.entity], &drafts[target]);
    let name = relationship.name;
    if relationship.entity == target {
        let entity = own.source.name;
        let message = format!(
            "relationship `{name}` leads from `{entity}` to itself, which this release does not support yet"
        );
        context.report(
            Diagnostic::new(
                Code::NotSupportedYet,
                relationship.at(drafts, "target"),
                message,
            )
            .help("leave the relationship out; the foreign key may stay"),
        );
        return None;
    }
    if let Wanted::Kind(Kind::ManyToMany) = wanted {
        let message = format!("relationship `{name}` is `many_to_many` but goes over no secondary");
        let help = format!(
            "declare one, `secondary: {{ NAME: [{}, {}] }}`, and add `secondary: NAME` here",
            own.source.name, theirs.source.name
        );
        context.report(
            Diagnostic::new(Code::KindMismatch, relationship.at(drafts, "kind"), message)
                .help(help),
        );
        return None;
    }
    let mut candidates: Vec<Candidate> = between(own, target, true).collect();
    candidates.extend(between(theirs, relationship.entity, false));
    if let Some(stated) = &relationship.written.foreign_key {
        candidates = narrow(context, drafts, relationship, candidates, stated)?;
    }
    let fitting: Vec<Candidate> = match wanted {
        Wanted::Kind(kind) => candidates
            .iter()
            .filter(|candidate| candidate.is(*kind))
            .copied()
            .collect(),
        Wanted::Any | Wanted::Wrong => candidates.clone(),
    };
    match (fitting.as_slice(), wanted) {
        ([only], _) => {
            let fine = can_be_written(context, drafts, relationship, *only);
            return fine.then(|| only.route());
        }
        ([_, ..], Wanted::Wrong) => {}
        ([], _) => none(context, drafts, relationship, &candidates, wanted),
        (several, _) => ambiguous(context, drafts, relationship, several),
    }
    None
}

/// Whether writing the foreign key writes nothing else and always names a row; reports what this release cannot do.
fn can_be_written(
    context: &mut Context<'_>,
    drafts: &[Draft<'_>],
    relationship: &RelationshipDraft<'_>,
    candidate: Candidate,
) -> bool {
    let Some(target) = relationship.target else {
        return false;
    };
    let ends = (&drafts[relationship.entity], &drafts[target]);
    let (holder, referenced) = if candidate.own {
        ends
    } else {
        (ends.1, ends.0)
    };
    let key = &holder.foreign_keys[candidate.key].item;
    let name = relationship.name;
    let shared = key.columns.iter().find_map(|column| {
        let mut others = holder.foreign_keys.iter().enumerate();
        let other = others.find(|(place, other)| {
            *place != candidate.key && other.item.columns.contains(column)
        })?;
        Some((*column, other.1.origin))
    });
    if let Some((column, other)) = shared {
        let column = holder.source.column_name(column);
        let message = format!(
            "relationship `{name}` goes over `{column}`, which another foreign key has too; this release does not support that yet"
        );
        context.report(
            Diagnostic::new(
                Code::NotSupportedYet,
                relationship.path(drafts).at_key(),
                message,
            )
            .other(holder.source.place(other), "the other foreign key")
            .help("leave the relationship out; both foreign keys may stay"),
        );
        return false;
    }
    let nullable = key
        .target_columns
        .iter()
        .find(|column| referenced.columns[**column].nullable);
    if let Some(column) = nullable {
        let (entity, column) = (
            referenced.source.name,
            referenced.source.column_name(*column),
        );
        let message = format!(
            "relationship `{name}` goes over `{entity}.{column}`, which may be NULL; this release does not support that yet"
        );
        let help = format!("make `{entity}.{column}` NOT NULL, or leave the relationship out");
        context.report(
            Diagnostic::new(
                Code::NotSupportedYet,
                relationship.path(drafts).at_key(),
                message,
            )
            .help(help),
        );
        return false;
    }
    true
}

/// The foreign keys of `draft` to the entity `target`.
fn between<'d, 's>(
    draft: &'d Draft<'s>,
    target: usize,
    own: bool,
) -> impl Iterator<Item = Candidate> + use<'d, 's> {
    let keys = draft.foreign_keys.iter().enumerate();
    keys.filter(move |(_, key)| key.item.target.0 == target)
        .map(move |(place, key)| Candidate {
            own,
            key: place,
            unique: draft.is_key(&key.item.columns),
        })
}

/// The candidates that `foreign_key` names; `None` after a report.
fn narrow(
    context: &mut Context<'_>,
    drafts: &[Draft<'_>],
    relationship: &RelationshipDraft<'_>,
    candidates: Vec<Candidate>,
    stated: &OneOrMany,
) -> Option<Vec<Candidate>> {
    let target = relationship.target?;
    let (own, theirs) = (&drafts[relationship.entity], &drafts[target]);
    let side = |candidate: &Candidate| if candidate.own { own } else { theirs };
    let names: Vec<&String> = match stated {
        OneOrMany::One(name) => {
            // The name of a key goes before that of a column.
            let called = |candidate: &Candidate| {
                let key = &side(candidate).foreign_keys[candidate.key];
                key.named && key.item.name == *name
            };
            if candidates.iter().any(called) {
                return Some(candidates.into_iter().filter(called).collect());
            }
            vec![name]
        }
        OneOrMany::Many(names) => names.iter().collect(),
    };
    let path = relationship.path(drafts).key("foreign_key");
    let mut fine = true;
    for (place, name) in names.iter().enumerate() {
        let known =
            own.source.columns.contains_key(*name) || theirs.source.columns.contains_key(*name);
        if !known {
            fine = false;
            let place = match stated {
                OneOrMany::One(_) => path.clone().at_value(),
                OneOrMany::Many(_) => path.index(place).at_value(),
            };
            unknown_key(context, own, theirs, name, place);
        }
    }
    let over = |candidate: &Candidate| {
        let draft = side(candidate);
        let ids = names
            .iter()
            .map(|name| draft.source.columns.get_index_of(*name))
            .collect::<Option<Vec<_>>>();
        ids.is_some_and(|ids| same_columns(&draft.foreign_keys[candidate.key].item.columns, &ids))
    };
    fine.then(|| candidates.into_iter().filter(over).collect())
}

fn none(
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
                .help(kind_help(*kind, *first, derived)),
        );
        return;
    }
    let (left, right) = (own.source.name, theirs.source.name);
    let column = |entity: &str| crate::naming::rust::snake(entity);
    let (message, place, help) = match &relationship.written.foreign_key {
        Some(_) => (
            format!(
                "the `foreign_key` of relationship `{name}` is no foreign key between `{left}` and `{right}`"
            ),
            relationship.at(drafts, "foreign_key"),
            choices(drafts, relationship, &all(drafts, relationship, target)),
        ),
        None => (
            format!(
                "no foreign key leads from `{left}` to `{right}` or back, as relationship `{name}` needs"
            ),
            relationship.at(drafts, "target"),
            format!(
                "add the column `{}_id: {{ references: {right} }}` to `{left}`, or `{}_id: {{ references: {left} }}` to `{right}`, or a `secondary`",
                column(right),
                column(left)
            ),
        ),
    };
    context.report(Diagnostic::new(Code::MissingForeignKey, place, message).help(help));
}

fn kind_help(wanted: Kind, found: Candidate, derived: &str) -> String {
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
    own.chain(between(&drafts[target], relationship.entity, false))
        .collect()
}

fn ambiguous(
    context: &mut Context<'_>,
    drafts: &[Draft<'_>],
    relationship: &RelationshipDraft<'_>,
    several: &[Candidate],
) {
    const SHOWN: usize = 6;
    let Some(target) = relationship.target else {
        return;
    };
    let (own, theirs) = (&drafts[relationship.entity], &drafts[target]);
    let message = format!(
        "{} foreign keys between `{}` and `{}` fit relationship `{}`",
        several.len(),
        own.source.name,
        theirs.source.name,
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
    let help = choices(drafts, relationship, several);
    context.report(diagnostic.help(help));
}

/// The YAML that names each of `candidates`.
fn choices(
    drafts: &[Draft<'_>],
    relationship: &RelationshipDraft<'_>,
    candidates: &[Candidate],
) -> String {
    const SHOWN: usize = 6;
    let Some(target) = relationship.target else {
        return String::new();
    };
    let written = |candidate: &Candidate| {
        let place = if candidate.own {
            relationship.entity
        } else {
            target
        };
        let side = &drafts[place];
        let key = &side.foreign_keys[candidate.key];
        let names: Vec<&str> = key
            .item
            .columns
            .iter()
            .map(|column| side.source.column_name(*column))
            .collect();
        match (key.named, names.as_slice()) {
            (true, _) => key.item.name.clone(),
            (false, [only]) => (*only).to_owned(),
            (false, several) => format!("[{}]", several.join(", ")),
        }
    };
    let mut names: Vec<String> = candidates.iter().take(SHOWN).map(written).collect();
    let count = names.len();
    names.dedup();
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
