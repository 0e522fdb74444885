//! Columns, indexes, checks and relationships that tables have from mixins.

use crate::db::Connection;

use crate::on_both;

/// The spec of the mixins.
mod models {
    include!(concat!(env!("OUT_DIR"), "/mixins.rs"));
}

use models::{
    Error, House, NewHouse, NewPerson, NewRoom, NewRoomTool, NewTool, Person, PersonPatch, Room,
    Tool, house, person, room, tool,
};

fn on_mixins(test: impl Fn(&Connection)) {
    let open = |conn: &Connection| {
        models::configure(conn).unwrap();
        models::create_tables(conn).unwrap();
    };
    on_both(open, test);
}

fn person(conn: &Connection, name: &str) -> Person {
    let new = NewPerson {
        name: name.into(),
        created_at: None,
        changed_at: None,
    };
    Person::insert(conn, new).unwrap()
}

fn house(conn: &Connection, name: &str, owner: &Person) -> House {
    let new = NewHouse {
        name: name.into(),
        owner_id: Some(owner.into()),
    };
    House::insert(conn, new).unwrap()
}

fn tool(conn: &Connection, name: &str, owner: Option<&Person>) -> Result<Tool, Error> {
    let new = NewTool {
        name: name.into(),
        owner_id: owner.map(Into::into),
    };
    Tool::insert(conn, new)
}

fn room(conn: &Connection, name: &str, house: &House) -> Result<Room, Error> {
    let new = NewRoom {
        name: name.into(),
        size: 20,
        house_id: house.into(),
        created_at: None,
        changed_at: None,
    };
    Room::insert(conn, new)
}

#[test]
fn columns_of_mixins_stand_behind_the_own_ones() {
    let listed = |columns: &str| columns.replace(['"', '`'], "");
    assert_eq!(listed(Person::COLUMNS), "name, id, created_at, changed_at");
    // In the order in which they are listed.
    assert_eq!(listed(House::COLUMNS), "name, owner_id, id");
    assert_eq!(listed(Tool::COLUMNS), "name, id, owner_id");
    on_mixins(|conn| {
        let ann = person(conn, "Ann");
        assert_eq!((ann.id, ann.changed_at), (1, None), "a key and a moment");
        let anna = PersonPatch {
            name: Some("Anna".into()),
            ..PersonPatch::default()
        };
        let anna = ann.clone().update(conn, anna).unwrap();
        assert!(anna.changed_at >= Some(ann.created_at), "on_update: now");
        let ordered = Person::query().order_by(person::CREATED_AT.desc());
        assert_eq!(ordered.all(conn).unwrap(), [anna]);
    });
}

#[test]
fn a_relationship_of_a_mixin_is_one_of_each_entity() {
    on_mixins(|conn| {
        let (ann, bob) = (person(conn, "Ann"), person(conn, "Bob"));
        let home = house(conn, "Home", &ann);
        let saw = tool(conn, "Saw", Some(&bob)).unwrap();
        let axe = tool(conn, "Axe", None).unwrap();
        assert_eq!(home.owner().get(conn).unwrap(), Some(ann.clone()));
        assert_eq!(saw.owner().get(conn).unwrap(), Some(bob.clone()));

        // The other sides of it are relationships of their own.
        assert_eq!(ann.houses().all(conn).unwrap(), [home.clone()]);
        assert_eq!(ann.tools().count(conn).unwrap(), 0);
        ann.tools().set(conn, [&saw, &axe]).unwrap();
        assert_eq!(bob.tools().count(conn).unwrap(), 0);
        let all = Person::query().with(person::HOUSES).with(person::TOOLS);
        let counts = all.order_by(person::NAME.asc()).all(conn).unwrap();
        let counts: Vec<_> = counts
            .iter()
            .map(|(person, houses, tools)| (person.name.as_str(), houses.len(), tools.len()))
            .collect();
        assert_eq!(counts, [("Ann", 1, 2), ("Bob", 0, 0)]);
        let anns = Tool::query().filter(tool::OWNER.any(person::NAME.eq("Ann")));
        assert_eq!(anns.count(conn).unwrap(), 2);

        // With the action that the mixin states.
        ann.delete(conn).unwrap();
        let ownerless = House::query().filter(house::OWNER_ID.is_null());
        assert_eq!(ownerless.count(conn).unwrap(), 1);
    });
}

#[test]
fn keys_and_checks_of_mixins_hold() {
    on_mixins(|conn| {
        let ann = person(conn, "Ann");
        let (home, shed) = (house(conn, "Home", &ann), house(conn, "Shed", &ann));
        let attic = room(conn, "Attic", &home).unwrap();
        room(conn, "Attic", &shed).unwrap();
        assert_eq!(home.rooms().all(conn).unwrap(), [attic.clone()]);
        let twice = room(conn, "Attic", &home);
        assert!(
            matches!(twice, Err(Error::UniqueViolation { .. })),
            "a key over columns of both: {twice:?}"
        );
        let found = Room::query().filter(room::HOUSE_ID.eq(home.id));
        assert_eq!(found.one(conn).unwrap(), attic);
        let nameless = tool(conn, "", None);
        assert!(
            matches!(nameless, Err(Error::CheckViolation { .. })),
            "a check over a column of the table: {nameless:?}"
        );
    });
}

#[test]
fn a_secondary_has_what_its_mixin_adds() {
    on_mixins(|conn| {
        let home = house(conn, "Home", &person(conn, "Ann"));
        let attic = room(conn, "Attic", &home).unwrap();
        let saw = tool(conn, "Saw", None).unwrap();
        let new = NewRoomTool::default();
        attic.tools().add(conn, &saw, new.clone()).unwrap();
        assert_eq!(saw.rooms().all(conn).unwrap(), [attic.clone()]);
        let links = saw.rooms().links().all(conn).unwrap();
        assert_eq!(links.len(), 1);
        assert!(
            links[0].created_at >= attic.created_at,
            "a moment of the link"
        );
        // The ends of a short form are the keys, which come from a mixin.
        attic.lent().add(conn, &saw).unwrap();
        assert!(attic.lent().contains(conn, &saw).unwrap());

        // The check of the mixin.
        for number in 2..=13 {
            room(conn, &format!("Room {number}"), &home).unwrap();
            tool(conn, &format!("Tool {number}"), None).unwrap();
        }
        let last = Room::get(conn, 13).unwrap();
        let both = last.tools().add(conn, &Tool::get(conn, 13).unwrap(), new);
        assert!(
            matches!(both, Err(Error::CheckViolation { .. })),
            "{both:?}"
        );
    });
}
