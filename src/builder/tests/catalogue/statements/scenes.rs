//! What is done on each database, each with the spec that it is done with.

mod keys;

pub(super) use keys::OWN;
use keys::{PLACES, composite_keys, overlapping_keys, own, places, through, versions};

use super::databases::Value;
use super::scene::{NO, Scene, keys, values};

/// Does something.
type Act = fn(&mut Scene<'_>);

/// A spec and what is done with it.
pub(super) const SCENES: &[(&str, Act)] = &[
    ("school", school),
    ("pattern_friends", friends),
    ("payload", payload),
    ("composite_keys", composite_keys),
    ("versions", versions),
    ("overlapping_keys", overlapping_keys),
    ("through", through),
    ("shared_ends", shared_ends),
    (OWN, own),
    (PLACES, places),
];

fn school(s: &mut Scene<'_>) {
    let (student, course) = (s.rows("Student"), s.rows("Course"));
    s.ordered("insert", &student.insert, &values!["Ada's \"é😀\""]);
    let names = ["Bob", "Cid \\ ?1;\n", ""];
    let rows: Vec<_> = names.iter().map(|name| values![*name]).collect();
    s.insert_many("insert_many", &student, &rows);
    let titles = ["Math", "Art", "Law", "Gym"];
    let rows: Vec<_> = titles.iter().map(|name| values![*name]).collect();
    s.insert_many("insert_many", &course, &rows);
    s.unordered("select", &student.select, &[]);
    let numbers = (0..300).map(|number| values![&*format!("{:03}", number * 7 % 300)]);
    s.insert_many("insert_many", &course, &numbers.collect::<Vec<_>>());
    s.ordered(
        "in the order of rows",
        "SELECT title FROM courses WHERE id > 4 ORDER BY id",
        &[],
    );
    s.given("DELETE FROM courses WHERE id > 4");
    s.ordered("update", &student.update, &values![2, "Bo"]);
    s.ordered(
        "update nothing",
        &student.update,
        &[values![2], vec![NO]].concat(),
    );
    s.ordered("update nobody", &student.update, &values![99, "Bo"]);
    s.ordered("save", &student.save, &values![2, "Bob"]);

    let courses = s.many("Student.courses");
    s.add("add", &courses, &values![1, 2]);
    s.add("add again", &courses, &values![1, 2]);
    s.add("add what is gone!", &courses, &values![1, 99]);
    s.add_all("add_all", &courses, &[1.into(), keys(&[2, 3, 3, 1])]);
    s.add_all(
        "add_all what is gone!",
        &courses,
        &[1.into(), keys(&[4, 99])],
    );
    s.add_many(
        "add_many",
        &courses,
        &[values![2, 4], values![2, 4], values![1, 2], values![3, 1]],
    );
    s.ordered("count", &courses.count, &values![1]);
    s.ordered("contains", &courses.contains, &values![1, 3]);
    s.ordered("contains not", &courses.contains, &values![1, 4]);
    s.unordered("load", &courses.read.load, &[keys(&[3, 1, 4, 1])]);
    s.unordered("load none", &courses.read.load, &[keys::<i64>(&[])]);
    s.ordered(
        "limited",
        &courses.load_limited,
        &[keys(&[3, 1, 1]), 2.into()],
    );
    s.set("set", &courses, &[1.into(), keys(&[3, 4, 4])]);
    s.ordered("all", &courses.all, &values![1]);
    s.set("set what is gone!", &courses, &[1.into(), keys(&[99])]);
    s.ordered("all", &courses.all, &values![1]);
    s.set("set none", &courses, &[1.into(), keys::<i64>(&[])]);
    s.ordered("all", &courses.all, &values![1]);
    let remove = courses.remove.expect("it is removable");
    s.changes("remove", &remove.remove, &values![2, 4]);
    s.changes("clear", &remove.clear, &values![3]);
    s.changes("delete", &student.delete, &values![3]);
}

fn friends(s: &mut Scene<'_>) {
    let person = s.rows("Person");
    let rows: Vec<_> = ["a", "b", "c", "d"]
        .iter()
        .map(|name| values![*name])
        .collect();
    s.insert_many("insert_many", &person, &rows);
    let friends = s.many("Person.friends");
    s.add("add", &friends, &values![2, 1]);
    s.add("add again", &friends, &values![1, 2]);
    s.add("add oneself!", &friends, &values![1, 1]);
    s.add_all("add_all", &friends, &[3.into(), keys(&[1, 2, 4, 1])]);
    s.ordered("load", &friends.read.load, &[keys(&[1, 2, 3, 4])]);
    s.ordered("limited", &friends.load_limited, &[keys(&[3, 1]), 2.into()]);
    s.set("set", &friends, &[3.into(), keys(&[4])]);
    s.set("set", &friends, &[1.into(), keys(&[4, 3])]);
    s.ordered("load", &friends.read.load, &[keys(&[1, 2, 3, 4])]);
    s.add_many(
        "add_many",
        &friends,
        &[values![2, 1], values![1, 2], values![4, 2]],
    );
    s.ordered("all", &friends.all, &values![2]);
    s.ordered("contains", &friends.contains, &values![1, 2]);
    let any = format!(
        "SELECT id FROM people WHERE {}name = 'b'))",
        friends.read.any
    );
    s.unordered("any", &any, &[]);
    let person_by_name = &person.upserts[0];
    s.ordered("upsert", &person_by_name.sql, &values!["a"]);
    // It has a number that depends on what was counted and not used.
    s.changes("upsert", &person_by_name.sql, &values!["e"]);
}

fn payload(s: &mut Scene<'_>) {
    s.given(
        "INSERT INTO playlists (id, name) VALUES (1, 'p'), (2, 'q');
         INSERT INTO tracks (id, title) VALUES (1, 'a'), (2, 'b'), (3, 'c');
         INSERT INTO tags (word) VALUES ('x'), ('it''s'), ('z')",
    );
    let tracks = s.many("Playlist.tracks");
    let entry = |playlist: i64, track: i64, place: i64, remark: Option<&str>| {
        let mut all = values![playlist, track, place];
        all.extend([NO, Value::Flag(remark.is_some())]);
        all.push(remark.map_or(NO, Value::from));
        all.extend([NO, NO, NO]);
        all
    };
    s.add("add", &tracks, &entry(1, 3, 1, None));
    s.add("add again", &tracks, &entry(1, 3, 7, None));
    s.add(
        "add at a place that is taken!",
        &tracks,
        &entry(1, 2, 1, None),
    );
    s.add_many(
        "add_many",
        &tracks,
        &[entry(1, 2, 2, Some("r")), entry(2, 1, 1, None)],
    );
    let stored = "SELECT playlist_id, track_id, position, weight, remark FROM playlist_track";
    s.unordered("links", stored, &[]);
    let links = s.links("Playlist.tracks");
    let mut patch = values![1, 2];
    patch.extend([9.into(), NO, true.into(), NO, false.into(), NO, NO, NO]);
    s.changes("update", &links.update, &patch);
    s.changes(
        "update",
        &links.update,
        &[values![1, 1], patch[2..].to_vec()].concat(),
    );
    s.unordered("links", stored, &[]);
    s.ordered("load", &tracks.read.load, &[keys(&[2, 1])]);
    s.ordered("limited", &tracks.load_limited, &[keys(&[2, 1]), 1.into()]);

    // A pair may be linked several times, and a key in a list may lack what has a default.
    let plays = s.many("Playlist.plays");
    let play = |track: i64, at: Value| vec![1.into(), track.into(), at, false.into()];
    let loud = |row: Vec<Value>| [row[..3].to_vec(), vec![NO]].concat();
    for (track, at) in [(1, 5.into()), (2, NO), (1, 3.into()), (1, 5.into())] {
        s.add("play", &plays, &loud(play(track, at)));
    }
    s.ordered("plays", &plays.all, &values![1]);
    s.ordered("load plays", &plays.read.load, &[keys(&[1, 2, 1])]);
    s.ordered(
        "limited plays",
        &plays.load_limited,
        &[keys(&[1]), 1.into()],
    );
    s.ordered("count", &plays.count, &values![1]);
    let links = s.links("Playlist.plays");
    s.ordered("links", &links.load_limited, &[keys(&[2, 1]), 2.into()]);
    let retain = plays.remove.expect("it is removable").retain;
    let kept = Value::Keys(vec![values![1, 3], vec![2.into(), NO]]);
    s.changes("retain", &retain, &[1.into(), kept]);
    s.ordered("plays", &links.all, &values![1]);

    let marks = s.many("Playlist.marks");
    let mark = |track: i64, rank: i64, place: i64| values![1, track, rank, place];
    s.add_many(
        "mark",
        &marks,
        &[mark(1, 3, 1), mark(2, 1, 1), mark(1, 1, 2), mark(2, 1, 1)],
    );
    s.ordered("load marks", &marks.read.load, &[keys(&[1])]);
    s.ordered("marks", &marks.all, &values![1]);
    s.ordered(
        "limited marks",
        &marks.load_limited,
        &[keys(&[1, 1]), 1.into()],
    );
    let retain = marks.remove.expect("it is removable").retain;
    s.changes("retain marks", &retain, &[1.into(), keys(&[1])]);

    let tags = s.many("Playlist.tags");
    s.add_all("tags", &tags, &[1.into(), keys(&["x", "it's"])]);
    s.set("tags", &tags, &[1.into(), keys(&["it's", "z", "z"])]);
    s.ordered("tags", &tags.all, &values![1]);
    // Another key than that of the link is no reason to say nothing.
    let slots = s.many("Playlist.slots");
    s.add("slot", &slots, &values![1, 1]);
    s.add("slot again", &slots, &values![1, 1]);
    s.add("slot that is taken!", &slots, &values![2, 1]);
    s.add_all("slots", &slots, &[1.into(), keys(&[1, 2])]);
    s.add_all("slots that are taken!", &slots, &[2.into(), keys(&[3, 2])]);
    s.set("slots", &slots, &[1.into(), keys(&[3])]);
    s.ordered("slots", &slots.all, &values![1]);
}

fn shared_ends(s: &mut Scene<'_>) {
    s.given("INSERT INTO rooms VALUES (1, 1), (1, 2), (1, 3), (2, 1)");
    let near = s.many("Room.near");
    let rooms = |rooms: &[(i64, i64)]| {
        let rooms = rooms.iter().map(|(house, number)| values![*house, *number]);
        [values![1, 1], vec![Value::Keys(rooms.collect())]].concat()
    };
    s.add("add", &near, &values![1, 1, 1, 2]);
    s.add("add in another house!", &near, &values![1, 1, 2, 1]);
    s.add_all("add_all", &near, &rooms(&[(1, 2), (1, 3), (1, 3)]));
    s.add_all("add_all in another house!", &near, &rooms(&[(2, 1)]));
    s.set("set", &near, &rooms(&[(1, 3)]));
    s.ordered("all", &near.all, &values![1, 1]);
}
