//! The SQL of accompaniment.

use crate::clock::Timestamp;
use crate::db::{queries, row};
use uuid::Uuid;

queries! {
    NOTE = "insert into accompaniment (id, organisation, kind, held_at, body, next_step, due_at, made_by, made_at) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    NOTES = "select a.id, a.kind, a.held_at, a.body, a.next_step, a.due_at, a.done_at, p.name as made_by \
        from accompaniment a join person p on p.id = a.made_by \
        where a.organisation = $1 order by a.held_at desc, a.id desc limit 200";
    DONE = "update accompaniment set done_at = $3 \
        where id = $1 and organisation = $2 and done_at is null and next_step <> ''";
}

row! {
    /// A visit or a piece of advice.
    #[derive(Debug, Clone)]
    pub struct NoteRow {
        pub id: Uuid,
        pub kind: String,
        pub held_at: Timestamp,
        pub body: String,
        pub next_step: String,
        pub due_at: Option<Timestamp>,
        pub done_at: Option<Timestamp>,
        pub made_by: String,
    }
}
