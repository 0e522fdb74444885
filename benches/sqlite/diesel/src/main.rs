//! The jobs with Diesel.

mod models;

use std::process::ExitCode;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use side::sqlite::{self, Keys, Sqlite};
use side::sum::of_found;
use side::{Result, School, Size, version};

use models::schema::{courses, student_course, students};
use models::{Course, NewCourse, NewStudent, Student, StudentCourse};

/// The database of the models.
#[allow(dead_code, reason = "only what derives expand to names it")]
type Backend = diesel::sqlite::Sqlite;

side::rows!(Student: name, Course: title);

/// Rows of a statement that inserts: SQLite takes more, but not faster.
const BATCH: usize = 500;

/// Students whose courses are read at a time: SQLite takes no more than 32,766 parameters.
const AT_A_TIME: usize = 32_000;

struct Diesel;

impl Sqlite for Diesel {
    type Db = SqliteConnection;
    type Student = Student;
    type Course = Course;

    fn student(id: i32, name: String) -> Student {
        Student { id, name }
    }

    fn course(id: i32, title: String) -> Course {
        Course { id, title }
    }

    fn open(&mut self) -> Result<SqliteConnection> {
        let mut conn = SqliteConnection::establish(":memory:")?;
        conn.batch_execute("PRAGMA foreign_keys = ON")?;
        Ok(conn)
    }

    fn script(&mut self, conn: &mut SqliteConnection, sql: &str) -> Result<()> {
        Ok(conn.batch_execute(sql)?)
    }

    fn text(&mut self, conn: &mut SqliteConnection, sql: &str) -> Result<String> {
        let text = diesel::dsl::sql::<diesel::sql_types::Text>(&format!("({sql})"));
        Ok(diesel::select(text).get_result(conn)?)
    }

    fn insert(&mut self, conn: &mut SqliteConnection, school: &School) -> Result<Keys> {
        let keys = conn.transaction(|conn| {
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

    fn courses(
        &mut self,
        conn: &mut SqliteConnection,
        students: &[Student],
    ) -> Result<Vec<Vec<Course>>> {
        let mut found = Vec::with_capacity(students.len());
        for student in students {
            let courses = StudentCourse::belonging_to(student)
                .inner_join(courses::table)
                .select(Course::as_select())
                .load(conn)?;
            found.push(courses);
        }
        Ok(found)
    }

    fn eager(&mut self, conn: &mut SqliteConnection) -> Result<Vec<(Student, Vec<Course>)>> {
        let students = students::table.select(Student::as_select()).load(conn)?;
        let mut links = Vec::new();
        for some in students.chunks(AT_A_TIME) {
            let some = StudentCourse::belonging_to(some)
                .inner_join(courses::table)
                .select((StudentCourse::as_select(), Course::as_select()))
                .load::<(StudentCourse, Course)>(conn)?;
            links.extend(some);
        }
        let grouped = links.grouped_by(&students).into_iter().zip(students);
        Ok(grouped
            .map(|(links, student)| {
                let courses = links.into_iter().map(|(_, course)| course);
                (student, courses.collect())
            })
            .collect())
    }

    fn find(&mut self, conn: &mut SqliteConnection, keys: &[i32]) -> Result<u64> {
        let mut sum = 0;
        for key in keys {
            let found = students::table
                .find(key)
                .select(Student::as_select())
                .first(conn)
                .optional()?;
            sum += of_found(&found.ok_or("a row is not there")?);
        }
        Ok(sum)
    }

    fn first(&mut self, conn: &mut SqliteConnection, names: &[String]) -> Result<u64> {
        let mut sum = 0;
        for name in names {
            let found = students::table
                .filter(students::name.eq(name))
                .select(Student::as_select())
                .first(conn)
                .optional()?;
            sum += of_found(&found.ok_or("a row is not there")?);
        }
        Ok(sum)
    }

    fn change(&mut self, conn: &mut SqliteConnection, pairs: &[(Student, Course)]) -> Result<u64> {
        let mut changed = 0;
        for (student, course) in pairs {
            let link = StudentCourse {
                student_id: student.id,
                course_id: course.id,
            };
            changed += diesel::insert_into(student_course::table)
                .values(&link)
                .on_conflict_do_nothing()
                .execute(conn)?;
            let link = student_course::table.find((student.id, course.id));
            changed += diesel::delete(link).execute(conn)?;
        }
        Ok(changed as u64)
    }
}

fn main() -> ExitCode {
    side::main(Size::SQLITE, |school| {
        sqlite::jobs(&version("diesel"), Diesel, school)
    })
}
