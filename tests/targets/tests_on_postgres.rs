//! How tests that are written once for all asynchronous targets are run on PostgreSQL: when they are asked for.

pub const DATABASE: crate::live::Database = crate::live::Database::Postgres;

/// Makes tests of functions that give futures.
macro_rules! tests {
    ($($name:ident),+ $(,)?) => {
        mod tests_on_postgres {
            $(
                #[test]
                #[ignore = "needs PostgreSQL: tests/run --install brings it"]
                fn $name() {
                    crate::db::wait(super::$name());
                }
            )+
        }
    };
}
