//! Makes the model of what was resolved without an error.

use super::draft::{Column, Draft, Sited};
use super::entities::EntityDraft;
use super::relationships::RelationshipDraft;
use crate::model::{
    self, Entity, EntityId, ForeignKey, Model, Relationship, Secondary, Table, Type,
};

/// The model; `None` when something is missing, which then was reported.
pub(super) fn model(
    drafts: Vec<Draft<'_>>,
    names: Vec<EntityDraft>,
    relationships: Vec<Vec<RelationshipDraft<'_>>>,
) -> Option<Model> {
    let mut drafts = drafts.into_iter();
    let mut entities = Vec::with_capacity(names.len());
    for (names, relationships) in names.into_iter().zip(relationships) {
        let draft = drafts.next()?;
        entities.push(Entity {
            name: draft.source.name.to_owned(),
            rust: names.names,
            table: table(draft)?,
            relationships: relationships
                .into_iter()
                .map(relationship)
                .collect::<Option<_>>()?,
        });
    }
    let secondaries = drafts.map(|draft| {
        Some(Secondary {
            name: draft.source.name.to_owned(),
            ends: draft.ends?,
            table: table(draft)?,
        })
    });
    Some(Model {
        secondaries: secondaries.collect::<Option<_>>()?,
        entities,
    })
}

fn table(draft: Draft<'_>) -> Option<Table> {
    let auto = auto_increment(&draft);
    let Draft {
        source,
        table,
        columns,
        primary_key,
        uniques,
        indexes,
        checks,
        foreign_keys,
        ..
    } = draft;
    let columns = columns.into_iter().zip(source.columns.values()).enumerate();
    let columns = columns.map(|(id, (column, written))| {
        let Column {
            name,
            field,
            constant,
            ty,
            nullable,
            default,
            ..
        } = column;
        Some(model::Column {
            name,
            field,
            constant,
            ty: ty?,
            nullable,
            default,
            auto_increment: auto == Some(id),
            doc: written.doc.clone(),
        })
    });
    Some(Table {
        name: table,
        doc: source.doc.map(str::to_owned),
        columns: columns.collect::<Option<_>>()?,
        primary_key: primary_key?.item,
        uniques: items(uniques),
        indexes: items(indexes),
        checks: items(checks),
        foreign_keys: items(foreign_keys),
    })
}

fn items<T>(sited: Vec<Sited<T>>) -> Vec<T> {
    sited.into_iter().map(|sited| sited.item).collect()
}

/// A single integer primary key without default or reference counts up by itself.
fn auto_increment(draft: &Draft<'_>) -> Option<usize> {
    let [only] = draft.primary_key.as_ref()?.item.columns[..] else {
        return None;
    };
    let column = &draft.columns[only];
    let integer = matches!(
        column.ty,
        Some(Type::SmallInt | Type::Integer | Type::BigInt)
    );
    let refers = |key: &Sited<ForeignKey>| key.item.columns.contains(&only);
    let counts = integer && column.default.is_none() && !draft.foreign_keys.iter().any(refers);
    counts.then_some(only)
}

fn relationship(draft: RelationshipDraft<'_>) -> Option<Relationship> {
    Some(Relationship {
        name: draft.name.to_owned(),
        accessor: draft.accessor,
        constant: draft.constant,
        doc: draft.written.doc.clone(),
        target: EntityId(draft.target?),
        back_populates: draft.back_populates,
        route: draft.route?,
    })
}
