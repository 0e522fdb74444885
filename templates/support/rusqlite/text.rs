/// The text of a statement as it grows, and its parameters.
struct Text {
    sql: String,
    params: Vec<Value>,
}

impl Text {
    fn new(head: &str) -> Self {
        let mut sql = String::with_capacity(256);
        sql.push_str(head);
        Self {
            sql,
            params: Vec::new(),
        }
    }

    fn put(&self, to: &mut Params<'_>) {
        put_stored(&self.params, to);
    }

    fn node(&mut self, table: &str, node: Node) -> Result<()> {
        match node {
            Node::Compare {
                column,
                operator,
                value,
            } => {
                self.column(table, column);
                self.sql.push(' ');
                self.sql.push_str(operator);
                self.sql.push(' ');
                self.param(value);
            }
            Node::Contains { column, value } => {
                self.sql.push_str("instr(");
                self.column(table, column);
                self.sql.push_str(", ");
                self.param(value);
                self.sql.push_str(") > 0");
            }
            Node::Listed {
                column,
                negated,
                read,
                list,
            } => {
                self.column(table, column);
                self.sql.push_str(if negated { " NOT IN" } else { " IN" });
                self.sql.push_str(" (SELECT ");
                self.sql.push_str(read);
                self.sql.push_str(" FROM json_each(");
                self.param(Value::Text(list));
                self.sql.push_str("))");
            }
            Node::Null { column, null } => {
                self.column(table, column);
                self.sql
                    .push_str(if null { " IS NULL" } else { " IS NOT NULL" });
            }
            Node::Raw(raw) => {
                self.sql.push('(');
                raw.push(&mut self.sql, &mut self.params)?;
                // A comment at the end of the text ends with the line.
                self.sql.push_str("\n)");
            }
            Node::Whole(condition) => self.sql.push_str(condition),
            Node::Related { begin, table, node } => {
                self.sql.push_str(begin);
                self.node(table, *node)?;
                self.sql.push_str("))");
            }
            Node::All(nodes) => self.nodes(table, nodes, " AND ")?,
            Node::Any(nodes) => self.nodes(table, nodes, " OR ")?,
            Node::Not(node) => {
                self.sql.push_str("NOT (");
                self.node(table, *node)?;
                self.sql.push(')');
            }
        }
        Ok(())
    }

    fn nodes(&mut self, table: &str, nodes: Vec<Node>, between: &str) -> Result<()> {
        self.sql.push('(');
        for (place, node) in nodes.into_iter().enumerate() {
            if place > 0 {
                self.sql.push_str(between);
            }
            self.node(table, node)?;
        }
        self.sql.push(')');
        Ok(())
    }

    fn column(&mut self, table: &str, column: &str) {
        self.sql.push_str(table);
        self.sql.push('.');
        push_quoted(&mut self.sql, column);
    }

    /// A parameter; numbered, because the conditions of relationships are.
    fn param(&mut self, value: Value) {
        self.params.push(value);
        self.sql.push('?');
        push_number(&mut self.sql, self.params.len());
    }

    /// LIMIT is written out: since 3.51, SQLite prepares a statement with a bound LIMIT again at every run.
    fn page(&mut self, limit: Option<u64>, offset: Option<u64>) {
        use std::fmt::Write as _;
        let number = |rows: u64| i64::try_from(rows).unwrap_or(i64::MAX);
        // Writing to a String cannot fail; SQLite's LIMIT -1 is no limit.
        let _ = match (limit.map(number), offset.map(number)) {
            (None, None) => Ok(()),
            (Some(limit), None) => write!(self.sql, " LIMIT {limit}"),
            (limit, Some(offset)) => {
                write!(self.sql, " LIMIT {} OFFSET {offset}", limit.unwrap_or(-1))
            }
        };
    }
}

/// The digits of `number`, without the machinery of formatting: every query of an application passes here.
fn push_number(sql: &mut String, number: usize) {
    const DIGITS: &[u8; 10] = b"0123456789";
    if number >= DIGITS.len() {
        push_number(sql, number / DIGITS.len());
    }
    sql.push(char::from(DIGITS[number % DIGITS.len()]));
}

fn push_quoted(sql: &mut String, name: &str) {
    sql.push('"');
    for (place, part) in name.split('"').enumerate() {
        if place > 0 {
            sql.push_str("\"\"");
        }
        sql.push_str(part);
    }
    sql.push('"');
}
