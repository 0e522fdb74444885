//! What the documents say is true: commands run, crates build and print what is said, numbers agree. A document has its row
//! in [`DOCUMENTS`], a command that one shows has one in [`COMMANDS`].

#[path = "docs/book.rs"]
mod book;
#[path = "docs/command_line.rs"]
mod command_line;
#[path = "docs/commands.rs"]
mod commands;
#[path = "docs/daily.rs"]
mod daily;
#[path = "docs/examples.rs"]
mod examples;
#[path = "docs/links.rs"]
mod links;
#[path = "nested/cargo.rs"]
mod nested;
#[path = "docs/pictures.rs"]
mod pictures;
#[path = "docs/readme.rs"]
mod readme;
#[path = "docs/reference.rs"]
mod reference;
#[path = "docs/rustdoc.rs"]
mod rustdoc;
#[path = "docs/targets.rs"]
mod targets;
#[path = "docs/tutorial.rs"]
mod tutorial;

use std::collections::BTreeSet;
use std::fs;

use nested::root;

/// The page of codes, half of whose specs are wrong on purpose: `tests/codes.rs` makes it, and runs them all.
const CODES: &str = "docs/codes.md";

const DOCUMENTS: &[&str] = &[
    "README.md",
    "CONTRIBUTING.md",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "SECURITY.md",
    "docs/api.md",
    "docs/axum.md",
    "docs/benchmarks.md",
    "docs/build_scripts.md",
    CODES,
    "docs/command_line.md",
    "docs/connections.md",
    "docs/cookbook.md",
    "docs/costs.md",
    "docs/diesel_seaorm.md",
    "docs/golden_tests.md",
    "docs/introduction.md",
    "docs/mistakes.md",
    "docs/portability.md",
    "docs/reference.md",
    "docs/round_trips.md",
    "docs/spec.md",
    "docs/sqlalchemy.md",
    "docs/targets.md",
    "docs/tutorial.md",
];

/// How a command of the documents is exercised.
#[derive(Clone, Copy, PartialEq)]
enum How {
    /// By this script, which must hold it as a step.
    Script(&'static str, &'static str),
    /// By [`commands::the_program_installs_and_runs_as_shown`], in README's crate.
    Here,
    /// By `docs/daily.rs`, in the crate of the page that shows it.
    Daily,
    /// Of a release: it asks for or changes what is elsewhere, so only who releases runs it. A version that it names is the
    /// package's.
    Release,
    /// By [`tutorial::the_tutorial_works_as_it_says`], where the tutorial has it.
    Tutorial,
    /// It is a script of the repository that hosts run; it must be there and be executable.
    Itself(&'static str),
    /// It wants Docker, which not everyone has; what it says of servers must be what `compose.yaml` says.
    Compose,
    /// By these tests, which are run so when they are told to and whose texts say it.
    Accept(&'static [(&'static str, &'static str)]),
}

/// Every command that a document may show.
const COMMANDS: &[(&str, How)] = &[
    (
        "cargo run -p generated-example",
        How::Script("tests/run", "step cargo run --package generated-example"),
    ),
    (
        "tests/run --install",
        How::Script(".ci/run", "step tests/run --install"),
    ),
    (
        "tests/with postgres cargo run -p generated-example --features postgres --bin postgres",
        How::Script(
            "tests/run",
            "step tests/with postgres cargo run -p generated-example --features postgres --bin postgres",
        ),
    ),
    ("tests/run", How::Itself("tests/run")),
    (".ci/run", How::Itself(".ci/run")),
    ("tests/galera", How::Itself("tests/galera")),
    ("tests/long", How::Itself("tests/long")),
    ("fuzz/run 600 check", How::Itself("fuzz/run")),
    ("benches/run sqlite", How::Itself("benches/run")),
    ("benches/run postgres", How::Itself("benches/run")),
    (
        "tests/with postgres tests/mistakes/run ../others",
        How::Itself("tests/mistakes/run"),
    ),
    ("docker compose up --wait", How::Compose),
    (
        "RELATA_POSTGRES_URL=postgres://postgres:relata@127.0.0.1:54329/postgres \
         RELATA_MYSQL_URL=mysql://root:relata@127.0.0.1:33069/ tests/run",
        How::Compose,
    ),
    (
        "RELATA_ACCEPT=1 cargo test --test golden --test invalid",
        How::Accept(&[
            ("tests/golden.rs", "{ACCEPT}=1 cargo test --test golden"),
            ("tests/invalid.rs", "{ACCEPT}=1 cargo test --test invalid"),
        ]),
    ),
    (
        "RELATA_ACCEPT=1 cargo test --test downstream",
        How::Accept(&[(
            "tests/downstream.rs",
            "`RELATA_ACCEPT=1 cargo test --test downstream` accepts",
        )]),
    ),
    (
        "RELATA_ACCEPT=1 cargo test -p generated-example --test current",
        How::Accept(&[("generated-example/tests/current.rs", "RELATA_ACCEPT")]),
    ),
    (
        "RELATA_ACCEPT=1 cargo test -p generated-example --test compile_fail",
        How::Accept(&[("generated-example/tests/compile_fail.rs", "RELATA_ACCEPT")]),
    ),
    ("cargo install --path .", How::Here),
    ("cd ..", How::Here),
    ("relata init school", How::Here),
    ("cd school", How::Here),
    ("cargo run", How::Here),
    ("relata check specs/school.yaml", How::Here),
    ("relata ddl specs/school.yaml", How::Here),
    ("relata ddl specs/school.yaml --dialect postgres", How::Here),
    (
        "relata generate specs/school.yaml --out src/models",
        How::Here,
    ),
    (
        "relata generate specs/school.yaml --out src/models --check",
        How::Here,
    ),
    ("cargo install --locked --path ../relata", How::Daily),
    ("cargo test --test current", How::Daily),
    ("RELATA_ACCEPT=1 cargo test --test current", How::Daily),
    (
        "cargo package --package relata",
        How::Accept(&[("tests/package.rs", r#"["package", "--package", "relata", "#)]),
    ),
    ("cargo package --package relata --list", How::Release),
    ("cargo deny check advisories", How::Release),
    ("cargo publish --package relata --dry-run", How::Release),
    ("cargo publish --package relata", How::Release),
    (
        r#"git tag --annotate v0.1.0 --message "relata 0.1.0""#,
        How::Release,
    ),
    ("git push origin v0.1.0", How::Release),
    (
        r#"git grep -n "path = \"../relata\"" -- "*.md" "*.rs""#,
        How::Release,
    ),
    (r#"git grep -n "cargo install" -- "*.md""#, How::Release),
    ("relata fix specs/school.yaml", How::Here),
    ("relata explain E0309", How::Here),
    ("cargo run --quiet", How::Tutorial),
    ("relata schema > specs/relata.schema.json", How::Tutorial),
    ("cargo test --quiet", How::Tutorial),
    ("rm build.rs", How::Tutorial),
];

fn document(name: &str) -> String {
    let text = fs::read_to_string(root().join(name));
    text.unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// A fenced block: its language, its text, and the path in bold that the paragraph before it begins with.
struct Block {
    language: String,
    text: String,
    path: Option<String>,
}

fn blocks(document: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut path = None;
    let mut lines = document.lines();
    while let Some(line) = lines.next() {
        if let Some(language) = line.strip_prefix("```") {
            let text: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            blocks.push(Block {
                language: language.to_owned(),
                text: text.join("\n") + "\n",
                path: path.take(),
            });
        } else if let Some(begin) = line.strip_prefix("**`") {
            path = begin.split_once("`**").map(|(path, _)| path.to_owned());
        }
    }
    blocks
}

/// The commands that the documents show, in order, each once.
fn shown() -> Vec<String> {
    let mut shown = Vec::new();
    for name in DOCUMENTS {
        for block in blocks(&document(name)) {
            if matches!(block.language.as_str(), "console" | "sh") {
                shown.extend(block.text.lines().map(str::to_owned));
            }
        }
    }
    let mut seen = BTreeSet::new();
    shown.retain(|command| seen.insert(command.clone()));
    shown
}
