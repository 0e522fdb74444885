//! SQL that the user wrote, and what can be read off it.

mod reading;

pub use reading::{Reading, Token};

use super::Dialect;

/// SQL of the user, as written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Sql {
    /// The same for every dialect.
    All(String),
    /// A text for each of some dialects, those that were asked for among them, in their order.
    PerDialect(Vec<(Dialect, String)>),
}

impl Sql {
    /// Every text.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let (all, each) = match self {
            Self::All(text) => (Some(text), &[][..]),
            Self::PerDialect(texts) => (None, &texts[..]),
        };
        all.into_iter()
            .chain(each.iter().map(|(_, text)| text))
            .map(String::as_str)
    }

    /// The text for `dialect`; `None` when the spec gives none for it.
    #[must_use]
    pub fn text(&self, dialect: Dialect) -> Option<&str> {
        match self {
            Self::All(text) => Some(text),
            Self::PerDialect(texts) => texts
                .iter()
                .find(|(d, _)| *d == dialect)
                .map(|(_, text)| text.as_str()),
        }
    }
}

impl Sql {
    /// Whether one of its texts speaks of the column `name`.
    #[must_use]
    pub fn speaks_of(&self, name: &str) -> bool {
        match self {
            Self::All(text) => {
                let mut dialects = Dialect::ALL.into_iter();
                dialects.any(|dialect| speaks_of(text, dialect, name))
            }
            Self::PerDialect(texts) => {
                let mut texts = texts.iter();
                texts.any(|(dialect, text)| speaks_of(text, *dialect, name))
            }
        }
    }
}

/// Whether `sql`, as `dialect` reads it, speaks of the column `name`: as a word, whose case means nothing, or in quotes.
#[must_use]
pub fn speaks_of(sql: &str, dialect: Dialect, name: &str) -> bool {
    let readings = Reading::of(dialect).iter();
    let mut tokens = readings.flat_map(|reading| reading.tokens(sql));
    tokens.any(|token| token.is_name(name))
}

#[cfg(test)]
mod tests {
    use super::speaks_of;
    use crate::model::Dialect;

    #[test]
    fn a_column_is_found_by_its_name_alone() {
        let speaks = |sql, name| speaks_of(sql, Dialect::Sqlite, name);
        assert!(speaks("length(Name) > 0", "name"));
        assert!(speaks("\"paid \"\"on\"\"\" IS NULL", "paid \"on\""));
        assert!(speaks("`name` <> ''", "name") && speaks("[name] <> ''", "name"));
        for sql in [
            "names > 0",
            "a = 'name'",
            "a > 0 -- name",
            "a > 0 /* name */",
            "first_name",
        ] {
            assert!(!speaks(sql, "name"), "{sql}");
        }
        // A text there, and code in a comment.
        assert!(!speaks_of("a <> \"name\"", Dialect::Mysql, "name"));
        assert!(speaks_of(
            "a > 0 /*! AND name > 0 */",
            Dialect::Mysql,
            "name"
        ));
    }
}
