mod models {
    include!(concat!(env!("OUT_DIR"), "/school.rs"));
}

use models::{Course, NewCourse, NewStudent, Student, UnitOfWork, course, student};

fn main() -> Result<(), models::Error> {
    // In a file: `let is_new = !std::path::Path::new("school.db").exists();`, then `Connection::open("school.db")`, and
    // `create_tables` only if it is new.
    let conn = rusqlite::Connection::open_in_memory()?;
    models::configure(&conn)?;
    models::create_tables(&conn)?;

    // The whole graph in one transaction.
    let mut work = UnitOfWork::new();
    let [alice, bob] = ["Alice", "Bob"].map(|name| work.insert(NewStudent { name: name.into() }));
    let [math, science] = ["Math", "Science"].map(|t| work.insert(NewCourse { title: t.into() }));
    work.link(student::COURSES, alice, [math, science]);
    work.link(course::STUDENTS, math, [bob]); // the same relationship from its other side
    work.commit(&conn)?;

    // Everybody with their courses: two statements, however many they are.
    for (student, courses) in Student::query().with(student::COURSES).all(&conn)? {
        let titles: Vec<&str> = courses.iter().map(|course| course.title.as_str()).collect();
        println!("{} takes {}", student.name, titles.join(", "));
    }

    // One row, and what is related to it.
    let math = Course::query().filter(course::TITLE.eq("Math"));
    let math = math.one(&conn)?;
    for student in math.students().all(&conn)? {
        println!("{} is in {}", student.name, math.title);
    }
    Ok(())
}
