//! The way out of a misspelt word: the nearest valid one, or the list of them.

/// How many valid names a help line lists before it only counts the rest.
const LISTED: usize = 16;

/// Words longer than this are compared with nothing: the edit distance takes the product of both lengths.
const COMPARED: usize = 200;

/// The candidate that `word` was probably meant to be: one that differs in upper and lower case only, else the one
/// with the fewest edits, at most a third of the longer word's length. Of equals, the first.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    if length > COMPARED {
        return None;
    }
    let folded = word.to_lowercase();
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let candidate_length = candidate.chars().count();
        let allowed = (length.max(candidate_length) / 3).max(1);
        // Lengths that differ by more cannot be near; that spares most comparisons in a large spec.
        if candidate_length > COMPARED || length.abs_diff(candidate_length) > allowed {
            continue;
        }
        let distance = distance(&folded, candidate);
        let near = distance <= allowed && distance < length.max(candidate_length);
        if near && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// The help line for `word` where only `candidates` are valid: the nearest of them, else the list.
#[must_use]
pub fn help<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    let candidates: Vec<&str> = candidates.into_iter().collect();
    match nearest(word, candidates.iter().copied()) {
        Some(name) => format!("did you mean `{name}`?"),
        None => list(&candidates),
    }
}

/// The list of valid words as a help line; empty when there are none.
#[must_use]
pub fn list(candidates: &[&str]) -> String {
    let quoted = |names: &[&str]| {
        let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        names.join(", ")
    };
    match candidates {
        [] => String::new(),
        [only] => format!("only `{only}` is valid here"),
        all if all.len() > LISTED => {
            let rest = all.len() - LISTED;
            format!("one of {} and {rest} more", quoted(&all[..LISTED]))
        }
        all => format!("one of {}", quoted(all)),
    }
}

/// Edits between a word in lower case and a candidate; case costs nothing, a swap of neighbours is one edit.
fn distance(folded: &str, candidate: &str) -> usize {
    strsim::osa_distance(folded, &candidate.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::{help, list, nearest};

    #[test]
    fn case_comes_first() {
        assert_eq!(nearest("student", ["Students", "Student"]), Some("Student"));
    }

    #[test]
    fn few_edits_relative_to_the_length() {
        assert_eq!(nearest("colums", ["columns", "checks"]), Some("columns"));
        assert_eq!(nearest("taget", ["target", "table"]), Some("target"));
        assert_eq!(nearest("zebra", ["table", "doc"]), None);
        assert_eq!(nearest("x", ["y"]), None, "nothing of the word is left");
        assert_eq!(nearest("ab", ["ba"]), Some("ba"));
    }

    #[test]
    fn of_equals_the_first() {
        assert_eq!(nearest("cot", ["cat", "cut"]), Some("cat"));
    }

    #[test]
    fn lists_when_nothing_is_near() {
        assert_eq!(help("zebra", ["table", "doc"]), "one of `table`, `doc`");
        assert_eq!(help("dok", ["table", "doc"]), "did you mean `doc`?");
        assert_eq!(list(&["sql"]), "only `sql` is valid here");
        assert_eq!(help("zebra", []), "");
    }

    #[test]
    fn shortens_long_lists() {
        let names: Vec<String> = (0..24).map(|number| format!("entity{number}")).collect();
        let text = help("zebra", names.iter().map(String::as_str));
        assert!(text.ends_with("`entity15` and 8 more"), "{text}");
    }
}
