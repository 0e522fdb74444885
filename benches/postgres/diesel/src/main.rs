//! The jobs with Diesel.

#[path = "../../../sqlite/diesel/src/models.rs"]
mod models;

use std::process::ExitCode;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use side::postgres::{self, Keys, Postgres};
use side::sum::of_found;
use side::{Result, School, Size, version};

use models::schema::{courses, student_course, students};
use models::{Course, NewCourse, NewStudent, Student, StudentCourse};

/// The database of the models.
#[allow(dead_code, reason = "only what derives expand to names it")]
type Backend = diesel::pg::Pg;

side::rows!(Student: name, Course: title);

/// Rows of a statement that inserts: PostgreSQL takes no more than 65,535 parameters, and larger ones are not faster.
const BATCH: usize = 5_000;

struct Diesel {
    conn: PgConnection,
}

impl Postgres for Diesel {
    type Student = Student;
    type Course = Course;

    fn student(id: i32, name: String) -> Student {
        Student { id, name }
    }

    fn course(id: i32, title: String) -> Course {
        Course { id, title }
    }

    fn script(&mut self, sql: &str) -> Result<()> {
        Ok(self.conn.batch_execute(sql)?)
    }

    fn text(&mut self, sql: &str) -> Result<String> {
        let text = diesel::dsl::sql::<diesel::sql_types::Text>(&format!("({sql})"));
        Ok(diesel::select(text).get_result(&mut self.conn)?)
    }

    fn insert(&mut self, school: &School) -> Result<Keys> {
        let keys = self.conn.transaction(|conn| {
            let mut ids = Vec::with_capacity(school.students.len());
            for names in school.students.chunks(BATCH) {
                let rows: Vec<_> = names.iter().map(|name| NewStudent { name }).collect();
                let insert = diesel::insert_into(students::table).values(&rows);
                ids.extend(insert.returning(students::id).get_results::<i32>(conn)?);
            }
            let mut course_ids = Vec::with_capacity(school.courses.len());
            for titles in school.courses.chunks(BATCH) {
                let rows: Vec<_> = titles.iter().map(|title| NewCourse { title }).collect();
                let insert = diesel::insert_into(courses::table).values(&rows);
                course_ids.extend(insert.returning(courses::id).get_results::<i32>(conn)?);
            }
            let links: Vec<_> = ids
                .iter()
                .zip(&school.taken)
                .flat_map(|(&student_id, taken)| {
                    let course_ids = &course_ids;
                    taken.iter().map(move |course| StudentCourse {
                        student_id,
                        course_id: course_ids[*course],
                    })
                })
                .collect();
            for links in links.chunks(BATCH) {
                diesel::insert_into(student_course::table)
                    .values(links)
                    .execute(conn)?;
            }
            QueryResult::Ok((ids, course_ids))
        })?;
        Ok(keys)
    }

    fn courses(&mut self, students: &[Student]) -> Result<Vec<Vec<Course>>> {
        let mut found = Vec::with_capacity(students.len());
        for student in students {
            let courses = StudentCourse::belonging_to(student)
                .inner_join(courses::table)
                .select(Course::as_select())
                .load(&mut self.conn)?;
            found.push(courses);
        }
        Ok(found)
    }

    fn eager(&mut self) -> Result<Vec<(Student, Vec<Course>)>> {
        let students = students::table
            .select(Student::as_select())
            .load(&mut self.conn)?;
        let links = StudentCourse::belonging_to(&students)
            .inner_join(courses::table)
            .select((StudentCourse::as_select(), Course::as_select()))
            .load::<(StudentCourse, Course)>(&mut self.conn)?;
        let grouped = links.grouped_by(&students).into_iter().zip(students);
        Ok(grouped
            .map(|(links, student)| {
                let courses = links.into_iter().map(|(_, course)| course);
                (student, courses.collect())
            })
            .collect())
    }

    fn find(&mut self, keys: &[i32]) -> Result<u64> {
        let mut sum = 0;
        for key in keys {
            let found = students::table
                .find(key)
                .select(Student::as_select())
                .first(&mut self.conn)
                .optional()?;
            sum += of_found(&found.ok_or("a row is not there")?);
        }
        Ok(sum)
    }

    fn change(&mut self, pairs: &[(Student, Course)]) -> Result<u64> {
        let mut changed = 0;
        for (student, course) in pairs {
            let link = StudentCourse {
                student_id: student.id,
                course_id: course.id,
            };
            changed += diesel::insert_into(student_course::table)
                .values(&link)
                .on_conflict_do_nothing()
                .execute(&mut self.conn)?;
            changed += diesel::delete(student_course::table.find((student.id, course.id)))
                .execute(&mut self.conn)?;
        }
        Ok(changed as u64)
    }

    fn set(&mut self, wanted: &[(Student, Vec<Course>)]) -> Result<()> {
        for (student, courses) in wanted {
            let links: Vec<_> = courses
                .iter()
                .map(|course| StudentCourse {
                    student_id: student.id,
                    course_id: course.id,
                })
                .collect();
            let kept: Vec<i32> = courses.iter().map(|course| course.id).collect();
            self.conn.transaction(|conn| {
                diesel::delete(StudentCourse::belonging_to(student))
                    .filter(student_course::course_id.ne_all(kept))
                    .execute(conn)?;
                diesel::insert_into(student_course::table)
                    .values(&links)
                    .on_conflict_do_nothing()
                    .execute(conn)
            })?;
        }
        Ok(())
    }

    fn link(&mut self, pairs: &[(Student, Course)]) -> Result<()> {
        let links: Vec<_> = pairs
            .iter()
            .map(|(student, course)| StudentCourse {
                student_id: student.id,
                course_id: course.id,
            })
            .collect();
        for links in links.chunks(BATCH) {
            diesel::insert_into(student_course::table)
                .values(links)
                .on_conflict_do_nothing()
                .execute(&mut self.conn)?;
        }
        Ok(())
    }
}

fn main() -> ExitCode {
    side::main(Size::POSTGRES, |school| {
        let conn = PgConnection::establish(&postgres::url()?)?;
        postgres::jobs(&version("diesel"), "diesel", Diesel { conn }, school)
    })
}
