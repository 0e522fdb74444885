//! Which of the changes that diagnostics have are tried.

use std::collections::{BTreeMap, BTreeSet};

use super::texts::{Key, Texts};
use crate::diagnostic::fix::Edit;
use crate::diagnostic::report::Finding;
use crate::diagnostic::{Code, Report};
use crate::source::{FileId, Sources};

/// A problem, and the changes that mend it.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) code: Code,
    pub(super) message: String,
    pub(super) file: FileId,
    /// The bytes where it is told.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) edits: Vec<Edit>,
}

impl Candidate {
    fn of(finding: &Finding) -> Self {
        Self {
            code: finding.code,
            message: finding.message.clone(),
            file: finding.primary.file,
            start: finding.primary.start,
            end: finding.primary.end,
            edits: finding.edits.clone(),
        }
    }
}

/// The problems of `report` whose changes may be made side by side.
pub(super) fn candidates(report: &Report, texts: &Texts) -> Vec<Candidate> {
    let sources = report.sources();
    let mendable = report.findings().iter().filter(|finding| {
        let may = |edit: &Edit| texts.may_change(&Key::of(sources, edit.file));
        !finding.edits.is_empty() && finding.edits.iter().all(may)
    });
    let mut found: Vec<Candidate> = Vec::new();
    let mut known = BTreeSet::new();
    for finding in mendable {
        // One change may mend several problems.
        if known.insert(&finding.edits) {
            found.push(Candidate::of(finding));
        }
    }
    let counts = counts(sources, &found);
    found.retain(|candidate| candidate.edits.iter().all(|edit| is_rarer(edit, &counts)));
    let clashing = clashing(&found);
    let mut place = 0;
    found.retain(|_| {
        place += 1;
        !clashing.contains(&(place - 1))
    });
    found
}

/// Whether the name that goes stands no more often than the one that comes: of two names that are meant to be one, the
/// rarer is the misspelt one.
fn is_rarer(edit: &Edit, counts: &BTreeMap<String, usize>) -> bool {
    let count = |name: &String| counts.get(name.as_str()).copied().unwrap_or(0);
    let names = edit.names.as_ref();
    names.is_none_or(|(from, to)| count(from) <= count(to))
}

/// How often the names that candidates exchange stand in the texts.
fn counts(sources: &Sources, candidates: &[Candidate]) -> BTreeMap<String, usize> {
    let edits = candidates.iter().flat_map(|candidate| &candidate.edits);
    let names = edits.filter_map(|edit| edit.names.as_ref());
    let names = names.flat_map(|(from, to)| [from.clone(), to.clone()]);
    let mut counts: BTreeMap<String, usize> = names.map(|name| (name, 0)).collect();
    if counts.is_empty() {
        return counts;
    }
    for file in sources.order() {
        let text = sources.file(*file).text();
        for word in text.split(|c: char| c != '_' && !c.is_alphanumeric()) {
            if let Some(count) = counts.get_mut(word) {
                *count += 1;
            }
        }
    }
    counts
}

/// The places of the candidates that want something else for the same bytes.
fn clashing(candidates: &[Candidate]) -> BTreeSet<usize> {
    let mut all: Vec<(&Edit, usize)> = Vec::new();
    for (place, candidate) in candidates.iter().enumerate() {
        all.extend(candidate.edits.iter().map(|edit| (edit, place)));
    }
    all.sort();
    let mut clashing = BTreeSet::new();
    let mut widest: Option<(&Edit, usize)> = None;
    for (edit, place) in all {
        if let Some((before, other)) = widest
            && before.file == edit.file
            && other != place
            && (edit.edit.start < before.edit.end || edit.edit.start == before.edit.start)
        {
            clashing.extend([place, other]);
        }
        let further = |before: &Edit| before.file != edit.file || before.edit.end <= edit.edit.end;
        if widest.is_none_or(|(before, _)| further(before)) {
            widest = Some((edit, place));
        }
    }
    clashing
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Candidate, clashing};
    use crate::diagnostic::Code;
    use crate::diagnostic::fix::Edit;
    use crate::source::{self, FileId};

    fn candidate(edits: &[(usize, usize, &str)]) -> Candidate {
        let edit = |(start, end, text): &(usize, usize, &str)| Edit {
            file: FileId::ROOT,
            edit: source::Edit {
                start: *start,
                end: *end,
                text: (*text).to_owned(),
            },
            words: String::new(),
            names: None,
        };
        Candidate {
            code: Code::UnknownKey,
            message: String::new(),
            file: FileId::ROOT,
            start: 0,
            end: 0,
            edits: edits.iter().map(edit).collect(),
        }
    }

    #[test]
    fn who_wants_the_same_bytes_gets_none() {
        let candidates = [
            candidate(&[(0, 9, "wide")]),
            candidate(&[(2, 3, "within")]),
            candidate(&[(5, 6, "within, too")]),
            candidate(&[(9, 12, "behind")]),
            candidate(&[(20, 20, "one"), (40, 41, "more")]),
            candidate(&[(20, 20, "other")]),
            candidate(&[(30, 31, "alone"), (31, 31, "and next")]),
        ];
        assert_eq!(clashing(&candidates), BTreeSet::from([0, 1, 2, 4, 5]));
    }
}
