//! What is not about a table: enums, types of the user's own, mixins, naming, settings.

use crate::Wanted;
use crate::choices::Choices;
use crate::columns::Portable;
use crate::words;
use crate::yaml::{Keys, Node, plain, text, words as list};

/// The enums that columns may have: in each of the three forms.
pub fn enums(c: &mut Choices<'_>) -> Node {
    let mut enums = Keys::default();
    enums.set("Mood", list(&["glad", "sad", "calm"]));
    let mut status = Keys::default();
    for (place, name) in ["open", "lent", "closed"].iter().enumerate() {
        let odd = *c.pick(&words::DATABASE_NAMES);
        status.set(name, text(format!("{odd} {place}")));
    }
    enums.set("Status", status.into());
    let mut shade = Keys::default();
    shade.set("native", plain("false"));
    if c.once_in(2) {
        shade.set("rust_name", plain("OwnShade"));
    }
    if c.once_in(2) {
        shade.set("derives", list(&["Default"]));
    }
    shade.set("doc", text(*c.pick(&words::DOCS)));
    let mut dark = Keys::default();
    dark.set(
        "value",
        text(format!("{} dark", c.pick(&words::DATABASE_NAMES))),
    );
    dark.set("doc", text(*c.pick(&words::DOCS)));
    let mut variants = Keys::default();
    variants.set("dark", dark.into());
    variants.set("light", plain("light"));
    variants.set(
        "self",
        Keys::from_iter([("rust_name".to_owned(), plain("Own"))]).into(),
    );
    shade.set("variants", variants.into());
    enums.set("Shade", shade.into());
    enums.into()
}

/// Types of the user's own; what they name is in `tests/own_types/own.rs`.
pub fn types(c: &mut Choices<'_>) -> Node {
    let all = [
        (
            "Email",
            "string(320)",
            "Email",
            Some("[ann@example.org, bob@example.org, eve@example.org]"),
        ),
        ("Number", "integer", "MemberId", None),
        ("Price", "decimal(10,2)", "Price", Some("9.99")),
        ("Token", "uuid", "Token", None),
        ("Day", "date", "Day", Some("2026-11-23")),
        ("Color", "bytes(3)", "Color", Some("[red, tan, sky]")),
        ("Switch", "boolean", "Switch", None),
        ("Settings", "json", "Settings", Some("'[1]'")),
        ("Share", "double", "Share", Some("0.5")),
    ];
    let mut types = Keys::default();
    for (name, base, path, example) in all {
        let mut keys = Keys::default();
        keys.set("base", text(base));
        keys.set("rust", text(format!("crate::own::{path}")));
        keys.some("example", example.map(plain));
        if c.once_in(4) {
            keys.set("doc", text(*c.pick(&words::DOCS)));
        }
        types.set(name, keys.into());
    }
    // Of another crate, with the ways there and back.
    let machine = [
        ("base", "text"),
        ("rust", "::std::net::IpAddr"),
        ("into", "::std::string::ToString::to_string"),
        ("from", "crate::own::machine"),
        ("example", "127.0.0.1"),
    ];
    let machine: Keys = machine
        .into_iter()
        .map(|(key, value)| (key.to_owned(), text(value)))
        .collect();
    types.set("Machine", machine.into());
    types.into()
}

/// The columns that the mixin `Stamped` adds.
pub const STAMPED: [&str; 2] = ["created_at", "writes"];

/// What several tables have alike.
pub fn mixins(c: &mut Choices<'_>) -> Node {
    let column = |keys: &[(&str, Node)]| -> Node {
        let keys = keys.iter();
        let keys: Keys = keys
            .map(|(key, node)| ((*key).to_owned(), node.clone()))
            .collect();
        keys.into()
    };
    let created = column(&[
        ("type", plain("timestamp")),
        ("default", plain("now")),
        ("doc", text(*c.pick(&words::DOCS))),
    ]);
    let writes = column(&[("type", plain("integer")), ("default", plain("0"))]);
    let index = column(&[("columns", list(&["created_at"]))]);
    let check = column(&[("sql", text("writes >= 0"))]);
    let stamped = column(&[
        (
            "columns",
            column(&[("created_at", created), ("writes", writes)]),
        ),
        ("indexes", Node::List(vec![index])),
        ("checks", Node::List(vec![check])),
    ]);
    column(&[("Stamped", stamped)])
}

/// Patterns of names.
pub fn naming(c: &mut Choices<'_>) -> Node {
    let patterns = [
        ("table", "app_{table}"),
        ("primary_key", "{table}_pkey"),
        ("foreign_key", "{table}_{columns}_{target}_fkey"),
        ("unique", "{table} {columns} \"key\""),
        ("index", "{table}_{columns}_idx"),
        ("check", "{table}_{column}_check"),
    ];
    let mut keys = Keys::default();
    for (key, pattern) in patterns {
        if c.once_in(6) {
            keys.set(key, text(pattern));
        }
    }
    if c.once_in(6) {
        let plural = Keys::from_iter([("row".to_owned(), plain("rowz"))]);
        keys.set("plural", plural.into());
    }
    keys.into()
}

/// The settings, which include the dialects.
pub fn generate(c: &mut Choices<'_>, portable: Portable, wanted: &Wanted<'_>) -> Node {
    let mut keys = Keys::default();
    let targets: &[&str] = match portable {
        Portable::Sqlite => &["rusqlite", "sqlx-sqlite"],
        Portable::Postgres => &["rusqlite", "sqlx-sqlite", "tokio-postgres", "sqlx-postgres"],
        Portable::All => &[
            "rusqlite",
            "sqlx-sqlite",
            "tokio-postgres",
            "sqlx-postgres",
            "sqlx-mysql",
        ],
    };
    let target = if wanted.rusqlite {
        "rusqlite"
    } else {
        *c.pick(targets)
    };
    keys.set("target", plain(target));
    match portable {
        Portable::Sqlite => {}
        Portable::Postgres => keys.set("dialects", list(&["sqlite", "postgres"])),
        Portable::All => keys.set("dialects", list(&["sqlite", "postgres", "mysql"])),
    }
    let time = if wanted.rusqlite {
        "chrono"
    } else {
        *c.pick(&["chrono", "time", "jiff"])
    };
    if time != "chrono" {
        keys.set("time", plain(time));
    }
    if c.once_in(4) {
        keys.set("layout", plain("single"));
    }
    match c.below(6) {
        1 => keys.set("visibility", plain("pub(crate)")),
        2 => keys.set("visibility", plain("private")),
        _ => {}
    }
    if c.once_in(4) {
        keys.set(
            "attributes",
            Node::List(vec![text("must_use = \"it is \\\"data\\\"\"")]),
        );
    }
    if target == "rusqlite" && c.below(2) == 0 {
        keys.set("tests", plain("true"));
    }
    keys.into()
}
