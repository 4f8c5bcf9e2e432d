//! The SQL of forwarding.

use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::{queries, row};

queries! {
    /// A new target.
    ADD_TARGET = "insert into lrs_target (id, name, url, user_name, password, version, query, position, created_at, created_by) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    /// All targets.
    TARGETS = "select t.id, t.name, t.url, t.user_name, t.password, t.version, t.query, t.active, t.position, \
            t.delivered, t.refused, t.delivered_at, t.error, t.error_at, t.job, q.name as query_name \
        from lrs_target t left join lrs_query q on q.id = t.query order by t.name, t.id limit 200";
    /// One target.
    TARGET_ONE = "select t.id, t.name, t.url, t.user_name, t.password, t.version, t.query, t.active, t.position, \
            t.delivered, t.refused, t.delivered_at, t.error, t.error_at, t.job, q.name as query_name \
        from lrs_target t left join lrs_query q on q.id = t.query where t.id = $1";
    /// Targets that nothing is under way for: no row of the outbox, or one that was given up.
    IDLE = "select t.id from lrs_target t where t.active and (t.job is null or not exists (\
            select 1 from outbox o where o.id = t.job and o.done_at is null and o.failed_at is null)) order by t.id";
    /// This row of the outbox delivers for it.
    SET_JOB = "update lrs_target set job = $2 where id = $1";
    /// Nothing is left to deliver.
    END_JOB = "update lrs_target set job = null where id = $1 and job = $2";
    /// Delivered or passed over up to here.
    ADVANCE = "update lrs_target set position = $2, delivered = delivered + $3, refused = refused + $4, \
            delivered_at = $5, error = null, error_at = null where id = $1 and position < $2";
    /// What the last try said.
    NOTE = "update lrs_target set error = $2, error_at = $3 where id = $1";
    /// The other store will never take it.
    ADD_REFUSED = "insert into lrs_refused (target, stored, id, status, reason, at) values ($1, $2, $3, $4, $5, $6) \
        on conflict do nothing";
    /// The last that were refused.
    REFUSED = "select stored, id, status, reason from lrs_refused where target = $1 order by stored desc limit 5";
    /// On, or off.
    SWITCH = "update lrs_target set active = not active where id = $1";
    /// Its refusals go first.
    REMOVE_REFUSED = "delete from lrs_refused where target = $1";
    /// One that is switched off goes.
    REMOVE = "delete from lrs_target where id = $1 and not active";
    /// The time of the last statement there is.
    LAST = "select coalesce(max(stored), 0) as n from lrs_statement";
    /// The data that statements brought.
    DATA = "select stored, sha2, tenant, content_type from lrs_attachment where stored in ints($1)";
}

row! {
    /// A target.
    #[derive(Debug, Clone)]
    pub(in crate::lrs) struct TargetRow {
        pub id: Uuid, pub name: String, pub url: String, pub user_name: String, pub password: String,
        pub version: String, pub query: Option<Uuid>, pub active: bool, pub position: i64,
        pub delivered: i64, pub refused: i64, pub delivered_at: Option<Timestamp>,
        pub error: Option<String>, pub error_at: Option<Timestamp>, pub job: Option<Uuid>,
        pub query_name: Option<String>,
    }
}
row! {
    /// A target's id.
    pub(super) struct IdRow { pub id: Uuid }
}
row! {
    /// A statement that was refused.
    #[derive(Debug)]
    pub(in crate::lrs) struct RefusedRow {
        pub stored: i64, pub id: Uuid, pub status: i64, pub reason: String,
    }
}
row! {
    /// Data of a statement.
    pub(super) struct DataRow { pub stored: i64, pub sha2: String, pub tenant: Uuid, pub content_type: String }
}
