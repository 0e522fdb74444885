//! The relationships that go over a secondary: which of its ends is this side.

use super::context::{Context, secondary_path};
use super::draft::{Draft, Origin};
use super::ends::{self, Way};
use super::relationships::{Kind, RelationshipDraft, Wanted};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{End, Route, SecondaryId};
use crate::spec::OneOrMany;

/// The route of a relationship over the secondary `name`; `None` after a report.
pub(super) fn route(
    context: &mut Context<'_>,
    drafts: &[Draft<'_>],
    relationship: &RelationshipDraft<'_>,
    name: &str,
    wanted: &Wanted,
) -> Option<Route> {
    if let Wanted::Kind(kind) = wanted
        && *kind != Kind::ManyToMany
    {
        let message = format!(
            "relationship `{}` goes over a secondary, so it is `many_to_many` and not `{}`",
            relationship.name,
            kind.word()
        );
        context.report(
            Diagnostic::new(Code::KindMismatch, relationship.at(drafts, "kind"), message)
                .other(relationship.at(drafts, "secondary"), "the secondary")
                .help("leave out `kind`, or `secondary`"),
        );
    }
    let Some(place) = context.spec.secondary.get_index_of(name) else {
        unknown_secondary(context, drafts, relationship, name);
        return None;
    };
    let entities = context.spec.entities.len();
    let secondary = &drafts[entities + place];
    let target = relationship.target?;
    let ends = secondary.ends?;
    if !sides_are_known(context, drafts, relationship, secondary) {
        return None;
    }
    let written = relationship.written;
    let all = ends::ways(secondary, relationship.entity, target, written);
    let over_ends = |(here, there): &Way| ends.contains(here) && ends.contains(there);
    let ways: Vec<Way> = all.iter().copied().filter(over_ends).collect();
    let local = match ways.as_slice() {
        [] => {
            context.report(does_not_fit(drafts, relationship, secondary, ends, &all));
            return None;
        }
        _ if secondary.source.symmetric => {
            no_sides(context, drafts, relationship, secondary);
            if is_paired(context, drafts, relationship, secondary) {
                return None;
            }
            End::First
        }
        [(here, _)] if *here == ends[0] => End::First,
        [_] => End::Second,
        several => {
            let path = relationship.path(drafts);
            ends::ambiguous(context, drafts, secondary, path, relationship.name, several);
            return None;
        }
    };
    Some(Route::ManyToMany {
        secondary: SecondaryId(place),
        local,
    })
}

/// Reports `local` and `remote` at a relationship without a secondary.
pub(super) fn refuse_sides(
    context: &mut Context<'_>,
    drafts: &[Draft<'_>],
    relationship: &RelationshipDraft<'_>,
) {
    for (key, stated) in sides(relationship) {
        if stated.is_none() || context.unread(|| relationship.path(drafts).key("secondary")) {
            continue;
        }
        let message = format!(
            "relationship `{}` has `{key}` but goes over no secondary",
            relationship.name
        );
        let place = relationship.path(drafts).key(key).at_key();
        context.report(Diagnostic::new(Code::Contradiction, place, message).help(
            "`local` and `remote` name the ends of a `secondary`; a foreign key is named by `foreign_key`",
        ));
    }
}

fn sides<'s>(relationship: &RelationshipDraft<'s>) -> [(&'static str, &'s Option<OneOrMany>); 2] {
    let written = relationship.written;
    [("local", &written.local), ("remote", &written.remote)]
}

/// Reports `local` and `remote` over a symmetric secondary with no other foreign keys: both ends are this side.
fn no_sides(
    context: &mut Context<'_>,
    drafts: &[Draft<'_>],
    relationship: &RelationshipDraft<'_>,
    secondary: &Draft<'_>,
) {
    if secondary.foreign_keys.len() > 2 {
        return;
    }
    for (key, _) in sides(relationship)
        .into_iter()
        .filter(|side| side.1.is_some())
    {
        let message = format!(
            "relationship `{}` has `{key}`, and the secondary `{}` is symmetric",
            relationship.name, secondary.source.name
        );
        let place = relationship.path(drafts).key(key).at_key();
        context.report(
            Diagnostic::new(Code::Contradiction, place, message)
                .other(
                    secondary.source.path.key("symmetric").at_key(),
                    "symmetric here",
                )
                .help(format!(
                    "both ends are this side: leave out `{key}`, or `symmetric`"
                )),
        );
    }
}

/// Whether the relationship names another side, which one over a symmetric secondary is itself; reports it.
fn is_paired(
    context: &mut Context<'_>,
    drafts: &[Draft<'_>],
    relationship: &RelationshipDraft<'_>,
    secondary: &Draft<'_>,
) -> bool {
    if relationship.written.back_populates.is_none() {
        return false;
    }
    let message = format!(
        "relationship `{}` has `back_populates`, and the secondary `{}` is symmetric",
        relationship.name, secondary.source.name
    );
    let place = relationship.path(drafts).key("back_populates").at_key();
    context.report(
        Diagnostic::new(Code::Contradiction, place, message)
            .other(
                secondary.source.path.key("symmetric").at_key(),
                "symmetric here",
            )
            .help("it is its own other side: leave out `back_populates`, or `symmetric`"),
    );
    true
}

/// Whether what `local` and `remote` name are foreign keys of the secondary; reports what is not.
fn sides_are_known(
    context: &mut Context<'_>,
    drafts: &[Draft<'_>],
    relationship: &RelationshipDraft<'_>,
    secondary: &Draft<'_>,
) -> bool {
    let mut fine = true;
    for (key, stated) in sides(relationship) {
        let path = relationship.path(drafts).key(key);
        let Some(stated) = stated else {
            fine &= !context.unread(|| path);
            continue;
        };
        let place = match ends::called(secondary, stated) {
            Ok(keys) if !keys.is_empty() => continue,
            Ok(_) => path.at_value(),
            Err(name) => match stated {
                OneOrMany::One(_) => path.at_value(),
                OneOrMany::Many(names) => {
                    let place = names.iter().position(|each| each == name);
                    path.index(place.unwrap_or(0)).at_value()
                }
            },
        };
        fine = false;
        let keys = 0..secondary.foreign_keys.len();
        let words: Vec<String> = keys.map(|key| ends::word(secondary, key)).collect();
        let message = format!(
            "`{key}` names no foreign key of the secondary `{}`",
            secondary.source.name
        );
        let help = match stated {
            OneOrMany::One(name) => context.suggest(name, words.iter().map(String::as_str)),
            OneOrMany::Many(_) => format!("valid names: {}", words.join(", ")).into(),
        };
        context.report(Diagnostic::new(Code::UnknownColumn, place, message).help(help));
    }
    fine
}

/// Tells why no way over the ends of `secondary` leads from here to the target; `others` do over other foreign keys.
fn does_not_fit(
    drafts: &[Draft<'_>],
    relationship: &RelationshipDraft<'_>,
    secondary: &Draft<'_>,
    ends: [usize; 2],
    others: &[Way],
) -> Diagnostic {
    let name = secondary.source.name;
    let refers_to = |key: usize| {
        drafts[secondary.foreign_keys[key].item.target.0]
            .source
            .name
    };
    let of = |entity: Option<usize>| entity.map_or("", |entity| drafts[entity].source.name);
    let diagnostic = |place, message| {
        Diagnostic::new(Code::EndsDoNotFit, place, message)
            .other(secondary.source.place(Origin::Table), "its ends are here")
    };
    let [first, second] = ends;
    if let [(here, there), ..] = others {
        let message = format!(
            "relationship `{}` goes over `{}` and `{}`, and the ends of the secondary `{name}` are `{}` and `{}`",
            relationship.name,
            ends::word(secondary, *here),
            ends::word(secondary, *there),
            ends::word(secondary, first),
            ends::word(secondary, second)
        );
        let place = relationship.at(drafts, "secondary");
        return diagnostic(place, message).help(format!(
            "what goes over a secondary goes over the same two foreign keys: declare an entity in place of `{name}`"
        ));
    }
    for (key, stated) in sides(relationship) {
        let wanted = if key == "local" {
            Some(relationship.entity)
        } else {
            relationship.target
        };
        let keys = stated
            .as_ref()
            .and_then(|stated| ends::called(secondary, stated).ok());
        let wrong = keys
            .into_iter()
            .flatten()
            .find(|key| Some(secondary.foreign_keys[*key].item.target.0) != wanted);
        if let Some(wrong) = wrong {
            let message = format!(
                "`{key}` names `{}`, which refers to `{}` and not to `{}`",
                ends::word(secondary, wrong),
                refers_to(wrong),
                of(wanted)
            );
            return diagnostic(relationship.at(drafts, key), message).help(
                "`local` is the end that refers to the entity of the relationship, `remote` the one that refers to its target",
            );
        }
    }
    let named = sides(relationship).map(|(_, stated)| {
        let keys = stated
            .as_ref()
            .and_then(|stated| ends::called(secondary, stated).ok());
        keys.unwrap_or_default()
    });
    if let [[here], [there]] = [&named[0][..], &named[1][..]]
        && here == there
    {
        let message = format!(
            "`local` and `remote` both name `{}`",
            ends::word(secondary, *here)
        );
        return diagnostic(relationship.at(drafts, "remote"), message)
            .help("`local` is the end of this side, `remote` that of the other: leave out one of both, or name two ends");
    }
    let message = format!(
        "secondary `{name}` links `{}` and `{}`, not `{}` and `{}`",
        refers_to(first),
        refers_to(second),
        of(Some(relationship.entity)),
        of(relationship.target)
    );
    diagnostic(relationship.at(drafts, "secondary"), message)
        .help("name a secondary with one end at each of the two entities, or another `target`")
}

fn unknown_secondary(
    context: &mut Context<'_>,
    drafts: &[Draft<'_>],
    relationship: &RelationshipDraft<'_>,
    name: &str,
) {
    if context.unread(|| secondary_path(name)) || context.lacks_a_file() {
        return;
    }
    let spec = context.spec;
    let message = format!("no secondary `{name}` exists");
    let help = if spec.entities.contains_key(name) {
        format!("`{name}` is an entity; a secondary stands under `secondary`").into()
    } else {
        let near = context.did_you_mean(name, spec.secondary.keys().map(String::as_str));
        near.unwrap_or_else(|| {
            // In the order of the spec, so that both sides of it advise the same.
            let mut ends = [Some(relationship.entity), relationship.target];
            if ends[1].is_some() {
                ends.sort_unstable();
            }
            let [own, target] = ends.map(|end| end.map_or("Target", |end| drafts[end].source.name));
            if spec.secondary.is_empty() {
                format!("declare it: `secondary: {{ {name}: [{own}, {target}] }}`").into()
            } else {
                format!("declare it under `secondary`: `{name}: [{own}, {target}]`").into()
            }
        })
    };
    context.report(
        Diagnostic::new(
            Code::UnknownSecondary,
            relationship.at(drafts, "secondary"),
            message,
        )
        .help(help),
    );
}
