/// What stands around the name of a table or a column.
const QUOTE: char = '"';

/// What stands before the number of a parameter.
const PLACEHOLDER: char = '?';

/// There is no OFFSET without LIMIT; -1 is no limit.
const NO_LIMIT: &str = " LIMIT -1";

/// NULL comes before every value (`lang_select.html`, section 4).
const NULL_IS_LARGEST: bool = false;

/// A column has a text somewhere in it.
const CONTAINS: [&str; 3] = ["instr(", ", ", ") > 0"];

/// What stands around a column that is added up.
const SUMMED: [&str; 2] = ["sum(", ")"];

/// The same of numbers of 64 bits.
const LARGE_SUMMED: [&str; 2] = SUMMED;

/// The same of numbers of single precision: they are added up with double precision.
const SINGLE_SUMMED: [&str; 2] = SUMMED;

/// Rows are locked by nothing but the transaction that writes.
const FOR_UPDATE: &str = "";

/// No other transaction changes a row until this one ends: there is one writer at a time.
const ROW_LOCK: &str = "";

/// Sub-selects of a statement that changes rows may read their table.
const CHANGES_APART: bool = false;

/// What a value is compared with where rows are sorted: itself.
fn sorted_as(value: &Value, _place: fn(&str) -> Option<i64>) -> Value {
    value.clone()
}

impl Text {
    /// That a column is one of a list, or not. `read` gives an item of the list.
    fn listed(&mut self, table: &str, column: &str, negated: bool, read: &str, _list: &List) {
        self.column(table, column);
        self.sql.push_str(if negated { " NOT IN" } else { " IN" });
        self.sql.push_str(" (SELECT ");
        self.sql.push_str(read);
        self.sql.push_str(" FROM json_each(");
        self.placeholder();
        self.sql.push_str("))");
    }
}

/// A statement that fails leaves its transaction as it was.
const ERRORS_ABORT: bool = false;
