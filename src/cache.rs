//! A bounded memory of things that never change, or that are checked when they are used: safe to
//! keep per node.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

/// Values by key, the least recently used leaving first when their weights exceed the bound.
pub struct Cache<K, V> {
    bound: usize,
    tick: AtomicU64,
    kept: RwLock<Inside<K, V>>,
}

struct Inside<K, V> {
    values: HashMap<K, Kept<V>>,
    weight: usize,
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
            kept: RwLock::new(Inside {
                values: HashMap::new(),
                weight: 0,
            }),
        }
    }

    /// The value of a key, if it is held.
    pub fn get(&self, key: &K) -> Option<Arc<V>> {
        let kept = self.kept.read().unwrap_or_else(PoisonError::into_inner);
        let found = kept.values.get(key)?;
        found.used.store(self.next(), Ordering::Relaxed);
        Some(found.value.clone())
    }

    /// The value of a key, if it is held; it is held no longer.
    pub fn take(&self, key: &K) -> Option<Arc<V>> {
        let mut kept = self.kept.write().unwrap_or_else(PoisonError::into_inner);
        let found = kept.values.remove(key)?;
        kept.weight -= found.weight;
        Some(found.value)
    }

    /// Keeps a value. One that is heavier than the bound is handed back without being kept.
    pub fn put(&self, key: K, value: V, weight: usize) -> Arc<V> {
        let value = Arc::new(value);
        if weight > self.bound {
            self.take(&key);
            return value;
        }
        let mut kept = self.kept.write().unwrap_or_else(PoisonError::into_inner);
        let added = Kept {
            value: value.clone(),
            weight,
            used: AtomicU64::new(self.next()),
        };
        if let Some(before) = kept.values.insert(key, added) {
            kept.weight -= before.weight;
        }
        kept.weight += weight;
        if kept.weight > self.bound {
            self.make_room(&mut kept);
        }
        value
    }

    /// Drops the least recently used until an eighth of the bound is free, so that a full memory
    /// is not sorted at every turn. What was put in last stays.
    fn make_room(&self, kept: &mut Inside<K, V>) {
        let mut by_age: Vec<(u64, K)> = kept
            .values
            .iter()
            .map(|(key, k)| (k.used.load(Ordering::Relaxed), key.clone()))
            .collect();
        by_age.sort_unstable_by_key(|(used, _)| *used);
        by_age.pop();
        for (_, key) in by_age {
            if kept.weight <= self.bound - self.bound / 8 {
                break;
            }
            if let Some(gone) = kept.values.remove(&key) {
                kept.weight -= gone.weight;
            }
        }
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

    #[test]
    fn what_is_taken_or_replaced_weighs_no_more() {
        let cache = Cache::new(10);
        for value in ["a", "b", "c", "d"] {
            cache.put(1, value, 8);
        }
        assert_eq!(cache.take(&1).as_deref(), Some(&"d"));
        assert_eq!(cache.take(&1), None);
        cache.put(2, "e", 5);
        cache.put(3, "f", 5);
        assert!(cache.get(&2).is_some() && cache.get(&3).is_some());
        cache.put(2, "too heavy", 11);
        assert_eq!(cache.get(&2), None, "the older value is no longer true");
    }
}
