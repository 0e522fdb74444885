/// A table whose rows are read as `Self`.
#[diagnostic::on_unimplemented(message = "`{Self}` is not the row of a table")]
pub trait Table: Clone + Send + Sync + 'static {
    /// The name in the spec.
    const NAME: &'static str;
    /// The quoted name in the database.
    const TABLE: &'static str;
    /// The columns of the primary key: their names, and their places among all columns.
    const KEY: &'static [(&'static str, usize)];
    /// Reads every row.
    const SELECT: &'static str;
    /// What every write changes besides: a version, the moment.
    const TOUCH: Touch = &[];

    /// Reads one row.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when a stored value does not fit its column.
    fn read(row: &Reader<'_>) -> Result<Self>;
}

/// Columns, each with its new value in SQL.
pub type Touch = &'static [(&'static str, &'static str)];

/// The statements for single rows of an entity.
pub struct EntitySql {
    /// Reads the row with a key.
    pub find: &'static str,
    /// Inserts a row, and gives back what was stored.
    pub insert: &'static str,
    /// The same up to the values of a row, without giving back anything.
    pub insert_into: &'static str,
    /// The values of a row, each the next parameter.
    pub insert_values: &'static str,
    /// Inserts any number of rows, each parameter being an array, and gives back their keys in order, or the rows where the
    /// database does not count the key; empty where it has no such statement.
    pub insert_many: &'static str,
    /// Inserts a row with its key.
    pub insert_row: &'static str,
    /// Writes a patch to the row with a key, and gives back what is stored.
    pub update: &'static str,
    /// Writes every column of the row with a key, and gives back what is stored.
    pub save: &'static str,
    /// Deletes the row with a key.
    pub delete: &'static str,
}

/// A table that has an entity of the spec.
#[diagnostic::on_unimplemented(message = "`{Self}` is not an entity")]
pub trait Entity: Table {
    /// The primary key: the column's type, or a tuple of them in key order.
    type Key: Clone + std::fmt::Debug + Send + Sync + 'static;
    /// A row to insert.
    type New: New<Entity = Self>;
    /// Changes to a row.
    type Patch: Send + Sync + 'static;

    /// The statements.
    const SQL: &'static EntitySql;
    /// The place of the table among all: what it refers to comes before it. Tables that refer to one another share one.
    const RANK: usize;
    /// Whether the table refers to itself, directly or through others.
    const CIRCULAR: bool = false;
    /// Whether a column counts the writes to a row.
    const VERSIONED: bool = false;
    /// Makes the key of the number that the database counted; `None` where it does not count.
    const COUNTED: Counted<Self> = None;

    /// The primary key of this row.
    fn key(&self) -> Self::Key;

    /// The parameters of a key.
    fn put_key(key: &Self::Key, to: &mut Params<'_>);

    /// The parameters of this row's key.
    fn put_own_key(&self, to: &mut Params<'_>) {
        Self::put_key(&self.key(), to);
    }

    /// The parameters of this row's key and, where there is one, its version.
    fn put_lock(&self, to: &mut Params<'_>) {
        self.put_own_key(to);
    }

    /// The parameters of [`EntitySql::insert`].
    fn put_new(_new: &Self::New, _to: &mut Params<'_>) {}

    /// Whether the values were given that [`Entity::put_new`] makes otherwise: more parameters of an upsert.
    fn put_given(_new: &Self::New, _to: &mut Params<'_>) {}

    /// Every column in order.
    fn put_row(&self, to: &mut Params<'_>);

    /// The parameters of [`EntitySql::insert_row`] and [`EntitySql::save`]: every column that is not computed, in order.
    fn put_written(&self, to: &mut Params<'_>) {
        self.put_row(to);
    }

    /// The parameters of [`EntitySql::update`] behind the lock.
    fn put_patch(_patch: &Self::Patch, _to: &mut Params<'_>) {}
}

/// A row to insert.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a row to insert",
    label = "expected a struct `New…` of an entity",
    note = "a row that has its key already is inserted by `insert_row`"
)]
pub trait New: Send + Sync + 'static {
    /// The entity.
    type Entity: Entity<New = Self>;
}

/// Makes a key of the number that the database counted, where it counts.
pub type Counted<E> = Option<fn(i64) -> Result<<E as Entity>::Key>>;

/// The key of the number that the database counted.
///
/// # Errors
///
/// [`Error::Decode`] when it is beyond the key's type.
pub fn counted<E: Entity<Key: TryFrom<i64>>>(number: i64) -> Result<E::Key> {
    E::Key::try_from(number).map_err(|_| Error::Decode {
        entity: E::NAME,
        column: key_name::<E>(),
        key: number.to_string(),
        source: "the number is beyond the range of the column's type".into(),
    })
}

/// The name of the primary key's first column.
fn key_name<T: Table>() -> &'static str {
    T::KEY.first().map_or("", |(name, _)| name)
}

/// Parameters of the row with `key`, whatever its version is.
fn put_unlocked<E: Entity>(key: &E::Key, to: &mut Params<'_>) {
    E::put_key(key, to);
    if E::VERSIONED {
        to.null();
    }
}

/// A row of a result.
pub struct Reader<'r> {
    row: &'r Row<'r>,
    /// The place of its first column.
    first: usize,
}

impl<'r> Reader<'r> {
    /// The row that the driver gives.
    #[must_use]
    pub fn new(row: &'r Row<'r>) -> Self {
        Self { row, first: 0 }
    }

    /// The value of a column.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when the stored value does not fit the column.
    #[inline]
    pub fn get<T: Table, K: ColumnType>(&self, column: Column<T, K>) -> Result<K::Value> {
        match K::read(stored_at(self.row, self.first + column.index)?) {
            Ok(value) => Ok(value),
            Err(source) => Err(self.decode_error(column, source)),
        }
    }

    #[cold]
    fn decode_error<T: Table, K>(&self, column: Column<T, K>, source: Mismatch) -> Error {
        let key: Vec<String> = T::KEY
            .iter()
            .map(|(_, index)| {
                let stored = stored_at(self.row, self.first + *index);
                stored.map_or_else(|_| "?".to_owned(), shown)
            })
            .collect();
        Error::Decode {
            entity: T::NAME,
            column: column.name,
            key: key.join(", "),
            source,
        }
    }
}
