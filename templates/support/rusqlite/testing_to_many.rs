/// What is tested of relationships to many.
#[cfg(test)]
mod testing_to_many {
    use super::testing::*;
    use super::*;

    impl<S: Entity, T: Entity, K: Addable + Readable + Kind<Links = Bare>, B: OtherSide<S, T>>
        Tested<'_, S, T, K, B>
    {
        /// `target` is added once, and seen from both sides beside `before`.
        #[track_caller]
        fn adds(&self, source: &S, target: &T, before: &[T]) {
            let of = || again(self.conn, source);
            let there = || again(self.conn, target);
            assert!(
                must(self.rel.of(&of()).add(self.conn, &there())),
                "adding a row changes something"
            );
            let expected: Vec<&T> = before.iter().chain([target]).collect();
            self.expect(source, &expected, "`add`");
            assert!(
                !must(self.rel.of(&of()).add(self.conn, &there())),
                "adding a row again changes nothing"
            );
            self.expect(source, &expected, "`add` of a row that is there");
            let count = must(self.rel.of(&of()).count(self.conn));
            assert_eq!(count, expected.len() as u64, "`count` counts the rows");
            assert!(
                must(self.rel.of(&of()).contains(self.conn, &there())),
                "`contains` finds the row"
            );
        }
    }

    impl<
        S: Entity,
        T: Entity,
        K: Addable + Removable + Readable + Kind<Links = Bare>,
        B: OtherSide<S, T>,
    > Tested<'_, S, T, K, B>
    {
        /// Adds, sets, removes and clears, and looks from both sides each time. Gives a row of each side that are related.
        #[track_caller]
        fn changes(&self) -> (S, T) {
            for source in rows::<S>(self.conn) {
                must(self.rel.of(&source).clear(self.conn));
            }
            let (source, mut targets) = self.rows();
            let handle = || self.rel.of(&source);
            targets.truncate(2);
            let fresh = || -> Vec<T> { targets.iter().map(|row| again(self.conn, row)).collect() };
            let [first, second] = &targets[..] else {
                panic!("two rows were made up for the other side");
            };
            self.adds(&source, first, &[]);
            must(handle().set(self.conn, [&fresh()[1]]));
            self.expect(&source, &[second], "`set`");
            assert!(
                must(handle().remove(self.conn, &fresh()[1])),
                "`remove` takes away"
            );
            self.expect(&source, &[], "`remove`");
            assert!(
                !must(handle().remove(self.conn, &fresh()[1])),
                "there is nothing to remove"
            );
            assert_eq!(
                must(handle().add_all(self.conn, &fresh())),
                2,
                "`add_all` adds all"
            );
            self.expect(&source, &[first, second], "`add_all`");
            assert_eq!(must(handle().all(self.conn)).len(), 2, "`all` finds all");
            assert_eq!(must(handle().clear(self.conn)), 2, "`clear` takes all away");
            self.expect(&source, &[], "`clear`");
            must(handle().add(self.conn, &fresh()[0]));
            let target = fresh().swap_remove(0);
            (source, target)
        }
    }

    impl<S: Entity, T: Entity, B: OtherSide<S, T>> Tested<'_, S, T, ManyToMany, B> {
        /// Adding, setting, removing and clearing, seen from both sides; that no link is left when a row is deleted.
        ///
        /// # Panics
        ///
        /// When the relationship does not do this.
        pub fn test(&self) {
            self.test_reads();
            let (source, target) = self.changes();
            self.leaves_no_link(&source, &target);
        }
    }

    impl<S: Entity, T: Entity, K: Readable, B: OtherSide<S, T>> Tested<'_, S, T, K, B> {
        /// Deletes `source`, which has one link, the only one.
        #[track_caller]
        pub(super) fn leaves_no_link(&self, source: &S, target: &T) {
            let links = || {
                let sql = format!("SELECT count(*) FROM {}", self.links);
                must(select_number(self.conn, &sql, &|_| {}))
            };
            assert_eq!(links(), 1, "there is one link");
            let Some(on_delete) = self.on_delete else {
                return;
            };
            let deleted = delete(self.conn, source);
            if on_delete == OnDelete::Cascade {
                must(deleted);
                assert_eq!(links(), 0, "a link of a deleted row is left");
            } else {
                refused(deleted);
                self.expect(source, &[target], "`delete`");
            }
        }
    }

    impl<S: Entity, T: Entity, B: OtherSide<S, T>> Tested<'_, S, T, OptionalOneToMany, B> {
        /// Adding, setting, removing and clearing, seen from both sides; what becomes of rows when the one is deleted.
        ///
        /// # Panics
        ///
        /// When the relationship does not do this.
        pub fn test(&self) {
            self.test_reads();
            let (source, target) = self.changes();
            let refers = |row: &T| must(self.rel.of(&source).contains(self.conn, row));
            self.deletes(&source, &target, refers);
        }
    }

    impl<S: Entity, T: Entity, B: OtherSide<S, T>> Tested<'_, S, T, OneToMany, B> {
        /// Adding, seen from both sides; what becomes of rows when the one is deleted.
        ///
        /// # Panics
        ///
        /// When the relationship does not do this.
        pub fn test(&self) {
            self.test_reads();
            let targets = rows::<T>(self.conn);
            let pairs = rows::<S>(self.conn).into_iter().find_map(|source| {
                let found = at(self.conn, self.rel, &source);
                let other = targets.iter().find(|target| {
                    !same(&source, *target) && !keys(&found).contains(&key(*target))
                });
                Some((source, key(other?), found))
            });
            let (source, other, before) = pairs.expect("a row of the other side is elsewhere");
            let other = targets.iter().find(|target| key(*target) == other);
            let other = other.expect("the row is among all");
            self.adds(&source, other, &before);
            let refers = |row: &T| must(self.rel.of(&source).contains(self.conn, row));
            self.deletes(&source, other, refers);
        }
    }
}
