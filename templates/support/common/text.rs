/// The text of a statement as it grows.
struct Text {
    sql: String,
    /// How many parameters there are.
    count: u64,
    /// The last of them: those behind what a selection gives itself.
    params: Vec<Value>,
    /// What conditions and orders may say of the links that the rows are reached over.
    links: Option<OfLinks>,
}

impl Text {
    fn new(head: &str) -> Self {
        let mut sql = String::with_capacity(head.len() + 128);
        sql.push_str(head);
        Self {
            sql,
            count: 0,
            params: Vec::new(),
            links: None,
        }
    }

    /// A condition on rows of `table`.
    fn node(&mut self, table: &str, node: &Node) -> Result<()> {
        match node {
            Node::Compare {
                column, operator, ..
            } => self.comparison(table, column, operator),
            Node::Call { column, call, .. } => {
                let [before, between, behind] = call;
                self.sql.push_str(before);
                self.column(table, column);
                self.sql.push_str(between);
                self.placeholder();
                self.sql.push_str(behind);
            }
            Node::Listed {
                column,
                negated,
                read,
                list,
            } => self.listed(table, column, *negated, read, list),
            Node::Null { column, null } => {
                self.column(table, column);
                self.sql
                    .push_str(if *null { " IS NULL" } else { " IS NOT NULL" });
            }
            Node::Raw(raw) => self.raw(raw)?,
            Node::Whole(condition) => self.sql.push_str(condition),
            Node::Related { begin, table, node } => self.related(begin, table, node)?,
            Node::Linked { table, node } => {
                let begin = self.links.map_or("((", |links| links.narrow);
                self.related(begin, table, node)?;
            }
            Node::All(nodes) => self.nodes(table, nodes, " AND ")?,
            Node::Any(nodes) => self.nodes(table, nodes, " OR ")?,
            Node::Not(node) => {
                self.sql.push_str("NOT (");
                self.node(table, node)?;
                self.sql.push(')');
            }
        }
        Ok(())
    }

    fn related(&mut self, begin: &str, table: &str, node: &Node) -> Result<()> {
        self.sql.push_str(begin);
        self.node(table, node)?;
        self.sql.push_str("))");
        Ok(())
    }

    fn comparison(&mut self, table: &str, column: &str, operator: &str) {
        self.column(table, column);
        self.sql.push_str(operator);
        self.placeholder();
    }

    /// `(a AND b AND …)`; many of them in halves of halves, as SQLite refuses a thousand levels, and each AND is one.
    fn nodes(&mut self, table: &str, nodes: &[Node], between: &str) -> Result<()> {
        self.sql.push('(');
        if nodes.len() > 500 {
            let (nodes, rest) = nodes.split_at(nodes.len() / 2);
            self.nodes(table, nodes, between)?;
            self.sql.push_str(between);
            self.nodes(table, rest, between)?;
        } else {
            for (place, node) in nodes.iter().enumerate() {
                if place > 0 {
                    self.sql.push_str(between);
                }
                self.node(table, node)?;
            }
        }
        self.sql.push(')');
        Ok(())
    }

    /// SQL of the user in parentheses; a comment at its end ends with the line.
    fn raw(&mut self, raw: &Raw) -> Result<()> {
        self.sql.push('(');
        self.count += raw.write(self.count, &mut self.sql)?;
        self.sql.push_str("\n)");
        Ok(())
    }

    /// A column, with its table's name: without that, SQLite may take the name of a column that the table lacks for a
    /// text (<https://www.sqlite.org/quirks.html>, section 8).
    fn column(&mut self, table: &str, column: &str) {
        self.sql.push_str(table);
        self.sql.push('.');
        push_quoted(&mut self.sql, column);
    }

    /// A parameter behind those of a condition.
    fn param(&mut self, value: Value) {
        self.params.push(value);
        self.placeholder();
    }

    /// The next parameter; its number is written, because those in the conditions of relationships are.
    fn placeholder(&mut self) {
        self.count += 1;
        push_placeholder(&mut self.sql, self.count);
    }

    /// LIMIT is written out: since 3.51, SQLite prepares a statement with a bound LIMIT again at every run.
    fn page(&mut self, limit: Option<u64>, offset: u64) {
        // The numbers of most databases end at those of an i64, which is no limit for rows.
        let most = |rows: u64| rows.min(i64::MAX.unsigned_abs());
        if let Some(limit) = limit {
            self.sql.push_str(" LIMIT ");
            push_number(&mut self.sql, most(limit));
        } else if offset != 0 {
            self.sql.push_str(NO_LIMIT);
        }
        if offset != 0 {
            self.sql.push_str(" OFFSET ");
            push_number(&mut self.sql, most(offset));
        }
    }
}

impl Node {
    /// The parameters, in the order of the text.
    fn put(&self, to: &mut Params<'_>) {
        match self {
            Self::Compare { value, .. } | Self::Call { value, .. } => to.held(value),
            Self::Listed { list, .. } => to.list(list),
            Self::Raw(raw) => raw.put(to),
            Self::Null { .. } | Self::Whole(_) => {}
            Self::Related { node, .. } | Self::Linked { node, .. } | Self::Not(node) => {
                node.put(to);
            }
            Self::All(nodes) | Self::Any(nodes) => {
                for node in nodes {
                    node.put(to);
                }
            }
        }
    }
}

/// The digits of `number`, without the machinery of formatting: every query of an application passes here.
fn push_number(text: &mut String, number: u64) {
    if number >= 10 {
        push_number(text, number / 10);
    }
    let digit = u8::try_from(number % 10).unwrap_or_default();
    text.push(char::from(b'0' + digit));
}

/// The parameter of this number.
fn push_placeholder(sql: &mut String, number: u64) {
    sql.push(PLACEHOLDER);
    push_number(sql, number);
}

fn push_quoted(sql: &mut String, name: &str) {
    sql.push(QUOTE);
    for part in name.split_inclusive(QUOTE) {
        sql.push_str(part);
        if part.ends_with(QUOTE) {
            sql.push(QUOTE);
        }
    }
    sql.push(QUOTE);
}
