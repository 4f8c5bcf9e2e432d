//! How near two words are: letters left out, put in, changed, or two neighbours exchanged.

/// How many mistakes a word of so many letters may hold and still be recognised.
pub fn tolerance(letters: usize) -> usize {
    match letters {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

/// The word and what is left of it without one of its letters, each once. Two words with at most
/// one mistake between them have one of these in common: the index of a vocabulary.
pub fn deletions(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let mut all = vec![word.to_owned()];
    for left_out in 0..letters.len() {
        if left_out > 0 && letters[left_out] == letters[left_out - 1] {
            continue;
        }
        let rest: String = letters
            .iter()
            .enumerate()
            .filter(|(at, _)| *at != left_out)
            .map(|(_, c)| c)
            .collect();
        if !rest.is_empty() {
            all.push(rest);
        }
    }
    all
}

/// The mistakes between two words, when they are `most` or fewer (optimal string alignment).
pub fn distance(one: &str, other: &str, most: usize) -> Option<usize> {
    let a: Vec<char> = one.chars().collect();
    let b: Vec<char> = other.chars().collect();
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let changed = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = changed.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(before[j - 2] + 1);
            }
            row.push(least);
        }
        if row.iter().all(|mistakes| *mistakes > most) {
            return None;
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|mistakes| *mistakes <= most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn mistakes_are_counted() {
        for (one, other, mistakes) in [
            ("budget", "budget", 0),
            ("budget", "bugdet", 1),
            ("budget", "budjet", 1),
            ("budget", "budgett", 1),
            ("budget", "udget", 1),
            ("association", "asociaton", 2),
            ("ميزانيه", "مزانيه", 1),
            ("", "a", 1),
        ] {
            assert_eq!(distance(one, other, 2), Some(mistakes), "{one} {other}");
        }
        assert_eq!(distance("budget", "statut", 2), None);
        assert_eq!(distance("budget", "bugdet", 0), None);
    }

    proptest! {
        #[test]
        fn one_mistake_apart_have_a_deletion_in_common(word in "[a-dا-د]{4,12}", at in 0usize..12, c in "[a-d]") {
            let letters: Vec<char> = word.chars().collect();
            let at = at % letters.len();
            let mut wrong = letters.clone();
            wrong[at] = c.chars().next().unwrap();
            let mut less = letters.clone();
            less.remove(at);
            let mut more = letters.clone();
            more.insert(at, c.chars().next().unwrap());
            let mut turned = letters.clone();
            let next = (at + 1) % letters.len();
            if next > at { turned.swap(at, next); }
            let keys = deletions(&word);
            for other in [wrong, less, more, turned] {
                let other: String = other.into_iter().collect();
                prop_assert!(deletions(&other).iter().any(|key| keys.contains(key)), "{word} {other}");
                prop_assert!(distance(&word, &other, 1).is_some());
            }
        }
    }
}
