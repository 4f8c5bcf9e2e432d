//! The SQL of moderation.

use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::{queries, row};
use crate::ids::{ReplyId, TopicId};

queries! {
    FLAG = lite "insert into flag (id, topic, reply, person, reason, note, at) \
        select $1, $2, $3, $4, cast($5 as text), cast($6 as text), cast($7 as bigint) \
        where not exists (select 1 from flag f where f.topic = $2 and f.reply is not distinct from $3 \
          and f.person = $4 and f.decided_at is null)",
        pg "insert into flag (id, topic, reply, person, reason, note, at) \
        select cast($1 as uuid), cast($2 as uuid), cast($3 as uuid), cast($4 as uuid), cast($5 as text), cast($6 as text), cast($7 as bigint) \
        where not exists (select 1 from flag f where f.topic = $2 and f.reply is not distinct from $3 \
          and f.person = $4 and f.decided_at is null)";
    /// Flagged posts that are still shown, of all spaces but coalitions' rooms ($1) or these ($2).
    FLAGGED = "select f.topic, f.reply, f.reason, f.note, f.at, w.name as flagged_by, t.title, \
          coalesce(r.body, t.body) as body, a.name as author_name, s.slug as space_slug \
        from flag f join shown_topic t on t.id = f.topic join space s on s.id = t.space \
          left join shown_reply r on r.id = f.reply join person a on a.id = coalesce(r.author, t.author) \
          join person w on w.id = f.person \
        where f.decided_at is null and (f.reply is null or r.id is not null) \
          and (($1 and s.visibility <> 'room') or t.space in uuids($2)) \
        order by f.topic, f.reply, f.at limit 200";
    DECIDE_FLAGS = "update flag set decided_at = $3, decided_by = $4 where topic = $1 and reply is not distinct from $2 and decided_at is null";
    HIDE_REPLY = "update reply set hidden_at = $3, hidden_by = $4, hidden_reason = $5 where id = $1 and topic = $2 and hidden_at is null";
    HIDE_TOPIC = "update topic set hidden_at = $2, hidden_by = $3, hidden_reason = $4 where id = $1 and hidden_at is null";
    RESTORE_REPLY = "update reply set hidden_at = null, hidden_by = null, hidden_reason = null where id = $1";
    RESTORE_TOPIC = "update topic set hidden_at = null, hidden_by = null, hidden_reason = null where id = $1";
    RECOUNT = "update topic set replies = (select count(*) from reply r where r.topic = topic.id and r.hidden_at is null) where id = $1";
    /// A mail is seen by who looks after the outbox: what stands in a room is not named.
    AUTHOR = "select p.email, p.name, p.language, case s.visibility when 'room' then '…' else t.title end as title \
        from topic t join space s on s.id = t.space left join reply r on r.topic = t.id and r.id = $2 \
          join person p on p.id = coalesce(r.author, t.author) where t.id = $1";
    /// The hidden texts of one person, and whether they asked again since.
    HIDDEN = "select t.id as topic, cast(null as uuid) as reply, t.title, t.body, t.hidden_at as at, coalesce(t.hidden_reason, 'other') as reason, \
          (select count(*) from appeal a where a.topic = t.id and a.reply is null and a.at >= t.hidden_at) as appealed \
        from topic t where t.author = $1 and t.hidden_at is not null \
        union all \
        select t.id, r.id, t.title, r.body, r.hidden_at, coalesce(r.hidden_reason, 'other'), \
          (select count(*) from appeal a where a.reply = r.id and a.at >= r.hidden_at) \
        from reply r join topic t on t.id = r.topic where r.author = $1 and r.hidden_at is not null \
        order by at desc";
    /// One of them.
    HIDDEN_POST = "select topic, reply, title, body, at, reason, appealed from ( \
        select t.id as topic, cast(null as uuid) as reply, t.title, t.body, t.hidden_at as at, coalesce(t.hidden_reason, 'other') as reason, \
          (select count(*) from appeal a where a.topic = t.id and a.reply is null and a.at >= t.hidden_at) as appealed \
        from topic t where t.author = $1 and t.hidden_at is not null \
        union all \
        select t.id, r.id, t.title, r.body, r.hidden_at, coalesce(r.hidden_reason, 'other'), \
          (select count(*) from appeal a where a.reply = r.id and a.at >= r.hidden_at) \
        from reply r join topic t on t.id = r.topic where r.author = $1 and r.hidden_at is not null) as mine \
        where topic = $2 and reply is not distinct from $3";
    APPEAL = "insert into appeal (id, topic, reply, person, text, at) values ($1, $2, $3, $4, $5, $6)";
    APPEALS = "select a.id, a.topic, a.reply, a.text, a.at, p.name as author_name, t.title, coalesce(r.body, t.body) as body, \
          coalesce(r.hidden_reason, t.hidden_reason, 'other') as reason \
        from appeal a join topic t on t.id = a.topic join space s on s.id = t.space left join reply r on r.id = a.reply join person p on p.id = a.person \
        where a.decided_at is null and (($1 and s.visibility <> 'room') or t.space in uuids($2)) order by a.at limit 100";
    DECIDE_APPEAL = "update appeal set decided_at = $2, decided_by = $3 where id = $1 and decided_at is null";
}

row! {
    /// A flag and what it is about.
    pub struct FlagRow {
        pub topic: TopicId, pub reply: Option<ReplyId>, pub reason: String, pub note: String,
        pub at: Timestamp, pub flagged_by: String, pub title: String, pub body: String,
        pub author_name: String, pub space_slug: String,
    }
}

row! {
    /// An appeal and what it is about.
    pub struct AppealRow {
        pub id: Uuid, pub topic: TopicId, pub reply: Option<ReplyId>, pub text: String, pub at: Timestamp,
        pub author_name: String, pub title: String, pub body: String, pub reason: String,
    }
}

row! {
    /// A hidden text of its author.
    pub struct HiddenRow {
        pub topic: TopicId, pub reply: Option<ReplyId>, pub title: String, pub body: String,
        pub at: Timestamp, pub reason: String, pub appealed: i64,
    }
}

row! {
    pub(super) struct AuthorRow { pub email: Option<String>, pub name: String, pub language: String, pub title: String }
}
