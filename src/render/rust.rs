//! The Rust files of a schema, in one of two layouts.

use crate::model::Model;
use crate::rust::{self, EntityView, RootView, Target, needed_parts, part_source};
use crate::sql;

use super::{Layout, RenderError, banner, format, templates};

/// What users' own names, docs and use decide; stated at every module, since an included file has no inner attributes.
const ALLOW: &str = "\
#[allow(dead_code, clippy::doc_markdown, clippy::missing_errors_doc, clippy::option_option,
    clippy::should_implement_trait, clippy::struct_excessive_bools, clippy::wrong_self_convention, missing_docs,
    reason = \"the spec decides names, words and which part is used\")]
";

/// The files of `model` for `target`: name and text. `stem` is the name of the spec's file without its ending, and
/// `source` with it.
///
/// # Errors
///
/// [`RenderError`], which is no mistake in a spec.
pub(crate) fn rust(
    model: &Model,
    target: Target,
    layout: Layout,
    stem: &str,
    source: &str,
) -> Result<Vec<(String, String)>, RenderError> {
    let grammar = sql::grammar(target.dialect()).ok_or(RenderError::Dialect(target.dialect()))?;
    let schema_file = match layout {
        Layout::Modules => "schema.sql".to_owned(),
        Layout::Single => format!("{stem}.sql"),
    };
    let bindings = rust::bindings(target);
    let root = rust::root(model, &bindings, grammar, &schema_file);
    let modules = modules(&root.entities)?;
    let top = format::rust("mod.rs", &templates::render("rust/root.rs.j2", &root)?)?;
    let support = support(model, target);
    let banner = format!("// {}\n\n", banner(source));
    Ok(match layout {
        Layout::Modules => folder(&root, modules, &top, &support, &banner),
        Layout::Single => vec![(
            format!("{stem}.rs"),
            single(&root, modules, &top, &support, &banner),
        )],
    })
}

fn folder(
    root: &RootView,
    modules: Vec<String>,
    top: &str,
    support: &str,
    banner: &str,
) -> Vec<(String, String)> {
    let mut declarations = String::new();
    for (entity, _) in root.entities.iter().zip(&modules) {
        declarations += &format!(
            "/// {}\n{ALLOW}pub mod {};\n",
            module_doc(entity),
            entity.module
        );
    }
    declarations += &format!("/// {SUPPORT_DOC}\n{ALLOW}pub mod support;\n\n");
    let mut files = vec![
        ("mod.rs".to_owned(), format!("{banner}{declarations}{top}")),
        ("support.rs".to_owned(), format!("{banner}{support}")),
    ];
    for (entity, text) in root.entities.iter().zip(modules) {
        files.push((format!("{}.rs", entity.file), format!("{banner}{text}")));
    }
    files
}

fn single(root: &RootView, modules: Vec<String>, top: &str, support: &str, banner: &str) -> String {
    let mut text = format!("{banner}{top}\n");
    for (entity, module) in root.entities.iter().zip(modules) {
        let doc = module_doc(entity);
        text += &format!(
            "/// {doc}\n{ALLOW}pub mod {} {{\n{module}}}\n\n",
            entity.module
        );
    }
    text + &format!("/// {SUPPORT_DOC}\n{ALLOW}pub mod support {{\n{support}}}\n")
}

const SUPPORT_DOC: &str = "What is the same for every schema.";

fn module_doc(entity: &EntityView) -> String {
    format!("Columns and relationships of [`{}`].", entity.row)
}

/// The support code as it was written, past the formatter.
fn support(model: &Model, target: Target) -> String {
    let always = rust::bindings(target).support.iter().copied();
    let needed = needed_parts(model)
        .into_iter()
        .map(|part| part_source(target, part));
    always.chain(needed).collect::<Vec<_>>().join("\n")
}

/// The text of each entity's module. The formatter takes most of the time, so the work is shared among threads; the
/// texts come in the order of the entities all the same.
fn modules(entities: &[EntityView]) -> Result<Vec<String>, RenderError> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let share = entities.len().div_ceil(threads).max(16);
    let module = |entity: &EntityView| {
        let text = templates::render("rust/entity.rs.j2", entity)?;
        format::rust(&format!("{}.rs", entity.file), &text)
    };
    std::thread::scope(|scope| {
        let shares: Vec<_> = entities
            .chunks(share)
            .map(|share| {
                scope.spawn(move || share.iter().map(module).collect::<Result<Vec<_>, _>>())
            })
            .collect();
        let mut texts = Vec::with_capacity(entities.len());
        for share in shares {
            match share.join() {
                Ok(share) => texts.extend(share?),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        Ok(texts)
    })
}
