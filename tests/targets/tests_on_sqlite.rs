//! How tests that are written once for all asynchronous targets are run on SQLite: with all others.

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
