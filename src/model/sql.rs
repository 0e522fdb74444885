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

    /// Each text and a dialect that reads it; one for all with each of them.
    pub fn readings(&self) -> impl Iterator<Item = (Dialect, &str)> {
        let each = Dialect::ALL.into_iter();
        each.filter_map(|dialect| Some((dialect, self.text(dialect)?)))
    }

    /// Whether one of its texts speaks of the column `name`: as a word, whose case means nothing, or in quotes.
    #[must_use]
    pub fn speaks_of(&self, name: &str) -> bool {
        let mut readings = self.readings();
        readings.any(|(dialect, text)| speaks_of(text, dialect, name))
    }
}

fn speaks_of(sql: &str, dialect: Dialect, name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let mut readings = Reading::of(dialect).iter();
    readings.any(|reading| {
        let tokens: Vec<Token<'_>> = reading.tokens(sql).collect();
        called(&tokens).any(|(_, called)| called == name)
    })
}

/// What `tokens` may call a column, in lower case, and at which places.
pub fn called<'t>(tokens: &'t [Token<'_>]) -> impl Iterator<Item = (usize, String)> + 't {
    let each = tokens.iter().enumerate();
    let each = each.filter(|(at, _)| !is_of_grammar(tokens, *at));
    each.filter_map(|(at, token)| Some((at, token.name()?)))
}

/// Whether the word at a place is part of the grammar though it might be the name of a column: a function, the type of a
/// cast, the unit of `extract` or of an interval.
fn is_of_grammar(tokens: &[Token<'_>], at: usize) -> bool {
    if !matches!(tokens[at], Token::Word(_)) {
        return false;
    }
    let before = |steps: usize| at.checked_sub(steps).map(|at| tokens[at]);
    let is_mark = |token: Option<Token<'_>>, mark| token == Some(Token::Mark(mark));
    let is_word = |token: Option<Token<'_>>, word| token.is_some_and(|token| token.is_word(word));
    let called = is_mark(tokens.get(at + 1).copied(), '(');
    let cast = is_word(before(1), "as") || (is_mark(before(1), ':') && is_mark(before(2), ':'));
    let with_units = ["extract", "timestampadd", "timestampdiff"];
    let first = is_mark(before(1), '(') && with_units.iter().any(|word| is_word(before(2), word));
    called || cast || first || is_word(before(2), "interval")
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
        for sql in [
            "year(born) > 0",
            "extract(YEAR FROM born) > 0",
            "CAST(born AS year) > 0",
            "born::year > 0",
            "born + INTERVAL 1 YEAR > 0",
        ] {
            assert!(!speaks_of(sql, Dialect::Postgres, "year"), "{sql}");
        }
        for sql in [
            "(year) > 0",
            "substring(year FROM 2)",
            "\"year\" (",
            "a IN (year)",
        ] {
            assert!(speaks_of(sql, Dialect::Postgres, "year"), "{sql}");
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
