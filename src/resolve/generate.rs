//! What `generate` says: words that exist and that this release can do.

use super::context::Context;
use super::sql;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Dialect;
use crate::source::Path;

const TARGETS: [&str; 5] = [
    "rusqlite",
    "tokio-postgres",
    "sqlx-sqlite",
    "sqlx-postgres",
    "sqlx-mysql",
];

const LAYOUTS: [&str; 2] = ["modules", "single"];

/// Checks the words of `generate`.
pub(super) fn check(context: &mut Context<'_>) {
    let generate = &context.spec.generate;
    let path = Path::root().key("generate");
    if let Some(target) = &generate.target {
        let place = path.key("target").at_value();
        if !TARGETS.contains(&target.as_str()) {
            let help = context.suggest(target, [TARGETS[0]]);
            context.report(
                Diagnostic::new(
                    Code::WrongForm,
                    place,
                    format!("no target `{target}` exists"),
                )
                .help(help),
            );
        } else if target != TARGETS[0] {
            let message = format!("this release does not support the target `{target}` yet");
            context.report(
                Diagnostic::new(Code::NotSupportedYet, place, message)
                    .help("write `target: rusqlite`"),
            );
        }
    }
    for (index, word) in generate.dialects.iter().enumerate() {
        let place = path.key("dialects").index(index).at_value();
        match Dialect::from_word(word) {
            None => sql::unknown_dialect(context, Code::WrongForm, word, place),
            Some(Dialect::Sqlite) if generate.dialects[..index].contains(word) => {
                let message = format!("dialect `{word}` stands twice in the list");
                context.report(
                    Diagnostic::new(Code::Repeated, place, message)
                        .help("leave out the second one"),
                );
            }
            Some(Dialect::Sqlite) => {}
            Some(Dialect::Postgres | Dialect::Mysql) => {
                let message = format!("this release does not support the dialect `{word}` yet");
                context.report(
                    Diagnostic::new(Code::NotSupportedYet, place, message)
                        .help("write `dialects: [sqlite]`"),
                );
            }
        }
    }
    if let Some(layout) = &generate.layout
        && !LAYOUTS.contains(&layout.as_str())
    {
        let help = context.suggest(layout, LAYOUTS);
        let message = format!("no layout `{layout}` exists");
        context.report(
            Diagnostic::new(Code::WrongForm, path.key("layout").at_value(), message).help(help),
        );
    }
}
