impl<T: Table> Selection<T> {
    /// The least or the greatest value of a column, `name` being min or max. PostgreSQL has functions of these names for some
    /// types only, but sorts all; an index serves both ways.
    fn extreme(&mut self, name: &str, column: &str) -> Result<Text> {
        let mut quoted = String::new();
        push_quoted(&mut quoted, column);
        let mut text = Text::new("SELECT ");
        text.sql.push_str(&quoted);
        text.sql.push_str(" FROM ");
        let mut keyword = " WHERE ";
        if self.is_paged() {
            text.sql.push_str("(SELECT ");
            text.sql.push_str(&quoted);
            text.sql.push_str(" FROM ");
            text.sql.push_str(T::TABLE);
            self.write(&mut text)?;
            text.sql.push_str(") AS relata_rows");
        } else {
            text.sql.push_str(T::TABLE);
            let before = text.sql.len();
            self.conditions(&mut text)?;
            if text.sql.len() > before {
                keyword = " AND ";
            }
        }
        text.sql.push_str(keyword);
        text.sql.push_str(&quoted);
        text.sql.push_str(" IS NOT NULL ORDER BY ");
        text.sql.push_str(&quoted);
        text.sql.push_str(if name == "max" {
            " DESC LIMIT 1"
        } else {
            " LIMIT 1"
        });
        Ok(text)
    }
}
