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
            and (cast($1 as text) = '' or lower(p.name) like $1 escape '!' \
                or coalesce(p.email, '') like $1 escape '!') \
            and ($2 or exists (select 1 from membership m \
                join organisation o on o.id = m.organisation \
                where m.person = p.id and m.until_at is null and o.region in texts($3))) \
        order by lower(p.name), p.id limit 100";
    /// One person.
    PERSON = "select p.id, p.name, coalesce(p.email, '') as email, p.language, p.state, \
            p.password_hash is not null as joined \
        from person p where p.id = $1 and p.state <> 'erased'";
    /// The roles of a person that hold or will hold.
    GRANTS = "select id, role, region, space, from_at, until_at from role_grant \
        where person = $1 and (until_at is null or until_at > $2) order by from_at";
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
