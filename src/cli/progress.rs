//! A line on a terminal while people wait: `school.yaml: rendering, 3 s`.
//!
//! It is drawn by a thread of its own, in place, and gone before anything else is printed.

use std::io::Write;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// How long nothing is said, and how often the line is redrawn then.
pub(super) const PATIENCE: Duration = Duration::from_secs(1);

/// A line that may come; dropped, it is erased.
pub(super) struct Progress {
    /// What ends when there is nothing to wait for any more.
    work: Option<Sender<()>>,
    line: Option<JoinHandle<()>>,
}

impl Progress {
    /// Draws on `terminal` from `patience` after `begun`, and each `patience` again.
    pub(super) fn start(
        name: &str,
        stage: &str,
        begun: Instant,
        patience: Duration,
        terminal: impl Write + Send + 'static,
    ) -> Self {
        let (work, ended) = mpsc::channel();
        let words = format!("{name}: {stage}");
        // Without a thread there is no line, and nothing else is amiss.
        let line = thread::Builder::new()
            .spawn(move || draw(&words, begun, patience, terminal, &ended))
            .ok();
        Self {
            work: Some(work),
            line,
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.work = None;
        if let Some(line) = self.line.take() {
            // Nobody needs to know why a line of comfort could not be drawn.
            let _ = line.join();
        }
    }
}

fn draw(
    words: &str,
    begun: Instant,
    patience: Duration,
    mut terminal: impl Write,
    ended: &Receiver<()>,
) {
    // A stage that ends at once is not worth a line, however long those before it took.
    let mut next = (begun + patience).max(Instant::now() + patience / 10);
    let mut drawn = false;
    loop {
        let left = next.saturating_duration_since(Instant::now());
        if ended.recv_timeout(left) == Err(RecvTimeoutError::Disconnected) {
            break;
        }
        let seconds = begun.elapsed().as_secs();
        // Cut at the edge of the terminal instead of continued on a line that would not be erased.
        let shown = write!(terminal, "\r\x1b[?7l{words}, {seconds} s\x1b[K\x1b[?7h");
        drawn |= shown.and_then(|()| terminal.flush()).is_ok();
        next += patience;
    }
    if drawn {
        let _ = write!(terminal, "\r\x1b[K").and_then(|()| terminal.flush());
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, Write};
    use std::sync::{Arc, Mutex};
    use std::thread::sleep;
    use std::time::{Duration, Instant};

    use super::Progress;

    #[derive(Clone, Default)]
    struct Terminal(Arc<Mutex<Vec<u8>>>);

    impl Terminal {
        fn text(&self) -> String {
            let bytes = self.0.lock().expect("no panic").clone();
            String::from_utf8(bytes).expect("a text")
        }
    }

    impl Write for Terminal {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().expect("no panic").write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// What is drawn during a stage of 300 ms.
    fn drawn(begun: Instant, patience: Duration) -> String {
        let terminal = Terminal::default();
        let progress = Progress::start("a.yaml", "rendering", begun, patience, terminal.clone());
        sleep(Duration::from_millis(300));
        drop(progress);
        terminal.text()
    }

    #[test]
    fn the_line_comes_when_patience_ends_is_redrawn_and_goes() {
        let text = drawn(Instant::now(), Duration::from_millis(20));
        let line = "\r\x1b[?7la.yaml: rendering, 0 s\x1b[K\x1b[?7h";
        assert!(text.starts_with(line), "{text:?}");
        assert!(text.matches(line).count() > 1, "{text:?}");
        assert!(text.ends_with("\r\x1b[K"), "{text:?}");
    }

    #[test]
    fn what_is_done_soon_is_silent() {
        assert_eq!(drawn(Instant::now(), Duration::from_secs(60)), "");
    }

    #[test]
    fn time_of_stages_before_counts() {
        let Some(begun) = Instant::now().checked_sub(Duration::from_secs(3)) else {
            return;
        };
        let text = drawn(begun, Duration::from_secs(1));
        assert!(text.contains("a.yaml: rendering, 3 s"), "{text:?}");
    }
}
