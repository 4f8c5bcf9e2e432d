//! A bounded memory of immutable things: safe to keep per node, since they never change.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

/// Values by key, the least recently used leaving first when their weights exceed the bound.
pub struct Cache<K, V> {
    bound: usize,
    tick: AtomicU64,
    kept: RwLock<HashMap<K, Kept<V>>>,
}

struct Kept<V> {
    value: Arc<V>,
    weight: usize,
    used: AtomicU64,
}

impl<K: Hash + Eq + Clone, V> Cache<K, V> {
    /// Holds values of at most `bound` weight together.
    pub fn new(bound: usize) -> Self {
        Cache {
            bound,
            tick: AtomicU64::new(0),
            kept: RwLock::default(),
        }
    }

    /// The value of a key, if it is held.
    pub fn get(&self, key: &K) -> Option<Arc<V>> {
        let kept = self.kept.read().unwrap_or_else(PoisonError::into_inner);
        let found = kept.get(key)?;
        found.used.store(self.next(), Ordering::Relaxed);
        Some(found.value.clone())
    }

    /// Keeps a value. One that is heavier than the bound is handed back without being kept.
    pub fn put(&self, key: K, value: V, weight: usize) -> Arc<V> {
        let value = Arc::new(value);
        if weight > self.bound {
            return value;
        }
        let mut kept = self.kept.write().unwrap_or_else(PoisonError::into_inner);
        kept.insert(
            key,
            Kept {
                value: value.clone(),
                weight,
                used: AtomicU64::new(self.next()),
            },
        );
        while kept.values().map(|k| k.weight).sum::<usize>() > self.bound {
            let oldest = kept
                .iter()
                .min_by_key(|(_, k)| k.used.load(Ordering::Relaxed))
                .map(|(key, _)| key.clone());
            match oldest {
                Some(key) => kept.remove(&key),
                None => break,
            };
        }
        value
    }

    fn next(&self) -> u64 {
        self.tick.fetch_add(1, Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_recently_used_leaves() {
        let cache = Cache::new(10);
        cache.put(1, "a", 4);
        cache.put(2, "b", 4);
        assert_eq!(cache.get(&1).as_deref(), Some(&"a"));
        cache.put(3, "c", 4);
        assert_eq!(cache.get(&2), None);
        assert!(cache.get(&1).is_some() && cache.get(&3).is_some());
        assert_eq!(*cache.put(4, "too heavy", 11), "too heavy");
        assert_eq!(cache.get(&4), None);
    }
}
