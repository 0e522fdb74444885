//! Decisions that make a spec over the whole language: what becomes of it is whole, its author's SQL included.
#![no_main]

use libfuzzer_sys::fuzz_target;
use random_specs::Wanted;
use relata_fuzz::{builder, can_be_shown, is_whole};

fuzz_target!(|bytes: &[u8]| {
    let wanted = Wanted {
        entities: 12,
        ..Wanted::default()
    };
    let spec = random_specs::spec(bytes, &wanted);
    let spec = spec.as_bytes();
    match builder(spec).render() {
        Ok(rendered) => is_whole(spec, &rendered, true),
        Err(error) => can_be_shown(&error),
    }
});
