//! How large the school is.

use crate::Result;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    pub students: u32,
    pub courses: u32,
}

impl Size {
    /// What fits into memory.
    pub const SQLITE: Self = Self {
        students: 100_000,
        courses: 1_000,
    };

    /// Less, because what is measured beside a server is what a call costs.
    pub const POSTGRES: Self = Self {
        students: 20_000,
        courses: 1_000,
    };

    /// What `--students` and `--courses` say instead, and the arguments that are left.
    ///
    /// # Errors
    ///
    /// When what stands behind an option is no count.
    pub fn of_arguments(
        mut self,
        mut arguments: impl Iterator<Item = String>,
    ) -> Result<(Self, Vec<String>)> {
        let mut left = Vec::new();
        while let Some(argument) = arguments.next() {
            let count = match argument.as_str() {
                "--students" => &mut self.students,
                "--courses" => &mut self.courses,
                _ => {
                    left.push(argument);
                    continue;
                }
            };
            let value = arguments.next().unwrap_or_default();
            *count = match value.parse() {
                // A student takes five courses, and there is one that is not taken.
                Ok(value) if value >= 10 => value,
                _ => {
                    return Err(
                        format!("{argument} takes a count of at least 10, not `{value}`").into(),
                    );
                }
            };
        }
        Ok((self, left))
    }
}
