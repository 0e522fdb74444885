//! A unit of work: updates, deletes, links, and relationships to one, of rows that are stored and rows that are not yet.

use crate::db::Connection;

use crate::unit::models::{
    self, Badge, BadgePatch, City, Country, Desk, Error, Language, NewCity, NewCountry, NewDesk,
    NewLamp, NewLanguage, NewPerson, NewPort, NewProfile, Node, NodePatch, Person, Port, Ref,
    UnitOfWork, country, desk, language, node,
};
use crate::unit::{new_badge, new_node, on_units, rows};
use crate::{card, lib, number, on_library, school, student};

fn new_country(code: &str) -> NewCountry {
    NewCountry { code: code.into() }
}

fn new_language(code: &str) -> NewLanguage {
    NewLanguage { code: code.into() }
}

fn stored_country(conn: &Connection, code: &str) -> Country {
    Country::insert(conn, new_country(code)).unwrap()
}

fn names(conn: &Connection) -> Vec<String> {
    let nodes = Node::query().order_by(node::ID.asc()).all(conn).unwrap();
    nodes.into_iter().map(|node| node.name).collect()
}

fn named(name: &str) -> NodePatch {
    NodePatch {
        name: Some(name.into()),
        ..NodePatch::default()
    }
}

#[test]
fn rows_are_updated_whatever_tells_them() {
    on_units(|conn| {
        let stored = ["a", "b"].map(|name| Node::insert(conn, new_node(name)).unwrap());
        let mut work = UnitOfWork::new();
        let pending = work.insert(new_node("c"));
        work.update(&stored[0], named("by row"));
        work.update(Ref::<Node>::from(stored[1].id), named("by key"));
        work.update(pending, named("pending"));
        // Again, in the order of the calls; and what the patch does not say stays.
        work.update(
            pending,
            NodePatch {
                parent_id: Some(Some(stored[0].id)),
                ..NodePatch::default()
            },
        );
        work.update(pending, named("pending twice"));
        let done = work.commit(conn).unwrap();
        assert_eq!(names(conn), ["by row", "by key", "pending twice"]);
        let pending = Node::get(conn, done.key(pending)).unwrap();
        assert_eq!(pending.parent_id, Some(stored[0].id));
    });
}

#[test]
fn updates_may_swap_what_is_unique_when_they_go_over_a_third() {
    on_units(|conn| {
        let stored = ["a", "b"].map(|name| Node::insert(conn, new_node(name)).unwrap());
        let mut work = UnitOfWork::new();
        work.update(&stored[0], named("third"));
        work.update(&stored[1], named("a"));
        work.update(&stored[0], named("b"));
        work.commit(conn).unwrap();
        assert_eq!(names(conn), ["b", "a"]);
    });
}

#[test]
fn what_refers_is_deleted_before_what_is_referred_to() {
    on_units(|conn| {
        let person = Person::insert(conn, NewPerson { name: "Ada".into() }).unwrap();
        let mut work = UnitOfWork::new();
        let profile = work.insert(NewProfile {
            person_id: (&person).into(),
            text: String::new(),
        });
        let badges = [1, 2].map(|number| work.insert(new_badge(profile.into(), number)));
        let done = work.commit(conn).unwrap();
        let second = Badge::get(conn, done.key(badges[1])).unwrap();

        // The calls in the order that the foreign keys forbid.
        let mut work = UnitOfWork::new();
        work.delete(&person);
        work.delete(Ref::from(&profile_of(conn, &second)));
        work.delete(&second);
        work.delete(Ref::<Badge>::from(done.key(badges[0])));
        // A row that is inserted and deleted, and one that takes a number which a deleted one has until then.
        let short = work.insert(new_node("short"));
        work.delete(short);
        work.update(
            &second,
            BadgePatch {
                number: Some(3),
                ..BadgePatch::default()
            },
        );
        work.commit(conn).unwrap();
        assert_eq!(rows(conn), 0);
    });
}

fn profile_of(conn: &Connection, badge: &Badge) -> models::Profile {
    badge.profile().get(conn).unwrap()
}

#[test]
fn deletes_of_one_table_wait_for_rows_that_refer_to_theirs() {
    on_units(|conn| {
        let mut work = UnitOfWork::new();
        let parent = work.insert(new_node("parent"));
        let child = work.insert(models::NewNode {
            parent_id: Some(parent.into()),
            ..new_node("child")
        });
        let done = work.commit(conn).unwrap();
        let [parent, child] = [parent, child].map(|node| Node::get(conn, done.key(node)).unwrap());
        let mut work = UnitOfWork::new();
        work.delete(&parent);
        let refused = work.commit(conn);
        assert!(
            matches!(refused, Err(Error::ForeignKeyViolation { .. })),
            "{refused:?}"
        );
        assert_eq!(rows(conn), 2);
        let mut work = UnitOfWork::new();
        work.delete(&parent);
        work.delete(&child);
        work.commit(conn).unwrap();
        assert_eq!(rows(conn), 0);
    });
}

#[test]
fn many_to_many_is_linked_and_unlinked_from_both_sides() {
    let on = |conn: &Connection| {
        let (alice, math) = (student(conn, "Alice"), crate::course(conn, "Math"));
        let mut work = school::UnitOfWork::new();
        let bob = work.insert(school::NewStudent { name: "Bob".into() });
        let art = work.insert(school::NewCourse {
            title: "Art".into(),
        });
        work.link(school::student::COURSES, &alice, [&math]);
        work.link(school::student::COURSES, &alice, [art]);
        work.link(school::course::STUDENTS, art, [bob, bob]);
        work.link(school::course::STUDENTS, &math, [alice.id]);
        work.link(school::student::COURSES, bob, Vec::<i32>::new());
        let done = work.commit(conn).unwrap();
        assert_eq!(number(conn, "SELECT count(*) FROM student_course"), 3);
        let art = school::Course::get(conn, done.key(art)).unwrap();
        assert_eq!(alice.courses().all(conn).unwrap(), [math.clone(), art]);

        // In the order of the calls; what is not linked is none the worse.
        let mut work = school::UnitOfWork::new();
        work.unlink(school::student::COURSES, &alice, [&math]);
        work.link(school::student::COURSES, &alice, [&math]);
        work.unlink(school::student::COURSES, done.key(bob), [&math]);
        work.link(school::student::COURSES, done.key(bob), [&math]);
        work.unlink(school::course::STUDENTS, &math, [done.key(bob)]);
        work.commit(conn).unwrap();
        assert_eq!(math.students().all(conn).unwrap(), [alice]);
    };
    crate::on_school(on);
}

#[test]
fn one_to_many_is_linked_and_unlinked() {
    on_library(|conn| {
        let book = crate::book(conn, "1");
        let items: Vec<lib::Item> = (1..=3).map(|n| crate::item(conn, &book, n)).collect();
        let mut work = lib::UnitOfWork::new();
        let north = work.insert(lib::NewBranch {
            code: "N".into(),
            name: "North".into(),
            opens: None,
            closes: None,
        });
        let new = work.insert(lib::NewItem {
            isbn: (&book).into(),
            number: 4,
            acquired: None,
            damaged: None,
            branch_code: None,
        });
        // By rows whose keys have two columns, by a pending one of them, to a key that is a text.
        work.link(lib::branch::ITEMS, north, &items[..2]);
        work.link(lib::branch::ITEMS, "N", [new]);
        work.unlink(lib::branch::ITEMS, north, &items[1..]);
        work.link(lib::branch::ITEMS, "N", [(String::from("1"), 3)]);
        let loan = work.insert(lib::NewLoan {
            card_number: card(conn, "a").number,
            isbn: "1".into(),
            item_number: 1,
            due: chrono::NaiveDate::default(),
            returned: None,
            fine: None,
        });
        // A key that is never NULL, by a column that is not primary; and one of two columns.
        work.link(lib::card::LOANS, &card(conn, "b"), [loan]);
        work.link(lib::item::LOANS, &items[2], [loan]);
        let done = work.commit(conn).unwrap();
        let north = lib::Branch::get(conn, "N".into()).unwrap();
        let numbers = north.items().all(conn).unwrap();
        let numbers: Vec<i16> = numbers.into_iter().map(|item| item.number).collect();
        assert_eq!(numbers, [1, 3, 4]);
        let loan = lib::Loan::get(conn, done.key(loan)).unwrap();
        assert_eq!((loan.card_number.as_str(), loan.item_number), ("b", 3));

        let mut work = lib::UnitOfWork::new();
        let damaged = lib::ItemPatch {
            damaged: Some(true),
            ..lib::ItemPatch::default()
        };
        work.update(lib::Ref::<lib::Item>::from(("1".into(), 2)), damaged);
        work.delete(lib::Ref::<lib::Item>::from(("1".into(), 1)));
        work.set(lib::loan::ITEM, &loan, ("1".into(), 4));
        work.commit(conn).unwrap();
        let left = lib::Item::query().order_by(lib::item::NUMBER.asc());
        let left = left.all(conn).unwrap();
        let left: Vec<(i16, bool)> =
            (left.iter().map(|item| (item.number, item.damaged))).collect();
        assert_eq!(left, [(2, true), (3, false), (4, false)]);
        assert_eq!(lib::Loan::query().one(conn).unwrap().item_number, 4);
    });
}

#[test]
fn two_relationships_of_one_kind_are_told_apart() {
    on_units(|conn| {
        let mut work = UnitOfWork::new();
        let desk = work.insert(NewDesk::default());
        let lamps = [(); 3].map(|()| work.insert(NewLamp::default()));
        work.link(desk::LAMPS, desk, [lamps[0]]);
        work.link(desk::SPARE, desk, [lamps[1]]);
        work.link(desk::SPARE, desk, [lamps[2]]);
        work.unlink(desk::LAMPS, desk, [lamps[2]]);
        let done = work.commit(conn).unwrap();
        let desk = Desk::get(conn, done.key(desk)).unwrap();
        assert_eq!(
            desk.lamps().query().one(conn).unwrap().id,
            done.key(lamps[0])
        );
        assert_eq!(desk.spare().count(conn).unwrap(), 2);
    });
}

#[test]
fn links_by_other_columns_than_the_primary_key() {
    on_units(|conn| {
        let (fr, en) = (stored_country(conn, "fr"), new_language("en"));
        let en = Language::insert(conn, en).unwrap();
        let mut work = UnitOfWork::new();
        let ch = work.insert(new_country("ch"));
        let de = work.insert(new_language("de"));
        let city = work.insert(NewCity { country_code: None });
        let port = work.insert(NewPort {
            country_code: "fr".into(),
        });
        work.link(country::LANGUAGES, ch, [de]);
        work.link(country::LANGUAGES, ch, [&en]);
        work.link(language::COUNTRIES, de, [&fr]);
        work.link(language::COUNTRIES, en.id, [fr.id]);
        work.unlink(language::COUNTRIES, en.id, [ch]);
        work.link(country::CITIES, ch, [city]);
        work.link(country::PORTS, ch, [port]);
        // The columns are those that the row has when its turn comes.
        work.update(
            Ref::<Country>::from(&fr),
            models::CountryPatch {
                code: Some("fx".into()),
            },
        );
        let refused = work.commit(conn);
        assert!(
            matches!(refused, Err(Error::ForeignKeyViolation { .. })),
            "rows refer to the code: {refused:?}"
        );
        let mut work = UnitOfWork::new();
        work.update(
            &fr,
            models::CountryPatch {
                code: Some("fx".into()),
            },
        );
        let ch = work.insert(new_country("ch"));
        let city = work.insert(NewCity { country_code: None });
        let port = work.insert(NewPort {
            country_code: "ch".into(),
        });
        work.link(country::LANGUAGES, ch, [&en]);
        work.link(country::LANGUAGES, &fr, [en.id]);
        work.link(country::CITIES, ch, [city]);
        work.link(country::PORTS, &fr, [port]);
        let done = work.commit(conn).unwrap();
        let codes = en.countries().all(conn).unwrap();
        let codes: Vec<String> = codes.into_iter().map(|country| country.code).collect();
        assert_eq!(codes, ["fx", "ch"]);
        let city = City::get(conn, done.key(city)).unwrap();
        assert_eq!(city.country_code.as_deref(), Some("ch"));
        let port = Port::get(conn, done.key(port)).unwrap();
        assert_eq!(port.country_code, "fx");

        let mut work = UnitOfWork::new();
        work.unlink(country::CITIES, done.key(ch), [&city]);
        work.unlink(language::COUNTRIES, &en, [done.key(ch)]);
        work.commit(conn).unwrap();
        assert_eq!(city.country().get(conn).unwrap().unwrap().code, "ch");
        assert_eq!(City::get(conn, city.id).unwrap().country_code, None);
        assert_eq!(en.countries().count(conn).unwrap(), 1);
    });
}

#[test]
fn a_link_of_a_row_that_is_gone_is_an_error() {
    on_units(|conn| {
        let [ch, gone] = ["ch", "xx"].map(|code| stored_country(conn, code));
        gone.clone().delete(conn).unwrap();
        let lost = Language::insert(conn, new_language("xx")).unwrap();
        lost.clone().delete(conn).unwrap();
        let missing = |work: UnitOfWork, entity: &str| match work.commit(conn) {
            Err(Error::NotFound {
                entity: found,
                key: Some(_),
            }) => assert_eq!(found, entity),
            other => panic!("{other:?}"),
        };
        let unit = |change: &dyn Fn(&mut UnitOfWork)| {
            let mut work = UnitOfWork::new();
            work.insert(new_node("with it"));
            change(&mut work);
            work
        };
        let link = |work: &mut UnitOfWork| work.link(country::CITIES, &ch, [404]);
        missing(unit(&link), "City");
        let link = |work: &mut UnitOfWork| work.link(country::PORTS, &ch, [404]);
        missing(unit(&link), "Port");
        let link = |work: &mut UnitOfWork| work.link(country::LANGUAGES, &ch, [&lost]);
        missing(unit(&link), "Language");
        let link = |work: &mut UnitOfWork| work.link(country::LANGUAGES, &gone, [&lost]);
        missing(unit(&link), "Country");
        assert_eq!(rows(conn), 1);
    });
    crate::on_school(|conn| {
        let alice = student(conn, "Alice");
        let mut work = school::UnitOfWork::new();
        work.link(school::student::COURSES, &alice, [404]);
        let refused = work.commit(conn);
        assert!(
            matches!(refused, Err(school::Error::ForeignKeyViolation { .. })),
            "{refused:?}"
        );
    });
}

#[test]
fn an_unlink_of_a_row_that_is_gone_is_none() {
    on_units(|conn| {
        let [ch, gone] = ["ch", "xx"].map(|code| stored_country(conn, code));
        let de = Language::insert(conn, new_language("de")).unwrap();
        let city = City::insert(conn, NewCity { country_code: None }).unwrap();
        ch.languages().add(conn, &de).unwrap();
        gone.clone().delete(conn).unwrap();
        city.clone().delete(conn).unwrap();
        let mut work = UnitOfWork::new();
        work.unlink(country::CITIES, &ch, [&city]);
        work.unlink(language::COUNTRIES, &de, [&gone, &ch]);
        work.unlink(country::LANGUAGES, &gone, [&de]);
        work.commit(conn).unwrap();
        assert_eq!(ch.languages().count(conn).unwrap(), 0);
    });
}
