//! The SQL of following: who follows what, and the log of what happened.

use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::{queries, row};
use crate::ids::PersonId;

queries! {
    /// Follows, or changes how; what was turned off is on again.
    FOLLOW = "insert into follow (id, person, subject, cadence, reason, at) values ($1, $2, $3, $4, 'chosen', $5) \
        on conflict (person, subject) do update set cadence = excluded.cadence, ended_at = null, \
          at = case when follow.ended_at is null then follow.at else excluded.at end";
    /// Follows because of something the person did, unless they follow it or turned it off.
    FOLLOW_BECAUSE = "insert into follow (id, person, subject, cadence, reason, at) values ($1, $2, $3, $4, $5, $6) \
        on conflict do nothing";
    UNFOLLOW = "update follow set ended_at = $3 where person = $1 and subject = $2 and ended_at is null";
    /// What somebody follows.
    OF_PERSON = "select id, subject, cadence, reason, at from follow where person = $1 and ended_at is null \
        order by at desc, subject limit 500";
    /// How somebody follows one thing.
    ONE = "select id, subject, cadence, reason, at from follow where person = $1 and subject = $2 and ended_at is null";
    BY_ID = "select id, subject, cadence, reason, at from follow where id = $1 and ended_at is null";
    /// How many follow it.
    COUNT = "select count(*) as n from follow where person = $1 and ended_at is null";
    /// No more mail for one thing; it is still followed in the page.
    QUIET = "update follow set cadence = 'none' where id = $1 and person = $2";
    /// No more mail of one cadence.
    QUIET_ALL = "update follow set cadence = 'none' where person = $1 and cadence in texts($2)";
    /// Who follows any of these, and did already at a moment.
    FOLLOWERS = "select person, subject, reason, cadence from follow where subject in texts($1) and ended_at is null \
        and at <= $2";
    /// The saved views of the watch.
    VIEWS = "select distinct subject from follow where subject like 'watch:%' and ended_at is null";

    /// Something happened; once.
    NOTE = "insert into notice (id, at, kind, actor, topic, reply, module, seminar, document, entry, party) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (id) do nothing";

    /// A coalition's room has a name for those who read it.
    NAME_SPACES = "select s.id, s.slug, case $3 when 'ar' then s.title_ar when 'en' then s.title_en else s.title_fr end as label \
        from space s where s.id in uuids($1) and (s.visibility <> 'room' \
          or exists (select 1 from space_reader i where i.space = s.id and i.person = $2))";
    NAME_ORGANISATIONS = "select id, slug, name as label from shown_organisation where id in uuids($1)";
    /// Those who let themselves be found, and those whose writing everybody reads.
    NAME_PEOPLE = "select p.id, case when exists (select 1 from shown_people s where s.person = p.id and s.shown_to = 'accounts') \
          then 'people' else '' end as slug, p.name as label \
        from shown_person p where p.id in uuids($1) and p.state = 'active' \
          and (exists (select 1 from shown_people s where s.person = p.id and s.shown_to = 'accounts') \
            or exists (select 1 from open_topic t where t.author = p.id))";
    NAME_MODULES = "select id, slug, title as label from module where id in uuids($1) and published_at is not null";
    NAME_SEMINARS = "select id, slug, title as label from seminar where id in uuids($1)";
    NAME_TOPICS = "select t.id, c.slug, t.title as label from shown_topic t join space c on c.id = t.space where t.id in uuids($1) \
          and (c.visibility <> 'room' or exists (select 1 from space_reader i where i.space = c.id and i.person = $2))";
}

row! {
    /// How somebody follows something.
    #[derive(Debug, Clone)]
    pub struct FollowRow {
        pub id: Uuid, pub subject: String, pub cadence: String, pub reason: String, pub at: Timestamp,
    }
}
row! {
    /// Somebody who follows something.
    #[derive(Debug, Clone)]
    pub struct FollowerRow {
        pub person: PersonId, pub subject: String, pub reason: String, pub cadence: String,
    }
}
row! {
    pub(super) struct SubjectRow { pub subject: String }
}
row! {
    pub(super) struct NameRow { pub id: Uuid, pub slug: String, pub label: String }
}
