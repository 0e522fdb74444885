//! Pairs that are linked several times.

use crate::db;
use crate::number;
use crate::payload::models::{
    self, Error, NewMark, NewPlay, NewTake, Play, PlayPatch, Playlist, Take, Track, UnitOfWork,
    mark, play, playlist, track,
};
use crate::payload::{list, on_payload, song};

fn at(at: i32) -> NewPlay {
    NewPlay {
        at: Some(at),
        loud: None,
    }
}

fn new_take() -> NewTake {
    NewTake::default()
}

fn shown(plays: &[Play]) -> Vec<(i32, i32)> {
    plays.iter().map(|play| (play.track_id, play.at)).collect()
}

#[test]
fn add_is_idempotent_on_the_whole_key() {
    on_payload(|conn| {
        let (list, ash) = (list(conn, "a"), song(conn, "Ash"));
        assert!(list.plays().add(conn, &ash, at(1)).unwrap());
        assert!(list.plays().add(conn, &ash, at(2)).unwrap());
        let loud = NewPlay {
            loud: Some(true),
            ..at(2)
        };
        assert!(!ash.played_in().add(conn, &list, loud).unwrap());
        assert!(list.plays().add(conn, &ash, NewPlay::default()).unwrap());
        assert!(
            !list.plays().add(conn, &ash, at(0)).unwrap(),
            "0 is the default"
        );
        let links = list.plays().links().all(conn).unwrap();
        assert_eq!(shown(&links), [(ash.id, 0), (ash.id, 1), (ash.id, 2)]);
        assert!(links.iter().all(|link| !link.loud));
        // Where nothing tells two links apart, each is another one.
        assert!(list.takes().add(conn, &ash, new_take()).unwrap());
        assert!(list.takes().add(conn, &ash, new_take()).unwrap());
        let takes: Vec<Take> = list.takes().links().all(conn).unwrap();
        assert_ne!(takes[0].id, takes[1].id);
    });
}

#[test]
fn a_target_comes_once_at_the_place_of_its_first_link() {
    on_payload(|conn| {
        let (one, two) = (list(conn, "a"), list(conn, "b"));
        let (ash, bell) = (song(conn, "Ash"), song(conn, "Bell"));
        for (track, place) in [(&ash, 2), (&bell, 1), (&ash, 0), (&bell, 9)] {
            one.plays().add(conn, track, at(place)).unwrap();
        }
        two.plays().add(conn, &bell, at(4)).unwrap();
        let both = [ash.clone(), bell.clone()];
        let tracks = one.plays();
        assert_eq!(tracks.all(conn).unwrap(), both);
        assert_eq!(tracks.count(conn).unwrap(), 2);
        assert!(tracks.contains(conn, &bell).unwrap());
        assert_eq!(tracks.query().all(conn).unwrap(), both);
        assert_eq!(tracks.query().count(conn).unwrap(), 2);
        let last_first = tracks.query().order_by(play::AT.desc());
        assert_eq!(last_first.all(conn).unwrap(), [bell.clone(), ash.clone()]);
        let late = tracks.query().filter(play::AT.gt(1));
        assert_eq!(late.all(conn).unwrap(), both);
        let pairs = tracks.with_links(conn).unwrap();
        let places: Vec<i32> = pairs.iter().map(|(_, link)| link.at).collect();
        assert_eq!(places, [0, 1, 2, 9], "with links, as often as it is linked");

        let lists = [one.clone(), two.clone()];
        let loaded = playlist::PLAYS.load(conn, &lists).unwrap();
        assert_eq!(loaded, [both.to_vec(), vec![bell.clone()]]);
        let loaded = playlist::PLAYS.limit(1).load(conn, &lists).unwrap();
        assert_eq!(loaded, [vec![ash.clone()], vec![bell.clone()]]);
        let loaded = playlist::PLAYS.shared().load(conn, &lists).unwrap();
        assert!(std::sync::Arc::ptr_eq(&loaded[0][1], &loaded[1][0]));
        let loaded = playlist::PLAYS.links().limit(3).load(conn, &lists).unwrap();
        let places: Vec<i32> = loaded[0].iter().map(|(_, link)| link.at).collect();
        assert_eq!(places, [0, 1, 2]);
        // Without an order, by the key of the target.
        two.takes()
            .add_all(
                conn,
                [(&bell, new_take()), (&ash, new_take()), (&bell, new_take())],
            )
            .unwrap();
        assert_eq!(two.takes().all(conn).unwrap(), both);
        assert_eq!(playlist::TAKES.load(conn, &lists).unwrap()[1], both);
        let played = Playlist::query().filter(playlist::PLAYS.any(track::TITLE.eq("Bell")));
        assert_eq!(played.count(conn).unwrap(), 2);
    });
}

#[test]
fn all_links_of_a_pair_go_or_one_of_them() {
    on_payload(|conn| {
        let (list, ash, bell) = (list(conn, "a"), song(conn, "Ash"), song(conn, "Bell"));
        let given = [(&ash, at(1)), (&ash, at(2)), (&bell, at(3)), (&ash, at(4))];
        assert_eq!(list.plays().add_all(conn, given).unwrap(), 4);
        let loud = PlayPatch { loud: Some(true) };
        assert_eq!(list.plays().links().update(conn, &ash, loud).unwrap(), 3);
        assert_eq!(number(conn, "SELECT count(*) FROM play WHERE loud"), 3);
        assert!(
            list.plays()
                .links()
                .delete(conn, (list.id, ash.id, 2))
                .unwrap()
        );
        assert_eq!(list.plays().links().query().count(conn).unwrap(), 3);
        assert!(list.plays().remove(conn, &ash).unwrap());
        assert!(!list.plays().remove(conn, &ash).unwrap());
        assert_eq!(
            shown(&list.plays().links().all(conn).unwrap()),
            [(bell.id, 3)]
        );
        assert_eq!(list.plays().clear(conn).unwrap(), 1);
    });
}

#[test]
fn set_makes_exactly_these_links() {
    on_payload(|conn| {
        let (list, ash, bell) = (list(conn, "a"), song(conn, "Ash"), song(conn, "Bell"));
        let loud = |place| NewPlay {
            loud: Some(true),
            ..at(place)
        };
        list.plays()
            .add_all(conn, [(&ash, loud(1)), (&ash, loud(2)), (&bell, loud(1))])
            .unwrap();
        list.plays()
            .set(
                conn,
                [(&ash, at(2)), (&ash, at(3)), (&ash, NewPlay::default())],
            )
            .unwrap();
        let links = list.plays().links().all(conn).unwrap();
        assert_eq!(shown(&links), [(ash.id, 0), (ash.id, 2), (ash.id, 3)]);
        let kept: Vec<bool> = links.iter().map(|link| link.loud).collect();
        assert_eq!(kept, [false, true, false], "what stays keeps its payload");
        list.plays()
            .set(conn, [(&ash, NewPlay::default())])
            .unwrap();
        let links = list.plays().links().all(conn).unwrap();
        assert_eq!(shown(&links), [(ash.id, 0)], "a default is a value");
        list.plays().set(conn, []).unwrap();
        assert_eq!(list.plays().count(conn).unwrap(), 0);

        let other = crate::payload::list(conn, "b");
        other.takes().add(conn, &bell, new_take()).unwrap();
        for _ in 0..2 {
            list.takes()
                .set(conn, [(&ash, new_take()), (&ash, new_take())])
                .unwrap();
            assert_eq!(list.takes().links().all(conn).unwrap().len(), 2);
        }
        assert_eq!(number(conn, "SELECT count(*) FROM take"), 3);
    });
}

#[test]
fn a_unit_links_a_pair_several_times() {
    on_payload(|conn| {
        let (list, ash) = (list(conn, "a"), song(conn, "Ash"));
        let mut work = UnitOfWork::new();
        work.link(
            playlist::PLAYS,
            &list,
            [(&ash, at(1)), (&ash, at(2)), (&ash, at(1))],
        );
        work.link(
            playlist::TAKES,
            &list,
            [(&ash, new_take()), (&ash, new_take())],
        );
        work.commit(conn).unwrap();
        assert_eq!(list.plays().links().all(conn).unwrap().len(), 2);
        assert_eq!(list.takes().links().all(conn).unwrap().len(), 2);
        let mut work = UnitOfWork::new();
        work.unlink(playlist::PLAYS, &list, [&ash]);
        work.commit(conn).unwrap();
        assert_eq!(list.plays().count(conn).unwrap(), 0);
        let gone: Track = song(conn, "gone");
        gone.clone().delete(conn).unwrap();
        let refused: Result<bool, models::Error> = list.takes().add(conn, &gone, new_take());
        assert!(matches!(refused, Err(Error::ForeignKeyViolation { .. })));
    });
}

#[test]
fn the_first_link_is_one_link() {
    on_payload(|conn| {
        let list = list(conn, "a");
        let [x, y, z] = ["x", "y", "z"].map(|title| song(conn, title));
        let new = |rank, place| NewMark { rank, place };
        // Neither rank nor place decides alone, and nothing comes before every number, or behind.
        let given = [
            (&x, new(Some(2), Some(9))),
            (&x, new(Some(1), Some(1))),
            (&y, new(Some(1), Some(5))),
            (&z, new(Some(9), Some(0))),
            (&z, new(None, None)),
        ];
        list.marks().add_all(conn, given).unwrap();
        let mut order = [z.clone(), y.clone(), x.clone()];
        if !db::NULLS_FIRST {
            order.rotate_left(1);
        }
        let marks = list.marks();
        assert_eq!(marks.all(conn).unwrap(), order);
        assert_eq!(marks.query().all(conn).unwrap(), order);
        let pairs = marks.with_links(conn).unwrap();
        let each: Vec<&Track> = pairs.iter().map(|(track, _)| track).collect();
        let [x, y, z] = [&x, &y, &z];
        let mut expected = [z, y, x, x, z];
        if !db::NULLS_FIRST {
            expected.rotate_left(1);
        }
        assert_eq!(each, expected);
        assert_eq!(
            playlist::MARKS.load(conn, &[list.clone()]).unwrap(),
            [order.to_vec()]
        );
        let two = playlist::MARKS
            .limit(2)
            .load(conn, &[list.clone()])
            .unwrap();
        assert_eq!(two, [order[..2].to_vec()]);

        let query = || {
            marks
                .query()
                .order_by((mark::RANK.asc(), mark::PLACE.desc()))
        };
        let mut paged = Vec::new();
        let mut page = query().limit(1).all(conn).unwrap();
        while let Some(row) = page.pop() {
            let (_, link) = pairs.iter().find(|(track, _)| *track == row).unwrap();
            page = query().limit(1).after(&row, link).all(conn).unwrap();
            paged.push(row);
            assert!(paged.len() < 5, "{paged:?}");
        }
        assert_eq!(paged, order);
    });
}

#[test]
fn an_end_can_be_the_key() {
    on_payload(|conn| {
        let (one, two, ash) = (list(conn, "a"), list(conn, "b"), song(conn, "Ash"));
        assert!(one.slots().add(conn, &ash).unwrap());
        assert!(!one.slots().add(conn, &ash).unwrap());
        assert_eq!(ash.slots().add_all(conn, [&one]).unwrap(), 0);
        let taken = two.slots().add(conn, &ash);
        assert!(matches!(taken, Err(Error::UniqueViolation { .. })));
        ash.slots().set(conn, [&two]).unwrap();
        assert_eq!(two.slots().all(conn).unwrap(), [ash]);
    });
}
