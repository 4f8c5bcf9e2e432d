//! The real program as a process: killed, stopped, run twice on one database, asked in ways that
//! no client library would.
//!
//! `HALQA_TORTURE_KILLS` (3) is how often it is killed on each engine; `scripts/torture` does it
//! more often. `HALQA_TORTURE_SEED` replays a run's moments.

mod checker;
mod hosts;
mod kills;
mod liars;
mod load;
mod nodes;
mod records;
mod server;
mod shutdown;

use std::sync::atomic::{AtomicU64, Ordering};

/// Chance from a seed, so that a run can be had again.
pub struct Dice(AtomicU64);

impl Dice {
    pub fn new() -> Dice {
        let seed = std::env::var("HALQA_TORTURE_SEED")
            .ok()
            .and_then(|text| text.parse().ok())
            .unwrap_or_else(|| u64::from(std::process::id()) << 20);
        println!("HALQA_TORTURE_SEED={seed}");
        Dice(AtomicU64::new(seed | 1))
    }

    /// At least `from`, below `to`.
    pub fn between(&self, from: u64, to: u64) -> u64 {
        // SplitMix64.
        let mut z = self.0.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        from + (z ^ (z >> 31)) % (to - from)
    }
}
