//! How tests that are written once for all asynchronous targets are run on SQLite: with all others.

pub const DATABASE: crate::live::Database = crate::live::Database::Sqlite;

/// Makes tests of functions that give futures.
macro_rules! tests {
    ($($name:ident),+ $(,)?) => {
        mod tests_on_sqlite {
            $(
                #[test]
                fn $name() {
                    crate::db::wait(super::$name());
                }
            )+
        }
    };
}
