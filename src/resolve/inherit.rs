//! The types of referencing columns, taken from the referenced ones through any number of hops.

use super::columns;
use super::context::Context;
use super::draft::{Draft, Origin, Stated};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::ColumnId;

/// A column of a table.
type Node = (usize, ColumnId);

#[derive(Clone, Copy, PartialEq)]
enum Visit {
    Not,
    /// On the way that is being followed.
    Now,
    Done,
}

/// Gives every column without a stated type that of the column to which it refers.
pub(super) fn resolve(context: &mut Context<'_>, drafts: &mut [Draft<'_>]) {
    let references = references(drafts);
    let mut visits: Vec<Vec<Visit>> = drafts
        .iter()
        .map(|draft| vec![Visit::Not; draft.columns.len()])
        .collect();
    let mut way: Vec<Node> = Vec::new();
    for table in 0..drafts.len() {
        for column in 0..drafts[table].columns.len() {
            // A loop and no recursion: the way may be as long as the spec.
            let mut next = Some((table, column));
            while let Some(node) = next {
                let visit = &mut visits[node.0][node.1];
                match *visit {
                    Visit::Done => break,
                    Visit::Now => {
                        let start = way.iter().position(|passed| *passed == node).unwrap_or(0);
                        circle(context, drafts, &way[start..]);
                        break;
                    }
                    Visit::Not => *visit = Visit::Now,
                }
                way.push(node);
                let open = drafts[node.0].columns[node.1].stated == Stated::Nothing;
                next = references[node.0][node.1].filter(|_| open);
            }
            // The last one may be a column without a reference, or one that lies behind the end of the way.
            let mut ty = next.and_then(|node| drafts[node.0].columns[node.1].ty.clone());
            let mut excused = next.is_some();
            for (table, column) in way.drain(..).rev() {
                visits[table][column] = Visit::Done;
                let draft = &mut drafts[table];
                if draft.columns[column].stated == Stated::Nothing {
                    if !excused && !draft.columns[column].excused {
                        no_type(context, draft, column);
                    }
                    draft.columns[column].ty = ty.take();
                }
                excused = true;
                ty.clone_from(&draft.columns[column].ty);
            }
        }
    }
}

/// For every column the one to which it refers first.
fn references(drafts: &[Draft<'_>]) -> Vec<Vec<Option<Node>>> {
    let of_draft = |draft: &Draft<'_>| {
        let mut references = vec![None; draft.columns.len()];
        for key in draft.foreign_keys.iter().map(|key| &key.item) {
            for (column, referenced) in key.columns.iter().zip(&key.target_columns) {
                references[*column].get_or_insert((key.target.0, *referenced));
            }
        }
        references
    };
    drafts.iter().map(of_draft).collect()
}

/// Reports columns that take their types from one another.
fn circle(context: &mut Context<'_>, drafts: &[Draft<'_>], circle: &[Node]) {
    let name = |node: &Node| {
        let source = &drafts[node.0].source;
        format!("`{}.{}`", source.name, source.column_name(node.1))
    };
    let place = |node: &Node| drafts[node.0].source.place(Origin::Column(node.1));
    let message = if let [only] = circle {
        format!("{} takes its type from itself", name(only))
    } else {
        let names: Vec<String> = circle.iter().take(8).map(name).collect();
        format!("{} take their types from one another", names.join(", "))
    };
    let mut diagnostic = Diagnostic::new(Code::CircularType, place(&circle[0]), message);
    for node in circle.iter().skip(1).take(7) {
        diagnostic = diagnostic.other(place(node), "on the circle");
    }
    context.report(diagnostic.help(format!(
        "state the type of one of them, such as `type: integer` at {}",
        name(&circle[0])
    )));
}

fn no_type(context: &mut Context<'_>, draft: &Draft<'_>, column: ColumnId) {
    let path = || draft.source.column_path(column);
    if context.unread(path) {
        return;
    }
    let name = draft.source.column_name(column);
    let message = format!("column `{name}` has no type");
    let mut help = format!(
        "write `{name}: string` or another type, or `references: Entity` for a foreign key"
    );
    if column + 1 < draft.columns.len() {
        help = columns::or_indent(&draft.source, column + 1, help);
    }
    context.report(
        Diagnostic::new(
            Code::NoType,
            draft.source.place(Origin::Column(column)),
            message,
        )
        .help(help),
    );
}
