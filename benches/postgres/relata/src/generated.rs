//! The jobs as a program has them that uses the generated code. Both targets have the same API.

use std::sync::Arc;

use side::School;
use side::postgres::Keys;

use crate::Db;
use crate::models::support::Result;
use crate::models::{Course, NewCourse, NewStudent, Student, UnitOfWork, student};

/// Inserts all rows in one transaction; the keys of students and courses.
pub async fn insert(db: &mut Db, school: &School) -> Result<Keys> {
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

/// The courses of each student, one by one.
pub async fn courses(db: &mut Db, students: &[Student]) -> Result<Vec<Vec<Course>>> {
    let mut found = Vec::with_capacity(students.len());
    for student in students {
        found.push(student.courses().all(db).await?);
    }
    Ok(found)
}

/// Every student with the courses taken.
pub async fn eager(db: &mut Db) -> Result<Vec<(Student, Vec<Course>)>> {
    Student::query().with(student::COURSES).all(db).await
}

/// The same where students share their courses.
pub async fn eager_shared(db: &mut Db) -> Result<Vec<(Student, Vec<Arc<Course>>)>> {
    let shared = student::COURSES.shared();
    Student::query().with(shared).all(db).await
}

/// Adds each link and removes it again; how many were added and removed.
pub async fn change(db: &mut Db, pairs: &[(Student, Course)]) -> Result<u64> {
    let mut changed = 0;
    for (student, course) in pairs {
        changed += u64::from(student.courses().add(db, course).await?);
        changed += u64::from(student.courses().remove(db, course).await?);
    }
    Ok(changed)
}

/// Makes these the courses of each student.
pub async fn set(db: &mut Db, wanted: &[(Student, Vec<Course>)]) -> Result<()> {
    for (student, courses) in wanted {
        student.courses().set(db, courses).await?;
    }
    Ok(())
}

/// Adds all of these links.
pub async fn link(db: &mut Db, pairs: &[(Student, Course)]) -> Result<()> {
    let mut work = UnitOfWork::new();
    for (student, course) in pairs {
        work.link(student::COURSES, student, [course]);
    }
    work.commit(db).await?;
    Ok(())
}
