//! A hundred thousand of everything.

use crate::measured::{Case, case, check, entity, lines, many, one};

/// Specs of an entity with too many of something, which are refused before anybody compares them.
#[test]
fn of_one_table() {
    let table = |key: &str, item: &dyn Fn(usize) -> String| {
        one(&format!("    {key}:\n{}", lines(many(), item)))
    };
    let columns = |column: &dyn Fn(usize) -> String| one(&lines(many(), column));
    let keys = lines(many(), |n| format!("      a{n}: {{ references: A }}\n"));
    let mixin = |n: usize| format!("  M{n}:\n    columns: {{ x{n}: string }}\n");
    let mixins = format!("mixins:\n{}{}", lines(many().min(20_000), mixin), one(""));
    let list = lines(many().min(20_000), |n| format!("M{n}, "));
    let of_many = |name, spec: String| case(name, "E0002", spec);
    let cases = [
        of_many("columns", columns(&|n| format!("      c{n}: string\n"))),
        of_many(
            "columns of unknown types",
            columns(&|n| format!("      c{n}: strin{n}\n")),
        ),
        of_many(
            "columns of one name",
            columns(&|n| format!("      c{n}: {{ type: string, name: same }}\n")),
        ),
        of_many(
            "foreign keys in columns",
            format!("entities:\n{}{}", entity("A", ""), entity("B", &keys)),
        ),
        of_many(
            "relationships",
            table("relationships", &|n| {
                format!("      r{n}: {{ target: A, kind: many_to_one }}\n")
            }),
        ),
        of_many(
            "relationships to nowhere",
            table("relationships", &|n| {
                format!("      r{n}: {{ target: B{n} }}\n")
            }),
        ),
        of_many(
            "indexes",
            table("indexes", &|n| {
                format!("      - {{ columns: [id], name: i{n} }}\n")
            }),
        ),
        of_many("keys", table("unique", &|_| "      - [id]\n".to_owned())),
        of_many(
            "checks",
            table("checks", &|n| {
                format!("      - {{ name: c{n}, sql: id > {n} }}\n")
            }),
        ),
        of_many(
            "foreign keys",
            table("foreign_keys", &|_| {
                "      - { columns: [id], references: A(id) }\n".to_owned()
            }),
        ),
        of_many("derives", table("derives", &|n| format!("      - D{n}\n"))),
        of_many(
            "attributes",
            table("attributes", &|n| format!("      - allow(a{n})\n")),
        ),
        of_many(
            "mixins",
            mixins.replace(
                "    columns:\n",
                &format!("    mixins: [{list}]\n    columns:\n"),
            ),
        ),
        case(
            "columns of a key",
            "E0209",
            table("primary_key", &|_| "      - id\n".to_owned()),
        ),
    ];
    check_many(cases);
}

fn enums() -> Vec<Case> {
    let variants = |each: &dyn Fn(usize) -> String| {
        format!(
            "enums:\n  E:\n{}{}",
            lines(many(), |n| format!("    - {}\n", each(n))),
            one("      x: E\n")
        )
    };
    vec![
        case("variants", "", variants(&|n| format!("v{n}"))).by("generate"),
        case(
            "variants of one name",
            "E0214",
            variants(&|_| "v".to_owned()),
        ),
        case(
            "variants of one Rust name",
            "E0103",
            variants(&|n| format!("{}_{}", ["v", "V"][n % 2], n / 2)),
        ),
    ]
}

/// As many as a spec may declare.
fn declared() -> usize {
    many().min(24_000)
}

fn entities(each: &dyn Fn(usize) -> String) -> String {
    format!("entities:\n{}", lines(declared(), each))
}

/// A hundred thousand of the longest are near the most that a spec may have, and may take what a spec of that size takes.
fn check_many(cases: impl IntoIterator<Item = Case>) {
    let near = many() > 50_000;
    let cases = cases.into_iter();
    check(cases.map(|case| if near { case.at_limits() } else { case }));
}

#[test]
fn of_entities() {
    let count = declared();
    let with = |n: usize, more: &str| entity(&format!("E{n}"), more);
    let next = |n: usize| format!("E{}", (n + 1) % count);
    let long = |n: usize, end: &str| format!("{}{n:06}{}", "Q".repeat(50), end.repeat(40));
    check_many([
        case("entities", "", entities(&|n| with(n, ""))),
        case(
            "entities of nothing",
            "E0205",
            entities(&|n| format!("  E{n}:\n")),
        ),
        case(
            "entities that are numbers",
            "E0011",
            entities(&|n| format!("  E{n}: 3\n")),
        ),
        case(
            "entities of one table",
            "E0103",
            entities(&|n| with(n, "    table: same\n")),
        ),
        case(
            "entities of one Rust name",
            "E0103",
            entities(&|n| with(n, "    rust_name: Same\n")),
        ),
        case(
            "an entity again and again",
            "E0005",
            entities(&|_| entity("A", "")),
        ),
        case(
            "a chain of keys",
            "",
            entities(&|n| {
                let reference = if n == 0 {
                    "type: integer".to_owned()
                } else {
                    format!("references: E{}", n - 1)
                };
                format!("  E{n}:\n    columns:\n      id: {{ {reference}, primary_key: true }}\n")
            }),
        ),
        case(
            "a circle of keys",
            "E0211",
            entities(&|n| {
                format!(
                    "  E{n}:\n    columns:\n      id: {{ references: {}, primary_key: true }}\n",
                    next(n)
                )
            }),
        ),
        case(
            "a circle of rows",
            "W0201",
            entities(&|n| with(n, &format!("      n: {{ references: {} }}\n", next(n)))),
        ),
        case(
            "a letter differs",
            "E0202",
            entities(&|n| {
                let target = long(n, "R");
                entity(
                    &long(n, "S"),
                    &format!("    relationships:\n      r: {{ target: {target} }}\n"),
                )
            }),
        ),
    ]);
}

#[test]
fn of_a_spec() {
    let two = format!("entities:\n{}{}", entity("A", ""), entity("B", ""));
    let secondaries = lines(declared(), |n| format!("  s{n}: [A, B]\n"));
    let mut cases = vec![
        case(
            "keys that nobody knows",
            "E0010",
            one("") + &lines(many(), |n| format!("key{n}: 1\n")),
        ),
        case(
            "keys that somebody nearly knows",
            "E0010",
            one("") + &lines(many(), |n| format!("entitie{n}: 1\n")),
        ),
        case(
            "a key again and again",
            "E0005",
            one("") + &"a: 1\n".repeat(many()),
        ),
        case(
            "wrong keys everywhere",
            "E0010",
            entities(&|n| format!("  E{n}: {{ colums: 3, x: 4 }}\n")),
        ),
        case(
            "secondaries",
            "W0301",
            format!("{two}secondary:\n{secondaries}"),
        ),
        case(
            "enums",
            "",
            format!(
                "enums:\n{}{}",
                lines(declared(), |n| format!("  E{n}: [a, b]\n")),
                one("")
            ),
        ),
        case(
            "types of types",
            "E0201",
            format!(
                "types:\n{}{}",
                lines(declared(), |n| {
                    format!("  T{n}: {{ base: T{}, rust: 'crate::A' }}\n", n + 1)
                }),
                one("      t: T0\n")
            ),
        ),
        case(
            "warnings that are meant",
            "E0214",
            format!("allow: [{}]\n{}", "W0201, ".repeat(many()), one("")),
        ),
        case(
            "dialects",
            "E0214",
            format!(
                "generate: {{ dialects: [{}] }}\n{}",
                "sqlite, ".repeat(many()),
                one("")
            ),
        ),
        case(
            "order_by",
            "E0209",
            one(
                "      a: { references: A, nullable: true }\n    relationships:\n      \
                 n: { target: A, kind: many_to_one, order_by: [ITEMS] }\n",
            )
            .replace("ITEMS", &"id, ".repeat(many())),
        ),
    ];
    cases.extend(enums());
    check_many(cases);
}

#[test]
fn of_mixins() {
    let columns = lines(1_000, |n| format!("      c{n}: string\n"));
    let users = lines(1_000, |n| {
        format!(
            "  E{n}:\n    mixins: [M]\n    columns:\n      id: {{ type: integer, primary_key: true }}\n"
        )
    });
    let long = format!(
        "      c: {{ type: string, doc: {} }}\n",
        "x".repeat(900_000)
    );
    let of = |columns: &str| format!("mixins:\n  M:\n    columns:\n{columns}entities:\n{users}");
    check([
        case("columns by tables", "E0008", of(&columns)),
        case("long docs by tables", "E0008", of(&long)),
        case(
            "a mixin again and again",
            "E0214",
            format!(
                "mixins:\n  M:\n    columns: {{ x: string }}\n{}",
                one("").replace(
                    "    columns:\n",
                    &format!("    mixins: [{}]\n    columns:\n", "M, ".repeat(1_900))
                )
            ),
        ),
        case("wrong in every table", "E0201", of("      c: strng\n")),
    ]);
}

#[test]
fn of_ways() {
    let ring = |size: usize, hops: usize| {
        let entity = |n: usize| {
            let next = (n + 1) % size;
            let far = if n == 0 {
                format!(
                    "      far: {{ target: E0, through: {} }}\n",
                    vec!["n"; hops].join(".")
                )
            } else {
                String::new()
            };
            entity(
                &format!("E{n}"),
                &format!(
                    "      n_id: {{ type: integer?, references: E{next} }}\n    relationships:\n      n: {{ target: E{next}, foreign_key: n_id }}\n{far}"
                ),
            )
        };
        format!("entities:\n{}", lines(size, entity))
    };
    let through = lines(1_900, |n| {
        format!(
            "      f{n}: {{ target: A, through: {} }}\n",
            vec!["n"; 20].join(".")
        )
    });
    let own = "      n_id: { references: A, nullable: true }\n    relationships:\n      n: { target: A, foreign_key: n_id, kind: many_to_one }\n";
    check([
        case("a long way", "E0011", ring(100, 20_000)),
        case("a way", "", ring(50, 50)).by("generate"),
        case("many ways", "", one(&format!("{own}{through}"))),
    ]);
}

#[test]
fn mistakes_that_are_mended() {
    // A report has a thousand of them, and each thousand is tried out for itself: more take as often as long.
    let count = 2_000;
    check(
        [
            case(
                "keys",
                "",
                format!(
                    "entities:\n{}",
                    lines(count, |n| entity(&format!("E{n}"), "")
                        .replace("columns", "colums"))
                ),
            ),
            case(
                "types",
                "",
                one(&lines(1_900, |n| format!("      x{n}: varchar\n"))),
            ),
            case("colons", "", lines(count, |n| format!("a{n}:b\n"))),
        ]
        .map(|case| case.by("fix")),
    );
}
