/// What stands around the name of a table or a column.
const QUOTE: char = '"';

/// What stands before the number of a parameter.
const PLACEHOLDER: char = '$';

/// OFFSET needs no LIMIT.
const NO_LIMIT: &str = "";

/// NULL comes behind every value (chapter 7.5 of the manual).
const NULL_IS_LARGEST: bool = true;

/// A column has a text somewhere in it.
const CONTAINS: [&str; 3] = ["strpos(", ", ", ") > 0"];

/// What stands around a column that is added up.
const SUMMED: [&str; 2] = ["sum(", ")"];

/// The same of numbers of 64 bits, whose sum would be numeric.
const LARGE_SUMMED: [&str; 2] = ["sum(", ")::bigint"];

/// The same of numbers of single precision, whose sum would be such a one.
const SINGLE_SUMMED: [&str; 2] = ["sum(", "::double precision)"];

/// No other transaction changes the rows until this one ends.
const FOR_UPDATE: &str = " FOR UPDATE";

/// No other transaction changes a row until this one ends; others may refer to it, as they do by every link.
const ROW_LOCK: &str = " FOR NO KEY UPDATE";

/// Sub-selects of a statement that changes rows may read their table.
const CHANGES_APART: bool = false;

/// What a value is compared with where rows are sorted: itself.
fn sorted_as(value: &Value, _place: fn(&str) -> Option<i64>) -> Value {
    value.clone()
}

impl Text {
    /// That a column is one of a list, or not. `read` is what the column is compared as.
    fn listed(&mut self, table: &str, column: &str, negated: bool, read: &str, _list: &List) {
        self.column(table, column);
        self.sql.push_str(read);
        self.sql
            .push_str(if negated { " <> ALL (" } else { " = ANY (" });
        self.placeholder();
        self.sql.push(')');
    }
}

impl<T, K: ColumnType> Column<T, K> {
    /// Begins with `text`, case and all. An index on the column is used where it sorts by bytes (collation `C`), from
    /// PostgreSQL 15 on.
    #[must_use]
    pub fn starts_with(self, text: impl Operand<str>) -> Filter<T>
    where
        K: Textual,
    {
        self.compare_text(&" ^@ ", text.operand())
    }
}

/// Behind a statement that fails, a transaction or savepoint can only be rolled back.
const ERRORS_ABORT: bool = true;
