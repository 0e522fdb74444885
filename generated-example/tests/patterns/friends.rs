//! Many to many between rows of one entity, the same from both sides.

use crate::db::Connection;
use serde_json::{Map, Value, json};

use crate::harness::{Outcome, pattern};
use models::{Error, NewPerson, Person, UnitOfWork, person};

pattern!("friends");

fn fill(conn: &Connection) -> Outcome<()> {
    let mut work = UnitOfWork::new();
    let [dee, ada, bo, cy] =
        ["Dee", "Ada", "Bo", "Cy"].map(|name| work.insert(NewPerson { name: name.into() }));
    work.link(person::FRIENDS, ada, [bo, cy]);
    work.link(person::FRIENDS, cy, [dee]); // and its row begins with Dee
    work.commit(conn)?;
    Ok(())
}

fn answers(conn: &Connection) -> Outcome<Value> {
    let names = |people: Vec<Person>| people.into_iter().map(|person| person.name);
    let mut friends_of = Map::new();
    for (person, friends) in Person::query().with(person::FRIENDS).all(conn)? {
        friends_of.insert(person.name, names(friends).collect());
    }
    let of_ada = Person::query()
        .filter(person::FRIENDS.any(person::NAME.eq("Ada")))
        .order_by(person::NAME.asc());
    let pairs = "SELECT concat(one_id, ' ', other_id) FROM friendship ORDER BY one_id, other_id";
    let pairs = crate::db::texts(conn, pairs).into_iter().map(|pair| {
        let ids = pair.split(' ').map(str::parse::<i32>);
        ids.collect::<Result<Vec<_>, _>>()
    });
    Ok(json!({
        "friends": friends_of,
        "friends of Ada": names(of_ada.all(conn)?).collect::<Vec<_>>(),
        "pairs": pairs.collect::<Result<Vec<_>, _>>()?,
    }))
}

fn before() -> Value {
    json!({
        "friends": { "Dee": ["Cy"], "Ada": ["Bo", "Cy"], "Bo": ["Ada"], "Cy": ["Ada", "Dee"] },
        "friends of Ada": ["Bo", "Cy"],
        "pairs": [[1, 4], [2, 3], [2, 4]],
    })
}

fn change(conn: &Connection) -> Outcome<()> {
    let person = |name: &str| Person::query().filter(person::NAME.eq(name)).one(conn);
    let (ada, bo, cy, dee) = (person("Ada")?, person("Bo")?, person("Cy")?, person("Dee")?);
    assert!(!bo.friends().add(conn, &ada)?, "it is the same link");
    bo.friends().add(conn, &dee)?;
    cy.friends().remove(conn, &ada)?; // whichever of the two is asked
    let oneself = dee.friends().add(conn, &dee);
    assert!(matches!(oneself, Err(Error::CheckViolation { .. })));
    Ok(())
}

fn after() -> Value {
    json!({
        "friends": { "Dee": ["Bo", "Cy"], "Ada": ["Bo"], "Bo": ["Ada", "Dee"], "Cy": ["Dee"] },
        "friends of Ada": ["Bo"],
        "pairs": [[1, 3], [1, 4], [2, 3]],
    })
}
