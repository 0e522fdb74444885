//! Calls of the generated API, told to both sides, and what they answer.

use crate::reference::schema::{Key, Rel, Row, Table, Value};

/// What a new row has in a column.
#[derive(Clone, Debug, PartialEq)]
pub enum Given {
    /// Nothing: the default, or NULL.
    Not,
    Value(Value),
    /// The key of a row that the same unit inserts: of the one at that place among its inserts.
    Pending(usize),
    /// The key of a row that another unit inserts.
    Astray,
}

/// What a new row has, column for column.
pub type New = Vec<Given>;
/// What is changed, column for column.
pub type Patch = Vec<Option<Value>>;
/// What a link has beside its ends.
pub type Payload = Vec<Option<Value>>;

/// Rows of an entity.
#[derive(Clone, Debug)]
pub enum Filter {
    All,
    /// Those with this value in the column that has a name, a color, a title or a floor.
    Word(Value),
    /// Those that have something at the other side of one of its relationships.
    Related,
    /// Those that have nothing there.
    Alone,
}

/// A bulk change of the column of [`Filter::Word`].
#[derive(Clone, Debug)]
pub enum Change {
    To(Value),
    /// NULL where it is this text.
    NullOf(String),
}

/// What tells a row to a unit of work.
#[derive(Clone, Debug)]
pub enum Who {
    Copy(Row),
    Key(Key),
    Pending(usize),
    Astray,
}

#[derive(Clone, Debug)]
pub enum Part {
    Insert(Table, New),
    InsertRow(Table, Row),
    Update(Table, Who, Patch),
    Delete(Table, Who),
    Link(Rel, Who, Vec<(Who, Payload)>),
    Unlink(Rel, Who, Vec<Who>),
    Set(Rel, Who, Option<Who>),
}

#[derive(Clone, Debug)]
pub enum Call {
    Insert(Table, New),
    InsertMany(Table, Vec<New>),
    InsertRow(Table, Row),
    /// By the unique key at that place.
    Upsert(Table, usize, New),
    Find(Table, Key),
    Get(Table, Key),
    One(Table, Filter),
    Update(Table, Row, Patch),
    Save(Table, Row),
    Delete(Table, Row),
    UpdateAll(Table, Filter, Change),
    DeleteAll(Table, Filter),
    Add(Rel, Row, Row, Payload),
    AddAll(Rel, Row, Vec<(Row, Payload)>),
    Remove(Rel, Row, Row),
    Set(Rel, Row, Vec<(Row, Payload)>),
    Clear(Rel, Row),
    SetOne(Rel, Row, Option<Row>),
    UpdateLinks(Rel, Row, Row, Patch),
    DeleteLink(Rel, Row, Key),
    Commit(Vec<Part>),
}

impl Call {
    /// Its kind, to be counted.
    pub fn name(&self) -> String {
        let shown = format!("{self:?}");
        let end = shown.find('(').unwrap_or(shown.len());
        shown[..end].to_owned()
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    Nothing,
    Is(bool),
    Count(u64),
    Row(Option<Row>),
    Keys(Vec<Key>),
}
