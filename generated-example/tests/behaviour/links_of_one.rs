//! Links between rows of one entity: directed ones, and such that are the same from both sides.

use crate::db::{self, Connection};
use chrono::NaiveDate;

use crate::{number, on_both};

/// What the spec of such links becomes.
mod models {
    include!(concat!(env!("OUT_DIR"), "/between_rows_of_one.rs"));
}

use models::{
    Error, Friendship, FriendshipPatch, NewFriendship, NewReader, NewWord, Reader, UnitOfWork,
    Word, friendship, reader, word,
};

fn on_one(test: impl Fn(&Connection)) {
    let open = |conn: &Connection| {
        models::configure(conn).unwrap();
        models::create_tables(conn).unwrap();
    };
    on_both(open, test);
}

fn named(conn: &Connection, region: &str, number: i32) -> Reader {
    let new = NewReader {
        region: region.into(),
        number,
        name: format!("{region}{number}"),
    };
    Reader::insert(conn, new).unwrap()
}

fn say(conn: &Connection, text: &str) -> Word {
    Word::insert(conn, NewWord { text: text.into() }).unwrap()
}

fn since(day: u32) -> NewFriendship {
    NewFriendship { since: date(day) }
}

fn date(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, day).unwrap()
}

fn names(readers: &[Reader]) -> Vec<&str> {
    readers.iter().map(|reader| reader.name.as_str()).collect()
}

#[test]
fn who_follows_is_not_followed() {
    on_one(|conn| {
        let [a, b, c] = [("n", 1), ("n", 2), ("a", 9)].map(|(region, it)| named(conn, region, it));
        assert!(a.follows().add(conn, &b).unwrap());
        assert!(!b.followers().add(conn, &a).unwrap(), "the same link");
        assert_eq!(a.follows().add_all(conn, [&b, &c]).unwrap(), 1);
        assert!(c.follows().add(conn, &c).unwrap(), "oneself");
        assert_eq!(
            names(&a.follows().all(conn).unwrap()),
            ["a9", "n2"],
            "by name"
        );
        assert_eq!(names(&c.followers().all(conn).unwrap()), ["a9", "n1"]);
        assert_eq!(
            (
                b.followers().count(conn).unwrap(),
                b.follows().count(conn).unwrap()
            ),
            (1, 0)
        );
        assert!(a.follows().contains(conn, &b).unwrap());
        assert!(!b.follows().contains(conn, &a).unwrap());

        let of = |filter| {
            let found = Reader::query().filter(filter).order_by(reader::NAME.asc());
            found.all(conn).unwrap()
        };
        assert_eq!(
            names(&of(reader::FOLLOWS.any(reader::NAME.eq("n2")))),
            ["n1"]
        );
        let deep = reader::FOLLOWERS.any(reader::FOLLOWERS.any(reader::NAME.eq("n1")));
        assert_eq!(names(&of(deep)), ["a9"], "over itself");
        assert_eq!(names(&of(reader::FOLLOWERS.exists().not())), ["n1"]);
        let loaded = reader::FOLLOWS
            .with(reader::FOLLOWERS)
            .load(conn, &[a.clone(), b.clone()]);
        let loaded = loaded.unwrap();
        assert_eq!(names(&loaded[0][0].1), ["a9", "n1"]);
        assert!(loaded[1].is_empty());

        a.follows().set(conn, [&a]).unwrap();
        assert_eq!(names(&a.followers().all(conn).unwrap()), ["n1"]);
        let mut work = UnitOfWork::new();
        let new = work.insert(NewReader {
            region: "z".into(),
            number: 1,
            name: "z1".into(),
        });
        work.link(reader::FOLLOWS, new, [&b]);
        work.link(reader::FOLLOWERS, new, [&b]);
        work.unlink(reader::FOLLOWS, &a, [&a]);
        work.commit(conn).unwrap();
        assert_eq!(names(&b.followers().all(conn).unwrap()), ["z1"]);
        assert_eq!(names(&b.follows().all(conn).unwrap()), ["z1"]);
    });
}

#[test]
fn one_side_named_is_both_named() {
    on_one(|conn| {
        let (animal, dog) = (say(conn, "animal"), say(conn, "dog"));
        dog.broader().add(conn, &animal).unwrap();
        assert_eq!(animal.narrower().all(conn).unwrap(), [dog.clone()]);
        assert_eq!(
            number(conn, "SELECT broader_id FROM hierarchy"),
            i64::from(animal.id)
        );
    });
}

#[test]
fn a_symmetric_pair_is_one_row() {
    on_one(|conn| {
        let [a, b, c] = ["a", "b", "c"].map(|text| say(conn, text));
        assert!(b.synonyms().add(conn, &a).unwrap());
        assert!(!a.synonyms().add(conn, &b).unwrap());
        assert_eq!(b.synonyms().add_all(conn, [&a, &c, &c]).unwrap(), 1);
        let rows = "SELECT count(*) FROM synonym WHERE one_id < other_id";
        assert_eq!(number(conn, rows), 2, "the lower one first");
        assert_eq!(a.synonyms().all(conn).unwrap(), [b.clone()]);
        assert_eq!(b.synonyms().all(conn).unwrap(), [a.clone(), c.clone()]);
        assert_eq!(
            b.synonyms().query().all(conn).unwrap(),
            [a.clone(), c.clone()]
        );
        assert_eq!(b.synonyms().count(conn).unwrap(), 2);
        assert!(a.synonyms().contains(conn, &b).unwrap());
        assert!(b.synonyms().contains(conn, &a).unwrap());
        assert!(!a.synonyms().contains(conn, &c).unwrap());
        let oneself = a.synonyms().add(conn, &a);
        assert!(matches!(oneself, Err(Error::CheckViolation { .. })));
        assert!(matches!(
            a.synonyms().add_all(conn, [&c, &a]),
            Err(Error::CheckViolation { .. })
        ));
        assert!(!a.synonyms().contains(conn, &c).unwrap(), "all or none");

        b.synonyms().set(conn, [&c]).unwrap();
        assert_eq!(a.synonyms().count(conn).unwrap(), 0);
        assert_eq!(c.synonyms().all(conn).unwrap(), [b.clone()]);
        c.synonyms().set(conn, [&a, &b]).unwrap();
        assert_eq!(number(conn, "SELECT count(*) FROM synonym"), 2);
        assert!(a.synonyms().remove(conn, &c).unwrap());
        assert!(!c.synonyms().remove(conn, &a).unwrap());
        assert_eq!(c.synonyms().clear(conn).unwrap(), 1);
        assert_eq!(b.synonyms().count(conn).unwrap(), 0);
    });
}

#[test]
fn conditions_and_loads_see_both_sides() {
    on_one(|conn| {
        let [a, b, c] = ["a", "b", "c"].map(|text| say(conn, text));
        b.synonyms().add_all(conn, [&a, &c]).unwrap();
        let of = |filter| {
            Word::query()
                .filter(filter)
                .order_by(word::ID.asc())
                .all(conn)
                .unwrap()
        };
        assert_eq!(
            of(word::SYNONYMS.any(word::TEXT.eq("b"))),
            [a.clone(), c.clone()]
        );
        assert_eq!(of(word::SYNONYMS.any(word::TEXT.eq("a"))), [b.clone()]);
        assert_eq!(of(word::SYNONYMS.exists().not()), []);
        let deep = word::SYNONYMS.any(word::SYNONYMS.any(word::TEXT.eq("a")));
        assert_eq!(of(deep), [a.clone(), c.clone()]);
        let words = [a.clone(), b.clone(), c.clone()];
        let loaded = word::SYNONYMS.load(conn, &words).unwrap();
        assert_eq!(
            loaded,
            [vec![b.clone()], vec![a.clone(), c.clone()], vec![b.clone()]]
        );
        let loaded = word::SYNONYMS.limit(1).load(conn, &words).unwrap();
        assert_eq!(loaded[1], [a.clone()]);
        let loaded = word::SYNONYMS.shared().load(conn, &words).unwrap();
        assert!(std::sync::Arc::ptr_eq(&loaded[0][0], &loaded[2][0]));
        let mut work = UnitOfWork::new();
        let new = work.insert(NewWord { text: "d".into() });
        work.link(word::SYNONYMS, new, [&a]);
        work.link(word::SYNONYMS, &a, [new]);
        work.unlink(word::SYNONYMS, &c, [&b]);
        work.commit(conn).unwrap();
        assert_eq!(a.synonyms().count(conn).unwrap(), 2);
        assert_eq!(c.synonyms().count(conn).unwrap(), 0);
    });
}

#[test]
fn friends_have_a_day_and_a_key_of_two() {
    on_one(|conn| {
        // The database compares: regions first, then numbers.
        let [a, b, c] =
            [("n", 10), ("n", 9), ("m", 99)].map(|(region, it)| named(conn, region, it));
        assert!(a.friends().add(conn, &b, since(1)).unwrap());
        assert!(!b.friends().add(conn, &a, since(9)).unwrap());
        assert!(a.friends().add(conn, &c, since(2)).unwrap());
        let stored: Vec<Friendship> = Friendship::query()
            .order_by(friendship::SINCE.asc())
            .all(conn)
            .unwrap();
        assert_eq!((stored[0].a_number, stored[0].b_number), (9, 10));
        assert_eq!(
            (stored[1].a_region.as_str(), stored[1].b_region.as_str()),
            ("m", "n")
        );
        // The last one first; a link is as it is stored, whoever looks at it.
        assert_eq!(names(&a.friends().all(conn).unwrap()), ["m99", "n9"]);
        assert_eq!(
            names(&a.friends().query().all(conn).unwrap()),
            ["m99", "n9"]
        );
        let from_a = a.friends().with_links(conn).unwrap();
        assert_eq!((&from_a[1].0, &from_a[1].1), (&b, &stored[0]));
        let from_b = b.friends().with_links(conn).unwrap();
        assert_eq!((&from_b[0].0, &from_b[0].1), (&a, &stored[0]));
        assert_eq!(b.friends().links().all(conn).unwrap(), [stored[0].clone()]);
        assert_eq!(a.friends().links().query().count(conn).unwrap(), 2);
        let loaded = reader::FRIENDS
            .links()
            .load(conn, &[b.clone(), a.clone()])
            .unwrap();
        assert_eq!(loaded[0], [(a.clone(), stored[0].clone())]);
        assert_eq!(loaded[1][0], (c.clone(), stored[1].clone()));

        let early = a.friends().query().filter(friendship::SINCE.lt(date(2)));
        assert_eq!(early.all(conn).unwrap(), [b.clone()]);
        let sorted = a.friends().query().order_by(friendship::SINCE.asc());
        assert_eq!(sorted.all(conn).unwrap(), [b.clone(), c.clone()]);
        let of = |filter| Reader::query().filter(filter).count(conn).unwrap();
        assert_eq!(
            of(reader::FRIENDS.any_link(friendship::SINCE.eq(date(2)))),
            2
        );
        let patch = || FriendshipPatch {
            since: Some(date(5)),
        };
        assert_eq!(b.friends().links().update(conn, &a, patch()).unwrap(), 1);
        assert_eq!(a.friends().links().update(conn, &b, patch()).unwrap(), 1);
        let key = ("n".to_owned(), 9, "n".to_owned(), 10);
        assert!(
            !c.friends().links().delete(conn, key.clone()).unwrap(),
            "not hers"
        );
        assert!(a.friends().links().delete(conn, key).unwrap());
        a.friends()
            .set(conn, [(&b, since(3)), (&c, since(4))])
            .unwrap();
        let kept = c.friends().links().all(conn).unwrap();
        assert_eq!(kept[0].since, date(2), "what stays keeps its day");
        let oneself = a.friends().add(conn, &a, since(1));
        assert!(matches!(oneself, Err(Error::CheckViolation { .. })));
    });
}

#[test]
fn the_database_holds_the_order_of_a_pair() {
    on_one(|conn| {
        say(conn, "a");
        say(conn, "b");
        let refused = db::execute(conn, "INSERT INTO synonym VALUES (2, 1)");
        assert!(
            refused
                .unwrap_err()
                .to_string()
                .contains("ck_synonym_one_id_other_id")
        );
        db::execute(conn, "INSERT INTO synonym VALUES (1, 2)").unwrap();
    });
}
