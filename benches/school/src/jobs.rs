//! The jobs: what is done how often, and how long the generated code may take for it.

use rusqlite::Connection;

use crate::clock::{Side, rounds, side};
use crate::data::School;
use crate::sum::{self, Row};
use crate::table::Line;
use crate::{Result, generated, hand, models};

type Job = fn(&Bench<'_>) -> Result<Vec<Line>>;

pub const JOBS: &[(&str, Job)] = &[
    ("insert", insert),
    ("eager", eager),
    ("shared", shared),
    ("find", find),
    ("change", change),
    // The last one, because it adds an index, which other jobs would meet.
    ("first", first),
];

/// What the jobs work on.
pub struct Bench<'s> {
    school: &'s School,
    pairs: usize,
    by_hand: Filled,
    generated: Filled,
}

/// A database with the school in it, and the keys that the rows got.
struct Filled {
    conn: Connection,
    students: Vec<i32>,
    courses: Vec<i32>,
}

impl<'s> Bench<'s> {
    pub fn new(school: &'s School, pairs: usize) -> Result<Self> {
        let mut conn = empty()?;
        let (students, courses) = hand::insert(&mut conn, school)?;
        let by_hand = Filled {
            conn,
            students,
            courses,
        };
        let conn = empty()?;
        let (students, courses) = generated::insert(&conn, school)?;
        let generated = Filled {
            conn,
            students,
            courses,
        };
        Ok(Self {
            school,
            pairs,
            by_hand,
            generated,
        })
    }

    /// Rows that a read of every student with the courses taken gives.
    fn rows(&self) -> usize {
        self.school.students.len() + self.school.links()
    }
}

/// An empty database, the same for both sides.
fn empty() -> Result<Connection> {
    let conn = Connection::open_in_memory()?;
    models::configure(&conn)?;
    models::create_tables(&conn)?;
    Ok(conn)
}

fn insert(bench: &Bench<'_>) -> Result<Vec<Line>> {
    let school = bench.school;
    let stored = |conn: &Connection, (students, courses): &(Vec<i32>, Vec<i32>)| {
        let links: i64 = conn.query_row(
            "SELECT count(*) FROM students JOIN student_course ON student_id = students.id \
             JOIN courses ON course_id = courses.id",
            [],
            |row| row.get(0),
        )?;
        assert_eq!(usize::try_from(links)?, school.links());
        Ok(sum::of_keys(students.iter().chain(courses)))
    };
    let times = rounds(
        bench.pairs,
        &[
            side(empty, |conn| hand::insert(conn, school), stored),
            side(empty, |conn| Ok(generated::insert(conn, school)?), stored),
        ],
    )?;
    let rows = bench.rows() + school.courses.len();
    Ok(vec![Line::of("insert, rows", rows, &times, Some(1.10))])
}

fn eager(bench: &Bench<'_>) -> Result<Vec<Line>> {
    let (by_hand, generated) = (&bench.by_hand.conn, &bench.generated.conn);
    let times = rounds(
        bench.pairs,
        &[
            read(|| Ok(hand::eager(by_hand)?)),
            read(|| Ok(generated::eager(generated)?)),
            read(|| Ok(hand::eager_whole(by_hand)?)),
            read(|| Ok(hand::eager_merged(by_hand)?)),
        ],
    )?;
    let rows = bench.rows();
    Ok(vec![
        Line::of("eager, rows", rows, &times, Some(1.10)),
        Line::beside("of the whole table", rows, &times, 2),
        Line::beside("of the whole, merged", rows, &times, 3),
    ])
}

fn shared(bench: &Bench<'_>) -> Result<Vec<Line>> {
    let (by_hand, generated) = (&bench.by_hand.conn, &bench.generated.conn);
    let times = rounds(
        bench.pairs,
        &[
            read(|| Ok(hand::eager(by_hand)?)),
            read(|| Ok(generated::eager_shared(generated)?)),
            read(|| Ok(hand::eager_whole(by_hand)?)),
            read(|| Ok(hand::eager_shared(by_hand)?)),
        ],
    )?;
    let rows = bench.rows();
    Ok(vec![
        Line::of("eager and shared, rows", rows, &times, Some(0.65)),
        Line::beside("of the whole table", rows, &times, 2),
        Line::beside("of the whole, shared", rows, &times, 3),
    ])
}

/// A side that reads every student with the courses taken.
fn read<'a, S: Row, C: Row>(eager: impl Fn() -> Result<Vec<(S, Vec<C>)>> + 'a) -> Side<'a> {
    side(
        || Ok(()),
        move |()| eager(),
        |(), found| Ok(sum::of_eager(found)),
    )
}

fn find(bench: &Bench<'_>) -> Result<Vec<Line>> {
    let count = bench.school.students.len() * 10;
    let keys: Vec<i32> = bench
        .school
        .some_students(count)
        .map(|place| bench.by_hand.students[place])
        .collect();
    let (by_hand, generated) = (&bench.by_hand.conn, &bench.generated.conn);
    let times = rounds(
        bench.pairs,
        &[
            look_up(&keys, |key| Ok(hand::find(by_hand, *key)?)),
            look_up(&keys, |key| Ok(generated::find(generated, *key)?)),
        ],
    )?;
    Ok(vec![Line::of(
        "find by key, calls",
        count,
        &times,
        Some(1.10),
    )])
}

fn first(bench: &Bench<'_>) -> Result<Vec<Line>> {
    let count = bench.school.students.len() * 2;
    let names: Vec<&str> = bench
        .school
        .some_students(count)
        .map(|place| bench.school.students[place].as_str())
        .collect();
    let (by_hand, generated) = (&bench.by_hand.conn, &bench.generated.conn);
    for conn in [by_hand, generated] {
        conn.execute_batch("CREATE INDEX ix_students_name ON students (name)")?;
    }
    let times = rounds(
        bench.pairs,
        &[
            look_up(&names, |name| Ok(hand::first(by_hand, name)?)),
            look_up(&names, |name| Ok(generated::first(generated, name)?)),
        ],
    )?;
    Ok(vec![Line::of(
        "first by name, calls",
        count,
        &times,
        Some(1.10),
    )])
}

/// A side that looks one row up after the other.
fn look_up<'a, K, R: Row>(keys: &'a [K], find: impl Fn(&K) -> Result<Option<R>> + 'a) -> Side<'a> {
    side(
        || Ok(()),
        move |()| {
            let mut sum = 0;
            for key in keys {
                let row = find(key)?.ok_or("a row is not there")?;
                sum += u64::from(row.id().unsigned_abs()) + row.text().len() as u64;
            }
            Ok(sum)
        },
        |(), sum| Ok(*sum),
    )
}

/// Adds a link that is not there and removes it again, so that each round meets the same database.
fn change(bench: &Bench<'_>) -> Result<Vec<Line>> {
    let school = bench.school;
    let pairs: Vec<(usize, usize)> = school
        .some_students(school.students.len())
        .map(|student| (student, school.spare[student]))
        .collect();
    let by_hand = &bench.by_hand;
    let hand_pairs = pairs
        .iter()
        .map(|(student, course)| {
            (
                hand::Student {
                    id: by_hand.students[*student],
                    name: school.students[*student].clone(),
                },
                hand::Course {
                    id: by_hand.courses[*course],
                    title: school.courses[*course].clone(),
                },
            )
        })
        .collect::<Vec<_>>();
    let generated = &bench.generated;
    let generated_pairs = pairs
        .iter()
        .map(|(student, course)| {
            (
                models::Student {
                    id: generated.students[*student],
                    name: school.students[*student].clone(),
                },
                models::Course {
                    id: generated.courses[*course],
                    title: school.courses[*course].clone(),
                },
            )
        })
        .collect::<Vec<_>>();
    let times = rounds(
        bench.pairs,
        &[
            toggle(&hand_pairs, |student, course| {
                let conn = &by_hand.conn;
                Ok((
                    hand::add(conn, student, course)?,
                    hand::remove(conn, student, course)?,
                ))
            }),
            toggle(&generated_pairs, |student, course| {
                let conn = &generated.conn;
                Ok((
                    generated::add(conn, student, course)?,
                    generated::remove(conn, student, course)?,
                ))
            }),
        ],
    )?;
    Ok(vec![Line::of(
        "add and remove links, calls",
        pairs.len() * 2,
        &times,
        Some(1.10),
    )])
}

/// A side that adds and removes one link after the other; `change` tells whether it did.
fn toggle<'a, S, C>(
    pairs: &'a [(S, C)],
    change: impl Fn(&S, &C) -> Result<(bool, bool)> + 'a,
) -> Side<'a> {
    side(
        || Ok(()),
        move |()| {
            let mut changed = 0;
            for (student, course) in pairs {
                let (added, removed) = change(student, course)?;
                changed += u64::from(added) + u64::from(removed);
            }
            assert_eq!(changed, pairs.len() as u64 * 2);
            Ok(changed)
        },
        |(), changed| Ok(*changed),
    )
}
