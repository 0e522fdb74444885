//! Makes the model of what was resolved without an error.

use super::context::Context;
use super::draft::{Column, Draft, Sited};
use super::relationships::RelationshipDraft;
use crate::model::{
    self, Entity, EntityId, EntityNames, Examples, Model, Relationship, Secondary, Table,
};

/// The model; `None` when something is missing, which then was reported.
pub(super) fn model(
    context: &Context<'_>,
    drafts: Vec<Draft<'_>>,
    names: Vec<Option<EntityNames>>,
    relationships: Vec<Vec<RelationshipDraft<'_>>>,
) -> Option<Model> {
    let mut drafts = drafts.into_iter().zip(names);
    let mut entities = Vec::with_capacity(relationships.len());
    for relationships in relationships {
        let (draft, names) = drafts.next()?;
        entities.push(Entity {
            name: draft.source.name.to_owned(),
            rust: names?,
            extras: draft.extras.clone(),
            table: table(draft)?,
            relationships: relationships
                .into_iter()
                .map(relationship)
                .collect::<Option<_>>()?,
        });
    }
    let secondaries = drafts.map(|(draft, names)| {
        Some(Secondary {
            name: draft.source.name.to_owned(),
            rust: names,
            extras: draft.extras.clone(),
            ends: draft.ends?,
            multiple: draft.multiple,
            symmetric: draft.source.symmetric,
            table: table(draft)?,
        })
    });
    Some(Model {
        secondaries: secondaries.collect::<Option<_>>()?,
        entities,
        enums: (context.enums.values())
            .map(|draft| draft.ty.clone())
            .collect(),
        types: context.types.values().cloned().collect(),
    })
}

fn table(draft: Draft<'_>) -> Option<Table> {
    let auto = draft.auto_increment();
    let Draft {
        source,
        table,
        columns,
        primary_key,
        uniques,
        indexes,
        checks,
        foreign_keys,
        lower_first,
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
            examples,
            computed,
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
            version: written.version == Some(true),
            touched: written.on_update.is_some(),
            computed,
            private: written.private == Some(true),
            examples: Examples(examples),
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
        lower_first: lower_first.map(|sited| sited.item),
    })
}

fn items<T>(sited: Vec<Sited<T>>) -> Vec<T> {
    sited.into_iter().map(|sited| sited.item).collect()
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
        order: draft.order,
        condition: draft.condition,
    })
}
