//! Any bytes: what mends a spec makes it no worse.
#![no_main]

use libfuzzer_sys::fuzz_target;
use relata_fuzz::is_mended;

fuzz_target!(|bytes: &[u8]| is_mended(bytes));
