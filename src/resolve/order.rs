//! The order of a relationship's targets: `order_by`.

use super::context::Context;
use super::draft::Draft;
use super::relationships::RelationshipDraft;
use crate::diagnostic::{Code, Diagnostic, Help};
use crate::model::{Route, Sort, SortColumn};
use crate::source::Path;
use crate::spec::OneOrMany;

/// What stands before a column of the secondary, where the target may have one of the same name.
const OF_LINKS: &str = "links.";

/// The order that `order_by` says. A bare name is a column of the target, or else one of the secondary.
pub(super) fn resolve(
    context: &mut Context<'_>,
    drafts: &[Draft<'_>],
    relationship: &RelationshipDraft<'_>,
) -> Vec<Sort> {
    let path = relationship.path(drafts).key("order_by");
    let (Some(written), Some(route)) = (&relationship.written.order_by, &relationship.route) else {
        return Vec::new();
    };
    if matches!(
        route,
        Route::ManyToOne { .. } | Route::OneToOne { .. } | Route::Through { to_one: true, .. }
    ) {
        let message = format!(
            "relationship `{}` leads to one row and has an `order_by`",
            relationship.name
        );
        context.report(
            Diagnostic::new(Code::Contradiction, path.at_key(), message)
                .help("leave out `order_by`; it is for relationships to many rows"),
        );
        return Vec::new();
    }
    let items: Vec<(&String, Path)> = match written {
        OneOrMany::One(item) => vec![(item, path)],
        OneOrMany::Many(items) => {
            let placed = items.iter().enumerate();
            placed
                .map(|(place, item)| (item, path.index(place)))
                .collect()
        }
    };
    let mut order: Vec<Sort> = Vec::with_capacity(items.len());
    let mut before: Option<&str> = None;
    for (item, path) in items {
        let alone = is_direction(item).then_some(before).flatten();
        before = Some(item);
        if let Some(column) = alone
            && !link_or_target(context, drafts, relationship, route).any(|column| column == item)
        {
            let message = format!("`{item}` is no order of its own");
            let help = format!("write it behind the column: `[{} {item}]`", column.trim());
            context.report(Diagnostic::new(Code::WrongForm, path.at_value(), message).help(help));
            continue;
        }
        let Some(sort) = sort(context, drafts, relationship, route, item, &path) else {
            continue;
        };
        if order.iter().any(|before| before.column == sort.column) {
            let message = format!("`{item}` sorts by a column that has decided before");
            context.report(
                Diagnostic::new(Code::Repeated, path.at_value(), message).help("leave it out"),
            );
        }
        order.push(sort);
    }
    order
}

/// Whether `item` is what stands behind a column.
fn is_direction(item: &str) -> bool {
    matches!(item.to_ascii_lowercase().as_str(), "asc" | "desc")
}

/// `column`, `column asc`, `column desc`.
fn sort(
    context: &mut Context<'_>,
    drafts: &[Draft<'_>],
    relationship: &RelationshipDraft<'_>,
    route: &Route,
    item: &str,
    path: &Path,
) -> Option<Sort> {
    let mut words = item.split_whitespace();
    let name = words.next().unwrap_or_default();
    let descending = match words.next().map(str::to_ascii_lowercase).as_deref() {
        None | Some("asc") => Some(false),
        Some("desc") => Some(true),
        Some(_) => None,
    };
    let nothing = name.is_empty() || name == OF_LINKS;
    let (Some(descending), None, false) = (descending, words.next(), nothing) else {
        let message = format!("`{}` is no order", item.escape_debug());
        let help = "write a column, and behind it `desc` for the largest first: `order_by: [created_at desc, id]`";
        context
            .report(Diagnostic::new(Code::WrongForm, path.clone().at_value(), message).help(help));
        return None;
    };
    if let Some(sign) = name.strip_prefix(['-', '+']).map(|_| &name[..1])
        && !link_or_target(context, drafts, relationship, route).any(|column| column == name)
    {
        signed(context, drafts, relationship, route, (sign, item), path);
        return None;
    }
    let column = column(context, drafts, relationship, route, name, path)?;
    Some(Sort { column, descending })
}

/// The secondary that the relationship goes over.
fn link<'d, 's>(
    context: &Context<'_>,
    drafts: &'d [Draft<'s>],
    route: &Route,
) -> Option<&'d Draft<'s>> {
    match route {
        Route::ManyToMany { secondary, .. } => {
            Some(&drafts[context.spec.entities.len() + secondary.0])
        }
        _ => None,
    }
}

/// The columns that a bare name can be.
fn link_or_target<'d>(
    context: &Context<'_>,
    drafts: &'d [Draft<'_>],
    relationship: &RelationshipDraft<'_>,
    route: &Route,
) -> impl Iterator<Item = &'d str> {
    let link = link(context, drafts, route);
    let target = relationship.target.map(|target| &drafts[target]);
    let both = target.into_iter().chain(link);
    both.flat_map(|draft| draft.source.columns.keys().map(String::as_str))
}

/// Reports `-title`, which other tools read as `title desc`.
fn signed(
    context: &mut Context<'_>,
    drafts: &[Draft<'_>],
    relationship: &RelationshipDraft<'_>,
    route: &Route,
    (sign, item): (&str, &str),
    path: &Path,
) {
    let name = item.trim().trim_start_matches(sign).trim_start();
    let known = |name: &str| {
        let bare = name.strip_prefix(OF_LINKS).unwrap_or(name);
        link_or_target(context, drafts, relationship, route).any(|column| column == bare)
    };
    let direction = if sign == "-" { " desc" } else { "" };
    let meant = format!("{name}{direction}");
    let text = format!("write `{meant}`");
    let help = if known(name) && item.trim().len() == name.len() + sign.len() {
        Help::yaml(text, item, meant)
    } else {
        "write a column, and behind it `desc` for the largest first: `order_by: [created_at desc, id]`".into()
    };
    let message = format!("`{}` is no order", item.escape_debug());
    context.report(Diagnostic::new(Code::WrongForm, path.clone().at_value(), message).help(help));
}

fn column(
    context: &mut Context<'_>,
    drafts: &[Draft<'_>],
    relationship: &RelationshipDraft<'_>,
    route: &Route,
    name: &str,
    path: &Path,
) -> Option<SortColumn> {
    let target = &drafts[relationship.target?];
    let link = link(context, drafts, route);
    let in_link = |name: &str| link.and_then(|link| link.source.columns.get_index_of(name));
    let found = match name.strip_prefix(OF_LINKS) {
        Some(of_links) if link.is_some() => in_link(of_links).map(SortColumn::Link),
        _ => {
            let of_target = target.source.columns.get_index_of(name);
            let of_target = of_target.map(SortColumn::Target);
            of_target.or_else(|| in_link(name).map(SortColumn::Link))
        }
    };
    if let (Some(SortColumn::Link(end)), Some(link)) = (found, link)
        && link.source.symmetric
        && link.end_columns().contains(&end)
    {
        let message = format!(
            "`{name}` is an end of the secondary `{}`, which is symmetric",
            link.source.name
        );
        let place = path.clone().at_words(0..name.len());
        context.report(
            Diagnostic::new(Code::Contradiction, place, message)
                .other(link.source.path.key("symmetric").at_key(), "symmetric here")
                .help("which end holds the target is a matter of its key: sort by columns of the target"),
        );
        return None;
    }
    if found.is_some() {
        return found;
    }
    let unread = |draft: &Draft<'_>| draft.source.columns.is_empty();
    if unread(target) || link.is_some_and(unread) {
        return None;
    }
    let (of_links, bare) = match name.strip_prefix(OF_LINKS) {
        Some(bare) if link.is_some() => (true, bare),
        _ => (false, name),
    };
    let of_target = target.source.columns.keys().map(String::as_str);
    let of_link = link.into_iter().flat_map(|link| link.source.columns.keys());
    let candidates: Vec<&str> = if of_links {
        of_link.map(String::as_str).collect()
    } else {
        of_target.chain(of_link.map(String::as_str)).collect()
    };
    let owner = match link {
        Some(link) if of_links => format!("secondary `{}` has", link.source.name),
        Some(link) => format!(
            "neither entity `{}` nor secondary `{}` has a",
            target.source.name, link.source.name
        ),
        None => format!("entity `{}` has", target.source.name),
    };
    let message = match link {
        Some(_) if !of_links => format!("{owner} column `{bare}`"),
        _ => format!("{owner} no column `{bare}`"),
    };
    let help = context.suggest(bare, candidates);
    let place = |start| path.clone().at_words(start..name.len());
    let mut found = Diagnostic::new(Code::UnknownColumn, place(0), message).help(help);
    for fix in &mut found.fixes {
        *fix.place_mut() = place(name.len() - bare.len());
    }
    context.report(found);
    None
}
