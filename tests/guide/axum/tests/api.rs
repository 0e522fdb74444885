use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use events::{app, models};
use serde_json::{Value, json};
use sqlx::sqlite::SqlitePoolOptions;
use tower::ServiceExt as _;

/// The service over a database in memory, which is its connection's own.
async fn service() -> Router {
    let options = models::connect_options().in_memory(true);
    let pool = SqlitePoolOptions::new()
        .max_connections(1)
        .connect_with(options)
        .await
        .unwrap();
    models::create_tables(&mut pool.acquire().await.unwrap())
        .await
        .unwrap();
    app(pool)
}

async fn ask(app: &Router, method: &str, path: &str, body: Value) -> (u16, Value) {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("content-type", "application/json");
    let request = request.body(Body::from(body.to_string())).unwrap();
    let response = app.clone().oneshot(request).await.unwrap();
    let status = response.status().as_u16();
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, serde_json::from_slice(&body).unwrap_or_default())
}

#[tokio::test]
async fn the_last_place_is_the_last() {
    let app = service().await;
    let event = json!({ "title": "Tea", "day": "2027-03-01", "places": 2 });
    ask(&app, "POST", "/events", event).await;
    for name in ["ann", "bob"] {
        let person = json!({ "name": name, "email": format!("{name}@example.org") });
        ask(&app, "POST", "/people", person).await;
    }
    let (status, _) = ask(&app, "PUT", "/events/1/guests/1", json!({ "seats": 1 })).await;
    assert_eq!(status, 204);
    let (status, said) = ask(&app, "PUT", "/events/1/guests/2", json!({ "seats": 2 })).await;
    assert_eq!(
        (status, said),
        (409, json!({ "error": "no places are left" }))
    );
    let (_, event) = ask(&app, "GET", "/events/1", json!(null)).await;
    assert_eq!(
        event["guests"],
        json!([{ "id": 1, "name": "ann", "seats": 1 }])
    );
}
