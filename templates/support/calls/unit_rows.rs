use std::any::{Any, TypeId};
use std::collections::{BTreeMap, VecDeque};

/// The rows that a unit of work will insert, each entity's in a queue of its own.
struct PendingRows {
    unit: u64,
    /// The place of each entity's queue.
    places: BTreeMap<TypeId, usize>,
    queues: Vec<Box<dyn Queue>>,
    runs: Vec<Run>,
}

/// Rows of one queue that come one after the other.
struct Run {
    rank: usize,
    queue: usize,
    rows: usize,
}

/// A row to insert. There may be very many without a key.
enum Queued<N: New> {
    New(N),
    Row(Box<Keyed<N::Entity>>),
}

/// A row that has its key, in its stored form.
struct Keyed<E: Entity> {
    key: E::Key,
    values: Result<Vec<Value>>,
}

/// The queue of an entity, whichever that is.
trait Queue: Send {
    /// Inserts as many rows, and notes their keys.
    fn insert<'fut>(
        &'fut mut self,
        conn: &'fut mut Connection,
        rows: usize,
        keys: &'fut mut Keys,
    ) -> BoxFuture<'fut, Result<()>>;

    fn as_any(&mut self) -> &mut dyn Any;
}

struct QueueOf<N: New> {
    waiting: VecDeque<Queued<N>>,
    /// How many have ever been in it.
    count: usize,
}

impl PendingRows {
    fn new() -> Self {
        static UNITS: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
        Self {
            unit: UNITS.fetch_add(1, std::sync::atomic::Ordering::Relaxed),
            places: BTreeMap::new(),
            queues: Vec::new(),
            runs: Vec::new(),
        }
    }

    fn push<N: New>(&mut self, row: Queued<N>) -> Pending<N::Entity> {
        let place = *self.places.entry(TypeId::of::<N>()).or_insert_with(|| {
            self.queues.push(Box::new(QueueOf::<N> {
                waiting: VecDeque::new(),
                count: 0,
            }));
            self.queues.len() - 1
        });
        match self.runs.last_mut() {
            Some(run) if run.queue == place => run.rows += 1,
            _ => self.runs.push(Run {
                rank: <N::Entity as Entity>::RANK,
                queue: place,
                rows: 1,
            }),
        }
        let queue = self.queues[place].as_any().downcast_mut::<QueueOf<N>>();
        let place = queue.map_or(0, |queue| {
            queue.waiting.push_back(row);
            queue.count += 1;
            queue.count - 1
        });
        Pending::at(self.unit, place)
    }

    /// Inserts every row, inside a transaction. Tables that refer to one another share a rank; their rows keep the order
    /// of the calls, in which a row can only refer to those before it.
    async fn insert(mut self, conn: &mut Connection) -> Result<Keys> {
        let mut keys = Keys {
            unit: self.unit,
            of_entities: BTreeMap::new(),
        };
        self.runs.sort_by_key(|run| run.rank);
        // Calls for several entities may have taken turns; the rows of each share statements all the same.
        self.runs.dedup_by(|next, run| {
            let joined = next.queue == run.queue;
            if joined {
                run.rows += next.rows;
            }
            joined
        });
        for run in &self.runs {
            self.queues[run.queue]
                .insert(conn, run.rows, &mut keys)
                .await?;
        }
        Ok(keys)
    }
}

impl<N: New> Queue for QueueOf<N> {
    fn insert<'fut>(
        &'fut mut self,
        conn: &'fut mut Connection,
        rows: usize,
        keys: &'fut mut Keys,
    ) -> BoxFuture<'fut, Result<()>> {
        Box::pin(self.insert_rows(conn, rows, keys))
    }

    fn as_any(&mut self) -> &mut dyn Any {
        self
    }
}

impl<N: New> QueueOf<N> {
    async fn insert_rows(
        &mut self,
        conn: &mut Connection,
        rows: usize,
        keys: &mut Keys,
    ) -> Result<()> {
        let mut left = rows;
        while left > 0 {
            // A row may refer to one of the same run, whose key must be known by then.
            let most = if <N::Entity as Entity>::CIRCULAR {
                1
            } else {
                left
            };
            let is_new = |row: &&Queued<N>| matches!(row, Queued::New(_));
            let new = self.waiting.iter().take(most).take_while(is_new).count();
            let mut made = Vec::with_capacity(new);
            if new > 0 {
                let rows = self.waiting.drain(..new).filter_map(|row| match row {
                    Queued::New(new) => Some(new),
                    Queued::Row(..) => None,
                });
                insert_all::<N::Entity>(conn, rows, Some(keys), &mut made).await?;
            } else if let Some(Queued::Row(row)) = self.waiting.pop_front() {
                let Keyed { key, values } = *row;
                let values = values?;
                let put: &Put<'_> = &|to| put_stored(&values, to);
                insert_whole::<N::Entity>(conn, &key, put).await?;
                made.push(key);
            }
            left -= made.len();
            keys.extend::<N::Entity>(made);
        }
        Ok(())
    }
}

/// The keys of the rows that a unit of work has inserted.
struct Keys {
    unit: u64,
    /// For each entity the keys of its rows in the order of the calls: a `Vec` of its key type.
    of_entities: BTreeMap<TypeId, Box<dyn Any + Send + Sync>>,
}

impl Keys {
    fn get<E: Entity>(&self, pending: Pending<E>) -> Option<&E::Key> {
        if pending.unit != self.unit {
            return None;
        }
        let keys = self.of_entities.get(&TypeId::of::<E>())?;
        keys.downcast_ref::<Vec<E::Key>>()?.get(pending.place)
    }

    fn extend<E: Entity>(&mut self, made: Vec<E::Key>) {
        let keys = self.of_entities.entry(TypeId::of::<E>());
        let keys = keys.or_insert_with(|| Box::new(Vec::<E::Key>::new()));
        if let Some(keys) = keys.downcast_mut::<Vec<E::Key>>() {
            keys.extend(made);
        }
    }
}
