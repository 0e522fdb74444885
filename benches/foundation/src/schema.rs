//! Specs of any size: a ring of entities, each pair of them with a secondary, and one entity with many relationships.

use std::fmt::Write as _;

/// How many relationships the one entity of [`hub`] has.
pub const RELATIONSHIPS: usize = 150;

/// How many tables [`hub`] has.
pub const TABLES: usize = 800;

/// The entity that an edit changes.
pub const EDITED: usize = 5;

const COLUMNS: &str = "name: string|quantity: integer|active: boolean|serial: bigint|price: double|notes: text|\
                       nickname: string?|rank: integer?";

/// The neighbours of an entity: whom it belongs to, who belongs to it, whom it is paired with.
pub fn neighbours(n: usize, count: usize) -> (usize, usize, usize) {
    ((n + count - 1) % count, (n + 1) % count, n ^ 1)
}

/// Every fourth foreign key is nullable, the one that closes the circle among them.
pub fn nullable(n: usize) -> bool {
    n.is_multiple_of(4)
}

/// `count` entities of nine columns and a foreign key, and half as many secondaries. `edited` has a column more.
pub fn ring(count: usize, edited: Option<usize>) -> String {
    let mut text = "entities:\n".to_owned();
    for n in 0..count {
        let (owner, part, peer) = neighbours(n, count);
        let pair = n / 2;
        let more = if edited == Some(n) {
            "      extra: text?\n"
        } else {
            ""
        };
        entity(&mut text, n, owner);
        let _ = write!(
            text,
            "{more}    relationships:\n      \
             owner: {{ target: Item{owner}, back_populates: owned }}\n      \
             owned: {{ target: Item{part}, back_populates: owner }}\n      \
             peers: {{ target: Item{peer}, secondary: pair_{pair}, back_populates: peers }}\n"
        );
    }
    text += "\nsecondary:\n";
    for n in 0..count / 2 {
        let _ = writeln!(text, "  pair_{n}: [Item{}, Item{}]", 2 * n, 2 * n + 1);
    }
    text
}

/// The columns of an entity, its foreign key the last of them.
fn entity(text: &mut String, n: usize, owner: usize) {
    let columns = COLUMNS.replace('|', "\n      ");
    let null = if nullable(n) { ", nullable: true" } else { "" };
    let _ = write!(
        text,
        "  Item{n}:\n    columns:\n      id: {{ type: integer, primary_key: true }}\n      {columns}\n      \
         owner_id: {{ references: Item{owner}{null} }}\n"
    );
}

/// [`TABLES`] tables, and one entity in their midst with [`RELATIONSHIPS`]: a third of each kind.
pub fn hub() -> String {
    let each = RELATIONSHIPS / 3;
    let others = TABLES - each - 1;
    let mut text =
        "entities:\n  Hub:\n    columns:\n      id: { type: integer, primary_key: true }\n"
            .to_owned();
    for n in 0..each {
        let _ = writeln!(text, "      one_{n}_id: {{ references: Item{n} }}");
    }
    text += "    relationships:\n";
    for n in 0..each {
        let (many, linked) = (n + each, n + 2 * each);
        let _ = write!(
            text,
            "      one_{n}: {{ target: Item{n}, back_populates: hubs }}\n      \
             many_{n}: {{ target: Item{many}, back_populates: hub }}\n      \
             linked_{n}: {{ target: Item{linked}, secondary: link_{n}, back_populates: hubs }}\n"
        );
    }
    for n in 0..others {
        let (owner, part, _) = neighbours(n, others);
        entity(&mut text, n, owner);
        let (column, relationship) = match n / each {
            0 => ("", "      hubs: { target: Hub, back_populates: one_N }\n"),
            1 => (
                "      hub_id: { references: Hub }\n",
                "      hub: { target: Hub, back_populates: many_N }\n",
            ),
            2 => (
                "",
                "      hubs: { target: Hub, secondary: link_N, back_populates: linked_N }\n",
            ),
            _ => ("", ""),
        };
        let _ = write!(
            text,
            "{column}    relationships:\n{}      \
             owner: {{ target: Item{owner}, back_populates: owned }}\n      \
             owned: {{ target: Item{part}, back_populates: owner }}\n",
            relationship.replace('N', &(n % each).to_string())
        );
    }
    text += "\nsecondary:\n";
    for n in 0..each {
        let _ = writeln!(text, "  link_{n}: [Hub, Item{}]", n + 2 * each);
    }
    text
}
