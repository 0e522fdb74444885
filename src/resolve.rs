//! Resolving: from what was written to what was meant.
//!
//! In: a [`Spec`] and what is asked for beside it. Out: a [`Model`] and every problem of the spec; with an error
//! among them there is no model. Nothing after this stage meets a mistake of a user. It knows no lines and columns,
//! only paths.

mod actions;
mod allow;
mod asked;
mod circles;
mod collisions;
mod columns;
mod computed;
mod condition;
mod context;
mod defaults;
mod dialects;
mod draft;
mod ends;
mod entities;
mod enums;
mod examples;
mod extras;
mod finish;
mod foreign_words;
mod found;
mod generate;
mod growth;
mod inherit;
mod itself;
mod json;
mod keys;
mod large;
mod literals;
mod mixed;
mod mixins;
mod moments;
mod names;
mod naming;
mod no_route;
mod one_text;
mod order;
mod other_side;
mod over_secondary;
mod pairs;
mod primary_key;
mod references;
mod relationships;
mod routes;
mod rust_lexer;
mod secondaries;
mod sources;
mod spoken;
mod sql;
mod sql_lexer;
mod targets;
mod texts;
mod through;
mod types;
mod unfit;
mod unpaired;
mod unreferenced;
mod user_types;
#[cfg(feature = "cli")]
pub mod words;
mod writes;

#[cfg(test)]
mod tests;

use crate::diagnostic::Diagnostic;
use crate::model::Model;
use crate::spec::Spec;
use context::Context;

pub use asked::Asked;

/// What `spec` means, as it was asked for; the model is there when no diagnostic is an error and all of the spec was read.
///
/// What follows from something in [`Spec::unread`] is not reported again.
#[must_use]
pub fn resolve(spec: &Spec, asked: &Asked) -> (Option<Model>, Vec<Diagnostic>) {
    let mut context = Context::new(spec, asked);
    let context = &mut context;
    generate::check(context);
    allow::check(context);
    naming::resolve(context);
    context.general = extras::general(context);
    context.enums = enums::resolve(context);
    context.types = user_types::resolve(context);

    let sources = sources::gather(context);
    mixins::check(context);
    let mut drafts: Vec<_> = sources
        .into_iter()
        .map(|source| entities::draft(context, source))
        .collect();
    for draft in &mut drafts {
        columns::resolve(context, draft);
        keys::resolve(context, draft);
    }
    references::resolve(context, &mut drafts);
    inherit::resolve(context, &mut drafts);
    references::check_types(context, &drafts);
    for draft in &mut drafts {
        primary_key::refuse_loose(context, draft);
        defaults::resolve(context, draft);
        examples::resolve(context, draft);
        writes::resolve(context, draft);
        computed::resolve(context, draft);
        primary_key::refuse_private(context, draft);
    }
    secondaries::resolve(context, &mut drafts);
    secondaries::index_foreign_keys(context, &mut drafts);
    for draft in &drafts {
        primary_key::refuse_wide(context, draft);
    }
    names::check_indexes(context, &drafts);
    extras::resolve(context, &mut drafts);

    let names: Vec<_> = drafts
        .iter()
        .map(|draft| entities::names(context, draft))
        .collect();
    let mut relationships = relationships::resolve(context, &drafts);
    pairs::resolve(context, &drafts, &mut relationships);
    relationships::unused(context, &drafts);
    growth::check(context, &drafts, &relationships);
    collisions::check(context, &drafts, &names, &relationships);
    circles::check(context, &drafts);
    dialects::check(context, &drafts);
    one_text::check(context, &drafts);
    examples::few(context, &drafts);

    let model = if context.failed() {
        None
    } else {
        finish::model(context, drafts, names, relationships)
    };
    (model, context.take_found())
}
