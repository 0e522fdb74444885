//! Defaults: literals that fit their column's type, in the form that the type stores.

use super::context::Context;
use super::draft::{Draft, Origin, Source};
use super::{enums, json, moments, sql, types};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Default, Type};
use crate::spec::Value;

/// Why a value fits no column of a type: a sentence's end after "the default of `x`", and the way out.
pub(super) type Misfit = (String, String);

/// Resolves the defaults of `draft`, whose columns' types are known or excused.
pub(super) fn resolve(context: &mut Context<'_>, draft: &mut Draft<'_>) {
    let Draft {
        source, columns, ..
    } = draft;
    for (id, column) in source.columns.values().enumerate() {
        let (Some(value), Some(ty)) = (&column.default, columns[id].ty.clone()) else {
            continue;
        };
        columns[id].default = match value {
            Value::Sql(text) => {
                let path = || source.column_path(id).key("default").key("sql");
                sql::resolve(context, &text.sql, path).map(Default::Sql)
            }
            value => match literal(context, value, &ty) {
                Ok(default) => default,
                Err(misfit) => {
                    report(context, source, id, misfit);
                    None
                }
            },
        };
    }
}

fn report(context: &mut Context<'_>, source: &Source<'_>, column: usize, (problem, help): Misfit) {
    let message = format!("the default of `{}` {problem}", source.column_name(column));
    let place = source.place(Origin::ColumnKey(column, "default"));
    context.report(Diagnostic::new(Code::InvalidDefault, place, message).help(help));
}

/// What `value`, which is no SQL, stands for in a column of type `ty`. `None` when that depends on what could not be
/// read, which was reported.
pub(super) fn literal(
    context: &mut Context<'_>,
    value: &Value,
    ty: &Type,
) -> Result<Option<Default>, Misfit> {
    if let Some(word) = word(value, ty) {
        return word.map(Some);
    }
    let fit = match ty {
        Type::Enum(of) => {
            let variant = enums::literal(context, value, of);
            return variant.map_err(|help| wrong(value, ty, &help));
        }
        Type::Boolean => match value {
            Value::Boolean(value) => Ok(Default::Boolean(*value)),
            _ => Err(wrong(value, ty, "write `true` or `false`")),
        },
        Type::SmallInt => integer(value, ty, i64::from(i16::MIN), i64::from(i16::MAX)),
        Type::Integer => integer(value, ty, i64::from(i32::MIN), i64::from(i32::MAX)),
        Type::BigInt => integer(value, ty, i64::MIN, i64::MAX),
        Type::Float | Type::Double => number(value, ty),
        Type::Decimal { precision, scale } => decimal(value, ty, *precision, *scale),
        Type::String(_) | Type::Text => text(value, ty),
        Type::Bytes(_) => Err(wrong(
            value,
            ty,
            "write SQL: `default: { sql: \"x'00ff'\" }`",
        )),
        Type::Uuid => stored(
            value,
            ty,
            uuid,
            "write `uuid` for a fresh one, or 32 hexadecimal digits in quotes",
        ),
        Type::Date => stored(value, ty, moments::date, "write `2026-11-23`, or `now`"),
        Type::Time => stored(value, ty, moments::time, "write `08:15:00`, or `now`"),
        Type::DateTime => stored(
            value,
            ty,
            moments::datetime,
            "write `2026-11-23 08:15:00`, or `now`",
        ),
        Type::Timestamp => stored(
            value,
            ty,
            moments::timestamp,
            "write `2026-11-23 08:15:00Z`, in UTC with `Z` at its end, or `now`",
        ),
        Type::Json => match value {
            Value::Boolean(value) => Ok(Default::Text(value.to_string())),
            Value::Integer(value) => Ok(Default::Text(value.to_string())),
            Value::Float(value) if value.is_finite() => Ok(Default::Text(format!("{value:?}"))),
            _ => stored(
                value,
                ty,
                json::text,
                "write JSON in quotes: `default: '{\"a\": [1, 2]}'`",
            ),
        },
    };
    fit.map(Some)
}

/// A word that stands for no literal, if `value` is one.
fn word(value: &Value, ty: &Type) -> Option<Result<Default, Misfit>> {
    let Value::Text(word) = value else {
        return None;
    };
    match (word.as_str(), ty) {
        ("now", Type::Date | Type::Time | Type::DateTime | Type::Timestamp) => {
            Some(Ok(Default::Now))
        }
        ("uuid", Type::Uuid) => Some(Ok(Default::Uuid)),
        ("now" | "uuid", Type::String(_) | Type::Text) => {
            let fits = if word == "now" {
                "date and time types"
            } else {
                "`uuid`"
            };
            let help = format!("for the text itself write `default: {{ sql: \"'{word}'\" }}`");
            Some(Err((format!("is `{word}`, which only fits {fits}"), help)))
        }
        _ => None,
    }
}

/// `value` as the spec has it, for messages.
fn shown(value: &Value) -> String {
    const SHOWN: usize = 60;
    let text = match value {
        Value::Boolean(value) => value.to_string(),
        Value::Integer(value) => value.to_string(),
        Value::Float(value) => format!("{value:?}"),
        Value::Text(value) => value.escape_debug().to_string(),
        Value::Sql(_) => "SQL".to_owned(),
    };
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

fn wrong(value: &Value, ty: &Type, help: &str) -> Misfit {
    (
        format!(
            "is `{}`, which does not fit `{}`",
            shown(value),
            types::word(ty)
        ),
        help.to_owned(),
    )
}

fn stored(
    value: &Value,
    ty: &Type,
    read: fn(&str) -> Option<String>,
    help: &str,
) -> Result<Default, Misfit> {
    let text = match value {
        Value::Text(text) => read(text),
        _ => None,
    };
    text.map(Default::Text)
        .ok_or_else(|| wrong(value, ty, help))
}

fn integer(value: &Value, ty: &Type, least: i64, most: i64) -> Result<Default, Misfit> {
    let range = format!("write a whole number from {least} to {most}");
    match value {
        Value::Integer(value) if (least..=most).contains(value) => Ok(Default::Integer(*value)),
        Value::Text(text) => match text.parse::<i64>() {
            Ok(number) if (least..=most).contains(&number) => Err(wrong(
                value,
                ty,
                &format!("write `{number}`, without quotes"),
            )),
            _ => Err(wrong(value, ty, &range)),
        },
        _ => Err(wrong(value, ty, &range)),
    }
}

fn number(value: &Value, ty: &Type) -> Result<Default, Misfit> {
    let text = match value {
        Value::Integer(value) => value.to_string(),
        Value::Float(value) => format!("{value:?}"),
        _ => {
            return Err(wrong(
                value,
                ty,
                "write a finite number without quotes, as in `0.5`",
            ));
        }
    };
    // The text is what the type itself reads and writes, so that all sides mean the same number.
    let shortest = match ty {
        Type::Float => text
            .parse::<f32>()
            .ok()
            .filter(|number| number.is_finite())
            .map(|number| format!("{number:?}")),
        _ => text
            .parse::<f64>()
            .ok()
            .filter(|number| number.is_finite())
            .map(|number| format!("{number:?}")),
    };
    shortest
        .map(Default::Number)
        .ok_or_else(|| wrong(value, ty, "write a finite number within the type's range"))
}

/// Decimal digits that a YAML number keeps exactly.
const EXACT: usize = 15;

fn decimal(value: &Value, ty: &Type, precision: u8, scale: u8) -> Result<Default, Misfit> {
    let (precision, scale) = (usize::from(precision), usize::from(scale));
    let text = match value {
        Value::Integer(value) => value.to_string(),
        Value::Float(value) if value.is_finite() => value.to_string(),
        Value::Text(text) => text.clone(),
        _ => return Err(wrong(value, ty, "write a number")),
    };
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.as_str()),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) || digits.ends_with('.') {
        return Err(wrong(
            value,
            ty,
            "write digits with at most one point, such as `9.99`",
        ));
    }
    let whole = whole.trim_start_matches('0');
    let fraction = fraction.trim_end_matches('0');
    if matches!(value, Value::Float(_)) && whole.len() + fraction.len() > EXACT {
        return Err(wrong(
            value,
            ty,
            "put it in quotes, so that no digit is lost",
        ));
    }
    if fraction.len() > scale || whole.len() > precision - scale {
        let help = format!(
            "at most {} digits fit before the point and {scale} behind it",
            precision - scale
        );
        return Err(wrong(value, ty, &help));
    }
    let whole = if whole.is_empty() { "0" } else { whole };
    let zero = whole == "0" && fraction.is_empty();
    let sign = if zero { "" } else { sign };
    Ok(Default::Text(match scale {
        0 => format!("{sign}{whole}"),
        _ => format!("{sign}{whole}.{fraction:0<scale$}"),
    }))
}

fn text(value: &Value, ty: &Type) -> Result<Default, Misfit> {
    let Value::Text(text) = value else {
        return Err(wrong(
            value,
            ty,
            &format!("put it in quotes: `default: \"{}\"`", shown(value)),
        ));
    };
    if let Type::String(Some(most)) = ty {
        let length = text.chars().count();
        if length > usize::try_from(*most).unwrap_or(usize::MAX) {
            return Err(wrong(
                value,
                ty,
                &format!("it has {length} characters, and {most} fit"),
            ));
        }
    }
    if text.contains('\0') {
        return Err(wrong(
            value,
            ty,
            "leave out the NUL character, which not every database stores",
        ));
    }
    Ok(Default::Text(text.clone()))
}

/// A UUID as lower-case text with hyphens.
fn uuid(text: &str) -> Option<String> {
    let hyphens: Vec<usize> = text.match_indices('-').map(|(at, _)| at).collect();
    let digits: String = text.chars().filter(|character| *character != '-').collect();
    let form = hyphens.is_empty() || hyphens == [8, 13, 18, 23];
    if !form || digits.len() != 32 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let digits = digits.to_ascii_lowercase();
    let parts = [
        &digits[..8],
        &digits[8..12],
        &digits[12..16],
        &digits[16..20],
        &digits[20..],
    ];
    Some(parts.join("-"))
}

#[cfg(test)]
mod tests {
    use super::literal;
    use crate::model::Default;
    use crate::resolve::context::Context;
    use crate::resolve::{Asked, types};
    use crate::source::Source;
    use crate::spec;

    fn fits(ty: &str, yaml: &str) -> Option<Default> {
        let text = format!("entities:\n  A:\n    columns:\n      x:\n        default: {yaml}\n");
        let (spec, _) = spec::read(&Source::new("spec.yaml", text.as_bytes()));
        let value = spec.entities["A"].columns["x"].default.as_ref()?;
        let asked = Asked::default();
        let mut context = Context::new(&spec, &asked);
        let ty = types::parse(&mut context, ty).unwrap().ty;
        literal(&mut context, value, &ty).ok()?
    }

    fn text(ty: &str, yaml: &str) -> String {
        match fits(ty, yaml) {
            Some(Default::Text(text) | Default::Number(text)) => text,
            other => panic!("{ty} {yaml}: {other:?}"),
        }
    }

    #[test]
    fn literals_take_the_stored_form() {
        assert_eq!(fits("boolean", "true"), Some(Default::Boolean(true)));
        assert_eq!(fits("smallint", "-32768"), Some(Default::Integer(-32768)));
        assert_eq!(text("double", "1"), "1.0");
        assert_eq!(text("float", "0.1"), "0.1");
        assert_eq!(text("decimal(10,2)", "9.9"), "9.90");
        assert_eq!(text("decimal(10,2)", "\"-0.50\""), "-0.50");
        assert_eq!(text("decimal(10,2)", "-0.0"), "0.00");
        assert_eq!(text("decimal(5,0)", "12"), "12");
        assert_eq!(text("decimal(2,2)", "0.25"), "0.25");
        assert_eq!(text("string(3)", "äöü"), "äöü");
        assert_eq!(
            text("uuid", "\"67E55044-10B1-426F-9247-BB680E5FE0C8\""),
            "67e55044-10b1-426f-9247-bb680e5fe0c8"
        );
        assert_eq!(text("json", "'{\"a\": 1}'"), "{\"a\": 1}");
        assert_eq!(text("json", "5"), "5");
        assert_eq!(fits("timestamp", "now"), Some(Default::Now));
        assert_eq!(fits("uuid", "uuid"), Some(Default::Uuid));
    }

    #[test]
    fn misfits_are_refused() {
        let bad = [
            ("boolean", "1"),
            ("boolean", "yes"),
            ("smallint", "32768"),
            ("integer", "2147483648"),
            ("integer", "1.5"),
            ("integer", "\"1\""),
            ("bigint", "now"),
            ("float", "1e39"),
            ("double", ".nan"),
            ("double", "\"1\""),
            ("decimal(4,2)", "100"),
            ("decimal(4,2)", "1.001"),
            ("decimal(18,2)", "1234567890123456.7"),
            ("decimal(4,2)", "\"1.\""),
            ("decimal(4,2)", "\"--1\""),
            ("decimal(4,2)", "\"\""),
            ("string", "5"),
            ("string", "now"),
            ("string(2)", "abc"),
            ("bytes", "abc"),
            ("uuid", "now"),
            ("uuid", "\"67e55044\""),
            ("date", "2026-02-30"),
            ("date", "uuid"),
            ("json", "\"{\""),
        ];
        for (ty, yaml) in bad {
            assert_eq!(fits(ty, yaml), None, "{ty} {yaml}");
        }
    }
}
