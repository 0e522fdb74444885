//! The faults of a text as diagnostics.

use std::ops::Range;

use super::spaces;
use super::tree::Disagreement;
use super::words;
use crate::diagnostic::{Code, Diagnostic, Fix};
use crate::source::{Fault, FaultKind, Place, Source, limits};

/// What to say of a fault.
pub(super) fn diagnostic(source: &Source, fault: &Fault) -> Diagnostic {
    let place = Place::span(fault.span.clone());
    let new = |code, message: String| Diagnostic::new(code, place.clone(), message);
    match &fault.kind {
        FaultKind::Unreadable(reason) => new(
            Code::Unreadable,
            format!("`{}` cannot be read: {reason}", source.name()),
        ),
        FaultKind::NotUtf8 => new(
            Code::Unreadable,
            format!("`{}` is not UTF-8", source.name()),
        )
        .label("this byte belongs to no character")
        .help("save the file in the encoding UTF-8"),
        FaultKind::TooLarge => {
            let limit = limits::SPEC_BYTES >> 20;
            new(
                Code::TooLarge,
                format!("`{}` is larger than {limit} MiB", source.name()),
            )
            .help("split the schema, or check that this is the file you meant")
        }
        FaultKind::LongLine => {
            let limit = limits::LINE_BYTES >> 20;
            let message = format!("`{}` has a line longer than {limit} MiB", source.name());
            new(Code::TooLarge, message).help("break the line")
        }
        FaultKind::TooManyNodes => new(
            Code::TooLarge,
            format!("`{}` has more values than a spec may have", source.name()),
        )
        .help(format!(
            "{} are allowed, in all files together; split the schema",
            limits::NODES
        )),
        FaultKind::TooManyMarks => new(
            Code::TooLarge,
            format!(
                "`{}` has more marks of YAML than a spec may have",
                source.name()
            ),
        )
        .help(format!(
            "{} are allowed, in texts or not, in all files together; split the schema",
            limits::MARKS
        )),
        FaultKind::Character(found) => unprintable(fault, *found),
        FaultKind::Syntax(reason) => syntax(source, fault, reason),
        FaultKind::Unclosed { next, whole } => unclosed(source, fault, next.clone(), whole.clone()),
        FaultKind::SecondDocument => new(
            Code::SecondDocument,
            "a second YAML document begins here".to_owned(),
        )
        .help(
            "a spec is one document: remove the `---`, or put what follows into a spec of its own",
        ),
        FaultKind::DuplicateKey { key, first } => new(
            Code::DuplicateKey,
            format!("the key `{key}` stands here twice"),
        )
        .label("again here")
        .other(Place::span(first.clone()), "first here")
        .help("keep one of the two, or give one another name"),
        FaultKind::MergeKey => new(
            Code::MergeKey,
            "merge keys (`<<`) are not part of the spec language".to_owned(),
        )
        .help("write the entries out; an alias can stand for a whole value: `columns: *base`"),
        FaultKind::TooDeep => {
            let message = format!("the nesting is deeper than {} levels", limits::DEPTH);
            new(Code::TooDeep, message).help("the spec language needs 8 levels at most")
        }
        FaultKind::AliasGrowth => new(
            Code::Growth,
            "with this alias the aliases stand for more than a spec may hold".to_owned(),
        )
        .help("write the values out"),
        FaultKind::EndlessAlias => new(
            Code::Growth,
            "an alias inside of what it stands for has no end".to_owned(),
        )
        .help("write the value out"),
        FaultKind::ComplexKey => new(
            Code::WrongForm,
            "expected a name as key, found a list or a mapping".to_owned(),
        )
        .help("quote the key if it is meant as text"),
        FaultKind::Tag(tag) => new(
            Code::WrongForm,
            format!("the tag `{tag}` has no meaning in a spec"),
        )
        .help("remove it, or quote the value if it is meant as text"),
    }
}

/// What to say of a bracket without an end.
fn unclosed(
    source: &Source,
    fault: &Fault,
    next: Option<Range<usize>>,
    whole: Option<(Range<usize>, String)>,
) -> Diagnostic {
    let text = source.text();
    let bracket = &text[fault.span.clone()];
    let end = if bracket == "{" { "}" } else { "]" };
    let message = format!("this `{bracket}` is not closed");
    let mut found = Diagnostic::new(Code::Syntax, Place::span(fault.span.clone()), message);
    let word = next.clone().map_or("", |next| &text[next]);
    let is_end = matches!(word, "}" | "]");
    found = match whole {
        Some((place, whole)) => {
            let from = text[place.clone()].to_owned();
            let place = Place::span(place);
            let help = format!("write `{whole}`");
            let to = whole;
            found.help(help).fix(Fix::Yaml { place, from, to })
        }
        None if is_end => found.help(format!("write `{end}` before this `{word}`")),
        None if word.is_empty() => found.help(format!("write `{end}` at its end")),
        None => found.help(format!("write `{end}` before `{word}`")),
    };
    match next {
        Some(next) if is_end => found.other(Place::span(next), "the end of another one"),
        Some(next) => found.other(Place::span(next), "outside of it"),
        None => found,
    }
}

/// What to say of a character that YAML takes nowhere.
fn unprintable(fault: &Fault, found: char) -> Diagnostic {
    let number = u32::from(found);
    let message = format!("YAML has no place for the character U+{number:04X}");
    let escape = if number < 0x100 {
        format!("\\x{number:02x}")
    } else {
        format!("\\u{number:04x}")
    };
    Diagnostic::new(Code::Syntax, Place::span(fault.span.clone()), message).help(format!(
        "remove it, or write it as `{escape}` in a text between double quotes"
    ))
}

/// What to say where the two YAML readers disagree.
pub(super) fn disagreement(source: &Source, found: Disagreement) -> Diagnostic {
    let odd = spaces::odd(source, found.span.start, &found.reason);
    let message = format!("YAML readers disagree here: {}", found.reason);
    let found = Diagnostic::new(Code::ReadersDisagree, Place::span(found.span), message);
    match odd {
        Some(odd) => odd.mend(source, found),
        None => found.help("write this value in a plainer form, for example in quotes"),
    }
}

/// The space to put behind a colon, `name:string`, in the last line before `byte`, where the parser misses it, or in
/// that one.
fn glued(source: &Source, byte: usize, reason: &str) -> Option<Fix> {
    let reasons = [
        "simple key expect",
        "mapping values are not allowed",
        "comment intercepting",
    ];
    if !reasons.iter().any(|known| reason.contains(known)) {
        return None;
    }
    let text = source.text();
    let lines = (0..=source.line_of(byte))
        .rev()
        .map(|line| source.line(line));
    let has_words = |line: &Range<usize>| {
        let words = text[line.clone()].trim_start();
        !words.is_empty() && !words.starts_with('#')
    };
    let mut near = lines.filter(has_words).take(2);
    near.find_map(|line| {
        let words = text[line.clone()].split_whitespace().next()?;
        let (key, value) = words.split_once(':')?;
        let named = key.chars().all(|c| c == '_' || c.is_alphanumeric());
        // `::` is Rust's, `://` that of addresses.
        if !named || key.is_empty() || value.is_empty() || value.starts_with([':', '/']) {
            return None;
        }
        let start = line.end - text[line.clone()].trim_start().len();
        Some(Fix::Yaml {
            place: Place::span(start..start + words.len()),
            from: words.to_owned(),
            to: format!("{key}: {value}"),
        })
    })
}

/// The text is no YAML, as the parser's `reason` says.
fn syntax(source: &Source, fault: &Fault, reason: &str) -> Diagnostic {
    // The parser calls every quote a double one there.
    let shown = reason.replace("after double-quoted scalar", "after a quoted text");
    let message = format!("this is not YAML: {shown}");
    let at = fault.span.start;
    if let Some(odd) = spaces::odd(source, at, reason) {
        let span = if odd.is_cause {
            odd.span.clone()
        } else {
            fault.span.clone()
        };
        let found = Diagnostic::new(Code::Syntax, Place::span(span), message);
        return odd.mend(source, found);
    }
    let mut found = Diagnostic::new(Code::Syntax, Place::span(fault.span.clone()), message);
    if let Some(help) = cut_enum(source, at, reason) {
        found = found.help(help);
    } else if let Some(help) = syntax_help(reason) {
        found = found.help(help);
    }
    match glued(source, at, reason) {
        Some(fix) => found.fix(fix),
        None => found,
    }
}

/// What to write for `enum('open', 'done')`, whose commas end it in a flow mapping: a fault at the parenthesis, `at`.
fn cut_enum(source: &Source, at: usize, reason: &str) -> Option<String> {
    let is_here = source.text().get(at..)?.starts_with(')');
    if !is_here || !reason.contains("trailing content") {
        return None;
    }
    let line = source.text()[..at].rsplit('\n').next()?;
    let before = line[..line.rfind('(')?].trim_end();
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next()?;
    words::enum_of(&line[before.len() - word.len()..])
}

/// The usual cause of what the parser complains of.
fn syntax_help(reason: &str) -> Option<&'static str> {
    if reason.contains("mapping values are not allowed") {
        return Some(
            "quote a text with a colon in it; otherwise check the indentation of this line",
        );
    }
    if reason.contains("unknown anchor") {
        return Some(
            "declare the anchor before its alias (`&name`), or quote a text that begins with `*`",
        );
    }
    if reason.contains("simple key expect") {
        return Some(
            "the key before this place has no colon with a space behind it: `name: string`",
        );
    }
    if reason.contains("did not find expected key") {
        return Some("check the indentation: the keys of one mapping begin in one column");
    }
    if reason.contains("':' indicator") || reason.contains("expected ',' or") {
        return Some(
            "a comma is missing before this place, a `[` or `{` is not closed, or a text with one has no quotes",
        );
    }
    if reason.contains("after double-quoted scalar") {
        return Some(
            "in single quotes write an apostrophe twice: `'it''s'`; otherwise a quote before this place is not closed",
        );
    }
    if reason.contains("quoted scalar") {
        return Some("a quote before this place is not closed");
    }
    None
}
