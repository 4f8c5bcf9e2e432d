//! The SQL of messages between people.

use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::{queries, row};
use crate::ids::PersonId;

/// A conversation of $1, as that person sees it.
macro_rules! conversations {
    ($rest:literal) => {
        concat!(
            "select c.id, c.asker, c.asked, c.subject, c.active_at, n.name as organisation, \
               c.organisation is not null as for_organisation, o.id as other_id, o.name as other, \
               (select count(*) from person_block b where b.person = $1 \
                 and b.blocked = case when c.asker = $1 then c.asked else c.asker end) as blocked, \
               (select count(*) from message m where m.conversation = c.id and m.author <> $1 and not m.withheld and m.hidden_at is null \
                 and m.at > coalesce(case when c.asker = $1 then c.asker_seen_at else c.asked_seen_at end, 0)) as unread, \
               (select count(*) from message m where m.conversation = c.id and m.author <> $1 and not m.withheld) as answers, \
               (select count(*) from message m where m.conversation = c.id and m.author = $1) as own \
             from conversation c left join shown_organisation n on n.id = c.organisation \
               left join shown_person o on o.id = case when c.asker = $1 then c.asked else c.asker end and o.state = 'active' \
             where (c.asker = $1 or (c.asked = $1 and exists (select 1 from message m where m.conversation = c.id and not m.withheld))) ",
            $rest)
    };
}

queries! {
    START = "insert into conversation (id, asker, asked, organisation, subject, started_at, active_at, asker_seen_at) \
        values ($1, $2, $3, $4, $5, $6, $6, $6)";
    WRITE = "insert into message (id, conversation, author, body, at, withheld) values ($1, $2, $3, $4, $5, $6)";
    TOUCH = "update conversation set active_at = $2 where id = $1";
    MINE = conversations!("order by c.active_at desc, c.id limit 100");
    ONE = conversations!("and c.id = $2");
    /// The messages of a conversation that $2 may read.
    MESSAGES = "select m.id, m.author, m.body, m.at, m.hidden_at from message m \
        where m.conversation = $1 and (m.author = $2 or not m.withheld) order by m.at, m.id limit 500";
    SEEN_BY_ASKER = "update conversation set asker_seen_at = $3 where id = $1 and asker = $2";
    SEEN_BY_ASKED = "update conversation set asked_seen_at = $3 where id = $1 and asked = $2";
    /// What reached somebody in a conversation and was not looked at.
    UNREAD_OF = "select count(*) as n from message m join conversation c on c.id = m.conversation \
        where c.id = $1 and m.author <> $2 and not m.withheld \
            and m.at > coalesce(case when c.asker = $2 then c.asker_seen_at else c.asked_seen_at end, 0)";
    /// Whether somebody ($1) has blocked another ($2).
    BLOCKS = "select count(*) as n from person_block where person = $1 and blocked = $2";
    BLOCK = "insert into person_block (person, blocked, at) values ($1, $2, $3) on conflict do nothing";
    UNBLOCK = "delete from person_block where person = $1 and blocked = $2";
    /// Makes the limits of one writer hold for requests at the same moment.
    LOCK = "update person set updated_at = updated_at where id = $1";
    STARTED_SINCE = "select count(*) as n from conversation where asker = $1 and started_at > $2";
    WRITTEN_SINCE = "select count(*) as n from message where author = $1 and at > $2";
    /// Where to tell somebody that they were written to.
    RECIPIENT = "select coalesce(email, '') as email, name, language from person where id = $1 and state = 'active'";
    /// The one who answers for an organisation that is seen: its first coordinator.
    CONTACT = "select n.id, n.name, n.slug, m.person from shown_organisation n join membership m on m.organisation = n.id \
            and m.role = 'coordinator' and m.until_at is null join shown_person p on p.id = m.person and p.state = 'active' \
        where n.slug = $1 order by m.from_at, m.id limit 1";

    REPORT = "insert into message_report (id, message, person, reason, note, at) values ($1, $2, $3, $4, $5, $6) on conflict do nothing";
    /// A message of a conversation that reached somebody.
    RECEIVED = "select m.id from message m join conversation c on c.id = m.conversation \
        where m.id = $1 and c.id = $2 and (c.asker = $3 or c.asked = $3) and m.author <> $3 and not m.withheld";
    REPORTS = "select r.id, r.reason, r.note, r.at, m.body, a.name as author, a.id as author_id, w.name as reporter from message_report r \
            join message m on m.id = r.message join person a on a.id = m.author join person w on w.id = r.person \
        where r.decided_at is null order by r.at limit 200";
    DECIDE = "update message_report set decided_at = $2, decided_by = $3 where id = $1 and decided_at is null returning message";
    HIDE = "update message set hidden_at = $2 where id = $1 and hidden_at is null";

    /// All that somebody wrote, for themselves.
    WROTE = "select c.subject, m.body, m.at from message m join conversation c on c.id = m.conversation \
        where m.author = $1 order by m.at";
}

row! {
    /// A conversation as one of the two sees it.
    #[derive(Debug, Clone)]
    pub struct ConversationRow {
        pub id: Uuid, pub asker: PersonId, pub asked: PersonId, pub subject: String,
        pub active_at: Timestamp,
        pub organisation: Option<String>, pub for_organisation: bool,
        pub other_id: Option<PersonId>, pub other: Option<String>,
        pub blocked: i64, pub unread: i64, pub answers: i64, pub own: i64,
    }
}
row! {
    /// A message.
    #[derive(Debug, Clone)]
    pub struct MessageRow {
        pub id: Uuid, pub author: PersonId, pub body: String, pub at: Timestamp, pub hidden_at: Option<Timestamp>,
    }
}
row! {
    /// Where mail goes.
    pub(super) struct RecipientRow { pub email: String, pub name: String, pub language: String }
}
row! {
    /// Who answers for an organisation.
    pub(super) struct ContactRow {
        pub id: crate::ids::OrganisationId, pub name: String, pub slug: String, pub person: PersonId,
    }
}
row! {
    /// Something, alone in a row.
    pub(super) struct IdRow { pub id: Uuid }
}
row! {
    /// A message, alone in a row.
    pub(super) struct MessageOfRow { pub message: Uuid }
}
row! {
    /// A message that somebody reported.
    #[derive(Debug, Clone)]
    pub struct ReportRow {
        pub id: Uuid, pub reason: String, pub note: String, pub at: Timestamp, pub body: String,
        pub author: String, pub author_id: PersonId, pub reporter: String,
    }
}
row! {
    /// What somebody wrote.
    pub(super) struct WroteRow { pub subject: String, pub body: String, pub at: Timestamp }
}
