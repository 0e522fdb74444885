//! The school story on PostgreSQL: the same as on SQLite, with `.await`.
//!
//! The build script has made `postgres/school.rs` of `specs/school.yaml`. `DATABASE_URL` says where the server is; the story
//! begins and ends without tables.

#![deny(warnings)]

/// What relata generated.
mod models {
    include!(concat!(env!("OUT_DIR"), "/postgres/school.rs"));
}

use models::support::Session;
use models::{Course, NewCourse, NewStudent, Student, StudentPatch, course, student};
use tokio_postgres::{Client, NoTls};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let url = std::env::var("DATABASE_URL")
        .map_err(|_| "DATABASE_URL is not set: postgres://user:password@host/database")?;
    let (client, connection) = tokio_postgres::connect(&url, NoTls).await?;
    // It talks to the server, beside those who call.
    tokio::spawn(connection);
    let mut db = Session::new(client);
    models::create_tables(&mut db).await?;
    let told = story(&mut db).await;
    models::drop_tables(&mut db).await?;
    Ok(told?)
}

async fn story(db: &mut Session<Client>) -> Result<(), models::Error> {
    println!("A school opens.");
    let alice = Student::insert(
        db,
        NewStudent {
            name: "Alice".into(),
        },
    )
    .await?;
    let bob = Student::insert(db, NewStudent { name: "Bob".into() }).await?;
    let math = Course::insert(
        db,
        NewCourse {
            title: "Math".into(),
        },
    )
    .await?;
    let science = Course::insert(
        db,
        NewCourse {
            title: "Science".into(),
        },
    )
    .await?;
    alice.courses().add_all(db, [&math, &science]).await?;
    math.students().add(db, &bob).await?; // the same kind of link, said from the other side
    tell(db).await?;

    println!("\nArt is new, and Alice is quick: she signs up twice.");
    let art = Course::insert(
        db,
        NewCourse {
            title: "Art".into(),
        },
    )
    .await?;
    let first = alice.courses().add(db, &art).await?;
    let second = alice.courses().add(db, &art).await?;
    println!("  The first time is news: {first}. The second: {second}.");
    println!("  She takes {} courses.", alice.courses().count(db).await?);

    println!("\nThree are too many. She drops Art, then trades Science for it.");
    alice.courses().remove(db, &art).await?;
    println!(
        "  Art has her: {}.",
        art.students().contains(db, &alice).await?
    );
    alice.courses().set(db, [&math, &art]).await?;
    tell(db).await?;

    println!("\nWhich of her courses come after B, last one first?");
    let late = alice
        .courses()
        .query()
        .filter(course::TITLE.gt("B"))
        .order_by(course::TITLE.desc())
        .all(db)
        .await?;
    println!("  {}.", titles(&late));

    println!("\nBob would rather be called Rob. Then he moves away.");
    let rob = bob
        .update(
            db,
            StudentPatch {
                name: Some("Rob".into()),
            },
        )
        .await?;
    println!("  Math has {}.", names(&math.students().all(db).await?));
    let key = rob.id;
    rob.delete(db).await?; // takes his links with him, and no course
    println!("  Math has {}.", names(&math.students().all(db).await?));
    println!("  {} courses are left.", Course::query().count(db).await?);
    match Student::get(db, key).await {
        Err(error @ models::Error::NotFound { .. }) => println!("  At the desk they say: {error}."),
        other => println!("  At the desk they say: {other:?}."),
    }
    Ok(())
}

/// Prints who takes what, and who sits where.
async fn tell(db: &mut Session<Client>) -> Result<(), models::Error> {
    for student in Student::query()
        .order_by(student::NAME.asc())
        .all(db)
        .await?
    {
        println!(
            "  {} takes {}.",
            student.name,
            titles(&student.courses().all(db).await?)
        );
    }
    for course in Course::query()
        .order_by(course::TITLE.asc())
        .all(db)
        .await?
    {
        println!(
            "  {} has {}.",
            course.title,
            names(&course.students().all(db).await?)
        );
    }
    Ok(())
}

fn titles(courses: &[Course]) -> String {
    list("nothing", courses.iter().map(|course| &course.title))
}

fn names(students: &[Student]) -> String {
    list("nobody", students.iter().map(|student| &student.name))
}

/// `Math and Science`, or the word for none.
fn list<'a>(none: &str, words: impl Iterator<Item = &'a String>) -> String {
    let words: Vec<&str> = words.map(String::as_str).collect();
    if words.is_empty() {
        none.into()
    } else {
        words.join(" and ")
    }
}
