//! The jobs as a program has them that uses the generated code.

use std::sync::Arc;

use rusqlite::Connection;
use side::School;

use crate::models::support::Result;
use crate::models::{Course, NewCourse, NewStudent, Student, UnitOfWork, student};

/// Inserts all rows; the keys of students and courses.
pub fn insert(conn: &Connection, school: &School) -> Result<(Vec<i32>, Vec<i32>)> {
    // A row to insert owns its texts. The copies belong to the job: by hand there are none.
    let names = school.students.iter().cloned();
    let students = Student::insert_many(conn, names.map(|name| NewStudent { name }))?;
    let titles = school.courses.iter().cloned();
    let courses = Course::insert_many(conn, titles.map(|title| NewCourse { title }))?;
    let mut work = UnitOfWork::new();
    for (student, taken) in students.iter().zip(&school.taken) {
        let taken = taken.iter().map(|course| courses[*course]);
        work.link(student::COURSES, *student, taken);
    }
    work.commit(conn)?;
    Ok((students, courses))
}

/// The same as one unit of work.
pub fn unit(conn: &Connection, school: &School) -> Result<(Vec<i32>, Vec<i32>)> {
    let mut work = UnitOfWork::new();
    let mut students = Vec::with_capacity(school.students.len());
    for name in &school.students {
        students.push(work.insert(NewStudent { name: name.clone() }));
    }
    let mut courses = Vec::with_capacity(school.courses.len());
    for title in &school.courses {
        let title = title.clone();
        courses.push(work.insert(NewCourse { title }));
    }
    for (student, taken) in students.iter().zip(&school.taken) {
        let taken = taken.iter().map(|course| courses[*course]);
        work.link(student::COURSES, *student, taken);
    }
    let done = work.commit(conn)?;
    let students = students.iter().map(|each| done.key(*each)).collect();
    let courses = courses.iter().map(|each| done.key(*each)).collect();
    Ok((students, courses))
}

/// Every student with the courses taken.
pub fn eager(conn: &Connection) -> Result<Vec<(Student, Vec<Course>)>> {
    Student::query().with(student::COURSES).all(conn)
}

/// The same where students share their courses.
pub fn eager_shared(conn: &Connection) -> Result<Vec<(Student, Vec<Arc<Course>>)>> {
    Student::query().with(student::COURSES.shared()).all(conn)
}

/// The student with a key.
pub fn find(conn: &Connection, key: i32) -> Result<Option<Student>> {
    Student::find(conn, key)
}

/// A student of a name.
pub fn first(conn: &Connection, name: &str) -> Result<Option<Student>> {
    Student::query().filter(student::NAME.eq(name)).first(conn)
}

/// Links a student and a course; whether they were not linked.
pub fn add(conn: &Connection, student: &Student, course: &Course) -> Result<bool> {
    student.courses().add(conn, course)
}

/// Takes a link away; whether it was there.
pub fn remove(conn: &Connection, student: &Student, course: &Course) -> Result<bool> {
    student.courses().remove(conn, course)
}
