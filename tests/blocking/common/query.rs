/// Rows of `T` to read: what, in which order, how many, and with which related rows (`L`); where they are reached over links
/// with payload (`P`), by that too. Nothing is asked of the database before a method that takes the connection.
///
/// ```text
/// let page = Student::query()
///     .filter(student::NAME.starts_with("A").or(student::COURSES.any(course::TITLE.eq("Math"))))
///     .order_by(student::NAME.asc())
///     .limit(20)
///     .with(student::COURSES)
///     .all(&conn)?;
/// ```
#[must_use = "a query does nothing until it is run"]
pub struct Query<T, L = (), P = ()> {
    selection: Selection<T>,
    loads: L,
    marker: PhantomData<fn() -> P>,
}

/// Which rows of a table, in which order.
struct Selection<T> {
    filter: Option<Filter<T>>,
    // Apart, because a query is moved at every call that shapes it, and many need no more than a filter.
    more: Option<Box<More>>,
}

/// What a selection can have beside a filter.
#[derive(Clone)]
struct More {
    scope: Option<Scope>,
    order: Vec<SortKey>,
    /// The row behind which the rows begin.
    after: Option<Result<After, Refused>>,
    limit: Option<u64>,
    offset: u64,
    /// Whether the rows are locked.
    locked: bool,
}

/// The values of a row, all its columns, and of the link that it is reached over, where that may decide.
#[derive(Clone)]
struct After {
    row: Vec<Value>,
    link: Vec<Value>,
}

impl After {
    /// The value that `key` sorts by.
    fn of(&self, key: SortKey) -> &Value {
        let values = if key.of_links.is_some() {
            &self.link
        } else {
            &self.row
        };
        &values[key.index]
    }
}

/// The rows that a relationship leads to: a condition, its parameters, and the order of the relationship.
#[derive(Clone)]
struct Scope {
    condition: &'static str,
    order: &'static str,
    // A key that its column cannot hold is told when the query runs.
    params: Result<Vec<Value>, Refused>,
    link: Option<OfLinks>,
}

/// What a query may ask of the links that its rows are reached over. The numbers of the scope's parameters are written in
/// both texts.
#[derive(Clone, Copy)]
pub struct OfLinks {
    /// The beginning of the condition that a link of the row fits what follows. Two parentheses close it.
    narrow: &'static str,
    /// What stands behind a column of the row's links in a sub-select, up to its order.
    of_target: &'static str,
}

impl<T, L: Clone, P> Clone for Query<T, L, P> {
    fn clone(&self) -> Self {
        Self {
            selection: Selection {
                filter: self.selection.filter.clone(),
                more: self.selection.more.clone(),
            },
            loads: self.loads.clone(),
            marker: PhantomData,
        }
    }
}

impl<T> Default for Query<T> {
    fn default() -> Self {
        Self {
            selection: Selection {
                filter: None,
                more: None,
            },
            loads: (),
            marker: PhantomData,
        }
    }
}

impl<T: Table, L> Query<T, L> {
    /// Only rows that fit; a second filter narrows the first.
    #[inline]
    pub fn filter(mut self, condition: impl Condition<T>) -> Self {
        self.selection.filter(condition.filter());
        self
    }

    /// In this order; a second order decides where the first does not, and the primary key at last, in the direction of
    /// the order before it. Without any, the rows of a relationship come in its order, and others as the database likes.
    pub fn order_by(mut self, order: impl Ordering<T>) -> Self {
        self.selection.order_by(order.orders());
        self
    }

    /// Only the rows behind `row` in the order of the query, the primary key deciding at last: the next page, when `row`
    /// is the last of this one. The row may have changed or gone since. Give what you page an order: without any, the
    /// first page comes as the database likes, and what is behind its last row is not the rest.
    ///
    /// ```text
    /// let pages = || Student::query().order_by((student::NAME.desc(), student::ID.asc())).limit(20);
    /// let first = pages().all(&conn)?;
    /// if let Some(last) = first.last() {
    ///     let second = pages().after(last).all(&conn)?;
    /// }
    /// ```
    pub fn after(mut self, row: &T) -> Self
    where
        T: Entity,
    {
        let after = stored(|to| row.put_row(to)).map(|row| After {
            row,
            link: Vec::new(),
        });
        self.selection.more().after = Some(after.map_err(Refused::from));
        self
    }
}

impl<T: Table, L, P> Query<T, L, P> {
    /// At most `rows` rows.
    pub fn limit(mut self, rows: u64) -> Self {
        self.selection.more().limit = Some(rows);
        self
    }

    /// Without the first `rows` rows. The database walks over them; [`Query::after`] does not.
    pub fn offset(mut self, rows: u64) -> Self {
        self.selection.more().offset = rows;
        self
    }

    /// Locks the rows until the end of the transaction, where the database has such locks. SQLite has none: its
    /// transactions write one after the other.
    pub fn for_update(mut self) -> Self {
        if !FOR_UPDATE.is_empty() {
            self.selection.more().locked = true;
        }
        self
    }

    /// Each row with what `related` gives: see [`Rel`] for what that can be. Up to six, one after the other, make one
    /// flat tuple. Each is read by a statement of its own; where others write meanwhile, a transaction around the call
    /// lets all statements see the same state: on SQLite, on MySQL by its isolation level, REPEATABLE READ, and on PostgreSQL
    /// when it is asked for that level.
    ///
    /// ```text
    /// let all: Vec<(Student, Vec<Course>)> = Student::query().with(student::COURSES).all(&conn)?;
    /// ```
    pub fn with<F: Fetch<T>>(self, related: F) -> Query<T, L::Grown, P>
    where
        L: Grow<F, Grown: Loads<T>>,
    {
        Query {
            selection: self.selection,
            loads: self.loads.grow(related),
            marker: PhantomData,
        }
    }
}
