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

/// What a request is answered.
type Answer<R> = std::result::Result<R, tokio_postgres::Error>;

/// A request that is sent. Others can be sent behind it before it is answered; the answers come in the order of the requests.
struct Sent<'r, R> {
    request: BoxFuture<'r, Answer<R>>,
    answer: Option<Answer<R>>,
}

impl<'r, R> Sent<'r, R> {
    async fn new(request: impl Future<Output = Answer<R>> + Send + 'r) -> Self {
        let mut request: BoxFuture<'r, Answer<R>> = Box::pin(request);
        let answer = std::future::poll_fn(|context| {
            std::task::Poll::Ready(match request.as_mut().poll(context) {
                std::task::Poll::Ready(answer) => Some(answer),
                std::task::Poll::Pending => None,
            })
        });
        let answer = answer.await;
        Self { request, answer }
    }

    async fn answer(self) -> Answer<R> {
        match self.answer {
            Some(answer) => answer,
            None => self.request.await,
        }
    }
}

/// Runs statements that give no rows: all of them are sent at once.
async fn execute_each(
    conn: &mut (dyn Connected + '_),
    statements: Vec<(&str, Vec<Value>)>,
) -> Result<()> {
    run_together(conn, statements, None).await
}

impl Open<'_> {
    /// Runs statements that give no rows, and commits: all of it is sent at once.
    async fn commit_behind(self, statements: Vec<(&str, Vec<Value>)>) -> Result<()> {
        let commit = commit_text(self.conn.parts().1);
        run_together(self.conn, statements, Some(commit)).await?;
        self.release()
    }
}

/// Sends statements, and what stands at their end, and waits for the answers.
async fn run_together(
    conn: &mut (dyn Connected + '_),
    statements: Vec<(&str, Vec<Value>)>,
    end: Option<&'static str>,
) -> Result<()> {
    let mut ready = Vec::with_capacity(statements.len());
    for (sql, values) in statements {
        ready.push((prepared(conn, sql, &values).await?, values));
    }
    let (client, state) = conn.parts();
    let mut sent = Vec::with_capacity(ready.len() + 1);
    for (statement, values) in &ready {
        let request = async { client.execute(statement, &borrowed(values)).await.map(drop) };
        sent.push(Sent::new(request).await);
    }
    if let Some(end) = end {
        sent.push(Sent::new(client.batch_execute(end)).await);
    }
    for sent in sent {
        if let Err(error) = sent.answer().await {
            if is_outdated(&error) {
                state.known.forget_all();
            }
            return Err(error.into());
        }
    }
    Ok(())
}
