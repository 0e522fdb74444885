//! Eager loads of what foreign keys do not hold.

use crate::db;
use crate::lib::{Error, Loan, loan};
use crate::queries_data::{fill_library, in_library};

#[test]
fn a_row_that_must_be_there_and_is_not() {
    in_library(|conn| {
        fill_library(conn, 15);
        db::execute(conn, "PRAGMA foreign_keys = off").unwrap();
        let lost = Loan::query()
            .order_by(loan::ID.asc())
            .first(conn)
            .unwrap()
            .unwrap();
        lost.card().get(conn).unwrap().delete(conn).unwrap();
        let loans = Loan::query().with(loan::CARD).all(conn);
        assert!(matches!(
            loans,
            Err(Error::NotFound {
                entity: "Card",
                key: None
            })
        ));
        let shared = loan::CARD.shared().load(conn, &[lost.clone()]);
        assert!(matches!(
            shared,
            Err(Error::NotFound { entity: "Card", .. })
        ));
        assert_eq!(
            loan::ITEM.load(conn, &[lost.clone()]).unwrap(),
            [lost.item().get(conn).unwrap()]
        );
        // Nothing stays that refers to what is not there.
        crate::lib::drop_tables(conn).unwrap();
    });
}
