//! What `specs/reference.yaml` says, once more: tables, keys, actions and relationships, as data.

/// A value of a column. NULL sorts first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    Null,
    Int(i32),
    Text(String),
}

/// The values of a row, column for column.
pub type Row = Vec<Value>;
/// Some values of a row, mostly its key.
pub type Key = Vec<Value>;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    Club,
    Member,
    Flag,
    Room,
    Card,
    Waving,
    Office,
    Booking,
    Follow,
    Friendship,
}

use Table::{Booking, Card, Club, Flag, Follow, Friendship, Member, Office, Room, Waving};

pub const ENTITIES: [Table; 5] = [Club, Member, Flag, Room, Card];
pub const LINKS: [Table; 5] = [Waving, Office, Booking, Follow, Friendship];

/// What becomes of a row when the one goes that it refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    Refuse,
    Cascade,
    SetNull,
}

/// A foreign key, which is to a primary key here.
#[derive(Clone, Copy, Debug)]
pub struct Foreign {
    pub columns: &'static [usize],
    pub to: Table,
    pub action: Action,
}

/// What the columns of a table are.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    pub name: &'static str,
    pub width: usize,
    pub key: &'static [usize],
    /// Whether the database makes the key.
    pub counted: bool,
    /// Unique keys besides.
    pub unique: &'static [&'static [usize]],
    /// The columns that have to be less than three.
    pub below_three: &'static [usize],
    pub nullable: &'static [usize],
    pub foreign: &'static [Foreign],
    pub version: Option<usize>,
    /// Of what depends on others more.
    pub rank: usize,
}

/// Its columns, the table that it refers to, its action.
macro_rules! foreign {
    ($columns:expr, $to:expr, $action:expr) => {
        Foreign {
            columns: &$columns,
            to: $to,
            action: $action,
        }
    };
}

const PLAIN: Shape = Shape {
    name: "",
    width: 0,
    key: &[0],
    counted: false,
    unique: &[],
    below_three: &[],
    nullable: &[],
    foreign: &[],
    version: None,
    rank: 0,
};

impl Table {
    pub const fn shape(self) -> Shape {
        match self {
            Club | Member | Flag | Room | Card => self.entity(),
            _ => self.secondary(),
        }
    }

    const fn entity(self) -> Shape {
        use Action::{Cascade, Refuse, SetNull};
        match self {
            // id, name, size
            Club => Shape {
                name: "clubs",
                width: 3,
                counted: true,
                unique: &[&[1]],
                below_three: &[2],
                ..PLAIN
            },
            // id, name, rank, club_id, mentor_id, revision
            Member => Shape {
                name: "members",
                width: 6,
                counted: true,
                unique: &[&[1]],
                below_three: &[2],
                nullable: &[2, 3, 4],
                foreign: &[
                    foreign!([3], Club, SetNull),
                    foreign!([4], Self::Member, SetNull),
                ],
                version: Some(5),
                rank: 1,
                ..PLAIN
            },
            // code, club_id, color, revision
            Flag => Shape {
                name: "flags",
                width: 4,
                unique: &[&[1]],
                nullable: &[1, 2],
                foreign: &[foreign!([1], Club, Refuse)],
                version: Some(3),
                rank: 1,
                ..PLAIN
            },
            // floor, number, title, club_id
            Room => Shape {
                name: "rooms",
                width: 4,
                key: &[0, 1],
                unique: &[&[0, 2]],
                nullable: &[2],
                foreign: &[foreign!([3], Club, Cascade)],
                rank: 1,
                ..PLAIN
            },
            // id, member_id, floor, number
            _ => Shape {
                name: "cards",
                width: 4,
                counted: true,
                unique: &[&[1]],
                nullable: &[2, 3],
                foreign: &[
                    foreign!([1], Member, Refuse),
                    foreign!([2, 3], Room, Refuse),
                ],
                rank: 2,
                ..PLAIN
            },
        }
    }

    const fn secondary(self) -> Shape {
        use Action::{Cascade, Refuse};
        match self {
            // member_id, flag_code
            Waving => Shape {
                name: "waving",
                width: 2,
                key: &[0, 1],
                foreign: &[foreign!([0], Member, Cascade), foreign!([1], Flag, Cascade)],
                ..PLAIN
            },
            // club_id, member_id, place, title
            Office => Shape {
                name: "office",
                width: 4,
                key: &[0, 1],
                unique: &[&[0, 2]],
                below_three: &[2],
                foreign: &[foreign!([0], Club, Refuse), foreign!([1], Member, Cascade)],
                ..PLAIN
            },
            // member_id, floor, number, day, hours
            Booking => Shape {
                name: "booking",
                width: 5,
                key: &[0, 1, 2, 3],
                nullable: &[4],
                foreign: &[
                    foreign!([0], Member, Cascade),
                    foreign!([1, 2], Room, Cascade),
                ],
                ..PLAIN
            },
            // follower_id, followed_id
            Follow => Shape {
                name: "follow",
                width: 2,
                key: &[0, 1],
                foreign: &[
                    foreign!([0], Member, Cascade),
                    foreign!([1], Member, Cascade),
                ],
                ..PLAIN
            },
            // one_id, other_id, since
            _ => Shape {
                name: "friendship",
                width: 3,
                key: &[0, 1],
                foreign: &[
                    foreign!([0], Member, Cascade),
                    foreign!([1], Member, Cascade),
                ],
                ..PLAIN
            },
        }
    }

    pub fn key(self, row: &[Value]) -> Key {
        pick(row, self.shape().key)
    }

    /// What a column has that is not given.
    pub fn default(self, column: usize) -> Option<Value> {
        match (self, column) {
            (Club | Friendship, 2) => Some(Value::Int(1)),
            (Flag, 2) => Some(Value::Text("red".into())),
            (Office, 3) => Some(Value::Text("none".into())),
            _ => None,
        }
    }

    /// The columns that `upsert_by_…` goes by, of each of these.
    pub const fn upserts(self) -> &'static [&'static [usize]] {
        match self {
            Club | Member | Card => &[&[1]],
            Flag => &[&[0], &[1]],
            Room => &[&[0, 1], &[0, 2]],
            _ => &[],
        }
    }
}

pub fn pick(row: &[Value], columns: &[usize]) -> Key {
    columns.iter().map(|&column| row[column].clone()).collect()
}

/// The relationships, named by their source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rel {
    ClubMembers,
    ClubRooms,
    ClubFlag,
    ClubHolders,
    MemberClub,
    MemberMentor,
    MemberPupils,
    MemberCard,
    MemberFlags,
    MemberOffices,
    MemberRooms,
    MemberFollowing,
    MemberFollowers,
    MemberFriends,
    FlagClub,
    FlagWavers,
    RoomClub,
    RoomCards,
    RoomGuests,
    CardMember,
    CardRoom,
}

/// To many, links being bare.
pub const BARE: [Rel; 8] = [
    Rel::ClubMembers,
    Rel::MemberPupils,
    Rel::MemberFlags,
    Rel::MemberFollowing,
    Rel::MemberFollowers,
    Rel::FlagWavers,
    Rel::RoomCards,
    Rel::ClubRooms,
];
/// To many, links having payload.
pub const LADEN: [Rel; 5] = [
    Rel::ClubHolders,
    Rel::MemberOffices,
    Rel::MemberRooms,
    Rel::RoomGuests,
    Rel::MemberFriends,
];
pub const TO_ONE: [Rel; 8] = [
    Rel::MemberClub,
    Rel::MemberMentor,
    Rel::MemberCard,
    Rel::ClubFlag,
    Rel::FlagClub,
    Rel::RoomClub,
    Rel::CardMember,
    Rel::CardRoom,
];

/// Where a relationship's keys are.
#[derive(Clone, Copy, Debug)]
pub enum Holder {
    /// The source has this foreign key.
    Source(usize),
    /// The target has it.
    Target(usize),
    /// A secondary has one to the source and one to the target.
    Link(Table, usize, usize),
}

/// What a relationship sorts by: a column, of the link or else of the target, downwards or not.
#[derive(Clone, Copy, Debug)]
pub struct Order {
    pub column: usize,
    pub of_link: bool,
    pub down: bool,
}

impl Rel {
    pub const fn source(self) -> Table {
        use Rel::{
            CardMember, CardRoom, ClubFlag, ClubHolders, ClubMembers, ClubRooms, FlagClub,
            FlagWavers, RoomCards, RoomClub, RoomGuests,
        };
        match self {
            ClubMembers | ClubRooms | ClubFlag | ClubHolders => Club,
            FlagClub | FlagWavers => Flag,
            RoomClub | RoomCards | RoomGuests => Room,
            CardMember | CardRoom => Card,
            _ => Member,
        }
    }

    pub const fn holder(self) -> Holder {
        match self {
            Self::ClubMembers | Self::ClubRooms | Self::ClubFlag | Self::MemberCard => {
                Holder::Target(0)
            }
            Self::MemberPupils | Self::RoomCards => Holder::Target(1),
            Self::MemberClub | Self::FlagClub | Self::RoomClub | Self::CardMember => {
                Holder::Source(0)
            }
            Self::MemberMentor | Self::CardRoom => Holder::Source(1),
            Self::ClubHolders => Holder::Link(Office, 0, 1),
            Self::MemberOffices => Holder::Link(Office, 1, 0),
            Self::MemberFlags => Holder::Link(Waving, 0, 1),
            Self::FlagWavers => Holder::Link(Waving, 1, 0),
            Self::MemberRooms => Holder::Link(Booking, 0, 1),
            Self::RoomGuests => Holder::Link(Booking, 1, 0),
            Self::MemberFollowing => Holder::Link(Follow, 0, 1),
            Self::MemberFollowers => Holder::Link(Follow, 1, 0),
            Self::MemberFriends => Holder::Link(Friendship, 0, 1),
        }
    }

    pub const fn target(self) -> Table {
        match self.holder() {
            Holder::Source(foreign) => self.source().shape().foreign[foreign].to,
            Holder::Link(table, _, to) => table.shape().foreign[to].to,
            Holder::Target(_) => match self {
                Self::ClubRooms => Room,
                Self::ClubFlag => Flag,
                Self::MemberCard | Self::RoomCards => Card,
                _ => Member,
            },
        }
    }

    /// What it says of its order; the target's key decides at last.
    pub const fn order(self) -> &'static [Order] {
        macro_rules! by {
            ($column:expr, $of_link:expr, $down:expr) => {
                Order {
                    column: $column,
                    of_link: $of_link,
                    down: $down,
                }
            };
        }
        match self {
            Self::ClubMembers => &[by!(2, false, true)],
            Self::ClubHolders => &[by!(2, true, false)],
            Self::MemberRooms => &[by!(3, true, true), by!(0, false, false)],
            _ => &[],
        }
    }
}
