//! A proxy before the server, which makes it seem farther away.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::Result;

/// A server behind a proxy in threads of this process: `url` with the place of the proxy, which keeps every answer for
/// `delay`. Requests go through at once: to whoever waits, half of the delay on each way would be the same.
pub fn before(url: &str, delay: Duration) -> Result<String> {
    let (head, rest) = url
        .split_once('@')
        .ok_or("DATABASE_URL has nobody before an @")?;
    let (place, tail) = rest.split_once('/').unwrap_or((rest, ""));
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let proxy = listener.local_addr()?;
    let server = place.to_owned();
    thread::spawn(move || {
        for client in listener.incoming() {
            if let Err(error) = client
                .map_err(Into::into)
                .and_then(|c| pass(c, &server, delay))
            {
                eprintln!("clock: the proxy: {error}");
            }
        }
    });
    Ok(format!("{head}@{proxy}/{tail}"))
}

/// Passes on what a client and the server say.
fn pass(client: TcpStream, server: &str, delay: Duration) -> Result<()> {
    let server = TcpStream::connect(server)?;
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    let (asks, asked) = (client.try_clone()?, server.try_clone()?);
    thread::spawn(move || copy(asks, asked));
    let (sender, receiver) = channel();
    thread::spawn(move || late(&receiver, client));
    thread::spawn(move || {
        let mut server = server;
        let mut bytes = vec![0; 1 << 16];
        while let Ok(length @ 1..) = server.read(&mut bytes) {
            if sender
                .send((Instant::now() + delay, bytes[..length].to_vec()))
                .is_err()
            {
                break;
            }
        }
    });
    Ok(())
}

fn copy(mut from: TcpStream, mut to: TcpStream) {
    let mut bytes = vec![0; 1 << 16];
    while let Ok(length @ 1..) = from.read(&mut bytes) {
        if to.write_all(&bytes[..length]).is_err() {
            break;
        }
    }
    // The other side may have gone already.
    let _ = to.shutdown(Shutdown::Write);
}

/// Writes each answer when its time has come.
fn late(answers: &Receiver<(Instant, Vec<u8>)>, mut client: TcpStream) {
    for (due, bytes) in answers {
        thread::sleep(due.saturating_duration_since(Instant::now()));
        if client.write_all(&bytes).is_err() {
            break;
        }
    }
    let _ = client.shutdown(Shutdown::Write);
}
