//! Columns that a row does not show of itself.

use crate::db;

mod models {
    include!(concat!(env!("OUT_DIR"), "/private.rs"));
}
use models::{Account, AccountPatch, NewAccount, NewSecret, Secret, SecretPatch, account, secret};

fn new_account() -> NewAccount {
    NewAccount {
        name: "Ada".into(),
        password: "hunter2".into(),
        token: None,
        r#type: Some(Some("hunter2".into())),
        kind: None,
    }
}

#[test]
fn debug_leaves_them_out() {
    let account = new_account();
    assert_eq!(
        format!("{account:?}"),
        r#"NewAccount { name: "Ada", kind: None, .. }"#
    );
    let patch = AccountPatch {
        password: Some("hunter2".into()),
        ..AccountPatch::default()
    };
    assert_eq!(
        format!("{patch:?}"),
        "AccountPatch { name: None, kind: None, .. }"
    );
    let patch = SecretPatch {
        text: Some("hunter2".into()),
        account_id: Some(77),
    };
    assert_eq!(format!("{patch:?}"), "SecretPatch { .. }");
    let new = NewSecret {
        account_id: 77.into(),
        text: "hunter2".into(),
    };
    assert_eq!(format!("{new:#?}"), "NewSecret { .. }");
}

#[test]
fn rows_have_them_all_the_same() {
    let conn = db::open();
    models::configure(&conn).unwrap();
    models::create_tables(&conn).unwrap();
    let ada = Account::insert(&conn, new_account()).unwrap();
    assert_eq!(
        format!("{ada:?}"),
        r#"Account { id: 1, name: "Ada", kind: "person", .. }"#
    );
    assert_eq!(ada.password, "hunter2");
    let found = Account::query().filter(account::PASSWORD.eq("hunter2"));
    assert_eq!(found.one(&conn).unwrap(), ada);
    let new = NewSecret {
        account_id: (&ada).into(),
        text: "hunter2".into(),
    };
    let stored = Secret::insert(&conn, new).unwrap();
    assert_eq!(format!("{stored:?}"), "Secret { id: 1, .. }");
    let of_ada = Secret::query().filter(secret::ACCOUNT_ID.eq(ada.id));
    assert_eq!(of_ada.all(&conn).unwrap(), [stored]);
    // An error of a row whose private values are wrong does not tell them.
    let taken = Account::insert(&conn, new_account()).unwrap_err();
    assert!(
        !format!("{taken:?} {taken}").contains("hunter2"),
        "{taken:?}"
    );
}
