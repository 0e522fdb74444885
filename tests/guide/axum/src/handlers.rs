use axum::Json;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sqlx::Connection as _;

use crate::models::{Booking, BookingPatch, Event, NewBooking, NewEvent, NewPerson, Person, event};
use crate::{Db, Problem};

type Answer<T> = Result<T, Problem>;

#[derive(Deserialize)]
pub struct Page {
    /// The last event of the page before.
    after: Option<i32>,
    limit: Option<u8>,
}

#[derive(Serialize)]
pub struct Events {
    events: Vec<EventWithGuests>,
    /// What to ask for next as `after`, when there is more.
    next: Option<i32>,
}

#[derive(Serialize)]
pub struct EventWithGuests {
    #[serde(flatten)]
    event: Event,
    guests: Vec<Guest>,
}

#[derive(Serialize)]
pub struct Guest {
    id: i32,
    name: String,
    seats: i32,
}

impl From<(Event, Vec<(Person, Booking)>)> for EventWithGuests {
    fn from((event, guests): (Event, Vec<(Person, Booking)>)) -> Self {
        let guest = |(Person { id, name, .. }, booking): (_, Booking)| Guest {
            id,
            name,
            seats: booking.seats,
        };
        let guests = guests.into_iter().map(guest).collect();
        Self { event, guests }
    }
}

/// A page of events with their guests: two statements, however many there are.
pub async fn events(mut db: Db, Query(page): Query<Page>) -> Answer<Json<Events>> {
    let limit = page.limit.unwrap_or(20).clamp(1, 100);
    let mut query = Event::query()
        .order_by((event::DAY.asc(), event::TITLE.asc()))
        .limit(u64::from(limit) + 1); // one more tells whether there is more
    if let Some(last) = page.after {
        let last = Event::get(&mut db.0, last).await?;
        query = query.after(&last);
    }
    let mut found = query.with(event::GUESTS.links()).all(&mut db.0).await?;
    let is_more = found.len() > usize::from(limit);
    found.truncate(usize::from(limit));
    let next = found.last().filter(|_| is_more).map(|(event, _)| event.id);
    let events = found.into_iter().map(EventWithGuests::from).collect();
    Ok(Json(Events { events, next }))
}

pub async fn event(mut db: Db, Path(id): Path<i32>) -> Answer<Json<EventWithGuests>> {
    let event = Event::get(&mut db.0, id).await?; // NotFound is a 404
    let guests = event.guests().with_links(&mut db.0).await?;
    Ok(Json((event, guests).into()))
}

#[derive(Deserialize)]
pub struct EventForm {
    title: String,
    day: NaiveDate,
    places: i32,
}

pub async fn create_event(
    mut db: Db,
    Json(EventForm { title, day, places }): Json<EventForm>,
) -> Answer<(StatusCode, Json<Event>)> {
    let event = Event::insert(&mut db.0, NewEvent { title, day, places }).await?;
    Ok((StatusCode::CREATED, Json(event)))
}

#[derive(Deserialize)]
pub struct PersonForm {
    name: String,
    email: String,
}

pub async fn create_person(
    mut db: Db,
    Json(PersonForm { name, email }): Json<PersonForm>,
) -> Answer<(StatusCode, Json<Person>)> {
    let person = Person::insert(&mut db.0, NewPerson { name, email }).await?;
    Ok((StatusCode::CREATED, Json(person)))
}

/// The same relationship from its other side.
pub async fn events_of(mut db: Db, Path(person): Path<i32>) -> Answer<Json<Vec<Event>>> {
    let person = Person::get(&mut db.0, person).await?;
    Ok(Json(person.events().all(&mut db.0).await?))
}

#[derive(Deserialize)]
pub struct BookingForm {
    seats: i32,
}

/// Books so many seats for somebody, who may have some already. One transaction: nobody else books between what is counted
/// and what is written. What returns before `commit` drops it, and nothing is done.
pub async fn book(
    mut db: Db,
    Path((event, person)): Path<(i32, i32)>,
    Json(BookingForm { seats }): Json<BookingForm>,
) -> Answer<StatusCode> {
    let mut tx = db.0.begin_with("BEGIN IMMEDIATE").await?;
    let event = Event::get(&mut tx, event).await?;
    let person = Person::get(&mut tx, person).await?;
    // `add` leaves a booking that is there as it is.
    event
        .guests()
        .add(&mut tx, &person, NewBooking { seats })
        .await?;
    let patch = BookingPatch { seats: Some(seats) };
    event
        .guests()
        .links()
        .update(&mut tx, &person, patch)
        .await?;
    let bookings = event.guests().links().all(&mut tx).await?;
    let taken: i64 = bookings
        .iter()
        .map(|booking| i64::from(booking.seats))
        .sum();
    if taken > i64::from(event.places) {
        return Err(Problem::Full);
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

pub async fn cancel(mut db: Db, Path((event, person)): Path<(i32, i32)>) -> Answer<StatusCode> {
    let event = Event::get(&mut db.0, event).await?;
    let person = Person::get(&mut db.0, person).await?;
    event.guests().remove(&mut db.0, &person).await?;
    Ok(StatusCode::NO_CONTENT)
}
