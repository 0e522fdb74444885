//! What generated text repeats: the columns of a table in each statement of a relationship to it and of a key, the values of
//! an enum and the path of a type at each of its columns. A short spec could ask for gigabytes that way.

use super::context::Context;
use super::draft::{Draft, Origin};
use super::relationships::RelationshipDraft;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Default, Literal, Type};
use crate::source::Place;
use crate::source::limits::REPEATED_BYTES;

/// In how many statements of a relationship the values of its `where` are.
const VALUE_IN_STATEMENTS: usize = 15;

/// What the marks around a name take.
const MARKS: usize = 4;

/// Reports the first thing with which generated text would repeat more than it may.
pub(super) fn check(
    context: &mut Context<'_>,
    drafts: &[Draft<'_>],
    all: &[Vec<RelationshipDraft<'_>>],
) {
    let mut left = REPEATED_BYTES;
    let place = types(drafts, &mut left)
        .or_else(|| keys(drafts, &mut left))
        .or_else(|| relationships(drafts, all, &mut left));
    if let Some(place) = place {
        let message = "with this the generated text would repeat more than a spec may ask for";
        let help = format!(
            "the columns of a table are repeated for each of its keys and each relationship to it, its defaults for each key, the \
             values of `where` in each statement, the values of an enum and the path of a type for each column: {} MiB of them \
             are allowed",
            REPEATED_BYTES >> 20
        );
        context.report(Diagnostic::new(Code::Growth, place, message).help(help));
    }
}

/// Takes `bytes` of what is `left`; whether there were not as many.
fn is_beyond(left: &mut usize, bytes: usize) -> bool {
    let rest = left.checked_sub(bytes);
    *left = rest.unwrap_or_default();
    rest.is_none()
}

fn types(drafts: &[Draft<'_>], left: &mut usize) -> Option<Place> {
    for draft in drafts {
        for (id, column) in draft.columns.iter().enumerate() {
            if is_beyond(left, column.ty.as_ref().map_or(0, bytes_of_type)) {
                return Some(draft.source.place(Origin::Column(id)));
            }
        }
    }
    None
}

fn bytes_of_type(ty: &Type) -> usize {
    match ty {
        Type::Enum(declared) => {
            let variants = declared.variants.iter();
            variants.map(|variant| variant.stored.len() + MARKS).sum()
        }
        // Some ten times in the code of a column.
        Type::User(declared) => 10 * declared.rust.len() + bytes_of_type(&declared.base),
        Type::List(item) => bytes_of_type(item),
        _ => 0,
    }
}

fn keys(drafts: &[Draft<'_>], left: &mut usize) -> Option<Place> {
    for draft in drafts {
        let columns = bytes_of_columns(draft) + bytes_of_defaults(draft);
        let mut keys = draft.uniques.iter();
        if let Some(key) = keys.find(|_| is_beyond(left, columns)) {
            return Some(draft.source.place(key.origin));
        }
    }
    None
}

fn relationships(
    drafts: &[Draft<'_>],
    all: &[Vec<RelationshipDraft<'_>>],
    left: &mut usize,
) -> Option<Place> {
    let columns: Vec<usize> = drafts.iter().map(bytes_of_columns).collect();
    let each = all.iter().flatten();
    for relationship in each {
        let condition = relationship
            .condition
            .iter()
            .filter_map(|each| each.value.as_ref());
        let values: usize = condition.map(bytes_of_literal).sum();
        let target = relationship.target.map_or(0, |target| columns[target]);
        let bytes = target + VALUE_IN_STATEMENTS * values;
        if is_beyond(left, bytes) {
            return Some(relationship.path(drafts).at_key());
        }
    }
    None
}

/// What inserts of a key's `upsert` say in place of values that are not given.
fn bytes_of_defaults(draft: &Draft<'_>) -> usize {
    let defaults = draft
        .columns
        .iter()
        .filter_map(|column| column.default.as_ref());
    let bytes = |default: &Default| match default {
        Default::Literal(literal) => bytes_of_literal(literal),
        Default::Sql(sql) => sql
            .readings()
            .map(|(_, text)| text.len())
            .max()
            .unwrap_or(0),
        Default::Now | Default::Uuid => 0,
    };
    defaults.map(bytes).sum()
}

fn bytes_of_literal(literal: &Literal) -> usize {
    match literal {
        Literal::Number(text) | Literal::Text(text) => text.len(),
        Literal::Boolean(_) | Literal::Integer(_) => 0,
    }
}

fn bytes_of_columns(draft: &Draft<'_>) -> usize {
    let columns = draft.columns.iter();
    columns.map(|column| column.name.len() + MARKS).sum()
}
