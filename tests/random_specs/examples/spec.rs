//! Prints the spec of a number, as the tests that compile a sample have it: `cargo run -p random-specs --example spec 34`.

use random_specs::{Wanted, numbered, spec};

fn main() {
    let number = std::env::args().nth(1).and_then(|word| word.parse().ok());
    let number = number.expect("the number of a spec");
    print!("{}", spec(&numbered(number), &Wanted::sample()));
}
