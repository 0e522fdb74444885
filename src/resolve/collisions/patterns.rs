//! The way out where a pattern or a plural of `naming` makes two names equal.

use super::owner::Owner;
use super::{Names, Subject};
use crate::naming::{plural, rust};
use crate::resolve::naming;
use crate::source::Path;

impl Names<'_, '_> {
    /// What of `naming` gives `second` the name that `first` has, and what to write; `None` where it is not the spec's.
    pub(super) fn way_out(
        &self,
        first: Option<Owner>,
        second: Owner,
        subject: Subject,
    ) -> Option<(Path, String)> {
        let key = subject.pattern?;
        let pattern = self.spec.naming.pattern(key);
        let has = |word: &str| pattern.is_some_and(|text| text.contains(&format!("{{{word}}}")));
        if key == "table"
            && (pattern.is_none() || has("table"))
            && let Some(word) = self.corrected(second)
        {
            let help = "give one of both another name with `table`, or correct the plural";
            return Some((naming::path().key("plural").key(word), help.to_owned()));
        }
        let pattern = pattern?;
        let other_table = first.is_some_and(|first| first.0 != second.0);
        let missing = match key {
            "table" if !has("table") && !has("entity") => Some("table"),
            "table" => None,
            _ if other_table && !has("table") => Some("table"),
            _ if !other_table && !has("columns") && !has("column") => Some("columns"),
            _ => None,
        };
        let written = |pattern: String| format!("`{key}: '{}'`", pattern.replace('\'', "''"));
        let help = match (missing, key) {
            (Some(word), _) => {
                let mended = written(format!("{pattern}_{{{word}}}"));
                format!("put `{{{word}}}` into the pattern: {mended}")
            }
            (None, "table") => {
                "give one of both another name with `table`, or change the pattern".to_owned()
            }
            (None, _) => {
                let mended = written(format!("{key}_{pattern}"));
                format!("change the pattern, such as {mended}")
            }
        };
        Some((naming::path().key(key), help))
    }

    /// The word of an entity's table whose plural the spec corrects.
    fn corrected(&self, owner: Owner) -> Option<&str> {
        let source = &self.drafts[owner.0].source;
        let name = rust::snake(source.name);
        let word = plural::last_word(&name);
        let (word, _) = self.spec.naming.plural.get_key_value(word)?;
        source.is_entity().then_some(word.as_str())
    }
}
