//! The SQL of seminars that have no date yet.

use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::{queries, row};
use crate::ids::PersonId;

queries! {
    ADD = "insert into seminar_plan (id, slug, title, summary, language, axis, made_by, made_at) \
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
    SLUG_TAKEN = "select count(*) as n from seminar_plan where slug = $1";
    OPEN = "select p.id, p.slug, p.title, p.summary, p.language, p.axis, p.closed_at, \
          (select count(*) from plan_interest i where i.plan = p.id) as wanted \
        from seminar_plan p where p.closed_at is null order by p.made_at desc, p.id limit 50";
    BY_SLUG = "select p.id, p.slug, p.title, p.summary, p.language, p.axis, p.closed_at, \
          (select count(*) from plan_interest i where i.plan = p.id) as wanted \
        from seminar_plan p where p.slug = $1";
    CLOSE = "update seminar_plan set closed_at = $2 where id = $1 and closed_at is null";
    WANT = "insert into plan_interest (plan, person, at) values ($1, $2, $3) on conflict do nothing";
    WANT_NO_LONGER = "delete from plan_interest where plan = $1 and person = $2";
    WANTS = "select count(*) as n from plan_interest where plan = $1 and person = $2";
    /// How many ask for it, by the region of the organisation each belongs to.
    BY_REGION = "select region, count(*) as people from (select (select o.region from membership m \
            join organisation o on o.id = m.organisation where m.person = i.person and m.until_at is null \
            order by m.from_at desc, m.id desc limit 1) as region \
          from plan_interest i join person p on p.id = i.person where i.plan = $1 and p.state = 'active') r \
        group by region order by count(*) desc, region";
    /// The same for another date of a seminar.
    SEMINAR_BY_REGION = "select region, count(*) as people from (select (select o.region from membership m \
            join organisation o on o.id = m.organisation where m.person = i.person and m.until_at is null \
            order by m.from_at desc, m.id desc limit 1) as region \
          from interest i join person p on p.id = i.person \
          where i.seminar = $1 and i.told_at is null and p.state = 'active') r \
        group by region order by count(*) desc, region";
    /// Who is told of a date: those of its region, those of none; of a date for everybody, all.
    TO_BE_TOLD = "select id, name, email, language from (select p.id, p.name, coalesce(p.email, '') as email, p.language, \
            (select o.region from membership m join organisation o on o.id = m.organisation \
              where m.person = i.person and m.until_at is null order by m.from_at desc, m.id desc limit 1) as region \
          from plan_interest i join person p on p.id = i.person where i.plan = $1 and p.state = 'active') r \
        where cast($2 as text) is null or region is null or region = $2 order by id";
    DATED = "insert into plan_date (plan, seminar, at) values ($1, $2, $3)";
    DATES = "select s.slug, s.title, s.starts_at, s.place, s.region from plan_date d join seminar s on s.id = d.seminar \
        where d.plan = $1 and s.cancelled_at is null and s.ends_at > $2 order by s.starts_at, s.id";
}

row! {
    /// A seminar without a date.
    #[derive(Debug, Clone)]
    pub struct PlanRow {
        pub id: Uuid,
        pub slug: String,
        pub title: String,
        pub summary: String,
        pub language: String,
        pub axis: Option<String>,
        pub closed_at: Option<Timestamp>,
        pub wanted: i64,
    }
}
row! {
    /// How many people of a region; null: of none.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct RegionCount { pub region: Option<String>, pub people: i64 }
}
row! {
    /// Somebody to be told.
    pub(super) struct LetterRow { pub id: PersonId, pub name: String, pub email: String, pub language: String }
}
row! {
    /// A date that came of it.
    #[derive(Debug, Clone)]
    pub struct DateRow {
        pub slug: String,
        pub title: String,
        pub starts_at: Timestamp,
        pub place: String,
        pub region: Option<String>,
    }
}
