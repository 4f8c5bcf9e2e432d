-- Rows for reports, derived from the journal in the transaction of each batch and rebuilt from it
-- by replay. `activity` is the activity's index in the course of the attempt's version, `of_attempt` the attempt on the activity (SCORM 2004 may begin several within one
-- attempt on the module), `place` the n of `cmi.interactions.n`.

create table interaction (
    attempt blob not null references attempt (id),
    activity integer not null,
    -- its identifier in the manifest
    activity_id text not null,
    of_attempt integer not null,
    place integer not null,
    identifier text not null,
    kind text,
    -- the question's text, where the content gives it
    description text,
    -- JSON list of the correct patterns, as reported
    patterns text not null,
    response text,
    -- a word or a number, as reported
    result text,
    weighting real,
    -- seconds
    latency real,
    -- time of the answer as reported (a time of day in SCORM 1.2)
    reported_at text,
    -- JSON list of objective ids
    objectives text not null,
    updated_at integer not null,
    primary key (attempt, activity, of_attempt, place)
) strict;

create table objective_result (
    attempt blob not null references attempt (id),
    activity integer not null,
    -- its identifier in the manifest
    activity_id text not null,
    of_attempt integer not null,
    place integer not null,
    identifier text not null,
    description text,
    -- passed, failed; null: not known
    success text,
    -- completed, incomplete; null: not known
    completion text,
    scaled real,
    raw real,
    min real,
    max real,
    progress real,
    updated_at integer not null,
    primary key (attempt, activity, of_attempt, place)
) strict;

-- Where an attempt stands in each activity that was begun, as of the last end of one.
create table activity_result (
    attempt blob not null references attempt (id),
    activity integer not null,
    activity_id text not null,
    state text not null,
    -- -1..1
    score real,
    -- 0..1
    progress real,
    seconds real not null,
    launches integer not null,
    updated_at integer not null,
    primary key (attempt, activity),
    constraint activity_result_state check (state in ('not-started', 'in-progress', 'completed', 'passed', 'failed'))
) strict;

-- Corrections by staff: who, in which role then, and why. The journal holds the same entry.
create table correction (
    session blob not null primary key references session (id),
    attempt blob not null references attempt (id),
    author blob not null references person (id),
    -- admin, trainer, regional
    role text not null,
    reason text not null,
    -- null: the whole module
    activity text,
    completed integer,
    passed integer,
    -- -1..1
    scaled real,
    at integer not null,
    constraint correction_role check (role in ('admin', 'trainer', 'regional'))
) strict;
create index correction_attempt on correction (attempt);

-- Attempts made before these tables existed.
insert into outbox (id, kind, payload, created_at, due_at)
    select randomblob(16), 'report-rows', '{}', 0, 0 where exists (select 1 from attempt);
