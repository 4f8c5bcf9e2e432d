//! The SQL of what is handed out at seminars.

use uuid::Uuid;

use crate::db::{queries, row};
use crate::ids::{DocumentId, SeminarId};

queries! {
    /// A document that is not to be seen any more is left out.
    OF_SEMINAR = "select h.id, h.seminar, h.phase, h.audience, h.label, h.file, h.document, f.file_name, f.size \
        from handout h left join kept_file f on f.id = h.file \
        where h.seminar = $1 and (h.document is null or exists (select 1 from shown_document d where d.id = h.document)) \
        order by case h.phase when 'before' then 1 when 'during' then 2 else 3 end, h.added_at, h.id";
    ADD = "insert into handout (id, seminar, phase, audience, label, file, document, added_by, added_at) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    REMOVE = "delete from handout where id = $1 and seminar = $2";
    /// What another seminar hands out too.
    USES = "select count(*) as n from handout where file = $1";
    /// For a seminar that is held again; the files stay one.
    ONE = "select h.id, h.seminar, h.phase, h.audience, h.label, h.file, h.document, f.file_name, f.size \
        from handout h left join kept_file f on f.id = h.file where h.id = $1 and h.seminar = $2";
}

row! {
    /// Something handed out.
    #[derive(Debug, Clone)]
    pub struct HandoutRow {
        pub id: Uuid,
        pub seminar: SeminarId,
        pub phase: String,
        pub audience: String,
        pub label: String,
        pub file: Option<Uuid>,
        pub document: Option<DocumentId>,
        pub file_name: Option<String>,
        pub size: Option<i64>,
    }
}
