//! From the model to the files.

use std::thread;

use super::names::{claim, sql_name};
use super::{Builder, Error, Plan};
use crate::output::Output;
use crate::{render, threads};

impl Builder {
    /// From the model to the files, by at most so many threads for the modules.
    pub(super) fn files(&self, plan: &Plan, threads: usize) -> Result<Output, Error> {
        let form = plan.settings.form;
        let (stem, label) = (self.spec.stem(), self.spec.label());
        let dialects = plan.settings.dialects();
        let ddl = &|dialect| render::ddl(&plan.model, dialect, &label);
        // The SQL needs nothing of the Rust, whose threads are not always all at work.
        let (rust, sql) = thread::scope(|scope| {
            let sql: Vec<_> = dialects
                .iter()
                .map(|each| scope.spawn(move || ddl(*each)))
                .collect();
            let rust = render::rust(&plan.model, form, &stem, &label, threads);
            (
                rust,
                sql.into_iter().map(threads::joined).collect::<Vec<_>>(),
            )
        });
        let mut output = Output::new(claim(form.layout, &stem));
        for (name, text) in rust? {
            output.insert(name, text);
        }
        for (dialect, text) in dialects.into_iter().zip(sql) {
            let other = (dialect != form.target.dialect()).then_some(dialect);
            output.insert(sql_name(form.layout, &stem, other), text?);
        }
        Ok(output)
    }
}
