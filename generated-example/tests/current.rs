//! The checked-in library is what relata makes of its spec now.

use relata::{Builder, Layout, Target};

#[test]
fn the_checked_in_files_are_current() {
    Builder::new("specs/library.yaml")
        .target(Target::Rusqlite)
        .layout(Layout::Modules)
        .out_dir("src/library")
        .check()
        .unwrap();
}
