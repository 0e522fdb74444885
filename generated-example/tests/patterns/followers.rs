//! Many to many between rows of one entity, directed.

use crate::db::Connection;
use serde_json::{Map, Value, json};

use crate::harness::{Outcome, pattern};
use models::{Account, NewAccount, UnitOfWork, account};

pattern!("followers");

fn fill(conn: &Connection) -> Outcome<()> {
    let mut work = UnitOfWork::new();
    let [ada, bo, cy] =
        ["Ada", "Bo", "Cy"].map(|name| work.insert(NewAccount { name: name.into() }));
    work.link(account::FOLLOWING, ada, [bo, cy]);
    work.link(account::FOLLOWERS, bo, [cy]);
    work.link(account::FOLLOWING, cy, [cy]);
    work.commit(conn)?;
    Ok(())
}

fn answers(conn: &Connection) -> Outcome<Value> {
    let names = |accounts: Vec<Account>| accounts.into_iter().map(|account| account.name);
    let (mut following, mut followers) = (Map::new(), Map::new());
    let query = Account::query()
        .with(account::FOLLOWING)
        .with(account::FOLLOWERS);
    for (account, followed, follow) in query.all(conn)? {
        following.insert(account.name.clone(), names(followed).collect());
        followers.insert(account.name, names(follow).collect());
    }
    let of_bo = Account::query().filter(account::FOLLOWING.any(account::NAME.eq("Bo")));
    Ok(json!({
        "following": following,
        "followers": followers,
        "who follows Bo": names(of_bo.all(conn)?).collect::<Vec<_>>(),
    }))
}

fn before() -> Value {
    json!({
        "following": { "Ada": ["Bo", "Cy"], "Bo": [], "Cy": ["Bo", "Cy"] },
        "followers": { "Ada": [], "Bo": ["Ada", "Cy"], "Cy": ["Ada", "Cy"] },
        "who follows Bo": ["Ada", "Cy"],
    })
}

fn change(conn: &Connection) -> Outcome<()> {
    let account = |name: &str| Account::query().filter(account::NAME.eq(name)).one(conn);
    let (ada, bo, cy) = (account("Ada")?, account("Bo")?, account("Cy")?);
    bo.following().add(conn, &ada)?;
    assert!(!ada.followers().add(conn, &bo)?, "it is the same link");
    ada.following().remove(conn, &cy)?;
    cy.followers().clear(conn)?; // nobody follows Cy, who follows Bo all the same
    Ok(())
}

fn after() -> Value {
    json!({
        "following": { "Ada": ["Bo"], "Bo": ["Ada"], "Cy": ["Bo"] },
        "followers": { "Ada": ["Bo"], "Bo": ["Ada", "Cy"], "Cy": [] },
        "who follows Bo": ["Ada", "Cy"],
    })
}
