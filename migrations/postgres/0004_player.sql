-- Attempts, sessions and the journal: append-only, everything else is derived from it.

create table attempt (
    id uuid not null primary key,
    person uuid not null references person (id),
    module uuid not null references module (id),
    version uuid not null references module_version (id),
    number bigint not null,
    -- serialised: scorm::Setup, what the fold begins with
    setup text not null,
    -- serialised: scorm::Attempt, the fold of the journal so far
    state text not null,
    -- how many entries are folded into it
    folded bigint not null default 0,
    -- JSON: outcome of this attempt, as in progress
    outcome jsonb not null,
    -- the session that was opened last: only its entries are folded
    session uuid,
    started_at bigint not null,
    updated_at bigint not null,
    finished_at bigint
);
create unique index attempt_number on attempt (person, module, number);
create index attempt_module on attempt (module);

-- One opening of the player on an attempt, or one correction by staff.
create table session (
    id uuid not null primary key,
    attempt uuid not null references attempt (id),
    kind text not null default 'player',
    -- launch address for one opening (API), hashed; null once used
    ticket_hash text,
    ticket_expires_at bigint,
    -- chosen by the browser, so that a lost answer can be asked for again
    opening text,
    created_at bigint not null,
    -- when the wrapper took its state
    opened_at bigint,
    last_seq bigint not null default 0,
    last_at bigint,
    -- JSON: list of findings about this session (entries judged otherwise than the browser did…)
    diagnosis jsonb not null default '[]',
    constraint session_kind check (kind in ('player', 'correction'))
);
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
    -- what the fold answered, where that differs from what the browser had answered
    result text,
    error bigint,
    -- place in the attempt's fold; null: kept, but not folded (the session had been superseded)
    position bigint,
    primary key (session, seq)
);

-- Objectives and data stores whose scope is the whole system (SCORM 2004), per person.
create table global_objective (
    person uuid not null references person (id),
    -- `objective:<id>` or `store:<id>`
    identifier text not null,
    -- JSON: status and measures, or the text
    state jsonb not null,
    updated_at bigint not null,
    primary key (person, identifier)
);
