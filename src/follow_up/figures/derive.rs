//! From what happened to facts: which figures a person's history counts for, in which month, and
//! for which organisation. Pure: the same history gives the same facts.
//!
//! A deed counts for the organisation to which the person belonged at that moment (of several, the
//! one joined last), with that organisation's region and kind as they are now, and for the axis of
//! what was done.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;
use chrono_tz::Tz;
use uuid::Uuid;

use super::store::{HistoryRow, MembershipRow, PostRow};
use crate::clock::Timestamp;

/// The month before the first one.
pub const NEVER: i64 = -1;

/// A row behind a figure.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fact {
    /// What it counts for.
    pub measure: String,
    /// Months since the year 0.
    pub month: i64,
    /// Learners: the active month before, on any axis; this month itself where the person counts
    /// already.
    pub since: i64,
    /// Learners: the active month before on this axis.
    pub since_axis: i64,
    /// When, in microseconds.
    pub at: i64,
    /// Who.
    pub person: Option<Uuid>,
    /// What: a module, a seminar, a topic…
    pub object: Option<Uuid>,
    /// For whom it counts.
    pub organisation: Option<Uuid>,
    /// Its region, or the seminar's; empty: none.
    pub region: String,
    /// Of what was done; empty: none.
    pub axis: String,
    /// The organisation's; empty: none.
    pub kind: String,
    /// 1, or seconds, or seats.
    pub amount: i64,
}

/// The month of a moment in the platform's zone.
pub fn month(at: Timestamp, zone: Tz) -> i64 {
    let local = at.utc().with_timezone(&zone);
    i64::from(local.year()) * 12 + i64::from(local.month0())
}

/// Where a deed counts.
#[derive(Debug, Clone, Default)]
struct Place {
    organisation: Option<Uuid>,
    region: String,
    kind: String,
}

fn place(memberships: &[MembershipRow], at: Timestamp) -> Place {
    memberships
        .iter()
        .filter(|m| m.from_at <= at && m.until_at.is_none_or(|until| at < until))
        .max_by_key(|m| (m.from_at, m.id))
        .map(|m| Place {
            organisation: Some(m.organisation.0),
            region: m.region.clone().unwrap_or_default(),
            kind: m.kind.clone(),
        })
        .unwrap_or_default()
}

struct Writer<'a> {
    person: Uuid,
    memberships: &'a [MembershipRow],
    zone: Tz,
    facts: Vec<Fact>,
}

impl Writer<'_> {
    fn fact(&self, measure: &str, at: Timestamp, object: Uuid, axis: &str, amount: i64) -> Fact {
        let place = place(self.memberships, at);
        Fact {
            measure: measure.to_owned(),
            month: month(at, self.zone),
            since: NEVER,
            since_axis: NEVER,
            at: at.micros(),
            person: Some(self.person),
            object: Some(object),
            organisation: place.organisation,
            region: place.region,
            axis: axis.to_owned(),
            kind: place.kind,
            amount,
        }
    }

    fn add(&mut self, measure: &str, at: Timestamp, object: Uuid, axis: &str, amount: i64) {
        let fact = self.fact(measure, at, object, axis, amount);
        self.facts.push(fact);
    }
}

/// Where a person stands on a module while the history is read.
#[derive(Default)]
struct Standing {
    started: bool,
    completed: bool,
    passed: bool,
    seconds: f64,
}

/// The facts of a person: `history` by time, the memberships in any order.
pub fn of_person(
    person: Uuid,
    history: &[HistoryRow],
    memberships: &[MembershipRow],
    posts: &[PostRow],
    zone: Tz,
) -> Vec<Fact> {
    let mut writer = Writer {
        person,
        memberships,
        zone,
        facts: Vec::new(),
    };
    let mut standings: BTreeMap<Uuid, Standing> = BTreeMap::new();
    // Seconds of a month on a module, with the moment at which the first of them came.
    let mut time: BTreeMap<(i64, Uuid), (Timestamp, f64, String)> = BTreeMap::new();
    let mut last_any = NEVER;
    let mut last: BTreeMap<String, i64> = BTreeMap::new();
    for row in history {
        if row.state == "not-started" {
            continue;
        }
        let axis = row.axis.clone().unwrap_or_default();
        let standing = standings.entry(row.module.0).or_default();
        let mut reached = Vec::new();
        if !std::mem::replace(&mut standing.started, true) {
            reached.push("registrations");
        }
        if row.state == "completed" && !std::mem::replace(&mut standing.completed, true) {
            reached.push("completions");
        }
        if row.success == "passed" && !std::mem::replace(&mut standing.passed, true) {
            reached.push("successes");
        }
        let more = (row.seconds - standing.seconds).max(0.0);
        standing.seconds = standing.seconds.max(row.seconds);
        for measure in reached {
            writer.add(measure, row.at, row.module.0, &axis, 1);
        }
        let month = month(row.at, zone);
        if more > 0.0 {
            time.entry((month, row.module.0))
                .or_insert_with(|| (row.at, 0.0, axis.clone()))
                .1 += more;
        }
        let before = last.insert(axis.clone(), month).unwrap_or(NEVER);
        if before != month {
            let mut fact = writer.fact("learners", row.at, row.module.0, &axis, 1);
            fact.since = last_any;
            fact.since_axis = before;
            writer.facts.push(fact);
        }
        last_any = month;
    }
    for ((_, module), (at, seconds, axis)) in time {
        let whole = seconds.round() as i64;
        if whole > 0 {
            writer.add("time", at, module, &axis, whole);
        }
    }
    for post in posts {
        let axis = post.axis.clone().unwrap_or_default();
        writer.add(&post.measure, post.at, post.id, &axis, 1);
    }
    writer.facts
}

/// What must change so that `there` becomes `wanted`: ids of facts that go, facts that come.
pub fn difference(there: Vec<(i64, Fact)>, wanted: Vec<Fact>) -> (Vec<(i64, Fact)>, Vec<Fact>) {
    let mut waiting: BTreeMap<Fact, Vec<i64>> = BTreeMap::new();
    for (id, fact) in there {
        waiting.entry(fact).or_default().push(id);
    }
    let mut come = Vec::new();
    for fact in wanted {
        if waiting.get_mut(&fact).and_then(Vec::pop).is_none() {
            come.push(fact);
        }
    }
    let gone = waiting
        .into_iter()
        .flat_map(|(fact, ids)| ids.into_iter().map(move |id| (id, fact.clone())))
        .collect();
    (gone, come)
}

/// The counters that a fact is in: measure and month before. A learner is counted once over all axes
/// and once on each.
pub fn counters(fact: &Fact) -> Vec<(&str, i64)> {
    if fact.measure != "learners" {
        return vec![(fact.measure.as_str(), fact.since)];
    }
    let mut counted = vec![("learners-axis", fact.since_axis)];
    if fact.since < fact.month {
        counted.push(("learners", fact.since));
    }
    counted
}

/// People active within some months, straight from the definition: for tests of the counters.
pub fn distinct(facts: &[Fact], from: i64, until: i64, axis: Option<&str>) -> usize {
    facts
        .iter()
        .filter(|fact| fact.measure == "learners" && (from..until).contains(&fact.month))
        .filter(|fact| axis.is_none_or(|axis| fact.axis == axis))
        .filter_map(|fact| fact.person)
        .collect::<BTreeSet<_>>()
        .len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{MembershipId, ModuleId, OrganisationId};
    use proptest::prelude::*;

    const ZONE: Tz = chrono_tz::Africa::Tunis;

    fn at(day: i64) -> Timestamp {
        Timestamp::from_micros(1_700_000_000_000_000).plus_days(day)
    }

    fn history(deeds: &[(i64, u128, u8)]) -> Vec<HistoryRow> {
        let mut deeds = deeds.to_vec();
        deeds.sort_unstable();
        deeds
            .into_iter()
            .map(|(day, module, how)| HistoryRow {
                person: crate::ids::PersonId(Uuid::from_u128(1)),
                module: ModuleId(Uuid::from_u128(module)),
                axis: (module % 3 > 0).then(|| format!("axis-{}", module % 3)),
                at: at(day),
                state: if how > 1 { "completed" } else { "in-progress" }.into(),
                success: if how > 2 { "passed" } else { "unknown" }.into(),
                seconds: f64::from(how) * 60.0,
            })
            .collect()
    }

    fn membership(id: u128, osc: u128, from: i64, until: Option<i64>) -> MembershipRow {
        MembershipRow {
            id: MembershipId(Uuid::from_u128(id)),
            person: crate::ids::PersonId(Uuid::from_u128(1)),
            organisation: OrganisationId(Uuid::from_u128(osc)),
            region: Some(format!("region-{osc}")),
            kind: "association".into(),
            from_at: at(from),
            until_at: until.map(at),
        }
    }

    #[test]
    fn a_deed_counts_where_one_was_then() {
        let memberships = [membership(1, 1, 0, Some(50)), membership(2, 2, 50, None)];
        let rows = history(&[(10, 1, 1), (60, 1, 3)]);
        let facts = of_person(Uuid::from_u128(1), &rows, &memberships, &[], ZONE);
        let of = |measure: &str| -> Vec<&str> {
            let mine = facts.iter().filter(|fact| fact.measure == measure);
            mine.map(|fact| fact.region.as_str()).collect()
        };
        assert_eq!(of("registrations"), ["region-1"]);
        assert_eq!(of("completions"), ["region-2"]);
        assert_eq!(of("successes"), ["region-2"]);
        assert_eq!(of("learners"), ["region-1", "region-2"]);
        let seconds: i64 = facts
            .iter()
            .filter(|f| f.measure == "time")
            .map(|f| f.amount)
            .sum();
        assert_eq!(seconds, 180);
    }

    proptest! {
        /// The counters tell how many different people were active, for any months and any axis.
        #[test]
        fn learners_are_counted_once(
            people in prop::collection::vec(prop::collection::vec((0i64..700, 0u128..6, 0u8..4), 0..25), 1..6),
            first in 0i64..24, length in 1i64..24,
        ) {
            let mut facts = Vec::new();
            for (n, deeds) in people.iter().enumerate() {
                facts.extend(of_person(Uuid::from_u128(n as u128), &history(deeds), &[], &[], ZONE));
            }
            let from = month(at(0), ZONE) + first;
            let until = from + length;
            for axis in [None, Some("axis-1"), Some("axis-2"), Some("")] {
                let measure = if axis.is_none() { "learners" } else { "learners-axis" };
                let counted = facts.iter()
                    .filter(|fact| axis.is_none_or(|axis| fact.axis == axis))
                    .filter(|fact| (from..until).contains(&fact.month))
                    .flat_map(counters)
                    .filter(|(name, since)| *name == measure && *since < from)
                    .count();
                prop_assert_eq!(counted, distinct(&facts, from, until, axis));
            }
        }

        /// Deriving again changes nothing, whatever the order in which facts were found.
        #[test]
        fn the_same_history_gives_the_same_facts(deeds in prop::collection::vec((0i64..700, 0u128..6, 0u8..4), 0..25)) {
            let facts = of_person(Uuid::from_u128(1), &history(&deeds), &[], &[], ZONE);
            let there = facts.iter().rev().cloned().enumerate().map(|(id, fact)| (id as i64, fact)).collect();
            let (gone, come) = difference(there, facts);
            prop_assert!(gone.is_empty() && come.is_empty());
        }
    }
}
