//! What to generate: what the builder was told, else what the spec says under `generate:`, else the default.

use std::path::Path;

use super::{Builder, Input};
use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::model::Dialect;
use crate::render::Layout;
use crate::rust::Target;
use crate::source;
use crate::spec::Generate;
use crate::sql;

/// Every question answered.
#[derive(Debug, Clone)]
pub(super) struct Settings {
    pub(super) target: Target,
    pub(super) layout: Layout,
    /// What the spec says of the layout, whatever the builder says.
    layout_of_spec: Option<Layout>,
    /// The dialects that were asked for.
    asked: Vec<Dialect>,
}

impl Settings {
    /// The settings, and what the spec says wrongly under `generate:`. A wrong word counts as none.
    pub(super) fn new(builder: &Builder, spec: &Generate) -> (Self, Vec<Diagnostic>) {
        let mut problems = Vec::new();
        let at = source::Path::root().key("generate");
        let target = spec.target.as_deref().and_then(|word| {
            let known = Target::ALL.map(Target::as_str);
            let place = at.key("target").at_value();
            let found = Target::from_word(word);
            found.or_else(|| refuse(&mut problems, "target", word, &known, &LATER, place))
        });
        let layout = spec.layout.as_deref().and_then(|word| {
            let known = Layout::ALL.map(Layout::as_str);
            let place = at.key("layout").at_value();
            let found = Layout::from_word(word);
            found.or_else(|| refuse(&mut problems, "layout", word, &known, &[], place))
        });
        let mut dialects = Vec::new();
        for (index, word) in spec.dialects.iter().enumerate() {
            let place = at.key("dialects").index(index).at_value();
            let written = |dialect: &Dialect| sql::grammar(*dialect).is_some();
            let found = Dialect::from_word(word).filter(written);
            let found = found.or_else(|| {
                let known = Dialect::ALL.into_iter().filter(written);
                let known: Vec<&str> = known.map(Dialect::as_str).collect();
                let later = Dialect::ALL.map(Dialect::as_str);
                refuse(&mut problems, "dialect", word, &known, &later, place)
            });
            dialects.extend(found);
        }
        let settings = Self {
            target: builder.target.or(target).unwrap_or(Target::Rusqlite),
            layout: builder
                .layout
                .or(layout)
                .unwrap_or(builder.layout_by_default),
            layout_of_spec: layout,
            asked: builder.dialects.clone().unwrap_or(dialects),
        };
        (settings, problems)
    }

    /// The dialects to write, each once: the target's own, then the others that were asked for.
    pub(super) fn dialects(&self) -> Vec<Dialect> {
        let mut dialects = vec![self.target.dialect()];
        for dialect in &self.asked {
            if !dialects.contains(dialect) {
                dialects.push(*dialect);
            }
        }
        dialects
    }

    /// The first dialect that was asked for, else the target's.
    pub(super) fn first_dialect(&self) -> Dialect {
        let first = self.asked.first().copied();
        first.unwrap_or(self.target.dialect())
    }
}

/// The targets of later releases.
const LATER: [&str; 4] = [
    "tokio-postgres",
    "sqlx-sqlite",
    "sqlx-postgres",
    "sqlx-mysql",
];

/// Reports a word that stands for nothing, or for nothing yet.
fn refuse<T>(
    problems: &mut Vec<Diagnostic>,
    what: &str,
    word: &str,
    known: &[&str],
    later: &[&str],
    place: source::Place,
) -> Option<T> {
    let diagnostic = if later.contains(&word) {
        let message = format!("the {what} `{word}` is not supported yet");
        Diagnostic::new(Code::NotSupportedYet, place, message).help(suggest::list(known))
    } else {
        let message = format!("no {what} is called `{word}`");
        let help = suggest::help(word, known.iter().copied());
        Diagnostic::new(Code::WrongForm, place, message).help(help)
    };
    problems.push(diagnostic);
    None
}

/// The command that writes what `builder` asks for, up to the folder.
pub(super) fn command(builder: &Builder, settings: &Settings) -> String {
    let spec = match &builder.spec {
        Input::File(path) => quoted(path),
        Input::Text { .. } => "-".to_owned(),
    };
    let mut command = format!("relata generate {spec}");
    if let Some(target) = builder.target {
        command = format!("{command} --target {}", target.as_str());
    }
    // The command line's own default is `modules`.
    if settings.layout != settings.layout_of_spec.unwrap_or(Layout::Modules) {
        command = format!("{command} --layout {}", settings.layout.as_str());
    }
    command
}

/// A path as a shell takes it.
pub(super) fn quoted(path: &Path) -> String {
    let path = path.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || "/._-+=:@%,\\".contains(c);
    if !path.is_empty() && path.chars().all(plain) {
        path
    } else {
        format!("'{}'", path.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::{Settings, command, quoted};
    use crate::builder::Builder;
    use crate::render::Layout;
    use crate::rust::Target;
    use crate::spec::Generate;
    use std::path::Path;

    fn told(builder: &Builder, spec: &Generate) -> String {
        let (settings, problems) = Settings::new(builder, spec);
        assert!(problems.is_empty());
        command(builder, &settings)
    }

    #[test]
    fn the_command_says_what_its_defaults_do_not() {
        let builder = Builder::new("school.yaml");
        let line = "relata generate school.yaml";
        let mut spec = Generate::default();
        assert_eq!(told(&builder, &spec), format!("{line} --layout single"));
        let modules = builder.clone().layout(Layout::Modules);
        assert_eq!(told(&modules, &spec), line);
        spec.layout = Some("single".to_owned());
        assert_eq!(told(&builder, &spec), line);
        assert_eq!(told(&modules, &spec), format!("{line} --layout modules"));
        let target = builder.target(Target::Rusqlite);
        assert_eq!(told(&target, &spec), format!("{line} --target rusqlite"));
    }

    #[test]
    fn wrong_words_are_reported_all_at_once() {
        let spec = Generate {
            target: Some("rusqlit".to_owned()),
            layout: Some("flat".to_owned()),
            dialects: ["sqlite", "postgres", "oracle"].map(str::to_owned).to_vec(),
        };
        let (settings, problems) = Settings::new(&Builder::new("school.yaml"), &spec);
        let said = problems.iter().map(|problem| {
            let help = problem.help.as_deref().unwrap_or_default();
            format!("{} {}; {help}", problem.code.as_str(), problem.message)
        });
        let expected = [
            "E0011 no target is called `rusqlit`; did you mean `rusqlite`?",
            "E0011 no layout is called `flat`; one of `modules`, `single`",
            "E0013 the dialect `postgres` is not supported yet; only `sqlite` is valid here",
            "E0011 no dialect is called `oracle`; only `sqlite` is valid here",
        ];
        assert_eq!(said.collect::<Vec<_>>(), expected);
        assert_eq!(problems[2].place.path.to_string(), "generate.dialects[1]");
        assert_eq!(
            (settings.target, settings.layout),
            (Target::Rusqlite, Layout::Single)
        );
    }

    #[test]
    fn paths_are_quoted_where_a_shell_needs_it() {
        assert_eq!(quoted(Path::new("src/models")), "src/models");
        assert_eq!(quoted(Path::new("it's here")), r"'it'\''s here'");
    }
}
