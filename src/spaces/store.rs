//! The SQL of spaces.

use crate::clock::Timestamp;
use crate::db::{queries, row};
use crate::ids::{PersonId, ReplyId, SpaceId, TopicId};

queries! {
    SPACES = "select s.id, s.slug, s.axis, s.title_fr, s.title_ar, s.title_en, s.about_fr, s.about_ar, s.about_en, \
          (select count(*) from topic t where t.space = s.id and t.hidden_at is null) as topics, \
          (select count(*) from topic t where t.space = s.id and t.hidden_at is null \
            and t.kind = 'question' and t.replies = 0) as unanswered \
        from space s left join axis x on x.slug = s.axis \
        order by x.slug is null, x.position, s.created_at, s.slug";
    SPACE_BY_SLUG = "select s.id, s.slug, s.axis, s.title_fr, s.title_ar, s.title_en, s.about_fr, s.about_ar, s.about_en, \
          (select count(*) from topic t where t.space = s.id and t.hidden_at is null) as topics, \
          (select count(*) from topic t where t.space = s.id and t.hidden_at is null \
            and t.kind = 'question' and t.replies = 0) as unanswered \
        from space s where s.slug = $1";
    OPEN = "insert into space (id, slug, axis, title_fr, title_ar, title_en, about_fr, about_ar, about_en, created_at) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    DESCRIBE = "update space set title_fr = $2, title_ar = $3, title_en = $4, about_fr = $5, \
        about_ar = $6, about_en = $7 where axis = $1";
    START = "insert into topic (id, space, author, kind, title, body, language, module, seminar, created_at, updated_at, active_at) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $10)";
    COUNT_REPLY = "update topic set replies = replies + 1, active_at = $2 where id = $1 and hidden_at is null";
    UNCOUNT_REPLY = "update topic set replies = replies - 1 where id = $1";
    REPLY = "insert into reply (id, topic, author, body, created_at, updated_at) values ($1, $2, $3, $4, $5, $5)";
    ACCEPT = "update reply set solution_at = $3 where id = $1 and topic = $2 and hidden_at is null";
    HIDE_REPLY = "update reply set hidden_at = $3 where id = $1 and topic = $2 and hidden_at is null";
    HIDE_TOPIC = "update topic set hidden_at = $2 where id = $1 and hidden_at is null";
    TOPICS = "select t.id, t.space, s.slug as space_slug, t.author, p.name as author_name, t.kind, t.title, t.body, \
          t.language, t.created_at, t.active_at, t.replies, \
          (select count(*) from reply r where r.topic = t.id and r.solution_at is not null and r.hidden_at is null) as solved, \
          (select n.name from membership m join organisation n on n.id = m.organisation \
            where m.person = t.author and m.until_at is null order by m.from_at desc, m.id desc limit 1) as organisation, \
          (select o.slug from module o where o.id = t.module and o.published_at is not null) as module_slug, \
          (select o.title from module o where o.id = t.module and o.published_at is not null) as module_title \
        from topic t join space s on s.id = t.space join person p on p.id = t.author \
        where t.space = $1 and t.hidden_at is null \
          and (cast($2 as text) is null or t.kind = 'question' and t.replies = 0) \
        order by t.active_at desc, t.id desc limit $3 offset $4";
    TOPIC = "select t.id, t.space, s.slug as space_slug, t.author, p.name as author_name, t.kind, t.title, t.body, \
          t.language, t.created_at, t.active_at, t.replies, \
          (select count(*) from reply r where r.topic = t.id and r.solution_at is not null and r.hidden_at is null) as solved, \
          (select n.name from membership m join organisation n on n.id = m.organisation \
            where m.person = t.author and m.until_at is null order by m.from_at desc, m.id desc limit 1) as organisation, \
          (select o.slug from module o where o.id = t.module and o.published_at is not null) as module_slug, \
          (select o.title from module o where o.id = t.module and o.published_at is not null) as module_title \
        from topic t join space s on s.id = t.space join person p on p.id = t.author \
        where t.space = $1 and t.id = $2 and t.hidden_at is null";
    OF_MODULE = "select t.id, t.space, s.slug as space_slug, t.author, p.name as author_name, t.kind, t.title, t.body, \
          t.language, t.created_at, t.active_at, t.replies, \
          (select count(*) from reply r where r.topic = t.id and r.solution_at is not null and r.hidden_at is null) as solved, \
          cast(null as text) as organisation, cast(null as text) as module_slug, cast(null as text) as module_title \
        from topic t join space s on s.id = t.space join person p on p.id = t.author \
        where t.module = $1 and t.hidden_at is null order by t.active_at desc, t.id desc limit 20";
    LATEST = "select t.id, t.space, s.slug as space_slug, t.author, p.name as author_name, t.kind, t.title, t.body, \
          t.language, t.created_at, t.active_at, t.replies, \
          (select count(*) from reply r where r.topic = t.id and r.solution_at is not null and r.hidden_at is null) as solved, \
          cast(null as text) as organisation, cast(null as text) as module_slug, cast(null as text) as module_title \
        from topic t join space s on s.id = t.space join person p on p.id = t.author \
        where t.hidden_at is null order by t.active_at desc, t.id desc limit $1";
    REPLIES = "select r.id, r.author, p.name as author_name, r.body, r.created_at, r.solution_at, \
          (select n.name from membership m join organisation n on n.id = m.organisation \
            where m.person = r.author and m.until_at is null order by m.from_at desc, m.id desc limit 1) as organisation \
        from reply r join person p on p.id = r.author \
        where r.topic = $1 and r.hidden_at is null order by r.created_at, r.id";
    MODULE_BY_SLUG = "select id, slug, title from module where slug = $1 and published_at is not null";
    /// Topics and replies of one person since a moment: what the limit for writers counts.
    WRITTEN_SINCE = "select (select count(*) from topic where author = $1 and created_at > $2) \
        + (select count(*) from reply where author = $1 and created_at > $2) as n";
}

row! {
    /// A space.
    #[derive(Debug, Clone)]
    pub struct SpaceRow {
        pub id: SpaceId, pub slug: String, pub axis: Option<String>,
        pub title_fr: String, pub title_ar: String, pub title_en: String,
        pub about_fr: String, pub about_ar: String, pub about_en: String,
        pub topics: i64, pub unanswered: i64,
    }
}

row! {
    /// A topic.
    #[derive(Debug, Clone)]
    pub struct TopicRow {
        pub id: TopicId, pub space: SpaceId, pub space_slug: String,
        pub author: PersonId, pub author_name: String, pub organisation: Option<String>,
        pub kind: String, pub title: String, pub body: String, pub language: String,
        pub created_at: Timestamp, pub active_at: Timestamp, pub replies: i64, pub solved: i64,
        pub module_slug: Option<String>, pub module_title: Option<String>,
    }
}

row! {
    /// A reply.
    #[derive(Debug, Clone)]
    pub struct ReplyRow {
        pub id: ReplyId, pub author: PersonId, pub author_name: String, pub organisation: Option<String>,
        pub body: String, pub created_at: Timestamp, pub solution_at: Option<Timestamp>,
    }
}

row! {
    /// A published module that a topic may be about.
    pub(super) struct ModuleRow { pub id: crate::ids::ModuleId, pub slug: String, pub title: String }
}
