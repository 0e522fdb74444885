//! The jobs with `SeaORM`.

mod entities;

use std::process::ExitCode;

use sea_orm::prelude::*;
use sea_orm::{ConnectOptions, Database, LoaderTrait, Set, Statement, TransactionTrait};
use side::sqlite::{self, Keys, Sqlite};
use side::sum::of_found;
use side::{Result, School, Size, version};
use tokio::runtime::{Builder, Runtime};

use entities::{course, student, student_course};

side::rows!(student::Model: name, course::Model: title);

/// Rows of a statement that inserts: SQLite takes more, but not faster.
const BATCH: usize = 500;

/// Students whose courses are read at a time: SQLite takes no more than 32,766 parameters.
const AT_A_TIME: usize = 32_000;

struct SeaOrm {
    runtime: Runtime,
}

impl Sqlite for SeaOrm {
    type Db = DatabaseConnection;
    type Student = student::Model;
    type Course = course::Model;

    fn student(id: i32, name: String) -> student::Model {
        student::Model { id, name }
    }

    fn course(id: i32, title: String) -> course::Model {
        course::Model { id, title }
    }

    fn open(&mut self) -> Result<DatabaseConnection> {
        // Another connection would be another database. It is not pinged for each call, as it would be by itself.
        let mut options = ConnectOptions::new("sqlite::memory:");
        options
            .max_connections(1)
            .sqlx_logging(false)
            .test_before_acquire(false);
        Ok(self.runtime.block_on(Database::connect(options))?)
    }

    fn script(&mut self, db: &mut DatabaseConnection, sql: &str) -> Result<()> {
        self.runtime.block_on(db.execute_unprepared(sql))?;
        Ok(())
    }

    fn text(&mut self, db: &mut DatabaseConnection, sql: &str) -> Result<String> {
        let statement = Statement::from_string(db.get_database_backend(), sql);
        let row = self.runtime.block_on(db.query_one_raw(statement))?;
        Ok(row.ok_or("no row")?.try_get_by_index(0)?)
    }

    fn insert(&mut self, db: &mut DatabaseConnection, school: &School) -> Result<Keys> {
        self.runtime.block_on(async {
            let db = db.begin().await?;
            let mut students = Vec::with_capacity(school.students.len());
            for names in school.students.chunks(BATCH) {
                let rows = names.iter().map(|name| student::ActiveModel {
                    name: Set(name.clone()),
                    ..Default::default()
                });
                let insert = student::Entity::insert_many(rows);
                students.extend(insert.exec_with_returning_keys(&db).await?);
            }
            let mut courses = Vec::with_capacity(school.courses.len());
            for titles in school.courses.chunks(BATCH) {
                let rows = titles.iter().map(|title| course::ActiveModel {
                    title: Set(title.clone()),
                    ..Default::default()
                });
                let insert = course::Entity::insert_many(rows);
                courses.extend(insert.exec_with_returning_keys(&db).await?);
            }
            let links: Vec<_> = students
                .iter()
                .zip(&school.taken)
                .flat_map(|(student, taken)| {
                    taken.iter().map(|course| (*student, courses[*course]))
                })
                .collect();
            for links in links.chunks(BATCH) {
                let rows = links
                    .iter()
                    .map(|(student, course)| student_course::ActiveModel {
                        student_id: Set(*student),
                        course_id: Set(*course),
                    });
                let insert = student_course::Entity::insert_many(rows);
                insert.exec_without_returning(&db).await?;
            }
            db.commit().await?;
            Ok((students, courses))
        })
    }

    fn courses(
        &mut self,
        db: &mut DatabaseConnection,
        students: &[student::Model],
    ) -> Result<Vec<Vec<course::Model>>> {
        self.runtime.block_on(async {
            let mut found = Vec::with_capacity(students.len());
            for student in students {
                found.push(student.find_related(course::Entity).all(db).await?);
            }
            Ok(found)
        })
    }

    fn eager(
        &mut self,
        db: &mut DatabaseConnection,
    ) -> Result<Vec<(student::Model, Vec<course::Model>)>> {
        self.runtime.block_on(async {
            let students = student::Entity::find().all(db).await?;
            let mut courses = Vec::with_capacity(students.len());
            for some in students.chunks(AT_A_TIME) {
                let some = some.load_many_to_many(course::Entity, student_course::Entity, db);
                courses.extend(some.await?);
            }
            Ok(students.into_iter().zip(courses).collect())
        })
    }

    fn find(&mut self, db: &mut DatabaseConnection, keys: &[i32]) -> Result<u64> {
        self.runtime.block_on(async {
            let mut sum = 0;
            for key in keys {
                let found = student::Entity::find_by_id(*key).one(db).await?;
                sum += of_found(&found.ok_or("a row is not there")?);
            }
            Ok(sum)
        })
    }

    fn first(&mut self, db: &mut DatabaseConnection, names: &[String]) -> Result<u64> {
        self.runtime.block_on(async {
            let mut sum = 0;
            for name in names {
                let found = student::Entity::find()
                    .filter(student::Column::Name.eq(name))
                    .one(db)
                    .await?;
                sum += of_found(&found.ok_or("a row is not there")?);
            }
            Ok(sum)
        })
    }

    fn change(
        &mut self,
        db: &mut DatabaseConnection,
        pairs: &[(student::Model, course::Model)],
    ) -> Result<u64> {
        self.runtime.block_on(async {
            let mut changed = 0;
            for (student, course) in pairs {
                let link = student_course::ActiveModel {
                    student_id: Set(student.id),
                    course_id: Set(course.id),
                };
                changed += student_course::Entity::insert(link)
                    .on_conflict_do_nothing()
                    .exec_without_returning(db)
                    .await
                    .map(|done| match done {
                        sea_orm::TryInsertResult::Inserted(count) => count,
                        _ => 0,
                    })?;
                changed += student_course::Entity::delete_by_id((student.id, course.id))
                    .exec(db)
                    .await?
                    .rows_affected;
            }
            Ok(changed)
        })
    }
}

fn main() -> ExitCode {
    side::main(Size::SQLITE, |school| {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let about = format!("{}, {}", version("sea-orm"), version("sqlx"));
        sqlite::jobs(&about, SeaOrm { runtime }, school)
    })
}
