//! The support code in the words of a target. What talks to the database is written once, as asynchronous Rust over a
//! connection that is borrowed alone; here the words change that a driver wants otherwise.

use std::borrow::Cow;

/// How a driver wants what talks to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// Calls block: `async` and `.await` are left out, and the connection is shared.
    Blocking,
    /// Calls are futures, as they are written. The row of the driver borrows nothing.
    Asynchronous,
    /// The same, and a connection borrows what it is made of.
    AsynchronousOverSession,
}

/// `source` in the words of `manner`.
#[must_use]
pub fn worded(source: &'static str, manner: Manner) -> Cow<'static, str> {
    match manner {
        Manner::Blocking if speaks_of_waiting(source) => Cow::Owned(blocking(source)),
        Manner::Blocking => Cow::Borrowed(source),
        Manner::Asynchronous => Cow::Owned(with_plain_rows(source)),
        Manner::AsynchronousOverSession => {
            Cow::Owned(with_plain_rows(source).replace("mut Connection", "mut Connection<'_>"))
        }
    }
}

fn speaks_of_waiting(source: &str) -> bool {
    source.contains(".await") || source.contains("async fn") || source.contains("Future<")
}

fn with_plain_rows(source: &str) -> String {
    source.replace("Row<'_>", "Row").replace("Row<'r>", "Row")
}

/// Futures become what they give, and borrows of a future's own lifetime (`'fut`) plain ones.
fn blocking(source: &str) -> String {
    let mut text = unwrapped(source, "impl Future<Output = ", "<", "> + Send");
    text = unwrapped(&text, "BoxFuture<'fut, ", "<", ">");
    text = unwrapped(&text, "Box::pin(", "(", ")");
    text = text.replace("<'fut>", "").replace("'fut ", "");
    for (word, plain) in [
        ("async fn", "fn"),
        ("&mut Connection", "&Connection"),
        ("&mut conn", "&conn"),
        ("let mut tx", "let tx"),
        ("&mut tx", "&tx"),
    ] {
        text = text.replace(word, plain);
    }
    without_await(&text)
}

/// Leaves out `.await`, and the break of the line before it.
fn without_await(text: &str) -> String {
    let mut parts = text.split(".await");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    let mut before = plain.len();
    for part in parts {
        let line = plain[..before].trim_end_matches(' ');
        if line.ends_with('\n') {
            plain.truncate(line.len() - 1);
        }
        plain.push_str(part);
        before = plain.len();
    }
    plain
}

/// Leaves out `open`, which ends with a bracket or stands behind one of the kind of `bracket`, and the `close` that belongs
/// to it.
fn unwrapped(text: &str, open: &str, bracket: &str, close: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(open) {
        let (before, behind) = rest.split_at(at);
        let behind = &behind[open.len()..];
        let Some(end) = closing(behind, bracket, &close[..1]) else {
            break;
        };
        plain.push_str(before);
        plain.push_str(&behind[..end]);
        rest = &behind[end + close.len()..];
    }
    plain.push_str(rest);
    plain
}

/// Where the bracket is closed inside of which `text` begins.
fn closing(text: &str, open: &str, close: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        let byte = [byte];
        if byte == open.as_bytes() {
            depth += 1;
        } else if byte == close.as_bytes() {
            if depth == 0 {
                return Some(at);
            }
            depth -= 1;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Manner, worded};

    #[track_caller]
    fn blocks(source: &'static str, plain: &str) {
        assert_eq!(&*worded(source, Manner::Blocking), plain);
        assert_eq!(&*worded(source, Manner::Asynchronous), source, "as it is");
    }

    #[test]
    fn a_call_gives_what_its_future_gives() {
        blocks(
            "pub async fn f(conn: &mut Connection) -> Result<()> {\n    g(conn).await?;\n    h(conn)\n        .i()\n        .await\n}\n",
            "pub fn f(conn: &Connection) -> Result<()> {\n    g(conn)?;\n    h(conn)\n        .i()\n}\n",
        );
        blocks(
            "fn f(&self) -> impl Future<Output = Result<Vec<Self::Out>>> + Send;\n",
            "fn f(&self) -> Result<Vec<Self::Out>>;\n",
        );
    }

    #[test]
    fn a_future_in_a_box_is_what_it_gives() {
        blocks(
            "fn f<'fut>(&'fut mut self, conn: &'fut mut Connection, n: usize) -> BoxFuture<'fut, Result<()>> {\n    Box::pin(self.g(conn, (n, n)))\n}\n",
            "fn f(&mut self, conn: &Connection, n: usize) -> Result<()> {\n    self.g(conn, (n, n))\n}\n",
        );
    }

    #[test]
    fn a_transaction_is_shared_too() {
        blocks(
            "let mut tx = begin(conn).await?;\nf(&mut tx).await?;\ntx.commit().await\n/// f(&mut conn).await?;\n",
            "let tx = begin(conn)?;\nf(&tx)?;\ntx.commit()\n/// f(&conn)?;\n",
        );
    }

    #[test]
    fn a_session_lends_its_connection() {
        assert_eq!(
            &*worded(
                "async fn f(conn: &mut Connection, row: &Row<'_>) {}",
                Manner::AsynchronousOverSession
            ),
            "async fn f(conn: &mut Connection<'_>, row: &Row) {}"
        );
    }
}
