//! The SQL of seminars.

use serde_json::Value;
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::{queries, row};
use crate::ids::{ModuleId, OrganisationId, PersonId, SeatId, SeminarId};

queries! {
    BY_SLUG = "select id, slug, title, summary, language, region, place, link, axis, starts_at, \
          ends_at, capacity, taken, rule, rule_version, created_at, updated_at, cancelled_at \
        from seminar where slug = $1";
    BY_ID = "select id, slug, title, summary, language, region, place, link, axis, starts_at, \
          ends_at, capacity, taken, rule, rule_version, created_at, updated_at, cancelled_at \
        from seminar where id = $1";
    /// Holds the seminar until the end of the transaction, so that the rule that is judged is the
    /// rule that stands when the seat is taken. SQLite has one writer: nothing to hold.
    HOLD = lite "select id, slug, title, summary, language, region, place, link, axis, starts_at, \
          ends_at, capacity, taken, rule, rule_version, created_at, updated_at, cancelled_at \
        from seminar where id = $1",
      pg "select id, slug, title, summary, language, region, place, link, axis, starts_at, \
          ends_at, capacity, taken, rule, rule_version, created_at, updated_at, cancelled_at \
        from seminar where id = $1 for update";
    /// Not over yet, soonest first; a null region does not filter.
    UPCOMING = "select id, slug, title, summary, language, region, place, link, axis, starts_at, \
          ends_at, capacity, taken, rule, rule_version, created_at, updated_at, cancelled_at \
        from seminar where ends_at > $1 and (cast($2 as text) is null or region = $2) \
        order by starts_at, id limit $3";
    /// Over, latest first.
    PAST = "select id, slug, title, summary, language, region, place, link, axis, starts_at, \
          ends_at, capacity, taken, rule, rule_version, created_at, updated_at, cancelled_at \
        from seminar where ends_at <= $1 and cancelled_at is null \
          and (cast($2 as text) is null or region = $2) \
        order by starts_at desc, id limit $3";
    /// One page of the API, by id.
    PAGE = "select id, slug, title, summary, language, region, place, link, axis, starts_at, \
          ends_at, capacity, taken, rule, rule_version, created_at, updated_at, cancelled_at \
        from seminar where (cast($1 as text) is null or region = $1) \
          and (cast($2 as uuid) is null or id > $2) order by id limit $3";
    SLUG_TAKEN = "select count(*) as n from seminar where slug = $1";
    INSERT = "insert into seminar (id, slug, title, summary, language, region, place, link, axis, \
          starts_at, ends_at, capacity, rule, created_by, created_at, updated_at) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15)";
    INSERT_RULE = lite "insert into seminar_rule (seminar, version, rule, made_by, made_at) \
        select id, rule_version, rule, $2, $3 from seminar where id = $1",
      pg "insert into seminar_rule (seminar, version, rule, made_by, made_at) \
        select id, rule_version, rule, cast($2 as uuid), cast($3 as bigint) from seminar where id = $1";
    NEXT_RULE = "update seminar set rule_version = rule_version + 1 where id = $1";
    /// The rule as it was in an older version.
    RULE_OF_VERSION = "select rule from seminar_rule where seminar = $1 and version = $2";
    UPDATE = "update seminar set title = $2, summary = $3, language = $4, region = $5, place = $6, \
          link = $7, axis = $8, starts_at = $9, ends_at = $10, capacity = $11, rule = $12, \
          updated_at = $13 where id = $1";
    CANCEL = "update seminar set cancelled_at = $2, updated_at = $2 \
        where id = $1 and cancelled_at is null";

    SEATS_OF_PERSON = "select seminar from seat where person = $1 and cancelled_at is null";
    /// The seminars to come in which a person has a seat, soonest first.
    HELD_BY = "select id, slug, title, summary, language, region, place, link, axis, starts_at, \
          ends_at, capacity, taken, rule, rule_version, created_at, updated_at, cancelled_at \
        from seminar where ends_at > $2 and cancelled_at is null and id in \
          (select seminar from seat where person = $1 and cancelled_at is null) \
        order by starts_at, id limit 20";
    SEATS_OF_PEOPLE = "select seminar, person from seat \
        where person in uuids($1) and cancelled_at is null";
    HAS_SEAT = "select count(*) as n from seat \
        where seminar = $1 and person = $2 and cancelled_at is null";
    ORGANISATION_NAMES = "select id, slug, name from organisation where id in uuids($1) order by name, id";
    /// Who is told when a seminar is called off.
    HOLDERS = "select s.id, p.name, p.email, p.language \
        from seat s join person p on p.id = s.person \
        where s.seminar = $1 and s.cancelled_at is null and p.state = 'active' \
          and p.email is not null order by s.id";
    SEATS = "select s.id, s.person, p.name, p.email, o.name as organisation, s.evidence, s.taken_at, s.rule_version, \
          (select count(*) from resting_person z where z.person = s.person) as resting \
        from seat s join person p on p.id = s.person \
          left join shown_organisation o on o.id = s.organisation \
        where s.seminar = $1 and s.cancelled_at is null order by s.taken_at, s.id";

    REGIONS = "select slug, name_fr, name_ar, name_en from region order by position, slug";
    MODULES = "select id, slug, title from module where id in uuids($1)";
    /// Those of some modules that learners can open.
    PUBLISHED = "select id from module where id in uuids($1) and published_at is not null";
    MODULE_BY_ID_OR_SLUG = "select id, slug, title from module \
        where slug = $1 or id = $2";
    SEMINAR_BY_ID_OR_SLUG = "select id, slug, title from seminar \
        where slug = $1 or id = $2";
    PUBLISHED_MODULES = "select id, slug, title from module \
        where published_at is not null order by title, id";
    PERSON_BY_ID = "select id, coalesce(email, '') as email, name from person \
        where id = $1 and state = 'active'";
    PERSON_BY_EMAIL = "select id, coalesce(email, '') as email, name from person \
        where email = $1 and state = 'active'";
    /// Who belongs where now.
    MEMBERSHIPS = "select person, organisation from membership \
        where person in uuids($1) and from_at <= $2 and (until_at is null or until_at > $2) \
        order by from_at, id";
    /// Who belongs to these organisations now.
    COLLEAGUES = "select person, organisation from membership \
        where organisation in uuids($1) and from_at <= $2 and (until_at is null or until_at > $2)";
    /// Everybody's memberships now, with those whom a seat could be given.
    POPULATION = "select p.id as person, m.organisation from person p \
        left join membership m on m.person = p.id and m.from_at <= $1 \
          and (m.until_at is null or m.until_at > $1) \
        where p.state = 'active' order by p.id";
    RECOGNISED = "select person, module, made_at from recognition \
        where person in uuids($1) and revoked_at is null";
    RECOGNISED_MODULES = "select person, module, made_at from recognition \
        where module in uuids($1) and revoked_at is null";
    RECOGNISE = "insert into recognition (id, person, module, reason, made_by, made_at) \
        values ($1, $2, $3, $4, $5, $6) on conflict (person, module) where revoked_at is null do nothing";
    RECOGNITIONS = "select r.id, p.name, m.title, r.reason, r.made_at, b.name as made_by \
        from recognition r join person p on p.id = r.person join module m on m.id = r.module \
          join person b on b.id = r.made_by \
        where r.module in uuids($1) and r.revoked_at is null order by r.made_at desc, r.id limit 100";
    REVOKE_RECOGNITION = "update recognition set revoked_at = $2 where id = $1 and revoked_at is null";
    ADMIT = "insert into admission (id, seminar, person, reason, made_by, made_at) \
        values ($1, $2, $3, $4, $5, $6) on conflict (seminar, person) do nothing";
    ADMISSION = "select reason, made_at from admission where seminar = $1 and person = $2";
    ADMISSIONS_OF = "select seminar from admission where person = $1";
    ADMISSIONS = "select a.id, p.name, '' as title, a.reason, a.made_at, b.name as made_by \
        from admission a join person p on p.id = a.person join person b on b.id = a.made_by \
        where a.seminar = $1 order by a.made_at desc, a.id limit 100";
    /// Modules and seminars by id. The seminar first: the row under which presence at it is kept
    /// has the same id.
    NAMES = "select id, slug, title from seminar where id in uuids($1) \
        union all select id, slug, title from module where id in uuids($1) \
          and id not in (select id from seminar)";
    SEMINARS_BY_ID = "select id, slug, title from seminar where id in uuids($1)";
    /// Seminars that a rule can name, latest first.
    NAMEABLE = "select id, slug, title from seminar where cancelled_at is null \
        order by starts_at desc, id limit 200";
    MEMBERS = "select p.id, coalesce(p.email, '') as email, p.name \
        from membership m join person p on p.id = m.person \
        where m.organisation = $1 and m.from_at <= $2 and (m.until_at is null or m.until_at > $2) \
        order by p.name, p.id";
}

row! {
    /// A seminar.
    #[derive(Debug, Clone)]
    pub struct SeminarRow {
        pub id: SeminarId,
        pub slug: String,
        pub title: String,
        pub summary: String,
        pub language: String,
        pub region: Option<String>,
        pub place: String,
        pub link: String,
        pub axis: Option<String>,
        pub starts_at: Timestamp,
        pub ends_at: Timestamp,
        pub capacity: i64,
        pub taken: i64,
        pub rule: Value,
        pub rule_version: i64,
        pub created_at: Timestamp,
        pub updated_at: Timestamp,
        pub cancelled_at: Option<Timestamp>,
    }
}

row! {
    /// An organisation by name.
    #[derive(Debug, Clone)]
    pub(super) struct OrganisationNameRow { pub slug: String, pub name: String }
}
row! {
    /// A seminar in which the person holds a seat.
    pub(super) struct HeldRow { pub seminar: SeminarId }
}
row! {
    /// Who holds a seat in which seminar.
    pub(super) struct HolderRow { pub seminar: SeminarId, pub person: PersonId }
}
row! {
    /// Somebody with a seat, to be written to.
    pub(super) struct LetterRow { pub id: SeatId, pub name: String, pub email: String, pub language: String }
}
row! {
    /// A seat as the organisers see it.
    #[derive(Debug, Clone)]
    pub struct TakenRow {
        pub id: SeatId,
        pub person: PersonId,
        pub name: String,
        pub email: Option<String>,
        pub organisation: Option<String>,
        pub evidence: Value,
        pub taken_at: Timestamp,
        pub rule_version: i64,
        /// Not 0: belongs to an organisation that rests.
        pub resting: i64,
    }
}
row! {
    /// A region and its names.
    #[derive(Debug, Clone)]
    pub struct RegionRow { pub slug: String, pub name_fr: String, pub name_ar: String, pub name_en: String }
}
row! {
    /// A module by name.
    #[derive(Debug, Clone)]
    pub struct ModuleRow { pub id: ModuleId, pub slug: String, pub title: String }
}
row! {
    /// Somebody and one of their organisations.
    pub(super) struct PopulationRow { pub person: PersonId, pub organisation: Option<OrganisationId> }
}
row! {
    /// A prior learning that counts.
    pub(super) struct RecognisedRow { pub person: PersonId, pub module: ModuleId, pub made_at: Timestamp }
}
row! {
    /// Why somebody was let in.
    #[derive(Debug, Clone)]
    pub struct AdmissionRow { pub reason: String }
}
row! {
    /// A decision of the staff, as the staff reads it.
    #[derive(Debug, Clone)]
    pub struct DecisionRow {
        pub id: Uuid,
        pub name: String,
        pub title: String,
        pub reason: String,
        pub made_at: Timestamp,
        pub made_by: String,
    }
}
row! {
    /// A module, alone in a row.
    pub(super) struct ModuleIdRow { pub id: ModuleId }
}
row! {
    /// A person who learns.
    #[derive(Debug, Clone)]
    pub struct LearnerRow { pub id: PersonId, pub email: String, pub name: String }
}
row! {
    /// Who belongs where.
    pub(super) struct MembershipRow { pub person: PersonId, pub organisation: OrganisationId }
}
