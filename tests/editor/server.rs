//! A language server, spoken to as an editor does: JSON with its length before it, over standard input and output.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

/// How long an answer may take. Node alone takes seconds to start on a machine that has other things to do.
const PATIENCE: Duration = Duration::from_secs(120);

/// A server that ends with this value.
pub struct Server {
    child: Child,
    input: ChildStdin,
    messages: Receiver<Value>,
    /// The number of the last request.
    requests: u64,
}

impl Server {
    /// Starts the JavaScript at `program` for the files of `folder`.
    pub fn start(program: &str, folder: &Path) -> Self {
        let mut child = Command::new("node")
            .args([program, "--stdio"])
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("node starts");
        let input = child.stdin.take().expect("its input");
        let output = child.stdout.take().expect("its output");
        let (sender, messages) = channel();
        thread::spawn(move || listen(output, &sender));
        let mut server = Self {
            child,
            input,
            messages,
            requests: 0,
        };
        let text =
            json!({ "documentationFormat": ["markdown", "plaintext"], "snippetSupport": true });
        let capabilities = json!({
            "textDocument": {
                "completion": { "completionItem": text },
                "hover": { "contentFormat": ["markdown", "plaintext"] },
                "publishDiagnostics": {},
            },
        });
        server.request(
            "initialize",
            &json!({ "processId": null, "rootUri": uri(folder), "capabilities": capabilities }),
        );
        server.notify("initialized", &json!({}));
        // Without the store of schemas nothing is asked of the network.
        let settings = json!({
            "yaml": {
                "validate": true,
                "hover": true,
                "completion": true,
                "schemaStore": { "enable": false },
            },
        });
        server.notify(
            "workspace/didChangeConfiguration",
            &json!({ "settings": settings }),
        );
        server
    }

    /// Opens `file`, in which `text` stands.
    pub fn open(&mut self, file: &Path, text: &str) {
        let document = json!({
            "uri": uri(file),
            "languageId": "yaml",
            "version": 1,
            "text": text,
        });
        self.notify("textDocument/didOpen", &json!({ "textDocument": document }));
    }

    /// The answer to a question about a place in `file`.
    pub fn ask(&mut self, method: &str, file: &Path, (line, character): (usize, usize)) -> Value {
        self.request(
            method,
            &json!({
                "textDocument": { "uri": uri(file) },
                "position": { "line": line, "character": character },
            }),
        )
    }

    /// What the server tells of `file` by itself.
    pub fn diagnostics(&mut self, file: &Path) -> Vec<Value> {
        let uri = uri(file);
        loop {
            let message = self.next();
            if message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"] == uri
                && let Value::Array(found) = &message["params"]["diagnostics"]
            {
                return found.clone();
            }
        }
    }

    fn request(&mut self, method: &str, params: &Value) -> Value {
        self.requests += 1;
        let id = self.requests;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            let message = self.next();
            if message.get("method").is_none() && message["id"] == id {
                assert!(message.get("error").is_none(), "{method}: {message}");
                return message["result"].clone();
            }
        }
    }

    fn notify(&mut self, method: &str, params: &Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// The next message. What the server asks in between gets an empty answer.
    fn next(&mut self) -> Value {
        let message = self.messages.recv_timeout(PATIENCE);
        let message = message.expect("the server says something");
        if message.get("method").is_some() && message.get("id").is_some() {
            self.send(&json!({ "jsonrpc": "2.0", "id": message["id"], "result": null }));
        }
        message
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{text}", text.len()).expect("it listens");
        self.input.flush().expect("it listens");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It has nothing to lose.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn listen(output: ChildStdout, messages: &Sender<Value>) {
    let mut output = BufReader::new(output);
    let mut length = 0;
    let mut line = String::new();
    while output.read_line(&mut line).is_ok_and(|read| read > 0) {
        let header = line.trim_end().to_owned();
        line.clear();
        if let Some(bytes) = header.strip_prefix("Content-Length: ") {
            length = bytes.parse().expect("a length");
        }
        if !header.is_empty() {
            continue;
        }
        let mut bytes = vec![0; length];
        if output.read_exact(&mut bytes).is_err() {
            return;
        }
        let message = serde_json::from_slice(&bytes).expect("JSON");
        if messages.send(message).is_err() {
            return;
        }
    }
}

fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}
