//! One spec in several files: what is included, and what only the root file may say.

use std::ffi::OsStr;

use indexmap::IndexMap;

use super::at::At;
use super::kinds::{INCLUDE, Names};
use super::mistake::Wanted;
use super::read::Reader;
use super::record::Read;
use super::tree::{Node, Value};
use super::{Spec, words};
use crate::diagnostic::{Code, Diagnostic, Help, suggest};
use crate::source::{Failed, Failure, FileId, Parts, Path, Place, limits};

/// What files of one spec have to do with one another.
pub const PARTS: Parts = Parts {
    include: "include",
    shared: &["entities", "secondary", "enums", "types", "mixins"],
};

/// What stands in the root file only.
const ROOT_ONLY: [&str; 3] = ["naming", "generate", "allow"];

impl Reader<'_> {
    /// Remembers that an included file is missing from the spec.
    pub(super) fn lacks_a_file(&mut self) {
        let include = Path::root().key(PARTS.include);
        self.spec.unread.insert(include);
    }

    /// Remembers that the file at hand is missing from the spec.
    pub(super) fn unread_file(&mut self) {
        if self.file == FileId::ROOT {
            self.spec.unread.insert(Path::root());
        } else {
            self.lacks_a_file();
        }
    }

    /// The paths at `include`, as written. What could not be included is reported.
    pub(super) fn include(&mut self, node: &Node<'_>, at: &At<'_>) -> Vec<String> {
        let list = match &node.value {
            Value::List(items) => items.iter().enumerate(),
            Value::Text => {
                self.included(node, at, None);
                return vec![node.raw.to_owned()];
            }
            _ => {
                let words = "a path or a list of paths";
                self.wrong(node, at, Wanted::Example(words, INCLUDE));
                return Vec::new();
            }
        };
        let mut paths = Vec::new();
        for (item, node) in list {
            let at = at.index(item);
            if node.value == Value::Text {
                self.included(node, &at, Some(item));
                paths.push(node.raw.to_owned());
            } else {
                self.lacks_a_file();
                self.wrong(node, &at, Wanted::Example("a path", INCLUDE));
            }
        }
        paths
    }

    fn included(&mut self, node: &Node<'_>, at: &At<'_>, item: Option<usize>) {
        let mut failed = self.sources.failed(self.file);
        if let Some(failed) = failed.find(|failed| failed.item == item) {
            if failed.failure.is_loss() {
                self.lacks_a_file();
            }
            let found = self.failure(node.raw, at.path(), failed);
            self.push(found);
        }
    }

    /// What to say of the path `written`, which stands at `path`.
    fn failure(&self, written: &str, path: Path, failed: &Failed) -> Diagnostic {
        let looked = failed.path.display();
        let (code, message, help) = match &failed.failure {
            Failure::Circle(places) => return self.circle(path, written, places),
            Failure::Repeated(first) => return repeated(path, written, *first),
            _ if written.is_empty() => (
                Code::Unreadable,
                "an empty path names no file".to_owned(),
                format!("write it like `{INCLUDE}`").into(),
            ),
            Failure::Missing(beside) => (
                Code::Unreadable,
                format!("the file `{written}` does not exist"),
                self.missing(written, &failed.path, beside),
            ),
            Failure::Folder => (
                Code::Unreadable,
                format!("`{written}` is a folder"),
                format!(
                    "name its files: `include: [{}/a.yaml]`",
                    written.trim_end_matches('/')
                )
                .into(),
            ),
            Failure::NoRegularFile => (
                Code::Unreadable,
                format!("`{written}` is no regular file"),
                "only regular files are included: no devices, pipes or sockets".into(),
            ),
            Failure::Unreadable(reason) => (
                Code::Unreadable,
                format!("`{written}` cannot be read: {reason}"),
                format!("this is `{looked}`").into(),
            ),
            Failure::TooLarge => (
                Code::TooLarge,
                format!(
                    "with `{written}` the spec is larger than {} MiB",
                    limits::SPEC_BYTES >> 20
                ),
                "split the schema, or check that this is the file you meant".into(),
            ),
            Failure::TooMany => (
                Code::TooLarge,
                format!("the spec includes more than {} files", limits::FILES),
                "bring the declarations together in fewer files".into(),
            ),
            Failure::TooDeep => (
                Code::TooDeep,
                format!(
                    "with `{written}` files include one another more than {} deep",
                    limits::INCLUDE_DEPTH
                ),
                "include it in the root file: what one file declares is known in all".into(),
            ),
        };
        Diagnostic::new(code, path.at_value(), message).help(help)
    }

    /// What to write in place of `written`, which led to `looked`: there is nothing, but files `beside`.
    fn missing(&self, written: &str, looked: &std::path::Path, beside: &[String]) -> Help {
        let parts = written.split(',').map(str::trim);
        let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
        if parts.len() > 1 {
            return format!("write a list: `include: [{}]`", parts.join(", ")).into();
        }
        let itself =
            |name: &str| looked.with_file_name(name) == std::path::Path::new(self.source.name());
        let others = beside.iter().filter(|name| !itself(name));
        if let Some((name, certain)) = nearest(written, others.map(String::as_str)) {
            let meant = std::path::Path::new(written).with_file_name(name);
            let meant = meant.display().to_string();
            let help = format!("did you mean `{meant}`?");
            return if certain {
                Help::word(help, written, &meant)
            } else {
                help.into()
            };
        }
        let looked = looked.display();
        if self.sources.is_on_disk(self.file) {
            format!("a path is relative to the file that has it; this one is `{looked}`").into()
        } else {
            format!("a path in a text is relative to the current folder; this one is `{looked}`")
                .into()
        }
    }

    /// Says that the path `written`, which stands at `path`, leads back by the entries at `places`.
    fn circle(&self, path: Path, written: &str, places: &[Place]) -> Diagnostic {
        let name = |file: FileId| self.sources.file(file).name();
        // The file of each entry includes that of the next one, and this file, the last, the first again.
        let files = places.iter().filter_map(|place| place.file);
        let files: Vec<FileId> = files.chain([self.file]).collect();
        let message = if places.is_empty() {
            format!("`{written}` includes itself")
        } else {
            format!("`{written}` includes this file, and is included by it")
        };
        let mut found = Diagnostic::new(Code::CircularInclude, path.at_value(), message)
            .label(format!("includes `{}`", name(files[0])));
        for (place, next) in places.iter().zip(&files[1..]) {
            found = found.other(place.clone(), format!("includes `{}`", name(*next)));
        }
        found.help(
            "leave out one of these: what one file declares is known in all files of the spec",
        )
    }

    /// What a file adds to the mapping at `key`, each being a `what`.
    pub(super) fn shared<T>(
        &mut self,
        read: &Read<'_, Spec>,
        at: &At<'_>,
        (key, what): (&str, &str),
        names: &Names,
        one: impl Fn(&mut Self, &Node<'_>, &At<'_>) -> Option<T>,
    ) -> IndexMap<String, T> {
        self.named(read.nested(key), &at.key(key), names, |reader, node, at| {
            if reader.declared_before(what, at) {
                return None;
            }
            one(reader, node, at)
        })
    }

    /// Reports that no file has entities.
    pub(super) fn check_entities(&mut self, at: &At<'_>) {
        let entities = at.key("entities");
        let unread = |path: Path| self.spec.unread.contains(&path);
        if self.has_entities || unread(entities.path()) || unread(at.key("include").path()) {
            return;
        }
        let what = if self.spec.include.is_empty() {
            "the spec"
        } else {
            "the spec with all that it includes"
        };
        self.unread(&entities);
        self.push(words::missing(at.path(), what, "entities"));
    }

    /// Reports what stands in a file that another one includes, and may not.
    pub(super) fn root_only(&mut self, read: &Read<'_, Spec>, at: &At<'_>) {
        for key in ROOT_ONLY.iter().filter(|key| read.has(key)) {
            let at = at.key(key);
            self.unread(&at);
            let message = format!("`{key}` stands in the root file only");
            let help = format!("move it to `{}`", self.sources.root().name());
            let found = Diagnostic::new(Code::UnknownKey, at.path().at_key(), message);
            self.push(found.help(help));
        }
    }

    /// Whether another file has declared the `what` at `at` before, which is reported.
    pub(super) fn declared_before(&mut self, what: &str, at: &At<'_>) -> bool {
        let path = at.path();
        let owner = self.sources.owner(&path);
        if owner == self.file {
            return false;
        }
        // What stands here and not there is missing.
        self.unread(at);
        let name = at.name();
        let first = path.clone().at_key().within(owner);
        let message = format!("the {what} `{name}` is declared in two files");
        self.push(
            Diagnostic::new(Code::NameCollision, path.at_key(), message)
                .label("again here")
                .other(first, "first here")
                .help("keep one of the two, or give one another name"),
        );
        true
    }
}

/// The one of the files that the path `written` probably means, and whether it certainly does. Endings are alike, so
/// names are compared without.
fn nearest<'a>(written: &str, names: impl Iterator<Item = &'a str>) -> Option<(&'a str, bool)> {
    let parts = |name: &'a str| {
        let (stem, ending) = name.rsplit_once('.')?;
        Some((stem, ending, name))
    };
    let written = std::path::Path::new(written);
    let ending = written.extension().and_then(OsStr::to_str);
    let (stem, ending) = (written.file_stem()?.to_str()?, ending.unwrap_or("yaml"));
    let may_be_spec = |found: &str| found == ending || matches!(found, "yaml" | "yml");
    let specs = names.filter_map(parts);
    let specs: Vec<_> = specs.filter(|(_, found, _)| may_be_spec(found)).collect();
    let stems: Vec<&str> = specs.iter().map(|(stem, ..)| *stem).collect();
    let meant = suggest::nearest(stem, stems.iter().copied())?;
    let certain = suggest::is_certain(stem, meant, &stems);
    let mut meant = specs.into_iter().filter(|(stem, ..)| *stem == meant);
    // Of two with the same stem the one with the same ending.
    meant
        .clone()
        .find(|(_, found, _)| *found == ending)
        .or_else(|| meant.next())
        .map(|(.., name)| (name, certain))
}

/// Says that the path `written`, which stands at `path`, is the same file as the item `first` of its list.
fn repeated(path: Path, written: &str, first: usize) -> Diagnostic {
    let message = format!("`{written}` is included twice by one list");
    let first = Path::root().key(PARTS.include).index(first);
    Diagnostic::new(Code::Repeated, path.at_value(), message)
        .label("again here")
        .other(first.at_value(), "first here")
        .help("leave out one of the two")
}
