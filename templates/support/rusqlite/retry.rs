/// How often [`retry`] runs what it is given, at the most.
const ATTEMPTS: u32 = 10;

/// Runs `work` as one transaction, and again as a whole when another one has written since it began ([`Error::Conflict`]): ten
/// times at the most, with a pause in between that is longer each time and differs from that of others.
///
/// `work` must do nothing that cannot be done twice, but for what it does in the database. Inside an open transaction it is
/// run once, as the whole of that would have to be tried again.
///
/// ```text
/// retry(&conn, || alice.courses().add(&conn, &math))?;
/// ```
///
/// # Errors
///
/// What `work` gives, [`Error::Conflict`] when it did so every time.
pub fn retry<R>(conn: &Connection, mut work: impl FnMut() -> Result<R>) -> Result<R> {
    let most = if conn.is_autocommit() { ATTEMPTS } else { 1 };
    let mut attempt = 1;
    loop {
        match transaction(conn, &mut work) {
            Err(Error::Conflict { .. }) if attempt < most => std::thread::sleep(pause(attempt)),
            done => return done,
        }
        attempt += 1;
    }
}
