mod models {
    include!(concat!(env!("OUT_DIR"), "/school.rs"));
}

use models::{Course, NewCourse, NewStudent, Student, UnitOfWork, course, student};

fn main() -> Result<(), models::Error> {
    // A file instead: rusqlite::Connection::open("school.db"), and create_tables once.
    let conn = rusqlite::Connection::open_in_memory()?;
    models::configure(&conn)?;
    models::create_tables(&conn)?;

    // The whole graph in one transaction.
    let mut work = UnitOfWork::new();
    let alice = work.insert(NewStudent {
        name: "Alice".into(),
    });
    let bob = work.insert(NewStudent { name: "Bob".into() });
    let math = work.insert(NewCourse {
        title: "Math".into(),
    });
    let science = work.insert(NewCourse {
        title: "Science".into(),
    });
    work.link(student::COURSES, alice, [math, science]);
    work.link(course::STUDENTS, math, [bob]); // the same relationship from its other side
    work.commit(&conn)?;

    // Everybody with their courses: two statements, however many they are.
    for (student, courses) in Student::query().with(student::COURSES).all(&conn)? {
        let titles: Vec<&str> = courses.iter().map(|course| course.title.as_str()).collect();
        println!("{} takes {}", student.name, titles.join(", "));
    }

    // One row, and what is related to it.
    let math = Course::query()
        .filter(course::TITLE.eq("Math"))
        .one(&conn)?;
    for student in math.students().all(&conn)? {
        println!("{} is in {}", student.name, math.title);
    }
    Ok(())
}
