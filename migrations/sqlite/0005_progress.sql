-- Outcomes of every standard, per learner and module. Knows no standard.

create table progress (
    person blob not null references person (id),
    module blob not null references module (id),
    attempt blob references attempt (id),
    state text not null,
    success text not null,
    -- 0..1
    progress real not null,
    -- the format has no progress measure: this one is estimated
    estimated integer not null,
    -- -1..1
    score real,
    seconds real not null,
    started_at integer,
    completed_at integer,
    updated_at integer not null,
    primary key (person, module),
    constraint progress_state check (state in ('not-started', 'in-progress', 'completed')),
    constraint progress_success check (success in ('unknown', 'passed', 'failed'))
) strict;
create index progress_module on progress (module);
create index progress_updated on progress (updated_at, person, module);

-- Each change, so that an organisation's roll-up counts what was reached during the membership.
create table progress_change (
    id blob not null primary key,
    person blob not null references person (id),
    module blob not null references module (id),
    at integer not null,
    state text not null,
    success text not null,
    progress real not null,
    score real,
    seconds real not null
) strict;
create index progress_change_person on progress_change (person, module, at);
