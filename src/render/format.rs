//! The formatter of generated Rust. No other file knows prettyplease and syn.

use super::RenderError;

/// The source as it is printed: parsed, laid out, and with a blank line between items.
///
/// # Errors
///
/// [`RenderError::Rust`] when the text is not Rust, which is a defect of relata; it shows the lines around the place.
pub(super) fn rust(file_name: &str, text: &str) -> Result<String, RenderError> {
    let file = syn::parse_file(text).map_err(|error| RenderError::Rust {
        file: file_name.to_owned(),
        message: error.to_string(),
        lines: broken_item(text),
    })?;
    Ok(spaced(&prettyplease::unparse(&file)))
}

/// The formatter leaves no blank lines; a reader wants one behind each item of several lines. Literals hold no line
/// ends here, so that a line is never the middle of one.
fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len() + text.len() / 16);
    let mut before = "";
    for line in text.lines() {
        if !before.is_empty() && is_gap(before, line) {
            spaced.push('\n');
        }
        spaced.push_str(line);
        spaced.push('\n');
        before = line;
    }
    spaced
}

fn is_gap(before: &str, line: &str) -> bool {
    let depth = |line: &str| line.len() - line.trim_start().len();
    let begins = ["///", "#[", "pub ", "impl ", "fn ", "const "];
    let ends = matches!(before.trim_start(), "}" | ");" | "];")
        || (before.trim_end().ends_with(';') && !same_kind(before.trim_start(), line.trim_start()));
    ends && depth(before) == depth(line)
        && depth(line) <= 4
        && begins
            .iter()
            .any(|start| line.trim_start().starts_with(start))
}

/// Lines that stand together: `use` and `use`, `const` and `const`.
fn same_kind(before: &str, line: &str) -> bool {
    let word = |line: &str| {
        line.trim_start_matches("pub ")
            .split(' ')
            .next()
            .map(str::to_owned)
    };
    word(before) == word(line) || (line.starts_with("///") && before.starts_with("pub const"))
}

/// The first item that does not parse, with line numbers. The parser's own positions would cost every run time and
/// memory; this costs the run that fails.
fn broken_item(text: &str) -> String {
    let mut item: Vec<(usize, &str)> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        item.push((number + 1, line));
        let whole = matches!(line, "}" | ");") || (line.ends_with(';') && !line.starts_with(' '));
        let source: String = item.iter().map(|(_, line)| format!("{line}\n")).collect();
        if whole && syn::parse_file(&source).is_err() {
            break;
        }
        if whole {
            item.clear();
        }
    }
    item.iter()
        .map(|(number, line)| format!("{number:5} | {line}\n"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{RenderError, rust};

    #[test]
    fn items_stand_apart_and_constants_together() {
        let text = "use a::b;\nuse a::c;\n/// A.\npub struct A { pub x: i32 }\n/// X.\npub const X: i32 = 1;\n\
                    /// Y.\npub const Y: i32 = 2;\nimpl A { const N: i32 = 1; type K = i32; fn a() {} fn b() { if true {} c() } }";
        let expected = "use a::b;\nuse a::c;\n\n/// A.\npub struct A {\n    pub x: i32,\n}\n\n/// X.\n\
                        pub const X: i32 = 1;\n/// Y.\npub const Y: i32 = 2;\n\nimpl A {\n    const N: i32 = 1;\n    \
                        type K = i32;\n    fn a() {}\n    fn b() {\n        if true {}\n        c()\n    }\n}\n";
        assert_eq!(rust("t", text).expect("Rust"), expected);
    }

    #[test]
    fn what_is_no_rust_is_shown() {
        let error = rust("x.rs", "fn a() {\n}\nfn 1b() {\n}\n").expect_err("no Rust");
        let RenderError::Rust { file, lines, .. } = error else {
            unreachable!("{error}")
        };
        assert_eq!(file, "x.rs");
        assert!(lines.contains("    3 | fn 1b() {"), "{lines}");
    }
}
