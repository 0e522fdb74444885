//! The way out of a misspelt word: the nearest valid one, or the list of them; and whether it is certain.

use std::fmt;

use super::Fix;
use crate::source::Place;

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
    let folded = Folded::new(word);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let candidate_length = candidate.chars().count();
        let allowed = (length.max(candidate_length) / 3).max(1);
        // Lengths that differ by more cannot be near; that spares most comparisons in a large spec.
        if candidate_length > COMPARED || length.abs_diff(candidate_length) > allowed {
            continue;
        }
        let Some(distance) = folded.distance(candidate, allowed) else {
            continue;
        };
        let near = distance < length.max(candidate_length);
        if near && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// A help line, and the word that was meant where that is certain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Help {
    /// The line.
    pub text: String,
    /// The word to write for another.
    pub meant: Option<Box<Meant>>,
}

/// What was certainly meant by the words that stand at the place of a diagnostic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meant {
    from: String,
    to: To,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum To {
    Word { to: String, named: bool },
    Yaml(String),
    Around((&'static str, &'static str)),
}

impl Meant {
    pub(super) fn at(self, place: Place) -> Fix {
        let from = self.from;
        match self.to {
            To::Word { to, named } => Fix::Word {
                place,
                from,
                to,
                named,
            },
            To::Yaml(to) => Fix::Yaml { place, from, to },
            To::Around(marks) => Fix::Around { place, from, marks },
        }
    }
}

impl Help {
    /// The line `text`, where certainly the word `to` was meant by `from`, and is one of the language.
    #[must_use]
    pub fn word(text: impl Into<String>, from: &str, to: &str) -> Self {
        let to = to.to_owned();
        Self::new(text.into(), from, To::Word { to, named: false })
    }

    /// The line `text`, where certainly the YAML `to` was meant by the text `from`.
    #[must_use]
    pub fn yaml(text: impl Into<String>, from: &str, to: impl Into<String>) -> Self {
        Self::new(text.into(), from, To::Yaml(to.into()))
    }

    /// The line `text`, where `marks` certainly belong around the text `from`.
    #[must_use]
    pub fn around(
        text: impl Into<String>,
        from: &str,
        marks: (&'static str, &'static str),
    ) -> Self {
        Self::new(text.into(), from, To::Around(marks))
    }

    fn new(text: String, from: &str, to: To) -> Self {
        let from = from.to_owned();
        let meant = Some(Box::new(Meant { from, to }));
        Self { text, meant }
    }

    fn to_mut(&mut self) -> Option<&mut To> {
        self.meant.as_mut().map(|meant| &mut meant.to)
    }

    /// The question whether `to` was meant by `from`; when it `is_certain`, it is the fix.
    fn question(from: &str, to: &str, is_certain: bool) -> Self {
        let text = format!("did you mean `{to}`?");
        if is_certain {
            Self::word(text, from, to)
        } else {
            Self::from(text)
        }
    }

    /// The same for a name of the user's own: the word that is there may be right, and the other one misspelt.
    #[must_use]
    pub fn of_names(mut self) -> Self {
        if let Some(To::Word { named, .. }) = self.to_mut() {
            *named = true;
        }
        self
    }

    /// The same where `words` are of the language after all.
    #[must_use]
    pub fn of_language(mut self, words: &[&str]) -> Self {
        if let Some(To::Word { to, named }) = self.to_mut() {
            *named &= !words.contains(&to.as_str());
        }
        self
    }

    /// The same where `from` is what stands there, and not the word that was compared.
    #[must_use]
    pub fn written(mut self, from: &str) -> Self {
        if let Some(meant) = &mut self.meant {
            from.clone_into(&mut meant.from);
        }
        self
    }

    /// The same with another line.
    #[must_use]
    pub fn saying(self, text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..self
        }
    }
}

impl From<String> for Help {
    fn from(text: String) -> Self {
        Self { text, meant: None }
    }
}

impl From<&str> for Help {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl fmt::Display for Help {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// The help line for `word` where only `candidates` are valid: the nearest of them, else the list.
#[must_use]
pub fn help<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Help {
    let candidates: Vec<&str> = candidates.into_iter().collect();
    did_you_mean(word, candidates.iter().copied()).unwrap_or_else(|| list(&candidates).into())
}

/// The nearest of `candidates`, as a question.
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<Help> {
    let candidates: Vec<&str> = candidates.into_iter().collect();
    let name = nearest(word, candidates.iter().copied())?;
    let certain = is_certain(word, name, &candidates);
    Some(Help::question(word, name, certain))
}

/// Whether `word` is certainly a misspelt `meant`, the nearest of `candidates`: few of its letters differ, no digit
/// does and no sign (`-title` may mean more than `title`), and no other candidate is nearly as near.
#[must_use]
pub fn is_certain(word: &str, meant: &str, candidates: &[&str]) -> bool {
    let length = |word: &str| word.chars().count();
    let digits = |word: &str| -> String { word.chars().filter(char::is_ascii_digit).collect() };
    if signs(word) != signs(meant) {
        return false;
    }
    let folded = Folded::new(word);
    let allowed = match length(word).min(length(meant)) {
        ..4 => 0,
        4..8 => 1,
        8..14 => 2,
        _ => 3,
    };
    let Some(edits) = folded.distance(meant, allowed) else {
        return false;
    };
    if digits(word) != digits(meant) {
        return false;
    }
    let rival = (2 * edits).max(1);
    let far = |other: &&str| {
        **other == *meant
            || length(other).abs_diff(length(word)) > rival
            || folded.distance(other, rival).is_none()
    };
    candidates.iter().all(far)
}

/// What of a word is no part of a name. A hyphen or a space within is another way to write `_`.
fn signs(word: &str) -> Vec<char> {
    let of_names = |c: char| c == '_' || c.is_alphanumeric();
    let letters: Vec<char> = word.chars().collect();
    let joins = |place: usize| {
        let before = place.checked_sub(1).and_then(|before| letters.get(before));
        matches!(letters[place], '-' | ' ')
            && [before, letters.get(place + 1)]
                .iter()
                .all(|beside| beside.is_some_and(|c| of_names(*c)))
    };
    let signs = (0..letters.len()).filter(|place| !of_names(letters[*place]) && !joins(*place));
    signs.map(|place| letters[place]).collect()
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

/// A word in lower case, to be compared with many.
struct Folded {
    word: String,
    letters: [u16; LETTERS],
}

/// How many kinds of letters are told apart.
const LETTERS: usize = 32;

impl Folded {
    fn new(word: &str) -> Self {
        let word = word.to_lowercase();
        let letters = letters(&word);
        Self { word, letters }
    }

    /// Edits between the word and a candidate, if they are no more than `most`; case costs nothing, a swap of neighbours is
    /// one edit.
    fn distance(&self, candidate: &str, most: usize) -> Option<usize> {
        let candidate = candidate.to_lowercase();
        // Each edit adds one letter at most, and takes one at most; counting them costs far less than the distance.
        let (mut less, mut more) = (0, 0);
        for (own, other) in self.letters.iter().zip(letters(&candidate)) {
            less += usize::from(own.saturating_sub(other));
            more += usize::from(other.saturating_sub(*own));
        }
        if less.max(more) > most {
            return None;
        }
        let distance = strsim::osa_distance(&self.word, &candidate);
        (distance <= most).then_some(distance)
    }
}

/// How often a word has each kind of letter.
fn letters(word: &str) -> [u16; LETTERS] {
    let mut letters = [0_u16; LETTERS];
    for char in word.chars() {
        let count = &mut letters[char as usize % LETTERS];
        *count = count.saturating_add(1);
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::{help, is_certain, list, nearest};

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
        let text = |word: &str, candidates: &[&str]| help(word, candidates.iter().copied()).text;
        assert_eq!(text("zebra", &["table", "doc"]), "one of `table`, `doc`");
        assert_eq!(text("dok", &["table", "doc"]), "did you mean `doc`?");
        assert_eq!(list(&["sql"]), "only `sql` is valid here");
        assert_eq!(text("zebra", &[]), "");
    }

    #[test]
    fn shortens_long_lists() {
        let names: Vec<String> = (0..24).map(|number| format!("entity{number}")).collect();
        let text = help("zebra", names.iter().map(String::as_str)).text;
        assert!(text.ends_with("`entity15` and 8 more"), "{text}");
    }

    #[test]
    fn one_neighbour_is_certain() {
        for (word, meant, others) in [
            ("colums", "columns", &["checks", "unique"][..]),
            ("STUDENT", "Student", &["Teacher"]),
            ("nmae", "name", &["id"]),
            ("back_poplates", "back_populates", &[]),
            ("student_corse", "student_course", &["teacher_course"]),
            ("pk", "PK", &[]),
            ("back-populates", "back_populates", &[]),
        ] {
            let all: Vec<&str> = others.iter().copied().chain([meant]).collect();
            assert!(is_certain(word, meant, &all), "{word}");
        }
    }

    #[test]
    fn what_may_be_another_word_is_not() {
        for (word, meant, others) in [
            // Two are as near, or nearly.
            ("boook", "book", &["boook2"][..]),
            ("titl", "title", &["titel"]),
            ("student", "Student", &["Studend"]),
            // Much of a short word differs.
            ("dok", "doc", &[]),
            ("ip", "id", &[]),
            ("created_at", "updated_at", &[]),
            ("sender", "tender_t", &[]),
            // Numbers are told apart by nothing else.
            ("address1", "address2", &[]),
            ("W0201", "W0202", &[]),
            // A sign has a meaning somewhere.
            ("-opened_at", "opened_at", &[]),
            ("opened_at;", "opened_at", &[]),
            ("books.title", "books_title", &[]),
        ] {
            let all: Vec<&str> = others.iter().copied().chain([meant]).collect();
            assert!(!is_certain(word, meant, &all), "{word}");
        }
    }
}
