//! Compares what clients were told with what a platform has (`threats.md` §3.3): everything
//! acknowledged is there, as it was sent and once; what was not answered is there whole or not at
//! all; nothing else is there.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use uuid::Uuid;

use super::records::{Batch, Visit};

/// The entry that every client sends under this number: so what must be found is known without
/// keeping it.
pub fn entry(seq: u64) -> Value {
    let (call, args) = match seq {
        1 => ("LMSInitialize", json!([""])),
        // Verdicts now and then, and the moments at which they are told.
        n if n % 40 == 20 => (
            "LMSSetValue",
            json!([
                "cmi.core.lesson_status",
                if n % 80 == 20 { "failed" } else { "passed" }
            ]),
        ),
        n if n % 40 == 21 => ("LMSCommit", json!([""])),
        n if n % 4 == 0 => (
            "LMSSetValue",
            json!([
                "cmi.suspend_data",
                format!("page={n};{}", "x".repeat(n as usize % 700))
            ]),
        ),
        n => (
            "LMSSetValue",
            json!(["cmi.core.score.raw", (n % 100).to_string()]),
        ),
    };
    json!({"seq": seq, "at": seq * 10, "call": call, "args": args, "result": "true", "error": 0})
}

/// What clients know.
#[derive(Default)]
pub struct Ledger {
    pub sessions: BTreeMap<String, Account>,
    /// Packages whose upload was answered: id and bytes.
    pub uploads: Vec<(String, Vec<u8>)>,
    /// Learners whose seat was confirmed.
    pub seats: BTreeSet<String>,
    /// Sessions that launches answered with.
    pub launches: Vec<String>,
    /// Batches of statements since the last look.
    pub batches: Vec<Batch>,
    /// Batches that got no answer before a crash: to be sent again.
    pub again: Vec<Batch>,
    /// Lessons since the last look, by registration.
    pub visits: BTreeMap<Uuid, Visit>,
    /// Statements and lessons that were looked at and found as they must be.
    pub settled: (u64, u64),
}

impl Ledger {
    /// Everything was found as it must be: what is settled need not be looked at again.
    pub fn settle(&mut self) {
        for batch in std::mem::take(&mut self.batches) {
            match batch.acked {
                true => self.settled.0 += batch.count,
                false => self.again.push(batch),
            }
        }
        self.settled.1 += std::mem::take(&mut self.visits).len() as u64;
    }
}

/// What a client knows of its session.
#[derive(Debug, Default, Clone, Copy)]
pub struct Account {
    /// Acknowledged up to this number.
    pub acked: u64,
    /// The end of the batch that was sent last; above `acked` when no answer came.
    pub asked: u64,
}

/// What a platform has.
#[derive(Default)]
pub struct Seen {
    /// The entries of each session in the order they are given out.
    pub journals: BTreeMap<String, Vec<Value>>,
    /// Bytes of packages by id.
    pub packages: BTreeMap<String, Vec<u8>>,
    pub seats: Vec<String>,
    pub capacity: usize,
    /// Launched sessions that are known.
    pub launches: BTreeSet<String>,
}

/// Everything that is not as it must be.
pub fn faults(ledger: &Ledger, seen: &Seen) -> Vec<String> {
    let mut faults = Vec::new();
    for (session, account) in &ledger.sessions {
        match seen.journals.get(session) {
            Some(entries) => journal(session, *account, entries, &mut faults),
            None => faults.push(format!("session {session} is lost")),
        }
    }
    for (id, bytes) in &ledger.uploads {
        match seen.packages.get(id) {
            Some(stored) if stored == bytes => {}
            Some(_) => faults.push(format!("package {id} has other bytes")),
            None => faults.push(format!("package {id} is lost")),
        }
    }
    let held: BTreeSet<&String> = seen.seats.iter().collect();
    for learner in &ledger.seats {
        if !held.contains(learner) {
            faults.push(format!("the seat of {learner} is lost"));
        }
    }
    if held.len() != seen.seats.len() {
        faults.push("somebody holds two seats".to_owned());
    }
    if seen.seats.len() > seen.capacity {
        faults.push(format!("{} seats of {}", seen.seats.len(), seen.capacity));
    }
    for session in &ledger.launches {
        if !seen.launches.contains(session) {
            faults.push(format!("the launch {session} is lost"));
        }
    }
    faults
}

fn journal(session: &str, account: Account, entries: &[Value], faults: &mut Vec<String>) {
    // The opening is the server's own.
    let entries: Vec<&Value> = entries.iter().filter(|entry| entry["seq"] != 0).collect();
    let last = entries.len() as u64;
    for (number, kept) in (1..).zip(&entries) {
        let sent = entry(number);
        let same = ["seq", "at", "call", "args", "result", "error"]
            .iter()
            .all(|member| kept[member] == sent[member]);
        if !same {
            faults.push(format!("{session}: entry {number} is {kept}"));
            break;
        }
    }
    if last < account.acked {
        faults.push(format!(
            "{session}: acknowledged up to {}, kept up to {last}",
            account.acked
        ));
    } else if last != account.acked && last != account.asked {
        faults.push(format!(
            "{session}: kept up to {last}, which is no batch's end ({account:?})"
        ));
    }
}
