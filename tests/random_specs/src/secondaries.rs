//! Secondaries: short and long, with payload, several links of a pair, between rows of one entity.

use crate::choices::Choices;
use crate::columns::{self, Column};
use crate::tables::{Entity, Foreign};
use crate::words;
use crate::yaml::{Keys, Node, plain, text, words as list};

/// A secondary as far as relationships speak of it.
#[derive(Debug, Clone)]
pub struct Secondary {
    pub name: String,
    pub ends: [Foreign; 2],
    pub symmetric: bool,
    /// Whether relationships have to say which ends they mean.
    pub ambiguous: bool,
    pub payload: Vec<Column>,
    pub node: Node,
}

/// A secondary between two of the entities.
pub fn secondary(c: &mut Choices<'_>, entities: &[Entity], place: usize) -> Secondary {
    let sides = [c.below(entities.len()), c.below(entities.len())];
    let name = match c.below(6) {
        1 => format!("l{place}_{}", "with_a_long_name_".repeat(3)),
        _ => format!("link{place}"),
    };
    let [left, right] = sides.map(|side| &entities[side]);
    let short = sides[0] != sides[1] && left.key.len() == 1 && right.key.len() == 1;
    if short && c.below(2) == 1 {
        let ends = sides.map(|target| Foreign {
            columns: Vec::new(),
            target,
            unique: false,
            name: None,
        });
        return Secondary {
            name,
            ends,
            symmetric: false,
            ambiguous: false,
            payload: Vec::new(),
            node: list(&[&left.name, &right.name]),
        };
    }
    long(c, entities, sides, name, place)
}

fn long(
    c: &mut Choices<'_>,
    entities: &[Entity],
    sides: [usize; 2],
    name: String,
    place: usize,
) -> Secondary {
    let symmetric = sides[0] == sides[1] && c.below(2) == 1;
    let (mut columns, mut foreign_keys) = (Keys::default(), Vec::new());
    let mut keys = Keys::default();
    let form = if symmetric { 0 } else { c.below(5) };
    match form {
        1 | 2 => {
            let id = Keys::from_iter([
                ("type".to_owned(), plain("integer")),
                ("primary_key".to_owned(), plain("true")),
            ]);
            columns.set("id", id.into());
        }
        3 => {
            let id = Keys::from_iter([
                ("type".to_owned(), plain("uuid")),
                ("primary_key".to_owned(), plain("true")),
                ("default".to_owned(), plain("uuid")),
            ]);
            columns.set("id", id.into());
        }
        _ => {}
    }
    let [a, b] = [("a", sides[0]), ("b", sides[1])].map(|(prefix, target)| {
        end(
            c,
            entities,
            prefix,
            target,
            &mut columns,
            &mut foreign_keys,
            place,
        )
    });
    let mut payload = Vec::new();
    for number in 0..c.below(4) {
        let column = columns::column(c, format!("p{number}"));
        columns.set(&column.name, column.node.clone());
        payload.push(column);
    }
    // Of a symmetric one nobody could say which two of three keys are meant.
    let third = third_key(c, entities, symmetric.then_some(sides[0]), &mut columns);
    if matches!(form, 2 | 3) {
        keys.set("multiple", plain("true"));
    }
    if form == 4 {
        columns.set("part", plain("integer"));
        let ends = a.columns.iter().chain(&b.columns).map(String::as_str);
        let names: Vec<&str> = ends.chain(["part"]).collect();
        keys.set("primary_key", list(&names));
    }
    if symmetric {
        keys.set("symmetric", plain("true"));
    }
    keys.set("columns", columns.into());
    keys.filled("foreign_keys", Node::List(foreign_keys));
    if c.once_in(6) {
        keys.set(
            "table",
            text(format!("{} l{place}", c.pick(&words::DATABASE_NAMES))),
        );
    }
    if c.once_in(4) {
        keys.set("mixins", list(&["Stamped"]));
    }
    if c.below(3) == 1 {
        keys.set("doc", text(*c.pick(&words::DOCS)));
    }
    Secondary {
        name,
        ends: [a, b],
        symmetric,
        ambiguous: !symmetric && (sides[0] == sides[1] || third),
        payload,
        node: keys.into(),
    }
}

/// A third foreign key, to a row that the link is about besides.
fn third_key(
    c: &mut Choices<'_>,
    entities: &[Entity],
    not: Option<usize>,
    columns: &mut Keys,
) -> bool {
    let target = c.below(entities.len());
    let third = c.once_in(6) && entities[target].key.len() == 1 && not != Some(target);
    if third {
        let keys = Keys::from_iter([
            (
                "references".to_owned(),
                plain(entities[target].name.clone()),
            ),
            ("nullable".to_owned(), plain("true")),
        ]);
        columns.set("third_id", keys.into());
    }
    third
}

fn end(
    c: &mut Choices<'_>,
    entities: &[Entity],
    prefix: &str,
    target: usize,
    columns: &mut Keys,
    foreign_keys: &mut Vec<Node>,
    place: usize,
) -> Foreign {
    let entity = &entities[target];
    let action = *c.pick(&["", "cascade", "restrict"]);
    let names: Vec<String> = entity
        .key
        .iter()
        .map(|part| format!("{prefix}_{}", part.name))
        .collect();
    let mut name = None;
    if let [column] = &names[..] {
        let mut keys = Keys::default();
        keys.set("references", plain(entity.name.clone()));
        if !action.is_empty() {
            keys.set("on_delete", plain(action));
        }
        columns.set(column, keys.into());
    } else {
        for (column, part) in names.iter().zip(&entity.key) {
            columns.set(column, plain(part.ty));
        }
        let mut keys = Keys::default();
        keys.set("columns", list(&names));
        keys.set("references", plain(entity.name.clone()));
        if !action.is_empty() {
            keys.set("on_delete", plain(action));
        }
        if c.once_in(3) {
            let own = format!("end {prefix} of {place}");
            keys.set("name", text(own.clone()));
            name = Some(own);
        }
        foreign_keys.push(keys.into());
    }
    Foreign {
        columns: names,
        target,
        unique: false,
        name,
    }
}
