-- People, how they prove who they are, and what they may do.

create table person (
    id blob not null primary key,
    -- lower case; null once erased
    email text,
    name text not null,
    language text not null default 'fr',
    -- argon2id in PHC form; null until an invitation is accepted
    password_hash text,
    state text not null default 'active',
    created_at integer not null,
    updated_at integer not null,
    constraint person_state check (state in ('active', 'suspended', 'erased'))
) strict;
create unique index person_email on person (email);

-- A role that holds for a time. Coordinators and members are memberships of an organisation.
create table role_grant (
    id blob not null primary key,
    person blob not null references person (id),
    role text not null,
    -- regional staff: the region; animators: the space
    region text,
    space blob,
    from_at integer not null,
    until_at integer,
    granted_by blob references person (id),
    constraint role_known check (role in ('admin', 'regional', 'trainer', 'animator'))
) strict;
create index role_grant_person on role_grant (person);

-- A signed-in browser. The cookie's value is never stored, only its SHA-256.
create table sign_in (
    id blob not null primary key,
    token_hash text not null,
    person blob not null references person (id),
    user_agent text,
    created_at integer not null,
    seen_at integer not null,
    expires_at integer not null
) strict;
create unique index sign_in_token on sign_in (token_hash);
create index sign_in_person on sign_in (person);

-- Links sent by mail: used once, for a short time.
create table one_time_link (
    id blob not null primary key,
    token_hash text not null,
    purpose text not null,
    person blob not null references person (id),
    created_at integer not null,
    expires_at integer not null,
    used_at integer,
    constraint one_time_link_purpose check (purpose in ('invitation', 'reset'))
) strict;
create unique index one_time_link_token on one_time_link (token_hash);

create table api_token (
    id blob not null primary key,
    name text not null,
    token_hash text not null,
    -- JSON list of scopes
    scopes text not null,
    created_at integer not null,
    revoked_at integer
) strict;
create unique index api_token_hash on api_token (token_hash);

-- Failed sign-ins by account and by network, shared by all nodes.
create table throttle (
    key text not null primary key,
    failures integer not null,
    since integer not null,
    blocked_until integer not null default 0
) strict;
