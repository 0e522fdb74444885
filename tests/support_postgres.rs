//! How values are stored in PostgreSQL: the support code of its targets that no driver is known to, compiled, linted and
//! tested as the ordinary Rust that it is.

/// The parts, joined as the generator joins them.
#[path = "support_postgres"]
#[allow(
    dead_code,
    unused_macros,
    missing_docs,
    reason = "as where it is emitted: a part is used"
)]
mod support {
    include!("support_postgres/common.rs");
    include!("../templates/support/postgres/types.rs");
    include!("../templates/support/postgres/stored.rs");
    include!("../templates/support/postgres/numeric.rs");
    include!("../templates/support/postgres/calendar.rs");
    include!("../templates/support/postgres/words.rs");
    include!("../templates/support/postgres/array.rs");
    include!("../templates/support/postgres/value.rs");
    include!("../templates/support/postgres/params.rs");
    include!("../templates/support/postgres/key_list.rs");
    include!("../templates/support/postgres/token.rs");
    include!("../templates/support/postgres/decimal.rs");
    include!("../templates/support/postgres/json.rs");
    include!("../templates/support/postgres/uuid.rs");
    include!("../templates/support/postgres/moments.rs");
    include!("../templates/support/common/chrono.rs");
    include!("../templates/support/common/jiff.rs");
    include!("../templates/support/common/time.rs");

    mod bytes;
    mod lists;
    mod server;
    mod times;
    mod tokens;
}
