//! Mistakes with the generated API do not compile, and what rustc says of them names the user's types.
//!
//! A file of `compile_fail/` has mistakes of one kind, each in a function that tells it by its name. Beside it stands what
//! rustc says. `RELATA_ACCEPT=1 cargo test -p generated-example --test compile_fail` accepts what it says now.

use std::env;
use std::process::Command;

/// The compiler whose words are expected: every version says the same in other words.
const RUSTC: &str = "rustc 1.95.";

/// Set where this program runs itself: it only tries the files.
const TRY: &str = "RELATA_COMPILE_FAIL";

#[test]
fn mistakes_do_not_compile() {
    let (accept, version) = (env::var_os("RELATA_ACCEPT").is_some(), version());
    let of_words = version.starts_with(RUSTC);
    if env::var_os(TRY).is_some() || (of_words && !accept) {
        trybuild::TestCases::new().compile_fail("tests/compile_fail/*.rs");
        return;
    }
    assert!(
        of_words || !accept,
        "`RUSTC` in this file is another than {version}"
    );
    let mut again = Command::new(env::current_exe().expect("this program"));
    again.env(TRY, "1").arg("--nocapture");
    if accept {
        // trybuild has a switch of its own, and takes it from the environment alone.
        again.env("TRYBUILD", "overwrite");
    }
    let output = again.output().expect("this program runs");
    let said = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    if accept {
        assert!(output.status.success(), "{said}");
        return;
    }
    // Another compiler has other words, but the same mistakes.
    let outcome = |line: &&str| line.contains("tests/compile_fail/") && line.contains(" ... ");
    let outcomes: Vec<&str> = said.lines().filter(outcome).collect();
    let refused = |line: &&&str| line.contains("ok") || line.contains("mismatch");
    let files = std::fs::read_dir("tests/compile_fail").expect("the folder");
    let files = files.filter(|file| {
        let path = file.as_ref().expect("a file").path();
        path.extension().is_some_and(|ending| ending == "rs")
    });
    assert_eq!(outcomes.len(), files.count(), "{said}");
    assert!(outcomes.iter().all(|line| refused(&line)), "{said}");
    eprintln!("not compared: the words, which are those of {RUSTC}*, and this is {version}");
}

fn version() -> String {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).arg("--version").output();
    String::from_utf8_lossy(&output.expect("rustc").stdout).into_owned()
}
