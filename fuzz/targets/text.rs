//! Any text: where it is a spec, what becomes of it is whole.
#![no_main]

use libfuzzer_sys::fuzz_target;
use relata_fuzz::{builder, can_be_shown, is_whole, may_have_sql};

fuzz_target!(|bytes: &[u8]| {
    match builder(bytes).render() {
        Ok(rendered) => is_whole(bytes, &rendered, !may_have_sql(bytes)),
        Err(error) => can_be_shown(&error),
    }
});
