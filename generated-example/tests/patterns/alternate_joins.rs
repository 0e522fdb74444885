//! Relationships to rows that hold certain values.

use crate::db::Connection;
use serde_json::{Map, Value, json};

use crate::harness::{Outcome, pattern};
use models::{
    Address, Group, GroupPatch, NewAddress, NewGroup, NewUser, UnitOfWork, User, address, group,
    user,
};

pattern!("alternate_joins");

fn fill(conn: &Connection) -> Outcome<()> {
    let mut work = UnitOfWork::new();
    let [ada, bo] = ["Ada", "Bo"].map(|name| work.insert(NewUser { name: name.into() }));
    for (street, city, user) in [
        ("Elm", "Boston", Some(ada)),
        ("Oak", "Salem", Some(ada)),
        ("Fir", "Boston", None),
        ("Ash", "Salem", Some(bo)),
    ] {
        work.insert(NewAddress {
            street: street.into(),
            city: city.into(),
            user_id: user.map(Into::into),
        });
    }
    // What is put there gets the value, whatever it held before.
    let yew = work.insert(NewAddress {
        street: "Yew".into(),
        city: "anywhere".into(),
        user_id: None,
    });
    work.link(user::BOSTON_ADDRESSES, bo, [yew]);
    let [chess, choir] = [("chess", None), ("choir", Some(true))].map(|(name, closed)| {
        work.insert(NewGroup {
            name: name.into(),
            closed,
        })
    });
    work.link(user::GROUPS, ada, [chess, choir]);
    work.link(group::MEMBERS, choir, [bo]);
    work.commit(conn)?;
    Ok(())
}

fn answers(conn: &Connection) -> Outcome<Value> {
    let streets = |addresses: Vec<Address>| addresses.into_iter().map(|address| address.street);
    let names = |groups: Vec<Group>| groups.into_iter().map(|group| group.name);
    let [mut addresses_of, mut in_boston, mut groups_of, mut open_of] =
        [(); 4].map(|()| Map::new());
    let query = User::query()
        .with(user::ADDRESSES)
        .with(user::BOSTON_ADDRESSES)
        .with(user::GROUPS)
        .with(user::OPEN_GROUPS);
    for (user, addresses, boston, groups, open) in query.all(conn)? {
        addresses_of.insert(user.name.clone(), streets(addresses).collect());
        in_boston.insert(user.name.clone(), streets(boston).collect());
        groups_of.insert(user.name.clone(), names(groups).collect());
        open_of.insert(user.name, names(open).collect());
    }
    let mut city_of = Map::new();
    for address in Address::query().all(conn)? {
        city_of.insert(address.street, json!(address.city));
    }
    let there = User::query().filter(user::BOSTON_ADDRESSES.exists());
    let there = there.all(conn)?.into_iter().map(|user| user.name);
    Ok(json!({
        "addresses": addresses_of,
        "in Boston": in_boston,
        "cities": city_of,
        "groups": groups_of,
        "open groups": open_of,
        "who is in Boston": there.collect::<Vec<_>>(),
    }))
}

fn before() -> Value {
    json!({
        "addresses": { "Ada": ["Elm", "Oak"], "Bo": ["Ash", "Yew"] },
        "in Boston": { "Ada": ["Elm"], "Bo": ["Yew"] },
        "cities": {
            "Elm": "Boston", "Oak": "Salem", "Fir": "Boston", "Ash": "Salem", "Yew": "Boston",
        },
        "groups": { "Ada": ["chess", "choir"], "Bo": ["choir"] },
        "open groups": { "Ada": ["chess"], "Bo": [] },
        "who is in Boston": ["Ada", "Bo"],
    })
}

fn change(conn: &Connection) -> Outcome<()> {
    let user = |name: &str| User::query().filter(user::NAME.eq(name)).one(conn);
    let address = |street: &str| {
        Address::query()
            .filter(address::STREET.eq(street))
            .one(conn)
    };
    let (ada, bo) = (user("Ada")?, user("Bo")?);
    ada.boston_addresses().add(conn, &address("Oak")?)?; // which moves to Boston
    bo.boston_addresses().clear(conn)?; // and what is elsewhere stays Bo's
    let choir = Group::query().filter(group::NAME.eq("choir")).one(conn)?;
    let open = GroupPatch {
        closed: Some(false),
        ..Default::default()
    };
    choir.update(conn, open)?;
    Ok(())
}

fn after() -> Value {
    json!({
        "addresses": { "Ada": ["Elm", "Oak"], "Bo": ["Ash"] },
        "in Boston": { "Ada": ["Elm", "Oak"], "Bo": [] },
        "cities": {
            "Elm": "Boston", "Oak": "Boston", "Fir": "Boston", "Ash": "Salem", "Yew": "Boston",
        },
        "groups": { "Ada": ["chess", "choir"], "Bo": ["choir"] },
        "open groups": { "Ada": ["chess", "choir"], "Bo": ["choir"] },
        "who is in Boston": ["Ada"],
    })
}
