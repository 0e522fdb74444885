/// The statements of a relationship to many. Parameters: the source's columns, then the target's columns or the list of
/// their keys. A kind that lacks a statement leaves it empty ([`ToManySql::NONE`]) and never runs it.
pub struct ToManySql {
    /// The targets of many sources: [`ReadSql::load`].
    pub load: &'static str,
    /// Whether they come in the order of the relationship.
    pub sorts: bool,
    /// The links of many sources: [`ReadSql::links`].
    pub links: &'static str,
    /// The targets with a key of a list: [`ReadSql::targets`].
    pub targets: &'static str,
    /// The targets of [`ToManySql::load`], at most a number of them for each source.
    pub load_limited: &'static str,
    /// Whether some target fits a condition: [`ReadSql::any`].
    pub any: &'static str,
    /// Whether there is a target.
    pub exists: &'static str,
    /// The targets, in the order of the relationship.
    pub all: &'static str,
    /// The condition of a target.
    pub scope: &'static str,
    /// The order of the relationship.
    pub order: &'static str,
    /// The number of targets.
    pub count: &'static str,
    /// Whether a row is a target.
    pub contains: &'static str,
    /// Makes a row a target.
    pub add: &'static str,
    /// Makes the rows of a list targets; for [`Addable`] kinds.
    pub add_all: &'static str,
    /// What the database calls the key that a link which is there violates; empty where [`ToManySql::add`] does nothing then.
    pub key_name: &'static str,
    /// Whether a link is there that [`ToManySql::add`] would make again, with the same parameters, where it fails then.
    pub linked: &'static str,
    /// Locks the source, so that two that set its targets do it one after the other; empty where one writes at a time.
    pub lock: &'static str,
    /// [`ToManySql::retain`] and [`ToManySql::add_all`] in one; empty where the database has no such statement.
    pub replace: &'static str,
    /// [`ToManySql::add`] for many pairs, each parameter being an array; empty where the database has no such statement.
    pub add_many: &'static str,
    /// The same where no link is there; empty where that is no other text.
    pub add_new: &'static str,
    /// Whether a row of a list is no target; for kinds where no foreign key tells that a row is gone.
    pub missing: &'static str,
    /// Whether a row of a list is there and cannot be a target, where no foreign key tells; empty where each can.
    pub misfits: &'static str,
    /// A row is no target any more; for [`Removable`] kinds, as are the next two.
    pub remove: &'static str,
    /// No row is a target any more but those of a list.
    pub retain: &'static str,
    /// No row is a target any more.
    pub clear: &'static str,
}

impl ToManySql {
    /// No statement at all.
    pub const NONE: Self = Self {
        load: "",
        sorts: false,
        links: "",
        targets: "",
        load_limited: "",
        any: "",
        exists: "",
        all: "",
        scope: "",
        order: "",
        count: "",
        contains: "",
        add: "",
        add_all: "",
        key_name: "",
        linked: "",
        lock: "",
        replace: "",
        add_many: "",
        add_new: "",
        missing: "",
        misfits: "",
        remove: "",
        retain: "",
        clear: "",
    };
}
