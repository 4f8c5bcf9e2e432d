//! What a statement can be found by, as keys of 64 bits (Communication 2.1.3).
//!
//! A store keeps, for each statement, one row per key with the statement's place in time. A query
//! walks the rows of one key in order of time, and looks the others up: [`plan`] chooses. Keys are
//! digests, so all rows are alike, whatever the length of an IRI; pairs that are asked for
//! together (agent and verb, agent and activity, verb and activity) have keys of their own, so
//! that finding fifty statements costs the same among ten thousand and among a million.
//!
//! A statement about another statement is found by what the other one is found by (section
//! "Filter conditions for StatementRefs"): its facets take in the other's
//! ([`Facets::take_in`]).

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::json::Value;
use crate::statement::Statement;
use crate::{actor, context};

/// A digest of one thing a statement names.
type Term = u64;

/// Whose eyes a key is for: everybody's statements, or those of one tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum View {
    /// All statements.
    All,
    /// Those of one organisation.
    Of(Uuid),
}

impl View {
    /// The key of all statements of a view; for [`View::All`] nobody keeps it.
    pub fn everything(self) -> i64 {
        key(self, Facet::Everything, 0, 0)
    }
}

/// A digest of an agent's identifier ([`actor::identifier`]).
pub fn agent_key(identifier: &str) -> i64 {
    term("agent", identifier).cast_signed()
}

/// What a statement is found by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facets {
    agents: BTreeSet<Term>,
    verbs: BTreeSet<Term>,
    activities: BTreeSet<Term>,
    registrations: BTreeSet<Term>,
    /// Agents found only with `related_agents`.
    related_agents: BTreeSet<Term>,
    /// Activities found only with `related_activities`.
    related_activities: BTreeSet<Term>,
}

impl Facets {
    /// Those of a statement, which was checked. `authority`: the text that will be stored.
    pub fn of(statement: &Statement<'_>, authority: Option<&Value<'_>>) -> Facets {
        let mut facets = Facets::default();
        let value = &statement.value;
        facets.verbs.insert(term("verb", statement.verb()));
        if let Some(registration) = statement.registration() {
            facets
                .registrations
                .insert(term("registration", &registration.to_string()));
        }
        let mut related_agents = BTreeSet::new();
        let mut related_activities = BTreeSet::new();
        if let Some(actor) = value.get("actor") {
            add_agents(&mut facets.agents, actor);
        }
        if let Some(object) = value.get("object") {
            match object.str("objectType") {
                Some("Agent" | "Group") => add_agents(&mut facets.agents, object),
                Some("StatementRef") => {}
                Some("SubStatement") => {
                    if let Some(actor) = object.get("actor") {
                        add_agents(&mut related_agents, actor);
                    }
                    if let Some(inner) = object.get("object") {
                        match inner.str("objectType") {
                            Some("Agent" | "Group") => add_agents(&mut related_agents, inner),
                            Some("StatementRef") => {}
                            _ => add_activity(&mut related_activities, inner),
                        }
                    }
                    if let Some(context) = object.get("context") {
                        add_context(&mut related_agents, &mut related_activities, context);
                    }
                }
                _ => add_activity(&mut facets.activities, object),
            }
        }
        if let Some(context) = value.get("context") {
            add_context(&mut related_agents, &mut related_activities, context);
        }
        if let Some(authority) = authority.or_else(|| value.get("authority")) {
            add_agents(&mut related_agents, authority);
        }
        facets.related_agents = related_agents;
        facets.related_activities = related_activities;
        facets.without_doubles()
    }

    /// Adds what another statement, the target of this one, is found by.
    pub fn take_in(&mut self, other: Facets) {
        self.agents.extend(other.agents);
        self.verbs.extend(other.verbs);
        self.activities.extend(other.activities);
        self.registrations.extend(other.registrations);
        self.related_agents.extend(other.related_agents);
        self.related_activities.extend(other.related_activities);
        *self = std::mem::take(self).without_doubles();
    }

    /// The same, as if these agents ([`actor::identifier`]) were named, near or far: for finding
    /// every key under which a statement about them may be kept.
    pub fn naming(&self, identifiers: &[String]) -> [Facets; 2] {
        let terms: BTreeSet<Term> = identifiers.iter().map(|id| term("agent", id)).collect();
        let mut near = self.clone();
        near.agents.extend(&terms);
        let mut far = self.clone();
        far.related_agents.extend(&terms);
        [near, far]
    }

    fn without_doubles(mut self) -> Self {
        self.related_agents = &self.related_agents - &self.agents;
        self.related_activities = &self.related_activities - &self.activities;
        self
    }

    /// The keys of all facets for a view.
    pub fn keys(&self, view: View) -> Vec<i64> {
        let mut keys = Vec::with_capacity(16);
        let mut add = |facet, a: Term, b: Term| keys.push(key(view, facet, a, b));
        for agent in &self.agents {
            add(Facet::Agent, *agent, 0);
            for verb in &self.verbs {
                add(Facet::AgentVerb, *agent, *verb);
            }
            for activity in &self.activities {
                add(Facet::AgentActivity, *agent, *activity);
            }
        }
        for verb in &self.verbs {
            add(Facet::Verb, *verb, 0);
            for activity in &self.activities {
                add(Facet::VerbActivity, *verb, *activity);
            }
        }
        for activity in &self.activities {
            add(Facet::Activity, *activity, 0);
        }
        for registration in &self.registrations {
            add(Facet::Registration, *registration, 0);
        }
        for agent in &self.related_agents {
            add(Facet::RelatedAgent, *agent, 0);
        }
        for activity in &self.related_activities {
            add(Facet::RelatedActivity, *activity, 0);
        }
        keys
    }
}

fn add_agents(terms: &mut BTreeSet<Term>, value: &Value<'_>) {
    for identifier in actor::identifiers_of(value) {
        terms.insert(term("agent", &identifier));
    }
}

fn add_activity(terms: &mut BTreeSet<Term>, value: &Value<'_>) {
    if let Some(id) = value.str("id") {
        terms.insert(term("activity", id));
    }
}

fn add_context(agents: &mut BTreeSet<Term>, activities: &mut BTreeSet<Term>, value: &Value<'_>) {
    for person in context::people_of(value) {
        add_agents(agents, person);
    }
    for relation in context::RELATIONS {
        for activity in context::related(value, relation) {
            add_activity(activities, activity);
        }
    }
}

#[derive(Clone, Copy)]
enum Facet {
    Agent = 1,
    Verb,
    Activity,
    Registration,
    AgentVerb,
    AgentActivity,
    VerbActivity,
    RelatedAgent,
    RelatedActivity,
    Everything,
}

fn term(kind: &str, text: &str) -> Term {
    let mut hasher = Sha256::new();
    hasher.update(kind.as_bytes());
    hasher.update([0]);
    hasher.update(text.as_bytes());
    first(&hasher.finalize())
}

fn key(view: View, facet: Facet, a: Term, b: Term) -> i64 {
    let mut block = [0; 33];
    if let View::Of(tenant) = view {
        block[..16].copy_from_slice(tenant.as_bytes());
    }
    block[16] = facet as u8;
    block[17..25].copy_from_slice(&a.to_le_bytes());
    block[25..].copy_from_slice(&b.to_le_bytes());
    first(&Sha256::digest(block)).cast_signed()
}

fn first(digest: &[u8]) -> u64 {
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&digest[..8]);
    u64::from_le_bytes(bytes)
}

/// What a query asks for, apart from time and order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// An identifier as [`actor::identifier`] writes it.
    pub agent: Option<String>,
    /// A verb's id.
    pub verb: Option<String>,
    /// An activity's id.
    pub activity: Option<String>,
    /// A registration.
    pub registration: Option<Uuid>,
    /// `related_agents`.
    pub related_agents: bool,
    /// `related_activities`.
    pub related_activities: bool,
}

/// Either of two keys; the same twice where one is meant.
pub type Either = [i64; 2];

/// How to find what a filter asks for: walk the rows of the first, keep those that have a row of
/// each of the others too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Walked.
    pub walk: Either,
    /// Looked up.
    pub also: Vec<Either>,
}

/// Chooses the keys for a filter; `None` when it asks for everything.
pub fn plan(filter: &Filter, view: View) -> Option<Plan> {
    let one = |facet, a: Term, b: Term| [key(view, facet, a, b); 2];
    let agent = filter.agent.as_ref().map(|text| term("agent", text));
    let verb = filter.verb.as_ref().map(|text| term("verb", text));
    let activity = filter.activity.as_ref().map(|text| term("activity", text));
    let registration = filter.registration.map(|id| {
        one(
            Facet::Registration,
            term("registration", &id.to_string()),
            0,
        )
    });
    let (near_agent, far_agent) = if filter.related_agents {
        (None, agent)
    } else {
        (agent, None)
    };
    let (near_activity, far_activity) = if filter.related_activities {
        (None, activity)
    } else {
        (activity, None)
    };
    // From the most selective to the least.
    let mut order: Vec<Either> = Vec::new();
    order.extend(registration);
    match (near_agent, verb, near_activity) {
        (Some(a), Some(v), Some(o)) => {
            order.push(one(Facet::AgentActivity, a, o));
            order.push(one(Facet::AgentVerb, a, v));
        }
        (Some(a), Some(v), None) => order.push(one(Facet::AgentVerb, a, v)),
        (Some(a), None, Some(o)) => order.push(one(Facet::AgentActivity, a, o)),
        (None, Some(v), Some(o)) => order.push(one(Facet::VerbActivity, v, o)),
        (Some(a), None, None) => order.push(one(Facet::Agent, a, 0)),
        (None, None, Some(o)) => order.push(one(Facet::Activity, o, 0)),
        _ => {}
    }
    if let Some(o) = far_activity {
        order.push([
            key(view, Facet::Activity, o, 0),
            key(view, Facet::RelatedActivity, o, 0),
        ]);
    }
    if let Some(a) = far_agent {
        order.push([
            key(view, Facet::Agent, a, 0),
            key(view, Facet::RelatedAgent, a, 0),
        ]);
    }
    if let (None, Some(v), None) = (near_agent, verb, near_activity) {
        order.push(one(Facet::Verb, v, 0));
    }
    let mut order = order.into_iter();
    Some(Plan {
        walk: order.next()?,
        also: order.collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Version;
    use crate::json::parse;

    fn facets(text: &str) -> Facets {
        let statement = Statement::check(parse(text).unwrap(), Version::V2).unwrap();
        Facets::of(&statement, None)
    }

    /// What a store would answer: the keys hold the plan.
    fn found(facets: &Facets, filter: &Filter) -> bool {
        let keys = facets.keys(View::All);
        plan(filter, View::All).is_none_or(|plan| {
            std::iter::once(&plan.walk)
                .chain(&plan.also)
                .all(|either| either.iter().any(|key| keys.contains(key)))
        })
    }

    const STATEMENT: &str = r#"{
        "actor":{"objectType":"Group","mbox":"mailto:team@x.tn","member":[{"mbox":"mailto:amel@x.tn"}]},
        "verb":{"id":"http://v/did"},
        "object":{"id":"http://a/1"},
        "authority":{"mbox":"mailto:lms@x.tn"},
        "context":{
            "registration":"ec531277-b57b-4c15-8d91-d292c5b2b8f7",
            "instructor":{"mbox":"mailto:teacher@x.tn"},
            "contextActivities":{"parent":{"id":"http://a/course"},"grouping":[{"id":"http://a/1"}]},
            "contextAgents":[{"objectType":"contextAgent","agent":{"mbox":"mailto:friend@x.tn"}}]
        }}"#;

    #[test]
    fn every_filter_finds_what_it_should() {
        let facets = facets(STATEMENT);
        let agent = |mail: &str, related| Filter {
            agent: Some(format!("mbox mailto:{mail}")),
            related_agents: related,
            ..Filter::default()
        };
        for (mail, near, far) in [
            ("team@x.tn", true, true),
            ("amel@x.tn", true, true),
            ("teacher@x.tn", false, true),
            ("friend@x.tn", false, true),
            ("lms@x.tn", false, true),
            ("other@x.tn", false, false),
        ] {
            assert_eq!(found(&facets, &agent(mail, false)), near, "{mail}");
            assert_eq!(found(&facets, &agent(mail, true)), far, "{mail} related");
        }
        let activity = |id: &str, related| Filter {
            activity: Some(id.to_owned()),
            related_activities: related,
            ..Filter::default()
        };
        assert!(found(&facets, &activity("http://a/1", false)));
        assert!(found(&facets, &activity("http://a/1", true)));
        assert!(!found(&facets, &activity("http://a/course", false)));
        assert!(found(&facets, &activity("http://a/course", true)));
        assert!(found(&facets, &Filter::default()));
    }

    #[test]
    fn all_combinations_of_filters() {
        let facets = facets(STATEMENT);
        let registration = "ec531277-b57b-4c15-8d91-d292c5b2b8f7".parse().unwrap();
        for bits in 0..64u32 {
            for wrong in [None, Some(0), Some(1), Some(2), Some(3)] {
                let has = |bit: u32| bits & (1 << bit) != 0;
                let pick = |bit: u32, good: &str| {
                    has(bit).then(|| {
                        if wrong == Some(bit) {
                            format!("{good}x")
                        } else {
                            good.to_owned()
                        }
                    })
                };
                let filter = Filter {
                    agent: pick(0, "mbox mailto:amel@x.tn"),
                    verb: pick(1, "http://v/did"),
                    activity: pick(2, "http://a/1"),
                    registration: has(3).then(|| {
                        if wrong == Some(3) {
                            Uuid::nil()
                        } else {
                            registration
                        }
                    }),
                    related_agents: has(4),
                    related_activities: has(5),
                };
                let spoilt = wrong.is_some_and(has);
                assert_eq!(found(&facets, &filter), !spoilt, "{filter:?}");
            }
        }
    }

    #[test]
    fn sub_statements_are_related_only() {
        let facets = facets(
            r#"{"actor":{"mbox":"mailto:a@x.tn"},"verb":{"id":"http://v/planned"},
            "object":{"objectType":"SubStatement","actor":{"mbox":"mailto:b@x.tn"},
                "verb":{"id":"http://v/visit"},"object":{"id":"http://a/1"}}}"#,
        );
        let filter = |related| Filter {
            agent: Some("mbox mailto:b@x.tn".to_owned()),
            activity: Some("http://a/1".to_owned()),
            related_agents: related,
            related_activities: related,
            ..Filter::default()
        };
        assert!(!found(&facets, &filter(false)));
        assert!(found(&facets, &filter(true)));
        let inner_verb = Filter {
            verb: Some("http://v/visit".to_owned()),
            ..Filter::default()
        };
        assert!(!found(&facets, &inner_verb));
    }

    #[test]
    fn references_are_found_by_their_targets() {
        let mut own = facets(
            r#"{"actor":{"mbox":"mailto:andrew@x.tn"},"verb":{"id":"http://v/confirmed"},
            "object":{"objectType":"StatementRef","id":"6690e6c9-3ef0-4ed3-8b37-7f3964730bee"}}"#,
        );
        let explosives = Filter {
            activity: Some("http://a/1".to_owned()),
            ..Filter::default()
        };
        assert!(!found(&own, &explosives));
        own.take_in(facets(STATEMENT));
        assert!(found(&own, &explosives));
        let confirmed = Filter {
            verb: Some("http://v/confirmed".to_owned()),
            ..Filter::default()
        };
        assert!(found(&own, &confirmed));
    }

    #[test]
    fn views_are_apart() {
        let facets = facets(STATEMENT);
        let tenant = View::Of(Uuid::from_u128(7));
        let (all, own) = (facets.keys(View::All), facets.keys(tenant));
        assert_eq!(all.len(), own.len());
        assert!(all.iter().all(|key| !own.contains(key)));
    }
}
