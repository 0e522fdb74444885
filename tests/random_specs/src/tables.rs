//! Entities before their relationships: keys, columns, foreign keys, further keys.

use crate::Wanted;
use crate::choices::Choices;
use crate::columns::{self, Column, Portable};
use crate::head::STAMPED;
use crate::words;
use crate::yaml::{Keys, Node, plain, text, words as list};

/// A foreign key, of an entity or an end of a secondary.
#[derive(Debug, Clone)]
pub struct Foreign {
    pub columns: Vec<String>,
    /// The entity that it refers to.
    pub target: usize,
    pub unique: bool,
    /// The name of the constraint, where the spec gives it one.
    pub name: Option<String>,
}

/// A column of a primary key: its name and its type.
#[derive(Debug, Clone)]
pub struct KeyPart {
    pub name: String,
    pub ty: &'static str,
}

/// An entity.
#[derive(Debug, Clone, Default)]
pub struct Entity {
    pub name: String,
    pub key: Vec<KeyPart>,
    /// The primary key is a foreign key to this entity.
    pub key_of: Option<usize>,
    pub columns: Vec<Column>,
    pub foreign: Vec<Foreign>,
    /// The columns as they are written, by name.
    pub written: Keys,
    /// Foreign keys that stand at the entity.
    pub foreign_keys: Vec<Node>,
    pub mixins: Vec<&'static str>,
}

/// The primary keys of entities.
const KEYS: [&[(&str, &str)]; 10] = [
    &[("id", "integer")],
    &[("id", "bigint")],
    &[("id", "uuid")],
    &[("word", "string(20)")],
    &[("land", "string(2)"), ("number", "integer")],
    &[("id", "smallint")],
    &[("day", "date")],
    &[("code", "bytes(4)")],
    &[
        ("land", "string(2)"),
        ("number", "integer"),
        ("door", "smallint"),
    ],
    &[("id", "Number")],
];

/// So many entities with names and keys, and nothing besides.
pub fn entities(c: &mut Choices<'_>, count: usize, wanted: &Wanted<'_>) -> Vec<Entity> {
    let mut entities: Vec<Entity> = Vec::with_capacity(count);
    let mut odd = words::ENTITIES.to_vec();
    for place in 0..count {
        let name = match c.below(8) {
            1 if !odd.is_empty() => {
                let place = c.below(odd.len());
                odd.remove(place).to_owned()
            }
            2 => format!("Entity{}{place}", "WithALongName".repeat(5)),
            3 => format!("snake_case_{place}"),
            _ => format!("Thing{place}"),
        };
        let single = entities
            .iter()
            .position(|entity| entity.key.len() == 1 && entity.key_of.is_none());
        let key_of = single.filter(|_| c.once_in(12));
        let key = if let Some(target) = key_of {
            let ty = entities[target].key[0].ty;
            let name = "owner_id".to_owned();
            vec![KeyPart { name, ty }]
        } else {
            let key = c.pick(&KEYS).iter();
            let part = |(name, ty): &(&str, &'static str)| KeyPart {
                name: (*name).to_owned(),
                ty,
            };
            key.map(part).collect()
        };
        entities.push(Entity {
            name,
            key,
            key_of,
            ..Entity::default()
        });
    }
    if let Some(name) = wanted.entity {
        let place = c.below(count);
        name.clone_into(&mut entities[place].name);
    }
    entities
}

/// Gives each entity its columns and foreign keys.
pub fn fill(c: &mut Choices<'_>, entities: &mut [Entity], portable: Portable) {
    for place in 0..entities.len() {
        key(c, entities, place);
        data(c, &mut entities[place], portable);
        for number in 0..c.below(4) {
            let target = c.below(entities.len());
            let prefix = format!("r{place}_{number}");
            let foreign = refer(c, entities, place, target, &prefix);
            entities[place].foreign.push(foreign);
        }
        if c.once_in(5) {
            entities[place].mixins.push("Stamped");
        }
        if c.once_in(6) {
            let version = Keys::from_iter([
                ("type".to_owned(), plain("integer")),
                ("version".to_owned(), plain("true")),
            ]);
            entities[place].written.set("revision", version.into());
        }
    }
}

/// The columns of the primary key.
fn key(c: &mut Choices<'_>, entities: &mut [Entity], place: usize) {
    if let Some(target) = entities[place].key_of {
        let mut keys = Keys::default();
        keys.set("references", plain(entities[target].name.clone()));
        keys.set("primary_key", plain("true"));
        let columns = vec![entities[place].key[0].name.clone()];
        entities[place].written.set(&columns[0], keys.into());
        entities[place].foreign.push(Foreign {
            columns,
            target,
            unique: true,
            name: None,
        });
        return;
    }
    let entity = &mut entities[place];
    let single = entity.key.len() == 1;
    for part in &entity.key {
        let mut keys = Keys::default();
        keys.set("type", plain(part.ty));
        if single {
            keys.set("primary_key", plain("true"));
        }
        match part.ty {
            "uuid" if c.below(2) == 1 => keys.set("default", plain("uuid")),
            "integer" | "bigint" if single && c.once_in(4) => {
                keys.set("auto_increment", plain("false"));
            }
            "date" => keys.set("example", plain("[2026-11-23, 2026-11-24, 2026-11-25]")),
            _ => {}
        }
        entity.written.set(&part.name, keys.into());
    }
}

/// Columns of data.
fn data(c: &mut Choices<'_>, entity: &mut Entity, portable: Portable) {
    for number in 0..c.below(6) {
        let odd = *c.pick(&words::COLUMNS);
        let known = entity.columns.iter().any(|column| column.name == odd);
        let name = if c.once_in(6) && !known {
            odd.to_owned()
        } else {
            format!("c{number}")
        };
        let column = columns::column(c, name);
        entity.written.set(&column.name, column.node.clone());
        entity.columns.push(column);
    }
    let integer = entity
        .columns
        .iter()
        .find(|column| column.plain && column.ty.name == "integer");
    if let Some(integer) = integer.cloned()
        && c.once_in(4)
    {
        let made = columns::computed(c, &integer, "made".to_owned(), portable);
        entity.written.set(&made.name, made.node.clone());
        entity.columns.push(made);
    }
}

/// A foreign key of an entity to one of all.
fn refer(
    c: &mut Choices<'_>,
    entities: &mut [Entity],
    place: usize,
    target: usize,
    prefix: &str,
) -> Foreign {
    let nullable = c.below(2) == 1;
    let action = *c.pick(&["", "no_action", "restrict", "cascade", "set_null"]);
    let nullable = nullable || action == "set_null";
    let unique = c.once_in(4);
    let key = entities[target].key.clone();
    let references = entities[target].name.clone();
    let entity = &mut entities[place];
    let columns: Vec<String> = key
        .iter()
        .map(|part| format!("{prefix}_{}", part.name))
        .collect();
    let mut name = None;
    if let [column] = &columns[..] {
        let mut keys = Keys::default();
        let dotted = c.once_in(4);
        let references = if dotted {
            format!("{references}.{}", key[0].name)
        } else {
            references
        };
        keys.set("references", plain(references));
        if nullable {
            keys.set("nullable", plain("true"));
        }
        if unique {
            keys.set("unique", plain("true"));
        }
        if !action.is_empty() {
            keys.set("on_delete", plain(action));
        }
        if place != target && c.once_in(8) {
            keys.set("on_update_key", plain("cascade"));
        }
        if c.once_in(8) {
            keys.set("doc", text(*c.pick(&words::DOCS)));
        }
        entity.written.set(column, keys.into());
    } else {
        for (column, part) in columns.iter().zip(&key) {
            let mut keys = Keys::default();
            keys.set("type", plain(part.ty));
            if nullable {
                keys.set("nullable", plain("true"));
            }
            entity.written.set(column, keys.into());
        }
        let listed: Vec<&str> = key.iter().map(|part| part.name.as_str()).collect();
        let mut keys = Keys::default();
        keys.set("columns", list(&columns));
        keys.set(
            "references",
            text(format!("{references}({})", listed.join(", "))),
        );
        if !action.is_empty() {
            keys.set("on_delete", plain(action));
        }
        if c.once_in(3) {
            let own = format!("key {} {prefix}", c.pick(&words::DATABASE_NAMES));
            keys.set("name", text(own.clone()));
            name = Some(own);
        }
        entity.foreign_keys.push(keys.into());
    }
    Foreign {
        columns,
        target,
        unique,
        name,
    }
}

/// What stands beside the columns and relationships of an entity.
pub fn beside(
    c: &mut Choices<'_>,
    entity: &Entity,
    place: usize,
    portable: Portable,
    keys: &mut Keys,
) {
    if entity.key.len() > 1 {
        let names: Vec<&str> = entity.key.iter().map(|part| part.name.as_str()).collect();
        keys.set("primary_key", list(&names));
    }
    let keyable: Vec<&Column> = entity
        .columns
        .iter()
        .filter(|column| column.ty.keyable)
        .collect();
    let mut unique = Vec::new();
    for foreign in entity
        .foreign
        .iter()
        .filter(|foreign| foreign.unique && foreign.columns.len() > 1)
    {
        unique.push(list(&foreign.columns));
    }
    if let [first, second, ..] = keyable[..]
        && c.once_in(4)
    {
        unique.push(list(&[&first.name, &second.name]));
    }
    keys.filled("unique", Node::List(unique));
    let mut indexes = Vec::new();
    if let Some(column) = keyable.last()
        && c.once_in(3)
    {
        let mut index = Keys::default();
        index.set("columns", list(&[&column.name, &entity.key[0].name]));
        if c.once_in(3) {
            index.set("unique", plain("true"));
        }
        if c.once_in(2) {
            index.set(
                "name",
                text(format!("ix {} {place}", c.pick(&words::DATABASE_NAMES))),
            );
        }
        if portable != Portable::All && column.plain && c.once_in(3) {
            let sql = Keys::from_iter([(
                "sql".to_owned(),
                text(format!("{} IS NOT NULL", column.name)),
            )]);
            index.set("where", sql.into());
        }
        indexes.push(index.into());
    }
    keys.filled("indexes", Node::List(indexes));
    keys.filled("checks", checks(c, entity, place));
    keys.filled("foreign_keys", Node::List(entity.foreign_keys.clone()));
    if !entity.mixins.is_empty() {
        keys.set("mixins", list(&entity.mixins));
    }
    if c.once_in(5) {
        keys.set(
            "table",
            text(format!("{} {place}", c.pick(&words::DATABASE_NAMES))),
        );
    }
    if entity.columns.is_empty() && c.once_in(3) {
        keys.set("derives", list(&["Eq"]));
    }
    if c.once_in(8) {
        keys.set("rust_name", plain(format!("Own{place}")));
    }
    if c.below(3) == 1 {
        keys.set("doc", text(*c.pick(&words::DOCS)));
    }
}

fn checks(c: &mut Choices<'_>, entity: &Entity, place: usize) -> Node {
    let integer = entity
        .columns
        .iter()
        .find(|column| column.plain && column.ty.name == "integer");
    let mut checks = Vec::new();
    if let Some(integer) = integer
        && c.once_in(3)
    {
        let mut check = Keys::default();
        if c.below(2) == 1 {
            check.set(
                "name",
                text(format!("ck {} {place}", c.pick(&words::DATABASE_NAMES))),
            );
        }
        check.set("sql", text(format!("{} <> -13", integer.name)));
        checks.push(check.into());
    }
    if entity.mixins.contains(&"Stamped") && c.once_in(3) {
        let check =
            Keys::from_iter([("sql".to_owned(), text(format!("{} < 1000000", STAMPED[1])))]);
        checks.push(check.into());
    }
    Node::List(checks)
}
