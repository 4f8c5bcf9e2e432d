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
            a.finished_at, s.kind, s.opened_at, s.last_seq, s.diagnosis, p.state as person_state \
            from session s join attempt a on a.id = s.attempt join person p on p.id = a.person \
            where s.id = $1 and a.id = $2",
        pg "select a.person, a.module, a.version, a.state, a.folded, a.outcome, a.session as current, \
            a.finished_at, s.kind, s.opened_at, s.last_seq, s.diagnosis, p.state as person_state \
            from session s join attempt a on a.id = s.attempt join person p on p.id = a.person \
            where s.id = $1 and a.id = $2 for update of a, s";
    /// The same without holding it.
    BASE = "select a.person, a.module, a.version, a.state, a.folded, a.outcome, a.session as current, \
            a.finished_at, s.kind, s.opened_at, s.last_seq, s.diagnosis, p.state as person_state \
            from session s join attempt a on a.id = s.attempt join person p on p.id = a.person \
            where s.id = $1 and a.id = $2";
    /// The session of an attempt that an opening made.
    BY_OPENING = "select id from session where attempt = $1 and opening = $2";
    /// Another session is the current one.
    TAKE_OVER = "update attempt set session = $2 where id = $1";
    /// A session was opened.
    OPENED = "update session set opened_at = $2, opening = $3 where id = $1";
    /// Where attempts and sessions stand: holds them until the transaction ends, in one order for
    /// everybody.
    STAND = lite "select s.id as session, s.last_seq, a.folded, a.session as current, p.state as person_state, \
            (select count(*) from attempt o where o.person = a.person and o.module = a.module) as attempts \
            from session s join attempt a on a.id = s.attempt join person p on p.id = a.person \
            where s.id in uuids($1)",
        pg "select s.id as session, s.last_seq, a.folded, a.session as current, p.state as person_state, \
            (select count(*) from attempt o where o.person = a.person and o.module = a.module) as attempts \
            from session s join attempt a on a.id = s.attempt join person p on p.id = a.person \
            where s.id in uuids($1) order by a.id, s.id for update of a, s";
    /// Entries of batches, what their sessions received, and the attempts' folds: three JSON
    /// lists, in one hop.
    WRITE = lite "insert into journal (session, seq, at, received_at, entry, result, error, position) \
            select unhex(e.value ->> 'session'), e.value ->> 'seq', e.value ->> 'at', e.value ->> 'received_at', \
            e.value ->> 'entry', e.value ->> 'result', e.value ->> 'error', e.value ->> 'position' from json_each($1) e; \
            update session set last_seq = e.value ->> 'last_seq', last_at = e.value ->> 'at', \
            diagnosis = e.value -> 'diagnosis' from json_each($2) e where session.id = unhex(e.value ->> 'session'); \
            update attempt set state = e.value ->> 'state', folded = e.value ->> 'folded', \
            outcome = e.value -> 'outcome', updated_at = e.value ->> 'at', finished_at = e.value ->> 'finished_at' \
            from json_each($3) e where attempt.id = unhex(e.value ->> 'attempt')",
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
    /// The outcomes of a learner's other attempts on a module.
    OTHER_OUTCOMES = "select outcome from attempt where person = $1 and module = $2 and id <> $3 order by number";
    /// The session that a launch address opens, which it does once.
    USE_TICKET = "update session set ticket_hash = null where ticket_hash = $1 and ticket_expires_at > $2 returning id, attempt";
    /// Whose session, on what.
    SESSION = "select s.id, s.attempt, s.kind, s.opened_at, s.last_at, s.diagnosis, \
        a.person, a.module, a.version, m.slug, m.title, m.published_at, p.name as learner, p.email \
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
    /// Whether a person is a member of an organisation of these regions.
    IN_REGIONS = "select count(*) as n from membership m join organisation o on o.id = m.organisation \
        where m.person = $1 and m.until_at is null and o.region in texts($2)";
    /// How many attempts on a module are under way.
    OPEN_COUNT = "select count(*) as n from attempt where module = $1 and finished_at is null and folded > 0";
    /// How many there are.
    ATTEMPT_COUNT = "select count(*) as n from attempt where module = $1 and folded > 0";
    /// The attempts on a module on which something was done, the last active first; those that are
    /// finished only where the flag says so.
    ATTEMPTS_OF_MODULE = "select id from attempt where module = $1 and folded > 0 and ($2 or finished_at is null) \
        order by updated_at desc, id limit $3";
    /// An attempt with all that a comparison needs.
    COMPARED = "select a.person, a.version, a.number, a.setup, a.state, a.outcome, a.finished_at, p.name as learner \
        from attempt a join person p on p.id = a.person where a.id = $1";
    /// What an attempt began with and stands at.
    STORED = "select setup, state, outcome, version from attempt where id = $1";
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
    /// A learner's attempts for staff: by module, the newest first.
    LEARNERS = "select a.id, a.number, a.outcome, a.updated_at, p.name as learner \
        from attempt a join person p on p.id = a.person where a.module = $1 order by a.updated_at desc limit 200";
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
        pub person_state: String,
    }
}
row! {
    /// Where an attempt and a session of it stand.
    pub(super) struct StandRow {
        pub session: SessionId, pub last_seq: i64, pub folded: i64, pub current: Option<SessionId>,
        pub person_state: String, pub attempts: i64,
    }
}
row! {
    /// An entry as it was kept.
    pub(super) struct KeptRow { pub seq: i64, pub entry: String }
}
row! {
    /// An outcome.
    pub(super) struct OutcomeRow { pub outcome: Value }
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
    pub(super) struct StoredRow { pub setup: String, pub state: String, pub outcome: Value, pub version: VersionId }
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
row! {
    /// An attempt as staff see it in a list.
    pub(super) struct LearnerRow {
        pub id: AttemptId, pub number: i64, pub outcome: Value,
        pub updated_at: Timestamp, pub learner: String,
    }
}
