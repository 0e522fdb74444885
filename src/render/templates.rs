//! The template engine. No other file knows minijinja.

use std::sync::LazyLock;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use serde::Serialize;

use super::RenderError;

macro_rules! templates {
    ($($name:literal,)+) => {
        &[$(($name, include_str!(concat!("../../templates/", $name))),)+]
    };
}

/// Every template: its name is its path below `templates/`.
const TEMPLATES: &[(&str, &str)] = templates![
    "rust/allow.rs.j2",
    "rust/columns.rs.j2",
    "rust/entity.rs.j2",
    "rust/link.rs.j2",
    "rust/methods.rs.j2",
    "rust/modules.rs.j2",
    "rust/relationship.rs.j2",
    "rust/root.rs.j2",
    "rust/single.rs.j2",
    "rust/structs.rs.j2",
    "rust/table.rs.j2",
    "rust/tests.rs.j2",
    "rust/traits.rs.j2",
    "rust/types.rs.j2",
    "sql/schema.sql.j2",
    "sql/table.sql.j2",
];

static ENVIRONMENT: LazyLock<Result<Environment<'static>, RenderError>> =
    LazyLock::new(environment);

/// The text of the template `name` over `view`.
pub(crate) fn render(name: &str, view: &impl Serialize) -> Result<String, RenderError> {
    let environment = match &*ENVIRONMENT {
        Ok(environment) => environment,
        Err(error) => return Err(defect(name, error)),
    };
    let template = environment.get_template(name);
    let text = template.and_then(|template| template.render(Serde(view)));
    text.map_err(|error| defect(name, &error))
}

fn environment() -> Result<Environment<'static>, RenderError> {
    let syntax = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true)
        .build()
        .map_err(|error| defect("syntax", &error))?;
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    // Set before the templates are added: they are compiled with it.
    environment.set_syntax(syntax);
    for (name, text) in TEMPLATES {
        environment
            .add_template(name, text)
            .map_err(|error| defect(name, &error))?;
    }
    Ok(environment)
}

/// `{:#}` of the engine's error holds the template's line.
fn defect(name: &str, error: &impl std::fmt::Display) -> RenderError {
    RenderError::Template {
        name: name.to_owned(),
        message: format!("{error:#}"),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{TEMPLATES, environment, render};

    #[test]
    fn every_template_file_is_in_the_table_and_parses() {
        let environment = environment().expect("templates parse");
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/sql");
        let mut files: Vec<String> = std::fs::read_dir(root)
            .expect("templates/sql")
            .map(|entry| {
                format!(
                    "sql/{}",
                    entry.expect("entry").file_name().to_string_lossy()
                )
            })
            .collect();
        files.sort();
        let mut listed: Vec<&str> = TEMPLATES.iter().map(|(name, _)| *name).collect();
        listed.retain(|name| name.starts_with("sql/"));
        listed.sort_unstable();
        assert_eq!(files, listed);
        assert_eq!(environment.templates().count(), TEMPLATES.len());
    }

    #[test]
    fn a_name_that_the_view_lacks_is_an_error_that_names_the_template() {
        let nothing: BTreeMap<String, String> = BTreeMap::new();
        let error = render("sql/schema.sql.j2", &nothing)
            .expect_err("strict")
            .to_string();
        assert!(
            error.contains("sql/schema.sql.j2") && error.contains("undefined"),
            "{error}"
        );
    }
}
