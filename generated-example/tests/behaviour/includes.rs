//! A spec in several files is one schema: what one file declares is used by the others, in both directions.

use crate::db::Connection;

use crate::on_both;

/// The spec that includes two others.
mod models {
    include!(concat!(env!("OUT_DIR"), "/includes.rs"));
}

use models::{Course, Level, NewCourse, NewPerson, Person, course, person};

fn on_includes(test: impl Fn(&Connection)) {
    let open = |conn: &Connection| {
        models::configure(conn).unwrap();
        models::create_tables(conn).unwrap();
    };
    on_both(open, test);
}

fn person(conn: &Connection, name: &str, wishes: Option<Level>) -> Person {
    let new = NewPerson {
        name: name.into(),
        wishes,
        created_at: None,
        // From a mixin of the root file.
        note: Some(format!("{name} again")),
    };
    Person::insert(conn, new).unwrap()
}

fn course(conn: &Connection, title: &str, teacher: &Person, level: Option<Level>) -> Course {
    let new = NewCourse {
        title: title.into(),
        level,
        teacher_id: teacher.into(),
        created_at: None,
    };
    Course::insert(conn, new).unwrap()
}

#[test]
fn relationships_lead_from_file_to_file() {
    on_includes(|conn| {
        let ann = person(conn, "Ann", None);
        let bob = person(conn, "Bob", Some(Level::Advanced));
        let math = course(conn, "Math", &ann, None);
        let art = course(conn, "Art", &ann, Some(Level::Advanced));
        bob.courses().add_all(conn, [&math, &art]).unwrap();
        ann.courses().add(conn, &art).unwrap();

        assert_eq!(
            ann.teaches().all(conn).unwrap(),
            [math.clone(), art.clone()]
        );
        assert_eq!(art.teacher().get(conn).unwrap(), ann);
        assert_eq!(
            art.students().all(conn).unwrap(),
            [ann.clone(), bob.clone()]
        );
        let wished = Person::query()
            .filter(person::WISHES.eq(Level::Advanced))
            .filter(person::COURSES.any(course::LEVEL.eq(Level::Advanced)));
        assert_eq!(wished.all(conn).unwrap(), [bob.clone()]);

        // The enum of a third file, as the database has it and by default.
        assert_eq!((math.level, art.level.as_str()), (Level::Beginner, "A"));
        assert_eq!(bob.note.as_deref(), Some("Bob again"));
        bob.delete(conn).unwrap();
        assert_eq!(math.students().count(conn).unwrap(), 0);
    });
}
