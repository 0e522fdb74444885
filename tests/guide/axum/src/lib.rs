pub mod models {
    include!(concat!(env!("OUT_DIR"), "/events.rs"));
}
mod handlers;
mod problem;

use axum::Router;
use axum::extract::{FromRequestParts, Request};
use axum::http::{StatusCode, request::Parts};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use sqlx::{Sqlite, SqlitePool, pool::PoolConnection};

use handlers::{book, cancel, create_event, create_person, event, events, events_of};
use problem::Problem;

/// The service. The pool is its state.
pub fn app(pool: SqlitePool) -> Router {
    Router::new()
        .route("/events", get(events).post(create_event))
        .route("/events/{event}", get(event))
        .route("/events/{event}/guests/{person}", put(book).delete(cancel))
        .route("/people", post(create_person))
        .route("/people/{person}/events", get(events_of))
        .layer(from_fn(to_the_end))
        .with_state(pool)
}

/// A connection of the pool, for one request.
struct Db(PoolConnection<Sqlite>);

impl FromRequestParts<SqlitePool> for Db {
    type Rejection = Problem;

    async fn from_request_parts(_: &mut Parts, pool: &SqlitePool) -> Result<Self, Problem> {
        Ok(Self(pool.acquire().await?))
    }
}

/// Answers each request in a task of its own. A client that hangs up drops what waits for the answer, and not a statement
/// that the driver is in the middle of.
async fn to_the_end(request: Request, next: Next) -> Response {
    match tokio::spawn(next.run(request)).await {
        Ok(response) => response,
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
