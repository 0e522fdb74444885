/// A relationship to be loaded with its links; otherwise as [`Load`].
#[must_use = "it does nothing until rows are loaded with it"]
pub struct LinkLoad<S: 'static, T: 'static, K: Linked, L, M> {
    rel: Rel<S, T, K>,
    wanted: Wanted,
    loads: L,
    marker: PhantomData<fn() -> M>,
}

impl<S: Entity, T: Entity, K: Linked, L, M> LinkLoad<S, T, K, L, M> {
    /// As [`Rel::with`]: what `related` gives stands beside the row, and the link beside both.
    pub fn with<F: Fetch<T>>(self, related: F) -> LinkLoad<S, T, K, L::Grown, M>
    where
        L: Grow<F, Grown: Loads<T>>,
    {
        LinkLoad {
            rel: self.rel,
            wanted: self.wanted,
            loads: self.loads.grow(related),
            marker: PhantomData,
        }
    }

    /// As [`Rel::shared`]; each source has links of its own.
    pub fn shared(self) -> LinkLoad<S, T, K, L, Shared> {
        LinkLoad {
            rel: self.rel,
            wanted: self.wanted,
            loads: self.loads,
            marker: PhantomData,
        }
    }

    /// As [`Rel::limit`]: at most `rows` links for each source.
    pub fn limit(self, rows: u64) -> Self {
        Self {
            wanted: Wanted {
                sql: self.rel.sql.load_limited,
                links: "",
                targets: "",
                sorts: true,
                limit: Some(rows),
            },
            ..self
        }
    }

    /// As [`Rel::load`].
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when a stored value does not fit its column.
    pub async fn load(
        self,
        conn: &mut Connection,
        sources: &[S],
    ) -> Result<Vec<<Self as Fetch<S>>::Out>>
    where
        Self: Fetch<S>,
    {
        self.fetch(conn, sources).await
    }

    async fn rows(
        &self,
        conn: &mut Connection,
        sources: &[S],
        once: bool,
    ) -> Result<(Found<T>, Vec<K::Link>)> {
        let keys = KeyList::of(sources, |row, to| self.rel.put_source(row, to))?;
        let mut links = Vec::new();
        let found = Found::read(conn, &self.wanted, &keys, once, |row, end| {
            let first = end - K::Link::WIDTH;
            links.push(K::Link::read(&Reader { row, first })?);
            Ok(())
        })
        .await?;
        Ok((found, links))
    }
}

impl<S: Entity, T: Entity, K: Linked, L: Loads<T>> Fetch<S> for LinkLoad<S, T, K, L, Owned> {
    type Out = Vec<(L::Item, K::Link)>;

    async fn fetch(&self, conn: &mut Connection, sources: &[S]) -> Result<Vec<Self::Out>> {
        let (found, links) = self.rows(conn, sources, false).await?;
        let items = self.loads.attach(conn, found.rows).await?;
        let pairs = items.into_iter().zip(links);
        Many::gather(T::NAME, sources.len(), &found.places, pairs)
    }
}

impl<S: Entity, T: Entity, K: Linked, L: Loads<T>> Fetch<S> for LinkLoad<S, T, K, L, Shared> {
    type Out = Vec<(std::sync::Arc<L::Item>, K::Link)>;

    async fn fetch(&self, conn: &mut Connection, sources: &[S]) -> Result<Vec<Self::Out>> {
        let (found, links) = self.rows(conn, sources, true).await?;
        let items = self.loads.attach(conn, found.rows).await?;
        let items: Vec<_> = items.into_iter().map(std::sync::Arc::new).collect();
        let picked = found.picks.iter().map(|pick| items[*pick].clone());
        Many::gather(T::NAME, sources.len(), &found.places, picked.zip(links))
    }
}
