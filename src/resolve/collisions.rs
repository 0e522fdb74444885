//! The one table of all names: what Rust, SQL and the file system would confuse.

mod databases;
mod owner;
mod patterns;

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use super::context::Context;
use super::draft::Draft;
use super::enums::Enums;
use super::mixins::Mixins;
use super::relationships::RelationshipDraft;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::EntityNames;
use crate::naming::{reserved, rust as naming};
use crate::spec::Spec;
use owner::{Owner, What};

/// Names that must differ from one another: by name as it is compared, who has it; none for generated code's own.
#[derive(Default)]
struct Scope(BTreeMap<String, Option<Owner>>);

/// What a name is, for the message and the way out.
#[derive(Clone, Copy)]
struct Subject {
    noun: &'static str,
    /// What to give another name, before "it" or "one of both".
    part: &'static str,
    key: &'static str,
    /// The key of `naming` for such names, where the thing has no name of its own.
    pattern: Option<&'static str>,
    /// Where it would be the name, for the message.
    within: &'static str,
}

const fn rust(noun: &'static str) -> Subject {
    Subject {
        noun,
        part: "",
        key: "rust_name",
        pattern: None,
        within: "",
    }
}

const fn sql(noun: &'static str, key: &'static str) -> Subject {
    Subject {
        noun,
        part: "",
        key,
        pattern: None,
        within: "",
    }
}

impl Subject {
    /// The subject of something whose name `pattern` makes, unless it is `named` itself.
    fn made_by(self, pattern: &'static str, named: bool) -> Self {
        Self {
            pattern: (!named).then_some(pattern),
            ..self
        }
    }
}

struct Names<'c, 's> {
    spec: &'s Spec,
    mixins: &'c Mixins<'s>,
    drafts: &'c [Draft<'s>],
    relationships: &'c [Vec<RelationshipDraft<'s>>],
    enums: &'c Enums<'s>,
    /// Whether the spec declares types.
    declares: bool,
    /// Whether there are tests.
    tests: bool,
    /// Pairs that were reported; two things that clash in several scopes are one mistake.
    told: BTreeSet<(Option<Owner>, Owner)>,
    found: Vec<Diagnostic>,
}

/// Reports every two things that would get the same name.
pub(super) fn check(
    context: &mut Context<'_>,
    drafts: &[Draft<'_>],
    rust_names: &[Option<EntityNames>],
    relationships: &[Vec<RelationshipDraft<'_>>],
) {
    // Without the patterns that were meant, names in the database are others.
    let patterns = !context.unread(super::naming::path);
    let mut names = Names {
        spec: context.spec,
        mixins: &context.mixins,
        drafts,
        relationships,
        enums: &context.enums,
        declares: !(context.enums.is_empty() && context.spec.types.is_empty()),
        tests: context.asked.tests,
        told: BTreeSet::new(),
        found: Vec::new(),
    };
    names.items(rust_names);
    names.variants();
    for dialect in context.dialects.iter().filter(|_| patterns) {
        names.database(*dialect);
    }
    for place in 0..drafts.len() {
        names.columns(place);
    }
    let links = rust_names.iter().enumerate().skip(relationships.len());
    for (place, _) in links.filter(|(_, links)| links.is_some()) {
        names.constants(place, &[]);
    }
    for (entity, relationships) in relationships.iter().enumerate() {
        names.upserts(entity);
        names.constants(entity, relationships);
        names.methods(entity, relationships);
    }
    let found = names.found;
    for diagnostic in found {
        context.report(diagnostic);
    }
}

impl Scope {
    fn with(own: &[&str]) -> Self {
        Self(own.iter().map(|name| ((*name).to_owned(), None)).collect())
    }
}

impl Names<'_, '_> {
    /// Types, modules and files.
    fn items(&mut self, rust_names: &[Option<EntityNames>]) {
        let mut root = Scope::with(&reserved::ROOT);
        let mut files = Scope::with(&reserved::FILES);
        if self.declares {
            root.0.insert(reserved::TYPES.to_owned(), None);
            files.0.insert(reserved::TYPES.to_owned(), None);
        }
        if self.tests {
            root.0.insert(reserved::TESTS.to_owned(), None);
            files.0.insert(reserved::TESTS.to_owned(), None);
        }
        for (place, names) in rust_names.iter().enumerate() {
            let Some(names) = names else { continue };
            let owner = Owner(place, What::Table);
            for (name, noun) in [
                (&names.row, "type"),
                (&names.new, "type"),
                (&names.patch, "type"),
                (&names.module, "module"),
            ] {
                self.claim(&mut root, name, name.clone(), owner, rust(noun));
            }
            self.claim(
                &mut files,
                &names.file,
                names.file.to_ascii_lowercase(),
                owner,
                rust("file"),
            );
        }
        for (place, each) in self.enums.values().enumerate() {
            let name = &each.ty.rust;
            let owner = Owner(place, What::Enum);
            self.claim(&mut root, name, name.clone(), owner, rust("type"));
        }
    }

    /// The variants of each enum, and the constant beside them.
    fn variants(&mut self) {
        let enums = self.enums;
        for (place, each) in enums.values().enumerate() {
            let mut scope = Scope::with(&[reserved::VARIANTS]);
            for (id, variant) in each.ty.variants.iter().enumerate() {
                let owner = Owner(place, What::Variant(id));
                let name = &variant.rust;
                self.claim(&mut scope, name, name.clone(), owner, rust("variant"));
            }
        }
    }

    fn columns(&mut self, place: usize) {
        let (mut columns, mut fields) = (Scope::default(), Scope::default());
        for (id, column) in self.drafts[place].columns.iter().enumerate() {
            let owner = Owner(place, What::Column(id));
            let subject = sql("column", "name");
            self.claim(
                &mut columns,
                &column.name,
                column.name.to_lowercase(),
                owner,
                subject,
            );
            self.claim(
                &mut fields,
                &column.field,
                column.field.clone(),
                owner,
                rust("field"),
            );
        }
    }

    /// A module: constants of columns and relationships.
    fn constants(&mut self, place: usize, relationships: &[RelationshipDraft<'_>]) {
        let mut scope = Scope::default();
        for (id, column) in self.drafts[place].columns.iter().enumerate() {
            let owner = Owner(place, What::Column(id));
            self.claim(
                &mut scope,
                &column.constant,
                column.constant.clone(),
                owner,
                rust("constant"),
            );
        }
        for (id, relationship) in relationships.iter().enumerate() {
            let owner = Owner(place, What::Relationship(id));
            self.claim(
                &mut scope,
                &relationship.constant,
                relationship.constant.clone(),
                owner,
                rust("constant"),
            );
        }
    }

    fn methods(&mut self, place: usize, relationships: &[RelationshipDraft<'_>]) {
        let mut scope = Scope::default();
        for (id, relationship) in relationships.iter().enumerate() {
            let name = &relationship.accessor;
            if reserved::method(name) {
                scope.0.insert(name.clone(), None);
            }
            self.claim(
                &mut scope,
                name,
                name.clone(),
                Owner(place, What::Relationship(id)),
                rust("method"),
            );
        }
    }

    /// The functions that upsert by a key of an entity.
    fn upserts(&mut self, place: usize) {
        let draft = &self.drafts[place];
        let mut scope = Scope::default();
        let subject = Subject {
            part: "a column of ",
            ..rust("function")
        };
        for key in draft.keys_of_upserts() {
            let columns = key.item.columns.iter();
            let name = naming::upsert(columns.map(|id| draft.columns[*id].field.as_str()));
            let owner = Owner(place, What::From(key.origin));
            self.claim(&mut scope, &name, name.clone(), owner, subject);
        }
    }

    /// Gives `name`, compared as `compared`, to `owner`, or reports who has it already.
    fn claim(
        &mut self,
        scope: &mut Scope,
        name: &str,
        compared: String,
        owner: Owner,
        subject: Subject,
    ) {
        match scope.0.entry(compared) {
            Entry::Vacant(free) => drop(free.insert(Some(owner))),
            Entry::Occupied(taken) => {
                let first = *taken.get();
                if first != Some(owner) && self.told.insert((first, owner)) {
                    let diagnostic = self.clash(name, first, owner, subject);
                    self.found.push(diagnostic);
                }
            }
        }
    }

    fn clash(
        &self,
        name: &str,
        first: Option<Owner>,
        second: Owner,
        subject: Subject,
    ) -> Diagnostic {
        let Subject {
            noun,
            part,
            key,
            within,
            ..
        } = subject;
        let two = self.called(second);
        let shown = name.escape_debug();
        let message = match first {
            None => format!(
                "{two} would be the {noun} `{shown}`, a name that generated code has of its own"
            ),
            Some(first) => format!(
                "{} and {two} would both be the {noun} `{shown}`{within}",
                self.called(first)
            ),
        };
        let mut diagnostic = Diagnostic::new(Code::NameCollision, self.place(second), message);
        if let Some(first) = first {
            diagnostic = diagnostic.other(self.place(first), "the first one");
        }
        if let Some((path, help)) = self.way_out(first, second, subject) {
            return diagnostic
                .other(path.at_value(), "makes the name")
                .help(help);
        }
        let one = if first.is_some() { "one of both" } else { "it" };
        diagnostic.help(match first {
            Some(first) if self.is_one_text(first, second) => {
                format!("leave out `{key}`, so that each table's {noun} has a name of its own")
            }
            _ => format!("give {part}{one} another name with `{key}`"),
        })
    }

    /// Whether two tables have a thing from one and the same place in a mixin.
    fn is_one_text(&self, first: Owner, second: Owner) -> bool {
        let [first, second] =
            [first, second].map(|owner| self.mixins.written(owner.0, &self.place(owner).path));
        first.is_some() && first == second
    }
}
