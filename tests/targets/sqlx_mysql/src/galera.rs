//! Writers on all nodes of a Galera cluster, of which one dies and comes back: `tests/galera` starts it, and does that when
//! this says so.

use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use sqlx::Connection as _;
use sqlx::mysql::{MySqlConnectOptions, MySqlDatabaseError};

use crate::driver::{self, Conn};
use crate::live::school::support::{BoxFuture, retry};
use crate::live::school::{
    Course, Error, NewCourse, NewStudent, Student, UnitOfWork, create_tables, student,
};

const STUDENTS: usize = 6;
const COURSES: usize = 6;

/// How many writers each node has.
const WRITERS: usize = 2;

/// How many calls there are before the node dies, and again before it is started.
const CALLS: usize = 200;

/// What all writers know.
struct Shared {
    nodes: Vec<MySqlConnectOptions>,
    folder: PathBuf,
    students: Vec<Student>,
    courses: Vec<Course>,
    calls: AtomicUsize,
}

impl Shared {
    fn is_there(&self, name: &str) -> bool {
        self.folder.join(name).exists()
    }

    /// Tells the script.
    fn tell(&self, name: &str) {
        std::fs::write(self.folder.join(name), "").unwrap();
    }
}

/// A connection that reads what was committed anywhere.
fn connect(node: &MySqlConnectOptions) -> BoxFuture<'_, Result<Conn, sqlx::Error>> {
    Box::pin(async move {
        let mut conn = Conn::connect_with(node).await?;
        let wait = sqlx::query("SET SESSION wsrep_sync_wait = 7");
        wait.execute(&mut conn).await?;
        Ok(conn)
    })
}

/// What a writer has done: by pair, how many links were made and, below zero, taken away; and those of which nobody was told
/// whether they were, as the node died.
#[derive(Default)]
struct Done {
    links: [[i64; COURSES]; STUDENTS],
    unknown: Vec<(usize, usize, i64)>,
    given_up: usize,
    inserted: Vec<(i32, String)>,
}

/// Links and unlinks, and inserts many rows at times, until the node is back.
async fn write(shared: Arc<Shared>, writer: usize) -> Done {
    let mut done = Done::default();
    let mut node = writer % shared.nodes.len();
    let mut conn = connect(&shared.nodes[node]).await.unwrap();
    let mut number = writer as u64;
    let begun = Instant::now();
    for call in 0.. {
        if shared.is_there("back") && call % 20 == 0 {
            break;
        }
        assert!(
            begun.elapsed() < Duration::from_secs(240),
            "the node does not come back"
        );
        number = number
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let lot = (number >> 33) as usize;
        let (s, c, adds) = (lot % STUDENTS, lot / STUDENTS % COURSES, lot / 64 % 2 == 0);
        let (of_student, of_course) = (shared.students[s].clone(), shared.courses[c].clone());
        let result = retry(&mut conn, move |conn| {
            let (student, course) = (of_student.clone(), of_course.clone());
            Box::pin(async move {
                Ok(if adds {
                    i64::from(student.courses().add(conn, &course).await?)
                } else {
                    -i64::from(course.students().remove(conn, &student).await?)
                })
            })
        });
        match result.await {
            Ok(links) => done.links[s][c] += links,
            Err(Error::Conflict { .. }) => done.given_up += 1,
            // What reads has waited for what other nodes have done (`wsrep_sync_wait`), one of which is no more.
            Err(Error::Busy { .. }) if shared.is_there("kill") => done.given_up += 1,
            Err(Error::Database(error)) => {
                assert!(shared.is_there("kill"), "{error:?}");
                if !is_not_ready(&error) {
                    done.unknown.push((s, c, if adds { 1 } else { -1 }));
                }
                // To a node that lives.
                conn = loop {
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    node = (node + 1) % shared.nodes.len();
                    if let Ok(conn) = connect(&shared.nodes[node]).await {
                        break conn;
                    }
                };
            }
            Err(other) => panic!("{other:?}"),
        }
        if call % 25 == 10 {
            insert(&mut conn, writer, call, &mut done).await;
        }
        let calls = shared.calls.fetch_add(1, Ordering::SeqCst) + 1;
        if calls == CALLS {
            shared.tell("kill");
        }
        if calls == 2 * CALLS {
            shared.tell("start");
        }
    }
    done
}

/// Whether a node has refused the call, as it is not yet in the cluster, or waits to see what has become of the others.
fn is_not_ready(error: &sqlx::Error) -> bool {
    let told = error.as_database_error();
    let told = told.and_then(|error| error.try_downcast_ref::<MySqlDatabaseError>());
    told.is_some_and(|error| error.number() == 1047)
}

/// Inserts many rows at once. Each node counts in steps of its own.
async fn insert(conn: &mut Conn, writer: usize, call: usize, done: &mut Done) {
    let names: Vec<String> = (0..36)
        .map(|row| format!("{writer} {call} {row}"))
        .collect();
    let new = names.iter().map(|name| NewStudent { name: name.clone() });
    let new: Vec<_> = new.collect();
    match Student::insert_many(conn, new).await {
        Ok(keys) => done.inserted.extend(keys.into_iter().zip(names)),
        Err(Error::Conflict { .. } | Error::Busy { .. } | Error::Database(_)) => {}
        Err(other) => panic!("{other:?}"),
    }
}

/// What a node has: the links, and the students.
async fn contents(node: &MySqlConnectOptions) -> (Vec<String>, Vec<Student>) {
    let mut conn = connect(node).await.unwrap();
    let links = driver::texts(
        &mut conn,
        "SELECT concat(student_id, ' ', course_id) FROM student_course ORDER BY student_id, course_id",
    );
    let links = links.await.unwrap();
    let students = Student::query()
        .order_by(student::ID.asc())
        .all(&mut conn)
        .await;
    (links, students.unwrap())
}

#[test]
#[ignore = "needs a Galera cluster: tests/galera starts it"]
fn nothing_is_lost_when_a_node_dies_on_galera() {
    crate::db::wait(nothing_is_lost_when_a_node_dies());
}

async fn nothing_is_lost_when_a_node_dies() {
    let told = |name: &str| {
        std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set: use tests/galera"))
    };
    let urls = told("RELATA_GALERA_URLS");
    let mut nodes: Vec<_> = urls
        .split(' ')
        .map(|url| MySqlConnectOptions::from_str(url).unwrap())
        .collect();
    let mut conn = connect(&nodes[0]).await.unwrap();
    driver::execute(&mut conn, "CREATE DATABASE school")
        .await
        .unwrap();
    nodes
        .iter_mut()
        .for_each(|node| *node = node.clone().database("school"));
    let mut conn = connect(&nodes[0]).await.unwrap();
    create_tables(&mut conn).await.unwrap();
    let mut work = UnitOfWork::new();
    for number in 0..STUDENTS {
        let name = format!("student {number}");
        work.insert(NewStudent { name });
    }
    for number in 0..COURSES {
        let title = format!("course {number}");
        work.insert(NewCourse { title });
    }
    work.commit(&mut conn).await.unwrap();
    let shared = Arc::new(Shared {
        folder: told("RELATA_GALERA_FOLDER").into(),
        students: Student::query().all(&mut conn).await.unwrap(),
        courses: Course::query().all(&mut conn).await.unwrap(),
        calls: AtomicUsize::new(0),
        nodes,
    });
    let writers = 0..WRITERS * shared.nodes.len();
    let writers: Vec<_> = writers
        .map(|writer| tokio::spawn(write(shared.clone(), writer)))
        .collect();
    let mut all = Vec::new();
    for writer in writers {
        all.push(writer.await.unwrap());
    }

    let first = contents(&shared.nodes[0]).await;
    for node in &shared.nodes[1..] {
        assert_eq!(contents(node).await, first, "the nodes differ");
    }
    let (links, students) = first;
    for (s, student) in shared.students.iter().enumerate() {
        for (c, course) in shared.courses.iter().enumerate() {
            let link = format!("{} {}", student.id, course.id);
            let there = links.iter().filter(|other| **other == link).count() as i64;
            let known: i64 = all.iter().map(|done| done.links[s][c]).sum();
            // Each call that nobody knows the end of has been made or not.
            let (mut least, mut most) = (known, known);
            for (os, oc, links) in all.iter().flat_map(|done| &done.unknown) {
                if (*os, *oc) == (s, c) {
                    least += links.min(&0);
                    most += links.max(&0);
                }
            }
            let sums = least..=most;
            assert!(sums.contains(&there), "{link}: {there} of {sums:?}");
        }
    }
    let inserted = all.iter().flat_map(|done| &done.inserted);
    let mut rows = 0;
    for (key, name) in inserted {
        let found = students.binary_search_by_key(key, |student| student.id);
        assert_eq!(
            &students[found.unwrap()].name,
            name,
            "the key of another row"
        );
        rows += 1;
    }
    assert!(rows > 0, "many rows were inserted");
    let given_up: usize = all.iter().map(|done| done.given_up).sum();
    let calls = shared.calls.load(Ordering::SeqCst);
    assert!(
        given_up * 10 < calls,
        "{given_up} of {calls} calls were given up"
    );
    let unknown: usize = all.iter().map(|done| done.unknown.len()).sum();
    assert!(
        unknown <= 2 * WRITERS * 2,
        "{unknown} calls ended with the node"
    );
}
