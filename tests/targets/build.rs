//! What the build script of each asynchronous target does: the code of all specs, and the tests over it, turned from
//! those of generated-example.

use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use asynchronous::{Place, Suite, awaited, read};

#[path = "../../generated-example/tests/specs/generate.rs"]
mod generate;

#[path = "shared.rs"]
mod shared;

/// A target of the suite.
pub struct Kind {
    pub target: relata::Target,
    /// Specs that ask for what its database cannot do.
    pub refused: &'static [&'static str],
    /// What specs say instead of what its database cannot do.
    pub instead: generate::Instead<'static>,
    /// The modules of tests that it has no use for.
    pub left_out: &'static [&'static str],
    /// Functions of generated code for rusqlite that it lacks.
    pub lacks: &'static [&'static str],
    /// The module that has its tests, and why they are ignored unless they are asked for by its name.
    pub suite: &'static str,
    pub needs: Option<&'static str>,
    /// How the programs of the contract open a connection and begin a transaction, in its words.
    pub words: &'static [(&'static str, &'static str)],
    /// What stands behind the support code.
    pub behind: &'static str,
    /// What calls are given for the connection of that name.
    pub connections: &'static [(&'static str, &'static str)],
}

/// Writes the code and the tests; `suite.rs` has the latter as modules.
pub fn build(kind: &Kind) -> Result<(), Box<dyn Error>> {
    let root = Path::new("../../..");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("no OUT_DIR")?);
    // What an earlier run has left is of earlier sources.
    fs::remove_dir_all(&out)?;
    fs::create_dir_all(&out)?;
    let tests = root.join("generated-example/tests");
    println!("cargo::rerun-if-changed={}", tests.display());
    println!("cargo::rerun-if-changed=../build.rs");
    println!("cargo::rerun-if-changed=../shared.rs");
    generate::generate(root, &out, kind.target, kind.refused, kind.instead)?;
    let mut specs = vec![
        "specs/school.yaml",
        "generated-example/specs/library.yaml",
        "tests/targets/live/kinds.yaml",
        "tests/targets/live/values.yaml",
    ];
    use relata::Target::{SqlxPostgres, TokioPostgres};
    if matches!(kind.target, SqlxPostgres | TokioPostgres) {
        specs.push("tests/targets/live/arrays.yaml");
    }
    for spec in specs {
        generate::spec_of(&root.join(spec), &out, kind.instead)?
            .target(kind.target)
            .layout(relata::Layout::Single)
            .out_dir(&out)
            .generate()?;
    }
    shared::share(root, &out, kind.behind)?;
    let mut modules = String::from(
        "/// What is the same for every schema.\nmod shared {\n    include!(concat!(env!(\"OUT_DIR\"), \"/shared.rs\"));\n}\n",
    );
    writeln!(
        modules,
        "/// The tests of generated-example.\nmod {} {{",
        kind.suite
    )?;
    for module in ["behaviour", "patterns"] {
        let path_of = format!("{}::{module}", kind.suite);
        let place = Place {
            module: &path_of,
            roots: &["db", "own"],
            left_out: kind.left_out,
            lacks: kind.lacks,
            needs: kind.needs,
        };
        Suite::read(&tests.join(module))?.write(&out.join("suite").join(module), place)?;
        writeln!(modules, "/// From `generated-example/tests/{module}`.")?;
        writeln!(modules, "#[path = {:?}]", path(&out, module)?)?;
        writeln!(modules, "mod {module};")?;
    }
    programs(kind, &tests.join("usage"), &out.join("suite/usage"))?;
    writeln!(modules, "/// The programs of the contract.")?;
    writeln!(modules, "#[path = {:?}]", path(&out, "usage")?)?;
    writeln!(modules, "mod usage;\n}}")?;
    fs::write(out.join("suite.rs"), modules)?;
    Ok(())
}

/// Where the root of a module is written.
fn path(out: &Path, module: &str) -> Result<String, Box<dyn Error>> {
    let path = out.join("suite").join(module).join("main.rs");
    let path = path.to_str().ok_or("a path that is no text")?;
    Ok(path.to_owned())
}

/// Writes the programs of the contract, and what runs them.
fn programs(kind: &Kind, from: &Path, to: &Path) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(to)?;
    for program in generate::PROGRAMS {
        let mut text = read(&from.join(format!("{program}.rs")))?;
        for (rusqlite, words) in kind.words {
            text = text.replace(rusqlite, words);
        }
        assert!(
            !text.contains("rusqlite"),
            "{program} opens a connection in other words"
        );
        let text = awaited(&text, kind.connections)?;
        fs::write(to.join(format!("{program}.rs")), text)?;
    }
    let runs = read(&from.join("main.rs"))?;
    let waits = runs.replace("main().unwrap()", "crate::db::wait(main()).unwrap()");
    assert_ne!(runs, waits, "the programs are run in other words");
    let place = Place {
        needs: kind.needs,
        ..Place::default()
    };
    fs::write(
        to.join("main.rs"),
        asynchronous::waited(&waits, &asynchronous::Own::default(), place)?,
    )?;
    Ok(())
}
