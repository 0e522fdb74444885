//! SQL cut into pieces.

use super::{MYSQL, MYSQL_PLAIN, POSTGRES, Reading, SQLITE, Token};
use crate::model::Dialect;

fn pieces(reading: Reading, sql: &str) -> Vec<Token<'_>> {
    reading.tokens(sql).collect()
}

#[test]
fn pieces_are_told_apart() {
    assert_eq!(
        pieces(SQLITE, "a_1>='it''s' -- b\n || /* c */ \"D\"\"e\" [f g]"),
        [
            Token::Word("a_1"),
            Token::Mark('>'),
            Token::Mark('='),
            Token::Text("it''s"),
            Token::Mark('|'),
            Token::Mark('|'),
            Token::Name('"', "D\"\"e"),
            Token::Name(']', "f g"),
        ]
    );
    assert_eq!(SQLITE.tokens("a 'b''").last(), Some(Token::Open('\'')));
    assert_eq!(SQLITE.tokens("a /* b").last(), Some(Token::Open('/')));
    assert_eq!(
        SQLITE.tokens("[a ']'").next(),
        Some(Token::Name(']', "a '"))
    );
}

#[test]
fn comments_are_left_out_and_nothing_else() {
    let sql = " concat('-- a;\n', \"/* b */\", '\\' # c') -- it's;\n, `# d`)  # e";
    assert_eq!(
        MYSQL.without_comments(sql),
        " concat('-- a;\n', \"/* b */\", '\\' # c') , `# d`)"
    );
    assert_eq!(MYSQL.without_comments("a/* b */c -- d"), "a c");
    let run = "/*! a */ -- b";
    assert_eq!(MYSQL.without_comments(run), run);
}

#[test]
fn each_dialect_has_texts_and_comments_of_its_own() {
    let a = Token::Word("a");
    assert_eq!(pieces(POSTGRES, r"E'\' a' a"), [Token::Text(r"\' a"), a]);
    assert_eq!(pieces(POSTGRES, r"'\' a"), [Token::Text(r"\"), a]);
    assert_eq!(pieces(POSTGRES, "$$ ' $$ a"), [Token::Text(" ' "), a]);
    assert_eq!(
        pieces(POSTGRES, "$q$ $$ ' $q$ a"),
        [Token::Text(" $$ ' "), a]
    );
    assert_eq!(pieces(POSTGRES, "$1 a").last(), Some(&a));
    assert_eq!(POSTGRES.tokens("$$ a").last(), Some(Token::Open('$')));
    assert_eq!(pieces(POSTGRES, "/* /* */ ' */ a"), [a]);
    assert_eq!(pieces(SQLITE, "/* /* */ a"), [a]);
    assert_eq!(pieces(POSTGRES, "/* ä /*/**/*/ ' **/ a /**/"), [a]);
    assert_eq!(pieces(POSTGRES, "/*/ a"), [Token::Open('/')]);
    // The end was looked for behind each of them anew, which grew with the square of their number.
    let many = "/*".repeat(400_000) + &"*/".repeat(400_000);
    assert_eq!(pieces(POSTGRES, &many), []);

    assert_eq!(pieces(MYSQL, r"'\' a' a"), [Token::Text(r"\' a"), a]);
    assert_eq!(pieces(MYSQL_PLAIN, r"'\' a"), [Token::Text(r"\"), a]);
    assert_eq!(pieces(MYSQL, "\"x\" # '\n a"), [Token::Text("x"), a]);
    assert_eq!(
        pieces(MYSQL, "--a -- b"),
        [Token::Mark('-'), Token::Mark('-'), a]
    );
    assert_eq!(
        pieces(MYSQL, "/*! a */ /* b */"),
        [a, Token::Mark('*'), Token::Mark('/')]
    );
}

#[test]
fn what_is_beyond_ascii_is_of_names() {
    // Else E would begin a text with escapes.
    let text = Token::Text(r"\");
    assert_eq!(
        pieces(POSTGRES, "\u{a0}E'\\'"),
        [Token::Word("\u{a0}E"), text]
    );
    assert_eq!(pieces(POSTGRES, "🦀E'\\'"), [Token::Word("🦀E"), text]);
    let tagged = "$🦀$ ' $🦀$";
    assert_eq!(pieces(POSTGRES, tagged), [Token::Text(" ' ")]);
    // No comment begins so.
    assert_eq!(pieces(MYSQL, "--\u{a0}").len(), 3);
    assert_eq!(pieces(MYSQL, "--\u{85}").len(), 3);
    assert_eq!(pieces(MYSQL, "--\u{1}a"), []);
}

#[test]
fn postgres_goes_on_where_others_end() {
    let a = Token::Word("a");
    assert_eq!(pieces(POSTGRES, "-- b\ra"), [a]);
    assert_eq!(pieces(SQLITE, "-- b\ra"), []);
    // Behind a line's end a text goes on, and its escapes do.
    let both = "E'a' -- '\n '\\'' a";
    assert_eq!(pieces(POSTGRES, both), [Token::Text("a' -- '\n '\\'"), a]);
    let apart = [Token::Text("a"), Token::Open('\'')];
    assert_eq!(pieces(POSTGRES, r"E'a' '\''"), apart);
    assert_eq!(pieces(POSTGRES, "'a'\n'\\''"), apart);
    // A number ends before what begins a text.
    let one = Token::Word("1");
    assert_eq!(pieces(POSTGRES, "1$$ ' $$"), [one, Token::Text(" ' ")]);
    assert_eq!(pieces(POSTGRES, r"1E'\''"), [one, Token::Text(r"\'")]);
    assert_eq!(
        pieces(POSTGRES, "1e5 a$$"),
        [Token::Word("1e5"), Token::Word("a$$")]
    );
}

#[test]
fn variables_of_sqlite_hide_what_is_between_parentheses() {
    for variable in ["$a(')", "@a(')", ":a(\")", "#a(')", "$a::b(;)"] {
        assert_eq!(pieces(SQLITE, variable), [Token::Word(variable)]);
    }
    assert_eq!(SQLITE.tokens("$a(' )").last(), Some(Token::Open('(')));
    assert_eq!(pieces(SQLITE, "$(')").last(), Some(&Token::Open('\'')));
}

#[test]
fn servers_of_mysql_run_a_comment_or_do_not() {
    let read = |sql: &str| -> Vec<Vec<String>> {
        let readings = Reading::all(Dialect::Mysql);
        let shown = |reading: Reading| {
            reading
                .tokens(sql)
                .map(|token| format!("{token:?}"))
                .collect()
        };
        readings.map(shown).collect()
    };
    let differ = |sql: &str| read(sql).iter().any(|tokens| *tokens != read(sql)[0]);
    assert!(differ("/*! ' */ a '"));
    assert!(differ("/*!99999 /* */ ' */ '"));
    assert!(differ(r#"'a' "b\" "#));
    assert!(!differ("a > 0 /* b */"));
}
