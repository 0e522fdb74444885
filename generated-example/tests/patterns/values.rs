//! Values of every type.

use crate::db::Connection;
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::harness::{Outcome, pattern};
use models::{Event, EventPatch, NewEvent, NewTicket, Ticket, event, ticket};

pattern!("values");

const FORM: &str = "%Y-%m-%d %H:%M:%S%.f";

fn moment(text: &str) -> Outcome<NaiveDateTime> {
    Ok(NaiveDateTime::parse_from_str(text, FORM)?)
}

fn instant(text: &str) -> Outcome<DateTime<Utc>> {
    Ok(moment(text)?.and_utc())
}

fn fill(conn: &Connection) -> Outcome<()> {
    let ball = NewEvent {
        id: Uuid::from_u128(1),
        name: "ball".into(),
        about: Some("a dance".into()),
        open: true,
        seats: 300,
        visits: 5_000_000_000,
        rating: Some(4.5),
        day: "2026-12-31".parse::<NaiveDate>()?,
        doors: "20:30:00".parse::<NaiveTime>()?,
        entered: moment("2026-11-23 08:15:00.000250")?,
        happens: instant("2026-12-31 21:00:00")?,
        badge: vec![0, 255],
        settings: json!({ "dress": ["black", "white"], "age": 18 }),
    };
    let fair = NewEvent {
        id: Uuid::from_u128(2),
        name: "fair".into(),
        about: None,
        open: false,
        seats: -1,
        visits: 0,
        rating: None,
        day: "1999-01-01".parse::<NaiveDate>()?,
        doors: "00:00:00.000001".parse::<NaiveTime>()?,
        entered: moment("1998-12-31 23:59:59")?,
        happens: instant("1999-01-01 00:00:00")?,
        badge: Vec::new(),
        settings: json!(18),
    };
    let ball = Event::insert(conn, ball)?;
    Event::insert(conn, fair)?;
    for price in ["12.50", "0.05"] {
        let new = NewTicket {
            price: price.parse()?,
            event_id: (&ball).into(),
        };
        Ticket::insert(conn, new)?;
    }
    Ok(())
}

fn answers(conn: &Connection) -> Outcome<Value> {
    let mut events = Map::new();
    for (event, tickets) in Event::query().with(event::TICKETS).all(conn)? {
        let prices = tickets.iter().map(|ticket| ticket.price.to_string());
        let values = json!({
            "id": event.id.to_string(),
            "about": event.about,
            "open": event.open,
            "seats": event.seats,
            "visits": event.visits,
            "rating": event.rating,
            "day": event.day.to_string(),
            "doors": event.doors.format("%H:%M:%S%.6f").to_string(),
            "entered": event.entered.format("%Y-%m-%d %H:%M:%S%.6f").to_string(),
            "happens": event.happens.format("%Y-%m-%d %H:%M:%S%.6f%:z").to_string(),
            "badge": event.badge,
            "settings": event.settings,
            "tickets": prices.collect::<Vec<_>>(),
        });
        events.insert(event.name, values);
    }
    let names = |events: Vec<Event>| events.into_iter().map(|event| event.name);
    let cheap = event::TICKETS.any(ticket::PRICE.lt(Decimal::ONE));
    let late = event::HAPPENS.gt(instant("2026-12-31 20:59:00")?);
    Ok(json!({
        "events": events,
        "cheap": names(Event::query().filter(cheap).all(conn)?).collect::<Vec<_>>(),
        "late": names(Event::query().filter(late).all(conn)?).collect::<Vec<_>>(),
    }))
}

fn before() -> Value {
    json!({
        "events": {
            "ball": {
                "id": "00000000-0000-0000-0000-000000000001",
                "about": "a dance",
                "open": true,
                "seats": 300,
                "visits": 5_000_000_000_i64,
                "rating": 4.5,
                "day": "2026-12-31",
                "doors": "20:30:00.000000",
                "entered": "2026-11-23 08:15:00.000250",
                "happens": "2026-12-31 21:00:00.000000+00:00",
                "badge": [0, 255],
                "settings": { "dress": ["black", "white"], "age": 18 },
                "tickets": ["12.50", "0.05"],
            },
            "fair": {
                "id": "00000000-0000-0000-0000-000000000002",
                "about": null,
                "open": false,
                "seats": -1,
                "visits": 0,
                "rating": null,
                "day": "1999-01-01",
                "doors": "00:00:00.000001",
                "entered": "1998-12-31 23:59:59.000000",
                "happens": "1999-01-01 00:00:00.000000+00:00",
                "badge": [],
                "settings": 18,
                "tickets": [],
            },
        },
        "cheap": ["ball"],
        "late": ["ball"],
    })
}

fn change(conn: &Connection) -> Outcome<()> {
    let event = |name: &str| Event::query().filter(event::NAME.eq(name)).one(conn);
    let patch = EventPatch {
        about: Some(None),
        open: Some(true),
        seats: Some(12),
        visits: Some(-5_000_000_000),
        rating: Some(Some(0.25)),
        day: Some("2027-01-02".parse()?),
        doors: Some("23:59:59.999999".parse()?),
        entered: Some(moment("2027-01-01 00:00:00.5")?),
        happens: Some(instant("2027-01-02 03:04:05.678901")?),
        badge: Some(vec![7]),
        settings: Some(json!({ "halls": [1, 2.5, null, "é"] })),
        ..Default::default()
    };
    let fair = event("fair")?.update(conn, patch)?;
    let dear = Ticket::query()
        .filter(ticket::PRICE.gt(Decimal::ONE))
        .one(conn)?;
    dear.event().set(conn, &fair)?;
    let tickets = event("ball")?.tickets().query();
    tickets.update(conn, ticket::PRICE.set(Decimal::new(-99_999_999, 2)))?;
    Ok(())
}

fn after() -> Value {
    let mut after = before();
    after["events"]["ball"]["tickets"] = json!(["-999999.99"]);
    after["events"]["fair"] = json!({
        "id": "00000000-0000-0000-0000-000000000002",
        "about": null,
        "open": true,
        "seats": 12,
        "visits": -5_000_000_000_i64,
        "rating": 0.25,
        "day": "2027-01-02",
        "doors": "23:59:59.999999",
        "entered": "2027-01-01 00:00:00.500000",
        "happens": "2027-01-02 03:04:05.678901+00:00",
        "badge": [7],
        "settings": { "halls": [1, 2.5, null, "é"] },
        "tickets": ["12.50"],
    });
    after["late"] = json!(["ball", "fair"]);
    after
}
