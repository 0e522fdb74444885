//! The spaces of names that each dialect has, and what shares one.
//!
//! SQLite: tables and indexes (`lang_createindex.html`). PostgreSQL: tables, indexes, primary and unique keys, which are
//! indexes, and what counts keys; tables and enums, which are types both (CREATE TYPE, "Description"). MySQL: indexes and
//! unique keys for each table ("Schema Object Names"), foreign keys and checks of the whole schema (CREATE TABLE, "CHECK
//! Constraints"; MariaDB has those for each table). Everywhere constraints differ within a table.

use std::collections::BTreeMap;

use super::owner::{Owner, What};
use super::{Names, Scope, Subject, sql};
use crate::model::Dialect;
use crate::naming::{database, shorten};
use crate::resolve::draft::{Draft, Origin, Sited};

/// What has a name in a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Enum,
    Table,
    /// What counts a key.
    Sequence,
    Index,
    PrimaryKey,
    Unique,
    ForeignKey,
    Check,
}

/// A space of names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Space {
    Relations,
    Types,
    ForeignKeys,
    Checks,
    /// For each table one.
    Indexes,
    /// For each table one.
    Constraints,
}

/// Where a name must differ from others.
const fn spaces(dialect: Dialect, kind: Kind) -> &'static [Space] {
    use Space::{Checks, Constraints, ForeignKeys, Indexes, Relations, Types};
    match (dialect, kind) {
        (Dialect::Postgres, Kind::Table) => &[Relations, Types],
        (Dialect::Postgres, Kind::Enum) => &[Types],
        (Dialect::Sqlite | Dialect::Mysql, Kind::Enum | Kind::Sequence) => &[],
        (Dialect::Sqlite | Dialect::Mysql, Kind::Table)
        | (Dialect::Postgres, Kind::Sequence)
        | (Dialect::Sqlite | Dialect::Postgres, Kind::Index) => &[Relations],
        (Dialect::Mysql, Kind::Index) => &[Indexes],
        (Dialect::Postgres, Kind::PrimaryKey | Kind::Unique) => &[Constraints, Relations],
        (Dialect::Mysql, Kind::Unique) => &[Constraints, Indexes],
        (Dialect::Mysql, Kind::ForeignKey) => &[Constraints, ForeignKeys],
        (Dialect::Mysql, Kind::Check) => &[Constraints, Checks],
        (_, Kind::PrimaryKey | Kind::Unique | Kind::ForeignKey | Kind::Check) => &[Constraints],
    }
}

/// A thing with a name.
struct Named {
    kind: Kind,
    name: String,
    owner: Owner,
    subject: Subject,
}

impl Names<'_, '_> {
    /// Everything of the spec that has a name in the database of `dialect`.
    pub(super) fn database(&mut self, dialect: Dialect) {
        let enums = self.enums.values().enumerate();
        let enums = enums.filter(|(_, each)| each.ty.native);
        let mut things: Vec<Named> = enums
            .map(|(place, each)| Named {
                kind: Kind::Enum,
                name: database::enum_type(&each.ty.name),
                owner: Owner(place, What::Enum),
                subject: sql("type", "table"),
            })
            .collect();
        let drafts = self.drafts.iter().enumerate();
        things.extend(drafts.clone().map(|(place, draft)| table(place, draft)));
        things.extend(
            drafts
                .clone()
                .filter_map(|(place, draft)| sequence(place, draft)),
        );
        for (place, draft) in drafts {
            things.extend(constraints(place, draft));
            things.extend(indexes(place, draft));
        }
        let mut scopes: BTreeMap<(Space, Option<usize>), Scope> = BTreeMap::new();
        for thing in things {
            let compared = match dialect.longest_name() {
                Some(limit) => shorten(&thing.name, limit).to_lowercase(),
                None => thing.name.to_lowercase(),
            };
            let subject = Subject {
                within: match dialect {
                    // As in every other.
                    Dialect::Sqlite => "",
                    Dialect::Postgres => " in postgres",
                    Dialect::Mysql => " in mysql",
                },
                ..thing.subject
            };
            for space in spaces(dialect, thing.kind) {
                let each = matches!(space, Space::Indexes | Space::Constraints);
                let scope = scopes.entry((*space, each.then_some(thing.owner.0)));
                let compared = compared.clone();
                let scope = scope.or_default();
                self.claim(scope, &thing.name, compared, thing.owner, subject);
            }
        }
    }
}

fn table(place: usize, draft: &Draft<'_>) -> Named {
    Named {
        kind: Kind::Table,
        name: draft.table.clone(),
        owner: Owner(place, What::Table),
        subject: sql("table", "table").made_by("table", draft.source.table.is_some()),
    }
}

/// PostgreSQL makes the name, and takes another one where something else has it by then.
fn sequence(place: usize, draft: &Draft<'_>) -> Option<Named> {
    let id = draft.auto_increment()?;
    let name = format!("{}_{}_seq", draft.table, draft.columns[id].name);
    // Of longer names it shortens the parts.
    let limit = Dialect::Postgres.longest_name()?;
    (name.len() <= limit).then_some(Named {
        kind: Kind::Sequence,
        name,
        owner: Owner(place, What::Column(id)),
        subject: sql("table", "table"),
    })
}

fn indexes(place: usize, draft: &Draft<'_>) -> impl Iterator<Item = Named> {
    draft.indexes.iter().map(move |index| Named {
        kind: Kind::Index,
        name: index.item.name.clone(),
        owner: Owner(place, What::From(index.origin)),
        subject: sql("index", "name").made_by("index", index.named),
    })
}

fn constraints(place: usize, draft: &Draft<'_>) -> impl Iterator<Item = Named> {
    fn of<T>(sited: &Sited<T>, pattern: &'static str) -> (Origin, Subject) {
        let subject = sql("constraint", "name").made_by(pattern, sited.named);
        (sited.origin, subject)
    }
    let primary = (draft.primary_key.iter())
        .map(|key| (Kind::PrimaryKey, &key.item.name, of(key, "primary_key")));
    let uniques =
        (draft.uniques.iter()).map(|key| (Kind::Unique, &key.item.name, of(key, "unique")));
    let checks = draft.checks.iter();
    let checks = checks.map(|check| (Kind::Check, &check.item.name, of(check, "check")));
    let keys = draft.foreign_keys.iter();
    let keys = keys.map(|key| (Kind::ForeignKey, &key.item.name, of(key, "foreign_key")));
    let lower_first = draft.lower_first.iter();
    let lower_first = lower_first.map(|check| (Kind::Check, &check.item.name, of(check, "check")));
    let all = primary
        .chain(uniques)
        .chain(checks)
        .chain(keys)
        .chain(lower_first);
    all.map(move |(kind, name, (origin, subject))| Named {
        kind,
        name: name.clone(),
        owner: Owner(place, What::From(origin)),
        subject,
    })
}
