//! Sixteen workers, each with a connection of its own, link and unlink the same rows at once: nothing is lost, doubled or
//! half done, and what goes wrong is an error that says so.

use std::sync::Arc;

use super::school::support::{self, Connection};
use super::school::{
    Course, Error, NewCourse, NewStudent, Student, UnitOfWork, course, create_tables, student,
};
use crate::db::SQLITE;
use crate::driver::{self, Conn};

tests! {
    what_is_added_and_removed_is_accounted_for,
    one_of_the_sets_is_left,
    sets_from_both_sides_leave_no_link_twice,
    no_change_of_a_row_is_lost,
}

const WORKERS: usize = 16;

/// Numbers that look random and are the same in each run (splitmix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut number = self.0;
        number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((number ^ (number >> 31)) % most as u64) as usize
    }
}

/// The rows that all workers know.
struct School {
    students: Vec<Student>,
    courses: Vec<Course>,
}

impl School {
    async fn new(conn: &mut Conn, students: usize, courses: usize) -> Arc<Self> {
        create_tables(conn).await.unwrap();
        let mut work = UnitOfWork::new();
        for number in 0..students {
            let name = format!("student {number}");
            work.insert(NewStudent { name });
        }
        for number in 0..courses {
            let title = format!("course {number}");
            work.insert(NewCourse { title });
        }
        work.commit(conn).await.unwrap();
        Arc::new(Self {
            students: Student::query().all(conn).await.unwrap(),
            courses: Course::query().all(conn).await.unwrap(),
        })
    }

    fn courses(&self, places: &[usize]) -> Vec<Course> {
        places.iter().map(|at| self.courses[*at].clone()).collect()
    }
}

/// What a worker does to links. The numbers are places of students and courses.
#[derive(Clone, Debug)]
enum Call {
    Add(usize, usize),
    Enroll(usize, usize),
    AddAll(usize, Vec<usize>),
    Remove(usize, usize),
    Expel(usize, usize),
    Link(usize, usize),
    Unlink(usize, usize),
    SetCourses(usize, Vec<usize>),
    SetStudents(usize, Vec<usize>),
    ClearCourses(usize),
    ClearStudents(usize),
}

/// Makes a call, and gives how many links it says to have made or, below zero, taken away.
fn make(
    conn: &mut Connection,
    school: &School,
    call: &Call,
) -> impl Future<Output = Result<i64, Error>> + Send {
    let School { students, courses } = school;
    async move {
        Ok(match call {
            Call::Add(s, c) => students[*s].courses().add(conn, &courses[*c]).await?.into(),
            Call::Enroll(s, c) => courses[*c]
                .students()
                .add(conn, &students[*s])
                .await?
                .into(),
            Call::AddAll(s, all) => {
                let all = school.courses(all);
                let added = students[*s].courses().add_all(conn, &all).await?;
                i64::try_from(added).unwrap()
            }
            Call::Remove(s, c) => {
                let removed = students[*s].courses().remove(conn, &courses[*c]).await?;
                -i64::from(removed)
            }
            Call::Expel(s, c) => {
                let removed = courses[*c].students().remove(conn, &students[*s]).await?;
                -i64::from(removed)
            }
            Call::Link(s, c) => {
                let mut work = UnitOfWork::new();
                work.link(student::COURSES, &students[*s], [&courses[*c]]);
                work.commit(conn).await?;
                0
            }
            Call::Unlink(s, c) => {
                let mut work = UnitOfWork::new();
                work.unlink(course::STUDENTS, &courses[*c], [&students[*s]]);
                work.commit(conn).await?;
                0
            }
            Call::SetCourses(s, all) => {
                students[*s]
                    .courses()
                    .set(conn, &school.courses(all))
                    .await?;
                0
            }
            Call::SetStudents(c, all) => {
                let all: Vec<&Student> = all.iter().map(|at| &students[*at]).collect();
                courses[*c].students().set(conn, all).await?;
                0
            }
            Call::ClearCourses(s) => {
                students[*s].courses().clear(conn).await?;
                0
            }
            Call::ClearStudents(c) => {
                courses[*c].students().clear(conn).await?;
                0
            }
        })
    }
}

/// The same as often as it takes.
fn retried(
    conn: &mut Connection,
    school: &Arc<School>,
    call: &Call,
) -> impl Future<Output = Result<i64, Error>> + Send {
    let known = Arc::new((school.clone(), call.clone()));
    support::retry(conn, move |conn| {
        let known = known.clone();
        Box::pin(async move { make(conn, &known.0, &known.1).await })
    })
}

/// Whether a call was in the way of others, as it may be.
fn was_in_the_way(error: &Error) -> bool {
    match error {
        // SQLite has one writer at a time, so that there is no conflict; the others wait longer than this takes.
        Error::Conflict { .. } => !SQLITE,
        other => panic!("{other:?}"),
    }
}

/// Runs `work` for each connection at once, and gives these back with the results.
async fn at_once<W: Future<Output = (Conn, R)> + Send + 'static, R: Send + 'static>(
    conns: Vec<Conn>,
    work: impl Fn(usize, Conn) -> W,
) -> (Vec<Conn>, Vec<R>) {
    let tasks = conns.into_iter().enumerate();
    let tasks: Vec<_> = tasks
        .map(|(number, conn)| tokio::spawn(work(number, conn)))
        .collect();
    let mut done = Vec::new();
    for task in tasks {
        done.push(task.await.unwrap());
    }
    done.into_iter().unzip()
}

async fn connections(keep: &driver::Keep) -> Vec<Conn> {
    let mut conns = Vec::new();
    for _ in 0..WORKERS {
        conns.push(driver::beside(keep).await);
    }
    conns
}

/// The links as both sides see them: the places of the students and the courses.
async fn links(conn: &mut Conn, school: &School) -> Vec<(usize, usize)> {
    let there = driver::number(conn, "SELECT count(*) FROM student_course")
        .await
        .unwrap();
    let all_different = driver::number(
        conn,
        "SELECT count(*) FROM (SELECT DISTINCT s.id AS one, c.id AS other FROM student_course AS l \
         JOIN students AS s ON s.id = l.student_id JOIN courses AS c ON c.id = l.course_id) AS links",
    );
    let all_different = all_different.await.unwrap();
    assert_eq!(there, all_different, "a link twice, or without a row");
    let mut seen = Vec::new();
    for (s, student) in school.students.iter().enumerate() {
        for course in student.courses().all(conn).await.unwrap() {
            let c = school.courses.iter().position(|other| *other == course);
            seen.push((s, c.unwrap()));
        }
    }
    let mut mirrored = Vec::new();
    for (c, course) in school.courses.iter().enumerate() {
        for student in course.students().all(conn).await.unwrap() {
            let s = school.students.iter().position(|other| *other == student);
            mirrored.push((s.unwrap(), c));
        }
    }
    mirrored.sort_unstable();
    assert_eq!(seen, mirrored, "the sides see other links");
    assert_eq!(seen.len() as i64, all_different);
    seen
}

/// Each worker adds and removes links of the same few rows, from either side. What the calls say to have made and taken
/// away is what is there in the end.
async fn what_is_added_and_removed_is_accounted_for() {
    const CALLS: usize = 40;
    const STUDENTS: usize = 3;
    const COURSES: usize = 4;
    let (keep, mut conn) = driver::open().await;
    let school = School::new(&mut conn, STUDENTS, COURSES).await;
    let work = |number: usize, mut conn: Conn| {
        let school = school.clone();
        async move {
            let mut dice = Dice(number as u64);
            let mut made = [[0; COURSES]; STUDENTS];
            for _ in 0..CALLS {
                let (s, c) = (dice.below(STUDENTS), dice.below(COURSES));
                let call = match dice.below(5) {
                    0 | 1 => Call::Add(s, c),
                    2 => Call::Remove(s, c),
                    3 => Call::Enroll(s, c),
                    _ => Call::Expel(s, c),
                };
                match retried(&mut conn, &school, &call).await {
                    Ok(links) => made[s][c] += links,
                    Err(error) => assert!(was_in_the_way(&error)),
                }
            }
            (conn, made)
        }
    };
    let (_, made) = at_once(connections(&keep).await, work).await;
    let links = links(&mut conn, &school).await;
    let made_of = |s: usize, c: usize| made.iter().map(|made| made[s][c]).sum::<i64>();
    for s in 0..STUDENTS {
        for c in 0..COURSES {
            let there = i64::from(links.contains(&(s, c)));
            assert_eq!(made_of(s, c), there, "student {s}, course {c}");
        }
    }
}

/// All workers set the courses of one student at once, each to others: one of those sets is there, whole. So it is when
/// they begin without links, when a worker tries again, and when it does not.
async fn one_of_the_sets_is_left() {
    const ROUNDS: usize = 10;
    const COURSES: usize = 8;
    let (keep, mut conn) = driver::open().await;
    let school = School::new(&mut conn, 2, COURSES).await;
    let mut conns = connections(&keep).await;
    for round in 0..ROUNDS {
        let s = round % 2;
        if round % 4 < 2 {
            school.students[s].courses().clear(&mut conn).await.unwrap();
        }
        let tries_again = round % 3 != 0;
        // The sets are different, and in no order.
        let set_of = move |number: usize| {
            let mut dice = Dice((round * WORKERS + number) as u64);
            let wanted = number * COURSES * 2 + 1 + dice.below(COURSES);
            let mut set: Vec<usize> = (0..COURSES).filter(|at| wanted >> at & 1 == 1).collect();
            let by = number % set.len();
            set.rotate_left(by);
            set
        };
        let work = |number: usize, mut conn: Conn| {
            let school = school.clone();
            async move {
                let call = Call::SetCourses(s, set_of(number));
                let done = if tries_again {
                    retried(&mut conn, &school, &call).await
                } else {
                    make(&mut conn, &school, &call).await
                };
                let set = done.map(|_| set_of(number));
                (conn, set.map_err(|error| assert!(was_in_the_way(&error))))
            }
        };
        let (back, sets) = at_once(conns, work).await;
        conns = back;
        let mut sets: Vec<Vec<usize>> = sets.into_iter().filter_map(Result::ok).collect();
        sets.iter_mut().for_each(|set| set.sort_unstable());
        let links = links(&mut conn, &school).await;
        let left = links.iter().filter(|link| link.0 == s);
        let left: Vec<usize> = left.map(|link| link.1).collect();
        assert!(sets.contains(&left), "round {round}: {left:?} of {sets:?}");
    }
}

/// Workers add, remove, set and clear from both sides, one by one and by units of work, all of the same rows.
async fn sets_from_both_sides_leave_no_link_twice() {
    const CALLS: usize = 20;
    const STUDENTS: usize = 5;
    const COURSES: usize = 6;
    let (keep, mut conn) = driver::open().await;
    let school = School::new(&mut conn, STUDENTS, COURSES).await;
    let work = |number: usize, mut conn: Conn| {
        let school = school.clone();
        async move {
            let mut dice = Dice(1000 + number as u64);
            let mut given_up = 0;
            for _ in 0..CALLS {
                let (s, c) = (dice.below(STUDENTS), dice.below(COURSES));
                let (other, more) = (dice.below(COURSES), dice.below(STUDENTS));
                let call = match dice.below(9) {
                    0 => Call::Add(s, c),
                    1 => Call::Enroll(s, c),
                    2 => Call::AddAll(s, vec![c, other, c]),
                    3 => Call::Link(s, c),
                    4 => Call::Unlink(s, c),
                    5 => Call::SetCourses(s, vec![c, other]),
                    6 => Call::SetStudents(c, vec![more, s]),
                    7 => Call::ClearCourses(s),
                    _ => Call::ClearStudents(c),
                };
                if let Err(error) = retried(&mut conn, &school, &call).await {
                    given_up += usize::from(was_in_the_way(&error));
                }
            }
            (conn, given_up)
        }
    };
    let (_, given_up) = at_once(connections(&keep).await, work).await;
    let given_up: usize = given_up.into_iter().sum();
    assert!(
        given_up < WORKERS * CALLS / 10,
        "{given_up} calls were given up"
    );
    links(&mut conn, &school).await;
}

/// Each worker reads a row, writes what it has read with a sign of its own, and does so again.
async fn no_change_of_a_row_is_lost() {
    const CALLS: usize = 8;
    let (keep, mut conn) = driver::open().await;
    let school = School::new(&mut conn, 1, 1).await;
    let key = school.students[0].id;
    let work = |number: usize, mut conn: Conn| async move {
        let mut done = 0;
        for _ in 0..CALLS {
            let sign = char::from(b'A' + number as u8);
            let written = support::retry(&mut conn, move |conn| {
                Box::pin(async move {
                    let query = Student::query().filter(student::ID.eq(key));
                    let mut student = query.for_update().one(conn).await?;
                    student.name.push(sign);
                    student.save(conn).await
                })
            });
            match written.await {
                Ok(_) => done += 1,
                Err(error) => assert!(was_in_the_way(&error)),
            }
        }
        (conn, done)
    };
    let (_, done) = at_once(connections(&keep).await, work).await;
    let name = Student::get(&mut conn, key).await.unwrap().name;
    let behind = name.strip_prefix("student 0").unwrap();
    for (number, done) in done.into_iter().enumerate() {
        let sign = char::from(b'A' + number as u8);
        assert_eq!(behind.matches(sign).count(), done, "{sign} in {behind}");
    }
}
