//! The support code of target rusqlite, compiled, linted and tested as the ordinary Rust that it is: over a school
//! written by hand, so that nothing here depends on the generator.

#[path = "support_rusqlite/school.rs"]
mod school;

/// The parts of the generated support module, in its order.
#[allow(dead_code, reason = "the tests use a part of it, as users do")]
mod support {
    include!("../templates/support/rusqlite/head.rs");
    include!("../templates/support/rusqlite/error.rs");
    include!("../templates/support/rusqlite/value.rs");
    include!("../templates/support/rusqlite/params.rs");
    include!("../templates/support/rusqlite/column.rs");
    include!("../templates/support/rusqlite/table.rs");
    include!("../templates/support/rusqlite/statement.rs");
    include!("../templates/support/rusqlite/row.rs");
    include!("../templates/support/rusqlite/query.rs");
    include!("../templates/support/rusqlite/relation.rs");
    include!("../templates/support/rusqlite/to_many.rs");
    include!("../templates/support/rusqlite/to_one.rs");
    include!("../templates/support/rusqlite/connection.rs");
    include!("../templates/support/rusqlite/chrono.rs");
    include!("../templates/support/rusqlite/decimal.rs");
    include!("../templates/support/rusqlite/json.rs");
    include!("../templates/support/rusqlite/uuid.rs");
}
