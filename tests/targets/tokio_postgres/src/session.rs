//! Sessions: what they are made of, their transactions, their statements, and how often they wait for the server.

use std::ops::{Deref, DerefMut};
use std::time::Duration;

use tokio_postgres::Client;

use crate::db::wait_here;
use crate::driver;
use crate::live::dropped::polled;
use school::support::{self, Connection, DriverError, transaction};
use school::{Course, Error, NewCourse, NewStudent, Session, Student, course, raw, student};

mod far;
mod many;
mod pools;
mod trips;

/// The tutorial.
mod school {
    include!(concat!(env!("OUT_DIR"), "/school.rs"));
}

/// Every type of column.
mod values {
    include!(concat!(env!("OUT_DIR"), "/values.rs"));
}

/// Runs a test on the tables of the school.
fn on_school(test: impl AsyncFnOnce(Session<Client>) -> Session<Client>) {
    wait_here(async {
        let (keep, conn) = driver::open().await;
        drop(conn);
        let mut db = Session::new(driver::client(&keep).await);
        school::create_tables(&mut db).await.unwrap();
        drop(test(db).await);
        drop(keep);
    });
}

async fn names(db: &mut Connection<'_>) -> Vec<String> {
    let all = Student::query().order_by(student::ID.asc()).all(db).await;
    all.unwrap().into_iter().map(|row| row.name).collect()
}

async fn add(db: &mut Connection<'_>, name: &str) -> support::Result<Student> {
    Student::insert(db, NewStudent { name: name.into() }).await
}

/// What violates a key, whatever is there.
async fn violate(db: &mut Connection<'_>) -> support::Result<()> {
    let row = Student {
        id: -1,
        name: String::new(),
    };
    Student::insert_row(db, &row).await?;
    Student::insert_row(db, &row).await
}

fn refused<R>() -> support::Result<R> {
    Err(Error::NotFound {
        entity: "Student",
        key: None,
    })
}

#[test]
#[ignore = "needs PostgreSQL: tests/run --install brings it"]
fn a_transaction_is_all_or_nothing_on_postgres() {
    on_school(async |mut db| {
        let failed: support::Result<()> = transaction(&mut db, |db| {
            Box::pin(async move {
                add(db, "lost").await?;
                refused()
            })
        })
        .await;
        assert!(matches!(failed, Err(Error::NotFound { .. })));
        let done = transaction(&mut db, |db| {
            Box::pin(async move {
                add(db, "outer").await?;
                let inner = transaction(db, |db| {
                    Box::pin(async move {
                        add(db, "inner").await?;
                        violate(db).await
                    })
                });
                assert!(matches!(inner.await, Err(Error::UniqueViolation { .. })));
                let nested = transaction(db, |db| Box::pin(async move { add(db, "nested").await }));
                nested.await.map(drop)
            })
        });
        done.await.unwrap();
        assert_eq!(names(&mut db).await, ["outer", "nested"]);
        db
    });
}

#[test]
#[ignore = "needs PostgreSQL: tests/run --install brings it"]
fn what_has_failed_is_not_committed_on_postgres() {
    on_school(async |mut db| {
        let told = transaction(&mut db, |db| {
            Box::pin(async move {
                add(db, "lost").await?;
                assert!(violate(db).await.is_err());
                Ok(())
            })
        });
        // COMMIT would say nothing, and roll back.
        let Err(Error::Database(DriverError::Driver(told))) = told.await else {
            panic!("it was committed");
        };
        assert_eq!(told.code().unwrap().code(), "25P02");
        assert_eq!(names(&mut db).await, [""; 0]);
        db
    });
}

#[test]
#[ignore = "needs PostgreSQL: tests/run --install brings it"]
fn a_future_that_is_dropped_leaves_nothing_behind_on_postgres() {
    on_school(async |mut db| {
        let work = transaction(&mut db, |db| {
            Box::pin(async move {
                add(db, "lost").await?;
                std::future::pending::<()>().await;
                Ok(())
            })
        });
        let late = tokio::time::timeout(Duration::from_millis(100), work).await;
        assert!(late.is_err());
        add(&mut db, "kept").await.unwrap();
        assert_eq!(names(&mut db).await, ["kept"]);
        db
    });
}

/// Wherever it is dropped, a call is nothing to the transactions around it: that of the driver, of which COMMIT would say
/// nothing, and one of the API.
#[test]
#[ignore = "needs PostgreSQL: tests/run --install brings it"]
fn a_call_that_is_dropped_is_nothing_to_the_transactions_around_it_on_postgres() {
    on_school(async |mut db| {
        let ada = add(&mut db, "Ada").await.unwrap();
        let new = NewCourse {
            title: "Math".into(),
        };
        let math = Course::insert(&mut db, new).await.unwrap();
        let mut client = db.into_inner();
        for turns in 0.. {
            let mut begun = client.transaction().await.unwrap();
            let mut inner = Session::new(&mut begun);
            let (ada, math) = (ada.clone(), math.clone());
            let done = transaction(&mut inner, move |db| {
                Box::pin(async move {
                    add(db, "before").await?;
                    let done = polled(turns, ada.courses().set(db, [&math])).await;
                    add(db, "behind").await?;
                    done.transpose()
                })
            });
            let done = done.await.unwrap();
            begun.commit().await.unwrap();
            let mut db = Session::new(&mut client);
            assert_eq!(names(&mut db).await, ["Ada", "before", "behind"]);
            let linked = Course::query().filter(course::STUDENTS.exists());
            let linked = linked.count(&mut db).await.unwrap();
            assert_eq!(linked, u64::from(done.is_some()), "after {turns} turns");
            if done.is_some() {
                break;
            }
            let added = Student::query().filter(student::NAME.ne("Ada"));
            added.delete(&mut db).await.unwrap();
        }
        Session::new(client)
    });
}

/// What a statement is prepared for may be gone: then it is prepared anew, at once or by the next transaction.
#[test]
#[ignore = "needs PostgreSQL: tests/run --install brings it"]
fn types_may_change_under_a_session_on_postgres() {
    on_school(async |mut db| {
        async fn both(db: &mut Session<Client>) -> support::Result<()> {
            let work = transaction(db, |db| {
                Box::pin(async move {
                    Student::query().all(db).await?;
                    let named = Student::query().filter(student::ID.gt(0));
                    named.all(db).await.map(drop)
                })
            });
            work.await
        }
        both(&mut db).await.unwrap();
        let change = "ALTER TABLE students ALTER COLUMN name TYPE varchar(5)";
        db.client().batch_execute(change).await.unwrap();
        let told = both(&mut db).await;
        assert!(matches!(told, Err(Error::Database(_))), "{told:?}");
        both(&mut db).await.unwrap();
        db
    });
}

/// That is how a variant is taken out of it.
#[test]
#[ignore = "needs PostgreSQL: tests/run --install brings it"]
fn an_enum_may_be_made_anew_under_a_session_on_postgres() {
    use values::{Mood, Whole, create_tables, whole};

    wait_here(async {
        let (keep, conn) = driver::open().await;
        drop(conn);
        let mut db = values::Session::new(driver::client(&keep).await);
        create_tables(&mut db).await.unwrap();
        let dull = || Whole::query().filter(whole::MOOD.eq(Mood::Dull));
        assert_eq!(dull().count(&mut db).await.unwrap(), 0);
        for change in [
            "ALTER TABLE wholes ALTER COLUMN mood TYPE text",
            "ALTER TABLE maybes ALTER COLUMN mood TYPE text",
            "DROP TYPE mood",
            "CREATE TYPE mood AS ENUM ('dull')",
            "ALTER TABLE wholes ALTER COLUMN mood TYPE mood USING mood::mood",
        ] {
            db.client().batch_execute(change).await.unwrap();
        }
        assert_eq!(dull().count(&mut db).await.unwrap(), 0);
        drop(db);
        drop(keep);
    });
}

/// A client of a pool, as pools have them.
struct Pooled(Box<Client>);

impl Deref for Pooled {
    type Target = Box<Client>;

    fn deref(&self) -> &Box<Client> {
        &self.0
    }
}

impl DerefMut for Pooled {
    fn deref_mut(&mut self) -> &mut Box<Client> {
        &mut self.0
    }
}

#[test]
#[ignore = "needs PostgreSQL: tests/run --install brings it"]
fn a_session_is_made_of_what_has_a_client_on_postgres() {
    on_school(async |db| {
        let mut client = db.into_inner();
        let begun = client.transaction().await.unwrap();
        let mut db = Session::new(begun);
        add(&mut db, "rolled back").await.unwrap();
        let inner = transaction(&mut db, |db| Box::pin(async move { violate(db).await }));
        assert!(inner.await.is_err());
        assert_eq!(names(&mut db).await, ["rolled back"]);
        db.into_inner().rollback().await.unwrap();

        let mut begun = client.transaction().await.unwrap();
        add(&mut Session::new(&mut begun), "kept").await.unwrap();
        begun.commit().await.unwrap();

        assert_eq!(names(&mut Session::new(&mut client)).await, ["kept"]);
        let mut db = Session::new(client);
        let begun = db.get_mut().transaction().await.unwrap();
        let mut inside = Session::new(begun);
        add(&mut inside, "rolled back").await.unwrap();
        inside.into_inner().rollback().await.unwrap();
        let asked = transaction(&mut db, |db| {
            Box::pin(async move {
                let level = "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE";
                db.client().batch_execute(level).await?;
                add(db, "serial").await?;
                let row = db.client().query_one("SHOW transaction_isolation", &[]);
                Ok(row.await?.get::<_, String>(0))
            })
        });
        assert_eq!(asked.await.unwrap(), "serializable");
        let added = Student::query().filter(student::NAME.eq("serial"));
        assert_eq!(added.delete(&mut db).await.unwrap(), 1);
        let client = db.into_inner();

        let mut pooled = Pooled(Box::new(client));
        assert_eq!(names(&mut Session::new(&mut pooled)).await, ["kept"]);
        let db = Session::new(pooled);
        assert_eq!(format!("{db:?}"), "Session { .. }");
        Session::new(*db.into_inner().0)
    });
}

#[test]
#[ignore = "needs PostgreSQL: tests/run --install brings it"]
fn statements_are_prepared_again_when_they_have_to_be_on_postgres() {
    on_school(async |mut db| {
        add(&mut db, "Ada").await.unwrap();
        assert_eq!(names(&mut db).await, ["Ada"]);
        for change in [
            "ALTER TABLE students ALTER COLUMN name TYPE varchar(5)",
            "DEALLOCATE ALL",
        ] {
            db.client().batch_execute(change).await.unwrap();
            assert_eq!(names(&mut db).await, ["Ada"]);
        }
        school::drop_tables(&mut db).await.unwrap();
        school::create_tables(&mut db).await.unwrap();
        assert_eq!(names(&mut db).await, [""; 0]);
        // More texts than are known at a time.
        for number in 0..600 {
            let filter = raw(format!("id = {number}"), ());
            let found = Student::query().filter(filter).count(&mut db).await;
            assert_eq!(found.unwrap(), 0);
        }
        assert_eq!(names(&mut db).await, [""; 0]);
        let known = "SELECT count(*) FROM pg_prepared_statements";
        let known: i64 = db.client().query_one(known, &[]).await.unwrap().get(0);
        assert!((256..520).contains(&known), "{known} are prepared");
        db
    });
}

#[test]
#[ignore = "needs PostgreSQL: tests/run --install brings it"]
fn errors_tell_what_is_wrong_on_postgres() {
    on_school(async |mut db| {
        let told = violate(&mut db).await;
        let Err(Error::UniqueViolation {
            columns,
            constraint,
            source,
        }) = told
        else {
            panic!("{told:?}");
        };
        assert_eq!(columns, ["students.id"]);
        assert_eq!(constraint.as_deref(), Some("pk_students"));
        assert!(source.to_string().contains("duplicate key"), "{source}");
        let ghost = Student {
            id: 99,
            name: String::new(),
        };
        let new = NewCourse {
            title: "Math".into(),
        };
        let math = Course::insert(&mut db, new).await.unwrap();
        let told = math.students().add(&mut db, &ghost).await;
        let Err(Error::ForeignKeyViolation { constraint, .. }) = told else {
            panic!("{told:?}");
        };
        assert_eq!(constraint.as_deref(), Some("fk_student_course_student_id"));
        let told = add(&mut db, "a\0b").await.unwrap_err();
        assert!(
            matches!(told, Error::Encode { column: "name", .. }),
            "{told:?}"
        );
        let few = Student::query().filter(raw("name = ? AND id = ?2", ["x"]));
        let told = few.count(&mut db).await.unwrap_err();
        assert_eq!(told.to_string(), "1 values are given for 2 parameters");
        db
    });
}

#[test]
#[ignore = "needs PostgreSQL: tests/run --install brings it"]
fn every_row_of_many_comes_once_on_postgres() {
    on_school(async |mut db| {
        let rows = (0..1234).map(|number| NewStudent {
            name: number.to_string(),
        });
        let keys = Student::insert_many(&mut db, rows).await.unwrap();
        for wanted in [0, 1, 499, 500, 501, 1000, 1234] {
            let mut seen = Vec::new();
            let first = Student::query().order_by(student::ID.asc()).limit(wanted);
            let each = first.for_each(&mut db, |row| {
                seen.push(row.id);
                Ok(())
            });
            each.await.unwrap();
            assert_eq!(seen, keys[..seen.len()]);
            assert_eq!(seen.len() as u64, wanted);
        }
        let mut seen = 0;
        let stopped = Student::query().for_each(&mut db, |_| {
            seen += 1;
            if seen < 700 { Ok(()) } else { refused() }
        });
        assert!(matches!(stopped.await, Err(Error::NotFound { .. })));
        assert_eq!(seen, 700);
        assert_eq!(names(&mut db).await.len(), 1234);
        db
    });
}
