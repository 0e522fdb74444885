//! Relationships from an entity to itself: the same foreign key is read from two sides, and only `kind` tells which.

use super::context::Context;
use super::draft::Draft;
use super::relationships::{Kind, RelationshipDraft, Wanted};
use super::routes::Candidate;
use super::unreferenced;
use crate::diagnostic::{Code, Diagnostic};

/// The `candidates` on the side that `kind` says: `many_to_one` is the row that the key refers to, every other kind what
/// refers with it. `None` after a report, and where the kind is none.
pub(super) fn of_side(
    context: &mut Context<'_>,
    drafts: &[Draft<'_>],
    relationship: &RelationshipDraft<'_>,
    mut candidates: Vec<Candidate>,
    wanted: &Wanted,
) -> Option<Vec<Candidate>> {
    match wanted {
        Wanted::Kind(kind) => {
            candidates.retain(|candidate| candidate.own == (*kind == Kind::ManyToOne));
            Some(candidates)
        }
        // That there is no key at all is the news then.
        Wanted::Any if candidates.is_empty() => Some(candidates),
        Wanted::Any => {
            if !context.unread(|| relationship.path(drafts).key("kind")) {
                no_kind(context, drafts, relationship, &candidates);
            }
            None
        }
        Wanted::Wrong => None,
    }
}

fn no_kind(
    context: &mut Context<'_>,
    drafts: &[Draft<'_>],
    relationship: &RelationshipDraft<'_>,
    candidates: &[Candidate],
) {
    let draft = &drafts[relationship.entity];
    let message = format!(
        "relationship `{}` leads from `{}` to itself and has no `kind`",
        relationship.name, draft.source.name
    );
    let place = relationship.path(drafts).at_key();
    let mut diagnostic = Diagnostic::new(Code::MissingKey, place, message);
    if let Some(first) = candidates.first() {
        let key = draft.source.place(draft.foreign_keys[first.key].origin);
        diagnostic = diagnostic.other(key, "this foreign key is read from both sides");
    }
    let help = answer(drafts, relationship)
        .or_else(|| by_name(draft, relationship, candidates))
        .unwrap_or_else(|| both_sides(draft, candidates));
    context.report(diagnostic.help(help));
}

/// What to write where the relationship at the other side has a kind.
fn answer(drafts: &[Draft<'_>], relationship: &RelationshipDraft<'_>) -> Option<String> {
    let entity = drafts[relationship.entity].source.name;
    let name = relationship.written.back_populates.as_ref()?;
    let relationships = drafts[relationship.entity].source.relationships.as_ref()?;
    let other = relationships.get(name.as_str())?;
    let (kind, back) = match other.kind.as_deref()? {
        "many_to_one" => ("many_to_one", "one_to_many"),
        "one_to_many" => ("one_to_many", "many_to_one"),
        "one_to_one" => ("one_to_one", "many_to_one"),
        _ => return None,
    };
    (name != relationship.name)
        .then(|| format!("`{entity}.{name}` is `{kind}`, so write `kind: {back}` here"))
}

/// What to write where the relationship, or the one that it names as its other side, is called as a foreign key is.
fn by_name(
    draft: &Draft<'_>,
    relationship: &RelationshipDraft<'_>,
    candidates: &[Candidate],
) -> Option<String> {
    let key = |name: &str| {
        let mut theirs = candidates.iter().filter(|candidate| !candidate.own);
        theirs.find(
            |candidate| match draft.foreign_keys[candidate.key].item.columns[..] {
                [column] => draft.source.column_name(column).strip_suffix("_id") == Some(name),
                _ => false,
            },
        )
    };
    let name = relationship.name;
    if let Some(key) = key(name) {
        let rows = match key.kind() {
            Kind::OneToOne => "`one_to_one` is the row",
            _ => "`one_to_many` are the rows",
        };
        return Some(format!(
            "write `kind: many_to_one`, since by its name it is the row that `{name}_id` refers to; {rows} whose `{name}_id` refers here"
        ));
    }
    let back = relationship.written.back_populates.as_deref()?;
    let kind = key(back)?.kind().word();
    Some(format!(
        "write `kind: {kind}`, since by its name `{back}`, the other side, is the row that `{back}_id` refers to"
    ))
}

fn both_sides(draft: &Draft<'_>, candidates: &[Candidate]) -> String {
    let key = candidates.iter().find(|candidate| !candidate.own);
    let (columns, back) = key.map_or_else(
        || (String::new(), Kind::OneToMany),
        |key| {
            (
                draft.quoted(&draft.foreign_keys[key.key].item.columns),
                key.kind(),
            )
        },
    );
    let (far, of) = match back {
        Kind::OneToOne => ("row", "one_to_one"),
        _ => ("rows", "one_to_many"),
    };
    format!(
        "write `kind: many_to_one` for the row that {columns} refers to, or `kind: {of}` for the {far} whose {columns} refers here"
    )
}

/// Reports that the entity has no foreign key to itself.
pub(super) fn no_key(
    context: &mut Context<'_>,
    drafts: &[Draft<'_>],
    relationship: &RelationshipDraft<'_>,
) {
    let entity = drafts[relationship.entity].source.name;
    let message = format!(
        "no foreign key leads from `{entity}` to itself, as relationship `{}` needs",
        relationship.name
    );
    let place = relationship.at(drafts, "target");
    let found = Diagnostic::new(Code::MissingForeignKey, place, message);
    context.report(match unreferenced::find(drafts, relationship) {
        Some(column) => column.mend(found),
        None => found.help(format!(
            "add the column `parent_id: {{ references: {entity}, nullable: true }}` to `{entity}`, or a `secondary`"
        )),
    });
}
