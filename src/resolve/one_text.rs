//! One SQL text for several dialects that do not read it alike: it speaks of a column that they store differently, or has
//! words that mean something else in one of them.

mod terms;
mod words;

use super::context::Context;
use super::draft::Draft;
use super::spoken::Columns;
use super::texts::{self, Text};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::sql::{Reading, Token};
use crate::model::{ColumnId, Dialect, Sql, Type};
use terms::terms;

/// Warns of such texts.
pub(super) fn check(context: &mut Context<'_>, drafts: &[Draft<'_>]) {
    let dialects = context.dialects;
    if dialects.len() < 2 {
        return;
    }
    let each: Vec<String> = (dialects.iter())
        .map(|dialect| format!("{}: …", dialect.as_str()))
        .collect();
    let each = each.join(", ");
    for draft in drafts {
        let columns = Columns::of(draft);
        for text in texts::of(draft) {
            let Sql::All(sql) = text.sql else { continue };
            // Names in any quotes are among these.
            let tokens: Vec<Token<'_>> = (Reading::of(Dialect::Sqlite).iter())
                .flat_map(|reading| reading.tokens(sql))
                .collect();
            let stored = stored_differently(dialects, (draft, &columns), &text, &tokens);
            let problem = stored
                .or_else(|| words::read_differently(dialects, (draft, &columns), sql, &tokens));
            if let Some(problem) = problem {
                let help = format!(
                    "write a text for each, `{{ {each} }}`, also where they are the same; `allow: [W0203]` is for the whole spec"
                );
                let place = text.place(dialects[0]);
                context.report(Diagnostic::new(Code::OneText, place, problem).help(help));
            }
        }
    }
}

/// The column of which the text would not mean the same, and how it is stored.
fn stored_differently(
    dialects: &[Dialect],
    (draft, columns): (&Draft<'_>, &Columns),
    text: &Text<'_>,
    tokens: &[Token<'_>],
) -> Option<String> {
    let terms = terms(columns, tokens);
    let own = text
        .own
        .filter(|own| terms::is_own_harmed(draft, &terms, *own));
    let harmed = terms.iter().filter_map(|term| terms::harmed(draft, term));
    let given = terms::given_on(draft, &terms, text.own);
    let mut harmed: Vec<ColumnId> = harmed.flatten().chain(given).chain(own).collect();
    harmed.sort_unstable();
    harmed.into_iter().find_map(|id| {
        let ty = draft.columns[id].ty.as_ref()?.base();
        let (first, others) = dialects.split_first()?;
        let here = stored(ty, *first);
        let mut others = others.iter().map(|other| (other, stored(ty, *other)));
        let (other, there) = others.find(|(_, there)| *there != here)?;
        Some(format!(
            "one text for {} and {}, which store `{}` as {here} and as {there}",
            first.as_str(),
            other.as_str(),
            draft.source.column_name(id)
        ))
    })
}

/// As what a text meets values of a type.
fn stored(ty: &Type, dialect: Dialect) -> &'static str {
    use Dialect::{Mysql, Postgres, Sqlite};
    match (ty, dialect) {
        (Type::Boolean, Postgres) => "a truth value",
        (Type::Boolean | Type::Decimal { scale: 0, .. }, _) => "a number",
        (Type::Decimal { .. }, Sqlite) => "the number of its last digits",
        (Type::Decimal { .. }, _) => "a decimal number",
        (Type::Bytes(_), Postgres) => "`bytea`",
        (Type::Uuid, Postgres) => "`uuid`",
        (Type::Bytes(_) | Type::Uuid, _) => "bytes",
        (Type::Date | Type::Time | Type::DateTime | Type::Timestamp, Postgres | Mysql) => {
            "a type of dates and times"
        }
        (Type::Json, Postgres) => "`jsonb`",
        (Type::Json, Mysql) => "`JSON`",
        (Type::Enum(of), Postgres | Mysql) if of.native => "an enum",
        (Type::User(of), _) => stored(&of.base, dialect),
        // Text in each, or what each has the same type for.
        _ => "text",
    }
}
