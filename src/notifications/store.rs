//! The SQL of notifications.

use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::{queries, row};
use crate::ids::{
    DocumentId, ModuleId, OrganisationId, PersonId, ReplyId, SeminarId, SpaceId, TopicId,
};

/// That a person (`$p`, a column or parameter) may read where a notice stands, at a moment.
macro_rules! readable {
    ($person:literal, $now:literal) => {
        concat!(
            "(n.visibility in ('public', 'members') \
              or exists (select 1 from space_reader i where i.space = n.place and i.person = ", $person, ") \
              or n.visibility = 'asked' and exists (select 1 from room_party q join membership m on m.organisation = q.organisation \
                where q.id = n.party and m.person = ", $person, " and m.role = 'coordinator' and m.until_at is null) \
              or n.visibility = 'asked' and exists (select 1 from room_party q join space_reader i on i.space = q.room \
                where q.id = n.party and q.state = 'in' and i.person = ", $person, ") \
              or n.visibility = 'invitation' and exists (select 1 from role_grant g where g.person = ", $person, " and g.from_at <= ", $now, " \
                and (g.until_at is null or g.until_at > ", $now, ") \
                and (g.role in ('admin', 'regional') or (g.role = 'animator' and g.space = n.place))))"
        )
    };
}

/// A notification as it is shown and written in mails.
macro_rules! told {
    ($rest:literal) => {
        concat!(
            "select x.id, x.why, x.subject, x.at, x.read_at, n.kind, n.topic, n.reply, n.document, n.entry, n.place_slug, n.slug, n.visibility, \
               n.heading, n.language, a.name as actor_name, n.actor \
             from notification x join shown_notice n on n.id = x.notice left join shown_person a on a.id = n.actor \
             where x.person = $1 and ", readable!("x.person", "$2"), " ", $rest)
    };
}

queries! {
    /// What happened, with all that somebody may follow it by.
    FACTS = "select n.id, n.at, n.kind, n.actor, n.topic, n.module, n.seminar, \
          n.heading, n.language, n.axis, n.tags, n.visibility, r.author as answered_by, t.module as about_module, \
          t.seminar as about_seminar, coalesce(d.organisation, m.organisation) as organisation \
        from shown_notice n left join reply r on r.id = n.reply left join shown_topic t on t.id = n.topic \
          left join shown_document d on d.id = n.document left join module m on m.id = n.module \
        where n.id = $1";
    /// The spaces in which it stands: a topic's own and those that show it too, else that of the axis.
    PLACES = "select c.id from shown_notice n join space c on c.id = n.place \
          or (n.topic is null and c.axis = n.axis and c.visibility <> 'room') \
          or exists (select 1 from topic_elsewhere e where e.topic = n.topic and e.space = c.id) \
        where n.id = $1";
    /// The organisations of whoever did it.
    OSCS = "select m.organisation as id from membership m join shown_organisation o on o.id = m.organisation \
        where m.person = $1 and m.until_at is null";
    /// Of these people, who may be told, and how they want it.
    ALLOWED = concat!("select p.id, coalesce(s.direct, 'instant') as direct, coalesce(s.hour, 7) as hour, \
          coalesce(s.weekday, 1) as weekday \
        from person p join shown_notice n on n.id = $1 left join notification_setting s on s.person = p.id \
        where p.id in uuids($2) and p.state = 'active' and ", readable!("p.id", "$3"));
    /// One person is told one thing once. The id is made of both, so either key may be the one that is met.
    TELL = "insert into notification (id, person, notice, why, subject, at, letter) values ($1, $2, $3, $4, $5, $6, $7) \
        on conflict do nothing";

    /// The page, latest first, before a moment.
    LIST = told!("and x.at < $3 order by x.at desc, x.id desc limit $4");
    ONE = told!("and x.id = $3");
    /// What a mail holds: what was not read in the page, and is still wanted by mail.
    LETTER = told!("and x.letter = $3 and x.read_at is null \
          and case when x.subject is null then not exists (select 1 from notification_setting s \
                where s.person = x.person and s.direct = 'none') \
            else exists (select 1 from follow f where f.person = x.person and f.subject = x.subject \
                and f.ended_at is null and f.cadence <> 'none') end \
        order by x.at, x.id limit 101");
    READ = "update notification set read_at = $3 where person = $1 and id = $2 and read_at is null";
    /// All up to a moment: what came after the page was shown stays unread.
    READ_ALL = "update notification set read_at = $2 where person = $1 and read_at is null and at <= $3";

    /// Whom to write to.
    TO = "select coalesce(email, '') as email, name, language from person where id = $1 and state = 'active' and email is not null";
    SETTINGS = "select direct, hour, weekday, feed from notification_setting where person = $1";
    SET = "insert into notification_setting (person, direct, hour, weekday) values ($1, $2, $3, $4) \
        on conflict (person) do update set direct = excluded.direct, hour = excluded.hour, weekday = excluded.weekday";
    QUIET_DIRECT = "insert into notification_setting (person, direct, hour, weekday) values ($1, 'none', 7, 1) \
        on conflict (person) do update set direct = 'none'";
    QUIET_DIGEST = "update notification_setting set direct = 'none' where person = $1 and direct = $2";
    /// Mails that nobody could send for too long: without a mail server, they are on the page all the same.
    EXPIRE = "delete from outbox where kind = 'letter' and done_at is null and due_at < $1";
    FORGET = "delete from notification where at < $1";
    FORGET_NOTICES = "delete from notice where at < $1 \
        and not exists (select 1 from notification x where x.notice = notice.id)";
    RENEW_FEED = "insert into notification_setting (person, direct, hour, weekday, feed) values ($1, 'instant', 7, 1, 2) \
        on conflict (person) do update set feed = notification_setting.feed + 1";
}

row! {
    pub(super) struct FactsRow {
        pub id: Uuid, pub at: Timestamp, pub kind: String, pub actor: Option<PersonId>, pub topic: Option<TopicId>,
        pub module: Option<ModuleId>, pub seminar: Option<SeminarId>,
        pub heading: String, pub language: String,
        pub axis: Option<String>, pub tags: String, pub visibility: String, pub answered_by: Option<PersonId>,
        pub about_module: Option<ModuleId>, pub about_seminar: Option<SeminarId>,
        pub organisation: Option<OrganisationId>,
    }
}
row! {
    pub(super) struct SpaceRow { pub id: SpaceId }
}
row! {
    pub(super) struct OscRow { pub id: OrganisationId }
}
row! {
    pub(super) struct AllowedRow { pub id: PersonId, pub direct: String, pub hour: i64, pub weekday: i64 }
}
row! {
    /// A notification as it is shown.
    #[derive(Debug, Clone)]
    pub struct ToldRow {
        pub id: Uuid, pub why: String, pub subject: Option<String>, pub at: Timestamp, pub read_at: Option<Timestamp>,
        pub kind: String, pub topic: Option<TopicId>, pub reply: Option<ReplyId>, pub document: Option<DocumentId>,
        pub entry: Option<Uuid>, pub place_slug: Option<String>, pub slug: Option<String>, pub visibility: String, pub heading: String, pub language: String,
        pub actor_name: Option<String>, pub actor: Option<PersonId>,
    }
}
row! {
    pub(super) struct ToRow { pub email: String, pub name: String, pub language: String }
}
row! {
    pub(super) struct SettingsRow { pub direct: String, pub hour: i64, pub weekday: i64, pub feed: i64 }
}
