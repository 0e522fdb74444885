//! A foreign key beside a secondary.

use crate::db::Connection;
use serde_json::{Map, Value, json};

use crate::harness::{Outcome, pattern};
use models::{Course, NewCourse, NewStudent, Student, UnitOfWork, course, student};

pattern!("favorites");

fn fill(conn: &Connection) -> Outcome<()> {
    let mut work = UnitOfWork::new();
    let [math, art, music] = ["Math", "Art", "Music"].map(|title| {
        work.insert(NewCourse {
            title: title.into(),
        })
    });
    for (name, courses, favorite) in [
        ("Alice", &[math, art][..], Some(art)),
        ("Bob", &[math], Some(music)),
        ("Cleo", &[], None),
    ] {
        let student = work.insert(NewStudent {
            name: name.into(),
            favorite_id: favorite.map(Into::into),
        });
        work.link(student::COURSES, student, courses.iter().copied());
    }
    work.commit(conn)?;
    Ok(())
}

fn answers(conn: &Connection) -> Outcome<Value> {
    let (mut courses_of, mut favorite_of) = (Map::new(), Map::new());
    let query = Student::query()
        .with(student::COURSES)
        .with(student::FAVORITE);
    for (student, courses, favorite) in query.all(conn)? {
        let titles = courses.into_iter().map(|course| course.title);
        courses_of.insert(student.name.clone(), titles.collect());
        favorite_of.insert(student.name, json!(favorite.map(|course| course.title)));
    }
    let (mut students_of, mut fans_of) = (Map::new(), Map::new());
    let names = |students: Vec<Student>| students.into_iter().map(|student| student.name);
    let query = Course::query().with(course::STUDENTS).with(course::FANS);
    for (course, students, fans) in query.all(conn)? {
        students_of.insert(course.title.clone(), names(students).collect());
        fans_of.insert(course.title, names(fans).collect());
    }
    Ok(json!({
        "courses": courses_of,
        "favorites": favorite_of,
        "students": students_of,
        "fans": fans_of,
    }))
}

fn before() -> Value {
    json!({
        "courses": { "Alice": ["Math", "Art"], "Bob": ["Math"], "Cleo": [] },
        "favorites": { "Alice": "Art", "Bob": "Music", "Cleo": null },
        "students": { "Math": ["Alice", "Bob"], "Art": ["Alice"], "Music": [] },
        "fans": { "Math": [], "Art": ["Alice"], "Music": ["Bob"] },
    })
}

fn change(conn: &Connection) -> Outcome<()> {
    let student = |name: &str| Student::query().filter(student::NAME.eq(name)).one(conn);
    let course = |title: &str| Course::query().filter(course::TITLE.eq(title)).one(conn);
    let cleo = student("Cleo")?;
    cleo.courses().add(conn, &course("Math")?)?;
    course("Math")?
        .fans()
        .add_all(conn, [&cleo, &student("Alice")?])?;
    course("Art")?.students().clear(conn)?; // and nobody's favorite changes
    course("Music")?.delete(conn)?; // which Bob loses
    Ok(())
}

fn after() -> Value {
    json!({
        "courses": { "Alice": ["Math"], "Bob": ["Math"], "Cleo": ["Math"] },
        "favorites": { "Alice": "Math", "Bob": null, "Cleo": "Math" },
        "students": { "Math": ["Alice", "Bob", "Cleo"], "Art": [] },
        "fans": { "Math": ["Alice", "Cleo"], "Art": [] },
    })
}
