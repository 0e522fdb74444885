//! Optimistic locks in a unit of work.

use crate::db::Connection;

use crate::versions::models::{
    Document, Folder, NewFolder, NewSummary, Ref, Summary, SummaryPatch, UnitOfWork, document,
    folder, summary,
};
use crate::versions::writes::{self, City, CityPatch, Country, NewCity, NewCountry, country};
use crate::versions::{
    models, new_document, not_found, old_document, on_versions, on_writes, stale, titled, written,
};

fn new_summary(of: Option<Ref<Document>>) -> NewSummary {
    NewSummary {
        id: None,
        text: String::new(),
        document_id: of,
    }
}

fn stored_folder(conn: &Connection, name: &str) -> Folder {
    Folder::insert(conn, NewFolder { name: name.into() }).unwrap()
}

fn commit(conn: &Connection, change: impl Fn(&mut UnitOfWork)) -> models::support::Result<()> {
    let mut work = UnitOfWork::new();
    change(&mut work);
    work.commit(conn).map(drop)
}

#[test]
fn every_change_raises_the_version_once() {
    on_versions(|conn| {
        let a = stored_folder(conn, "a");
        let first = old_document(conn, "one");
        commit(conn, |work| work.update(&first, titled("two"))).unwrap();
        let second = written(conn, &first, 1);
        assert_eq!(second.title, "two");
        commit(conn, |work| work.link(folder::DOCUMENTS, &a, [&second])).unwrap();
        let third = written(conn, &second, 1);
        commit(conn, |work| work.link(folder::DOCUMENTS, &a, [&second])).unwrap();
        written(conn, &third, 0);
        commit(conn, |work| work.unlink(folder::DOCUMENTS, &a, [&third])).unwrap();
        let fourth = written(conn, &third, 1);
        commit(conn, |work| work.set(document::FOLDER, &fourth, &a)).unwrap();
        let fifth = written(conn, &fourth, 1);
        commit(conn, |work| {
            work.set(document::FOLDER, &fifth, None::<&Folder>);
        })
        .unwrap();
        let sixth = written(conn, &fifth, 1);
        commit(conn, |work| {
            work.update(Ref::<Document>::from(first.id), titled("by key"));
        })
        .unwrap();
        assert_eq!(written(conn, &sixth, 1).title, "by key");
        let mut work = UnitOfWork::new();
        let new = work.insert(new_document("new"));
        work.update(new, titled("new too"));
        let done = work.commit(conn).unwrap();
        let new = Document::get(conn, done.key(new)).unwrap();
        assert_eq!((new.revision, new.title.as_str()), (2, "new too"));
    });
}

#[test]
fn an_old_copy_is_stale_and_nothing_of_its_unit_is_left() {
    on_versions(|conn| {
        let old = old_document(conn, "one");
        let other = old_document(conn, "other");
        let now = old.update(conn, titled("two")).unwrap();
        stale(commit(conn, |work| work.update(&old, titled("x"))));
        stale(commit(conn, |work| work.delete(&old)));
        // Links that would write to it, alone and among others; what is as it shall be is not written to.
        let (a, b) = (stored_folder(conn, "a"), stored_folder(conn, "b"));
        let now = {
            commit(conn, |work| work.link(folder::DOCUMENTS, &a, [&now])).unwrap();
            written(conn, &now, 1)
        };
        let summary = Summary::insert(conn, new_summary(None)).unwrap();
        let patch = SummaryPatch {
            text: Some("x".into()),
            ..SummaryPatch::default()
        };
        let summary_now = summary.update(conn, patch).unwrap();
        for others in [false, true] {
            let is_stale = |change: &dyn Fn(&mut UnitOfWork)| {
                stale(commit(conn, |work| {
                    if others {
                        work.update(&other, titled("x"));
                    }
                    change(work);
                }));
                assert_eq!(written(conn, &now, 0), now);
                written(conn, &other, 0);
                assert_eq!(Summary::get(conn, summary.id).unwrap(), summary_now);
            };
            is_stale(&|work| work.link(folder::DOCUMENTS, &b, [&old]));
            is_stale(&|work| work.link(folder::DOCUMENTS, &b, [&now, &old]));
            is_stale(&|work| work.link(folder::DOCUMENTS, &b, [Ref::from(&old)]));
            is_stale(&|work| work.unlink(folder::DOCUMENTS, &a, [&old]));
            is_stale(&|work| work.set(document::FOLDER, &old, &b));
            is_stale(&|work| work.set(document::FOLDER, &old, None::<&Folder>));
            is_stale(&|work| work.set(document::SUMMARY, &other, &summary));
            is_stale(&|work| work.set(summary::DOCUMENT, &summary, &other));
            commit(conn, |work| {
                work.link(folder::DOCUMENTS, &a, [&old]);
                work.unlink(folder::DOCUMENTS, &b, [&old]);
            })
            .unwrap();
            assert_eq!(written(conn, &now, 0), now);
        }
        // Among other changes, in whatever place.
        for place in 0..3 {
            let update = |work: &mut UnitOfWork| work.update(&old, titled("x"));
            let delete = |work: &mut UnitOfWork| work.delete(&old);
            for wrong in [&update as &dyn Fn(&mut UnitOfWork), &delete] {
                stale(commit(conn, |work| {
                    let mut here = 0;
                    let mut next = |work: &mut UnitOfWork| {
                        if here == place {
                            wrong(work);
                        }
                        here += 1;
                    };
                    next(work);
                    work.insert(new_document("new"));
                    work.update(&other, titled("x"));
                    next(work);
                    work.update(Ref::<Document>::from(other.id), titled("y"));
                    work.delete(&other);
                    next(work);
                }));
                assert_eq!(written(conn, &now, 0), now);
                written(conn, &other, 0);
                assert_eq!(Document::query().count(conn).unwrap(), 2);
            }
        }
        // By its key alone the row is whatever it is.
        commit(conn, |work| work.delete(Ref::<Document>::from(old.id))).unwrap();
        not_found(
            commit(conn, |work| work.update(&old, titled("x"))),
            "Document",
        );
        not_found(commit(conn, |work| work.delete(&now)), "Document");
        not_found(
            commit(conn, |work| {
                work.delete(&now);
                work.update(&other, titled("x"));
            }),
            "Document",
        );
        written(conn, &other, 0);
    });
}

/// A link that is as it shall be is not written, unless a step before it has changed that.
#[test]
fn an_old_copy_is_stale_when_the_unit_itself_makes_its_link_a_write() {
    on_versions(|conn| {
        let [a, b] = ["a", "b"].map(|name| stored_folder(conn, name));
        let read = old_document(conn, "one");
        commit(conn, |work| work.link(folder::DOCUMENTS, &a, [&read])).unwrap();
        let old = written(conn, &read, 1);
        let now = old.update(conn, titled("two")).unwrap();
        stale(commit(conn, |work| {
            work.link(folder::DOCUMENTS, &b, [old.id]);
            work.link(folder::DOCUMENTS, &a, [&old]);
        }));
        stale(commit(conn, |work| {
            work.unlink(folder::DOCUMENTS, &a, [&now]);
            work.link(folder::DOCUMENTS, &a, [&old]);
        }));
        stale(commit(conn, |work| {
            work.link(folder::DOCUMENTS, &b, [old.id]);
            work.unlink(folder::DOCUMENTS, &b, [&old]);
        }));
        assert_eq!(written(conn, &now, 0), now);
        // Kept from one unit to the next, a reference made of a row is that old copy, and one made of a key is not.
        let (by_row, by_key) = (Ref::from(&now), Ref::<Document>::from(now.id));
        for _ in 0..2 {
            commit(conn, |work| work.update(by_key.clone(), titled("three"))).unwrap();
        }
        stale(commit(conn, |work| {
            work.update(by_row.clone(), titled("four"));
        }));
        let sum = Document::query().sum(conn, document::REVISION).unwrap();
        assert_eq!(sum, Some(i64::from(now.revision) + 2));
    });
}

/// What a unit writes to a row must not make its own copy of the row an old one.
#[test]
fn a_unit_is_not_in_its_own_way() {
    on_versions(|conn| {
        let a = stored_folder(conn, "a");
        let read = old_document(conn, "one");
        commit(conn, |work| {
            work.update(&read, titled("two"));
            work.update(&read, titled("three"));
        })
        .unwrap();
        let read = written(conn, &read, 2);
        commit(conn, |work| {
            work.link(folder::DOCUMENTS, &a, [&read]);
            work.update(&read, titled("four"));
            work.set(document::FOLDER, &read, None::<&Folder>);
            work.update(&read, titled("five"));
        })
        .unwrap();
        let read = written(conn, &read, 4);
        assert_eq!((read.title.as_str(), read.folder_id), ("five", None));
        commit(conn, |work| {
            work.update(&read, titled("six"));
            work.delete(&read);
        })
        .unwrap();
        not_found(Document::get(conn, read.id), "Document");

        // A row that another one of the unit takes its place from has been written to as well.
        let document = old_document(conn, "with a summary");
        let [held, free] = [Some((&document).into()), None]
            .map(|of| Summary::insert(conn, new_summary(of)).unwrap());
        let text = |text: &str| SummaryPatch {
            text: Some(text.into()),
            ..SummaryPatch::default()
        };
        commit(conn, |work| {
            work.set(document::SUMMARY, &document, &free);
            work.update(&held, text("held"));
            work.update(&free, text("free"));
        })
        .unwrap();
        let [held, free] = [held, free].map(|row| Summary::get(conn, row.id).unwrap());
        assert_eq!((held.text.as_str(), held.version), ("held", 2));
        assert_eq!((free.text.as_str(), free.version), ("free", 2));
        commit(conn, |work| {
            work.set(summary::DOCUMENT, &held, &document);
            work.delete(&free);
            work.update(&held, text("again"));
        })
        .unwrap();
        assert_eq!(Summary::query().one(conn).unwrap().text, "again");
    });
}

#[test]
fn a_row_with_a_version_of_its_own_is_one_of_the_unit() {
    on_versions(|conn| {
        let row = Document {
            id: 7,
            revision: 40,
            ..old_document(conn, "one")
        };
        let mut work = UnitOfWork::new();
        let pending = work.insert_row(&row);
        work.update(&row, titled("two"));
        work.update(pending, titled("three"));
        work.update(&row, titled("four"));
        let done = work.commit(conn).unwrap();
        assert_eq!(done.key(pending), 7);
        assert_eq!(written(conn, &row, 3).title, "four");
    });
}

#[test]
fn a_source_that_is_gone_has_nothing_to_be_taken_from() {
    on_writes(|conn| {
        let country = Country::insert(conn, NewCountry { code: "a".into() }).unwrap();
        let new = NewCity {
            name: "one".into(),
            country_code: None,
        };
        let read = City::insert(conn, new).unwrap();
        country.clone().delete(conn).unwrap();
        let unlink = || {
            let mut work = writes::UnitOfWork::new();
            work.unlink(country::CITIES, &country, [&read]);
            work.commit(conn).map(drop)
        };
        unlink().unwrap();
        let patch = CityPatch {
            name: Some("two".into()),
            ..CityPatch::default()
        };
        let now = read.update(conn, patch).unwrap();
        unlink().unwrap();
        assert_eq!(City::get(conn, read.id).unwrap(), now);
    });
}
