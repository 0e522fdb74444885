//! Names.

use crate::model::hash;

/// `name` within `limit` bytes: what is too long ends with a hash of the whole.
#[must_use]
pub(crate) fn shorten(name: &str, limit: usize) -> String {
    if name.len() <= limit {
        return name.to_owned();
    }
    let hash = format!("_{:08x}", hash::stable(name) & 0xffff_ffff);
    let mut end = limit.saturating_sub(hash.len());
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}{hash}", &name[..end])
}
