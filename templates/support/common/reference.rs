/// A reference to a row of `E` by its primary key: made from a key, from a row, or from a pending row. Made from a row
/// that has a version, it carries that, and a [`UnitOfWork`] that writes to the row checks it: make it from the key when it
/// is to outlive the next write.
pub struct Ref<E: Entity>(Reference<E>);

enum Reference<E: Entity> {
    Key(E::Key),
    /// A row that was read and has a version: the key, and the parameters of key and version.
    Row(E::Key, Box<[Value]>),
    Pending(Pending<E>),
}

/// A row that a [`UnitOfWork`] will insert. It stands for the row in everything else that the unit does, and gives its
/// key when the unit has been committed ([`Committed::key`]).
pub struct Pending<E> {
    unit: u64,
    place: usize,
    marker: PhantomData<fn() -> E>,
}

impl<E> Pending<E> {
    const fn at(unit: u64, place: usize) -> Self {
        Self {
            unit,
            place,
            marker: PhantomData,
        }
    }
}

impl<E: Entity> Ref<E> {
    /// The row with a key; generated types that are keys are converted by it.
    pub fn to(key: E::Key) -> Self {
        Self(Reference::Key(key))
    }

    /// The key; for a pending row, the one that it got in `keys`.
    fn key<'k>(&'k self, keys: Option<&'k Keys>) -> Result<&'k E::Key> {
        match &self.0 {
            Reference::Key(key) | Reference::Row(key, _) => Ok(key),
            Reference::Pending(pending) => keys
                .and_then(|keys| keys.get(*pending))
                .ok_or(Error::Pending { entity: E::NAME }),
        }
    }
}

impl<E: Entity> Clone for Ref<E> {
    fn clone(&self) -> Self {
        Self(match &self.0 {
            Reference::Key(key) => Reference::Key(key.clone()),
            Reference::Row(key, lock) => Reference::Row(key.clone(), lock.clone()),
            Reference::Pending(pending) => Reference::Pending(*pending),
        })
    }
}

impl<E: Entity> std::fmt::Debug for Ref<E> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.0 {
            Reference::Key(key) | Reference::Row(key, _) => {
                f.debug_tuple("Ref").field(key).finish()
            }
            Reference::Pending(pending) => f.debug_tuple("Ref").field(pending).finish(),
        }
    }
}

impl<E> Clone for Pending<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E> Copy for Pending<E> {}

impl<E> PartialEq for Pending<E> {
    fn eq(&self, other: &Self) -> bool {
        self.unit == other.unit && self.place == other.place
    }
}

impl<E> Eq for Pending<E> {}

impl<E> std::fmt::Debug for Pending<E> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Pending").field(&self.place).finish()
    }
}

impl<E: Entity> From<&E> for Ref<E> {
    fn from(row: &E) -> Self {
        // A key that its column cannot hold is told where it is used.
        match E::VERSIONED.then(|| stored(|to| row.put_lock(to))) {
            Some(Ok(lock)) => Self(Reference::Row(row.key(), lock.into())),
            _ => Self(Reference::Key(row.key())),
        }
    }
}

impl<E: Entity> From<Pending<E>> for Ref<E> {
    fn from(pending: Pending<E>) -> Self {
        Self(Reference::Pending(pending))
    }
}

impl<E: Entity> From<&Ref<E>> for Ref<E> {
    fn from(reference: &Ref<E>) -> Self {
        reference.clone()
    }
}

/// What refers to a row of `E`: everything that a [`Ref`] is made of.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not refer to a row of `{E}`",
    label = "expected `&row`, a pending row or a key of `{E}`"
)]
pub trait Refers<E: Entity> {
    /// The reference.
    fn reference(self) -> Ref<E>;
}

#[diagnostic::do_not_recommend]
impl<E: Entity, R: Into<Ref<E>>> Refers<E> for R {
    fn reference(self) -> Ref<E> {
        self.into()
    }
}

/// One conversion for each type that a key can have, so that no entity needs its own.
macro_rules! ref_from {
    ($($key:ty),+) => {$(
        impl<E: Entity<Key = $key>> From<$key> for Ref<E> {
            fn from(key: $key) -> Self {
                Self(Reference::Key(key))
            }
        }
    )+};
}

ref_from!(bool, i16, i32, i64, f32, f64, String, Vec<u8>);

impl<E: Entity<Key = String>> From<&str> for Ref<E> {
    fn from(key: &str) -> Self {
        Self(Reference::Key(key.to_owned()))
    }
}

/// The same for keys of several columns.
macro_rules! ref_from_tuples {
    ($(($($field:ident),+))+) => {$(
        #[diagnostic::do_not_recommend]
        impl<E: Entity<Key = ($($field),+)>, $($field),+> From<($($field),+)> for Ref<E> {
            fn from(key: ($($field),+)) -> Self {
                Self(Reference::Key(key))
            }
        }
    )+};
}

ref_from_tuples! {
    (A, B)
    (A, B, C)
    (A, B, C, D)
    (A, B, C, D, F)
    (A, B, C, D, F, G)
}
