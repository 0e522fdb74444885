//! The names that types have in SQL, Rust and other tools, for people who write them out of habit.

use crate::diagnostic::Help;

/// Foreign word, in lower case, and the word for it here; `…` stands for the arguments.
const WORDS: [(&str, &str); 52] = [
    ("bigdecimal", "decimal…"),
    ("bigserial", "bigint"),
    ("binary", "bytes…"),
    ("bit", "boolean"),
    ("blob", "bytes"),
    ("bool", "boolean"),
    ("byte", "smallint"),
    ("bytea", "bytes"),
    ("char", "string…"),
    ("character", "string…"),
    ("clob", "text"),
    ("dateonly", "date"),
    ("datetime2", "datetime"),
    ("datetimeoffset", "timestamp"),
    ("datetimetz", "timestamp"),
    ("dec", "decimal…"),
    ("double precision", "double"),
    ("f32", "float"),
    ("f64", "double"),
    ("float4", "float"),
    ("float8", "double"),
    ("guid", "uuid"),
    ("i16", "smallint"),
    ("i32", "integer"),
    ("i64", "bigint"),
    ("i8", "smallint"),
    ("instant", "timestamp"),
    ("int", "integer"),
    ("int2", "smallint"),
    ("int4", "integer"),
    ("int8", "bigint"),
    ("jsonb", "json"),
    ("long", "bigint"),
    ("longtext", "text"),
    ("mediumint", "integer"),
    ("money", "decimal(18,4)"),
    ("number", "decimal…"),
    ("numeric", "decimal…"),
    ("nvarchar", "string…"),
    ("real", "float"),
    ("serial", "integer"),
    ("short", "smallint"),
    ("str", "string…"),
    ("timestamptz", "timestamp"),
    ("tinyint", "smallint"),
    ("u16", "integer"),
    ("u32", "bigint"),
    ("u64", "bigint"),
    ("u8", "smallint"),
    ("varbinary", "bytes…"),
    ("varchar", "string…"),
    ("vec<u8>", "bytes"),
];

/// Those that are called so elsewhere for another type, too.
const AMBIGUOUS: [&str; 6] = ["bit", "byte", "int8", "money", "number", "real"];

/// The help for `word`, a foreign one, in the type `text`.
pub(super) fn translate(text: &str, word: &str) -> Option<Help> {
    let folded = word.to_ascii_lowercase();
    if let Some(item) = text.trim_end_matches('?').strip_suffix("[]") {
        return Some(format!("a list is written `[{item}]`").into());
    }
    let at = WORDS
        .binary_search_by(|(foreign, _)| (*foreign).cmp(&folded))
        .ok()?;
    let own = WORDS[at].1;
    let bare = own.trim_end_matches('…');
    let written = text.find('(').map_or("", |open| &text[open..]);
    let arguments = if written.is_empty() && own.starts_with("decimal") {
        "(10,2)"
    } else {
        written
    };
    let own = own.replace('…', arguments);
    let help = if folded.ends_with("serial") {
        format!("write `{own}`: a single integer primary key counts up by itself")
    } else {
        format!("the type is called `{own}` here")
    };
    // What it says besides the word is an example.
    let whole = own == format!("{bare}{written}");
    Some(if whole && !AMBIGUOUS.contains(&folded.as_str()) {
        Help::word(help, word, bare)
    } else {
        help.into()
    })
}

#[cfg(test)]
mod tests {
    use super::{WORDS, translate};
    use crate::resolve::context::Context;
    use crate::resolve::{Asked, types};
    use crate::spec::Spec;

    #[test]
    fn the_table_is_sorted_and_leads_to_types() {
        assert!(WORDS.is_sorted());
        let spec = Spec::default();
        let asked = Asked::default();
        let context = &mut Context::new(&spec, &asked);
        for (foreign, own) in WORDS {
            let example = own.replace('…', "(7)");
            assert!(
                types::parse(context, &example).is_ok(),
                "{foreign} -> {example}"
            );
            assert!(types::parse(context, foreign).is_err(), "{foreign}");
        }
    }

    #[test]
    fn arguments_go_along() {
        assert_eq!(
            translate("VARCHAR(9)", "VARCHAR").unwrap().text,
            "the type is called `string(9)` here"
        );
        assert_eq!(
            translate("numeric", "numeric").unwrap().text,
            "the type is called `decimal(10,2)` here"
        );
        assert_eq!(translate("zebra", "zebra"), None);
    }
}
