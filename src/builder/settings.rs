//! What to generate: what the builder was told, else what the spec says under `generate:`, else the default.

use std::path::Path;

use super::Builder;
use super::input::Input;
use crate::model::{Dialect, Target, Time};
use crate::render::{Form, Layout};
use crate::rust::Visibility;
use crate::spec::Generate;

/// Every question answered.
#[derive(Debug, Clone)]
pub(super) struct Settings {
    pub(super) form: Form,
    /// What the spec says of the layout, whatever the builder says.
    layout_of_spec: Option<Layout>,
    /// The dialects that were asked for.
    asked: Vec<Dialect>,
}

impl Settings {
    /// The settings. A word of the spec that stands for nothing counts as none; `resolve` reports it.
    pub(super) fn new(builder: &Builder, spec: &Generate) -> Self {
        let target = spec.target.as_deref().and_then(Target::from_word);
        let layout = spec.layout.as_deref().and_then(Layout::from_word);
        let time = spec.time.as_deref().and_then(Time::from_word);
        let visibility = spec.visibility.as_deref().and_then(Visibility::from_word);
        let dialects = spec.dialects.iter();
        let dialects = dialects.filter_map(|word| Dialect::from_word(word));
        Self {
            form: Form {
                target: builder.target.or(target).unwrap_or(Target::Rusqlite),
                layout: builder
                    .layout
                    .or(layout)
                    .unwrap_or(builder.layout_by_default),
                time: builder.time.or(time).unwrap_or_default(),
                visibility: builder
                    .visibility
                    .or(visibility)
                    .unwrap_or(Visibility::Public),
                tests: builder.tests.or(spec.tests).unwrap_or(false),
            },
            layout_of_spec: layout,
            asked: builder.dialects.clone().unwrap_or(dialects.collect()),
        }
    }

    /// The dialects to write, each once: the target's own, then the others that were asked for.
    pub(super) fn dialects(&self) -> Vec<Dialect> {
        let mut dialects = vec![self.form.target.dialect()];
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
        first.unwrap_or(self.form.target.dialect())
    }
}

/// The command that writes what `builder` asks for, up to the folder.
pub(super) fn command(builder: &Builder, settings: &Settings) -> String {
    let mut command = format!("relata generate {}", named(&builder.spec));
    if let Some(target) = builder.target {
        command = format!("{command} --target {}", target.as_str());
    }
    // The command line's own default is `modules`.
    if settings.form.layout != settings.layout_of_spec.unwrap_or(Layout::Modules) {
        command = format!("{command} --layout {}", settings.form.layout.as_str());
    }
    let derives = (builder.derives.iter().flatten()).map(|path| ("derive", path.as_str()));
    let attributes = builder.attributes.iter().flatten();
    let attributes = attributes.map(|text| ("attribute", text.as_str()));
    let time = builder.time.map(|time| ("time", time.as_str()));
    let visibility = builder.visibility.map(Visibility::as_str);
    let visibility = visibility.map(|word| ("visibility", word));
    for (flag, word) in (derives.chain(attributes)).chain(time).chain(visibility) {
        command = format!("{command} --{flag} {}", word_of_shell(word));
    }
    if builder.tests == Some(true) {
        command += " --tests";
    }
    command
}

/// The spec as the command line takes it.
pub(super) fn named(spec: &Input) -> String {
    match spec {
        Input::File(path) => quoted(path),
        Input::Text { .. } => "-".to_owned(),
    }
}

/// A path as a shell takes it.
pub(super) fn quoted(path: &Path) -> String {
    word_of_shell(&path.display().to_string())
}

fn word_of_shell(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/._-+=:@%,\\".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else if word.contains(char::is_control) {
        // What a terminal would obey is spelled out, and read by bash and its like.
        format!("$'{}'", word.chars().map(spelled_out).collect::<String>())
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

fn spelled_out(character: char) -> String {
    match character {
        '\n' => r"\n".to_owned(),
        '\'' | '\\' => format!(r"\{character}"),
        _ if character.is_control() => format!(r"\u{:04x}", u32::from(character)),
        _ => character.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Settings, command, quoted};
    use crate::builder::Builder;
    use crate::model::{Target, Time};
    use crate::render::Layout;
    use crate::rust::Visibility;
    use crate::spec::Generate;
    use std::path::Path;

    fn told(builder: &Builder, spec: &Generate) -> String {
        let settings = Settings::new(builder, spec);
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
        let added = Builder::new("school.yaml").layout(Layout::Modules);
        let added = added
            .derives(["Eq", "serde::Serialize"])
            .attributes(["doc = \"it's\""])
            .time(Time::Jiff)
            .visibility(Visibility::Crate)
            .tests(true);
        let flags = r#"--derive Eq --derive serde::Serialize --attribute 'doc = "it'\''s"' --time jiff --visibility 'pub(crate)' --tests"#;
        let default = Generate::default();
        assert_eq!(told(&added, &default), format!("{line} {flags}"));
    }

    #[test]
    fn paths_are_quoted_where_a_shell_needs_it() {
        assert_eq!(quoted(Path::new("src/models")), "src/models");
        assert_eq!(quoted(Path::new("it's here")), r"'it'\''s here'");
        assert_eq!(quoted(Path::new("it's\n\x1b")), r"$'it\'s\n\u001b'");
    }
}
