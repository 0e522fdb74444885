/// How often [`retry`] runs what it is given, at the most.
const ATTEMPTS: u32 = 10;

/// Runs `work` as one transaction, and again as a whole when the database gives it up for another one ([`Error::Conflict`]):
/// ten times at the most, with a pause in between that is longer each time and differs from that of others. Databases that
/// are spread over several machines expect this of their clients.
///
/// `work` must do nothing that cannot be done twice, but for what it does in the database. Inside an open transaction it is
/// run once, as the whole of that would have to be tried again.
///
/// ```text
/// let (alice, math) = (alice.clone(), math.clone());
/// retry(&mut conn, move |conn| {
///     let (alice, math) = (alice.clone(), math.clone());
///     Box::pin(async move { alice.courses().add(conn, &math).await })
/// })
/// .await?;
/// ```
///
/// # Errors
///
/// What `work` gives, [`Error::Conflict`] when it did so every time.
pub async fn retry<R>(
    conn: &mut Connection,
    mut work: impl for<'f> FnMut(&'f mut Connection) -> BoxFuture<'f, Result<R>>,
) -> Result<R> {
    let most = if is_inside(conn) { 1 } else { ATTEMPTS };
    let mut attempt = 1;
    loop {
        match transaction(conn, &mut work).await {
            Err(Error::Conflict { .. }) if attempt < most => Pause::new(pause(attempt)).await,
            done => return done,
        }
        attempt += 1;
    }
}

/// A pause of any runtime: a thread sleeps, and wakes the future. Conflicts are rare enough for that.
struct Pause {
    length: std::time::Duration,
    waiting: Option<std::sync::Arc<Waiting>>,
}

impl Pause {
    fn new(length: std::time::Duration) -> Self {
        Self {
            length,
            waiting: None,
        }
    }
}

struct Waiting {
    is_over: std::sync::atomic::AtomicBool,
    waker: std::sync::Mutex<std::task::Waker>,
}

impl Future for Pause {
    type Output = ();

    fn poll(
        mut self: std::pin::Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<()> {
        use std::sync::atomic::Ordering;

        if let Some(waiting) = &self.waiting {
            if let Ok(mut waker) = waiting.waker.lock() {
                waker.clone_from(context.waker());
            }
            return if waiting.is_over.load(Ordering::Acquire) {
                std::task::Poll::Ready(())
            } else {
                std::task::Poll::Pending
            };
        }
        let waiting = std::sync::Arc::new(Waiting {
            is_over: std::sync::atomic::AtomicBool::new(false),
            waker: std::sync::Mutex::new(context.waker().clone()),
        });
        let (length, told) = (self.length, waiting.clone());
        let thread = std::thread::Builder::new().spawn(move || {
            std::thread::sleep(length);
            told.is_over.store(true, Ordering::Release);
            if let Ok(waker) = told.waker.lock() {
                waker.wake_by_ref();
            }
        });
        if thread.is_err() {
            // The system has no thread to spare; to try again at once is the better end.
            return std::task::Poll::Ready(());
        }
        self.waiting = Some(waiting);
        std::task::Poll::Pending
    }
}
