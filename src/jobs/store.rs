//! The SQL of the outbox.

use serde_json::Value;
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::{queries, row};

queries! {
    /// Something to be done once this transaction is committed.
    ENQUEUE = "insert into outbox (id, kind, payload, created_at, due_at) \
        values ($1, $2, $3, $4, $4)";
    /// Many at once: ids as hexadecimal digits.
    ENQUEUE_ALL = lite "insert into outbox (id, kind, payload, created_at, due_at) \
            select unhex(e.value ->> 'id'), cast($2 as text), e.value -> 'payload', cast($3 as bigint), cast($3 as bigint) from json_each($1) e",
        pg "insert into outbox (id, kind, payload, created_at, due_at) \
            select cast(e.id as uuid), cast($2 as text), e.payload, cast($3 as bigint), cast($3 as bigint) \
            from jsonb_to_recordset(cast($1 as jsonb)) as e(id text, payload jsonb)";
    /// The same once, later.
    ENQUEUE_ONCE = "insert into outbox (id, kind, payload, created_at, due_at) \
        values ($1, $2, $3, $4, $5) on conflict (id) do nothing";
    /// When the next row that nobody holds is due.
    NEXT = "select min(due_at) as n from outbox where done_at is null and failed_at is null \
        and (claimed_until is null or claimed_until <= $1) and kind in texts($2)";
    /// Takes the next row that is due, for a time. The outer conditions are asked again under the
    /// row's lock, so that a row goes to one worker.
    CLAIM = "update outbox set claimed_until = $3, attempts = attempts + 1 \
        where id = (select id from outbox \
                where done_at is null and failed_at is null and due_at <= $1 \
                    and (claimed_until is null or claimed_until <= $1) and kind in texts($2) \
                order by due_at limit 1) \
            and done_at is null and failed_at is null \
            and (claimed_until is null or claimed_until <= $1) \
        returning id, kind, payload, attempts";
    /// Done: what it carried (links, addresses) is kept no longer.
    DONE = "update outbox set done_at = $2, claimed_until = null, error = null, payload = $3 \
        where id = $1";
    /// Tried in vain; again later.
    RETRY = "update outbox set due_at = $2, claimed_until = null, error = $3 where id = $1";
    /// Tried in vain too often.
    DEAD = "update outbox set failed_at = $2, claimed_until = null, error = $3 where id = $1";
    /// Tries a dead row again.
    REVIVE = "update outbox set failed_at = null, attempts = 0, due_at = $2 \
        where id = $1 and failed_at is not null";
    /// Tries a row again now, dead or waiting.
    HURRY = "update outbox set failed_at = null, attempts = 0, due_at = $2 where id = $1 and done_at is null";
    /// What failed, the last first.
    FAILED_LIST = "select id, kind, payload, created_at, due_at, attempts, done_at, failed_at, error \
        from outbox where failed_at is not null and done_at is null order by failed_at desc limit $1";
    /// What waits, of a kind, the last first.
    WAITING_LIST = "select id, kind, payload, created_at, due_at, attempts, done_at, failed_at, error \
        from outbox where done_at is null and failed_at is null and kind in texts($1) order by created_at desc limit $2";
    /// What was done last.
    DONE_LIST = "select id, kind, payload, created_at, due_at, attempts, done_at, failed_at, error \
        from outbox where done_at is not null order by done_at desc limit $1";
    /// How much waits, by kind.
    KINDS = "select kind, count(*) as n from outbox where done_at is null and failed_at is null group by kind order by kind";
    /// Whether a row is still to be carried out.
    LIVE = "select count(*) as n from outbox where id = $1 and done_at is null and failed_at is null";
    /// How much waits that is due.
    WAITING = "select count(*) as n from outbox where done_at is null and failed_at is null and due_at <= $1";
    /// How much failed.
    FAILED = "select count(*) as n from outbox where failed_at is not null and done_at is null";
    /// Rows done long ago.
    SWEEP = "delete from outbox where done_at < $1";
}

row! {
    /// How much of a kind waits.
    pub(super) struct KindRow { pub kind: String, pub n: i64 }
}
row! {
    /// When the next row is due.
    pub(super) struct NextRow { pub n: Option<i64> }
}
row! {
    /// A row that a worker took.
    pub(super) struct ClaimedRow { pub id: Uuid, pub kind: String, pub payload: Value, pub attempts: i64 }
}
row! {
    /// A row as administrators see it.
    pub(super) struct ListRow {
        pub id: Uuid, pub kind: String, pub payload: Value, pub created_at: Timestamp,
        pub due_at: Timestamp, pub attempts: i64, pub done_at: Option<Timestamp>,
        pub failed_at: Option<Timestamp>, pub error: Option<String>,
    }
}
