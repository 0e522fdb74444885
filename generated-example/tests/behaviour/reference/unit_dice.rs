//! What a unit of work is told.

use crate::reference::call::{Given, Part, Payload, Who};
use crate::reference::choose::may_be_none;
use crate::reference::dice::Dice;
use crate::reference::schema::{ENTITIES, Rel, TO_ONE, Table, Value};

/// Up to six changes; rows that are inserted come first, so that others may speak of them.
pub fn parts(dice: &mut Dice<'_>) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut inserted = Vec::new();
    for _ in 0..dice.below(3) {
        let table = dice.one_of(&ENTITIES);
        if !dice.may_be(table) {
            continue;
        }
        let part = insert(dice, table, &inserted);
        inserted.push(table);
        parts.push(part);
    }
    for _ in 0..=dice.below(4) {
        parts.extend(change(dice, &inserted));
    }
    parts
}

fn insert(dice: &mut Dice<'_>, table: Table, inserted: &[Table]) -> Part {
    if dice.rarely(6)
        && let Some(row) = dice.keyed(table)
    {
        return Part::InsertRow(table, row);
    }
    let mut new = dice.fresh(table);
    for foreign in table.shape().foreign {
        let [column] = foreign.columns else {
            continue;
        };
        let mut places = (0..inserted.len()).rev();
        match places.find(|&place| inserted[place] == foreign.to) {
            Some(place) if dice.below(2) == 0 => new[*column] = Given::Pending(place),
            _ if dice.rarely(40) => new[*column] = Given::Astray,
            _ => {}
        }
    }
    Part::Insert(table, new)
}

/// A row of a table, however it is told.
fn who(dice: &mut Dice<'_>, table: Table, inserted: &[Table]) -> Option<Who> {
    let places = (0..inserted.len()).filter(|&place| inserted[place] == table);
    let places: Vec<usize> = places.collect();
    if !places.is_empty() && dice.below(3) < 2 {
        return Some(Who::Pending(dice.one_of(&places)));
    }
    if dice.rarely(60) {
        return Some(Who::Astray);
    }
    if dice.rarely(4) {
        return Some(Who::Key(dice.key(table)));
    }
    dice.copy(table).map(Who::Copy)
}

fn change(dice: &mut Dice<'_>, inserted: &[Table]) -> Option<Part> {
    let what = dice.below(8);
    Some(match what {
        0 | 1 => {
            let rel = dice.many(false);
            let source = who(dice, rel.source(), inserted)?;
            Part::Link(rel, source, targets(dice, rel, inserted))
        }
        2 => {
            let rel = dice.many(true);
            let source = who(dice, rel.source(), inserted)?;
            let targets = targets(dice, rel, inserted).into_iter();
            Part::Unlink(rel, source, targets.map(|(who, _)| who).collect())
        }
        3 | 4 => {
            let rel = dice.one_of(&TO_ONE);
            let source = who(dice, rel.source(), inserted)?;
            let none = may_be_none(rel) && dice.rarely(4);
            let target = if none {
                None
            } else {
                Some(who(dice, rel.target(), inserted)?)
            };
            Part::Set(rel, source, target)
        }
        5 | 6 => {
            let table = dice.one_of(&ENTITIES);
            let row = who(dice, table, inserted)?;
            Part::Update(table, row, dice.patch(table))
        }
        _ => {
            let table = dice.one_of(&ENTITIES);
            Part::Delete(table, who(dice, table, inserted)?)
        }
    })
}

fn targets(dice: &mut Dice<'_>, rel: Rel, inserted: &[Table]) -> Vec<(Who, Payload)> {
    let mut targets = Vec::new();
    for _ in 0..=dice.below(2) {
        if let Some(who) = who(dice, rel.target(), inserted) {
            let mut payload = dice.payload(rel);
            if let (Rel::MemberRooms | Rel::RoomGuests, [Some(Value::Null), ..]) =
                (rel, &payload[..])
            {
                payload[0] = Some(Value::Int(0));
            }
            targets.push((who, payload));
        }
    }
    targets
}
