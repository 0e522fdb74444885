//! Specs that nobody wrote, over the whole spec language: entities of every kind of key, columns of every type with all
//! that may be said of them, foreign keys, secondaries and relationships of every kind, and names and texts that break
//! careless generators.
//!
//! A spec is made of bytes: [`spec`] reads them as decisions, so a fuzzer that changes bytes changes the spec, and a
//! property that finds a mistake shrinks it by taking bytes away. Every spec is meant to be valid; what relata says of one
//! that it refuses is a mistake here or there.

mod choices;
mod columns;
mod head;
mod relationships;
mod secondaries;
mod tables;
mod words;
mod yaml;

use choices::Choices;
use columns::Portable;
use yaml::{Keys, Node};

pub use yaml::double_quoted;

/// What a spec is for.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'w> {
    /// The most entities that it has, at most 256.
    pub entities: usize,
    /// The name of one of the entities, so that another spec of the same bytes has another name in its place.
    pub entity: Option<&'w str>,
    /// Whether it is for rusqlite alone, with dates and times of chrono.
    pub rusqlite: bool,
}

impl Default for Wanted<'_> {
    fn default() -> Self {
        Self {
            entities: 60,
            entity: None,
            rusqlite: false,
        }
    }
}

impl Wanted<'_> {
    /// What is compiled: not too large, and for one driver.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            entities: 16,
            entity: None,
            rusqlite: true,
        }
    }
}

/// Bytes that a number stands for, the same in each run: xorshift.
#[must_use]
pub fn numbered(number: u64) -> Vec<u8> {
    let mut state = (number + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[3]
    };
    (0..3_000).map(|_| next()).collect()
}

/// The text of the spec that `bytes` stand for.
#[must_use]
pub fn spec(bytes: &[u8], wanted: &Wanted<'_>) -> String {
    let mut choices = Choices::new(bytes);
    let tree = tree(&mut choices, wanted);
    yaml::print(&tree, &mut choices)
}

/// The same as two files, by name: the first includes the other, which has the later entities and all secondaries.
#[must_use]
pub fn files(bytes: &[u8], wanted: &Wanted<'_>) -> [(&'static str, String); 2] {
    let mut choices = Choices::new(bytes);
    let Node::Map(mut root) = tree(&mut choices, wanted) else {
        unreachable!("a spec is a mapping");
    };
    let mut other = Keys::default();
    for (key, node) in &mut root {
        if let ("entities", Node::Map(entities)) = (key.as_str(), node) {
            let later = entities.split_off(entities.len().div_ceil(2));
            other.filled("entities", Node::Map(later));
        }
    }
    if let Some(place) = root.iter().position(|(key, _)| key == "secondary") {
        let (key, node) = root.remove(place);
        other.filled(&key, node);
    }
    root.insert(0, ("include".to_owned(), yaml::text("parts/other.yaml")));
    let [root, other] =
        [Node::Map(root), other.into()].map(|tree| yaml::print(&tree, &mut choices));
    [("spec.yaml", root), ("parts/other.yaml", other)]
}

fn tree(c: &mut Choices<'_>, wanted: &Wanted<'_>) -> Node {
    let portable = *c.pick(&[Portable::All, Portable::Sqlite, Portable::Postgres]);
    // Most specs are small, so that all kinds of them are tried in little time.
    let most = wanted.entities.max(1);
    let count = match c.below(12) {
        11 => 1 + c.below(most),
        _ => 1 + c.below(most.min(8)),
    };
    let mut entities = tables::entities(c, count, wanted);
    tables::fill(c, &mut entities, portable);
    let links = c.below(1 + count.min(20));
    let secondaries: Vec<_> = (0..links)
        .map(|place| secondaries::secondary(c, &entities, place))
        .collect();
    let relationships = relationships::relationships(c, &entities, &secondaries);

    let mut root = Keys::default();
    root.set("generate", head::generate(c, portable, wanted));
    root.filled("naming", head::naming(c));
    if c.once_in(3) {
        root.set("allow", yaml::words(&["W0201", "W0301", "W0203"]));
    }
    root.set("enums", head::enums(c));
    root.set("types", head::types(c));
    root.set("mixins", head::mixins(c));
    let mut written = Keys::default();
    for (place, (entity, relationships)) in entities.iter().zip(relationships.written).enumerate() {
        let mut keys = Keys::default();
        keys.set("columns", entity.written.clone().into());
        tables::beside(c, entity, place, portable, &mut keys);
        keys.filled("relationships", relationships.into());
        written.set(&entity.name, keys.into());
    }
    root.set("entities", written.into());
    let written: Keys = secondaries
        .into_iter()
        .map(|secondary| (secondary.name, secondary.node))
        .collect();
    root.filled("secondary", written.into());
    root.into()
}
