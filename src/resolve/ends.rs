//! The two ends of a secondary, and which of them is this side of a relationship.
//!
//! Two foreign keys are the ends. Where there are more, the relationships that go over the secondary tell which ones:
//! those that fit their two entities, and what `local` and `remote` name.

use std::collections::BTreeMap;

use super::context::Context;
use super::draft::{Draft, Origin, Sited, same_columns};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{ForeignKey, ForeignKeyId};
use crate::source::{Path, Place};
use crate::spec::{self, OneOrMany};

/// How many places a report shows.
const SHOWN: usize = 4;

/// A way over a secondary: the foreign key to this side, and the one to the other.
pub(super) type Way = (ForeignKeyId, ForeignKeyId);

/// The ends of the secondary at `place`; `None` after a report.
pub(super) fn choose(
    context: &mut Context<'_>,
    drafts: &[Draft<'_>],
    place: usize,
) -> Option<[ForeignKeyId; 2]> {
    let draft = &drafts[place];
    let name = draft.source.name;
    match draft.foreign_keys.len() {
        few @ (0 | 1) => {
            let has = if few == 0 { "no end" } else { "one end" };
            let message = format!("secondary `{name}` has {has} where it needs two");
            let place = draft.source.place(Origin::Table);
            let mut diagnostic = Diagnostic::new(Code::SecondaryEnds, place, message);
            if let Some(only) = draft.foreign_keys.first() {
                diagnostic = diagnostic.other(draft.source.place(only.origin), "its only end");
            }
            let help = missing_end(context.spec, drafts, draft).unwrap_or_else(|| {
                format!(
                    "refer to two entities, as in `{name}: [Left, Right]` or with two columns `left_id: {{ references: Left }}`"
                )
            });
            context.report(diagnostic.help(help));
            None
        }
        2 => Some(in_order(draft, (0, 1))),
        _ => by_relationships(context, drafts, draft),
    }
}

/// What to write where one end is there, and a relationship that goes over the secondary leads to the other.
fn missing_end(spec: &spec::Spec, drafts: &[Draft<'_>], draft: &Draft<'_>) -> Option<String> {
    let end = draft.foreign_keys.first()?.item.target.0;
    let mut others = users(drafts, draft.source.name).filter_map(|(entity, (_, written))| {
        let target = spec.entities.get_index_of(written.target.as_ref()?)?;
        match (entity == end, target == end) {
            (true, _) => Some(target),
            (false, true) => Some(entity),
            (false, false) => None,
        }
    });
    let other = others.next()?;
    let to = drafts[other].source.name;
    let mut column = format!("{}_id", crate::naming::rust::snake(to));
    if other == end {
        column.insert_str(0, "other_");
    }
    let whole = format!("`{column}: {{ references: {to} }}`");
    Some(if draft.source.columns.contains_key(&column) {
        format!("let `{column}` be the other end: {whole}")
    } else {
        format!("add the other end to its `columns`: {whole}")
    })
}

/// The ends among more than two foreign keys.
fn by_relationships(
    context: &mut Context<'_>,
    drafts: &[Draft<'_>],
    draft: &Draft<'_>,
) -> Option<[ForeignKeyId; 2]> {
    let spec = context.spec;
    let mut doubtful = None;
    for (entity, (of, written)) in users(drafts, draft.source.name) {
        let Some(target) = written
            .target
            .as_ref()
            .and_then(|target| spec.entities.get_index_of(target))
        else {
            continue;
        };
        let mut pairs: Vec<[ForeignKeyId; 2]> = ways(draft, entity, target, written)
            .into_iter()
            .map(|way| in_order(draft, way))
            .collect();
        pairs.sort_unstable();
        pairs.dedup();
        match pairs.as_slice() {
            [only] => return Some(*only),
            [] => {}
            _ => {
                doubtful.get_or_insert((entity, of, written, target));
            }
        }
    }
    let Some((entity, name, written, target)) = doubtful else {
        // Nothing goes over it, or nothing that fits, which is told there.
        return Some(in_order(draft, likely_ends(draft).unwrap_or((0, 1))));
    };
    let path = drafts[entity].source.path.key("relationships").key(name);
    let candidates = ways(draft, entity, target, written);
    ambiguous(context, drafts, draft, path, name, &candidates);
    None
}

/// The ends where no relationship tells: the first two that no link can be without, of a symmetric secondary the first two
/// of them that refer to the same entity.
fn likely_ends(draft: &Draft<'_>) -> Option<Way> {
    let mut first_to = BTreeMap::new();
    for (place, key) in draft.foreign_keys.iter().enumerate() {
        let key = &key.item;
        if draft.is_nullable(key) {
            continue;
        }
        let entity = if draft.source.symmetric {
            key.target.0
        } else {
            0
        };
        if let Some(first) = first_to.insert(entity, place) {
            return Some((first, place));
        }
    }
    None
}

/// The relationships that go over the secondary `name`, with the places of their entities.
fn users<'d, 's>(
    drafts: &'d [Draft<'s>],
    name: &'d str,
) -> impl Iterator<Item = (usize, (&'s str, &'s spec::Relationship))> + use<'d, 's> {
    let entities = drafts.iter().enumerate();
    entities.flat_map(move |(entity, draft)| {
        let relationships = draft.source.relationships.iter().flatten();
        relationships
            .filter(move |(_, written)| written.secondary.as_deref() == Some(name))
            .map(move |(name, written)| (entity, (*name, *written)))
    })
}

/// Every way from the entity at `entity` to that at `target` that `written` allows.
pub(super) fn ways(
    draft: &Draft<'_>,
    entity: usize,
    target: usize,
    written: &spec::Relationship,
) -> Vec<Way> {
    let fits = |key: usize, to: usize, stated: &Option<OneOrMany>| {
        let named = stated
            .as_ref()
            .is_none_or(|stated| called(draft, stated).is_ok_and(|keys| keys.contains(&key)));
        draft.foreign_keys[key].item.target.0 == to && named
    };
    let keys = 0..draft.foreign_keys.len();
    keys.clone()
        .filter(|key| fits(*key, entity, &written.local))
        .flat_map(|here| keys.clone().map(move |there| (here, there)))
        .filter(|(here, there)| here != there && fits(*there, target, &written.remote))
        .collect()
}

/// The foreign keys that `stated` names; else the first word that names none.
pub(super) fn called<'n>(
    draft: &Draft<'_>,
    stated: &'n OneOrMany,
) -> Result<Vec<ForeignKeyId>, &'n str> {
    let all = || draft.foreign_keys.iter().enumerate();
    let names: Vec<&String> = match stated {
        OneOrMany::One(name) => {
            // The name of a key goes before that of a column.
            let called: Vec<ForeignKeyId> = all()
                .filter(|(_, key)| is_called(draft, key, name))
                .map(|(id, _)| id)
                .collect();
            if !called.is_empty() {
                return Ok(called);
            }
            vec![name]
        }
        OneOrMany::Many(names) => names.iter().collect(),
    };
    let mut columns = Vec::with_capacity(names.len());
    for name in names {
        let column = draft
            .source
            .columns
            .get_index_of(name)
            .ok_or(name.as_str())?;
        columns.push(column);
    }
    let over = all().filter(|(_, key)| same_columns(&key.item.columns, &columns));
    Ok(over.map(|(id, _)| id).collect())
}

/// Whether `name` is that of a foreign key: its own, or the one that it is given where no column is called so.
pub(super) fn is_called(draft: &Draft<'_>, key: &Sited<ForeignKey>, name: &str) -> bool {
    key.item.name == name && (key.named || !draft.source.columns.contains_key(name))
}

/// How `key` is named by `local`, `remote` and `foreign_key`.
pub(super) fn word(draft: &Draft<'_>, key: ForeignKeyId) -> String {
    let sited = &draft.foreign_keys[key];
    let names: Vec<&str> = sited
        .item
        .columns
        .iter()
        .map(|column| draft.source.column_name(*column))
        .collect();
    match (sited.named, names.as_slice()) {
        (true, _) => sited.item.name.clone(),
        (false, [only]) => (*only).to_owned(),
        (false, several) => format!("[{}]", several.join(", ")),
    }
}

/// Reports that a relationship at `path` may go over a secondary in several ways.
pub(super) fn ambiguous(
    context: &mut Context<'_>,
    drafts: &[Draft<'_>],
    draft: &Draft<'_>,
    path: Path,
    name: &str,
    candidates: &[Way],
) {
    let to = |key: ForeignKeyId| drafts[draft.foreign_keys[key].item.target.0].source.name;
    let message = format!(
        "relationship `{name}` may go over the secondary `{}` in {} ways",
        draft.source.name,
        candidates.len()
    );
    let mut diagnostic = Diagnostic::new(Code::AmbiguousForeignKey, path.at_key(), message);
    let mut keys: Vec<ForeignKeyId> = candidates.iter().flat_map(|way| [way.0, way.1]).collect();
    keys.sort_unstable();
    keys.dedup();
    for key in keys.into_iter().take(SHOWN) {
        let place: Place = draft.source.place(draft.foreign_keys[key].origin);
        diagnostic = diagnostic.other(place, format!("refers to `{}`", to(key)));
    }
    let written = |(here, there): &Way| {
        format!(
            "`local: {}, remote: {}`",
            word(draft, *here),
            word(draft, *there)
        )
    };
    let listed: Vec<String> = candidates.iter().take(SHOWN).map(written).collect();
    let help = format!("say which end is this side: {}", listed.join(" or "));
    context.report(diagnostic.help(help));
}

/// The two foreign keys, that of the first column first: those of columns stand before those of the table otherwise.
fn in_order(draft: &Draft<'_>, (one, two): Way) -> [ForeignKeyId; 2] {
    let first_column = |key: usize| draft.foreign_keys[key].item.columns.iter().min();
    if (first_column(one), one) <= (first_column(two), two) {
        [one, two]
    } else {
        [two, one]
    }
}
