//! What docs/connections.md says of sqlx's pools, in its words.

use crate::db::wait_here;
use crate::driver;
use crate::live::school::{self as models, NewStudent, Student};

// begin
use sqlx::PgPool;
use std::time::Duration;

async fn students(pool: PgPool) -> Result<Vec<Student>, Box<dyn std::error::Error>> {
    let work = tokio::spawn(async move {
        let mut conn = pool.acquire().await?;
        Student::query().all(&mut conn).await
    });
    Ok(tokio::time::timeout(Duration::from_secs(1), work).await???)
}
// end

/// What stands between the marks is on the page.
#[test]
fn the_page_has_this_code() {
    let page = include_str!("../../../../docs/connections.md");
    let code = include_str!("pools.rs");
    let text = code.split("// begin\n").nth(1).unwrap();
    let text = text.split("// end\n").next().unwrap();
    assert!(page.contains(&format!("```rust\n{text}```\n")), "{text}");
}

#[test]
#[ignore = "needs PostgreSQL: tests/run --install brings it"]
fn a_pool_is_called_with_its_connections_on_postgres() {
    wait_here(async {
        let (keep, mut conn) = driver::open().await;
        models::create_tables(&mut conn).await.unwrap();
        let new = NewStudent { name: "Ada".into() };
        let ada = Student::insert(&mut conn, new).await.unwrap();
        let options = driver::options(&keep);
        let pool = PgPool::connect_with(options).await.unwrap();
        assert_eq!(students(pool.clone()).await.unwrap(), [ada]);
        pool.close().await;
        drop(keep);
    });
}
