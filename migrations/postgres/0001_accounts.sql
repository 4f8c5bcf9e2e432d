-- People, how they prove who they are, and what they may do.

create table person (
    id uuid not null primary key,
    -- lower case; null once erased
    email text,
    name text not null,
    language text not null default 'fr',
    -- argon2id in PHC form; null until an invitation is accepted
    password_hash text,
    state text not null default 'active',
    created_at bigint not null,
    updated_at bigint not null,
    constraint person_state check (state in ('active', 'suspended', 'erased'))
);
create unique index person_email on person (email);

-- A role that holds for a time. Coordinators and members are memberships of an organisation.
create table role_grant (
    id uuid not null primary key,
    person uuid not null references person (id),
    role text not null,
    -- regional staff: the region; animators: the space
    region text,
    space uuid,
    from_at bigint not null,
    until_at bigint,
    granted_by uuid references person (id),
    constraint role_known check (role in ('admin', 'regional', 'trainer', 'animator'))
);
create index role_grant_person on role_grant (person);

-- A signed-in browser. The cookie's value is never stored, only its SHA-256.
create table sign_in (
    id uuid not null primary key,
    token_hash text not null,
    person uuid not null references person (id),
    user_agent text,
    created_at bigint not null,
    seen_at bigint not null,
    expires_at bigint not null
);
create unique index sign_in_token on sign_in (token_hash);
create index sign_in_person on sign_in (person);

-- Links sent by mail: used once, for a short time.
create table one_time_link (
    id uuid not null primary key,
    token_hash text not null,
    purpose text not null,
    person uuid not null references person (id),
    created_at bigint not null,
    expires_at bigint not null,
    used_at bigint,
    constraint one_time_link_purpose check (purpose in ('invitation', 'reset'))
);
create unique index one_time_link_token on one_time_link (token_hash);

create table api_token (
    id uuid not null primary key,
    name text not null,
    token_hash text not null,
    -- JSON list of scopes
    scopes jsonb not null,
    created_at bigint not null,
    revoked_at bigint
);
create unique index api_token_hash on api_token (token_hash);

-- Failed sign-ins by account and by network, shared by all nodes.
create table throttle (
    key text not null primary key,
    failures bigint not null,
    since bigint not null,
    blocked_until bigint not null default 0
);
