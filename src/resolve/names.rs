//! Single names: whether they are names at all, and what Rust calls the thing.

use super::context::Context;
use super::draft::Draft;
use super::types;
use crate::diagnostic::{Code, Diagnostic};
use crate::naming::{identifier, rust};
use crate::source::limits::DATABASE_NAME_BYTES;
use crate::source::{Path, Place, Segment};

/// Reports a `name` that is no identifier; `what` is the word for the thing.
pub(super) fn check(
    context: &mut Context<'_>,
    name: &str,
    what: &str,
    path: impl FnOnce() -> Path,
) {
    let Err(fault) = identifier::check(name) else {
        return;
    };
    let shown: String = name.chars().take(identifier::LONGEST).collect();
    let mut diagnostic = Diagnostic::new(
        Code::InvalidName,
        path().at_key(),
        format!("`{}` is no name for {what}: {fault}", shown.escape_debug()),
    );
    let other = match what {
        "an entity" => "; `table` gives the database another name",
        "a column" => "; `name` gives the database another name",
        _ => "",
    };
    diagnostic = match identifier::mended(name) {
        Some(mended) => diagnostic.help(format!(
            "names are ASCII letters, digits and `_` and do not begin with a digit: write `{mended}`{other}"
        )),
        None => diagnostic.help("names are ASCII letters, digits and `_` and do not begin with a digit"),
    };
    context.report(diagnostic);
}

/// The Rust name of something called `name`, not yet raw: what `given`, its `rust_name`, says, else what `convert`
/// makes of `name`. `path` is that of the thing.
pub(super) fn rust_name(
    context: &mut Context<'_>,
    name: &str,
    given: Option<&str>,
    convert: fn(&str) -> String,
    path: impl FnOnce() -> Path,
) -> String {
    if let Some(given) = given {
        check_given(context, given, convert, path);
        return given.to_owned();
    }
    let converted = convert(name);
    if rust::never(&converted) {
        needs_rust_name(context, name, &converted, path().at_key());
    }
    converted
}

/// Reports that `converted`, made of `name`, can be no Rust name.
pub(super) fn needs_rust_name(
    context: &mut Context<'_>,
    name: &str,
    converted: &str,
    place: Place,
) {
    let mut message = never(converted);
    if converted != name {
        message = format!("{message}, and `{name}` would need it");
    }
    let instead = instead(converted);
    // A list has no place for more than names.
    let help = if matches!(place.path.segments().last(), Some(Segment::Index(_))) {
        format!(
            "write a mapping and say in it what Rust shall call it: `{name}: {{ rust_name: {instead} }}`, `other: other`"
        )
    } else {
        format!("say what Rust shall call it: `rust_name: {instead}`")
    };
    context.report(Diagnostic::new(Code::NeedsRustName, place, message).help(help));
}

/// A name for what cannot be called `name`, written as Rust writes names of its kind.
fn instead(name: &str) -> String {
    match name {
        "_" => "unnamed_".to_owned(),
        "Self" => "TheSelf".to_owned(),
        name => format!("{name}_"),
    }
}

fn never(name: &str) -> String {
    format!("`{name}` cannot be a name in Rust, not even as a raw identifier")
}

fn check_given(
    context: &mut Context<'_>,
    given: &str,
    convert: fn(&str) -> String,
    path: impl FnOnce() -> Path,
) {
    let path = path().key("rust_name");
    if let Err(fault) = identifier::check(given) {
        let plain = given
            .strip_prefix("r#")
            .filter(|plain| identifier::check(plain).is_ok());
        let help = match plain
            .map(str::to_owned)
            .or_else(|| identifier::mended(given))
        {
            Some(plain) => format!("write `{plain}`; a keyword becomes a raw identifier by itself"),
            None => "write an ASCII identifier".to_owned(),
        };
        let message = format!(
            "`rust_name` `{}` is no Rust identifier: {fault}",
            given.escape_debug()
        );
        context.report(Diagnostic::new(Code::InvalidName, path.at_value(), message).help(help));
        return;
    }
    let proper = convert(given);
    if rust::never(given) {
        let message = never(given);
        let help = format!("write another one: `rust_name: {}`", instead(given));
        context.report(Diagnostic::new(Code::NeedsRustName, path.at_value(), message).help(help));
    } else if proper != given {
        let message = format!("`rust_name` `{given}` is not written as Rust writes such names");
        context.report(
            Diagnostic::new(Code::InvalidName, path.at_value(), message)
                .help(format!("write `{proper}`")),
        );
    }
}

/// Reports a `name` that no database takes; `path` is that of the name itself. Gives the name to go on with, which is not long.
pub(super) fn check_database<'n>(
    context: &mut Context<'_>,
    name: &'n str,
    path: impl FnOnce() -> Path,
) -> &'n str {
    let mut ends = (0..=name.len().min(DATABASE_NAME_BYTES)).rev();
    let end = ends.find(|end| name.is_char_boundary(*end));
    let short = &name[..end.unwrap_or_default()];
    if short != name {
        let fault = identifier::Fault::TooLong(DATABASE_NAME_BYTES);
        let shown: String = name.chars().take(identifier::LONGEST).collect();
        let message = format!(
            "`{}…` is no name for a database: {fault}",
            shown.escape_debug()
        );
        let help = "write a shorter one: postgres takes 63 bytes, mysql 64 characters";
        let place = path().at_value();
        context.report(Diagnostic::new(Code::InvalidDatabaseName, place, message).help(help));
        return short;
    }
    if let Err(fault) = identifier::check_database(name) {
        let place = match &fault {
            identifier::Fault::Character(_, at) => path().at_words(at.clone()),
            _ => path().at_value(),
        };
        let message = format!(
            "`{}` is no name for a database: {fault}",
            name.escape_debug()
        );
        let help = "write at least one character and no control characters";
        context.report(Diagnostic::new(Code::InvalidDatabaseName, place, message).help(help));
    }
    short
}

/// Reports a stored value of an enum that no database takes; `path` is that of the value.
pub(super) fn check_stored(context: &mut Context<'_>, stored: &str, path: impl FnOnce() -> Path) {
    if let Err(fault) = identifier::check_database(stored) {
        let place = match &fault {
            identifier::Fault::Character(_, at) => path().at_words(at.clone()),
            _ => path().at_value(),
        };
        let message = format!(
            "`{}` is no stored value of an enum: {fault}",
            stored.escape_debug()
        );
        let help = "write at least one character and no control characters";
        context.report(Diagnostic::new(Code::InvalidDatabaseName, place, message).help(help));
    }
}

/// Reports a type of the spec, which is `what`, that has the name of a column type.
pub(super) fn check_type(
    context: &mut Context<'_>,
    name: &str,
    what: &str,
    place: impl FnOnce() -> Place,
) {
    if types::is_word(name) {
        let message = format!("{what} `{name}` has the name of a column type");
        let help = format!("give it another name, such as `{}`", rust::camel(name));
        context.report(Diagnostic::new(Code::NameCollision, place(), message).help(help));
    }
}

/// Whether `name` is among those that sqlite keeps for itself, and sqlite was asked for.
pub(super) fn is_of_sqlite(context: &Context<'_>, name: &str) -> bool {
    let sqlite = context.dialects.contains(&crate::model::Dialect::Sqlite);
    let start = name.get(..7);
    sqlite && start.is_some_and(|start| start.eq_ignore_ascii_case("sqlite_"))
}

/// Reports a table or index in the part of the names that `sqlite` keeps for itself.
pub(super) fn check_sqlite(context: &mut Context<'_>, name: &str, place: impl FnOnce() -> Place) {
    if is_of_sqlite(context, name) {
        let message =
            format!("sqlite keeps names that begin with `sqlite_` for itself, so `{name}` is none");
        let help = "write another name with `table` or `name`";
        context.report(Diagnostic::new(Code::InvalidDatabaseName, place(), message).help(help));
    }
}

/// Reports indexes in that part of the names.
pub(super) fn check_indexes(context: &mut Context<'_>, drafts: &[Draft<'_>]) {
    for draft in drafts {
        for index in &draft.indexes {
            check_sqlite(context, &index.item.name, || {
                draft.source.place(index.origin)
            });
        }
    }
}
