/// What stands around the name of a table or a column.
const QUOTE: char = '`';

/// What stands before the number of a parameter, until the statement is sent.
const PLACEHOLDER: char = '?';

/// There is no OFFSET without LIMIT; this is more than any table has.
const NO_LIMIT: &str = " LIMIT 18446744073709551615";

/// NULL comes before every value (chapter 5.3.4.6 of the manual).
const NULL_IS_LARGEST: bool = false;

/// A column has a text somewhere in it.
const CONTAINS: [&str; 3] = ["instr(", ", ", ") > 0"];

/// What stands around a column that is added up.
const SUMMED: [&str; 2] = ["sum(", ")"];

/// The same of numbers of 64 bits: the sum is a decimal, and what DIV gives is refused beyond 64 bits.
const LARGE_SUMMED: [&str; 2] = ["sum(", ") DIV 1"];

/// The same of numbers of single precision: they are added up with double precision.
const SINGLE_SUMMED: [&str; 2] = SUMMED;

/// No other transaction changes the rows until this one ends.
const FOR_UPDATE: &str = " FOR UPDATE";

/// No other transaction changes a row until this one ends.
const ROW_LOCK: &str = " FOR UPDATE";

/// No sub-select of a statement that changes rows may read their table, or have a LIMIT, but one that is a table by itself
/// (chapter 15.2.15.12 of the manual).
const CHANGES_APART: bool = true;

/// A statement that fails leaves its transaction as it was.
const ERRORS_ABORT: bool = false;

impl<T, K: ColumnType> Column<T, K> {
    /// Begins with `text`, case and all. An index on the column is used.
    #[must_use]
    pub fn starts_with(self, text: impl Operand<str>) -> Filter<T>
    where
        K: Textual,
    {
        // By LIKE: to comparisons, the end of a text is as large as a space.
        let mut pattern = String::new();
        for c in text.operand().chars() {
            if matches!(c, '%' | '_' | '|') {
                pattern.push('|');
            }
            pattern.push(c);
        }
        pattern.push('%');
        Filter::new(Ok(Node::Call {
            column: self.name,
            call: &STARTS,
            value: held_text(&pattern),
        }))
    }
}

/// A column fits a pattern in which `|` takes the meaning from the character behind it.
const STARTS: [&str; 3] = ["", " LIKE ", " ESCAPE '|'"];

/// What a value is compared with where rows are sorted: an enum by its place, the number `place` of its text.
fn sorted_as(value: &Value, place: fn(&str) -> Option<i64>) -> Value {
    match value {
        Value::Text(text) => place(text).map_or_else(|| value.clone(), Value::Integer),
        value => value.clone(),
    }
}

impl Text {
    /// That a column is one of a list, or not. `read` is the type of the items; of bytes there is none.
    fn listed(&mut self, table: &str, column: &str, negated: bool, read: &str, list: &List) {
        // MariaDB would ask about NULL as it did for the first list that this statement had: only an empty one does not hold
        // NULL back.
        if list == "[]" {
            self.count += 1;
            self.sql.push_str(if negated { "1 = 1" } else { "1 = 0" });
            return;
        }
        self.column(table, column);
        self.sql.push_str(if negated { " NOT IN" } else { " IN" });
        self.sql.push_str(if read.is_empty() {
            " (SELECT unhex(relata_item)"
        } else {
            " (SELECT relata_item"
        });
        self.sql.push_str(" FROM JSON_TABLE(");
        self.placeholder();
        self.sql.push_str(", '$[*]' COLUMNS (relata_item ");
        self.sql.push_str(if read.is_empty() {
            LISTED_AS_IT_IS
        } else {
            read
        });
        self.sql.push_str(" PATH '$')) AS relata_items)");
    }
}
