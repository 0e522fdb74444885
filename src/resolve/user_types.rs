//! Types of the user's own: their names, their bases, and the paths by which Rust finds them.

use std::collections::BTreeMap;
use std::sync::Arc;

use indexmap::IndexMap;

use super::context::Context;
use super::{dialects, examples, names, types};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Examples, Type, UserType};
use crate::naming::path;
use crate::source::Path;
use crate::spec;

/// The types that could be resolved, by their names in the spec.
pub(super) type UserTypes<'s> = IndexMap<&'s str, Arc<UserType>>;

/// A type as the spec has it.
#[derive(Clone, Copy)]
struct Source<'s> {
    name: &'s str,
    written: &'s spec::UserType,
}

impl Source<'_> {
    fn path(self) -> Path {
        Path::root().key("types").key(self.name)
    }
}

/// Resolves every type of the spec, those included that no column uses. What is missing from the result was reported,
/// so nothing is to be said of columns that name it.
pub(super) fn resolve<'s>(context: &mut Context<'s>) -> UserTypes<'s> {
    let mut resolved = IndexMap::new();
    let mut by_path = BTreeMap::new();
    for (name, written) in &context.spec.types {
        let source = Source { name, written };
        check_name(context, source);
        for (key, path) in [
            ("rust", &written.rust),
            ("into", &written.into),
            ("from", &written.from),
        ] {
            if let Some(path) = path {
                check_path(context, source, key, path);
            }
        }
        if let Some(rust) = &written.rust {
            let first = *by_path.entry(rust.as_str()).or_insert(source.name);
            if first != source.name {
                same_path(context, source, first, rust);
            }
        }
        let base = base(context, source);
        let (Some(base), Some(rust)) = (base, &written.rust) else {
            continue;
        };
        let ty = UserType {
            name: name.clone(),
            rust: rust.clone(),
            doc: written.doc.clone(),
            into: written.into.clone(),
            from: written.from.clone(),
            examples: match &written.example {
                Some(examples) => {
                    let path = source.path().key("example");
                    Examples(examples::literals(context, examples, &base, name, path))
                }
                None => Examples::default(),
            },
            base,
        };
        resolved.insert(source.name, Arc::new(ty));
    }
    resolved
}

fn check_name(context: &mut Context<'_>, source: Source<'_>) {
    let Source { name, .. } = source;
    names::check(context, name, "a type", || source.path());
    names::check_type(context, name, "type", || source.path().at_key());
    if context.spec.enums.contains_key(name) {
        let message = format!("an enum and a type are both called `{name}`");
        let first = Path::root().key("enums").key(name).at_key();
        context.report(
            Diagnostic::new(Code::NameCollision, source.path().at_key(), message)
                .other(first, "the enum")
                .help("give one of both another name: columns call both by it"),
        );
    }
}

fn check_path(context: &mut Context<'_>, source: Source<'_>, key: &str, text: &str) {
    let Err(fault) = path::check(text) else {
        return;
    };
    let path = source.path().key(key);
    let place = match &fault {
        path::Fault::Part(at) | path::Fault::Keyword(at) if !at.is_empty() => {
            path.at_words(at.clone())
        }
        path::Fault::Arguments(open) => path.at_words(*open..text.len()),
        _ => path.at_value(),
    };
    let last = text.rsplit("::").next().unwrap_or_default();
    let thing = if key == "rust" { "Type" } else { "function" };
    let thing = match crate::naming::identifier::check(last) {
        Ok(()) if path::check(&format!("crate::{last}")).is_ok() => last,
        _ => thing,
    };
    let help = match &fault {
        path::Fault::Arguments(_) if key == "rust" => {
            "give it a name in your crate, `pub type Name = …;`, and write `crate::Name`".to_owned()
        }
        path::Fault::Arguments(_) => {
            "write a function in your crate that calls it, and name that".to_owned()
        }
        path::Fault::Keyword(at) if !crate::naming::rust::never(&text[at.clone()]) => {
            format!("write `r#{}`", &text[at.clone()])
        }
        _ => format!(
            "write the whole path: `crate::{thing}` in your crate, `::other::{thing}` in the crate `other`"
        ),
    };
    let message = format!(
        "`{}` is no path of Rust for `{key}`: {fault}",
        text.escape_debug()
    );
    context.report(Diagnostic::new(Code::InvalidName, place, message).help(help));
}

/// Reports two types that are one in Rust: its values would have two stored forms.
fn same_path(context: &mut Context<'_>, source: Source<'_>, first: &str, rust: &str) {
    let message = format!(
        "types `{first}` and `{}` are both `{}` in Rust, which has one base",
        source.name,
        rust.escape_debug()
    );
    let other = Path::root().key("types").key(first).key("rust").at_value();
    let place = source.path().key("rust").at_value();
    context.report(
        Diagnostic::new(Code::NameCollision, place, message)
            .other(other, "the first one")
            .help("use one of both, or wrap it in a struct of its own for the other base"),
    );
}

/// The type that is stored.
fn base(context: &mut Context<'_>, source: Source<'_>) -> Option<Type> {
    let text = source.written.base.as_deref()?;
    let path = source.path().key("base");
    let name = source.name;
    let word = text.trim().trim_end_matches('?');
    let declared = !types::is_word(word);
    let (message, help) = if declared && context.spec.enums.contains_key(word) {
        let message = format!("the base of `{name}` is the enum `{word}`");
        let help =
            "an enum has a type in Rust already: use it in the column, and convert in your code";
        (message, help.to_owned())
    } else if declared && context.spec.types.contains_key(word) {
        let message = format!("the base of `{name}` is the type `{word}`, which has a base itself");
        let help = format!("values are converted once: write the base of `{word}`");
        (message, help)
    } else {
        return stored(context, source, text);
    };
    context.report(Diagnostic::new(Code::UnknownType, path.at_value(), message).help(help));
    None
}

/// The column type that `text` names.
fn stored(context: &mut Context<'_>, source: Source<'_>, text: &str) -> Option<Type> {
    let path = source.path().key("base");
    let name = source.name;
    let written = match types::parse(context, text) {
        Ok(written) => written,
        Err(problem) => {
            let enums = || Path::root().key("enums").key(text.trim());
            let unread = context.unread(enums) || context.lacks_a_file();
            if !(problem.code == Code::UnknownType && unread) {
                let place = path.at_words(problem.words);
                let found = Diagnostic::new(problem.code, place, problem.message);
                context.report(found.help(problem.help));
            }
            return None;
        }
    };
    let (code, message, help) = if matches!(written.ty, Type::List(_)) {
        (
            Code::Contradiction,
            format!("the base of `{name}` is a list"),
            "a base is one value: write `json`".to_owned(),
        )
    } else if written.nullable {
        (
            Code::Contradiction,
            format!("the base of `{name}` is nullable"),
            format!("leave out the `?` here, and write `{name}?` in columns that may be NULL"),
        )
    } else {
        let Some(lack) = dialects::of_type(context.dialects, &written.ty, name) else {
            return Some(written.ty);
        };
        context.report(lack.at(path.at_value()));
        return None;
    };
    context.report(Diagnostic::new(code, path.at_value(), message).help(help));
    None
}
