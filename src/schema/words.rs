//! The words that keys take, each with what it means, for whoever chooses among them.

use serde_json::{Value, json};

use crate::diagnostic::{Code, Severity};
use crate::model::{Action, Dialect, Target, Time, Type};
use crate::render::Layout;
use crate::resolve::words::{ACTIONS, KINDS, Kind, NOW, UUID, types};
use crate::rust::Visibility;

/// One of these words, each of which means what stands beside it.
fn one_of(words: impl IntoIterator<Item = (&'static str, &'static str)>) -> Value {
    let (words, meanings): (Vec<_>, Vec<_>) = words.into_iter().unzip();
    json!({ "enum": words, "enumDescriptions": meanings })
}

pub(super) fn targets() -> Value {
    one_of(Target::ALL.map(|target| {
        let meaning = match target {
            Target::Rusqlite => "The crate rusqlite, on SQLite.",
            Target::TokioPostgres => "The crate tokio-postgres, on PostgreSQL.",
            Target::SqlxSqlite => "The crate sqlx, on SQLite.",
            Target::SqlxPostgres => "The crate sqlx, on PostgreSQL.",
            Target::SqlxMysql => "The crate sqlx, on MySQL and MariaDB.",
        };
        (target.as_str(), meaning)
    }))
}

pub(super) fn dialects() -> Value {
    one_of(Dialect::ALL.map(|dialect| {
        let meaning = match dialect {
            Dialect::Sqlite => "SQLite 3.41 and later.",
            Dialect::Postgres => "PostgreSQL 13 and later.",
            Dialect::Mysql => "MySQL 8, and MariaDB 10.6 and later.",
        };
        (dialect.as_str(), meaning)
    }))
}

pub(super) fn layouts() -> Value {
    one_of(Layout::ALL.map(|layout| {
        let meaning = match layout {
            Layout::Modules => "A folder with a file for each entity.",
            Layout::Single => "One file to include.",
        };
        (layout.as_str(), meaning)
    }))
}

pub(super) fn times() -> Value {
    one_of(Time::ALL.map(|time| {
        let meaning = match time {
            Time::Chrono => "The crate chrono.",
            Time::Time => "The crate time.",
            Time::Jiff => "The crate jiff.",
        };
        (time.as_str(), meaning)
    }))
}

pub(super) fn visibilities() -> Value {
    one_of(Visibility::ALL.map(|visibility| {
        let meaning = match visibility {
            Visibility::Public => "Everybody who sees the module.",
            Visibility::Crate => "The crate.",
            Visibility::Private => "The module that includes it, and what is in that.",
        };
        (visibility.as_str(), meaning)
    }))
}

pub(super) fn actions() -> Value {
    one_of(ACTIONS.iter().map(|(word, action)| {
        let meaning = match action {
            Action::NoAction => {
                "It is refused while rows refer to it, at the end of the statement."
            }
            Action::Restrict => "It is refused at once while rows refer to it.",
            Action::Cascade => "The same happens to the rows that refer to it.",
            Action::SetNull => "The columns that refer to it become NULL.",
            Action::SetDefault => "The columns that refer to it take their defaults.",
        };
        (*word, meaning)
    }))
}

pub(super) fn kinds() -> Value {
    one_of(KINDS.iter().map(|(word, kind)| {
        let meaning = match kind {
            Kind::ManyToOne => "This entity has the foreign key: one row at the other side.",
            Kind::OneToMany => "The target has the foreign key: any number of rows there.",
            Kind::OneToOne => {
                "The target has the foreign key, and it is unique: one row there, or none."
            }
            Kind::ManyToMany => "A secondary refers to either: any number of rows at both sides.",
        };
        (*word, meaning)
    }))
}

/// The types that take no arguments, or need none.
pub(super) fn plain_types() -> Value {
    one_of(types().filter_map(|(word, ty)| {
        let meaning = match ty {
            Type::Boolean => "True or false.",
            Type::SmallInt => "A whole number of 16 bits.",
            Type::Integer => "A whole number of 32 bits.",
            Type::BigInt => "A whole number of 64 bits.",
            Type::Float => "A number of 32 bits with a fraction, not exact.",
            Type::Double => "A number of 64 bits with a fraction, not exact.",
            Type::String(_) => "Text that keys may have; string(80) has 80 characters at the most.",
            Type::Text => "Text of any length.",
            Type::Bytes(_) => "Bytes; bytes(16) has 16 at the most.",
            Type::Uuid => "A UUID, of 128 bits.",
            Type::Date => "A date, from the year 0 to 9999.",
            Type::Time => "A time of day, to the microsecond.",
            Type::DateTime => "A date and a time of day without a zone.",
            Type::Timestamp => "An instant, to the microsecond, in UTC.",
            Type::Json => "Any JSON value.",
            Type::Decimal { .. } | Type::Enum(_) | Type::User(_) | Type::List(_) => return None,
        };
        Some((word, meaning))
    }))
}

/// Defaults that are words, beside literals.
pub(super) const DEFAULTS: [&str; 2] = [NOW, UUID];

pub(super) fn on_update() -> Value {
    one_of([(NOW, "The moment of the write.")])
}

/// The warnings, with the titles of their pages.
pub(super) fn warnings() -> Value {
    let all = Code::ALL.iter();
    let warnings = all.filter(|code| code.severity() == Severity::Warning);
    one_of(warnings.map(|code| (code.as_str(), code.title())))
}
