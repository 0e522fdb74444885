//! Whether a text is JSON (RFC 8259). A reader of values would be a dependency that build scripts do not need.

/// How deep arrays and objects may stand in one another; every database and reader takes as much.
const DEPTH: usize = 100;

/// `text` without space around it, when it is JSON.
pub(super) fn text(text: &str) -> Option<String> {
    let mut reader = Reader {
        bytes: text.as_bytes(),
        at: 0,
    };
    reader.document().map(|()| text.trim().to_owned())
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn document(&mut self) -> Option<()> {
        // The closing brackets that are due; a loop, so that no text is too deep for the stack.
        let mut open: Vec<u8> = Vec::new();
        loop {
            // A value is due here.
            match self.next_word()? {
                bracket @ (b'{' | b'[') if open.len() < DEPTH => {
                    let close = if bracket == b'{' { b'}' } else { b']' };
                    if self.peek() == Some(close) {
                        self.at += 1;
                    } else {
                        open.push(close);
                        self.key(close)?;
                        continue;
                    }
                }
                b'"' => self.string()?,
                b't' => self.rest(b"rue")?,
                b'f' => self.rest(b"alse")?,
                b'n' => self.rest(b"ull")?,
                first @ (b'-' | b'0'..=b'9') => self.number(first)?,
                _ => return None,
            }
            // A value is complete here: brackets may close, then another one may follow.
            loop {
                match (open.last(), self.next_word()) {
                    (None, None) => return Some(()),
                    (Some(close), Some(byte)) if byte == *close => drop(open.pop()),
                    (Some(close), Some(b',')) => {
                        let close = *close;
                        self.key(close)?;
                        break;
                    }
                    _ => return None,
                }
            }
        }
    }

    /// The key and colon of a member, when an object is open.
    fn key(&mut self, close: u8) -> Option<()> {
        if close == b']' {
            return Some(());
        }
        (self.next_word()? == b'"').then_some(())?;
        self.string()?;
        (self.next_word()? == b':').then_some(())
    }

    fn peek(&mut self) -> Option<u8> {
        while matches!(self.bytes.get(self.at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
        self.bytes.get(self.at).copied()
    }

    fn next_word(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    fn rest(&mut self, word: &[u8]) -> Option<()> {
        self.bytes[self.at..]
            .starts_with(word)
            .then(|| self.at += word.len())
    }

    fn string(&mut self) -> Option<()> {
        loop {
            let byte = *self.bytes.get(self.at)?;
            self.at += 1;
            match byte {
                b'"' => return Some(()),
                0..=0x1f => return None,
                b'\\' => {
                    let escape = *self.bytes.get(self.at)?;
                    self.at += 1;
                    if escape == b'u' {
                        let digits = self.bytes.get(self.at..self.at + 4)?;
                        digits.iter().all(u8::is_ascii_hexdigit).then_some(())?;
                        self.at += 4;
                    } else if !b"\"\\/bfnrt".contains(&escape) {
                        return None;
                    }
                }
                _ => {}
            }
        }
    }

    fn number(&mut self, first: u8) -> Option<()> {
        let first = if first == b'-' {
            self.at += 1;
            *self.bytes.get(self.at - 1)?
        } else {
            first
        };
        match first {
            b'0' => {}
            b'1'..=b'9' => drop(self.digits()),
            _ => return None,
        }
        if self.bytes.get(self.at) == Some(&b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.bytes.get(self.at), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.bytes.get(self.at), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        Some(())
    }

    /// One digit or more.
    fn digits(&mut self) -> Option<()> {
        let start = self.at;
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
        (self.at > start).then_some(())
    }
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn agrees_with_a_reader_of_values() {
        let texts = [
            "{}",
            "[]",
            " [1, -2.5e+3, 0] ",
            "{\"a\": {\"b\": [true, false, null]}, \"c\": \"\\u00e9\\n\"}",
            "\"x\"",
            "0",
            "",
            "{",
            "[1,]",
            "{\"a\"}",
            "{\"a\":}",
            "{a: 1}",
            "01",
            "1.",
            "-",
            "+1",
            "1e",
            "\"\\x\"",
            "\"\\u12\"",
            "\"a\nb\"",
            "[1 2]",
            "1 2",
            "nul",
            "]",
            "[}",
            "{\"a\":1,}",
            "truefalse",
            ".5",
            "[[[]],{}]",
            "-0.0",
            "\"",
            "{\"a\":1 \"b\":2}",
        ];
        for candidate in texts {
            let valid = serde_json::from_str::<serde_json::Value>(candidate).is_ok();
            assert_eq!(text(candidate).is_some(), valid, "{candidate}");
        }
    }

    #[test]
    fn depth_is_limited() {
        assert!(text(&format!("{}{}", "[".repeat(100), "]".repeat(100))).is_some());
        assert!(text(&"[".repeat(1_000_000)).is_none());
    }
}
