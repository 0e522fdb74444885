//! Checks and computed columns: they may not speak of a column that the database counts, nor, but for values that are
//! computed by every read, of one that a foreign key changes. Where they speak of a value that is computed by every read,
//! they speak of what that does.

use super::changes::{change, place_of};
use crate::diagnostic::Diagnostic;
use crate::model::sql::{Reading, Token};
use crate::model::{Action, ColumnId, Dialect, ForeignKey, Sql, Type};
use crate::resolve::dialects::Lack;
use crate::resolve::draft::{Draft, Origin, Sited};
use crate::resolve::spoken::Columns;
use crate::source::Place;

/// The columns of a table that a text meets, each a place.
type Met = Vec<bool>;

/// What texts meet: the columns of which they speak, and of those that are computed by every read what these meet.
struct Reads {
    columns: Columns,
    /// For each column that every read computes; empty for others, and for those that are computed in no order.
    virtuals: Vec<Met>,
}

impl Reads {
    fn of(draft: &Draft<'_>) -> Self {
        let mut reads = Self {
            columns: Columns::of(draft),
            virtuals: vec![Vec::new(); draft.columns.len()],
        };
        // In their order, so that what each is computed of is known.
        for (id, column) in draft.columns.iter().enumerate() {
            if let Some(computed) = column.computed.as_ref().filter(|each| !each.stored) {
                reads.virtuals[id] = reads.met(&computed.sql);
            }
        }
        reads
    }

    /// The columns that the text for mysql meets.
    fn met(&self, sql: &Sql) -> Met {
        let mut met = vec![false; self.virtuals.len()];
        for id in self.spoken(sql) {
            met[id] = true;
            for (all, each) in met.iter_mut().zip(&self.virtuals[id]) {
                *all |= each;
            }
        }
        met
    }

    /// The columns of which the text for mysql speaks.
    fn spoken(&self, sql: &Sql) -> impl Iterator<Item = ColumnId> + use<> {
        let text = sql.text(Dialect::Mysql).unwrap_or_default();
        self.columns.spoken(text, Dialect::Mysql).into_iter()
    }
}

pub(super) fn check(draft: &Draft<'_>, dialects: &[Dialect], found: &mut Vec<Diagnostic>) {
    // Of too many columns something is said already.
    if draft.columns.len() > super::COLUMNS {
        return;
    }
    let reads = &Reads::of(draft);
    for check in &draft.checks {
        let place = draft.source.place(check.origin);
        let met = reads.met(&check.item.sql);
        let spoken = |id: &ColumnId| met[*id];
        found.extend(of_bare_column(draft, &place, &check.item.sql));
        found.extend(of_check(draft, &place, spoken));
    }
    if let Some(pair) = &draft.lower_first {
        let place = draft.source.place(pair.origin);
        let columns = || pair.item.lower.iter().chain(&pair.item.upper);
        found.extend(of_check(draft, &place, |id| {
            columns().any(|each| each == id)
        }));
    }
    for id in 0..draft.columns.len() {
        let computed =
            of_later(draft, reads, id).or_else(|| of_computed(draft, reads, dialects, id));
        found.extend(computed.or_else(|| implied(draft, reads, id)));
    }
}

/// MySQL, unlike MariaDB, wants a condition: a column alone is none.
fn of_bare_column(draft: &Draft<'_>, place: &Place, sql: &Sql) -> Option<Diagnostic> {
    let text = sql.text(Dialect::Mysql)?;
    let tokens = Reading::of(Dialect::Mysql)[0].tokens(text);
    let tokens: Vec<Token<'_>> = tokens
        .filter(|token| !matches!(token, Token::Mark('(' | ')')))
        .collect();
    let [only] = tokens[..] else {
        return None;
    };
    let name = only.name()?;
    let mut columns = draft.columns.iter();
    let column = columns.find(|it| it.name.eq_ignore_ascii_case(&name))?;
    let lack = Lack {
        message: "mysql has no checks that are a column alone".to_owned(),
        help: format!("write a condition: `{} = TRUE`", column.name),
    };
    Some(lack.at(place.clone()))
}

/// A check that speaks of a column that it may not, the first one of all.
fn of_check(
    draft: &Draft<'_>,
    place: &Place,
    spoken: impl Fn(&ColumnId) -> bool,
) -> Option<Diagnostic> {
    let source = &draft.source;
    if let Some(id) = draft.auto_increment().filter(&spoken) {
        let lack = Lack {
            message: format!(
                "mysql has no checks over a column that it counts, and `{}` is one",
                source.column_name(id)
            ),
            help: "leave out the check".to_owned(),
        };
        return Some(
            lack.at(place.clone())
                .other(source.place(Origin::Column(id)), "the column"),
        );
    }
    let (key, word) = changing(draft, change, &spoken)?;
    let id = key.item.columns.iter().copied().find(spoken)?;
    let lack = Lack {
        message: format!(
            "mysql has no checks over a column that a foreign key changes, and `{}` is one",
            source.column_name(id)
        ),
        help: "leave out the check, or let nothing change the column: `on_delete: cascade` and `restrict` do not, nor does a key that never changes".to_owned(),
    };
    Some(
        lack.at(place.clone())
            .other(place_of(draft, key.origin, word), "changes it"),
    )
}

/// A column whose type, or whose NOT NULL where it is computed, is a check, over what a foreign key changes.
fn implied(draft: &Draft<'_>, reads: &Reads, id: ColumnId) -> Option<Diagnostic> {
    let (source, column) = (&draft.source, &draft.columns[id]);
    let computed = column.computed.as_ref();
    let (what, way) = match column.ty.as_ref()?.base() {
        Type::Enum(of) if !of.native => {
            ("text with a check", "leave out `native: false` at the enum")
        }
        _ if computed.is_some() && !column.nullable => {
            ("NOT NULL by a check", "add `nullable: true`")
        }
        _ => return None,
    };
    let met = computed.map(|computed| reads.met(&computed.sql));
    let met = |each: &ColumnId| match &met {
        Some(met) => met[*each],
        None => *each == id,
    };
    let (key, word) = changing(draft, change, met)?;
    let lack = Lack {
        message: format!(
            "`{}` is {what} in mysql, which has no checks over a column that a foreign key changes",
            source.column_name(id)
        ),
        help: format!("{way}, or let nothing change the column"),
    };
    Some(
        lack.at(source.place(Origin::Column(id)))
            .other(place_of(draft, key.origin, word), "changes it"),
    )
}

/// The first foreign key that changes, as `how` has it, a column that is `met`; and the key of the spec that says so.
fn changing<'d>(
    draft: &'d Draft<'_>,
    how: impl Fn(&ForeignKey) -> Option<&'static str>,
    met: impl Fn(&ColumnId) -> bool,
) -> Option<(&'d Sited<ForeignKey>, &'static str)> {
    let mut keys = draft.foreign_keys.iter();
    keys.find_map(|key| {
        let word = how(&key.item)?;
        key.item.columns.iter().any(&met).then_some((key, word))
    })
}

/// A column that is computed of one that is computed behind it.
fn of_later(draft: &Draft<'_>, reads: &Reads, id: ColumnId) -> Option<Diagnostic> {
    let (source, computed) = (&draft.source, draft.columns[id].computed.as_ref()?);
    let mut spoken = reads.spoken(&computed.sql);
    let other = spoken.find(|other| *other > id && draft.columns[*other].computed.is_some())?;
    let lack = Lack {
        message: format!(
            "mysql computes columns in their order, and `{}` would be computed of `{}`",
            source.column_name(id),
            source.column_name(other)
        ),
        help: format!("move `{}` above it", source.column_name(other)),
    };
    let place = source.place(Origin::ColumnKey(id, "computed"));
    let other = source.place(Origin::ColumnKey(other, "computed"));
    Some(lack.at(place).other(other, "computed later"))
}

/// A column whose value depends on one that the database counts, or whose kept value on one that a foreign key changes.
fn of_computed(
    draft: &Draft<'_>,
    reads: &Reads,
    dialects: &[Dialect],
    id: ColumnId,
) -> Option<Diagnostic> {
    let source = &draft.source;
    let place = || source.place(Origin::ColumnKey(id, "computed"));
    let computed = draft.columns[id].computed.as_ref()?;
    let met = reads.met(&computed.sql);
    let counted = draft.auto_increment();
    if let Some(counted) = counted.filter(|counted| met[*counted]) {
        let lack = Lack {
            message: format!(
                "mysql computes nothing of a column that it counts, as `{}` would be",
                source.column_name(id)
            ),
            help: "compute it in the query, or write `auto_increment: false` and give the keys"
                .to_owned(),
        };
        let other = source.place(Origin::Column(counted));
        return Some(lack.at(place()).other(other, "counted"));
    }
    if !computed.stored {
        return None;
    }
    // MySQL, unlike MariaDB, refuses it for a row that goes too.
    let how = |key: &ForeignKey| {
        let goes = key.on_delete == Action::Cascade;
        change(key).or(goes.then_some("on_delete"))
    };
    let (key, word) = changing(draft, how, |id| met[*id])?;
    let lack = Lack {
        message: format!(
            "mysql keeps no value computed of a column that a foreign key changes, as `{}` would be",
            source.column_name(id)
        ),
        // Postgres has no others than kept ones.
        help: if dialects.contains(&Dialect::Postgres) {
            "compute it where it is read, or write `on_delete: restrict`".to_owned()
        } else {
            "write `stored: false`, or another action".to_owned()
        },
    };
    Some(
        lack.at(place())
            .other(place_of(draft, key.origin, word), "changes it"),
    )
}
