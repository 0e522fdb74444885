//! One to many: foreign keys that may be NULL and that may not, of one column and of several.

use crate::corners::{Bed, Line, LinePatch, NewBed, NewLine, NewOrder, NewRoom, Order, Room};
use crate::db;
use crate::lib::{Error, Item};
use crate::unit::models::{self as units, City, Country, Language, NewCity, NewPort, Port};
use crate::unit::on_units;
use crate::{book, branch, card, corners, item, loan, on_corners, on_library};

#[test]
fn a_nullable_key_is_given_and_taken() {
    on_library(|conn| {
        let book = book(conn, "1");
        let items: Vec<Item> = (1..=4).map(|number| item(conn, &book, number)).collect();
        let (north, south) = (branch(conn, "N"), branch(conn, "S"));
        let numbers = |branch: &crate::lib::Branch| -> Vec<i16> {
            branch
                .items()
                .all(conn)
                .unwrap()
                .into_iter()
                .map(|item| item.number)
                .collect()
        };
        assert!(north.items().add(conn, &items[2]).unwrap());
        assert!(!north.items().add(conn, &items[2]).unwrap(), "it was there");
        assert_eq!(
            north
                .items()
                .add_all(conn, [&items[0], &items[2], &items[0]])
                .unwrap(),
            1
        );
        assert_eq!(numbers(&north), [1, 3], "by key");
        assert_eq!(
            (
                north.items().count(conn).unwrap(),
                south.items().count(conn).unwrap()
            ),
            (2, 0)
        );
        assert!(north.items().contains(conn, &items[0]).unwrap());
        assert!(!north.items().contains(conn, &items[1]).unwrap());

        // It moves from the one to the other.
        assert!(south.items().add(conn, &items[0]).unwrap());
        assert_eq!((numbers(&north), numbers(&south)), (vec![3], vec![1]));
        assert!(
            !north.items().remove(conn, &items[0]).unwrap(),
            "it is the other's"
        );
        assert!(south.items().remove(conn, &items[0]).unwrap());
        assert_eq!(Item::get(conn, ("1".into(), 1)).unwrap().branch_code, None);

        south.items().set(conn, &items[2..]).unwrap();
        assert_eq!((numbers(&north), numbers(&south)), (vec![], vec![3, 4]));
        let changes = crate::db::changes(conn);
        south.items().set(conn, &items[2..]).unwrap();
        assert_eq!(
            crate::db::changes(conn),
            changes,
            "what stays is left alone"
        );
        south
            .items()
            .set(conn, [&items[0], &items[3], &items[0]])
            .unwrap();
        assert_eq!(numbers(&south), [1, 4]);
        assert_eq!(south.items().clear(conn).unwrap(), 2);
        assert_eq!(south.items().clear(conn).unwrap(), 0);
        assert_eq!(Item::query().count(conn).unwrap(), 4);
    });
}

#[test]
fn a_missing_row_is_not_found_and_nothing_changes() {
    on_library(|conn| {
        let book = book(conn, "1");
        let items: Vec<Item> = (1..=3).map(|number| item(conn, &book, number)).collect();
        let north = branch(conn, "N");
        north.items().add(conn, &items[0]).unwrap();
        items[2].clone().delete(conn).unwrap();
        let results = [
            north.items().add(conn, &items[2]).map(|_| ()),
            north.items().add_all(conn, &items).map(|_| ()),
            north.items().set(conn, &items[1..]),
        ];
        for result in results {
            assert!(
                matches!(result, Err(Error::NotFound { entity: "Item", .. })),
                "{result:?}"
            );
        }
        assert_eq!(north.items().all(conn).unwrap().len(), 1);
        assert!(north.items().contains(conn, &items[0]).unwrap());
        assert!(!north.items().remove(conn, &items[2]).unwrap());
        north.clone().delete(conn).unwrap();
        let gone = north.items().add(conn, &items[1]);
        assert!(
            matches!(gone, Err(Error::ForeignKeyViolation { .. })),
            "{gone:?}"
        );
    });
}

#[test]
fn a_required_key_is_given_to_another_row() {
    on_library(|conn| {
        let book = book(conn, "1");
        let (one, two) = (item(conn, &book, 1), item(conn, &book, 2));
        let (first, second) = (card(conn, "c'1"), card(conn, "c2"));
        let loans = [
            loan(conn, &first, &one),
            loan(conn, &first, &two),
            loan(conn, &second, &two),
        ];
        assert_eq!(first.loans().all(conn).unwrap(), loans[..2]);
        assert_eq!(
            two.loans().all(conn).unwrap(),
            loans[1..],
            "over a key of two columns"
        );
        assert!(second.loans().add(conn, &loans[0]).unwrap());
        assert_eq!(second.loans().count(conn).unwrap(), 2);
        assert_eq!(second.loans().add_all(conn, &loans).unwrap(), 1);
        assert_eq!(first.loans().count(conn).unwrap(), 0);
        assert!(one.loans().add(conn, &loans[2]).unwrap());
        assert!(one.loans().contains(conn, &loans[2]).unwrap());
        assert_eq!(
            one.loans()
                .query()
                .filter(crate::lib::loan::RETURNED.is_null())
                .count(conn)
                .unwrap(),
            2
        );
    });
}

#[test]
fn a_hundred_thousand_rows_are_one_parameter() {
    on_corners(|conn| {
        let rooms = [1, 2].map(|number| {
            Room::insert(
                conn,
                NewRoom {
                    house: "h".into(),
                    number,
                },
            )
            .unwrap()
        });
        db::execute(
            conn,
            "INSERT INTO beds (house, number) \
             WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 399) SELECT 'h', NULL FROM n, n AS m WHERE n.i < 250",
        )
        .unwrap();
        let beds = Bed::query().all(conn).unwrap();
        assert_eq!(rooms[0].beds().add_all(conn, &beds).unwrap(), 100_000);
        rooms[1].beds().set(conn, &beds[..99_000]).unwrap();
        assert_eq!(rooms[0].beds().count(conn).unwrap(), 1_000);
    });
}

#[test]
fn a_key_that_is_nullable_in_part_is_released_in_part() {
    on_corners(|conn| {
        let room = Room::insert(
            conn,
            NewRoom {
                house: "h".into(),
                number: 7,
            },
        )
        .unwrap();
        let bed = |house: &str| {
            Bed::insert(
                conn,
                NewBed {
                    house: house.into(),
                    number: None,
                },
            )
            .unwrap()
        };
        let beds = [bed("h"), bed("elsewhere")];
        assert_eq!(room.beds().add_all(conn, &beds).unwrap(), 2);
        assert_eq!(room.beds().all(conn).unwrap().len(), 2);
        assert!(room.beds().remove(conn, &beds[1]).unwrap());
        let released = Bed::get(conn, beds[1].id).unwrap();
        assert_eq!((released.house.as_str(), released.number), ("h", None));
        assert_eq!(released.room().get(conn).unwrap(), None);
        assert_eq!(room.beds().clear(conn).unwrap(), 1);
    });
}

#[test]
fn a_key_that_is_part_of_the_targets_own_key_moves_it() {
    on_corners(|conn| {
        let orders = [(), ()].map(|()| Order::insert(conn, NewOrder::default()).unwrap());
        let line = |order: &Order, position| {
            Line::insert(
                conn,
                NewLine {
                    order_id: order.into(),
                    position,
                    what: position.to_string(),
                },
            )
            .unwrap()
        };
        let lines = [
            line(&orders[0], 1),
            line(&orders[0], 2),
            line(&orders[1], 2),
        ];
        assert!(orders[1].lines().add(conn, &lines[0]).unwrap());
        let moved = Line::get(conn, (orders[1].id, 1)).unwrap();
        assert_eq!(
            (moved.what.as_str(), orders[0].lines().count(conn).unwrap()),
            ("1", 1)
        );
        assert_eq!(
            orders[0]
                .lines()
                .add_all(conn, [&moved, &lines[1]])
                .unwrap(),
            1
        );
        let taken = orders[0].lines().add(conn, &lines[2]);
        assert!(
            matches!(taken, Err(corners::Error::UniqueViolation { .. })),
            "{taken:?}"
        );
        let gone = Line {
            position: 9,
            ..moved
        };
        assert!(matches!(
            orders[1].lines().add(conn, &gone),
            Err(corners::Error::NotFound { .. })
        ));
        let same = lines[1]
            .update(
                conn,
                LinePatch {
                    what: Some("new".into()),
                },
            )
            .unwrap();
        assert_eq!(same.order().get(conn).unwrap(), orders[0]);

        // The other order has a line of the same position, which is not the one that is gone.
        same.delete(conn).unwrap();
        assert!(matches!(
            orders[1].lines().add(conn, &lines[1]),
            Err(corners::Error::NotFound { .. })
        ));
        assert!(!orders[1].lines().add(conn, &lines[2]).unwrap());
    });
}

#[test]
fn rows_are_known_by_a_column_that_is_not_the_primary_key() {
    on_units(|conn| {
        // Numbers that are no country's, so that a key in the place of a code would be told.
        let [ch, fr] = [(70, "ch"), (80, "fr")].map(|(id, code)| {
            let row = Country {
                id,
                code: code.into(),
            };
            Country::insert_row(conn, &row).unwrap();
            row
        });
        let cities = [(); 3].map(|()| City::insert(conn, NewCity::default()).unwrap());
        assert!(ch.cities().add(conn, &cities[0]).unwrap());
        assert_eq!(ch.cities().add_all(conn, &cities[..2]).unwrap(), 1);
        assert!(fr.cities().add(conn, &cities[1]).unwrap());
        assert!(ch.cities().contains(conn, &cities[0]).unwrap());
        assert!(!ch.cities().contains(conn, &cities[1]).unwrap());
        assert!(!ch.cities().remove(conn, &cities[1]).unwrap());
        ch.cities().set(conn, &cities[1..]).unwrap();
        let ids = |country: &Country| -> Vec<i32> {
            let there = country.cities().all(conn).unwrap();
            there.into_iter().map(|city| city.id).collect()
        };
        assert_eq!((ids(&ch), ids(&fr)), (vec![2, 3], vec![]));
        assert_eq!(ch.cities().clear(conn).unwrap(), 2);

        let port = NewPort {
            country_code: "ch".into(),
        };
        let port = Port::insert(conn, port).unwrap();
        assert_eq!(ch.ports().all(conn).unwrap(), [port.clone()]);
        assert!(fr.ports().add(conn, &port).unwrap());
        assert_eq!(ch.ports().add_all(conn, [&port, &port]).unwrap(), 1);
        assert_eq!(
            (
                ch.ports().count(conn).unwrap(),
                fr.ports().count(conn).unwrap()
            ),
            (1, 0)
        );

        let [de, it] = [(700, "de"), (800, "it")].map(|(id, code)| {
            let row = Language {
                id,
                code: code.into(),
            };
            Language::insert_row(conn, &row).unwrap();
            row
        });
        ch.languages().add_all(conn, [&de, &it]).unwrap();
        assert!(!it.countries().add(conn, &ch).unwrap(), "it is there");
        it.countries().set(conn, [&fr]).unwrap();
        assert_eq!(ch.languages().all(conn).unwrap(), [de.clone()]);
        assert!(fr.languages().contains(conn, &it).unwrap());
        assert!(ch.languages().remove(conn, &de).unwrap());
        let unknown = Language {
            code: "xx".into(),
            ..de
        };
        let refused = ch.languages().set(conn, [&it, &unknown]);
        assert!(
            matches!(refused, Err(units::Error::ForeignKeyViolation { .. })),
            "{refused:?}"
        );
        assert_eq!(ch.languages().count(conn).unwrap(), 0);
    });
}
