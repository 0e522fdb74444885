/// A table whose rows are read as `Self`.
#[diagnostic::on_unimplemented(message = "`{Self}` is not the row of a table")]
pub trait Table: Sized + 'static {
    /// The name in the spec.
    const NAME: &'static str;
    /// The quoted name in the database.
    const TABLE: &'static str;
    /// The places of the primary key's columns.
    const KEY: &'static [usize];
    /// Reads every row.
    const SELECT: &'static str;

    /// Reads one row.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when a stored value does not fit its column.
    fn read(row: &Reader<'_>) -> Result<Self>;
}

/// A table that has an entity of the spec.
#[diagnostic::on_unimplemented(message = "`{Self}` is not an entity")]
pub trait Entity: Table {
    /// The primary key: the column's type, or a tuple of them in key order.
    type Key: Clone + PartialEq + std::fmt::Debug;
    /// A row to insert.
    type New;
    /// Changes to a row.
    type Patch;

    /// Reads the row with a key.
    const FIND: &'static str;
    /// Inserts a row, and gives back what was stored.
    const INSERT: &'static str;
    /// Inserts a row with its key.
    const INSERT_ROW: &'static str;
    /// Writes a patch to the row with a key, and gives back what is stored.
    const UPDATE: &'static str;
    /// Writes every column of the row with a key, and gives back what is stored.
    const SAVE: &'static str;
    /// Deletes the row with a key.
    const DELETE: &'static str;

    /// The primary key of this row.
    fn key(&self) -> Self::Key;

    /// The parameters of a key.
    fn put_key(key: &Self::Key, to: &mut Params<'_>);

    /// The parameters of this row's key.
    fn put_own_key(&self, to: &mut Params<'_>) {
        Self::put_key(&self.key(), to);
    }

    /// The parameters of [`Entity::INSERT`].
    fn put_new(_new: &Self::New, _to: &mut Params<'_>) {}

    /// The parameters of [`Entity::INSERT_ROW`] and [`Entity::SAVE`]: every column in order.
    fn put_row(&self, to: &mut Params<'_>);

    /// The parameters of [`Entity::UPDATE`] behind the key.
    fn put_patch(_patch: &Self::Patch, _to: &mut Params<'_>) {}
}

/// A row of a result.
pub struct Reader<'r>(&'r Row<'r>);

impl<'r> Reader<'r> {
    /// The row that the driver gives.
    #[must_use]
    pub fn new(row: &'r Row<'r>) -> Self {
        Self(row)
    }

    /// The value of a column.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when the stored value does not fit the column.
    pub fn get<T: Table, K: ColumnType>(&self, column: Column<T, K>) -> Result<K::Value> {
        let stored = self.0.get_ref(column.index)?;
        K::read(stored).map_err(|source| self.decode_error(column, source))
    }

    #[cold]
    fn decode_error<T: Table, K>(&self, column: Column<T, K>, source: Mismatch) -> Error {
        let key: Vec<String> = T::KEY
            .iter()
            .map(|index| match self.0.get_ref(*index) {
                Ok(ValueRef::Integer(number)) => number.to_string(),
                Ok(ValueRef::Text(text)) => String::from_utf8_lossy(text).into_owned(),
                Ok(other) => format!("{other:?}"),
                Err(_) => "?".to_owned(),
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

/// A reference to a row of `E` by its primary key: made from a key or from a row.
pub struct Ref<E: Entity> {
    key: E::Key,
}

impl<E: Entity> Clone for Ref<E> {
    fn clone(&self) -> Self {
        Self {
            key: self.key.clone(),
        }
    }
}

impl<E: Entity> PartialEq for Ref<E> {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl<E: Entity> std::fmt::Debug for Ref<E> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Ref").field(&self.key).finish()
    }
}

impl<E: Entity> From<&E> for Ref<E> {
    fn from(row: &E) -> Self {
        Self { key: row.key() }
    }
}

/// One conversion for each type that a key can have, so that no entity needs its own.
macro_rules! ref_from {
    ($($key:ty),+) => {$(
        impl<E: Entity<Key = $key>> From<$key> for Ref<E> {
            fn from(key: $key) -> Self {
                Self { key }
            }
        }
    )+};
}

ref_from!(bool, i16, i32, i64, f32, f64, String, Vec<u8>);

impl<E: Entity<Key = String>> From<&str> for Ref<E> {
    fn from(key: &str) -> Self {
        Self {
            key: key.to_owned(),
        }
    }
}
