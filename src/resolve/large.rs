//! Tables that have more of something than a spec may have, with what their mixins add. It is reported once and left out, so
//! that what is compared with one another stays cheap. What a table has by itself, the reader of the spec has counted.

use std::borrow::Cow;

use indexmap::IndexMap;

use super::context::Context;
use super::draft::Source;
use crate::source::Path;
use crate::source::limits::{SPEC_BYTES, TABLE_PARTS};
use crate::spec::{Spec, too_many};

/// Leaves out of `table`, which has what its mixins add, all that is too much.
pub(super) fn leave_out(context: &mut Context<'_>, table: &mut Source<'_>) {
    let (path, name) = (table.path.clone(), table.name);
    let mut fits = |key, count| fits(context, &path, name, (key, count));
    if !fits("columns", table.columns.len()) {
        table.columns = Cow::default();
    }
    let relationships = table.relationships.as_ref().map_or(0, IndexMap::len);
    if !fits("relationships", relationships) {
        table.relationships = Some(IndexMap::new());
    }
    if !fits("indexes", table.indexes.len()) {
        table.indexes = Cow::default();
    }
    if !fits("foreign_keys", table.foreign_keys.len()) {
        table.foreign_keys = Cow::default();
    }
    if !fits("checks", table.checks.len()) {
        table.checks = Cow::default();
    }
}

/// Whether `count` things of what stands at `key` of a table, or of an enum, are not too many; reports them otherwise.
pub(super) fn fits(
    context: &mut Context<'_>,
    path: &Path,
    name: &str,
    (key, count): (&str, usize),
) -> bool {
    if count <= TABLE_PARTS {
        return true;
    }
    context.report(too_many(path, name, key, count));
    context.lose(path.key(key));
    false
}

/// Whether `words`, which stand at each struct of rows and each enum of `spec`, are as many as a spec may have altogether.
pub(super) fn fit_everywhere(spec: &Spec, words: &[String]) -> bool {
    // What a text takes besides its bytes.
    let bytes: usize = words.iter().map(|word| word.len() + 64).sum();
    let types = spec.entities.len() + spec.secondary.len() + spec.enums.len();
    words.len() <= TABLE_PARTS && bytes.saturating_mul(types) <= SPEC_BYTES
}
