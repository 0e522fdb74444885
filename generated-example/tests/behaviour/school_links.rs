//! Many to many, on the tutorial's spec.

use crate::db;
use crate::school::{Course, Error, Student, student};
use crate::{course, number, on_school, student as new_student};

fn titles(courses: Vec<Course>) -> Vec<String> {
    courses.into_iter().map(|course| course.title).collect()
}

#[test]
fn a_link_is_seen_from_both_sides() {
    on_school(|conn| {
        let (alice, bob) = (new_student(conn, "Alice"), new_student(conn, "Bob"));
        let (math, art) = (course(conn, "Math"), course(conn, "Art"));
        assert!(alice.courses().add(conn, &math).unwrap());
        assert!(math.students().add(conn, &bob).unwrap());
        assert_eq!(
            math.students().all(conn).unwrap(),
            [alice.clone(), bob.clone()]
        );
        assert_eq!(bob.courses().all(conn).unwrap(), [math.clone()]);
        assert_eq!(art.students().all(conn).unwrap(), []);
        assert!(bob.courses().contains(conn, &math).unwrap());
        assert!(!art.students().contains(conn, &bob).unwrap());
        assert_eq!(math.students().count(conn).unwrap(), 2);
        assert_eq!(student::COURSES.of(&alice).count(conn).unwrap(), 1);
        assert!(math.students().remove(conn, &alice).unwrap());
        assert!(
            !alice.courses().remove(conn, &math).unwrap(),
            "it is gone already"
        );
        assert_eq!(alice.courses().count(conn).unwrap(), 0);
        assert_eq!(bob.courses().count(conn).unwrap(), 1);
    });
}

#[test]
fn adding_twice_is_one_link() {
    on_school(|conn| {
        let (alice, math) = (new_student(conn, "Alice"), course(conn, "Math"));
        assert!(alice.courses().add(conn, &math).unwrap());
        assert!(!alice.courses().add(conn, &math).unwrap());
        assert!(!math.students().add(conn, &alice).unwrap());
        assert_eq!(number(conn, "SELECT count(*) FROM student_course"), 1);
        let art = course(conn, "Art");
        assert_eq!(
            alice.courses().add_all(conn, [&art, &math, &art]).unwrap(),
            1
        );
        assert_eq!(alice.courses().add_all(conn, []).unwrap(), 0);
        assert_eq!(number(conn, "SELECT count(*) FROM student_course"), 2);
    });
}

#[test]
fn set_is_exactly_what_it_is_told() {
    on_school(|conn| {
        let (alice, bob) = (new_student(conn, "Alice"), new_student(conn, "Bob"));
        let courses = ["Math", "Science", "Art"].map(|title| course(conn, title));
        let [math, science, art] = &courses;
        bob.courses().add_all(conn, &courses).unwrap();
        alice.courses().set(conn, [math, science]).unwrap();
        assert_eq!(
            titles(alice.courses().all(conn).unwrap()),
            ["Math", "Science"]
        );
        alice.courses().set(conn, [art, math, art]).unwrap();
        assert_eq!(
            titles(alice.courses().all(conn).unwrap()),
            ["Math", "Art"],
            "by key"
        );
        alice.courses().set(conn, []).unwrap();
        assert_eq!(alice.courses().count(conn).unwrap(), 0);
        assert_eq!(bob.courses().clear(conn).unwrap(), 3);
        assert_eq!(bob.courses().clear(conn).unwrap(), 0);
        assert_eq!(Course::query().count(conn).unwrap(), 3);
    });
}

#[test]
fn set_leaves_alone_what_stays() {
    on_school(|conn| {
        let alice = new_student(conn, "Alice");
        let courses = ["Math", "Science", "Art"].map(|title| course(conn, title));
        alice.courses().set(conn, &courses[..2]).unwrap();
        let changes = crate::db::changes(conn);
        alice.courses().set(conn, &courses[..2]).unwrap();
        assert_eq!(crate::db::changes(conn), changes);
        alice.courses().set(conn, &courses[1..]).unwrap();
        assert_eq!(
            crate::db::changes(conn),
            changes.map(|n| n + 2),
            "one goes, one comes"
        );
    });
}

#[test]
fn a_student_goes_with_its_links_and_no_course() {
    on_school(|conn| {
        let (alice, bob) = (new_student(conn, "Alice"), new_student(conn, "Bob"));
        let math = course(conn, "Math");
        math.students().set(conn, [&alice, &bob]).unwrap();
        alice.delete(conn).unwrap();
        assert_eq!(math.students().all(conn).unwrap(), [bob]);
        assert_eq!(Course::query().count(conn).unwrap(), 1);
        assert_eq!(number(conn, "SELECT count(*) FROM student_course"), 1);
    });
}

#[test]
fn a_row_that_is_gone_cannot_be_linked() {
    on_school(|conn| {
        let (alice, math, art) = (
            new_student(conn, "Alice"),
            course(conn, "Math"),
            course(conn, "Art"),
        );
        alice.courses().add(conn, &math).unwrap();
        art.clone().delete(conn).unwrap();
        let results = [
            alice.courses().add(conn, &art).map(|_| ()),
            alice.courses().add_all(conn, [&art]).map(|_| ()),
            alice.courses().set(conn, [&art]),
        ];
        for result in results {
            assert!(
                matches!(result, Err(Error::ForeignKeyViolation { .. })),
                "{result:?}"
            );
        }
        assert_eq!(
            alice.courses().all(conn).unwrap(),
            [math.clone()],
            "the old set is there"
        );
        let ghost = Student {
            id: 99,
            name: "Ghost".into(),
        };
        assert!(matches!(
            ghost.courses().add(conn, &math),
            Err(Error::ForeignKeyViolation { .. })
        ));
        assert_eq!(ghost.courses().all(conn).unwrap(), []);
    });
}

#[test]
fn a_hundred_thousand_links_are_one_parameter() {
    on_school(|conn| {
        let alice = new_student(conn, "Alice");
        db::execute(
            conn,
            "INSERT INTO courses (title) \
             WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 399) SELECT n.i * 400 + m.i FROM n, n AS m WHERE n.i < 250",
        )
        .unwrap();
        let courses = Course::query().all(conn).unwrap();
        assert_eq!(alice.courses().add_all(conn, &courses).unwrap(), 100_000);
        assert_eq!(alice.courses().add_all(conn, &courses).unwrap(), 0);
        alice.courses().set(conn, &courses[1..]).unwrap();
        assert_eq!(alice.courses().count(conn).unwrap(), 99_999);
    });
}
