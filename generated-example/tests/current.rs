//! The checked-in library is what relata makes of its spec now. `RELATA_ACCEPT=1 cargo test -p generated-example --test
//! current` accepts what it makes.

use relata::{Builder, Layout, Target};

#[test]
fn the_checked_in_files_are_current() -> Result<(), relata::Error> {
    let library = Builder::new("specs/library.yaml")
        .target(Target::Rusqlite)
        .layout(Layout::Modules)
        .out_dir("src/library");
    if std::env::var_os("RELATA_ACCEPT").is_some() {
        library.generate()?;
    }
    library.check()
}
