//! How tests that are written once for all asynchronous targets are run on MariaDB: when they are asked for.

pub const DATABASE: crate::live::Database = crate::live::Database::Mysql;

/// Makes tests of functions that give futures.
macro_rules! tests {
    ($($name:ident),+ $(,)?) => {
        mod tests_on_mysql {
            $(
                #[test]
                #[ignore = "needs MariaDB: tests/run --install brings it"]
                fn $name() {
                    crate::db::wait(super::$name());
                }
            )+
        }
    };
}
