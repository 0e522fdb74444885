/// What is read of the targets of many sources.
#[derive(Clone, Copy)]
struct Wanted {
    /// A text of [`ReadSql::load`].
    sql: &'static str,
    /// [`ReadSql::links`], and [`ReadSql::targets`].
    links: &'static str,
    targets: &'static str,
    /// Whether it gives the targets in the order of the relationship.
    sorts: bool,
    /// At most this many for a source, when it is a text with such a parameter.
    limit: Option<u64>,
}

/// The targets of many sources.
struct Found<T> {
    /// The rows; each once when they are to be shared.
    rows: Vec<T>,
    /// The place of the source that each target was found for, least first.
    places: Vec<usize>,
    /// Which row each target is, when they are to be shared.
    picks: Vec<usize>,
}

impl<T: Entity> Found<T> {
    /// Runs a text of [`ReadSql::load`] for the sources of the list `keys`. `beside` is given every row, and the place behind
    /// its last column that belongs to a table.
    ///
    /// Where the order is that of the primary key, the text has no ORDER BY: it would sort all rows, and they mostly come in
    /// order by the way they are found. Here they are seen one after the other, so that they are sorted only when they did
    /// not.
    async fn read(
        conn: &mut Connection,
        wanted: &Wanted,
        keys: &List,
        once: bool,
        mut beside: impl FnMut(&Row<'_>, usize) -> Result<()>,
    ) -> Result<Self> {
        let limit = wanted.limit;
        let mut found = Self {
            rows: Vec::new(),
            places: Vec::new(),
            picks: Vec::new(),
        };
        let behind = if limit.is_some() { 2 } else { 1 };
        let mut seen = Seen::default();
        let mut watch = Watch::new(wanted.sorts);
        let put: &Put<'_> = &|to| {
            to.list(keys);
            if let Some(limit) = limit {
                to.number(i64::try_from(limit).unwrap_or(i64::MAX));
            }
        };
        let take = |row: &Row<'_>| {
            let at = width(row) - behind;
            let place = number_at(row, at)?;
            let place = usize::try_from(place).unwrap_or(usize::MAX);
            let pick = if once {
                seen.place::<T>(row, found.rows.len())?
            } else {
                found.rows.len()
            };
            if pick == found.rows.len() {
                found.rows.push(T::read(&Reader::new(row))?);
            }
            watch.see::<T>(place, row)?;
            beside(row, at)?;
            found.places.push(place);
            if once {
                found.picks.push(pick);
            }
            Ok(())
        };
        each(conn, wanted.sql, put, take).await?;
        watch.sort(&mut found, once)?;
        Ok(found)
    }
}
