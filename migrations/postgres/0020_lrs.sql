-- The learning record store: statements, what they are found by, documents, who may speak to it.

-- A client of the store. Only digests of secrets are kept.
create table lrs_credential (
    id uuid not null primary key,
    -- null: the platform's own
    organisation uuid references organisation (id),
    name text not null,
    user_name text not null,
    secret_hash text not null,
    -- JSON list
    scopes jsonb not null,
    -- which edition an answer speaks to a request that names none
    default_version text not null default '1.0.3',
    -- an actor's identifier and a registration: may speak of nothing else
    actor text,
    registration uuid,
    created_at bigint not null,
    expires_at bigint,
    revoked_at bigint,
    constraint lrs_credential_version check (default_version in ('1.0.3', '2.0.0'))
);
create unique index lrs_credential_user on lrs_credential (user_name);
create unique index lrs_credential_secret on lrs_credential (secret_hash);

-- The last `stored` given out. Whoever writes statements holds this row until the end of the
-- transaction: so statements become visible in the order of their time, on every node.
create table lrs_clock (
    one bigint not null primary key,
    stored bigint not null
);

create table lrs_statement (
    -- microseconds, no two alike: the order of everything
    stored bigint not null primary key,
    id uuid not null,
    -- the organisation; all zeros: the platform
    tenant uuid not null,
    credential uuid not null,
    -- the statement this one is about
    target uuid,
    voiding boolean not null,
    voided boolean not null default false,
    -- whole, as it is given back
    statement text not null
);
create unique index lrs_statement_id on lrs_statement (id, tenant);
create index lrs_statement_target on lrs_statement (target) where target is not null;

-- What statements are found by: digests of agents, verbs, activities… and their pairs.
create table lrs_key (
    key bigint not null,
    stored bigint not null,
    primary key (key, stored)
);

-- What is known of activities, merged from the statements that define them.
create table lrs_activity (
    tenant uuid not null,
    id text not null,
    definition text not null,
    primary key (tenant, id)
);

-- Names agents were seen with; agents by the digest of their identifier.
create table lrs_agent_name (
    tenant uuid not null,
    agent bigint not null,
    name text not null,
    primary key (tenant, agent, name)
);

-- Data of attachments that statements brought; the bytes are objects in storage.
create table lrs_attachment (
    stored bigint not null,
    sha2 text not null,
    tenant uuid not null,
    content_type text not null,
    length bigint not null,
    primary key (stored, sha2)
);
create index lrs_attachment_sha2 on lrs_attachment (tenant, sha2);

-- State and profile documents. `scope` is a digest of tenant, resource, activity and agent.
create table lrs_document (
    scope uuid not null,
    id text not null,
    -- all zeros: none
    registration uuid not null,
    tenant uuid not null,
    resource text not null,
    activity text,
    agent bigint,
    content_type text not null,
    etag text not null,
    updated_at bigint not null,
    content bytea not null,
    primary key (scope, id, registration)
);
create index lrs_document_agent on lrs_document (agent) where agent is not null;
