/// The rows that were seen, by their keys.
#[derive(Default)]
struct Seen {
    numbers: ByNumber<usize>,
    /// Keys that are no single number, by their bytes.
    others: std::collections::BTreeMap<Box<[u8]>, usize>,
    key: Vec<u8>,
}

impl Seen {
    /// The place of a row that was seen; else `next`, and it has that place from now on.
    fn place<T: Table>(&mut self, row: &Row<'_>, next: usize) -> Result<usize> {
        let number = match T::KEY {
            [(_, index)] => key_number(stored_at(row, *index)?),
            _ => None,
        };
        if let Some(number) = number {
            return Ok(*self.numbers.entry(number).or_insert(next));
        }
        self.key.clear();
        for (_, index) in T::KEY {
            key_bytes(stored_at(row, *index)?, |tag, bytes| self.push(tag, bytes));
        }
        if let Some(place) = self.others.get(self.key.as_slice()) {
            return Ok(*place);
        }
        self.others.insert(self.key.as_slice().into(), next);
        Ok(next)
    }

    /// Appends a column of the key so that no two keys have the same bytes.
    fn push(&mut self, tag: u8, bytes: &[u8]) {
        self.key.push(tag);
        self.key.extend_from_slice(&bytes.len().to_be_bytes());
        self.key.extend_from_slice(bytes);
    }
}

/// What belongs to numbers that a database gives.
#[allow(clippy::disallowed_types, reason = "its order is never asked for")]
type ByNumber<V> = std::collections::HashMap<i64, V, Mixing>;

/// Begins the hashes of a table with a number that nobody knows, since keys may be chosen by someone who wants them to meet.
struct Mixing(u64);

impl Default for Mixing {
    fn default() -> Self {
        use std::hash::{BuildHasher as _, Hasher as _};
        Self(std::hash::RandomState::new().build_hasher().finish())
    }
}

impl std::hash::BuildHasher for Mixing {
    type Hasher = Mixed;

    fn build_hasher(&self) -> Mixed {
        Mixed(self.0)
    }
}

/// The hash of a number: two multiplications by an odd number near the golden ratio of 2^64 (Knuth, volume 3, section 6.4),
/// with the high bits brought down behind each, so that all bits of the number are in all that a table looks at.
struct Mixed(u64);

impl std::hash::Hasher for Mixed {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, number: u64) {
        let mix = |number: u64| {
            let mixed = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
            mixed ^ (mixed >> 32)
        };
        self.0 = mix(mix(self.0 ^ number));
    }

    fn write_i64(&mut self, number: i64) {
        self.write_u64(u64::from_ne_bytes(number.to_ne_bytes()));
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
