//! A database with the schema of a spec, what is done there, and what comes of it, in lines to compare.

use std::path::Path;

use super::databases::{Answer, Database, Value};
use super::specs::made;
use crate::builder::Builder;
use crate::model::{End, Entity, Model, Relationship, Route, Secondary, Table};
use crate::sql::statement::{
    LinkSql, ManyToOneSql, OneToOneSql, RowSql, ToManySql, links, many_to_many, many_to_one,
    one_to_many, one_to_one, row_sql, through,
};

/// The parameters of a statement.
macro_rules! values {
    ($($value:expr),* $(,)?) => { Vec::from([$($crate::builder::tests::catalogue::statements::databases::Value::from($value)),*]) };
}
pub(super) use values;

/// What says nothing.
pub(super) const NO: Value = Value::Null;

/// Keys of one column.
pub(super) fn keys<T: Into<Value> + Copy>(keys: &[T]) -> Value {
    Value::Keys(keys.iter().map(|key| vec![(*key).into()]).collect())
}

/// What is to be refused says so by `!` at its end.
fn refused(what: &str, error: &str) -> String {
    assert!(what.ends_with('!'), "{what}: {error}");
    "refused".to_owned()
}

pub(super) struct Scene<'d> {
    model: Model,
    db: &'d mut dyn Database,
    pub(super) lines: Vec<String>,
}

impl<'d> Scene<'d> {
    /// A spec, which is the name of one of `specs/` or a text, in an empty database.
    pub(super) fn new(spec: &str, db: &'d mut dyn Database) -> Self {
        let (scene, ddl) = Self::of(spec, db);
        scene.db.batch(&ddl);
        scene
    }

    /// The same in a database that has the schema.
    pub(super) fn again(spec: &str, db: &'d mut dyn Database) -> Self {
        Self::of(spec, db).0
    }

    fn of(spec: &str, db: &'d mut dyn Database) -> (Self, String) {
        let builder = if spec.contains('\n') {
            Builder::from_reader("scene.yaml", spec.as_bytes()).expect("a spec")
        } else {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("specs");
            Builder::new(folder.join(format!("{spec}.yaml")))
        };
        let (model, ddl) = made(&builder, db.dialect(), "scene").expect(spec);
        let scene = Self {
            model,
            db,
            lines: Vec::new(),
        };
        (scene, ddl)
    }

    fn entity(&self, name: &str) -> &Entity {
        let mut entities = self.model.entities.iter();
        entities.find(|each| each.name == name).expect(name)
    }

    pub(super) fn rows(&self, entity: &str) -> RowSql {
        row_sql(self.db.grammar(), &self.entity(entity).table)
    }

    fn relationship(&self, path: &str) -> (&Entity, &Relationship) {
        let (entity, name) = path.split_once('.').expect(path);
        let entity = self.entity(entity);
        let mut all = entity.relationships.iter();
        (entity, all.find(|each| each.name == name).expect(path))
    }

    fn secondary(&self, route: &Route) -> (&Secondary, End) {
        match route {
            Route::ManyToMany { secondary, local } => (self.model.secondary(*secondary), *local),
            other => panic!("{other:?} has no secondary"),
        }
    }

    pub(super) fn many(&self, path: &str) -> ToManySql {
        let (grammar, (source, relationship)) = (self.db.grammar(), self.relationship(path));
        let target = &self.model.entity(relationship.target).table;
        match &relationship.route {
            Route::OneToMany { foreign_key } => {
                let key = &target.foreign_keys[*foreign_key];
                one_to_many(grammar, &source.table, target, key, relationship)
            }
            Route::Through { hops, .. } => {
                through(grammar, &self.model, source, hops, relationship).many
            }
            route => {
                let (secondary, local) = self.secondary(route);
                many_to_many(grammar, &self.model, secondary, local, relationship)
            }
        }
    }

    pub(super) fn links(&self, path: &str) -> LinkSql {
        let (_, relationship) = self.relationship(path);
        let (secondary, local) = self.secondary(&relationship.route);
        links(
            self.db.grammar(),
            &self.model,
            secondary,
            local,
            relationship,
        )
    }

    pub(super) fn own(&self, path: &str) -> ManyToOneSql {
        let (source, relationship) = self.relationship(path);
        let target: &Table = &self.model.entity(relationship.target).table;
        let Route::ManyToOne {
            foreign_key,
            unique,
        } = relationship.route
        else {
            panic!("{path} is no many to one");
        };
        let key = &source.table.foreign_keys[foreign_key];
        let condition = &relationship.condition;
        many_to_one(
            self.db.grammar(),
            &source.table,
            key,
            unique,
            target,
            condition,
        )
    }

    pub(super) fn one(&self, path: &str) -> OneToOneSql {
        let (source, relationship) = self.relationship(path);
        let target: &Table = &self.model.entity(relationship.target).table;
        let Route::OneToOne { foreign_key } = relationship.route else {
            panic!("{path} is no one to one");
        };
        let key = &target.foreign_keys[foreign_key];
        one_to_one(self.db.grammar(), &source.table, target, key, relationship)
    }

    /// Does something that everybody does alike, and says nothing of it.
    pub(super) fn given(&mut self, sql: &str) {
        let mark = self.db.grammar().identifier_mark().to_string();
        self.db.batch(&sql.replace('"', &mark));
    }

    pub(super) fn quoted(&self, name: &str) -> String {
        self.db.grammar().identifier(name)
    }

    pub(super) fn run(&mut self, text: &str, params: &[Value]) -> Result<Answer, String> {
        assert!(!text.is_empty(), "a statement that is not there");
        self.db.run(text, params)
    }

    /// Runs a text in a transaction of its own.
    pub(super) fn in_transaction(&mut self, text: &str, params: &[Value]) -> Result<(), String> {
        self.given("BEGIN");
        let answer = self.run(text, params);
        self.given(if answer.is_ok() { "COMMIT" } else { "ROLLBACK" });
        answer.map(drop)
    }

    /// A statement, and the rows that it gives, in their order.
    pub(super) fn ordered(&mut self, what: &str, text: &str, params: &[Value]) {
        let answer = self.run(text, params);
        let line = match answer {
            Ok(answer) => answer.rows.join(", "),
            Err(error) => panic!("{what}: {error}\n{text}"),
        };
        self.lines.push(format!("{what}: {line}"));
    }

    /// The same in any order.
    pub(super) fn unordered(&mut self, what: &str, text: &str, params: &[Value]) {
        let answer = self.run(text, params);
        let mut answer = answer.unwrap_or_else(|error| panic!("{what}: {error}\n{text}"));
        answer.rows.sort();
        self.lines
            .push(format!("{what}: {}", answer.rows.join(", ")));
    }

    /// A statement that writes: the number of rows.
    pub(super) fn changes(&mut self, what: &str, text: &str, params: &[Value]) {
        let line = match self.run(text, params) {
            Ok(answer) => answer.changed.to_string(),
            Err(error) => refused(what, &error),
        };
        self.lines.push(format!("{what}: {line}"));
    }

    /// Adds a target, which changes nothing where it is one.
    pub(super) fn add(&mut self, what: &str, sql: &ToManySql, params: &[Value]) {
        let named = format!("{}'", sql.key_name);
        let line = match self.run(&sql.add, params) {
            Ok(answer) => answer.changed.to_string(),
            Err(error) if !sql.linked.is_empty() && error.contains("1062") => {
                let linked = |scene: &mut Self| {
                    let answer = scene.run(&sql.linked, params);
                    answer
                        .unwrap_or_else(|error| panic!("{what}: {error}"))
                        .rows
                        == ["1"]
                };
                if error.contains(&named) || linked(self) {
                    "0".to_owned()
                } else {
                    refused(what, &error)
                }
            }
            Err(error) => refused(what, &error),
        };
        self.lines.push(format!("{what}: {line}"));
    }

    /// Locks the source, where several may write at a time.
    pub(super) fn lock(&mut self, what: &str, sql: &ToManySql, params: &[Value]) {
        if !sql.lock.is_empty() {
            let here = params.len() - 1;
            let locked = self.run(&sql.lock, &params[..here]).expect("a lock");
            assert_eq!(locked.rows.len(), 1, "{what} locks its source");
        }
    }

    /// Adds many targets: how many were none before.
    pub(super) fn add_all(&mut self, what: &str, sql: &ToManySql, params: &[Value]) {
        self.db.batch("BEGIN");
        self.lock(what, sql, params);
        self.changes(what, &sql.add_all, params);
        self.finish(what, sql, params);
    }

    /// Makes the targets of a list all there are.
    pub(super) fn set(&mut self, what: &str, sql: &ToManySql, params: &[Value]) {
        self.given("BEGIN");
        self.open_set(what, sql, params);
        self.finish(what, sql, params);
    }

    /// The same, without the end of the transaction.
    pub(super) fn open_set(&mut self, what: &str, sql: &ToManySql, params: &[Value]) {
        self.lock(what, sql, params);
        if sql.replace.is_empty() {
            let retain = &sql.remove.as_ref().expect("it is removable").retain;
            let retained = self.run(retain, params);
            retained.unwrap_or_else(|error| panic!("{what}: {error}\n{retain}"));
            self.changes(what, &sql.add_all, params);
        } else {
            self.changes(what, &sql.replace, params);
        }
    }

    /// Ends what is one transaction: as if nothing had been, where a target is missing or a statement was refused.
    fn finish(&mut self, what: &str, sql: &ToManySql, params: &[Value]) {
        let refused = self
            .lines
            .last()
            .is_some_and(|line| line.ends_with("refused"));
        let mut ask = |text: &Option<String>| {
            let text = text.as_ref().filter(|_| !refused)?;
            let answer = self.db.run(text, params);
            let answer = answer.unwrap_or_else(|error| panic!("{what}: {error}\n{text}"));
            Some(answer.rows == ["1"])
        };
        let (missing, misfits) = (ask(&sql.missing), ask(&sql.misfits));
        if refused || missing == Some(true) {
            self.db.batch("ROLLBACK");
        } else {
            self.db.batch("COMMIT");
        }
        if missing == Some(true) {
            self.lines
                .push(format!("{what}: one is missing, {misfits:?}"));
        }
    }

    /// Inserts several rows by the way that the database has.
    pub(super) fn insert_many(&mut self, what: &str, sql: &RowSql, rows: &[Vec<Value>]) {
        if sql.insert_many.is_empty() {
            let values = vec![sql.insert_values.as_str(); rows.len()].join(", ");
            let text = format!("{} {values}", sql.insert_into);
            return self.changes(what, &text, &rows.concat());
        }
        let columns = 0..rows[0].len();
        let columns: Vec<Value> = columns
            .map(|at| Value::Each(rows.iter().map(|row| row[at].clone()).collect()))
            .collect();
        self.changes(what, &sql.insert_many, &columns);
    }

    /// Adds several links by the way that the database has.
    pub(super) fn add_many(&mut self, what: &str, sql: &ToManySql, rows: &[Vec<Value>]) {
        if sql.add_many.is_empty() {
            for row in rows {
                self.add(what, sql, row);
                self.lines.pop();
            }
            return;
        }
        let columns = 0..rows[0].len();
        let columns: Vec<Value> = columns
            .map(|at| Value::Each(rows.iter().map(|row| row[at].clone()).collect()))
            .collect();
        let added = self.run(&sql.add_many, &columns);
        added.unwrap_or_else(|error| panic!("{what}: {error}\n{}", sql.add_many));
    }
}
