//! What a shop that lends films asks of its rows, over the relationships of Sakila.

use crate::db::Connection;
use chrono::{NaiveDate, NaiveDateTime};

use crate::on_both;

mod models {
    include!(concat!(env!("OUT_DIR"), "/sakila.rs"));
}
use models::{
    Actor, Address, Category, City, Country, Customer, CustomerPatch, Error, Feature, Film,
    Inventory, Language, NewActor, NewAddress, NewCategory, NewCity, NewCountry, NewCustomer,
    NewFilm, NewFilmActor, NewFilmCategory, NewInventory, NewLanguage, NewPayment, NewRental,
    NewSpecialFeature, NewStaff, NewStore, Payment, Rating, Rental, RentalPatch, SpecialFeature,
    Staff, Store, UnitOfWork, actor, category, customer, film, rental, store,
};

fn on_sakila(test: impl Fn(&Connection)) {
    let open = |conn: &Connection| {
        models::configure(conn).unwrap();
        models::create_tables(conn).unwrap();
    };
    on_both(open, test);
}

fn on(day: u32) -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, 5, day).unwrap().into()
}

fn language(conn: &Connection, name: &str) -> Language {
    let new = NewLanguage {
        name: name.into(),
        last_update: None,
    };
    Language::insert(conn, new).unwrap()
}

fn new_film(language: &Language, title: &str) -> NewFilm {
    NewFilm {
        title: title.into(),
        description: None,
        release_year: Some(2006),
        language_id: language.into(),
        original_language_id: None,
        rental_duration: None,
        rental_rate: None,
        length: None,
        replacement_cost: None,
        rating: None,
        last_update: None,
    }
}

fn film(conn: &Connection, language: &Language, title: &str) -> Film {
    Film::insert(conn, new_film(language, title)).unwrap()
}

fn actor(conn: &Connection, last_name: &str) -> Actor {
    let new = NewActor {
        first_name: "A".into(),
        last_name: last_name.into(),
        last_update: None,
    };
    Actor::insert(conn, new).unwrap()
}

fn category(conn: &Connection, name: &str) -> Category {
    let new = NewCategory {
        name: name.into(),
        last_update: None,
    };
    Category::insert(conn, new).unwrap()
}

fn cast(film: &Film, conn: &Connection, actors: &[&Actor]) {
    for actor in actors {
        let link = NewFilmActor { last_update: None };
        assert!(film.actors().add(conn, *actor, link).unwrap());
    }
}

fn sort(film: &Film, conn: &Connection, category: &Category) {
    let link = NewFilmCategory { last_update: None };
    assert!(film.categories().add(conn, category, link).unwrap());
}

fn address(conn: &Connection, country: &str) -> Address {
    let new = NewCountry {
        country: country.into(),
        last_update: None,
    };
    let country = Country::insert(conn, new).unwrap();
    let new = NewCity {
        city: "City".into(),
        country_id: (&country).into(),
        last_update: None,
    };
    let city = City::insert(conn, new).unwrap();
    let new = NewAddress {
        address: "1 Street".into(),
        address2: None,
        district: "D".into(),
        city_id: (&city).into(),
        postal_code: None,
        phone: "555".into(),
        last_update: None,
    };
    Address::insert(conn, new).unwrap()
}

fn new_staff(store: models::Ref<Store>, address: &Address, name: &str) -> NewStaff {
    NewStaff {
        first_name: "S".into(),
        last_name: name.into(),
        picture: Some(vec![0, 255]),
        email: None,
        store_id: store,
        active: None,
        username: name.to_lowercase(),
        password: Some("hash".into()),
        address_id: address.into(),
        last_update: None,
    }
}

/// A store and its manager, each of whom refers to the other.
fn managed_store(conn: &Connection, address: &Address, name: &str) -> (Store, Staff) {
    let mut work = UnitOfWork::new();
    let store = work.insert(NewStore {
        manager_staff_id: None,
        address_id: address.into(),
        last_update: None,
    });
    let manager = work.insert(new_staff(store.into(), address, name));
    work.set(store::MANAGER, store, manager);
    let done = work.commit(conn).unwrap();
    let store = Store::get(conn, done.key(store)).unwrap();
    (store, Staff::get(conn, done.key(manager)).unwrap())
}

fn customer(conn: &Connection, store: &Store, address: &Address, last_name: &str) -> Customer {
    let new = NewCustomer {
        store_id: store.into(),
        first_name: "C".into(),
        last_name: last_name.into(),
        email: None,
        active: None,
        create_date: on(1),
        address_id: address.into(),
        last_update: None,
    };
    Customer::insert(conn, new).unwrap()
}

fn copy(conn: &Connection, film: &Film, store: &Store) -> Inventory {
    let new = NewInventory {
        film_id: film.into(),
        store_id: store.into(),
        last_update: None,
    };
    Inventory::insert(conn, new).unwrap()
}

fn rent(copy: &Inventory, customer: &Customer, staff: &Staff, day: u32) -> NewRental {
    NewRental {
        rental_date: on(day),
        inventory_id: copy.into(),
        customer_id: customer.into(),
        return_date: None,
        staff_id: staff.into(),
        last_update: None,
    }
}

fn titles(films: &[Film]) -> Vec<&str> {
    films.iter().map(|film| film.title.as_str()).collect()
}

#[test]
fn actors_of_films_and_films_of_actors_by_category() {
    on_sakila(|conn| {
        let english = language(conn, "English");
        let [ace, bat, cat] = ["Ace", "Bat", "Cat"].map(|title| film(conn, &english, title));
        let (swan, pitt) = (actor(conn, "Swan"), actor(conn, "Pitt"));
        let (comedy, drama) = (category(conn, "Comedy"), category(conn, "Drama"));
        cast(&ace, conn, &[&swan, &pitt]);
        cast(&bat, conn, &[&swan]);
        cast(&cat, conn, &[&swan]);
        sort(&ace, conn, &drama);
        sort(&bat, conn, &drama);
        sort(&cat, conn, &comedy);

        assert_eq!(
            ace.actors().all(conn).unwrap(),
            [pitt.clone(), swan.clone()]
        );
        let of_drama = film::CATEGORIES.any(category::NAME.eq("Drama"));
        let dramas = swan.films().query().filter(of_drama.clone());
        assert_eq!(titles(&dramas.all(conn).unwrap()), ["Ace", "Bat"]);
        let both = [comedy.clone(), drama.clone()];
        assert_eq!(swan.categories().all(conn).unwrap(), both);
        assert_eq!(comedy.actors().all(conn).unwrap(), [swan.clone()]);
        let loaded = Actor::query()
            .with(actor::FILMS.with(film::CATEGORIES))
            .filter(actor::FILMS.any(of_drama).and(actor::LAST_NAME.eq("Pitt")));
        let films = vec![(ace.clone(), vec![drama])];
        assert_eq!(loaded.all(conn).unwrap(), [(pitt, films)]);
        // The links keep their rows from being deleted, as the original says.
        let kept = swan.delete(conn);
        assert!(matches!(kept, Err(Error::ForeignKeyViolation { .. })));
        ace.actors().clear(conn).unwrap();
        assert_eq!(ace.actors().count(conn).unwrap(), 0);
    });
}

#[test]
fn a_store_and_its_manager_are_made_in_one_unit() {
    on_sakila(|conn| {
        let address = address(conn, "Chile");
        let (store, mike) = managed_store(conn, &address, "Mike");
        assert_eq!(store.manager_staff_id, Some(mike.staff_id));
        assert_eq!(mike.store_id, store.store_id);
        let jon = Staff::insert(conn, new_staff((&store).into(), &address, "Jon")).unwrap();
        assert_eq!(
            store.staff().all(conn).unwrap(),
            [jon.clone(), mike.clone()]
        );
        assert_eq!(jon.boss().get(conn).unwrap(), Some(mike.clone()));
        assert_eq!(mike.managed().get(conn).unwrap(), Some(store.clone()));
        assert_eq!(jon.managed().get(conn).unwrap(), None);
        // Nobody manages two stores: who is put there leaves the other.
        let (other, _) = managed_store(conn, &address, "Ann");
        other.manager().set(conn, Some(&mike)).unwrap();
        let store = Store::get(conn, store.store_id).unwrap();
        assert_eq!(store.manager_staff_id, None);
        assert!(!format!("{mike:?}").contains("hash"));
        assert_eq!(address.country().get(conn).unwrap().country, "Chile");
    });
}

#[test]
fn what_is_not_back_yet() {
    on_sakila(|conn| {
        let address = address(conn, "Peru");
        let (store, staff) = managed_store(conn, &address, "Mike");
        let english = language(conn, "English");
        let [ace, bat] = ["Ace", "Bat"].map(|title| film(conn, &english, title));
        let [first, second] = [&ace, &ace].map(|film| copy(conn, film, &store));
        let third = copy(conn, &bat, &store);
        let [ann, bob] = ["Ann", "Bob"].map(|name| customer(conn, &store, &address, name));
        let past = NewRental {
            last_update: Some(chrono::DateTime::UNIX_EPOCH),
            ..rent(&first, &ann, &staff, 1)
        };
        let early = Rental::insert(conn, past).unwrap();
        let late = Rental::insert(conn, rent(&third, &ann, &staff, 3)).unwrap();
        Rental::insert(conn, rent(&second, &bob, &staff, 2)).unwrap();
        let again = Rental::insert(conn, rent(&first, &ann, &staff, 1));
        assert!(matches!(again, Err(Error::UniqueViolation { .. })));

        assert_eq!(
            ann.open_rentals().all(conn).unwrap(),
            [early.clone(), late.clone()]
        );
        let back = RentalPatch {
            return_date: Some(Some(on(4))),
            ..Default::default()
        };
        let early = early.update(conn, back).unwrap();
        assert!(early.last_update > chrono::DateTime::UNIX_EPOCH);
        assert_eq!(ann.open_rentals().all(conn).unwrap(), [late.clone()]);
        assert_eq!(ann.rentals().all(conn).unwrap(), [late, early.clone()]);
        assert_eq!(
            titles(&ann.films().all(conn).unwrap()),
            ["Ace", "Bat"],
            "whether back or not"
        );
        assert_eq!(early.film().get(conn).unwrap(), ace);
        let waiting = customer::OPEN_RENTALS.any(rental::RENTAL_DATE.lt(on(3)));
        assert_eq!(
            Customer::query().filter(waiting).all(conn).unwrap(),
            [bob.clone()]
        );
        let gone = CustomerPatch {
            active: Some(false),
            ..Default::default()
        };
        bob.update(conn, gone).unwrap();
        assert_eq!(store.active_customers().all(conn).unwrap(), [ann.clone()]);
        let peru = &Country::query().one(conn).unwrap();
        assert_eq!(peru.customers().count(conn).unwrap(), 2);

        // What was paid is known without the rental.
        let new = NewPayment {
            customer_id: (&ann).into(),
            staff_id: (&staff).into(),
            rental_id: Some((&early).into()),
            amount: ace.rental_rate,
            payment_date: on(4),
            last_update: None,
        };
        let paid = Payment::insert(conn, new).unwrap();
        early.delete(conn).unwrap();
        assert_eq!(Payment::get(conn, paid.payment_id).unwrap().rental_id, None);
        assert_eq!(ann.payments().all(conn).unwrap().len(), 1);
    });
}

#[test]
fn languages_ratings_and_features() {
    on_sakila(|conn| {
        let (english, french) = (language(conn, "English"), language(conn, "French"));
        let new = NewFilm {
            original_language_id: Some((&french).into()),
            rating: Some(Some(Rating::Pg13)),
            ..new_film(&english, "Dubbed")
        };
        let dubbed = Film::insert(conn, new).unwrap();
        let own = film(conn, &french, "Own");
        assert_eq!(own.rating, Some(Rating::G), "by default");
        assert_eq!(Rating::Pg13.as_str(), "PG-13");
        assert_eq!(french.films().all(conn).unwrap(), [own.clone()]);
        assert_eq!(french.originals().all(conn).unwrap(), [dubbed.clone()]);
        assert_eq!(
            dubbed.original_language().get(conn).unwrap(),
            Some(french.clone())
        );
        let old = NewFilm {
            release_year: Some(1900),
            ..new_film(&english, "Old")
        };
        let old = Film::insert(conn, old);
        assert!(matches!(old, Err(Error::CheckViolation { .. })));

        let features = Feature::ALL
            .map(|name| SpecialFeature::insert(conn, NewSpecialFeature { name }).unwrap());
        dubbed
            .special_features()
            .set(conn, &features[1..3])
            .unwrap();
        let found = dubbed.special_features().all(conn).unwrap();
        let names: Vec<Feature> = found.iter().map(|feature| feature.name).collect();
        assert_eq!(names, [Feature::Commentaries, Feature::DeletedScenes]);
        assert_eq!(features[2].films().all(conn).unwrap(), [dubbed]);
        assert_eq!(features[0].films().count(conn).unwrap(), 0);
    });
}
