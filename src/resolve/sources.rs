//! Brings entities and both forms of secondaries into one shape.

use std::borrow::Cow;

use indexmap::IndexMap;

use super::context::{Context, entity_path, mixin_path, secondary_path};
use super::draft::{Kind, Source};
use super::{large, mixins};
use crate::diagnostic::{Code, Diagnostic};
use crate::naming::{database, rust};
use crate::source::Path;
use crate::spec;

/// Every table of the spec: the entities in order, then the secondaries.
pub(super) fn gather<'s>(context: &mut Context<'s>) -> Vec<Source<'s>> {
    let spec = context.spec;
    let mut tables = Vec::with_capacity(spec.entities.len() + spec.secondary.len());
    for (name, entity) in &spec.entities {
        let mut table = of_entity(name, entity);
        mix(context, &mut table, tables.len(), &entity.mixins);
        tables.push(table);
    }
    for (name, secondary) in &spec.secondary {
        let table = match secondary {
            spec::Secondary::Long(long) => {
                let mut table = of_secondary(name, long);
                mix(context, &mut table, tables.len(), &long.mixins);
                table
            }
            spec::Secondary::Short(ends) => of_short(context, &tables, name, ends),
        };
        tables.push(table);
    }
    tables
}

/// Adds what the mixins of `list` have, and leaves out what is too much.
fn mix<'s>(context: &mut Context<'s>, table: &mut Source<'s>, place: usize, list: &'s [String]) {
    mixins::add(context, table, place, list);
    large::leave_out(context, table);
}

fn of_entity<'s>(name: &'s str, entity: &'s spec::Entity) -> Source<'s> {
    let relationships = entity.relationships.iter();
    let relationships = relationships.map(|(name, relationship)| (name.as_str(), relationship));
    Source {
        name,
        path: entity_path(name),
        kind: Kind::Entity,
        table: entity.table.as_deref(),
        rust_name: entity.rust_name.as_deref(),
        doc: entity.doc.as_deref(),
        derives: &entity.derives,
        attributes: &entity.attributes,
        columns: Cow::Borrowed(&entity.columns),
        primary_key: entity.primary_key.as_deref(),
        unique: &entity.unique,
        indexes: Cow::Borrowed(&entity.indexes),
        checks: Cow::Borrowed(&entity.checks),
        foreign_keys: Cow::Borrowed(&entity.foreign_keys),
        relationships: Some(relationships.collect()),
        multiple: None,
        symmetric: false,
    }
}

/// A mixin as if it were a table, to check what depends on no other.
pub(super) fn of_mixin<'s>(name: &'s str, mixin: &'s spec::Mixin) -> Source<'s> {
    Source {
        name,
        path: mixin_path(name),
        kind: Kind::Entity,
        table: None,
        rust_name: None,
        doc: None,
        derives: &[],
        attributes: &[],
        columns: Cow::Borrowed(&mixin.columns),
        primary_key: None,
        unique: &[],
        indexes: Cow::Borrowed(&mixin.indexes),
        checks: Cow::Borrowed(&mixin.checks),
        foreign_keys: Cow::default(),
        relationships: None,
        multiple: None,
        symmetric: false,
    }
}

fn of_secondary<'s>(name: &'s str, table: &'s spec::SecondaryTable) -> Source<'s> {
    Source {
        name,
        path: secondary_path(name),
        kind: Kind::Secondary,
        table: table.table.as_deref(),
        rust_name: table.rust_name.as_deref(),
        doc: table.doc.as_deref(),
        derives: &table.derives,
        attributes: &table.attributes,
        columns: Cow::Borrowed(&table.columns),
        primary_key: table.primary_key.as_deref(),
        unique: &table.unique,
        indexes: Cow::Borrowed(&table.indexes),
        checks: Cow::Borrowed(&table.checks),
        foreign_keys: Cow::Borrowed(&table.foreign_keys),
        relationships: None,
        multiple: table.multiple,
        symmetric: table.symmetric == Some(true),
    }
}

/// The short form, written out: for every end a column per column of the entity's primary key.
fn of_short<'s>(
    context: &mut Context<'s>,
    tables: &[Source<'s>],
    name: &'s str,
    ends: &[String],
) -> Source<'s> {
    let path = secondary_path(name);
    let mut columns = IndexMap::new();
    let mut foreign_keys = Vec::new();
    let mut places = Vec::new();
    if let Some(entities) = end_entities(context, tables, &path, name, ends) {
        for (place, entity) in entities.into_iter().enumerate() {
            let end = &ends[place];
            let names: Vec<String> = key_names(entity)
                .iter()
                .map(|key| database::end_column(end, key))
                .collect();
            let single = names.len() == 1;
            for name in &names {
                let column = spec::Column {
                    references: single.then(|| end.clone()),
                    ..spec::Column::default()
                };
                if columns.insert(name.clone(), column).is_some() {
                    context.report(same_column(path.clone().at_value(), name));
                } else {
                    places.push(place);
                }
            }
            if !single && !names.is_empty() {
                foreign_keys.push(spec::ForeignKey {
                    columns: names,
                    references: Some(end.clone()),
                    ..spec::ForeignKey::default()
                });
            }
        }
    }
    Source {
        name,
        path,
        kind: Kind::Short(places),
        table: None,
        rust_name: None,
        doc: None,
        derives: &[],
        attributes: &[],
        columns: Cow::Owned(columns),
        primary_key: None,
        unique: &[],
        indexes: Cow::default(),
        checks: Cow::default(),
        foreign_keys: Cow::Owned(foreign_keys),
        relationships: None,
        multiple: None,
        symmetric: false,
    }
}

/// The two entities that `ends` names; `None` when they do not do as ends, which is reported.
fn end_entities<'t, 's>(
    context: &mut Context<'_>,
    tables: &'t [Source<'s>],
    path: &Path,
    name: &str,
    ends: &[String],
) -> Option<[&'t Source<'s>; 2]> {
    let [left, right] = ends else {
        let count = match ends.len() {
            1 => "one entity".to_owned(),
            count => format!("{count} entities"),
        };
        context.report(
            Diagnostic::new(
                Code::SecondaryEnds,
                path.clone().at_value(),
                format!("secondary `{name}` lists {count} where it needs two"),
            )
            .help(format!(
                "write the two entities that it links: `{name}: [Left, Right]`"
            )),
        );
        return None;
    };
    let [one, two] = [(0, left), (1, right)].map(|(place, end)| {
        let entity = context.spec.entities.get_index_of(end);
        if entity.is_none() {
            unknown_entity(context, path.index(place), end);
        }
        // An entity without a primary key is reported for itself.
        entity
            .map(|entity| &tables[entity])
            .filter(|entity| !key_names(entity).is_empty())
    });
    let entities = [one?, two?];
    if left == right {
        context.report(with_itself(path.clone().at_value(), name, left));
        return None;
    }
    Some(entities)
}

/// Tells that both ends of a short form would have the same column.
fn same_column(place: crate::source::Place, column: &str) -> Diagnostic {
    Diagnostic::new(
        Code::NameCollision,
        place,
        format!("both ends would have the column `{column}`"),
    )
    .help("write the long form, which names the columns")
}

/// Tells that the short form does not do for a secondary between an entity and itself: both columns would have one name.
fn with_itself(place: crate::source::Place, name: &str, entity: &str) -> Diagnostic {
    let end = rust::snake(entity);
    Diagnostic::new(
        Code::NameCollision,
        place,
        format!("secondary `{name}` links `{entity}` with itself, and both ends would have the same column"),
    )
    .help(format!(
        "name the ends: `{name}: {{ columns: {{ {end}_id: {{ references: {entity} }}, other_{end}_id: {{ references: {entity} }} }} }}`, \
         and either `symmetric: true` beside `columns`, or `local` and `remote` at the relationships"
    ))
}

/// Reports that no entity `name` exists, unless it was not read.
pub(super) fn unknown_entity(context: &mut Context<'_>, path: Path, name: &str) {
    let place = path.at_words(0..name.len());
    unknown_entity_at(context, place, name);
}

/// The same for a place of which `name` is a part.
pub(super) fn unknown_entity_at(
    context: &mut Context<'_>,
    place: crate::source::Place,
    name: &str,
) {
    if context.unread(|| entity_path(name)) || context.lacks_a_file() {
        return;
    }
    let spec = context.spec;
    let diagnostic = Diagnostic::new(
        Code::UnknownEntity,
        place,
        format!("no entity `{name}` exists"),
    );
    let entities = spec.entities.keys().map(String::as_str);
    let help = if spec.secondary.contains_key(name) {
        format!("`{name}` is a secondary; only entities can be referred to").into()
    } else if spec.entities.is_empty() {
        format!("declare it: `entities: {{ {name}: … }}`").into()
    } else {
        context.suggest(name, entities)
    };
    context.report(diagnostic.help(help));
}

/// The columns of an entity's primary key as far as the spec says, not checked.
fn key_names<'t>(entity: &'t Source<'_>) -> Vec<&'t str> {
    if let Some(names) = entity.primary_key {
        return names.iter().map(String::as_str).collect();
    }
    let columns = entity.columns.iter();
    let marked = columns.filter(|(_, column)| column.primary_key == Some(true));
    marked.map(|(name, _)| name.as_str()).collect()
}
