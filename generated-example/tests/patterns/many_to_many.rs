//! Many to many over a secondary.

use crate::db::Connection;
use serde_json::{Map, Value, json};

use crate::harness::{Outcome, pattern};
use models::{Course, NewCourse, NewStudent, Student, UnitOfWork, course, student};

pattern!("many_to_many");

fn fill(conn: &Connection) -> Outcome<()> {
    let mut work = UnitOfWork::new();
    let [alice, bob, cleo] =
        ["Alice", "Bob", "Cleo"].map(|name| work.insert(NewStudent { name: name.into() }));
    let mut course = |title: &str| {
        work.insert(NewCourse {
            title: title.into(),
        })
    };
    let [math, science, _art, music] = ["Math", "Science", "Art", "Music"].map(&mut course);
    work.link(course::STUDENTS, math, [alice, bob]);
    work.link(student::COURSES, alice, [science]);
    work.link(student::COURSES, cleo, [music]);
    work.commit(conn)?;
    Ok(())
}

fn answers(conn: &Connection) -> Outcome<Value> {
    let mut courses_of = Map::new();
    for (student, courses) in Student::query().with(student::COURSES).all(conn)? {
        let titles = courses.into_iter().map(|course| course.title);
        courses_of.insert(student.name, titles.collect());
    }
    let mut students_of = Map::new();
    for course in Course::query().all(conn)? {
        let students = course.students().all(conn)?.into_iter();
        let names = students.map(|student| student.name).collect();
        students_of.insert(course.title, names);
    }
    let in_math = Student::query().filter(student::COURSES.any(course::TITLE.eq("Math")));
    let in_math = in_math.all(conn)?.into_iter().map(|student| student.name);
    Ok(json!({
        "courses": courses_of,
        "students": students_of,
        "in Math": in_math.collect::<Vec<_>>(),
    }))
}

fn before() -> Value {
    json!({
        "courses": { "Alice": ["Math", "Science"], "Bob": ["Math"], "Cleo": ["Music"] },
        "students": {
            "Math": ["Alice", "Bob"],
            "Science": ["Alice"],
            "Art": [],
            "Music": ["Cleo"],
        },
        "in Math": ["Alice", "Bob"],
    })
}

fn change(conn: &Connection) -> Outcome<()> {
    let student = |name: &str| Student::query().filter(student::NAME.eq(name)).one(conn);
    let course = |title: &str| Course::query().filter(course::TITLE.eq(title)).one(conn);
    let (alice, bob, cleo) = (student("Alice")?, student("Bob")?, student("Cleo")?);
    let (math, art) = (course("Math")?, course("Art")?);
    alice.courses().remove(conn, &math)?;
    math.students().add(conn, &cleo)?;
    math.students().add(conn, &cleo)?; // it is there
    art.students().set(conn, [&alice, &cleo])?;
    course("Science")?.students().clear(conn)?;
    bob.delete(conn)?; // with his links
    course("Music")?.delete(conn)?;
    Ok(())
}

fn after() -> Value {
    json!({
        "courses": { "Alice": ["Art"], "Cleo": ["Math", "Art"] },
        "students": { "Math": ["Cleo"], "Science": [], "Art": ["Alice", "Cleo"] },
        "in Math": ["Cleo"],
    })
}
