//! Whether SQL of the user is whole: what it opens, it closes, and it is one expression. Else it would swallow what
//! stands behind it in a statement. What it means is the database's to judge.

use crate::model::sql::{Token, tokens};

/// What is wrong with `sql`; `None` when it is whole.
pub(super) fn problem(sql: &str) -> Option<String> {
    let mut open = 0_usize;
    for token in tokens(sql) {
        match token {
            Token::Mark('(') => open += 1,
            Token::Mark(')') if open == 0 => {
                return Some("a `)` closes what was never opened".into());
            }
            Token::Mark(')') => open -= 1,
            Token::Mark(';') => return Some("a `;` ends the statement around it".into()),
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

    #[test]
    fn what_is_whole_passes() {
        for sql in [
            "a > 0",
            "length(\"a;b\") <> length('it''s (')",
            "(a) -- ; ( ' and more",
            "a /* ; ' ( */ + `b``)`",
            "a -- one\n + 1",
            "'日本'",
        ] {
            assert_eq!(problem(sql), None, "{sql}");
        }
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
        ] {
            let problem = problem(sql).expect(sql);
            assert!(problem.contains(word), "{sql}: {problem}");
        }
    }
}
