//! Data at random, the same in every run.

use crate::db::{self, Connection};

use crate::corners::{
    Bed, DayKey, Lamp, Left, Line, NewBed, NewDayKey, NewLamp, NewLeft, NewLine, NewNote, NewOrder,
    NewRight, NewRoom, Note, Order, Right, Room,
};
use crate::lib::{self, Address, Author, Book, Branch, Card, Event, Item, Loan, Reader, Subject};
use crate::{branch, corners, decimal, new_book};

/// Numbers of Marsaglia's xorshift.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) % end
    }

    /// Once in `times`, by chance.
    pub fn once_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[usize::try_from(self.below(from.len() as u64)).unwrap()]
    }

    /// Each of `from`, once in `times`.
    pub fn some<'a, T>(&mut self, from: &'a [T], times: u64) -> Vec<&'a T> {
        from.iter().filter(|_| self.once_in(times)).collect()
    }

    /// `from` in another order.
    pub fn shuffled<T>(&mut self, from: impl IntoIterator<Item = T>) -> Vec<T> {
        let mut keyed: Vec<(u64, T)> = from
            .into_iter()
            .map(|item| (self.below(1 << 40), item))
            .collect();
        keyed.sort_by_key(|(place, _)| *place);
        keyed.into_iter().map(|(_, item)| item).collect()
    }
}

/// Runs `test` on an empty library in memory.
pub fn in_library(test: impl FnOnce(&Connection)) {
    let open = |conn: &Connection| {
        lib::configure(conn).unwrap();
        lib::create_tables(conn).unwrap();
    };
    db::on_one(open, test);
}

/// Runs `test` on the empty tables of the corners in memory.
pub fn in_corners(test: impl FnOnce(&Connection)) {
    let open = |conn: &Connection| {
        corners::configure(conn).unwrap();
        corners::create_tables(conn).unwrap();
    };
    db::on_one(open, test);
}

/// Fills the library: rows in no order of their keys, some related to none, to one, to many. The same for a seed, but
/// for the moments that the database writes.
pub fn fill_library(conn: &Connection, seed: u64) {
    let random = &mut Random::new(seed);
    let branches = ["w", "S", "ä", "N", "Z"].map(|code| branch(conn, code));
    let books = books(conn, random);
    let items = items(conn, random, &books[1..], &branches[..4]);
    let readers = readers(conn, random);
    let cards = cards(conn, random, &readers);
    for _ in 0..40 {
        let item = random.pick(&items[4..]);
        let day = 1 + u32::try_from(random.below(9)).unwrap();
        let new = lib::NewLoan {
            card_number: random.pick(&cards[1..]).number.clone(),
            isbn: item.isbn.clone(),
            item_number: item.number,
            due: chrono::NaiveDate::from_ymd_opt(2026, 12, day).unwrap(),
            returned: None,
            fine: Some(rust_decimal::Decimal::from(random.below(3))),
        };
        Loan::insert(conn, new).unwrap();
    }
    let day = chrono::NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
    for (hour, title) in (0..8).zip(["Play", "Talk"].into_iter().cycle()) {
        let new = lib::NewEvent {
            title: title.into(),
            starts: day.and_hms_opt(hour, 0, 0).unwrap(),
            branch_code: random.pick(&branches[1..]).into(),
            public: Some(random.once_in(2)),
        };
        let event = Event::insert(conn, new).unwrap();
        let guests = random.some(&readers[1..], 4);
        event.guests().add_all(conn, guests).unwrap();
    }
    for card in &cards {
        let open = random.some(&branches[..4], 3);
        card.branches().add_all(conn, open).unwrap();
    }
    for item in &items {
        let waiting = random.some(&readers[1..], 5);
        item.reserved_by().add_all(conn, waiting).unwrap();
    }
}

/// Books with their subjects and authors.
fn books(conn: &Connection, random: &mut Random) -> Vec<Book> {
    let subjects = ["Art", "Law", "Sea", "War"].map(|name| {
        let new = lib::NewSubject {
            name: name.into(),
            parent_id: None,
        };
        Subject::insert(conn, new).unwrap()
    });
    let authors = ["Ann", "Ben", "Cid", "Dot", "Eve", "Fay"].map(|name| {
        let year = 1900 + i32::try_from(random.below(3)).unwrap();
        let born = chrono::NaiveDate::from_ymd_opt(year, 1, 1);
        let new = lib::NewAuthor {
            name: name.into(),
            born: if random.once_in(3) { None } else { born },
        };
        Author::insert(conn, new).unwrap()
    });
    let isbns = ["9", "10", "b", "B", "ß", "2", "1", "", "x'", "\u{1f980}"];
    let mut books = Vec::new();
    for isbn in random.shuffled(isbns) {
        let new = lib::NewBook {
            pages: 1 + i16::try_from(random.below(4)).unwrap(),
            price: decimal("2.50") * rust_decimal::Decimal::from(random.below(4)),
            rating: (!random.once_in(3)).then_some(4.5),
            subject_id: (!random.once_in(3)).then(|| random.pick(&subjects[1..]).into()),
            ..new_book(isbn, &format!("t{}", random.below(4)))
        };
        let book = Book::insert(conn, new).unwrap();
        let by = random.some(&authors[1..], 3);
        book.authors().add_all(conn, by).unwrap();
        books.push(book);
    }
    books
}

fn items(conn: &Connection, random: &mut Random, of: &[Book], at: &[Branch]) -> Vec<Item> {
    let mut items = Vec::new();
    for book in of {
        let numbers = random.shuffled([300, -1, 2, 1]);
        for number in numbers.into_iter().skip(usize::from(random.once_in(2))) {
            let new = lib::NewItem {
                isbn: book.into(),
                number,
                acquired: None,
                damaged: Some(random.once_in(3)),
                branch_code: (!random.once_in(4)).then(|| random.pick(at).into()),
            };
            items.push(Item::insert(conn, new).unwrap());
        }
    }
    items
}

/// Readers, some of them with an address.
fn readers(conn: &Connection, random: &mut Random) -> Vec<Reader> {
    let mut readers = Vec::new();
    for (place, name) in ["Gus", "Hal", "Ida", "Jo", "Kay", "Lee", "Mo"]
        .into_iter()
        .enumerate()
    {
        let new = lib::NewReader {
            id: Some(uuid::Uuid::from_u128(
                u128::from(random.below(1 << 48)) << 80,
            )),
            name: name.into(),
            email: None,
            joined: None,
            points: None,
            note: None,
        };
        let reader = Reader::insert(conn, new).unwrap();
        if (2..6).contains(&place) {
            let new = lib::NewAddress {
                id: Some(uuid::Uuid::from_u128(random.below(1 << 48).into())),
                reader_id: (&reader).into(),
                street: (*random.pick(&["Elm", "Oak"])).into(),
                town: None,
            };
            Address::insert(conn, new).unwrap();
        }
        readers.push(reader);
    }
    readers
}

fn cards(conn: &Connection, random: &mut Random, of: &[Reader]) -> Vec<Card> {
    let numbers = random.shuffled(["c9", "c10", "c1", "c2", "c3", "c4"]);
    let mut cards = Vec::new();
    for (place, number) in numbers.into_iter().enumerate() {
        let new = lib::NewCard {
            number: number.into(),
            chip: vec![0, 1, 254, u8::from(random.once_in(2))],
            reader_id: (place % 3 > 0).then(|| (&of[place]).into()),
        };
        cards.push(Card::insert(conn, new).unwrap());
    }
    cards
}

/// Fills the corners with keys of several columns, nullable in part, at either end of relationships.
pub fn fill_corners(conn: &Connection, seed: u64) {
    let random = &mut Random::new(seed);
    let mut lefts = Vec::new();
    for (a, b) in random.shuffled([
        ("", ""),
        ("", "x"),
        ("\0", ""),
        ("\0\0", "\""),
        ("ÿ", "B"),
        ("ÿ", "b"),
    ]) {
        let new = NewLeft {
            a: a.into(),
            b: b.into(),
        };
        lefts.push(Left::insert(conn, new).unwrap());
    }
    let mut rights = Vec::new();
    for (c, d) in random.shuffled([
        (i64::MIN, 7),
        (-1, 7),
        (i64::MAX, 7),
        (0, 0),
        (5, u128::MAX),
        (5, 1 << 120),
    ]) {
        let d = uuid::Uuid::from_u128(d);
        rights.push(Right::insert(conn, NewRight { c, d }).unwrap());
    }
    for left in &lefts[1..] {
        left.rights()
            .add_all(conn, random.some(&rights[1..], 3))
            .unwrap();
    }
    for _ in 0..6 {
        let order = Order::insert(conn, NewOrder {}).unwrap();
        for position in random
            .shuffled([10, -3, 7])
            .into_iter()
            .take(usize::try_from(random.below(4)).unwrap())
        {
            let new = NewLine {
                order_id: (&order).into(),
                position,
                what: (*random.pick(&["pen", "ink"])).into(),
            };
            Line::insert(conn, new).unwrap();
        }
    }
    let mut rooms = Vec::new();
    for (house, number) in random.shuffled([("a", 2), ("a", 10), ("B", 1), ("", -1), ("ä", 1)]) {
        let new = NewRoom {
            house: house.into(),
            number,
        };
        rooms.push(Room::insert(conn, new).unwrap());
    }
    for _ in 0..12 {
        let room = random.pick(&rooms[1..]);
        let new = NewBed {
            house: room.house.clone(),
            number: (!random.once_in(3)).then_some(room.number),
        };
        Bed::insert(conn, new).unwrap();
    }
    for (place, room) in rooms[1..].iter().enumerate() {
        let new = NewLamp {
            house: (place != 1).then(|| room.house.clone()),
            number: (place != 2).then_some(room.number),
        };
        Lamp::insert(conn, new).unwrap();
    }
    let days: Vec<DayKey> = (random.shuffled(1..5).into_iter())
        .map(|day| chrono::NaiveDate::from_ymd_opt(2026, 1, day).unwrap())
        .map(|day| DayKey::insert(conn, NewDayKey { day }).unwrap())
        .collect();
    for _ in 0..8 {
        let day = (!random.once_in(3)).then(|| random.pick(&days[1..]).into());
        Note::insert(conn, NewNote { day }).unwrap();
    }
}
