//! What a node keeps between two batches: where the sessions it serves stand, and the lanes by
//! which batches reach the database.
//!
//! None of it is needed: a batch that finds nothing here, or something that is no longer true,
//! is folded onto what the database has.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::cache::Cache;
use crate::db::Db;
use crate::ids::SessionId;

use super::commit::Commits;
use super::fold::Base;

/// Bytes of serialised states that a node remembers at most: some thousands of learners.
const REMEMBERED: usize = 12 << 20;

/// A node's memory of the journal.
pub struct Memory {
    bases: Cache<SessionId, Base>,
    pub(super) commits: Commits,
    pub(super) counts: Arc<Counts>,
}

/// Counters since the process started.
#[derive(Default)]
pub(super) struct Counts {
    pub(super) batches: AtomicU64,
    pub(super) entries: AtomicU64,
    pub(super) groups: AtomicU64,
    pub(super) again: AtomicU64,
}

/// How the journal has been doing since the process started.
#[derive(Debug, Clone, Copy)]
pub struct Figures {
    /// Batches acknowledged after a commit.
    pub batches: u64,
    /// Entries in them.
    pub entries: u64,
    /// Transactions they shared.
    pub groups: u64,
    /// Batches folded anew, because somebody else had written to the attempt in between.
    pub again: u64,
}

impl Memory {
    /// Starts the lanes; they end with the memory. Called inside a runtime.
    pub fn start(db: &Db) -> Memory {
        let counts = Arc::new(Counts::default());
        Memory {
            bases: Cache::new(REMEMBERED),
            commits: Commits::start(db, &counts),
            counts,
        }
    }

    /// How the journal has been doing.
    pub fn figures(&self) -> Figures {
        let of = |count: &AtomicU64| count.load(Ordering::Relaxed);
        Figures {
            batches: of(&self.counts.batches),
            entries: of(&self.counts.entries),
            groups: of(&self.counts.groups),
            again: of(&self.counts.again),
        }
    }

    /// Where a session stood when this node last wrote to it. Whoever takes it puts back what
    /// became of it, so that two batches at once cannot both build on it.
    pub(super) fn take(&self, session: SessionId) -> Option<Base> {
        Arc::into_inner(self.bases.take(&session)?)
    }

    pub(super) fn put(&self, base: Base) {
        let weight = base.weight();
        self.bases.put(base.session, base, weight);
    }
}
