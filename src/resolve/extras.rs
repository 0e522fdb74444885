//! What the spec adds to generated types: derives and attributes, of all of them (`generate`) and of one.

use super::asked::Asked;
use super::context::Context;
use super::draft::Draft;
use super::unfit::{Rows, unfit};
use super::{large, rust_lexer};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Extras;
use crate::naming::Derive;
use crate::naming::derive::{self, ENUM, ROW};
use crate::source::{Path, Place};
use crate::spec;

/// What is added to every struct of rows and to every enum.
#[derive(Clone, Default)]
pub(super) struct General<'s> {
    derives: Vec<Derived<'s>>,
    attributes: Vec<Attribute<'s>>,
}

/// A derive that was asked for.
#[derive(Clone)]
pub(super) struct Derived<'s> {
    pub(super) path: &'s str,
    pub(super) derive: Derive,
    pub(super) place: Place,
}

/// An attribute that was asked for.
#[derive(Clone)]
pub(super) struct Attribute<'s> {
    text: &'s str,
    /// Whether a derive may hide in it: `cfg_attr(…, derive(…))`.
    pub(super) derives: bool,
    pub(super) place: Place,
}

/// A list of the spec, or of who called relata.
struct List<'s> {
    words: &'s [String],
    /// Absent where the builder or the command line says it.
    path: Option<Path>,
}

impl<'s> List<'s> {
    /// The list at `key` of what is at `path`.
    fn of(words: &'s [String], path: &Path, key: &str) -> Self {
        let path = Some(path.key(key));
        Self { words, path }
    }

    /// What was `asked` for, else what the spec says under `generate`.
    fn general(asked: Option<&'s Vec<String>>, spec: &'s [String], key: &str) -> Self {
        match asked {
            Some(words) => Self { words, path: None },
            None => Self::of(spec, &Path::root().key("generate"), key),
        }
    }

    /// The list; nothing of one that is too much for what it is added to, which is reported.
    fn unless_too_many(mut self, context: &mut Context<'_>, what: &str) -> Self {
        if !large::fit_everywhere(context.spec, self.words) {
            let place = self.path.as_ref().map_or_else(Path::root, Path::clone);
            let message = format!("the {what} of all types are more than a spec may have");
            context.report(
                Diagnostic::new(Code::Growth, place.at_value(), message)
                    .help("add to each type what it needs, and to all of them little"),
            );
            self.words = &[];
        }
        self
    }

    fn place(&self, index: usize) -> Place {
        let root = || Path::root().at_value();
        let item = |path: &Path| path.index(index).at_value();
        self.path.as_ref().map_or_else(root, item)
    }

    /// What is said of a word whose place shows something else.
    fn who(&self) -> &'static str {
        match self.path {
            Some(_) => "",
            None => ", asked for by the builder or the command line,",
        }
    }
}

/// What is added to every type.
pub(super) fn general<'s>(context: &mut Context<'s>) -> General<'s> {
    let (spec, asked): (&spec::Generate, &Asked) = (&context.spec.generate, context.asked);
    let list = List::general(asked.derives.as_ref(), &spec.derives, "derives");
    let list = list.unless_too_many(context, "derives");
    let derives = derives(context, &list, &ROW, &[], "struct of rows");
    let list = List::general(asked.attributes.as_ref(), &spec.attributes, "attributes");
    let list = list.unless_too_many(context, "attributes");
    General {
        derives,
        attributes: attributes(context, &list, &[]),
    }
}

/// What is added to an enum.
pub(super) fn of_enum<'s>(
    context: &mut Context<'s>,
    (name, written): (&str, &'s spec::Enum),
    path: &Path,
) -> Extras {
    let General {
        derives: mut all,
        attributes: mut texts,
    } = context.general.clone();
    all.retain(|derived| !ENUM.contains(&derived.derive));
    for (key, words) in [
        ("derives", &written.derives),
        ("attributes", &written.attributes),
    ] {
        if !large::fits(context, path, name, (key, words.len())) {
            return Extras::default();
        }
    }
    let list = List::of(&written.derives, path, "derives");
    all.extend(derives(context, &list, &ENUM, &all, "enum"));
    let list = List::of(&written.attributes, path, "attributes");
    texts.extend(attributes(context, &list, &texts));
    extras(&all, &texts)
}

/// Resolves what is added to the structs of rows, whose columns are resolved.
pub(super) fn resolve<'s>(context: &mut Context<'s>, drafts: &mut [Draft<'s>]) {
    // What all rows derive is told of once, whatever the number of rows that cannot.
    let mut told = vec![false; context.general.derives.len()];
    for draft in drafts {
        let source = &draft.source;
        let own = List::of(source.derives, &source.path, "derives");
        let texts = List::of(source.attributes, &source.path, "attributes");
        if !source.is_entity() && !draft.has_payload() {
            let lists = [("derives", own), ("attributes", texts)];
            for (key, _) in lists.iter().filter(|(_, list)| !list.words.is_empty()) {
                without_struct(context, draft, key);
            }
            continue;
        }
        let General {
            derives: mut all,
            attributes: mut added,
        } = context.general.clone();
        all.extend(derives(context, &own, &ROW, &all, "struct of rows"));
        added.extend(attributes(context, &texts, &added));
        let rows = Rows {
            draft,
            derives: &all,
            attributes: &added,
            time: context.asked.time,
        };
        for (place, found) in unfit(&rows) {
            if !told.get(place).copied().unwrap_or(false) {
                context.report(found);
            }
            if let Some(told) = told.get_mut(place) {
                *told = true;
            }
        }
        draft.extras = extras(&all, &added);
    }
}

fn extras(derives: &[Derived<'_>], attributes: &[Attribute<'_>]) -> Extras {
    Extras {
        derives: derives.iter().map(|each| each.path.to_owned()).collect(),
        attributes: attributes.iter().map(|each| each.text.to_owned()).collect(),
    }
}

/// The derives of `list` that are paths, and that neither every `what` has (`built_in`) nor were there `before`.
fn derives<'s>(
    context: &mut Context<'_>,
    list: &List<'s>,
    built_in: &[Derive],
    before: &[Derived<'s>],
    what: &str,
) -> Vec<Derived<'s>> {
    let mut found: Vec<Derived<'s>> = Vec::new();
    for (index, path) in list.words.iter().enumerate() {
        let (place, who) = (list.place(index), list.who());
        if let Err(help) = derive::check(path) {
            let message = format!("`{path}`{who} is no path of a derive");
            context.report(Diagnostic::new(Code::WrongForm, place, message).help(help));
            continue;
        }
        let derive = Derive::of(path);
        let plain = path.trim_start_matches("::");
        let same = |other: &&Derived<'_>| match derive {
            Derive::Other => other.path.trim_start_matches("::") == plain,
            _ => other.derive == derive,
        };
        if built_in.contains(&derive) {
            let message = format!("`{path}`{who} is derived by every {what} already");
            let help = "leave it out";
            context.report(Diagnostic::new(Code::Repeated, place, message).help(help));
        } else if let Some(first) = before.iter().chain(&found).find(same) {
            let message = format!("`{path}`{who} is derived already");
            let diagnostic = Diagnostic::new(Code::Repeated, place, message)
                .other(first.place.clone(), "derived here")
                .help("leave out one of both");
            context.report(diagnostic);
        } else {
            found.push(Derived {
                path,
                derive,
                place,
            });
        }
    }
    found
}

/// The attributes of `list`, none of which was there `before`.
fn attributes<'s>(
    context: &mut Context<'_>,
    list: &List<'s>,
    before: &[Attribute<'s>],
) -> Vec<Attribute<'s>> {
    let mut found: Vec<Attribute<'s>> = Vec::new();
    for (index, text) in list.words.iter().enumerate() {
        let (place, who) = (list.place(index), list.who());
        match rust_lexer::attribute(text) {
            Err(problem) => {
                let message = format!("`{text}`{who} is no attribute: it {problem}");
                let help = help(text);
                context.report(Diagnostic::new(Code::WrongForm, place, message).help(help));
            }
            Ok(attribute) if attribute.path == "derive" => {
                let message = format!("`{text}`{who} is a derive and no other attribute");
                let help =
                    "write its paths under `derives`, as in `derives: [Eq, \"serde::Serialize\"]`";
                context.report(Diagnostic::new(Code::WrongForm, place, message).help(help));
            }
            Ok(attribute) => {
                if let Some(first) = before.iter().chain(&found).find(|other| other.text == text) {
                    let message = format!("`{text}`{who} is there already");
                    let diagnostic = Diagnostic::new(Code::Repeated, place, message)
                        .other(first.place.clone(), "the first one")
                        .help("leave out one of both");
                    context.report(diagnostic);
                    continue;
                }
                found.push(Attribute {
                    text,
                    derives: attribute.derives,
                    place,
                });
            }
        }
    }
    found
}

fn help(text: &str) -> &'static str {
    if text.trim_start().starts_with('#') {
        "leave out `#[` and `]`"
    } else if text.contains(rust_lexer::is_hidden) {
        "write an escape in its place, as `\\n` or `\\u{202e}` in a text of Rust"
    } else {
        "write what stands between `#[` and `]`, in quotes: `attributes: ['serde(rename_all = \"camelCase\", default)']`"
    }
}

/// Reports something for a struct that does not exist.
fn without_struct(context: &mut Context<'_>, draft: &Draft<'_>, key: &str) {
    let source = &draft.source;
    // Without ends it is not known, and they were reported.
    if draft.ends.is_none() {
        return;
    }
    let message = format!(
        "secondary `{}` has `{key}`, and its links have no struct",
        source.name
    );
    let place = source.path.key(key).at_key();
    context.report(
        Diagnostic::new(Code::Contradiction, place, message)
            .help("leave it out: links without payload are rows of nothing but two keys"),
    );
}
