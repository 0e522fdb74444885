//! Many to one and one to one, from both sides.

use crate::corners::{Lamp, NewLamp, NewRoom, Room};
use crate::lib::{Address, Card, Error, NewAddress, NewSubject, Subject};
use crate::unit::models::{self as units, Anthem, Country, Flag, NewAnthem, NewCountry, NewFlag};
use crate::unit::on_units;
use crate::{book, branch, card, item, loan, on_corners, on_library, reader};

#[test]
fn a_required_many_to_one() {
    on_library(|conn| {
        let books = [book(conn, "1"), book(conn, "2")];
        let items = [item(conn, &books[0], 1), item(conn, &books[1], 1)];
        let cards = [card(conn, "a"), card(conn, "b")];
        let loan = loan(conn, &cards[0], &items[0]);
        assert_eq!(
            loan.card().get(conn).unwrap(),
            cards[0],
            "by a column that is not the primary key"
        );
        assert_eq!(loan.item().get(conn).unwrap(), items[0], "by two columns");
        let moved = loan.card().set(conn, &cards[1]).unwrap();
        assert_eq!(moved.card_number, "b");
        let moved = moved.item().set(conn, &items[1]).unwrap();
        assert_eq!(
            (
                moved.isbn.as_str(),
                moved.item_number,
                moved.card_number.as_str()
            ),
            ("2", 1, "b")
        );
        assert_eq!(items[1].loans().all(conn).unwrap(), [moved.clone()]);

        let unknown = Card {
            number: "x".into(),
            ..cards[0].clone()
        };
        assert!(matches!(
            moved.card().set(conn, &unknown),
            Err(Error::ForeignKeyViolation { .. })
        ));
        moved.clone().delete(conn).unwrap();
        let gone = moved.card().set(conn, &cards[0]);
        assert!(
            matches!(
                gone,
                Err(Error::NotFound {
                    entity: "Loan",
                    key: Some(_)
                })
            ),
            "{gone:?}"
        );
        cards[1].clone().delete(conn).unwrap();
        assert!(matches!(
            moved.card().get(conn),
            Err(Error::NotFound { entity: "Card", .. })
        ));
    });
}

#[test]
fn a_nullable_many_to_one() {
    on_library(|conn| {
        let book = book(conn, "1");
        let subject = Subject::insert(
            conn,
            NewSubject {
                name: "Art".into(),
                parent_id: None,
            },
        )
        .unwrap();
        assert_eq!(book.subject().get(conn).unwrap(), None);
        let shelved = book.subject().set(conn, Some(&subject)).unwrap();
        assert_eq!(shelved.subject_id, Some(subject.id));
        assert_eq!(shelved.subject().get(conn).unwrap(), Some(subject.clone()));
        assert_eq!(
            book.subject().get(conn).unwrap(),
            None,
            "the row in hand says so"
        );
        assert_eq!(subject.books().all(conn).unwrap(), [shelved.clone()]);
        let loose = shelved.subject().set(conn, None).unwrap();
        assert_eq!(loose.subject_id, None);

        let item = item(conn, &book, 1);
        let north = branch(conn, "N");
        let there = item.branch().set(conn, Some(&north)).unwrap();
        assert_eq!(there.branch().get(conn).unwrap(), Some(north.clone()));
        assert_eq!(there.book().get(conn).unwrap().isbn, "1");
        north.delete(conn).unwrap();
        assert_eq!(
            there.branch().get(conn).unwrap(),
            None,
            "it went, and the row in hand is old"
        );
    });
}

#[test]
fn a_nullable_one_to_one_releases_the_former_holder() {
    on_library(|conn| {
        let (ann, bob) = (reader(conn, "Ann"), reader(conn, "Bob"));
        let (first, second) = (card(conn, "1"), card(conn, "2"));
        assert_eq!(ann.card().get(conn).unwrap(), None);
        let given = ann.card().set(conn, Some(&first)).unwrap().unwrap();
        assert_eq!(given.reader_id, Some(ann.id));
        assert_eq!(ann.card().get(conn).unwrap(), Some(given.clone()));
        assert_eq!(given.reader().get(conn).unwrap(), Some(ann.clone()));

        // Another card for Ann: hers goes to the drawer.
        ann.card().set(conn, Some(&second)).unwrap();
        assert_eq!(Card::get(conn, first.id).unwrap().reader_id, None);
        // Her card for Bob, said from the card's side, while Bob has one.
        bob.card().set(conn, Some(&first)).unwrap();
        let second = Card::get(conn, second.id).unwrap();
        let second = second.reader().set(conn, Some(&bob)).unwrap();
        assert_eq!(second.reader_id, Some(bob.id));
        assert_eq!(Card::get(conn, first.id).unwrap().reader_id, None);
        assert_eq!(ann.card().get(conn).unwrap(), None);
        // Again the same, from both sides.
        assert_eq!(second.reader().set(conn, Some(&bob)).unwrap(), second);
        assert_eq!(
            bob.card().set(conn, Some(&second)).unwrap(),
            Some(second.clone())
        );
        assert_eq!(second.reader().set(conn, None).unwrap().reader_id, None);
        bob.card().set(conn, Some(&second)).unwrap();
        assert_eq!(bob.card().set(conn, None).unwrap(), None);
        assert_eq!(
            Card::query()
                .filter(crate::lib::card::READER_ID.is_null())
                .count(conn)
                .unwrap(),
            2
        );
    });
}

#[test]
fn a_set_of_one_to_one_that_fails_releases_nobody() {
    on_library(|conn| {
        let (ann, first, second) = (reader(conn, "Ann"), card(conn, "1"), card(conn, "2"));
        ann.card().set(conn, Some(&first)).unwrap();
        second.clone().delete(conn).unwrap();
        let gone = ann.card().set(conn, Some(&second));
        assert!(
            matches!(gone, Err(Error::NotFound { entity: "Card", .. })),
            "{gone:?}"
        );
        let gone = second.reader().set(conn, Some(&ann));
        assert!(
            matches!(gone, Err(Error::NotFound { entity: "Card", .. })),
            "{gone:?}"
        );
        assert_eq!(ann.card().get(conn).unwrap().unwrap().id, first.id);
        let ghost = reader(conn, "Ghost");
        ghost.clone().delete(conn).unwrap();
        let gone = ghost.card().set(conn, Some(&first));
        assert!(
            matches!(gone, Err(Error::ForeignKeyViolation { .. })),
            "{gone:?}"
        );
        assert_eq!(ann.card().get(conn).unwrap().unwrap().id, first.id);
    });
}

#[test]
fn a_required_one_to_one_has_one_holder() {
    on_library(|conn| {
        let (ann, bob) = (reader(conn, "Ann"), reader(conn, "Bob"));
        let of = |reader: &crate::lib::Reader, street: &str| {
            let new = NewAddress {
                id: None,
                reader_id: reader.into(),
                street: street.into(),
                town: None,
            };
            Address::insert(conn, new)
        };
        let elm = of(&ann, "Elm").unwrap();
        assert!(matches!(
            of(&ann, "Oak"),
            Err(Error::UniqueViolation { .. })
        ));
        assert_eq!(ann.address().get(conn).unwrap(), Some(elm.clone()));
        assert_eq!(bob.address().get(conn).unwrap(), None);
        assert_eq!(elm.reader().get(conn).unwrap(), ann);
        assert_eq!(
            ann.address().set(conn, &elm).unwrap(),
            elm,
            "it is there already"
        );
        let moved = bob.address().set(conn, &elm).unwrap();
        assert_eq!(
            (moved.reader_id, ann.address().get(conn).unwrap()),
            (bob.id, None)
        );
        let oak = of(&ann, "Oak").unwrap();
        for taken in [bob.address().set(conn, &oak), oak.reader().set(conn, &bob)] {
            match taken {
                Err(Error::UniqueViolation {
                    columns,
                    constraint,
                    ..
                }) => {
                    let name = "uq_addresses_reader_id";
                    let expected = ["addresses.reader_id"];
                    crate::is_key(&columns, constraint.as_deref(), &expected, name);
                }
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(ann.address().get(conn).unwrap(), Some(oak));
    });
}

#[test]
fn a_one_to_one_over_two_columns() {
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
        let lamps = [(); 2].map(|()| {
            Lamp::insert(
                conn,
                NewLamp {
                    house: None,
                    number: None,
                },
            )
            .unwrap()
        });
        let lamp = rooms[0].lamp().set(conn, Some(&lamps[0])).unwrap().unwrap();
        assert_eq!((lamp.house.as_deref(), lamp.number), (Some("h"), Some(1)));
        let lamp = lamp.room().set(conn, Some(&rooms[1])).unwrap();
        rooms[0].lamp().set(conn, Some(&lamps[1])).unwrap();
        let lamp = lamp.room().set(conn, Some(&rooms[0])).unwrap();
        assert_eq!(rooms[0].lamp().get(conn).unwrap(), Some(lamp.clone()));
        assert_eq!(rooms[1].lamp().get(conn).unwrap(), None);
        let other = Lamp::get(conn, lamps[1].id).unwrap();
        assert_eq!(other.room().get(conn).unwrap(), None);
        let dark = lamp.room().set(conn, None).unwrap();
        assert_eq!((dark.house, dark.number), (None, None));
    });
}

#[test]
fn one_to_one_by_a_column_that_is_not_the_primary_key() {
    on_units(|conn| {
        let [ch, fr, gone] = ["ch", "fr", "xx"].map(|code| {
            let new = NewCountry { code: code.into() };
            Country::insert(conn, new).unwrap()
        });
        gone.clone().delete(conn).unwrap();
        let flags = [(); 2].map(|()| {
            let new = NewFlag::default();
            Flag::insert(conn, new).unwrap()
        });
        let flag = ch.flag().set(conn, Some(&flags[0])).unwrap().unwrap();
        assert_eq!(flag.country_code.as_deref(), Some("ch"));
        let flag = flag.country().set(conn, Some(&fr)).unwrap();
        assert_eq!(fr.flag().get(conn).unwrap(), Some(flag.clone()));
        let second = flags[1].country().set(conn, Some(&fr)).unwrap();
        assert_eq!(Flag::get(conn, flag.id).unwrap(), flags[0], "it lost it");
        assert_eq!(second.country().get(conn).unwrap(), Some(fr.clone()));
        let refused = gone.flag().set(conn, Some(&second));
        assert!(
            matches!(refused, Err(units::Error::ForeignKeyViolation { .. })),
            "{refused:?}"
        );
        let refused = second.country().set(conn, Some(&gone));
        assert!(
            matches!(refused, Err(units::Error::ForeignKeyViolation { .. })),
            "{refused:?}"
        );
        assert_eq!(fr.flag().get(conn).unwrap(), Some(second));
        assert_eq!(fr.flag().set(conn, None).unwrap(), None);
        assert_eq!(fr.flag().get(conn).unwrap(), None);

        let anthem = |code: &str| {
            let country_code = code.into();
            Anthem::insert(conn, NewAnthem { country_code }).unwrap()
        };
        let (of_ch, of_fr) = (anthem("ch"), anthem("fr"));
        assert_eq!(fr.anthem().get(conn).unwrap(), Some(of_fr.clone()));
        for refused in [
            fr.anthem().set(conn, &of_ch),
            of_ch.country().set(conn, &fr),
        ] {
            assert!(
                matches!(refused, Err(units::Error::UniqueViolation { .. })),
                "{refused:?}"
            );
        }
        of_fr.delete(conn).unwrap();
        let moved = fr.anthem().set(conn, &of_ch).unwrap();
        assert_eq!(moved.country().get(conn).unwrap(), fr);
        assert_eq!(ch.anthem().get(conn).unwrap(), None);
    });
}
