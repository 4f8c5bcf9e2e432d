//! The SQL of the staff's pages.

use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::{queries, row};
use crate::ids::PersonId;

queries! {
    /// People by part of a name or address; of some regions only, unless the flag lets all pass.
    PEOPLE = "select p.id, p.name, coalesce(p.email, '') as email, p.language, p.state, \
            p.password_hash is not null as joined \
        from person p where p.state <> 'erased' \
            and (cast($1 as text) = '' or p.folded like $1 escape '!' \
                or coalesce(p.email, '') like $1 escape '!') \
            and ($2 or exists (select 1 from membership m \
                join organisation o on o.id = m.organisation \
                where m.person = p.id and m.until_at is null and o.region in texts($3))) \
        order by p.folded, p.id limit 100";
    /// How much there is, of some regions only unless the flag lets all pass.
    COUNTS = "select \
        (select count(*) from person p where p.state = 'active' and ($1 or exists (select 1 from membership m \
            join organisation o on o.id = m.organisation \
            where m.person = p.id and m.until_at is null and o.region in texts($2)))) as people, \
        (select count(*) from organisation o where $1 or o.region in texts($2)) as organisations, \
        (select count(*) from organisation o where o.verified_at is null \
            and ($1 or o.region in texts($2))) as unverified, \
        (select count(*) from seminar s where s.ends_at > $3 and s.cancelled_at is null \
            and ($1 or s.region in texts($2))) as seminars";
    /// One person.
    PERSON = "select p.id, p.name, coalesce(p.email, '') as email, p.language, p.state, \
            p.password_hash is not null as joined \
        from person p where p.id = $1 and p.state <> 'erased'";
    /// The roles of a person that hold or will hold.
    GRANTS = "select id, role, region, space, from_at, until_at from role_grant \
        where person = $1 and (until_at is null or until_at > $2) order by from_at";
}

row! {
    /// How much there is.
    pub(super) struct CountsRow {
        pub people: i64, pub organisations: i64, pub unverified: i64, pub seminars: i64,
    }
}
row! {
    /// A person.
    pub(super) struct PersonRow {
        pub id: PersonId, pub name: String, pub email: String, pub language: String,
        pub state: String, pub joined: bool,
    }
}
row! {
    /// A role with its period.
    pub(super) struct GrantRow {
        pub id: Uuid, pub role: String, pub region: Option<String>, pub space: Option<Uuid>,
        pub from_at: Timestamp, pub until_at: Option<Timestamp>,
    }
}
