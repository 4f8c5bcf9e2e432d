-- Rules that changed: each version is kept, and a seat knows under which it was taken.

alter table seminar add column rule_version bigint not null default 1;
alter table seat add column rule_version bigint not null default 1;

create table seminar_rule (
    seminar uuid not null references seminar (id),
    version bigint not null,
    -- JSON: domain::eligibility::Rule
    rule jsonb not null,
    made_by uuid references person (id),
    made_at bigint not null,
    primary key (seminar, version)
);
insert into seminar_rule (seminar, version, rule, made_by, made_at)
    select id, 1, rule, created_by, created_at from seminar;

-- Staff lets somebody in whatever the rule says, and says why.
create table admission (
    id uuid not null primary key,
    seminar uuid not null references seminar (id),
    person uuid not null references person (id),
    reason text not null,
    made_by uuid not null references person (id),
    made_at bigint not null
);
create unique index admission_once on admission (seminar, person);

-- Learnt elsewhere: counts for every rule as completed and passed.
create table recognition (
    id uuid not null primary key,
    person uuid not null references person (id),
    module uuid not null references module (id),
    reason text not null,
    made_by uuid not null references person (id),
    made_at bigint not null,
    revoked_at bigint
);
create unique index recognition_once on recognition (person, module) where revoked_at is null;
