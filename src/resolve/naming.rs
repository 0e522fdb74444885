//! What `naming` says: patterns of names, and the plurals of words.

use super::context::Context;
use super::names;
use crate::diagnostic::{Code, Diagnostic, Fix, suggest};
use crate::naming::database::{OF_COLUMNS, OF_FOREIGN_KEYS, OF_TABLES};
use crate::naming::pattern::{self, Fault};
use crate::naming::{Patterns, identifier, plural, rust};
use crate::source::Path;

/// The path of `naming`.
pub(super) fn path() -> Path {
    Path::root().key("naming")
}

/// Checks the patterns and plurals; where one is wrong, things are called as without it.
pub(super) fn resolve(context: &mut Context<'_>) {
    let mut patterns = Patterns::default();
    for (key, pattern, words) in [
        ("table", &mut patterns.table, OF_TABLES),
        ("primary_key", &mut patterns.primary_key, OF_COLUMNS),
        ("foreign_key", &mut patterns.foreign_key, OF_FOREIGN_KEYS),
        ("unique", &mut patterns.unique, OF_COLUMNS),
        ("index", &mut patterns.index, OF_COLUMNS),
        ("check", &mut patterns.check, OF_COLUMNS),
    ] {
        let Some(given) = context.spec.naming.pattern(key) else {
            continue;
        };
        if is_pattern(context, given, key, words) {
            given.clone_into(pattern);
        } else {
            context.lose(path().key(key));
        }
    }
    context.patterns = patterns;
    plurals(context);
}

/// Whether `given` is a pattern with the placeholders `words`; reports why not.
fn is_pattern(context: &mut Context<'_>, given: &str, key: &str, words: &[&str]) -> bool {
    let at = path().key(key);
    if identifier::check_database(given).is_err() {
        names::check_database(context, given, || at);
        return false;
    }
    if given.len() > identifier::LONGEST {
        let longest = identifier::LONGEST;
        let message = format!("the pattern `naming.{key}` is longer than {longest} bytes");
        let help = format!("write a shorter one, such as `{}`", example(key));
        context
            .report(Diagnostic::new(Code::InvalidDatabaseName, at.at_value(), message).help(help));
        return false;
    }
    let faults = pattern::faults(given, words);
    let fits = faults.is_empty();
    for (fault, place) in faults {
        let mut meant = None;
        let help = match fault {
            Fault::Unknown(word) => {
                let braced: Vec<String> = words.iter().map(|word| format!("{{{word}}}")).collect();
                let braced: Vec<&str> = braced.iter().map(String::as_str).collect();
                match suggest::nearest(word, words.iter().copied()) {
                    Some(nearest) => {
                        meant =
                            suggest::is_certain(word, nearest, words).then_some((word, nearest));
                        format!("did you mean `{{{nearest}}}`?")
                    }
                    None => suggest::list(&braced),
                }
            }
            Fault::Open | Fault::Close => {
                let example = example(key);
                format!("braces stand around placeholders: `{key}: \"{example}\"`")
            }
        };
        let message = format!("the pattern `naming.{key}` has {fault}");
        // Within the braces.
        let within = place.start + 1..place.end - 1;
        let mut found =
            Diagnostic::new(Code::WrongForm, at.clone().at_words(place), message).help(help);
        if let Some((from, to)) = meant {
            let place = at.clone().at_words(within);
            found = found.fix(Fix::word(place, from, to));
        }
        context.report(found);
    }
    fits && !is_of_sqlite(context, given, key)
}

/// How the pattern at `key` could look.
fn example(key: &str) -> &'static str {
    match key {
        "table" => "app_{table}",
        "primary_key" => "pk_{table}",
        "foreign_key" => "fk_{table}_{columns}",
        "unique" => "uq_{table}_{columns}",
        "check" => "ck_{table}_{column}",
        _ => "ix_{table}_{columns}",
    }
}

/// Whether every table or index of the pattern would have a name that sqlite keeps for itself, which is reported once.
fn is_of_sqlite(context: &mut Context<'_>, given: &str, key: &str) -> bool {
    let reserved = names::is_of_sqlite(context, given) && matches!(key, "table" | "index");
    if reserved {
        let message = format!(
            "sqlite keeps names that begin with `sqlite_` for itself, so the pattern `naming.{key}` makes none"
        );
        let help = format!(
            "begin it with something else: `{key}: \"{}\"`",
            example(key)
        );
        let place = path().key(key).at_value();
        context.report(Diagnostic::new(Code::InvalidDatabaseName, place, message).help(help));
    }
    reserved
}

/// Checks and takes the plurals.
fn plurals(context: &mut Context<'_>) {
    let spec = context.spec;
    for (word, plural) in &spec.naming.plural {
        let at = path().key("plural").key(word);
        let fits = is_word(context, word, plural, &at);
        if let Err(fault) = identifier::check(plural) {
            let shown: String = plural.chars().take(identifier::LONGEST).collect();
            let message = format!("`{}` is no plural: {fault}", shown.escape_debug());
            let help = match identifier::mended(plural) {
                Some(mended) => format!("write `{mended}`"),
                None => "write an ASCII identifier; `table` gives a table any name".to_owned(),
            };
            let place = match &fault {
                identifier::Fault::Character(_, words) => at.clone().at_words(words.clone()),
                _ => at.clone().at_value(),
            };
            context.report(Diagnostic::new(Code::InvalidName, place, message).help(help));
            context.lose(at);
        } else if fits {
            context.plurals.correct(word, plural);
        } else {
            context.lose(at);
        }
    }
}

/// Whether `word` is one that a plural is asked of: the last of an entity's name in snake case; reports why not.
fn is_word(context: &mut Context<'_>, word: &str, plural: &str, at: &Path) -> bool {
    let snake = rust::snake(word);
    let last = plural::last_word(&snake);
    if last == word && identifier::check(word).is_ok() {
        return true;
    }
    let shown: String = word.chars().take(identifier::LONGEST).collect();
    let message = format!(
        "`{}` is not the last word of any name in snake case",
        shown.escape_debug()
    );
    let help = if identifier::check(last).is_ok() {
        let plural = plural::last_word(&rust::snake(plural)).to_owned();
        format!("only the last word changes: write `{last}: {plural}`")
    } else {
        "write one word in small ASCII letters: `person: persons`".to_owned()
    };
    let place = at.clone().at_key();
    context.report(Diagnostic::new(Code::InvalidName, place, message).help(help));
    false
}
