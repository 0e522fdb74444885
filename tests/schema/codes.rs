//! Which mistakes a JSON Schema can see: those of one place, told by the text that stands there alone.

/// Whether a schema sees a mistake.
#[derive(Debug, Clone, Copy)]
pub enum Sees {
    /// Each time, but in these specs of `tests/invalid`, for the reason given.
    Yes(&'static [(&'static str, &'static str)]),
    /// Never, for this reason.
    No(&'static str),
    /// As a rule not, for this reason, but in these specs, for theirs.
    Rarely(&'static str, &'static [(&'static str, &'static str)]),
    /// The text is no YAML, or readers of YAML differ about it: what a validator gets, if anything, is not what is written.
    Text,
}

use Sees::{No, Rarely, Text, Yes};

const MEANING: &str = "it takes all names of the spec, and what they mean";
const OTHER_PLACE: &str = "it takes another place of the spec";
const SQL: &str = "a schema reads no SQL";
const DATABASE: &str = "it takes the rules of a database";

/// Every code. A new one gets its row: what is `Yes` has to be refused from then on.
pub const CODES: &[(&str, Sees)] = &[
    ("E0001", No("it is about files")),
    (
        "E0002",
        Rarely(
            "a schema counts no bytes",
            &[("too_many_keys", "the same key is there again and again")],
        ),
    ),
    ("E0003", Text),
    ("E0004", Text),
    ("E0005", Text),
    ("E0006", Text),
    ("E0007", Text),
    ("E0008", Text),
    ("E0009", Text),
    ("E0010", Yes(&[])),
    (
        "E0011",
        Yes(&[
            ("tag", "a value reaches a validator without its tag"),
            ("attribute_too_deep", "an attribute of Rust is a text to it"),
        ]),
    ),
    (
        "E0012",
        Yes(&[
            ("empty", "a file that another one includes may be empty"),
            (
                "include_without_entities",
                "entities may stand in another file",
            ),
            (
                "no_entities",
                "a file that another one includes may have no entities",
            ),
            (
                "missing_sql",
                "the databases that want a text stand in another place",
            ),
            (
                "itself_by_name",
                "which entity it belongs to stands in another place",
            ),
            (
                "relationship_with_itself",
                "which entity it belongs to stands in another place",
            ),
        ]),
    ),
    ("E0013", No("keys are right together with others")),
    ("E0014", No("it is about files")),
    ("E0101", Yes(&[])),
    ("E0102", No("which words Rust keeps is no form")),
    ("E0103", No(MEANING)),
    (
        "E0104",
        Yes(&[("mysql_lacks", DATABASE), ("postgres_lacks", DATABASE)]),
    ),
    (
        "E0201",
        Rarely(
            "any name may be that of an enum or of a type of the user's",
            &[("unknown_type", "those take no arguments")],
        ),
    ),
    ("E0202", No(MEANING)),
    ("E0203", No(MEANING)),
    ("E0204", No(MEANING)),
    ("E0205", No(OTHER_PLACE)),
    ("E0206", No(OTHER_PLACE)),
    ("E0207", No(OTHER_PLACE)),
    ("E0208", No(OTHER_PLACE)),
    ("E0209", No(OTHER_PLACE)),
    ("E0210", Yes(&[])),
    ("E0211", No(OTHER_PLACE)),
    ("E0212", No(OTHER_PLACE)),
    ("E0213", No(OTHER_PLACE)),
    ("E0214", Yes(&[])),
    ("E0215", No(DATABASE)),
    ("E0216", No(OTHER_PLACE)),
    ("E0217", No(MEANING)),
    (
        "E0301",
        Rarely(
            OTHER_PLACE,
            &[("secondary_without_ends", "a short form lists two entities")],
        ),
    ),
    ("E0302", No(OTHER_PLACE)),
    ("E0303", No(OTHER_PLACE)),
    ("E0304", No(OTHER_PLACE)),
    ("E0305", No(OTHER_PLACE)),
    ("E0306", No(OTHER_PLACE)),
    ("E0307", No(OTHER_PLACE)),
    ("E0308", No(OTHER_PLACE)),
    ("E0309", No(MEANING)),
    ("W0201", No(OTHER_PLACE)),
    ("W0202", No(OTHER_PLACE)),
    ("W0203", No(SQL)),
    ("W0301", No(OTHER_PLACE)),
];
