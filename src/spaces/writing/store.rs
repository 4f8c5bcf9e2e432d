//! The SQL of writing together.

use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::{queries, row};
use crate::ids::{PersonId, ReplyId, SpaceId};

queries! {
    NAMES = "select id, name from shown_person where id in uuids($1)";
    PARTICIPANTS = "select p.id, p.name from shown_person p where p.id in (select t.author from topic t where t.id = $1 \
        union select r.author from reply r where r.topic = $1 and r.hidden_at is null)";
    TOPIC_TEXT = "select t.author, t.title, t.body, t.language, t.tags from shown_topic t where t.id = $1";
    REPLY_TEXT = "select r.author, cast(null as text) as title, r.body, coalesce(r.language, 'fr') as language, '' as tags \
        from shown_reply r where r.topic = $1 and r.id = $2";
    KEEP_TOPIC = lite "insert into post_version (id, post, title, body, language, changed_by, at) \
        select $1, t.id, t.title, t.body, t.language, $3, cast($4 as bigint) from topic t where t.id = $2",
        pg "insert into post_version (id, post, title, body, language, changed_by, at) \
        select cast($1 as uuid), t.id, t.title, t.body, t.language, cast($3 as uuid), cast($4 as bigint) from topic t where t.id = $2";
    KEEP_REPLY = lite "insert into post_version (id, post, title, body, language, changed_by, at) \
        select $1, r.id, null, r.body, r.language, $3, cast($4 as bigint) from reply r where r.id = $2",
        pg "insert into post_version (id, post, title, body, language, changed_by, at) \
        select cast($1 as uuid), r.id, null, r.body, r.language, cast($3 as uuid), cast($4 as bigint) from reply r where r.id = $2";
    EDIT_TOPIC = "update topic set title = $2, body = $3, language = $4, tags = $5, edited_at = $6, updated_at = $6 where id = $1";
    EDIT_REPLY = "update reply set body = $3, language = $4, edited_at = $5, updated_at = $5 where id = $1 and topic = $2";
    VERSIONS = "select title, body, language, at from post_version where post = $1 order by at desc, id desc limit 50";
    REACT = "insert into reaction (post, person, kind, at) values ($1, $2, $3, $4) on conflict do nothing";
    UNREACT = "delete from reaction where post = $1 and person = $2 and kind = $3";
    REACTED = "select post, kind, count(*) as n, count(case when person = $2 then 1 end) as mine \
        from reaction where post in uuids($1) group by post, kind";
    DRAFT = "select title, body from draft where person = $1 and place = $2";
    KEEP_DRAFT = "insert into draft (person, place, title, body, at) values ($1, $2, $3, $4, $5) \
        on conflict (person, place) do update set title = excluded.title, body = excluded.body, at = excluded.at";
    DROP_DRAFT = "delete from draft where person = $1 and place = $2";
    PIN = "update topic set pinned_at = $2 where id = $1";
    CLOSE = "update topic set closed_at = $2 where id = $1";
    MOVE = "update topic set space = $2 where id = $1";
    SHOW_IN = lite "insert into topic_elsewhere (topic, space, at) select t.id, $2, cast($3 as bigint) from topic t \
        where t.id = $1 and t.space <> $2 on conflict do nothing",
        pg "insert into topic_elsewhere (topic, space, at) select t.id, cast($2 as uuid), cast($3 as bigint) from topic t \
        where t.id = $1 and t.space <> $2 on conflict do nothing";
    UNSHOW = "delete from topic_elsewhere where topic = $1";
    UNSHOW_IN = "delete from topic_elsewhere where topic = $1 and space = $2";
    SHOWN_IN = "select space from topic_elsewhere where topic = $1";
    /// Only into another topic that is there to be read, and is not itself merged.
    MERGE = "update topic set merged_into = $2 where id = $1 and id <> $2 and merged_into is null \
        and exists (select 1 from topic o where o.id = $2 and o.hidden_at is null and o.merged_into is null)";
    /// The topic's own text goes on as a reply.
    MERGE_TEXT = lite "insert into reply (id, topic, author, body, language, created_at, updated_at) \
        select $3, $2, t.author, t.body, t.language, t.created_at, t.updated_at from topic t where t.id = $1",
        pg "insert into reply (id, topic, author, body, language, created_at, updated_at) \
        select cast($3 as uuid), cast($2 as uuid), t.author, t.body, t.language, t.created_at, t.updated_at from topic t where t.id = $1";
    MERGE_REPLIES = "update reply set topic = $2 where topic = $1";
    MERGE_TOO = lite "insert into me_too (topic, person, at) select $2, w.person, w.at from me_too w where w.topic = $1 on conflict do nothing",
        pg "insert into me_too (topic, person, at) select cast($2 as uuid), w.person, w.at from me_too w where w.topic = $1 on conflict do nothing";
    MERGE_FICHES = "update document set topic = $2 where topic = $1";
    RECOUNT = "update topic set replies = (select count(*) from reply r where r.topic = topic.id and r.hidden_at is null) where id = $1";
    /// The earliest of some replies of a topic, and how many of them are fiches' answers.
    FIRST = "select r.id, (select count(*) from document d where d.reply in uuids($1)) as fiches \
        from reply r where r.id in uuids($1) and r.topic = $2 and r.hidden_at is null order by r.created_at, r.id limit 1";
    SPLIT = lite "insert into topic (id, space, author, kind, title, body, language, created_at, updated_at, active_at) \
        select $1, t.space, r.author, t.kind, cast($2 as text), r.body, coalesce(r.language, t.language), \
          r.created_at, r.updated_at, t.active_at from reply r join topic t on t.id = r.topic where r.id = $3",
        pg "insert into topic (id, space, author, kind, title, body, language, created_at, updated_at, active_at) \
        select cast($1 as uuid), t.space, r.author, t.kind, cast($2 as text), r.body, coalesce(r.language, t.language), \
          r.created_at, r.updated_at, t.active_at from reply r join topic t on t.id = r.topic where r.id = $3";
    SPLIT_REPLIES = "update reply set topic = $3, solution_at = null, accepted_by = null where id in uuids($1) and topic = $2 and id <> $4";
    DROP_FLAGS = "delete from flag where reply = $1";
    DROP_APPEALS = "delete from appeal where reply = $1";
    DROP_REPLY = "delete from reply where id = $1";
}

row! {
    pub(super) struct NameRow { pub id: PersonId, pub name: String }
}

row! {
    /// The text of a post.
    pub struct TextRow {
        pub author: PersonId, pub title: Option<String>, pub body: String, pub language: String,
        pub tags: String,
    }
}

row! {
    /// What a post said before.
    pub struct VersionRow {
        pub title: Option<String>, pub body: String, pub language: Option<String>, pub at: Timestamp,
    }
}

row! {
    pub(super) struct ReactionRow { pub post: Uuid, pub kind: String, pub n: i64, pub mine: i64 }
}

row! {
    /// A text begun.
    pub struct DraftRow { pub title: String, pub body: String }
}

row! {
    pub(super) struct FirstRow { pub id: ReplyId, pub fiches: i64 }
}

row! {
    pub(super) struct SpaceIdRow { pub space: SpaceId }
}
