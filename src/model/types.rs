//! Column types, defaults, actions: the words of the model.

use std::sync::Arc;

use super::{Enum, Sql, UserType};

/// A database language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dialect {
    /// SQLite 3.41 and later.
    Sqlite,
    /// PostgreSQL 13 and later.
    Postgres,
    /// MySQL 8, and MariaDB 10.6 and later.
    Mysql,
}

impl Dialect {
    /// Every dialect, in the order of the contract.
    pub const ALL: [Self; 3] = [Self::Sqlite, Self::Postgres, Self::Mysql];

    /// The word for it in specs and on the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
            Self::Mysql => "mysql",
        }
    }

    /// The most bytes that a name in the database may have; `None` for no limit. PostgreSQL counts bytes (its manual,
    /// "Identifiers and Key Words"); MySQL counts characters ("Identifier Length Limits"), so that as many bytes always fit.
    #[must_use]
    pub const fn longest_name(self) -> Option<usize> {
        match self {
            Self::Sqlite => None,
            Self::Postgres => Some(63),
            Self::Mysql => Some(64),
        }
    }

    /// The dialect that `word` names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|dialect| dialect.as_str() == word)
    }
}

/// The crate whose types dates and times are in Rust; what is stored is the same with each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[non_exhaustive]
pub enum Time {
    /// The crate `chrono`.
    #[default]
    Chrono,
    /// The crate `time`.
    Time,
    /// The crate `jiff`.
    Jiff,
}

impl Time {
    /// Every crate.
    pub const ALL: [Self; 3] = [Self::Chrono, Self::Time, Self::Jiff];

    /// The word for it in specs and on the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Chrono => "chrono",
            Self::Time => "time",
            Self::Jiff => "jiff",
        }
    }

    /// The crate that `word` names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|time| time.as_str() == word)
    }
}

/// The characters of `string` without a length, where the dialect has no text without a limit that keys may have: in MySQL.
pub const STRING_IN_MYSQL: u32 = 255;

/// What a column holds, the same in every dialect.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Type {
    /// `boolean`.
    Boolean,
    /// `smallint`: 16 bits.
    SmallInt,
    /// `integer`: 32 bits.
    Integer,
    /// `bigint`: 64 bits.
    BigInt,
    /// `float`: 32 bits.
    Float,
    /// `double`: 64 bits.
    Double,
    /// `decimal(precision, scale)`.
    Decimal {
        /// All digits.
        precision: u8,
        /// The digits behind the point.
        scale: u8,
    },
    /// `string` or `string(n)`: text of at most `n` characters.
    String(Option<u32>),
    /// `text`: text of any length.
    Text,
    /// `bytes` or `bytes(n)`: at most `n` bytes.
    Bytes(Option<u32>),
    /// `uuid`.
    Uuid,
    /// `date`.
    Date,
    /// `time` of day.
    Time,
    /// `datetime`: date and time without a zone.
    DateTime,
    /// `timestamp`: an instant.
    Timestamp,
    /// `json`.
    Json,
    /// An enum of the spec.
    Enum(Arc<Enum>),
    /// A type of the user's own.
    User(Arc<UserType>),
    /// `[type]`: any number of values of a type that is no list.
    List(Arc<Type>),
}

impl Type {
    /// What is stored: the base of a type of the user's own, else the type itself.
    #[must_use]
    pub fn base(&self) -> &Self {
        match self {
            Self::User(of) => &of.base,
            _ => self,
        }
    }
}

/// A value that the spec gives, fit for the type of its column.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Literal {
    /// `true`, `false`.
    Boolean(bool),
    /// A whole number within the column's range.
    Integer(i64),
    /// A number, as its shortest text that reads back the same; finite.
    Number(String),
    /// Text, a date, a time, JSON, a decimal or a variant, in the form that the column's type stores.
    Text(String),
}

/// What a column holds when an insert does not say.
#[derive(Debug, Clone, PartialEq, Hash)]
pub enum Default {
    /// The same value for every row.
    Literal(Literal),
    /// The moment of the insert.
    Now,
    /// A fresh random UUID, made by the generated Rust.
    Uuid,
    /// An expression.
    Sql(Sql),
}

/// What happens to a referencing row when the referenced one goes or changes its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(clippy::enum_variant_names, reason = "NO ACTION is SQL's name for it")]
pub enum Action {
    /// Refused at the end of the statement.
    NoAction,
    /// Refused at once.
    Restrict,
    /// The same happens to it.
    Cascade,
    /// Its columns become NULL.
    SetNull,
    /// Its columns take their defaults.
    SetDefault,
}
