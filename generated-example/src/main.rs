//! The school story: students, courses, and who takes which, told from both sides.
//!
//! The build script has made `school.rs` of `specs/school.yaml`.

#![deny(warnings)]

/// What relata generated.
mod models {
    include!(concat!(env!("OUT_DIR"), "/school.rs"));
}

use models::{Course, NewCourse, NewStudent, Student, StudentPatch, course, student};
use rusqlite::Connection;

fn main() -> Result<(), models::Error> {
    let conn = Connection::open_in_memory()?;
    models::configure(&conn)?;
    models::create_tables(&conn)?;

    println!("A school opens.");
    let alice = Student::insert(
        &conn,
        NewStudent {
            name: "Alice".into(),
        },
    )?;
    let bob = Student::insert(&conn, NewStudent { name: "Bob".into() })?;
    let math = Course::insert(
        &conn,
        NewCourse {
            title: "Math".into(),
        },
    )?;
    let science = Course::insert(
        &conn,
        NewCourse {
            title: "Science".into(),
        },
    )?;
    alice.courses().add_all(&conn, [&math, &science])?;
    math.students().add(&conn, &bob)?; // the same kind of link, said from the other side
    tell(&conn)?;

    println!("\nArt is new, and Alice is quick: she signs up twice.");
    let art = Course::insert(
        &conn,
        NewCourse {
            title: "Art".into(),
        },
    )?;
    let first = alice.courses().add(&conn, &art)?;
    let second = alice.courses().add(&conn, &art)?;
    println!("  The first time is news: {first}. The second: {second}.");
    println!("  She takes {} courses.", alice.courses().count(&conn)?);

    println!("\nThree are too many. She drops Art, then trades Science for it.");
    alice.courses().remove(&conn, &art)?;
    println!(
        "  Art has her: {}.",
        art.students().contains(&conn, &alice)?
    );
    alice.courses().set(&conn, [&math, &art])?;
    tell(&conn)?;

    println!("\nWhich of her courses come after B, last one first?");
    let late = alice
        .courses()
        .query()
        .filter(course::TITLE.gt("B"))
        .order_by(course::TITLE.desc())
        .all(&conn)?;
    println!("  {}.", titles(&late));

    println!("\nBob would rather be called Rob. Then he moves away.");
    let rob = bob.update(
        &conn,
        StudentPatch {
            name: Some("Rob".into()),
        },
    )?;
    println!("  Math has {}.", names(&math.students().all(&conn)?));
    let key = rob.id;
    rob.delete(&conn)?; // takes his links with him, and no course
    println!("  Math has {}.", names(&math.students().all(&conn)?));
    println!("  {} courses are left.", Course::query().count(&conn)?);
    match Student::get(&conn, key) {
        Err(error @ models::Error::NotFound { .. }) => println!("  At the desk they say: {error}."),
        other => println!("  At the desk they say: {other:?}."),
    }
    Ok(())
}

/// Prints who takes what, and who sits where.
fn tell(conn: &Connection) -> Result<(), models::Error> {
    for student in Student::query().order_by(student::NAME.asc()).all(conn)? {
        println!(
            "  {} takes {}.",
            student.name,
            titles(&student.courses().all(conn)?)
        );
    }
    for course in Course::query().order_by(course::TITLE.asc()).all(conn)? {
        println!(
            "  {} has {}.",
            course.title,
            names(&course.students().all(conn)?)
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
