-- The learning record store: statements, what they are found by, documents, who may speak to it.

-- A client of the store. Only digests of secrets are kept.
create table lrs_credential (
    id blob not null primary key,
    -- null: the platform's own
    organisation blob references organisation (id),
    name text not null,
    user_name text not null,
    secret_hash text not null,
    -- JSON list
    scopes text not null,
    -- which edition an answer speaks to a request that names none
    default_version text not null default '1.0.3',
    -- an actor's identifier and a registration: may speak of nothing else
    actor text,
    registration blob,
    created_at integer not null,
    expires_at integer,
    revoked_at integer,
    constraint lrs_credential_version check (default_version in ('1.0.3', '2.0.0'))
) strict;
create unique index lrs_credential_user on lrs_credential (user_name);
create unique index lrs_credential_secret on lrs_credential (secret_hash);

-- The last `stored` given out. Whoever writes statements holds this row until the end of the
-- transaction: so statements become visible in the order of their time, on every node.
create table lrs_clock (
    one integer not null primary key,
    stored integer not null
) strict;

create table lrs_statement (
    -- microseconds, no two alike: the order of everything
    stored integer not null primary key,
    id blob not null,
    -- the organisation; all zeros: the platform
    tenant blob not null,
    credential blob not null,
    -- the statement this one is about
    target blob,
    voiding integer not null,
    voided integer not null default 0,
    -- whole, as it is given back
    statement text not null
) strict;
create unique index lrs_statement_id on lrs_statement (id, tenant);
create index lrs_statement_target on lrs_statement (target) where target is not null;

-- What statements are found by: digests of agents, verbs, activities… and their pairs.
create table lrs_key (
    key integer not null,
    stored integer not null,
    primary key (key, stored)
) strict, without rowid;

-- What is known of activities, merged from the statements that define them.
create table lrs_activity (
    tenant blob not null,
    id text not null,
    definition text not null,
    primary key (tenant, id)
) strict;

-- Names agents were seen with; agents by the digest of their identifier.
create table lrs_agent_name (
    tenant blob not null,
    agent integer not null,
    name text not null,
    primary key (tenant, agent, name)
) strict;

-- Data of attachments that statements brought; the bytes are objects in storage.
create table lrs_attachment (
    stored integer not null,
    sha2 text not null,
    tenant blob not null,
    content_type text not null,
    length integer not null,
    primary key (stored, sha2)
) strict;
create index lrs_attachment_sha2 on lrs_attachment (tenant, sha2);

-- State and profile documents. `scope` is a digest of tenant, resource, activity and agent.
create table lrs_document (
    scope blob not null,
    id text not null,
    -- all zeros: none
    registration blob not null,
    tenant blob not null,
    resource text not null,
    activity text,
    agent integer,
    content_type text not null,
    etag text not null,
    updated_at integer not null,
    content blob not null,
    primary key (scope, id, registration)
) strict;
create index lrs_document_agent on lrs_document (agent) where agent is not null;
