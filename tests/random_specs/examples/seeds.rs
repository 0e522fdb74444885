//! Writes the bytes of the first specs into a folder, for a fuzzer to begin with: `cargo run -p random-specs --example seeds
//! DIR 100`.

use std::path::PathBuf;

use random_specs::numbered;

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().expect("a folder"));
    let count: u32 = arguments
        .next()
        .and_then(|word| word.parse().ok())
        .expect("how many");
    std::fs::create_dir_all(&folder)?;
    for number in 0..count {
        let bytes = numbered(number.into());
        // Of different lengths: where the bytes end, the simplest is decided.
        let length = 50 * (1 + usize::from(bytes[0]) % 60);
        std::fs::write(folder.join(format!("numbered_{number}")), &bytes[..length])?;
    }
    Ok(())
}
