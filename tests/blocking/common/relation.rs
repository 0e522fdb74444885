/// A relationship from `S` to `T`; `K` says how many there are at the other side and what can be done with them.
///
/// [`Rel::any`] and [`Rel::exists`] make conditions of it, [`Query::with`] reads its rows beside others: as it is, or with
/// [`Rel::with`], [`Rel::limit`] and [`Rel::shared`].
pub struct Rel<S: 'static, T: 'static, K: Kind> {
    sql: &'static K::Sql,
    /// The columns by which the relationship knows its rows, where that is not the primary key.
    source: Option<KnownBy<S>>,
    target: Option<KnownBy<T>>,
}

/// Gives the columns of a row by which a relationship knows it.
pub type KnownBy<E> = fn(&E, &mut Params<'_>);

/// How many rows there are at the other side, and where the foreign key is.
pub trait Kind: 'static {
    /// The statements.
    type Sql: Sync + 'static;
    /// What is loaded for one row of the source.
    type Shape: Shape;
    /// [`Bare`], or [`Laden`] where links have payload: calls differ in what they take.
    type Links;
    /// Which table has the foreign key.
    const HOLDER: Holder;

    /// The parts that every kind has.
    fn read(sql: &'static Self::Sql) -> ReadSql;
}

/// Without payload, for [`Kind`].
pub enum Bare {}

/// With payload, for [`Kind`].
pub enum Laden {}

/// Which table has the foreign key of a relationship.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// That of the source.
    Source,
    /// That of the target.
    Target,
    /// A secondary, which has one to each side.
    Link,
}

/// The texts that read over a relationship of any kind.
pub struct ReadSql {
    /// The targets of many sources, each with the place of its source in the list of keys behind its columns.
    pub load: &'static str,
    /// The beginning of a condition on the source: that some target fits what follows. Two parentheses close it.
    pub any: &'static str,
    /// The condition that there is a target.
    pub exists: &'static str,
    /// Whether `load` gives the targets in the order of the relationship.
    pub sorts: bool,
    /// The links of many sources as two arrays, the places of the sources in the list of keys and the keys of the targets;
    /// empty where there is no such statement.
    pub links: &'static str,
    /// The targets with a key of a list, in the order of the relationship; empty as `links`.
    pub targets: &'static str,
}

impl ReadSql {
    const NONE: Self = Self {
        load: "",
        any: "",
        exists: "",
        sorts: false,
        links: "",
        targets: "",
    };
}

/// The kinds: what each is, its statements, its shape, who has the foreign key.
macro_rules! kinds {
    ($($(#[$doc:meta])+ $kind:ident: $sql:ident, $shape:ident, $holder:ident $(, $($more:ident)+)?;)+) => {$(
        $(#[$doc])+
        pub enum $kind {}

        impl Kind for $kind {
            type Sql = $sql;
            type Shape = $shape;
            type Links = Bare;
            const HOLDER: Holder = Holder::$holder;

            fn read(sql: &'static $sql) -> ReadSql {
                #[allow(clippy::needless_update, reason = "some kinds have all of it")]
                ReadSql {
                    load: sql.load,
                    any: sql.any,
                    exists: sql.exists,
                    $($($more: sql.$more,)+)?
                    ..ReadSql::NONE
                }
            }
        }
    )+};
}

kinds! {
    /// Over a secondary.
    ManyToMany: ToManySql, Many, Link, sorts links targets;
    /// The target has the foreign key, which is never NULL.
    OneToMany: ToManySql, Many, Target, sorts links targets;
    /// The target has the foreign key, which may be NULL.
    OptionalOneToMany: ToManySql, Many, Target, sorts links targets;
    /// The source has the foreign key, which is never NULL.
    ManyToOne: ManyToOneSql, One, Source;
    /// The source has the foreign key, which may be NULL.
    OptionalManyToOne: OptionalManyToOneSql, Maybe, Source;
    /// The source has the foreign key, which may lead to nothing and is not made to: to a row that does not fit, or, by
    /// columns that it shares with other keys, nowhere.
    KeptManyToOne: ManyToOneSql, Maybe, Source;
    /// The target has the foreign key, which is unique and never NULL.
    OneToOne: OneToOneSql, Maybe, Target;
    /// The target has the foreign key, which is unique and may be NULL.
    OptionalOneToOne: OptionalOneToOneSql, Maybe, Target;
}

impl<S, T, K: Kind> Clone for Rel<S, T, K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S, T, K: Kind> Copy for Rel<S, T, K> {}

impl<S, T, K: Kind> Rel<S, T, K> {
    /// The relationship of these statements, which know the rows at both sides by their primary keys.
    #[must_use]
    pub const fn new(sql: &'static K::Sql) -> Self {
        Self::over(sql, None, None)
    }

    /// The relationship of these statements; `source` and `target` give the columns by which they know the rows at both
    /// sides, where that is not the primary key.
    #[must_use]
    pub const fn over(
        sql: &'static K::Sql,
        source: Option<KnownBy<S>>,
        target: Option<KnownBy<T>>,
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

impl<S: Entity, T, K: Kind> Rel<S, T, K> {
    /// The columns by which a row of the source is known.
    fn put_source(&self, row: &S, to: &mut Params<'_>) {
        match self.source {
            Some(put) => put(row, to),
            None => row.put_own_key(to),
        }
    }
}

impl<S, T: Entity, K: Kind> Rel<S, T, K> {
    /// The columns by which a row of the target is known.
    fn put_target(&self, row: &T, to: &mut Params<'_>) {
        match self.target {
            Some(put) => put(row, to),
            None => row.put_own_key(to),
        }
    }

    /// The same for a statement that writes to the target, where that has the foreign key: with its version.
    fn put_written_target(&self, row: &T, to: &mut Params<'_>) {
        match K::HOLDER {
            Holder::Target => row.put_lock(to),
            Holder::Source | Holder::Link => self.put_target(row, to),
        }
    }
}

/// The relationship of one row. Calling a method is the only thing that queries.
///
/// ```text
/// let courses = alice.courses();
/// courses.remove(&conn, &science)?;
/// let late = courses.query().filter(course::TITLE.ge("M")).order_by(course::TITLE.desc()).all(&conn)?;
/// courses.clear(&conn)?;
/// ```
#[must_use = "a handle does nothing until one of its methods is called"]
pub struct Handle<'a, S: 'static, T: 'static, K: Kind> {
    row: &'a S,
    rel: Rel<S, T, K>,
}

impl<S: Entity, T: Entity, K: Kind> Handle<'_, S, T, K> {
    fn put_source(&self, to: &mut Params<'_>) {
        self.rel.put_source(self.row, to);
    }

    fn put_both(&self, target: &T, to: &mut Params<'_>) {
        self.put_source(to);
        self.rel.put_target(target, to);
    }

    fn put_write(&self, target: &T, to: &mut Params<'_>) {
        self.put_source(to);
        self.rel.put_written_target(target, to);
    }
}

/// What a link has beside its ends.
pub trait Payload: Send + Sync + 'static {
    /// The parameters behind those of both ends.
    fn put(&self, _to: &mut Params<'_>) {}

    /// Those that belong to the key of a link which a pair can have several of.
    fn put_key(&self, _to: &mut Params<'_>) {}
}

/// Nothing.
impl Payload for () {}
