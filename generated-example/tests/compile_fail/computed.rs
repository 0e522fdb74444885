//! What the database computes is read and compared, and given no value.

#[path = "../../../tests/golden/computed/mod.rs"]
#[rustfmt::skip]
mod models;

use models::{NewWord, Person, PersonPatch, person, support::Connection};

fn a_computed_column_is_given_a_value(conn: &Connection) {
    let change = person::FULL_NAME.set("Ada");
    let _ = Person::query().update(conn, change);
}

fn a_row_to_insert_has_no_computed_column() -> NewWord {
    NewWord {
        text: "Tea".into(),
        folded: "tea".into(),
    }
}

fn changes_have_no_computed_column() -> PersonPatch {
    PersonPatch {
        email_key: Some("ada".into()),
        ..PersonPatch::default()
    }
}

fn main() {}
