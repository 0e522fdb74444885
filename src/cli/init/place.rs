//! The folder of `relata init`: what is there, and what of it people have to change themselves.

use std::fs;
use std::path::{Path, PathBuf, absolute};

use super::super::console;
use super::{Addition, BUILD, Failure, MAIN, MANIFEST};

const LIBRARY: &str = "src/lib.rs";

/// The line for a build script that somebody has written; it does not ask what `main` returns.
const BUILD_LINE: &str = "relata::generate(\"specs/school.yaml\").unwrap();\n";

/// What `cargo new` writes, which nobody minds losing.
const HELLO: &str = "fn main() {\n    println!(\"Hello, world!\");\n}\n";

/// Where the module of the program ends.
const MODULE_END: &str = "}\n";

/// Names that Cargo has for something else, or that are dependencies here.
const TAKEN: &[&str] = &[
    "build",
    "deps",
    "examples",
    "incremental",
    "relata",
    "rusqlite",
];

/// A folder as it was found.
pub(super) struct Place {
    folder: PathBuf,
    manifest: Option<String>,
    program: Option<String>,
    library: bool,
    build_script: bool,
    /// The manifest of the workspace around it.
    workspace: Option<PathBuf>,
}

impl Place {
    /// Looks at `folder`, which may not be there yet.
    pub(super) fn look(folder: &Path) -> Result<Self, Failure> {
        let below = |name: &str| text(&folder.join(name));
        let manifest = below(MANIFEST.0);
        if manifest.as_deref().is_some_and(is_workspace_alone) {
            let message = format!(
                "`{}` is of a workspace and not of a crate; choose the folder of a crate: relata init {}",
                console::shown(&shown(folder, MANIFEST.0)),
                console::shown(&shown(folder, "crates/school")),
            );
            return Err(Failure::Message(message));
        }
        let real = real(folder);
        let above = real.ancestors().skip(1);
        let mut manifests = above.map(|above| above.join(MANIFEST.0));
        let is_workspace =
            |path: &PathBuf| text(path).is_some_and(|text| has_table(&text, "workspace"));
        Ok(Self {
            program: below(MAIN.0),
            library: is_there(folder, LIBRARY),
            build_script: is_there(folder, BUILD.0),
            workspace: manifests.find(is_workspace),
            folder: folder.to_owned(),
            manifest,
        })
    }

    /// Whether the file `name` is there.
    pub(super) fn has(&self, name: &str) -> bool {
        is_there(&self.folder, name)
    }

    /// Whether a program made of the school would be none of the crate's business.
    pub(super) fn has_sources(&self) -> bool {
        self.manifest.is_some() || self.library
    }

    /// The file `name` as people know it.
    pub(super) fn shown(&self, name: &str) -> PathBuf {
        shown(&self.folder, name)
    }

    /// The manifest of a new crate.
    pub(super) fn manifest(&self) -> String {
        let text = MANIFEST.1.replace("{name}", &crate_name(&self.folder));
        text.replace("{relata}", &relata(Path::new(env!("CARGO_MANIFEST_DIR"))))
    }

    /// What is to be added to files that are there.
    pub(super) fn additions(&self) -> Vec<Addition> {
        let mut additions = Vec::new();
        let mut add = |name: &str, how, text: &str| {
            additions.push(Addition {
                file: console::shown(&self.shown(name)),
                how,
                text: text.to_owned(),
            });
        };
        let manifest = self.manifest();
        if let (Some(_), Some((_, dependencies))) = (&self.manifest, manifest.split_once("\n\n")) {
            add(MANIFEST.0, "to add", dependencies);
        }
        if self.build_script {
            add(BUILD.0, "to add in `main`", BUILD_LINE);
        }
        let (module, program) = halves(MAIN.1);
        match &self.program {
            Some(found) if found.replace("\r\n", "\n") == HELLO => {
                add(MAIN.0, "in place of what is there", MAIN.1);
            }
            found if found.is_some() || self.has_sources() => {
                let root = if found.is_none() && self.library {
                    LIBRARY
                } else {
                    MAIN.0
                };
                add(root, "to add", module);
                add(root, "an example of its use", program);
            }
            _ => {}
        }
        if let (None, Some(workspace)) = (&self.manifest, &self.workspace) {
            let above = workspace.parent().unwrap_or(workspace);
            let folder = real(&self.folder);
            let member = folder.strip_prefix(above).unwrap_or(&folder);
            additions.push(Addition {
                file: console::shown(workspace),
                how: "to be among `members`, unless it is",
                text: format!("\"{}\"\n", console::shown(member)),
            });
        }
        additions
    }

    /// The command for when all of it is done.
    pub(super) fn next(&self) -> String {
        let folder = console::shown(&self.folder);
        let enter = match folder.as_str() {
            "." => String::new(),
            spaced if spaced.contains(' ') => format!("cd \"{spaced}\" && "),
            plain => format!("cd {plain} && "),
        };
        let command = if self.library && self.program.is_none() {
            "cargo build"
        } else {
            "cargo run"
        };
        format!("{enter}{command}")
    }
}

/// The text of the file at `path`; of a pipe or a device, whose reading may have no end, there is none.
fn text(path: &Path) -> Option<String> {
    path.is_file().then(|| fs::read_to_string(path).ok())?
}

/// Also a link that leads nowhere is something.
fn is_there(folder: &Path, name: &str) -> bool {
    fs::symlink_metadata(folder.join(name)).is_ok()
}

fn shown(folder: &Path, name: &str) -> PathBuf {
    if folder == Path::new(".") {
        return PathBuf::from(name);
    }
    folder.join(name)
}

/// The path of `folder` from the top, without links and `..`, as far as it is there.
fn real(folder: &Path) -> PathBuf {
    let path = absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let there = |above: &Path| Some((above.to_owned(), fs::canonicalize(above).ok()?));
    match path.ancestors().find_map(there) {
        Some((above, real)) => real.join(path.strip_prefix(above).unwrap_or(Path::new(""))),
        None => path,
    }
}

/// The module of generated code, and what uses it.
fn halves(program: &str) -> (&str, &str) {
    let end = program
        .find(MODULE_END)
        .map_or(0, |at| at + MODULE_END.len());
    let (module, rest) = program.split_at(end);
    (module, rest.trim_start())
}

fn has_table(manifest: &str, name: &str) -> bool {
    let heads = [format!("[{name}]"), format!("[{name}.")];
    let mut lines = manifest.lines().map(str::trim_start);
    lines.any(|line| heads.iter().any(|head| line.starts_with(head)))
}

fn is_workspace_alone(manifest: &str) -> bool {
    has_table(manifest, "workspace") && !has_table(manifest, "package")
}

/// The name of the folder, made one that a crate can have.
fn crate_name(folder: &Path) -> String {
    let real = real(folder);
    let name = real.file_name().unwrap_or_default().to_string_lossy();
    let fits = |c: char| {
        if c.is_ascii_alphanumeric() || c == '_' {
            c
        } else {
            '-'
        }
    };
    let name: String = name.to_ascii_lowercase().chars().map(fits).collect();
    let name = name.trim_matches('-');
    if name.is_empty() {
        "school".to_owned()
    } else if name.starts_with(|c: char| c.is_ascii_digit()) || TAKEN.contains(&name) {
        format!("school-{name}")
    } else {
        name.to_owned()
    }
}

/// What a manifest says of relata: where the program was built from a `clone` that is still there, that one; else the
/// version.
fn relata(clone: &Path) -> String {
    let downloaded = clone.iter().any(|part| part == "registry");
    if !downloaded && clone.join(MANIFEST.0).is_file() {
        let path = clone.display().to_string();
        let path = path.replace('\\', "\\\\").replace('"', "\\\"");
        return format!("{{ path = \"{path}\", default-features = false }}");
    }
    let version = concat!(
        env!("CARGO_PKG_VERSION_MAJOR"),
        ".",
        env!("CARGO_PKG_VERSION_MINOR")
    );
    format!("{{ version = \"{version}\", default-features = false }}")
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{MANIFEST, has_table, is_workspace_alone, relata};

    #[test]
    fn a_clone_is_named_by_its_path_while_it_is_there() {
        let place = tempfile::tempdir().expect("a folder");
        let clone = place.path().join("re\"lata");
        let version = format!(
            "{{ version = \"{}\", default-features = false }}",
            env!("CARGO_PKG_VERSION").rsplit_once('.').expect("dots").0
        );
        assert_eq!(relata(&clone), version);
        let downloaded = place.path().join("registry/src/relata-0.1.0");
        for folder in [&clone, &downloaded] {
            fs::create_dir_all(folder).expect("a folder");
            fs::write(folder.join(MANIFEST.0), "").expect("a file");
        }
        assert_eq!(relata(&downloaded), version);
        assert!(relata(&clone).starts_with("{ path = \""));
        assert!(relata(&clone).ends_with("/re\\\"lata\", default-features = false }"));
    }

    #[test]
    fn tables_of_manifests_are_told_apart() {
        assert!(has_table("[workspace.lints]\n", "workspace"));
        assert!(!has_table("[package]\nworkspace = \"..\"\n", "workspace"));
        assert!(is_workspace_alone("[workspace]\nmembers = []\n"));
        assert!(!is_workspace_alone("[workspace]\n[package]\n"));
    }
}
