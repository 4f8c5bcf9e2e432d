//! The SQL of commitments.

use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::{queries, row};
use crate::ids::PersonId;

queries! {
    MAKE = "insert into commitment (id, seminar, person, body, made_at, due_at) values ($1, $2, $3, $4, $5, $6)";
    COUNT = "select count(*) as n from commitment where seminar = $1 and person = $2";
    DONE = "update commitment set done_at = $4, outcome = $5 where id = $1 and seminar = $2 and person = $3";
    REMOVE = "delete from commitment where id = $1 and seminar = $2 and person = $3 and done_at is null";
    /// What somebody means to do after a seminar.
    OF_PERSON = "select c.id, c.person, p.name, cast(null as text) as organisation, s.title as heading, s.slug, c.body, \
          c.made_at, c.due_at, c.done_at, c.outcome \
        from commitment c join person p on p.id = c.person join seminar s on s.id = c.seminar \
        where c.seminar = $1 and c.person = $2 order by c.due_at, c.id";
    /// What all mean to do, for who organises or leads it; an organisation that rests is not named.
    OF_SEMINAR = "select c.id, c.person, p.name, \
          (select n.name from membership m join shown_organisation n on n.id = m.organisation \
            where m.person = c.person and m.until_at is null order by m.from_at desc, m.id desc limit 1) as organisation, \
          s.title as heading, s.slug, c.body, c.made_at, c.due_at, c.done_at, c.outcome \
        from commitment c join person p on p.id = c.person join seminar s on s.id = c.seminar \
        where c.seminar = $1 and p.state = 'active' order by p.name, c.due_at, c.id limit 500";
    /// What the members of an organisation mean to do, for its coordinators.
    OF_ORGANISATION = "select c.id, c.person, p.name, cast(null as text) as organisation, s.title as heading, s.slug, c.body, \
          c.made_at, c.due_at, c.done_at, c.outcome \
        from commitment c join person p on p.id = c.person join seminar s on s.id = c.seminar \
        where p.state = 'active' and exists (select 1 from membership m where m.person = c.person and m.organisation = $1 \
          and m.from_at <= $2 and (m.until_at is null or m.until_at > $2)) \
        order by c.done_at is not null, c.due_at, c.id limit 500";
    /// Due soon, and nobody was reminded yet.
    DUE = "select c.id, c.person, c.body, c.due_at, s.slug, s.title, p.name, p.email, p.language \
        from commitment c join seminar s on s.id = c.seminar join person p on p.id = c.person \
        where c.done_at is null and c.reminded_at is null and c.due_at > $1 and c.due_at <= $2 \
          and p.state = 'active' and p.email is not null order by c.due_at, c.id limit 500";
    REMINDED = "update commitment set reminded_at = $2 where id = $1 and reminded_at is null";

    TRAINS = "select count(*) as n from seminar_trainer where seminar = $1 and person = $2";
    TRAINERS = "select p.id, coalesce(p.email, '') as email, p.name from seminar_trainer t \
        join person p on p.id = t.person where t.seminar = $1 and p.state = 'active' order by p.name, p.id";
    NAME_TRAINER = "insert into seminar_trainer (seminar, person) values ($1, $2) on conflict do nothing";
    UNNAME_TRAINER = "delete from seminar_trainer where seminar = $1 and person = $2";
    COPY_TRAINERS = lite "insert into seminar_trainer (seminar, person) select $2, person from seminar_trainer where seminar = $1",
      pg "insert into seminar_trainer (seminar, person) select cast($2 as uuid), person from seminar_trainer where seminar = $1";
}

row! {
    /// What somebody means to do.
    #[derive(Debug, Clone)]
    pub struct CommitmentRow {
        pub id: Uuid,
        pub person: PersonId,
        pub name: String,
        pub organisation: Option<String>,
        pub heading: String,
        pub slug: String,
        pub body: String,
        pub made_at: Timestamp,
        pub due_at: Timestamp,
        pub done_at: Option<Timestamp>,
        pub outcome: String,
    }
}
row! {
    /// A reminder to be written.
    #[derive(Debug, Clone)]
    pub(super) struct DueRow {
        pub id: Uuid,
        pub person: PersonId,
        pub body: String,
        pub due_at: Timestamp,
        pub slug: String,
        pub title: String,
        pub name: String,
        pub email: String,
        pub language: String,
    }
}
