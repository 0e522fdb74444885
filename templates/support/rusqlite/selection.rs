impl<T: Table> Selection<T> {
    fn at_most(&mut self, rows: u64) {
        self.limit = self.limit.min(rows);
    }

    /// Whether the rows come in an order.
    fn is_ordered(&self) -> bool {
        self.scope.is_some() || self.after.is_some() || !self.order.is_empty()
    }

    /// Whether it is a part of what its conditions say.
    fn is_paged(&self) -> bool {
        self.limit != u64::MAX || self.offset != 0
    }

    /// Reads the rows.
    fn select(&mut self) -> Result<Text> {
        let mut text = Text::new(T::SELECT);
        self.write(&mut text)?;
        Ok(text)
    }

    /// Whether there are rows.
    fn exists(&mut self) -> Result<Text> {
        let mut text = Text::new("SELECT EXISTS (SELECT 1 FROM ");
        text.sql.push_str(T::TABLE);
        self.write(&mut text)?;
        text.sql.push(')');
        Ok(text)
    }

    /// One value made of all rows: `call`, of `column` when only a part of the rows counts.
    fn aggregate(&mut self, call: &str, column: &str) -> Result<Text> {
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
        mut self,
        conn: &Connection,
        name: &'static str,
        column: Column<T, impl ColumnType>,
    ) -> Result<Option<K::Value>> {
        let mut quoted = String::new();
        push_quoted(&mut quoted, column.name);
        let text = self.aggregate(&format!("{name}({quoted})"), &quoted)?;
        let mut statement = prepare(conn, &text.sql, &|to| self.put(&text.params, to))?;
        let value = statement.first(|row| {
            <Option<K>>::read(row.get_ref(0)?).map_err(|source| Error::Decode {
                entity: T::NAME,
                column: column.name,
                key: name.to_owned(),
                source,
            })
        })?;
        Ok(value.flatten())
    }

    /// Conditions, order and page, behind the table's name.
    fn write(&mut self, text: &mut Text) -> Result<()> {
        self.conditions(text)?;
        match &self.scope {
            Some(scope) if self.order.is_empty() => text.sql.push_str(scope.order),
            _ => text.order(T::TABLE, &self.order),
        }
        text.page(self.limit, self.offset);
        Ok(())
    }

    /// ` WHERE …`, where there is something to say. Completes the order, which decides what comes behind a row.
    fn conditions(&mut self, text: &mut Text) -> Result<()> {
        self.tell()?;
        if !self.order.is_empty() || self.after.is_some() {
            complete::<T>(&mut self.order);
        }
        let mut keyword = " WHERE ";
        if let Some(scope) = &self.scope {
            text.sql.push_str(keyword);
            text.sql.push_str(scope.condition);
            // Their numbers are written in the condition, so nothing may be before them.
            text.count = scope.params.as_ref().map_or(0, Vec::len) as u64;
            keyword = " AND ";
        }
        if let Some(Filter { node: Ok(node), .. }) = &self.filter {
            text.sql.push_str(keyword);
            text.node(T::TABLE, node)?;
            keyword = " AND ";
        }
        if let Some(Ok(after)) = self.after.as_deref() {
            text.sql.push_str(keyword);
            text.behind(T::TABLE, &self.order, after);
        }
        Ok(())
    }

    /// Tells what was wrong with a value when it was given.
    fn tell(&self) -> Result<()> {
        let scope = self
            .scope
            .as_ref()
            .and_then(|scope| scope.params.as_ref().err());
        let filter = self
            .filter
            .as_ref()
            .and_then(|filter| filter.node.as_ref().err());
        let after = self
            .after
            .as_ref()
            .and_then(|after| after.as_ref().as_ref().err());
        match scope.or(filter).or(after) {
            Some(refused) => Err(refused.clone().into()),
            None => Ok(()),
        }
    }

    /// The parameters: those of the scope and of the filter, then `others`.
    fn put(&self, others: &[Value], to: &mut Params<'_>) {
        if let Some(scope) = &self.scope {
            put_stored(scope.params.as_deref().unwrap_or_default(), to);
        }
        if let Some(Filter { node: Ok(node), .. }) = &self.filter {
            node.put(to);
        }
        put_stored(others, to);
    }
}

/// A column type whose values can be added up.
#[diagnostic::on_unimplemented(
    message = "columns of type `{Self}` cannot be added up",
    label = "expected a column of numbers"
)]
pub trait Summed: ColumnType {
    /// The column type of the sum.
    type Sum: ColumnType;
}

#[diagnostic::do_not_recommend]
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
