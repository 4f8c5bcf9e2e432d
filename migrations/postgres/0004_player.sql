-- Attempts, sessions and the journal: append-only, everything else is derived from it.

create table attempt (
    id uuid not null primary key,
    person uuid not null references person (id),
    module uuid not null references module (id),
    version uuid not null references module_version (id),
    number bigint not null,
    -- serialised: scorm::Attempt, the fold of the journal so far
    state text not null,
    -- JSON: outcome of this attempt, as in progress
    outcome jsonb not null,
    started_at bigint not null,
    updated_at bigint not null,
    finished_at bigint
);
create unique index attempt_number on attempt (person, module, number);

-- One opening of the player on an attempt.
create table session (
    id uuid not null primary key,
    attempt uuid not null references attempt (id),
    -- the content origin's bearer token, hashed
    token_hash text not null,
    -- launch URL for one opening (API), hashed; null once opened
    ticket_hash text,
    ticket_expires_at bigint,
    created_at bigint not null,
    expires_at bigint not null,
    -- when the wrapper took its state: from then on it is the attempt's current session
    opened_at bigint,
    last_seq bigint not null default 0,
    last_at bigint,
    superseded_at bigint,
    closed_at bigint,
    -- JSON: list of findings about this session (divergence, over-long values…)
    diagnosis jsonb not null default '[]'
);
create unique index session_token on session (token_hash);
create unique index session_ticket on session (ticket_hash);
create index session_attempt on session (attempt);

create table journal (
    session uuid not null references session (id),
    seq bigint not null,
    -- milliseconds since the session opened, by the client's clock
    at bigint not null,
    received_at bigint not null,
    -- serialised: the entry as it came
    entry text not null,
    -- what the fold answered
    result text,
    error bigint not null default 0,
    -- false: kept, but not folded (the session had been superseded)
    folded boolean not null default true,
    primary key (session, seq)
);

-- Objectives whose scope is the whole system (SCORM 2004), per person.
create table global_objective (
    person uuid not null references person (id),
    identifier text not null,
    -- JSON: status and measures
    state jsonb not null,
    updated_at bigint not null,
    primary key (person, identifier)
);
