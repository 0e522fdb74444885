//! English plurals of snake case names, by a few rules and a table of words that follow none.

use std::collections::BTreeMap;

/// Plurals as the language has them but for the words that a spec corrects.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plurals(BTreeMap<String, String>);

impl Plurals {
    /// Makes `plural` the one of `word`.
    pub fn correct(&mut self, word: &str, plural: &str) {
        self.0.insert(word.to_owned(), plural.to_owned());
    }

    /// The plural of `name`, whose last word is the one that changes.
    ///
    /// Words that are corrected; words of the table; then `y` after a consonant gives `ies`, a hissing end (`s` after a
    /// vowel but `e`, `ss`, `sh`, `ch`, `x`, `z`) gives `es`, any other end in `s` is taken for a plural already, and
    /// the rest takes an `s`.
    #[must_use]
    pub fn of(&self, name: &str) -> String {
        let word = last_word(name);
        let before = &name[..name.len() - word.len()];
        match self.0.get(word) {
            Some(plural) => format!("{before}{plural}"),
            None => format!("{before}{}", plural_word(word)),
        }
    }
}

/// The word of the snake case `name` that has a plural.
#[must_use]
pub fn last_word(name: &str) -> &str {
    name.rsplit('_').next().unwrap_or(name)
}

fn plural_word(word: &str) -> String {
    if UNCHANGED.contains(&word) {
        return word.to_owned();
    }
    if let Some((_, plural)) = IRREGULAR.iter().find(|(one, _)| *one == word) {
        return (*plural).to_owned();
    }
    if let Some(stem) = word.strip_suffix("sis") {
        return format!("{stem}ses");
    }
    if let Some(stem) = word.strip_suffix('y')
        && !stem.ends_with(['a', 'e', 'i', 'o', 'u'])
        && !stem.is_empty()
    {
        return format!("{stem}ies");
    }
    let hissing = ["as", "is", "us", "ss", "sh", "ch", "x", "z"];
    if hissing.iter().any(|end| word.ends_with(end)) {
        return format!("{word}es");
    }
    if word.len() > 1 && word.ends_with('s') {
        return word.to_owned();
    }
    format!("{word}s")
}

const UNCHANGED: [&str; 12] = [
    "data",
    "equipment",
    "feedback",
    "fish",
    "information",
    "metadata",
    "money",
    "news",
    "series",
    "sheep",
    "software",
    "species",
];

const IRREGULAR: [(&str, &str); 32] = [
    ("calf", "calves"),
    ("canvas", "canvases"),
    ("child", "children"),
    ("criterion", "criteria"),
    ("datum", "data"),
    ("echo", "echoes"),
    ("foot", "feet"),
    ("goose", "geese"),
    ("half", "halves"),
    ("hero", "heroes"),
    ("knife", "knives"),
    ("leaf", "leaves"),
    ("lens", "lenses"),
    ("life", "lives"),
    ("loaf", "loaves"),
    ("man", "men"),
    ("medium", "media"),
    ("mouse", "mice"),
    ("ox", "oxen"),
    ("person", "people"),
    ("phenomenon", "phenomena"),
    ("potato", "potatoes"),
    ("quiz", "quizzes"),
    ("shelf", "shelves"),
    ("thief", "thieves"),
    ("tomato", "tomatoes"),
    ("tooth", "teeth"),
    ("veto", "vetoes"),
    ("wife", "wives"),
    ("wolf", "wolves"),
    ("woman", "women"),
    ("yes", "yeses"),
];

#[cfg(test)]
mod tests {
    use super::Plurals;

    #[test]
    fn follows_rules_and_table() {
        let words = [
            ("student", "students"),
            ("course_category", "course_categories"),
            ("day", "days"),
            ("class", "classes"),
            ("address", "addresses"),
            ("box", "boxes"),
            ("branch", "branches"),
            ("wish", "wishes"),
            ("status", "statuses"),
            ("alias", "aliases"),
            ("analysis", "analyses"),
            ("photo", "photos"),
            ("sales_person", "sales_people"),
            ("series", "series"),
            ("students", "students"),
            ("s", "ss"),
            ("y", "ys"),
            ("", "s"),
        ];
        for (one, many) in words {
            assert_eq!(Plurals::default().of(one), many);
        }
    }

    #[test]
    fn a_correction_comes_first() {
        let mut plurals = Plurals::default();
        plurals.correct("person", "persons");
        plurals.correct("kunde", "kunden");
        assert_eq!(plurals.of("sales_person"), "sales_persons");
        assert_eq!(plurals.of("kunde"), "kunden");
        assert_eq!(plurals.of("stammkunde"), "stammkundes", "another word");
        assert_eq!(plurals.of("child"), "children");
    }

    #[test]
    fn the_tables_are_sorted() {
        assert!(super::UNCHANGED.is_sorted());
        assert!(super::IRREGULAR.is_sorted());
    }
}
