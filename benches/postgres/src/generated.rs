//! The jobs as a program has them that uses the generated code.

use tokio_postgres::Client;

use crate::models::support::Result;
use crate::models::{Course, NewCourse, NewStudent, Session, Student, UnitOfWork, student};
use side::School;

pub type Db = Session<Client>;

/// Inserts all rows in one transaction; the keys of students and courses.
pub async fn insert(db: &mut Db, school: &School) -> Result<(Vec<i32>, Vec<i32>)> {
    // A row to insert owns its texts. The copies belong to the job: by hand there are none.
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
    let done = work.commit(db).await?;
    let students = students.iter().map(|each| done.key(*each)).collect();
    let courses = courses.iter().map(|each| done.key(*each)).collect();
    Ok((students, courses))
}

/// Every student with the courses taken.
pub async fn eager(db: &mut Db) -> Result<Vec<(Student, Vec<Course>)>> {
    Student::query().with(student::COURSES).all(db).await
}

/// The student with a key.
pub async fn find(db: &mut Db, key: i32) -> Result<Option<Student>> {
    Student::find(db, key).await
}
