//! Whether SQL of the user is whole: what it opens, it closes, and it is one expression. Else it would swallow what
//! stands behind it in a statement. What it means is the database's to judge; where it ends is read as each does.

use crate::model::Dialect;
use crate::model::sql::{Reading, Token};

/// What is wrong with `sql` as `dialect` reads it, in any of its modes; `None` when it is whole.
pub(super) fn problem(sql: &str, dialect: Dialect) -> Option<String> {
    Reading::all(dialect).find_map(|reading| not_whole(sql, reading))
}

fn not_whole(sql: &str, reading: Reading) -> Option<String> {
    let mut open = 0_usize;
    for token in reading.tokens(sql) {
        match token {
            Token::Mark('(') => open += 1,
            Token::Mark(')') if open == 0 => {
                return Some("a `)` closes what was never opened".into());
            }
            Token::Mark(')') => open -= 1,
            Token::Mark(';') => return Some("a `;` ends the statement around it".into()),
            // To no database it means anything; to psql and mysql, which load files, commands begin so: `\! rm`.
            Token::Mark('\\') => return Some("a `\\` stands outside of a text".into()),
            Token::Open('/') => {
                return Some("a comment is opened with `/*` and not closed".into());
            }
            Token::Open(quote) => return Some(format!("a {quote} is opened and not closed")),
            _ => {}
        }
    }
    (open > 0).then(|| "a `(` is opened and not closed".into())
}

#[cfg(test)]
mod tests {
    use super::problem;
    use crate::model::Dialect;

    #[test]
    fn what_is_whole_passes() {
        for sql in [
            "a > 0",
            "length('a;b') <> length('it''s (')",
            "(a) -- ; ( ' and more",
            "a /* ; ' ( */ + 1",
            "a -- one\n + 1",
            "'日本'",
        ] {
            for dialect in Dialect::ALL {
                assert_eq!(problem(sql, dialect), None, "{sql}");
            }
        }
        assert_eq!(problem("`b``)` + [ ' ]", Dialect::Sqlite), None);
        assert_eq!(problem("E'\\' (' || $$ ' ( ; $$", Dialect::Postgres), None);
    }

    #[test]
    fn what_would_swallow_its_surroundings_is_told() {
        for (sql, word) in [
            ("1) ; DROP TABLE x", "never opened"),
            ("'abc", "a ' is opened"),
            ("'abc''", "a ' is opened"),
            ("a <> 1 /* x", "comment"),
            ("(a", "a `(` is opened"),
            ("1; DROP TABLE x", "`;`"),
            ("a -- x\n)", "never opened"),
            ("a > 0 \\! touch x", "outside of a text"),
            // The E is of a name.
            ("x <> \u{a0}E'\\' ) ; DROP TABLE y ; -- '", "never opened"),
        ] {
            for dialect in Dialect::ALL {
                let problem = problem(sql, dialect).expect(sql);
                assert!(problem.contains(word), "{sql}: {problem}");
            }
        }
    }

    #[test]
    fn what_one_dialect_alone_would_run_is_told_there() {
        for (sql, dialect) in [
            (r"x <> '\' OR ') ; DROP TABLE y; -- '", Dialect::Mysql),
            ("x <> 1 /*! ) ; DROP TABLE y */", Dialect::Mysql),
            ("x <> 1 --(", Dialect::Mysql),
            (r"x <> E'\' OR ') ; DROP TABLE y; -- '", Dialect::Postgres),
            ("x <> $$ ' $$ ) ; DROP TABLE y ; -- '", Dialect::Postgres),
            ("/* /* */ ' */ ) ; DROP TABLE y ; -- '", Dialect::Postgres),
            ("[ ' ] ) ; DROP TABLE y ; -- '", Dialect::Sqlite),
            ("x <> 1 -- \r) ; DROP TABLE y ; --", Dialect::Postgres),
            ("x <> 1 --\u{a0}) ; DROP TABLE y ; -- ", Dialect::Mysql),
            (
                "x <> E'a'\n'\\' || ') ; DROP TABLE y ; -- '",
                Dialect::Postgres,
            ),
            ("$🦀$ ' $🦀$ ) ; DROP TABLE y ; -- '", Dialect::Postgres),
            ("1$$ ' $$ ) ; DROP TABLE y ; -- '", Dialect::Postgres),
            ("$a(')) ; DROP TABLE y ; -- ')", Dialect::Sqlite),
        ] {
            let told: Vec<Dialect> = (Dialect::ALL.into_iter())
                .filter(|dialect| problem(sql, *dialect).is_some())
                .collect();
            assert!(told.contains(&dialect) && told.len() < 3, "{sql}: {told:?}");
        }
        // Whole in one mode alone, or to one server.
        for sql in [
            r"x <> '\''",
            "1 /*! ' */ ) ; DROP TABLE y ; -- '",
            "1 /*!99999 ' */ ) ; DROP TABLE y ; -- '",
            "1 /*! + 1",
        ] {
            assert!(problem(sql, Dialect::Mysql).is_some(), "{sql}");
        }
    }
}
