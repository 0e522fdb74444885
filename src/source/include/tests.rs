//! What is included, in which order, and how much of it.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use super::super::limits::{self, Budget};
use super::super::{Failure, FaultKind, FileId, Parts, Sources};

const PARTS: Parts = Parts {
    include: "include",
    shared: &["things"],
};

/// The spec `main.yaml` in a folder of the `files`.
fn sources(files: &[(&str, &str)]) -> (tempfile::TempDir, Sources) {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    let sources = Sources::of_file(&folder.path().join("main.yaml"), &PARTS);
    (folder, sources)
}

/// The names of `files` below `folder`.
fn names(folder: &Path, sources: &Sources, files: &[FileId]) -> Vec<String> {
    let names = files
        .iter()
        .map(|file| Path::new(sources.file(*file).name()));
    let names = names.map(|name| {
        name.strip_prefix(folder)
            .expect("below")
            .display()
            .to_string()
    });
    names.collect()
}

fn order(files: &[(&str, &str)]) -> Vec<String> {
    let (folder, sources) = sources(files);
    assert_eq!(failures(&sources), []);
    names(folder.path(), &sources, sources.order())
}

fn failures(sources: &Sources) -> Vec<Failure> {
    let files = sources.order().iter();
    let failed = files.flat_map(|file| sources.failed(*file));
    failed.map(|failed| failed.failure.clone()).collect()
}

fn faults(sources: &Sources) -> Vec<FaultKind> {
    let files = sources.order().iter();
    let faults = files.flat_map(|file| sources.file(*file).faults());
    faults.map(|fault| fault.kind.clone()).collect()
}

#[test]
fn what_is_included_comes_first_and_once() {
    let files = [
        ("main.yaml", "include: [b/one.yaml, a.yaml]\n"),
        ("a.yaml", "include: ./c.yaml\n"),
        ("b/one.yaml", "include: [../c.yaml, two.yaml]\n"),
        ("b/two.yaml", "include: ../c.yaml\n"),
        ("c.yaml", ""),
    ];
    let expected = [
        "b/../c.yaml",
        "b/two.yaml",
        "b/one.yaml",
        "a.yaml",
        "main.yaml",
    ];
    assert_eq!(order(&files), expected);
    assert_eq!(
        order(&[("main.yaml", "include: a.yaml\n"), ("a.yaml", "x")]),
        ["a.yaml", "main.yaml"]
    );
    assert_eq!(order(&[("main.yaml", "include: *a\nb: &a x\n")]).len(), 1);
    let alias = "a: &a [a.yaml]\ninclude: *a\n";
    assert_eq!(order(&[("main.yaml", alias), ("a.yaml", "")]).len(), 2);
    assert_eq!(order(&[("main.yaml", "include:\n")]), ["main.yaml"]);
    assert_eq!(
        order(&[("main.yaml", "include: {a.yaml: b}\n")]),
        ["main.yaml"]
    );
    assert_eq!(order(&[("main.yaml", "- include\n")]), ["main.yaml"]);
}

#[test]
fn paths_are_those_that_were_read_or_may_be() {
    let (folder, sources) = sources(&[
        (
            "main.yaml",
            "include: [a.yaml, missing.yaml, folder, missing.yaml]\n",
        ),
        ("a.yaml", "include: broken.yaml\n"),
        ("broken.yaml", "a: [\n"),
        ("folder/b.yaml", ""),
    ]);
    let expected = ["main.yaml", "a.yaml", "broken.yaml", "missing.yaml"];
    assert_eq!(
        sources.paths(),
        expected.map(|name| folder.path().join(name))
    );
    let beside = ["a.yaml", "broken.yaml", "main.yaml"].map(str::to_owned);
    let missing = || Failure::Missing(beside.to_vec());
    let expected = [missing(), Failure::Folder, missing()];
    assert_eq!(failures(&sources), expected);
}

#[test]
fn a_large_folder_is_not_told_in_part() {
    let (folder, _) = sources(&[("main.yaml", "include: missing.yaml\n")]);
    for number in 1..=limits::FILES {
        fs::write(folder.path().join(format!("{number}.yaml")), "").expect("a file");
    }
    let sources = Sources::of_file(&folder.path().join("main.yaml"), &PARTS);
    assert_eq!(failures(&sources), [Failure::Missing(Vec::new())]);
    fs::remove_file(folder.path().join("1.yaml")).expect("removed");
    let sources = Sources::of_file(&folder.path().join("main.yaml"), &PARTS);
    let [Failure::Missing(beside)] = &failures(&sources)[..] else {
        panic!("it is missing");
    };
    assert_eq!(beside.len(), limits::FILES);
    assert!(beside.is_sorted());
}

#[test]
fn a_name_belongs_to_the_file_that_is_read_first() {
    let (folder, sources) = sources(&[
        (
            "main.yaml",
            "include: [a.yaml, b.yaml]\nthings: { x: 1, z: 1 }\nother: { y: 1 }\n",
        ),
        ("a.yaml", "things: { x: { deep: 2 } }\n"),
        (
            "b.yaml",
            "things: { x: 3, y: 3 }\nother: { y: 3 }\nthings: { w: 3 }\n",
        ),
    ]);
    let owner = |steps: &[&str]| {
        let path = steps
            .iter()
            .fold(crate::source::Path::root(), |path, step| path.key(step));
        names(folder.path(), &sources, &[sources.owner(&path)]).concat()
    };
    assert_eq!(owner(&["things", "x"]), "a.yaml");
    assert_eq!(owner(&["things", "x", "deep"]), "a.yaml");
    assert_eq!(owner(&["things", "y", "nowhere"]), "b.yaml");
    assert_eq!(owner(&["things", "z"]), "main.yaml");
    // What nobody has, what no other file fills, and the second of two equal keys.
    for path in [
        &["things", "w"][..],
        &["things"],
        &["other", "y"],
        &["nothing", "x"],
        &[],
    ] {
        assert_eq!(owner(path), "main.yaml", "{path:?}");
    }
    let place = crate::source::Path::root().key("things").key("x");
    let (file, span) = sources.locate(&place.key("deep").at_value());
    assert_eq!(&sources.file(file).text()[span], "2");
    let (file, span) = sources.locate(&place.at_value().within(FileId::ROOT));
    assert_eq!(&sources.file(file).text()[span], "1");
}

#[test]
fn files_are_included_to_a_depth() {
    let chain = |depth: usize| {
        let mut files = vec![("main.yaml".to_owned(), "include: 1.yaml\n".to_owned())];
        for number in 1..depth {
            let text = format!("include: {}.yaml\n", number + 1);
            files.push((format!("{number}.yaml"), text));
        }
        files.push((format!("{depth}.yaml"), String::new()));
        let files = files
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()));
        sources(&files.collect::<Vec<_>>()).1
    };
    let sources = chain(limits::INCLUDE_DEPTH);
    assert_eq!(
        (sources.order().len(), failures(&sources)),
        (limits::INCLUDE_DEPTH + 1, vec![])
    );
    let sources = chain(limits::INCLUDE_DEPTH + 1);
    assert_eq!(failures(&sources), [Failure::TooDeep]);
}

#[test]
fn files_are_counted() {
    let list = |from: usize, to: usize| {
        let names = (from..to).map(|number| format!("{number}.yaml"));
        format!("include: [{}]\n", names.collect::<Vec<_>>().join(", "))
    };
    let of = |first: &str, second: &str| {
        let mut files = vec![(
            "main.yaml".to_owned(),
            "include: [a.yaml, b.yaml]\n".to_owned(),
        )];
        files.push(("a.yaml".to_owned(), first.to_owned()));
        files.push(("b.yaml".to_owned(), second.to_owned()));
        let numbered = (0..limits::FILES).map(|number| (format!("{number}.yaml"), String::new()));
        files.extend(numbered);
        let files = files
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()));
        sources(&files.collect::<Vec<_>>()).1
    };
    let half = limits::FILES / 2;
    let sources = of(&list(0, half), &list(half, limits::FILES - 2));
    assert_eq!(failures(&sources), []);
    assert_eq!(sources.order().len(), limits::FILES + 1);
    let sources = of(&list(0, half), &list(half, limits::FILES - 1));
    assert_eq!(failures(&sources), [Failure::TooMany]);
    // An entry counts also when its file has been read, and nothing more is told.
    let same = list(0, half);
    let sources = of(&list(0, limits::FILES - 10), &same);
    assert_eq!(failures(&sources), [Failure::TooMany]);
}

#[test]
fn all_files_together_are_within_the_limits_of_a_spec() {
    let both = |text: &str| {
        let main = "include: [a.yaml, b.yaml, c.yaml]\n";
        let of = |second| {
            sources(&[
                ("main.yaml", main),
                ("a.yaml", text),
                ("b.yaml", second),
                ("c.yaml", "x"),
            ])
            .1
        };
        let (one, two) = (of(""), of(text));
        assert_eq!(
            (failures(&one), faults(&one), one.order().len()),
            (vec![], vec![], 4)
        );
        // What would come behind is not read.
        assert!(two.order().len() < 4);
        (failures(&two), faults(&two))
    };
    let bytes = format!("#{}\n", "x".repeat(1_000)).repeat(limits::SPEC_BYTES / 1_500);
    assert_eq!(both(&bytes), (vec![Failure::TooLarge], vec![]));
    let nodes = "- a\n".repeat(limits::NODES * 2 / 3);
    assert_eq!(both(&nodes), (vec![], vec![FaultKind::TooManyNodes]));
    let marks = format!("# {}\n", ",".repeat(100)).repeat(limits::MARKS / 150);
    assert_eq!(both(&marks), (vec![], vec![FaultKind::TooManyMarks]));
    let mut aliases = "a: &a [".to_owned() + &"x, ".repeat(1_000) + "]\nb:\n";
    let _ = write!(aliases, "{}", "- *a\n".repeat(66));
    assert_eq!(both(&aliases), (vec![], vec![FaultKind::AliasGrowth]));
    // Faults that do not stop reading are remembered up to a number.
    let tags = "- !x a\n".repeat(limits::FAULTS * 2 / 3);
    let main = "include: [a.yaml, b.yaml]\n";
    let two = sources(&[("main.yaml", main), ("a.yaml", &tags), ("b.yaml", &tags)]).1;
    assert_eq!(faults(&two).len(), Budget::default().faults);
}

#[test]
fn a_circle_is_told_once_with_its_way() {
    let (_folder, sources) = sources(&[
        ("main.yaml", "include: [a.yaml, c.yaml]\n"),
        ("a.yaml", "include: b.yaml\n"),
        ("b.yaml", "include: [c.yaml, a.yaml, ./main.yaml, b.yaml]\n"),
        ("c.yaml", ""),
    ]);
    let found = failures(&sources);
    let lengths: Vec<usize> = found
        .iter()
        .map(|failure| match failure {
            Failure::Circle(places) => places.len(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(lengths, [1, 2, 0]);
}

#[test]
fn a_net_of_includes_is_walked_once() {
    // Each includes all others: as many circles as there are ways, but each file and each entry counts once.
    let names: Vec<String> = (0..30).map(|number| format!("{number}.yaml")).collect();
    let list = format!("include: [{}]\n", names.join(", "));
    let mut files: Vec<(&str, &str)> = names
        .iter()
        .map(|name| (name.as_str(), list.as_str()))
        .collect();
    files.push(("main.yaml", &list));
    let start = Instant::now();
    let (_folder, sources) = sources(&files);
    assert_eq!(sources.order().len(), 31);
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[cfg(unix)]
#[test]
fn what_is_no_regular_file_is_not_opened() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    let made = std::process::Command::new("mkfifo")
        .arg(path("pipe"))
        .status();
    assert!(made.expect("mkfifo").success());
    std::os::unix::fs::symlink("pipe", path("link")).expect("a link");
    // On systems that have none it is missing, which is a failure like another.
    std::os::unix::fs::symlink("/proc/self/environ", path("secrets")).expect("a link");
    std::os::unix::fs::symlink("loop", path("loop")).expect("a link");
    fs::write(
        path("main.yaml"),
        "include: [pipe, link, /dev/zero, secrets, ., \"\", loop, \"a\\0b\", main.yaml/x]\n",
    )
    .expect("a spec");
    let start = Instant::now();
    let sources = Sources::of_file(&path("main.yaml"), &PARTS);
    assert!(start.elapsed() < Duration::from_secs(5));
    let found = failures(&sources);
    let pipe = Failure::NoRegularFile;
    assert_eq!(found[..3], [pipe.clone(), pipe.clone(), pipe.clone()]);
    if cfg!(target_os = "linux") {
        assert_eq!(found[3], pipe);
    }
    assert_eq!(found[4..6], [Failure::Folder, Failure::Folder]);
    for failure in &found[6..] {
        assert!(matches!(failure, Failure::Unreadable(_)), "{failure:?}");
    }
    assert_eq!(found.len(), 9);
}

#[cfg(unix)]
#[test]
fn a_link_is_the_file_that_it_leads_to() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    fs::write(path("a.yaml"), "things: { x: 1 }\n").expect("a file");
    fs::write(path("c.yaml"), "include: link.yaml\n").expect("a file");
    std::os::unix::fs::symlink("a.yaml", path("link.yaml")).expect("a link");
    fs::write(path("main.yaml"), "include: [a.yaml, link.yaml, c.yaml]\n").expect("a spec");
    let sources = Sources::of_file(&path("main.yaml"), &PARTS);
    assert_eq!(failures(&sources), [Failure::Repeated(0)]);
    assert_eq!(sources.order().len(), 3);
}

#[test]
fn a_text_includes_from_the_current_folder() {
    let text = b"include: [specs/includes/people.yaml, ./specs/includes/words.yaml]\n";
    let sources = Sources::of_text("text", text, &PARTS);
    let names = sources
        .order()
        .iter()
        .map(|file| sources.file(*file).name());
    let expected = [
        "specs/includes/words.yaml",
        "specs/includes/people.yaml",
        "text",
    ];
    assert_eq!(names.collect::<Vec<_>>(), expected);
    let paths = ["specs/includes/people.yaml", "specs/includes/words.yaml"];
    assert_eq!(sources.paths(), paths.map(Path::new));
}
