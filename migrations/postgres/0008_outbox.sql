-- Outgoing effects, written in the same transaction as their cause.

create table outbox (
    id uuid not null primary key,
    kind text not null,
    -- JSON
    payload jsonb not null,
    created_at bigint not null,
    due_at bigint not null,
    attempts bigint not null default 0,
    claimed_until bigint,
    done_at bigint,
    failed_at bigint,
    error text
);
create index outbox_due on outbox (due_at) where done_at is null and failed_at is null;

-- Who did what to whom: append-only.
create table audit (
    id uuid not null primary key,
    at bigint not null,
    actor uuid references person (id),
    action text not null,
    object text not null,
    -- JSON
    detail jsonb not null
);

-- Settings that the running platform keeps for itself (schema of the demo, keys…).
create table setting (
    key text not null primary key,
    value text not null
);
