-- Other record stores that get our statements too, in order, each once.

create table lrs_target (
    id uuid not null primary key,
    name text not null,
    -- what `statements` is appended to
    url text not null,
    user_name text not null,
    -- sealed
    password text not null,
    version text not null,
    -- null: all statements
    query uuid references lrs_query (id),
    active boolean not null default true,
    -- the time of the last statement that was delivered or passed over
    position bigint not null,
    delivered bigint not null default 0,
    -- refused for good by the other store; kept in lrs_refused
    refused bigint not null default 0,
    delivered_at bigint,
    -- what the last try said; null: it worked
    error text,
    error_at bigint,
    -- the row of the outbox that delivers; null: nothing to do
    job uuid,
    created_at bigint not null,
    created_by uuid references person (id),
    constraint lrs_target_version check (version in ('1.0.3', '2.0.0'))
);

create table lrs_refused (
    target uuid not null references lrs_target (id),
    stored bigint not null,
    id uuid not null,
    -- of the answer
    status bigint not null,
    reason text not null,
    at bigint not null,
    primary key (target, stored)
);
