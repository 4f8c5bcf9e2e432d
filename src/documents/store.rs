//! The SQL of documents.

use crate::clock::Timestamp;
use crate::db::{queries, row};
use crate::ids::{DocumentId, DocumentVersionId, OrganisationId, PersonId, ReplyId, TopicId};

/// A document as lists and its page read it, with its newest version.
macro_rules! documents {
    ($view:literal, $rest:literal) => {
        concat!(
            "select d.id, d.organisation, n.name as organisation_name, n.slug as organisation_slug, d.author, \
               p.name as author_name, d.kind, d.title, d.summary, d.license, d.language, d.axis, d.region, d.task, d.tags, \
               d.adapted_from, d.topic, d.reply, d.downloads, d.created_at, d.updated_at, d.released_at, d.featured_at, \
               d.hidden_at, v.id as version, v.number, v.object, v.body, v.file_name, v.media_type, v.size \
             from ", $view, " d join document_version v on v.document = d.id \
               and v.number = (select max(w.number) from document_version w where w.document = d.id) \
               join person p on p.id = d.author left join organisation n on n.id = d.organisation ", $rest)
    };
}

queries! {
    /// The toolbox: an empty filter lets everything pass; what is featured first, then the newest.
    LIST = documents!("shown_document", "where (cast($1 as text) = '' or d.folded like $1 escape '!') \
          and (cast($2 as text) = '' or d.kind = $2) and (cast($3 as text) = '' or d.axis = $3) \
          and (cast($4 as text) = '' or d.language = $4) and (cast($5 as text) = '' or d.task = $5) \
        order by case when d.featured_at is null then 1 else 0 end, d.released_at desc, d.id limit $6 offset $7");
    /// The newest of an axis.
    OF_AXIS = documents!("shown_document", "where d.axis = $1 order by d.released_at desc, d.id limit $2");
    /// Those of an organisation.
    OF_ORGANISATION = documents!("shown_document", "where d.organisation = $1 order by d.released_at desc, d.id limit $2");
    /// What others made of it.
    ADAPTATIONS = documents!("shown_document", "where d.adapted_from = $1 order by d.released_at desc, d.id limit 10");
    SHOWN = documents!("shown_document", "where d.id = $1");
    /// Whatever its state: the page decides who may see it.
    ANY = documents!("document", "where d.id = $1");
    /// What waits for an organisation's coordinators.
    WAITING = documents!("document", "where d.organisation in uuids($1) and d.released_at is null and d.hidden_at is null \
        order by d.created_at, d.id limit 50");
    /// The fiche that was made of a reply.
    FICHE_OF = "select id from document where reply = $1";
    /// The fiches of a topic's replies.
    FICHES = "select d.id, d.reply from shown_document d where d.topic = $1 and d.reply is not null";
    ADD = "insert into document (id, organisation, author, kind, title, folded, summary, license, language, axis, region, \
          task, tags, adapted_from, topic, reply, created_at, updated_at, released_at, released_by) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $17, $18, $19) \
        on conflict do nothing";
    ADD_VERSION = "insert into document_version (id, document, number, object, body, file_name, media_type, size, sha256, note, person, at) \
        values ($1, $2, (select coalesce(max(number), 0) + 1 from document_version where document = $2), \
          $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    /// Makes new versions of a document wait for each other.
    TOUCH = "update document set updated_at = $2 where id = $1";
    ADD_PART = "insert into document_part (document, person, part, at) values ($1, $2, $3, $4) on conflict do nothing";
    /// Whose work it is, those who rest left out.
    PARTS = "select a.part, a.at, p.id as person, p.name, \
          (select n.name from membership m join shown_organisation n on n.id = m.organisation \
            where m.person = p.id and m.until_at is null order by m.from_at desc, m.id desc limit 1) as organisation \
        from document_part a join shown_person p on p.id = a.person where a.document = $1 \
        order by case a.part when 'asked' then 1 when 'answered' then 2 when 'wrote' then 2 when 'accepted' then 3 else 4 end, a.at, p.name";
    VERSIONS = "select v.id, v.number, v.object, v.body, v.file_name, v.media_type, v.size, v.sha256, v.note, v.at, p.name as author_name \
        from document_version v left join shown_person p on p.id = v.person where v.document = $1 order by v.number desc";
    VERSION = "select v.id, v.number, v.object, v.body, v.file_name, v.media_type, v.size, v.sha256, v.note, v.at, p.name as author_name \
        from document_version v left join shown_person p on p.id = v.person where v.document = $1 and v.number = $2";
    VERSION_BY_ID = "select v.id, v.number, v.object, v.body, v.file_name, v.media_type, v.size, v.sha256, v.note, v.at, \
        cast(null as text) as author_name from document_version v where v.id = $1";
    KEEP = "insert into kept_file (id, person, object, file_name, media_type, size, sha256, purpose, at) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    KEPT = "select id, person, object, file_name, media_type, size, sha256 from kept_file where id = $1";
    /// A file beside a text, unless its sender is not to be seen.
    KEPT_SHOWN = "select f.id, f.person, f.object, f.file_name, f.media_type, f.size, f.sha256 from kept_file f \
        join shown_person p on p.id = f.person where f.id = $1 and f.purpose = 'post'";
    /// Somebody's last ones.
    KEPT_OF = "select id, person, object, file_name, media_type, size, sha256 from kept_file \
        where person = $1 and purpose = $2 order by at desc, id desc limit 8";
    KEPT_SINCE = "select count(*) as n from kept_file where person = $1 and purpose = $2 and at > $3";
    DROP_KEPT = "delete from kept_file where id = $1";
    RELEASE = "update document set released_at = $2, released_by = $3 where id = $1 and released_at is null";
    WITHDRAW = "update document set released_at = null, released_by = null, featured_at = null where id = $1 and released_at is not null";
    FEATURE = "update document set featured_at = $2, featured_by = $3 where id = $1";
    DOWNLOADED = "update document set downloads = downloads + 1 where id = $1";
    /// An accepted answer with its question, for a fiche.
    ANSWER = "select r.body, r.author, coalesce(r.language, t.language) as language, r.created_at, r.solution_at, r.accepted_by, \
          t.title, t.body as question, t.author as asker, t.tags, t.created_at as asked_at, s.axis, s.visibility \
        from shown_reply r join shown_topic t on t.id = r.topic join space s on s.id = t.space \
        where r.id = $1 and t.id = $2 and r.solution_at is not null";
    /// Whether an organisation is trusted.
    TRUSTED = "select count(*) as n from organisation where id = $1 and trusted_at is not null";
    /// Organisations by their ids.
    NAMES = "select id, name from organisation where id in uuids($1) order by name";
}

row! {
    /// A document and its newest version.
    #[derive(Debug, Clone)]
    pub struct DocumentRow {
        pub id: DocumentId, pub organisation: Option<OrganisationId>, pub organisation_name: Option<String>,
        pub organisation_slug: Option<String>, pub author: PersonId, pub author_name: String, pub kind: String,
        pub title: String, pub summary: String, pub license: String, pub language: String, pub axis: Option<String>,
        pub region: Option<String>, pub task: Option<String>, pub tags: String,
        pub adapted_from: Option<DocumentId>, pub topic: Option<TopicId>, pub reply: Option<ReplyId>,
        pub downloads: i64, pub created_at: Timestamp, pub updated_at: Timestamp,
        pub released_at: Option<Timestamp>, pub featured_at: Option<Timestamp>, pub hidden_at: Option<Timestamp>,
        pub version: DocumentVersionId, pub number: i64, pub object: Option<String>, pub body: Option<String>,
        pub file_name: String, pub media_type: String, pub size: i64,
    }
}

row! {
    /// A version.
    #[derive(Debug, Clone)]
    pub struct VersionRow {
        pub id: DocumentVersionId, pub number: i64, pub object: Option<String>, pub body: Option<String>,
        pub file_name: String, pub media_type: String, pub size: i64, pub sha256: String, pub note: String,
        pub at: Timestamp, pub author_name: Option<String>,
    }
}

row! {
    /// Somebody's part in a document.
    pub struct PartRow {
        pub part: String, pub at: Timestamp, pub person: PersonId, pub name: String, pub organisation: Option<String>,
    }
}

row! {
    pub(super) struct FicheRow { pub id: DocumentId, pub reply: ReplyId }
}

row! {
    pub(super) struct IdRow { pub id: DocumentId }
}

row! {
    pub(super) struct NameRow { pub id: OrganisationId, pub name: String }
}

row! {
    pub(super) struct AnswerRow {
        pub body: String, pub author: PersonId, pub language: String, pub created_at: Timestamp,
        pub solution_at: Timestamp, pub accepted_by: Option<PersonId>, pub title: String, pub question: String,
        pub asker: PersonId, pub tags: String, pub asked_at: Timestamp, pub axis: Option<String>,
        pub visibility: String,
    }
}

row! {
    /// A file that is no document of the toolbox.
    #[derive(Debug, Clone)]
    pub struct KeptRow {
        pub id: uuid::Uuid, pub person: PersonId, pub object: String, pub file_name: String,
        pub media_type: String, pub size: i64, pub sha256: String,
    }
}
