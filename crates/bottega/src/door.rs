//! The door: lets connections in until it is shut, and then those too that knocked before.

use std::collections::VecDeque;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use axum::serve::Listener;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// A listener that loses nobody when it closes: who was let into the queue of the system, and not yet by us, would see their connection
/// broken in place of refused, and could not know whether what they sent was heard.
pub struct Door {
    open: Option<TcpListener>,
    /// Let in when the door was shut.
    last: VecDeque<(TcpStream, SocketAddr)>,
    address: SocketAddr,
    /// Turns true when it shall be shut.
    shut: watch::Receiver<bool>,
    empty: watch::Sender<bool>,
}

/// How long to wait when the system has no connection to give, because too many files are open.
const BREATH: Duration = Duration::from_millis(500);

/// How long the last to come in are given to say what they want: a server that ends closes connections on which it has heard nothing.
const HEARING: Duration = Duration::from_millis(500);

impl Door {
    /// With what turns true when the last one is in.
    pub fn new(listener: TcpListener, shut: watch::Receiver<bool>) -> io::Result<(Door, watch::Receiver<bool>)> {
        let (empty, told) = watch::channel(false);
        let address = listener.local_addr()?;
        Ok((Door { open: Some(listener), last: VecDeque::new(), address, shut, empty }, told))
    }
}

impl Listener for Door {
    type Io = TcpStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (TcpStream, SocketAddr) {
        while let Some(listener) = &self.open {
            let let_in = tokio::select! {
                let_in = listener.accept() => Some(let_in),
                _ = self.shut.wait_for(|shut| *shut) => None,
            };
            match let_in {
                None => self.last = self.open.take().map(waiting).unwrap_or_default(),
                Some(Ok(connection)) => return connection,
                Some(Err(cause)) if is_theirs(&cause) => {}
                Some(Err(cause)) => {
                    tracing::error!(%cause, "no connection can be taken");
                    tokio::time::sleep(BREATH).await;
                }
            }
        }
        match self.last.pop_front() {
            Some(connection) => connection,
            None => {
                tokio::time::sleep(HEARING).await;
                self.empty.send_replace(true);
                std::future::pending().await
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.address)
    }
}

/// Whoever knocked has gone again.
fn is_theirs(cause: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(cause.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

/// Closes a listener; who was waiting in its queue.
fn waiting(listener: TcpListener) -> VecDeque<(TcpStream, SocketAddr)> {
    let mut waiting = VecDeque::new();
    let Ok(listener) = listener.into_std() else { return waiting };
    while let Ok((stream, address)) = listener.accept() {
        if stream.set_nonblocking(true).is_ok()
            && let Ok(stream) = TcpStream::from_std(stream)
        {
            waiting.push_back((stream, address));
        }
    }
    waiting
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};

    use axum::routing::get;
    use axum::serve::ListenerExt;

    use super::*;

    #[tokio::test]
    async fn who_knocked_before_the_door_was_shut_is_answered_and_who_comes_later_is_refused() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        // Nobody lets them in yet.
        let mut early: Vec<_> = (0..5).map(|_| std::net::TcpStream::connect(address).unwrap()).collect();
        for stream in &mut early {
            stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap();
        }
        let (shut, told) = watch::channel(true);
        let (door, mut empty) = Door::new(listener, told).unwrap();
        let router = axum::Router::new().route("/", get(|| async { "in" }));
        let server = axum::serve(door.tap_io(|_| ()), router).with_graceful_shutdown(async move {
            let _ = empty.wait_for(|empty| *empty).await;
        });
        tokio::time::timeout(Duration::from_secs(30), server.into_future()).await.unwrap().unwrap();
        for mut stream in early {
            let mut answer = String::new();
            stream.read_to_string(&mut answer).unwrap();
            assert!(answer.ends_with("in"), "{answer}");
        }
        assert!(std::net::TcpStream::connect(address).is_err());
        drop(shut);
    }
}
