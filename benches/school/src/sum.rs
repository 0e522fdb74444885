//! Sums over what the sides have read: both must come to the same.

use std::sync::Arc;

use crate::{hand, models};

/// A row of either table on either side.
pub trait Row {
    fn id(&self) -> i32;
    fn text(&self) -> &str;
}

macro_rules! rows {
    ($($row:ty: $text:ident),+) => {$(
        impl Row for $row {
            fn id(&self) -> i32 {
                self.id
            }

            fn text(&self) -> &str {
                &self.$text
            }
        }
    )+};
}

rows!(hand::Student: name, hand::Course: title, models::Student: name, models::Course: title);

impl<R: Row> Row for Arc<R> {
    fn id(&self) -> i32 {
        R::id(self)
    }

    fn text(&self) -> &str {
        R::text(self)
    }
}

/// A sum in which the order of what is added counts (FNV-1a).
pub struct Sum(u64);

impl Sum {
    pub fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    pub fn bytes(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    pub fn row(&mut self, row: &impl Row) {
        self.bytes(&row.id().to_le_bytes());
        self.bytes(row.text().as_bytes());
    }

    pub fn get(self) -> u64 {
        self.0
    }
}

/// Of students with their courses.
pub fn of_eager<S: Row, C: Row>(found: &[(S, Vec<C>)]) -> u64 {
    let mut sum = Sum::new();
    for (student, courses) in found {
        sum.row(student);
        for course in courses {
            sum.row(course);
        }
    }
    sum.get()
}

/// Of keys.
pub fn of_keys<'k>(keys: impl IntoIterator<Item = &'k i32>) -> u64 {
    let mut sum = Sum::new();
    for key in keys {
        sum.bytes(&key.to_le_bytes());
    }
    sum.get()
}
