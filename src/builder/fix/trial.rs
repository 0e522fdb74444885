//! Whether changes are good: what they are for is gone, and nothing new is wrong where something was changed.

use std::collections::{BTreeMap, BTreeSet};

use super::choice::Candidate;
use super::texts::Key;
use crate::diagnostic::report::{Finding, Label};
use crate::diagnostic::{Code, Report, Severity};
use crate::source::{Edit, Entries, Entry, FileId, Sources};

/// The edits of `candidates`, file by file, in the order of the text.
pub(super) fn by_file(candidates: &[Candidate]) -> BTreeMap<FileId, Vec<Edit>> {
    let mut files: BTreeMap<FileId, Vec<Edit>> = BTreeMap::new();
    for edit in candidates.iter().flat_map(|candidate| &candidate.edits) {
        files.entry(edit.file).or_default().push(edit.edit.clone());
    }
    for edits in files.values_mut() {
        edits.sort();
    }
    files
}

/// Where a part of the text begins, after `edits`, that began at `byte`.
pub(super) fn moved_start(byte: usize, edits: &[Edit]) -> usize {
    let mut moved = byte;
    for edit in edits {
        if edit.end <= byte {
            moved = moved + edit.text.len() + edit.start - edit.end;
        } else if edit.start < byte {
            moved -= byte - edit.start;
        }
    }
    moved
}

/// Where it ends that ended at `byte`.
fn moved_end(byte: usize, edits: &[Edit]) -> usize {
    let mut moved = byte;
    for edit in edits {
        if edit.start >= byte {
            break;
        }
        let removed = edit.end.min(byte) - edit.start;
        moved = moved + edit.text.len() - removed;
    }
    moved
}

/// Where the text of an edit, which is one of `edits`, begins.
pub(super) fn new_start(edit: &Edit, edits: &[Edit]) -> usize {
    let start = moved_start(edit.start, edits);
    // What is added moves the place where it is added.
    let added = edit.start == edit.end;
    if added {
        start - edit.text.len()
    } else {
        start
    }
}

/// The byte to name for an edit whose text stands at `start` now: its first word, below what it may begin with.
pub(super) fn shown(start: usize, edit: &Edit) -> usize {
    let line = edit.text.rfind('\n').map_or(0, |at| at + 1);
    let rest = &edit.text[line..];
    let begin = rest.trim_start_matches([' ', ',']);
    start + line + rest.len() - begin.len()
}

/// A problem as far as it can be known again: by its file, and its bytes in the texts as they are now.
type Known<'r> = (Code, &'r str, Key, usize, usize);

/// Whether the changes of `chosen` have made the spec of the report `new` out of that of `old`, and a better one.
pub(super) fn is_good(old: &Report, new: &Report, chosen: &[Candidate]) -> bool {
    let sources = old.sources();
    let files = by_file(chosen);
    let moved = |(code, message, file, start, end): (Code, _, FileId, usize, usize)| -> Known<'_> {
        let edits = files.get(&file).map_or(&[][..], Vec::as_slice);
        let (start, end) = (moved_start(start, edits), moved_end(end, edits));
        (code, message, Key::of(sources, file), start, end)
    };
    let findings = old.findings().iter();
    let known: BTreeSet<Known<'_>> = findings
        .map(|finding| {
            let Label {
                file, start, end, ..
            } = finding.primary;
            moved((finding.code, finding.message.as_str(), file, start, end))
        })
        .collect();
    let wanted = chosen.iter().map(|candidate| {
        let message = candidate.message.as_str();
        moved((
            candidate.code,
            message,
            candidate.file,
            candidate.start,
            candidate.end,
        ))
    });
    let wanted: BTreeSet<Known<'_>> = wanted.collect();
    let regions = regions(old, new.sources(), chosen);
    new.findings().iter().all(|finding| {
        let Label {
            file, start, end, ..
        } = finding.primary;
        let key = Key::of(new.sources(), file);
        let now = (finding.code, finding.message.as_str(), key, start, end);
        !wanted.contains(&now) && (known.contains(&now) || !is_caused(finding, &regions))
    })
}

/// What a change has to do with in the new text.
struct Region {
    file: FileId,
    entries: Vec<Entry>,
    reach: Reach,
}

/// Which new problems speak against a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// Those of reading at the entry: what a key means is another matter than how it is spelt.
    Reading,
    /// All at the entry.
    Entry,
    /// All at the entries of the mapping: what another name leads to has to fit them.
    Record,
}

impl Reach {
    fn of(candidate: &Candidate) -> Self {
        let named = candidate.edits.iter().any(|edit| edit.names.is_some());
        match candidate.code {
            Code::Unreadable | Code::Syntax | Code::ReadersDisagree | Code::UnknownKey => {
                Self::Reading
            }
            code if named || code >= Code::OneSidedBackPopulation => Self::Record,
            _ => Self::Entry,
        }
    }
}

fn regions(old: &Report, new: &Sources, chosen: &[Candidate]) -> Vec<Region> {
    let files = by_file(chosen);
    let mut regions = Vec::new();
    let keys = new.order().iter();
    let keys: BTreeMap<Key, FileId> = keys.map(|file| (Key::of(new, *file), *file)).collect();
    let mut entries_of: BTreeMap<FileId, Entries<'_>> = BTreeMap::new();
    for candidate in chosen {
        let reach = Reach::of(candidate);
        for edit in &candidate.edits {
            let key = Key::of(old.sources(), edit.file);
            let Some(file) = keys.get(&key).copied() else {
                continue;
            };
            let known = entries_of.entry(file);
            let known = known.or_insert_with(|| Entries::new(new.file(file)));
            let edits = files.get(&edit.file).map_or(&[][..], Vec::as_slice);
            let start = new_start(&edit.edit, edits);
            let text = &edit.edit.text;
            let last = text.rfind(|c: char| c.is_alphanumeric());
            let byte = start + last.unwrap_or(0);
            let own = Entry {
                words: start..start + text.len(),
                value: start..start + text.len(),
            };
            let mut entries = vec![own];
            match reach {
                Reach::Record => entries.extend(known.beside(byte)),
                Reach::Reading | Reach::Entry => entries.extend(known.at(byte)),
            }
            regions.push(Region {
                file,
                entries,
                reach,
            });
        }
    }
    regions
}

/// Whether a new problem stands where something was changed. One that is certain to be mended itself was only hidden.
fn is_caused(finding: &Finding, regions: &[Region]) -> bool {
    if finding.severity == Severity::Warning || !finding.edits.is_empty() {
        return false;
    }
    let labels = || std::iter::once(&finding.primary).chain(&finding.others);
    let touches = |region: &Region| {
        let concerned = region.reach != Reach::Reading || finding.code < Code::InvalidName;
        concerned
            && labels().any(|label| {
                let within = |entry: &Entry| {
                    let touched = label.start <= entry.words.end && entry.words.start <= label.end;
                    touched || (label.start, label.end) == (entry.value.start, entry.value.end)
                };
                label.file == region.file && region.entries.iter().any(within)
            })
    };
    regions.iter().any(touches)
}

#[cfg(test)]
mod tests {
    use super::{Edit, moved_end, moved_start, shown};

    fn edit(start: usize, end: usize, text: &str) -> Edit {
        let text = text.to_owned();
        Edit { start, end, text }
    }

    #[test]
    fn bytes_move_with_what_stands_before_them() {
        let edits = [edit(2, 5, "x"), edit(7, 7, ", new"), edit(9, 10, "long")];
        for (byte, start, end) in [
            (0, 0, 0),
            (2, 2, 2),
            // Within what is replaced.
            (3, 2, 3),
            (5, 3, 3),
            (7, 10, 5),
            (8, 11, 11),
            (10, 16, 16),
        ] {
            assert_eq!(moved_start(byte, &edits), start, "start {byte}");
            assert_eq!(moved_end(byte, &edits), end, "end {byte}");
        }
    }

    #[test]
    fn the_first_word_is_shown() {
        assert_eq!(shown(7, &edit(3, 3, ", key: value")), 9);
        assert_eq!(shown(7, &edit(3, 3, ", # c\n  key: value")), 15);
        assert_eq!(shown(7, &edit(3, 5, "word")), 7);
    }
}
