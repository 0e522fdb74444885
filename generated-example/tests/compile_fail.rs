//! Mistakes with the generated API do not compile, and what rustc says of them names the user's types.
//!
//! A file of `compile_fail/` has mistakes of one kind, each in a function that tells it by its name. Beside it stands what
//! rustc says. `RELATA_ACCEPT=1 cargo test -p generated-example --test compile_fail` accepts what it says now.

use std::env;
use std::process::Command;

/// The compiler whose words are expected: every version says the same in other words.
const RUSTC: &str = "rustc 1.95.";

#[test]
fn mistakes_do_not_compile() {
    let accept = env::var_os("RELATA_ACCEPT").is_some();
    let version = version();
    if !version.starts_with(RUSTC) {
        assert!(!accept, "`RUSTC` in this file is another than {version}");
        assert!(
            env::var_os("CI").is_none(),
            "with CI set nothing is left out, and this is {version}"
        );
        eprintln!("left out: the words are those of {RUSTC}*, and this is {version}");
        return;
    }
    if accept && env::var_os("TRYBUILD").is_none() {
        // trybuild has a switch of its own, and takes it from the environment alone.
        let mut again = Command::new(env::current_exe().expect("this program"));
        let status = again.env("TRYBUILD", "overwrite").status().expect("run");
        assert!(status.success());
        return;
    }
    trybuild::TestCases::new().compile_fail("tests/compile_fail/*.rs");
}

fn version() -> String {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).arg("--version").output();
    String::from_utf8_lossy(&output.expect("rustc").stdout).into_owned()
}
