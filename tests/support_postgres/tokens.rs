//! What of SQL of the user's is left alone.

use super::*;

#[test]
fn literals_names_and_comments_are_whole() {
    for (text, whole) in [
        ("'a' b", "'a'"),
        ("'a'' b", "'a'"),
        (r"'\' b'", r"'\'"),
        ("'not closed", "'not closed"),
        ("\"a?\" b", "\"a?\""),
        ("-- ?\nb", "-- ?\n"),
        ("/* /* ? */ ? */ b", "/* /* ? */ ? */"),
        ("/*/ ? */ b", "/*/ ? */"),
        ("/* not closed /* */", "/* not closed /* */"),
        ("$$ ? $$ b", "$$ ? $$"),
        ("$a$ $$ ? $a$ b", "$a$ $$ ? $a$"),
        ("$é_1$ ? $é_1$", "$é_1$ ? $é_1$"),
        ("$1 $2", "$"),
        ("$a b$", "$"),
        ("[?]", "["),
        ("`", "`"),
        ("é", "é"),
        ("- 1", "-"),
        ("/ 1", "/"),
    ] {
        let length = token_length(" ", text);
        assert_eq!(&text[..length], whole, "{text}");
    }
}

#[test]
fn what_comes_before_decides_what_a_quote_begins() {
    let whole = |before, text: &'static str| &text[..token_length(before, text)];
    let escaped = r"'\' ?' b";
    for before in ["E", "e", "(e", " E"] {
        assert_eq!(whole(before, escaped), r"'\' ?'", "{before}");
    }
    for before in ["", "B", "nameE", "1e", "$e", "éE", "_e"] {
        assert_eq!(whole(before, escaped), r"'\'", "{before}");
    }
    // A name may have the sign; behind one it begins nothing.
    assert_eq!(whole("a", "$$ ?"), "$");
    assert_eq!(whole("(", "$$ ?"), "$$ ?");
}
