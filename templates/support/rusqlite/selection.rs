impl<T: Table> Selection<T> {
    fn at_most(mut self, rows: u64) -> Self {
        self.limit = Some(self.limit.map_or(rows, |limit| limit.min(rows)));
        self
    }

    /// Whether it is a part of what its conditions say.
    fn is_paged(&self) -> bool {
        self.limit.is_some() || self.offset.is_some()
    }

    /// Reads the rows.
    fn select(self) -> Result<Text> {
        let mut text = Text::new(T::SELECT);
        self.write(&mut text)?;
        Ok(text)
    }

    /// Whether there are rows.
    fn exists(self) -> Result<Text> {
        let mut text = Text::new("SELECT EXISTS (SELECT 1 FROM ");
        text.sql.push_str(T::TABLE);
        self.write(&mut text)?;
        text.sql.push(')');
        Ok(text)
    }

    /// One value made of all rows: `call`, of `column` when only a part of the rows counts.
    fn aggregate(mut self, call: &str, column: &str) -> Result<Text> {
        let mut text = Text::new("SELECT ");
        text.sql.push_str(call);
        text.sql.push_str(" FROM ");
        if self.is_paged() {
            text.sql.push_str("(SELECT ");
            text.sql.push_str(column);
            text.sql.push_str(" FROM ");
            text.sql.push_str(T::TABLE);
            self.write(&mut text)?;
            text.sql.push(')');
        } else {
            text.sql.push_str(T::TABLE);
            self.conditions(&mut text)?;
        }
        Ok(text)
    }

    /// The aggregate `name` of a column, read as `K`.
    fn value<K: ColumnType>(
        self,
        conn: &Connection,
        name: &'static str,
        column: &'static str,
    ) -> Result<Option<K::Value>> {
        let mut call = String::new();
        push_quoted(&mut call, column);
        let text = self.aggregate(&format!("{name}({call})"), &call)?;
        let mut statement = prepare(conn, &text.sql, &|to| text.put(to))?;
        let value = statement.first(|row| {
            <Option<K>>::read(row.get_ref(0)?).map_err(|source| Error::Decode {
                entity: T::NAME,
                column,
                key: name.to_owned(),
                source,
            })
        })?;
        Ok(value.flatten())
    }

    /// Conditions, order and page, behind the table's name.
    fn write(mut self, text: &mut Text) -> Result<()> {
        let own = self.scope.as_ref().map_or("", |scope| scope.order);
        self.conditions(text)?;
        if self.order.is_empty() {
            text.sql.push_str(own);
        }
        text.order(T::TABLE, &self.order);
        text.page(self.limit, self.offset);
        Ok(())
    }

    /// ` WHERE …`, where there is something to say. Completes the order, which decides what comes behind a row.
    fn conditions(&mut self, text: &mut Text) -> Result<()> {
        if !self.order.is_empty() || self.after.is_some() {
            complete::<T>(&mut self.order);
        }
        let mut keyword = " WHERE ";
        if let Some(scope) = self.scope.take() {
            text.sql.push_str(keyword);
            text.sql.push_str(scope.condition);
            // Their numbers are written in the condition, so nothing may be before them.
            text.params = scope.params?;
            keyword = " AND ";
        }
        if let Some(filter) = self.filter.take() {
            text.sql.push_str(keyword);
            text.node(T::TABLE, filter.node?)?;
            keyword = " AND ";
        }
        if let Some(after) = self.after.take() {
            text.sql.push_str(keyword);
            text.behind(T::TABLE, &self.order, &after?);
        }
        Ok(())
    }
}

/// A column type whose values can be added up.
#[diagnostic::on_unimplemented(message = "columns of `{Self}` do not add up")]
pub trait Summed: ColumnType {
    /// The column type of the sum.
    type Sum: ColumnType;
}

impl<K: Summed> Summed for Option<K> {
    type Sum = K::Sum;
}

macro_rules! summed {
    ($($value:ty: $sum:ty),+) => {$(
        impl Summed for $value {
            type Sum = $sum;
        }
    )+};
}

summed!(i16: i64, i32: i64, i64: i64, f32: f64, f64: f64);
