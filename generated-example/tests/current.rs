//! A golden test of checked-in files: `src/library` is what relata makes of the spec now. When it is not, the test shows where
//! they differ. `RELATA_ACCEPT=1 cargo test -p generated-example --test current` writes the files anew; then read the diff, as
//! a reviewer will. `docs/golden_tests.md` tells how to have the same in a crate of yours.

use relata::{Builder, Layout, Target};

#[test]
fn the_checked_in_files_are_current() -> Result<(), relata::Error> {
    // The settings with which the files were made, and which are not in the spec.
    let library = Builder::new("specs/library.yaml")
        .target(Target::Rusqlite)
        .layout(Layout::Modules)
        .out_dir("src/library");
    if std::env::var_os("RELATA_ACCEPT").is_some() {
        library.generate()?;
    }
    // The error's `Debug`, which a test prints, is the whole report.
    library.check()
}
