/// Many rows over links with payload, rows of `P`, which are not made or deleted over this relationship.
pub struct ReadOnlyWith<P>(PhantomData<fn() -> P>);

impl<P: Link> Kind for ReadOnlyWith<P> {
    type Sql = LinkedSql;
    type Shape = Many;
    // There is no call that takes payload.
    type Links = Bare;
    const HOLDER: Holder = Holder::Link;

    fn read(sql: &'static LinkedSql) -> ReadSql {
        ManyToMany::read(&sql.many)
    }
}

impl<P: Link> ToMany for ReadOnlyWith<P> {
    type Link = P;
    type New = ();

    fn many(sql: &'static LinkedSql) -> &'static ToManySql {
        &sql.many
    }

    fn of_links(sql: &'static LinkedSql) -> Option<OfLinks> {
        ManyToManyWith::<P>::of_links(sql)
    }
}
