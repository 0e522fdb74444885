//! Each call is a future that a task of its own can run, on whatever thread: it is `Send`, and keeps nothing of its caller but
//! the connection and the rows.

use super::kinds::support::{self, raw};
use super::kinds::{
    Badge, Club, Desk, NewBadge, NewClub, NewDesk, NewPerson, NewPet, NewSong, NewVoice, Person,
    PersonPatch, Pet, Song, UnitOfWork, Voice, VoicePatch, club, create_tables, desk, drop_tables,
    person, pet, song, voice,
};
use crate::driver::{self, Conn};

tests! {
    calls_of_rows,
    calls_of_queries,
    calls_of_relationships_to_many,
    calls_of_links,
    calls_of_relationships_to_one,
    calls_of_loads,
    calls_of_many_statements,
}

/// Makes a call in a task of its own, which takes the connection with it and gives it back.
macro_rules! spawn {
    ($conn:ident: $call:expr) => {{
        let mut moved = $conn;
        let task = tokio::spawn(async move {
            let $conn = &mut moved;
            let result = $call.await;
            (moved, result)
        });
        let result;
        ($conn, result) = task.await.unwrap();
        result.unwrap()
    }};
}

/// Rows that tasks can refer to: they are kept until the tests end.
#[derive(Clone, Copy)]
pub struct Rows {
    pub ann: &'static Person,
    pub bob: &'static Person,
    pub club: &'static Club,
    pub other: &'static Club,
    pub song: &'static Song,
}

fn kept<T>(row: T) -> &'static T {
    Box::leak(Box::new(row))
}

pub fn new(name: &str) -> NewPerson {
    NewPerson {
        name: name.into(),
        age: None,
        boss_id: None,
    }
}

pub fn part(part: i16) -> NewVoice {
    NewVoice {
        part: Some(part),
        note: None,
    }
}

/// Makes the tables, and a few rows in them.
pub async fn open() -> (driver::Keep, Conn, Rows) {
    let (keep, mut conn) = driver::open().await;
    spawn!(conn: create_tables(conn));
    let title = |title: &str| NewClub {
        title: title.into(),
    };
    let [chess, rowing] = [title("chess"), title("rowing")];
    let rows = Rows {
        ann: kept(spawn!(conn: Person::insert(conn, new("Ann")))),
        bob: kept(spawn!(conn: Person::insert(conn, new("Bob")))),
        club: kept(spawn!(conn: Club::insert(conn, chess))),
        other: kept(spawn!(conn: Club::insert(conn, rowing))),
        song: kept(spawn!(conn: Song::insert(conn, NewSong { title: "Bell".into() }))),
    };
    (keep, conn, rows)
}

async fn calls_of_rows() {
    let (_keep, mut conn, Rows { ann, bob, .. }) = open().await;
    let names = ["Cid", "Dan", "Eve"];
    let keys = kept(spawn!(conn: Person::insert_many(conn, names.map(new))));
    let more = (0..40).map(|number| format!("more {number}"));
    let more = spawn!(conn: Person::insert_many(conn, more.map(|name| new(&name))));
    assert_eq!((keys.len(), more.len()), (3, 40));
    let cid = spawn!(conn: Person::get(conn, keys[0]));
    assert_eq!(cid.name, "Cid");
    let copy = cid.clone();
    spawn!(conn: copy.delete(conn));
    assert_eq!(spawn!(conn: Person::find(conn, keys[0])), None);
    let mut cid = kept(cid);
    spawn!(conn: Person::insert_row(conn, cid));
    let patch = PersonPatch {
        age: Some(Some(7)),
        ..PersonPatch::default()
    };
    cid = kept(spawn!(conn: cid.update(conn, patch)));
    assert_eq!(spawn!(conn: cid.save(conn)).age, Some(7));
    let again = spawn!(conn: Person::upsert_by_name(conn, new("Ann")));
    assert_eq!(again.id, ann.id);
    let desk = NewDesk {
        code: "a".into(),
        person_id: Some(bob.into()),
    };
    let desk = spawn!(conn: Desk::upsert_by_code(conn, desk));
    assert_eq!(spawn!(conn: Desk::get(conn, "a".into())), desk);
    spawn!(conn: drop_tables(conn));
    drop(conn);
}

async fn calls_of_queries() {
    let (_keep, mut conn, Rows { ann, bob, club, .. }) = open().await;
    spawn!(conn: ann.clubs().add(conn, club));
    let all = spawn!(conn: Person::query().order_by(person::NAME.desc()).all(conn));
    assert_eq!(all, [bob.clone(), ann.clone()]);
    let first = spawn!(conn: Person::query().order_by(person::NAME.asc()).first(conn));
    assert_eq!(first.as_ref(), Some(ann));
    let in_club = || Person::query().filter(person::CLUBS.any(club::TITLE.eq("chess")));
    assert_eq!(&spawn!(conn: in_club().one(conn)), ann);
    assert_eq!(spawn!(conn: in_club().count(conn)), 1);
    assert!(spawn!(conn: in_club().exists(conn)));
    assert_eq!(&spawn!(conn: in_club().for_update().one(conn)), ann);
    let behind = Person::query().after(ann).limit(1);
    assert_eq!(spawn!(conn: behind.all(conn)), [bob.clone()]);
    let offset = Person::query()
        .order_by(person::ID.asc())
        .limit(5)
        .offset(1);
    assert_eq!(spawn!(conn: offset.all(conn)), [bob.clone()]);
    assert_eq!(spawn!(conn: Person::query().sum(conn, person::AGE)), None);
    let ids = [ann.id, bob.id].map(Some);
    let least = spawn!(conn: Person::query().min(conn, person::ID));
    let greatest = spawn!(conn: Person::query().max(conn, person::ID));
    assert_eq!([least, greatest], ids);
    let mut names = Vec::new();
    let names = spawn!(conn: async {
        let each = Person::query().order_by(person::ID.asc());
        let each = each.for_each(conn, |person| {
            names.push(person.name);
            Ok(())
        });
        each.await.map(|()| names)
    });
    assert_eq!(names, ["Ann", "Bob"]);
    let some = || {
        let raw = raw("length(name) = ?", [3]);
        Person::query().filter(raw.and(person::NAME.in_(["Ann", "Cid"])))
    };
    assert_eq!(
        spawn!(conn: some().update(conn, person::AGE.set(Some(9)))),
        1
    );
    let ann = kept(spawn!(conn: Person::get(conn, ann.id)));
    assert_eq!(ann.age, Some(9));
    let paired = Person::query()
        .order_by(person::ID.asc())
        .with(person::CLUBS)
        .with(person::BOSS);
    assert_eq!(
        spawn!(conn: paired.all(conn))[0],
        (ann.clone(), vec![club.clone()], None)
    );
    let of_ann = || ann.clubs().query().filter(club::TITLE.starts_with("ch"));
    assert_eq!(spawn!(conn: of_ann().all(conn)), [club.clone()]);
    spawn!(conn: of_ann().delete(conn));
    assert_eq!(spawn!(conn: Club::query().count(conn)), 1);
    drop(conn);
}

async fn calls_of_relationships_to_many() {
    let (_keep, mut conn, rows) = open().await;
    let Rows { ann, bob, club, .. } = rows;
    let other = rows.other;
    assert!(spawn!(conn: ann.clubs().add(conn, club)));
    assert!(spawn!(conn: ann.clubs().contains(conn, club)));
    assert_eq!(spawn!(conn: ann.clubs().count(conn)), 1);
    let both = [club, other];
    assert_eq!(spawn!(conn: ann.clubs().add_all(conn, both)), 1);
    assert_eq!(spawn!(conn: ann.clubs().all(conn)), both.map(Clone::clone));
    assert!(spawn!(conn: ann.clubs().remove(conn, club)));
    let listed = kept(vec![club.clone()]);
    spawn!(conn: ann.clubs().set(conn, listed));
    spawn!(conn: club.people().set(conn, listed.iter().map(move |_| bob)));
    assert_eq!(spawn!(conn: ann.clubs().clear(conn)), 0);
    assert_eq!(spawn!(conn: club.people().clear(conn)), 1);

    spawn!(conn: ann.friends().add(conn, bob));
    spawn!(conn: bob.friends().set(conn, [ann]));
    assert_eq!(spawn!(conn: ann.friends().all(conn)), [bob.clone()]);
    spawn!(conn: bob.songs().add(conn, rows.song, part(1)));
    assert_eq!(spawn!(conn: ann.heard().all(conn)), [rows.song.clone()]);
    assert_eq!(spawn!(conn: ann.heard().query().count(conn)), 1);
    assert!(spawn!(conn: ann.heard().contains(conn, rows.song)));

    spawn!(conn: ann.team().set(conn, [bob]));
    assert_eq!(spawn!(conn: ann.team().count(conn)), 1);
    let bob = kept(spawn!(conn: Person::get(conn, bob.id)));
    assert!(spawn!(conn: ann.team().remove(conn, bob)));
    let bob = kept(spawn!(conn: Person::get(conn, bob.id)));
    spawn!(conn: ann.team().add_all(conn, [bob]));
    assert_eq!(spawn!(conn: ann.team().clear(conn)), 1);
    let new = |owner: &Person| NewPet {
        name: "Rex".into(),
        owner_id: owner.into(),
    };
    let rex = kept(spawn!(conn: Pet::insert(conn, new(ann))));
    assert!(spawn!(conn: bob.pets().add(conn, rex)));
    assert_eq!(spawn!(conn: bob.pets().query().count(conn)), 1);
    drop(conn);
}

async fn calls_of_links() {
    let (_keep, mut conn, Rows { ann, bob, song, .. }) = open().await;
    assert!(spawn!(conn: ann.songs().add(conn, song, part(2))));
    assert_eq!(
        spawn!(conn: bob.songs().add_all(conn, [(song, part(3))])),
        1
    );
    spawn!(conn: bob.songs().set(conn, [(song, part(4))]));
    let with_links = spawn!(conn: bob.songs().with_links(conn));
    assert_eq!((&with_links[0].0, with_links[0].1.part), (song, 3));
    let patch = VoicePatch {
        part: Some(5),
        note: None,
    };
    assert_eq!(
        spawn!(conn: bob.songs().links().update(conn, song, patch)),
        1
    );
    let links = spawn!(conn: bob.songs().links().all(conn));
    assert_eq!(links[0].part, 5);
    let high = || bob.songs().links().query().filter(voice::PART.gt(4));
    assert_eq!(spawn!(conn: high().count(conn)), 1);
    assert_eq!(spawn!(conn: high().update(conn, voice::PART.set(6))), 1);
    let through = || bob.songs().query().filter(voice::PART.eq(6));
    assert_eq!(spawn!(conn: through().all(conn)), [song.clone()]);
    assert_eq!(spawn!(conn: Voice::query().all(conn)).len(), 2);
    let key = (bob.id, song.id);
    assert!(spawn!(conn: bob.songs().links().delete(conn, key)));
    assert!(spawn!(conn: ann.songs().remove(conn, song)));
    drop(conn);
}

async fn calls_of_relationships_to_one() {
    let (_keep, mut conn, Rows { ann, bob, .. }) = open().await;
    let bob = kept(spawn!(conn: bob.boss().set(conn, Some(ann))));
    assert_eq!(
        spawn!(conn: bob.boss().get(conn)).map(|boss| boss.id),
        Some(ann.id)
    );
    let new = NewDesk {
        code: "a".into(),
        person_id: None,
    };
    let desk = kept(spawn!(conn: Desk::insert(conn, new)));
    assert!(spawn!(conn: ann.desk().set(conn, Some(desk))).is_some());
    assert_eq!(spawn!(conn: ann.desk().get(conn)).unwrap().code, "a");
    assert_eq!(spawn!(conn: bob.chief().get(conn)).unwrap().code, "a");
    spawn!(conn: desk.person().set(conn, Some(bob)));
    assert_eq!(
        spawn!(conn: desk.person().get(conn)),
        None,
        "as the row says"
    );
    let new = NewBadge {
        person_id: ann.into(),
    };
    let badge = kept(spawn!(conn: Badge::insert(conn, new)));
    let badge = kept(spawn!(conn: badge.person().set(conn, bob)));
    assert_eq!(spawn!(conn: badge.person().get(conn)).id, bob.id);
    assert_eq!(
        &spawn!(conn: ann.badge().set(conn, badge)).person_id,
        &ann.id
    );
    assert!(spawn!(conn: ann.badge().get(conn)).is_some());
    drop(conn);
}

async fn calls_of_loads() {
    let (_keep, mut conn, rows) = open().await;
    let Rows { ann, bob, song, .. } = rows;
    spawn!(conn: ann.clubs().set(conn, [rows.club, rows.other]));
    spawn!(conn: ann.songs().add(conn, song, part(1)));
    let people: &[Person] = kept([ann.clone(), bob.clone()]);
    let clubs = spawn!(conn: person::CLUBS.load(conn, people));
    assert_eq!(clubs, [vec![rows.club.clone(), rows.other.clone()], vec![]]);
    let limited = spawn!(conn: person::CLUBS.limit(1).load(conn, people));
    assert_eq!(limited[0], [rows.club.clone()]);
    let shared = spawn!(conn: person::CLUBS.shared().load(conn, people));
    assert_eq!(shared[0].len(), 2);
    let nested = person::CLUBS
        .with(club::PEOPLE.with(person::BOSS))
        .with(club::PEOPLE);
    let nested = spawn!(conn: nested.load(conn, people));
    assert_eq!(nested[0][0].1, [(ann.clone(), None)]);
    let links = spawn!(conn: person::SONGS.links().load(conn, people));
    assert_eq!((&links[0][0].0, links[0][0].1.part), (song, 1));
    let singers = song::SINGERS.links().with(person::DESK).limit(1).shared();
    let singers = spawn!(conn: singers.load(conn, std::slice::from_ref(song)));
    assert_eq!(singers[0].len(), 1);
    let read_only = spawn!(conn: person::HEARD.load(conn, people));
    assert_eq!(read_only, [[], []]);
    assert_eq!(spawn!(conn: person::CHIEF.load(conn, people)), [None, None]);
    let owners = Pet::query()
        .with(pet::OWNER)
        .with(pet::OWNER.with(person::PETS));
    assert_eq!(spawn!(conn: owners.all(conn)).len(), 0);
    let desks = Desk::query().with(desk::PERSON.with(person::BADGE));
    assert_eq!(spawn!(conn: desks.first(conn)), None);
    drop(conn);
}

async fn calls_of_many_statements() {
    let (
        _keep,
        mut conn,
        Rows {
            ann,
            bob,
            club,
            song,
            ..
        },
    ) = open().await;
    let mut work = UnitOfWork::new();
    let cid = work.insert(new("Cid"));
    let desk = work.insert(NewDesk {
        code: "c".into(),
        person_id: Some(cid.into()),
    });
    work.link(person::CLUBS, cid, [club]);
    work.link(person::SONGS, cid, [(song, part(2))]);
    work.unlink(person::CLUBS, ann, [club]);
    work.set(person::BOSS, cid, ann);
    work.set(person::DESK, bob, desk);
    let patch = PersonPatch {
        age: Some(Some(40)),
        ..PersonPatch::default()
    };
    work.update(ann, patch);
    work.insert_row(&Badge {
        number: 5,
        person_id: ann.id,
    });
    let done = spawn!(conn: work.commit(conn));
    let cid = kept(spawn!(conn: Person::get(conn, done.key(cid))));
    let mut work = UnitOfWork::new();
    work.delete(cid);
    spawn!(conn: work.commit(conn));
    let name = spawn!(conn: support::transaction(conn, move |conn| {
        Box::pin(async move {
            let dan = Person::insert(conn, new("Dan")).await?;
            bob.friends().add(conn, &dan).await?;
            Ok(dan.name)
        })
    }));
    assert_eq!(name, "Dan");
    let friends = spawn!(conn: support::retry(conn, move |conn| {
        Box::pin(async move { bob.friends().count(conn).await })
    }));
    assert_eq!(friends, 1);
    drop(conn);
}
