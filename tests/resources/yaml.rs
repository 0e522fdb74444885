//! Hostile YAML: aliases that multiply, what stands deep, and what is beyond the limits of a spec.

use std::fmt::Write;

use crate::measured::{Case, case, check, entity, lines, many, one};

/// As many anchors as ten lines have, each of which is made of ten aliases of the one before.
fn multiplied(first: &str, each: impl Fn(usize) -> String) -> String {
    let mut text = format!("x0: &x0 {first}\n");
    for number in 1..30 {
        writeln!(text, "x{number}: &x{number} {}", each(number - 1)).expect("a String");
    }
    text
}

#[test]
fn aliases_that_multiply() {
    let long = "y".repeat(900_000);
    let docs = lines(1000, |n| format!("      c{n}: {{ type: text, doc: *d }}\n"));
    let docs = format!(
        "entities:\n  A:\n    doc: &d {long}\n    columns:\n      id: {{ type: integer, primary_key: true }}\n{docs}"
    );
    let texts = lines(many(), |n| format!("  Y{n}: *a\n"));
    let ten = |what: String| vec![what; 10].join(", ");
    check([
        case(
            "lists",
            "E0008",
            multiplied("[a, a]", |n| format!("[{}]", ten(format!("*x{n}")))),
        ),
        case(
            "mappings",
            "E0008",
            multiplied("{ a: b }", |n| {
                let entries: Vec<String> = (0..10).map(|key| format!("k{key}: *x{n}")).collect();
                format!("{{ {} }}", entries.join(", "))
            }),
        ),
        case(
            "merge keys",
            "E0006",
            multiplied("{ a: b }", |n| {
                format!("{{ <<: [{}] }}", ten(format!("*x{n}")))
            }),
        ),
        case(
            "keys",
            "E0011",
            multiplied("[a, a]", |n| format!("{{ ? [*x{n}, *x{n}] : [*x{n}] }}")),
        ),
        case("inside of itself", "E0008", "a: &a [*a, *a]\n"),
        case(
            "inside of itself, as a mapping",
            "E0008",
            "a: &a { b: *a }\n",
        ),
        case("of nothing", "E0003", "a: *b\n"),
        case(
            "a long text",
            "E0008",
            format!("entities:\n  X: &a {long}\n{texts}"),
        ),
        case("a long doc", "E0008", docs.clone()),
        case("a long doc, generated", "E0008", docs).by("generate"),
        case(
            "of a scalar",
            "E0012",
            format!("a: &a b\nl:\n{}", lines(50_000, |_| "  - *a\n".to_owned())),
        ),
        case(
            "anchors",
            "E0012",
            format!("l:\n{}", lines(many(), |n| format!("  - &a{n} b\n"))),
        ),
    ]);
}

#[test]
fn what_stands_deep() {
    let mut cases: Vec<Case> = Vec::new();
    for levels in [65, 1_000, 100_000] {
        let (lists, maps) = ("[".repeat(levels), "{a: ".repeat(levels));
        cases.extend([
            case(
                "lists",
                "E0007",
                format!("a: {lists}{}\n", "]".repeat(levels)),
            ),
            case("lists that nobody closes", "E0007", lists.clone()),
            case(
                "mappings",
                "E0007",
                format!("a: {maps}{}\n", "}".repeat(levels)),
            ),
            case("mappings that nobody closes", "E0007", maps),
            case(
                "lists in blocks",
                "E0007",
                format!("{}a\n", "- ".repeat(levels)),
            ),
            case(
                "keys in blocks",
                "E0011",
                format!("{}a\n", "? ".repeat(levels)),
            ),
            case(
                "lists as keys",
                "E0011",
                format!("a: {{ ? {lists}{} : b }}\n", "]".repeat(levels)),
            ),
        ]);
    }
    let block = |levels: usize| lines(levels, |level| format!("{}a:\n", " ".repeat(level)));
    cases.push(case("mappings in blocks", "E0007", block(1_400)));
    // In every place of a spec.
    let (deep, ends) = ("[".repeat(70), "]".repeat(70));
    for (name, spec) in [
        ("an include", format!("include: {deep}{ends}\n")),
        ("an entity", format!("entities:\n  A: {deep}{ends}\n")),
        ("a column", one(&format!("      x: {deep}{ends}\n"))),
        (
            "a default",
            one(&format!(
                "      x: {{ type: json, default: {deep}{ends} }}\n"
            )),
        ),
        ("a key", one(&format!("    primary_key: {deep}{ends}\n"))),
        ("an enum", format!("enums:\n  E: {deep}{ends}\n")),
        (
            "attributes",
            format!("generate:\n  attributes: {deep}{ends}\n"),
        ),
        ("a secondary", format!("secondary:\n  s: {deep}{ends}\n")),
    ] {
        cases.push(case(name, "E0007", spec));
    }
    check(cases);
}

#[test]
fn what_is_beyond_the_limits() {
    let lines_of = |line: &str, bytes: usize| line.repeat(bytes / line.len());
    let comment = format!("#{}\n", "x".repeat(1_000));
    check([
        case("bytes", "E0002", lines_of(&comment, 17 << 20)),
        case("zeros", "E0002", "\0".repeat(17 << 20)),
        case("a line", "E0002", format!("a: {}\n", "x".repeat(1 << 20))),
        case("values", "E0002", "- a\n".repeat(760_000)),
        case("values, all of them", "E0011", "- a\n".repeat(740_000)).at_limits(),
        case(
            "marks",
            "E0002",
            lines_of("# :,:,:,:,:,:,:,:,:,:,:,:,:,:,:,:,\n", 3 << 20),
        ),
        case(
            "marks in one list",
            "E0002",
            format!("a: [\n{}", "x,\n".repeat(1_300_000)),
        ),
        case("empty lines", "E0012", "\n".repeat(15 << 20)),
        case(
            "spaces",
            "E0012",
            lines_of(&format!("{}\n", " ".repeat(1_000)), 15 << 20),
        ),
        case("tags", "E0011", "- !x a\n".repeat(300_000)),
        case("documents", "E0004", "---\n".repeat(1_000_000)),
        case("directives", "E0003", "%A b\n".repeat(1_000_000)),
        case("brackets that close nothing", "E0003", "]".repeat(500_000)),
        case("colons", "E0003", format!("a{}\n", ":".repeat(1_000_000))),
        case(
            "declarations",
            "E0002",
            format!(
                "entities:\n{}",
                lines(41_000, |n| entity(&format!("E{n}"), ""))
            ),
        ),
    ]);
}
