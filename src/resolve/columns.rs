//! Columns for themselves: their names, stated types, whether they are nullable, their checks.

use super::context::Context;
use super::draft::{Column, Draft, Kind, Origin, Sited, Source, Stated};
use super::{dialects, names, sql, types};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Check;
use crate::naming::{database, rust};
use crate::spec;

/// Resolves what each column of `draft` says of itself.
pub(super) fn resolve(context: &mut Context<'_>, draft: &mut Draft<'_>) {
    let Draft {
        source,
        table,
        columns,
        checks,
        ..
    } = draft;
    for (id, (name, column)) in source.columns.iter().enumerate() {
        let resolved = resolve_one(context, source, id, name, column);
        contradictions(context, source, id, name, column);
        if let Some(check) = &column.check {
            let path = || source.column_path(id).key("check").key("sql");
            if let Some(sql) = sql::resolve(context, &check.sql, path) {
                let name = database::fill(&context.patterns.check, table, &[&resolved.name]);
                let origin = Origin::ColumnKey(id, "check");
                checks.push(Sited {
                    item: Check { name, sql },
                    origin,
                    named: false,
                });
            }
        }
        columns.push(resolved);
    }
}

fn resolve_one(
    context: &mut Context<'_>,
    source: &Source<'_>,
    id: usize,
    name: &str,
    column: &spec::Column,
) -> Column {
    let path = || source.column_path(id);
    if !matches!(source.kind, Kind::Short(_)) {
        names::check(context, name, "a column", path);
    }
    let field = names::rust_name(
        context,
        name,
        column.rust_name.as_deref(),
        rust::snake,
        path,
    );
    let in_database = match &column.name {
        Some(name) => names::check_database(context, name, || path().key("name")),
        None => name,
    };
    let (stated, marked) = stated(context, source, id, column);
    Column {
        name: in_database.to_owned(),
        constant: rust::constant(&field),
        field: rust::raw(field),
        ty: match &stated {
            Stated::Type(ty) => Some(ty.clone()),
            _ => None,
        },
        stated,
        nullable: column.nullable.unwrap_or(false) || marked,
        default: None,
        examples: Vec::new(),
        computed: None,
        excused: false,
    }
}

/// `help`, but first to indent the column `id`, if it is called as a key of columns is: then it may be one of the next above it
/// that is called otherwise.
pub(super) fn or_indent(source: &Source<'_>, id: usize, help: String) -> String {
    let key = source.column_name(id);
    let mut above = (0..id).rev().map(|above| source.column_name(above));
    let above = above.find(|above| !spec::is_column_key(above));
    match above.filter(|_| spec::is_column_key(key)) {
        Some(above) => format!(
            "indent `{key}:` further than `{above}:`, if it is a key of that; otherwise: {help}"
        ),
        None => help,
    }
}

/// The stated type, and whether it is marked nullable.
fn stated(
    context: &mut Context<'_>,
    source: &Source<'_>,
    id: usize,
    column: &spec::Column,
) -> (Stated, bool) {
    let Some(text) = &column.r#type else {
        return (Stated::Nothing, false);
    };
    let marked = text.trim_end().ends_with('?');
    let wrong = (Stated::Wrong, marked);
    match types::parse(context, text) {
        Err(problem) => {
            let entity = text.trim().trim_end_matches('?');
            // A word that may be a type of the spec which could not be read, or not be resolved.
            let declared = |key| crate::source::Path::root().key(key).key(entity);
            let unread = context.unread(|| declared("enums"))
                || context.unread(|| declared("types"))
                || context.lacks_a_file()
                || context.spec.types.contains_key(entity);
            if problem.code == Code::UnknownType && unread {
                return wrong;
            }
            let help = if context.spec.entities.contains_key(entity) {
                let name = source.column_name(id);
                let nullable = if marked || column.nullable == Some(true) {
                    ", nullable: true"
                } else {
                    ""
                };
                format!(
                    "`{entity}` is an entity; a column has `references` in place of the type: `{name}: {{ references: {entity}{nullable} }}`"
                )
                .into()
            } else {
                problem.help
            };
            let help = if problem.code == Code::UnknownType && help.meant.is_none() {
                let text = or_indent(source, id, help.text.clone());
                help.saying(text)
            } else {
                help
            };
            let place = source.words(id, "type", problem.words);
            context.report(Diagnostic::new(problem.code, place, problem.message).help(help));
            wrong
        }
        Ok(written) => {
            let name = source.column_name(id);
            if let Some(lack) = dialects::of_type(context.dialects, &written.ty, name) {
                let place = source.place(Origin::ColumnKey(id, "type"));
                context.report(lack.at(place));
            }
            (Stated::Type(written.ty), marked)
        }
    }
}

/// Keys of one column that contradict each other.
fn contradictions(
    context: &mut Context<'_>,
    source: &Source<'_>,
    id: usize,
    name: &str,
    column: &spec::Column,
) {
    let marked = column
        .r#type
        .as_deref()
        .is_some_and(|text| text.trim_end().ends_with('?'));
    if marked && column.nullable == Some(false) {
        let place = source.place(Origin::ColumnKey(id, "nullable"));
        context.report(
            Diagnostic::new(
                Code::Contradiction,
                place,
                format!("column `{name}` is nullable by the `?` of its type and not by `nullable: false`"),
            )
            .other(source.place(Origin::ColumnKey(id, "type")), "nullable here")
            .help("leave out the `?` or `nullable: false`"),
        );
    }
    let actions = [
        ("on_delete", &column.on_delete),
        ("on_update_key", &column.on_update_key),
    ];
    let references_unread = || source.column_path(id).key("references");
    for (key, action) in actions {
        if action.is_some() && column.references.is_none() && !context.unread(references_unread) {
            context.report(
                Diagnostic::new(
                    Code::Contradiction,
                    source.column_path(id).key(key).at_key(),
                    format!("column `{name}` has `{key}` but refers to nothing"),
                )
                .help(format!("add `references: Entity`; for a key of several columns `{key}` stands in `foreign_keys`")),
            );
        }
    }
}
