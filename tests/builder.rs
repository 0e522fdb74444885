//! The library as a build script and a test of another crate use it: each setting has a test that fails without it.

#[path = "builder/dialects.rs"]
mod dialects;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use relata::output::Change;
use relata::{Builder, Error, Layout, Target, Time, Visibility};

const SCHOOL: &str = include_str!("../specs/school.yaml");
const BROKEN: &str = "entities:\n  Student:\n    colums: { id: integer }\n";

/// Where the environment of a pretended build script says that its spec is.
const PRETENDED: &str = "RELATA_TEST_PRETENDED_SPEC";

fn spec(folder: &Path, text: &str) -> PathBuf {
    let path = folder.join("school.yaml");
    fs::write(&path, text).expect("a spec");
    path
}

fn names(builder: &Builder) -> Vec<String> {
    let rendered = builder.render().expect("a valid spec");
    let names = rendered.output.iter().map(|(name, _)| name.to_owned());
    names.collect()
}

fn has(builder: &Builder, name: &str) -> bool {
    names(builder).iter().any(|found| found == name)
}

/// The school with `generate: { … }`.
fn school(generate: &str) -> String {
    format!("generate: {{ {generate} }}\n{SCHOOL}")
}

#[test]
fn layout_goes_before_the_spec_which_goes_before_the_default() {
    let dir = tempfile::tempdir().expect("a folder");
    let builder = Builder::new(spec(dir.path(), SCHOOL));
    assert!(has(&builder, "school.sql"));
    assert!(has(&builder.clone().layout(Layout::Modules), "schema.sql"));
    assert!(has(
        &builder.clone().layout_by_default(Layout::Modules),
        "schema.sql"
    ));

    let builder = Builder::new(spec(dir.path(), &school("layout: modules")));
    assert!(has(&builder, "schema.sql"));
    assert!(has(&builder.clone().layout(Layout::Single), "school.sql"));
    let builder = Builder::new(spec(dir.path(), &school("layout: single")));
    assert!(has(
        &builder.layout_by_default(Layout::Modules),
        "school.sql"
    ));
}

#[test]
fn target_goes_before_the_spec() {
    let dir = tempfile::tempdir().expect("a folder");
    let builder = Builder::new(spec(dir.path(), SCHOOL)).out_dir(dir.path().join("out"));
    let mend = |builder: Builder| match builder.check() {
        Err(Error::Stale(stale)) => stale.mend,
        other => panic!("{other:?}"),
    };
    // With one target there is one output; the command that would write it shows what was set.
    assert!(!mend(builder.clone()).contains("--target"));
    assert!(mend(builder.target(Target::Rusqlite)).contains("--target rusqlite"));
}

#[test]
fn out_dir_is_where_files_go() {
    let dir = tempfile::tempdir().expect("a folder");
    let out = dir.path().join("deep/out");
    let builder = Builder::new(spec(dir.path(), SCHOOL)).out_dir(&out);
    let summary = builder.generate().expect("written");
    assert!(summary.written.contains(&out.join("school.sql")));
    assert!(builder.generate().expect("kept").written.is_empty());
    for (name, text) in builder.render().expect("a valid spec").output.iter() {
        assert_eq!(fs::read_to_string(out.join(name)).expect("a text"), text);
    }
}

/// The text of `school.rs`.
fn rust(builder: &Builder) -> String {
    let rendered = builder.render().expect("a valid spec");
    let mut files = rendered.output.iter();
    let file = files.find(|(name, _)| *name == "school.rs");
    file.expect("a file").1.to_owned()
}

#[test]
fn derives_and_attributes_go_before_the_spec() {
    let dir = tempfile::tempdir().expect("a folder");
    let of_spec = "derives: [Eq], attributes: [non_exhaustive]";
    let builder = Builder::new(spec(dir.path(), &school(of_spec)));
    let row = "#[derive(Debug, Clone, PartialEq, Eq)]\n#[non_exhaustive]\npub struct Student {";
    assert!(rust(&builder).contains(row));
    let hash = builder.clone().derives(["std::hash::Hash"]);
    let row = "#[derive(Debug, Clone, PartialEq, std::hash::Hash)]\n#[non_exhaustive]\npub struct Student {";
    assert!(rust(&hash).contains(row));
    let none = builder.clone().derives([""; 0]);
    let none = none.attributes(["must_use", "doc(alias = \"pupil\")"]);
    let row = "#[derive(Debug, Clone, PartialEq)]\n#[must_use]\n#[doc(alias = \"pupil\")]\npub struct Student {";
    assert!(rust(&none).contains(row));
    // What rows are made of and what is added to them are two things.
    let hash_of = |builder: &Builder| {
        let text = rust(builder);
        let (_, hash) = text.split_once("SPEC_HASH").expect("a hash");
        hash.lines().next().expect("a line").to_owned()
    };
    assert_eq!(hash_of(&hash), hash_of(&none));
    let school = hash_of(&Builder::new(spec(dir.path(), SCHOOL)));
    assert_eq!(hash_of(&hash), school);
    // Nor is what a column may hold.
    let example = SCHOOL.replace("name: string", "name: { type: string, example: Ann }");
    assert_ne!(example, SCHOOL);
    assert_eq!(hash_of(&Builder::new(spec(dir.path(), &example))), school);
}

#[test]
fn what_the_builder_adds_wrongly_is_told_to_be_its() {
    let dir = tempfile::tempdir().expect("a folder");
    let builder = Builder::new(spec(dir.path(), SCHOOL));
    for (builder, words) in [
        (
            builder.clone().derives(["Serialize"]),
            "`Serialize`, asked for by the builder or the command line, is no path",
        ),
        (
            builder.clone().derives(["Clone"]),
            "`Clone`, asked for by the builder or the command line, is derived",
        ),
        (
            builder.clone().attributes(["a] struct X; #[b"]),
            "`a] struct X; #[b`, asked for by the builder or the command line, is no attribute",
        ),
        (
            builder.derives(["Copy"]),
            "cannot derive `Copy`: column `name`",
        ),
    ] {
        let error = builder.render().expect_err("refused").to_string();
        assert!(error.contains(words), "{error}");
    }
}

#[test]
fn the_time_crate_goes_before_the_spec_which_goes_before_the_default() {
    let dir = tempfile::tempdir().expect("a folder");
    let dated = |generate| {
        let text = school(generate).replace("name: string", "name: string\n      born: date");
        Builder::new(spec(dir.path(), &text)).layout(Layout::Single)
    };
    let born = |builder: &Builder| {
        let text = rust(builder);
        let (_, ty) = text.split_once("pub born: ").expect("a field");
        ty.split(',').next().expect("a type").to_owned()
    };
    assert_eq!(born(&dated("layout: single")), "chrono::NaiveDate");
    let builder = dated("time: jiff");
    assert_eq!(born(&builder), "jiff::civil::Date");
    let of_time = builder.clone().time(Time::Time);
    assert_eq!(born(&of_time), "time::Date");
    assert_eq!(
        born(&builder.clone().time(Time::Chrono)),
        "chrono::NaiveDate"
    );
    // What the rows derive is checked with the crate that they have.
    assert!(builder.clone().derives(["Default"]).validate().is_ok());
    let error = of_time.derives(["Default"]).validate();
    let error = error.expect_err("refused").to_string();
    assert!(error.contains("cannot derive `Default`"), "{error}");
}

#[test]
fn visibility_goes_before_the_spec() {
    let dir = tempfile::tempdir().expect("a folder");
    let builder = Builder::new(spec(dir.path(), &school("visibility: pub(crate)")));
    // Everything at the top; what stands in modules is as visible as they are.
    let heads = |builder: &Builder, prefix: &str| {
        let text = rust(builder);
        let heads = [
            "use self::",
            "const SCHEMA_SQL",
            "const SPEC_HASH",
            "fn create_tables",
            "fn drop_tables",
        ];
        let modules = ["mod student", "mod course", "mod support"];
        let found = heads
            .iter()
            .chain(&modules)
            .map(|head| format!("\n{prefix}{head}"));
        found.filter(|head| text.contains(head)).count()
    };
    assert_eq!(heads(&builder, "pub(crate) "), 8);
    assert_eq!(
        heads(&builder.clone().visibility(Visibility::Private), ""),
        8
    );
    assert_eq!(heads(&builder.visibility(Visibility::Public), "pub "), 8);
    let default = Builder::new(spec(dir.path(), SCHOOL));
    assert_eq!(heads(&default, "pub "), 8);
}

#[test]
fn tests_are_written_where_they_are_asked_for() {
    let dir = tempfile::tempdir().expect("a folder");
    let builder = Builder::new(spec(dir.path(), &school("tests: true")));
    let has = |builder: &Builder| rust(builder).contains("\n#[cfg(test)]\n");
    assert!(has(&builder));
    assert!(!has(&builder.tests(false)));
    let default = Builder::new(spec(dir.path(), SCHOOL));
    assert!(!has(&default));
    assert!(has(&default.tests(true)));
}

#[test]
fn deny_warnings_makes_an_error_of_each() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = spec(dir.path(), &format!("{SCHOOL}  spare: [Student, Course]\n"));
    let builder = Builder::new(path).out_dir(dir.path().join("out"));
    assert_eq!(builder.validate().expect("valid").warnings(), 1);
    assert_eq!(builder.render().expect("valid").warnings.warnings(), 1);
    let error = builder.clone().deny_warnings(true).generate();
    let error = error.expect_err("denied").to_string();
    assert!(error.starts_with("error[W0301]"), "{error}");
    assert!(!dir.path().join("out").exists());
    builder.deny_warnings(false).generate().expect("written");
}

#[test]
fn a_warning_that_is_allowed_is_none() {
    let dir = tempfile::tempdir().expect("a folder");
    let warned = format!("allow: [W0301]\n{SCHOOL}  spare: [Student, Course]\n");
    let builder = Builder::new(spec(dir.path(), &warned)).deny_warnings(true);
    assert!(builder.validate().expect("valid").is_empty());
    assert!(builder.render().expect("valid").warnings.is_empty());
    // Another warning is told all the same.
    let other = warned.replace("W0301", "W0201");
    let builder = Builder::new(spec(dir.path(), &other));
    assert_eq!(builder.validate().expect("valid").warnings(), 1);
}

#[test]
fn wrong_words_of_generate_are_reported_with_their_place() {
    let dir = tempfile::tempdir().expect("a folder");
    let text = school("target: rusqlit, layout: flat, dialects: [sqlite, mysqll]");
    let error = Builder::new(spec(dir.path(), &text)).validate();
    let Err(Error::Spec(report)) = error else {
        panic!("{error:?}");
    };
    let found = relata::diagnostic::json(&report);
    let found = found
        .iter()
        .map(|found| (found.code, found.line, found.column));
    let expected = [("E0011", 1, 21), ("E0011", 1, 38), ("E0011", 1, 63)];
    assert_eq!(found.collect::<Vec<_>>(), expected);
}

#[test]
fn a_reader_gives_a_spec_called_schema() {
    let builder = Builder::from_reader("here", SCHOOL.as_bytes()).expect("read");
    assert!(has(&builder, "schema.sql"));
    let rendered = builder.render().expect("a valid spec");
    assert!(rendered.sources.is_empty());
    let broken = Builder::from_reader("here", BROKEN.as_bytes()).expect("read");
    let error = broken.render().expect_err("an error").to_string();
    assert!(error.contains("--> here:3:5"), "{error}");
}

#[test]
fn check_compares_and_names_the_way_out() {
    let dir = tempfile::tempdir().expect("a folder");
    let out = dir.path().join("models");
    let path = spec(dir.path(), SCHOOL);
    let builder = Builder::new(&path).layout(Layout::Modules).out_dir(&out);
    builder.generate().expect("written");
    builder.check().expect("current");

    let schema = out.join("schema.sql");
    let text = fs::read_to_string(&schema).expect("a text");
    let line = text
        .lines()
        .position(|line| line.starts_with("CREATE TABLE"));
    let number = line.expect("a table") + 1;
    fs::write(&schema, text.replacen("CREATE TABLE", "CREATE VIEW", 1)).expect("a file");
    let error = builder.check().expect_err("stale");
    let said = error.to_string();
    assert!(
        said.contains(&format!("{}:{number}: ", schema.display())),
        "{said}"
    );
    assert!(
        said.contains("\n  -CREATE VIEW") && said.contains("\n  +CREATE TABLE"),
        "{said}"
    );
    let mend = format!("relata generate {} --out {}", path.display(), out.display());
    assert!(said.ends_with(&format!("help: {mend}")), "{said}");
    let Error::Stale(stale) = error else {
        panic!("{error:?}");
    };
    assert!(
        matches!(&stale.differences[0].change, Change::Different { expected, .. } if *expected == text)
    );
}

#[test]
fn debug_of_an_error_is_the_report_below_the_words_before_it() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = spec(dir.path(), BROKEN);
    let error = Builder::new(&path).render().expect_err("an error");
    let shown = format!("Error: {error:?}");
    assert_eq!(shown, format!("Error: \n{error}"));
    let below = format!("\n  --> {}:3:5\n", path.display());
    let below = below.trim_start_matches("\n  ");
    assert!(shown.contains(below), "{shown}");
    assert!(
        shown.contains("\n3 |     colums: { id: integer }\n  |     ^^^^^^"),
        "{shown}"
    );

    let missing = Builder::new(dir.path().join("missing.yaml")).render();
    let missing = missing.expect_err("an error").to_string();
    assert!(missing.contains("missing.yaml"), "{missing}");
}

#[test]
fn a_broken_spec_leaves_the_old_files() {
    let dir = tempfile::tempdir().expect("a folder");
    let out = dir.path().join("out");
    let builder = Builder::new(spec(dir.path(), SCHOOL)).out_dir(&out);
    builder.generate().expect("written");
    let before = fs::read(out.join("school.sql")).expect("a text");
    spec(dir.path(), BROKEN);
    builder.generate().expect_err("an error");
    assert_eq!(fs::read(out.join("school.sql")).expect("a text"), before);
}

/// Does nothing by itself: the next test runs it in a process with the environment of a build script.
#[test]
fn pretended_build_script() {
    if let Some(path) = std::env::var_os(PRETENDED) {
        relata::generate(path).expect("written");
    }
}

#[test]
fn a_build_script_tells_cargo_its_sources_and_warnings() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = spec(dir.path(), &format!("{SCHOOL}  spare: [Student, Course]\n"));
    let said = |build_script: bool| {
        let mut command = Command::new(std::env::current_exe().expect("this test"));
        command.args(["--exact", "pretended_build_script", "--nocapture"]);
        command
            .env(PRETENDED, &path)
            .env("OUT_DIR", dir.path().join("out"));
        if build_script {
            command.env("CARGO_CFG_TARGET_ARCH", "any");
        } else {
            command.env_remove("CARGO_CFG_TARGET_ARCH");
        }
        let output = command.output().expect("run");
        assert!(output.status.success());
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let directives = said(true);
    assert!(dir.path().join("out/school.sql").exists());
    let changed = format!("cargo::rerun-if-changed={}\n", path.display());
    assert!(directives.contains(&changed), "{directives}");
    assert_eq!(directives.matches("cargo::rerun-if-changed").count(), 1);
    let line = SCHOOL.lines().count() + 1;
    let warning = format!("cargo::warning={}:{line}:3: ", path.display());
    assert!(directives.contains(&warning), "{directives}");
    assert_eq!(directives.matches("cargo::warning").count(), 1);
    assert!(!said(false).contains("cargo::"));
}

#[test]
fn without_a_folder_there_is_an_error_that_says_what_to_call() {
    if std::env::var_os("OUT_DIR").is_none() {
        let dir = tempfile::tempdir().expect("a folder");
        let error = Builder::new(spec(dir.path(), SCHOOL)).generate();
        let error = error.expect_err("no folder").to_string();
        assert!(error.contains("`out_dir`"), "{error}");
    }
}
