//! Ways through symmetric secondaries, and that an index answers both sides of a link.

use std::collections::BTreeSet;
use std::fmt::Debug;

use crate::db::{self, Connection};

use crate::symmetric::{in_memory, models, persons, stops};

use models::support::{Entity, Filter, Query, ReadOnlyToMany, Rel};
use models::{
    Call, Connection as Way, Friendship, Letter, NewPet, Person, Pet, Ride, Stop, person, pet, stop,
};

/// The links of a table, each both ways.
fn both_ways<P, K: Clone>(conn: &Connection, ends: impl Fn(P) -> [K; 2]) -> Vec<[K; 2]>
where
    P: models::support::Table,
{
    let links = Query::<P>::default().all(conn).unwrap();
    let links = links.into_iter().map(ends);
    links
        .flat_map(|[one, other]| [[one.clone(), other.clone()], [other, one]])
        .collect()
}

/// Where links lead from there.
fn step<K: Ord + Clone>(links: &[[K; 2]], from: &BTreeSet<K>) -> BTreeSet<K> {
    let links = links.iter().filter(|[one, _]| from.contains(one));
    links.map(|[_, other]| other.clone()).collect()
}

/// That a relationship leads from every row to the targets with the keys that `expected` gives.
fn leads<S, T>(
    conn: &Connection,
    rel: Rel<S, T, ReadOnlyToMany>,
    is: impl Fn(&T) -> Filter<T>,
    expected: impl Fn(&S) -> BTreeSet<T::Key>,
) where
    S: Entity<Key: Ord> + Clone + PartialEq + Debug,
    T: Entity<Key: Ord> + Clone + PartialEq + Debug,
{
    let mut sources = Query::<S>::default().all(conn).unwrap();
    sources.sort_by_key(Entity::key);
    let mut targets = Query::<T>::default().all(conn).unwrap();
    targets.sort_by_key(Entity::key);
    let expected = |source: &S| -> Vec<T> {
        let keys = expected(source);
        let found = targets.iter().filter(|row| keys.contains(&row.key()));
        found.cloned().collect()
    };
    let all: Vec<Vec<T>> = sources.iter().map(expected).collect();
    let sizes = all.iter().map(Vec::len).collect::<BTreeSet<_>>();
    assert!(sizes.len() > 1, "nothing is compared");
    assert_eq!(rel.load(conn, &sources).unwrap(), all);
    let limited = rel.limit(2).load(conn, &sources).unwrap();
    for ((source, all), limited) in sources.iter().zip(&all).zip(limited) {
        assert_eq!(rel.of(source).all(conn).unwrap(), *all);
        assert_eq!(rel.of(source).query().all(conn).unwrap(), *all);
        assert_eq!(rel.of(source).count(conn).unwrap(), all.len() as u64);
        assert_eq!(limited, all[..all.len().min(2)]);
        for target in &targets {
            let contains = rel.of(source).contains(conn, target).unwrap();
            assert_eq!(contains, all.contains(target));
        }
    }
    let found = |filter| {
        let mut found = Query::<S>::default().filter(filter).all(conn).unwrap();
        found.sort_by_key(Entity::key);
        found
    };
    let led = |fits: &dyn Fn(&[T]) -> bool| -> Vec<S> {
        let sources = sources.iter().zip(&all);
        let sources = sources.filter(|(_, all)| fits(all));
        sources.map(|(source, _)| source.clone()).collect()
    };
    assert_eq!(found(rel.exists()), led(&|all| !all.is_empty()));
    for target in &targets {
        assert_eq!(found(rel.any(is(target))), led(&|all| all.contains(target)));
    }
}

#[test]
fn ways_through_symmetric_secondaries() {
    for seed in 1..6 {
        in_memory(|conn| {
            let rows = persons(conn, seed);
            for place in [0, 1, 2, 2, 3, 5] {
                let new = NewPet {
                    owner_id: (&rows[place]).into(),
                    relata_place: 99,
                    relata_row: 99,
                };
                Pet::insert(conn, new).unwrap();
            }
            let grown: BTreeSet<i32> =
                (rows.iter().filter(|row| row.grown).map(|row| row.id)).collect();
            let friends = both_ways(conn, |link: Friendship| [link.one_id, link.other_id]);
            let calls = both_ways(conn, |link: Call| [link.from_id, link.to_id]);
            let letters = both_ways(conn, |link: Letter| [link.sender_id, link.reader_id]);
            let twins = "SELECT concat(one_id, ' ', other_id) FROM twin UNION SELECT concat(other_id, ' ', one_id) FROM twin";
            let twins = db::texts(conn, twins).into_iter().map(|pair| {
                let (one, other) = pair.split_once(' ').unwrap();
                [one, other].map(|id| id.parse().unwrap())
            });
            let twins: Vec<[i32; 2]> = twins.collect();
            let pets = Pet::query().all(conn).unwrap();
            let pets: Vec<[i32; 2]> = pets.iter().map(|pet| [pet.owner_id, pet.id]).collect();
            let start = |row: &Person| BTreeSet::from([row.id]);
            let owner = |row: &Pet| BTreeSet::from([row.owner_id]);

            let is = |row: &Person| person::ID.eq(row.id);
            let way = person::FRIENDS_OF_FRIENDS;
            leads(conn, way, is, |row| {
                step(&friends, &step(&friends, &start(row)))
            });
            let way = person::CALLED_OF_FRIENDS;
            leads(conn, way, is, |row| {
                &step(&calls, &step(&friends, &start(row))) & &grown
            });
            let way = person::FRIENDS_OF_CALLED;
            leads(conn, way, is, |row| {
                &step(&friends, &step(&calls, &start(row))) & &grown
            });
            leads(conn, pet::VISITORS, is, |row| step(&friends, &owner(row)));
            leads(conn, pet::TWIN_VISITORS, is, |row| {
                step(&twins, &owner(row))
            });

            let is = |row: &Pet| pet::ID.eq(row.id);
            let way = person::PETS_OF_FRIENDS;
            leads(conn, way, is, |row| {
                step(&pets, &step(&friends, &start(row)))
            });
            let way = person::PETS_OF_TWINS;
            leads(conn, way, is, |row| {
                step(&pets, &step(&letters, &step(&twins, &start(row))))
            });
        });
    }
}

#[test]
fn ways_over_ends_of_two_columns() {
    for seed in 1..6 {
        in_memory(|conn| {
            stops(conn, seed);
            let connections = both_ways(conn, |link: Way| {
                [(link.a_line, link.a_number), (link.b_line, link.b_number)]
            });
            let rides = both_ways(conn, |link: Ride| {
                [(link.a_line, link.a_number), (link.b_line, link.b_number)]
            });
            let start = |row: &Stop| BTreeSet::from([row.key()]);
            let is = |row: &Stop| stop::LINE.eq(&row.line).and(stop::NUMBER.eq(row.number));
            leads(conn, stop::CHANGES, is, |row| {
                step(&connections, &step(&connections, &start(row)))
            });
            leads(conn, stop::RIDDEN, is, |row| {
                step(&connections, &step(&rides, &start(row)))
            });
        });
    }
}
