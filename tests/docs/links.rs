//! Links between documents lead somewhere.

use std::fs;

use crate::nested::root;
use crate::{DOCUMENTS, document};

/// What a heading is called in a link, as books and forges have it.
fn anchor(heading: &str) -> String {
    let kept = heading.trim().to_lowercase().replace(' ', "-");
    kept.chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
        .collect()
}

/// Whether `text` has a heading that `name` stands for.
fn has(text: &str, name: &str) -> bool {
    let headings = text.lines().filter_map(|line| line.strip_prefix('#'));
    headings
        .map(|heading| anchor(heading.trim_start_matches('#')))
        .any(|heading| heading == name)
}

#[test]
fn links_lead_somewhere() {
    for name in DOCUMENTS {
        let text = document(name);
        let place = root().join(name);
        for link in text.split("](").skip(1) {
            let link = link.split(')').next().unwrap_or_default();
            if link.starts_with("https://") {
                continue;
            }
            let (file, heading) = link.split_once('#').unwrap_or((link, ""));
            let there = if file.is_empty() {
                text.clone()
            } else {
                let file = place.with_file_name(file);
                assert!(file.exists(), "{name}: {link}");
                fs::read_to_string(file).unwrap_or_default()
            };
            assert!(heading.is_empty() || has(&there, heading), "{name}: {link}");
        }
    }
}

/// A book has its pages alone, so a link to another file of the repository is dead in it: such files are named instead.
#[test]
fn a_page_of_the_book_leads_to_pages_of_the_book() {
    for name in DOCUMENTS {
        // Its table of sources is for those who have the repository.
        if !name.starts_with("docs/") || *name == "docs/sqlalchemy.md" {
            continue;
        }
        let outside = document(name).split("](../").nth(1).map(str::to_owned);
        assert_eq!(outside, None, "{name} leads out of the book");
    }
}
