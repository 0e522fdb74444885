//! Sums over what the sides have read: all must come to the same.

use std::sync::Arc;

/// A row of either table on any side.
pub trait Row {
    fn id(&self) -> i32;
    fn text(&self) -> &str;
}

/// Makes rows of a side's structs: `rows!(Student: name, Course: title)`.
#[macro_export]
macro_rules! rows {
    ($($row:ty: $text:ident),+ $(,)?) => {$(
        impl $crate::sum::Row for $row {
            fn id(&self) -> i32 {
                self.id
            }

            fn text(&self) -> &str {
                &self.$text
            }
        }
    )+};
}

impl<R: Row> Row for Arc<R> {
    fn id(&self) -> i32 {
        R::id(self)
    }

    fn text(&self) -> &str {
        R::text(self)
    }
}

/// A sum in which the order of what is added counts (FNV-1a).
struct Sum(u64);

impl Sum {
    fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn bytes(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    fn row(&mut self, row: &impl Row) {
        self.bytes(&row.id().to_le_bytes());
        self.bytes(row.text().as_bytes());
    }

    /// Rows in the order of their keys: not every side sorts the courses of a student.
    fn by_key<R: Row>(&mut self, rows: &[R]) {
        let mut rows: Vec<&R> = rows.iter().collect();
        rows.sort_unstable_by_key(|row| row.id());
        for row in rows {
            self.row(row);
        }
    }
}

/// Of students with their courses.
pub fn of_eager<S: Row, C: Row>(found: &[(S, Vec<C>)]) -> u64 {
    let mut sum = Sum::new();
    for (student, courses) in found {
        sum.row(student);
        sum.by_key(courses);
    }
    sum.0
}

/// Of the courses of several students.
#[must_use]
pub fn of_courses<C: Row>(found: &[Vec<C>]) -> u64 {
    let mut sum = Sum::new();
    for courses in found {
        sum.by_key(courses);
    }
    sum.0
}

/// Of the keys that rows got.
pub fn of_keys<'k>(keys: impl IntoIterator<Item = &'k i32>) -> u64 {
    let mut sum = Sum::new();
    for key in keys {
        sum.bytes(&key.to_le_bytes());
    }
    sum.0
}

/// What a row that was looked up adds to the sum of its job: cheap, because it is timed.
pub fn of_found(row: &impl Row) -> u64 {
    u64::from(row.id().unsigned_abs()) + row.text().len() as u64
}
