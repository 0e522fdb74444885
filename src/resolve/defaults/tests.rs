//! Literals that fit, and literals that do not.

use super::default;
use crate::model::{Default, Literal};
use crate::resolve::context::Context;
use crate::resolve::{Asked, types};
use crate::source::Source;
use crate::spec;

fn fits(ty: &str, yaml: &str) -> Option<Default> {
    let text = format!("entities:\n  A:\n    columns:\n      x:\n        default: {yaml}\n");
    let (spec, _) = spec::read(&Source::new("spec.yaml", text.as_bytes()).into());
    let value = spec.entities["A"].columns["x"].default.as_ref()?;
    let asked = Asked::default();
    let mut context = Context::new(&spec, &asked);
    let ty = types::parse(&mut context, ty).unwrap().ty;
    default(&mut context, value, &ty).ok()?
}

fn text(ty: &str, yaml: &str) -> String {
    match fits(ty, yaml) {
        Some(Default::Literal(Literal::Text(text) | Literal::Number(text))) => text,
        other => panic!("{ty} {yaml}: {other:?}"),
    }
}

#[test]
fn literals_take_the_stored_form() {
    assert_eq!(
        fits("boolean", "true"),
        Some(Default::Literal(Literal::Boolean(true)))
    );
    assert_eq!(
        fits("smallint", "-32768"),
        Some(Default::Literal(Literal::Integer(-32768)))
    );
    assert_eq!(text("double", "1"), "1.0");
    assert_eq!(text("float", "0.1"), "0.1");
    assert_eq!(text("decimal(10,2)", "9.9"), "9.90");
    assert_eq!(text("decimal(10,2)", "\"-0.50\""), "-0.50");
    assert_eq!(text("decimal(10,2)", "-0.0"), "0.00");
    assert_eq!(text("decimal(5,0)", "12"), "12");
    assert_eq!(text("decimal(2,2)", "0.25"), "0.25");
    assert_eq!(text("string(3)", "äöü"), "äöü");
    assert_eq!(
        text("uuid", "\"67E55044-10B1-426F-9247-BB680E5FE0C8\""),
        "67e55044-10b1-426f-9247-bb680e5fe0c8"
    );
    assert_eq!(text("json", "'{\"a\": 1}'"), "{\"a\": 1}");
    assert_eq!(text("json", "5"), "5");
    assert_eq!(fits("timestamp", "now"), Some(Default::Now));
    assert_eq!(fits("uuid", "uuid"), Some(Default::Uuid));
}

#[test]
fn misfits_are_refused() {
    let bad = [
        ("boolean", "1"),
        ("boolean", "yes"),
        ("smallint", "32768"),
        ("integer", "2147483648"),
        ("integer", "1.5"),
        ("integer", "\"1\""),
        ("bigint", "now"),
        ("float", "1e39"),
        ("double", ".nan"),
        ("double", "\"1\""),
        ("decimal(4,2)", "100"),
        ("decimal(4,2)", "1.001"),
        ("decimal(18,2)", "1234567890123456.7"),
        ("decimal(4,2)", "\"1.\""),
        ("decimal(4,2)", "\"--1\""),
        ("decimal(4,2)", "\"\""),
        ("string", "5"),
        ("string", "now"),
        ("string(2)", "abc"),
        ("bytes", "abc"),
        ("uuid", "now"),
        ("uuid", "\"67e55044\""),
        ("date", "2026-02-30"),
        ("date", "uuid"),
        ("json", "\"{\""),
    ];
    for (ty, yaml) in bad {
        assert_eq!(fits(ty, yaml), None, "{ty} {yaml}");
    }
}
