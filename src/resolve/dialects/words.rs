//! What SQL of the user calls columns, and what a dialect takes it for: names that it has cut, names that PostgreSQL
//! folds to lower case ("Identifiers and Key Words"), and words of SQL that are no column there ("System Information
//! Functions", "Date/Time Functions").

use super::Lack;
use crate::diagnostic::Diagnostic;
use crate::model::sql::{Reading, Token};
use crate::model::{ColumnId, Dialect, Sql};
use crate::naming::shorten;
use crate::resolve::draft::{Draft, Origin};
use crate::resolve::spoken::Columns;
use crate::resolve::texts::{self, Text};

/// Words that PostgreSQL reads as a function, whatever columns there are.
const FUNCTIONS: [&str; 12] = [
    "current_catalog",
    "current_date",
    "current_role",
    "current_schema",
    "current_time",
    "current_timestamp",
    "current_user",
    "localtime",
    "localtimestamp",
    "session_user",
    "system_user",
    "user",
];

pub(super) fn check(dialect: Dialect, draft: &Draft<'_>, found: &mut Vec<Diagnostic>) {
    let columns = Columns::of(draft);
    for text in texts::of(draft) {
        let Some(sql) = text.sql.text(dialect) else {
            continue;
        };
        let readings = Reading::of(dialect).iter();
        let tokens: Vec<Token<'_>> = readings.flat_map(|reading| reading.tokens(sql)).collect();
        let named = columns.named(&tokens);
        let lack = named.iter().find_map(|(at, id)| {
            let name = &draft.columns[*id].name;
            Some((*id, misread(dialect, &tokens[*at], name)?))
        });
        if let Some((id, lack)) = lack {
            let column = draft.source.place(Origin::Column(id));
            found.push(lack.at(text.place(dialect)).other(column, "the column"));
        }
        if dialect == Dialect::Postgres {
            found.extend(of_computed(draft, &text, &named));
        }
    }
}

/// Why `token` does not mean the column `name`, as it seems to.
fn misread(dialect: Dialect, token: &Token<'_>, name: &str) -> Option<Lack> {
    let cut = dialect.longest_name().map(|most| shorten(name, most));
    if let Some(cut) = cut.filter(|cut| cut != name) {
        return Some(Lack {
            message: format!(
                "the column `{name}` is called `{cut}` in {}, where names are shorter",
                dialect.as_str()
            ),
            help: "give it a short name in the database, with `name`, and use that here".to_owned(),
        });
    }
    if dialect != Dialect::Postgres || !token.is_word(name) {
        return None;
    }
    let quotes = || {
        let quoted = name.replace('"', "\"\"");
        format!("write it in quotes for postgres: `\"{quoted}\"`")
    };
    if name.chars().any(char::is_uppercase) {
        let message = format!(
            "postgres reads a name without quotes in lower case, so `{name}` is no column here"
        );
        return Some(Lack {
            message,
            help: quotes(),
        });
    }
    FUNCTIONS.contains(&name).then(|| Lack {
        message: format!("`{name}` without quotes is no column to postgres, but a function"),
        help: quotes(),
    })
}

/// A column that is computed of one that is computed (CREATE TABLE, "Generated Columns").
fn of_computed(
    draft: &Draft<'_>,
    text: &Text<'_>,
    named: &[(usize, ColumnId)],
) -> Option<Diagnostic> {
    let own = text.own?;
    draft.columns[own].computed.as_ref()?;
    // One that is computed of itself is told already.
    let other = |id: &ColumnId| *id != own && draft.columns[*id].computed.is_some();
    let id = named.iter().map(|(_, id)| *id).find(other)?;
    let source = &draft.source;
    let lack = Lack {
        message: format!(
            "postgres computes nothing of a column that is computed, as `{}` would be",
            source.column_name(own)
        ),
        help: match &draft.columns[id].computed.as_ref()?.sql {
            Sql::All(sql) => format!("write what that column is: `({})`", sql.trim()),
            Sql::PerDialect(_) => "write what that column is".to_owned(),
        },
    };
    let other = source.place(Origin::Column(id));
    Some(
        lack.at(text.place(Dialect::Postgres))
            .other(other, "computed too"),
    )
}
