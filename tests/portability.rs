//! What docs/portability.md says of databases that share a spec, seen on the databases themselves, and the page held to
//! these tests: `tests/run` starts the servers.

#[path = "portability/databases.rs"]
mod databases;
#[path = "portability/enums.rs"]
mod enums;
#[path = "portability/foreign_keys.rs"]
mod foreign_keys;
#[path = "portability/json.rs"]
mod json;
#[path = "portability/keys.rs"]
mod keys;
#[path = "portability/moments.rs"]
mod moments;
#[path = "portability/names.rs"]
mod names;
#[path = "portability/numbers.rs"]
mod numbers;
#[path = "portability/order.rs"]
mod order;
#[path = "portability/page.rs"]
mod page;
#[path = "../src/builder/tests/catalogue/server.rs"]
mod server;
#[path = "portability/settings.rs"]
mod settings;
#[path = "portability/text.rs"]
mod text;
#[path = "portability/transactions.rs"]
mod transactions;
#[path = "portability/types.rs"]
mod types;
#[path = "portability/words.rs"]
mod words;
