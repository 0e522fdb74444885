// What holds for the types of every crate: `models` is generated with them, `values` makes them of numbers.

use self::models::{
    Day, Error, Jiff, Launch, LaunchPatch, NewDay, NewJiff, NewJiffDay, NewLaunch, NewNote,
    NewReading, NewShift, Note, NotePatch, Reading, ReadingPatch, Shift, ShiftPatch, UnitOfWork,
    day, jiff_day, launch, note, reading, shift,
};

pub fn open(conn: &Connection) {
    models::configure(conn).unwrap();
    models::create_tables(conn).unwrap();
}

fn on_tables(test: impl Fn(&Connection)) {
    on_both(open, test);
}

/// What is the same whatever the crate.
pub fn schema() -> [&'static str; 2] {
    [models::SCHEMA_SQL, models::SPEC_HASH]
}

fn at(place: usize) -> Values {
    values(MOMENTS[place].0)
}

fn new_reading(numbers: Numbers) -> NewReading {
    let (day, clock, local, moment) = values(numbers);
    NewReading {
        day,
        clock,
        local,
        moment,
        no_day: None,
        no_clock: None,
        no_local: None,
        no_moment: None,
    }
}

/// Inserts a reading of each of `moments`.
pub fn write(conn: &Connection, moments: &[Numbers]) {
    let rows = moments.iter().map(|numbers| new_reading(*numbers));
    let keys = Reading::insert_many(conn, rows).unwrap();
    assert_eq!(keys.len(), moments.len());
}

/// The readings are those of `moments`, which stand in their order: read, found by each value, sorted, and saved again.
pub fn written(conn: &Connection, moments: &[Numbers]) {
    let rows = Reading::query().all(conn).unwrap();
    assert_eq!(rows.len(), moments.len());
    for (row, numbers) in rows.iter().zip(moments) {
        let all = values(*numbers);
        assert_eq!((row.day, row.clock, row.local, row.moment), all);
        let (day, clock, local, moment) = all;
        let both = reading::LOCAL.eq(local).and(reading::MOMENT.eq(moment));
        let parts = reading::DAY.eq(day).and(reading::CLOCK.eq(clock));
        for filter in [both, parts] {
            let found = Reading::query().filter(filter).one(conn).unwrap();
            assert_eq!(found, *row);
        }
        assert_eq!(row.save(conn).unwrap(), *row);
    }
    let by_local = Reading::query().order_by(reading::LOCAL.asc());
    assert_eq!(by_local.all(conn).unwrap(), rows);
    let by_moment = Reading::query().order_by(reading::MOMENT.asc());
    assert_eq!(by_moment.all(conn).unwrap(), rows);
    let mut sorted = rows.clone();
    sorted.sort_by_key(|row| (row.moment, row.id));
    assert_eq!(sorted, rows, "Rust sorts as the database does");
}

fn filled(conn: &Connection) -> Vec<Reading> {
    write(conn, &MOMENTS.map(|(numbers, _)| numbers));
    Reading::query().all(conn).unwrap()
}

#[test]
fn values_and_null_come_back() {
    on_tables(|conn| {
        let row = Reading::insert(conn, new_reading(MOMENTS[5].0)).unwrap();
        let nothing = (row.no_day, row.no_clock, row.no_local, row.no_moment);
        assert_eq!(nothing, (None, None, None, None));
        let (day, clock, local, moment) = at(2);
        let full = ReadingPatch {
            no_day: Some(Some(day)),
            no_clock: Some(Some(clock)),
            no_local: Some(Some(local)),
            no_moment: Some(Some(moment)),
            ..ReadingPatch::default()
        };
        let full = row.update(conn, full).unwrap();
        assert_eq!(
            (full.no_day, full.no_clock, full.no_local, full.no_moment),
            (Some(day), Some(clock), Some(local), Some(moment))
        );
        assert_eq!((full.day, full.moment), (row.day, row.moment));
        assert_eq!(Reading::get(conn, row.id).unwrap(), full);
        assert_eq!(row.save(conn).unwrap(), row, "NULL again");
    });
}

#[test]
fn filters_compare_moments() {
    on_tables(|conn| {
        let rows = filled(conn);
        let found = |filter| {
            let rows = Reading::query().filter(filter).order_by(reading::ID.asc());
            let rows = rows.all(conn).unwrap();
            rows.iter().map(|row| row.id).collect::<Vec<_>>()
        };
        let (day, clock, local, moment) = at(3);
        assert_eq!(found(reading::DAY.eq(day)), [4, 5]);
        assert_eq!(found(reading::DAY.ne(day)), [1, 2, 3, 6, 7, 8]);
        assert_eq!(found(reading::CLOCK.le(clock)), [1, 4]);
        assert_eq!(found(reading::LOCAL.lt(local)), [1, 2, 3]);
        assert_eq!(found(reading::MOMENT.ge(moment)), [4, 5, 6, 7, 8]);
        assert_eq!(found(reading::MOMENT.between(at(2).3, at(4).3)), [3, 4, 5]);
        let days = [at(0).0, at(5).0];
        assert_eq!(found(reading::DAY.in_(days)), [1, 6]);
        assert_eq!(found(reading::MOMENT.in_([at(7).3, at(1).3])), [2, 8]);
        assert_eq!(found(reading::CLOCK.not_in([clock])), [2, 3, 5, 6, 7, 8]);
        assert_eq!(found(reading::NO_MOMENT.is_not_null()), Vec::<i32>::new());
        if db::SQLITE {
            let raw = models::raw("strftime('%Y', moment) = ?", ["2024"]);
            let leap = Reading::query().filter(raw).one(conn).unwrap();
            assert_eq!(leap, rows[5]);
        }

        let behind = || Reading::query().filter(reading::ID.gt(2));
        assert_eq!(behind().min(conn, reading::MOMENT).unwrap(), Some(at(2).3));
        assert_eq!(behind().max(conn, reading::LOCAL).unwrap(), Some(at(7).2));
        assert_eq!(behind().min(conn, reading::CLOCK).unwrap(), Some(clock));
        assert_eq!(behind().max(conn, reading::DAY).unwrap(), Some(at(6).0));
        assert_eq!(behind().max(conn, reading::NO_DAY).unwrap(), None);

        let first = Reading::query().filter(reading::DAY.eq(at(0).0));
        let changes = reading::NO_MOMENT.set(moment);
        assert_eq!(first.update(conn, changes).unwrap(), 1);
        assert_eq!(found(reading::NO_MOMENT.eq(moment)), [1]);
    });
}

#[test]
fn pages_go_on_behind_a_moment() {
    on_tables(|conn| {
        let mut rows = filled(conn);
        // Equal ones are told apart by the key; NULL sorts before every value.
        for row in &mut rows[2..] {
            row.no_moment = Some(at(3).3);
            row.no_day = Some(at(5).0);
            row.save(conn).unwrap();
        }
        let query = || {
            Reading::query().order_by((
                reading::NO_MOMENT.desc(),
                reading::NO_DAY.asc(),
                reading::LOCAL.desc(),
            ))
        };
        let whole = query().all(conn).unwrap();
        let places: Vec<i32> = whole.iter().map(|row| row.id).collect();
        // Two have a day where the others have NULL.
        let expected = if db::NULLS_FIRST {
            [8, 7, 6, 5, 4, 3, 2, 1]
        } else {
            [2, 1, 8, 7, 6, 5, 4, 3]
        };
        assert_eq!(places, expected);
        let mut paged = query().limit(3).all(conn).unwrap();
        while let Some(last) = paged.last().copied() {
            let page = query().after(&last).limit(3).all(conn).unwrap();
            if page.is_empty() {
                break;
            }
            paged.extend(page);
        }
        assert_eq!(paged, whole);
        let by_time = || Reading::query().order_by(reading::CLOCK.asc());
        let behind = by_time().after(&rows[5]).all(conn).unwrap();
        let places: Vec<i32> = behind.iter().map(|row| row.id).collect();
        assert_eq!(places, [2, 7, 8, 3]);
    });
}

#[test]
fn keys_refer_are_listed_and_taken_by_a_unit_of_work() {
    on_tables(|conn| {
        let new_day = |place: usize| NewDay {
            day: at(place).0,
            name: None,
        };
        let first = Day::insert(conn, new_day(0)).unwrap();
        let second = Day::insert(conn, new_day(5)).unwrap();
        assert_eq!(Day::get(conn, at(5).0).unwrap(), second);
        assert_eq!(Day::find(conn, at(1).0).unwrap(), None);

        // A composite key of a date and a time of day.
        let shift = Shift::insert(
            conn,
            NewShift {
                day: at(5).0.into(),
                starts: at(5).1,
                ends: None,
            },
        )
        .unwrap();
        assert_eq!(Shift::get(conn, (at(5).0, at(5).1)).unwrap(), shift);
        let ends = ShiftPatch {
            ends: Some(Some(at(2).1)),
        };
        let shift = shift.update(conn, ends).unwrap();
        assert_eq!(shift.ends, Some(at(2).1));
        assert_eq!(shift.in_day().get(conn).unwrap(), second);
        assert_eq!(second.shifts().all(conn).unwrap(), [shift]);
        let late = shift::STARTS.gt(at(0).1);
        let working = Day::query().filter(day::SHIFTS.any(late));
        assert_eq!(working.one(conn).unwrap(), second);

        // A unit of work, keys of instants, a list of keys, payload.
        let mut work = UnitOfWork::new();
        let old = work.insert(NewJiff {
            at: at(2).3,
            after: None,
        });
        let new = work.insert(NewJiff {
            at: at(7).3,
            after: Some(old.into()),
        });
        work.link(
            models::jiff::DAYS,
            old,
            [(&first, NewJiffDay { seen: None })],
        );
        let done = work.commit(conn).unwrap();
        assert_eq!((done.key(old), done.key(new)), (at(2).3, at(7).3));
        let new = Jiff::get(conn, at(7).3).unwrap();
        assert_eq!(new.after, Some(at(2).3));
        let link = |place: usize| NewJiffDay {
            seen: Some(at(place).2),
        };
        let links = [(&first, link(3)), (&second, link(4))];
        assert_eq!(new.days().add_all(conn, links).unwrap(), 2);
        assert_eq!(
            new.days().all(conn).unwrap(),
            [second.clone(), first.clone()]
        );
        assert!(new.days().contains(conn, &first).unwrap());
        assert_eq!(first.jiffs().count(conn).unwrap(), 2);
        let seen = new.days().with_links(conn).unwrap();
        let seen: Vec<_> = seen.iter().map(|(_, link)| link.seen).collect();
        assert_eq!(seen, [at(4).2, at(3).2]);
        let eager = Jiff::query().with(models::jiff::DAYS).all(conn).unwrap();
        let counts: Vec<usize> = eager.iter().map(|(_, days)| days.len()).collect();
        assert_eq!(counts, [1, 2]);
        let recent = jiff_day::SEEN.ge(at(4).2);
        let found = new.days().query().filter(recent).all(conn).unwrap();
        assert_eq!(found, [second]);
        assert!(new.days().remove(conn, &first).unwrap());
        assert_eq!(first.jiffs().count(conn).unwrap(), 1);

        let named = |name: &str, place: usize| NewDay {
            name: Some(name.into()),
            ..new_day(place)
        };
        Day::upsert_by_day(conn, named("new year", 0)).unwrap();
        let upserted = Day::upsert_by_day(conn, named("epoch", 3)).unwrap();
        assert_eq!(
            (upserted.day, Day::query().count(conn).unwrap()),
            (at(3).0, 3)
        );
    });
}

#[test]
fn the_database_makes_moments() {
    on_tables(|conn| {
        let new = || NewNote {
            text: "a".into(),
            day: None,
            clock: None,
            local: None,
            created: None,
            changed: None,
            touched: None,
            due: None,
            opens: None,
            starts: None,
            read: None,
        };
        let note = Note::insert(conn, new()).unwrap();
        // All are one moment, which is that of the database.
        let close = "SELECT max(abs(unixepoch(moment) - unixepoch('now'))) FROM (
            SELECT created AS moment FROM notes UNION ALL SELECT changed FROM notes
            UNION ALL SELECT local FROM notes UNION ALL SELECT day || ' ' || clock FROM notes)";
        assert!(!db::SQLITE || crate::number(conn, close) < 60);
        assert_eq!(note.touched, None);
        let (due, opens, starts, read) = (note.due, note.opens, note.starts, note.read);
        assert_eq!(due, at(5).0);
        assert_eq!(opens, values((1970, 1, 1, 8, 15, 0, 0)).1);
        assert_eq!(starts, values((2026, 11, 23, 8, 15, 0, 500_000)).2);
        assert_eq!(read, at(2).3);
        assert!(!format!("{note:?}").contains("1969"), "it is private");

        let told = NewNote {
            day: Some(at(5).0),
            clock: Some(at(5).1),
            local: Some(at(5).2),
            created: Some(at(5).3),
            changed: Some(at(3).3),
            ..new()
        };
        let told = Note::insert(conn, told).unwrap();
        assert_eq!(
            (told.day, told.clock, told.local, told.created),
            at(5),
            "what is given is stored"
        );
        assert_eq!(told.changed, at(3).3);
        assert_eq!(told.month, values((2024, 2, 1, 0, 0, 0, 0)).0);
        let patch = NotePatch {
            text: Some("b".into()),
            ..NotePatch::default()
        };
        let changed = told.update(conn, patch).unwrap();
        assert_eq!(changed.created, told.created);
        assert!(changed.changed >= note.created);
        assert!(changed.touched >= Some(note.day));
        let same_day = note::MONTH.eq(told.month);
        let found = Note::query().filter(same_day).one(conn).unwrap();
        assert_eq!(found, changed);
    });
}

#[test]
fn a_type_of_the_users_stands_over_an_instant() {
    on_tables(|conn| {
        let new = NewLaunch {
            at: Instant(-1),
            delayed: None,
        };
        let launched = Launch::insert(conn, new).unwrap();
        assert_eq!(launched.at, Instant(-1));
        assert_eq!(Launch::get(conn, Instant(-1)).unwrap(), launched);
        let delayed = LaunchPatch {
            delayed: Some(Some(Instant(1))),
        };
        let launched = launched.update(conn, delayed).unwrap();
        let found = Launch::query().filter(launch::DELAYED.gt(Instant(0)));
        assert_eq!(found.one(conn).unwrap(), launched);
        if db::SQLITE {
            let texts = db::texts(conn, "SELECT at || ' ' || delayed FROM launches");
            let both = "1969-12-31 23:59:59.999999Z 1970-01-01 00:00:00.000001Z";
            assert_eq!(texts, [both]);
        }
    });
}

#[test]
fn what_is_finer_is_cut_off_and_found() {
    on_tables(|conn| {
        let exact = at(2).3;
        let new = NewJiff {
            at: finer(exact),
            after: None,
        };
        let stored = Jiff::insert(conn, new).unwrap();
        assert_eq!(stored.at, exact);
        assert_eq!(Jiff::get(conn, finer(exact)).unwrap(), stored);
        let found = Jiff::query().filter(models::jiff::AT.eq(finer(exact)));
        assert_eq!(found.one(conn).unwrap(), stored);
    });
}

#[test]
fn what_a_column_cannot_hold_is_refused() {
    on_tables(|conn| {
        let (day, moment) = before_all();
        let refused = |result: Result<u64, Error>, of: &str| match result {
            Err(Error::Encode { column, source }) => {
                assert_eq!(column, of);
                let words = "the year -1 is not between 0000 and 9999";
                assert_eq!(source.to_string(), words);
            }
            other => panic!("{other:?}"),
        };
        let too_early = NewReading {
            day,
            ..new_reading(MOMENTS[0].0)
        };
        refused(Reading::insert(conn, too_early).map(|_| 1), "day");
        let too_early = NewReading {
            moment,
            ..new_reading(MOMENTS[0].0)
        };
        refused(Reading::insert(conn, too_early).map(|_| 1), "moment");
        let early = Reading::query().filter(reading::MOMENT.gt(moment));
        refused(early.count(conn), "moment");
        assert_eq!(Reading::query().count(conn).unwrap(), 0);
    });
}

#[test]
fn what_is_no_moment_is_told_with_its_place() {
    on_tables(|conn| {
        // Others store no text, and refuse what is no moment themselves.
        if !db::SQLITE {
            let no_day = "UPDATE readings SET day = '2023-02-29'";
            Reading::insert(conn, new_reading(MOMENTS[3].0)).unwrap();
            db::execute(conn, no_day).expect_err("there was no such day");
            return;
        }
        for (column, text) in [
            ("day", "2023-02-29"),
            ("day", "1970-01-01 00:00:00"),
            ("clock", "24:00:00.000000"),
            ("clock", "23:59:60.000000"),
            ("local", "1970-01-01T00:00:00.000000"),
            ("local", "1970-01-01 00:00:00.000000Z"),
            ("moment", "1970-01-01 00:00:00.000000"),
            ("moment", "1970-01-01 00:00:00.000000+00:00"),
            ("no_day", "yesterday"),
        ] {
            let row = Reading::insert(conn, new_reading(MOMENTS[3].0)).unwrap();
            let id = row.id;
            let sql = format!("UPDATE readings SET {column} = '{text}' WHERE id = {id}");
            db::execute(conn, &sql).unwrap();
            match Reading::get(conn, row.id) {
                Err(Error::Decode {
                    entity: "Reading",
                    column: told,
                    key,
                    source,
                }) => {
                    assert_eq!((told, key), (column, row.id.to_string()));
                    assert!(source.to_string().starts_with(&format!("{text:?} is no ")));
                }
                other => panic!("{text}: {other:?}"),
            }
            row.delete(conn).unwrap();
        }
        // What SQL of the user's own makes without a fraction is read.
        let row = Reading::insert(conn, new_reading(MOMENTS[0].0)).unwrap();
        db::execute(
            conn,
            "UPDATE readings SET local = datetime(0, 'unixepoch'), clock = time('00:00')",
        )
        .unwrap();
        let row = Reading::get(conn, row.id).unwrap();
        assert_eq!((row.local, row.clock), (at(3).2, at(3).1));
    });
}
