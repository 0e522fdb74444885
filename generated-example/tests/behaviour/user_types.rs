//! Types of the user's own: stored as their base, read as themselves, in every place where a column may stand.

use crate::db::{self, Connection};
use rust_decimal::Decimal;

use crate::on_both;
use crate::own::{Color, Day, Email, MemberId, Price, Revision, Settings, Switch, Token};
use models::{
    Error, Event, Letter, Mailbox, Member, MemberPatch, NewEvent, NewLetter, NewMailbox, NewMember,
    NewTicket, NewVisit, Ticket, TicketPatch, UnitOfWork, event, letter, mailbox, member, raw,
    ticket, visit,
};

mod models {
    include!(concat!(env!("OUT_DIR"), "/user_types.rs"));
}

fn on_club(test: impl Fn(&Connection)) {
    let open = |conn: &Connection| {
        models::configure(conn).unwrap();
        models::create_tables(conn).unwrap();
    };
    on_both(open, test);
}

fn email(text: &str) -> Email {
    Email::try_from(text.to_owned()).unwrap()
}

fn price(units: i64) -> Price {
    Price(Decimal::new(units, 2))
}

fn day(of: u32) -> Day {
    Day(chrono::NaiveDate::from_ymd_opt(2026, 11, of).unwrap())
}

const fn color(red: u8) -> Color {
    Color([red, 0, 255])
}

fn new_member(name: &str) -> NewMember {
    NewMember {
        email: email(&format!("{name}@example.org")),
        second: None,
        invited_by: None,
        switch: None,
        settings: None,
        pin: None,
        seen: None,
        kind: None,
    }
}

fn insert(conn: &Connection, name: &str) -> Member {
    Member::insert(conn, new_member(name)).unwrap()
}

/// The part before the @.
fn names(members: &[Member]) -> Vec<String> {
    let texts = members
        .iter()
        .map(|member| String::from(member.email.clone()));
    texts
        .map(|text| text.split('@').next().unwrap().to_owned())
        .collect()
}

#[test]
fn values_are_stored_as_their_base_and_come_back() {
    on_club(|conn| {
        let new = NewMember {
            second: Some(email("b@example.org")),
            switch: Some(Switch::Off),
            settings: Some(Settings(vec![3, 1])),
            pin: Some(color(7)),
            ..new_member("ann")
        };
        let ann = Member::insert(conn, new).unwrap();
        assert_eq!(ann.id, MemberId(1), "the database counts the base");
        assert_eq!(ann.second, Some(email("b@example.org")));
        assert_eq!((ann.switch, ann.pin), (Switch::Off, Some(color(7))));
        assert_eq!(ann.settings, Settings(vec![3, 1]));
        assert_eq!(ann.revision, Revision(1));
        assert_eq!(Member::get(conn, MemberId(1)).unwrap(), ann);
        let sql =
            "SELECT concat_ws(' ', id, email, second, switch, settings, hex(pin)) FROM members";
        let stored = "1 ann@example.org b@example.org 0 [3,1] 0700FF";
        assert!(!db::SQLITE || db::texts(conn, sql) == [stored]);
        assert!(!format!("{ann:?}").contains("pin"), "it is private");

        let bo = insert(conn, "bo");
        assert_eq!((bo.second, bo.pin), (None, None));
        assert_eq!((bo.switch, bo.settings), (Switch::On, Settings(vec![1])));
        let ticket = NewTicket {
            token: None,
            spare: Some(None),
            member_id: bo.id.into(),
            price: None,
        };
        let ticket = Ticket::insert(conn, ticket).unwrap();
        assert_eq!((ticket.price, ticket.tax), (price(950), price(190)));
    });
}

#[test]
fn a_value_that_is_none_is_told_in_the_words_of_its_type() {
    on_club(|conn| {
        insert(conn, "ann");
        let read = |sql: &str| {
            db::execute(conn, sql).unwrap();
            match Member::get(conn, MemberId(1)) {
                Err(Error::Decode {
                    entity: "Member",
                    column,
                    key,
                    source,
                }) if key == "1" => format!("{column}: {source}"),
                other => panic!("{other:?}"),
            }
        };
        let told = read("UPDATE members SET email = 'nobody'");
        assert_eq!(told, "email: \"nobody\" has no @");
        let told = read("UPDATE members SET email = 'a@b', second = ''");
        assert_eq!(told, "second: \"\" has no @");
        if db::SQLITE {
            let told = read("UPDATE members SET second = NULL, pin = x'00'");
            assert_eq!(told, "pin: a color has three bytes");
        }
        let told = read("UPDATE members SET second = NULL, pin = NULL, settings = '{}'");
        assert!(told.starts_with("settings: invalid type: map"), "{told}");

        let sql = "INSERT INTO mailboxes VALUES ('x@y', 'a@b', '127.0.0.256')";
        db::execute(conn, sql).unwrap();
        let Err(Error::Decode { key, source, .. }) = Mailbox::query().first(conn) else {
            panic!("it was read");
        };
        let told = (key.as_str(), source.to_string());
        assert_eq!(told, ("x@y", "invalid IP address syntax".to_owned()));
    });
}

#[test]
fn a_value_that_the_base_cannot_hold_is_told_when_it_is_written() {
    on_club(|conn| {
        let ann = insert(conn, "ann");
        let ticket = |amount: &str| NewTicket {
            token: None,
            spare: None,
            member_id: (&ann).into(),
            price: Some(Price(amount.parse().unwrap())),
        };
        let Err(Error::Encode { column, source }) = Ticket::insert(conn, ticket("123456789"))
        else {
            panic!("written");
        };
        let words = "123456789 has more than 10 digits, 2 of them behind the point";
        assert_eq!((column, source.to_string()), ("price", words.to_owned()));
        // As for a decimal: what is stored is rounded, and nothing is found by a rounded amount.
        let stored = Ticket::insert(conn, ticket("1.005")).unwrap();
        assert_eq!(stored.price, price(101));
        let exact = Price("1.005".parse().unwrap());
        let found = Ticket::query().filter(ticket::PRICE.eq(exact)).count(conn);
        assert!(matches!(found, Err(Error::Encode { .. })));
        let set = Ticket::query().update(conn, ticket::PRICE.set(exact));
        assert_eq!(set.unwrap(), 1);
        let long = "x".repeat(320);
        let refused = Member::insert(conn, new_member(&long));
        assert!(matches!(refused, Err(Error::CheckViolation { .. })));
    });
}

#[test]
fn filters_orders_and_changes_take_values() {
    on_club(|conn| {
        let members = ["cy", "ann", "di", "bo"].map(|name| insert(conn, name));
        for (member, second) in members.iter().zip(["x@1", "y@1", "y@2"]) {
            let second = MemberPatch {
                second: Some(Some(email(second))),
                ..MemberPatch::default()
            };
            let changed = member.update(conn, second).unwrap();
            assert_eq!(changed.revision, Revision(2));
        }
        let found = |filter| {
            let found = Member::query().filter(filter).order_by(member::EMAIL.asc());
            names(&found.all(conn).unwrap()).join(" ")
        };
        let ann = email("ann@example.org");
        assert_eq!(found(member::EMAIL.eq(&ann)), "ann");
        assert_eq!(found(member::EMAIL.ne(ann.clone())), "bo cy di");
        assert_eq!(found(member::ID.in_([MemberId(1), MemberId(4)])), "bo cy");
        assert_eq!(found(member::ID.not_in([MemberId(1)].iter())), "ann bo di");
        assert_eq!(found(member::EMAIL.gt(email("b@x"))), "bo cy di");
        let between = member::EMAIL.between(email("b@"), email("c@"));
        assert_eq!(found(between), "bo");
        assert_eq!(found(member::SECOND.is_null()), "bo");
        assert_eq!(found(member::SECOND.eq(email("x@1"))), "cy");
        assert_eq!(found(member::SWITCH.eq(Switch::On)), "ann bo cy di");
        // Patterns and parts of a text are no values.
        assert_eq!(found(member::SECOND.like("y%")), "ann di");
        let either = if db::LIKE_IGNORES_CASE { "ann di" } else { "" };
        assert_eq!(found(member::SECOND.like("Y%")), either);
        assert_eq!(found(member::SECOND.starts_with("y@")), "ann di");
        assert_eq!(found(member::SECOND.contains("@1")), "ann cy");
        let by_base = raw("email = ?", [String::from(ann.clone())]);
        assert_eq!(Member::query().filter(by_base).count(conn).unwrap(), 1);

        let ordered = Member::query().order_by((member::SECOND.asc(), member::EMAIL.desc()));
        let page = ordered.clone().limit(2).all(conn).unwrap();
        let mut expected = ["bo", "cy", "ann", "di"];
        if !db::NULLS_FIRST {
            expected.rotate_left(1);
        }
        assert_eq!(names(&page), expected[..2]);
        let rest = ordered.after(&page[1]).all(conn).unwrap();
        assert_eq!(names(&rest), expected[2..]);
        let last = Member::query().max(conn, member::EMAIL).unwrap();
        assert_eq!(last, Some(email("di@example.org")));
        let first = Member::query().min(conn, member::ID).unwrap();
        assert_eq!(first, Some(MemberId(1)));
        let sum = Member::query().sum(conn, member::ID).unwrap();
        assert_eq!(sum, Some(10), "a sum is one of the base");

        let all = Member::query();
        let changes = (member::SECOND.set(&ann), member::PIN.set(Some(color(1))));
        assert_eq!(all.clone().update(conn, changes).unwrap(), 4);
        let same = all.clone().filter(member::SECOND.eq(&ann));
        assert_eq!(same.count(conn).unwrap(), 4);
        let none = all.clone().update(conn, member::SECOND.set(None));
        assert_eq!(none.unwrap(), 4);
        let by_hand = member::SECOND.set(raw("'hand+' || email", ()));
        all.update(conn, by_hand).unwrap();
        let bo = Member::get(conn, MemberId(4)).unwrap();
        assert_eq!(bo.second, Some(email("hand+bo@example.org")));
        assert_eq!(bo.revision, Revision(4));
        let stale = members[0].clone().delete(conn);
        assert!(matches!(stale, Err(Error::Stale { .. })));
    });
}

#[test]
fn keys_are_made_counted_and_upserted() {
    on_club(|conn| {
        let keys = Member::insert_many(conn, (0..40).map(|n| new_member(&format!("m{n}"))));
        let keys = keys.unwrap();
        assert_eq!(keys[39], MemberId(40), "by sixteen rows and one by one");
        let again = Member::upsert_by_email(
            conn,
            NewMember {
                switch: Some(Switch::Off),
                ..new_member("m7")
            },
        );
        let again = again.unwrap();
        assert_eq!((again.id, again.switch), (MemberId(8), Switch::Off));

        let ticket = |token| NewTicket {
            token,
            spare: None,
            member_id: keys[0].into(),
            price: Some(price(1)),
        };
        let made = Ticket::insert(conn, ticket(None)).unwrap();
        assert_eq!(made.token.0.get_version_num(), 4);
        assert!(made.spare.is_some_and(|spare| spare != made.token));
        let given = Token(uuid::Uuid::from_u128(5));
        let stored = Ticket::insert(conn, ticket(Some(given))).unwrap();
        assert_eq!(stored.token, given);
        let upserted = Ticket::upsert_by_token(
            conn,
            NewTicket {
                spare: Some(None),
                price: None,
                ..ticket(Some(given))
            },
        );
        let upserted = upserted.unwrap();
        assert_eq!((upserted.price, upserted.spare), (price(1), None));
        let patched = upserted.update(
            conn,
            TicketPatch {
                spare: Some(Some(made.token)),
                ..TicketPatch::default()
            },
        );
        assert_eq!(patched.unwrap().spare, Some(made.token));
        let keys = Ticket::insert_many(conn, [ticket(None), ticket(None)]).unwrap();
        let found = Ticket::query().filter(ticket::TOKEN.in_(&keys)).count(conn);
        assert_eq!(found.unwrap(), 2);
        assert_eq!(Ticket::query().count(conn).unwrap(), 4);
    });
}

#[test]
fn relationships_go_over_keys_of_such_types() {
    on_club(|conn| {
        let mut work = UnitOfWork::new();
        let ann = work.insert(new_member("ann"));
        let bo = work.insert(NewMember {
            invited_by: Some(ann.into()),
            ..new_member("bo")
        });
        let event = work.insert(NewEvent {
            day: day(23),
            color: color(1),
            begins: None,
        });
        let visit = |member| (member, NewVisit::default());
        work.link(event::VISITORS, event, [ann, bo].map(visit));
        let mailbox = work.insert(NewMailbox {
            address: email("club@x"),
            owner_email: email("bo@example.org"),
            machine: Some([10, 0, 0, 1].into()),
        });
        let letter = work.insert(NewLetter {
            mailbox_address: mailbox.into(),
            via: None,
        });
        let done = work.commit(conn).unwrap();
        let (ann, bo) = (done.key(ann), done.key(bo));
        assert_eq!((ann, bo), (MemberId(1), MemberId(2)));
        assert_eq!(done.key(event), (day(23), color(1)));
        assert_eq!(done.key(mailbox), email("club@x"));
        let letter = Letter::get(conn, done.key(letter)).unwrap();
        assert_eq!(letter.via, std::net::IpAddr::from([127, 0, 0, 1]));
        assert_eq!(letter.mailbox_address, email("club@x"));

        let (ann, bo) = (
            Member::get(conn, ann).unwrap(),
            Member::get(conn, bo).unwrap(),
        );
        assert_eq!(bo.inviter().get(conn).unwrap(), Some(ann.clone()));
        let mailbox = letter.mailbox().get(conn).unwrap();
        assert_eq!(mailbox.machine, Some([10, 0, 0, 1].into()));
        assert_eq!(mailbox.owner().get(conn).unwrap(), bo);
        assert_eq!(bo.mailboxes().count(conn).unwrap(), 1);
        let moved = mailbox.owner().set(conn, &ann).unwrap();
        assert_eq!(moved.owner_email, ann.email);
        let mine = mailbox::OWNER.any(member::EMAIL.eq(&ann.email));
        assert_eq!(Mailbox::query().filter(mine).count(conn).unwrap(), 1);
        let by_address = letter::MAILBOX_ADDRESS.eq(email("club@x"));
        assert_eq!(Letter::query().filter(by_address).count(conn).unwrap(), 1);

        // A unit of work writes to rows of such keys too.
        let mut work = UnitOfWork::new();
        work.set(letter::MAILBOX, &letter, &mailbox);
        work.update(
            models::Ref::<Member>::from(ann.id),
            MemberPatch {
                second: Some(Some(email("z@z"))),
                ..MemberPatch::default()
            },
        );
        work.unlink(member::EVENTS, &bo, [(day(23), color(1))]);
        work.commit(conn).unwrap();
        assert_eq!(bo.events().count(conn).unwrap(), 0);
        let cleared = ann.invited().clear(conn);
        cleared.unwrap();
        let bo = Member::get(conn, bo.id).unwrap();
        assert_eq!(bo.inviter().get(conn).unwrap(), None);
    });
}

#[test]
fn relationships_to_rows_that_hold_certain_values_have_them() {
    on_club(|conn| {
        let (ann, bo) = (insert(conn, "ann"), insert(conn, "bo"));
        let tickets = [5, 950].map(|amount| {
            let new = NewTicket {
                token: None,
                spare: None,
                member_id: (&bo).into(),
                price: Some(price(amount)),
            };
            Ticket::insert(conn, new).unwrap()
        });
        let bargains = bo.bargains().all(conn).unwrap();
        assert_eq!(bargains, tickets[1..]);
        ann.bargains().add(conn, &tickets[0]).unwrap();
        let taken = ann.tickets().all(conn).unwrap();
        assert_eq!((taken.len(), taken[0].price), (1, price(950)));

        let machines = [("box@example.org", None), ("a@b", Some([1, 2, 3, 4]))];
        for (address, machine) in machines {
            let new = NewMailbox {
                address: email(address),
                owner_email: ann.email.clone(),
                machine: machine.map(std::net::IpAddr::from),
            };
            Mailbox::insert(conn, new).unwrap();
        }
        assert_eq!(ann.mailboxes().count(conn).unwrap(), 2);
        let boxes = ann.boxes().all(conn).unwrap();
        assert_eq!(boxes.len(), 1);
        assert_eq!(boxes[0].address, email("box@example.org"));
    });
}

#[test]
fn payload_and_eager_loads_have_them() {
    on_club(|conn| {
        let members = ["cy", "ann", "bo"].map(|name| insert(conn, name));
        let events = [(9, 2), (9, 1), (4, 3)].map(|(of, red)| {
            let new = NewEvent {
                day: day(of),
                color: color(red),
                begins: None,
            };
            Event::insert(conn, new).unwrap()
        });
        let paid = |amount, from: Option<[u8; 4]>| NewVisit {
            paid: Some(price(amount)),
            from: from.map(Into::into),
        };
        let [cy, ann, _] = &members;
        for (place, event) in events.iter().enumerate() {
            let amount = i64::try_from(place).unwrap();
            let visit = paid(amount, Some([10, 0, 0, 9]));
            cy.events().add(conn, event, visit).unwrap();
        }
        ann.events().add(conn, &events[0], paid(500, None)).unwrap();

        let all = Member::query()
            .order_by(member::EMAIL.asc())
            .with(member::EVENTS.links())
            .all(conn)
            .unwrap();
        let seen: Vec<_> = all
            .iter()
            .map(|(member, events)| {
                let events = events.iter();
                let events = events.map(|(event, visit)| (event.day, event.color.0[0], visit.paid));
                (member.id, events.collect::<Vec<_>>())
            })
            .collect();
        let of_cy = vec![
            (day(4), 3, price(2)),
            (day(9), 1, price(1)),
            (day(9), 2, price(0)),
        ];
        let expected = [
            (MemberId(2), vec![(day(9), 2, price(500))]),
            (MemberId(3), vec![]),
            (MemberId(1), of_cy),
        ];
        assert_eq!(seen, expected, "in the order of the stored keys");

        let dear = cy.events().query().filter(visit::PAID.ge(price(1)));
        assert_eq!(dear.count(conn).unwrap(), 2);
        let links = cy.events().links();
        let local = links.query().filter(visit::FROM.is_not_null());
        assert_eq!(local.count(conn).unwrap(), 3);
        let back = Event::query()
            .with(event::VISITORS)
            .order_by(event::COLOR.desc())
            .all(conn)
            .unwrap();
        let visitors: Vec<_> = back.iter().map(|(_, members)| names(members)).collect();
        assert_eq!(visitors, [vec!["cy"], vec!["cy", "ann"], vec!["cy"]]);
        let shared = member::EVENTS.load(conn, &members).unwrap();
        assert_eq!(shared.iter().map(Vec::len).collect::<Vec<_>>(), [3, 1, 0]);
    });
}
