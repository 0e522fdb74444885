/// Rows of `T` to read: what, in which order, how many. Nothing is asked of the database before `all`, `first`, `one`
/// or `count`.
#[must_use = "a query does nothing until it is run"]
pub struct Query<T> {
    scope: Option<Scope>,
    filter: Option<Filter<T>>,
    orders: Vec<Order<T>>,
    limit: Option<u64>,
    offset: Option<u64>,
}

/// The rows that a relationship leads to: a condition, its parameters, and the order of the relationship.
struct Scope {
    condition: &'static str,
    order: &'static str,
    // A key that its column cannot hold is told when the query runs.
    params: Result<Vec<Value>>,
}

impl<T> Default for Query<T> {
    fn default() -> Self {
        Self {
            scope: None,
            filter: None,
            orders: Vec::new(),
            limit: None,
            offset: None,
        }
    }
}

impl<T: Table> Query<T> {
    fn scoped(scope: Scope) -> Self {
        Self {
            scope: Some(scope),
            ..Self::default()
        }
    }

    /// Only rows that fit; a second filter narrows the first.
    pub fn filter(mut self, filter: Filter<T>) -> Self {
        self.filter = Some(match self.filter.take() {
            Some(present) => present.and(filter),
            None => filter,
        });
        self
    }

    /// In this order; a second order decides where the first does not. Without one, the rows of a relationship come in
    /// its order, and others as the database likes.
    pub fn order_by(mut self, order: impl Ordering<T>) -> Self {
        self.orders.extend(order.orders());
        self
    }

    /// At most `rows` rows.
    pub fn limit(mut self, rows: u64) -> Self {
        self.limit = Some(rows);
        self
    }

    /// Without the first `rows` rows.
    pub fn offset(mut self, rows: u64) -> Self {
        self.offset = Some(rows);
        self
    }

    /// Every row. One statement.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when a stored value does not fit its column.
    pub fn all(self, conn: &Connection) -> Result<Vec<T>> {
        let text = self.select()?;
        select(conn, &text.sql, &|to| text.put(to))
    }

    /// The first row, if there is one. One statement.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when a stored value does not fit its column.
    pub fn first(self, conn: &Connection) -> Result<Option<T>> {
        let text = self.at_most(1).select()?;
        select_first(conn, &text.sql, &|to| text.put(to))
    }

    /// The only row. One statement.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] when there is none, [`Error::TooManyFound`] when there are more.
    pub fn one(self, conn: &Connection) -> Result<T> {
        let mut rows = self.at_most(2).all(conn)?;
        match (rows.pop(), rows.is_empty()) {
            (Some(row), true) => Ok(row),
            (Some(_), false) => Err(Error::TooManyFound { entity: T::NAME }),
            (None, _) => Err(Error::not_found::<T>()),
        }
    }

    /// The number of rows. One statement.
    ///
    /// # Errors
    ///
    /// What the driver reports.
    pub fn count(self, conn: &Connection) -> Result<u64> {
        let paged = self.limit.is_some() || self.offset.is_some();
        let head = if paged {
            "SELECT count(*) FROM (SELECT 1 FROM "
        } else {
            "SELECT count(*) FROM "
        };
        let mut text = Text::new(head);
        text.sql.push_str(T::TABLE);
        text.conditions::<T>(self.scope, self.filter)?;
        text.page(self.limit, self.offset);
        if paged {
            text.sql.push(')');
        }
        let count = select_number(conn, &text.sql, &|to| text.put(to))?;
        Ok(count.unsigned_abs())
    }

    fn at_most(mut self, rows: u64) -> Self {
        self.limit = Some(self.limit.map_or(rows, |limit| limit.min(rows)));
        self
    }

    fn select(self) -> Result<Text> {
        let mut text = Text::new(T::SELECT);
        let order = self.scope.as_ref().map_or("", |scope| scope.order);
        text.conditions::<T>(self.scope, self.filter)?;
        text.orders::<T>(&self.orders, order);
        text.page(self.limit, self.offset);
        Ok(text)
    }
}

/// The text of a query as it grows, and its parameters.
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

    fn put(&self, to: &mut Params<'_>) -> Result<()> {
        self.params
            .iter()
            .try_for_each(|value| to.0.push(ToSqlOutput::Borrowed(value.into())))
    }

    fn conditions<T: Table>(
        &mut self,
        scope: Option<Scope>,
        filter: Option<Filter<T>>,
    ) -> Result<()> {
        let mut keyword = " WHERE ";
        if let Some(scope) = scope {
            self.sql.push_str(keyword);
            self.sql.push_str(scope.condition);
            self.params = scope.params?;
            keyword = " AND ";
        }
        if let Some(filter) = filter {
            self.sql.push_str(keyword);
            self.node(T::TABLE, filter.node?);
        }
        Ok(())
    }

    fn node(&mut self, table: &str, node: Node) {
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
            Node::Null { column, null } => {
                self.column(table, column);
                self.sql
                    .push_str(if null { " IS NULL" } else { " IS NOT NULL" });
            }
            Node::All(nodes) => self.nodes(table, nodes, " AND "),
            Node::Any(nodes) => self.nodes(table, nodes, " OR "),
            Node::Not(node) => {
                self.sql.push_str("NOT (");
                self.node(table, *node);
                self.sql.push(')');
            }
        }
    }

    fn nodes(&mut self, table: &str, nodes: Vec<Node>, between: &str) {
        self.sql.push('(');
        for (place, node) in nodes.into_iter().enumerate() {
            if place > 0 {
                self.sql.push_str(between);
            }
            self.node(table, node);
        }
        self.sql.push(')');
    }

    fn column(&mut self, table: &str, column: &str) {
        self.sql.push_str(table);
        self.sql.push('.');
        push_quoted(&mut self.sql, column);
    }

    /// A parameter; numbered, because the conditions of relationships are.
    fn param(&mut self, value: Value) {
        use std::fmt::Write as _;
        self.params.push(value);
        // Writing to a String cannot fail.
        let _ = write!(self.sql, "?{}", self.params.len());
    }

    fn orders<T: Table>(&mut self, orders: &[Order<T>], otherwise: &str) {
        if orders.is_empty() {
            self.sql.push_str(otherwise);
            return;
        }
        for (place, order) in orders.iter().enumerate() {
            self.sql
                .push_str(if place == 0 { " ORDER BY " } else { ", " });
            self.column(T::TABLE, order.column);
            self.sql
                .push_str(if order.descending { " DESC" } else { "" });
        }
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
