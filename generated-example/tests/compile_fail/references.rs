//! References to rows of the wrong entity.

use generated_example::library::{Author, Branch, NewBook, NewCard, NewEvent, NewItem, UnitOfWork};

fn a_row_of_the_wrong_entity(author: &Author) -> NewItem {
    NewItem {
        isbn: author.into(),
        number: 1,
        acquired: None,
        damaged: None,
        branch_code: None,
    }
}

fn an_optional_row_of_the_wrong_entity(branch: &Branch) -> NewCard {
    NewCard {
        number: "A".into(),
        chip: vec![1, 2, 3, 4],
        reader_id: Some(branch.into()),
    }
}

fn a_key_of_the_wrong_type(starts: chrono::NaiveDateTime, key: i32) -> NewEvent {
    NewEvent {
        title: "Story hour".into(),
        starts,
        branch_code: key.into(),
        public: None,
    }
}

fn a_key_that_is_not_made_a_reference(starts: chrono::NaiveDateTime) -> NewEvent {
    NewEvent {
        title: "Story hour".into(),
        starts,
        branch_code: "MAIN".to_owned(),
        public: None,
    }
}

fn a_pending_row_of_the_wrong_entity(starts: chrono::NaiveDateTime, new: NewBook) {
    let mut work = UnitOfWork::new();
    let book = work.insert(new);
    let _ = work.insert(NewEvent {
        title: "Story hour".into(),
        starts,
        branch_code: book.into(),
        public: None,
    });
}

fn main() {}
