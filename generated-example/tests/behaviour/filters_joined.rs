//! Conditions joined by `and`, `or` and `not`.

use crate::corners::support::Filter;
use crate::corners::{Every, NewEvery, every, raw};
use crate::filters::found;
use crate::queries_data::{Random, in_corners};

/// What a condition is of a row: true, false, or neither.
type Is = Box<dyn Fn(&Every) -> Option<bool>>;

/// A random condition, and what it is of a row.
fn random_filter(random: &mut Random, depth: u32) -> (Filter<Every>, Is) {
    let number = i32::try_from(random.below(4)).unwrap();
    if depth == 0 {
        return match random.below(5) {
            0 => (
                every::INTEGER.eq(number),
                Box::new(move |row| Some(row.integer? == number)),
            ),
            1 => (
                every::INTEGER.gt(number),
                Box::new(move |row| Some(row.integer? > number)),
            ),
            2 => (
                every::INTEGER.is_null(),
                Box::new(|row| Some(row.integer.is_none())),
            ),
            3 => (every::BOOLEAN.eq(true), Box::new(|row| row.boolean)),
            _ => {
                let filter = every::INTEGER
                    .is_null()
                    .or(raw("boolean = ? OR ?", (false, number == 1)));
                let is = move |row: &Every| {
                    or(
                        Some(row.integer.is_none()),
                        or(row.boolean.map(|is| !is), Some(number == 1)),
                    )
                };
                (filter, Box::new(is))
            }
        };
    }
    let (left, left_is) = random_filter(random, depth - 1);
    if random.below(4) == 0 {
        return (left.not(), Box::new(move |row| left_is(row).map(|is| !is)));
    }
    let (right, right_is) = random_filter(random, depth - 1);
    if random.below(2) == 0 {
        let is = move |row: &Every| {
            or(left_is(row).map(|is| !is), right_is(row).map(|is| !is)).map(|is| !is)
        };
        return (left.and(right), Box::new(is));
    }
    (
        left.or(right),
        Box::new(move |row| or(left_is(row), right_is(row))),
    )
}

/// `OR` of SQL.
fn or(left: Option<bool>, right: Option<bool>) -> Option<bool> {
    match (left, right) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), Some(false)) => Some(false),
        _ => None,
    }
}

#[test]
fn conditions_join_as_they_are_written() {
    in_corners(|conn| {
        for boolean in [None, Some(false), Some(true)] {
            for integer in [None, Some(0), Some(1), Some(2), Some(3)] {
                let new = NewEvery {
                    boolean,
                    integer,
                    ..NewEvery::default()
                };
                Every::insert(conn, new).unwrap();
            }
        }
        let rows = Every::query().order_by(every::ID.asc()).all(conn).unwrap();
        let mut random = Random::new(7);
        let mut sizes = std::collections::BTreeSet::new();
        for _ in 0..200 {
            let depth = u32::try_from(random.below(5)).unwrap();
            let (filter, is) = random_filter(&mut random, depth);
            let expected: Vec<i32> = rows
                .iter()
                .filter(|row| is(row) == Some(true))
                .map(|row| row.id)
                .collect();
            sizes.insert(expected.len());
            assert_eq!(found(conn, filter), expected);
        }
        assert!(
            sizes.len() > 8,
            "the conditions are too much alike: {sizes:?}"
        );
    });
}

#[test]
fn thousands_of_conditions() {
    in_corners(|conn| {
        for _ in 0..3 {
            Every::insert(conn, NewEvery::default()).unwrap();
        }
        let third = || (1..5000).map(|id| every::ID.eq(id * 3));
        let first = || (2..5000).map(|id| every::ID.ne(id));
        for (any, all) in [
            (third().reduce(Filter::or), first().reduce(Filter::and)),
            (
                third().reduce(|all, next| next.or(all)),
                first().reduce(|all, next| next.and(all)),
            ),
        ] {
            assert_eq!(found(conn, any.unwrap()), [3]);
            assert_eq!(found(conn, all.unwrap()), [1]);
        }
        for times in [5000, 5001] {
            let not = (0..times).fold(every::ID.eq(2), |filter, _| filter.not());
            let expected: &[i32] = if times == 5000 { &[2] } else { &[1, 3] };
            assert_eq!(found(conn, not), expected);
        }
    });
}
