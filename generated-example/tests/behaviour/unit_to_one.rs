//! A unit of work: what is at the other side of relationships to one.

use crate::db::Connection;

use crate::unit::models::{
    Anthem, City, Country, Error, Flag, NewAnthem, NewCity, NewCountry, NewFlag, NewPlayer,
    NewPort, NewTeam, Player, Port, Team, UnitOfWork, anthem, city, country, flag, player, port,
    team,
};
use crate::unit::{new_team, on_units, rows};

fn countries(conn: &Connection) -> [Country; 2] {
    ["ch", "fr"].map(|code| Country::insert(conn, NewCountry { code: code.into() }).unwrap())
}

fn new_player(name: &str, team: &Team) -> NewPlayer {
    NewPlayer {
        name: name.into(),
        team_id: team.into(),
    }
}

#[test]
fn many_to_one() {
    on_units(|conn| {
        let [ch, fr] = countries(conn);
        let stored = Port::insert(
            conn,
            NewPort {
                country_code: "ch".into(),
            },
        );
        let stored = stored.unwrap();
        let mut work = UnitOfWork::new();
        let pending = work.insert(NewPort {
            country_code: "fr".into(),
        });
        let new = work.insert(NewCountry { code: "it".into() });
        work.set(port::COUNTRY, pending, &ch);
        work.set(port::COUNTRY, &stored, fr.id);
        work.set(port::COUNTRY, stored.id, new);
        let done = work.commit(conn).unwrap();
        assert_eq!(Port::get(conn, stored.id).unwrap().country_code, "it");
        let pending = Port::get(conn, done.key(pending)).unwrap();
        assert_eq!(pending.country_code, "ch");
    });
}

#[test]
fn many_to_one_or_none() {
    on_units(|conn| {
        let [ch, _] = countries(conn);
        let of = |code: Option<&str>| NewCity {
            country_code: code.map(Into::into),
        };
        let stored = City::insert(conn, of(Some("ch"))).unwrap();
        let mut work = UnitOfWork::new();
        let cities = [(); 3].map(|()| work.insert(of(Some("fr"))));
        let new = work.insert(NewCountry { code: "it".into() });
        work.set(city::COUNTRY, cities[0], &ch);
        work.set(city::COUNTRY, cities[1], None::<&Country>);
        work.set(city::COUNTRY, cities[2], Some(new));
        work.set(city::COUNTRY, &stored, None::<i32>);
        let done = work.commit(conn).unwrap();
        let code = |key| City::get(conn, key).unwrap().country_code;
        let codes = cities.map(|city| code(done.key(city)));
        assert_eq!(codes, [Some("ch".into()), None, Some("it".into())]);
        assert_eq!(code(stored.id), None);
    });
}

#[test]
fn one_to_one_is_taken_from_the_row_that_has_it() {
    on_units(|conn| {
        let [ch, fr] = countries(conn);
        let flags = [Some("ch"), Some("fr"), None].map(|code| {
            let country_code = code.map(Into::into);
            Flag::insert(conn, NewFlag { country_code }).unwrap()
        });
        let codes = || {
            flags
                .each_ref()
                .map(|flag| Flag::get(conn, flag.id).unwrap().country_code)
        };
        let some = |code: &str| Some(code.to_owned());
        let run = |change: &dyn Fn(&mut UnitOfWork)| {
            let mut work = UnitOfWork::new();
            change(&mut work);
            work.commit(conn).unwrap();
        };
        // From the side that has the foreign key, and from the other.
        run(&|work| work.set(flag::COUNTRY, &flags[2], &ch));
        assert_eq!(codes(), [None, some("fr"), some("ch")]);
        run(&|work| work.set(country::FLAG, &fr, Some(flags[2].id)));
        assert_eq!(codes(), [None, None, some("fr")]);
        // What is so already stays so.
        run(&|work| work.set(country::FLAG, &fr, &flags[2]));
        run(&|work| work.set(flag::COUNTRY, &flags[2], Some(fr.id)));
        assert_eq!(codes(), [None, None, some("fr")]);
        run(&|work| {
            work.set(country::FLAG, &ch, &flags[2]);
            work.set(flag::COUNTRY, &flags[0], &fr);
        });
        assert_eq!(codes(), [some("fr"), None, some("ch")]);
        // None, from both sides; where there is none, that is no error.
        run(&|work| {
            work.set(country::FLAG, &ch, None::<&Flag>);
            work.set(country::FLAG, &ch, None::<&Flag>);
            work.set(flag::COUNTRY, &flags[0], None::<&Country>);
        });
        assert_eq!(codes(), [None, None, None]);
        // Rows that are not there yet.
        run(&|work| {
            let flag = work.insert(NewFlag { country_code: None });
            let it = work.insert(NewCountry { code: "it".into() });
            work.set(country::FLAG, it, &flags[0]);
            work.set(country::FLAG, it, flag);
            work.set(country::FLAG, &ch, &flags[1]);
        });
        assert_eq!(codes(), [None, some("ch"), None]);
    });
}

#[test]
fn a_required_one_to_one_is_moved_and_not_taken() {
    on_units(|conn| {
        let [ch, fr] = countries(conn);
        let new = |code: &str| NewAnthem {
            country_code: code.into(),
        };
        let of_ch = Anthem::insert(conn, new("ch")).unwrap();
        let mut work = UnitOfWork::new();
        work.set(country::ANTHEM, &fr, &of_ch);
        work.insert(new("ch"));
        let refused = work.commit(conn);
        assert!(
            matches!(refused, Err(Error::UniqueViolation { .. })),
            "rows are inserted first, and the place is not free by then: {refused:?}"
        );
        let mut work = UnitOfWork::new();
        let it = work.insert(NewCountry { code: "it".into() });
        let second = work.insert(new("fr"));
        work.set(country::ANTHEM, it, &of_ch);
        work.set(anthem::COUNTRY, second, &ch);
        let done = work.commit(conn).unwrap();
        assert_eq!(Anthem::get(conn, of_ch.id).unwrap().country_code, "it");
        let second = Anthem::get(conn, done.key(second)).unwrap();
        assert_eq!(second.country_code, "ch");
        let mut work = UnitOfWork::new();
        work.set(country::ANTHEM, &ch, &of_ch);
        match work.commit(conn) {
            Err(Error::UniqueViolation {
                columns,
                constraint,
                ..
            }) => {
                let name = "uq_anthems_country_code";
                let expected = ["anthems.country_code"];
                crate::is_key(&columns, constraint.as_deref(), &expected, name);
            }
            other => panic!("{other:?}"),
        }
    });
}

#[test]
fn a_place_is_taken_by_primary_keys() {
    on_units(|conn| {
        let reds = Team::insert(conn, new_team("Reds")).unwrap();
        let blues = Team::insert(conn, new_team("Blues")).unwrap();
        let [ann, bob] = ["Ann", "Bob"].map(|name| Player::insert(conn, new_player(name, &reds)));
        let (ann, bob) = (ann.unwrap(), bob.unwrap());
        let captains = || [&reds, &blues].map(|team| Team::get(conn, team.id).unwrap().captain_id);
        let mut work = UnitOfWork::new();
        work.set(team::CAPTAIN, &reds, &ann);
        work.set(player::LEADS, &bob, &blues);
        work.set(player::TEAM, &bob, &blues);
        work.commit(conn).unwrap();
        assert_eq!(captains(), [Some(ann.id), Some(bob.id)]);
        assert_eq!(Player::get(conn, bob.id).unwrap().team_id, blues.id);
        let mut work = UnitOfWork::new();
        work.set(team::CAPTAIN, &blues, &ann);
        work.commit(conn).unwrap();
        assert_eq!(captains(), [None, Some(ann.id)]);
        let mut work = UnitOfWork::new();
        let new = work.insert(NewTeam {
            name: "New".into(),
            captain_id: Some((&bob).into()),
        });
        work.set(player::LEADS, &ann, new);
        work.set(player::LEADS, bob.id, Some(&reds));
        let done = work.commit(conn).unwrap();
        assert_eq!(captains(), [Some(bob.id), None]);
        let new = Team::get(conn, done.key(new)).unwrap();
        assert_eq!(new.captain_id, Some(ann.id));
    });
}

#[test]
fn a_row_that_is_gone_is_an_error_and_nobody_is_released() {
    on_units(|conn| {
        let [ch, fr] = countries(conn);
        let flag = Flag::insert(
            conn,
            NewFlag {
                country_code: Some("ch".into()),
            },
        );
        let flag = flag.unwrap();
        let gone = |change: &dyn Fn(&mut UnitOfWork), entity: &str| {
            let mut work = UnitOfWork::new();
            change(&mut work);
            match work.commit(conn) {
                Err(Error::NotFound {
                    entity: found,
                    key: Some(key),
                }) => assert_eq!((found, key.as_str()), (entity, "404")),
                other => panic!("{other:?}"),
            }
        };
        gone(&|work| work.set(country::FLAG, &ch, 404), "Flag");
        gone(&|work| work.set(country::FLAG, 404, &flag), "Country");
        gone(&|work| work.set(flag::COUNTRY, 404, &ch), "Flag");
        gone(&|work| work.set(flag::COUNTRY, &flag, 404), "Country");
        gone(&|work| work.set(port::COUNTRY, 404, &ch), "Port");
        gone(&|work| work.set(city::COUNTRY, 404, None::<i32>), "City");
        gone(&|work| work.set(country::ANTHEM, &fr, 404), "Anthem");
        assert_eq!(ch.flag().get(conn).unwrap(), Some(flag));
        let reds = Team::insert(conn, new_team("Reds")).unwrap();
        for change in [
            &|work: &mut UnitOfWork| work.set(team::CAPTAIN, &reds, 404),
            &|work: &mut UnitOfWork| work.set(player::LEADS, 404, &reds),
        ] as [&dyn Fn(&mut UnitOfWork); 2]
        {
            let mut work = UnitOfWork::new();
            change(&mut work);
            let refused = work.commit(conn);
            assert!(
                matches!(refused, Err(Error::ForeignKeyViolation { .. })),
                "{refused:?}"
            );
        }
        assert_eq!((rows(conn), reds.captain_id), (4, None));
    });
}
