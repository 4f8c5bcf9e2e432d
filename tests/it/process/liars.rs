//! The checker is itself checked: platforms that lie in each of the ways it is there for are
//! caught, an honest one is not.

use serde_json::Value;

use super::Dice;
use super::checker::{Account, Ledger, Seen, entry, faults};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lie {
    None,
    /// Answers before it is on disk: a crash takes the last ones with it.
    AnswersEarly,
    /// Drops one batch in so many, and says it has it.
    DropsOneIn(u64),
    /// Writes what came again a second time.
    Doubles,
    /// A crash leaves half of the batch that was being written.
    Halves,
    /// Changes what it keeps.
    Alters,
    /// Keeps all, and mixes the order up.
    Reorders,
    /// Forgets a package that it had answered for.
    LosesPackages,
    /// Gives more seats than there are.
    Oversells,
}

/// A platform in memory with one session, a disk, and what has not reached it.
struct Fake {
    lie: Lie,
    disk: Vec<Value>,
    unsynced: Vec<Value>,
    batches: u64,
}

impl Fake {
    /// Takes a batch; `answered`: whether the answer reaches the client before the crash.
    fn take(&mut self, entries: &[Value], answered: bool) -> Option<u64> {
        self.batches += 1;
        let have = self.disk.len() + self.unsynced.len();
        let fresh: Vec<Value> = match self.lie {
            Lie::Doubles => entries.to_vec(),
            _ => entries
                .iter()
                .filter(|entry| entry["seq"].as_u64() > Some(have as u64))
                .cloned()
                .collect(),
        };
        let last = entries.last()?["seq"].as_u64();
        match self.lie {
            Lie::DropsOneIn(n) if self.batches.is_multiple_of(n) => {
                return last.filter(|_| answered);
            }
            Lie::AnswersEarly => self.unsynced.extend(fresh),
            Lie::Halves if !answered => self.disk.extend_from_slice(&fresh[..fresh.len() / 2]),
            Lie::Alters if self.batches == 7 => {
                let mut fresh = fresh;
                fresh[0]["at"] = 1.into();
                self.disk.extend(fresh);
            }
            Lie::Reorders if self.batches == 7 => self.disk.extend(fresh.into_iter().rev()),
            _ => self.disk.extend(fresh),
        }
        if self.unsynced.len() > 20 {
            self.disk.append(&mut self.unsynced);
        }
        last.filter(|_| answered)
    }

    fn crash(&mut self) {
        self.unsynced.clear();
    }
}

/// Many batches, and a crash now and then, in the middle of one that gets no answer: what the
/// checker says after the first crash that it finds something wrong with.
fn run(lie: Lie, dice: &Dice) -> Vec<String> {
    let mut fake = Fake {
        lie,
        disk: Vec::new(),
        unsynced: Vec::new(),
        batches: 0,
    };
    let mut account = Account::default();
    for number in 0..=1200 {
        let from = account.acked + 1;
        // What was asked without an answer is asked again, as it was.
        account.asked = match account.asked > account.acked {
            true => account.asked,
            false => account.acked + dice.between(2, 9),
        };
        let entries: Vec<Value> = (from..=account.asked).map(entry).collect();
        let crashes = number % 200 == 199;
        if let Some(acked) = fake.take(&entries, !crashes) {
            account.acked = acked;
            // The answer was lost on the way: the client asks again.
            if number % 50 == 49 {
                fake.take(&entries, true);
            }
        }
        if crashes {
            fake.crash();
            let faults = check(&fake, account);
            if !faults.is_empty() {
                return faults;
            }
        }
    }
    Vec::new()
}

fn check(fake: &Fake, account: Account) -> Vec<String> {
    let mut ledger = Ledger::default();
    ledger.sessions.insert("session".into(), account);
    ledger.uploads.push(("package".into(), b"bytes".to_vec()));
    ledger.seats.insert("amel".into());
    let mut seen = Seen {
        capacity: 1,
        seats: vec!["amel".into()],
        ..Seen::default()
    };
    seen.journals.insert("session".into(), fake.disk.clone());
    if fake.lie != Lie::LosesPackages {
        seen.packages.insert("package".into(), b"bytes".to_vec());
    }
    if fake.lie == Lie::Oversells {
        seen.seats.push("youssef".into());
    }
    faults(&ledger, &seen)
}

#[test]
fn every_lie_is_caught() {
    let dice = Dice::new();
    for _ in 0..2 {
        assert_eq!(run(Lie::None, &dice), Vec::<String>::new());
        for lie in [
            Lie::AnswersEarly,
            Lie::DropsOneIn(1000),
            Lie::Doubles,
            Lie::Halves,
            Lie::Alters,
            Lie::Reorders,
            Lie::LosesPackages,
            Lie::Oversells,
        ] {
            assert!(!run(lie, &dice).is_empty(), "{lie:?} passes");
        }
    }
}
