//! What is a type, and what is said of what is none.

use std::sync::Arc;

use super::{Problem, TYPES, Written, word, word_type};
use crate::diagnostic::Code;
use crate::model::Type;
use crate::resolve::Asked;
use crate::resolve::context::Context;
use crate::spec::Spec;

fn parse(text: &str) -> Result<Written, Problem> {
    super::parse(&mut Context::new(&Spec::default(), &Asked::default()), text)
}

#[test]
fn every_listed_type_is_read_and_written() {
    for name in TYPES {
        let ty = word_type(name).unwrap();
        assert!(word(&ty).starts_with(name));
    }
    for text in ["decimal(10,2)", "string(5)", "bytes(16)", "timestamp"] {
        assert_eq!(word(&parse(text).unwrap().ty), text);
    }
}

#[test]
fn reads_marks_and_spaces() {
    let written = parse(" decimal( 10 , 2 ) ?").unwrap();
    assert_eq!(
        written.ty,
        Type::Decimal {
            precision: 10,
            scale: 2
        }
    );
    assert!(written.nullable);
    let written = parse("[string(3)]?").unwrap();
    assert_eq!(written.ty, Type::List(Arc::new(Type::String(Some(3)))));
    assert!(written.nullable);
}

#[test]
fn underlines_the_wrong_word() {
    let problem = parse("[integr]?").unwrap_err();
    assert_eq!((problem.code, problem.words), (Code::UnknownType, 1..7));
    assert_eq!(problem.help.text, "did you mean `integer`?");
    assert_eq!(parse("").unwrap_err().message, "a column has an empty type");
}

#[test]
fn foreign_words_are_translated() {
    let help = |text: &str| parse(text).unwrap_err().help.text;
    assert!(help("varchar(20)").contains("`string(20)`"));
    assert!(help("int").contains("`integer`"));
    assert!(help("datetime2").contains("`datetime`"));
    assert!(help("NUMERIC(8,3)").contains("`decimal(8,3)`"));
    assert!(help("Vec<u8>").contains("`bytes`"));
    assert!(help("zebra").starts_with("the types are `boolean`, "));
}

#[test]
fn arguments_are_checked() {
    let bad = [
        "integer(4)",
        "text(3)",
        "string()",
        "string(0)",
        "string(1,2)",
        "string(99999999999)",
        "decimal",
        "decimal()",
        "decimal(29,2)",
        "decimal(0)",
        "decimal(2,3)",
        "decimal(1,2,3)",
        "decimal(10",
        "decimal(-1,2)",
    ];
    for text in bad {
        let problem = parse(text).unwrap_err();
        assert_eq!(problem.code, Code::InvalidTypeArgument, "{text}");
        assert_eq!(problem.words, 0..text.len(), "{text}");
    }
    assert_eq!(
        parse("decimal(2,3)").unwrap_err().help.text,
        "write `decimal(5,3)`"
    );
    assert_eq!(
        parse("decimal(5)").unwrap().ty,
        Type::Decimal {
            precision: 5,
            scale: 0
        }
    );
}
