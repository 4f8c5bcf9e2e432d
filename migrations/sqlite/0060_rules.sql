-- Rules that changed: each version is kept, and a seat knows under which it was taken.

alter table seminar add column rule_version integer not null default 1;
alter table seat add column rule_version integer not null default 1;

create table seminar_rule (
    seminar blob not null references seminar (id),
    version integer not null,
    -- JSON: domain::eligibility::Rule
    rule text not null,
    made_by blob references person (id),
    made_at integer not null,
    primary key (seminar, version)
) strict;
insert into seminar_rule (seminar, version, rule, made_by, made_at)
    select id, 1, rule, created_by, created_at from seminar;

-- Staff lets somebody in whatever the rule says, and says why.
create table admission (
    id blob not null primary key,
    seminar blob not null references seminar (id),
    person blob not null references person (id),
    reason text not null,
    made_by blob not null references person (id),
    made_at integer not null
) strict;
create unique index admission_once on admission (seminar, person);

-- Learnt elsewhere: counts for every rule as completed and passed.
create table recognition (
    id blob not null primary key,
    person blob not null references person (id),
    module blob not null references module (id),
    reason text not null,
    made_by blob not null references person (id),
    made_at integer not null,
    revoked_at integer
) strict;
create unique index recognition_once on recognition (person, module) where revoked_at is null;
