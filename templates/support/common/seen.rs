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
type ByNumber<V> = std::collections::HashMap<i64, V, std::hash::BuildHasherDefault<Mixed>>;

/// The hash of a number that comes from a database, not from someone who looks for numbers with the same hash: one
/// multiplication by an odd number near the golden ratio of 2^64 (Knuth, volume 3, section 6.4).
#[derive(Default)]
struct Mixed(u64);

impl std::hash::Hasher for Mixed {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, number: u64) {
        let mixed = (self.0 ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ (mixed >> 32);
    }

    fn write_i64(&mut self, number: i64) {
        self.write_u64(u64::from_ne_bytes(number.to_ne_bytes()));
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
