-- Sign-in with others: who a person is at a provider, and logins under way.

-- Never found by address: only (issuer, subject).
create table identity (
    id blob not null primary key,
    -- as configured: 'google'
    provider text not null,
    issuer text not null,
    subject text not null,
    person blob not null references person (id),
    -- as the provider says; prove nothing
    name text not null default '',
    email text,
    created_at integer not null,
    seen_at integer not null
) strict;
create unique index identity_subject on identity (issuer, subject);
create index identity_person on identity (person);

-- A login under way: used up by one delete.
create table identity_login (
    state_hash text not null primary key,
    provider text not null,
    nonce text not null,
    -- the proof key, sealed
    verifier text not null,
    -- hash of what this browser holds
    browser_hash text not null,
    -- where to go on to
    next text not null,
    -- who links it, signed in when it began
    person blob references person (id),
    created_at integer not null,
    expires_at integer not null
) strict;
create index identity_login_expires on identity_login (expires_at);
