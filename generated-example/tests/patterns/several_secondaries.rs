//! Several secondaries between the same two entities.

use crate::db::Connection;
use serde_json::{Map, Value, json};

use crate::harness::{Outcome, pattern};
use models::{NewPerson, NewSong, Person, Song, UnitOfWork, person, song};

pattern!("several_secondaries");

fn fill(conn: &Connection) -> Outcome<()> {
    let mut work = UnitOfWork::new();
    let [ada, bo] = ["Ada", "Bo"].map(|name| work.insert(NewPerson { name: name.into() }));
    let [ash, bell] = ["Ash", "Bell"].map(|title| {
        work.insert(NewSong {
            title: title.into(),
        })
    });
    work.link(song::WRITERS, ash, [ada]);
    work.link(song::SINGERS, ash, [ada, bo]);
    work.link(song::GUESTS, ash, [bo]);
    work.link(song::WRITERS, bell, [ada, bo]);
    work.link(person::SUNG, bo, [bell]);
    work.commit(conn)?;
    Ok(())
}

fn answers(conn: &Connection) -> Outcome<Value> {
    let [mut writers_of, mut singers_of, mut guests_of] = [(); 3].map(|()| Map::new());
    let names = |people: Vec<Person>| people.into_iter().map(|person| person.name);
    let query = Song::query().with(song::WRITERS).with(song::SINGERS);
    for (song, writers, singers, guests) in query.with(song::GUESTS).all(conn)? {
        writers_of.insert(song.title.clone(), names(writers).collect());
        singers_of.insert(song.title.clone(), names(singers).collect());
        guests_of.insert(song.title, names(guests).collect());
    }
    let [mut written_by, mut sung_by] = [(); 2].map(|()| Map::new());
    let titles = |songs: Vec<Song>| songs.into_iter().map(|song| song.title);
    for person in Person::query().all(conn)? {
        let written = titles(person.written().all(conn)?).collect();
        written_by.insert(person.name.clone(), written);
        let sung = titles(person.sung().all(conn)?).collect();
        sung_by.insert(person.name, sung);
    }
    Ok(json!({
        "writers": writers_of,
        "singers": singers_of,
        "guests": guests_of,
        "written": written_by,
        "sung": sung_by,
    }))
}

fn before() -> Value {
    json!({
        "writers": { "Ash": ["Ada"], "Bell": ["Ada", "Bo"] },
        "singers": { "Ash": ["Ada", "Bo"], "Bell": ["Bo"] },
        "guests": { "Ash": ["Bo"], "Bell": [] },
        "written": { "Ada": ["Ash", "Bell"], "Bo": ["Bell"] },
        "sung": { "Ada": ["Ash"], "Bo": ["Ash", "Bell"] },
    })
}

fn change(conn: &Connection) -> Outcome<()> {
    let song = |title: &str| Song::query().filter(song::TITLE.eq(title)).one(conn);
    let person = |name: &str| Person::query().filter(person::NAME.eq(name)).one(conn);
    let (ada, bo) = (person("Ada")?, person("Bo")?);
    song("Ash")?.writers().set(conn, [&bo])?;
    ada.sung().clear(conn)?;
    song("Bell")?.singers().add(conn, &ada)?;
    song("Bell")?.guests().add_all(conn, [&ada, &bo])?;
    Ok(())
}

fn after() -> Value {
    json!({
        "writers": { "Ash": ["Bo"], "Bell": ["Ada", "Bo"] },
        "singers": { "Ash": ["Bo"], "Bell": ["Ada", "Bo"] },
        "guests": { "Ash": ["Bo"], "Bell": ["Ada", "Bo"] },
        "written": { "Ada": ["Bell"], "Bo": ["Ash", "Bell"] },
        "sung": { "Ada": ["Bell"], "Bo": ["Ash", "Bell"] },
    })
}
