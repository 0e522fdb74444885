/// What can be read beside rows of `S`: a relationship of theirs, or a [`Load`] made of one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be loaded beside rows of `{S}`",
    label = "expected a relationship of `{S}`",
    note = "the relationships of an entity are constants of its module; those of related rows nest: `RELATIONSHIP.with(…)`"
)]
pub trait Fetch<S>: Send + Sync {
    /// What there is for one row.
    type Out: Send + Sync;

    /// What there is for each of `sources`, in their order.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when a stored value does not fit its column.
    fn fetch(
        &self,
        conn: &Connection,
        sources: &[S],
    ) -> Result<Vec<Self::Out>>;
}

/// What is read beside each row: nothing, or a tuple of up to six.
#[diagnostic::on_unimplemented(
    message = "no more can be loaded beside a row of `{T}`",
    label = "at most six relationships are loaded beside one another",
    note = "nest some: `RELATIONSHIP.with(…)`"
)]
pub trait Loads<T>: Send + Sync {
    /// A row with what belongs to it: the row alone, or a flat tuple.
    type Item: Send + Sync;

    /// Reads what belongs to each row.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when a stored value does not fit its column.
    fn attach(
        &self,
        conn: &Connection,
        rows: Vec<T>,
    ) -> Result<Vec<Self::Item>>;

    /// The same for one row, or none.
    ///
    /// # Errors
    ///
    /// As for [`Loads::attach`].
    fn attach_one(
        &self,
        conn: &Connection,
        row: Option<T>,
    ) -> Result<Option<Self::Item>>;
}

/// A tuple that one more fits into; a seventh too, which nothing loads, so that [`Loads`] can say it.
pub trait Grow<F> {
    /// The tuple with `F` at its end.
    type Grown;

    /// Puts `item` to the end.
    fn grow(self, item: F) -> Self::Grown;
}

impl<T: Send + Sync> Loads<T> for () {
    type Item = T;

    fn attach(&self, _conn: &Connection, rows: Vec<T>) -> Result<Vec<T>> {
        Ok(rows)
    }

    #[inline]
    fn attach_one(&self, _conn: &Connection, row: Option<T>) -> Result<Option<T>> {
        Ok(row)
    }
}

macro_rules! loads_of_tuples {
    ($(($($load:ident: $out:ident),+))+) => {$(
        impl<T: Send + Sync, $($load: Fetch<T>),+> Loads<T> for ($($load,)+) {
            type Item = (T, $($load::Out),+);

            #[expect(non_snake_case, reason = "the names of the type parameters serve as variables")]
            fn attach(&self, conn: &Connection, rows: Vec<T>) -> Result<Vec<Self::Item>> {
                let ($($load,)+) = self;
                $(let mut $out = $load.fetch(conn, &rows)?.into_iter();)+
                let mut items = Vec::with_capacity(rows.len());
                for row in rows {
                    // Each has one item for each row.
                    if let ($(Some($out),)+) = ($($out.next(),)+) {
                        items.push((row, $($out),+));
                    }
                }
                Ok(items)
            }

            fn attach_one(
                &self,
                conn: &Connection,
                row: Option<T>,
            ) -> Result<Option<Self::Item>> {
                attach_to_one(self, conn, row)
            }
        }
    )+};
}

macro_rules! grow_of_tuples {
    ($(($($load:ident),*))+) => {$(
        impl<$($load,)* F> Grow<F> for ($($load,)*) {
            type Grown = ($($load,)* F,);

            #[allow(non_snake_case, reason = "the names of the type parameters serve as variables")]
            fn grow(self, item: F) -> Self::Grown {
                let ($($load,)*) = self;
                ($($load,)* item,)
            }
        }
    )+};
}

loads_of_tuples! {
    (A: a)
    (A: a, B: b)
    (A: a, B: b, C: c)
    (A: a, B: b, C: c, D: d)
    (A: a, B: b, C: c, D: d, E: e)
    (A: a, B: b, C: c, D: d, E: e, G: g)
}

grow_of_tuples! {
    ()
    (A)
    (A, B)
    (A, B, C)
    (A, B, C, D)
    (A, B, C, D, E)
    (A, B, C, D, E, G)
}

fn attach_to_one<T: Send + Sync, L: Loads<T>>(
    loads: &L,
    conn: &Connection,
    row: Option<T>,
) -> Result<Option<L::Item>> {
    match row {
        Some(row) => Ok(loads.attach(conn, vec![row])?.pop()),
        None => Ok(None),
    }
}

/// A relationship to be loaded: how many rows, with which rows of theirs (`L`), each on its own or shared (`M`).
#[must_use = "it does nothing until rows are loaded with it"]
pub struct Load<S: 'static, T: 'static, K: Kind, L, M> {
    rel: Rel<S, T, K>,
    wanted: Wanted,
    loads: L,
    marker: PhantomData<fn() -> M>,
}

/// Every source has its own copy of a row, for [`Load`].
pub enum Owned {}

/// Sources share a row in an `Arc`, for [`Load`].
pub enum Shared {}

impl<S: Entity, T: Entity, K: Kind> Rel<S, T, K> {
    /// With what `related` gives for each row at the other side, to any depth. One statement more for each relationship, two
    /// for a many-to-many of many rows on PostgreSQL.
    ///
    /// ```text
    /// let all: Vec<(Student, Vec<(Course, Vec<Student>)>)> = Student::query()
    ///     .with(student::COURSES.with(course::STUDENTS))
    ///     .all(&conn)?;
    /// ```
    pub fn with<F: Fetch<T>>(self, related: F) -> Load<S, T, K, (F,), Owned> {
        self.plain().with(related)
    }

    /// Each row at the other side once, as an `Arc` that all its sources share: less to read and less to hold.
    ///
    /// ```text
    /// let all: Vec<(Student, Vec<Arc<Course>>)> = Student::query()
    ///     .with(student::COURSES.shared())
    ///     .all(&conn)?;
    /// ```
    pub fn shared(self) -> Load<S, T, K, (), Shared> {
        self.plain().shared()
    }

    /// At most `rows` rows for each source, the first ones in the order of the relationship.
    ///
    /// ```text
    /// let all: Vec<(Student, Vec<Course>)> = Student::query()
    ///     .with(student::COURSES.limit(3))
    ///     .all(&conn)?;
    /// ```
    pub fn limit(self, rows: u64) -> Load<S, T, K, (), Owned>
    where
        K: ToMany,
    {
        self.plain().limit(rows)
    }

    /// The rows at the other side of each of `sources`, in their order. One statement, however many they are.
    ///
    /// ```text
    /// let students = Student::query().all(&conn)?;
    /// let courses: Vec<Vec<Course>> = student::COURSES.load(&conn, &students)?;
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when a stored value does not fit its column.
    pub fn load(
        self,
        conn: &Connection,
        sources: &[S],
    ) -> Result<Vec<<K::Shape as Shape>::Of<T>>> {
        self.fetch(conn, sources)
    }

    fn plain(self) -> Load<S, T, K, (), Owned> {
        let sql = K::read(self.sql);
        Load {
            rel: self,
            wanted: Wanted {
                sql: sql.load,
                links: sql.links,
                targets: sql.targets,
                sorts: sql.sorts,
                limit: None,
            },
            loads: (),
            marker: PhantomData,
        }
    }
}

impl<S: Entity, T: Entity, K: Kind, L, M> Load<S, T, K, L, M> {
    /// As [`Rel::with`]; several, one after the other, make one flat tuple.
    pub fn with<F: Fetch<T>>(self, related: F) -> Load<S, T, K, L::Grown, M>
    where
        L: Grow<F, Grown: Loads<T>>,
    {
        Load {
            rel: self.rel,
            wanted: self.wanted,
            loads: self.loads.grow(related),
            marker: PhantomData,
        }
    }

    /// As [`Rel::shared`]; what is loaded beside a row is shared with it.
    pub fn shared(self) -> Load<S, T, K, L, Shared> {
        Load {
            rel: self.rel,
            wanted: self.wanted,
            loads: self.loads,
            marker: PhantomData,
        }
    }

    /// As [`Rel::limit`].
    pub fn limit(self, rows: u64) -> Self
    where
        K: ToMany,
    {
        Self {
            wanted: Wanted {
                sql: K::many(self.rel.sql).load_limited,
                links: "",
                targets: "",
                sorts: true,
                limit: Some(rows),
            },
            ..self
        }
    }

    /// As [`Rel::load`].
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when a stored value does not fit its column.
    pub fn load(
        self,
        conn: &Connection,
        sources: &[S],
    ) -> Result<Vec<<Self as Fetch<S>>::Out>>
    where
        Self: Fetch<S>,
    {
        self.fetch(conn, sources)
    }

    fn rows(&self, conn: &Connection, sources: &[S], once: bool) -> Result<Found<T>> {
        let keys = KeyList::of(sources, |row, to| self.rel.put_source(row, to))?;
        if once {
            return Found::read_shared(conn, &self.wanted, &keys);
        }
        Found::read_own(conn, &self.wanted, &keys)
    }
}

impl<S: Entity, T: Entity, K: Kind> Fetch<S> for Rel<S, T, K> {
    type Out = <K::Shape as Shape>::Of<T>;

    fn fetch(&self, conn: &Connection, sources: &[S]) -> Result<Vec<Self::Out>> {
        self.plain().fetch(conn, sources)
    }
}

impl<S: Entity, T: Entity, K: Kind, L: Loads<T>> Fetch<S> for Load<S, T, K, L, Owned> {
    type Out = <K::Shape as Shape>::Of<L::Item>;

    fn fetch(&self, conn: &Connection, sources: &[S]) -> Result<Vec<Self::Out>> {
        let found = self.rows(conn, sources, false)?;
        let items = self.loads.attach(conn, found.rows)?;
        K::Shape::gather(T::NAME, sources.len(), &found.places, items.into_iter())
    }
}

impl<S: Entity, T: Entity, K: Kind, L: Loads<T>> Fetch<S> for Load<S, T, K, L, Shared> {
    type Out = <K::Shape as Shape>::Of<std::sync::Arc<L::Item>>;

    fn fetch(&self, conn: &Connection, sources: &[S]) -> Result<Vec<Self::Out>> {
        let found = self.rows(conn, sources, true)?;
        let items = self.loads.attach(conn, found.rows)?;
        let items: Vec<_> = items.into_iter().map(std::sync::Arc::new).collect();
        let picked = found.picks.iter().map(|pick| items[*pick].clone());
        K::Shape::gather(T::NAME, sources.len(), &found.places, picked)
    }
}
