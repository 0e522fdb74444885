//! Relationships of one side alone.

use crate::db::Connection;
use serde_json::{Map, Value, json};

use crate::harness::{Outcome, pattern};
use models::{
    Customer, NewCustomer, NewNote, NewProduct, NewPurchase, Note, Product, Purchase, UnitOfWork,
    customer, note, product, purchase,
};

pattern!("unidirectional");

fn fill(conn: &Connection) -> Outcome<()> {
    let mut work = UnitOfWork::new();
    let [ada, _bo] = ["Ada", "Bo"].map(|name| work.insert(NewCustomer { name: name.into() }));
    let notes = ["pays", "calls"].map(|text| {
        work.insert(NewNote {
            text: text.into(),
            customer_id: None,
        })
    });
    work.link(customer::NOTES, ada, notes);
    let [pen, ink, _cap] =
        ["pen", "ink", "cap"].map(|name| work.insert(NewProduct { name: name.into() }));
    let [first, _second] = ["P1", "P2"].map(|number| {
        work.insert(NewPurchase {
            number: number.into(),
            customer_id: ada.into(),
        })
    });
    work.link(purchase::PRODUCTS, first, [pen, ink]);
    work.commit(conn)?;
    Ok(())
}

fn answers(conn: &Connection) -> Outcome<Value> {
    let mut notes_of = Map::new();
    for (customer, notes) in Customer::query().with(customer::NOTES).all(conn)? {
        let texts = notes.into_iter().map(|note| note.text);
        notes_of.insert(customer.name, texts.collect());
    }
    let (mut customer_of, mut products_of) = (Map::new(), Map::new());
    let query = Purchase::query().with(purchase::CUSTOMER);
    for (purchase, customer, products) in query.with(purchase::PRODUCTS).all(conn)? {
        let names = products.into_iter().map(|product| product.name);
        products_of.insert(purchase.number.clone(), names.collect());
        customer_of.insert(purchase.number, json!(customer.name));
    }
    Ok(json!({ "notes": notes_of, "customers": customer_of, "products": products_of }))
}

fn before() -> Value {
    json!({
        "notes": { "Ada": ["pays", "calls"], "Bo": [] },
        "customers": { "P1": "Ada", "P2": "Ada" },
        "products": { "P1": ["pen", "ink"], "P2": [] },
    })
}

fn change(conn: &Connection) -> Outcome<()> {
    let bo = Customer::query()
        .filter(customer::NAME.eq("Bo"))
        .one(conn)?;
    let calls = Note::query().filter(note::TEXT.eq("calls")).one(conn)?;
    bo.notes().set(conn, [&calls])?;
    let purchase = |number: &str| {
        Purchase::query()
            .filter(purchase::NUMBER.eq(number))
            .one(conn)
    };
    let product = |name: &str| Product::query().filter(product::NAME.eq(name)).one(conn);
    let second = purchase("P2")?.customer().set(conn, &bo)?;
    second
        .products()
        .add_all(conn, [&product("cap")?, &product("pen")?])?;
    purchase("P1")?.products().remove(conn, &product("ink")?)?;
    product("ink")?.delete(conn)?;
    Ok(())
}

fn after() -> Value {
    json!({
        "notes": { "Ada": ["pays"], "Bo": ["calls"] },
        "customers": { "P1": "Ada", "P2": "Bo" },
        "products": { "P1": ["pen"], "P2": ["pen", "cap"] },
    })
}
