//! Every statement of a model, whole, with what its parameters are.

use crate::model::{ColumnId, Entity, Model, Relationship, Route, Secondary, Table, Type};
use crate::sql::QueryGrammar;
use crate::sql::statement::{
    Assign, LinkSql, ReadSql, RowSql, ToManySql, insert_plan, link_patch_plan, links, made,
    many_to_many, many_to_one, one_to_many, one_to_one, patch_plan, payload_plan, rest_of_key,
    row_sql, through, written,
};

/// What a parameter is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Param {
    /// A value of a column.
    Value(Type),
    /// Whether there is a value.
    Flag,
    /// A number of rows.
    Count,
    /// A list of keys, whose columns have these types.
    Keys(Vec<Type>),
    /// A value for each of many rows.
    Each(Box<Param>),
}

/// A statement that a server can prepare.
#[derive(Debug)]
pub(super) struct Statement {
    pub(super) name: String,
    pub(super) text: String,
    pub(super) params: Vec<Param>,
}

/// Every statement of `model`, but those that drop tables.
pub(super) fn statements(model: &Model, grammar: &'static dyn QueryGrammar) -> Vec<Statement> {
    let mut all = All {
        model,
        grammar,
        found: Vec::new(),
    };
    for entity in &model.entities {
        all.of_rows(&entity.table);
        for relationship in &entity.relationships {
            all.of_relationship(entity, relationship);
        }
    }
    for secondary in &model.secondaries {
        all.of_rows(&secondary.table);
    }
    all.found
}

struct All<'m> {
    model: &'m Model,
    grammar: &'static dyn QueryGrammar,
    found: Vec<Statement>,
}

fn values(table: &Table, columns: &[ColumnId]) -> Vec<Param> {
    let columns = columns.iter();
    let value = |column: &ColumnId| Param::Value(table.columns[*column].ty.clone());
    columns.map(value).collect()
}

fn keys(table: &Table, columns: &[ColumnId]) -> Vec<Param> {
    let columns = columns.iter();
    let types = columns.map(|column| table.columns[*column].ty.clone());
    vec![Param::Keys(types.collect())]
}

fn planned(table: &Table, plan: &[(ColumnId, Assign)]) -> Vec<Param> {
    let mut params = Vec::new();
    for (column, assign) in plan {
        if *assign == Assign::IfGiven {
            params.push(Param::Flag);
        }
        params.extend(values(table, &[*column]));
    }
    params
}

fn each(params: Vec<Param>) -> Vec<Param> {
    let params = params.into_iter();
    params.map(|param| Param::Each(Box::new(param))).collect()
}

impl<'m> All<'m> {
    /// A statement; none where the dialect has no need of it.
    fn add(&mut self, name: &str, text: impl Into<String>, params: &[&[Param]]) {
        let text = text.into();
        if !text.is_empty() {
            self.found.push(Statement {
                name: name.to_owned(),
                text,
                params: params.concat(),
            });
        }
    }

    fn of_rows(&mut self, table: &Table) {
        let sql: RowSql = row_sql(self.grammar, table);
        let name = |what: &str| format!("{}, {what}", table.name);
        let key = values(table, &table.primary_key.columns);
        let lock: Vec<ColumnId> = table.version().into_iter().collect();
        let lock = [key.clone(), values(table, &lock)].concat();
        let plan = insert_plan(table);
        let new = planned(table, &plan);
        let patch = patch_plan(table);
        let may_change = !patch.is_empty();
        let patch = planned(table, &patch);
        let written = written(table);
        self.add(&name("select"), &sql.select, &[]);
        self.add(&name("find"), &sql.find, &[&key]);
        self.add(&name("insert"), &sql.insert, &[&new]);
        self.add(
            &name("insert_row"),
            &sql.insert_row,
            &[&values(table, &written)],
        );
        if !sql.insert_values.is_empty() {
            let text = format!("{} {1}, {1}", sql.insert_into, sql.insert_values);
            self.add(&name("insert_values"), text, &[&new, &new]);
        }
        self.add(
            &name("insert_many"),
            &sql.insert_many,
            &[&each(new.clone())],
        );
        let patch: &[&[Param]] = if may_change {
            &[&lock, &patch]
        } else {
            &[&lock]
        };
        self.add(&name("update"), &sql.update, patch);
        if written.len() > table.primary_key.columns.len() {
            self.add(&name("save"), &sql.save, &[&values(table, &written)]);
        }
        self.add(&name("delete"), &sql.delete, &[&lock]);
        if !sql.touch.is_empty() {
            let touch = sql.touch.iter();
            let touch =
                touch.map(|(to, value)| format!("{} = {value}", self.grammar.identifier(to)));
            let touch: Vec<String> = touch.collect();
            let text = format!("UPDATE {} SET {}", sql.table, touch.join(", "));
            self.add(&name("touch"), text, &[]);
        }
        let given = vec![Param::Flag; made(table).len()];
        for upsert in &sql.upserts {
            let name = name(&format!("upsert by {:?}", upsert.columns));
            self.add(&name, &upsert.sql, &[&new, &given]);
        }
    }

    fn of_relationship(&mut self, entity: &'m Entity, relationship: &'m Relationship) {
        let (model, grammar) = (self.model, self.grammar);
        let (source, target) = (&entity.table, &model.entity(relationship.target).table);
        let name = |what: &str| format!("{}.{}, {what}", entity.name, relationship.name);
        let key = values(target, &target.primary_key.columns);
        match &relationship.route {
            Route::ManyToOne {
                foreign_key,
                unique,
            } => {
                let of = &source.foreign_keys[*foreign_key];
                let condition = &relationship.condition;
                let sql = many_to_one(grammar, source, of, *unique, target, condition);
                let there = values(target, &of.target_columns);
                let own = values(source, &source.primary_key.columns);
                let version: Vec<ColumnId> = source.version().into_iter().collect();
                let lock = [own.clone(), values(source, &version)].concat();
                self.reading(&name, (source, &of.columns), &sql.read);
                self.add(&name("get"), &sql.get, &[&there]);
                self.add(&name("set"), &sql.set, &[&there, &lock]);
                self.add(&name("unset"), sql.unset.unwrap_or_default(), &[&lock]);
                let release = sql.release.unwrap_or_default();
                self.add(&name("release"), release, &[&there, &own]);
            }
            Route::OneToOne { foreign_key } => {
                let of = &target.foreign_keys[*foreign_key];
                let sql = one_to_one(grammar, source, target, of, relationship);
                let here = values(source, &of.target_columns);
                let version: Vec<ColumnId> = target.version().into_iter().collect();
                let lock = [key.clone(), values(target, &version)].concat();
                self.reading(&name, (source, &of.target_columns), &sql.read);
                self.add(&name("get"), &sql.get, &[&here]);
                self.add(&name("take"), &sql.take, &[&here, &lock]);
                self.add(
                    &name("release"),
                    sql.release.unwrap_or_default(),
                    &[&here, &key],
                );
                self.add(&name("clear"), sql.clear.unwrap_or_default(), &[&here]);
            }
            Route::OneToMany { foreign_key } => {
                let of = &target.foreign_keys[*foreign_key];
                let sql = one_to_many(grammar, source, target, of, relationship);
                let version: Vec<ColumnId> = target.version().into_iter().collect();
                let sides = Sides {
                    source: (source, &of.target_columns),
                    target: (target, &target.primary_key.columns),
                    written: [key.clone(), values(target, &version)].concat(),
                    payload: Vec::new(),
                    rest: Vec::new(),
                };
                self.of_many(&name, &sides, &sql);
            }
            Route::ManyToMany { secondary, local } => {
                let secondary = model.secondary(*secondary);
                let sql = many_to_many(grammar, model, secondary, *local, relationship);
                let (here, there) = (secondary.end(*local), secondary.end(local.other()));
                let rest = match secondary.identity() {
                    Some(key) if secondary.multiple => rest_of_key(secondary, &key),
                    _ => Vec::new(),
                };
                let columns = rest
                    .iter()
                    .map(|id| secondary.table.columns[*id].ty.clone());
                let sides = Sides {
                    source: (source, &here.target_columns),
                    target: (target, &there.target_columns),
                    written: values(target, &there.target_columns),
                    payload: planned(&secondary.table, &payload_plan(secondary)),
                    rest: columns.collect(),
                };
                self.of_many(&name, &sides, &sql);
                if secondary.rust.is_some() {
                    let sql = links(grammar, model, secondary, *local, relationship);
                    self.of_links(&name, &sides, secondary, &sql);
                }
            }
            Route::Through { hops, .. } => {
                let sql = through(grammar, model, entity, hops, relationship);
                let sides = Sides {
                    source: (source, &sql.known_by),
                    target: (target, &target.primary_key.columns),
                    written: Vec::new(),
                    payload: Vec::new(),
                    rest: Vec::new(),
                };
                self.of_many(&name, &sides, &sql.many);
                self.add(&name("get"), &sql.get, &[&values(source, &sql.known_by)]);
            }
        }
    }

    fn reading(
        &mut self,
        name: &dyn Fn(&str) -> String,
        (source, columns): (&Table, &[ColumnId]),
        sql: &ReadSql,
    ) {
        let from = format!("SELECT 1 FROM {} WHERE ", self.table(source));
        self.add(&name("load"), &sql.load, &[&keys(source, columns)]);
        self.add(&name("any"), format!("{from}{}true))", sql.any), &[]);
        self.add(&name("exists"), format!("{from}{}", sql.exists), &[]);
    }

    fn of_many(&mut self, name: &dyn Fn(&str) -> String, sides: &Sides<'_>, sql: &ToManySql) {
        let here = values(sides.source.0, sides.source.1);
        let there = values(sides.target.0, sides.target.1);
        let list = keys(sides.source.0, sides.source.1);
        let mut types = keys(sides.target.0, sides.target.1);
        let table = self.table(sides.target.0);
        let (scope, order) = (&sql.scope, &sql.order);
        self.reading(name, sides.source, &sql.read);
        self.add(
            &name("load_limited"),
            &sql.load_limited,
            &[&list, &[Param::Count]],
        );
        self.add(&name("all"), &sql.all, &[&here]);
        let scope = format!("SELECT * FROM {table} WHERE {scope}{order}");
        self.add(&name("scope"), scope, &[&here]);
        self.add(&name("count"), &sql.count, &[&here]);
        self.add(&name("contains"), &sql.contains, &[&here, &there]);
        let added = [here.clone(), sides.written.clone(), sides.payload.clone()].concat();
        self.add(&name("add"), &sql.add, &[&added]);
        self.add(&name("linked"), &sql.linked, &[&added]);
        self.add(&name("add_new"), &sql.add_new, &[&each(added.clone())]);
        self.add(&name("add_many"), &sql.add_many, &[&each(added)]);
        self.add(&name("lock"), &sql.lock, &[&here]);
        self.add(&name("add_all"), &sql.add_all, &[&here, &types]);
        self.add(&name("replace"), &sql.replace, &[&here, &types]);
        for (what, text) in [("missing", &sql.missing), ("misfits", &sql.misfits)] {
            self.add(
                &name(what),
                text.clone().unwrap_or_default(),
                &[&here, &types],
            );
        }
        if let Some(sql) = &sql.remove {
            self.add(&name("remove"), &sql.remove, &[&here, &sides.written]);
            if let [Param::Keys(types)] = &mut types[..] {
                types.extend(sides.rest.iter().cloned());
            }
            self.add(&name("retain"), &sql.retain, &[&here, &types]);
            self.add(&name("clear"), &sql.clear, &[&here]);
        }
    }

    fn of_links(
        &mut self,
        name: &dyn Fn(&str) -> String,
        sides: &Sides<'_>,
        secondary: &Secondary,
        sql: &LinkSql,
    ) {
        let link = &secondary.table;
        let here = values(sides.source.0, sides.source.1);
        let list = keys(sides.source.0, sides.source.1);
        let [link_table, source, target] =
            [link, sides.source.0, sides.target.0].map(|table| self.table(table));
        let name = |what: &str| name(&format!("links, {what}"));
        self.add(&name("all"), &sql.all, &[&here]);
        self.add(&name("pairs"), &sql.pairs, &[&here]);
        self.add(&name("load"), &sql.load, &[&list]);
        self.add(
            &name("load_limited"),
            &sql.load_limited,
            &[&list, &[Param::Count]],
        );
        let scope = format!(
            "SELECT * FROM {link_table} WHERE {}{}",
            sql.scope, sql.order
        );
        self.add(&name("scope"), scope, &[&here]);
        let any = format!("SELECT 1 FROM {source} WHERE {}true))", sql.any);
        self.add(&name("any"), any, &[]);
        let narrow = format!("SELECT 1 FROM {target} WHERE {}true))", sql.narrow);
        self.add(&name("narrow"), narrow, &[&here]);
        let column = self.grammar.identifier(&link.columns[0].name);
        let of_target = format!(
            "SELECT * FROM {target} ORDER BY (SELECT {link_table}.{column}{} ORDER BY 1 LIMIT 1)",
            sql.of_target
        );
        self.add(&name("of_target"), of_target, &[&here]);
        let there = values(sides.target.0, sides.target.1);
        let patch = planned(link, &link_patch_plan(secondary));
        self.add(&name("update"), &sql.update, &[&here, &there, &patch]);
        let key = values(link, &link.primary_key.columns);
        self.add(&name("delete"), &sql.delete, &[&here, &key]);
    }

    fn table(&self, table: &Table) -> String {
        self.grammar.identifier(&table.name)
    }
}

/// The two sides of a relationship, and by what columns statements know their rows.
struct Sides<'m> {
    source: (&'m Table, &'m [ColumnId]),
    target: (&'m Table, &'m [ColumnId]),
    /// What tells a target that is written to.
    written: Vec<Param>,
    payload: Vec<Param>,
    /// The types of what a key in a list of links has behind the target's.
    rest: Vec<Type>,
}
