//! Rows: 65,535 bytes for what stands in the row at its longest, and half a page of InnoDB for what it must keep there
//! (manual, 10.4.7). The sizes were found again by trying tables of each type on MariaDB 10.11.

use crate::diagnostic::Diagnostic;
use crate::model::types::STRING_IN_MYSQL;
use crate::model::{Default, Literal, Type};
use crate::resolve::dialects::Lack;
use crate::resolve::draft::{Draft, Origin};

/// The most bytes of a row at its longest.
const ROW: usize = 65_535;

/// The most bytes of a row in a page, and those that every row has.
const PAGE: usize = 8125;
const OF_EVERY_ROW: usize = 18;

/// What a value that stands elsewhere takes in the row: a pointer and its length.
const ELSEWHERE: usize = 21;

/// What a LONGTEXT or LONGBLOB takes of the longest row.
const POINTER: usize = 12;

pub(super) fn check(draft: &Draft<'_>, found: &mut Vec<Diagnostic>) {
    found.extend(long_defaults(draft));
    found.extend(early_leap_days(draft));
    let columns = draft.columns.iter();
    let columns = columns.filter_map(|column| Some((column.ty.as_ref()?.base(), column.nullable)));
    let (mut row, mut page, mut nullable) = (0, OF_EVERY_ROW, 0);
    for (ty, null) in columns {
        // A column that is too large for itself is told where its type is.
        if super::of_type(ty, "").is_some() {
            return;
        }
        nullable += usize::from(null);
        row += longest(ty);
        page += kept(ty);
    }
    let nulls = usize::div_ceil(nullable, 8);
    let (row, page) = (row + nulls, page + nulls);
    let source = &draft.source;
    let lack = if row > ROW {
        Lack {
            message: format!(
                "a row of `{}` may have {row} bytes in mysql, 4 for each character, and {ROW} are the most",
                source.name
            ),
            help: "write `text` for long strings, which stands elsewhere, or smaller lengths"
                .to_owned(),
        }
    } else if page > PAGE {
        Lack {
            message: format!(
                "a row of `{}` may keep {page} bytes in a page of mysql, and {PAGE} are the most",
                source.name
            ),
            help: "write `string(64)` or more for strings, which may stand elsewhere then, or move columns to an entity of its own".to_owned(),
        }
    } else {
        return;
    };
    found.push(lack.at(source.place(Origin::Table)));
}

/// A default that is longer than `string` without a length is here.
fn long_defaults(draft: &Draft<'_>) -> Vec<Diagnostic> {
    let columns = draft.columns.iter().enumerate();
    let long =
        columns.filter(
            |(_, column)| match (&column.default, column.ty.as_ref().map(Type::base)) {
                (Some(Default::Literal(Literal::Text(text))), Some(Type::String(None))) => {
                    text.chars().count() > usize::try_from(STRING_IN_MYSQL).unwrap_or(usize::MAX)
                }
                _ => false,
            },
        );
    long.map(|(id, _)| {
        let lack = Lack {
            message: format!(
                "`string` has {STRING_IN_MYSQL} characters in mysql, and the default of `{}` has more",
                draft.source.column_name(id)
            ),
            help: "write `text`, or `string(1000)`".to_owned(),
        };
        lack.at(draft.source.place(Origin::ColumnKey(id, "default")))
    })
    .collect()
}

/// To MariaDB the year 0000 has no 29 February.
fn early_leap_days(draft: &Draft<'_>) -> Vec<Diagnostic> {
    let columns = draft.columns.iter().enumerate();
    let early = columns.filter(|(_, column)| {
        let ty = column.ty.as_ref().map(Type::base);
        let dated = matches!(ty, Some(Type::Date | Type::DateTime | Type::Timestamp));
        match &column.default {
            Some(Default::Literal(Literal::Text(text))) => dated && text.starts_with("0000-02-29"),
            _ => false,
        }
    });
    early
        .map(|(id, _)| {
            let lack = Lack {
                message: "mysql has no 29 February in the year 0000".to_owned(),
                help: "write another day".to_owned(),
            };
            lack.at(draft.source.place(Origin::ColumnKey(id, "default")))
        })
        .collect()
}

/// The bytes of a value at its longest, without those that tell its length.
pub(super) fn bytes(ty: &Type) -> usize {
    let of = |length: u32| usize::try_from(length).unwrap_or(usize::MAX);
    match ty {
        Type::Boolean => 1,
        Type::SmallInt => 2,
        Type::Integer | Type::Float => 4,
        Type::BigInt | Type::Double | Type::DateTime | Type::Timestamp => 8,
        Type::Decimal { precision, scale } => digits(precision - scale) + digits(*scale),
        Type::String(most) => of(most.unwrap_or(STRING_IN_MYSQL)) * 4,
        Type::Bytes(Some(most)) => of(*most),
        Type::Uuid => 16,
        Type::Date => 3,
        Type::Time => 6,
        Type::Enum(of) if of.native => 1 + usize::from(of.variants.len() > 255),
        Type::Enum(each) => of(each.length_as_text()) * 4,
        Type::Text | Type::Bytes(None) | Type::Json | Type::List(_) => POINTER,
        Type::User(of) => bytes(&of.base),
    }
}

/// Nine digits take four bytes.
fn digits(count: u8) -> usize {
    let rest = [0, 1, 1, 2, 2, 3, 3, 4, 4][usize::from(count % 9)];
    usize::from(count / 9) * 4 + rest
}

fn is_variable(ty: &Type) -> bool {
    match ty {
        Type::String(_) | Type::Bytes(Some(_)) => true,
        Type::Enum(of) => !of.native,
        _ => false,
    }
}

fn longest(ty: &Type) -> usize {
    let bytes = bytes(ty);
    let length = if bytes > 255 { 2 } else { 1 };
    bytes + if is_variable(ty) { length } else { 0 }
}

fn kept(ty: &Type) -> usize {
    match (is_variable(ty), bytes(ty)) {
        (true, bytes @ 0..=255) => bytes + 1,
        (true, _) => ELSEWHERE,
        (false, _) if matches!(ty, Type::Text | Type::Bytes(None) | Type::Json) => ELSEWHERE,
        (false, bytes) => bytes,
    }
}
