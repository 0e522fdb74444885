//! The clock of generation: relata and its peers, in turn, over schemas of several sizes.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, mem};

use crate::peers::{self, Peers};
use crate::timed::{self, Cost, median};
use crate::{Result, generation_table, schema};

/// The script that does SQLAlchemy's part.
const METADATA: &str = include_str!("metadata.py");

/// A program that takes longer is run three times at most.
const LONG: f64 = 10.0;

/// Who takes part, in the order of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    First,
    Second,
    SeaOrm,
    SeaOrmUnformatted,
    Diesel,
    SqlAlchemy,
}

impl Side {
    pub const ALL: [Self; 6] = [
        Self::First,
        Self::Second,
        Self::SeaOrm,
        Self::SeaOrmUnformatted,
        Self::Diesel,
        Self::SqlAlchemy,
    ];

    pub fn label(self) -> &'static str {
        match self {
            Self::First => "relata, into a new folder",
            Self::Second => "relata again, nothing to do",
            Self::SeaOrm => "sea-orm-cli generate entity, as it comes",
            Self::SeaOrmUnformatted => "the same without rustfmt",
            Self::Diesel => "diesel print-schema",
            Self::SqlAlchemy => "SQLAlchemy, MetaData and DDL, in process",
        }
    }

    fn ours(self) -> bool {
        matches!(self, Self::First | Self::Second)
    }
}

/// A schema, and what each side took for it.
pub struct Case {
    pub label: String,
    pub count: usize,
    /// Whether this is the one with an entity of many relationships.
    pub hub: bool,
    /// Whether the peers take part.
    peers: bool,
    spec: PathBuf,
    database: PathBuf,
    pub sides: Vec<Results>,
}

/// What a side took.
#[derive(Default)]
pub struct Results {
    /// By round, which has none where a side was not asked any more.
    pub rounds: Vec<Option<Cost>>,
    /// It did not end in time.
    pub given_up: bool,
}

impl Results {
    pub fn median(&self, of: impl Fn(&Cost) -> f64) -> Option<f64> {
        median(self.rounds.iter().flatten().map(of))
    }

    /// The median of what this took for 1 of the other in the same round.
    pub fn ratio(&self, other: &Self) -> Option<f64> {
        let pairs = self.rounds.iter().zip(&other.rounds);
        median(pairs.filter_map(|(a, b)| Some(a.as_ref()?.wall / b.as_ref()?.wall)))
    }

    /// Takes what a round came to.
    pub fn add(&mut self, cost: Option<Cost>) {
        self.given_up = cost.is_none();
        self.rounds.push(cost);
    }

    /// Whether it is not asked any more.
    pub fn enough(&self) -> bool {
        let done = self.rounds.iter().flatten().count();
        self.given_up || done >= 3 && self.median(|cost| cost.wall) > Some(LONG)
    }
}

/// What is asked for on the command line.
pub struct Options {
    /// The sizes; all when empty.
    pub counts: Vec<usize>,
    pub rounds: usize,
    pub peers: bool,
}

impl Options {
    /// Whether everything is measured as it is meant to be.
    pub fn whole(&self) -> bool {
        self.counts.is_empty() && self.peers && self.rounds >= 5
    }
}

/// Measures, and gives the text of the page's section.
pub fn measure(target: &Path, relata: &Path, options: &Options) -> Result<String> {
    let work = target.join("generation");
    // Each run has a new folder, and all are deleted at the end: for minutes, ext4 walks around the inodes of deleted files,
    // which takes longer than generating does.
    if work.exists() {
        fs::remove_dir_all(&work)?;
    }
    fs::create_dir_all(&work)?;
    let peers = options.peers.then(|| Peers::install(target)).transpose()?;
    fs::write(work.join("metadata.py"), METADATA)?;

    let mut refused = Vec::new();
    let mut cases = Vec::new();
    for (count, hub, with_peers) in [
        (100, false, true),
        (1_000, false, true),
        (5_000, false, true),
        (20_000, false, false),
        (same_tables(), false, false),
        (0, true, false),
    ] {
        if !options.counts.is_empty() && !options.counts.contains(&count) {
            continue;
        }
        let mut case = case(&work, count, hub);
        if let Some(peers) = peers.as_ref().filter(|_| with_peers) {
            case.peers = true;
            prepare(&mut case, &work, relata, Some(peers))?;
        } else if let Err(error) = prepare(&mut case, &work, relata, None) {
            eprintln!("foundation: {error}");
            refused.push(case.label);
            continue;
        }
        cases.push(case);
    }

    for round in 0..options.rounds {
        // Who was too slow for a schema is not asked for a larger one.
        let mut too_slow = Side::ALL.map(|_| false);
        for case in &mut cases {
            eprintln!("foundation: round {}, {}", round + 1, case.label);
            let mut sides = mem::take(&mut case.sides);
            for (place, (side, results)) in Side::ALL.into_iter().zip(&mut sides).enumerate() {
                let asked = side.ours() || case.peers;
                results.given_up |= asked && too_slow[place];
                if results.enough() || !asked {
                    results.rounds.push(None);
                } else {
                    results.add(once(side, case, round, &work, relata, peers.as_ref())?);
                }
                too_slow[place] |= results.given_up;
            }
            case.sides = sides;
        }
    }
    let versions = peers.as_ref().map(Peers::versions).transpose()?;
    fs::remove_dir_all(&work)?;
    generation_table::section(&cases, &refused, versions.as_deref(), options.rounds)
}

/// How many entities make as many tables as the schema with the hub has.
pub fn same_tables() -> usize {
    // An even number, as each two of them have a secondary.
    (schema::TABLES * 2 / 3).next_multiple_of(2)
}

fn case(work: &Path, count: usize, hub: bool) -> Case {
    let name = if hub {
        "hub".to_owned()
    } else {
        count.to_string()
    };
    let label = if hub {
        let (tables, relationships) = (schema::TABLES, schema::RELATIONSHIPS);
        format!("{tables} tables, one entity with {relationships} relationships")
    } else if count == same_tables() {
        let tables = count + count / 2;
        format!("N={count}, which is {tables} tables")
    } else {
        format!("N={}", generation_table::grouped(count))
    };
    Case {
        label,
        count,
        hub,
        peers: false,
        spec: work.join(format!("{name}.yaml")),
        database: work.join(format!("{name}.db")),
        sides: Side::ALL.iter().map(|_| Results::default()).collect(),
    }
}

/// Writes the spec, and the database of the statements that relata makes of it.
fn prepare(case: &mut Case, work: &Path, relata: &Path, peers: Option<&Peers>) -> Result<()> {
    let text = if case.hub {
        schema::hub()
    } else {
        schema::ring(case.count, None)
    };
    fs::write(&case.spec, text)?;
    let out = case.database.with_extension("first");
    timed::run(&generate(relata, &case.spec, &out), &work.join("log"))?
        .ok_or("relata was too slow to begin with")?;
    if let Some(peers) = peers {
        peers::database(peers, &out.join("schema.sql"), &case.database)?;
    }
    Ok(())
}

fn once(
    side: Side,
    case: &Case,
    round: usize,
    work: &Path,
    relata: &Path,
    peers: Option<&Peers>,
) -> Result<Option<Cost>> {
    let log = work.join("log");
    let folder = |side: &str| case.database.with_extension(format!("{side}.{round}"));
    let Some(peers) = peers.filter(|_| !side.ours()) else {
        return timed::run(&generate(relata, &case.spec, &folder("relata")), &log);
    };
    match side {
        Side::First | Side::Second => unreachable!("done above"),
        Side::SeaOrm => timed::run(
            &peers::sea_orm_entities(peers, &case.database, &folder("sea-orm")),
            &log,
        ),
        Side::SeaOrmUnformatted => {
            let out = folder("sea-orm-unformatted");
            let mut command = peers::sea_orm_entities(peers, &case.database, &out);
            let path = std::env::var("PATH").unwrap_or_default();
            let unformatted = peers.unformatted();
            command.env("PATH", format!("{}:{path}", unformatted.display()));
            timed::run(&command, &log)
        }
        Side::Diesel => timed::run(&peers::diesel_schema(peers, &case.database), &log),
        Side::SqlAlchemy => {
            let mut command = Command::new(peers.python());
            command
                .arg(work.join("metadata.py"))
                .arg(case.count.to_string());
            let Some(cost) = timed::run(&command, &log)? else {
                return Ok(None);
            };
            // Without the start of Python and the imports.
            let wall = fs::read_to_string(&log)?.trim().parse()?;
            Ok(Some(Cost { wall, ..cost }))
        }
    }
}

fn generate(relata: &Path, spec: &Path, out: &Path) -> Command {
    let mut command = Command::new(relata);
    command.arg("generate").arg(spec).arg("--out").arg(out);
    command
}
