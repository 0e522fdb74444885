//! That an index answers both sides of a link.

use crate::db::Connection;

use super::statements::plan;
use crate::symmetric::{in_memory, models, persons};

use models::{friendship, person};

/// That a statement finds the links of a row by the key, where it is the first end, and by the index where it is the other.
fn by_index(conn: &Connection, call: &dyn Fn()) {
    let plan = plan(conn, call);
    for end in ["one_id", "other_id"] {
        assert!(plan.contains(&format!("({end}=?")), "{end}: {plan}");
    }
    let whole = ["AUTOMATIC", "SCAN friendship USING"];
    assert!(!whole.iter().any(|part| plan.contains(part)), "{plan}");
}

#[test]
fn both_sides_of_a_link_are_found_by_an_index() {
    in_memory(|conn| {
        let rows = persons(conn, 1);
        let one = &rows[1];
        let friends = || one.friends();
        let is = |call: &dyn Fn()| by_index(conn, call);
        let early = || friendship::RELATA_FROM.lt(2);
        let other = || friendship::OTHER_ID.eq(3);
        is(&|| drop(friends().all(conn).unwrap()));
        is(&|| drop(friends().with_links(conn).unwrap()));
        is(&|| drop(friends().links().all(conn).unwrap()));
        is(&|| drop(friends().links().query().filter(early()).all(conn).unwrap()));
        is(&|| drop(friends().query().all(conn).unwrap()));
        is(&|| drop(friends().query().filter(early()).all(conn).unwrap()));
        let by_payload = || friends().query().order_by(friendship::TARGET.asc());
        is(&|| drop(by_payload().all(conn).unwrap()));
        is(&|| drop(one.friends_of_friends().all(conn).unwrap()));
        is(&|| drop(one.pets_of_friends().all(conn).unwrap()));
        is(&|| drop(one.twins().all(conn).unwrap()));
        is(&|| drop(person::FRIENDS.load(conn, &rows).unwrap()));
        is(&|| drop(person::FRIENDS.links().load(conn, &rows).unwrap()));
        let (grown, of_friends) = (person::GROWN_FRIENDS, person::FRIENDS_OF_FRIENDS);
        is(&|| drop(grown.load(conn, &rows).unwrap()));
        is(&|| drop(grown.limit(2).load(conn, &rows).unwrap()));
        is(&|| drop(of_friends.load(conn, &rows).unwrap()));
        is(&|| drop(of_friends.limit(2).load(conn, &rows).unwrap()));
        is(&|| drop(person::PETS_OF_FRIENDS.load(conn, &rows).unwrap()));
        // What is asked of an end narrows what is found by the other.
        let narrowed = plan(conn, || {
            drop(friends().query().filter(other()).all(conn).unwrap());
        });
        assert!(narrowed.contains("(one_id=? AND other_id=?)"), "{narrowed}");
    });
}
