//! One to one, over a unique foreign key.

use crate::db::Connection;
use serde_json::{Map, Value, json};

use crate::harness::{Outcome, pattern};
use models::{Desk, NewDesk, NewProfile, NewUser, User, desk, user};

pattern!("one_to_one");

fn fill(conn: &Connection) -> Outcome<()> {
    let user = |name: &str| User::insert(conn, NewUser { name: name.into() });
    let desk = |room: &str, user: Option<&User>| {
        let new = NewDesk {
            room: room.into(),
            user_id: user.map(Into::into),
        };
        Desk::insert(conn, new)
    };
    let profile = |motto: &str, user: &User| {
        let new = NewProfile {
            motto: motto.into(),
            user_id: user.into(),
        };
        models::Profile::insert(conn, new)
    };
    let (ada, bo) = (user("Ada")?, user("Bo")?);
    user("Cy")?;
    profile("On", &ada)?;
    profile("Up", &bo)?;
    desk("101", Some(&ada))?;
    desk("102", Some(&bo))?;
    desk("103", None)?;
    Ok(())
}

fn answers(conn: &Connection) -> Outcome<Value> {
    let (mut profiles, mut desks, mut users) = (Map::new(), Map::new(), Map::new());
    let query = User::query().with(user::PROFILE).with(user::DESK);
    for (user, profile, desk) in query.all(conn)? {
        profiles.insert(
            user.name.clone(),
            json!(profile.map(|profile| profile.motto)),
        );
        desks.insert(user.name, json!(desk.map(|desk| desk.room)));
    }
    for desk in Desk::query().all(conn)? {
        let user = desk.user().get(conn)?;
        users.insert(desk.room, json!(user.map(|user| user.name)));
    }
    Ok(json!({ "profiles": profiles, "desks of users": desks, "users of desks": users }))
}

fn before() -> Value {
    json!({
        "profiles": { "Ada": "On", "Bo": "Up", "Cy": null },
        "desks of users": { "Ada": "101", "Bo": "102", "Cy": null },
        "users of desks": { "101": "Ada", "102": "Bo", "103": null },
    })
}

fn change(conn: &Connection) -> Outcome<()> {
    let user = |name: &str| User::query().filter(user::NAME.eq(name)).one(conn);
    let desk = |room: &str| Desk::query().filter(desk::ROOM.eq(room)).one(conn);
    let (ada, cy) = (user("Ada")?, user("Cy")?);
    ada.desk().set(conn, Some(&desk("103")?))?; // hers becomes free
    desk("101")?.user().set(conn, Some(&cy))?;
    let profile = ada.profile().get(conn)?.expect("a profile");
    profile.user().set(conn, &cy)?;
    let bo = user("Bo")?;
    bo.desk().set(conn, None)?;
    bo.delete(conn)?; // his profile goes along
    Ok(())
}

fn after() -> Value {
    json!({
        "profiles": { "Ada": null, "Cy": "On" },
        "desks of users": { "Ada": "103", "Cy": "101" },
        "users of desks": { "101": "Cy", "102": null, "103": "Ada" },
    })
}
