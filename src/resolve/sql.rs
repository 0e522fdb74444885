//! SQL of the user: one text for all dialects or one for each.

use super::context::Context;
use super::sql_lexer;
use crate::diagnostic::{Code, Diagnostic, Help, suggest};
use crate::model::{Dialect, Sql};
use crate::source::Path;
use crate::spec::SqlText;

/// The SQL at `path`; `None` when something is wrong with it, which is reported.
pub(super) fn resolve(
    context: &mut Context<'_>,
    text: &SqlText,
    path: impl Fn() -> Path,
) -> Option<Sql> {
    let dialects = context.dialects;
    resolve_for(context, dialects, text, path)
}

/// The same where only `dialects`, of those that were asked for, take a text at all.
pub(super) fn resolve_for(
    context: &mut Context<'_>,
    dialects: &[Dialect],
    text: &SqlText,
    path: impl Fn() -> Path,
) -> Option<Sql> {
    match text {
        SqlText::All(text) => fits(context, text, dialects, &path).then(|| Sql::All(text.clone())),
        SqlText::PerDialect(texts) => {
            let mut fine = true;
            let mut found = Vec::new();
            for (word, text) in texts {
                let path = || path().key(word);
                let Some(dialect) = Dialect::from_word(word) else {
                    fine = false;
                    unknown_dialect(context, Code::UnknownKey, word, path().at_key());
                    continue;
                };
                fine &= fits(context, text, &[dialect], &path);
                found.push((dialect, text.clone()));
            }
            // The model is the same whatever the order, and whichever of them are asked for.
            found.sort_unstable_by_key(|(dialect, _)| *dialect);
            let missing = |dialect: &&Dialect| !texts.contains_key(dialect.as_str());
            for dialect in dialects.iter().filter(missing) {
                let dialect = dialect.as_str();
                if fine && !context.unread(&path) {
                    let message = format!("there is no SQL for `{dialect}` here");
                    let help =
                        format!("add it: `{dialect}: …`, or write one text for every dialect");
                    context.report(
                        Diagnostic::new(Code::MissingKey, path().at_value(), message).help(help),
                    );
                }
                fine = false;
            }
            fine.then_some(Sql::PerDialect(found))
        }
    }
}

/// Reports a word that is no dialect.
pub(super) fn unknown_dialect(
    context: &mut Context<'_>,
    code: Code,
    word: &str,
    place: crate::source::Place,
) {
    let help = match word.to_ascii_lowercase().as_str() {
        "mariadb" => Help::word("write `mysql`, which is MySQL and MariaDB", word, "mysql"),
        "pg" | "pgsql" | "postgresql" => Help::word("write `postgres`", word, "postgres"),
        "mssql" | "oracle" | "sqlserver" => {
            suggest::list(&Dialect::ALL.map(Dialect::as_str)).into()
        }
        _ => context.suggest_word(word, Dialect::ALL.map(Dialect::as_str)),
    };
    context.report(Diagnostic::new(code, place, format!("no dialect `{word}` exists")).help(help));
}

/// Whether `text` is whole to all of `dialects`, else it is reported.
fn fits(
    context: &mut Context<'_>,
    text: &str,
    dialects: &[Dialect],
    path: &impl Fn() -> Path,
) -> bool {
    let whole = |dialect: &Dialect| sql_lexer::problem(text, *dialect);
    let problem = if text.trim().is_empty() {
        "the SQL here is empty".to_owned()
    } else if text.contains('\0') {
        "the SQL here has a NUL character, at which databases stop to read".to_owned()
    } else if let Some((dialect, problem)) =
        dialects.iter().find_map(|each| Some((each, whole(each)?)))
    {
        // Most mistakes are one to all, and need no name.
        if Dialect::ALL.iter().all(|each| whole(each).is_some()) {
            format!("the SQL here is not whole: {problem}")
        } else {
            let dialect = dialect.as_str();
            format!("the SQL here is not whole to {dialect}: {problem}")
        }
    } else {
        return true;
    };
    let help = "write an SQL expression, as in `{ sql: \"length(name) > 0\" }`";
    context.report(Diagnostic::new(Code::WrongForm, path().at_value(), problem).help(help));
    false
}
