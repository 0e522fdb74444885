//! Texts of a million characters, and what nests in texts: SQL, attributes of Rust, paths.

use crate::measured::{Case, case, check, one};

const MILLION: usize = 1_000_000;

#[test]
fn a_million_characters_in_each_place() {
    let big = "x".repeat(MILLION);
    let block = format!("      {}\n", "x".repeat(70)).repeat(MILLION / 70);
    let doc = |doc: &str| one("").replace("    columns", &format!("    doc: {doc}\n    columns"));
    let column = |key: &str| one(&format!("      x: {{ type: string, {key}: {big} }}\n"));
    let nines = "9".repeat(MILLION);
    let mut cases = Vec::new();
    for (form, text) in [
        ("plain", big.clone()),
        ("double", format!("\"{big}\"")),
        ("single", format!("'{big}'")),
    ] {
        cases.push(case(form, "", doc(&text)));
        cases.push(case(form, "", doc(&text)).by("generate"));
    }
    cases.extend([
        case("block", "", doc(&format!("|\n{block}"))).by("generate"),
        case("folded block", "", doc(&format!(">\n{block}"))).by("generate"),
        case("key", "E0010", format!("? {big}\n: a\n")),
        case("key without its mark", "E0003", format!("{big}: a\n")),
        case(
            "entity",
            "E0101",
            format!("entities:\n  ? {big}\n  : {{}}\n"),
        ),
        case(
            "column",
            "E0101",
            one(&format!("      ? {big}\n      : string\n")),
        ),
        case("type", "E0201", one(&format!("      x: {big}\n"))),
        case(
            "number in a type",
            "E0210",
            one(&format!("      x: string({nines})\n")),
        ),
        case("rust_name", "E0101", column("rust_name")),
        case("database name", "E0104", column("name")),
        case("default", "", column("default")).by("generate"),
        case(
            "default that is a number",
            "E0208",
            one(&format!("      x: {{ type: integer, default: {nines} }}\n")),
        ),
        case(
            "default that is a date",
            "E0208",
            one(&format!(
                "      x: {{ type: date, default: '{nines}-01-01' }}\n"
            )),
        ),
        case(
            "value of an enum",
            "",
            format!("enums: {{ E: {{ a: {big} }} }}\n{}", one("      x: E\n")),
        )
        .by("generate"),
        case(
            "through",
            "E0011",
            one(&format!(
                "    relationships:\n      r: {{ target: A, through: {} }}\n",
                ".".repeat(MILLION)
            )),
        ),
        case("include", "E0001", format!("include: {big}\n")),
    ]);
    check(cases);
}

fn of_sql(sql: &str) -> String {
    one(&format!(
        "      x: {{ type: integer?, check: {{ sql: \"{sql}\" }} }}\n"
    ))
}

#[test]
fn sql_that_nests_or_looks_like_it() {
    let nested = |open: &str, inside: &str, close: &str, times: usize| {
        of_sql(&format!(
            "{}{inside}{}",
            open.repeat(times),
            close.repeat(times)
        ))
    };
    let whole = [
        ("parentheses", nested("(", "x", ")", 400_000)),
        ("cases", nested("case when x then ", "1", " end", 40_000)),
        ("sums", of_sql(&format!("x > {}1", "1 + ".repeat(220_000)))),
        ("quotes", of_sql(&"'' ".repeat(300_000))),
        ("dashes", of_sql(&"--x ".repeat(200_000))),
        ("dollars", of_sql(&"$a$ ".repeat(200_000))),
        ("names", of_sql(&"y.z ".repeat(220_000))),
        (
            "a regular expression",
            of_sql(&format!("x = '{}b'", "(a*)*".repeat(150_000))),
        ),
    ];
    let whole = whole.into_iter().flat_map(|(name, spec)| {
        [
            case(name, "", spec.clone()).by("generate"),
            case(name, "", spec).by("ddl"),
        ]
    });
    let broken = [
        case(
            "parentheses that nobody closes",
            "E0011",
            of_sql(&"(".repeat(900_000)),
        ),
        case(
            "comments that nobody closes",
            "E0011",
            of_sql(&"/* ".repeat(300_000)),
        ),
    ];
    check(whole.chain(broken));

    let rows = |what: &str| {
        format!(
            "{what}: {{ sql: \"{}id{}\" }}",
            "(".repeat(300_000),
            ")".repeat(300_000)
        )
    };
    let table = |what: &str| one("") + what;
    check([
        case(
            "default",
            "",
            one(&format!(
                "      x: {{ type: integer, {} }}\n",
                rows("default")
            )),
        )
        .by("generate"),
        case(
            "computed",
            "",
            one(&format!(
                "      x: {{ type: integer, {} }}\n",
                rows("computed")
            )),
        )
        .by("generate"),
        case(
            "index",
            "",
            table(&format!(
                "    indexes:\n      - {{ columns: [id], {} }}\n",
                rows("where")
            )),
        )
        .by("generate"),
    ]);
}

/// A spec whose rows have an attribute.
fn attribute(text: &str) -> String {
    format!("generate: {{ attributes: ['{text}'] }}\n{}", one(""))
}

#[test]
fn attributes_and_paths_that_nest() {
    let mut cases: Vec<Case> = Vec::new();
    for times in [60, 200, 5_000, 200_000] {
        let pairs =
            |open: &str, close: &str| format!("{}{}", open.repeat(times), close.repeat(times));
        let code = if times > 60 { "E0011" } else { "" };
        for (name, text) in [
            ("parentheses", format!("a{}", pairs("(", ")"))),
            ("brackets", format!("a({})", pairs("[", "]"))),
            ("braces", format!("a{}", pairs("{", "}"))),
            (
                "cfg_attr",
                format!(
                    "{}non_exhaustive{}",
                    "cfg_attr(a, ".repeat(times.min(50_000)),
                    ")".repeat(times.min(50_000))
                ),
            ),
        ] {
            cases.push(case(name, code, attribute(&text)).by("generate"));
        }
        for (name, text) in [
            ("minus", format!("a = {}1", "-".repeat(times))),
            ("parentheses behind =", format!("doc = {}", pairs("(", ")"))),
            ("closures", format!("doc = {}a", "|x| ".repeat(times))),
            ("calls", format!("doc = a{}", "()".repeat(times))),
        ] {
            cases.push(case(name, "E0011", attribute(&text)).by("generate"));
        }
        let steps = "::a".repeat(times);
        let derive = |path: &str| format!("generate: {{ derives: ['{path}'] }}\n{}", one(""));
        let ty = |path: &str| {
            format!(
                "types: {{ T: {{ base: integer, rust: '{path}', example: 1 }} }}\n{}",
                one("      t: T\n")
            )
        };
        let given = pairs("<A", ">");
        cases.extend([
            case("derive", "", derive(&format!("a{steps}"))).by("generate"),
            case("derive with types", "E0011", derive(&format!("A{given}"))).by("generate"),
            case("type", "", ty(&format!("crate{steps}"))).by("generate"),
            case("type with types", "E0101", ty(&format!("crate::A{given}"))).by("generate"),
            case("reference", "E0101", ty(&format!("{}A", "&".repeat(times)))).by("generate"),
            case(
                "list",
                "E0201",
                one(&format!(
                    "      x: \"{}integer{}\"\n",
                    "[".repeat(times),
                    "]".repeat(times)
                )),
            ),
            case(
                "json",
                "E0208",
                one(&format!(
                    "      x: {{ type: json, default: '{}' }}\n",
                    pairs("[", "]")
                )),
            ),
        ]);
    }
    // JSON is read as deep as its readers go.
    cases.retain(|case| {
        case.name != "json"
            || !case.spec.contains(&"[".repeat(60))
            || case.spec.contains(&"[".repeat(200))
    });
    check(cases);
}
