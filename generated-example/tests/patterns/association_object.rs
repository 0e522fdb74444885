//! The association object: an entity in the place of a secondary.

use crate::db::Connection;
use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use crate::harness::{Outcome, pattern};
use models::{
    Course, Enrollment, EnrollmentPatch, NewCourse, NewEnrollment, NewStudent, Student, UnitOfWork,
    course, enrollment, student,
};

pattern!("association_object");

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 9, day).expect("a date")
}

fn fill(conn: &Connection) -> Outcome<()> {
    let mut work = UnitOfWork::new();
    let [alice, bob] = ["Alice", "Bob"].map(|name| work.insert(NewStudent { name: name.into() }));
    let [math, art] = ["Math", "Art"].map(|title| {
        work.insert(NewCourse {
            title: title.into(),
        })
    });
    for (student, course, grade, since) in [
        (alice, math, Some(1), day(1)),
        (alice, art, None, day(1)),
        (bob, math, None, day(2)),
    ] {
        work.insert(NewEnrollment {
            student_id: student.into(),
            course_id: course.into(),
            grade,
            since,
        });
    }
    work.commit(conn)?;
    Ok(())
}

fn answers(conn: &Connection) -> Outcome<Value> {
    let mut of_students = Map::new();
    let enrollments = student::ENROLLMENTS.with(enrollment::COURSE);
    for (student, enrollments) in Student::query().with(enrollments).all(conn)? {
        let rows = enrollments.into_iter().map(|(enrollment, course)| {
            json!([course.title, enrollment.grade, enrollment.since.to_string()])
        });
        of_students.insert(student.name, rows.collect());
    }
    let mut of_courses = Map::new();
    let enrollments = course::ENROLLMENTS.with(enrollment::STUDENT);
    for (course, enrollments) in Course::query().with(enrollments).all(conn)? {
        let rows = enrollments
            .into_iter()
            .map(|(enrollment, student)| json!([student.name, enrollment.grade]));
        of_courses.insert(course.title, rows.collect());
    }
    let good = Student::query().filter(student::ENROLLMENTS.any(enrollment::GRADE.le(2)));
    let good = good.all(conn)?.into_iter().map(|student| student.name);
    Ok(json!({
        "of students": of_students,
        "of courses": of_courses,
        "good": good.collect::<Vec<_>>(),
    }))
}

fn before() -> Value {
    json!({
        "of students": {
            "Alice": [["Math", 1, "2026-09-01"], ["Art", null, "2026-09-01"]],
            "Bob": [["Math", null, "2026-09-02"]],
        },
        "of courses": { "Math": [["Alice", 1], ["Bob", null]], "Art": [["Alice", null]] },
        "good": ["Alice"],
    })
}

fn change(conn: &Connection) -> Outcome<()> {
    let alice = Student::query()
        .filter(student::NAME.eq("Alice"))
        .one(conn)?;
    let bob = Student::query().filter(student::NAME.eq("Bob")).one(conn)?;
    let art = Course::query().filter(course::TITLE.eq("Art")).one(conn)?;
    for enrollment in bob.enrollments().all(conn)? {
        let patch = EnrollmentPatch {
            grade: Some(Some(2)),
            ..Default::default()
        };
        enrollment.update(conn, patch)?;
    }
    let new = NewEnrollment {
        student_id: (&bob).into(),
        course_id: (&art).into(),
        grade: Some(3),
        since: day(3),
    };
    Enrollment::insert(conn, new)?;
    alice
        .enrollments()
        .query()
        .filter(enrollment::GRADE.is_null())
        .delete(conn)?;
    Ok(())
}

fn after() -> Value {
    json!({
        "of students": {
            "Alice": [["Math", 1, "2026-09-01"]],
            "Bob": [["Math", 2, "2026-09-02"], ["Art", 3, "2026-09-03"]],
        },
        "of courses": { "Math": [["Alice", 1], ["Bob", 2]], "Art": [["Bob", 3]] },
        "good": ["Alice", "Bob"],
    })
}
