//! What is asked for beside the spec.

use crate::model::{Dialect, Time};

/// What whoever calls asks for, whatever the spec says.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// The dialects that the model is for.
    pub dialects: Vec<Dialect>,
    /// The crate whose types dates and times are.
    pub time: Time,
    /// What is derived by every struct of rows and every enum, in place of what `generate` says.
    pub derives: Option<Vec<String>>,
    /// The attributes of these, in place of what `generate` says.
    pub attributes: Option<Vec<String>>,
    /// Whether the schema gets tests of its relationships.
    pub tests: bool,
    /// Whether there are such tests for the driver that generated code talks to.
    pub testable: bool,
}
