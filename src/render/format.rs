//! The formatter of generated Rust. No other file knows prettyplease and syn.

use super::RenderError;

/// The widest line that the formatter leaves alone.
const WIDTH: usize = 89;

/// Room for a banner, so that putting it before a text does not move the text to another place.
const BANNER: usize = 128;

/// `text` as it is printed.
///
/// Templates look like their output, so most of what they print is as the formatter would have it, and asking it costs
/// more than all other stages together. It is asked about the paragraphs that names have made too wide; a test shows
/// that it has nothing to say about the others.
///
/// # Errors
///
/// [`RenderError::Rust`] when a paragraph is not Rust, which is a defect of relata; it shows the paragraph.
pub(super) fn rust(file: &str, text: &str) -> Result<String, RenderError> {
    let mut formatted = String::with_capacity(text.len() + BANNER);
    for paragraph in paragraphs(text) {
        if !formatted.is_empty() {
            formatted.push_str("\n\n");
        }
        if may_change(paragraph) {
            formatted.push_str(&laid_out(file, paragraph)?);
        } else {
            formatted.push_str(paragraph);
        }
    }
    formatted.push('\n');
    Ok(formatted)
}

/// The texts between empty lines, without line ends around them.
fn paragraphs(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text.trim_end();
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches('\n');
        if rest.is_empty() {
            return None;
        }
        let mut lines = rest.match_indices('\n').map(|(at, _)| at);
        let end = lines.find(|at| rest[at + 1..].starts_with('\n'));
        let (paragraph, after) = rest.split_at(end.unwrap_or(rest.len()));
        rest = after;
        Some(paragraph)
    })
}

/// Whether the formatter might have something to say: a line is too wide, or what a template writes in several lines
/// might fit into one: a list, a struct without fields, or with few, a name to be brought to the top and what follows, the
/// calls of a test.
fn may_change(paragraph: &str) -> bool {
    let short = paragraph.len() < 4 * WIDTH;
    let (mut names, mut one_name, mut opened) = (false, false, false);
    for line in paragraph.split('\n') {
        if is_wide(line)
            || line.ends_with('[')
            || (opened && line.starts_with('}'))
            || (short && line.ends_with("Self {"))
            || line.ends_with("    #[test]")
        {
            return true;
        }
        opened = line.ends_with('{');
        names |= line.ends_with("use self::{");
        one_name |= names && is_one_name(line);
    }
    names && one_name
}

/// Whether the line is an item of `use` that has no list of its own.
fn is_one_name(line: &str) -> bool {
    line.starts_with("    ") && !line.contains('{')
}

/// Whether the formatter would break the line. It breaks neither comments nor literals, but lists of them.
fn is_wide(line: &str) -> bool {
    let is_literal = || {
        let ends = ["\"#,", "\"#;", "\",", "\";"];
        let literal = ends.iter().any(|end| line.ends_with(end)) || line.contains("\"#");
        literal && !line.ends_with(")];")
    };
    line.len() > WIDTH
        && !line.trim_start().starts_with("///")
        // The beginning of a module, which ends in another paragraph.
        && !line.starts_with("mod ")
        && !is_literal()
        && line.chars().count() > WIDTH
}

/// A paragraph in the formatter's layout: whole items, or the members of an `impl` with its first or last line.
fn laid_out(file: &str, paragraph: &str) -> Result<String, RenderError> {
    let (head, rest) = match paragraph.split_at(head_of_impl(paragraph)) {
        (head, rest) if head.lines().any(is_wide) => {
            let empty = unparse(file, &format!("{head}}}"), paragraph)?;
            let head = empty.trim_end().trim_end_matches('}');
            (format!("{head}\n"), rest)
        }
        (head, rest) if !head.is_empty() => (head.to_owned(), rest),
        _ if paragraph.starts_with(' ') => (String::new(), paragraph),
        _ => return unparse(file, paragraph, paragraph).map(|text| text.trim_end().to_owned()),
    };
    if rest == "}" {
        // An `impl` of nothing.
        return Ok(format!("{}}}", head.trim_end()));
    }
    let (members, tail) = match rest.strip_suffix("\n}") {
        Some(members) if !members.ends_with('{') && closes_impl(rest) => (members, "\n}"),
        _ => (rest, ""),
    };
    let wrapped = unparse(file, &format!("impl X {{\n{members}\n}}"), paragraph)?;
    let inner = wrapped
        .trim_start_matches("impl X {\n")
        .trim_end()
        .trim_end_matches('}')
        .trim_end();
    Ok(format!("{head}{inner}{tail}"))
}

/// The length of the first line of an `impl` and of the comments before it; 0 where there is none, or nothing else.
fn head_of_impl(paragraph: &str) -> usize {
    let mut length = 0;
    for line in paragraph.split_inclusive('\n') {
        length += line.len();
        if line.starts_with("impl ") && length < paragraph.len() {
            return length;
        }
        if !line.starts_with("///") {
            break;
        }
    }
    0
}

/// Whether the last line of members closes the `impl` around them.
fn closes_impl(members: &str) -> bool {
    members.lines().last() == Some("}")
}

fn unparse(file: &str, source: &str, shown: &str) -> Result<String, RenderError> {
    match syn::parse_file(source) {
        Ok(parsed) => Ok(prettyplease::unparse(&parsed)),
        Err(error) => Err(RenderError::Rust {
            file: file.to_owned(),
            message: error.to_string(),
            lines: shown.to_owned(),
        }),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::{RenderError, rust};

    /// Where the formatter would have laid a whole file out otherwise: the first line that differs, in both forms.
    pub(in crate::render) fn disagreement(text: &str) -> Option<(String, String)> {
        let whole = prettyplease::unparse(&syn::parse_file(text).expect("Rust"));
        let lines = |text: &str| -> Vec<String> {
            let lines = text
                .lines()
                .filter(|line| !line.is_empty() && !line.starts_with("// "));
            lines.map(str::to_owned).collect()
        };
        let pairs = lines(text).into_iter().zip(lines(&whole));
        pairs.into_iter().find(|(ours, theirs)| ours != theirs)
    }

    /// How many attributes `text` is between `#[` and `]`; `None` where that is no Rust before a struct.
    pub(in crate::render) fn attributes_of(text: &str) -> Option<usize> {
        let file = syn::parse_file(&format!("#[{text}]\nstruct S;")).ok()?;
        match &file.items[..] {
            [syn::Item::Struct(item)] => Some(item.attrs.len()),
            _ => None,
        }
    }

    #[test]
    fn what_is_too_wide_is_laid_out() {
        let wide = "a_long_name_".repeat(4);
        let text = format!(
            "pub struct A {{\n    pub x: i32,\n}}\n\nimpl A {{\n    pub fn a(&self, {wide}: i32, b_{wide}: i32) {{\n        \
             b();\n    }}\n\n    pub fn c() {{\n        d();\n    }}\n\n    pub fn e(&self, {wide}: i32, b_{wide}: i32) \
             {{\n        f();\n    }}\n}}\n\npub struct B {{\n}}\n"
        );
        let formatted = rust("a.rs", &text).expect("Rust");
        assert_eq!(disagreement(&formatted), None, "{formatted}");
        assert!(formatted.contains("    pub fn c() {\n        d();\n    }\n\n    pub fn e(\n"));
        assert!(
            formatted.ends_with("\n}\n\npub struct B {}\n"),
            "{formatted}"
        );
    }

    #[test]
    fn what_is_said_of_a_wide_impl_stands_before_it() {
        let wide = "crate::a_long_name".to_owned() + &"::and_a_longer_one".repeat(5);
        let text = format!(
            "/// One.\n/// Two.\nimpl A for {wide} {{\n    type B = i32;\n\n    fn c() {{\n        d();\n    }}\n}}\n"
        );
        let formatted = rust("a.rs", &text).expect("Rust");
        assert_eq!(disagreement(&formatted), None, "{formatted}");
        assert!(
            formatted.starts_with("/// One.\n/// Two.\nimpl A\n"),
            "{formatted}"
        );
    }

    #[test]
    fn what_is_no_rust_is_shown() {
        let text = format!("fn a() {{}}\n\nfn 1b({}) {{\n}}\n", " ".repeat(90));
        let error = rust("x.rs", &text).expect_err("no Rust");
        let RenderError::Rust { file, lines, .. } = error else {
            unreachable!("{error}")
        };
        assert_eq!(file, "x.rs");
        assert!(lines.starts_with("fn 1b("), "{lines}");
    }
}
