-- Rows for reports, derived from the journal in the transaction of each batch and rebuilt from it
-- by replay. `activity` is the activity's index in the course of the attempt's version, `of_attempt` the attempt on the activity (SCORM 2004 may begin several within one
-- attempt on the module), `place` the n of `cmi.interactions.n`.

create table interaction (
    attempt uuid not null references attempt (id),
    activity bigint not null,
    -- its identifier in the manifest
    activity_id text not null,
    of_attempt bigint not null,
    place bigint not null,
    identifier text not null,
    kind text,
    -- the question's text, where the content gives it
    description text,
    -- JSON list of the correct patterns, as reported
    patterns jsonb not null,
    response text,
    -- a word or a number, as reported
    result text,
    weighting double precision,
    -- seconds
    latency double precision,
    -- time of the answer as reported (a time of day in SCORM 1.2)
    reported_at text,
    -- JSON list of objective ids
    objectives jsonb not null,
    updated_at bigint not null,
    primary key (attempt, activity, of_attempt, place)
);

create table objective_result (
    attempt uuid not null references attempt (id),
    activity bigint not null,
    -- its identifier in the manifest
    activity_id text not null,
    of_attempt bigint not null,
    place bigint not null,
    identifier text not null,
    description text,
    -- passed, failed; null: not known
    success text,
    -- completed, incomplete; null: not known
    completion text,
    scaled double precision,
    raw double precision,
    min double precision,
    max double precision,
    progress double precision,
    updated_at bigint not null,
    primary key (attempt, activity, of_attempt, place)
);

-- Where an attempt stands in each activity that was begun, as of the last end of one.
create table activity_result (
    attempt uuid not null references attempt (id),
    activity bigint not null,
    activity_id text not null,
    state text not null,
    -- -1..1
    score double precision,
    -- 0..1
    progress double precision,
    seconds double precision not null,
    launches bigint not null,
    updated_at bigint not null,
    primary key (attempt, activity),
    constraint activity_result_state check (state in ('not-started', 'in-progress', 'completed', 'passed', 'failed'))
);

-- Corrections by staff: who, in which role then, and why. The journal holds the same entry.
create table correction (
    session uuid not null primary key references session (id),
    attempt uuid not null references attempt (id),
    author uuid not null references person (id),
    -- admin, trainer, regional
    role text not null,
    reason text not null,
    -- null: the whole module
    activity text,
    completed boolean,
    passed boolean,
    -- -1..1
    scaled double precision,
    at bigint not null,
    constraint correction_role check (role in ('admin', 'trainer', 'regional'))
);
create index correction_attempt on correction (attempt);

-- Attempts made before these tables existed.
insert into outbox (id, kind, payload, created_at, due_at)
    select gen_random_uuid(), 'report-rows', '{}', 0, 0 where exists (select 1 from attempt);
