//! Enums: their names, their variants, and the values that columns of them take.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use indexmap::IndexMap;

use super::context::Context;
use super::{extras, names};
use crate::diagnostic::{Code, Diagnostic, Help};
use crate::model::{Enum, Literal, Variant};
use crate::naming::rust;
use crate::source::{Path, Place};
use crate::spec::{self, Value, Variants};

/// The enums by their names in the spec.
pub(super) type Enums<'s> = IndexMap<&'s str, EnumDraft<'s>>;

/// An enum as the model has it, and where it comes from.
pub(super) struct EnumDraft<'s> {
    pub(super) ty: Arc<Enum>,
    source: Source<'s>,
    /// For each variant, its place in the spec, where a list may repeat one.
    places: Vec<usize>,
    /// The variants by their names in the spec.
    by_name: BTreeMap<&'s str, usize>,
}

/// An enum as the spec has it.
#[derive(Clone, Copy)]
struct Source<'s> {
    name: &'s str,
    written: &'s spec::Enum,
}

impl EnumDraft<'_> {
    /// Where the enum is.
    pub(super) fn place(&self) -> Place {
        self.source.path().at_key()
    }

    /// Where a variant is.
    pub(super) fn place_of(&self, variant: usize) -> Place {
        self.source.path_of(self.places[variant]).at_key()
    }
}

impl<'s> Source<'s> {
    fn path(self) -> Path {
        Path::root().key("enums").key(self.name)
    }

    /// The variants, in the order of the spec.
    fn variants(self) -> Vec<(&'s str, Option<&'s spec::Variant>)> {
        match &self.written.variants {
            Variants::List(names) => names.iter().map(|name| (name.as_str(), None)).collect(),
            Variants::Map(map) => {
                let variants = map.iter();
                variants
                    .map(|(name, written)| (name.as_str(), Some(written)))
                    .collect()
            }
        }
    }

    /// The path of the variant at a place of the spec.
    fn path_of(self, place: usize) -> Path {
        let mut all = self.path();
        if !self.written.short {
            all = all.key("variants");
        }
        match &self.written.variants {
            Variants::List(_) => all.index(place),
            Variants::Map(map) => map
                .get_index(place)
                .map_or_else(|| all.clone(), |(name, _)| all.key(name)),
        }
    }
}

/// Resolves every enum of the spec, those included that no column uses.
pub(super) fn resolve<'s>(context: &mut Context<'s>) -> Enums<'s> {
    let mut enums = IndexMap::new();
    for (name, written) in &context.spec.enums {
        let source = Source { name, written };
        let path = || source.path();
        names::check(context, name, "an enum", path);
        names::check_type(context, name, "enum", || path().at_key());
        let given = written.rust_name.as_deref();
        let rust_name = names::rust_name(context, name, given, rust::camel, path);
        let mut places = Vec::new();
        let mut by_name = BTreeMap::new();
        let variants = variants(context, source, &mut places, &mut by_name);
        let draft = EnumDraft {
            ty: Arc::new(Enum {
                name: name.clone(),
                rust: rust::raw(rust_name),
                doc: written.doc.clone(),
                extras: extras::of_enum(context, (source.name, written), &source.path()),
                native: written.native.unwrap_or(true),
                variants,
            }),
            source,
            places,
            by_name,
        };
        same_stored(context, &draft);
        enums.insert(name.as_str(), draft);
    }
    enums
}

/// The variants of an enum, each name once.
fn variants<'s>(
    context: &mut Context<'s>,
    source: Source<'s>,
    places: &mut Vec<usize>,
    by_name: &mut BTreeMap<&'s str, usize>,
) -> Vec<Variant> {
    let written = source.variants();
    if written.is_empty() && !context.unread(|| source.path()) {
        let name = source.name;
        let message = format!("enum `{name}` has no variants");
        let help = format!("write them in order: `{name}: [first, second]`");
        context
            .report(Diagnostic::new(Code::MissingKey, source.path().at_key(), message).help(help));
    }
    let mut variants = Vec::with_capacity(written.len());
    for (place, (name, written)) in written.into_iter().enumerate() {
        match by_name.entry(name) {
            Entry::Occupied(first) => {
                let message = format!("variant `{name}` stands twice in the list");
                let first = source.path_of(places[*first.get()]).at_key();
                context.report(
                    Diagnostic::new(Code::Repeated, source.path_of(place).at_key(), message)
                        .other(first, "the first one")
                        .help("leave out the second one"),
                );
            }
            Entry::Vacant(free) => {
                free.insert(variants.len());
                places.push(place);
                variants.push(variant(context, name, written, || source.path_of(place)));
            }
        }
    }
    variants
}

fn variant(
    context: &mut Context<'_>,
    name: &str,
    written: Option<&spec::Variant>,
    path: impl Fn() -> Path,
) -> Variant {
    names::check(context, name, "a variant", &path);
    let given = written.and_then(|written| written.rust_name.as_deref());
    let rust_name = names::rust_name(context, name, given, rust::camel, &path);
    let stored = written.and_then(|written| Some((written.value.as_deref()?, written.short)));
    if let Some((stored, short)) = stored {
        let path = || if short { path() } else { path().key("value") };
        names::check_stored(context, stored, path);
    }
    Variant {
        name: name.to_owned(),
        rust: rust::raw(rust_name),
        stored: stored.map_or(name, |(stored, _)| stored).to_owned(),
        doc: written.and_then(|written| written.doc.clone()),
    }
}

/// Reports variants that the database could not tell apart.
fn same_stored(context: &mut Context<'_>, draft: &EnumDraft<'_>) {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let variants = &draft.ty.variants;
    for (place, variant) in variants.iter().enumerate() {
        let first = *seen.entry(&variant.stored).or_insert(place);
        if first == place {
            continue;
        }
        let message = format!(
            "variants `{}` and `{}` of enum `{}` are both stored as `{}`",
            variants[first].name,
            variant.name,
            draft.ty.name,
            variant.stored.escape_debug()
        );
        context.report(
            Diagnostic::new(Code::NameCollision, draft.place_of(place), message)
                .other(draft.place_of(first), "the first one")
                .help("store one of both as something else: `name: VALUE`"),
        );
    }
}

/// What `value` stands for in a column of `ty`; else a help line. `None` when a variant could not be read, which was
/// reported.
pub(super) fn literal(
    context: &mut Context<'_>,
    value: &Value,
    ty: &Enum,
) -> Result<Option<Literal>, Help> {
    let word = match value {
        Value::Text(word) => word.as_str(),
        // Not even a number that reads like one is the name of a variant.
        _ => "",
    };
    let draft = context.enums.get(ty.name.as_str());
    if let Some(place) = draft.and_then(|draft| draft.by_name.get(word)) {
        return Ok(Some(Literal::Text(ty.variants[*place].stored.clone())));
    }
    if draft.is_none_or(|draft| context.unread(|| draft.source.path())) {
        return Ok(None);
    }
    let names = ty.variants.iter().map(|variant| variant.name.as_str());
    Err(context.suggest(word, names))
}
