-- Other record stores that get our statements too, in order, each once.

create table lrs_target (
    id blob not null primary key,
    name text not null,
    -- what `statements` is appended to
    url text not null,
    user_name text not null,
    -- sealed
    password text not null,
    version text not null,
    -- null: all statements
    query blob references lrs_query (id),
    active integer not null default 1,
    -- the time of the last statement that was delivered or passed over
    position integer not null,
    delivered integer not null default 0,
    -- refused for good by the other store; kept in lrs_refused
    refused integer not null default 0,
    delivered_at integer,
    -- what the last try said; null: it worked
    error text,
    error_at integer,
    -- the row of the outbox that delivers; null: nothing to do
    job blob,
    created_at integer not null,
    created_by blob references person (id),
    constraint lrs_target_version check (version in ('1.0.3', '2.0.0'))
) strict;

create table lrs_refused (
    target blob not null references lrs_target (id),
    stored integer not null,
    id blob not null,
    -- of the answer
    status integer not null,
    reason text not null,
    at integer not null,
    primary key (target, stored)
) strict;
