/// Sends a request, and does not wait for its answer: the driver puts it behind the requests before when it is polled for
/// the first time.
///
/// What the server tells is lost. So only statements are sent by it after whose failure the next ones fail too.
fn send(client: &tokio_postgres::Client, sql: &str) -> Result<()> {
    let request = std::pin::pin!(client.batch_execute(sql));
    let mut nobody = std::task::Context::from_waker(std::task::Waker::noop());
    match request.poll(&mut nobody) {
        std::task::Poll::Ready(done) => Ok(done?),
        std::task::Poll::Pending => Ok(()),
    }
}

/// Waits for all of `requests`, which are sent one behind the other without waiting in between. The first error is given
/// when its turn comes.
async fn all_of<R, F>(requests: impl Iterator<Item = F>) -> Result<Vec<R>>
where
    F: Future<Output = std::result::Result<R, tokio_postgres::Error>>,
{
    let mut sent: Vec<_> = requests
        .map(|request| Sent::Waits(Box::pin(request)))
        .collect();
    std::future::poll_fn(|context| {
        for request in &mut sent {
            request.poll(context);
        }
        std::task::Poll::Ready(())
    })
    .await;
    let mut done = Vec::with_capacity(sent.len());
    // Answers come in the order of the requests.
    for request in sent {
        done.push(match request {
            Sent::Waits(request) => request.await?,
            Sent::Done(answer) => answer?,
        });
    }
    Ok(done)
}

/// A request, and its answer when that is there.
enum Sent<F: Future> {
    Waits(std::pin::Pin<Box<F>>),
    Done(F::Output),
}

impl<F: Future> Sent<F> {
    fn poll(&mut self, context: &mut std::task::Context<'_>) {
        let Self::Waits(request) = self else {
            return;
        };
        if let std::task::Poll::Ready(answer) = request.as_mut().poll(context) {
            *self = Self::Done(answer);
        }
    }
}
