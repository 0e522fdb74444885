//! Which foreign key a relationship without a secondary goes over.

use super::context::Context;
use super::draft::{Draft, same_columns};
use super::ends::is_called;
use super::itself;
use super::no_route::{ambiguous, none};
use super::relationships::{Kind, RelationshipDraft, Wanted, unknown_key};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{ForeignKeyId, Route};
use crate::spec::OneOrMany;

/// A foreign key between the two entities.
#[derive(Clone, Copy)]
pub(super) struct Candidate {
    /// Whether the entity of the relationship has it; else the target has.
    pub(super) own: bool,
    pub(super) key: ForeignKeyId,
    unique: bool,
}

impl Candidate {
    pub(super) fn kind(self) -> Kind {
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
    if relationship.entity == target {
        candidates = itself::of_side(context, drafts, relationship, candidates, wanted)?;
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
        ([only], _) => return Some(only.route()),
        ([_, ..], Wanted::Wrong) => {}
        ([], _) => none(context, drafts, relationship, &candidates, wanted),
        (several, _) => ambiguous(context, drafts, relationship, several),
    }
    None
}

/// The foreign keys of `draft` to the entity `target`.
pub(super) fn between<'d, 's>(
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
                let draft = side(candidate);
                is_called(draft, &draft.foreign_keys[candidate.key], name)
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
