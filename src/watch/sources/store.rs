//! The SQL of feeds of others.

use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::{queries, row};

queries! {
    SOURCES = "select id, address, title, axis, language, automatic, fetched_at, failures, error, stopped_at, round, etag, modified \
        from source order by title, id";
    SOURCE = "select id, address, title, axis, language, automatic, fetched_at, failures, error, stopped_at, round, etag, modified \
        from source where id = $1";
    ADD = "insert into source (id, address, title, axis, language, automatic, added_by, added_at) \
        values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (address) do nothing";
    AUTOMATIC = "update source set automatic = $2 where id = $1";
    STOP = "update source set stopped_at = $2 where id = $1 and stopped_at is null";
    START = "update source set stopped_at = null, failures = 0, error = null, round = round + 1 \
        where id = $1 and stopped_at is not null returning round as n";
    FETCHED = "update source set fetched_at = $2, failures = 0, error = null, etag = $3, modified = $4 where id = $1";
    FAILED = "update source set failures = $2, error = $3, stopped_at = $4 where id = $1";
    /// What came; each thing once.
    ENTRY = "insert into source_entry (id, source, guid, link, title, summary, published_at, seen_at, state, decided_at) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing";
    /// What waits for a choice, latest first.
    WAITING = "select e.id, e.link, e.title, e.summary, e.published_at, s.title as source_title, s.axis, s.language \
        from source_entry e join source s on s.id = e.source where e.state = 'waiting' order by e.published_at desc, e.id limit 100";
    WAITING_ONE = "select e.id, e.link, e.title, e.summary, e.published_at, s.title as source_title, s.axis, s.language \
        from source_entry e join source s on s.id = e.source where e.id = $1 and e.state = 'waiting'";
    DECIDE = "update source_entry set state = $2, decided_by = $3, decided_at = $4 where id = $1 and state = 'waiting'";
    SHOWN_LINK = "select link from source_entry where id = $1 and state = 'shown'";
}

row! {
    /// A feed of others.
    #[derive(Debug, Clone)]
    pub struct SourceRow {
        pub id: Uuid, pub address: String, pub title: String, pub axis: Option<String>, pub language: String,
        pub automatic: i64, pub fetched_at: Option<Timestamp>, pub failures: i64, pub error: Option<String>,
        pub stopped_at: Option<Timestamp>, pub round: i64, pub etag: Option<String>, pub modified: Option<String>,
    }
}
row! {
    /// Something that came.
    #[derive(Debug, Clone)]
    pub struct EntryRow {
        pub id: Uuid, pub link: String, pub title: String, pub summary: String, pub published_at: Timestamp,
        pub source_title: String, pub axis: Option<String>, pub language: String,
    }
}
row! {
    pub(super) struct LinkRow { pub link: String }
}
