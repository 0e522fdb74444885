/// What one row of the source is given.
pub trait Shape {
    /// Of rows `X`: a list, the row, or an option.
    type Of<X: Send + Sync>: Send + Sync;

    /// Gives each of `sources` sources its items. `places` has the source of each item, least first. `target` is what an
    /// item is, for the error.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] when a source has no item and needs one.
    fn gather<X: Send + Sync>(
        target: &'static str,
        sources: usize,
        places: &[usize],
        items: impl Iterator<Item = X>,
    ) -> Result<Vec<Self::Of<X>>>;
}

/// A list, for [`Shape`].
pub enum Many {}

/// Always one, for [`Shape`].
pub enum One {}

/// One or none, for [`Shape`].
pub enum Maybe {}

impl Shape for Many {
    type Of<X: Send + Sync> = Vec<X>;

    fn gather<X: Send + Sync>(
        _target: &'static str,
        sources: usize,
        mut places: &[usize],
        mut items: impl Iterator<Item = X>,
    ) -> Result<Vec<Vec<X>>> {
        let mut gathered = Vec::with_capacity(sources);
        for source in 0..sources {
            let own = places.iter().take_while(|place| **place == source).count();
            places = &places[own..];
            let mut list = Vec::with_capacity(own);
            list.extend(items.by_ref().take(own));
            gathered.push(list);
        }
        Ok(gathered)
    }
}

impl Shape for Maybe {
    type Of<X: Send + Sync> = Option<X>;

    fn gather<X: Send + Sync>(
        _target: &'static str,
        sources: usize,
        places: &[usize],
        items: impl Iterator<Item = X>,
    ) -> Result<Vec<Option<X>>> {
        let mut gathered: Vec<Option<X>> = std::iter::repeat_with(|| None).take(sources).collect();
        for (place, item) in places.iter().zip(items) {
            gathered[*place] = Some(item);
        }
        Ok(gathered)
    }
}

impl Shape for One {
    type Of<X: Send + Sync> = X;

    fn gather<X: Send + Sync>(
        target: &'static str,
        sources: usize,
        places: &[usize],
        items: impl Iterator<Item = X>,
    ) -> Result<Vec<X>> {
        let missing = Error::NotFound {
            entity: target,
            key: None,
        };
        let found = Maybe::gather(target, sources, places, items)?;
        found.into_iter().collect::<Option<_>>().ok_or(missing)
    }
}
