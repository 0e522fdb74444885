//! Words and texts that break careless generators, and names that people give.

/// Docs: whatever somebody may write.
pub const DOCS: [&str; 22] = [
    "What it is.",
    "Ends with a quote \" and a backslash \\",
    "*/ closes nothing, /* opens nothing, -- is no comment, {{ neither }}, {% nor %}, {# this #}",
    "```rust\nthis is no test\n```",
    "    an indented block\n\n    fn main() { panic!() }",
    "# A heading\n\n- a list [with a link](https://example.org/)\n- `code` and <b>html</b> and [`broken`] and Vec<u8>",
    "日本語, emoji 🦀, a tab\there, \"\"\"##, r#\"raw\"#",
    "\n\n  leading and trailing lines  \n\n",
    "it's 'quoted'; DROP TABLE students; --",
    "$$ $1 $body$ E'\\n' \\' ''",
    "right to left: \u{202e}gnirts\u{202c} and marks \u{200f}\u{200e}\u{2066}\u{2069}",
    "zero width \u{200b}\u{feff} and a no-break\u{a0}space",
    "lines\r\nof\rdifferent\u{2028}kinds\u{2029}\u{85}of ends",
    "../../../../etc/passwd",
    "#![no_std] #[cfg(any())] include!(\"x\") concat!() env!(\"HOME\")",
    "\" } fn injected() { loop {} } //",
    "`); std::process::exit(1); (`",
    "%s %d {} {0} {name} {{}} ${HOME} $(id)",
    "<!-- --> <script>alert(1)</script> &amp; ]]>",
    "?1 :name @name $name ? ??",
    "a\\",
    "",
];

/// Names in a database: anything but control characters.
pub const DATABASE_NAMES: [&str; 21] = [
    "plain",
    "order",
    "ma`tch\"es",
    "say \"it's\" `now`",
    "back\\slash; -- drop",
    "with space",
    "100 % {of} größe 日本語",
    "{{ x }}",
    "{% y %}",
    "*/ /*",
    "$$",
    "' OR 1=1",
    "\u{202e}drop",
    "a\"b",
    "[x]",
    "../up",
    "a.b",
    "SELECT",
    "?1",
    "r#\"",
    "%s",
];

/// Names of entities that are also something else.
pub const ENTITIES: [&str; 12] = [
    "Row", "Value", "Query", "Result", "Option", "String", "Vec", "Box", "Some", "Type", "lower",
    "X",
];

/// Names of columns that are also something else.
pub const COLUMNS: [&str; 18] = [
    "type",
    "match",
    "async",
    "gen",
    "yield",
    "select",
    "conn",
    "row",
    "value",
    "firstName",
    "HTTPStatus",
    "_hidden",
    "r2d2",
    "some",
    "none",
    "len",
    "str",
    "table",
];

/// Texts that are data.
pub const TEXTS: [&str; 14] = [
    "perhaps",
    "",
    "'; DROP TABLE \"ro\"\"w\"; --",
    "it's \"quoted\"; back\\slash, -- größe 🦀\nsecond line",
    "{{ x }} {% y %} {# z #}",
    "*/ /* //",
    "\\",
    "'",
    "''",
    "%_",
    "$1 ?1 :a",
    "\u{202e}\u{200b}",
    "null",
    "#\" \"#",
];
