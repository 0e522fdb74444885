impl<T: Table> Selection<T> {
    /// The least or the greatest value of a column: `name` is that of the function.
    fn extreme(&mut self, name: &str, column: &str) -> Result<Text> {
        let mut quoted = String::new();
        push_quoted(&mut quoted, column);
        self.aggregate(&format!("{name}({quoted})"), &quoted)
    }
}
