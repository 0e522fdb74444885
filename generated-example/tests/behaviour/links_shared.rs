//! Links whose two ends share a column.

use crate::db::Connection;

use crate::{number, on_both};

/// What the spec of such links becomes.
mod models {
    include!(concat!(env!("OUT_DIR"), "/shared_ends.rs"));
}

use models::{Error, Key, NewKey, NewOpens, NewRoom, Room, UnitOfWork, key, room};

fn on_houses(test: impl Fn(&Connection)) {
    let open = |conn: &Connection| {
        models::configure(conn).unwrap();
        models::create_tables(conn).unwrap();
    };
    on_both(open, test);
}

fn a_room(conn: &Connection, house: i32, number: i32) -> Room {
    Room::insert(conn, NewRoom { house, number }).unwrap()
}

fn a_key(conn: &Connection, house: i32, code: &str) -> Key {
    let code = code.into();
    Key::insert(conn, NewKey { house, code }).unwrap()
}

fn refused<T: std::fmt::Debug>(result: &Result<T, Error>) {
    assert!(
        matches!(result, Err(Error::NotNullViolation { .. })),
        "{result:?}"
    );
}

#[test]
fn rows_of_one_house_are_linked() {
    on_houses(|conn| {
        let (one, two) = (a_room(conn, 1, 7), a_room(conn, 2, 7));
        let (mine, other) = (a_key(conn, 1, "k"), a_key(conn, 2, "k"));
        let new = NewOpens::default;
        assert!(one.keys().add(conn, &mine, new()).unwrap());
        assert!(!mine.rooms().add(conn, &one, new()).unwrap());
        // The keys fit the house of either room, so no foreign key would tell.
        refused(&one.keys().add(conn, &other, new()));
        refused(&other.rooms().add(conn, &one, new()));
        refused(&one.keys().set(conn, [(&mine, new()), (&other, new())]));
        assert_eq!(number(conn, "SELECT count(*) FROM opens"), 1);
        assert!(!one.keys().contains(conn, &other).unwrap());
        assert!(!two.keys().contains(conn, &mine).unwrap());
        assert!(!one.keys().remove(conn, &other).unwrap());
        two.keys().add(conn, &other, new()).unwrap();
        assert_eq!(one.keys().all(conn).unwrap(), [mine.clone()]);
        assert_eq!(one.keys().query().all(conn).unwrap(), [mine.clone()]);
        let loaded = room::KEYS
            .links()
            .load(conn, &[two.clone(), one.clone()])
            .unwrap();
        assert_eq!((&loaded[0][0].0, loaded[1][0].1.house), (&other, 1));
        let found = Key::query().filter(key::ROOMS.any(room::HOUSE.eq(2)));
        assert_eq!(found.all(conn).unwrap(), [other.clone()]);
        assert!(one.keys().remove(conn, &mine).unwrap());
        assert_eq!(one.keys().count(conn).unwrap(), 0);
    });
}

#[test]
fn so_are_rooms_of_one_house() {
    on_houses(|conn| {
        let (left, right, far) = (a_room(conn, 1, 1), a_room(conn, 1, 2), a_room(conn, 2, 2));
        assert_eq!(left.near().add_all(conn, [&right, &right]).unwrap(), 1);
        refused(&left.near().add(conn, &far));
        refused(&left.near().add_all(conn, [&right, &far]));
        let mut work = UnitOfWork::new();
        work.link(room::NEAR, &right, [&left]);
        work.link(room::NEAR, &far, [&left]);
        refused(&work.commit(conn));
        assert_eq!(left.near().all(conn).unwrap(), [right.clone()]);
        assert_eq!(right.near().count(conn).unwrap(), 0);
        left.near().set(conn, [&left]).unwrap();
        assert_eq!(
            room::NEAR.load(conn, &[left.clone()]).unwrap()[0],
            [left.clone()]
        );
    });
}
