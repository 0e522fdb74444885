//! What a hostile spec may cost: whatever it says, there is an answer within a second and 200 MiB.
//!
//! The program runs as a process, whose memory the system tells. What is counted in tens of thousands is so by default, and in
//! hundreds of thousands with `RELATA_ROUNDS=10`.
#![cfg(all(feature = "cli", target_os = "linux"))]

#[path = "resources/documented.rs"]
mod documented;
#[path = "resources/includes.rs"]
mod includes;
#[path = "resources/many.rs"]
mod many;
#[path = "resources/measured.rs"]
mod measured;
#[path = "resources/repeated.rs"]
mod repeated;
#[path = "resources/texts.rs"]
mod texts;
#[path = "resources/yaml.rs"]
mod yaml;
