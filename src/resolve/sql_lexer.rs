//! Whether SQL of the user is whole: what it opens, it closes, and it is one expression. Else it would swallow what
//! stands behind it in a statement. What it means is the database's to judge.
//!
//! Quotes and comments as in SQLite (its manual's `lang_expr.html`, `lang_comment.html`), which the other dialects read alike.

/// What is wrong with `sql`; `None` when it is whole.
pub(super) fn problem(sql: &str) -> Option<String> {
    let mut rest = sql;
    let mut open = 0_usize;
    while let Some(c) = rest.chars().next() {
        rest = match c {
            '\'' | '"' | '`' => match behind_quote(&rest[1..], c) {
                Some(rest) => rest,
                None => return Some(format!("a {c} is opened and not closed")),
            },
            '-' if rest.starts_with("--") => rest.find('\n').map_or("", |end| &rest[end..]),
            '/' if rest.starts_with("/*") => match rest[2..].find("*/") {
                Some(end) => &rest[2 + end + 2..],
                None => return Some("a comment is opened with `/*` and not closed".into()),
            },
            '(' => {
                open += 1;
                &rest[1..]
            }
            ')' if open == 0 => return Some("a `)` closes what was never opened".into()),
            ')' => {
                open -= 1;
                &rest[1..]
            }
            ';' => return Some("a `;` ends the statement around it".into()),
            c => &rest[c.len_utf8()..],
        };
    }
    (open > 0).then(|| "a `(` is opened and not closed".into())
}

/// What stands behind the closing `quote`; two of them are one inside.
fn behind_quote(mut text: &str, quote: char) -> Option<&str> {
    loop {
        let (_, behind) = text.split_once(quote)?;
        match behind.strip_prefix(quote) {
            Some(inside) => text = inside,
            None => return Some(behind),
        }
    }
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
