//! The pipeline from a spec to rendered files, and the public API around it.
//!
//! In: where a spec is and what its author asks for. Out: files, in memory or on the disk, or an [`Error`] that is the
//! report to read. Knows no YAML, no SQL and no Rust text; prints nothing but directives of a build script.

mod again;
mod directives;
mod error;
mod files;
mod fix;
mod input;
mod names;
mod settings;
#[cfg(test)]
mod tests;

use std::io::{self, Read};
use std::path::{Path, PathBuf};

pub use error::{Error, Stale};
pub use fix::{Fixed, FixedFile, FixedPlace};

use crate::diagnostic::Report;
use crate::model::{Dialect, Model, Target, Time};
use crate::output::{Made, Output, Summary};
use crate::render::{self, Layout};
use crate::resolve::Asked;
use crate::rust::Visibility;
use crate::source::Sources;
use crate::source::limits::SPEC_BYTES;
use crate::{resolve, spec, threads};
use input::Input;
use settings::{Settings, command, quoted};

/// Generates from the spec at `spec` with every default: what a build script ordinarily wants.
///
/// The same as [`Builder::new(spec).generate()`](Builder::generate); a [`Builder`] has settings.
///
/// # Errors
///
/// As [`Builder::generate`].
pub fn generate(spec: impl Into<PathBuf>) -> Result<Summary, Error> {
    Builder::new(spec).generate()
}

/// What to generate, and from which spec.
///
/// ```no_run
/// fn main() -> Result<(), relata::Error> {
///     relata::Builder::new("specs/school.yaml")
///         .target(relata::Target::Rusqlite)
///         .generate()?;
///     Ok(())
/// }
/// ```
///
/// What is set here goes before what the spec says under `generate:`. [`relata::generate`](generate) is the short form
/// for a build script without settings.
#[derive(Debug, Clone)]
pub struct Builder {
    spec: Input,
    target: Option<Target>,
    layout: Option<Layout>,
    layout_by_default: Layout,
    out_dir: Option<PathBuf>,
    dialects: Option<Vec<Dialect>>,
    derives: Option<Vec<String>>,
    attributes: Option<Vec<String>>,
    time: Option<Time>,
    visibility: Option<Visibility>,
    tests: Option<bool>,
    deny_warnings: bool,
}

/// What a spec becomes, before anything is written.
#[derive(Debug)]
#[non_exhaustive]
pub struct Rendered {
    /// The files.
    pub output: Output,
    /// The warnings; empty when there are none.
    pub warnings: Report,
    /// The files of the spec: itself, where it is a file, and those that it includes.
    pub sources: Vec<PathBuf>,
    /// The command that writes the files, up to the folder.
    command: String,
    /// What they were made of, where that can be told again.
    made: Option<Made>,
    /// What a record of it is called.
    stem: String,
}

impl Rendered {
    /// Compares `folder` with the files.
    ///
    /// # Errors
    ///
    /// [`Error::Stale`] when they differ; [`Error::Output`] when `folder` cannot be read.
    pub fn check(&self, folder: &Path) -> Result<(), Error> {
        let differences = self.output.check(folder)?;
        if differences.is_empty() {
            return Ok(());
        }
        let mend = format!("{} --out {}", self.command, quoted(folder));
        Err(Error::Stale(Stale { differences, mend }))
    }
}

impl Builder {
    /// Generates from the spec at `spec`: a path, relative to the current folder (in a build script the package's).
    pub fn new(spec: impl Into<PathBuf>) -> Self {
        Self::of(Input::File(spec.into()))
    }

    /// Generates from the spec that `reader` gives, which reports call `name`. The files of [`Layout::Single`] are
    /// called `schema`, and what it includes is relative to the current folder.
    ///
    /// # Errors
    ///
    /// When `reader` fails. No more is read than a spec may have.
    pub fn from_reader(name: impl Into<String>, reader: impl Read) -> io::Result<Self> {
        let mut bytes = Vec::new();
        // One byte beyond the limit, so that the report can tell.
        let limit = SPEC_BYTES as u64 + 1;
        reader.take(limit).read_to_end(&mut bytes)?;
        let name = name.into();
        Ok(Self::of(Input::Text { name, bytes }))
    }

    fn of(spec: Input) -> Self {
        Self {
            spec,
            target: None,
            layout: None,
            layout_by_default: Layout::Single,
            out_dir: None,
            dialects: None,
            derives: None,
            attributes: None,
            time: None,
            visibility: None,
            tests: None,
            deny_warnings: false,
        }
    }

    /// The driver that the generated Rust talks to. Default: `generate.target` of the spec, else
    /// [`Target::Rusqlite`].
    #[must_use]
    pub fn target(mut self, target: Target) -> Self {
        self.target = Some(target);
        self
    }

    /// How the Rust is cut into files. Default: `generate.layout` of the spec, else [`Layout::Single`], which is what
    /// `include!` wants.
    #[must_use]
    pub fn layout(mut self, layout: Layout) -> Self {
        self.layout = Some(layout);
        self
    }

    /// The layout where neither [`Builder::layout`] nor the spec names one. Default: [`Layout::Single`]; the command
    /// line has [`Layout::Modules`].
    #[must_use]
    pub fn layout_by_default(mut self, layout: Layout) -> Self {
        self.layout_by_default = layout;
        self
    }

    /// The folder to write to. Default: the environment's `OUT_DIR`, which cargo sets for build scripts.
    #[must_use]
    pub fn out_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(folder.into());
        self
    }

    /// The dialects to write SQL for; the target's own is always among the files. Default: `generate.dialects` of the
    /// spec, else the target's.
    #[must_use]
    pub fn dialects(mut self, dialects: impl IntoIterator<Item = Dialect>) -> Self {
        self.dialects = Some(dialects.into_iter().collect());
        self
    }

    /// What every struct of rows and every enum derives besides: paths, as `serde::Serialize`. Default:
    /// `generate.derives` of the spec, else nothing.
    #[must_use]
    pub fn derives<T: Into<String>>(mut self, derives: impl IntoIterator<Item = T>) -> Self {
        self.derives = Some(derives.into_iter().map(Into::into).collect());
        self
    }

    /// Further attributes of every struct of rows and every enum, without `#[` and `]`. Default: `generate.attributes`
    /// of the spec, else none.
    #[must_use]
    pub fn attributes<T: Into<String>>(mut self, attributes: impl IntoIterator<Item = T>) -> Self {
        self.attributes = Some(attributes.into_iter().map(Into::into).collect());
        self
    }

    /// The crate whose types dates and times are. Default: `generate.time` of the spec, else [`Time::Chrono`].
    #[must_use]
    pub fn time(mut self, time: Time) -> Self {
        self.time = Some(time);
        self
    }

    /// Who sees what stands at the top of the generated module. Default: `generate.visibility` of the spec, else
    /// [`Visibility::Public`].
    #[must_use]
    pub fn visibility(mut self, visibility: Visibility) -> Self {
        self.visibility = Some(visibility);
        self
    }

    /// Whether the generated module has tests of its relationships, which run with those of the crate that it is part of. Default:
    /// `generate.tests` of the spec, else `false`.
    #[must_use]
    pub fn tests(mut self, tests: bool) -> Self {
        self.tests = Some(tests);
        self
    }

    /// Whether a warning stops everything, as an error does. Default: `false`.
    #[must_use]
    pub fn deny_warnings(mut self, deny: bool) -> Self {
        self.deny_warnings = deny;
        self
    }

    /// Writes the files, and tells cargo what they depend on when a build script runs: exactly the spec and its
    /// includes, also where they have errors, and one `cargo::warning` for each warning. How files are written:
    /// [`Output::write`].
    ///
    /// # Errors
    ///
    /// The spec has errors, a file cannot be read or written, or there is no folder to write to. `Debug` of the error
    /// is the whole report, so `?` in `main` and `unwrap` both show it.
    pub fn generate(&self) -> Result<Summary, Error> {
        let folder = self.folder()?;
        let sources = self.spec.read();
        // Whatever is wrong with them: with a mended file there is something new to do.
        directives::depends(sources.paths());
        let rendered = self.rendered(sources)?;
        directives::warn(&rendered.warnings);
        Ok(rendered.output.write(&folder)?)
    }

    /// Compares the folder with what [`Builder::generate`] would write there, for a test that keeps checked-in output
    /// current.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), relata::Error> {
    /// relata::Builder::new("specs/school.yaml")
    ///     .layout(relata::Layout::Modules)
    ///     .out_dir("src/models")
    ///     .check()
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Builder::generate`]; and [`Error::Stale`] with every file that differs and the command that mends it.
    pub fn check(&self) -> Result<(), Error> {
        let folder = self.folder()?;
        self.render()?.check(&folder)
    }

    /// Renders the files without touching the disk.
    ///
    /// # Errors
    ///
    /// The spec has errors or cannot be read.
    pub fn render(&self) -> Result<Rendered, Error> {
        self.rendered(self.spec.read())
    }

    /// Renders the SQL of one dialect alone: the first of the dialects.
    ///
    /// # Errors
    ///
    /// As [`Builder::render`].
    pub fn render_ddl(&self) -> Result<(String, Report), Error> {
        let plan = self.plan(self.spec.read(), Wanted::Sql)?;
        let dialect = plan.settings.first_dialect();
        let sql = render::ddl(&plan.model, dialect, &self.spec.label())?;
        Ok((sql, plan.warnings))
    }

    /// Reads and validates the spec, and gives the warnings.
    ///
    /// # Errors
    ///
    /// As [`Builder::render`].
    pub fn validate(&self) -> Result<Report, Error> {
        Ok(self.plan(self.spec.read(), Wanted::Everything)?.warnings)
    }

    fn rendered(&self, sources: Sources) -> Result<Rendered, Error> {
        let paths = sources.paths().to_vec();
        let made = self.made(&sources);
        let plan = self.plan(sources, Wanted::Everything)?;
        Ok(Rendered {
            output: self.files(&plan, threads::available())?,
            sources: paths,
            command: command(self, &plan.settings),
            warnings: plan.warnings,
            made,
            stem: self.spec.stem(),
        })
    }

    /// From the source texts to the model: every problem of the spec is found here.
    fn plan(&self, sources: Sources, wanted: Wanted) -> Result<Plan, Error> {
        let (spec, mut problems) = spec::read(&sources);
        let settings = Settings::new(self, &spec.generate);
        let asked = Asked {
            dialects: match wanted {
                Wanted::Everything => settings.dialects(),
                Wanted::Sql => vec![settings.first_dialect()],
            },
            time: settings.form.time,
            derives: self.derives.clone(),
            attributes: self.attributes.clone(),
            tests: settings.form.tests,
            testable: settings.form.target.is_testable(),
        };
        let (model, found) = resolve::resolve(&spec, &asked);
        problems.extend(found);
        problems.retain(|problem| !spec.allows(problem.code));

        let mut report = Report::new(sources, &problems);
        if self.deny_warnings {
            report = report.deny_warnings();
        }
        match model {
            Some(model) if report.errors() == 0 => Ok(Plan {
                model,
                settings,
                warnings: report,
            }),
            _ => Err(Error::Spec(Box::new(report))),
        }
    }

    fn folder(&self) -> Result<PathBuf, Error> {
        match &self.out_dir {
            Some(folder) => Ok(folder.clone()),
            None => match std::env::var_os("OUT_DIR") {
                Some(folder) => Ok(folder.into()),
                None => Err(Error::NoFolder),
            },
        }
    }
}

/// What a plan is for.
#[derive(Debug, Clone, Copy)]
enum Wanted {
    /// The Rust of the target, and the SQL of each dialect.
    Everything,
    /// The SQL of the first dialect alone: what others lack is no problem then.
    Sql,
}

/// A spec without problems, and what to make of it.
struct Plan {
    model: Model,
    settings: Settings,
    warnings: Report,
}
