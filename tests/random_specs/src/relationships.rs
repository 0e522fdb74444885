//! Relationships: over foreign keys and secondaries, from one side or both, through others, of some rows only.

use crate::choices::Choices;
use crate::columns::Column;
use crate::secondaries::Secondary;
use crate::tables::{Entity, Foreign};
use crate::words;
use crate::yaml::{Keys, Node, plain, text, words as list};

/// The relationships of each entity.
#[derive(Debug)]
pub struct Relationships {
    pub written: Vec<Keys>,
    /// What each leads to, by name, for those that go through others.
    leads: Vec<Vec<(String, usize)>>,
}

/// The relationships between all entities.
pub fn relationships(
    c: &mut Choices<'_>,
    entities: &[Entity],
    secondaries: &[Secondary],
) -> Relationships {
    let mut all = Relationships {
        written: vec![Keys::default(); entities.len()],
        leads: vec![Vec::new(); entities.len()],
    };
    for place in 0..entities.len() {
        for (number, foreign) in entities[place].foreign.iter().enumerate() {
            all.over_key(c, entities, place, number, foreign);
        }
    }
    for (place, secondary) in secondaries.iter().enumerate() {
        all.over_secondary(c, entities, place, secondary);
    }
    for place in 0..entities.len() {
        all.through(c, entities, place);
    }
    all
}

impl Relationships {
    fn add(
        &mut self,
        c: &mut Choices<'_>,
        entity: usize,
        name: &str,
        target: usize,
        mut keys: Keys,
    ) {
        if c.once_in(12) {
            keys.set("rust_name", plain(format!("own_{name}")));
        }
        if c.once_in(4) {
            keys.set("doc", text(*c.pick(&words::DOCS)));
        }
        self.leads[entity].push((name.to_owned(), target));
        self.written[entity].set(name, keys.into());
    }

    /// Over a foreign key: from the side that has it, from the other, from both, and to some rows only.
    fn over_key(
        &mut self,
        c: &mut Choices<'_>,
        entities: &[Entity],
        place: usize,
        number: usize,
        foreign: &Foreign,
    ) {
        let target = foreign.target;
        let (near, far) = (
            format!("to{place}_{number}"),
            format!("from{place}_{number}"),
        );
        let sides = c.below(5);
        // The only key between the two need not be named.
        let between = |from: usize, to: usize| {
            entities[from]
                .foreign
                .iter()
                .filter(|key| key.target == to)
                .count()
        };
        let only = place != target && between(place, target) + between(target, place) == 1;
        let named = !only || c.below(2) == 1;
        let key = || match (&foreign.name, &foreign.columns[..]) {
            (Some(name), _) => text(name.clone()),
            (None, [column]) => plain(column.clone()),
            (None, columns) => list(columns),
        };
        let itself = place == target;
        let many = if foreign.unique {
            "one_to_one"
        } else {
            "one_to_many"
        };
        if matches!(sides, 0 | 1 | 3) {
            let mut keys = Keys::default();
            keys.set("target", plain(entities[target].name.clone()));
            if named {
                keys.set("foreign_key", key());
            }
            if itself || (!foreign.unique && c.once_in(4)) {
                keys.set("kind", plain("many_to_one"));
            }
            if sides != 1 {
                keys.set("back_populates", plain(far.clone()));
            }
            self.add(c, place, &near, target, keys);
        }
        if matches!(sides, 0 | 2 | 3) {
            let mut keys = Keys::default();
            keys.set("target", plain(entities[place].name.clone()));
            if named {
                keys.set("foreign_key", key());
            }
            if itself || c.once_in(4) {
                keys.set("kind", plain(many));
            }
            if sides != 2 {
                keys.set("back_populates", plain(near));
            }
            if !foreign.unique {
                order(c, &entities[place], &[], &mut keys);
            }
            self.add(c, target, &far, place, keys);
        }
        if let Some(condition) = condition(c, &entities[place])
            && sides == 3
        {
            let mut keys = Keys::default();
            keys.set("target", plain(entities[place].name.clone()));
            keys.set("foreign_key", key());
            if itself {
                keys.set("kind", plain(many));
            }
            keys.set("where", condition);
            self.add(c, target, &format!("some{place}_{number}"), place, keys);
        }
    }

    fn over_secondary(
        &mut self,
        c: &mut Choices<'_>,
        entities: &[Entity],
        place: usize,
        secondary: &Secondary,
    ) {
        let [a, b] = &secondary.ends;
        let (there, back) = (format!("s{place}"), format!("t{place}"));
        let end = |end: &Foreign| match (&end.name, &end.columns[..]) {
            (Some(name), _) => text(name.clone()),
            (None, [column]) => plain(column.clone()),
            (None, columns) => list(columns),
        };
        // The first alone, both, or none; of a third key nobody could tell which are the ends, if nobody said so.
        let sides = if secondary.ambiguous {
            c.below(2)
        } else {
            c.below(4)
        };
        if sides == 3 {
            return;
        }
        let both = sides != 1 && !secondary.symmetric;
        let mut keys = Keys::default();
        keys.set("target", plain(entities[b.target].name.clone()));
        keys.set("secondary", plain(secondary.name.clone()));
        if secondary.ambiguous {
            keys.set("local", end(a));
            keys.set("remote", end(b));
        }
        if both {
            keys.set("back_populates", plain(back.clone()));
        }
        order(c, &entities[b.target], &secondary.payload, &mut keys);
        self.add(c, a.target, &there, b.target, keys);
        if both {
            let mut keys = Keys::default();
            keys.set("target", plain(entities[a.target].name.clone()));
            keys.set("secondary", plain(secondary.name.clone()));
            if secondary.ambiguous {
                keys.set("local", end(b));
                keys.set("remote", end(a));
            }
            if c.once_in(3) {
                keys.set("kind", plain("many_to_many"));
            }
            keys.set("back_populates", plain(there));
            self.add(c, b.target, &back, a.target, keys);
        }
    }

    fn through(&mut self, c: &mut Choices<'_>, entities: &[Entity], place: usize) {
        if !c.once_in(3) {
            return;
        }
        let mut at = place;
        let mut path = Vec::new();
        for _ in 0..2 + c.below(2) {
            let Some((name, target)) = c.pick_any(&self.leads[at]).cloned() else {
                break;
            };
            path.push(name);
            at = target;
        }
        if path.len() < 2 {
            return;
        }
        let mut keys = Keys::default();
        keys.set("target", plain(entities[at].name.clone()));
        keys.set("through", plain(path.join(".")));
        let doc = c.once_in(4).then(|| text(*c.pick(&words::DOCS)));
        keys.some("doc", doc);
        // Not among those that others go through.
        self.written[place].set(&format!("far{place}"), keys.into());
    }
}

/// An order of the targets.
fn order(c: &mut Choices<'_>, target: &Entity, payload: &[Column], keys: &mut Keys) {
    if !c.once_in(3) {
        return;
    }
    let sortable = |column: &&Column| column.ty.keyable;
    let mut by = Vec::new();
    if let Some(column) = payload.iter().find(sortable) {
        by.push(format!("links.{} desc", column.name));
    }
    if let Some(column) = target.columns.iter().find(sortable) {
        by.push(format!("{}{}", column.name, c.pick(&["", " desc", " asc"])));
    }
    by.push(target.key[0].name.clone());
    match &by[..] {
        [one] => keys.set("order_by", plain(one.clone())),
        _ => keys.set("order_by", list(&by)),
    }
}

/// What some rows of an entity hold.
fn condition(c: &mut Choices<'_>, entity: &Entity) -> Option<Node> {
    let mut keys = Keys::default();
    for column in &entity.columns {
        let literal = match column.ty.name {
            "boolean" => "true",
            "integer" if column.name.starts_with('c') => "7",
            "Mood" => "glad",
            _ => continue,
        };
        if column.nullable && c.below(2) == 1 {
            keys.set(&column.name, plain("null"));
        } else {
            keys.set(&column.name, plain(literal));
        }
        if c.below(2) == 0 {
            break;
        }
    }
    (!keys.is_empty()).then(|| keys.into())
}
