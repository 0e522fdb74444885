//! To what a foreign key refers: `Entity`, `Entity.column`, `Entity(column, …)`.

use std::ops::Range;

use super::context::Context;
use super::draft::{Draft, Origin, Source};
use super::keys::unknown_column;
use super::sources;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{ColumnId, EntityId};
use crate::source::Place;

/// The entity and columns that `text` refers to for the referencing `columns`; `None` after a report.
pub(super) fn target(
    context: &mut Context<'_>,
    drafts: &[Draft<'_>],
    text: &str,
    place: &impl Fn(Range<usize>) -> Place,
    columns: &[ColumnId],
    source: &Source<'_>,
) -> Option<(EntityId, Vec<ColumnId>)> {
    let Some(written) = split(text) else {
        let message = format!("`{text}` is no reference");
        let help = "write `Entity`, `Entity.column` or `Entity(column, column)`";
        context.report(Diagnostic::new(Code::WrongForm, place(0..text.len()), message).help(help));
        return None;
    };
    let name = &text[written.entity.clone()];
    let Some(id) = context.spec.entities.get_index_of(name) else {
        if let Some(entity) = name.strip_suffix('?')
            && context.spec.entities.contains_key(entity)
        {
            let message = format!("`{text}` is no reference: `?` is that of a type");
            let help =
                format!("where NULL is allowed, write `references: {entity}, nullable: true`");
            let diagnostic = Diagnostic::new(Code::WrongForm, place(0..text.len()), message);
            context.report(diagnostic.help(help));
            return None;
        }
        sources::unknown_entity_at(context, place(written.entity), name);
        return None;
    };
    let target = &drafts[id];
    let referenced = match &written.columns {
        None => target.primary_key.as_ref()?.item.columns.clone(),
        Some(ranges) => {
            let mut ids = Vec::with_capacity(ranges.len());
            for range in ranges {
                let name = &text[range.clone()];
                match target.source.columns.get_index_of(name) {
                    Some(id) => ids.push(id),
                    None => unknown_column(context, &target.source, name, || place(range.clone())),
                }
            }
            if ids.len() < ranges.len() {
                return None;
            }
            ids
        }
    };
    if referenced.len() != columns.len() {
        let diagnostic = column_count(target, columns, &referenced, source, place(0..text.len()));
        context.report(diagnostic);
        return None;
    }
    if !target.is_key(&referenced) {
        not_a_key(context, target, &referenced, place(0..text.len()));
        return None;
    }
    Some((EntityId(id), referenced))
}

fn column_count(
    target: &Draft<'_>,
    columns: &[ColumnId],
    referenced: &[ColumnId],
    source: &Source<'_>,
    place: Place,
) -> Diagnostic {
    let (has, needs) = (columns.len(), referenced.len());
    let entity = target.source.name;
    let plural = |count| if count == 1 { "column" } else { "columns" };
    let message = format!(
        "a foreign key of {has} {} refers to {needs} {} of `{entity}`: {}",
        plural(has),
        plural(needs),
        target.quoted(referenced)
    );
    let names = |columns: &[ColumnId], source: &Source<'_>| {
        let names: Vec<&str> = columns
            .iter()
            .map(|column| source.column_name(*column))
            .collect();
        names.join(", ")
    };
    let key = names(referenced, &target.source);
    let own = names(columns, source);
    Diagnostic::new(Code::ColumnCount, place, message).help(if has < needs {
        format!("write a key of as many columns: `foreign_keys: [{{ columns: [{own}, …], references: \"{entity}({key})\" }}]`")
    } else {
        format!("name as many columns of `{entity}` as the {has} of `columns`")
    })
}

fn not_a_key(context: &mut Context<'_>, target: &Draft<'_>, referenced: &[ColumnId], place: Place) {
    let keys = ["columns", "primary_key", "unique", "indexes", "mixins"];
    if target.keys_incomplete
        || keys
            .iter()
            .any(|key| context.unread(|| target.source.path.key(key)))
    {
        return;
    }
    let columns = target.quoted(referenced);
    let entity = target.source.name;
    let (is, key, help) = if let [only] = referenced {
        let name = target.source.column_name(*only);
        (
            "is",
            "key",
            format!(
                "mark `{entity}.{name}` with `unique: true`, or refer to `{entity}` for its primary key"
            ),
        )
    } else {
        let plain = columns.replace('`', "");
        (
            "are",
            "key together",
            format!("add `unique: [[{plain}]]` to `{entity}`"),
        )
    };
    context.report(
        Diagnostic::new(
            Code::NotAKey,
            place,
            format!("{columns} of `{entity}` {is} no {key}"),
        )
        .other(
            target.source.place(Origin::Column(referenced[0])),
            "neither primary key nor unique",
        )
        .help(help),
    );
}

/// The parts of a reference, in bytes of its text.
struct Written {
    entity: Range<usize>,
    columns: Option<Vec<Range<usize>>>,
}

/// Takes apart `Entity`, `Entity.column` and `Entity(column, …)`.
fn split(text: &str) -> Option<Written> {
    let range = |part: &str| {
        let trimmed = part.trim();
        let start = trimmed.as_ptr().addr() - text.as_ptr().addr();
        (!trimmed.is_empty()).then_some(start..start + trimmed.len())
    };
    if let Some((entity, rest)) = text.split_once('(') {
        let columns = rest.trim_end().strip_suffix(')')?;
        let columns = columns.split(',').map(range).collect::<Option<Vec<_>>>()?;
        return Some(Written {
            entity: range(entity)?,
            columns: Some(columns),
        });
    }
    match text.split_once('.') {
        Some((entity, column)) => Some(Written {
            entity: range(entity)?,
            columns: Some(vec![range(column)?]),
        }),
        None => Some(Written {
            entity: range(text)?,
            columns: None,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn takes_references_apart() {
        let parts = |text: &str| {
            let written = split(text)?;
            let columns = written.columns.unwrap_or_default();
            let columns: Vec<String> = columns
                .into_iter()
                .map(|range| text[range].to_owned())
                .collect();
            Some((text[written.entity].to_owned(), columns))
        };
        assert_eq!(parts("A"), Some(("A".to_owned(), vec![])));
        assert_eq!(parts("A.b"), Some(("A".to_owned(), vec!["b".to_owned()])));
        assert_eq!(
            parts(" A ( b , c ) "),
            Some(("A".to_owned(), vec!["b".to_owned(), "c".to_owned()]))
        );
        for bad in ["", ".", "A.", ".b", "A()", "A(b,)", "A(b", "(b)"] {
            assert_eq!(parts(bad), None, "{bad}");
        }
    }
}
