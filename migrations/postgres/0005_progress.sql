-- Outcomes of every standard, per learner and module. Knows no standard.

create table progress (
    person uuid not null references person (id),
    module uuid not null references module (id),
    attempt uuid references attempt (id),
    state text not null,
    success text not null,
    -- 0..1
    progress double precision not null,
    -- the format has no progress measure: this one is estimated
    estimated boolean not null,
    -- -1..1
    score double precision,
    seconds double precision not null,
    started_at bigint,
    completed_at bigint,
    updated_at bigint not null,
    primary key (person, module),
    constraint progress_state check (state in ('not-started', 'in-progress', 'completed')),
    constraint progress_success check (success in ('unknown', 'passed', 'failed'))
);
create index progress_module on progress (module);
create index progress_updated on progress (updated_at, person, module);

-- Each change, so that an organisation's roll-up counts what was reached during the membership.
create table progress_change (
    id uuid not null primary key,
    person uuid not null references person (id),
    module uuid not null references module (id),
    at bigint not null,
    state text not null,
    success text not null,
    progress double precision not null,
    score double precision,
    seconds double precision not null
);
create index progress_change_person on progress_change (person, module, at);
