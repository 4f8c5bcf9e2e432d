//! The SQL of reports. Every query takes a scope: whose attempts may be seen.

use serde_json::Value;

use crate::clock::Timestamp;
use crate::db::{queries, row};
use crate::ids::{AttemptId, PersonId, VersionId};

/// A membership that makes an attempt visible: `$2` all of them, or `$3` in these regions, while
/// the attempt went on; `$4` of this organisation, or any.
macro_rules! membership {
    () => {
        "from membership m join organisation o on o.id = m.organisation \
         where m.person = a.person and m.from_at <= a.updated_at \
           and (m.until_at is null or m.until_at > a.started_at) \
           and (cast($2 as bigint) = 1 or o.region in texts($3)) \
           and (cast($4 as text) = '' or o.slug = $4)"
    };
}

/// Attempts of module `$1` in the scope `$2`–`$4` that were opened.
macro_rules! scope {
    () => {
        concat!(
            "a.module = $1 and a.folded > 0 \
             and ((cast($2 as bigint) = 1 and cast($4 as text) = '') or exists (select 1 ",
            membership!(),
            "))"
        )
    };
}

/// One line of the list of attempts.
macro_rules! line {
    ($rest:literal) => {
        concat!(
            "select a.id, a.person, a.number, a.outcome, a.started_at, a.updated_at, \
               a.finished_at, p.name as learner, p.email, g.name as organisation, g.slug as organisation_slug \
             from attempt a join person p on p.id = a.person \
             left join organisation g on g.id = (select m.organisation ",
            membership!(),
            " order by m.from_at desc, m.id desc limit 1) where ",
            scope!(),
            $rest
        )
    };
}

queries! {
    /// A page of attempts, the last changed first: `$5` the state or all; after `$6`, `$7`.
    ATTEMPTS = line!(
        " and (cast($5 as text) = '' or $5 = case when a.outcome ->> 'success' in ('passed', 'failed') \
            then a.outcome ->> 'success' else a.outcome ->> 'state' end) \
          and (cast($6 as bigint) is null or a.updated_at < $6 or (a.updated_at = $6 and a.id < $7)) \
        order by a.updated_at desc, a.id desc limit $8 offset $9");
    /// One of them.
    ATTEMPT = line!(" and a.id = $5");
    /// Sums over learners: what counts for each of them.
    LEARNERS = concat!(
        "select count(*) as learners, count(*) filter (where g.state = 'completed') as completed, \
           count(*) filter (where g.success = 'passed') as passed, \
           count(*) filter (where g.success = 'failed') as failed, \
           avg(g.score) as score, avg(g.seconds) as seconds \
         from progress g where g.module = $1 and exists (select 1 from attempt a where a.person = g.person and ",
        scope!(), ")");
    /// How many attempts there are.
    COUNT = concat!("select count(*) as n from attempt a where ", scope!());
    /// Activities by their state, over all attempts.
    ACTIVITIES = concat!(
        "select r.activity_id, r.state, count(*) as attempts, count(r.score) as scored, \
           coalesce(sum(r.score), 0.0) as score, sum(r.seconds) as seconds \
         from activity_result r join attempt a on a.id = r.attempt where ", scope!(),
        " group by r.activity_id, r.state");
    /// Answers, attempt by attempt in the order of their beginning: `$5` which attempts of a
    /// learner: `first`, `last`, all.
    ANSWERS = concat!(
        "select i.attempt, a.number, a.version, p.name as learner, i.activity_id, \
           i.place, i.identifier, i.kind, i.description, i.patterns, i.response, i.result, i.weighting, i.latency, \
           i.reported_at, i.objectives, i.updated_at \
         from interaction i join attempt a on a.id = i.attempt join person p on p.id = a.person where ", scope!(),
        " and (cast($5 as text) not in ('first', 'last') or a.number = (select case when cast($5 as text) = 'first' \
            then min(b.number) else max(b.number) end from attempt b where b.person = a.person and b.module = a.module and b.folded > 0)) \
         order by a.started_at, a.id, i.activity, i.of_attempt, i.place limit $6");
    /// The answers of one attempt; whether it may be seen was asked before.
    ANSWERS_OF = "select i.attempt, a.number, a.version, p.name as learner, i.activity_id, \
           i.place, i.identifier, i.kind, i.description, i.patterns, i.response, i.result, i.weighting, i.latency, \
           i.reported_at, i.objectives, i.updated_at \
         from interaction i join attempt a on a.id = i.attempt join person p on p.id = a.person where i.attempt = $1 \
         order by i.activity, i.of_attempt, i.place";
    /// Its objectives.
    OBJECTIVES_OF = "select activity_id, identifier, description, success, completion, scaled, progress \
         from objective_result where attempt = $1 order by activity, of_attempt, place";
    /// The organisations of the learners in scope.
    ORGANISATIONS = "select distinct g.slug, g.name from organisation g join membership n on n.organisation = g.id \
         join attempt a on a.person = n.person and n.from_at <= a.updated_at \
           and (n.until_at is null or n.until_at > a.started_at) \
         where a.module = $1 and a.folded > 0 and (cast($2 as bigint) = 1 or g.region in texts($3)) \
           and cast($4 as text) is not null order by g.name";
}

row! {
    /// An attempt in a list.
    #[derive(Debug, Clone)]
    pub(super) struct LineRow {
        pub id: AttemptId, pub person: PersonId, pub number: i64,
        pub outcome: Value, pub started_at: Timestamp, pub updated_at: Timestamp,
        pub finished_at: Option<Timestamp>, pub learner: String, pub email: Option<String>,
        pub organisation: Option<String>, pub organisation_slug: Option<String>,
    }
}
row! {
    /// Sums over learners.
    #[derive(Debug, Clone)]
    pub(super) struct LearnersRow {
        pub learners: i64, pub completed: i64, pub passed: i64, pub failed: i64,
        pub score: Option<f64>, pub seconds: Option<f64>,
    }
}
row! {
    /// How many attempts stand where in an activity.
    #[derive(Debug, Clone)]
    pub(super) struct ActivityRow {
        pub activity_id: String, pub state: String, pub attempts: i64, pub scored: i64,
        pub score: f64, pub seconds: f64,
    }
}
row! {
    /// An answer.
    #[derive(Debug, Clone)]
    pub(super) struct AnswerRow {
        pub attempt: AttemptId, pub number: i64, pub version: VersionId,
        pub learner: String, pub activity_id: String,
        pub place: i64, pub identifier: String, pub kind: Option<String>,
        pub description: Option<String>, pub patterns: Value, pub response: Option<String>,
        pub result: Option<String>, pub weighting: Option<f64>, pub latency: Option<f64>,
        pub reported_at: Option<String>, pub objectives: Value, pub updated_at: Timestamp,
    }
}
row! {
    /// An objective.
    #[derive(Debug, Clone)]
    pub(super) struct ObjectiveRow {
        pub activity_id: String, pub identifier: String, pub description: Option<String>,
        pub success: Option<String>, pub completion: Option<String>, pub scaled: Option<f64>,
        pub progress: Option<f64>,
    }
}
row! {
    /// An organisation to filter by.
    #[derive(Debug, Clone)]
    pub(super) struct OrganisationRow { pub slug: String, pub name: String }
}
