//! A mailbox on an IMAP server of our own: what is new is taken in and marked as read.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;

use super::Scene;
use crate::harness::both_engines;

/// Letters, and whether each was read.
type Box_ = Arc<Mutex<Vec<(String, bool)>>>;

/// The smallest IMAP server: it knows what is asked here, and one user.
async fn server() -> (u16, Box_) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let letters: Box_ = Arc::default();
    let kept = letters.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(talk(BufReader::new(stream), kept.clone()));
        }
    });
    (port, letters)
}

async fn talk<S: AsyncReadExt + AsyncWriteExt + Unpin>(mut stream: BufReader<S>, letters: Box_) {
    let _ = stream.write_all(b"* OK ready\r\n").await;
    let mut line = String::new();
    while stream.read_line(&mut line).await.is_ok_and(|n| n > 0) {
        let asked = std::mem::take(&mut line);
        let mut words = asked.split_whitespace();
        let tag = words.next().unwrap_or_default().to_owned();
        let rest: Vec<&str> = words.collect();
        let answer = {
            let mut letters = letters.lock().expect("letters");
            match rest.as_slice() {
                ["LOGIN", user, password]
                    if user.trim_matches('"') == "reply" && password.trim_matches('"') == "s/e" =>
                {
                    String::new()
                }
                ["LOGIN", ..] => {
                    let _ = format!("{tag} NO wrong");
                    "NO".to_owned()
                }
                ["SELECT", _] => format!("* {} EXISTS\r\n", letters.len()),
                ["UID", "SEARCH", ..] => {
                    let new: String = letters
                        .iter()
                        .enumerate()
                        .filter(|(_, letter)| !letter.1)
                        .map(|(n, _)| format!(" {}", n + 1))
                        .collect();
                    format!("* SEARCH{new}\r\n")
                }
                ["UID", "FETCH", uid, ..] => {
                    let n: usize = uid.parse().expect("a number");
                    let body = &letters[n - 1].0;
                    format!(
                        "* {n} FETCH (UID {n} BODY[]<0> {{{}}}\r\n{body})\r\n",
                        body.len()
                    )
                }
                ["UID", "STORE", uid, ..] => {
                    let n: usize = uid.parse().expect("a number");
                    letters[n - 1].1 = true;
                    String::new()
                }
                _ => String::new(),
            }
        };
        let answer = if answer == "NO" {
            format!("{tag} NO wrong\r\n")
        } else {
            format!("{answer}{tag} OK done\r\n")
        };
        if stream.write_all(answer.as_bytes()).await.is_err() {
            return;
        }
    }
}

both_engines! {
    async fn a_mailbox_is_polled(world: World) {
        let (port, letters) = server().await;
        let scene = Scene::of(world, Some(format!("imap://reply:s%2Fe@127.0.0.1:{port}/INBOX"))).await;
        let put = |text: String| letters.lock().expect("letters").push((text, false));
        put(scene.letter("+", "Par la boîte."));
        put("\u{0}nonsense".into());
        put(scene.letter("+Auto-Submitted: auto-replied\n", "Absente."));
        put(scene.letter("+", "Et une autre."));
        let look = async || halqa::inbox::look(&scene.world.app).await.expect("a mailbox");
        assert_eq!(look().await, Ok(4));
        let page = scene.page().await;
        assert!(page.contains("Par la boîte.") && page.contains("Et une autre."), "{page}");
        assert!(letters.lock().expect("letters").iter().all(|letter| letter.1), "all are read");
        assert_eq!(look().await, Ok(0));
        // A node that died before it marked: once all the same.
        letters.lock().expect("letters").iter_mut().for_each(|letter| letter.1 = false);
        assert_eq!(look().await, Ok(4));
        assert_eq!(scene.page().await.matches("Par la boîte.").count(), page.matches("Par la boîte.").count());
    }

    async fn a_wrong_password_is_said(world: World) {
        let (port, _) = server().await;
        let scene = Scene::of(world, Some(format!("imap://reply:wrong@127.0.0.1:{port}"))).await;
        let said = halqa::inbox::look(&scene.world.app).await.expect("a mailbox").expect_err("refused");
        assert!(!said.contains("wrong@"), "{said}");
    }
}
