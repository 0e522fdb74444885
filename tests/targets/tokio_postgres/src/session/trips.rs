//! How often each call waits for the server: what docs/round_trips.md says.

use std::collections::BTreeMap;

use super::far;
use super::school::support::transaction;
use super::school::{
    Course, NewCourse, NewStudent, Session, Student, StudentPatch, UnitOfWork, course,
    create_tables, student,
};
use crate::driver;

/// The page's table: each call, and the number that it says.
fn page() -> BTreeMap<String, usize> {
    let page = include_str!("../../../../../docs/round_trips.md");
    let rows = page.lines().filter(|line| line.starts_with("| "));
    rows.filter_map(|row| {
        let mut cells = row.trim_matches('|').split(" | ").map(str::trim);
        let call = cells.next()?.to_owned();
        Some((call, cells.next()?.parse().ok()?))
    })
    .collect()
}

fn pupil(name: &str) -> NewStudent {
    NewStudent { name: name.into() }
}

fn lesson(title: &str) -> NewCourse {
    NewCourse {
        title: title.into(),
    }
}

#[test]
#[ignore = "needs PostgreSQL: tests/run --install brings it"]
fn calls_take_as_many_as_the_page_says_on_postgres() {
    let counted = crate::db::wait_here(async {
        let (keep, conn) = driver::open().await;
        drop(conn);
        let mut near = Session::new(driver::client(&keep).await);
        create_tables(&mut near).await.unwrap();
        let (client, trips) = far::connect().await;
        let schema = near
            .client()
            .query_one("SELECT current_schema()::text", &[]);
        let schema: String = schema.await.unwrap().get(0);
        let search = format!("SET search_path = {schema}");
        client.batch_execute(&search).await.unwrap();
        let mut db = Session::new(client);
        let db = &mut db;
        let mut counted = BTreeMap::new();
        // The first time prepares the statements.
        for _ in 0..2 {
            let mut told = |call: &str| {
                counted.insert(call.to_owned(), trips.take());
            };
            trips.take();
            let mut ada = Student::insert(db, pupil("Ada")).await.unwrap();
            told("`insert`");
            ada.id += 1000;
            Student::insert_row(db, &ada).await.unwrap();
            told("`insert_row`");
            Student::insert_many(db, ["a", "b", "c"].map(pupil))
                .await
                .unwrap();
            told("`insert_many` of up to 4096 rows");
            Student::get(db, ada.id).await.unwrap();
            told("`find`, `get`");
            let patch = StudentPatch {
                name: Some("Ida".into()),
            };
            ada.update(db, patch).await.unwrap();
            told("`update`, `save`");
            Student::query().count(db).await.unwrap();
            told("`all`, `first`, `one`, `count`, `exists`, `sum` of a query");
            let both = Student::query()
                .with(student::COURSES)
                .with(student::COURSES);
            both.all(db).await.unwrap();
            told("`all` of a query with two relationships");
            Student::query().for_each(db, |_| Ok(())).await.unwrap();
            told("`for_each` of a few rows");
            let some = || Student::query().filter(student::NAME.eq("b"));
            some().update(db, student::NAME.set("c")).await.unwrap();
            told("bulk `update`, bulk `delete`");
            let math = Course::insert(db, lesson("Math")).await.unwrap();
            let art = Course::insert(db, lesson("Art")).await.unwrap();
            trips.take();
            ada.courses().all(db).await.unwrap();
            told("`all`, `count`, `contains` of a handle");
            ada.courses().add(db, &math).await.unwrap();
            told("`add`");
            ada.courses().add_all(db, [&math, &art]).await.unwrap();
            told("`add_all`");
            ada.courses().remove(db, &math).await.unwrap();
            told("`remove`, `clear`");
            ada.courses().set(db, [&math, &art]).await.unwrap();
            told("`set` over a secondary");
            let mut work = UnitOfWork::new();
            let pupils = ["d", "e"].map(|name| work.insert(pupil(name)));
            for each in pupils {
                work.link(student::COURSES, each, [&math, &art]);
            }
            work.commit(db).await.unwrap();
            told("a `UnitOfWork` of one entity's rows and their links");
            let mut work = UnitOfWork::new();
            let pupils = ["f", "g"].map(|name| work.insert(pupil(name)));
            let lessons = ["h", "i"].map(|title| work.insert(lesson(title)));
            work.link(course::STUDENTS, lessons[0], pupils);
            work.commit(db).await.unwrap();
            told("a `UnitOfWork` of two entities' rows and their links");
            let both = transaction(db, |db| {
                Box::pin(async move {
                    Student::query().count(db).await?;
                    Course::query().count(db).await
                })
            });
            both.await.unwrap();
            told("`transaction` of two calls");
            trips.take();
            Student::get(db, ada.id)
                .await
                .unwrap()
                .delete(db)
                .await
                .unwrap();
            let with_get = trips.take();
            counted.insert("`delete`".to_owned(), with_get - 1);
        }
        drop(keep);
        counted
    });
    let page = page();
    let unlike: Vec<_> = counted
        .iter()
        .filter(|(call, trips)| page.get(*call) != Some(*trips))
        .collect();
    assert!(
        unlike.is_empty(),
        "docs/round_trips.md says otherwise: {unlike:?}"
    );
    let not_counted: Vec<_> = page
        .keys()
        .filter(|call| !counted.contains_key(*call))
        .collect();
    assert!(not_counted.is_empty(), "nobody counts {not_counted:?}");
}
