//! What a trader in food asks of its rows, over the relationships of Northwind.

use crate::db::Connection;
use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::{decimal, on_both};

mod models {
    include!(concat!(env!("OUT_DIR"), "/northwind.rs"));
}
use models::{
    Category, Customer, CustomerDemographic, Employee, Error, NewCategory, NewCustomer,
    NewCustomerDemographic, NewEmployee, NewOrder, NewOrderDetail, NewProduct, NewRegion,
    NewSupplier, NewTerritory, Order, OrderDetail, OrderDetailPatch, OrderPatch, Product, Region,
    Supplier, Territory, UnitOfWork, category, customer, employee, order, order_detail, product,
};

fn on_northwind(test: impl Fn(&Connection)) {
    let open = |conn: &Connection| {
        models::configure(conn).unwrap();
        models::create_tables(conn).unwrap();
    };
    on_both(open, test);
}

fn on(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 5, day).unwrap()
}

fn category(conn: &Connection, name: &str) -> Category {
    let new = NewCategory {
        category_name: name.into(),
        description: None,
        picture: Some(vec![0xff, 0xd8]),
    };
    Category::insert(conn, new).unwrap()
}

fn supplier(conn: &Connection, name: &str) -> Supplier {
    let new = NewSupplier {
        homepage: None,
        company_name: name.into(),
        contact_name: None,
        contact_title: None,
        phone: None,
        fax: None,
        address: None,
        city: None,
        region: None,
        postal_code: None,
        country: None,
    };
    Supplier::insert(conn, new).unwrap()
}

fn new_product(name: &str, price: &str) -> NewProduct {
    NewProduct {
        product_name: name.into(),
        supplier_id: None,
        category_id: None,
        quantity_per_unit: None,
        unit_price: Some(Some(decimal(price))),
        units_in_stock: None,
        units_on_order: None,
        reorder_level: None,
        discontinued: None,
    }
}

fn customer(conn: &Connection, id: &str) -> Customer {
    let new = NewCustomer {
        customer_id: id.into(),
        company_name: id.into(),
        contact_name: None,
        contact_title: None,
        phone: None,
        fax: None,
        address: None,
        city: None,
        region: None,
        postal_code: None,
        country: None,
    };
    Customer::insert(conn, new).unwrap()
}

fn new_order(day: u32) -> NewOrder {
    NewOrder {
        order_date: Some(on(day)),
        required_date: Some(on(day + 7)),
        ..Default::default()
    }
}

fn employee(conn: &Connection, last_name: &str, manager: Option<&Employee>) -> Employee {
    let new = NewEmployee {
        last_name: last_name.into(),
        first_name: "E".into(),
        title: None,
        title_of_courtesy: None,
        birth_date: None,
        hire_date: None,
        home_phone: None,
        extension: None,
        photo: None,
        photo_path: None,
        notes: None,
        reports_to: manager.map(Into::into),
        address: None,
        city: None,
        region: None,
        postal_code: None,
        country: None,
    };
    Employee::insert(conn, new).unwrap()
}

fn territory(conn: &Connection, region: &Region, id: &str) -> Territory {
    let new = NewTerritory {
        territory_id: id.into(),
        territory_description: id.into(),
        region_id: region.into(),
    };
    Territory::insert(conn, new).unwrap()
}

/// So many at a price, without discount.
fn line(price: &str, quantity: i16) -> NewOrderDetail {
    NewOrderDetail {
        unit_price: Some(decimal(price)),
        quantity: Some(quantity),
        discount: None,
    }
}

#[test]
fn the_lines_of_an_order() {
    on_northwind(|conn| {
        let [chai, tofu] = [("Chai", "18"), ("Tofu", "23.25")]
            .map(|(name, price)| Product::insert(conn, new_product(name, price)).unwrap());
        // An order with its lines at once, cheaper than the products are today.
        let mut work = UnitOfWork::new();
        let pending = work.insert(new_order(1));
        work.link(
            order::PRODUCTS,
            pending,
            [(&tofu, line("20", 2)), (&chai, line("14.4", 10))],
        );
        let key = work.commit(conn).unwrap().key(pending);
        let order = Order::get(conn, key).unwrap();
        assert_eq!(order.freight, Some(Decimal::ZERO), "by default");

        let lines: Vec<(Product, OrderDetail)> = order.products().with_links(conn).unwrap();
        let sums = lines.iter().map(|(product, line)| {
            let sum = line.unit_price * Decimal::from(line.quantity);
            (product.product_name.as_str(), sum)
        });
        let expected = [("Chai", decimal("144")), ("Tofu", decimal("40"))];
        assert_eq!(sums.collect::<Vec<_>>(), expected);
        let cheaper = OrderDetailPatch {
            discount: Some(0.25),
            ..Default::default()
        };
        let changed = order.products().links().update(conn, &tofu, cheaper);
        assert_eq!(changed.unwrap(), 1);
        let reduced = order::PRODUCTS.any_link(order_detail::DISCOUNT.gt(0.2));
        assert_eq!(Order::query().filter(reduced).count(conn).unwrap(), 1);
        let much = order
            .products()
            .query()
            .filter(order_detail::QUANTITY.ge(10));
        assert_eq!(much.all(conn).unwrap(), [chai.clone()]);

        let none = order.products().links().update(
            conn,
            &tofu,
            OrderDetailPatch {
                quantity: Some(0),
                ..Default::default()
            },
        );
        assert!(matches!(none, Err(Error::CheckViolation { .. })));
        // What was ordered stays; an order takes its lines with it.
        let kept = chai.clone().delete(conn);
        assert!(matches!(kept, Err(Error::ForeignKeyViolation { .. })));
        order.delete(conn).unwrap();
        chai.delete(conn).unwrap();
    });
}

#[test]
fn territories_of_an_employee_and_of_the_reports() {
    on_northwind(|conn| {
        let [east, west] = ["East", "West"].map(|name| {
            let region_description = name.into();
            Region::insert(conn, NewRegion { region_description }).unwrap()
        });
        let places = ["01581", "01730", "02116"].map(|id| territory(conn, &east, id));
        let far = territory(conn, &west, "98004");
        let boss = employee(conn, "Fuller", None);
        let [nancy, janet] = ["Davolio", "Leverling"].map(|name| employee(conn, name, Some(&boss)));
        boss.territories().add(conn, &places[0]).unwrap();
        nancy.territories().set(conn, &places[1..]).unwrap();
        janet.territories().set(conn, [&far, &places[2]]).unwrap();

        let below = boss.reports_territories().all(conn).unwrap();
        let ids: Vec<&str> = below.iter().map(|it| it.territory_id.as_str()).collect();
        assert_eq!(ids, ["01730", "02116", "98004"], "each once");
        assert_eq!(
            janet.regions().all(conn).unwrap(),
            [east.clone(), west.clone()]
        );
        let of_east = [nancy.clone(), boss.clone(), janet.clone()];
        assert_eq!(east.employees().all(conn).unwrap(), of_east);
        let top = Employee::query()
            .with(employee::TERRITORIES)
            .with(employee::REPORTS.with(employee::TERRITORIES))
            .filter(employee::MANAGER.exists().not());
        let reports = vec![
            (nancy, places[1..].to_vec()),
            (janet, vec![places[2].clone(), far]),
        ];
        let boss_has = vec![places[0].clone()];
        assert_eq!(top.all(conn).unwrap(), [(boss, boss_has, reports)]);
    });
}

#[test]
fn who_waits_for_what_and_whose_it_is() {
    on_northwind(|conn| {
        let (tea, maker) = (category(conn, "Tea"), supplier(conn, "Leaves"));
        let product = |name, price, discontinued| {
            let new = NewProduct {
                supplier_id: Some((&maker).into()),
                category_id: Some((&tea).into()),
                discontinued: Some(discontinued),
                ..new_product(name, price)
            };
            Product::insert(conn, new).unwrap()
        };
        let [green, black, old] = [
            ("Green", "9", false),
            ("Black", "11.5", false),
            ("Old", "99", true),
        ]
        .map(|(name, price, discontinued)| product(name, price, discontinued));
        assert_eq!(
            tea.on_sale().all(conn).unwrap(),
            [black.clone(), green.clone()]
        );
        assert_eq!(tea.products().count(conn).unwrap(), 3);

        let [alfki, bonap] = ["ALFKI", "BONAP"].map(|id| customer(conn, id));
        let order = |customer: &Customer, day, product: &Product| {
            let new = NewOrder {
                customer_id: Some(customer.into()),
                ..new_order(day)
            };
            let order = Order::insert(conn, new).unwrap();
            order.products().add(conn, product, line("9", 1)).unwrap();
            order
        };
        let (first, second) = (order(&alfki, 1, &green), order(&alfki, 2, &old));
        order(&bonap, 3, &green);
        let shipped = OrderPatch {
            shipped_date: Some(Some(on(5))),
            ..Default::default()
        };
        let first = first.update(conn, shipped).unwrap();
        assert_eq!(alfki.waiting().all(conn).unwrap(), [second.clone()]);
        let orders = [second, first.clone()];
        assert_eq!(alfki.orders().all(conn).unwrap(), orders, "the last first");
        assert_eq!(alfki.products().all(conn).unwrap(), [green, old]);
        assert_eq!(first.suppliers().all(conn).unwrap(), [maker.clone()]);
        let buyers = [alfki.clone(), bonap.clone()];
        assert_eq!(maker.customers().all(conn).unwrap(), buyers);
        let drinks = product::CATEGORY.any(category::CATEGORY_NAME.eq("Tea"));
        let served = customer::ORDERS.any(order::PRODUCTS.any(drinks));
        assert_eq!(Customer::query().filter(served).count(conn).unwrap(), 2);
    });
}

#[test]
fn kinds_of_customers_have_keys_of_text() {
    on_northwind(|conn| {
        let new = NewCustomerDemographic {
            customer_type_id: "small".into(),
            customer_desc: None,
        };
        let small = CustomerDemographic::insert(conn, new).unwrap();
        let [alfki, bonap] = ["ALFKI", "BONAP"].map(|id| customer(conn, id));
        assert_eq!(
            small.customers().add_all(conn, [&bonap, &alfki]).unwrap(),
            2
        );
        assert!(!alfki.demographics().add(conn, &small).unwrap());
        assert_eq!(small.customers().all(conn).unwrap(), [alfki, bonap.clone()]);
        small.delete(conn).unwrap();
        assert_eq!(bonap.demographics().count(conn).unwrap(), 0);
    });
}
