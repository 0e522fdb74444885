//! Mending what is certain in a spec.
//!
//! In: a spec, as it is read. Out: the texts of its files with some words changed or added, every other byte as it was,
//! and what is left to say of it. Which changes there are, the diagnostics say; here they are tried out.

mod choice;
mod texts;
mod trial;

use std::path::PathBuf;

use super::settings::named;
use super::{Builder, Error, Wanted};
use crate::diagnostic::{Code, Report};
use crate::output;
use crate::source::Sources;
use choice::Candidate;
use texts::{Key, Texts};

/// How often what the last changes have uncovered is looked at.
const ROUNDS: usize = 32;

/// How many times a spec is read to find out which changes are good together.
const TRIALS: usize = 100;

/// A spec after everything certain was mended, in memory.
#[derive(Debug)]
#[non_exhaustive]
pub struct Fixed {
    /// Where something was changed, file by file, in the order of the texts.
    pub places: Vec<FixedPlace>,
    /// How many problems that has mended; some take more than one change.
    pub mended: usize,
    /// The files that are different now.
    pub files: Vec<FixedFile>,
    /// The text of the spec's root file as it is now; `None` when it could not be read.
    pub text: Option<String>,
    /// The problems that are left, in the texts as they are now.
    pub report: Report,
}

/// A place where something was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FixedPlace {
    /// The file as reports call it.
    pub file: String,
    /// The line, counted from 1, of the text as it is now.
    pub line: usize,
    /// The character in the line, counted from 1.
    pub column: usize,
    /// The problem that it mends.
    pub code: Code,
    /// What was changed: `` `colums` is now `columns` ``.
    pub message: String,
}

/// A file with other words.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FixedFile {
    /// The file as reports call it.
    pub name: String,
    /// The text that was read.
    pub before: String,
    /// The text to write.
    pub after: String,
    /// Where it is; a spec from a reader is no file.
    path: Option<PathBuf>,
}

impl Fixed {
    /// Writes the files: each is the old or the new one at any moment. A spec that came from a reader is not among
    /// them; its text is [`Fixed::text`].
    ///
    /// # Errors
    ///
    /// A file is not the one any more that was read, is read-only, or the system refuses: nothing is written, or, when
    /// it refuses to replace the second file after the first, the error names that.
    pub fn write(&self) -> Result<(), Error> {
        let changed = self.files.iter().filter_map(|file| {
            let path = file.path.as_deref()?;
            Some((path, file.before.as_str(), file.after.as_str()))
        });
        Ok(output::replace(&changed.collect::<Vec<_>>())?)
    }
}

impl Builder {
    /// Mends what is certain in the spec and in the files that it includes, in memory: [`Fixed::write`] writes it.
    /// Comments and layout stay as they are.
    ///
    /// These are certain:
    ///
    /// - A misspelt key, type, name, kind, action, dialect, target or path of `include` that has one neighbour: few of
    ///   its letters differ, no digit does, and nothing else is nearly as near. A name that stands more often than its
    ///   neighbour is left alone: the neighbour may be the misspelt one.
    /// - Words of other tools that have one meaning here: `fields` for `columns`, `varchar` for `string`, `pgsql` for
    ///   `postgres`, `yes` for `true`.
    /// - `back_populates`, where one of two relationships lacks it that mirror each other, or both; `secondary`, where
    ///   the other side goes over one.
    /// - Marks: the space behind a colon; quotes around a type with a comma, around a number that is a text or a name;
    ///   no quotes around a number; `[ ]` around the only item of a list, `{ sql: }` around SQL; the ends of brackets
    ///   that a line leaves open; an ordinary space where only something like it stands behind a mark.
    ///
    /// Each change is tried: the problem that it is for has to be gone, and no new one may stand where something was
    /// changed. What the mended parts were hiding is reported, or mended in turn.
    ///
    /// The files that a spec from a reader includes are left as they are.
    ///
    /// # Errors
    ///
    /// A spec that cannot be read is no error here, but a problem that is left. A valid spec could not be resolved,
    /// which is a defect.
    pub fn fix(&self) -> Result<Fixed, Error> {
        let mut run = Run::new(self)?;
        for _ in 0..ROUNDS {
            let candidates = choice::candidates(&run.report, &run.texts);
            let mut round = Round::default();
            run.attempt(&mut round, candidates)?;
            if !run.accept(round) {
                break;
            }
        }
        Ok(run.end())
    }

    /// The command that does what [`Builder::fix`] does, and writes it.
    #[must_use]
    pub fn fix_command(&self) -> String {
        format!("relata fix {}", named(&self.spec))
    }

    /// What is wrong with the spec in `sources`, errors or not.
    fn problems(&self, sources: Sources) -> Result<Report, Error> {
        match self.plan(sources, Wanted::Everything) {
            Ok(plan) => Ok(plan.warnings),
            Err(Error::Spec(report)) => Ok(*report),
            Err(other) => Err(other),
        }
    }
}

/// The fixing of a spec as far as it has got.
struct Run<'b> {
    builder: &'b Builder,
    /// The files as they were read first, and as they are now.
    before: Texts,
    texts: Texts,
    report: Report,
    made: Vec<Made>,
    mended: usize,
    /// How many more trials there may be.
    trials: usize,
}

/// A change that has been made.
struct Made {
    file: Key,
    /// Where it stands in the text at hand.
    byte: usize,
    code: Code,
    message: String,
}

/// The changes that are good together, and what they make of the spec.
#[derive(Default)]
struct Round {
    chosen: Vec<Candidate>,
    result: Option<(Texts, Report)>,
}

impl<'b> Run<'b> {
    fn new(builder: &'b Builder) -> Result<Self, Error> {
        let report = builder.problems(builder.spec.read())?;
        let mut texts = Texts::of(&builder.spec);
        texts.learn(report.sources());
        Ok(Self {
            builder,
            before: texts.clone(),
            texts,
            report,
            made: Vec::new(),
            mended: 0,
            trials: TRIALS,
        })
    }

    /// Adds to `round` as many of `candidates` as are good with what it has: all, else those of each half that are.
    fn attempt(&mut self, round: &mut Round, mut candidates: Vec<Candidate>) -> Result<(), Error> {
        if candidates.is_empty() || self.trials == 0 {
            return Ok(());
        }
        self.trials -= 1;
        let mut chosen = round.chosen.clone();
        chosen.extend_from_slice(&candidates);
        let texts = self.texts.with(self.report.sources(), &chosen);
        let report = self.builder.problems(texts.read(&self.builder.spec))?;
        if trial::is_good(&self.report, &report, &chosen) {
            *round = Round {
                chosen,
                result: Some((texts, report)),
            };
        } else if candidates.len() > 1 {
            let rest = candidates.split_off(candidates.len() / 2);
            self.attempt(round, candidates)?;
            self.attempt(round, rest)?;
        }
        Ok(())
    }

    /// Takes what has come of a round; whether anything has.
    fn accept(&mut self, round: Round) -> bool {
        let Some((texts, report)) = round.result else {
            return false;
        };
        let sources = self.report.sources();
        let files = trial::by_file(&round.chosen);
        for (file, edits) in &files {
            let key = Key::of(sources, *file);
            for made in self.made.iter_mut().filter(|made| made.file == key) {
                made.byte = trial::moved_start(made.byte, edits);
            }
        }
        for candidate in &round.chosen {
            self.mended += 1;
            for edit in &candidate.edits {
                let start = trial::new_start(&edit.edit, &files[&edit.file]);
                self.made.push(Made {
                    file: Key::of(sources, edit.file),
                    byte: trial::shown(start, &edit.edit),
                    code: candidate.code,
                    message: edit.words.clone(),
                });
            }
        }
        self.texts = texts;
        self.report = report;
        // A file that is found by its right name is new.
        self.texts.learn(self.report.sources());
        self.before.learn_new(&self.texts);
        true
    }

    fn end(mut self) -> Fixed {
        let sources = self.report.sources();
        let order = sources.order();
        let keys: Vec<Key> = order.iter().map(|file| Key::of(sources, *file)).collect();
        let place = |key: &Key| keys.iter().position(|file| file == key);
        self.made.sort_by_key(|made| (place(&made.file), made.byte));
        let places = self.made.iter().filter_map(|made| {
            let source = sources.file(order[place(&made.file)?]);
            let position = source.position(made.byte);
            Some(FixedPlace {
                file: source.name().to_owned(),
                line: position.line,
                column: position.column,
                code: made.code,
                message: made.message.clone(),
            })
        });
        let places = places.collect();
        let changed = keys.iter().zip(order).filter_map(|(key, file)| {
            let (before, after) = (self.before.get(key)?, self.texts.get(key)?);
            (before != after).then(|| FixedFile {
                name: sources.file(*file).name().to_owned(),
                before: before.to_owned(),
                after: after.to_owned(),
                path: key.path().map(PathBuf::from),
            })
        });
        Fixed {
            places,
            mended: self.mended,
            files: changed.collect(),
            text: self.texts.get(&Key::of_root(sources)).map(str::to_owned),
            report: self.report,
        }
    }
}
