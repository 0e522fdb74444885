//! A spec of any size that uses all of the language, the same text in each run: what the DDL of each dialect has to carry.
//!
//! It is valid for every dialect. Its parts are YAML with `NN` where the number of an area stands, a dozen of tables
//! that refer to each other, and `PP` where that of the area before does. `whole.rs` says what it has and what it leaves out.

const HEAD: &str = include_str!("large/head.yaml");
const ENUMS: [&str; 2] = [
    include_str!("large/enums.yaml"),
    include_str!("large/enums_of_area.yaml"),
];
const ENTITIES: [&str; 3] = [
    include_str!("large/entities.yaml"),
    include_str!("large/entities_of_area.yaml"),
    include_str!("large/entity.yaml"),
];
const SECONDARIES: [&str; 2] = [
    include_str!("large/secondary.yaml"),
    include_str!("large/secondary_of_area.yaml"),
];

/// How many entities an area has.
const IN_AREA: usize = 12;

/// How many entities there are that belong to no area, however few are asked for.
const OUTSIDE: usize = 1;

/// The text of a spec with so many entities. From 13 on it has all of the language.
pub(super) fn spec(entities: usize) -> String {
    let inside = entities.saturating_sub(OUTSIDE);
    let (areas, rest) = (inside / IN_AREA, inside % IN_AREA);
    let each = |part: &str, count| (0..count).map(|number| numbered(part, number)).collect();
    let parts: [String; 8] = [
        HEAD.to_owned(),
        ENUMS[0].to_owned(),
        each(ENUMS[1], areas),
        ENTITIES[0].replace("MANYWORDS", &"It's one of many words. ".repeat(200)),
        each(ENTITIES[1], areas),
        each(ENTITIES[2], rest),
        // Without areas there would be nothing below the key.
        SECONDARIES[0].repeat(areas.min(1)),
        each(SECONDARIES[1], areas),
    ];
    parts.concat()
}

/// The part of an area.
fn numbered(part: &str, number: usize) -> String {
    let before = number.saturating_sub(1);
    part.replace("NN", &number.to_string())
        .replace("PP", &before.to_string())
}
