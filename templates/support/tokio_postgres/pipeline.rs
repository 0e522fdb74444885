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

/// A request to the driver.
type Request<'r> = BoxFuture<'r, std::result::Result<(), tokio_postgres::Error>>;

/// Waits for all of `requests`, which are sent one behind the other without waiting in between. The first error is given
/// when its turn comes.
async fn all_of(requests: Vec<Request<'_>>) -> std::result::Result<(), tokio_postgres::Error> {
    let mut sent: Vec<_> = requests
        .into_iter()
        .map(|request| (request, None))
        .collect();
    std::future::poll_fn(|context| {
        for (request, answer) in &mut sent {
            if let std::task::Poll::Ready(done) = request.as_mut().poll(context) {
                *answer = Some(done);
            }
        }
        std::task::Poll::Ready(())
    })
    .await;
    // Answers come in the order of the requests.
    for (request, answer) in sent {
        match answer {
            Some(done) => done?,
            None => request.await?,
        }
    }
    Ok(())
}

/// Runs statements that give no rows, as one transaction: all of them are sent at once, its beginning and its end too.
fn execute_all<'c, 's>(
    conn: &'c mut (dyn Connected + 's),
    statements: &[(&'c str, &Put<'_>)],
) -> impl Future<Output = Result<()>> + Send + use<'c, 's> {
    let statements = statements.iter();
    let statements: Vec<_> = statements
        .map(|(sql, put)| (*sql, parameters(None, *put)))
        .collect();
    async move {
        let mut ready = Vec::with_capacity(statements.len());
        for (sql, values) in statements {
            let values = values?;
            ready.push((prepared(conn, sql, &values).await?, values));
        }
        let mut tx = begin(conn).await?;
        let commit = tx.commit_text();
        let (client, state) = tx.parts();
        let mut requests: Vec<Request<'_>> = Vec::with_capacity(ready.len() + 1);
        for (statement, values) in &ready {
            requests.push(Box::pin(async move {
                client.execute(statement, &borrowed(values)).await.map(drop)
            }));
        }
        requests.push(Box::pin(client.batch_execute(commit)));
        if let Err(error) = all_of(requests).await {
            if is_outdated(&error) {
                state.known.forget_all();
            }
            return Err(error.into());
        }
        tx.committed = true;
        Ok(())
    }
}
