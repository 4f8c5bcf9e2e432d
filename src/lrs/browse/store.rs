//! The SQL of the operators' view.

use uuid::Uuid;

use crate::db::{queries, row};
use crate::ids::OrganisationId;

queries! {
    /// All, the newest first. `$4`: 0 without the voided ones, 1 with them.
    BROWSE_ALL_DOWN = "select stored, id, tenant, credential, voiding, voided, target, statement from lrs_statement \
        where stored > $1 and stored < $2 and (cast($4 as bigint) = 1 or not voided) order by stored desc limit $3";
    /// All, the oldest first.
    BROWSE_ALL_UP = "select stored, id, tenant, credential, voiding, voided, target, statement from lrs_statement \
        where stored > $1 and stored < $2 and (cast($4 as bigint) = 1 or not voided) order by stored limit $3";
    /// The voided ones, the newest first.
    BROWSE_VOIDED_DOWN = "select stored, id, tenant, credential, voiding, voided, target, statement from lrs_statement \
        where stored > $1 and stored < $2 and voided order by stored desc limit $3";
    /// The voided ones, the oldest first.
    BROWSE_VOIDED_UP = "select stored, id, tenant, credential, voiding, voided, target, statement from lrs_statement \
        where stored > $1 and stored < $2 and voided order by stored limit $3";
    /// Those of either of two keys that have one of each further pair too, the newest first.
    /// `$14`: 0 without the voided ones, 1 with them, 2 only them.
    BROWSE_KEYS_DOWN = "select s.stored, s.id, s.tenant, s.credential, s.voiding, s.voided, s.target, s.statement from (\
            select stored from (select k.stored from lrs_key k join lrs_statement v on v.stored = k.stored \
                where k.key = $4 and k.stored > $1 and k.stored < $2 \
                and (cast($14 as bigint) = 1 or (v.voided and $14 = 2) or (not v.voided and $14 = 0)) \
                and (cast($6 as bigint) = 0 or exists (select 1 from lrs_key x where x.key in ($6, $7) and x.stored = k.stored)) \
                and (cast($8 as bigint) = 0 or exists (select 1 from lrs_key x where x.key in ($8, $9) and x.stored = k.stored)) \
                and (cast($10 as bigint) = 0 or exists (select 1 from lrs_key x where x.key in ($10, $11) and x.stored = k.stored)) \
                and (cast($12 as bigint) = 0 or exists (select 1 from lrs_key x where x.key in ($12, $13) and x.stored = k.stored)) \
                order by k.stored desc limit $3) a \
            union \
            select stored from (select k.stored from lrs_key k join lrs_statement v on v.stored = k.stored \
                where k.key = $5 and $5 <> $4 and k.stored > $1 and k.stored < $2 \
                and (cast($14 as bigint) = 1 or (v.voided and $14 = 2) or (not v.voided and $14 = 0)) \
                and (cast($6 as bigint) = 0 or exists (select 1 from lrs_key x where x.key in ($6, $7) and x.stored = k.stored)) \
                and (cast($8 as bigint) = 0 or exists (select 1 from lrs_key x where x.key in ($8, $9) and x.stored = k.stored)) \
                and (cast($10 as bigint) = 0 or exists (select 1 from lrs_key x where x.key in ($10, $11) and x.stored = k.stored)) \
                and (cast($12 as bigint) = 0 or exists (select 1 from lrs_key x where x.key in ($12, $13) and x.stored = k.stored)) \
                order by k.stored desc limit $3) b\
        ) hit join lrs_statement s on s.stored = hit.stored order by s.stored desc limit $3";
    /// The same, the oldest first.
    BROWSE_KEYS_UP = "select s.stored, s.id, s.tenant, s.credential, s.voiding, s.voided, s.target, s.statement from (\
            select stored from (select k.stored from lrs_key k join lrs_statement v on v.stored = k.stored \
                where k.key = $4 and k.stored > $1 and k.stored < $2 \
                and (cast($14 as bigint) = 1 or (v.voided and $14 = 2) or (not v.voided and $14 = 0)) \
                and (cast($6 as bigint) = 0 or exists (select 1 from lrs_key x where x.key in ($6, $7) and x.stored = k.stored)) \
                and (cast($8 as bigint) = 0 or exists (select 1 from lrs_key x where x.key in ($8, $9) and x.stored = k.stored)) \
                and (cast($10 as bigint) = 0 or exists (select 1 from lrs_key x where x.key in ($10, $11) and x.stored = k.stored)) \
                and (cast($12 as bigint) = 0 or exists (select 1 from lrs_key x where x.key in ($12, $13) and x.stored = k.stored)) \
                order by k.stored limit $3) a \
            union \
            select stored from (select k.stored from lrs_key k join lrs_statement v on v.stored = k.stored \
                where k.key = $5 and $5 <> $4 and k.stored > $1 and k.stored < $2 \
                and (cast($14 as bigint) = 1 or (v.voided and $14 = 2) or (not v.voided and $14 = 0)) \
                and (cast($6 as bigint) = 0 or exists (select 1 from lrs_key x where x.key in ($6, $7) and x.stored = k.stored)) \
                and (cast($8 as bigint) = 0 or exists (select 1 from lrs_key x where x.key in ($8, $9) and x.stored = k.stored)) \
                and (cast($10 as bigint) = 0 or exists (select 1 from lrs_key x where x.key in ($10, $11) and x.stored = k.stored)) \
                and (cast($12 as bigint) = 0 or exists (select 1 from lrs_key x where x.key in ($12, $13) and x.stored = k.stored)) \
                order by k.stored limit $3) b\
        ) hit join lrs_statement s on s.stored = hit.stored order by s.stored limit $3";
    /// One by its place in time.
    BROWSE_AT = "select stored, id, tenant, credential, voiding, voided, target, statement from lrs_statement where stored = $1";
    /// Those of an id.
    BROWSE_ID = "select stored, id, tenant, credential, voiding, voided, target, statement from lrs_statement \
        where id = $1 order by tenant limit 50";
    /// Those about a statement of a tenant.
    BROWSE_ABOUT = "select stored, id, tenant, credential, voiding, voided, target, statement from lrs_statement \
        where target = $1 and tenant = $2 order by stored limit 50";
    /// The data that a statement brought.
    BROWSE_DATA = "select sha2, tenant, content_type, length from lrs_attachment where stored = $1 order by sha2";
    /// The last statement's time.
    NEWEST = "select coalesce(max(stored), 0) as n from lrs_statement";

    /// What people are called.
    PEOPLE = "select id, name from person where id in uuids($1)";
    /// What topics are called.
    TOPICS = "select t.id, t.title as name from topic t join space s on s.id = t.space \
        where t.id in uuids($1) and t.hidden_at is null and s.visibility <> 'room'";
    /// Who has an address.
    PERSON_AT = "select id, name from person where email = $1";
    /// What clients are called, and whose they are; launches too.
    CLIENTS = "select c.id, c.name, o.name as organisation from lrs_credential c \
        left join organisation o on o.id = c.organisation where c.id in uuids($1)";
    /// Clients to filter by.
    CLIENTS_TO_CHOOSE = "select id, name from lrs_credential where actor is null order by name, id limit 200";
    /// Organisations that have clients.
    TENANTS = "select id, name from organisation o \
        where exists (select 1 from lrs_credential c where c.organisation = o.id) order by name limit 500";
    /// An organisation's name.
    TENANT = "select id, name from organisation where id = $1";

    /// Kept queries by name.
    SAVED = "select q.id, q.organisation, q.name, q.query, o.name as owner from lrs_query q \
        left join organisation o on o.id = q.organisation order by q.name, q.id limit 500";
    /// A kept query.
    SAVED_ONE = "select q.id, q.organisation, q.name, q.query, o.name as owner from lrs_query q \
        left join organisation o on o.id = q.organisation where q.id = $1";
    /// Keeps a query; nothing when its scope has one of this name.
    SAVE = "insert into lrs_query (id, organisation, name, query, created_at, created_by) \
        values ($1, $2, $3, $4, $5, $6) on conflict do nothing";
    /// How many targets a query narrows.
    SAVED_USES = "select count(*) as n from lrs_target where query = $1";
    /// Forgets a query.
    FORGET = "delete from lrs_query where id = $1";
}

row! {
    /// A statement as operators see it.
    #[derive(Debug, Clone)]
    pub(in crate::lrs) struct SeenRow {
        pub stored: i64, pub id: Uuid, pub tenant: Uuid, pub credential: Uuid,
        pub voiding: bool, pub voided: bool, pub target: Option<Uuid>, pub statement: String,
    }
}
row! {
    /// Data that a statement brought.
    pub(in crate::lrs) struct DataRow {
        pub sha2: String, pub tenant: Uuid, pub content_type: String, pub length: i64,
    }
}
row! {
    /// What something is called.
    pub(super) struct NamedRow { pub id: Uuid, pub name: String }
}
row! {
    /// A client's name and organisation.
    pub(super) struct ClientRow { pub id: Uuid, pub name: String, pub organisation: Option<String> }
}
row! {
    /// A kept query.
    pub(super) struct SavedRow {
        pub id: Uuid, pub organisation: Option<OrganisationId>, pub name: String, pub query: String,
        pub owner: Option<String>,
    }
}
