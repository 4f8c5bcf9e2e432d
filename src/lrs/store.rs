//! The SQL of the learning record store.

use serde_json::Value;
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::{queries, row};
use crate::ids::OrganisationId;

queries! {
    /// A new client.
    ADD_CREDENTIAL = "insert into lrs_credential (id, organisation, name, user_name, secret_hash, scopes, \
            default_version, actor, registration, created_at, expires_at, person, about) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    /// The client with this user name.
    CREDENTIAL_BY_USER = "select c.id, c.organisation, c.name, c.secret_hash, c.scopes, c.default_version, c.actor, \
            c.registration, c.expires_at, c.revoked_at, c.about, p.state as person_state \
        from lrs_credential c left join person p on p.id = c.person where c.user_name = $1";
    /// The client with this secret.
    CREDENTIAL_BY_SECRET = "select c.id, c.organisation, c.name, c.secret_hash, c.scopes, c.default_version, c.actor, \
            c.registration, c.expires_at, c.revoked_at, c.about, p.state as person_state \
        from lrs_credential c left join person p on p.id = c.person where c.secret_hash = $1";
    /// All clients, valid ones first; those of one actor (a launch) are no clients of ours to list.
    CREDENTIALS = "select c.id, c.name, c.user_name, c.scopes, c.default_version, c.created_at, c.revoked_at, \
            o.name as organisation from lrs_credential c left join organisation o on o.id = c.organisation \
        where c.actor is null order by c.revoked_at is not null, c.created_at desc limit 500";
    /// Worth nothing from now on.
    REVOKE_CREDENTIAL = "update lrs_credential set revoked_at = $2 where id = $1 and revoked_at is null";

    /// What a fetch address waits with becomes the credential's secret, once.
    CLAIM_CREDENTIAL = "update lrs_credential set secret_hash = $2 where secret_hash = $1 and revoked_at is null \
        and (expires_at is null or expires_at > $3) returning id";
    /// Worth nothing from a moment on.
    CLOSE_CREDENTIAL = "update lrs_credential set expires_at = $2 where id = $1 and (expires_at is null or expires_at > $2)";

    /// Takes so many places in time after the last one given out, and holds the clock until the
    /// transaction ends.
    TAKE_TIME = "insert into lrs_clock (one, stored) values (1, cast($1 as bigint) + cast($2 as bigint)) on conflict (one) do update set \
            stored = case when lrs_clock.stored >= $1 then lrs_clock.stored + $2 else $1 + $2 end \
        returning stored as n";
    /// Holds the clock until the transaction ends.
    HOLD_TIME = "update lrs_clock set stored = stored where one = 1";
    /// Statements by their ids.
    BY_IDS = "select stored, id, tenant, target, statement from lrs_statement where id in uuids($1)";
    /// Statements about others.
    ABOUT = "select stored, id from lrs_statement where target in uuids($1) and tenant = $2 and stored > $3 \
        order by stored limit $4";
    /// Which of these are voided by statements that came before them.
    VOIDED_BEFORE = "select distinct target as id from lrs_statement where target in uuids($1) and tenant = $2 and voiding";
    /// New statements, a text each, of parts that stand at fixed places: time (20), id, tenant and
    /// credential (32 each), kind (1), target (32, blank for none), the statement. Lists of texts
    /// are what both engines take in one go at the speed of bound values.
    ADD_STATEMENTS = lite "insert into lrs_statement (stored, id, tenant, credential, voiding, target, statement) \
            select cast(substr(value, 1, 20) as integer), unhex(substr(value, 21, 32)), unhex(substr(value, 53, 32)), \
                unhex(substr(value, 85, 32)), substr(value, 117, 1) = '1', \
                nullif(unhex(trim(substr(value, 118, 32))), x''), substr(value, 150) from json_each($1)",
        pg "insert into lrs_statement (stored, id, tenant, credential, voiding, target, statement) \
            select cast(substr(value, 1, 20) as bigint), cast(substr(value, 21, 32) as uuid), \
                cast(substr(value, 53, 32) as uuid), cast(substr(value, 85, 32) as uuid), \
                substr(value, 117, 1) = '1', cast(nullif(trim(substr(value, 118, 32)), '') as uuid), \
                substr(value, 150) from unnest(cast($1 as text[])) as x(value)";
    /// What statements are found by, a text each: key (20), time.
    ADD_KEYS = lite "insert or ignore into lrs_key (key, stored) select cast(substr(value, 1, 20) as integer), \
            cast(substr(value, 21) as integer) from json_each($1)",
        pg "insert into lrs_key (key, stored) select cast(substr(value, 1, 20) as bigint), \
            cast(substr(value, 21) as bigint) from unnest(cast($1 as text[])) as x(value) on conflict do nothing";
    /// Voids statements of a tenant that do not void others themselves.
    VOID = "update lrs_statement set voided = true where tenant = $1 and id in uuids($2) and not voiding";
    /// Data that a statement brought.
    ADD_ATTACHMENT = "insert into lrs_attachment (stored, sha2, tenant, content_type, length) \
        values ($1, $2, $3, $4, $5) on conflict do nothing";
    /// Names that agents were seen with: a JSON list.
    ADD_NAMES = lite "insert or ignore into lrs_agent_name (tenant, agent, name) \
            select unhex(e.value ->> 'tenant'), e.value ->> 'agent', e.value ->> 'name' from json_each($1) e",
        pg "insert into lrs_agent_name (tenant, agent, name) select tenant, agent, name \
            from json_to_recordset(cast($1 as json)) as e(tenant uuid, agent bigint, name text) on conflict do nothing";
    /// Names of an agent.
    NAMES = "select name from lrs_agent_name where tenant = $1 and agent = $2 order by name limit 100";
    /// What is known of activities.
    ACTIVITIES = "select id, definition from lrs_activity where tenant = $1 and id in texts($2)";
    /// Keeps what is known of activities: a JSON list.
    KEEP_ACTIVITIES = lite "insert into lrs_activity (tenant, id, definition) \
          select $1, e.value ->> 'id', e.value ->> 'definition' from jsonb_each($2) e where true \
          on conflict (tenant, id) do update set definition = excluded.definition",
        pg "insert into lrs_activity (tenant, id, definition) \
          select $1, e.id, e.definition from json_to_recordset(cast($2 as json)) as e(id text, definition text) \
          order by e.id on conflict (tenant, id) do update set definition = excluded.definition";

    /// One statement, of one tenant or, without, of anyone: the platform's own first.
    ONE = "select stored, credential, voided, statement from lrs_statement \
        where id = $1 and (tenant = $2 or $2 is null) order by tenant limit 1";
    /// All, the newest first.
    ALL_DOWN = "select stored, statement from lrs_statement \
        where stored > $1 and stored < $2 and not voided order by stored desc limit $3";
    /// All, the oldest first.
    ALL_UP = "select stored, statement from lrs_statement \
        where stored > $1 and stored < $2 and not voided order by stored limit $3";
    /// Those of one key, the newest first.
    KEY_DOWN = "select s.stored, s.statement from lrs_key k join lrs_statement s on s.stored = k.stored \
        where k.key = $4 and k.stored > $1 and k.stored < $2 and not s.voided order by k.stored desc limit $3";
    /// Those of one key, the oldest first.
    KEY_UP = "select s.stored, s.statement from lrs_key k join lrs_statement s on s.stored = k.stored \
        where k.key = $4 and k.stored > $1 and k.stored < $2 and not s.voided order by k.stored limit $3";
    /// Those of either of two keys that have one of each further pair too, the newest first.
    KEYS_DOWN = "select s.stored, s.statement from (\
            select stored from (select k.stored from lrs_key k join lrs_statement v on v.stored = k.stored \
                where k.key = $4 and k.stored > $1 and k.stored < $2 and not v.voided \
                and (cast($6 as bigint) = 0 or exists (select 1 from lrs_key x where x.key in ($6, $7) and x.stored = k.stored)) \
                and (cast($8 as bigint) = 0 or exists (select 1 from lrs_key x where x.key in ($8, $9) and x.stored = k.stored)) \
                and (cast($10 as bigint) = 0 or exists (select 1 from lrs_key x where x.key in ($10, $11) and x.stored = k.stored)) \
                and (cast($12 as bigint) = 0 or exists (select 1 from lrs_key x where x.key in ($12, $13) and x.stored = k.stored)) \
                order by k.stored desc limit $3) a \
            union \
            select stored from (select k.stored from lrs_key k join lrs_statement v on v.stored = k.stored \
                where k.key = $5 and $5 <> $4 and k.stored > $1 and k.stored < $2 and not v.voided \
                and (cast($6 as bigint) = 0 or exists (select 1 from lrs_key x where x.key in ($6, $7) and x.stored = k.stored)) \
                and (cast($8 as bigint) = 0 or exists (select 1 from lrs_key x where x.key in ($8, $9) and x.stored = k.stored)) \
                and (cast($10 as bigint) = 0 or exists (select 1 from lrs_key x where x.key in ($10, $11) and x.stored = k.stored)) \
                and (cast($12 as bigint) = 0 or exists (select 1 from lrs_key x where x.key in ($12, $13) and x.stored = k.stored)) \
                order by k.stored desc limit $3) b\
        ) hit join lrs_statement s on s.stored = hit.stored order by s.stored desc limit $3";
    /// The same, the oldest first.
    KEYS_UP = "select s.stored, s.statement from (\
            select stored from (select k.stored from lrs_key k join lrs_statement v on v.stored = k.stored \
                where k.key = $4 and k.stored > $1 and k.stored < $2 and not v.voided \
                and (cast($6 as bigint) = 0 or exists (select 1 from lrs_key x where x.key in ($6, $7) and x.stored = k.stored)) \
                and (cast($8 as bigint) = 0 or exists (select 1 from lrs_key x where x.key in ($8, $9) and x.stored = k.stored)) \
                and (cast($10 as bigint) = 0 or exists (select 1 from lrs_key x where x.key in ($10, $11) and x.stored = k.stored)) \
                and (cast($12 as bigint) = 0 or exists (select 1 from lrs_key x where x.key in ($12, $13) and x.stored = k.stored)) \
                order by k.stored limit $3) a \
            union \
            select stored from (select k.stored from lrs_key k join lrs_statement v on v.stored = k.stored \
                where k.key = $5 and $5 <> $4 and k.stored > $1 and k.stored < $2 and not v.voided \
                and (cast($6 as bigint) = 0 or exists (select 1 from lrs_key x where x.key in ($6, $7) and x.stored = k.stored)) \
                and (cast($8 as bigint) = 0 or exists (select 1 from lrs_key x where x.key in ($8, $9) and x.stored = k.stored)) \
                and (cast($10 as bigint) = 0 or exists (select 1 from lrs_key x where x.key in ($10, $11) and x.stored = k.stored)) \
                and (cast($12 as bigint) = 0 or exists (select 1 from lrs_key x where x.key in ($12, $13) and x.stored = k.stored)) \
                order by k.stored limit $3) b\
        ) hit join lrs_statement s on s.stored = hit.stored order by s.stored limit $3";
    /// Data that statements brought.
    ATTACHMENTS = "select distinct sha2, tenant, content_type from lrs_attachment where stored in ints($1)";

    /// The next statements that have one of these keys.
    ERASE_NEXT = "select stored, id, tenant, target, statement from lrs_statement \
        where stored in (select stored from lrs_key where key in ints($1) order by stored limit $2) order by stored";
    /// Data that only these statements brought.
    ERASE_DATA = "select distinct a.sha2, a.tenant, a.content_type from lrs_attachment a where a.stored in ints($1) \
        and not exists (select 1 from lrs_attachment o where o.tenant = a.tenant and o.sha2 = a.sha2 and o.stored not in ints($1))";
    /// What these statements brought is gone.
    ERASE_ATTACHMENTS = "delete from lrs_attachment where stored in ints($1)";
    /// Another text for a statement.
    ERASE_STATEMENT = "update lrs_statement set statement = $2 where stored = $1";
    /// A statement is no longer found by these.
    ERASE_KEYS = "delete from lrs_key where stored = $1 and key in ints($2)";
    /// What another store said of a statement may quote it.
    ERASE_REASONS = "update lrs_refused set reason = '' where stored = $1";
    /// Documents about agents.
    ERASE_DOCUMENTS = "delete from lrs_document where agent in ints($1)";
    /// Names of agents.
    ERASE_NAMES = "delete from lrs_agent_name where agent in ints($1)";
    /// Credentials that may speak of an actor only.
    ERASE_CREDENTIALS = "update lrs_credential set actor = $2, person = null, revoked_at = coalesce(revoked_at, $3) where actor in texts($1)";
    /// Documents about agents, with their contents.
    DOCUMENTS_ABOUT = "select resource, id, content_type, content from lrs_document where agent in ints($1) \
        order by resource, id limit 10000";

    /// Notes bytes of attachments that a launch sends, unless those of its registration come to more
    /// than $4.
    ADD_DATA = "update lrs_credential set data_bytes = data_bytes + $2 where id = $1 \
        and $2 + (select coalesce(sum(o.data_bytes), 0) from lrs_credential o where o.registration = $3) <= $4";
    /// Whether a statement names this data.
    NAMED_DATA = "select count(*) as n from lrs_attachment where tenant = $1 and sha2 = $2";
    /// Bytes of a registration's documents.
    REGISTRATION_BYTES = lite "select coalesce(sum(length(content)), 0) as n from lrs_document where registration = $1",
        pg "select cast(coalesce(sum(octet_length(content)), 0) as bigint) as n from lrs_document where registration = $1";
    /// Bytes of the documents of a scope.
    SCOPE_BYTES = lite "select coalesce(sum(length(content)), 0) as n from lrs_document where scope = $1",
        pg "select cast(coalesce(sum(octet_length(content)), 0) as bigint) as n from lrs_document where scope = $1";
    /// A document with its content.
    DOCUMENT = "select content_type, etag, updated_at, content from lrs_document \
        where scope = $1 and id = $2 and registration = $3";
    /// The same, held until the transaction ends.
    HOLD_DOCUMENT = lite "select content_type, etag, updated_at, content from lrs_document \
            where scope = $1 and id = $2 and registration = $3",
        pg "select content_type, etag, updated_at, content from lrs_document \
            where scope = $1 and id = $2 and registration = $3 for update";
    /// The documents of a scope.
    DOCUMENTS = "select distinct id from lrs_document where scope = $1 and updated_at > $2 \
        and (registration = $3 or $3 is null) order by id";
    /// A document that was not there.
    ADD_DOCUMENT = "insert into lrs_document (scope, id, registration, tenant, resource, activity, agent, \
            content_type, etag, updated_at, content) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    /// Writes over a document.
    KEEP_DOCUMENT = "update lrs_document set content_type = $4, etag = $5, updated_at = $6, content = $7 \
        where scope = $1 and id = $2 and registration = $3";
    /// Removes a document.
    REMOVE_DOCUMENT = "delete from lrs_document where scope = $1 and id = $2 and registration = $3";
    /// Removes the documents of a scope.
    REMOVE_DOCUMENTS = "delete from lrs_document where scope = $1 and (registration = $2 or $2 is null)";
}

row! {
    /// A client as it proves itself.
    #[derive(Debug, Clone)]
    pub(super) struct CredentialRow {
        pub id: Uuid, pub organisation: Option<OrganisationId>, pub name: String,
        pub secret_hash: String, pub scopes: Value, pub default_version: String,
        pub actor: Option<String>, pub registration: Option<Uuid>,
        pub expires_at: Option<Timestamp>, pub revoked_at: Option<Timestamp>,
        pub about: Option<String>, pub person_state: Option<String>,
    }
}
row! {
    /// An id.
    pub(super) struct IdOfRow { pub id: Uuid }
}
row! {
    /// A statement about another one.
    pub(super) struct AboutRow { pub stored: i64, pub id: Uuid }
}
row! {
    /// A client whose token was fetched.
    pub(super) struct ClaimedRow { pub id: Uuid }
}
row! {
    /// A client in a list.
    pub(super) struct CredentialListRow {
        pub id: Uuid, pub name: String, pub user_name: String, pub scopes: Value,
        pub default_version: String, pub created_at: Timestamp, pub revoked_at: Option<Timestamp>,
        pub organisation: Option<String>,
    }
}
row! {
    /// A statement among others of its kind.
    #[derive(Debug, Clone)]
    pub(super) struct KeptRow {
        pub stored: i64, pub id: Uuid, pub tenant: Uuid, pub target: Option<Uuid>,
        pub statement: String,
    }
}
row! {
    /// One statement.
    pub(super) struct OneRow {
        pub stored: i64, pub credential: Uuid, pub voided: bool, pub statement: String,
    }
}
row! {
    /// A statement of a list.
    pub(super) struct FoundRow { pub stored: i64, pub statement: String }
}
row! {
    /// An activity.
    pub(super) struct ActivityRow { pub id: String, pub definition: String }
}
row! {
    /// A name.
    pub(super) struct NameRow { pub name: String }
}
row! {
    /// An attachment's data.
    pub(super) struct AttachmentRow { pub sha2: String, pub tenant: Uuid, pub content_type: String }
}
row! {
    /// A document.
    pub(super) struct DocumentRow {
        pub content_type: String, pub etag: String, pub updated_at: Timestamp, pub content: Vec<u8>,
    }
}
row! {
    /// A document about an agent.
    pub(super) struct OwnDocumentRow {
        pub resource: String, pub id: String, pub content_type: String, pub content: Vec<u8>,
    }
}
row! {
    /// A document's id.
    pub(super) struct IdRow { pub id: String }
}
