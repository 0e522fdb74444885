//! What docs/axum.md shows: the files of this crate, and what the service answers. The other tests of the service are on
//! the page themselves.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Stdio};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use events::{app, models};
use serde_json::{Value, json};
use sqlx::SqlitePool;
use tower::ServiceExt as _;

const PAGE: &str = include_str!("../../../../docs/axum.md");

/// What stands in the crate alone: its first line.
const NOT_SHOWN: &[(&str, &str)] = &[(
    "tests/page.rs",
    "//! What docs/axum.md shows: the files of this crate, and what the service answers. The other tests of the service are on",
)];

/// The files that the page shows, by the paths in bold before them.
fn shown() -> BTreeMap<&'static str, &'static str> {
    let files = PAGE.split("\n**`").skip(1);
    files
        .map(|piece| {
            let (path, behind) = piece.split_once("`**").expect("a path");
            let (_, block) = behind.split_once("\n```").expect("a block");
            let (_, block) = block.split_once('\n').expect("a language");
            (path, block.split("```").next().expect("an end"))
        })
        .collect()
}

/// The files of this crate below `folder`.
fn files(folder: &Path, found: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, found);
            continue;
        }
        let below = path.strip_prefix(env!("CARGO_MANIFEST_DIR"));
        let below = below
            .expect("of the crate")
            .to_string_lossy()
            .replace('\\', "/");
        found.insert(below, fs::read_to_string(&path).expect("a text"));
    }
}

#[test]
fn the_page_shows_this_crate() {
    let mut found = BTreeMap::new();
    files(Path::new(env!("CARGO_MANIFEST_DIR")), &mut found);
    for (path, first) in NOT_SHOWN {
        let text = found.remove(*path).expect("a file");
        assert!(text.starts_with(first), "{path}");
    }
    let mut shown = shown();
    let manifest = shown.remove("Cargo.toml").expect("a manifest");
    let ours = manifest.replace("path = \"../relata\"", "path = \"../../..\"");
    assert_ne!(ours, manifest, "the page names relata by its path");
    assert_eq!(found.remove("Cargo.toml"), Some(ours));
    for (path, text) in &shown {
        assert_eq!(found.remove(*path).as_deref(), Some(*text), "{path}");
    }
    assert!(found.is_empty(), "{:?} are not on the page", found.keys());
}

async fn service(folder: &Path) -> Router {
    let options = models::connect_options().filename(folder.join("events.db"));
    let pool = SqlitePool::connect_with(options.create_if_missing(true));
    let pool = pool.await.expect("a pool");
    let mut conn = pool.acquire().await.expect("a connection");
    models::create_tables(&mut conn).await.expect("tables");
    drop(conn);
    app(pool)
}

async fn ask(app: &Router, method: &str, path: &str, body: &str) -> (u16, String) {
    let request = Request::builder().method(method).uri(path);
    let request = request.header("content-type", "application/json");
    let request = request
        .body(Body::from(body.to_owned()))
        .expect("a request");
    let response = app.clone().oneshot(request).await.expect("a response");
    let status = response.status().as_u16();
    let body = to_bytes(response.into_body(), usize::MAX)
        .await
        .expect("a body");
    (status, String::from_utf8(body.to_vec()).expect("UTF-8"))
}

/// The requests of the page, in order: `> POST /people {…}`, and behind it `< 201 {…}`, which may go on for lines.
#[tokio::test]
async fn the_service_answers_as_shown() {
    let folder = tempfile::tempdir().expect("a folder");
    let app = service(folder.path()).await;
    let mut asked = 0;
    let dialogs = PAGE.split("```text\n").skip(1);
    for dialog in dialogs.map(|dialog| dialog.split("```").next().expect("an end")) {
        for exchange in dialog.split("> ").skip(1) {
            let (request, answer) = exchange.split_once("\n< ").expect("an answer");
            let mut words = request.splitn(3, ' ');
            let mut word = || words.next().unwrap_or_default();
            let (method, path, body) = (word(), word(), word());
            let (status, said) = ask(&app, method, path, body).await;
            let said = match said.as_str() {
                "" => Value::Null,
                said => serde_json::from_str(said).expect("JSON"),
            };
            let (expected, text) = answer
                .trim_end()
                .split_once(' ')
                .unwrap_or((answer.trim_end(), "null"));
            let text: Value = serde_json::from_str(text).expect("JSON on the page");
            assert_eq!(
                (status.to_string().as_str(), said),
                (expected, text),
                "{request}"
            );
            asked += 1;
        }
    }
    assert!(asked > 10, "{asked} requests are on the page");
}

/// Of two who book the last place at the same time one gets it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_that_book_at_once_do_not_share_a_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let app = service(folder.path()).await;
    for number in 1..=2 {
        let person = json!({ "name": "Kim", "email": format!("kim{number}@example.org") });
        ask(&app, "POST", "/people", &person.to_string()).await;
    }
    for number in 1..=20 {
        let event = json!({ "title": "Tea", "day": "2027-03-01", "places": 1 });
        ask(&app, "POST", "/events", &event.to_string()).await;
        let book = |person: i32| {
            let (app, path) = (app.clone(), format!("/events/{number}/guests/{person}"));
            tokio::spawn(async move { ask(&app, "PUT", &path, r#"{ "seats": 1 }"#).await.0 })
        };
        let (one, other) = (book(1), book(2));
        let mut statuses = [
            one.await.expect("an answer"),
            other.await.expect("an answer"),
        ];
        statuses.sort_unstable();
        assert_eq!(statuses, [204, 409]);
    }
}

/// What a client has asked for is done, also when the client does not wait for the answer.
#[tokio::test]
async fn a_client_that_hangs_up_drops_no_call() {
    let folder = tempfile::tempdir().expect("a folder");
    let app = service(folder.path()).await;
    let person = json!({ "name": "Ann", "email": "ann@example.org" }).to_string();
    tokio::select! {
        biased;
        _ = ask(&app, "POST", "/people", &person) => panic!("the database answers later"),
        () = std::future::ready(()) => {}
    }
    let started = std::time::Instant::now();
    while ask(&app, "GET", "/people/1/events", "").await.0 != 200 {
        assert!(started.elapsed().as_secs() < 30, "Ann is not there");
        tokio::task::yield_now().await;
    }
}

/// The program listens, makes its file, and finds it again.
#[test]
fn the_program_serves() {
    let folder = tempfile::tempdir().expect("a folder");
    for expected in [
        r#"{"id":1,"name":"Ann","email":"a@b"}"#,
        r#"{"error":"taken: people.email"}"#,
    ] {
        let mut program = Command::new(env!("CARGO_BIN_EXE_events"))
            .env("EVENTS_FILE", folder.path().join("events.db"))
            .env("EVENTS_ADDRESS", "127.0.0.1:0")
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        let mut said = BufReader::new(program.stdout.take().expect("its output"));
        said.read_line(&mut line).expect("a line");
        let address = line.trim().strip_prefix("http://").expect("an address");
        let body = r#"{"name":"Ann","email":"a@b"}"#;
        let mut stream = TcpStream::connect(address).expect("a connection");
        let sent = write!(
            stream,
            "POST /people HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        sent.expect("sent");
        let mut answer = String::new();
        let read = stream.read_to_string(&mut answer);
        program.kill().expect("the program ends");
        program.wait().expect("the program has ended");
        read.expect("an answer");
        assert!(answer.ends_with(expected), "{answer}");
    }
}
