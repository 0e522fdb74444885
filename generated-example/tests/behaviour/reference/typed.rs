//! Rows as the generated types have them.

use crate::reference::call::{Given, New, Patch, Payload, Who};
use crate::reference::models::{
    self, BookingPatch, CardPatch, ClubPatch, FlagPatch, FriendshipPatch, MemberPatch, NewBooking,
    NewCard, NewClub, NewFlag, NewFriendship, NewMember, NewOffice, NewRoom, OfficePatch, Pending,
    Ref, RoomPatch,
};
use crate::reference::schema::{Key, Row, Value};

/// What a value is in Rust.
pub trait Held: Sized {
    fn held(value: &Value) -> Self;
    fn value(&self) -> Value;
}

impl Held for i32 {
    fn held(value: &Value) -> Self {
        match value {
            Value::Int(number) => *number,
            other => panic!("{other:?} is no number"),
        }
    }

    fn value(&self) -> Value {
        Value::Int(*self)
    }
}

impl Held for String {
    fn held(value: &Value) -> Self {
        match value {
            Value::Text(text) => text.clone(),
            other => panic!("{other:?} is no text"),
        }
    }

    fn value(&self) -> Value {
        Value::Text(self.clone())
    }
}

impl<H: Held> Held for Option<H> {
    fn held(value: &Value) -> Self {
        (*value != Value::Null).then(|| H::held(value))
    }

    fn value(&self) -> Value {
        self.as_ref().map_or(Value::Null, H::value)
    }
}

/// A row of a table.
pub trait Typed: Sized {
    fn typed(row: &Row) -> Self;
    fn row(&self) -> Row;
}

/// A row of a secondary with payload.
pub trait TypedLink: Typed + models::support::Link {
    fn payload(payload: &Payload) -> Self::New;
    fn changes(patch: &Patch) -> Self::Patch;
    fn link_key(key: &Key) -> <Self as models::support::Link>::Key;
}

/// A row of an entity.
pub trait TypedEntity: Typed + models::support::Entity {
    fn fresh(new: &New, unit: &Unit) -> Self::New;
    fn changes(patch: &Patch) -> Self::Patch;
    fn typed_key(key: &Key) -> <Self as models::support::Entity>::Key;
    fn pending(made: Made) -> Option<Pending<Self>>;
    fn told(who: &Who, unit: &Unit) -> Ref<Self>;
}

/// A row that a unit inserts.
#[derive(Clone, Copy)]
pub enum Made {
    Club(Pending<models::Club>),
    Member(Pending<models::Member>),
    Flag(Pending<models::Flag>),
    Room(Pending<models::Room>),
    Card(Pending<models::Card>),
}

/// The rows that a unit inserts, and some that another one does, one of each entity.
#[derive(Default)]
pub struct Unit {
    pub made: Vec<Made>,
    pub astray: Vec<Made>,
}

impl Unit {
    fn pending<E: TypedEntity>(&self, place: usize) -> Ref<E> {
        let pending = E::pending(self.made[place]);
        pending.expect("a row of that entity").into()
    }

    fn of_another<E: TypedEntity>(&self) -> Ref<E> {
        let pending = self.astray.iter().find_map(|made| E::pending(*made));
        pending.expect("one of each").into()
    }

    fn reference<E>(&self, given: &Given) -> Option<Ref<E>>
    where
        E: TypedEntity + models::support::Entity<Key = i32>,
    {
        match given {
            Given::Not | Given::Value(Value::Null) => None,
            Given::Value(value) => Some(i32::held(value).into()),
            Given::Pending(place) => Some(self.pending(*place)),
            Given::Astray => Some(self.of_another()),
        }
    }
}

/// A value that has to be given.
fn need<H: Held>(given: &Given) -> H {
    may(given).expect("a value that is needed")
}

/// A value that may be left to a default, or be NULL.
fn may<H: Held>(given: &Given) -> Option<H> {
    match given {
        Given::Value(value) => Held::held(value),
        _ => None,
    }
}

/// A value that may be left to a default: `H` may be an Option, where it may be NULL too.
fn both<H: Held>(given: &Given) -> Option<H> {
    match given {
        Given::Value(value) => Some(H::held(value)),
        _ => None,
    }
}

fn change<H: Held>(value: Option<&Value>) -> Option<H> {
    value.map(H::held)
}

macro_rules! rows {
    ($($Type:ident { $($field:ident),+ })+) => {$(
        impl Typed for models::$Type {
            fn typed(row: &Row) -> Self {
                let mut values = row.iter();
                Self { $($field: Held::held(values.next().expect("a value")),)+ }
            }

            fn row(&self) -> Row {
                vec![$(self.$field.value()),+]
            }
        }
    )+};
}

rows! {
    Club { id, name, size }
    Member { id, name, rank, club_id, mentor_id, revision }
    Flag { code, club_id, color, revision }
    Room { floor, number, title, club_id }
    Card { id, member_id, floor, number }
    Office { club_id, member_id, place, title }
    Booking { member_id, floor, number, day, hours }
    Friendship { one_id, other_id, since }
}

macro_rules! entities {
    ($($Entity:ident {
        new: |$new:ident, $unit:ident| $fresh:expr,
        patch: |$patch:ident| $changes:expr,
        key: |$key:ident| $typed_key:expr $(,)?
    })+) => {$(
        impl TypedEntity for models::$Entity {
            fn fresh($new: &New, $unit: &Unit) -> Self::New {
                $fresh
            }

            fn changes($patch: &Patch) -> Self::Patch {
                $changes
            }

            fn typed_key($key: &Key) -> <Self as models::support::Entity>::Key {
                $typed_key
            }

            fn pending(made: Made) -> Option<Pending<Self>> {
                match made {
                    Made::$Entity(pending) => Some(pending),
                    _ => None,
                }
            }

            fn told(who: &Who, unit: &Unit) -> Ref<Self> {
                match who {
                    Who::Copy(row) => Ref::from(&Self::typed(row)),
                    Who::Key(key) => Self::typed_key(key).into(),
                    Who::Pending(place) => unit.pending(*place),
                    Who::Astray => unit.of_another(),
                }
            }
        }
    )+};
}

entities! {
    Club {
        new: |new, _unit| NewClub { name: need(&new[1]), size: may(&new[2]) },
        patch: |patch| ClubPatch { name: change(patch[1].as_ref()), size: change(patch[2].as_ref()) },
        key: |key| i32::held(&key[0]),
    }
    Member {
        new: |new, unit| NewMember {
            name: need(&new[1]),
            rank: may(&new[2]),
            club_id: unit.reference(&new[3]),
            mentor_id: unit.reference(&new[4]),
        },
        patch: |patch| MemberPatch {
            name: change(patch[1].as_ref()),
            rank: change(patch[2].as_ref()),
            club_id: change(patch[3].as_ref()),
            mentor_id: change(patch[4].as_ref()),
        },
        key: |key| i32::held(&key[0]),
    }
    Flag {
        new: |new, unit| NewFlag {
            code: need(&new[0]),
            club_id: unit.reference(&new[1]),
            color: both(&new[2]),
        },
        patch: |patch| FlagPatch { club_id: change(patch[1].as_ref()), color: change(patch[2].as_ref()) },
        key: |key| String::held(&key[0]),
    }
    Room {
        new: |new, unit| NewRoom {
            floor: need(&new[0]),
            number: need(&new[1]),
            title: may(&new[2]),
            club_id: unit.reference(&new[3]).expect("a club"),
        },
        patch: |patch| RoomPatch { title: change(patch[2].as_ref()), club_id: change(patch[3].as_ref()) },
        key: |key| (i32::held(&key[0]), i32::held(&key[1])),
    }
    Card {
        new: |new, unit| NewCard {
            member_id: unit.reference(&new[1]).expect("a member"),
            floor: may(&new[2]),
            number: may(&new[3]),
        },
        patch: |patch| CardPatch {
            member_id: change(patch[1].as_ref()),
            floor: change(patch[2].as_ref()),
            number: change(patch[3].as_ref()),
        },
        key: |key| i32::held(&key[0]),
    }
}

macro_rules! links {
    ($($Link:ident {
        payload: |$payload:ident| $new:expr,
        patch: |$patch:ident| $changes:expr,
        key: |$key:ident| $typed_key:expr $(,)?
    })+) => {$(
        impl TypedLink for models::$Link {
            fn payload($payload: &Payload) -> Self::New {
                $new
            }

            fn changes($patch: &Patch) -> Self::Patch {
                $changes
            }

            fn link_key($key: &Key) -> <Self as models::support::Link>::Key {
                $typed_key
            }
        }
    )+};
}

links! {
    Office {
        payload: |new| NewOffice {
            place: change(new[0].as_ref()).expect("a place"),
            title: change(new[1].as_ref()),
        },
        patch: |patch| OfficePatch { place: change(patch[2].as_ref()), title: change(patch[3].as_ref()) },
        key: |key| (i32::held(&key[0]), i32::held(&key[1])),
    }
    Booking {
        payload: |new| NewBooking {
            day: change(new[0].as_ref()).expect("a day"),
            hours: change::<Option<i32>>(new[1].as_ref()).flatten(),
        },
        patch: |patch| BookingPatch { hours: change(patch[4].as_ref()) },
        key: |key| {
            let [member, floor, number, day] = [0, 1, 2, 3].map(|place| i32::held(&key[place]));
            (member, floor, number, day)
        },
    }
    Friendship {
        payload: |new| NewFriendship { since: change(new[0].as_ref()) },
        patch: |patch| FriendshipPatch { since: change(patch[2].as_ref()) },
        key: |key| (i32::held(&key[0]), i32::held(&key[1])),
    }
}
