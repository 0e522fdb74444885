//! The guide is a book: `docs/SUMMARY.md` is its table of contents. `tests/run` builds it with mdBook.

use std::collections::BTreeSet;
use std::fs;

use crate::nested::root;
use crate::{DOCUMENTS, document};

const SUMMARY: &str = "SUMMARY.md";

/// The page that leads to all others.
const INTRODUCTION: &str = "introduction.md";

/// The names of the pages that are in `docs/`.
fn pages() -> BTreeSet<String> {
    let entries = fs::read_dir(root().join("docs")).expect("docs");
    let names = entries.map(|entry| {
        let name = entry.expect("an entry").file_name();
        name.into_string().expect("UTF-8")
    });
    names
        .filter(|name| {
            let extension = name.rsplit_once('.').map(|(_, extension)| extension);
            extension == Some("md") && name != SUMMARY
        })
        .collect()
}

#[test]
fn every_page_of_docs_is_looked_at() {
    for page in pages() {
        let name = format!("docs/{page}");
        assert!(DOCUMENTS.contains(&name.as_str()), "{name}");
    }
}

/// The pages that `page` links to, each once.
fn listed(page: &str) -> BTreeSet<String> {
    let text = document(&format!("docs/{page}"));
    let links = text.split("](").skip(1);
    let listed: Vec<&str> = links.filter_map(|link| link.split(')').next()).collect();
    let once: BTreeSet<String> = listed.iter().map(|page| (*page).to_owned()).collect();
    assert_eq!(once.len(), listed.len(), "docs/{page}: each once");
    once
}

#[test]
fn the_table_of_contents_and_the_introduction_have_every_page_once() {
    let (summary, pages) = (listed(SUMMARY), pages());
    assert_eq!(summary, pages, "docs/{SUMMARY} and the pages of docs/");
    let mut introduced = listed(INTRODUCTION);
    introduced.insert(INTRODUCTION.to_owned());
    assert_eq!(introduced, pages, "docs/{INTRODUCTION} and the pages");
}

/// What `tests/run` leaves out it says; the version is pinned there, and pages are never made up by a build.
#[test]
fn the_book_is_built_by_tests_run() {
    let script = document("tests/run");
    assert!(script.contains("step build_book"), "a step builds the book");
    assert!(script.contains("needs=(sqlalchemy mdbook "), "it is a need");
    assert!(document("docs/book.toml").contains("\ncreate-missing = false\n"));
}
