//! The view of the tests that a schema gets of its own relationships.

use serde::Serialize;

use crate::model::{
    Action, End, Entity, EntityId, ForeignKey, Model, Relationship, Route, SecondaryId,
};
use crate::sql::QueryGrammar;
use crate::sql::fixture::Fixture;
use crate::sql::statement::{Assign, payload_plan};

use super::target::Driver;
use super::{doc, literal};

/// The module of these tests; `reserved::TESTS` keeps its name free.
pub const MODULE: &str = crate::naming::reserved::TESTS;

/// What the templates print of the tests.
#[derive(Debug, Serialize)]
pub struct OwnTestsView {
    /// What tables have no rows, as far as there are such.
    without: Vec<String>,
    /// Statements that insert rows.
    rows: Vec<String>,
    modules: Vec<ModuleView>,
}

/// The tests of an entity.
#[derive(Debug, Serialize)]
struct ModuleView {
    row: String,
    module: String,
    tests: Vec<TestView>,
}

/// The test of a relationship.
#[derive(Debug, Serialize)]
struct TestView {
    doc: Vec<String>,
    name: String,
    /// The constant of the relationship, with its module.
    relationship: String,
    /// What is told of it, and what is called then.
    calls: Vec<String>,
}

const READ_ONLY: &str = "what it finds; nothing is written over it";
const SHARED: &str = "what it finds; other keys decide what it may refer to";
const CHECKED: &str = "what it finds; a check decides what it may refer to";
const CONDITION: &str = "what it finds; whether a row fits its `where` is not known";
const FEW: &str = "what it finds; changing it takes more rows, and keys need as many in `example`";

/// The view of the tests of `model`'s relationships; `None` when there is nothing to test.
#[must_use]
pub fn own_tests(model: &Model, driver: Driver) -> Option<OwnTestsView> {
    let grammar = driver.grammar;
    let fixture = Fixture::of(model);
    let ids = (0..model.entities.len()).map(EntityId);
    let modules: Vec<ModuleView> = ids
        .filter(|id| fixture.count(id.0) > 0)
        .map(|id| module(&fixture, model, id, grammar))
        .filter(|module| !module.tests.is_empty())
        .collect();
    let rows = fixture.statements(grammar);
    let without: Vec<String> = (model.entities.iter().enumerate())
        .filter(|(place, entity)| fixture.count(*place) == 0 && !entity.relationships.is_empty())
        .map(|(_, entity)| format!(
            " None of `{}`, whose relationships are not tested: what it refers to, or an example says, is not among them.",
            entity.rust.row
        ))
        .collect();
    (!modules.is_empty()).then(|| OwnTestsView {
        without,
        rows: rows.iter().map(|sql| literal::string(sql)).collect(),
        modules,
    })
}

fn module(
    fixture: &Fixture<'_>,
    model: &Model,
    id: EntityId,
    grammar: &'static dyn QueryGrammar,
) -> ModuleView {
    let source = model.entity(id);
    let test = |relationship: &Relationship| {
        Tested {
            fixture,
            model,
            grammar,
            id,
            source,
            relationship,
        }
        .view()
    };
    ModuleView {
        row: source.rust.row.clone(),
        module: source.rust.module.clone(),
        tests: source.relationships.iter().map(test).collect(),
    }
}

/// A relationship and what its test is made of.
struct Tested<'m> {
    fixture: &'m Fixture<'m>,
    model: &'m Model,
    grammar: &'static dyn QueryGrammar,
    id: EntityId,
    source: &'m Entity,
    relationship: &'m Relationship,
}

impl Tested<'_> {
    fn view(&self) -> TestView {
        let constant = |module: &str, name: &str| format!("super::super::{module}::{name}");
        let (module, relationship) = (&self.source.rust.module, self.relationship);
        let mut calls = Vec::new();
        if let Some((entity, back)) = self.back() {
            let back = constant(&entity.rust.module, &back.constant);
            calls.push(format!("seen_from({back})"));
        }
        let (changes, words) = match self.changes() {
            Ok(changes) => (changes, "what it finds and what changing it does"),
            Err(why) => (vec!["test_reads()".to_owned()], why),
        };
        calls.extend(changes);
        let name = doc::code(&relationship.name);
        TestView {
            doc: vec![format!(" {name}: {words}.")],
            name: relationship.accessor.clone(),
            relationship: constant(module, &relationship.constant),
            calls,
        }
    }

    /// The relationship that is the same from the other side, where every row is seen.
    fn back(&self) -> Option<(&Entity, &Relationship)> {
        let Relationship {
            target,
            back_populates,
            ref route,
            ..
        } = *self.relationship;
        if let Route::ManyToMany { secondary, .. } = route
            && self.model.secondary(*secondary).symmetric
        {
            return Some((self.source, self.relationship));
        }
        let target = self.model.entity(target);
        let back = &target.relationships[back_populates?];
        back.condition.is_empty().then_some((target, back))
    }

    /// The calls that test changes; else why there are none.
    fn changes(&self) -> Result<Vec<String>, &'static str> {
        let Relationship {
            target, ref route, ..
        } = *self.relationship;
        let (here, there) = (&self.source.table, &self.model.entity(target).table);
        if self.relationship.is_read_only(there) {
            return Err(READ_ONLY);
        }
        match *route {
            Route::Through { .. } => Err(READ_ONLY),
            Route::ManyToMany { secondary, local } => self.links(secondary, local),
            Route::OneToMany { foreign_key } => {
                let key = &there.foreign_keys[foreign_key];
                self.referred_to(key, self.fixture.may_share(target.0, key))
            }
            Route::OneToOne { foreign_key } => {
                let key = &there.foreign_keys[foreign_key];
                // No row can be put there in place of the one that is, which may be another than the condition wants.
                if key.is_required(there) && !self.relationship.condition.is_empty() {
                    return Err(CONDITION);
                }
                self.referred_to(key, self.fixture.may_move(target.0, key))
            }
            Route::ManyToOne {
                foreign_key,
                unique,
            } => self.referring(&here.foreign_keys[foreign_key], unique),
        }
    }

    /// The calls where the target has the foreign key, if it `may` be written.
    fn referred_to(&self, key: &ForeignKey, may: bool) -> Result<Vec<String>, &'static str> {
        let target = self.relationship.target.0;
        self.few_rows()?;
        if self.fixture.is_checked(target, key) {
            return Err(CHECKED);
        }
        if !may {
            return Err(SHARED);
        }
        Ok(self.with_deletes(self.id.0, target, key))
    }

    /// The calls where the source has the foreign key.
    fn referring(&self, key: &ForeignKey, unique: bool) -> Result<Vec<String>, &'static str> {
        let required = key.is_required(&self.source.table);
        let may = match (required, unique) {
            (true, false) => self.fixture.may_share(self.id.0, key),
            _ => self.fixture.may_move(self.id.0, key),
        };
        self.few_rows()?;
        if self.fixture.is_checked(self.id.0, key) {
            return Err(CHECKED);
        }
        if !may {
            return Err(SHARED);
        }
        if !self.relationship.condition.is_empty() {
            return Err(CONDITION);
        }
        if required && unique {
            return Ok(vec!["test_taken()".to_owned()]);
        }
        Ok(self.with_deletes(self.relationship.target.0, self.id.0, key))
    }

    /// Refuses to test changes with fewer than two rows of source and target, or three where both are of one table.
    fn few_rows(&self) -> Result<(), &'static str> {
        let count = |id: EntityId| self.fixture.count(id.0);
        let target = self.relationship.target;
        let enough = if target == self.id {
            count(target) > 2
        } else {
            count(self.id) > 1 && count(target) > 1
        };
        enough.then_some(()).ok_or(FEW)
    }

    /// The call of `test()`, told before what deleting a row of `one` does to those of `many` that refer to it by `key`.
    fn with_deletes(&self, one: usize, many: usize, key: &ForeignKey) -> Vec<String> {
        let known = self.fixture.may_delete(one, many, key);
        let told = on_delete(key.on_delete).filter(|_| known);
        told.into_iter().chain(["test()".to_owned()]).collect()
    }

    fn links(&self, id: SecondaryId, local: End) -> Result<Vec<String>, &'static str> {
        let secondary = self.model.secondary(id);
        if !self.fixture.may_link(self.grammar, id) {
            return Err("what it finds; a row may not have two links");
        }
        self.few_rows()?;
        let place = self.model.entities.len() + id.0;
        if self.fixture.is_checked_link(id) {
            return Err(CHECKED);
        }
        let quoted = self.grammar.identifier(&secondary.table.name);
        let mut calls = vec![format!("links({})", literal::string(&quoted))];
        let (here, there) = (secondary.end(local), secondary.end(local.other()));
        let one_sided = secondary.symmetric && here.on_delete != there.on_delete;
        let may = !one_sided && self.fixture.may_delete(self.id.0, place, here);
        calls.extend(on_delete(here.on_delete).filter(|_| may));
        match &secondary.rust {
            None => calls.push("test()".to_owned()),
            Some(names) => {
                let once = secondary.identity().is_some();
                calls.push(format!(
                    "test({once}, {})",
                    self.payload(id, &names.new, &names.module)
                ));
            }
        }
        Ok(calls)
    }

    /// The function that makes payload.
    fn payload(&self, id: SecondaryId, new: &str, module: &str) -> String {
        let secondary = self.model.secondary(id);
        let mut made = "_";
        let fields: Vec<String> = (payload_plan(secondary).into_iter())
            .map(|(place, assign)| {
                let column = &secondary.table.columns[place];
                let field = &column.field;
                if column.nullable || assign != Assign::Value {
                    return format!("{field}: None");
                }
                made = "made";
                let texts = self.fixture.payload(self.grammar, id, place);
                let texts: Vec<String> = texts.iter().map(|text| literal::string(text)).collect();
                let constant = format!("super::super::{module}::{}", column.constant);
                format!("{field}: made.value({constant}, [{}])", texts.join(", "))
            })
            .collect();
        format!("|{made}| super::super::{new} {{ {} }}", fields.join(", "))
    }
}

fn on_delete(action: Action) -> Option<String> {
    let word = match action {
        Action::Cascade => "Cascade",
        Action::SetNull => "SetNull",
        Action::NoAction | Action::Restrict => "Refused",
        Action::SetDefault => return None,
    };
    Some(format!("on_delete(super::db::testing::OnDelete::{word})"))
}
