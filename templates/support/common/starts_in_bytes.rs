impl<T, K: ColumnType> Column<T, K> {
    /// Begins with `text`, case and all. An index on the column is used.
    #[must_use]
    pub fn starts_with(self, text: impl Operand<str>) -> Filter<T>
    where
        K: Textual,
    {
        let text = text.operand();
        let from = self.compare_text(&" >= ", text);
        match after_all_that_start_with(text) {
            Some(end) => from.and(self.compare_text(&" < ", &end)),
            None => from,
        }
    }
}

/// The first text that is greater than every one that starts with `text`: its last character that has a next one is
/// replaced by that. `None` when there is no such text.
fn after_all_that_start_with(text: &str) -> Option<String> {
    let mut end: Vec<char> = text.chars().collect();
    while let Some(last) = end.pop() {
        let next = (u32::from(last) + 1..=u32::from(char::MAX)).find_map(char::from_u32);
        if let Some(next) = next {
            end.push(next);
            return Some(end.into_iter().collect());
        }
    }
    None
}
