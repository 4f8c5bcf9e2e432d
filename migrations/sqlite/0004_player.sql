-- Attempts, sessions and the journal: append-only, everything else is derived from it.

create table attempt (
    id blob not null primary key,
    person blob not null references person (id),
    module blob not null references module (id),
    version blob not null references module_version (id),
    number integer not null,
    -- serialised: scorm::Attempt, the fold of the journal so far
    state text not null,
    -- JSON: outcome of this attempt, as in progress
    outcome text not null,
    started_at integer not null,
    updated_at integer not null,
    finished_at integer
) strict;
create unique index attempt_number on attempt (person, module, number);

-- One opening of the player on an attempt.
create table session (
    id blob not null primary key,
    attempt blob not null references attempt (id),
    -- the content origin's bearer token, hashed
    token_hash text not null,
    -- launch URL for one opening (API), hashed; null once opened
    ticket_hash text,
    ticket_expires_at integer,
    created_at integer not null,
    expires_at integer not null,
    -- when the wrapper took its state: from then on it is the attempt's current session
    opened_at integer,
    last_seq integer not null default 0,
    last_at integer,
    superseded_at integer,
    closed_at integer,
    -- JSON: list of findings about this session (divergence, over-long values…)
    diagnosis text not null default '[]'
) strict;
create unique index session_token on session (token_hash);
create unique index session_ticket on session (ticket_hash);
create index session_attempt on session (attempt);

create table journal (
    session blob not null references session (id),
    seq integer not null,
    -- milliseconds since the session opened, by the client's clock
    at integer not null,
    received_at integer not null,
    -- serialised: the entry as it came
    entry text not null,
    -- what the fold answered
    result text,
    error integer not null default 0,
    -- false: kept, but not folded (the session had been superseded)
    folded integer not null default 1,
    primary key (session, seq)
) strict;

-- Objectives whose scope is the whole system (SCORM 2004), per person.
create table global_objective (
    person blob not null references person (id),
    identifier text not null,
    -- JSON: status and measures
    state text not null,
    updated_at integer not null,
    primary key (person, identifier)
) strict;
