//! Random sequences of calls, made of the generated code and of a reference in Rust, which have to agree behind each of
//! them: on what the call answers, on all rows, on what is at each side of every relationship.
//!
//! `schema` says the spec once more, `world` holds rows as a database does, `rules` what calls do to them by the contract;
//! `dice` makes calls up, `on_tables`, `on_related` and `on_units` make them of the database, and `compare` asks whether
//! both have the same.
//!
//! Calls are the same in every run, which goes on for some seconds and until all has happened that can. With
//! `PROPTEST_CASES` they are others in each run, one sequence for eight cases, and all is compared behind each call,
//! instead of a part in turn.

mod call;
mod choose;
mod compare;
mod dice;
mod on_related;
mod on_tables;
mod on_units;
mod rules;
mod rules_related;
mod rules_unit;
mod schema;
mod tally;
mod typed;
mod unit_dice;
mod world;

use std::time::{Duration, Instant};

use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};

use crate::db::{self, Connection};

use call::{Answer, Call};
use choose::Roll;
use compare::{Alike, alike};
use schema::{ENTITIES, Row, Table};
use tally::Tally;
use world::{Fault, World};

/// What the spec becomes.
mod models {
    include!(concat!(env!("OUT_DIR"), "/reference.rs"));
}

/// The most calls of a sequence.
const CALLS: usize = 50;

/// Sequences in a round of a run that is not told otherwise.
const SEQUENCES: u32 = 20;

/// How long rounds go on, where everything has happened before.
const LONG_ENOUGH: Duration = Duration::from_secs(4);

#[test]
fn every_sequence_of_calls_does_what_the_reference_does() {
    let open = |conn: &Connection| {
        models::configure(conn).unwrap();
        models::create_tables(conn).unwrap();
    };
    db::on_one(open, |conn| {
        let tally = Tally::default();
        let is_long = std::env::var_os("PROPTEST_CASES").is_some();
        let begun = Instant::now();
        for round in 0..16 {
            let done = runner(is_long, round).run(&choose::sequence(CALLS), |rolls| {
                let mut log = Vec::new();
                play(conn, &rolls, (&tally, is_long), &mut log).map_err(|told| {
                    let log = log.join("\n");
                    TestCaseError::fail(format!("behind these calls:\n{log}\n{told}"))
                })
            });
            match done {
                Ok(()) => {}
                // Which dice these calls were tells nothing.
                Err(TestError::Fail(reason, _)) => panic!("{reason}"),
                Err(error) => panic!("{error}"),
            }
            // What has not happened yet may do so in the next round.
            let is_whole = tally.lacking().is_empty();
            if is_long || is_whole && begun.elapsed() > LONG_ENOUGH {
                break;
            }
        }
        println!("{tally}");
        // Who asks for few sequences cannot have everything.
        if !is_long || tally.calls() > 5000 {
            assert_eq!(tally.lacking(), Vec::<String>::new(), "it never happened");
        }
    });
}

fn runner(is_long: bool, round: u8) -> TestRunner {
    let mut config = Config {
        failure_persistence: None,
        max_shrink_iters: 3000,
        ..Config::default()
    };
    if is_long {
        config.cases = config.cases.div_ceil(8);
        return TestRunner::new(config);
    }
    config.cases = SEQUENCES;
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[round; 32]);
    TestRunner::new_with_rng(config, rng)
}

/// Makes the calls of both sides, on tables without rows.
fn play(
    conn: &Connection,
    rolls: &[Roll],
    (tally, is_long): (&Tally, bool),
    log: &mut Vec<String>,
) -> Alike {
    for table in ["office", "cards", "flags", "rooms", "members", "clubs"] {
        db::execute(conn, &format!("DELETE FROM {table}")).unwrap();
    }
    let mut world = World::default();
    let mut old: Vec<(Table, Row)> = Vec::new();
    for (turn, roll) in rolls.iter().enumerate() {
        let call = choose::call(roll, &world, &old);
        let mut made = Vec::new();
        let found = match made_of(conn, &call, &mut made) {
            Ok(answer) => Ok(answer),
            Err(error) => Err(fault(&error).ok_or(format!("{call:?}: {error:?}"))?),
        };
        log.push(format!("{call:?} -> {found:?}"));
        tally.count(&call, &found);
        let next = expected(&world, &call, &made, &found)?;
        remember(&mut old, &world, &next);
        world = next;
        compare::everything(conn, &world, (!is_long).then_some(turn))?;
    }
    compare::everything(conn, &world, None)
}

fn made_of(conn: &Connection, call: &Call, made: &mut Vec<i32>) -> models::support::Result<Answer> {
    match call {
        Call::Insert(..)
        | Call::InsertMany(..)
        | Call::InsertRow(..)
        | Call::Upsert(..)
        | Call::Find(..)
        | Call::Get(..)
        | Call::One(..)
        | Call::Update(..)
        | Call::Save(..)
        | Call::Delete(..)
        | Call::UpdateAll(..)
        | Call::DeleteAll(..) => on_tables::run(conn, call, made),
        Call::Commit(parts) => on_units::commit(conn, parts, made),
        _ => on_related::run(conn, call),
    }
}

/// The world behind a call, if that answers what it should.
fn expected(
    world: &World,
    call: &Call,
    made: &[i32],
    found: &Result<Answer, Fault>,
) -> Result<World, String> {
    let mut next = world.clone();
    let mut keys = rules::Made::default();
    keys.keys.extend(made);
    let answer = rules::run(&mut next, call, &mut keys);
    match (found, &answer) {
        (Ok(found), Ok(expected)) => {
            alike("the answer", found, expected)?;
            Ok(next)
        }
        // Of several reasons the database tells one; either way nothing has changed.
        (Err(fault), Err(faults)) if faults.contains(fault) => Ok(world.clone()),
        _ => Err(format!(
            "the answer\n  the database: {found:?}\n  the reference: {answer:?}"
        )),
    }
}

/// Keeps copies of what has been written to or is gone, the last ones of each table.
fn remember(old: &mut Vec<(Table, Row)>, before: &World, now: &World) {
    for table in ENTITIES {
        for row in before.rows(table) {
            if now.row(table, &table.key(row)) != Some(row) {
                old.push((table, row.clone()));
            }
        }
        let mut of_table = old.iter().filter(|(of, _)| *of == table).count();
        old.retain(|(of, _)| {
            let goes = *of == table && of_table > 5;
            of_table -= usize::from(goes);
            !goes
        });
    }
}

fn fault(error: &models::Error) -> Option<Fault> {
    use models::Error;
    Some(match error {
        Error::NotFound { .. } => Fault::NotFound,
        Error::TooManyFound { .. } => Fault::TooMany,
        Error::Stale { .. } => Fault::Stale,
        Error::UniqueViolation { .. } => Fault::Unique,
        Error::ForeignKeyViolation { .. } => Fault::Foreign,
        Error::CheckViolation { .. } => Fault::Check,
        Error::NotNullViolation { .. } => Fault::NotNull,
        Error::Pending { .. } => Fault::Pending,
        _ => return None,
    })
}
