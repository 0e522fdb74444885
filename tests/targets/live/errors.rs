//! Every error that a call can give for itself, with what each database says of it. Those of other transactions are in
//! `conflicts.rs`; what a column cannot hold is in `round_trip.rs`.

use super::Database;
use super::kinds::{
    Badge, Club, Desk, Error, NewBadge, NewClub, NewDesk, NewPerson, NewPet, Person, PersonPatch,
    Pet, UnitOfWork, club, create_tables, person,
};
use crate::driver::{self, Conn};
use crate::tests_on::DATABASE;

tests! {
    who_has_the_key_is_told,
    what_refers_and_what_is_referred_to_stay,
    checks_are_named,
    columns_that_need_a_value_are_named,
    what_is_not_there_is_not_found,
    old_copies_are_stale,
    what_does_not_fit_is_told_by_column_and_key,
    pending_rows_have_no_key,
    other_errors_are_the_drivers,
}

pub fn new(name: &str) -> NewPerson {
    NewPerson {
        name: name.into(),
        age: None,
        boss_id: None,
    }
}

fn pet(owner: &Person) -> NewPet {
    NewPet {
        name: "Rex".into(),
        owner_id: owner.into(),
    }
}

pub async fn open() -> (driver::Keep, Conn, Person, Person) {
    let (keep, mut conn) = driver::open().await;
    create_tables(&mut conn).await.unwrap();
    let ann = Person::insert(&mut conn, new("Ann")).await.unwrap();
    let bob = Person::insert(&mut conn, new("Bob")).await.unwrap();
    (keep, conn, ann, bob)
}

/// Asserts that a row has the same key as another one: `column`, which `constraint` is about.
fn is_there<T: std::fmt::Debug>(result: Result<T, Error>, column: &str, constraint: &str) {
    let Err(Error::UniqueViolation {
        columns,
        constraint: told,
        ..
    }) = &result
    else {
        panic!("{result:?}");
    };
    let (column, constraint) = ([column.to_owned()], Some(constraint));
    match DATABASE {
        Database::Sqlite => assert_eq!((&columns[..], told.as_deref()), (&column[..], None)),
        Database::Postgres => {
            assert_eq!((&columns[..], told.as_deref()), (&column[..], constraint))
        }
        Database::Mysql => assert_eq!((&columns[..], told.as_deref()), (&[][..], constraint)),
    }
    let words = result.unwrap_err().to_string();
    assert!(words.starts_with("a row with the same "), "{words}");
}

async fn who_has_the_key_is_told() {
    let (_keep, mut conn, ann, bob) = open().await;
    let conn = &mut conn;
    let (key, name) = ("people.id", "people.name");
    let of_key = if DATABASE == Database::Mysql {
        "PRIMARY"
    } else {
        "pk_people"
    };
    is_there(Person::insert_row(conn, &ann).await, key, of_key);
    is_there(
        Person::insert(conn, new("Bob")).await,
        name,
        "uq_people_name",
    );
    let many = ["Cid", "Dan", "Ann"].map(new);
    is_there(
        Person::insert_many(conn, many).await,
        name,
        "uq_people_name",
    );
    let many = (0..40).map(|number| new(&format!("{}", number % 39)));
    is_there(
        Person::insert_many(conn, many).await,
        name,
        "uq_people_name",
    );
    let renamed = Person {
        name: "Bob".into(),
        ..ann.clone()
    };
    is_there(renamed.save(conn).await, name, "uq_people_name");
    let patch = PersonPatch {
        name: Some("Bob".into()),
        ..PersonPatch::default()
    };
    is_there(ann.update(conn, patch).await, name, "uq_people_name");
    let all = Person::query().filter(person::ID.eq(ann.id));
    let all = all.update(conn, person::NAME.set("Bob")).await;
    is_there(all, name, "uq_people_name");
    let mut work = UnitOfWork::new();
    work.insert(new("Cid"));
    work.insert(new("Ann"));
    is_there(work.commit(conn).await.map(drop), name, "uq_people_name");
    assert_eq!(Person::query().count(conn).await.unwrap(), 2, "all or none");
    // A badge needs a person, so that the former holder cannot give it up.
    let badge = async |conn: &mut Conn, person: &Person| {
        let new = NewBadge {
            person_id: person.into(),
        };
        Badge::insert(conn, new).await
    };
    badge(conn, &ann).await.unwrap();
    let of_bob = badge(conn, &bob).await.unwrap();
    let constraint = "uq_badges_person_id";
    is_there(badge(conn, &ann).await, "badges.person_id", constraint);
    let taken = ann.badge().set(conn, &of_bob).await;
    is_there(taken, "badges.person_id", constraint);
    // A value that reads like the words of a server.
    let words = "for key 'PRIMARY'";
    Person::insert(conn, new(words)).await.unwrap();
    is_there(
        Person::insert(conn, new(words)).await,
        name,
        "uq_people_name",
    );
}

/// Asserts that a foreign key is violated.
fn refers<T: std::fmt::Debug>(result: Result<T, Error>, constraint: &str) {
    match result {
        Err(Error::ForeignKeyViolation {
            constraint: told, ..
        }) => {
            let constraint = (DATABASE != Database::Sqlite).then(|| constraint.to_owned());
            assert_eq!(told, constraint);
        }
        other => panic!("{other:?}"),
    }
}

async fn what_refers_and_what_is_referred_to_stay() {
    let (_keep, mut conn, ann, bob) = open().await;
    let conn = &mut conn;
    let rex = Pet::insert(conn, pet(&ann)).await.unwrap();
    let owned = "fk_pets_owner_id";
    refers(ann.clone().delete(conn).await, owned);
    refers(Person::query().delete(conn).await, owned);
    let mut work = UnitOfWork::new();
    work.delete(&bob);
    work.delete(&ann);
    refers(work.commit(conn).await.map(drop), owned);
    assert_eq!(Person::query().count(conn).await.unwrap(), 2, "all or none");

    let gone = bob.clone();
    bob.delete(conn).await.unwrap();
    refers(Pet::insert(conn, pet(&gone)).await, owned);
    refers(Pet::insert_many(conn, [pet(&ann), pet(&gone)]).await, owned);
    refers(rex.owner().set(conn, &gone).await, owned);
    let moved = Pet {
        owner_id: gone.id,
        ..rex
    };
    refers(moved.save(conn).await, owned);
    let title = |title: &str| NewClub {
        title: title.into(),
    };
    let chess = Club::insert(conn, title("chess")).await.unwrap();
    let member = "fk_member_person_id";
    refers(gone.clubs().add(conn, &chess).await, member);
    refers(chess.people().add_all(conn, [&ann, &gone]).await, member);
    refers(chess.people().set(conn, [&ann, &gone]).await, member);
    let mut work = UnitOfWork::new();
    let rowing = work.insert(title("rowing"));
    work.link(club::PEOPLE, rowing, [&gone]);
    refers(work.commit(conn).await.map(drop), member);
    assert_eq!(chess.people().count(conn).await.unwrap(), 0);
    assert_eq!(Club::query().count(conn).await.unwrap(), 1);
    assert_eq!(Pet::query().count(conn).await.unwrap(), 1);
}

async fn checks_are_named() {
    let (_keep, mut conn, ann, _) = open().await;
    let conn = &mut conn;
    let old = NewPerson {
        age: Some(-1),
        ..new("Cid")
    };
    let patch = || PersonPatch {
        age: Some(Some(-1)),
        ..PersonPatch::default()
    };
    let mut work = UnitOfWork::new();
    work.update(&ann, patch());
    let results = [
        Person::insert(conn, old).await.map(drop),
        ann.update(conn, patch()).await.map(drop),
        work.commit(conn).await.map(drop),
    ];
    for result in results {
        match result {
            Err(Error::CheckViolation { constraint, .. }) => {
                assert_eq!(constraint.as_deref(), Some("ck_people_age"));
            }
            other => panic!("{other:?}"),
        }
    }
    // What SQLite has a check for belongs to the type elsewhere.
    let long = Person::insert(conn, new(&"é".repeat(21))).await;
    match long {
        Err(Error::CheckViolation { constraint, .. }) => {
            let named = DATABASE == Database::Sqlite;
            let constraint = constraint.as_deref();
            assert_eq!(constraint, named.then_some("ck_people_name_length"));
        }
        other => panic!("{other:?}"),
    }
    Person::insert(conn, new(&"é".repeat(20))).await.unwrap();
}

async fn columns_that_need_a_value_are_named() {
    let (_keep, mut conn, ..) = open().await;
    for (sql, column) in [
        ("INSERT INTO people (name) VALUES (NULL)", "name"),
        ("INSERT INTO people (age) VALUES (1)", "name"),
        ("UPDATE people SET revision = NULL", "revision"),
    ] {
        let refused = driver::execute(&mut conn, sql).await.map_err(Error::from);
        let Err(Error::NotNullViolation { column: told, .. }) = refused else {
            panic!("{refused:?}");
        };
        let column = match DATABASE {
            Database::Mysql => column.to_owned(),
            _ => format!("people.{column}"),
        };
        assert_eq!(told, Some(column), "{sql}");
    }
}

async fn what_is_not_there_is_not_found() {
    let (_keep, mut conn, ann, bob) = open().await;
    let conn = &mut conn;
    let gone = bob.clone();
    bob.delete(conn).await.unwrap();
    let not_found = |result: Result<Person, Error>, told: Option<&str>| match result {
        Err(Error::NotFound {
            entity: "Person",
            key,
        }) => assert_eq!(key.as_deref(), told),
        other => panic!("{other:?}"),
    };
    let key = gone.id.to_string();
    not_found(Person::get(conn, gone.id).await, Some(&key));
    not_found(gone.save(conn).await, Some(&key));
    let patch = PersonPatch::default();
    not_found(gone.update(conn, patch).await, Some(&key));
    not_found(gone.boss().set(conn, Some(&ann)).await, Some(&key));
    let deleted = gone.clone().delete(conn).await;
    not_found(deleted.map(|()| ann.clone()), Some(&key));
    let one = Person::query().filter(person::NAME.eq("Bob"));
    not_found(one.one(conn).await, None);
    assert_eq!(Person::find(conn, gone.id).await.unwrap(), None);
    Person::insert(conn, new("Cid")).await.unwrap();
    let two = Person::query().one(conn).await;
    assert!(
        matches!(two, Err(Error::TooManyFound { entity: "Person" })),
        "{two:?}"
    );
}

async fn old_copies_are_stale() {
    let (_keep, mut conn, ann, bob) = open().await;
    let conn = &mut conn;
    let patch = || PersonPatch {
        age: Some(Some(1)),
        ..PersonPatch::default()
    };
    ann.update(conn, patch()).await.unwrap();
    let mut work = UnitOfWork::new();
    work.update(&bob, patch());
    work.update(&ann, patch());
    let results = [
        ann.save(conn).await.map(drop),
        ann.update(conn, patch()).await.map(drop),
        ann.boss().set(conn, Some(&bob)).await.map(drop),
        bob.team().add(conn, &ann).await.map(drop),
        work.commit(conn).await.map(drop),
        ann.clone().delete(conn).await,
    ];
    let last = results.len() - 1;
    for (place, result) in results.into_iter().enumerate() {
        match result {
            Err(Error::Stale {
                entity: "Person",
                key,
            }) => assert_eq!(key, ann.id.to_string()),
            other => panic!("{place} of {last}: {other:?}"),
        }
    }
    assert_eq!(Person::get(conn, bob.id).await.unwrap(), bob, "all or none");
}

async fn what_does_not_fit_is_told_by_column_and_key() {
    let (keep, mut conn, _, bob) = open().await;
    let wider = match DATABASE {
        // Its whole numbers have one size.
        Database::Sqlite => "UPDATE people SET age = NULL",
        Database::Postgres => "ALTER TABLE people ALTER COLUMN age TYPE integer",
        Database::Mysql => "ALTER TABLE people MODIFY age INT",
    };
    driver::execute(&mut conn, wider).await.unwrap();
    let large = format!("UPDATE people SET age = 40000 WHERE id = {}", bob.id);
    driver::execute(&mut conn, &large).await.unwrap();
    let conn = &mut driver::beside(&keep).await;
    let of_bob = || Person::query().filter(person::ID.eq(bob.id));
    let results = [
        Person::get(conn, bob.id).await.map(drop),
        of_bob().all(conn).await.map(drop),
        of_bob().with(person::PETS).all(conn).await.map(drop),
        of_bob().for_each(conn, |_| Ok(())).await,
    ];
    for result in results {
        match result {
            Err(Error::Decode {
                entity: "Person",
                column: "age",
                key,
                ..
            }) => assert_eq!(key, bob.id.to_string()),
            other => panic!("{other:?}"),
        }
    }
}

async fn pending_rows_have_no_key() {
    let (_keep, mut conn, ann, _) = open().await;
    let conn = &mut conn;
    let mut work = UnitOfWork::new();
    let cid = work.insert(new("Cid"));
    let new = NewDesk {
        code: "a".into(),
        person_id: Some(cid.into()),
    };
    let pending = |result: Result<(), Error>| {
        let is_pending = matches!(result, Err(Error::Pending { entity: "Person" }));
        assert!(is_pending, "{result:?}");
    };
    pending(Desk::insert(conn, new.clone()).await.map(drop));
    pending(Desk::insert_many(conn, [new.clone()]).await.map(drop));
    let mut other = UnitOfWork::new();
    other.insert(new);
    pending(other.commit(conn).await.map(drop));
    let mut other = UnitOfWork::new();
    other.set(person::BOSS, &ann, cid);
    pending(other.commit(conn).await.map(drop));
    let done = work.commit(conn).await.unwrap();
    assert_eq!(Person::get(conn, done.key(cid)).await.unwrap().name, "Cid");
}

async fn other_errors_are_the_drivers() {
    let (_keep, mut conn, ..) = open().await;
    let refused = driver::execute(&mut conn, "SELECT nonsense").await;
    let refused = refused.map_err(Error::from);
    assert!(matches!(refused, Err(Error::Database(_))), "{refused:?}");
    super::kinds::drop_tables(&mut conn).await.unwrap();
    let refused = Person::query().count(&mut conn).await;
    assert!(matches!(refused, Err(Error::Database(_))), "{refused:?}");
    let error = refused.unwrap_err();
    assert!(error.to_string().contains("people"), "{error}");
    assert!(std::error::Error::source(&error).is_some());
}
