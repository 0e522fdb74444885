//! Keys and indexes: over values of a limited size, over all rows, and known to whoever inserts a row.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostic;
use crate::model::{ColumnId, Default, Type};
use crate::resolve::dialects::{Lack, Listed, listed};
use crate::resolve::draft::{Draft, Origin, Stated};
use crate::resolve::types;

/// The most bytes of a key or index (InnoDB, row format DYNAMIC).
const BYTES: usize = 3072;

/// The most keys and indexes of a table, its primary key among them.
const KEYS: usize = 64;

pub(super) fn check(draft: &Draft<'_>, found: &mut Vec<Diagnostic>) {
    let mut told = BTreeSet::new();
    for key in listed(draft) {
        let unbounded = key
            .columns
            .iter()
            .copied()
            .find(|id| is_unbounded(draft, *id));
        match unbounded {
            // A column that refers has the type of another one, where it is told.
            Some(id) if matches!(draft.columns[id].stated, Stated::Type(_)) => {
                if told.insert(id) {
                    found.push(no_limit(draft, &key, id));
                }
            }
            Some(_) => {}
            None => found.extend(too_long(draft, &key)),
        }
    }
    for index in draft
        .indexes
        .iter()
        .filter(|each| each.item.condition.is_some())
    {
        let lack = Lack {
            message: "mysql has no indexes over a part of the rows".to_owned(),
            help: "leave out `where`, or the index; for a unique one add a computed column that is NULL for the other rows, `mark: { type: smallint?, computed: { sql: CASE WHEN … THEN 1 END } }`, and write `unique: [[…, mark]]`"
                .to_owned(),
        };
        found.push(lack.at(draft.source.place(index.origin)));
    }
    let count = listed(draft).count();
    if count > KEYS {
        let lack = Lack {
            message: format!(
                "mysql has no tables of more than {KEYS} keys and indexes, and `{}` has {count}, the primary key among them",
                draft.source.name
            ),
            help: "leave out those that are used least".to_owned(),
        };
        found.push(lack.at(draft.source.place(Origin::Table)));
    }
    found.extend(unknown_keys(draft));
}

fn is_unbounded(draft: &Draft<'_>, id: ColumnId) -> bool {
    let ty = draft.columns[id].ty.as_ref().map(Type::base);
    matches!(ty, Some(Type::Text | Type::Bytes(None) | Type::Json))
}

fn no_limit(draft: &Draft<'_>, key: &Listed<'_>, id: ColumnId) -> Diagnostic {
    let source = &draft.source;
    let (name, ty) = (source.column_name(id), draft.columns[id].ty.as_ref());
    let word = ty.map(types::word).unwrap_or_default();
    let base = ty.map(Type::base);
    let instead = match base {
        Some(Type::Json) => "add a column for what is looked up",
        Some(Type::Bytes(_)) => "write `bytes(255)`",
        _ => "write `string(255)`",
    };
    let at_type = if ty == base || base == Some(&Type::Json) {
        ""
    } else {
        " as the base of the type"
    };
    let lack = Lack {
        message: format!(
            "mysql has no keys and indexes over values without a limit, and `{name}` is `{word}`"
        ),
        help: format!("{instead}{at_type}, or leave out {}", key.what),
    };
    lack.at(source.place(Origin::ColumnKey(id, "type")))
        .other(source.place(key.origin), key.what)
}

fn too_long(draft: &Draft<'_>, key: &Listed<'_>) -> Option<Diagnostic> {
    let sizes = key.columns.iter();
    let sizes = sizes.filter_map(|id| draft.columns[*id].ty.as_ref());
    let bytes: usize = sizes.map(|ty| super::rows::bytes(ty.base())).sum();
    // Of too many columns another part tells.
    if bytes <= BYTES || key.columns.len() > super::COLUMNS_OF_KEYS {
        return None;
    }
    let lack = Lack {
        message: format!(
            "mysql has no keys and indexes of more than {BYTES} bytes, and {} over {} has {bytes}, 4 for each character",
            key.what,
            draft.quoted(key.columns)
        ),
        help: "write smaller lengths: one column alone may be `string(768)` or `bytes(3072)`"
            .to_owned(),
    };
    Some(lack.at(draft.source.place(key.origin)))
}

/// There is no RETURNING: the key of a new row has to be given, or counted.
fn unknown_keys(draft: &Draft<'_>) -> Vec<Diagnostic> {
    let source = &draft.source;
    let keys = draft.primary_key.iter();
    let columns = keys.flat_map(|key| key.item.columns.iter().map(|id| (*id, key.origin)));
    let made = |id: ColumnId| {
        matches!(
            draft.columns[id].default,
            Some(Default::Now | Default::Sql(_))
        )
    };
    let unknown = columns.filter(|(id, _)| made(*id));
    unknown
        .map(|(id, origin)| {
            let lack = Lack {
                message: format!(
                    "mysql does not tell the key that its default made, so `{}` would not be known after an insert",
                    source.column_name(id)
                ),
                help: "leave out the default, and give the key; a counted one and `default: uuid` are known".to_owned(),
            };
            lack.at(source.place(Origin::ColumnKey(id, "default")))
                .other(source.place(origin), "the primary key")
        })
        .collect()
}
