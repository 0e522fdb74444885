//! What is asked of symmetric links is asked of the rows that are stored, from whatever side they are reached: every answer
//! is compared with one that is worked out from the whole table.

use std::cmp::Ordering;
use std::fmt::Debug;

use crate::db::{self, Connection};

use crate::queries_data::Random;

pub mod models {
    include!(concat!(env!("OUT_DIR"), "/symmetric.rs"));
}

use models::support::{Assignment, Entity, Filter, Linked, Many, Order, Query, Rel};
use models::{
    Call, Connection as Way, Friendship, Letter, NewCall, NewConnection, NewFriendship, NewLetter,
    NewPerson, NewRide, NewStop, Person, Ride, Stop, call, connection, friendship, letter, person,
    ride, stop,
};

/// A column of links: how it sorts, how it is compared, the same on rows.
struct Of<P> {
    orders: [Order<P>; 2],
    compare: fn(&P, &P) -> Ordering,
    filters: fn(&P) -> Vec<Fits<P>>,
}

/// A filter, and what it should be true of.
type Fits<P> = (Filter<P>, Box<dyn Fn(&P) -> bool>);

/// Columns of links: `module: CONSTANT = field, …`, `or null` where that is allowed.
macro_rules! columns {
    ($module:ident: $($column:ident = $field:ident $(or $null:ident)?),+) => {
        vec![$(Of {
            orders: [$module::$column.asc(), $module::$column.desc()],
            compare: compare!($field $($null)?),
            filters: filters!($module::$column, $field $($null)?),
        }),+]
    };
}

/// As the database sorts, in which NULL is less than all or greater.
macro_rules! compare {
    ($field:ident null) => {
        |one, other| {
            let nulls = one.$field.is_none().cmp(&other.$field.is_none());
            let nulls = if db::NULLS_FIRST {
                nulls.reverse()
            } else {
                nulls
            };
            nulls.then_with(|| one.$field.cmp(&other.$field))
        }
    };
    ($field:ident) => {
        |one, other| one.$field.cmp(&other.$field)
    };
}

macro_rules! filters {
    ($column:path, $field:ident null) => {
        |_| vec![($column.is_null(), Box::new(|other| other.$field.is_none()))]
    };
    ($column:path, $field:ident) => {
        |row| {
            let [same, list] = [(); 2].map(|()| row.$field.clone());
            let [less, least] = [(); 2].map(|()| row.$field.clone());
            vec![
                (
                    $column.eq(same.clone()),
                    Box::new(move |other| other.$field == same),
                ),
                (
                    $column.in_([list.clone()]),
                    Box::new(move |other| other.$field == list),
                ),
                (
                    $column.lt(less.clone()),
                    Box::new(move |other| other.$field < less),
                ),
                (
                    $column.ge(least.clone()),
                    Box::new(move |other| other.$field >= least),
                ),
            ]
        }
    };
}

/// What a test knows of a relationship.
struct Known<S, P> {
    /// The columns of the links.
    columns: Vec<Of<P>>,
    /// Those of their key, in its order.
    key: Vec<usize>,
    /// Whether a link is one of a row with another.
    links: fn(&P, &S, &S) -> bool,
    /// What the relationship leads to.
    leads_to: fn(&S) -> bool,
    change: fn() -> Assignment<P>,
    changed: fn(&mut P),
}

fn by<P>(columns: &[(&Of<P>, bool)], one: &P, other: &P) -> Ordering {
    let orders = columns.iter().map(|(column, down)| {
        let order = (column.compare)(one, other);
        if *down { order.reverse() } else { order }
    });
    orders.fold(Ordering::Equal, Ordering::then)
}

/// One relationship, read from every row in every way.
struct Reading<'a, S: Entity, K: Linked> {
    conn: &'a Connection,
    rel: Rel<S, S, K>,
    known: Known<S, K::Link>,
    /// All rows, and all links, both in the order of their keys.
    rows: Vec<S>,
    all: Vec<K::Link>,
}

impl<'a, S, K> Reading<'a, S, K>
where
    S: Entity + Clone + PartialEq + Debug,
    K: Linked<Link: Clone + PartialEq + Debug, Shape = Many>,
{
    fn new(
        conn: &'a Connection,
        rel: Rel<S, S, K>,
        known: Known<S, K::Link>,
        rows: Vec<S>,
    ) -> Self {
        let mut all = Query::<K::Link>::default().all(conn).unwrap();
        let key = known
            .key
            .iter()
            .map(|place| (&known.columns[*place], false));
        let key: Vec<_> = key.collect();
        all.sort_by(|one, other| by(&key, one, other));
        Self {
            conn,
            rel,
            known,
            rows,
            all,
        }
    }

    /// The links of a row with rows that the relationship leads to, and those, by their places.
    fn of(&self, source: &S) -> Vec<(usize, &K::Link)> {
        let mut found = Vec::new();
        for link in &self.all {
            for (place, target) in self.rows.iter().enumerate() {
                if (self.known.links)(link, source, target) && (self.known.leads_to)(target) {
                    found.push((place, link));
                }
            }
        }
        found
    }

    /// Every filter worth asking, with what should fit.
    fn filters(&self, random: &mut Random) -> Vec<Fits<K::Link>> {
        let columns = self.known.columns.iter();
        columns
            .flat_map(|column| (column.filters)(random.pick(&self.all)))
            .collect()
    }

    /// An order by one to three columns.
    fn order(&self, random: &mut Random) -> Vec<(&Of<K::Link>, bool)> {
        let count = 1 + random.below(3);
        let same = random.once_in(2);
        let columns = (0..count).map(|_| {
            let column = random.pick(&self.known.columns);
            (column, !same && random.once_in(2))
        });
        columns.collect()
    }

    fn read(&self, seed: u64) {
        let random = &mut Random::new(seed);
        let sources: Vec<S> = self.rows.clone();
        for source in &sources {
            self.rows_and_links(source);
            for _ in 0..6 {
                let order = self.order(random);
                self.in_order(source, &order);
            }
        }
        for (filter, fits) in self.filters(random) {
            let linked = |source: &&S| self.of(source).iter().any(|(_, link)| fits(link));
            let (yes, no): (Vec<&S>, Vec<&S>) = self.rows.iter().partition(linked);
            let found = |filter: Filter<S>| Query::<S>::default().filter(filter).all(self.conn);
            let any = || self.rel.any_link(filter.clone());
            assert!(same(&found(any()).unwrap(), &yes));
            assert!(same(&found(any().not()).unwrap(), &no));
            for source in &sources {
                self.filtered(source, &filter, &fits);
            }
        }
        let eager = Query::<S>::default().with(self.rel.links());
        let eager = eager.all(self.conn).unwrap();
        assert_eq!(eager.len(), self.rows.len());
        for (source, pairs) in eager {
            assert_eq!(pairs, self.rel.of(&source).with_links(self.conn).unwrap());
        }
        let loaded = self.rel.load(self.conn, &sources).unwrap();
        let few = self.rel.limit(2).load(self.conn, &sources).unwrap();
        for ((source, all), few) in sources.iter().zip(loaded).zip(few) {
            assert_eq!(all, self.rel.of(source).all(self.conn).unwrap());
            assert_eq!(few, all[..all.len().min(2)]);
        }
        let limited = self.rel.links().limit(2).load(self.conn, &sources).unwrap();
        for (source, limited) in sources.iter().zip(limited) {
            let pairs = self.rel.of(source).with_links(self.conn).unwrap();
            assert_eq!(limited, pairs[..pairs.len().min(2)]);
        }
    }

    fn rows_and_links(&self, source: &S) {
        let handle = || self.rel.of(source);
        let expected = self.of(source);
        let pairs = handle().with_links(self.conn).unwrap();
        assert_eq!(pairs.len(), expected.len());
        for (place, link) in &expected {
            assert!(pairs.contains(&(self.rows[*place].clone(), (*link).clone())));
        }
        let links: Vec<K::Link> = pairs.into_iter().map(|(_, link)| link).collect();
        assert_eq!(handle().links().all(self.conn).unwrap(), links);
        let queried = handle().links().query().all(self.conn).unwrap();
        assert!(queried.iter().eq(expected.iter().map(|(_, link)| *link)));

        let targets = handle().all(self.conn).unwrap();
        assert_eq!(handle().query().all(self.conn).unwrap(), targets);
        let count = handle().count(self.conn).unwrap();
        assert_eq!(count, targets.len() as u64);
        for (place, target) in self.rows.iter().enumerate() {
            let linked = expected.iter().any(|(at, _)| *at == place);
            assert_eq!(handle().contains(self.conn, target).unwrap(), linked);
            assert_eq!(targets.contains(target), linked);
        }
    }

    /// The links and the rows for which a condition is true; writes touch the same.
    fn filtered(&self, source: &S, filter: &Filter<K::Link>, fits: &dyn Fn(&K::Link) -> bool) {
        let (conn, own) = (self.conn, self.of(source));
        let links = || self.rel.of(source).links().query();
        for no in [false, true] {
            let filter = || {
                if no {
                    filter.clone().not()
                } else {
                    filter.clone()
                }
            };
            let fits = |link: &K::Link| fits(link) != no;
            let query = || links().filter(filter());
            let fit = own.iter().filter(|(_, link)| fits(link));
            let expected: Vec<K::Link> = fit.map(|(_, link)| (*link).clone()).collect();
            assert_eq!(query().all(conn).unwrap(), expected);
            assert_eq!(query().count(conn).unwrap(), expected.len() as u64);
            assert_eq!(query().exists(conn).unwrap(), !expected.is_empty());

            let rows = || self.rel.of(source).query().filter(filter());
            let mut targets = self.rel.of(source).all(conn).unwrap();
            let linked = |row: &S| {
                let mut own = own.iter();
                own.any(|(place, link)| self.rows[*place] == *row && fits(link))
            };
            targets.retain(linked);
            assert_eq!(rows().all(conn).unwrap(), targets);
            assert_eq!(rows().count(conn).unwrap(), targets.len() as u64);

            let kept: Vec<&K::Link> = (self.all.iter())
                .filter(|link| !expected.contains(link))
                .collect();
            self.undone(|| {
                let gone = query().delete(conn).unwrap();
                assert_eq!(gone, expected.len() as u64);
                assert!(same(&self.stored(), &kept));
            });
            self.undone(|| {
                let given = query().update(conn, (self.known.change)()).unwrap();
                assert_eq!(given, expected.len() as u64);
                let mut all: Vec<K::Link> = kept.iter().copied().cloned().collect();
                all.extend(expected.iter().cloned().map(|mut link| {
                    (self.known.changed)(&mut link);
                    link
                }));
                assert!(same(&self.stored(), &all.iter().collect::<Vec<_>>()));
            });
            self.undone(|| {
                let gone = rows().delete(conn).unwrap();
                assert_eq!(gone, targets.len() as u64);
                let left = Query::<S>::default().all(conn).unwrap();
                let kept = self.rows.iter().filter(|row| !targets.contains(row));
                assert!(same(&left, &kept.collect::<Vec<_>>()));
            });
        }
    }

    /// The links and the rows in an order by columns of links, whole, cut off, and page by page.
    fn in_order(&self, source: &S, order: &[(&Of<K::Link>, bool)]) {
        let conn = self.conn;
        let orders = || -> Vec<Order<K::Link>> {
            let orders = order
                .iter()
                .map(|(column, down)| column.orders[usize::from(*down)]);
            orders.collect()
        };
        let last = order.last().is_some_and(|(_, down)| *down);
        let key = self.known.key.iter();
        let key = key.map(|place| (&self.known.columns[*place], last));
        let whole: Vec<_> = order.iter().copied().chain(key).collect();
        let mut own = self.of(source);
        own.sort_by(|one, other| by(&whole, one.1, other.1));
        let query = || self.rel.of(source).links().query().order_by(orders());
        let links: Vec<K::Link> = own.iter().map(|(_, link)| (*link).clone()).collect();
        assert_eq!(query().all(conn).unwrap(), links);
        let cut = query().limit(2).offset(1).all(conn).unwrap();
        assert!(cut.iter().eq(links.iter().skip(1).take(2)));

        // Each row where the first of its links is.
        own.sort_by(|one, other| {
            let places = one.0.cmp(&other.0);
            let places = if last { places.reverse() } else { places };
            by(order, one.1, other.1).then(places)
        });
        let mut seen = Vec::new();
        own.retain(|(place, _)| {
            !seen.contains(place) && {
                seen.push(*place);
                true
            }
        });
        let expected: Vec<&S> = seen.iter().map(|place| &self.rows[*place]).collect();
        let query = || self.rel.of(source).query().order_by(orders());
        assert!(
            query()
                .all(conn)
                .unwrap()
                .iter()
                .eq(expected.iter().copied())
        );
        for size in 1..=expected.len() {
            let mut found = query().limit(size as u64).all(conn).unwrap();
            while let Some((place, link)) = own.get(found.len() - 1) {
                let behind = query().after(&self.rows[*place], link).limit(size as u64);
                let page = behind.all(conn).unwrap();
                if page.is_empty() {
                    break;
                }
                found.extend(page);
            }
            assert!(found.iter().eq(expected.iter().copied()), "page by page");
        }
    }

    fn stored(&self) -> Vec<K::Link> {
        Query::<K::Link>::default().all(self.conn).unwrap()
    }

    fn undone(&self, change: impl FnOnce()) {
        let outer = db::begin(self.conn);
        change();
        outer.rollback().unwrap();
    }
}

/// Whether two lists have the same rows, in any order.
fn same<T: PartialEq>(found: &[T], expected: &[&T]) -> bool {
    found.len() == expected.len() && found.iter().all(|row| expected.contains(&row))
}

pub fn in_memory(test: impl FnOnce(&Connection)) {
    let open = |conn: &Connection| {
        models::configure(conn).unwrap();
        models::create_tables(conn).unwrap();
    };
    db::on_one(open, test);
}

/// Persons and their links, of which some have none and some many.
pub fn persons(conn: &Connection, seed: u64) -> Vec<Person> {
    let random = &mut Random::new(seed);
    let new = |grown| Person::insert(conn, NewPerson { grown }).unwrap();
    let persons: Vec<Person> = (0..7).map(|_| new(!random.once_in(3))).collect();
    let few = |random: &mut Random| i32::try_from(random.below(4)).unwrap();
    for one in &persons[1..] {
        for other in persons[1..].iter().filter(|other| *other != one) {
            let some = |random: &mut Random| Some(few(random)).filter(|number| *number > 0);
            if random.once_in(3) {
                let new = NewFriendship {
                    relata_from: few(random),
                    target: some(random),
                };
                one.friends().add(conn, other, new).unwrap();
            }
            if random.once_in(5) {
                one.twins().add(conn, other).unwrap();
            }
            while random.once_in(2) {
                let (day, weight) = (few(random), some(random));
                one.calls()
                    .add(conn, other, NewCall { day, weight })
                    .unwrap();
            }
            while random.once_in(2) {
                let weight = some(random);
                one.letters()
                    .add(conn, other, NewLetter { weight })
                    .unwrap();
            }
        }
    }
    persons
}

/// Stops, in the order of their keys: lines first, then numbers.
pub fn stops(conn: &Connection, seed: u64) -> Vec<Stop> {
    let random = &mut Random::new(seed);
    let mut stops = Vec::new();
    for line in ["", "A", "a", "ä"] {
        for number in [-1, 2] {
            let line = line.to_owned();
            stops.push(Stop::insert(conn, NewStop { number, line }).unwrap());
        }
    }
    for one in &stops[1..] {
        for other in stops[1..].iter().filter(|other| *other != one) {
            let minutes = i32::try_from(random.below(4)).unwrap();
            if random.once_in(4) {
                one.connections()
                    .add(conn, other, NewConnection { minutes })
                    .unwrap();
            }
            while random.once_in(3) {
                let minutes = Some(minutes).filter(|_| random.once_in(2));
                one.rides().add(conn, other, NewRide { minutes }).unwrap();
            }
        }
    }
    stops
}

/// Whether these are the two ends, either way round.
fn ends<K: PartialEq>(ends: [&K; 2], one: &K, other: &K) -> bool {
    ends == [one, other] || ends == [other, one]
}

const SEEDS: [u64; 3] = [1, 2, 3];

fn friendships() -> Known<Person, Friendship> {
    Known {
        columns: columns!(friendship: ONE_ID = one_id, OTHER_ID = other_id, RELATA_FROM = relata_from, TARGET = target or null),
        key: vec![0, 1],
        links: |link, one, other| ends([&link.one_id, &link.other_id], &one.id, &other.id),
        leads_to: |_| true,
        change: || friendship::TARGET.set(99),
        changed: |link| link.target = Some(99),
    }
}

#[test]
fn one_link_for_a_pair() {
    for seed in SEEDS {
        in_memory(|conn| {
            let rows = persons(conn, seed);
            Reading::new(conn, person::FRIENDS, friendships(), rows).read(seed);
        });
    }
}

#[test]
fn links_to_rows_that_hold_something() {
    for seed in SEEDS {
        in_memory(|conn| {
            let rows = persons(conn, seed);
            let known = Known {
                leads_to: |person: &Person| person.grown,
                ..friendships()
            };
            Reading::new(conn, person::GROWN_FRIENDS, known, rows).read(seed);
        });
    }
}

#[test]
fn several_links_for_a_pair_by_their_key() {
    let known = || Known {
        columns: columns!(call: FROM_ID = from_id, DAY = day, TO_ID = to_id, WEIGHT = weight or null),
        key: vec![1, 2, 0],
        links: |link: &Call, one: &Person, other| {
            ends([&link.to_id, &link.from_id], &one.id, &other.id)
        },
        leads_to: |_| true,
        change: || call::WEIGHT.set(99),
        changed: |link| link.weight = Some(99),
    };
    for seed in SEEDS {
        in_memory(|conn| {
            let rows = persons(conn, seed);
            Reading::new(conn, person::CALLS, known(), rows).read(seed);
        });
    }
}

#[test]
fn several_links_for_a_pair_with_a_number_each() {
    let known = || Known {
        columns: columns!(letter: ID = id, SENDER_ID = sender_id, READER_ID = reader_id, WEIGHT = weight or null),
        key: vec![0],
        links: |link: &Letter, one: &Person, other| {
            ends([&link.sender_id, &link.reader_id], &one.id, &other.id)
        },
        leads_to: |_| true,
        change: || letter::WEIGHT.set(99),
        changed: |link| link.weight = Some(99),
    };
    for seed in SEEDS {
        in_memory(|conn| {
            let rows = persons(conn, seed);
            Reading::new(conn, person::LETTERS, known(), rows).read(seed);
        });
    }
}

#[test]
fn ends_of_two_columns() {
    let known = || Known {
        columns: columns!(connection: A_LINE = a_line, A_NUMBER = a_number, B_LINE = b_line, B_NUMBER = b_number, MINUTES = minutes),
        key: vec![0, 1, 2, 3],
        links: |link: &Way, one: &Stop, other| {
            let a = (link.a_line.clone(), link.a_number);
            let b = (link.b_line.clone(), link.b_number);
            ends([&a, &b], &one.key(), &other.key())
        },
        leads_to: |_| true,
        change: || connection::MINUTES.set(99),
        changed: |link| link.minutes = 99,
    };
    for seed in SEEDS {
        in_memory(|conn| {
            let rows = stops(conn, seed);
            Reading::new(conn, stop::CONNECTIONS, known(), rows).read(seed);
        });
    }
}

#[test]
fn several_links_whose_ends_are_two_columns() {
    let known = || Known {
        columns: columns!(ride: ID = id, A_LINE = a_line, A_NUMBER = a_number, B_LINE = b_line, B_NUMBER = b_number, MINUTES = minutes or null),
        key: vec![0],
        links: |link: &Ride, one: &Stop, other| {
            let a = (link.a_line.clone(), link.a_number);
            let b = (link.b_line.clone(), link.b_number);
            ends([&a, &b], &one.key(), &other.key())
        },
        leads_to: |_| true,
        change: || ride::MINUTES.set(99),
        changed: |link| link.minutes = Some(99),
    };
    for seed in SEEDS {
        in_memory(|conn| {
            let rows = stops(conn, seed);
            Reading::new(conn, stop::RIDES, known(), rows).read(seed);
        });
    }
}
