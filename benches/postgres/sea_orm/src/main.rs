//! The jobs with `SeaORM`.

#[path = "../../../sqlite/sea_orm/src/entities.rs"]
mod entities;

use std::process::ExitCode;

use sea_orm::prelude::*;
use sea_orm::{
    ConnectOptions, Database, LoaderTrait, Set, Statement, TransactionTrait, TryInsertResult,
};
use side::postgres::{self, Keys, Postgres};
use side::sum::of_found;
use side::{Result, School, Size, version};
use tokio::runtime::{Builder, Runtime};

use entities::{course, student, student_course};

side::rows!(student::Model: name, course::Model: title);

/// Rows of a statement that inserts: PostgreSQL takes no more than 65,535 parameters, and larger ones are not faster.
const BATCH: usize = 5_000;

struct SeaOrm {
    runtime: Runtime,
    db: DatabaseConnection,
}

fn link(student: &student::Model, course: &course::Model) -> student_course::ActiveModel {
    student_course::ActiveModel {
        student_id: Set(student.id),
        course_id: Set(course.id),
    }
}

impl Postgres for SeaOrm {
    type Student = student::Model;
    type Course = course::Model;

    fn student(id: i32, name: String) -> student::Model {
        student::Model { id, name }
    }

    fn course(id: i32, title: String) -> course::Model {
        course::Model { id, title }
    }

    fn script(&mut self, sql: &str) -> Result<()> {
        self.runtime.block_on(self.db.execute_unprepared(sql))?;
        Ok(())
    }

    fn text(&mut self, sql: &str) -> Result<String> {
        let statement = Statement::from_string(self.db.get_database_backend(), sql);
        let row = self.runtime.block_on(self.db.query_one_raw(statement))?;
        Ok(row.ok_or("no row")?.try_get_by_index(0)?)
    }

    fn insert(&mut self, school: &School) -> Result<Keys> {
        self.runtime.block_on(async {
            let db = self.db.begin().await?;
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

    fn courses(&mut self, students: &[student::Model]) -> Result<Vec<Vec<course::Model>>> {
        self.runtime.block_on(async {
            let mut found = Vec::with_capacity(students.len());
            for student in students {
                found.push(student.find_related(course::Entity).all(&self.db).await?);
            }
            Ok(found)
        })
    }

    fn eager(&mut self) -> Result<Vec<(student::Model, Vec<course::Model>)>> {
        self.runtime.block_on(async {
            let students = student::Entity::find().all(&self.db).await?;
            let courses = students
                .load_many_to_many(course::Entity, student_course::Entity, &self.db)
                .await?;
            Ok(students.into_iter().zip(courses).collect())
        })
    }

    fn find(&mut self, keys: &[i32]) -> Result<u64> {
        self.runtime.block_on(async {
            let mut sum = 0;
            for key in keys {
                let found = student::Entity::find_by_id(*key).one(&self.db).await?;
                sum += of_found(&found.ok_or("a row is not there")?);
            }
            Ok(sum)
        })
    }

    fn change(&mut self, pairs: &[(student::Model, course::Model)]) -> Result<u64> {
        self.runtime.block_on(async {
            let mut changed = 0;
            for (student, course) in pairs {
                let added = student_course::Entity::insert(link(student, course))
                    .on_conflict_do_nothing()
                    .exec_without_returning(&self.db)
                    .await?;
                if let TryInsertResult::Inserted(count) = added {
                    changed += count;
                }
                changed += student_course::Entity::delete_by_id((student.id, course.id))
                    .exec(&self.db)
                    .await?
                    .rows_affected;
            }
            Ok(changed)
        })
    }

    fn set(&mut self, wanted: &[(student::Model, Vec<course::Model>)]) -> Result<()> {
        self.runtime.block_on(async {
            for (student, courses) in wanted {
                let db = self.db.begin().await?;
                student_course::Entity::delete_many()
                    .filter(student_course::Column::StudentId.eq(student.id))
                    .filter(
                        student_course::Column::CourseId
                            .is_not_in(courses.iter().map(|course| course.id)),
                    )
                    .exec(&db)
                    .await?;
                let links = courses.iter().map(|course| link(student, course));
                student_course::Entity::insert_many(links)
                    .on_conflict_do_nothing()
                    .exec_without_returning(&db)
                    .await?;
                db.commit().await?;
            }
            Ok(())
        })
    }

    fn link(&mut self, pairs: &[(student::Model, course::Model)]) -> Result<()> {
        self.runtime.block_on(async {
            for pairs in pairs.chunks(BATCH) {
                let links = pairs.iter().map(|(student, course)| link(student, course));
                student_course::Entity::insert_many(links)
                    .on_conflict_do_nothing()
                    .exec_without_returning(&self.db)
                    .await?;
            }
            Ok(())
        })
    }
}

fn main() -> ExitCode {
    side::main(Size::POSTGRES, |school| {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let mut options = ConnectOptions::new(postgres::url()?);
        // The tables are where this one connection looks for them.
        options.max_connections(1).sqlx_logging(false);
        let db = runtime.block_on(Database::connect(options))?;
        let about = format!("{}, {}", version("sea-orm"), version("sqlx"));
        postgres::jobs(&about, "sea_orm", SeaOrm { runtime, db }, school)
    })
}
