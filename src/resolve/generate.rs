//! What `generate` says: words that exist and that this release can do.

use super::context::Context;
use super::sql;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Dialect, Target, Time};
use crate::source::Path;

const LAYOUTS: [&str; 2] = ["modules", "single"];

const VISIBILITIES: [&str; 3] = ["pub", "pub(crate)", "private"];

/// Checks the words of `generate`.
pub(super) fn check(context: &mut Context<'_>) {
    let generate = &context.spec.generate;
    let path = Path::root().key("generate");
    if let Some(target) = &generate.target {
        let place = path.key("target").at_value();
        if Target::from_word(target).is_none() {
            let help = context.suggest_word(target, Target::ALL.map(Target::as_str));
            context.report(
                Diagnostic::new(
                    Code::WrongForm,
                    place,
                    format!("no target `{target}` exists"),
                )
                .help(help),
            );
        }
    }
    if context.asked.tests && !context.asked.testable {
        let key = ["tests", "target"].into_iter().find(|key| match *key {
            "tests" => generate.tests.is_some(),
            _ => generate.target.is_some(),
        });
        let place = match key {
            Some(key) => path.key(key).at_value(),
            None => Path::root().at_key(),
        };
        let message = "this release writes tests for the target `rusqlite` alone";
        context.report(
            Diagnostic::new(Code::NotSupportedYet, place, message).help(
                "relationships mean the same for every target: leave out `tests`, and let a crate of tests generate \
                 for rusqlite",
            ),
        );
    }
    for (index, word) in generate.dialects.iter().enumerate() {
        let place = path.key("dialects").index(index).at_value();
        match Dialect::from_word(word) {
            None => sql::unknown_dialect(context, Code::WrongForm, word, place),
            Some(_) if generate.dialects[..index].contains(word) => {
                let message = format!("dialect `{word}` stands twice in the list");
                context.report(
                    Diagnostic::new(Code::Repeated, place, message)
                        .help("leave out the second one"),
                );
            }
            Some(_) => {}
        }
    }
    let times = Time::ALL.map(Time::as_str);
    let words: [(&str, &str, &Option<String>, &[&str]); 3] = [
        ("layout", "layout", &generate.layout, &LAYOUTS),
        ("time", "support for the crate", &generate.time, &times),
        (
            "visibility",
            "visibility",
            &generate.visibility,
            &VISIBILITIES,
        ),
    ];
    for (key, called, word, valid) in words {
        if let Some(word) = word
            && !valid.contains(&word.as_str())
        {
            let help = context.suggest_word(word, valid.iter().copied());
            let message = format!("no {called} `{word}` exists");
            let place = path.key(key).at_value();
            context.report(Diagnostic::new(Code::WrongForm, place, message).help(help));
        }
    }
}
