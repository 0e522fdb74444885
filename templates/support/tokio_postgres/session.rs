/// A client of PostgreSQL, with what is known of it: its prepared statements, and whether a transaction is open. All calls
/// are made with `&mut session`.
///
/// It is made of a client, of a transaction, in which those of the calls are savepoints, or of what lends one of them alone: a
/// `&mut` or a client of a pool, but no `Arc`, as two sessions of one client would be in each other's transactions. The
/// statements are known as long as the session is.
///
/// ```text
/// let mut db = Session::new(client);
/// let alice = Student::insert(&mut db, NewStudent { name: "Alice".into() }).await?;
/// ```
///
/// Transactions that are begun by hand, with `BEGIN`, are unknown to it, and end with the next one of a call: say [`transaction`],
/// or make a session of the driver's transaction.
pub struct Session<C> {
    client: C,
    find: fn(&C) -> &tokio_postgres::Client,
    state: State,
}

impl<C: Send> Session<C> {
    /// A session of `client`.
    pub fn new<M>(client: C) -> Self
    where
        C: HasClient<M>,
    {
        Self {
            client,
            find: C::client,
            state: State {
                open: C::TRANSACTIONS,
                known: Known::default(),
            },
        }
    }

    /// The driver's client, for statements of your own, but for those that begin or end transactions.
    pub fn client(&self) -> &tokio_postgres::Client {
        (self.find)(&self.client)
    }

    /// What the session was made of, for a transaction of the driver:
    ///
    /// ```text
    /// let transaction = db.get_mut().build_transaction().isolation_level(IsolationLevel::Serializable);
    /// let mut inside = Session::new(transaction.start().await?);
    /// alice.courses().set(&mut inside, [&math]).await?;
    /// inside.into_inner().commit().await?;
    /// ```
    pub fn get_mut(&mut self) -> &mut C {
        &mut self.client
    }

    /// What the session was made of.
    pub fn into_inner(self) -> C {
        self.client
    }
}

impl<C> std::fmt::Debug for Session<C> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").finish_non_exhaustive()
    }
}

/// What has a client. `M` tells by what way, and is always inferred.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no client of tokio-postgres",
    label = "expected `Client`, `Transaction`, or what derefs to one of them as `mut`",
    note = "a session has its client for itself: no `Arc` and no `&` of it"
)]
pub trait HasClient<M> {
    /// How many transactions are open.
    const TRANSACTIONS: usize;

    /// The client.
    fn client(&self) -> &tokio_postgres::Client;
}

/// A client itself, for [`HasClient`].
pub enum Own {}

/// A transaction, for [`HasClient`].
pub enum Inside {}

impl HasClient<Own> for tokio_postgres::Client {
    const TRANSACTIONS: usize = 0;

    fn client(&self) -> &tokio_postgres::Client {
        self
    }
}

impl HasClient<Inside> for tokio_postgres::Transaction<'_> {
    const TRANSACTIONS: usize = 1;

    fn client(&self) -> &tokio_postgres::Client {
        tokio_postgres::GenericClient::client(self)
    }
}

#[diagnostic::do_not_recommend]
impl<M, T> HasClient<(M,)> for T
where
    T: std::ops::DerefMut,
    T::Target: HasClient<M>,
{
    const TRANSACTIONS: usize = <T::Target as HasClient<M>>::TRANSACTIONS;

    fn client(&self) -> &tokio_postgres::Client {
        (**self).client()
    }
}

/// What calls are made with: a [`Session`], whatever it is made of. `&mut session` is one.
pub type Connection<'c> = dyn Connected + 'c;

/// What has a client and knows its state: a [`Session`], or what lends one alone, as a pool of sessions does.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no session",
    label = "expected a `Session`",
    note = "make one of a client, `Session::new(client)`, or of one that a pool gives, `Session::new(pool.get().await?)`"
)]
pub trait Connected: Send {
    /// The client, and what is known of it.
    fn parts(&mut self) -> (&tokio_postgres::Client, &mut State);
}

impl dyn Connected + '_ {
    /// The driver's client, for statements of your own, but for those that begin or end transactions.
    pub fn client(&mut self) -> &tokio_postgres::Client {
        self.parts().0
    }
}

impl<C: Send> Connected for Session<C> {
    fn parts(&mut self) -> (&tokio_postgres::Client, &mut State) {
        ((self.find)(&self.client), &mut self.state)
    }
}

#[diagnostic::do_not_recommend]
impl<T> Connected for T
where
    T: std::ops::DerefMut + Send,
    T::Target: Connected,
{
    fn parts(&mut self) -> (&tokio_postgres::Client, &mut State) {
        (**self).parts()
    }
}

/// What is known of a client.
pub struct State {
    /// How many transactions and savepoints are open.
    open: usize,
    known: Known,
}

/// How many statements are young, and how many may be old. A server has a few kilobytes for each.
const YOUNG: usize = 256;

/// The prepared statements, by their texts. Those that were used since as many others were are young; the old ones go when
/// the young ones have become too many.
#[derive(Default)]
#[allow(clippy::disallowed_types, reason = "their order is never asked for")]
struct Known {
    young: std::collections::HashMap<Box<str>, tokio_postgres::Statement>,
    old: std::collections::HashMap<Box<str>, tokio_postgres::Statement>,
}

impl Known {
    fn get(&mut self, sql: &str) -> Option<tokio_postgres::Statement> {
        if let Some(statement) = self.young.get(sql) {
            return Some(statement.clone());
        }
        let (sql, statement) = self.old.remove_entry(sql)?;
        self.put(sql, statement.clone());
        Some(statement)
    }

    fn put(&mut self, sql: Box<str>, statement: tokio_postgres::Statement) {
        if self.young.len() >= YOUNG {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(sql, statement);
    }

    fn forget(&mut self, sql: &str) {
        self.young.remove(sql);
        self.old.remove(sql);
    }

    fn forget_all(&mut self) {
        self.young.clear();
        self.old.clear();
    }
}

/// Whether a transaction is open.
fn is_inside(conn: &mut (dyn Connected + '_)) -> bool {
    conn.parts().1.open > 0
}
