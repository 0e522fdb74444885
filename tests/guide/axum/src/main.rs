use events::{app, models};
use sqlx::SqlitePool;
use std::env;
use std::path::Path;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let file = env::var("EVENTS_FILE").unwrap_or_else(|_| "events.db".to_owned());
    let address = env::var("EVENTS_ADDRESS").unwrap_or_else(|_| "127.0.0.1:3000".to_owned());

    let is_new = !Path::new(&file).exists();
    let options = models::connect_options()
        .filename(&file)
        .create_if_missing(true);
    let pool = SqlitePool::connect_with(options).await?;
    if is_new {
        models::create_tables(&mut *pool.acquire().await?).await?;
    }

    let listener = tokio::net::TcpListener::bind(address).await?;
    println!("http://{}", listener.local_addr()?);
    axum::serve(listener, app(pool)).await?;
    Ok(())
}
