//! How often one network may ask for what costs something: a training room shares an address.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicUsize, Ordering};

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

/// Networks remembered at most before the quiet ones are forgotten.
const MOST: usize = 50_000;
/// Requests between two looks for quiet ones.
const EVERY: usize = 1_000;

/// A limit per network, for this node.
pub struct Gate(DefaultKeyedRateLimiter<u128>, AtomicUsize);

impl Gate {
    /// Lets so many through at once, and per minute.
    pub fn per_minute(most: u32) -> Gate {
        let most = NonZeroU32::new(most).unwrap_or(NonZeroU32::MIN);
        let limiter = RateLimiter::keyed(Quota::per_minute(most));
        Gate(limiter, AtomicUsize::new(1))
    }

    /// True when this address may pass now.
    pub fn allows(&self, address: Option<IpAddr>) -> bool {
        // Going through all of them costs: once for so many new ones.
        let asked = self.1.fetch_add(1, Ordering::Relaxed);
        if asked.is_multiple_of(EVERY) && self.0.len() > MOST {
            self.0.retain_recent();
        }
        self.0.check_key(&network(address)).is_ok()
    }
}

/// /24 of IPv4, /64 of IPv6.
fn network(address: Option<IpAddr>) -> u128 {
    match address.map(|address| address.to_canonical()) {
        Some(IpAddr::V4(v4)) => u128::from(u32::from(v4) >> 8),
        Some(IpAddr::V6(v6)) => (u128::from(v6) >> 64) | (1 << 100),
        None => 0,
    }
}
