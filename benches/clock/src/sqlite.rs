//! SQLite in memory.

use crate::contest::{Contest, Form, Job, Program, Side, Time};

const fn peer(label: &'static str, program: &'static str) -> Side {
    Side {
        label,
        program: Program::Built(program),
        ours: false,
    }
}

pub const CONTEST: Contest = Contest {
    name: "sqlite",
    title: "SQLite in memory",
    students: 100_000,
    courses: 1_000,
    pinned: true,
    time: Time::Processor,
    delay: None,
    sides: &[
        peer("by hand", "sqlite-hand"),
        Side {
            label: "relata",
            program: Program::Built("sqlite-relata"),
            ours: true,
        },
        peer("relata, sqlx", "sqlite-relata-sqlx"),
        peer("Diesel", "sqlite-diesel"),
        peer("SeaORM", "sqlite-sea-orm"),
        peer("sqlx", "sqlite-sqlx"),
        Side {
            label: "SQLAlchemy",
            program: Program::Python("benches/sqlite/sqlalchemy/side.py"),
            ours: false,
        },
    ],
    jobs: &[
        Job {
            name: "insert",
            label: "insert all rows",
            by_hand: "insert",
            budget: Some(1.05),
            forms: &[],
        },
        Job {
            name: "unit",
            label: "the same as one unit of work",
            by_hand: "insert",
            budget: Some(1.10),
            forms: &[],
        },
        Job {
            name: "courses",
            label: "courses of 1,000 students, one by one",
            by_hand: "courses",
            budget: Some(1.05),
            forms: &[],
        },
        Job {
            name: "eager",
            label: "all students with their courses, eager",
            by_hand: "eager",
            budget: Some(1.05),
            forms: &[
                Form {
                    name: "eager-whole",
                    label: "the whole table joined",
                },
                Form {
                    name: "eager-merged",
                    label: "the whole table joined in order, nothing looked up",
                },
                Form {
                    name: "eager-shared",
                    label: "each course once, and links in order",
                },
            ],
        },
        Job {
            name: "shared",
            label: "eager, courses shared",
            by_hand: "eager",
            budget: Some(0.60),
            forms: &[],
        },
        Job {
            name: "find",
            label: "100,000 lookups by key",
            by_hand: "find",
            budget: Some(1.05),
            forms: &[],
        },
        Job {
            name: "first",
            label: "10,000 times `first()` by name",
            by_hand: "first",
            budget: Some(1.05),
            forms: &[],
        },
        Job {
            name: "change",
            label: "add or remove 20,000 links",
            by_hand: "change",
            budget: Some(1.05),
            forms: &[],
        },
    ],
    memory: 1.20,
};
