/// What watches whether the targets come in order. The statements see to it.
struct Watch;

#[allow(
    clippy::unused_self,
    clippy::unnecessary_wraps,
    reason = "other databases sort by chance, and what they found is sorted here"
)]
impl Watch {
    fn new(_sorts: bool) -> Self {
        Self
    }

    fn see<T: Table>(&mut self, _place: usize, _row: &Row<'_>) -> Result<()> {
        Ok(())
    }

    fn sort<T: Entity>(&self, _found: &mut Found<T>, _once: bool) -> Result<()> {
        Ok(())
    }
}
