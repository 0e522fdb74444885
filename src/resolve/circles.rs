//! Warns of NOT NULL foreign keys that lead round in a circle: no row of it can be the first.

use super::context::Context;
use super::draft::{Draft, Sited};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::ForeignKey;

/// Reports one circle for each group of entities that need one another.
pub(super) fn check(context: &mut Context<'_>, drafts: &[Draft<'_>]) {
    let entities = context.spec.entities.len();
    let tables = drafts[..entities].iter();
    let needs: Vec<Vec<&Sited<ForeignKey>>> = tables.map(|draft| needed(context, draft)).collect();
    for group in groups(&needs) {
        let itself = needs[group[0]]
            .iter()
            .any(|key| key.item.target.0 == group[0]);
        if group.len() > 1 || itself {
            report(context, drafts, &shortest(&needs, &group));
        }
    }
}

fn needed<'d>(context: &Context<'_>, draft: &'d Draft<'_>) -> Vec<&'d Sited<ForeignKey>> {
    let may_be_null = |column| context.unread(|| draft.source.column_path(column).key("nullable"));
    draft
        .foreign_keys
        .iter()
        .filter(|key| !draft.is_nullable(&key.item))
        .filter(|key| {
            key.item
                .columns
                .iter()
                .all(|column| draft.columns[*column].ty.is_some() && !may_be_null(*column))
        })
        .collect()
}

/// The strongly connected components (Tarjan), each sorted; with a stack of its own, so that no spec is too deep.
fn groups(needs: &[Vec<&Sited<ForeignKey>>]) -> Vec<Vec<usize>> {
    const NEW: usize = usize::MAX;
    let mut order = vec![NEW; needs.len()];
    let mut low = vec![0; needs.len()];
    let mut waiting = vec![false; needs.len()];
    let (mut stack, mut found, mut count) = (Vec::new(), Vec::new(), 0);
    for root in 0..needs.len() {
        let mut way = if order[root] == NEW {
            vec![(root, 0)]
        } else {
            Vec::new()
        };
        while let Some((node, edge)) = way.pop() {
            if edge == 0 {
                order[node] = count;
                low[node] = count;
                count += 1;
                stack.push(node);
                waiting[node] = true;
            }
            if let Some(key) = needs[node].get(edge) {
                let next = key.item.target.0;
                way.push((node, edge + 1));
                if order[next] == NEW {
                    way.push((next, 0));
                } else if waiting[next] {
                    low[node] = low[node].min(order[next]);
                }
                continue;
            }
            if low[node] == order[node] {
                let start = stack
                    .iter()
                    .rposition(|member| *member == node)
                    .unwrap_or(0);
                let mut group: Vec<usize> = stack.split_off(start);
                for member in &group {
                    waiting[*member] = false;
                }
                group.sort_unstable();
                found.push(group);
            }
            if let Some((parent, _)) = way.last() {
                low[*parent] = low[*parent].min(low[node]);
            }
        }
    }
    found.sort_unstable();
    found
}

/// A shortest circle through the first entity of `group`: the keys on it and the entities that have them.
fn shortest<'d>(
    needs: &[Vec<&'d Sited<ForeignKey>>],
    group: &[usize],
) -> Vec<(usize, &'d Sited<ForeignKey>)> {
    let start = group[0];
    let mut came: Vec<Option<(usize, &Sited<ForeignKey>)>> = vec![None; needs.len()];
    let mut queue = std::collections::VecDeque::from([start]);
    while let Some(node) = queue.pop_front() {
        for key in &needs[node] {
            let next = key.item.target.0;
            if came[next].is_none() && group.binary_search(&next).is_ok() {
                came[next] = Some((node, key));
                queue.push_back(next);
            }
        }
        if came[start].is_some() {
            break;
        }
    }
    let mut circle = Vec::new();
    let mut node = start;
    while let Some((before, key)) = came[node] {
        circle.push((before, key));
        node = before;
        if node == start {
            break;
        }
    }
    circle.reverse();
    circle
}

fn report(context: &mut Context<'_>, drafts: &[Draft<'_>], circle: &[(usize, &Sited<ForeignKey>)]) {
    let Some(((entity, key), rest)) = circle.split_first() else {
        return;
    };
    let name = |entity: usize| drafts[entity].source.name;
    let columns = |entity: usize, key: &Sited<ForeignKey>| drafts[entity].quoted(&key.item.columns);
    let message = if rest.is_empty() {
        format!(
            "`{}` refers to itself with {}, which is NOT NULL, so its first row can only refer to itself",
            name(*entity),
            columns(*entity, key)
        )
    } else {
        let names: Vec<String> = circle
            .iter()
            .take(8)
            .map(|(entity, _)| format!("`{}`", name(*entity)))
            .collect();
        format!(
            "{} refer to one another with NOT NULL foreign keys, so none can have the first row",
            names.join(", ")
        )
    };
    let mut diagnostic = Diagnostic::new(
        Code::CircularForeignKeys,
        drafts[*entity].source.place(key.origin),
        message,
    );
    for (entity, key) in rest.iter().take(7) {
        let label = format!(
            "`{}` refers to `{}`",
            name(*entity),
            name(key.item.target.0)
        );
        diagnostic = diagnostic.other(drafts[*entity].source.place(key.origin), label);
    }
    let (columns, name) = (columns(*entity, key), name(*entity));
    let help = if rest.is_empty() {
        format!("make {columns} nullable")
    } else {
        format!("make one of them nullable, such as {columns} of `{name}`")
    };
    let help = format!("{help}; if it is meant, say so: `allow: [W0201]`");
    context.report(diagnostic.help(help));
}
