-- Outgoing effects, written in the same transaction as their cause.

create table outbox (
    id blob not null primary key,
    kind text not null,
    -- JSON
    payload text not null,
    created_at integer not null,
    due_at integer not null,
    attempts integer not null default 0,
    claimed_until integer,
    done_at integer,
    failed_at integer,
    error text
) strict;
create index outbox_due on outbox (due_at) where done_at is null and failed_at is null;

-- Who did what to whom: append-only.
create table audit (
    id blob not null primary key,
    at integer not null,
    actor blob references person (id),
    action text not null,
    object text not null,
    -- JSON
    detail text not null
) strict;

-- Settings that the running platform keeps for itself (schema of the demo, keys…).
create table setting (
    key text not null primary key,
    value text not null
) strict;
