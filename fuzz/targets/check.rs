//! Any bytes: they are a spec, or a report says what is wrong with them.
#![no_main]

use libfuzzer_sys::fuzz_target;
use relata_fuzz::{builder, can_be_shown};

fuzz_target!(|bytes: &[u8]| {
    if let Err(error) = builder(bytes).validate() {
        can_be_shown(&error);
    }
});
