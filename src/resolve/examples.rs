//! Examples: values that a column may hold, for readers and for rows that are made up.

use super::context::Context;
use super::draft::Draft;
use super::literals::{self, Misfit};
use super::types;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Literal, ROWS_FOR_TESTS, Type};
use crate::source::Path;
use crate::spec::{Examples, Value};

/// Resolves the examples of `draft`, whose columns' types are known or excused.
pub(super) fn resolve(context: &mut Context<'_>, draft: &mut Draft<'_>) {
    let Draft {
        source, columns, ..
    } = draft;
    for (id, column) in source.columns.values().enumerate() {
        let (Some(written), Some(ty)) = (&column.example, columns[id].ty.clone()) else {
            continue;
        };
        let name = source.column_name(id);
        let path = source.column_path(id).key("example");
        columns[id].examples = literals(context, written, &ty, name, path);
    }
}

/// The examples of what is called `name`, as far as they are values of `ty`.
pub(super) fn literals(
    context: &mut Context<'_>,
    written: &Examples,
    ty: &Type,
    name: &str,
    path: Path,
) -> Vec<Literal> {
    let values: Vec<(&Value, Path)> = match written {
        Examples::One(value) => vec![(value, path)],
        Examples::Many(values) => {
            let paths = (0..).map(|place| path.clone().index(place));
            values.iter().zip(paths).collect()
        }
    };
    let mut found = Vec::with_capacity(values.len());
    for (value, path) in values {
        match example(context, value, ty) {
            Ok(literal) => found.extend(literal),
            Err((problem, help)) => {
                let message = format!("the example of `{name}` {problem}");
                context.report(
                    Diagnostic::new(Code::InvalidDefault, path.at_value(), message).help(help),
                );
            }
        }
    }
    found
}

/// What `value` stands for; text for its bytes, where bytes are stored.
fn example(context: &mut Context<'_>, value: &Value, ty: &Type) -> Result<Option<Literal>, Misfit> {
    match (value, ty.base()) {
        (Value::Text(text), Type::Bytes(most)) => {
            let fits =
                most.is_none_or(|most| text.len() <= usize::try_from(most).unwrap_or(usize::MAX));
            if fits {
                return Ok(Some(Literal::Text(text.clone())));
            }
            let problem = format!("is longer than `{}`", types::word(ty));
            Err((problem, "write text of fewer bytes".into()))
        }
        (_, Type::Bytes(_)) => Err((
            format!("does not fit `{}`", types::word(ty)),
            "write text: its bytes are the example".into(),
        )),
        _ => literals::literal(context, value, ty),
    }
}

/// Warns of columns that are keys by themselves and have examples, but fewer than the rows that tests make up.
pub(super) fn few(context: &mut Context<'_>, drafts: &[Draft<'_>]) {
    if !context.asked.tests {
        return;
    }
    for draft in drafts {
        let keys = draft.primary_key.iter().chain(&draft.uniques);
        let mut alone: Vec<usize> = keys
            .filter_map(|key| match key.item.columns[..] {
                [only] => Some(only),
                _ => None,
            })
            .collect();
        alone.sort_unstable();
        alone.dedup();
        for id in alone {
            few_of(context, draft, id);
        }
    }
}

fn few_of(context: &mut Context<'_>, draft: &Draft<'_>, id: usize) {
    // Those that do not fit count too: they have been reported, and are to be mended.
    let own = count(draft.source.columns[id].example.as_ref());
    let (count, of) = match &draft.columns[id].ty {
        Some(Type::User(of)) if own == 0 => {
            let written = context.spec.types.get(&of.name);
            (
                count(written.and_then(|of| of.example.as_ref())),
                Some(&of.name),
            )
        }
        _ => (own, None),
    };
    let mut keys = draft.foreign_keys.iter();
    let refers = keys.any(|key| key.item.columns.contains(&id));
    if refers || count == 0 || count >= ROWS_FOR_TESTS {
        return;
    }
    let path = match of {
        Some(name) => Path::root().key("types").key(name).key("example"),
        None => draft.source.column_path(id).key("example"),
    };
    let name = draft.source.column_name(id);
    let message = format!(
        "`{name}` is a key, and tests want {ROWS_FOR_TESTS} rows, each with another value: there are too few examples ({count})"
    );
    let place = draft.source.column_path(id).at_key();
    context.report(
        Diagnostic::new(Code::FewExamples, path.at_value(), message)
            .other(place, "the key")
            .help("write as many: `example: [a, b, c]`; else changes of its relationships are not tested"),
    );
}

/// How many different examples are written, or as many as there have to be.
fn count(examples: Option<&Examples>) -> usize {
    let values = match examples {
        None => &[],
        Some(Examples::One(value)) => std::slice::from_ref(value),
        Some(Examples::Many(values)) => &values[..],
    };
    let mut different: Vec<&Value> = Vec::with_capacity(ROWS_FOR_TESTS);
    for value in values {
        if different.len() < ROWS_FOR_TESTS && !different.contains(&value) {
            different.push(value);
        }
    }
    different.len()
}
