//! The SQL of a seminar's programme.

use crate::clock::Timestamp;
use crate::db::{queries, row};
use crate::ids::{PersonId, SeatId, SeminarId};
use uuid::Uuid;

queries! {
    MEETINGS = "select id, seminar, title, starts_at, ends_at, place, link from meeting \
        where seminar = $1 order by starts_at, id";
    MEETINGS_OF = "select id, seminar, title, starts_at, ends_at, place, link from meeting \
        where seminar in uuids($1) order by starts_at, id";
    INSERT_MEETING = "insert into meeting (id, seminar, title, starts_at, ends_at, place, link) \
        values ($1, $2, $3, $4, $5, $6, $7)";
    UPDATE_MEETING = "update meeting set title = $3, starts_at = $4, ends_at = $5, place = $6, link = $7 \
        where id = $1 and seminar = $2";
    DELETE_MEETING = "delete from meeting where id = $1 and seminar = $2";
    /// The seminar lasts from its first meeting to its last.
    SPAN = "update seminar set starts_at = (select min(starts_at) from meeting where seminar = $1), \
          ends_at = (select max(ends_at) from meeting where seminar = $1), updated_at = $2 \
        where id = $1 and exists (select 1 from meeting where seminar = $1)";
    PROGRAMME = "select trainers, agenda, copy_of from programme where seminar = $1";
    SAVE = "insert into programme (seminar, trainers, agenda, copy_of) values ($1, $2, $3, $4) \
        on conflict (seminar) do update set trainers = excluded.trainers, agenda = excluded.agenda";
    MATERIALS = "select phase, label, url from material where seminar = $1 order by position, id";
    CLEAR_MATERIALS = "delete from material where seminar = $1";
    INSERT_MATERIAL = "insert into material (id, seminar, position, phase, label, url) \
        values ($1, $2, $3, $4, $5, $6)";

    WANT = "insert into interest (seminar, person, at) values ($1, $2, $3) \
        on conflict (seminar, person) do update set at = excluded.at, told_at = null";
    WANT_NO_LONGER = "delete from interest where seminar = $1 and person = $2";
    WANTS = "select count(*) as n from interest where seminar = $1 and person = $2 and told_at is null";
    WANTED = "select count(*) as n from interest where seminar = $1 and told_at is null";
    TO_BE_TOLD = "select p.id, p.name, coalesce(p.email, '') as email, p.language from interest i \
        join person p on p.id = i.person \
        where i.seminar = $1 and i.told_at is null and p.state = 'active' order by p.id";
    TOLD = "update interest set told_at = $2 where seminar = $1 and told_at is null";

    FEED = "select version from calendar_feed where person = $1";
    RENEW_FEED = "insert into calendar_feed (person, version) values ($1, 2) \
        on conflict (person) do update set version = calendar_feed.version + 1";
    /// Seminars of the last months and to come in which a person has a seat.
    HELD = "select id, slug, title, summary, language, region, place, link, axis, starts_at, \
          ends_at, capacity, taken, rule, rule_version, created_at, updated_at, cancelled_at \
        from seminar where ends_at > $2 and id in \
          (select seminar from seat where person = $1 and cancelled_at is null) \
        order by starts_at, id limit 200";
    /// Meetings that begin soon and whose seat holders were not reminded yet.
    TO_REMIND = "select s.id as seat, m.id as meeting, m.starts_at, m.place, x.slug, x.title, \
          p.name, p.email, p.language \
        from meeting m join seminar x on x.id = m.seminar \
          join seat s on s.seminar = m.seminar and s.cancelled_at is null \
          join person p on p.id = s.person \
        where m.starts_at > $1 and m.starts_at <= $2 and x.cancelled_at is null \
          and p.state = 'active' and p.email is not null \
          and not exists (select 1 from reminder r where r.seat = s.id and r.meeting = m.id) \
        order by m.starts_at, s.id limit 500";
    REMINDED = "insert into reminder (seat, meeting, at) values ($1, $2, $3) \
        on conflict (seat, meeting) do nothing";
}

row! {
    /// A meeting of a seminar.
    #[derive(Debug, Clone)]
    pub struct MeetingRow {
        pub id: Uuid,
        pub seminar: SeminarId,
        pub title: String,
        pub starts_at: Timestamp,
        pub ends_at: Timestamp,
        pub place: String,
        pub link: String,
    }
}
row! {
    /// Who leads a seminar, and how it runs.
    #[derive(Debug, Clone)]
    pub struct ProgrammeRow { pub trainers: String, pub agenda: String, pub copy_of: Option<SeminarId> }
}
row! {
    /// Something handed out.
    #[derive(Debug, Clone)]
    pub struct MaterialRow { pub phase: String, pub label: String, pub url: String }
}
row! {
    /// Somebody to be told.
    pub(super) struct LetterRow { pub id: PersonId, pub name: String, pub email: String, pub language: String }
}
row! {
    /// The version of a calendar's address.
    pub(super) struct VersionRow { pub version: i64 }
}
row! {
    /// A reminder to be written.
    #[derive(Debug, Clone)]
    pub(super) struct ReminderRow {
        pub seat: SeatId,
        pub meeting: Uuid,
        pub starts_at: Timestamp,
        pub place: String,
        pub slug: String,
        pub title: String,
        pub name: String,
        pub email: String,
        pub language: String,
    }
}
