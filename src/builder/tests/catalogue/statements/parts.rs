//! A text for MySQL as it is run: cut into statements, with `?` for the parameters.

/// A statement of a text.
#[derive(Debug, PartialEq)]
pub(super) struct Part {
    pub(super) text: String,
    /// The numbers of its parameters, in the order in which they stand there.
    pub(super) numbers: Vec<usize>,
}

/// The statements of `text`, told from what is quoted; there are no comments.
pub(super) fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut part = Part {
        text: String::new(),
        numbers: Vec::new(),
    };
    let mut next = 1;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\'' | '"' | '`' => {
                part.text.push(c);
                while let Some(inner) = rest.next() {
                    part.text.push(inner);
                    if inner == '\\' && c != '`' {
                        part.text.extend(rest.next());
                    } else if inner == c {
                        break;
                    }
                }
            }
            '?' => {
                let mut digits = String::new();
                while let Some(digit) = rest.next_if(char::is_ascii_digit) {
                    digits.push(digit);
                }
                let number = digits.parse().unwrap_or(next);
                next = number + 1;
                part.numbers.push(number);
                part.text.push('?');
            }
            ';' if rest.peek() == Some(&'\n') => {
                rest.next();
                let numbers = std::mem::take(&mut part.numbers);
                let text = std::mem::take(&mut part.text);
                parts.push(Part { text, numbers });
            }
            _ => part.text.push(c),
        }
    }
    parts.push(part);
    parts
}

#[test]
fn a_text_is_cut_outside_of_quotes() {
    let text = "UPDATE `a;\n?1` SET b = '\\';\n?', c = ?2 WHERE d = ?1;\nSELECT ?, ?";
    let part = |text: &str, numbers: &[usize]| Part {
        text: text.to_owned(),
        numbers: numbers.to_vec(),
    };
    assert_eq!(
        parts(text),
        [
            part(
                "UPDATE `a;\n?1` SET b = '\\';\n?', c = ? WHERE d = ?",
                &[2, 1]
            ),
            part("SELECT ?, ?", &[2, 3]),
        ]
    );
}
