//! What `allow` says: warnings that are meant.

use super::context::Context;
use crate::diagnostic::{Code, Diagnostic, Help, Severity};
use crate::source::Path;

/// Checks the codes of `allow`.
pub(super) fn check(context: &mut Context<'_>) {
    let path = Path::root().key("allow");
    let warnings = || {
        let codes = Code::ALL.iter();
        codes.filter(|code| code.severity() == Severity::Warning)
    };
    let allowed = &context.spec.allow;
    for (place, word) in allowed.iter().enumerate() {
        let path = path.index(place);
        let code = Code::ALL.iter().find(|code| code.as_str() == word);
        let (code, message, help) = match code.map(|code| code.severity()) {
            Some(Severity::Warning) if allowed[..place].contains(word) => (
                Code::Repeated,
                format!("warning `{word}` stands twice in the list"),
                Help::from("leave out the second one"),
            ),
            Some(Severity::Warning) => continue,
            Some(Severity::Error) => (
                Code::WrongForm,
                format!("`{word}` is an error, and only warnings can be allowed"),
                "leave it out, and mend what it tells of".into(),
            ),
            None => (
                Code::WrongForm,
                format!("no warning `{}` exists", word.escape_debug()),
                context.suggest_word(word, warnings().map(|code| code.as_str())),
            ),
        };
        context.report(Diagnostic::new(code, path.at_value(), message).help(help));
    }
}
