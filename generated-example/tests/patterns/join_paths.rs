//! Several foreign keys between the same two entities.

use crate::db::Connection;
use serde_json::{Map, Value, json};

use crate::harness::{Outcome, pattern};
use models::{Address, Customer, NewAddress, NewCustomer, address, customer};

pattern!("join_paths");

fn fill(conn: &Connection) -> Outcome<()> {
    let address = |city: &str| Address::insert(conn, NewAddress { city: city.into() });
    let (bern, oslo) = (address("Bern")?, address("Oslo")?);
    for (name, shipping) in [("Ada", Some(&oslo)), ("Bo", None)] {
        let new = NewCustomer {
            name: name.into(),
            billing_address_id: (&bern).into(),
            shipping_address_id: shipping.map(Into::into),
        };
        Customer::insert(conn, new)?;
    }
    Ok(())
}

fn answers(conn: &Connection) -> Outcome<Value> {
    let (mut billing, mut shipping) = (Map::new(), Map::new());
    let query = Customer::query().with(customer::BILLING_ADDRESS);
    for (customer, bill, ship) in query.with(customer::SHIPPING_ADDRESS).all(conn)? {
        billing.insert(customer.name.clone(), json!(bill.city));
        shipping.insert(customer.name, json!(ship.map(|address| address.city)));
    }
    let (mut billed, mut shipped) = (Map::new(), Map::new());
    let names = |customers: Vec<Customer>| customers.into_iter().map(|customer| customer.name);
    let query = Address::query()
        .with(address::BILLED)
        .with(address::SHIPPED);
    for (address, bills, ships) in query.all(conn)? {
        billed.insert(address.city.clone(), names(bills).collect());
        shipped.insert(address.city, names(ships).collect());
    }
    Ok(json!({ "billing": billing, "shipping": shipping, "billed": billed, "shipped": shipped }))
}

fn before() -> Value {
    json!({
        "billing": { "Ada": "Bern", "Bo": "Bern" },
        "shipping": { "Ada": "Oslo", "Bo": null },
        "billed": { "Bern": ["Ada", "Bo"], "Oslo": [] },
        "shipped": { "Bern": [], "Oslo": ["Ada"] },
    })
}

fn change(conn: &Connection) -> Outcome<()> {
    let customer = |name: &str| Customer::query().filter(customer::NAME.eq(name)).one(conn);
    let address = |city: &str| Address::query().filter(address::CITY.eq(city)).one(conn);
    customer("Ada")?
        .billing_address()
        .set(conn, &address("Oslo")?)?;
    address("Bern")?.shipped().add(conn, &customer("Bo")?)?;
    address("Oslo")?.shipped().clear(conn)?;
    Ok(())
}

fn after() -> Value {
    json!({
        "billing": { "Ada": "Oslo", "Bo": "Bern" },
        "shipping": { "Ada": null, "Bo": "Bern" },
        "billed": { "Bern": ["Bo"], "Oslo": ["Ada"] },
        "shipped": { "Bern": ["Bo"], "Oslo": [] },
    })
}
