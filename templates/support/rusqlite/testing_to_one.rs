/// What is tested of relationships to one.
#[cfg(test)]
mod testing_to_one {
    use super::testing::*;
    use super::*;

    /// A row that is the only one to refer to another stays so.
    #[track_caller]
    fn taken<R>(given: Result<R>) {
        let taken = matches!(given, Err(Error::UniqueViolation { .. }));
        assert!(
            taken,
            "another row is there, and cannot do without this one"
        );
    }

    impl<S: Entity, T: Entity, B: OtherSide<S, T>> Tested<'_, S, T, ManyToOne, B> {
        /// Setting, seen from both sides; what becomes of the row when the other is deleted.
        ///
        /// # Panics
        ///
        /// When the relationship does not do this.
        pub fn test(&self) {
            self.test_reads();
            let (source, targets) = self.rows();
            let there = must(self.rel.of(&source).get(self.conn));
            let other = targets.iter().find(|target| key(*target) != key(&there));
            let other = other.expect("two rows were made up for the other side");
            let set = must(self.rel.of(&source).set(self.conn, other));
            self.expect(&set, &[other], "`set`");
            let refers = |row: &S| key(&must(self.rel.of(row).get(self.conn))) == key(other);
            self.deletes(other, &set, refers);
        }

        /// That no other row has the place of one that cannot do without it.
        ///
        /// # Panics
        ///
        /// When the relationship does not do this.
        pub fn test_taken(&self) {
            self.test_reads();
            let (source, _) = self.rows();
            let there = must(self.rel.of(&source).get(self.conn));
            let mut others = rows::<S>(self.conn);
            others.retain(|row| key(row) != key(&source));
            for other in others {
                let target = must(self.rel.of(&other).get(self.conn));
                taken(self.rel.of(&source).set(self.conn, &target));
            }
            self.expect(&source, &[&there], "`set` that was refused");
        }
    }

    impl<S: Entity, T: Entity, B: OtherSide<S, T>> Tested<'_, S, T, KeptManyToOne, B> {
        /// Setting, seen from both sides; what becomes of the row when the other is deleted.
        ///
        /// # Panics
        ///
        /// When the relationship does not do this.
        pub fn test(&self) {
            self.test_reads();
            let (mut source, targets) = self.rows();
            for target in &targets {
                source = must(self.rel.of(&source).set(self.conn, target));
                self.expect(&source, &[target], "`set`");
            }
            let there = must(self.rel.of(&source).get(self.conn));
            let there = there.expect("a row was set");
            let refers = |row: &S| must(self.rel.of(row).get(self.conn)).is_some();
            self.deletes(&there, &source, refers);
        }
    }

    impl<S: Entity, T: Entity, B: OtherSide<S, T>> Tested<'_, S, T, OptionalManyToOne, B> {
        /// Setting and unsetting, seen from both sides; what becomes of the row when the other is deleted.
        ///
        /// # Panics
        ///
        /// When the relationship does not do this.
        pub fn test(&self) {
            self.test_reads();
            let (mut source, targets) = self.rows();
            for target in &targets {
                source = must(self.rel.of(&source).set(self.conn, Some(target)));
                self.expect(&source, &[target], "`set`");
            }
            source = must(self.rel.of(&source).set(self.conn, None));
            self.expect(&source, &[], "`set` of none");
            let target = targets
                .first()
                .expect("a row was made up for the other side");
            source = must(self.rel.of(&source).set(self.conn, Some(target)));
            let refers = |row: &S| must(self.rel.of(row).get(self.conn)).is_some();
            self.deletes(target, &source, refers);
        }
    }

    impl<S: Entity, T: Entity, B: OtherSide<S, T>> Tested<'_, S, T, OneToOne, B> {
        /// That no other row has the place of one that cannot do without it; what becomes of it when this one is deleted.
        ///
        /// # Panics
        ///
        /// When the relationship does not do this.
        pub fn test(&self) {
            self.test_reads();
            let with = rows::<S>(self.conn).into_iter().find_map(|source| {
                let there = must(self.rel.of(&source).get(self.conn))?;
                Some((source, there))
            });
            let (source, there) = with.expect("a row at the other side was made up");
            let mut others = rows::<T>(self.conn);
            others.retain(|row| key(row) != key(&there) && !same(&source, row));
            for other in others {
                taken(self.rel.of(&source).set(self.conn, &other));
            }
            self.expect(&source, &[&there], "`set` that was refused");
            let refers = |row: &T| {
                must(self.rel.of(&source).get(self.conn))
                    .is_some_and(|there| key(&there) == key(row))
            };
            self.deletes(&source, &there, refers);
        }
    }

    impl<S: Entity, T: Entity, B: OtherSide<S, T>> Tested<'_, S, T, OptionalOneToOne, B> {
        /// Setting and unsetting, seen from both sides; what becomes of the other row when this one is deleted.
        ///
        /// # Panics
        ///
        /// When the relationship does not do this.
        pub fn test(&self) {
            self.test_reads();
            let (source, targets) = self.rows();
            let set = |target: &T| {
                let there = again(self.conn, target);
                must(self.rel.of(&source).set(self.conn, Some(&there)))
            };
            for target in &targets {
                set(target);
                self.expect(&source, &[target], "`set`");
            }
            must(self.rel.of(&source).set(self.conn, None));
            self.expect(&source, &[], "`set` of none");
            let target = targets
                .first()
                .expect("a row was made up for the other side");
            set(target);
            let refers = |_: &T| must(self.rel.of(&source).get(self.conn)).is_some();
            self.deletes(&source, target, refers);
        }
    }
}
