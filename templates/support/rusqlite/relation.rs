/// A relationship from `S` to `T`; `K` says how many there are at the other side and what can be done with them.
pub struct Rel<S: 'static, T: 'static, K: Kind> {
    sql: &'static K::Sql,
    source: fn(&S, &mut Params<'_>),
    target: fn(&T, &mut Params<'_>),
}

/// What a relationship needs to know of its statements.
pub trait Kind: 'static {
    /// The statements.
    type Sql;
}

impl<S, T, K: Kind> Clone for Rel<S, T, K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S, T, K: Kind> Copy for Rel<S, T, K> {}

impl<S, T, K: Kind> Rel<S, T, K> {
    /// The relationship of these statements; `source` and `target` give the columns by which they know the rows at both
    /// sides.
    #[must_use]
    pub const fn over(
        sql: &'static K::Sql,
        source: fn(&S, &mut Params<'_>),
        target: fn(&T, &mut Params<'_>),
    ) -> Self {
        Self {
            sql,
            source,
            target,
        }
    }

    /// The relationship of one row.
    pub const fn of(self, row: &S) -> Handle<'_, S, T, K> {
        Handle { row, rel: self }
    }
}

impl<S: Entity, T: Entity, K: Kind> Rel<S, T, K> {
    /// The relationship of these statements, which know the rows at both sides by their primary keys.
    #[must_use]
    pub const fn new(sql: &'static K::Sql) -> Self {
        Self::over(sql, S::put_own_key, T::put_own_key)
    }
}

/// The relationship of one row. Calling a method is the only thing that queries.
#[must_use = "a handle does nothing until one of its methods is called"]
pub struct Handle<'a, S: 'static, T: 'static, K: Kind> {
    row: &'a S,
    rel: Rel<S, T, K>,
}

impl<S, T, K: Kind> Handle<'_, S, T, K> {
    fn put_source(&self, to: &mut Params<'_>) {
        (self.rel.source)(self.row, to);
    }

    fn put_both(&self, target: &T, to: &mut Params<'_>) {
        self.put_source(to);
        (self.rel.target)(target, to);
    }
}
