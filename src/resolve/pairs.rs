//! Back-population: relationships that are the same one, read from two sides.

use super::condition;
use super::context::Context;
use super::draft::Draft;
use super::other_side;
use super::relationships::RelationshipDraft;
use super::unpaired;
use crate::diagnostic::{Code, Diagnostic, Fix};
use crate::model::{ForeignKeyId, Route};

/// The place of an entity, and of a relationship in it.
pub(super) type Id = (usize, usize);

/// The keys that a relationship writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Written {
    Secondary(usize),
    /// The place of the entity that has the foreign key.
    ForeignKey(usize, ForeignKeyId),
}

/// What is wrong between a relationship and the one that it names.
enum Fault {
    /// Something that was reported elsewhere.
    Known,
    /// The other one names no relationship.
    OneSided,
    /// The other one leads elsewhere, to another entity.
    OtherTarget,
    /// The other one leads to some of the rows only.
    Apart,
    /// The other one names another relationship.
    OtherName,
    /// They go over different keys.
    OtherKeys,
    /// It is its own other side.
    Itself,
    /// The other one goes through others.
    Through,
}

/// Resolves `back_populates` and reports what writes the same rows without it.
pub(super) fn resolve(
    context: &mut Context<'_>,
    drafts: &[Draft<'_>],
    all: &mut [Vec<RelationshipDraft<'_>>],
) {
    for entity in 0..all.len() {
        for place in 0..all[entity].len() {
            pair(context, drafts, all, (entity, place));
        }
    }
    unpaired::check(context, drafts, all);
}

fn pair(
    context: &mut Context<'_>,
    drafts: &[Draft<'_>],
    all: &mut [Vec<RelationshipDraft<'_>>],
    id: Id,
) {
    let relationship = &all[id.0][id.1];
    let Some(name) = &relationship.written.back_populates else {
        let unread = context.unread(|| relationship.path(drafts).key("back_populates"));
        all[id.0][id.1].unpaired = unread;
        return;
    };
    let target = relationship.target;
    // That it goes through others and is paired was reported.
    let target = target.filter(|_| relationship.written.through.is_none());
    let target = target.filter(|_| users(context, drafts, relationship) < 2);
    let target = target.filter(|_| !condition::refuse_pair(context, drafts, relationship));
    let Some(target) = target else {
        all[id.0][id.1].unpaired = true;
        return;
    };
    let Some(other) = drafts[target]
        .source
        .relationships
        .as_ref()
        .and_then(|known| known.get_index_of(name.as_str()))
    else {
        unknown(context, drafts, all, relationship, target, name);
        all[id.0][id.1].unpaired = true;
        return;
    };
    match fault(context, drafts, all, id, (target, other)) {
        None => {
            all[id.0][id.1].back_populates = Some(other);
            all[target][other].back_populates = Some(id.1);
        }
        Some(fault) => {
            report(context, drafts, all, id, (target, other), &fault);
            all[id.0][id.1].unpaired = true;
            all[target][other].unpaired = true;
        }
    }
}

/// How many tables have the relationship from one mixin; 0 when it is the entity's own. In a mixin it need not name its
/// other side, and must not when there are several.
pub(super) fn users(
    context: &Context<'_>,
    drafts: &[Draft<'_>],
    relationship: &RelationshipDraft<'_>,
) -> usize {
    let path = relationship.path(drafts);
    let written = context.mixins.written(relationship.entity, &path);
    written.map_or(0, |(mixin, _)| context.mixins.users(mixin))
}

/// What is wrong between the two, if anything is.
fn fault(
    context: &Context<'_>,
    drafts: &[Draft<'_>],
    all: &[Vec<RelationshipDraft<'_>>],
    id: Id,
    other: Id,
) -> Option<Fault> {
    let (relationship, back) = (&all[id.0][id.1], &all[other.0][other.1]);
    match back.target {
        None => return Some(Fault::Known),
        Some(target) if target != id.0 => return Some(Fault::OtherTarget),
        Some(_) => {}
    }
    if back.written.through.is_some() {
        return Some(Fault::Through);
    }
    match &back.written.back_populates {
        None if context.unread(|| back.path(drafts).key("back_populates")) => {
            return Some(Fault::Known);
        }
        Some(_) if users(context, drafts, back) > 1 => return Some(Fault::Known),
        None if condition::is_stated(context, drafts, back) => return Some(Fault::Apart),
        None if users(context, drafts, back) > 0 => {}
        None => return Some(Fault::OneSided),
        Some(name) if name != relationship.name => {
            // A name that exists nowhere is reported where it stands.
            let exists = all[id.0].iter().any(|own| own.name == name);
            return Some(if exists {
                Fault::OtherName
            } else {
                Fault::Known
            });
        }
        Some(_) => {}
    }
    let (Some(one), Some(two)) = (&relationship.route, &back.route) else {
        return Some(Fault::Known);
    };
    if id == other {
        return Some(Fault::Itself);
    }
    let mirrored =
        written(id.0, other.0, one) == written(other.0, id.0, two) && sides_differ(one, two);
    // Where both name each other the first of them tells.
    let fault = if id < other || back.written.back_populates.is_none() {
        Fault::OtherKeys
    } else {
        Fault::Known
    };
    (!mirrored).then_some(fault)
}

/// Whether two routes over the same keys lead from one side and from the other.
pub(super) fn sides_differ(one: &Route, two: &Route) -> bool {
    match (one, two) {
        (Route::ManyToMany { local: one, .. }, Route::ManyToMany { local: two, .. }) => one != two,
        (Route::ManyToOne { .. }, other) | (other, Route::ManyToOne { .. }) => {
            matches!(other, Route::OneToMany { .. } | Route::OneToOne { .. })
        }
        _ => false,
    }
}

/// The keys that a relationship between two entities writes; none where it is read-only by its kind.
pub(super) fn written(entity: usize, target: usize, route: &Route) -> Option<Written> {
    Some(match route {
        Route::Through { .. } => return None,
        Route::ManyToMany { secondary, .. } => Written::Secondary(secondary.0),
        Route::ManyToOne { foreign_key, .. } => Written::ForeignKey(entity, *foreign_key),
        Route::OneToMany { foreign_key } | Route::OneToOne { foreign_key } => {
            Written::ForeignKey(target, *foreign_key)
        }
    })
}

fn report(
    context: &mut Context<'_>,
    drafts: &[Draft<'_>],
    all: &[Vec<RelationshipDraft<'_>>],
    id: Id,
    other: Id,
    fault: &Fault,
) {
    let (relationship, back) = (&all[id.0][id.1], &all[other.0][other.1]);
    let full = |relationship: &RelationshipDraft<'_>| {
        format!(
            "{}.{}",
            drafts[relationship.entity].source.name, relationship.name
        )
    };
    let (one, two) = (full(relationship), full(back));
    let name = relationship.name;
    let place = relationship.at(drafts, "back_populates");
    let diagnostic = match fault {
        Fault::Known => return,
        Fault::OneSided => Diagnostic::new(
            Code::OneSidedBackPopulation,
            place,
            format!("`{one}` back-populates `{two}`, which does not answer"),
        )
        .other(back.path(drafts).at_key(), "this one names nothing")
        .help(format!("add `back_populates: {name}` to `{two}`"))
        .fix(Fix::entry(back.path(drafts), "back_populates", name)),
        Fault::Apart => Diagnostic::new(
            Code::MismatchedBackPopulation,
            place,
            format!("`{one}` back-populates `{two}`, which leads to some of the rows only"),
        )
        .other(back.path(drafts).key("where").at_key(), "to those that fit")
        .help("leave out `back_populates`: a relationship with `where` is no other side"),
        Fault::OtherTarget => {
            let leads = back.target.map_or("", |target| drafts[target].source.name);
            let own = drafts[id.0].source.name;
            Diagnostic::new(
                Code::MismatchedBackPopulation,
                place,
                format!("`{one}` back-populates `{two}`, which leads to `{leads}` and not back to `{own}`"),
            )
            .other(back.at(drafts, "target"), format!("leads to `{leads}`"))
            .help(format!("name a relationship of `{}` whose target is `{own}`", drafts[other.0].source.name))
        }
        Fault::OtherName => {
            let named = back.written.back_populates.as_deref().unwrap_or_default();
            Diagnostic::new(
                Code::MismatchedBackPopulation,
                place,
                format!("`{one}` back-populates `{two}`, which names `{named}` and not `{name}`"),
            )
            .other(
                back.at(drafts, "back_populates"),
                format!("names `{named}`"),
            )
            .help("let the two name each other")
        }
        Fault::OtherKeys => Diagnostic::new(
            Code::MismatchedBackPopulation,
            place,
            format!(
                "`{one}` and `{two}` back-populate each other but {}",
                keys_differ(drafts, all, id, other)
            ),
        )
        .other(back.path(drafts).at_key(), "the other one")
        .help(other_side::keys_help(drafts, all, id, other)),
        Fault::Through => Diagnostic::new(
            Code::MismatchedBackPopulation,
            place,
            format!("`{one}` back-populates `{two}`, which goes through others"),
        )
        .other(
            back.at(drafts, "through"),
            "read-only, and the other side of none",
        )
        .help("leave out `back_populates`, or name a relationship over the same keys"),
        Fault::Itself => Diagnostic::new(
            Code::MismatchedBackPopulation,
            place,
            format!("`{one}` back-populates itself"),
        )
        .help("name the relationship that is this one from the other side, or leave out `back_populates`"),
    };
    context.report(diagnostic);
}

fn keys_differ(
    drafts: &[Draft<'_>],
    all: &[Vec<RelationshipDraft<'_>>],
    id: Id,
    other: Id,
) -> String {
    let (relationship, back) = (&all[id.0][id.1], &all[other.0][other.1]);
    let over = |entity: usize, target: usize, route: &Option<Route>| match route
        .as_ref()
        .and_then(|route| written(entity, target, route))
    {
        Some(Written::Secondary(secondary)) => {
            format!("secondary `{}`", drafts[all.len() + secondary].source.name)
        }
        Some(Written::ForeignKey(owner, key)) => {
            let draft = &drafts[owner];
            let columns = draft.quoted(&draft.foreign_keys[key].item.columns);
            format!("foreign key {columns} of `{}`", draft.source.name)
        }
        None => String::new(),
    };
    let one = over(id.0, other.0, &relationship.route);
    let two = over(other.0, id.0, &back.route);
    if one == two {
        format!("read {one} from the same side")
    } else {
        format!("go over {one} and {two}")
    }
}

fn unknown(
    context: &mut Context<'_>,
    drafts: &[Draft<'_>],
    all: &[Vec<RelationshipDraft<'_>>],
    relationship: &RelationshipDraft<'_>,
    target: usize,
    name: &str,
) {
    let source = &drafts[target].source;
    let whole = || source.path.key("relationships");
    let known = source.relationships.as_ref();
    let empty = known.is_none_or(indexmap::IndexMap::is_empty);
    let mixins = || source.path.key("mixins");
    if context.unread(mixins)
        || context.unread(|| whole().key(name))
        || (empty && context.unread(whole))
    {
        return;
    }
    let names = known.into_iter().flat_map(|known| known.keys());
    let near = context.did_you_mean(name, names.copied());
    let help =
        near.unwrap_or_else(|| other_side::help(drafts, all, relationship, target, name).into());
    let message = format!("entity `{}` has no relationship `{name}`", source.name);
    context.report(
        Diagnostic::new(
            Code::UnknownRelationship,
            relationship.at(drafts, "back_populates"),
            message,
        )
        .help(help),
    );
}
