//! A secondary with payload, which SQLAlchemy maps as an association object.

use crate::db::Connection;
use serde_json::{Map, Value, json};

use crate::harness::{Outcome, pattern};
use models::{
    NewPerson, NewPlaylist, NewPlaylistTrack, NewTrack, Person, Playlist, PlaylistTrackPatch,
    Track, UnitOfWork, playlist, playlist_track, track,
};

pattern!("payload");

fn at(position: i32) -> NewPlaylistTrack {
    NewPlaylistTrack {
        position,
        weight: None,
        remark: None,
        added_by_id: None,
    }
}

fn fill(conn: &Connection) -> Outcome<()> {
    let mut work = UnitOfWork::new();
    let ada = work.insert(NewPerson { name: "Ada".into() });
    let [morning, night] =
        ["morning", "night"].map(|name| work.insert(NewPlaylist { name: name.into() }));
    let [ash, bell, _cove] = ["Ash", "Bell", "Cove"].map(|title| {
        work.insert(NewTrack {
            title: title.into(),
        })
    });
    let by_ada = NewPlaylistTrack {
        weight: Some(30),
        added_by_id: Some(ada.into()),
        ..at(2)
    };
    work.link(playlist::TRACKS, morning, [(bell, at(1)), (ash, by_ada)]);
    let softly = NewPlaylistTrack {
        remark: Some("softly".into()),
        ..at(1)
    };
    work.link(track::PLAYLISTS, ash, [(night, softly)]); // from the other side
    work.commit(conn)?;
    Ok(())
}

fn answers(conn: &Connection) -> Outcome<Value> {
    let [mut tracks_of, mut links_of, mut playlists_of] = [(); 3].map(|()| Map::new());
    let query = Playlist::query()
        .with(playlist::TRACKS)
        .with(playlist::TRACKS.links());
    for (playlist, tracks, links) in query.all(conn)? {
        let titles = tracks.into_iter().map(|track| track.title);
        tracks_of.insert(playlist.name.clone(), titles.collect());
        let mut rows = Vec::new();
        for (track, link) in links {
            let added_by = link.added_by_id.map(|key| Person::get(conn, key));
            let added_by = added_by.transpose()?.map(|person| person.name);
            rows.push(json!([
                track.title,
                link.position,
                link.weight,
                link.remark,
                added_by
            ]));
        }
        links_of.insert(playlist.name, json!(rows));
    }
    for (track, playlists) in Track::query().with(track::PLAYLISTS).all(conn)? {
        let names = playlists.into_iter().map(|playlist| playlist.name);
        playlists_of.insert(track.title, names.collect());
    }
    let heavy = playlist::TRACKS.any_link(playlist_track::WEIGHT.gt(10));
    let heavy = Playlist::query().filter(heavy).all(conn)?;
    Ok(json!({
        "tracks": tracks_of,
        "playlists": playlists_of,
        "links": links_of,
        "heavy": heavy.into_iter().map(|playlist| playlist.name).collect::<Vec<_>>(),
    }))
}

fn before() -> Value {
    json!({
        "tracks": { "morning": ["Bell", "Ash"], "night": ["Ash"] },
        "playlists": { "Ash": ["morning", "night"], "Bell": ["morning"], "Cove": [] },
        "links": {
            "morning": [["Bell", 1, 10, null, null], ["Ash", 2, 30, null, "Ada"]],
            "night": [["Ash", 1, 10, "softly", null]],
        },
        "heavy": ["morning"],
    })
}

fn change(conn: &Connection) -> Outcome<()> {
    let playlist = |name: &str| Playlist::query().filter(playlist::NAME.eq(name)).one(conn);
    let track = |title: &str| Track::query().filter(track::TITLE.eq(title)).one(conn);
    let (morning, night) = (playlist("morning")?, playlist("night")?);
    let (ash, bell, cove) = (track("Ash")?, track("Bell")?, track("Cove")?);
    assert!(night.tracks().add(conn, &cove, at(0))?);
    assert!(!cove.playlists().add(conn, &night, at(9))?); // what is stored stays
    let louder = PlaylistTrackPatch {
        weight: Some(20),
        remark: Some(None),
        ..Default::default()
    };
    night.tracks().links().update(conn, &ash, louder)?;
    // Ash stays, with what its link had; Bell goes.
    let links = [(&cove, at(1)), (&ash, at(9))];
    morning.tracks().set(conn, links)?;
    Person::query().delete(conn)?; // and the links that they added stay
    assert_eq!(bell.playlists().count(conn)?, 0);
    Ok(())
}

fn after() -> Value {
    json!({
        "tracks": { "morning": ["Cove", "Ash"], "night": ["Cove", "Ash"] },
        "playlists": { "Ash": ["morning", "night"], "Bell": [], "Cove": ["morning", "night"] },
        "links": {
            "morning": [["Cove", 1, 10, null, null], ["Ash", 2, 30, null, null]],
            "night": [["Cove", 0, 10, null, null], ["Ash", 1, 20, null, null]],
        },
        "heavy": ["morning", "night"],
    })
}
