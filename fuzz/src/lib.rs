//! What holds for every spec, whoever wrote it: it is refused with a report that can be shown, or what becomes of it is whole.

use relata::{Builder, Dialect, Error, Layout, Rendered};
use rusqlite::Connection;
use sqlparser::dialect::{MySqlDialect, PostgreSqlDialect, SQLiteDialect};
use sqlparser::parser::Parser;

/// A spec that is a text.
///
/// # Panics
///
/// Never: bytes can be read.
#[must_use]
pub fn builder(spec: &[u8]) -> Builder {
    let builder = Builder::from_reader("spec.yaml", spec).expect("bytes are read");
    // What is the same for every schema is a file of its own then, which is not read each time.
    builder.layout(Layout::Modules)
}

/// A report has findings with places in the text, and shows nothing that a terminal would obey.
///
/// # Panics
///
/// When it does not hold.
pub fn can_be_shown(error: &Error) {
    let shown = error.to_string();
    let odd = shown.chars().find(|c| c.is_control() && *c != '\n');
    assert_eq!(odd, None, "shown to a terminal: {shown:?}");
    let Error::Spec(report) = error else {
        panic!("a defect of relata: {shown}");
    };
    assert!(!report.findings().is_empty(), "nothing was found");
    for finding in report.findings() {
        let at = &finding.primary;
        assert!(at.start <= at.end, "from {} to {}", at.start, at.end);
    }
}

/// Whether a text may have SQL of its author's own, which is theirs to write.
#[must_use]
pub fn may_have_sql(spec: &[u8]) -> bool {
    let text = String::from_utf8_lossy(spec).to_ascii_lowercase();
    let known = ["rusqlite", "sqlite", "mysql"].iter();
    let rest = known.fold(text, |text, word| text.replace(word, ""));
    // An escape may be any letter.
    rest.contains("sql") || rest.contains('\\')
}

/// What was accepted is Rust, and what tables are made with is SQL, which SQLite loads.
///
/// # Panics
///
/// When it does not hold.
pub fn is_whole(spec: &[u8], rendered: &Rendered, with_sql: bool) {
    for (name, text) in rendered.output.iter() {
        let fine = name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_.".contains(&byte));
        assert!(fine, "a file is called {name:?}");
        let rust = !name.ends_with("sql") && name != "support.rs";
        if rust && let Err(error) = syn::parse_file(text) {
            panic!("`{name}` is no Rust: {error}\n{text}");
        }
    }
    if !with_sql {
        return;
    }
    for dialect in [Dialect::Sqlite, Dialect::Postgres, Dialect::Mysql] {
        // Not every dialect has what a spec wants; that is told with a code.
        match builder(spec).dialects([dialect]).render_ddl() {
            Ok((sql, _)) => is_sql(dialect, &sql),
            Err(error) => can_be_shown(&error),
        }
    }
}

fn is_sql(dialect: Dialect, sql: &str) {
    let parsed = match dialect {
        Dialect::Sqlite => Parser::parse_sql(&SQLiteDialect {}, sql),
        Dialect::Postgres => Parser::parse_sql(&PostgreSqlDialect {}, &with_plain_labels(sql)),
        Dialect::Mysql => Parser::parse_sql(&MySqlDialect {}, &with_plain_labels(sql)),
    };
    if let Err(error) = parsed {
        panic!("no SQL of {dialect:?}: {error}\n{sql}");
    }
    if dialect == Dialect::Sqlite {
        let conn = Connection::open_in_memory().expect("a database in memory");
        if let Err(error) = conn.execute_batch(sql) {
            panic!("SQLite refuses it: {error}\n{sql}");
        }
    }
}

/// The parser knows no labels of enums with escapes or as bytes, which the databases take.
fn with_plain_labels(sql: &str) -> String {
    let line = |line: &str| {
        if line.contains(" ENUM (") || line.contains(" ENUM(") {
            let line = line.replace("(E'", "('").replace(", E'", ", '");
            line.replace("(x'", "('").replace(", x'", ", '")
        } else {
            line.to_owned()
        }
    };
    sql.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// What is certain is mended, and what is said to be left is what is left; a spec that is right stays as it is.
///
/// # Panics
///
/// When it does not hold.
pub fn is_mended(spec: &[u8]) {
    let errors = errors(spec);
    let fixed = builder(spec).fix().expect("it stays in memory");
    assert!(
        errors > 0 || fixed.places.is_empty(),
        "it was right: {:?}",
        fixed.places
    );
    if let Some(text) = &fixed.text {
        let left = fixed.report.errors();
        assert_eq!(left, self::errors(text.as_bytes()), "are left in {text:?}");
    }
}

fn errors(spec: &[u8]) -> usize {
    match builder(spec).validate() {
        Ok(_) => 0,
        Err(Error::Spec(report)) => report.errors(),
        Err(error) => panic!("a defect of relata: {error}"),
    }
}
