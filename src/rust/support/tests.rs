//! The sources that are not emitted as they are, as the blocking target has them, are golden files: what is generated
//! includes them, and the tests of the support code do.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::{Source, always, part};
use crate::model::Target;
use crate::model::Time;
use crate::rust::target::manner;
use crate::rust::types::Part;
use crate::rust::worded::worded;

const PARTS: [Part; 16] = [
    Part::Computed,
    Part::Decimal,
    Part::Enum,
    Part::Json,
    Part::Links,
    Part::Prepared,
    Part::ReadOnly,
    Part::ReadOnlyLinks,
    Part::Testing,
    Part::TestingLinks,
    Part::Time(Time::Chrono),
    Part::Time(Time::Jiff),
    Part::Time(Time::Time),
    Part::UserType,
    Part::Uuid,
    Part::Version,
];

fn sources(target: Target) -> impl Iterator<Item = &'static Source> {
    let parts = PARTS.into_iter().flat_map(move |each| part(target, each));
    always(target).into_iter().chain(parts).flatten()
}

#[test]
fn blocking_sources_are_current() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/blocking");
    let accepts = std::env::var_os("RELATA_ACCEPT").is_some();
    let mut wanted = BTreeMap::new();
    for source in sources(Target::Rusqlite) {
        let text = worded(source.text, manner(Target::Rusqlite));
        if *text != *source.text {
            wanted.insert(format!("{}.rs", source.name), text);
        }
    }
    assert!(wanted.len() > 10, "the calls are not as they are written");
    if accepts {
        let _ = fs::remove_dir_all(&folder);
        for (name, text) in &wanted {
            let path = folder.join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, text.as_bytes()).expect("written");
        }
    }
    for (name, text) in &wanted {
        let present = fs::read_to_string(folder.join(name)).unwrap_or_default();
        assert_eq!(
            present, **text,
            "tests/blocking/{name}: RELATA_ACCEPT=1 cargo test --lib blocking"
        );
    }
    let folders = ["calls", "classes", "common"].map(|name| fs::read_dir(folder.join(name)));
    let files = folders
        .into_iter()
        .map(|files| files.expect("a folder").count());
    assert_eq!(files.sum::<usize>(), wanted.len(), "files of no source");
}
