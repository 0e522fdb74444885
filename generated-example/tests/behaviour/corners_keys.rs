//! Keys of every type: found, referred to, listed.

use crate::corners::{
    BytesKey, DayKey, InstantKey, MoneyKey, NewBytesKey, NewDayKey, NewInstantKey, NewMoneyKey,
    NewNote, NewRealKey, Note, RealKey,
};
use crate::db;
use crate::{decimal, on_corners};

#[test]
fn lists_of_keys_of_every_type() {
    macro_rules! check {
        ($conn:ident, $notes:ident, $keys:expr, $of_note:ident) => {{
            let keys = &$keys;
            let (first, second) = (&keys[0], &keys[1]);
            assert_eq!(first.notes().add_all($conn, &$notes).unwrap(), 3);
            assert!(!first.notes().add($conn, &$notes[0]).unwrap());
            assert!($notes[0].$of_note().add($conn, second).unwrap());
            assert_eq!(
                $notes[0].$of_note().add_all($conn, keys).unwrap(),
                0,
                "they are there"
            );
            assert_eq!($notes[1].$of_note().add_all($conn, keys).unwrap(), 1);
            $notes[2].$of_note().set($conn, [second]).unwrap();
            assert_eq!($notes[2].$of_note().all($conn).unwrap(), [second.clone()]);
            let changes = crate::db::changes($conn);
            $notes[1].$of_note().set($conn, keys).unwrap();
            assert_eq!(
                crate::db::changes($conn),
                changes,
                "a key is found again in a list"
            );
            first.notes().set($conn, &$notes[1..2]).unwrap();
            assert_eq!(first.notes().all($conn).unwrap(), [$notes[1].clone()]);
            assert!($notes[1].$of_note().contains($conn, first).unwrap());
            assert!($notes[1].$of_note().remove($conn, first).unwrap());
        }};
    }
    on_corners(|conn| {
        let notes = [(); 3].map(|()| Note::insert(conn, NewNote { day: None }).unwrap());
        let money = ["-0.001", "1234567.890"].map(|amount| {
            MoneyKey::insert(
                conn,
                NewMoneyKey {
                    amount: decimal(amount),
                },
            )
            .unwrap()
        });
        check!(conn, notes, money, amounts);
        let instants = [1, -1].map(|micros| {
            let at = chrono::DateTime::from_timestamp_micros(micros).unwrap();
            InstantKey::insert(conn, NewInstantKey { at }).unwrap()
        });
        check!(conn, notes, instants, instants);
        let reals = [0.1 + 0.2, 5e-324].map(|x| RealKey::insert(conn, NewRealKey { x }).unwrap());
        check!(conn, notes, reals, reals);
        let raws = [[0, 0, 0], [255, 34, 0]]
            .map(|raw| BytesKey::insert(conn, NewBytesKey { raw: raw.into() }).unwrap());
        check!(conn, notes, raws, raws);
        assert_eq!(MoneyKey::get(conn, decimal("-0.001")).unwrap(), money[0]);
        assert_eq!(RealKey::find(conn, 0.3).unwrap(), None);
    });
}

/// A foreign key would tell of a number that changes on its way through a list. SQLite reads numbers of every ordinary
/// size exactly, those at the edges of the range only to the fifteenth digit.
#[test]
fn numbers_in_lists_are_exact() {
    on_corners(|conn| {
        let note = Note::insert(conn, NewNote { day: None }).unwrap();
        let mut bits = 0x9e37_79b9_7f4a_7c15_u64;
        let random = std::iter::from_fn(|| {
            // Xorshift.
            bits ^= bits << 13;
            bits ^= bits >> 7;
            bits ^= bits << 17;
            Some(f64::from_bits(bits))
        });
        let special = [
            0.1 + 0.7,
            -3.0,
            1e15,
            2.0_f64.powi(63),
            f64::INFINITY,
            f64::NEG_INFINITY,
        ];
        let special = special
            .into_iter()
            .filter(|x| x.is_finite() || db::HOLDS_INFINITY);
        let count = 5000 + special.clone().count() as u64;
        let numbers = random
            .filter(|x| (1e-20..1e20).contains(&x.abs()))
            .take(5000)
            .chain(special);
        let outer = db::begin(conn);
        let keys: Vec<RealKey> = numbers
            .map(|x| RealKey::insert(&outer, NewRealKey { x }).unwrap())
            .collect();
        outer.commit().unwrap();
        note.reals().add_all(conn, &keys).unwrap();
        assert_eq!(note.reals().count(conn).unwrap(), count);
    });
}

#[test]
fn references_to_keys_of_other_types() {
    on_corners(|conn| {
        let day = chrono::NaiveDate::from_ymd_opt(2026, 2, 28).unwrap();
        let key = DayKey::insert(conn, NewDayKey { day }).unwrap();
        let note = Note::insert(
            conn,
            NewNote {
                day: Some(day.into()),
            },
        )
        .unwrap();
        assert_eq!(note.day_key().get(conn).unwrap(), Some(key.clone()));
        let other = Note::insert(
            conn,
            NewNote {
                day: Some((&key).into()),
            },
        )
        .unwrap();
        assert_eq!(key.notes().all(conn).unwrap(), [note, other.clone()]);
        key.notes().set(conn, [&other]).unwrap();
        assert_eq!(key.notes().count(conn).unwrap(), 1);
    });
}
