//! What docs/connections.md says of pools and of functions of one's own, in its words.

use super::school::{self as models, Course, NewCourse, NewStudent};
use crate::db::wait_here;
use crate::driver;

// begin
use deadpool::managed::{Manager, Metrics, Pool, RecycleError, RecycleResult};
use models::{Session, Student};
use tokio_postgres::{Client, Config, NoTls};

/// Opens the sessions of a pool.
struct Sessions(Config);

impl Manager for Sessions {
    type Type = Session<Client>;
    type Error = tokio_postgres::Error;

    async fn create(&self) -> Result<Session<Client>, tokio_postgres::Error> {
        let (client, connection) = self.0.connect(NoTls).await?;
        tokio::spawn(connection);
        Ok(Session::new(client))
    }

    async fn recycle(
        &self,
        db: &mut Session<Client>,
        _: &Metrics,
    ) -> RecycleResult<tokio_postgres::Error> {
        if db.client().is_closed() {
            return Err(RecycleError::message("the connection is closed"));
        }
        Ok(())
    }
}

fn pool(config: Config) -> Result<Pool<Sessions>, Box<dyn std::error::Error>> {
    let pool: Pool<Sessions> = Pool::builder(Sessions(config)).max_size(16).build()?;
    Ok(pool)
}

async fn students(pool: &Pool<Sessions>) -> Result<Vec<Student>, Box<dyn std::error::Error>> {
    let mut db = pool.get().await?;
    Ok(Student::query().all(&mut db).await?)
}
// end

// begin
use models::support::Connection;

/// Puts a student into another course: as a whole, and again when another transaction was in the way.
async fn change(
    db: &mut Connection<'_>,
    student: &Student,
    from: &Course,
    to: &Course,
) -> Result<(), models::Error> {
    let (student, from, to) = (student.clone(), from.clone(), to.clone());
    models::retry(db, move |db| {
        let (student, from, to) = (student.clone(), from.clone(), to.clone());
        Box::pin(async move {
            student.courses().remove(db, &from).await?;
            student.courses().add(db, &to).await?;
            Ok(())
        })
    })
    .await
}
// end

// begin
/// Why somebody cannot be enrolled.
#[derive(Debug)]
enum Refusal {
    Full,
    Database(models::Error),
}

impl From<models::Error> for Refusal {
    fn from(error: models::Error) -> Self {
        Self::Database(error)
    }
}

/// Puts a student into a course that takes so many.
async fn enroll(
    db: &mut Session<Client>,
    student: &Student,
    course: &Course,
    places: u64,
) -> Result<(), Refusal> {
    let transaction = db.get_mut().transaction().await;
    let mut inside = Session::new(transaction.map_err(models::Error::from)?);
    course.students().add(&mut inside, student).await?;
    if course.students().count(&mut inside).await? > places {
        return Err(Refusal::Full); // what is dropped is rolled back
    }
    let committed = inside.into_inner().commit().await;
    Ok(committed.map_err(models::Error::from)?)
}
// end

/// What stands between the marks is on the page.
#[test]
fn the_page_has_this_code() {
    let page = include_str!("../../../../../docs/connections.md");
    let code = include_str!("pools.rs");
    let shown: Vec<&str> = code.split("// begin\n").skip(1).collect();
    assert_eq!(shown.len(), 3);
    for text in shown {
        let text = text.split("// end\n").next().unwrap();
        assert!(page.contains(&format!("```rust\n{text}```\n")), "{text}");
    }
}

/// The server, and the schema of a test.
fn config(keep: &driver::Keep) -> Config {
    let mut config = driver::config();
    config.options(driver::options(keep));
    config
}

#[test]
#[ignore = "needs PostgreSQL: tests/run --install brings it"]
fn a_pool_keeps_sessions_on_postgres() {
    wait_here(async {
        let (keep, conn) = driver::open().await;
        drop(conn);
        let pool = pool(config(&keep)).unwrap();
        pool.resize(1);
        let mut db = pool.get().await.unwrap();
        models::create_tables(&mut db).await.unwrap();
        let new = NewStudent { name: "Ada".into() };
        let ada = Student::insert(&mut db, new).await.unwrap();
        let course = |title: &str| NewCourse {
            title: title.into(),
        };
        let math = Course::insert(&mut db, course("Math")).await.unwrap();
        let art = Course::insert(&mut db, course("Art")).await.unwrap();
        ada.courses().add(&mut db, &math).await.unwrap();
        change(&mut db, &ada, &math, &art).await.unwrap();
        drop(db);
        assert_eq!(students(&pool).await.unwrap(), std::slice::from_ref(&ada));
        let mut db = pool.get().await.unwrap();
        assert_eq!(ada.courses().all(&mut db).await.unwrap(), [art.clone()]);
        let full = enroll(&mut db, &ada, &math, 0).await;
        assert!(matches!(full, Err(Refusal::Full)), "{full:?}");
        assert_eq!(math.students().count(&mut db).await.unwrap(), 0);
        enroll(&mut db, &ada, &math, 1).await.unwrap();
        assert_eq!(math.students().count(&mut db).await.unwrap(), 1);
        math.clone().delete(&mut db).await.unwrap();
        let gone = enroll(&mut db, &ada, &math, 1).await;
        let Err(Refusal::Database(models::Error::ForeignKeyViolation { .. })) = gone else {
            panic!("{gone:?}");
        };
        // The same session, which has prepared this before.
        let before = prepared(&db).await;
        drop(db);
        assert_eq!(students(&pool).await.unwrap(), [ada]);
        assert_eq!(prepared(&pool.get().await.unwrap()).await, before);
        drop(pool);
        drop(keep);
    });
}

/// How many statements the server keeps for a session; this is none of them.
async fn prepared(db: &Session<Client>) -> String {
    let count = "SELECT count(*) FROM pg_prepared_statements";
    let told = db.client().simple_query(count).await.unwrap();
    let row = told.into_iter().find_map(|each| match each {
        tokio_postgres::SimpleQueryMessage::Row(row) => Some(row),
        _ => None,
    });
    row.unwrap().get(0).unwrap().to_owned()
}

#[test]
#[ignore = "needs PostgreSQL: tests/run --install brings it"]
fn a_session_is_made_of_what_deadpool_lends_on_postgres() {
    wait_here(async {
        let (keep, conn) = driver::open().await;
        drop(conn);
        let manager = deadpool_postgres::Manager::new(config(&keep), NoTls);
        let pool = deadpool_postgres::Pool::builder(manager);
        let pool = pool.max_size(1).build().unwrap();
        let mut db = Session::new(pool.get().await.unwrap());
        models::create_tables(&mut db).await.unwrap();
        let new = NewStudent { name: "Ada".into() };
        let ada = Student::insert(&mut db, new).await.unwrap();
        let mut client = db.into_inner();
        let mut db = Session::new(client.transaction().await.unwrap());
        ada.clone().delete(&mut db).await.unwrap();
        db.into_inner().rollback().await.unwrap();
        let mut db = Session::new(client);
        assert_eq!(Student::query().all(&mut db).await.unwrap(), [ada]);
        drop(db);
        drop(pool);
        drop(keep);
    });
}
