//! The line between the browser and the server, with what lines do: cut, lose answers, answer for
//! somebody else.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt, copy, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// What becomes of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// It arrives, and so does the answer.
    Open,
    /// It does not arrive.
    Cut,
    /// It arrives; the answer does not.
    AnswerLost,
    /// Somebody between answers with a page of their own, under this status.
    Page(u16),
}

/// A line.
pub struct Line {
    /// The browser's end.
    pub port: u16,
    way: watch::Sender<Way>,
}

impl Line {
    /// A line to the server on this port.
    pub async fn open(server: u16) -> Line {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let (way, ways) = watch::channel(Way::Open);
        let server = SocketAddr::from(([127, 0, 0, 1], server));
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                let mut ways = ways.clone();
                let way = *ways.borrow_and_update();
                tokio::spawn(async move {
                    tokio::select! {
                        () = carry(near, server, way) => {}
                        // Whatever was under way goes with the old line.
                        _ = ways.changed() => {}
                    }
                });
            }
        });
        Line { port, way }
    }

    /// From now on.
    pub fn become_(&self, way: Way) {
        self.way.send_replace(way);
    }
}

async fn carry(mut near: TcpStream, server: SocketAddr, way: Way) {
    match way {
        Way::Cut => {}
        Way::Open => {
            if let Ok(mut far) = TcpStream::connect(server).await {
                let _ = copy_bidirectional(&mut near, &mut far).await;
            }
        }
        Way::AnswerLost => {
            let Ok(mut far) = TcpStream::connect(server).await else {
                return;
            };
            let (mut from_near, _to_near) = near.split();
            let (mut from_far, mut to_far) = far.split();
            let mut answer = [0; 1024];
            tokio::select! {
                _ = copy(&mut from_near, &mut to_far) => {}
                // The server has answered, after its commit; nobody hears it.
                _ = from_far.read(&mut answer) => {}
            }
        }
        Way::Page(status) => {
            let mut request = [0; 64 * 1024];
            let _ = near.read(&mut request).await;
            let page = "<!doctype html><title>Bienvenue</title><p>Acceptez les conditions pour naviguer.</p>";
            let answer = format!(
                "HTTP/1.1 {status} Portal\r\nContent-Type: text/html\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{page}",
                page.len()
            );
            let _ = near.write_all(answer.as_bytes()).await;
            let _ = near.shutdown().await;
        }
    }
}
