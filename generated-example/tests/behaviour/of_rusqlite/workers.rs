//! Sixteen threads, each with a connection of its own, link and unlink the same rows at once. The tests of the asynchronous
//! targets do the same in `tests/targets/live/workers.rs`.

use std::sync::Barrier;
use std::time::Duration;

use rusqlite::Connection;

use crate::school::{self, Course, Student, student, support};
use crate::{course, number};

const WORKERS: usize = 16;
const CALLS: usize = 40;
const STUDENTS: usize = 3;
const COURSES: usize = 4;

/// Numbers that look random and are the same in each run (splitmix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut number = self.0;
        number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((number ^ (number >> 31)) % most as u64).unwrap()
    }
}

/// A file with students and courses, and a connection to it.
struct School {
    folder: tempfile::TempDir,
    conn: Connection,
    students: Vec<Student>,
    courses: Vec<Course>,
}

impl School {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let conn = connect(&folder);
        school::create_tables(&conn).unwrap();
        let students = 0..STUDENTS;
        let courses = 0..COURSES;
        Self {
            students: students
                .map(|at| crate::student(&conn, &at.to_string()))
                .collect(),
            courses: courses.map(|at| course(&conn, &at.to_string())).collect(),
            folder,
            conn,
        }
    }

    /// Runs `work` for each worker at once.
    fn at_once<R: Send>(&self, work: impl Fn(usize, &Connection) -> R + Sync) -> Vec<R> {
        let start = Barrier::new(WORKERS);
        let (start, work) = (&start, &work);
        std::thread::scope(|scope| {
            let threads = (0..WORKERS).map(|number| {
                let conn = connect(&self.folder);
                scope.spawn(move || {
                    start.wait();
                    work(number, &conn)
                })
            });
            let threads: Vec<_> = threads.collect();
            let threads = threads.into_iter();
            threads.map(|thread| thread.join().unwrap()).collect()
        })
    }
}

fn connect(folder: &tempfile::TempDir) -> Connection {
    let conn = Connection::open(folder.path().join("school.db")).unwrap();
    school::configure(&conn).unwrap();
    conn.busy_timeout(Duration::from_secs(60)).unwrap();
    // The disk itself is not what is tested.
    conn.pragma_update(None, "synchronous", "OFF").unwrap();
    conn
}

#[test]
fn what_is_added_and_removed_is_accounted_for() {
    let here = School::new();
    let made = here.at_once(|worker, conn| {
        let mut dice = Dice(worker as u64);
        let mut made = [[0; COURSES]; STUDENTS];
        for _ in 0..CALLS {
            let (s, c) = (dice.below(STUDENTS), dice.below(COURSES));
            let (student, course) = (&here.students[s], &here.courses[c]);
            let way = dice.below(5);
            let done = support::retry(conn, || match way {
                0 | 1 => student.courses().add(conn, course).map(i64::from),
                2 => course.students().add(conn, student).map(i64::from),
                3 => {
                    let removed = student.courses().remove(conn, course)?;
                    Ok(-i64::from(removed))
                }
                _ => {
                    let removed = course.students().remove(conn, student)?;
                    Ok(-i64::from(removed))
                }
            });
            made[s][c] += done.unwrap();
        }
        made
    });
    for (s, student) in here.students.iter().enumerate() {
        for (c, course) in here.courses.iter().enumerate() {
            let there = student.courses().contains(&here.conn, course).unwrap();
            let made: i64 = made.iter().map(|made| made[s][c]).sum();
            assert_eq!(made, i64::from(there), "student {s}, course {c}");
        }
    }
    let links = number(&here.conn, "SELECT count(*) FROM student_course");
    let seen = Student::query().with(student::COURSES).all(&here.conn);
    let seen: usize = seen.unwrap().iter().map(|(_, courses)| courses.len()).sum();
    assert_eq!(links, i64::try_from(seen).unwrap());
}

#[test]
fn one_of_the_sets_is_left() {
    let here = School::new();
    // Sixteen sets, the empty one among them.
    let set_of = |worker: usize| -> Vec<&Course> {
        let courses = here.courses.iter().enumerate();
        let wanted = courses.filter(|(at, _)| worker >> at & 1 == 1);
        wanted.map(|(_, course)| course).collect()
    };
    for round in 0..10 {
        let alice = &here.students[round % STUDENTS];
        here.at_once(|worker, conn| alice.courses().set(conn, set_of(worker)).unwrap());
        let left = alice.courses().all(&here.conn).unwrap();
        let is_left = |worker| set_of(worker).into_iter().eq(&left);
        assert!((0..WORKERS).any(is_left), "round {round}: {left:?}");
    }
}

#[test]
fn no_change_of_a_row_is_lost() {
    let here = School::new();
    let key = here.students[0].id;
    here.at_once(|_, conn| {
        for _ in 0..8 {
            let written = support::retry(conn, || {
                let mut student = Student::get(conn, key)?;
                student.name.push('x');
                student.save(conn)
            });
            written.unwrap();
        }
    });
    let name = Student::get(&here.conn, key).unwrap().name;
    assert_eq!(name, format!("0{}", "x".repeat(8 * WORKERS)));
}
