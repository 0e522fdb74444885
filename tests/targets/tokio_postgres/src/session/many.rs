//! Many rows at once, for which there are other statements than for a few.

use super::school::{
    Course, NewCourse, NewStudent, Session, Student, UnitOfWork, course, create_tables, student,
};
use crate::driver;

/// More than what is taken for many.
const STUDENTS: usize = 700;
const COURSES: usize = 30;

/// Students, each with three courses; the links are named in no order.
async fn enrolled<C: Send>(db: &mut Session<C>) {
    let mut work = UnitOfWork::new();
    let courses: Vec<_> = (0..COURSES)
        .map(|number| {
            let title = format!("course {number}");
            work.insert(NewCourse { title })
        })
        .collect();
    for number in 0..STUDENTS {
        let name = format!("student {number}");
        let pupil = work.insert(NewStudent { name });
        let taken = [number + 7, number, number + 3].map(|place| courses[place % COURSES]);
        work.link(student::COURSES, pupil, taken);
    }
    work.commit(db).await.unwrap();
}

#[test]
#[ignore = "needs PostgreSQL: tests/run --install brings it"]
fn many_rows_come_in_order_and_shared_ones_once_on_postgres() {
    crate::db::wait_here(async {
        let (keep, conn) = driver::open().await;
        drop(conn);
        let db = &mut Session::new(driver::client(&keep).await);
        create_tables(db).await.unwrap();
        enrolled(db).await;
        let all = || Student::query().order_by(student::ID.desc());
        // Often enough that the server would plan for lists of any length.
        for _ in 0..7 {
            let own: Vec<(Student, Vec<Course>)> =
                all().with(student::COURSES).all(db).await.unwrap();
            let shared = all().with(student::COURSES.shared()).all(db).await.unwrap();
            assert_eq!(own.len(), STUDENTS);
            assert!(own.iter().all(|(_, courses)| courses.len() == 3));
            assert!(
                own.iter()
                    .all(|(_, courses)| courses.is_sorted_by_key(|course| course.id))
            );
            for ((pupil, courses), (same, others)) in own.iter().zip(&shared) {
                assert_eq!(pupil.id, same.id);
                assert!(
                    courses
                        .iter()
                        .map(|each| each.id)
                        .eq(others.iter().map(|each| each.id))
                );
            }
        }
        // What each has by another statement, and what is loaded beside a copy.
        let own = all().with(student::COURSES).all(db).await.unwrap();
        for (pupil, courses) in own.iter().step_by(70) {
            assert_eq!(pupil.courses().all(db).await.unwrap(), *courses);
        }
        let takers = course::STUDENTS.limit(STUDENTS as u64);
        let deep = all().with(student::COURSES.with(takers)).all(db).await;
        for (pupil, courses) in deep.unwrap() {
            assert_eq!(courses.len(), 3);
            for (_, takers) in courses {
                assert!(takers.contains(&pupil));
            }
        }
        let shared = all().with(student::COURSES.shared()).all(db).await.unwrap();
        let first = &shared[0].1[0];
        let takers = shared
            .iter()
            .filter(|(_, taken)| taken.iter().any(|each| each.id == first.id));
        assert_eq!(std::sync::Arc::strong_count(first), takers.count());
    });
}

#[test]
#[ignore = "needs PostgreSQL: tests/run --install brings it"]
fn links_that_a_trigger_makes_first_are_left_alone_on_postgres() {
    crate::db::wait_here(async {
        let (keep, conn) = driver::open().await;
        drop(conn);
        let db = &mut Session::new(driver::client(&keep).await);
        create_tables(db).await.unwrap();
        let trigger = "CREATE FUNCTION enrol() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
            INSERT INTO student_course (student_id, course_id) SELECT NEW.id, min(id) FROM courses; RETURN NULL; END $$; \
            CREATE TRIGGER enrol AFTER INSERT ON students FOR EACH ROW EXECUTE FUNCTION enrol()";
        let first = Course::insert(
            db,
            NewCourse {
                title: "first".into(),
            },
        )
        .await
        .unwrap();
        db.client().batch_execute(trigger).await.unwrap();
        let mut work = UnitOfWork::new();
        for number in 0..STUDENTS {
            let name = format!("student {number}");
            let pupil = work.insert(NewStudent { name });
            work.link(student::COURSES, pupil, [&first]);
        }
        work.commit(db).await.unwrap();
        assert_eq!(first.students().count(db).await.unwrap(), STUDENTS as u64);
    });
}
