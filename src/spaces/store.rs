//! The SQL of spaces.

use crate::clock::Timestamp;
use crate::db::{queries, row};
use crate::ids::{PersonId, ReplyId, SpaceId, TopicId};

/// A topic as lists and its page read it, from one of the views that say what may be seen.
macro_rules! topics {
    ($view:literal, $rest:literal) => {
        concat!(
            "select t.id, t.space, s.slug as space_slug, t.author, p.name as author_name, t.kind, t.title, t.body, \
               t.language, t.created_at, t.active_at, t.tags, t.pinned_at, t.closed_at, t.edited_at, \
               (select count(*) from shown_reply r where r.topic = t.id) as replies, \
               (select count(*) from shown_reply r where r.topic = t.id and r.solution_at is not null) as solved, \
               (select count(*) from me_too w where w.topic = t.id) as asked_too, \
               (select n.name from membership m join shown_organisation n on n.id = m.organisation \
                 where m.person = t.author and m.until_at is null order by m.from_at desc, m.id desc limit 1) as organisation, \
               (select o.slug from module o where o.id = t.module and o.published_at is not null) as module_slug, \
               (select o.title from module o where o.id = t.module and o.published_at is not null) as module_title, \
               (select e.slug from seminar e where e.id = t.seminar) as seminar_slug, \
               (select e.title from seminar e where e.id = t.seminar) as seminar_title \
             from ", $view, " t join space s on s.id = t.space join person p on p.id = t.author ", $rest)
    };
}

/// A space, with what a card says of it.
macro_rules! spaces {
    ($rest:literal) => {
        concat!(
            "select s.id, s.slug, s.axis, s.title_fr, s.title_ar, s.title_en, s.about_fr, s.about_ar, s.about_en, \
               s.visibility, s.languages, \
               (select coalesce(r.closed_at, r.ends_at) from room r where r.space = s.id) as archived_at, \
               (select count(*) from shown_topic t where t.space = s.id) as topics, \
               (select count(*) from shown_topic t where t.space = s.id \
                 and t.kind = 'question' and t.replies = 0) as unanswered \
             from space s ", $rest)
    };
}

queries! {
    /// All but the rooms of coalitions, which nobody else knows of.
    SPACES = spaces!("left join axis x on x.slug = s.axis where s.visibility <> 'room' \
        order by x.slug is null, x.position, s.created_at, s.slug");
    SPACE_BY_SLUG = spaces!("where s.slug = $1");
    OPEN = "insert into space (id, slug, axis, title_fr, title_ar, title_en, about_fr, about_ar, about_en, created_at, visibility) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    /// Whether a topic stands in a coalition's room.
    IN_ROOM = "select count(*) as n from topic t join space s on s.id = t.space where t.id = $1 and s.visibility = 'room'";
    DESCRIBE = "update space set title_fr = $2, title_ar = $3, title_en = $4, about_fr = $5, \
        about_ar = $6, about_en = $7 where axis = $1";
    START = "insert into topic (id, space, author, kind, title, body, language, module, seminar, tags, created_at, updated_at, active_at) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, $11)";
    COUNT_REPLY = "update topic set replies = replies + 1, active_at = $2 where id = $1 \
        and hidden_at is null and closed_at is null and merged_into is null";
    REPLY = "insert into reply (id, topic, author, body, language, quote_of, created_at, updated_at) \
        values ($1, $2, $3, $4, $5, $6, $7, $7)";
    /// The topics of a space, those shown there from another space included; what is pinned first.
    /// `$2` keeps the questions that are `waiting` (nobody answered), `open` (no solution) or
    /// `solved`; `$3` those with a tag.
    TOPICS = topics!("shown_topic", "where (t.space = $1 or exists (select 1 from topic_elsewhere x where x.topic = t.id and x.space = $1)) \
          and (cast($2 as text) is null or t.kind = 'question' and case $2 \
            when 'waiting' then not exists (select 1 from shown_reply r where r.topic = t.id) \
            when 'open' then not exists (select 1 from shown_reply r where r.topic = t.id and r.solution_at is not null) \
            else exists (select 1 from shown_reply r where r.topic = t.id and r.solution_at is not null) end) \
          and (cast($3 as text) is null or t.tags like $3 escape '!') \
        order by case when t.pinned_at is null then 1 else 0 end, t.active_at desc, t.id desc limit $4 offset $5");
    TOPIC = topics!("shown_topic", "where t.space = $1 and t.id = $2");
    TOPIC_BY_ID = topics!("shown_topic", "where t.id = $1");
    /// Where a topic that was moved or merged stands now.
    MOVED = "select coalesce(m.id, t.id) as id, s.slug from topic t left join topic m on m.id = t.merged_into \
        join space s on s.id = coalesce(m.space, t.space) where t.id = $1 and t.hidden_at is null";
    /// The space of a topic.
    SPACE_OF = "select space as id from shown_topic where id = $1";
    SPACE_BY_ID = spaces!("where s.id = $1");
    /// Where a topic that anybody may read stands.
    PLACE = "select t.id, s.slug from open_topic t join space s on s.id = t.space where t.id = $1";
    OF_MODULE = topics!("open_topic", "where t.module = $1 order by t.active_at desc, t.id desc limit 20");
    OF_SEMINAR = topics!("open_topic", "where t.seminar = $1 order by t.active_at desc, t.id desc limit 20");
    LATEST = topics!("open_topic", "order by t.active_at desc, t.id desc limit $1");
    REPLIES = "select r.id, r.author, p.name as author_name, r.body, r.language, r.created_at, r.edited_at, r.solution_at, \
          r.quote_of, a.name as accepted_by, \
          (select n.name from membership m join shown_organisation n on n.id = m.organisation \
            where m.person = r.author and m.until_at is null order by m.from_at desc, m.id desc limit 1) as organisation \
        from shown_reply r join person p on p.id = r.author left join shown_person a on a.id = r.accepted_by \
        where r.topic = $1 order by r.created_at, r.id";
    MODULE_BY_SLUG = "select id, slug, title from module where slug = $1 and published_at is not null";
    SEMINAR_BY_SLUG = "select id, slug, title from seminar where slug = $1 and cancelled_at is null";
}

row! {
    /// A space.
    #[derive(Debug, Clone)]
    pub struct SpaceRow {
        pub id: SpaceId, pub slug: String, pub axis: Option<String>,
        pub title_fr: String, pub title_ar: String, pub title_en: String,
        pub about_fr: String, pub about_ar: String, pub about_en: String,
        pub visibility: String, pub languages: String, pub archived_at: Option<Timestamp>,
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
        pub created_at: Timestamp, pub active_at: Timestamp, pub tags: String,
        pub pinned_at: Option<Timestamp>, pub closed_at: Option<Timestamp>, pub edited_at: Option<Timestamp>,
        pub replies: i64, pub solved: i64, pub asked_too: i64,
        pub module_slug: Option<String>, pub module_title: Option<String>,
        pub seminar_slug: Option<String>, pub seminar_title: Option<String>,
    }
}

row! {
    /// A reply.
    #[derive(Debug, Clone)]
    pub struct ReplyRow {
        pub id: ReplyId, pub author: PersonId, pub author_name: String, pub organisation: Option<String>,
        pub body: String, pub language: Option<String>, pub created_at: Timestamp,
        pub edited_at: Option<Timestamp>, pub solution_at: Option<Timestamp>,
        pub quote_of: Option<uuid::Uuid>, pub accepted_by: Option<String>,
    }
}

row! {
    /// A published module that a topic may be about.
    pub(super) struct ModuleRow { pub id: crate::ids::ModuleId, pub slug: String, pub title: String }
}

row! {
    /// A seminar that a topic may be about.
    pub(super) struct SeminarRow { pub id: crate::ids::SeminarId, pub slug: String, pub title: String }
}

row! {
    pub(super) struct SpaceIdRow { pub id: SpaceId }
}

row! {
    /// Where a topic stands now.
    pub(super) struct MovedRow { pub id: TopicId, pub slug: String }
}
