/// Tests of a schema's own relationships, over rows that were made up for them.
#[cfg(test)]
pub mod testing {
    use super::*;

    /// What to do where a value that was made up will not do.
    const ADVICE: &str = "give the columns that it speaks of an `example` in the spec, which made-up rows hold; where they refer to other rows, the key of one of these";

    thread_local! {
        static STATEMENTS: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
    }

    /// Told of each statement that is prepared.
    pub(super) fn note_statement() {
        STATEMENTS.set(STATEMENTS.get() + 1);
    }

    /// What `call` gives, and the number of statements that it took.
    pub fn statements_of<R>(call: impl FnOnce() -> R) -> (R, usize) {
        let before = STATEMENTS.get();
        let given = call();
        (given, STATEMENTS.get() - before)
    }

    /// A database in memory with the tables of `schema` and with rows, which refer to one another in any order.
    ///
    /// # Panics
    ///
    /// When a row is refused: what was made up may not be what a check or a type of the spec wants.
    pub fn database(schema: &str, rows: &[&str]) -> Connection {
        let conn = must(Connection::open_in_memory().map_err(Error::from));
        must(configure(&conn));
        must(run_script(&conn, schema));
        let inserted = transaction(&conn, || {
            conn.pragma_update(None, "defer_foreign_keys", true)?;
            Ok(rows.iter().try_for_each(|sql| conn.execute_batch(sql))?)
        });
        if let Err(error) = inserted {
            panic!("the rows made up for tests are refused: {error}; {ADVICE}");
        }
        conn
    }

    /// What a call gives.
    ///
    /// # Panics
    ///
    /// When it fails.
    #[track_caller]
    pub fn must<R>(given: Result<R>) -> R {
        match given {
            Ok(given) => given,
            Err(error @ (Error::Decode { .. } | Error::CheckViolation { .. })) => {
                panic!("{error}; {ADVICE}")
            }
            Err(error) => panic!("{error}"),
        }
    }

    /// Every row of a table.
    #[track_caller]
    pub(super) fn rows<E: Entity>(conn: &Connection) -> Vec<E> {
        must(select(conn, E::SELECT, &|_| {}))
    }

    /// The same row, as it is stored now.
    #[track_caller]
    pub(super) fn again<E: Entity>(conn: &Connection, row: &E) -> E {
        must(get(conn, &row.key()))
    }

    pub(super) fn key<E: Entity>(row: &E) -> Vec<Value> {
        must(stored(|to| row.put_own_key(to)))
    }

    pub(super) fn keys<'r, E: Entity>(rows: impl IntoIterator<Item = &'r E>) -> Vec<Vec<Value>> {
        rows.into_iter().map(key).collect()
    }

    /// Whether two rows are one, though their types may differ.
    pub(super) fn same<S: Entity, T: Entity>(source: &S, target: &T) -> bool {
        S::NAME == T::NAME && key(source) == key(target)
    }

    /// A shape whose rows can be listed, as those of each.
    pub trait Listed: Shape {
        /// The rows.
        fn rows<X: Send + Sync>(of: Self::Of<X>) -> Vec<X>;
    }

    impl Listed for Many {
        fn rows<X: Send + Sync>(of: Vec<X>) -> Vec<X> {
            of
        }
    }

    impl Listed for One {
        fn rows<X: Send + Sync>(of: X) -> Vec<X> {
            vec![of]
        }
    }

    impl Listed for Maybe {
        fn rows<X: Send + Sync>(of: Option<X>) -> Vec<X> {
            of.into_iter().collect()
        }
    }

    /// A kind of which rows can be loaded and listed, as of every kind.
    pub trait Readable: Kind<Shape: Listed> {}

    impl<K: Kind<Shape: Listed>> Readable for K {}

    /// What a row of the target sees at the other side.
    pub trait OtherSide<S, T> {
        /// Whether that is `source`; `None` when no relationship tells.
        fn sees(&self, conn: &Connection, target: &T, source: &S) -> Option<bool>;
    }

    impl<S, T> OtherSide<S, T> for () {
        fn sees(&self, _conn: &Connection, _target: &T, _source: &S) -> Option<bool> {
            None
        }
    }

    impl<S: Entity, T: Entity, K: Readable> OtherSide<T, S> for Rel<S, T, K> {
        fn sees(&self, conn: &Connection, target: &S, source: &T) -> Option<bool> {
            let found = at(conn, *self, target);
            Some(keys(&found).contains(&key(source)))
        }
    }

    /// The rows at the other side of `source`.
    #[track_caller]
    pub(super) fn at<S: Entity, T: Entity, K: Readable>(
        conn: &Connection,
        rel: Rel<S, T, K>,
        source: &S,
    ) -> Vec<T> {
        let mut loaded = must(rel.load(conn, std::slice::from_ref(source)));
        loaded.pop().map_or_else(Vec::new, K::Shape::rows)
    }

    /// What becomes of the rows that refer to a deleted one.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum OnDelete {
        /// They go with it.
        Cascade,
        /// They refer to nothing.
        SetNull,
        /// It is not deleted.
        Refused,
    }

    /// A relationship to test. What is expected is told first, then one of the tests is called.
    pub struct Tested<'c, S: 'static, T: 'static, K: Kind, B> {
        pub(super) conn: &'c Connection,
        pub(super) rel: Rel<S, T, K>,
        back: B,
        pub(super) on_delete: Option<OnDelete>,
        pub(super) links: &'static str,
    }

    /// The relationship `rel`, of which no other side is known yet.
    pub fn of<S, T, K: Kind>(conn: &Connection, rel: Rel<S, T, K>) -> Tested<'_, S, T, K, ()> {
        Tested {
            conn,
            rel,
            back: (),
            on_delete: None,
            links: "",
        }
    }

    impl<'c, S, T, K: Kind, B> Tested<'c, S, T, K, B> {
        /// The same relationship is `back` from the other side.
        #[must_use]
        pub fn seen_from<L: Kind>(self, back: Rel<T, S, L>) -> Tested<'c, S, T, K, Rel<T, S, L>> {
            Tested {
                conn: self.conn,
                rel: self.rel,
                back,
                on_delete: self.on_delete,
                links: self.links,
            }
        }

        /// What deleting the row that is referred to does.
        #[must_use]
        pub fn on_delete(mut self, on_delete: OnDelete) -> Self {
            self.on_delete = Some(on_delete);
            self
        }

        /// The links are the rows of `table`, which is quoted.
        #[must_use]
        pub fn links(mut self, table: &'static str) -> Self {
            self.links = table;
            self
        }
    }

    impl<S: Entity, T: Entity, K: Readable, B: OtherSide<S, T>> Tested<'_, S, T, K, B> {
        /// Every row of the source finds beside others what it finds alone, and all of them take one statement.
        ///
        /// # Panics
        ///
        /// When the relationship does not do this.
        pub fn test_reads(&self) {
            let sources = rows::<S>(self.conn);
            let (loaded, statements) = statements_of(|| must(self.rel.load(self.conn, &sources)));
            assert_eq!(statements, 1, "an eager load takes one statement");
            assert_eq!(loaded.len(), sources.len());
            for (source, loaded) in sources.iter().zip(loaded) {
                let alone = at(self.conn, self.rel, source);
                assert_eq!(
                    keys(&K::Shape::rows(loaded)),
                    keys(&alone),
                    "loaded beside other rows"
                );
                let alone: Vec<&T> = alone.iter().collect();
                self.expect(source, &alone, "reading");
            }
        }

        /// Exactly `expected` is at the other side of `source`, seen from either side.
        #[track_caller]
        pub(super) fn expect(&self, source: &S, expected: &[&T], after: &str) {
            let found = keys(&at(self.conn, self.rel, source));
            let wanted = keys(expected.iter().copied());
            let same = found.len() == wanted.len() && wanted.iter().all(|key| found.contains(key));
            assert!(
                same,
                "after {after}: {found:?} is at the other side, not {wanted:?}"
            );
            for target in rows::<T>(self.conn) {
                let wanted = wanted.contains(&key(&target));
                let sees = self.back.sees(self.conn, &target, source);
                assert!(
                    sees.is_none_or(|sees| sees == wanted),
                    "after {after}: {:?} sees {:?} from the other side: {}, should be {wanted}",
                    key(&target),
                    key(source),
                    !wanted
                );
            }
        }

        /// A row of the source, and the rows of the target that are others.
        #[track_caller]
        pub(super) fn rows(&self) -> (S, Vec<T>) {
            let source = rows::<S>(self.conn)
                .into_iter()
                .next()
                .expect("a row was made up");
            let mut targets = rows::<T>(self.conn);
            targets.retain(|target| !same(&source, target));
            (source, targets)
        }

        /// Deletes `one`, to which `other` refers.
        #[track_caller]
        pub(super) fn deletes<P: Entity, C: Entity>(
            &self,
            one: &P,
            other: &C,
            refers: impl Fn(&C) -> bool,
        ) {
            let Some(on_delete) = self.on_delete else {
                return;
            };
            let deleted = delete(self.conn, &again(self.conn, one));
            let left = must(find::<C>(self.conn, &other.key()));
            match on_delete {
                OnDelete::Cascade => {
                    must(deleted);
                    assert!(left.is_none(), "a row is left that refers to a deleted one");
                }
                OnDelete::SetNull => {
                    must(deleted);
                    let left = left.expect("a row that refers to a deleted one stays");
                    assert!(!refers(&left), "a row refers to a deleted one");
                }
                OnDelete::Refused => {
                    refused(deleted);
                    let left = left.expect("nothing is deleted");
                    assert!(refers(&left), "a row refers as it did before");
                }
            }
        }
    }

    /// A row that others refer to was not deleted.
    #[track_caller]
    pub(super) fn refused(deleted: Result<()>) {
        let refused = matches!(deleted, Err(Error::ForeignKeyViolation { .. }));
        assert!(
            refused,
            "a row that others refer to is not deleted: {deleted:?}"
        );
    }
}
