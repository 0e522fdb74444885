//! Work that is shared among threads, and comes out as it would of one.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, ScopedJoinHandle};

/// How many things a thread takes at a time. Few, since some cost many times as much as others.
const SHARE: usize = 16;

/// How many threads are worth having.
pub(crate) fn available() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// What `make` makes of each of `items`, in their order, whichever of at most `threads` threads made it.
pub(crate) fn map<T: Sync, R: Send>(
    items: &[T],
    threads: usize,
    make: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let shares: Vec<&[T]> = items.chunks(SHARE).collect();
    let threads = threads.min(shares.len());
    if threads <= 1 {
        return items.iter().map(make).collect();
    }
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(share) = shares.get(place) else {
                return done;
            };
            done.push((place, share.iter().map(&make).collect::<Vec<R>>()));
        }
    };
    let mut done: Vec<(usize, Vec<R>)> = thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        threads.into_iter().flat_map(joined).collect()
    });
    done.sort_unstable_by_key(|(place, _)| *place);
    done.into_iter().flat_map(|(_, share)| share).collect()
}

/// What a thread gives; its panic is ours.
pub(crate) fn joined<T>(thread: ScopedJoinHandle<'_, T>) -> T {
    let given = thread.join();
    given.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

#[cfg(test)]
mod tests {
    use super::map;

    #[test]
    fn the_order_is_that_of_the_items() {
        for count in [0, 1, 15, 16, 17, 1000] {
            let items: Vec<usize> = (0..count).collect();
            for threads in [0, 1, 2, 7, 100] {
                let doubled = map(&items, threads, |item| item * 2);
                assert!(doubled.into_iter().eq((0..count).map(|item| item * 2)));
            }
        }
    }

    #[test]
    #[should_panic(expected = "item 20")]
    fn a_panic_of_a_thread_is_that_of_the_caller() {
        let items: Vec<usize> = (0..40).collect();
        map(&items, 2, |item| assert!(*item != 20, "item {item}"));
    }
}
