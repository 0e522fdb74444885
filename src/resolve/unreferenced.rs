//! The column that a relationship wants to go over, where it is there and refers to nothing.

use super::draft::Draft;
use super::relationships::RelationshipDraft;
use crate::diagnostic::{Diagnostic, Fix};
use crate::naming::rust;
use crate::spec::{Column, OneOrMany};

/// A column without a reference, and how it gets one.
pub(super) struct Unreferenced {
    pub(super) help: String,
    /// What writes it, where the column is nothing but a type, and one that fits.
    pub(super) fix: Option<Fix>,
}

impl Unreferenced {
    /// `found`, with the way out.
    pub(super) fn mend(self, found: Diagnostic) -> Diagnostic {
        let found = found.help(self.help);
        match self.fix {
            Some(fix) => found.fix(fix),
            None => found,
        }
    }
}

/// The column without a reference that is the relationship's `foreign_key`, or is called as the entity at the other
/// side, or as the relationship that would read it from the side of its owner.
pub(super) fn find(
    drafts: &[Draft<'_>],
    relationship: &RelationshipDraft<'_>,
) -> Option<Unreferenced> {
    let (own, theirs) = (&drafts[relationship.entity], &drafts[relationship.target?]);
    match &relationship.written.foreign_key {
        Some(OneOrMany::One(name)) => {
            let stated = || [name.clone()].into_iter();
            return column(own, theirs, stated()).or_else(|| column(theirs, own, stated()));
        }
        Some(OneOrMany::Many(_)) => return None,
        None => {}
    }
    let called = |name: Option<&str>, other: &Draft<'_>| {
        let stems = [
            name.map(str::to_owned),
            Some(rust::snake(other.source.name)),
        ];
        stems.into_iter().flatten().map(|stem| format!("{stem}_id"))
    };
    let back = relationship.written.back_populates.as_deref();
    let to_many = relationship.written.kind.as_deref() == Some("one_to_many");
    let of_own = (!to_many).then(|| {
        let names = called(Some(relationship.name), theirs);
        column(own, theirs, names)
    });
    of_own
        .flatten()
        .or_else(|| column(theirs, own, called(back, own)))
}

/// The first column of `owner` among `names` that refers to nothing, and to `target` then.
fn column(
    owner: &Draft<'_>,
    target: &Draft<'_>,
    mut names: impl Iterator<Item = String>,
) -> Option<Unreferenced> {
    let (from, to) = (owner.source.name, target.source.name);
    let (id, name, column) = names.find_map(|name| {
        let found = owner.source.columns.get_full(&name)?;
        let refers = found.2.references.is_some() || refers(owner, found.0);
        (!refers).then_some(found)
    })?;
    let nullable = owner.columns.get(id).is_some_and(|column| column.nullable);
    let nullable = if nullable { ", nullable: true" } else { "" };
    let reference = format!("{{ references: {to}{nullable} }}");
    if !is_bare(column) {
        let help = format!("give `{from}.{name}` a reference: add `references: {to}` to it");
        return Some(Unreferenced { help, fix: None });
    }
    let help = format!("give `{from}.{name}` a reference: `{name}: {reference}`");
    let fix = fits(owner, id, target).then(|| Fix::Yaml {
        place: owner.source.path.key("columns").key(name).at_value(),
        from: column.r#type.clone().unwrap_or_default(),
        to: reference,
    });
    Some(Unreferenced { help, fix })
}

/// Whether a foreign key goes over the column `id` of `owner`.
fn refers(owner: &Draft<'_>, id: usize) -> bool {
    let mut keys = owner.foreign_keys.iter();
    keys.any(|key| key.item.columns.contains(&id))
}

/// Whether nothing but the type is said of it, and NULL.
fn is_bare(column: &Column) -> bool {
    let Column {
        r#type: _,
        nullable: _,
        primary_key,
        unique,
        index,
        default,
        on_update,
        references: _,
        on_delete,
        on_update_key,
        check,
        computed,
        auto_increment,
        name,
        rust_name,
        version,
        private,
        example,
        doc,
    } = column;
    let flags = [primary_key, unique, index, auto_increment, version, private];
    let texts = [on_update, on_delete, on_update_key, name, rust_name, doc];
    flags.iter().all(|flag| flag.is_none())
        && texts.iter().all(|text| text.is_none())
        && default.is_none()
        && check.is_none()
        && computed.is_none()
        && example.is_none()
}

/// Whether the column `id` can hold the primary key of `target`.
fn fits(owner: &Draft<'_>, id: usize, target: &Draft<'_>) -> bool {
    let key = target.primary_key.as_ref().map(|key| &key.item.columns[..]);
    let Some([key]) = key else { return false };
    match (owner.columns.get(id), target.columns.get(*key)) {
        (Some(own), Some(theirs)) => own.ty == theirs.ty,
        _ => false,
    }
}
