//! Relationships over a unique column that may be NULL: a row without it has nothing at the other side.

use crate::db::Connection;

use crate::on_both;

mod models {
    include!(concat!(env!("OUT_DIR"), "/nullable_keys.rs"));
}
use models::{
    Anthem, City, Country, CountryPatch, Error, Flag, NewAnthem, NewCity, NewCountry, NewFlag,
    NewPort, Port, UnitOfWork, anthem, city, country, flag,
};

/// One country with a code, and one without.
fn on_countries(test: impl Fn(&Connection, &Country, &Country)) {
    let open = |conn: &Connection| {
        models::configure(conn).unwrap();
        models::create_tables(conn).unwrap();
    };
    on_both(open, |conn| {
        let [named, nameless] = [Some("ch"), None].map(|code| {
            let code = code.map(Into::into);
            Country::insert(conn, NewCountry { code }).unwrap()
        });
        test(conn, &named, &nameless);
    });
}

fn city(conn: &Connection, code: Option<&str>) -> City {
    let country_code = code.map(Into::into);
    City::insert(conn, NewCity { country_code }).unwrap()
}

fn refused<T: std::fmt::Debug>(result: Result<T, Error>) {
    match result {
        Err(Error::ForeignKeyViolation { .. }) => {}
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_row_without_the_key_has_no_targets() {
    on_countries(|conn, named, nameless| {
        let [of, free] = [Some("ch"), None].map(|code| city(conn, code));
        assert_eq!(named.cities().all(conn).unwrap(), [of.clone()]);
        assert_eq!(nameless.cities().all(conn).unwrap(), []);
        assert_eq!(nameless.cities().count(conn).unwrap(), 0);
        assert!(!nameless.cities().contains(conn, &free).unwrap());
        assert_eq!(nameless.cities().query().count(conn).unwrap(), 0);
        assert_eq!(nameless.cities().clear(conn).unwrap(), 0);
        assert_eq!(nameless.flag().get(conn).unwrap(), None);
        assert_eq!(nameless.flag().set(conn, None).unwrap(), None);
        assert!(!nameless.cities().remove(conn, &free).unwrap());
        nameless.cities().set(conn, []).unwrap();
        let all = Country::query()
            .order_by(country::ID.asc())
            .with(country::CITIES)
            .with(country::FLAG)
            .all(conn);
        assert_eq!(
            all.unwrap(),
            [
                (named.clone(), vec![of.clone()], None),
                (nameless.clone(), vec![], None)
            ]
        );
        let all = City::query()
            .order_by(city::ID.asc())
            .with(city::COUNTRY)
            .all(conn)
            .unwrap();
        assert_eq!(all, [(of.clone(), Some(named.clone())), (free, None)]);
        // It is of them that have none, not of nobody.
        for none in [
            country::CITIES.exists().not(),
            country::CITIES.any(city::ID.gt(0)).not(),
        ] {
            let found = Country::query().filter(none).all(conn).unwrap();
            assert_eq!(found, [nameless.clone()]);
        }
        let none = Country::query().filter(country::FLAG.exists().not());
        assert_eq!(none.count(conn).unwrap(), 2);
        let of_named = City::query().filter(city::COUNTRY.any(country::ID.gt(0)).not());
        assert_eq!(of_named.count(conn).unwrap(), 1);
        of.delete(conn).unwrap();
    });
}

#[test]
fn nothing_is_put_to_a_row_without_the_key() {
    on_countries(|conn, named, nameless| {
        let of = city(conn, Some("ch"));
        let new = NewPort {
            country_code: "ch".into(),
        };
        let port = Port::insert(conn, new).unwrap();
        let country_code = Some("ch".into());
        let flag = Flag::insert(conn, NewFlag { country_code }).unwrap();
        let new = NewAnthem {
            country_code: "ch".into(),
        };
        let anthem = Anthem::insert(conn, new).unwrap();
        // Writing NULL would take the city from its country instead.
        refused(nameless.cities().add(conn, &of));
        refused(nameless.cities().add_all(conn, [&of]));
        refused(nameless.cities().set(conn, [&of]));
        refused(of.country().set(conn, Some(nameless)));
        refused(nameless.ports().add(conn, &port));
        refused(port.country().set(conn, nameless));
        refused(nameless.flag().set(conn, Some(&flag)));
        refused(flag.country().set(conn, Some(nameless)));
        refused(nameless.anthem().set(conn, &anthem));
        for change in [
            &|work: &mut UnitOfWork| work.link(country::CITIES, nameless, [&of]),
            &|work: &mut UnitOfWork| work.set(city::COUNTRY, &of, nameless),
            &|work: &mut UnitOfWork| work.set(flag::COUNTRY, &flag, Some(nameless)),
            &|work: &mut UnitOfWork| work.set(country::FLAG, nameless, &flag),
            &|work: &mut UnitOfWork| work.set(anthem::COUNTRY, &anthem, nameless),
        ] as [&dyn Fn(&mut UnitOfWork); 5]
        {
            let mut work = UnitOfWork::new();
            change(&mut work);
            refused(work.commit(conn));
        }
        assert_eq!(named.cities().all(conn).unwrap(), [of.clone()]);
        assert_eq!(named.flag().get(conn).unwrap(), Some(flag.clone()));
        // With a key it is as any other.
        let code = Some(Some("li".into()));
        let nameless = nameless.update(conn, CountryPatch { code }).unwrap();
        assert!(nameless.cities().add(conn, &of).unwrap());
        assert_eq!(
            flag.country()
                .set(conn, Some(&nameless))
                .unwrap()
                .country_code,
            nameless.code
        );
        assert_eq!(
            nameless.anthem().set(conn, &anthem).unwrap().country_code,
            "li"
        );
    });
}
