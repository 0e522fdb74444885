//! Sequences of calls: each call is a kind and some dice, which choose among the rows that are there when its turn comes.
//! So a sequence that fails is still one when calls before are left out.

use proptest::prelude::*;
use proptest::sample::select;

use crate::reference::call::{Call, Change, Filter};
use crate::reference::dice::Dice;
use crate::reference::schema::{ENTITIES, LADEN, Rel, Row, TO_ONE, Table, Value};
use crate::reference::world::World;
use crate::reference::{rules_related, unit_dice};

#[derive(Clone, Copy, Debug)]
pub enum Kind {
    Insert,
    InsertMany,
    InsertRow,
    Upsert,
    Read,
    Update,
    Save,
    Delete,
    Bulk,
    Add,
    AddAll,
    Remove,
    Set,
    Clear,
    SetOne,
    Links,
    Commit,
}

/// How often each kind is chosen.
const KINDS: &[(Kind, usize)] = &[
    (Kind::Insert, 5),
    (Kind::InsertMany, 2),
    (Kind::InsertRow, 2),
    (Kind::Upsert, 3),
    (Kind::Read, 3),
    (Kind::Update, 3),
    (Kind::Save, 3),
    (Kind::Delete, 2),
    (Kind::Bulk, 4),
    (Kind::Add, 8),
    (Kind::AddAll, 3),
    (Kind::Remove, 2),
    (Kind::Set, 4),
    (Kind::Clear, 1),
    (Kind::SetOne, 4),
    (Kind::Links, 3),
    (Kind::Commit, 8),
];

/// A call before it is known which rows there are.
#[derive(Clone, Debug)]
pub struct Roll {
    pub kind: Kind,
    pub dice: Vec<u8>,
}

/// Up to `most` calls.
pub fn sequence(most: usize) -> impl Strategy<Value = Vec<Roll>> {
    let kinds = KINDS.iter().flat_map(|&(kind, often)| vec![kind; often]);
    let dice = proptest::collection::vec(any::<u8>(), 40);
    let roll = (select(kinds.collect::<Vec<_>>()), dice);
    let roll = roll.prop_map(|(kind, dice)| Roll { kind, dice });
    proptest::collection::vec(roll, 1..=most)
}

/// Whether a relationship to one may lead to none.
pub fn may_be_none(rel: Rel) -> bool {
    !matches!(rel, Rel::RoomClub | Rel::CardMember | Rel::MemberCard)
}

/// The call that a roll becomes; a row is inserted where it needs one and there is none.
pub fn call(roll: &Roll, world: &World, old: &[(Table, Row)]) -> Call {
    let mut dice = Dice::new(&roll.dice, world, old);
    let found = chosen(roll.kind, &mut dice);
    found.unwrap_or_else(|| {
        let mut table = dice.missing.unwrap_or(Table::Club);
        if !dice.may_be(table) {
            table = dice.missing.unwrap_or(Table::Club);
        }
        Call::Insert(table, dice.fresh(table))
    })
}

fn chosen(kind: Kind, dice: &mut Dice<'_>) -> Option<Call> {
    let table = dice.one_of(&ENTITIES);
    let inserts = matches!(kind, Kind::Insert | Kind::InsertMany | Kind::Upsert);
    if inserts && !dice.may_be(table) {
        return None;
    }
    Some(match kind {
        Kind::Insert => Call::Insert(table, dice.fresh(table)),
        Kind::InsertMany => {
            let number = dice.below(4);
            Call::InsertMany(table, (0..number).map(|_| dice.fresh(table)).collect())
        }
        Kind::InsertRow => Call::InsertRow(table, dice.keyed(table)?),
        Kind::Upsert => {
            let by = dice.below(table.upserts().len());
            Call::Upsert(table, by, dice.fresh(table))
        }
        Kind::Read => match dice.below(4) {
            0 | 1 => {
                let all = dice.rarely(3);
                let filter = if all { Filter::All } else { dice.filter(table) };
                Call::One(table, filter)
            }
            2 => Call::Find(table, dice.key(table)),
            _ => Call::Get(table, dice.key(table)),
        },
        Kind::Update => Call::Update(table, dice.copy(table)?, dice.patch(table)),
        Kind::Save => {
            let mut copy = dice.copy(table)?;
            for (value, change) in copy.iter_mut().zip(dice.patch(table)) {
                *value = change.unwrap_or_else(|| value.clone());
            }
            Call::Save(table, copy)
        }
        Kind::Delete => Call::Delete(table, dice.copy(table)?),
        Kind::Bulk => bulk(table, dice),
        Kind::Commit => Call::Commit(unit_dice::parts(dice)),
        Kind::SetOne => {
            let rel = dice.one_of(&TO_ONE);
            let source = dice.copy(rel.source())?;
            let none = may_be_none(rel) && dice.rarely(4);
            let target = if none { None } else { dice.copy(rel.target()) };
            (target.is_some() || may_be_none(rel)).then_some(())?;
            Call::SetOne(rel, source, target)
        }
        Kind::Links => {
            let (rel, source) = linked(dice)?;
            if dice.rarely(2) {
                let table = rules_related::links(rel);
                let rows = dice.world.rows(table);
                (!rows.is_empty()).then_some(())?;
                let key = table.key(&rows[dice.below(rows.len())]);
                return Some(Call::DeleteLink(rel, source, key));
            }
            let table = rules_related::links(rel);
            let target = dice.target(rel, &source)?;
            Call::UpdateLinks(rel, source, target, dice.patch(table))
        }
        Kind::Add | Kind::AddAll | Kind::Remove | Kind::Set | Kind::Clear => {
            let rel = dice.many(!matches!(kind, Kind::Add | Kind::AddAll));
            let source = dice.copy(rel.source())?;
            match kind {
                Kind::Add => Call::Add(rel, source, dice.copy(rel.target())?, dice.payload(rel)),
                Kind::Remove => {
                    let target = dice.target(rel, &source)?;
                    Call::Remove(rel, source, target)
                }
                Kind::AddAll | Kind::Set => {
                    let targets = dice.targets(rel, &source);
                    if matches!(kind, Kind::Set) {
                        Call::Set(rel, source, targets)
                    } else {
                        Call::AddAll(rel, source, targets)
                    }
                }
                _ => Call::Clear(rel, source),
            }
        }
    })
}

/// A row that has links, mostly.
fn linked(dice: &mut Dice<'_>) -> Option<(Rel, Row)> {
    let mut linked = Vec::new();
    for rel in LADEN {
        let rows = dice.world.rows(rel.source()).iter();
        let rows = rows.filter(|row| !dice.world.related(rel, row).is_empty());
        linked.extend(rows.map(|row| (rel, row.clone())));
    }
    if linked.is_empty() || dice.rarely(8) {
        let rel = dice.one_of(&LADEN);
        return Some((rel, dice.copy(rel.source())?));
    }
    Some(linked[dice.below(linked.len())].clone())
}

fn bulk(table: Table, dice: &mut Dice<'_>) -> Call {
    let mut filter = dice.filter(table);
    if dice.rarely(4) {
        if matches!(filter, Filter::All) && !dice.rarely(4) {
            filter = Filter::Alone;
        }
        return Call::DeleteAll(table, filter);
    }
    let change = match dice.word(table) {
        Value::Text(text) if dice.rarely(2) => {
            if dice.rarely(2) {
                filter = Filter::All;
            }
            Change::NullOf(text)
        }
        _ if table == Table::Card => Change::To(dice.value(table, 2)),
        _ => Change::To(dice.text()),
    };
    Call::UpdateAll(table, filter, change)
}
