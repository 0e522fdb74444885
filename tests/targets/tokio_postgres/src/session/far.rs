//! A server that is far away, and counts how often somebody waits for it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_postgres::config::Host;
use tokio_postgres::{Client, Config, NoTls};

use crate::driver;

/// How often requests came behind an answer.
#[derive(Default)]
pub struct Trips {
    answered: AtomicBool,
    count: AtomicUsize,
}

impl Trips {
    /// The number since this was asked last.
    pub fn take(&self) -> usize {
        // What comes next is the first request.
        self.answered.store(true, Ordering::SeqCst);
        self.count.swap(0, Ordering::SeqCst)
    }
}

/// A client whose server takes its time.
pub async fn connect() -> (Client, Arc<Trips>) {
    let server = driver::config();
    let host = match &server.get_hosts()[0] {
        Host::Tcp(host) => host.clone(),
        other => panic!("{other:?} is no host of TCP"),
    };
    let port = server.get_ports()[0];
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut config = Config::new();
    config
        .host("127.0.0.1")
        .port(listener.local_addr().unwrap().port())
        .user(server.get_user().unwrap_or("postgres"))
        .dbname(server.get_dbname().unwrap_or("postgres"));
    if let Some(password) = server.get_password() {
        config.password(password);
    }
    let trips = Arc::new(Trips::default());
    let counted = trips.clone();
    tokio::spawn(async move {
        let (near, _) = listener.accept().await.unwrap();
        let far = TcpStream::connect((host, port)).await.unwrap();
        let (mut from_client, mut to_client) = near.into_split();
        let (mut from_server, mut to_server) = far.into_split();
        let answers = counted.clone();
        tokio::spawn(async move {
            let mut bytes = vec![0; 1 << 16];
            while let Ok(length @ 1..) = from_server.read(&mut bytes).await {
                // Long enough that all that is sent without waiting has been sent.
                tokio::time::sleep(Duration::from_millis(20)).await;
                answers.answered.store(true, Ordering::SeqCst);
                if to_client.write_all(&bytes[..length]).await.is_err() {
                    return;
                }
            }
        });
        let mut bytes = vec![0; 1 << 16];
        while let Ok(length @ 1..) = from_client.read(&mut bytes).await {
            if counted.answered.swap(false, Ordering::SeqCst) {
                counted.count.fetch_add(1, Ordering::SeqCst);
            }
            if to_server.write_all(&bytes[..length]).await.is_err() {
                return;
            }
        }
    });
    let (client, connection) = config.connect(NoTls).await.unwrap();
    tokio::spawn(connection);
    (client, trips)
}
