//! The statements of a relationship, as struct literals of the support code.

use serde::Serialize;

use crate::sql::statement::{LinkSql, ManyToOneSql, OneToOneSql, ReadSql, ToManySql};

use super::literal;

/// The statements: a struct literal of the support code.
#[derive(Debug, Serialize)]
pub(super) struct SqlView {
    ty: &'static str,
    /// Fields that are such literals themselves.
    parts: Vec<SqlPart>,
    fields: Vec<SqlField>,
    /// What fills the fields that are not listed.
    rest: Vec<&'static str>,
}

#[derive(Debug, Serialize)]
struct SqlPart {
    name: &'static str,
    sql: SqlView,
}

#[derive(Debug, Serialize)]
struct SqlField {
    name: &'static str,
    value: String,
}

/// Those of a relationship to many.
pub(super) fn to_many(sql: ToManySql) -> SqlView {
    let mut fields = read(&sql.read);
    fields.insert(1, field("load_limited", &sql.load_limited));
    fields.extend([
        field("all", &sql.all),
        field("scope", &sql.scope),
        field("order", &sql.order),
        field("count", &sql.count),
        field("contains", &sql.contains),
    ]);
    if !sql.add.is_empty() {
        fields.push(field("add", &sql.add));
    }
    if sql.sorts {
        fields.push(SqlField {
            name: "sorts",
            value: "true".to_owned(),
        });
    }
    if !sql.add_all.is_empty() {
        fields.push(field("add_all", &sql.add_all));
    }
    let only_some = [
        ("links", &sql.links),
        ("targets", &sql.targets),
        ("key_name", &sql.key_name),
        ("linked", &sql.linked),
        ("lock", &sql.lock),
        ("replace", &sql.replace),
        ("add_many", &sql.add_many),
        ("add_new", &sql.add_new),
    ];
    let only_some = only_some.into_iter().filter(|(_, sql)| !sql.is_empty());
    fields.extend(only_some.map(|(name, sql)| field(name, sql)));
    fields.extend(sql.missing.map(|missing| field("missing", &missing)));
    fields.extend(sql.misfits.map(|misfits| field("misfits", &misfits)));
    fields.extend(sql.remove.into_iter().flat_map(|sql| {
        [
            field("remove", &sql.remove),
            field("retain", &sql.retain),
            field("clear", &sql.clear),
        ]
    }));
    // No dialect and no kind has every statement.
    SqlView {
        ty: "db::ToManySql",
        parts: Vec::new(),
        fields,
        rest: vec!["db::ToManySql::NONE"],
    }
}

/// Those of a relationship to many over links with payload.
pub(super) fn linked(many: SqlView, links: &LinkSql) -> SqlView {
    let parts = vec![SqlPart {
        name: "many",
        sql: many,
    }];
    SqlView {
        ty: "db::LinkedSql",
        parts,
        fields: vec![
            field("all", &links.all),
            field("pairs", &links.pairs),
            field("load", &links.load),
            field("load_limited", &links.load_limited),
            field("scope", &links.scope),
            field("order", &links.order),
            field("any", &links.any),
            field("narrow", &links.narrow),
            field("of_target", &links.of_target),
            field("update", &links.update),
            field("delete", &links.delete),
        ],
        rest: Vec::new(),
    }
}

/// Those of a relationship to one by a foreign key of the source.
pub(super) fn many_to_one(sql: ManyToOneSql) -> SqlView {
    let mut fields = read(&sql.read);
    fields.extend([field("get", &sql.get), field("set", &sql.set)]);
    match sql.unset {
        None => SqlView {
            ty: "db::ManyToOneSql",
            parts: Vec::new(),
            fields,
            rest: Vec::new(),
        },
        Some(unset) => {
            fields.extend([
                field("unset", &unset),
                field("release", &sql.release.unwrap_or_default()),
            ]);
            SqlView {
                ty: "db::OptionalManyToOneSql",
                parts: Vec::new(),
                fields,
                rest: Vec::new(),
            }
        }
    }
}

/// Those of a relationship to one by a foreign key of the target.
pub(super) fn one_to_one(sql: OneToOneSql) -> SqlView {
    let mut fields = read(&sql.read);
    fields.extend([field("get", &sql.get), field("take", &sql.take)]);
    match (sql.release, sql.clear) {
        (Some(release), Some(clear)) => {
            fields.extend([field("release", &release), field("clear", &clear)]);
            SqlView {
                ty: "db::OptionalOneToOneSql",
                parts: Vec::new(),
                fields,
                rest: Vec::new(),
            }
        }
        _ => SqlView {
            ty: "db::OneToOneSql",
            parts: Vec::new(),
            fields,
            rest: Vec::new(),
        },
    }
}

/// Those of a relationship to one that nothing is written over.
pub(super) fn read_only_to_one(sql: &ReadSql, get: &str) -> SqlView {
    let mut fields = read(sql);
    fields.push(field("get", get));
    SqlView {
        ty: "db::ReadOnlyToOneSql",
        parts: Vec::new(),
        fields,
        rest: Vec::new(),
    }
}

fn read(sql: &ReadSql) -> Vec<SqlField> {
    vec![
        field("load", &sql.load),
        field("any", &sql.any),
        field("exists", &sql.exists),
    ]
}

fn field(name: &'static str, text: &str) -> SqlField {
    SqlField {
        name,
        value: literal::string(text),
    }
}
