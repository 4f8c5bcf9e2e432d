//! The SQL of the player.

use serde_json::Value;

use crate::clock::Timestamp;
use crate::db::{queries, row};
use crate::ids::{AttemptId, ModuleId, OrganisationId, PersonId, SessionId, VersionId};

queries! {
    /// A learner's attempts on a module, the newest first.
    ATTEMPTS = "select id, person, module, version, number, outcome, session, started_at, updated_at, finished_at \
        from attempt where person = $1 and module = $2 order by number desc";
    /// An attempt by its id.
    ATTEMPT = "select id, person, module, version, number, outcome, session, started_at, updated_at, finished_at \
        from attempt where id = $1";
    /// A new attempt.
    ADD_ATTEMPT = "insert into attempt (id, person, module, version, number, setup, state, outcome, started_at, updated_at) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)";
    /// A new session.
    ADD_SESSION = "insert into session (id, attempt, kind, ticket_hash, ticket_expires_at, opening, created_at, opened_at, diagnosis) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    /// Holds an attempt and one of its sessions until the transaction ends: whoever writes to an
    /// attempt comes through here, so that its entries are folded one batch after the other.
    HOLD = lite "select a.person, a.module, a.version, a.state, a.folded, a.outcome, a.session as current, \
            a.finished_at, s.kind, s.opened_at, s.last_seq, s.diagnosis, p.state as person_state, m.policy \
            from session s join attempt a on a.id = s.attempt join person p on p.id = a.person \
            join module m on m.id = a.module \
            where s.id = $1 and a.id = $2",
        pg "select a.person, a.module, a.version, a.state, a.folded, a.outcome, a.session as current, \
            a.finished_at, s.kind, s.opened_at, s.last_seq, s.diagnosis, p.state as person_state, m.policy \
            from session s join attempt a on a.id = s.attempt join person p on p.id = a.person \
            join module m on m.id = a.module \
            where s.id = $1 and a.id = $2 for update of a, s";
    /// Holds an attempt on units, with its learner.
    HOLD_UNITS = lite "select a.id, a.person, a.module, a.version, a.state, a.outcome, a.finished_at, \
            p.state as person_state, p.language, m.policy \
            from attempt a join person p on p.id = a.person join module m on m.id = a.module where a.id = $1",
        pg "select a.id, a.person, a.module, a.version, a.state, a.outcome, a.finished_at, \
            p.state as person_state, p.language, m.policy \
            from attempt a join person p on p.id = a.person join module m on m.id = a.module where a.id = $1 for update of a";
    /// What units have reached.
    KEEP_UNITS = "update attempt set state = $2, outcome = $3, updated_at = $4, finished_at = $5, folded = folded + 1 where id = $1";
    /// The same without holding it.
    BASE = "select a.person, a.module, a.version, a.state, a.folded, a.outcome, a.session as current, \
            a.finished_at, s.kind, s.opened_at, s.last_seq, s.diagnosis, p.state as person_state, m.policy \
            from session s join attempt a on a.id = s.attempt join person p on p.id = a.person \
            join module m on m.id = a.module where s.id = $1 and a.id = $2";
    /// The session of an attempt that an opening made.
    BY_OPENING = "select id from session where attempt = $1 and opening = $2";
    /// Another session is the current one.
    TAKE_OVER = "update attempt set session = $2 where id = $1";
    /// A session was opened.
    OPENED = "update session set opened_at = $2, opening = $3 where id = $1";
    /// Where attempts and sessions stand: holds them until the transaction ends, in one order for
    /// everybody.
    STAND = lite "select s.id as session, s.last_seq, a.folded, a.session as current, p.state as person_state, m.policy, \
            (select count(*) from attempt o where o.person = a.person and o.module = a.module) as attempts \
            from session s join attempt a on a.id = s.attempt join person p on p.id = a.person \
            join module m on m.id = a.module \
            where s.id in uuids($1)",
        pg "select s.id as session, s.last_seq, a.folded, a.session as current, p.state as person_state, m.policy, \
            (select count(*) from attempt o where o.person = a.person and o.module = a.module) as attempts \
            from session s join attempt a on a.id = s.attempt join person p on p.id = a.person \
            join module m on m.id = a.module \
            where s.id in uuids($1) order by a.id, s.id for update of a, s";
    /// Entries of batches, what their sessions received, and the attempts' folds: three JSON
    /// lists, in one hop.
    WRITE = lite "insert into journal (session, seq, at, received_at, entry, result, error, position) \
            select unhex(e.value ->> 'session'), e.value ->> 'seq', e.value ->> 'at', e.value ->> 'received_at', \
            e.value ->> 'entry', e.value ->> 'result', e.value ->> 'error', e.value ->> 'position' from jsonb_each($1) e; \
            update session set last_seq = e.value ->> 'last_seq', last_at = e.value ->> 'at', \
            diagnosis = e.value -> 'diagnosis' from jsonb_each($2) e where session.id = unhex(e.value ->> 'session'); \
            update attempt set state = e.value ->> 'state', folded = e.value ->> 'folded', \
            outcome = e.value -> 'outcome', updated_at = e.value ->> 'at', finished_at = e.value ->> 'finished_at' \
            from jsonb_each($3) e where attempt.id = unhex(e.value ->> 'attempt')",
        pg "with received as (update session set last_seq = e.last_seq, last_at = e.at, diagnosis = e.diagnosis \
            from json_to_recordset(cast($2 as json)) as \
            e(session uuid, last_seq bigint, at bigint, diagnosis jsonb) where session.id = e.session), \
            folded as (update attempt set state = e.state, folded = e.folded, outcome = e.outcome, updated_at = e.at, \
            finished_at = e.finished_at from json_to_recordset(cast($3 as json)) as \
            e(attempt uuid, state text, folded bigint, outcome jsonb, at bigint, finished_at bigint) \
            where attempt.id = e.attempt) \
            insert into journal (session, seq, at, received_at, entry, result, error, position) \
            select e.session, e.seq, e.at, e.received_at, e.entry, e.result, e.error, e.position \
            from json_to_recordset(cast($1 as json)) as e(session uuid, seq bigint, at bigint, received_at bigint, \
            entry text, result text, error bigint, position bigint)";
    /// The entries of a session between two numbers, as they came.
    KEPT = "select seq, entry from journal where session = $1 and seq >= $2 and seq <= $3 order by seq";
    /// The outcomes of a learner's attempts on a module, in order.
    OUTCOMES = "select id, outcome from attempt where person = $1 and module = $2 order by number";
    /// The policy of a module.
    POLICY = "select policy from module where id = $1";
    /// How many attempts came after this one.
    LATER = "select count(*) as n from attempt a join attempt l on l.person = a.person and l.module = a.module \
        and l.number > a.number where a.id = $1";
    /// Learners of a module, a page at a time.
    LEARNERS_AFTER = "select distinct person from attempt where module = $1 \
        and (cast($2 as uuid) is null or person > $2) order by person limit $3";
    /// A learner's attempts on a module with their states, held.
    STATES = lite "select id, version, state, outcome, finished_at from attempt \
            where person = $1 and module = $2 and folded > 0 order by number",
        pg "select id, version, state, outcome, finished_at from attempt \
            where person = $1 and module = $2 and folded > 0 order by number for update";
    /// Another rule gives another outcome.
    SETTLED = "update attempt set outcome = $2, finished_at = $3 where id = $1";
    /// Interactions: a JSON list.
    KEEP_INTERACTIONS = lite "insert into interaction (attempt, activity, activity_id, of_attempt, place, identifier, kind, \
              description, patterns, response, result, weighting, latency, reported_at, objectives, updated_at) \
            select unhex(e.value ->> 'attempt'), e.value ->> 'activity', e.value ->> 'activity_id', e.value ->> 'of_attempt', e.value ->> 'place', \
              e.value ->> 'identifier', e.value ->> 'kind', e.value ->> 'description', e.value -> 'patterns', e.value ->> 'response', \
              e.value ->> 'result', e.value ->> 'weighting', e.value ->> 'latency', e.value ->> 'reported_at', e.value -> 'objectives', e.value ->> 'at' \
            from jsonb_each($1) e where true \
            on conflict (attempt, activity, of_attempt, place) do update set identifier = excluded.identifier, kind = excluded.kind, \
              description = excluded.description, patterns = excluded.patterns, response = excluded.response, result = excluded.result, \
              weighting = excluded.weighting, latency = excluded.latency, reported_at = excluded.reported_at, \
              objectives = excluded.objectives, updated_at = excluded.updated_at",
        pg "insert into interaction (attempt, activity, activity_id, of_attempt, place, identifier, kind, \
              description, patterns, response, result, weighting, latency, reported_at, objectives, updated_at) \
            select e.attempt, e.activity, e.activity_id, e.of_attempt, e.place, e.identifier, e.kind, e.description, e.patterns, e.response, \
              e.result, e.weighting, e.latency, e.reported_at, e.objectives, e.at \
            from json_to_recordset(cast($1 as json)) as e(attempt uuid, activity bigint, activity_id text, of_attempt bigint, place bigint, \
              identifier text, kind text, description text, patterns jsonb, response text, result text, weighting double precision, \
              latency double precision, reported_at text, objectives jsonb, at bigint) \
            on conflict (attempt, activity, of_attempt, place) do update set identifier = excluded.identifier, kind = excluded.kind, \
              description = excluded.description, patterns = excluded.patterns, response = excluded.response, result = excluded.result, \
              weighting = excluded.weighting, latency = excluded.latency, reported_at = excluded.reported_at, \
              objectives = excluded.objectives, updated_at = excluded.updated_at";
    /// Objectives, likewise.
    KEEP_OBJECTIVES = lite "insert into objective_result (attempt, activity, activity_id, of_attempt, place, identifier, \
              description, success, completion, scaled, raw, min, max, progress, updated_at) \
            select unhex(e.value ->> 'attempt'), e.value ->> 'activity', e.value ->> 'activity_id', e.value ->> 'of_attempt', e.value ->> 'place', \
              e.value ->> 'identifier', e.value ->> 'description', e.value ->> 'success', e.value ->> 'completion', \
              e.value ->> 'scaled', e.value ->> 'raw', e.value ->> 'min', e.value ->> 'max', e.value ->> 'progress', e.value ->> 'at' \
            from jsonb_each($1) e where true \
            on conflict (attempt, activity, of_attempt, place) do update set identifier = excluded.identifier, \
              description = excluded.description, success = excluded.success, completion = excluded.completion, scaled = excluded.scaled, \
              raw = excluded.raw, min = excluded.min, max = excluded.max, progress = excluded.progress, updated_at = excluded.updated_at",
        pg "insert into objective_result (attempt, activity, activity_id, of_attempt, place, identifier, \
              description, success, completion, scaled, raw, min, max, progress, updated_at) \
            select e.attempt, e.activity, e.activity_id, e.of_attempt, e.place, e.identifier, e.description, e.success, e.completion, \
              e.scaled, e.raw, e.min, e.max, e.progress, e.at \
            from json_to_recordset(cast($1 as json)) as e(attempt uuid, activity bigint, activity_id text, of_attempt bigint, place bigint, \
              identifier text, description text, success text, completion text, scaled double precision, raw double precision, \
              min double precision, max double precision, progress double precision, at bigint) \
            on conflict (attempt, activity, of_attempt, place) do update set identifier = excluded.identifier, \
              description = excluded.description, success = excluded.success, completion = excluded.completion, scaled = excluded.scaled, \
              raw = excluded.raw, min = excluded.min, max = excluded.max, progress = excluded.progress, updated_at = excluded.updated_at";
    /// Activities, likewise; the other rows stay.
    KEEP_ACTIVITIES = lite "insert into activity_result (attempt, activity, activity_id, state, score, progress, seconds, launches, updated_at) \
            select unhex(e.value ->> 'attempt'), e.value ->> 'activity', e.value ->> 'activity_id', e.value ->> 'state', e.value ->> 'score', e.value ->> 'progress', \
              e.value ->> 'seconds', e.value ->> 'launches', e.value ->> 'at' from jsonb_each($1) e where true \
            on conflict (attempt, activity) do update set state = excluded.state, score = excluded.score, progress = excluded.progress, \
              seconds = excluded.seconds, launches = excluded.launches, updated_at = excluded.updated_at",
        pg "insert into activity_result (attempt, activity, activity_id, state, score, progress, seconds, launches, updated_at) \
            select e.attempt, e.activity, e.activity_id, e.state, e.score, e.progress, e.seconds, e.launches, e.at \
            from json_to_recordset(cast($1 as json)) as e(attempt uuid, activity bigint, activity_id text, state text, score double precision, \
              progress double precision, seconds double precision, launches bigint, at bigint) \
            on conflict (attempt, activity) do update set state = excluded.state, score = excluded.score, progress = excluded.progress, \
              seconds = excluded.seconds, launches = excluded.launches, updated_at = excluded.updated_at";
    /// An attempt loses its interactions: they are about to be written again.
    DROP_INTERACTIONS = "delete from interaction where attempt = $1";
    /// Its objectives.
    DROP_OBJECTIVES = "delete from objective_result where attempt = $1";
    /// Its activities.
    DROP_ACTIVITIES = "delete from activity_result where attempt = $1";
    /// Attempts that were played but have no rows for reports.
    WITHOUT_ROWS = "select a.id from attempt a where a.folded > 0 \
        and not exists (select 1 from activity_result r where r.attempt = a.id) \
        and (cast($1 as uuid) is null or a.id > $1) order by a.id limit $2";
    /// A correction.
    ADD_CORRECTION = "insert into correction (session, attempt, author, role, reason, activity, completed, passed, scaled, at) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    /// The corrections of an attempt, the newest first.
    CORRECTIONS = "select c.session, c.role, c.reason, c.activity, c.completed, c.passed, c.scaled, c.at, p.name as author \
        from correction c join person p on p.id = c.author where c.attempt = $1 order by c.at desc, c.session";
    /// The session that a launch address opens, which it does once.
    USE_TICKET = "update session set ticket_hash = null where ticket_hash = $1 and ticket_expires_at > $2 returning id, attempt";
    /// Whose session, on what.
    SESSION = "select s.id, s.attempt, s.kind, s.opened_at, s.last_at, s.diagnosis, \
        a.person, a.module, a.version, m.slug, m.title, m.published_at, p.name as learner, p.email, p.state as learner_state \
        from session s join attempt a on a.id = s.attempt join module m on m.id = a.module join person p on p.id = a.person \
        where s.id = $1";
    /// A page of the journal of a session.
    JOURNAL_PAGE = "select session, seq, at, received_at, entry, result, error, position from journal \
        where session = $1 and seq > $2 order by seq limit $3";
    /// A page of what was folded into an attempt, in that order.
    FOLDED_PAGE = "select j.session, j.seq, j.at, j.received_at, j.entry, j.result, j.error, j.position \
        from journal j join session s on s.id = j.session \
        where s.attempt = $1 and j.position > $2 order by j.position limit $3";
    /// What a session left that was kept without being folded.
    LATE = "select session, seq, at, received_at, entry, result, error, position from journal \
        where session = $1 and position is null order by seq";
    /// The entry of a session at or before a number, and its first.
    NEAREST = "select max(case when seq <= $2 then seq end) as seq, min(seq) as first from journal where session = $1";
    /// Whether a session went on while its learner was a member of an organisation of these regions:
    /// the scope of reports, asked of one session.
    IN_REGIONS = "select count(*) as n from session s join attempt a on a.id = s.attempt \
        join membership m on m.person = a.person join organisation o on o.id = m.organisation \
        where s.id = $1 and o.region in texts($2) \
            and m.from_at <= coalesce(s.last_at, s.opened_at, s.created_at) \
            and (m.until_at is null or m.until_at > coalesce(s.opened_at, s.created_at))";
    /// How many attempts on a module are under way.
    OPEN_COUNT = "select count(*) as n from attempt where module = $1 and finished_at is null and folded > 0";
    /// How many there are.
    ATTEMPT_COUNT = "select count(*) as n from attempt where module = $1 and folded > 0";
    /// The attempts on a module on which something was done, the last active first; those that are
    /// finished only where the flag says so.
    ATTEMPTS_OF_MODULE = "select id from attempt where module = $1 and folded > 0 and ($2 or finished_at is null) \
        order by updated_at desc, id limit $3";
    /// An attempt with all that a comparison needs.
    COMPARED = "select a.person, a.version, a.number, a.setup, a.state, a.outcome, a.finished_at, p.name as learner, m.policy \
        from attempt a join person p on p.id = a.person join module m on m.id = a.module where a.id = $1";
    /// What an attempt began with and stands at.
    STORED = "select a.setup, a.state, a.outcome, a.version, m.policy \
        from attempt a join module m on m.id = a.module where a.id = $1";
    /// The state alone.
    STATE = "select state from attempt where id = $1";
    /// Global objectives and data stores of a person.
    GLOBALS = "select identifier, state from global_objective where person = $1 and identifier in texts($2)";
    /// Keeps one.
    KEEP_GLOBAL = "insert into global_objective (person, identifier, state, updated_at) values ($1, $2, $3, $4) \
        on conflict (person, identifier) do update set state = excluded.state, updated_at = excluded.updated_at";
    /// The name of a person.
    PERSON = "select id, name, language from person where id = $1 and state = 'active'";
    /// The organisation of an address.
    ORGANISATION = "select id from organisation where slug = $1";
    /// The sessions of an attempt in order.
    SESSIONS = "select s.id, s.kind, s.created_at, s.opened_at, s.last_seq, s.diagnosis \
        from session s where s.attempt = $1 order by s.id";
}

row! {
    /// An attempt, without its state.
    #[derive(Debug, Clone)]
    pub struct AttemptRow {
        /// Id.
        pub id: AttemptId,
        /// Whose.
        pub person: PersonId,
        /// On which module.
        pub module: ModuleId,
        /// On which version of it.
        pub version: VersionId,
        /// From 1.
        pub number: i64,
        /// As in the progress store.
        pub outcome: Value,
        /// The session that was opened last.
        pub session: Option<SessionId>,
        /// When it began.
        pub started_at: Timestamp,
        /// When it last changed.
        pub updated_at: Timestamp,
        /// When it was finished, if it was.
        pub finished_at: Option<Timestamp>,
    }
}
row! {
    /// An attempt and a session of it, held.
    pub(super) struct HeldRow {
        pub person: PersonId, pub module: ModuleId, pub version: VersionId,
        pub state: String, pub folded: i64, pub outcome: Value, pub current: Option<SessionId>,
        pub finished_at: Option<Timestamp>, pub kind: String,
        pub opened_at: Option<Timestamp>, pub last_seq: i64, pub diagnosis: Value,
        pub person_state: String, pub policy: Value,
    }
}
row! {
    /// An attempt on units, held.
    pub(super) struct UnitsRow {
        pub id: AttemptId, pub person: PersonId, pub module: ModuleId, pub version: VersionId,
        pub state: String, pub outcome: Value, pub finished_at: Option<Timestamp>,
        pub person_state: String, pub language: String, pub policy: Value,
    }
}
row! {
    /// Where an attempt and a session of it stand.
    pub(super) struct StandRow {
        pub session: SessionId, pub last_seq: i64, pub folded: i64, pub current: Option<SessionId>,
        pub person_state: String, pub attempts: i64, pub policy: Value,
    }
}
row! {
    /// An entry as it was kept.
    pub(super) struct KeptRow { pub seq: i64, pub entry: String }
}
row! {
    /// An attempt's outcome.
    pub(super) struct OutcomeRow { pub id: AttemptId, pub outcome: Value }
}
row! {
    /// A policy as it is stored.
    pub(super) struct PolicyRow { pub policy: Value }
}
row! {
    /// A learner.
    pub(super) struct LearnerIdRow { pub person: PersonId }
}
row! {
    /// An attempt with its state.
    pub(super) struct WholeRow {
        pub id: AttemptId, pub version: VersionId, pub state: String, pub outcome: Value,
        pub finished_at: Option<Timestamp>,
    }
}
row! {
    /// A correction with its author.
    #[derive(Debug, Clone)]
    pub struct CorrectionRow {
        /// The session that holds it.
        pub session: SessionId,
        /// The author's role then: admin, trainer, regional.
        pub role: String,
        /// Why.
        pub reason: String,
        /// Identifier of the activity; none: the whole module.
        pub activity: Option<String>,
        /// Completed, or not.
        pub completed: Option<bool>,
        /// Passed, or failed.
        pub passed: Option<bool>,
        /// -1..1
        pub scaled: Option<f64>,
        /// When.
        pub at: Timestamp,
        /// The author's name.
        pub author: String,
    }
}
row! {
    /// A session's id.
    pub(super) struct IdRow { pub id: SessionId }
}
row! {
    /// What a ticket opened.
    pub(super) struct TicketRow { pub id: SessionId, pub attempt: AttemptId }
}
row! {
    /// A session with what it is about.
    #[derive(Debug, Clone)]
    pub struct SessionRow {
        /// Id.
        pub id: SessionId,
        /// Its attempt.
        pub attempt: AttemptId,
        /// `player` or `correction`.
        pub kind: String,
        /// When the player took its state.
        pub opened_at: Option<Timestamp>,
        /// When it was last heard of.
        pub last_at: Option<Timestamp>,
        /// A list of findings.
        pub diagnosis: Value,
        /// Whose.
        pub person: PersonId,
        /// On which module.
        pub module: ModuleId,
        /// On which version of it.
        pub version: VersionId,
        /// The module's address.
        pub slug: String,
        /// The module's title.
        pub title: String,
        /// Since when learners find it.
        pub published_at: Option<Timestamp>,
        /// The learner's name.
        pub learner: String,
        /// `active`, `suspended`, `erased`.
        pub learner_state: String,
        /// The learner's address.
        pub email: Option<String>,
    }
}
row! {
    /// A session of an attempt.
    pub(super) struct SessionOfRow {
        pub id: SessionId, pub kind: String, pub created_at: Timestamp, pub opened_at: Option<Timestamp>,
        pub last_seq: i64, pub diagnosis: Value,
    }
}
row! {
    /// An entry of a journal.
    #[derive(Debug, Clone)]
    pub struct EntryRow {
        /// The session.
        pub session: SessionId,
        /// Its number there; 0 is the opening, written by the server.
        pub seq: i64,
        /// Milliseconds since the session opened, by the client's clock.
        pub at: i64,
        /// When the server took it.
        pub received_at: Timestamp,
        /// The entry as it came.
        pub entry: String,
        /// What the fold answered, where that differs from the browser.
        pub result: Option<String>,
        /// The error code with it.
        pub error: Option<i64>,
        /// Place in the attempt's fold; `None`: kept, not folded.
        pub position: Option<i64>,
    }
}
row! {
    /// What an attempt began with and stands at.
    pub(super) struct StoredRow {
        pub setup: String, pub state: String, pub outcome: Value, pub version: VersionId, pub policy: Value,
    }
}
row! {
    /// A number of rows.
    pub(super) struct CountRow { pub n: i64 }
}
row! {
    /// Numbers of entries.
    pub(super) struct NearestRow { pub seq: Option<i64>, pub first: Option<i64> }
}
row! {
    /// An attempt's id.
    pub(super) struct AttemptIdRow { pub id: AttemptId }
}
row! {
    /// An attempt with all that a comparison needs.
    pub(super) struct ComparedRow {
        pub person: PersonId, pub version: VersionId, pub number: i64, pub setup: String,
        pub state: String, pub outcome: Value, pub finished_at: Option<Timestamp>, pub learner: String,
        pub policy: Value,
    }
}
row! {
    /// A state.
    pub(super) struct StateRow { pub state: String }
}
row! {
    /// A global objective or data store.
    pub(super) struct GlobalRow { pub identifier: String, pub state: Value }
}
row! {
    /// An organisation.
    pub(super) struct OrganisationRow { pub id: OrganisationId }
}
row! {
    /// Who learns.
    pub(super) struct PersonRow { pub id: PersonId, pub name: String, pub language: String }
}
