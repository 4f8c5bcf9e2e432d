//! Turns: files and item analyses hold much at once, so two are made at a time on a node, one for
//! each who asks, and few wait.

use std::collections::HashSet;
use std::sync::{LazyLock, Mutex, PoisonError};

use rocket::http::Status;
use tokio::sync::{Semaphore, SemaphorePermit};
use uuid::Uuid;

use crate::web::Refusal;

/// So many at a time …
const AT_ONCE: usize = 2;
/// … and so many who wait or are served.
const MOST: usize = 10;
/// When to ask again, in seconds.
const AGAIN: u64 = 10;

static PLACES: Semaphore = Semaphore::const_new(AT_ONCE);
static ASKING: LazyLock<Mutex<HashSet<Uuid>>> = LazyLock::new(Mutex::default);

/// Somebody's turn; it ends when this is dropped.
pub(super) struct Turn {
    who: Uuid,
    place: Option<SemaphorePermit<'static>>,
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.place = None;
        ASKING
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&self.who);
    }
}

/// Waits for a turn. `who` asks: a person or a token.
///
/// Errors: 429 `export-busy` while another file is being made for the same, or too many wait.
pub(super) async fn turn(who: Uuid) -> Result<Turn, Refusal> {
    let busy = || Refusal::new(Status::TooManyRequests, "export-busy").with("seconds", AGAIN);
    let mut turn = {
        let mut asking = ASKING.lock().unwrap_or_else(PoisonError::into_inner);
        if asking.len() >= MOST || !asking.insert(who) {
            return Err(busy());
        }
        Turn { who, place: None }
    };
    turn.place = Some(PLACES.acquire().await.map_err(|_| busy())?);
    Ok(turn)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_file_for_each_two_at_once_few_wait() {
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        runtime.expect("a runtime").block_on(async {
            let first = turn(Uuid::from_u128(1)).await.expect("free");
            let twice = turn(Uuid::from_u128(1)).await.err().expect("busy");
            assert_eq!(
                (twice.status, twice.code),
                (Status::TooManyRequests, "export-busy")
            );
            let second = turn(Uuid::from_u128(2)).await.expect("free");
            let mut waiting: Vec<_> = (3..=10)
                .map(|n| Box::pin(turn(Uuid::from_u128(n))))
                .collect();
            for asked in &mut waiting {
                assert!(futures::poll!(asked).is_pending());
            }
            assert!(turn(Uuid::from_u128(11)).await.is_err());
            drop(first);
            let third = waiting.remove(0).await.expect("its turn");
            drop((waiting, second, third));
            assert!(turn(Uuid::from_u128(1)).await.is_ok());
        });
    }
}
