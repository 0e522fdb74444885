//! PostgreSQL, on this machine and as if it were farther away.

use std::time::Duration;

use crate::contest::{Contest, Job, Program, Side, Time};

const fn side(label: &'static str, program: &'static str, ours: bool) -> Side {
    Side {
        label,
        program: Program::Built(program),
        ours,
    }
}

const fn job(
    name: &'static str,
    label: &'static str,
    by_hand: &'static str,
    budget: Option<f64>,
) -> Job {
    Job {
        name,
        label,
        by_hand,
        budget,
        forms: &[],
    }
}

const SIDES: &[Side] = &[
    side("by hand", "postgres-hand", false),
    side("relata, tokio-postgres", "postgres-relata", true),
    side("relata, sqlx", "postgres-relata-sqlx", false),
    side("sqlx", "postgres-sqlx", false),
    side("Diesel", "postgres-diesel", false),
    side("SeaORM", "postgres-sea-orm", false),
    side("best by hand", "postgres-best", false),
];

const JOBS: &[Job] = &[
    job("insert", "insert all rows", "insert", Some(1.05)),
    job(
        "courses",
        "courses of 1,000 students, one by one",
        "courses",
        Some(1.05),
    ),
    job(
        "eager",
        "all students with their courses, eager",
        "eager",
        Some(1.05),
    ),
    job("shared", "eager, courses shared", "eager", Some(0.65)),
    job("find", "5,000 lookups by key", "find", Some(1.05)),
    job("change", "add or remove 4,000 links", "change", Some(1.05)),
    job("set", "`set` for 500 students", "set", Some(1.05)),
    job(
        "link",
        "4,000 links in one call, by hand one by one",
        "link",
        Some(0.20),
    ),
];

const NEAR: Contest = Contest {
    name: "postgres",
    title: "PostgreSQL on the same machine",
    students: 20_000,
    courses: 1_000,
    pinned: false,
    time: Time::Clock,
    delay: None,
    sides: SIDES,
    jobs: JOBS,
    memory: 1.20,
};

pub const CONTEST: Contest = NEAR;

/// Every answer comes half a millisecond later.
pub const FAR: Contest = Contest {
    name: "postgres-far",
    title: "PostgreSQL behind a proxy, from where each answer takes 0.5 ms more",
    delay: Some(Duration::from_micros(500)),
    ..NEAR
};
