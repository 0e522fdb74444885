impl<T> Selection<T> {
    fn more(&mut self) -> &mut More {
        self.more.get_or_insert_with(|| {
            Box::new(More {
                scope: None,
                order: Vec::new(),
                after: None,
                limit: None,
                offset: 0,
                locked: false,
            })
        })
    }

    /// Only rows that fit.
    #[inline]
    fn filter(&mut self, filter: Filter<T>) {
        match self.filter {
            None => self.filter = Some(filter),
            Some(_) => self.narrow(filter),
        }
    }

    /// Behind the orders that are there.
    fn order_by(&mut self, orders: Vec<Order<T>>) {
        let keys = orders.into_iter().map(|order| order.key);
        self.more().order.extend(keys);
    }

    /// Takes another filter to the one that is there.
    fn narrow(&mut self, filter: Filter<T>) {
        if let Some(present) = self.filter.take() {
            self.filter = Some(present.and(filter));
        }
    }

    fn at_most(&mut self, rows: u64) {
        let limit = &mut self.more().limit;
        *limit = Some(limit.unwrap_or(rows).min(rows));
    }

    /// Whether the rows come in an order.
    fn is_ordered(&self) -> bool {
        self.more.as_ref().is_some_and(|more| {
            more.scope.is_some() || more.after.is_some() || !more.order.is_empty()
        })
    }

    /// Whether it is a part of what its conditions say.
    fn is_paged(&self) -> bool {
        let more = self.more.as_ref();
        more.is_some_and(|more| more.limit.is_some() || more.offset != 0)
    }
}

impl<T: Table> Selection<T> {
    /// Reads the rows.
    fn select(&mut self) -> Result<Text> {
        let mut text = Text::new(T::SELECT);
        self.write(&mut text)?;
        if self.more.as_ref().is_some_and(|more| more.locked) {
            text.sql.push_str(FOR_UPDATE);
        }
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
            // Most databases want a name for what stands in FROM.
            text.sql.push_str(") AS relata_rows");
        } else {
            text.sql.push_str(T::TABLE);
            self.conditions(&mut text)?;
        }
        Ok(text)
    }

    /// The sum of a column.
    fn sum<K: Summed>(&mut self, column: Column<T, K>) -> Result<Text> {
        let mut quoted = String::new();
        push_quoted(&mut quoted, column.name);
        let [before, behind] = K::SUMMED;
        self.aggregate(&format!("{before}{quoted}{behind}"), &quoted)
    }

    /// Conditions, order and page, behind the table's name.
    fn write(&mut self, text: &mut Text) -> Result<()> {
        self.conditions(text)?;
        let Some(more) = &self.more else {
            return Ok(());
        };
        match &more.scope {
            Some(scope) if more.order.is_empty() => text.sql.push_str(scope.order),
            _ => text.order(T::TABLE, &more.order),
        }
        text.page(more.limit, more.offset);
        Ok(())
    }

    /// ` WHERE …`, where there is something to say. Completes the order, which decides what comes behind a row.
    fn conditions(&mut self, text: &mut Text) -> Result<()> {
        let mut keyword = " WHERE ";
        if let Some(scope) = self.more.as_ref().and_then(|more| more.scope.as_ref()) {
            text.sql.push_str(keyword);
            text.sql.push_str(scope.condition);
            text.links = scope.link;
            // Their numbers are written in the condition, so nothing may be before them.
            text.count = told(&scope.params)?.len() as u64;
            keyword = " AND ";
        }
        if let Some(filter) = &self.filter {
            text.sql.push_str(keyword);
            text.node(T::TABLE, told(&filter.node)?)?;
            keyword = " AND ";
        }
        let Some(more) = &mut self.more else {
            return Ok(());
        };
        if !more.order.is_empty() || more.after.is_some() {
            complete::<T>(&mut more.order);
        }
        if let Some(after) = &more.after {
            text.sql.push_str(keyword);
            text.behind(T::TABLE, &more.order, told(after)?);
        }
        Ok(())
    }

    /// The parameters: those of the scope and of the filter, then `others`.
    fn put(&self, others: &[Value], to: &mut Params<'_>) {
        // What was refused has been told when the text was written.
        if let Some(Some(Ok(params))) = self
            .more
            .as_ref()
            .map(|more| more.scope.as_ref().map(|scope| &scope.params))
        {
            put_stored(params, to);
        }
        if let Some(Filter { node: Ok(node), .. }) = &self.filter {
            node.put(to);
        }
        put_stored(others, to);
    }
}

/// Tells what was wrong with a value when it was given.
fn told<V>(given: &Result<V, Refused>) -> Result<&V> {
    given.as_ref().map_err(|refused| refused.clone().into())
}

/// A column type whose values can be added up.
#[diagnostic::on_unimplemented(
    message = "columns of type `{Self}` cannot be added up",
    label = "expected a column of numbers"
)]
pub trait Summed: ColumnType {
    /// The column type of the sum.
    type Sum: ColumnType;

    /// What stands before the column and behind it where it is added up.
    const SUMMED: [&'static str; 2] = SUMMED;
}

#[diagnostic::do_not_recommend]
impl<K: Summed> Summed for Option<K> {
    type Sum = K::Sum;

    const SUMMED: [&'static str; 2] = K::SUMMED;
}

macro_rules! summed {
    ($($value:ty: $sum:ty, $summed:expr;)+) => {$(
        impl Summed for $value {
            type Sum = $sum;

            const SUMMED: [&'static str; 2] = $summed;
        }
    )+};
}

summed! {
    i16: i64, SUMMED;
    i32: i64, SUMMED;
    i64: i64, LARGE_SUMMED;
    f32: f64, SINGLE_SUMMED;
    f64: f64, SUMMED;
}
