//! What a relationship's targets hold: `where`.

use super::context::Context;
use super::draft::{Draft, Origin};
use super::relationships::RelationshipDraft;
use super::{keys, literals};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{ColumnId, Equality, Literal, Route, Type};
use crate::source::Path;
use crate::spec::{Held, Value};

/// The condition that `where` says, as far as it is right; what is wrong is reported.
pub(super) fn resolve(
    context: &mut Context<'_>,
    drafts: &[Draft<'_>],
    relationship: &RelationshipDraft<'_>,
) -> Vec<Equality> {
    let (Some(written), Some(target)) = (&relationship.written.r#where, relationship.target) else {
        return Vec::new();
    };
    let path = relationship.path(drafts).key("where");
    if written.is_empty() && !context.unread(|| path.clone()) {
        let message = format!(
            "the `where` of relationship `{}` says nothing",
            relationship.name
        );
        let help = "leave it out, or write what columns of the target hold: `where: { genre: essay, deleted_at: null }`";
        context.report(Diagnostic::new(Code::WrongForm, path.at_key(), message).help(help));
        return Vec::new();
    }
    let target = &drafts[target];
    let mut condition = Vec::with_capacity(written.len());
    for (name, held) in written {
        let path = path.key(name);
        let Some(column) = target.source.columns.get_index_of(name) else {
            unknown(context, drafts, relationship, target, name, path);
            continue;
        };
        if is_decided_by_key(context, relationship, target, column, &path) {
            continue;
        }
        let value = match held {
            Held::Null => null(context, target, column, path).then_some(None),
            Held::Literal(value) => literal(context, target, column, value, path).map(Some),
        };
        condition.extend(value.map(|value| Equality { column, value }));
    }
    condition
}

/// Whether the relationship has a `where`, read or not.
pub(super) fn is_stated(
    context: &Context<'_>,
    drafts: &[Draft<'_>],
    relationship: &RelationshipDraft<'_>,
) -> bool {
    relationship.written.r#where.is_some()
        || context.unread(|| relationship.path(drafts).key("where"))
}

/// Whether the relationship has a `where` beside its `back_populates`, which is reported.
pub(super) fn refuse_pair(
    context: &mut Context<'_>,
    drafts: &[Draft<'_>],
    relationship: &RelationshipDraft<'_>,
) -> bool {
    if relationship.written.r#where.is_none() {
        return false;
    }
    let message = format!(
        "relationship `{}` has both `where` and `back_populates`",
        relationship.name
    );
    let path = |key: &str| relationship.path(drafts).key(key).at_key();
    context.report(
        Diagnostic::new(Code::Contradiction, path("back_populates"), message)
            .other(path("where"), "it leads to some of the rows only")
            .help("leave out `back_populates` on both sides: a relationship with `where` needs none, and the other side can answer to one without"),
    );
    true
}

fn unknown(
    context: &mut Context<'_>,
    drafts: &[Draft<'_>],
    relationship: &RelationshipDraft<'_>,
    target: &Draft<'_>,
    name: &str,
    path: Path,
) {
    let link = match relationship.route {
        Some(Route::ManyToMany { secondary, .. }) => {
            Some(&drafts[context.spec.entities.len() + secondary.0])
        }
        _ => None,
    };
    let of_link = link.filter(|link| link.source.columns.contains_key(name));
    let (message, help) = if let Some(link) = of_link {
        (
            format!(
                "`{name}` is a column of the secondary `{}`",
                link.source.name
            ),
            format!(
                "`where` says what columns of `{}` hold; links are asked by `any_link` and by a `filter` of the relationship's `query()`",
                target.source.name
            ),
        )
    } else if name == "sql" {
        (
            "the `where` of a relationship takes no SQL".to_owned(),
            "write what columns of the target hold: `where: { genre: essay }`; other conditions are a `filter` of the relationship's `query()`, which takes `raw` SQL".to_owned(),
        )
    } else {
        keys::unknown_column(context, &target.source, name, || path.at_key());
        return;
    };
    let code = if of_link.is_some() {
        Code::UnknownColumn
    } else {
        Code::WrongForm
    };
    context.report(Diagnostic::new(code, path.at_key(), message).help(help));
}

/// Whether the relationship's own foreign key decides what the column holds, which is reported.
fn is_decided_by_key(
    context: &mut Context<'_>,
    relationship: &RelationshipDraft<'_>,
    target: &Draft<'_>,
    column: ColumnId,
    path: &Path,
) -> bool {
    let Some(Route::OneToMany { foreign_key } | Route::OneToOne { foreign_key }) =
        relationship.route
    else {
        return false;
    };
    let key = &target.foreign_keys[foreign_key];
    if !key.item.columns.contains(&column) {
        return false;
    }
    let name = target.source.column_name(column);
    let message = format!(
        "relationship `{}` goes over `{name}`, which says of every target what it holds there",
        relationship.name
    );
    context.report(
        Diagnostic::new(Code::Contradiction, path.clone().at_key(), message)
            .other(target.source.place(key.origin), "the foreign key")
            .help(format!("leave out `{name}`")),
    );
    true
}

/// Whether NULL may be in the column; reports where not.
fn null(context: &mut Context<'_>, target: &Draft<'_>, column: ColumnId, path: Path) -> bool {
    let (name, source) = (target.source.column_name(column), &target.source);
    let primary = target.primary_key.as_ref();
    let in_key = primary.is_some_and(|key| key.item.columns.contains(&column));
    if target.columns[column].nullable && !in_key {
        return true;
    }
    let message = format!("`{name}` is NOT NULL, so no row of `{}` fits", source.name);
    let help = if in_key {
        "write a value".to_owned()
    } else {
        format!(
            "write a value, or let the column be NULL: `nullable: true`, or `TYPE?` behind `{name}`"
        )
    };
    context.report(
        Diagnostic::new(Code::Contradiction, path.at_value(), message)
            .other(source.place(Origin::Column(column)), "the column")
            .help(help),
    );
    false
}

fn literal(
    context: &mut Context<'_>,
    target: &Draft<'_>,
    column: ColumnId,
    value: &Value,
    path: Path,
) -> Option<Literal> {
    let name = target.source.column_name(column);
    let ty = target.columns[column].ty.clone()?;
    let holds = match ty.base() {
        Type::Json => Some(("JSON", "equal JSON is written in many ways")),
        Type::List(_) => Some(("a list", "no literal stands for one")),
        _ => None,
    };
    if let Some((holds, why)) = holds {
        let message = format!("column `{name}` holds {holds}, and {why}");
        let place = target.source.place(Origin::Column(column));
        context.report(
            Diagnostic::new(Code::Contradiction, path.at_value(), message)
                .other(place, "the column")
                .help("use a column of its own for what is compared; only `null` can be asked of this one"),
        );
        return None;
    }
    match literals::literal(context, value, &ty) {
        Ok(literal) => literal,
        Err((problem, help)) => {
            let message = format!("what `where` says of `{name}` {problem}");
            context
                .report(Diagnostic::new(Code::InvalidDefault, path.at_value(), message).help(help));
            None
        }
    }
}
