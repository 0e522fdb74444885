//! Keys of several columns.

use crate::db::Connection;
use serde_json::{Map, Value, json};

use crate::harness::{Outcome, pattern};
use models::{
    NewProduct, NewShelf, NewShop, Product, Shelf, Shop, UnitOfWork, product, shelf, shop,
};

pattern!("composite_keys");

fn fill(conn: &Connection) -> Outcome<()> {
    let mut work = UnitOfWork::new();
    let mut shop = |country: &str, number: i32, name: &str| {
        work.insert(NewShop {
            country: country.into(),
            number,
            name: name.into(),
        })
    };
    let (lyon, rome, pisa) = (
        shop("fr", 1, "Lyon"),
        shop("it", 1, "Rome"),
        shop("it", 2, "Pisa"),
    );
    let [a, b, c, _d] = ["A", "B", "C", "D"].map(|label| {
        work.insert(NewShelf {
            label: label.into(),
            shop_country: None,
            shop_number: None,
        })
    });
    work.link(shop::SHELVES, lyon, [a, b]);
    work.set(shelf::SHOP, c, rome);
    let [wine, oil] = ["wine", "oil"].map(|name| work.insert(NewProduct { name: name.into() }));
    work.link(product::SHOPS, wine, [lyon, rome]);
    work.link(product::SHOPS, oil, [rome, pisa]);
    work.commit(conn)?;
    Ok(())
}

fn answers(conn: &Connection) -> Outcome<Value> {
    let (mut shelves_of, mut products_of) = (Map::new(), Map::new());
    let query = Shop::query().with(shop::SHELVES).with(shop::PRODUCTS);
    for (shop, shelves, products) in query.all(conn)? {
        let labels = shelves.into_iter().map(|shelf| shelf.label);
        shelves_of.insert(shop.name.clone(), labels.collect());
        let names = products.into_iter().map(|product| product.name);
        products_of.insert(shop.name, names.collect());
    }
    let mut shop_with = Map::new();
    for (shelf, shop) in Shelf::query().with(shelf::SHOP).all(conn)? {
        shop_with.insert(shelf.label, json!(shop.map(|shop| shop.name)));
    }
    let mut sold_at = Map::new();
    for product in Product::query().all(conn)? {
        let shops = product.shops().all(conn)?.into_iter();
        sold_at.insert(product.name, shops.map(|shop| shop.name).collect());
    }
    Ok(json!({
        "shelves": shelves_of,
        "shops of shelves": shop_with,
        "products": products_of,
        "shops of products": sold_at,
    }))
}

fn before() -> Value {
    json!({
        "shelves": { "Lyon": ["A", "B"], "Rome": ["C"], "Pisa": [] },
        "shops of shelves": { "A": "Lyon", "B": "Lyon", "C": "Rome", "D": null },
        "products": { "Lyon": ["wine"], "Rome": ["wine", "oil"], "Pisa": ["oil"] },
        "shops of products": { "wine": ["Lyon", "Rome"], "oil": ["Rome", "Pisa"] },
    })
}

fn change(conn: &Connection) -> Outcome<()> {
    let shelf = |label: &str| Shelf::query().filter(shelf::LABEL.eq(label)).one(conn);
    let pisa = Shop::get(conn, ("it".into(), 2))?;
    pisa.shelves().add_all(conn, [&shelf("A")?, &shelf("D")?])?;
    shelf("C")?.shop().set(conn, None)?;
    let wine = Product::query()
        .filter(product::NAME.eq("wine"))
        .one(conn)?;
    wine.shops().add(conn, &pisa)?;
    Shop::get(conn, ("it".into(), 1))?.delete(conn)?; // with what it sells
    Ok(())
}

fn after() -> Value {
    json!({
        "shelves": { "Lyon": ["B"], "Pisa": ["A", "D"] },
        "shops of shelves": { "A": "Pisa", "B": "Lyon", "C": null, "D": "Pisa" },
        "products": { "Lyon": ["wine"], "Pisa": ["wine", "oil"] },
        "shops of products": { "wine": ["Lyon", "Pisa"], "oil": ["Pisa"] },
    })
}
