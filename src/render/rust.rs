//! The Rust files of a schema, in one of two layouts.

use serde::Serialize;

use crate::model::{EntityId, EntityNames, Model};
use crate::rust::{self, Driver, Standing, needed_parts};

use super::{Form, Layout, RenderError, banner, format, templates};
use crate::threads;

/// Everything of a schema, rendered but not yet cut into files.
#[derive(Serialize)]
struct Tree {
    banner: String,
    /// What stands before each module.
    visibility: &'static str,
    /// What stands at the top.
    top: String,
    modules: Vec<Module>,
}

/// A module, its text without banner.
#[derive(Serialize)]
#[cfg_attr(test, derive(Debug, PartialEq))]
pub(super) struct Module {
    name: String,
    #[serde(skip)]
    file: String,
    doc: String,
    /// What stands between `#[` and `]`.
    attributes: Vec<&'static str>,
    text: String,
}

/// The files of `model`: name and text, made by at most `threads` threads. `stem` is the name of the spec's file without
/// its ending, and `source` with it.
///
/// # Errors
///
/// [`RenderError`], which is no mistake in a spec.
pub(crate) fn rust(
    model: &Model,
    form: Form,
    stem: &str,
    source: &str,
    threads: usize,
) -> Result<Vec<(String, String)>, RenderError> {
    let Form {
        target,
        layout,
        time,
        visibility,
        tests,
    } = form;
    let driver = Driver::of(target, time);
    let schema_file = match layout {
        Layout::Modules => "schema.sql".to_owned(),
        Layout::Single => format!("{stem}.sql"),
    };
    let root = rust::root(model, driver, &schema_file, visibility);
    let top = format::rust("mod.rs", &templates::render("rust/root.rs.j2", &root)?)?;
    let mut modules = modules(model, form, threads)?;
    modules.extend(links(model, form)?);
    if let Some(view) = rust::declared(model, target.dialect(), time) {
        let name = rust::DECLARED_MODULE;
        let text = templates::render("rust/types.rs.j2", &view)?;
        let text = format::rust(&format!("{name}.rs"), &text)?;
        modules.push(Module {
            name: name.into(),
            file: name.into(),
            doc: "The types that the schema declares.".into(),
            attributes: Vec::new(),
            text: text.trim_end().to_owned(),
        });
    }
    let tests = tests.then(|| rust::own_tests(model, driver)).flatten();
    modules.push(Module {
        name: "support".into(),
        file: "support".into(),
        doc: "What is the same for every schema.".into(),
        attributes: Vec::new(),
        text: support(model, form, tests.is_some()),
    });
    if let Some(view) = tests {
        let name = rust::TESTS_MODULE;
        let text = templates::render("rust/tests.rs.j2", &view)?;
        let text = format::rust(&format!("{name}.rs"), &text)?;
        modules.push(Module {
            name: name.into(),
            file: name.into(),
            doc: "Tests of the relationships.".into(),
            attributes: vec!["cfg(test)"],
            text: text.trim_end().to_owned(),
        });
    }
    let tree = Tree {
        banner: banner(source),
        visibility: visibility.prefix(),
        top: top.trim_end().to_owned(),
        modules,
    };
    match layout {
        Layout::Modules => folder(tree),
        Layout::Single => Ok(vec![(
            format!("{stem}.rs"),
            templates::render("rust/single.rs.j2", &tree)?,
        )]),
    }
}

fn folder(tree: Tree) -> Result<Vec<(String, String)>, RenderError> {
    let mut files = vec![(
        "mod.rs".to_owned(),
        templates::render("rust/modules.rs.j2", &tree)?,
    )];
    let banner = format!("// {}\n\n", tree.banner);
    files.extend(tree.modules.into_iter().map(|module| {
        // Where it stands: the texts of a large schema are most of what a run holds.
        let mut text = module.text;
        text.insert_str(0, &banner);
        text.push('\n');
        (format!("{}.rs", module.file), text)
    }));
    Ok(files)
}

/// The support code in the words of the target, past the formatter.
fn support(model: &Model, Form { target, time, .. }: Form, tests: bool) -> String {
    let parts = needed_parts(model, time, tests);
    let sources = rust::support(target, parts);
    sources
        .map(|source| source.trim_end().to_owned())
        .collect::<Vec<_>>()
        .join("\n\n")
}

/// The module of each entity. Most of the work of a run is here, so it is shared among threads; the modules come in
/// the order of the entities all the same.
pub(super) fn modules(
    model: &Model,
    form: Form,
    threads: usize,
) -> Result<Vec<Module>, RenderError> {
    let ids: Vec<EntityId> = (0..model.entities.len()).map(EntityId).collect();
    let standing = Standing::of(model);
    let modules = threads::map(&ids, threads, |id| module(model, &standing, *id, form));
    modules.into_iter().collect()
}

/// The modules of links with payload.
fn links(model: &Model, Form { target, time, .. }: Form) -> Result<Vec<Module>, RenderError> {
    let driver = Driver::of(target, time);
    let named = model.secondaries.iter();
    let named = named.filter_map(|secondary| Some((secondary, secondary.rust.as_ref()?)));
    named
        .map(|(secondary, names)| {
            let view = rust::link(model, secondary, names, driver);
            let words = format!("Columns of [`{}`], the links between two rows.", names.row);
            in_module(names, words, &templates::render("rust/link.rs.j2", &view)?)
        })
        .collect()
}

fn module(
    model: &Model,
    standing: &Standing,
    id: EntityId,
    Form { target, time, .. }: Form,
) -> Result<Module, RenderError> {
    let names = &model.entity(id).rust;
    let view = rust::entity(model, standing, id, Driver::of(target, time));
    let words = format!("Columns and relationships of [`{}`].", names.row);
    in_module(
        names,
        words,
        &templates::render("rust/entity.rs.j2", &view)?,
    )
}

fn in_module(names: &EntityNames, doc: String, text: &str) -> Result<Module, RenderError> {
    let mut text = format::rust(&format!("{}.rs", names.file), text)?;
    text.truncate(text.trim_end().len());
    Ok(Module {
        name: names.module.clone(),
        file: names.file.clone(),
        doc,
        attributes: Vec::new(),
        text,
    })
}

#[cfg(test)]
mod tests {
    use super::modules;
    use crate::model::sample::{entities, id, table};
    use crate::model::{Target, Time};
    use crate::render::{Form, Layout};
    use crate::rust::Visibility;

    #[test]
    fn one_thread_and_many_render_the_same() {
        let tables = (0..70).map(|place| table(&format!("t{place}"), vec![id()]));
        let model = entities(tables.collect());
        let form = Form {
            target: Target::Rusqlite,
            layout: Layout::Modules,
            time: Time::Chrono,
            visibility: Visibility::Public,
            tests: false,
        };
        let rendered = |threads| modules(&model, form, threads).expect("modules");
        let one = rendered(1);
        assert_eq!(one.len(), 70);
        for threads in [2, 3, 8] {
            assert_eq!(rendered(threads), one);
        }
    }
}
