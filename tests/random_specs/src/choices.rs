//! Bytes as decisions. Whoever makes the bytes (a fuzzer, a property, a hand) makes the spec; where they end, every
//! decision is the simplest one, so that fewer and smaller bytes are a smaller spec.

/// Decisions that are still to be made.
#[derive(Debug, Clone)]
pub struct Choices<'b> {
    bytes: &'b [u8],
}

impl<'b> Choices<'b> {
    /// Decides as `bytes` say.
    #[must_use]
    pub fn new(bytes: &'b [u8]) -> Self {
        Self { bytes }
    }

    fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.bytes.split_first() else {
            return 0;
        };
        self.bytes = rest;
        *first
    }

    /// A number below `end`, which is at most 256; 0 where `end` is.
    pub fn below(&mut self, end: usize) -> usize {
        match end {
            0 | 1 => 0,
            _ => usize::from(self.byte()) % end,
        }
    }

    /// Whether something happens that does so once in `times`.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) + 1 == times
    }

    /// One of several things; the first is the simplest.
    pub fn pick<'t, T>(&mut self, things: &'t [T]) -> &'t T {
        &things[self.below(things.len())]
    }

    /// One of several things, or nothing where there are none.
    pub fn pick_any<'t, T>(&mut self, things: &'t [T]) -> Option<&'t T> {
        (!things.is_empty()).then(|| self.pick(things))
    }
}
