//! A hash that is the same on every machine and in every release: FNV-1a, 64 bits (Fowler, Noll, Vo).
//!
//! The standard hasher is seeded, and integers reach a hasher in the machine's byte order; both would leak into output.

use std::hash::{Hash, Hasher};

const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// The hash of `value`.
pub fn stable(value: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = Stable(OFFSET);
    value.hash(&mut hasher);
    hasher.finish()
}

struct Stable(u64);

impl Hasher for Stable {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(PRIME);
        }
    }

    fn write_u16(&mut self, value: u16) {
        self.write(&value.to_le_bytes());
    }

    fn write_u32(&mut self, value: u32) {
        self.write(&value.to_le_bytes());
    }

    fn write_u64(&mut self, value: u64) {
        self.write(&value.to_le_bytes());
    }

    fn write_usize(&mut self, value: usize) {
        self.write_u64(value as u64);
    }

    fn write_isize(&mut self, value: isize) {
        self.write(&(value as i64).to_le_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::stable;

    #[test]
    fn is_fnv_1a_of_the_bytes() {
        // The published test vector for "foobar"; `str` appends 0xff, so bytes are hashed one by one here.
        struct Bytes;
        impl std::hash::Hash for Bytes {
            fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
                state.write(b"foobar");
            }
        }
        assert_eq!(stable(&Bytes), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn tells_fields_apart() {
        assert_ne!(stable(&("ab", "c")), stable(&("a", "bc")));
    }
}
