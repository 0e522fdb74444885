//! Literals that fit their column's type, in the form that the type stores.

use super::context::Context;
use super::{enums, json, moments, types};
use crate::diagnostic::Help;
use crate::model::{Literal, Type};
use crate::spec::{Value, truth_value};

/// Why a value fits no column of a type: a sentence's end after "the default of `x`", and the way out.
pub(super) type Misfit = (String, Help);

/// What `value`, which is no SQL, stands for in a column of type `ty`. `None` when that depends on what could not be
/// read, which was reported.
pub(super) fn literal(
    context: &mut Context<'_>,
    value: &Value,
    ty: &Type,
) -> Result<Option<Literal>, Misfit> {
    let fit = match ty {
        Type::User(of) => return literal(context, value, &of.base),
        Type::Enum(of) => {
            let variant = enums::literal(context, value, of);
            return variant.map_err(|help| wrong(value, ty, help));
        }
        Type::Boolean => match value {
            Value::Boolean(value) => Ok(Literal::Boolean(*value)),
            _ => Err(wrong(value, ty, truth(value))),
        },
        Type::SmallInt => integer(value, ty, i64::from(i16::MIN), i64::from(i16::MAX)),
        Type::Integer => integer(value, ty, i64::from(i32::MIN), i64::from(i32::MAX)),
        Type::BigInt => integer(value, ty, i64::MIN, i64::MAX),
        Type::Float | Type::Double => number(value, ty),
        Type::Decimal { precision, scale } => decimal(value, ty, *precision, *scale),
        Type::String(_) | Type::Text => text(value, ty),
        Type::Bytes(_) => Err(wrong(value, ty, "no literal stands for bytes")),
        Type::List(_) => Err(wrong(value, ty, "no literal stands for a list")),
        Type::Uuid => stored(value, ty, uuid, "write 32 hexadecimal digits in quotes"),
        Type::Date => stored(value, ty, moments::date, "write `2026-11-23`"),
        Type::Time => stored(value, ty, moments::time, "write `08:15:00`"),
        Type::DateTime => stored(value, ty, moments::datetime, "write `2026-11-23 08:15:00`"),
        Type::Timestamp => stored(
            value,
            ty,
            moments::timestamp,
            "write `2026-11-23 08:15:00Z`, in UTC with `Z` at its end",
        ),
        Type::Json => match value {
            Value::Boolean(value) => Ok(Literal::Text(value.to_string())),
            Value::Integer(value) => Ok(Literal::Text(value.to_string())),
            Value::Float(value) if value.is_finite() => Ok(Literal::Text(format!("{value:?}"))),
            _ => stored(
                value,
                ty,
                json::text,
                "write JSON in quotes: `'{\"a\": [1, 2]}'`",
            ),
        },
    };
    fit.map(Some)
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

/// The words of older YAML for truth values are text in YAML 1.2.
fn truth(value: &Value) -> Help {
    let help = "write `true` or `false`";
    let Value::Text(text) = value else {
        return help.into();
    };
    match truth_value(text) {
        Some(meant) => Help::yaml(help, text, meant.to_string()),
        None => help.into(),
    }
}

fn wrong(value: &Value, ty: &Type, help: impl Into<Help>) -> Misfit {
    (
        format!(
            "is `{}`, which does not fit `{}`",
            shown(value),
            types::word(ty)
        ),
        help.into(),
    )
}

fn stored(
    value: &Value,
    ty: &Type,
    read: fn(&str) -> Option<String>,
    help: &str,
) -> Result<Literal, Misfit> {
    let text = match value {
        Value::Text(text) => read(text),
        _ => None,
    };
    text.map(Literal::Text)
        .ok_or_else(|| wrong(value, ty, help))
}

fn integer(value: &Value, ty: &Type, least: i64, most: i64) -> Result<Literal, Misfit> {
    let range = format!("write a whole number from {least} to {most}");
    match value {
        Value::Integer(value) if (least..=most).contains(value) => Ok(Literal::Integer(*value)),
        Value::Text(text) => match text.parse::<i64>() {
            Ok(number) if (least..=most).contains(&number) => Err(wrong(
                value,
                ty,
                Help::yaml(
                    format!("write `{number}`, without quotes"),
                    text,
                    number.to_string(),
                ),
            )),
            _ => Err(wrong(value, ty, range)),
        },
        _ => Err(wrong(value, ty, range)),
    }
}

fn number(value: &Value, ty: &Type) -> Result<Literal, Misfit> {
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
        .map(Literal::Number)
        .ok_or_else(|| wrong(value, ty, "write a finite number within the type's range"))
}

/// Decimal digits that a YAML number keeps exactly.
const EXACT: usize = 15;

fn decimal(value: &Value, ty: &Type, precision: u8, scale: u8) -> Result<Literal, Misfit> {
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
        return Err(wrong(value, ty, help));
    }
    let whole = if whole.is_empty() { "0" } else { whole };
    let zero = whole == "0" && fraction.is_empty();
    let sign = if zero { "" } else { sign };
    Ok(Literal::Text(match scale {
        0 => format!("{sign}{whole}"),
        _ => format!("{sign}{whole}.{fraction:0<scale$}"),
    }))
}

fn text(value: &Value, ty: &Type) -> Result<Literal, Misfit> {
    let Value::Text(text) = value else {
        return Err(wrong(
            value,
            ty,
            Help::around(
                format!("put it in quotes: `\"{}\"`", shown(value)),
                &shown(value),
                ("\"", "\""),
            ),
        ));
    };
    if let Type::String(Some(most)) = ty {
        let length = text.chars().count();
        if length > usize::try_from(*most).unwrap_or(usize::MAX) {
            return Err(wrong(
                value,
                ty,
                format!("it has {length} characters, and {most} fit"),
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
    Ok(Literal::Text(text.clone()))
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
