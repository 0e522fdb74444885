//! Rendering: from a model to the text of files.
//!
//! In: the model, and the name of the spec's file. Out: texts. The views decide, the templates print; nothing here
//! touches the disk.

mod format;
mod layout;
mod rust;
mod templates;
#[cfg(test)]
mod tests;

use std::fmt;

pub use layout::{Form, Layout};

pub(crate) use rust::rust;

use crate::model::{Dialect, Model};
use crate::output::MARK;
use crate::{sql, visible};

/// Why a text could not be made. None of it is a mistake in a spec.
#[derive(Debug)]
#[non_exhaustive]
pub enum RenderError {
    /// A template and its view do not fit: a defect of relata.
    Template {
        /// The template's name.
        name: String,
        /// What the template engine says, with the place.
        message: String,
    },
    /// Generated Rust does not parse: a defect of relata.
    Rust {
        /// The file.
        file: String,
        /// What the parser says.
        message: String,
        /// The lines around the place.
        lines: String,
    },
}

impl fmt::Display for RenderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Template { name, message } => {
                write!(
                    f,
                    "the template `{name}` does not fit its view, a defect of relata: {message}"
                )
            }
            Self::Rust {
                file,
                message,
                lines,
            } => {
                write!(
                    f,
                    "`{file}` is no Rust, a defect of relata: {message}\n{lines}"
                )
            }
        }
    }
}

impl std::error::Error for RenderError {}

/// The line at the top of a generated file, without the marks of a comment. `source` is the spec's file name, not its
/// path: the text is the same wherever the spec lies.
#[must_use]
pub(crate) fn banner(source: &str) -> String {
    // It stands in a comment, which ends where a line does.
    let source = visible::text(source);
    format!("{MARK} from {source}. Do not edit.")
}

/// The DDL of `model` for `dialect`: one file that loads into an empty database as it is.
///
/// # Errors
///
/// [`RenderError`], which is no mistake in a spec.
pub(crate) fn ddl(model: &Model, dialect: Dialect, source: &str) -> Result<String, RenderError> {
    let view = sql::ddl::view(model, sql::grammar(dialect), &banner(source));
    templates::render("sql/schema.sql.j2", &view)
}
