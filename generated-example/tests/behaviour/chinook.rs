//! What a shop for music asks of its rows, over the relationships of Chinook.

use crate::db::{self, Connection};

use crate::{decimal, on_both};

mod models {
    include!(concat!(env!("OUT_DIR"), "/chinook.rs"));
}
use models::{
    Album, Artist, Customer, Employee, Error, Genre, Invoice, InvoiceLine, MediaType, NewAlbum,
    NewArtist, NewCustomer, NewEmployee, NewGenre, NewInvoice, NewInvoiceLine, NewMediaType,
    NewPlaylist, NewTrack, Playlist, Track, album, artist, customer, employee, invoice, playlist,
    track,
};

fn on_chinook(test: impl Fn(&Connection)) {
    let open = |conn: &Connection| {
        models::configure(conn).unwrap();
        models::create_tables(conn).unwrap();
    };
    on_both(open, test);
}

fn artist(conn: &Connection, name: &str) -> Artist {
    let name = Some(name.into());
    Artist::insert(conn, NewArtist { name }).unwrap()
}

fn album(conn: &Connection, artist: &Artist, title: &str) -> Album {
    let new = NewAlbum {
        title: title.into(),
        artist_id: artist.into(),
    };
    Album::insert(conn, new).unwrap()
}

/// A track of an album or of none, for 0.99.
fn track(conn: &Connection, album: Option<&Album>, genre: Option<&Genre>, name: &str) -> Track {
    let media = MediaType::query().first(conn).unwrap();
    let media = media.unwrap_or_else(|| {
        let name = Some("file".into());
        MediaType::insert(conn, NewMediaType { name }).unwrap()
    });
    let new = NewTrack {
        name: name.into(),
        album_id: album.map(Into::into),
        media_type_id: (&media).into(),
        genre_id: genre.map(Into::into),
        composer: None,
        milliseconds: 200_000,
        bytes: None,
        unit_price: decimal("0.99"),
    };
    Track::insert(conn, new).unwrap()
}

fn employee(conn: &Connection, last_name: &str, manager: Option<&Employee>) -> Employee {
    let new = NewEmployee {
        last_name: last_name.into(),
        first_name: "E".into(),
        title: None,
        reports_to: manager.map(Into::into),
        birth_date: None,
        hire_date: None,
        email: None,
        address: None,
        city: None,
        state: None,
        country: None,
        postal_code: None,
        phone: None,
        fax: None,
    };
    Employee::insert(conn, new).unwrap()
}

fn customer(conn: &Connection, last_name: &str, rep: Option<&Employee>) -> Customer {
    let new = NewCustomer {
        first_name: "C".into(),
        last_name: last_name.into(),
        company: None,
        email: format!("{last_name}@example.org"),
        support_rep_id: rep.map(Into::into),
        address: None,
        city: None,
        state: None,
        country: None,
        postal_code: None,
        phone: None,
        fax: None,
    };
    Customer::insert(conn, new).unwrap()
}

/// What a customer pays on a day of May for tracks, one of each.
fn buy(conn: &Connection, customer: &Customer, day: u32, tracks: &[&Track]) -> Invoice {
    let date = chrono::NaiveDate::from_ymd_opt(2026, 5, day).unwrap();
    let new = NewInvoice {
        customer_id: customer.into(),
        invoice_date: date.into(),
        billing_address: None,
        billing_city: None,
        billing_state: None,
        billing_country: None,
        billing_postal_code: None,
        total: tracks.iter().map(|track| track.unit_price).sum(),
    };
    let invoice = Invoice::insert(conn, new).unwrap();
    let lines = tracks.iter().map(|track| NewInvoiceLine {
        invoice_id: (&invoice).into(),
        track_id: (*track).into(),
        unit_price: track.unit_price,
        quantity: 1,
    });
    InvoiceLine::insert_many(conn, lines).unwrap();
    invoice
}

fn names(tracks: &[Track]) -> Vec<&str> {
    tracks.iter().map(|track| track.name.as_str()).collect()
}

#[test]
fn a_playlist_in_order_with_albums_and_artists() {
    on_chinook(|conn| {
        let (ash, birch) = (artist(conn, "Ash"), artist(conn, "Birch"));
        let (first, second) = (album(conn, &ash, "First"), album(conn, &birch, "Second"));
        let one = track(conn, Some(&first), None, "one");
        let two = track(conn, Some(&second), None, "two");
        let alone = track(conn, None, None, "alone");
        let new = NewPlaylist {
            name: Some("friday".into()),
        };
        let list = Playlist::insert(conn, new).unwrap();
        let tracks = [&two, &one, &alone];
        assert_eq!(list.tracks().add_all(conn, tracks).unwrap(), 3);

        let run = db::trace(conn, || {
            let with = playlist::TRACKS.with(track::ALBUM.with(album::ARTIST));
            let mut found = Playlist::query().with(with).all(conn).unwrap();
            let (friday, tracks) = found.pop().unwrap();
            assert_eq!((friday, found.len()), (list.clone(), 0));
            let expected = [
                (alone.clone(), None),
                (one.clone(), Some((first.clone(), ash.clone()))),
                (two.clone(), Some((second.clone(), birch.clone()))),
            ];
            assert_eq!(tracks, expected);
        });
        let four = run.is_none_or(|run| run.len() == 4);
        assert!(four, "playlists, tracks, albums, artists");
        assert_eq!(list.artists().all(conn).unwrap(), [ash, birch]);

        // The links go with the list, the tracks stay.
        list.delete(conn).unwrap();
        assert_eq!(one.playlists().count(conn).unwrap(), 0);
        assert_eq!(Track::query().count(conn).unwrap(), 3);
    });
}

#[test]
fn what_the_customers_of_an_employee_have_paid() {
    on_chinook(|conn| {
        let (rep, other) = (employee(conn, "Rep", None), employee(conn, "Other", None));
        let [ann, bob] = ["Ann", "Bob"].map(|name| customer(conn, name, Some(&rep)));
        let (kim, alone) = (
            customer(conn, "Kim", Some(&other)),
            customer(conn, "Lee", None),
        );
        let (one, two) = (
            track(conn, None, None, "one"),
            track(conn, None, None, "two"),
        );
        let early = buy(conn, &ann, 1, &[&one]);
        let late = buy(conn, &ann, 9, &[&one, &two]);
        let middle = buy(conn, &bob, 5, &[&two]);
        buy(conn, &kim, 7, &[&two]);
        buy(conn, &alone, 8, &[&two]);

        let invoices = rep.invoices();
        assert_eq!(invoices.all(conn).unwrap(), [late, middle, early]);
        let paid = invoices.query().sum(conn, invoice::TOTAL).unwrap();
        assert_eq!(paid, Some(decimal("3.96")));
        let served =
            employee::CUSTOMERS.any(customer::INVOICES.any(invoice::TOTAL.gt(decimal("1"))));
        assert_eq!(
            Employee::query().filter(served).all(conn).unwrap(),
            [rep.clone()]
        );
        // Whoever has customers stays.
        let gone = rep.delete(conn);
        assert!(matches!(gone, Err(Error::ForeignKeyViolation { .. })));
    });
}

#[test]
fn who_bought_what() {
    on_chinook(|conn| {
        let ash = artist(conn, "Ash");
        let first = album(conn, &ash, "First");
        let [rock, jazz] = ["Rock", "Jazz"].map(|name| {
            let name = Some(name.into());
            Genre::insert(conn, NewGenre { name }).unwrap()
        });
        let one = track(conn, Some(&first), Some(&rock), "one");
        let two = track(conn, Some(&first), Some(&jazz), "two");
        let three = track(conn, Some(&first), Some(&rock), "three");
        let (ann, bob) = (customer(conn, "Ann", None), customer(conn, "Bob", None));
        buy(conn, &bob, 1, &[&one, &two]);
        buy(conn, &bob, 2, &[&one]);
        buy(conn, &ann, 3, &[&one]);

        let bought = bob.tracks().all(conn).unwrap();
        assert_eq!(names(&bought), ["one", "two"], "each once");
        assert_eq!(one.buyers().all(conn).unwrap(), [ann.clone(), bob]);
        assert_eq!(ash.genres().all(conn).unwrap(), [jazz, rock]);
        let tracks = ash.tracks().all(conn).unwrap();
        assert_eq!(names(&tracks), ["one", "three", "two"]);
        let lines = one.invoice_lines().all(conn).unwrap();
        assert_eq!(lines.len(), 3);
        assert_eq!(lines[2].customer().get(conn).unwrap(), ann);

        let unsold = Track::query().filter(track::INVOICE_LINES.exists().not());
        assert_eq!(unsold.all(conn).unwrap(), [three.clone()]);
        three.delete(conn).unwrap();
        let sold = one.delete(conn);
        assert!(matches!(sold, Err(Error::ForeignKeyViolation { .. })));
        let silent = Artist::query().filter(artist::ALBUMS.exists().not());
        assert_eq!(silent.count(conn).unwrap(), 0);
    });
}

#[test]
fn employees_report_to_each_other() {
    on_chinook(|conn| {
        let top = employee(conn, "Top", None);
        let lead = employee(conn, "Lead", Some(&top));
        let reps = ["Young", "Arch"].map(|name| employee(conn, name, Some(&lead)));
        let [young, arch] = &reps;
        let ann = customer(conn, "Ann", Some(young));

        assert_eq!(
            lead.reports().all(conn).unwrap(),
            [arch.clone(), young.clone()]
        );
        assert_eq!(top.manager().get(conn).unwrap(), None);
        let above = employee::MANAGER.any(employee::MANAGER.any(employee::LAST_NAME.eq("Top")));
        let served = Customer::query().filter(customer::SUPPORT_REP.any(above));
        assert_eq!(served.all(conn).unwrap(), [ann]);
        let with = Employee::query()
            .with(employee::REPORTS.with(employee::REPORTS))
            .filter(employee::REPORTS_TO.is_null());
        let below = vec![(lead.clone(), lead.reports().all(conn).unwrap())];
        assert_eq!(with.all(conn).unwrap(), [(top.clone(), below)]);
        let arch = arch.manager().set(conn, Some(&top)).unwrap();
        assert_eq!(top.reports().all(conn).unwrap(), [arch, lead]);
    });
}
