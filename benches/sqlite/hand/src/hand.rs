//! The jobs as they are written by hand over rusqlite, the way one writes them when it matters: typed rows, cached
//! statements, columns by number.

#[expect(
    clippy::disallowed_types,
    reason = "what one takes to group rows; its order is never seen"
)]
use std::collections::HashMap;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, Params, Result, Row};

use side::School;

pub struct Student {
    pub id: i32,
    pub name: String,
}

pub struct Course {
    pub id: i32,
    pub title: String,
}

impl Student {
    fn read(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            name: row.get(1)?,
        })
    }
}

/// Inserts all rows in one transaction, one statement each; the keys of students and courses.
pub fn insert(conn: &mut Connection, school: &School) -> side::Result<(Vec<i32>, Vec<i32>)> {
    let transaction = conn.transaction()?;
    let mut students = Vec::with_capacity(school.students.len());
    let mut courses = Vec::with_capacity(school.courses.len());
    {
        let mut insert = transaction.prepare_cached("INSERT INTO students (name) VALUES (?1)")?;
        for name in &school.students {
            insert.execute([name])?;
            students.push(i32::try_from(transaction.last_insert_rowid())?);
        }
        let mut insert = transaction.prepare_cached("INSERT INTO courses (title) VALUES (?1)")?;
        for title in &school.courses {
            insert.execute([title])?;
            courses.push(i32::try_from(transaction.last_insert_rowid())?);
        }
        let mut insert = transaction
            .prepare_cached("INSERT INTO student_course (student_id, course_id) VALUES (?1, ?2)")?;
        for (student, taken) in students.iter().zip(&school.taken) {
            for course in taken {
                insert.execute((student, courses[*course]))?;
            }
        }
    }
    transaction.commit()?;
    Ok((students, courses))
}

/// The courses of a student.
pub fn courses(conn: &Connection, student: &Student) -> Result<Vec<Course>> {
    conn.prepare_cached(
        "SELECT c.id, c.title FROM student_course sc JOIN courses c ON c.id = sc.course_id \
         WHERE sc.student_id = ?1 ORDER BY sc.course_id",
    )?
    .query_map([student.id], |row| {
        Ok(Course {
            id: row.get(0)?,
            title: row.get(1)?,
        })
    })?
    .collect()
}

/// Every student with the courses taken, by the function that one writes for whatever students were read: their keys are
/// one parameter.
pub fn eager(conn: &Connection) -> Result<Vec<(Student, Vec<Course>)>> {
    let students = students(conn)?;
    let keys: Vec<String> = students
        .iter()
        .map(|student| student.id.to_string())
        .collect();
    let sql = "SELECT sc.student_id, c.id, c.title \
               FROM student_course sc JOIN courses c ON c.id = sc.course_id \
               WHERE sc.student_id IN (SELECT value FROM json_each(?1)) \
               ORDER BY sc.student_id, c.id";
    grouped(conn, students, sql, [format!("[{}]", keys.join(","))])
}

/// The same by one who knows that all students are asked for: the whole table joined.
pub fn eager_whole(conn: &Connection) -> Result<Vec<(Student, Vec<Course>)>> {
    let sql = "SELECT sc.student_id, c.id, c.title \
               FROM student_course sc JOIN courses c ON c.id = sc.course_id \
               ORDER BY sc.student_id, c.id";
    grouped(conn, students(conn)?, sql, [])
}

/// Students with their courses in the order of the link table's key, which needs no sorting.
const IN_ORDER: &str = "SELECT sc.student_id, c.id, c.title \
                        FROM student_course sc JOIN courses c ON c.id = sc.course_id \
                        ORDER BY sc.student_id, sc.course_id";

fn students(conn: &Connection) -> Result<Vec<Student>> {
    let mut students = conn.prepare_cached("SELECT id, name FROM students")?;
    students.query_map([], Student::read)?.collect()
}

/// The students with the courses that `sql` gives behind the key of each one's student.
#[expect(
    clippy::disallowed_types,
    reason = "what one takes to group rows; its order is never seen"
)]
fn grouped(
    conn: &Connection,
    students: Vec<Student>,
    sql: &str,
    params: impl Params,
) -> Result<Vec<(Student, Vec<Course>)>> {
    let mut by_student: HashMap<i32, Vec<Course>> = HashMap::with_capacity(students.len());
    let mut courses = conn.prepare_cached(sql)?;
    let mut rows = courses.query(params)?;
    while let Some(row) = rows.next()? {
        by_student.entry(row.get(0)?).or_default().push(Course {
            id: row.get(1)?,
            title: row.get(2)?,
        });
    }
    Ok(students
        .into_iter()
        .map(|student| {
            let courses = by_student.remove(&student.id).unwrap_or_default();
            (student, courses)
        })
        .collect())
}

/// The same by one who has measured: both statements in the order of the students, so that nothing is sorted or looked up.
pub fn eager_merged(conn: &Connection) -> Result<Vec<(Student, Vec<Course>)>> {
    merge(conn, IN_ORDER, |row| {
        Ok(Course {
            id: row.get(1)?,
            title: row.get(2)?,
        })
    })
}

/// The same where students share their courses.
#[expect(
    clippy::disallowed_types,
    reason = "what one takes to find rows; its order is never seen"
)]
pub fn eager_shared(conn: &Connection) -> Result<Vec<(Student, Vec<Arc<Course>>)>> {
    let mut courses = conn.prepare_cached("SELECT id, title FROM courses")?;
    let courses = courses.query_map([], |row| {
        let id = row.get(0)?;
        let title = row.get(1)?;
        Ok((id, Arc::new(Course { id, title })))
    })?;
    let courses = courses.collect::<Result<HashMap<i32, _>>>()?;
    // The foreign key has each of them in the table.
    let sql = "SELECT student_id, course_id FROM student_course ORDER BY student_id, course_id";
    merge(conn, sql, |row| Ok(courses[&row.get(1)?].clone()))
}

/// Every student with what `read` makes of the rows of `sql`, which come by student, least first.
fn merge<C>(
    conn: &Connection,
    sql: &str,
    read: impl Fn(&Row<'_>) -> Result<C>,
) -> Result<Vec<(Student, Vec<C>)>> {
    let mut students = conn.prepare_cached("SELECT id, name FROM students ORDER BY id")?;
    let mut students = students
        .query_map([], |row| Ok((Student::read(row)?, Vec::new())))?
        .collect::<Result<Vec<_>>>()?;
    let mut courses = conn.prepare_cached(sql)?;
    let mut rows = courses.query([])?;
    let mut place = 0;
    while let Some(row) = rows.next()? {
        let student: i32 = row.get(0)?;
        // The foreign key has the student in the table.
        while students[place].0.id != student {
            place += 1;
        }
        students[place].1.push(read(row)?);
    }
    Ok(students)
}

/// The student with a key.
pub fn find(conn: &Connection, key: i32) -> Result<Option<Student>> {
    conn.prepare_cached("SELECT id, name FROM students WHERE id = ?1")?
        .query_row([key], Student::read)
        .optional()
}

/// A student of a name.
pub fn first(conn: &Connection, name: &str) -> Result<Option<Student>> {
    conn.prepare_cached("SELECT id, name FROM students WHERE name = ?1 LIMIT 1")?
        .query_row([name], Student::read)
        .optional()
}

/// Links a student and a course; whether they were not linked.
pub fn add(conn: &Connection, student: &Student, course: &Course) -> Result<bool> {
    let added = conn
        .prepare_cached(
            "INSERT INTO student_course (student_id, course_id) VALUES (?1, ?2) \
             ON CONFLICT (student_id, course_id) DO NOTHING",
        )?
        .execute((student.id, course.id))?;
    Ok(added > 0)
}

/// Takes a link away; whether it was there.
pub fn remove(conn: &Connection, student: &Student, course: &Course) -> Result<bool> {
    let removed = conn
        .prepare_cached("DELETE FROM student_course WHERE student_id = ?1 AND course_id = ?2")?
        .execute((student.id, course.id))?;
    Ok(removed > 0)
}
