//! Secondaries whose links have something of their own.

use crate::db::{self, Connection};

use crate::{number, on_both};

/// What the spec of secondaries with payload becomes.
pub mod models {
    include!(concat!(env!("OUT_DIR"), "/payload.rs"));
}

use models::{
    Entry, EntryPatch, Error, Favorite, NewEntry, NewFavorite, NewPerson, NewPlaylist, NewTag,
    NewTrack, Person, Playlist, Tag, Track, UnitOfWork, entry, favorite, playlist, raw, track,
};

pub fn on_payload(test: impl Fn(&Connection)) {
    let open = |conn: &Connection| {
        models::configure(conn).unwrap();
        models::create_tables(conn).unwrap();
    };
    on_both(open, test);
}

pub fn list(conn: &Connection, name: &str) -> Playlist {
    Playlist::insert(conn, NewPlaylist { name: name.into() }).unwrap()
}

pub fn song(conn: &Connection, title: &str) -> Track {
    let new = NewTrack {
        title: title.into(),
        at: None,
    };
    Track::insert(conn, new).unwrap()
}

/// At a position, and nothing else.
pub fn at(position: i32) -> NewEntry {
    NewEntry {
        position,
        weight: None,
        remark: None,
        added_by: None,
        added_at: None,
        seen_at: None,
    }
}

fn stars(stars: i16) -> NewFavorite {
    NewFavorite { stars }
}

fn titles(tracks: Vec<Track>) -> Vec<String> {
    tracks.into_iter().map(|track| track.title).collect()
}

#[test]
fn what_is_not_given_is_the_default_and_null_is_a_value() {
    on_payload(|conn| {
        let (list, ash, bell) = (list(conn, "a"), song(conn, "Ash"), song(conn, "Bell"));
        let person = Person::insert(conn, NewPerson { name: "P".into() }).unwrap();
        assert!(list.tracks().add(conn, &ash, at(2)).unwrap());
        let given = NewEntry {
            weight: Some(3),
            remark: Some(None),
            added_by: Some((&person).into()),
            ..at(1)
        };
        assert!(bell.playlists().add(conn, &list, given).unwrap());
        let [first, second]: [Entry; 2] =
            list.tracks().links().all(conn).unwrap().try_into().unwrap();
        assert_eq!(
            (first.track_id, first.weight, &first.remark, first.added_by),
            (bell.id, 3, &None, Some(person.id))
        );
        assert_eq!(
            (second.position, second.weight, second.remark.as_deref()),
            (2, 10, Some("none"))
        );
        // The third foreign key is one: the links stay when its row goes.
        person.delete(conn).unwrap();
        let links = list.tracks().links().all(conn).unwrap();
        assert_eq!(links[0].added_by, None);
        // The ends are ends: the links go with their rows.
        ash.delete(conn).unwrap();
        assert_eq!(titles(list.tracks().all(conn).unwrap()), ["Bell"]);
    });
}

#[test]
fn a_link_that_is_there_keeps_what_is_stored() {
    on_payload(|conn| {
        let (list, ash) = (list(conn, "a"), song(conn, "Ash"));
        assert!(list.tracks().add(conn, &ash, at(1)).unwrap());
        assert!(!list.tracks().add(conn, &ash, at(9)).unwrap());
        assert!(!ash.playlists().add(conn, &list, at(9)).unwrap());
        assert_eq!(list.tracks().links().all(conn).unwrap()[0].position, 1);
    });
}

#[test]
fn another_constraint_is_no_link_that_is_there() {
    on_payload(|conn| {
        let (list, ash, bell) = (list(conn, "a"), song(conn, "Ash"), song(conn, "Bell"));
        list.tracks().add(conn, &ash, at(1)).unwrap();
        let taken = list.tracks().add(conn, &bell, at(1));
        assert!(matches!(taken, Err(Error::UniqueViolation { .. })));
        let all = list.tracks().add_all(conn, [(&bell, at(2)), (&ash, at(3))]);
        assert_eq!(all.unwrap(), 1, "one of them was there");
        let cove = song(conn, "Cove");
        let half = list
            .tracks()
            .add_all(conn, [(&cove, at(4)), (&song(conn, "D"), at(2))]);
        assert!(matches!(half, Err(Error::UniqueViolation { .. })));
        assert!(!list.tracks().contains(conn, &cove).unwrap(), "all or none");
        let check = list.favorites().add(conn, &ash, stars(6));
        assert!(matches!(check, Err(Error::CheckViolation { .. })));
        let gone = song(conn, "gone");
        gone.clone().delete(conn).unwrap();
        let gone = list.tracks().add(conn, &gone, at(9));
        assert!(matches!(gone, Err(Error::ForeignKeyViolation { .. })));
    });
}

#[test]
fn set_removes_adds_and_leaves_alone() {
    on_payload(|conn| {
        let (list, ash, bell) = (list(conn, "a"), song(conn, "Ash"), song(conn, "Bell"));
        let cove = song(conn, "Cove");
        list.tracks()
            .add_all(conn, [(&ash, at(1)), (&bell, at(2))])
            .unwrap();
        list.tracks()
            .set(conn, [(&bell, at(7)), (&cove, at(3))])
            .unwrap();
        let links = list.tracks().links().all(conn).unwrap();
        let places: Vec<(i32, i32)> = links.iter().map(|it| (it.track_id, it.position)).collect();
        assert_eq!(
            places,
            [(bell.id, 2), (cove.id, 3)],
            "what stays keeps its place"
        );
        let clash = list
            .tracks()
            .set(conn, [(&ash, at(1)), (&cove, at(9)), (&bell, at(9))]);
        clash.unwrap();
        let refused = list
            .tracks()
            .set(conn, [(&song(conn, "D"), at(5)), (&song(conn, "E"), at(5))]);
        assert!(matches!(refused, Err(Error::UniqueViolation { .. })));
        assert_eq!(list.tracks().count(conn).unwrap(), 3, "as it was");
        list.tracks().set(conn, []).unwrap();
        assert_eq!(list.tracks().count(conn).unwrap(), 0);
    });
}

#[test]
fn links_are_changed_and_deleted() {
    on_payload(|conn| {
        let (one, two, ash) = (list(conn, "a"), list(conn, "b"), song(conn, "Ash"));
        one.tracks().add(conn, &ash, at(1)).unwrap();
        two.tracks().add(conn, &ash, at(1)).unwrap();
        let patch = EntryPatch {
            weight: Some(30),
            remark: Some(None),
            ..EntryPatch::default()
        };
        assert_eq!(one.tracks().links().update(conn, &ash, patch).unwrap(), 1);
        let link = one.tracks().links().all(conn).unwrap().remove(0);
        assert_eq!((link.position, link.weight, link.remark), (1, 30, None));
        let other = two.tracks().links().all(conn).unwrap().remove(0);
        assert_eq!((other.weight, other.remark.as_deref()), (10, Some("none")));
        let gone = one
            .tracks()
            .links()
            .update(conn, &song(conn, "x"), EntryPatch::default());
        assert!(matches!(
            gone,
            Err(Error::NotFound {
                entity: "playlist_track",
                ..
            })
        ));

        let links = one.tracks().links();
        assert!(
            !links.delete(conn, (two.id, ash.id)).unwrap(),
            "a link of another row"
        );
        assert!(links.delete(conn, (one.id, ash.id)).unwrap());
        assert!(!links.delete(conn, (one.id, ash.id)).unwrap());
        assert_eq!(number(conn, "SELECT count(*) FROM playlist_track"), 1);
    });
}

#[test]
fn a_change_takes_the_moment() {
    on_payload(|conn| {
        let (list, ash) = (list(conn, "a"), song(conn, "Ash"));
        list.tracks().add(conn, &ash, at(1)).unwrap();
        let zone = db::ZONE;
        let long_ago =
            format!("UPDATE playlist_track SET seen_at = '2000-01-01 00:00:00.000000{zone}'");
        db::execute(conn, &long_ago).unwrap();
        let seen = || list.tracks().links().all(conn).unwrap()[0].seen_at;
        assert_eq!(seen().timestamp(), 946_684_800);
        list.tracks()
            .links()
            .update(conn, &ash, EntryPatch::default())
            .unwrap();
        assert!(
            seen().timestamp() > 1_000_000_000,
            "a patch of nothing is a write"
        );
        db::execute(conn, &long_ago).unwrap();
        let changed = list
            .tracks()
            .links()
            .query()
            .update(conn, entry::WEIGHT.set(1));
        assert_eq!(changed.unwrap(), 1);
        assert!(
            seen().timestamp() > 1_000_000_000,
            "and so is a bulk change"
        );
    });
}

#[test]
fn rows_come_with_their_links_in_the_order_of_the_relationship() {
    on_payload(|conn| {
        let (list, ash, bell) = (list(conn, "a"), song(conn, "Ash"), song(conn, "Bell"));
        let cove = song(conn, "Cove");
        let given = [(&ash, at(3)), (&bell, at(1)), (&cove, at(2))];
        list.tracks().add_all(conn, given).unwrap();
        assert_eq!(
            titles(list.tracks().all(conn).unwrap()),
            ["Bell", "Cove", "Ash"]
        );
        assert_eq!(
            titles(list.tracks().query().all(conn).unwrap()),
            ["Bell", "Cove", "Ash"]
        );
        let pairs = list.tracks().with_links(conn).unwrap();
        let pairs: Vec<(&str, i32)> = pairs
            .iter()
            .map(|(track, link)| (track.title.as_str(), link.position))
            .collect();
        assert_eq!(pairs, [("Bell", 1), ("Cove", 2), ("Ash", 3)]);
        // From the other side there is no order but the key's.
        list.tracks().set(conn, []).unwrap();

        // The most stars first, then the title.
        let rated = [(&ash, stars(2)), (&cove, stars(5)), (&bell, stars(5))];
        list.favorites().add_all(conn, rated).unwrap();
        assert_eq!(
            titles(list.favorites().all(conn).unwrap()),
            ["Bell", "Cove", "Ash"]
        );
        assert_eq!(
            titles(list.favorites().query().all(conn).unwrap()),
            ["Bell", "Cove", "Ash"]
        );
        let first = list.favorites().query().first(conn).unwrap();
        assert_eq!(first.unwrap().title, "Bell");
    });
}

#[test]
fn queries_filter_and_sort_by_the_payload() {
    on_payload(|conn| {
        let (one, two) = (list(conn, "a"), list(conn, "b"));
        let songs = ["Ash", "Bell", "Cove", "Dune"].map(|title| song(conn, title));
        for (place, track) in (1..).zip(&songs) {
            let weight = NewEntry {
                weight: Some(10 * (place % 3)),
                ..at(place)
            };
            one.tracks().add(conn, track, weight).unwrap();
            two.tracks().add(conn, track, at(-place)).unwrap();
        }
        let query = || one.tracks().query();
        let heavy = query().filter(entry::WEIGHT.ge(10)).all(conn).unwrap();
        assert_eq!(
            titles(heavy),
            ["Ash", "Bell", "Dune"],
            "its own links, not those of the other"
        );
        let both = query()
            .filter(entry::WEIGHT.ge(10))
            .filter(track::TITLE.ne("Bell"));
        assert_eq!(titles(both.all(conn).unwrap()), ["Ash", "Dune"]);
        let none = query().filter(entry::WEIGHT.eq(0).or(entry::POSITION.gt(3)).not());
        assert_eq!(titles(none.all(conn).unwrap()), ["Ash", "Bell"]);
        let text = query()
            .filter(raw("title > ?", ["B"]))
            .filter(entry::POSITION.lt(4));
        assert_eq!(titles(text.all(conn).unwrap()), ["Bell", "Cove"]);

        let sorted = query()
            .order_by(entry::WEIGHT.desc())
            .order_by(track::TITLE.desc());
        assert_eq!(
            titles(sorted.all(conn).unwrap()),
            ["Bell", "Dune", "Ash", "Cove"]
        );
        let sorted = two
            .tracks()
            .query()
            .order_by((entry::POSITION.asc(), entry::WEIGHT.asc()));
        assert_eq!(
            titles(sorted.all(conn).unwrap()),
            ["Dune", "Cove", "Bell", "Ash"]
        );

        let heavy = || query().filter(entry::WEIGHT.ge(10));
        assert_eq!(heavy().count(conn).unwrap(), 3);
        assert!(heavy().exists(conn).unwrap());
        assert_eq!(
            heavy().max(conn, track::TITLE).unwrap().as_deref(),
            Some("Dune")
        );
        assert_eq!(heavy().limit(1).offset(1).one(conn).unwrap().title, "Bell");
        let mut seen = Vec::new();
        let each = |track: Track| {
            seen.push(track.title);
            Ok(())
        };
        heavy().for_each(conn, each).unwrap();
        assert_eq!(seen, ["Ash", "Bell", "Dune"]);
        assert_eq!(heavy().update(conn, track::AT.set(5)).unwrap(), 3);
        assert_eq!(number(conn, "SELECT count(*) FROM tracks WHERE at = 5"), 3);
        assert_eq!(heavy().limit(1).delete(conn).unwrap(), 1);
        assert_eq!(
            titles(one.tracks().all(conn).unwrap()),
            ["Bell", "Cove", "Dune"]
        );

        let light = one.tracks().links().query().filter(entry::WEIGHT.lt(10));
        assert_eq!(light.all(conn).unwrap()[0].track_id, songs[2].id);
        assert_eq!(Entry::query().count(conn).unwrap(), 6, "all of the table");
        let light = one.tracks().links().query().filter(entry::WEIGHT.lt(10));
        assert_eq!(light.delete(conn).unwrap(), 1);
        assert_eq!(titles(one.tracks().all(conn).unwrap()), ["Bell", "Dune"]);
    });
}

#[test]
fn pages_go_on_behind_a_row_and_its_link() {
    on_payload(|conn| {
        let list = list(conn, "a");
        for place in 0..7 {
            let track = song(conn, &format!("t{place}"));
            let new = NewEntry {
                weight: Some(place / 2),
                remark: Some((place % 3 > 0).then(|| (place % 3).to_string())),
                ..at(place)
            };
            list.tracks().add(conn, &track, new).unwrap();
        }
        let query = || {
            let query = list.tracks().query().order_by(entry::REMARK.desc());
            query
                .order_by(entry::WEIGHT.asc())
                .order_by(track::TITLE.desc())
        };
        let all = titles(query().all(conn).unwrap());
        let mut expected = ["t2", "t5", "t1", "t4", "t0", "t3", "t6"];
        if !db::NULLS_FIRST {
            expected.rotate_left(4);
        }
        assert_eq!(all, expected);
        let links = list.tracks().with_links(conn).unwrap();
        let mut paged = Vec::new();
        let mut page = query().limit(2).all(conn).unwrap();
        while let Some(last) = page.last() {
            let (_, link) = links.iter().find(|(track, _)| track == last).unwrap();
            let next = query().limit(2).after(last, link).all(conn).unwrap();
            paged.extend(titles(page));
            page = next;
        }
        assert_eq!(paged, all);
    });
}

#[test]
fn conditions_ask_of_links() {
    on_payload(|conn| {
        let (one, two, ash) = (list(conn, "a"), list(conn, "b"), song(conn, "Ash"));
        one.tracks()
            .add(
                conn,
                &ash,
                NewEntry {
                    weight: Some(50),
                    ..at(1)
                },
            )
            .unwrap();
        two.tracks().add(conn, &ash, at(1)).unwrap();
        let heavy = || playlist::TRACKS.any_link(entry::WEIGHT.gt(10));
        let names = |filter| {
            let found = Playlist::query()
                .filter(filter)
                .order_by(playlist::NAME.asc());
            let found = found.all(conn).unwrap();
            found.into_iter().map(|it| it.name).collect::<Vec<_>>()
        };
        assert_eq!(names(heavy()), ["a"]);
        assert_eq!(names(heavy().not()), ["b"]);
        assert_eq!(
            names(
                playlist::TRACKS
                    .any(track::TITLE.eq("Ash"))
                    .and(heavy().not())
            ),
            ["b"]
        );
        assert_eq!(names(playlist::TRACKS.exists()), ["a", "b"]);
        let nested = playlist::TRACKS.any(track::PLAYLISTS.any_link(entry::WEIGHT.gt(10)));
        assert_eq!(names(nested), ["a", "b"]);
    });
}

#[test]
fn links_are_loaded_with_many_rows() {
    on_payload(|conn| {
        let (one, two, three) = (list(conn, "a"), list(conn, "b"), list(conn, "c"));
        let (ash, bell) = (song(conn, "Ash"), song(conn, "Bell"));
        one.tracks()
            .add_all(conn, [(&ash, at(2)), (&bell, at(1))])
            .unwrap();
        two.tracks()
            .add_all(conn, [(&ash, at(5)), (&bell, at(6))])
            .unwrap();
        let lists = || Playlist::query().order_by(playlist::ID.asc());
        let loaded: Vec<(Playlist, Vec<(Track, Entry)>)> =
            lists().with(playlist::TRACKS.links()).all(conn).unwrap();
        let shown = |links: &[(Track, Entry)]| {
            let each = |(track, link): &(Track, Entry)| (track.title.clone(), link.position);
            links.iter().map(each).collect::<Vec<_>>()
        };
        assert_eq!(shown(&loaded[0].1), [("Bell".into(), 1), ("Ash".into(), 2)]);
        assert_eq!(shown(&loaded[1].1), [("Ash".into(), 5), ("Bell".into(), 6)]);
        assert_eq!((loaded.len(), loaded[2].1.len()), (3, 0));

        let loaded = lists().with(playlist::TRACKS).all(conn).unwrap();
        assert_eq!(titles(loaded[0].1.clone()), ["Bell", "Ash"]);
        let loaded = lists().with(playlist::TRACKS.limit(1)).all(conn).unwrap();
        assert_eq!(titles(loaded[0].1.clone()), ["Bell"]);
        assert_eq!(titles(loaded[1].1.clone()), ["Ash"]);
        let loaded = lists()
            .with(playlist::TRACKS.links().limit(1))
            .all(conn)
            .unwrap();
        assert_eq!(shown(&loaded[1].1), [("Ash".into(), 5)]);

        let nested = playlist::TRACKS.links().with(track::PLAYLISTS);
        let loaded = lists().with(nested).all(conn).unwrap();
        let ((_, playlists), link) = &loaded[0].1[0];
        assert_eq!((playlists.len(), link.position), (2, 1));
        let shared = playlist::TRACKS
            .links()
            .shared()
            .load(conn, &[one, two, three])
            .unwrap();
        assert!(
            std::sync::Arc::ptr_eq(&shared[0][1].0, &shared[1][0].0),
            "Ash once"
        );
        assert_eq!((shared[0][1].1.position, shared[1][0].1.position), (2, 5));
    });
}

#[test]
fn a_unit_links_with_payload() {
    on_payload(|conn| {
        let stored = list(conn, "a");
        let (ash, bell) = (song(conn, "Ash"), song(conn, "Bell"));
        stored.tracks().add(conn, &bell, at(1)).unwrap();
        let mut work = UnitOfWork::new();
        let person = work.insert(NewPerson { name: "P".into() });
        let new = work.insert(NewPlaylist { name: "new".into() });
        let cove = work.insert(NewTrack {
            title: "Cove".into(),
            at: None,
        });
        let by = NewEntry {
            added_by: Some(person.into()),
            ..at(2)
        };
        work.link(playlist::TRACKS, new, [(cove, at(1))]);
        work.link(playlist::TRACKS, &stored, [(cove, by)]);
        work.link(
            playlist::TRACKS,
            stored.id,
            [(ash.id, at(3)), (bell.id, at(9))],
        );
        work.link(track::PLAYLISTS, &ash, [(new, at(4))]);
        work.unlink(playlist::TRACKS, &stored, [&ash]);
        work.link(playlist::FAVORITES, new, [(&ash, stars(5))]);
        let done = work.commit(conn).unwrap();
        let pairs = stored.tracks().with_links(conn).unwrap();
        assert_eq!(pairs.len(), 2);
        assert_eq!(
            (pairs[0].0.title.as_str(), pairs[0].1.position),
            ("Bell", 1)
        );
        assert_eq!(pairs[1].1.added_by, Some(done.key(person)));
        let new = Playlist::get(conn, done.key(new)).unwrap();
        assert_eq!(titles(new.tracks().all(conn).unwrap()), ["Cove", "Ash"]);
        let favorites: Vec<Favorite> = new.favorites().links().all(conn).unwrap();
        assert_eq!(favorites[0].stars, 5);

        let mut work = UnitOfWork::new();
        work.link(playlist::TRACKS, &stored, [(&ash, at(5))]);
        work.link(playlist::FAVORITES, &stored, [(&ash, stars(0))]);
        assert!(matches!(
            work.commit(conn),
            Err(Error::CheckViolation { .. })
        ));
        assert!(
            !stored.tracks().contains(conn, &ash).unwrap(),
            "all or none"
        );
        let pending = NewEntry {
            added_by: Some(
                UnitOfWork::new()
                    .insert(NewPerson { name: "x".into() })
                    .into(),
            ),
            ..at(9)
        };
        let outside = stored.tracks().add(conn, &ash, pending);
        assert!(matches!(outside, Err(Error::Pending { entity: "Person" })));
    });
}

#[test]
fn a_key_of_its_own_leaves_the_pair_unique() {
    on_payload(|conn| {
        let (list, ash) = (list(conn, "a"), song(conn, "Ash"));
        assert!(list.favorites().add(conn, &ash, stars(3)).unwrap());
        assert!(!ash.fans().add(conn, &list, stars(5)).unwrap());
        let [only] = &list.favorites().links().all(conn).unwrap()[..] else {
            panic!("one link");
        };
        assert_eq!((only.id, only.stars), (1, 3));
        let better = list.favorites().query().filter(favorite::ID.eq(1));
        assert_eq!(better.count(conn).unwrap(), 1);
        assert!(list.favorites().links().delete(conn, 1).unwrap());

        // Where the key is all that there is, links are plain.
        let tag = Tag::insert(conn, NewTag { word: "w".into() }).unwrap();
        assert!(list.tags().add(conn, &tag).unwrap());
        assert!(!tag.playlists().add(conn, &list).unwrap());
        list.tags().set(conn, [&tag]).unwrap();
        assert_eq!(number(conn, "SELECT count(*) FROM playlist_tag"), 1);
        assert_eq!(list.tags().add_all(conn, [&tag, &tag]).unwrap(), 0);
    });
}
