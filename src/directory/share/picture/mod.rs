//! The picture that other sites show of a public page. Its words are the page's own: an address names
//! what the picture is of, never what it says.

mod paint;

use std::sync::atomic::{AtomicUsize, Ordering};

use rocket::http::Status;
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use crate::cache::Cache;
use crate::ids::hex;
use crate::web::Refusal;

pub use paint::{Card, Hue, SIZE};

/// Pictures drawn at the same time at most: 3 MB of pixels each.
const AT_ONCE: usize = 2;
/// Requests that wait for one at most.
const WAITING: usize = 40;
/// Bytes of drawn pictures that are kept.
const KEPT: usize = 4 << 20;
/// Changes with the look of the pictures.
const EDITION: &str = "1";

/// What this node remembers of pictures, by what they say.
pub struct Memory {
    drawn: Cache<String, bytes::Bytes>,
    turns: Semaphore,
    waiting: AtomicUsize,
}

impl Default for Memory {
    fn default() -> Self {
        Memory {
            drawn: Cache::new(KEPT),
            turns: Semaphore::new(AT_ONCE),
            waiting: AtomicUsize::new(0),
        }
    }
}

/// Counts whoever waits, until dropped: a client that hangs up waits no more.
struct Waiting<'m>(&'m AtomicUsize);

impl<'m> Waiting<'m> {
    fn enter(count: &'m AtomicUsize) -> Option<Waiting<'m>> {
        let waiting = Waiting(count);
        (count.fetch_add(1, Ordering::Relaxed) < WAITING).then_some(waiting)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Card {
    /// What the picture says, in short: another text, look or language is another one.
    pub fn digest(&self) -> String {
        let mut hash = Sha256::new();
        let hue = format!("{:?}", self.hue);
        let rtl = if self.rtl { "rtl" } else { "ltr" };
        for part in [
            EDITION,
            rtl,
            &hue,
            &self.kind,
            &self.title,
            &self.from,
            &self.brand,
            &self.host,
        ] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        }
        hex(&hash.finalize()[..16])
    }
}

impl Memory {
    /// The picture of a card as PNG.
    ///
    /// # Errors
    /// 503 where too many wait for theirs.
    pub async fn picture(&self, card: Card) -> Result<bytes::Bytes, Refusal> {
        let key = card.digest();
        if let Some(drawn) = self.drawn.get(&key) {
            return Ok(bytes::Bytes::clone(&drawn));
        }
        let busy = || Refusal::new(Status::ServiceUnavailable, "unavailable");
        let _waiting = Waiting::enter(&self.waiting).ok_or_else(busy)?;
        let _turn = self.turns.acquire().await.map_err(|_| busy())?;
        // Whoever was before may have drawn the same.
        if let Some(drawn) = self.drawn.get(&key) {
            return Ok(bytes::Bytes::clone(&drawn));
        }
        let drawn = tokio::task::spawn_blocking(move || paint::draw(&card))
            .await
            .ok()
            .flatten()
            .ok_or_else(|| Refusal::new(Status::InternalServerError, "internal"))?;
        let drawn = bytes::Bytes::from(drawn);
        let size = drawn.len();
        Ok(bytes::Bytes::clone(&self.drawn.put(key, drawn, size)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(title: &str, rtl: bool) -> Card {
        Card {
            rtl,
            kind: "Question".into(),
            hue: Hue::Turquoise,
            title: title.into(),
            from: "Argent".into(),
            brand: "Halqa".into(),
            host: "halqa.example".into(),
        }
    }

    #[test]
    fn whatever_the_title_a_picture_of_that_size_comes_out() {
        let long = "x".repeat(400);
        for title in [
            "",
            " ",
            "Bref",
            "سؤال",
            "🎉",
            long.as_str(),
            "\u{202e}a\u{0}",
            "a b c".repeat(90).as_str(),
        ] {
            for rtl in [false, true] {
                let png = paint::draw(&card(title, rtl)).expect("a picture");
                let read = image::load_from_memory(&png).expect("a PNG");
                assert_eq!((read.width(), read.height()), SIZE, "{title:?}");
                assert!(png.len() < 200_000, "{}", png.len());
            }
        }
    }

    #[test]
    fn other_words_are_another_picture() {
        let one = card("Un titre", false);
        let mut other = one.clone();
        other.from = "Ailleurs".into();
        assert_ne!(one.digest(), other.digest());
        assert_ne!(one.digest(), card("Un titre", true).digest());
        assert_eq!(one.digest(), card("Un titre", false).digest());
    }
}
