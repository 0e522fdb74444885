//! Column types: from the words of the spec to the model's.

use std::ops::Range;
use std::sync::Arc;

use super::context::Context;
use super::foreign_words;
use crate::diagnostic::{Code, Help};
use crate::model::Type;
use crate::spec;
pub(super) use crate::spec::TYPES;

/// A type as it is written.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) ty: Type,
    /// Whether `?` follows.
    pub(super) nullable: bool,
}

/// What is wrong with a written type, and which bytes of it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Problem {
    pub(super) code: Code,
    pub(super) words: Range<usize>,
    pub(super) message: String,
    pub(super) help: Help,
}

/// The most digits of a decimal.
const DIGITS: u8 = 28;

/// The longest length that a type may state; the smallest of the dialects' largest.
const LENGTH: u32 = 10_485_760;

/// Reads `text`: `integer`, `decimal(10,2)?`, `[string(3)]`, or the name of a type that the spec declares.
pub(super) fn parse(context: &mut Context<'_>, text: &str) -> Result<Written, Problem> {
    let (inner, nullable) = match text.trim_end().strip_suffix('?') {
        Some(inner) => (inner, true),
        None => (text, false),
    };
    let trimmed = inner.trim();
    let list = trimmed
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    let scalar = list.unwrap_or(trimmed);
    let start = scalar.as_ptr().addr() - text.as_ptr().addr();
    match scalar_type(context, scalar) {
        Ok(ty) => Ok(Written {
            ty: match list {
                Some(_) => Type::List(Arc::new(ty)),
                None => ty,
            },
            nullable,
        }),
        Err(mut problem) => {
            problem.words = problem.words.start + start..problem.words.end + start;
            Err(problem)
        }
    }
}

/// Whether `word` is the word of a column type.
pub(super) fn is_word(word: &str) -> bool {
    word_type(word).is_some()
}

fn scalar_type(context: &mut Context<'_>, text: &str) -> Result<Type, Problem> {
    let (word, arguments) = split(text)?;
    let known = word_type(word.trim()).or_else(|| declared(context, word.trim()));
    let Some(known) = known else {
        return Err(unknown(context, text, word.trim()));
    };
    let whole = 0..text.len();
    let superfluous = |name: &str| Problem {
        code: Code::InvalidTypeArgument,
        words: whole.clone(),
        message: format!("type `{name}` takes no argument"),
        help: format!("write `{name}`").into(),
    };
    match (known, arguments) {
        (Type::Decimal { .. }, arguments) => decimal(text, arguments.as_deref().unwrap_or(&[])),
        (ty, None) => Ok(ty),
        (Type::String(_), Some(arguments)) => {
            Ok(Type::String(Some(length(text, "string", &arguments)?)))
        }
        (Type::Bytes(_), Some(arguments)) => {
            Ok(Type::Bytes(Some(length(text, "bytes", &arguments)?)))
        }
        (Type::Text, Some(arguments)) => {
            let mut problem = superfluous("text");
            problem.help = format!(
                "write `text`, or `string({})` for a limit",
                arguments.join(",")
            )
            .into();
            Err(problem)
        }
        (_, Some(_)) => Err(superfluous(word.trim())),
    }
}

/// The type of the spec's own that `word` names.
fn declared(context: &Context<'_>, word: &str) -> Option<Type> {
    let enums = context.enums.get(word).map(|of| Type::Enum(of.ty.clone()));
    enums.or_else(|| Some(Type::User(context.types.get(word)?.clone())))
}

/// The type that `word` is of itself, its arguments being none.
pub(super) fn word_type(word: &str) -> Option<Type> {
    Some(match word {
        "boolean" => Type::Boolean,
        "smallint" => Type::SmallInt,
        "integer" => Type::Integer,
        "bigint" => Type::BigInt,
        "float" => Type::Float,
        "double" => Type::Double,
        "decimal" => Type::Decimal {
            precision: 0,
            scale: 0,
        },
        "string" => Type::String(None),
        "text" => Type::Text,
        "bytes" => Type::Bytes(None),
        "uuid" => Type::Uuid,
        "date" => Type::Date,
        "time" => Type::Time,
        "datetime" => Type::DateTime,
        "timestamp" => Type::Timestamp,
        "json" => Type::Json,
        _ => return None,
    })
}

/// The word and the arguments in parentheses, if there are any.
fn split(text: &str) -> Result<(&str, Option<Vec<&str>>), Problem> {
    let Some((word, rest)) = text.split_once('(') else {
        return Ok((text, None));
    };
    match rest.trim_end().strip_suffix(')') {
        Some(arguments) => Ok((word, Some(arguments.split(',').map(str::trim).collect()))),
        None => Err(Problem {
            code: Code::InvalidTypeArgument,
            words: 0..text.len(),
            message: format!("type `{text}` has no closing `)`"),
            help:
                "a type with a comma needs quotes in a flow mapping: `{ type: \"decimal(10,2)\" }`"
                    .into(),
        }),
    }
}

fn unknown(context: &mut Context<'_>, text: &str, word: &str) -> Problem {
    let written = context.spec;
    let declared = written.enums.keys().chain(written.types.keys());
    let declared = declared.map(String::as_str);
    let words = TYPES.into_iter().chain(declared.clone());
    let help = match spec::enum_of(text) {
        Some(help) => Some(help.into()),
        None if written.entities.contains_key(word) => Some(
            format!(
                "`{word}` is an entity: a foreign key to it is `{{ references: {word} }}`, and a relationship stands under \
                 `relationships`"
            )
            .into(),
        ),
        None => foreign_words::translate(text, word),
    };
    let help = help.or_else(|| {
        let near = context.did_you_mean(word, words)?;
        Some(near.of_language(&TYPES))
    });
    let start = text.find(word).unwrap_or(0);
    Problem {
        code: Code::UnknownType,
        words: start..start + word.len(),
        message: if word.is_empty() {
            "a column has an empty type".to_owned()
        } else {
            format!("no type `{word}` exists")
        },
        help: help.unwrap_or_else(|| all_types(declared).into()),
    }
}

/// The list of all types; of those that the spec declares the first ones.
fn all_types<'a>(declared: impl Iterator<Item = &'a str>) -> String {
    const LISTED: usize = 8;
    let words = TYPES.into_iter().chain(declared.take(LISTED));
    let quoted: Vec<String> = words.map(|word| format!("`{word}`")).collect();
    format!("the types are {}", quoted.join(", "))
}

fn length(text: &str, name: &str, arguments: &[&str]) -> Result<u32, Problem> {
    let length = match arguments {
        [only] => only.parse::<u32>().ok(),
        _ => None,
    };
    length
        .filter(|length| (1..=LENGTH).contains(length))
        .ok_or_else(|| Problem {
            code: Code::InvalidTypeArgument,
            words: 0..text.len(),
            message: format!(
                "`{text}` is no `{name}` of 1 to {LENGTH} {}",
                if name == "bytes" {
                    "bytes"
                } else {
                    "characters"
                }
            ),
            help: format!("write `{name}(255)`, or `{name}` without a limit").into(),
        })
}

fn decimal(text: &str, arguments: &[&str]) -> Result<Type, Problem> {
    let wrong = |message: String, help: String| Problem {
        code: Code::InvalidTypeArgument,
        words: 0..text.len(),
        message,
        help: help.into(),
    };
    let example = || "write all digits and those behind the point: `decimal(10,2)`".to_owned();
    let (precision, scale) = match arguments {
        [] => {
            return Err(wrong(
                "type `decimal` needs its digits".to_owned(),
                example(),
            ));
        }
        [precision] => (*precision, "0"),
        [precision, scale] => (*precision, *scale),
        _ => {
            return Err(wrong(
                format!("`{text}` has more than two arguments"),
                example(),
            ));
        }
    };
    let (Ok(precision), Ok(scale)) = (precision.parse::<u8>(), scale.parse::<u8>()) else {
        return Err(wrong(
            format!("the arguments of `{text}` are not two small numbers"),
            example(),
        ));
    };
    if !(1..=DIGITS).contains(&precision) {
        let message = format!("`{text}` has {precision} digits where 1 to {DIGITS} are possible");
        return Err(wrong(
            message,
            format!("write `decimal({DIGITS},{})`", scale.min(DIGITS)),
        ));
    }
    if scale > precision {
        let message = format!("`{text}` has more digits behind the point than digits");
        let scale = scale.min(DIGITS);
        let whole = precision.saturating_add(scale).min(DIGITS);
        return Err(wrong(message, format!("write `decimal({whole},{scale})`")));
    }
    Ok(Type::Decimal { precision, scale })
}

/// The word for `ty` in a spec.
pub(super) fn word(ty: &Type) -> String {
    match ty {
        Type::Boolean => "boolean".to_owned(),
        Type::SmallInt => "smallint".to_owned(),
        Type::Integer => "integer".to_owned(),
        Type::BigInt => "bigint".to_owned(),
        Type::Float => "float".to_owned(),
        Type::Double => "double".to_owned(),
        Type::Decimal { precision, scale } => format!("decimal({precision},{scale})"),
        Type::String(None) => "string".to_owned(),
        Type::String(Some(length)) => format!("string({length})"),
        Type::Text => "text".to_owned(),
        Type::Bytes(None) => "bytes".to_owned(),
        Type::Bytes(Some(length)) => format!("bytes({length})"),
        Type::Uuid => "uuid".to_owned(),
        Type::Date => "date".to_owned(),
        Type::Time => "time".to_owned(),
        Type::DateTime => "datetime".to_owned(),
        Type::Timestamp => "timestamp".to_owned(),
        Type::Json => "json".to_owned(),
        Type::Enum(of) => of.name.clone(),
        Type::User(of) => of.name.clone(),
        Type::List(of) => format!("[{}]", word(of)),
    }
}

#[cfg(test)]
mod tests;
