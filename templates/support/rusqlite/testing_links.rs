/// What is tested of relationships whose links have payload.
#[cfg(test)]
pub mod testing_links {
    use super::testing::*;
    use super::*;

    /// Makes the payload of a link, the first one or another.
    #[derive(Debug, Clone, Copy)]
    pub struct Made<'c> {
        conn: &'c Connection,
        number: usize,
    }

    impl Made<'_> {
        /// The value that one of `texts` is in SQL, as `column` has it; or a reference to the row of which it is the key.
        ///
        /// # Panics
        ///
        /// When it is no value of the column's type.
        #[must_use]
        #[track_caller]
        pub fn value<T: Table, K: ColumnType, V: From<<K::Base as ColumnType>::Value>>(
            self,
            column: Column<T, K>,
            texts: [&str; 3],
        ) -> V {
            let sql = format!("SELECT {}", texts[self.number]);
            let read = |stored: ValueRef<'_>| {
                K::Base::read(stored).map_err(|source| Error::Decode {
                    entity: T::NAME,
                    column: column.name,
                    key: String::new(),
                    source,
                })
            };
            must(select_value(self.conn, &sql, &|_| {}, read))
                .expect("a SELECT without FROM gives a row")
                .into()
        }
    }

    impl<S: Entity, T: Entity, P: Link, B: OtherSide<S, T>> Tested<'_, S, T, ManyToManyWith<P>, B> {
        /// Adding, setting, removing and clearing, seen from both sides, with the links that belong to it; that no link is left
        /// when a row is deleted. `new` gives the payload of a first link and a second; `once` says whether a pair is linked once by
        /// the same payload.
        ///
        /// # Panics
        ///
        /// When the relationship does not do this.
        pub fn test(&self, once: bool, new: impl Fn(Made<'_>) -> P::New) {
            self.test_reads();
            let new = |number| {
                new(Made {
                    conn: self.conn,
                    number,
                })
            };
            for source in rows::<S>(self.conn) {
                must(self.rel.of(&source).clear(self.conn));
            }
            let (source, targets) = self.rows();
            let handle = || self.rel.of(&source);
            let [first, second, ..] = &targets[..] else {
                panic!("two rows were made up for the other side");
            };
            assert!(
                must(handle().add(self.conn, first, new(0))),
                "`add` makes a link"
            );
            self.links_are(&source, &[first], "`add`");
            if once {
                let added = must(handle().add(self.conn, first, new(0)));
                assert!(!added, "adding a link again changes nothing");
                self.links_are(&source, &[first], "`add` of a link that is there");
            }
            must(handle().set(self.conn, [(second, new(1))]));
            self.links_are(&source, &[second], "`set`");
            assert!(
                must(handle().remove(self.conn, second)),
                "`remove` takes away"
            );
            self.links_are(&source, &[], "`remove`");
            assert!(
                !must(handle().remove(self.conn, second)),
                "there is nothing to remove"
            );
            let both = [(first, new(0)), (second, new(1))];
            assert_eq!(
                must(handle().add_all(self.conn, both)),
                2,
                "`add_all` adds all"
            );
            self.links_are(&source, &[first, second], "`add_all`");
            assert_eq!(must(handle().clear(self.conn)), 2, "`clear` takes all away");
            self.links_are(&source, &[], "`clear`");
            must(handle().add(self.conn, first, new(0)));
            self.leaves_no_link(&source, first);
        }

        /// Exactly `expected` is at the other side, each with one link.
        #[track_caller]
        fn links_are(&self, source: &S, expected: &[&T], after: &str) {
            self.expect(source, expected, after);
            let links = must(self.rel.of(source).links().all(self.conn)).len();
            assert_eq!(links, expected.len(), "after {after}: the links");
            let pairs = must(self.rel.of(source).with_links(self.conn)).len();
            assert_eq!(
                pairs,
                expected.len(),
                "after {after}: rows with their links"
            );
            let load = || {
                self.rel
                    .links()
                    .load(self.conn, std::slice::from_ref(source))
            };
            let (loaded, statements) = statements_of(|| must(load()));
            let loaded: usize = loaded.iter().map(Vec::len).sum();
            assert_eq!(
                loaded,
                expected.len(),
                "after {after}: links that are loaded"
            );
            assert_eq!(statements, 1, "an eager load takes one statement");
        }
    }
}
