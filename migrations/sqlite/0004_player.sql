-- Attempts, sessions and the journal: append-only, everything else is derived from it.

create table attempt (
    id blob not null primary key,
    person blob not null references person (id),
    module blob not null references module (id),
    version blob not null references module_version (id),
    number integer not null,
    -- serialised: scorm::Setup, what the fold begins with
    setup text not null,
    -- serialised: scorm::Attempt, the fold of the journal so far
    state text not null,
    -- how many entries are folded into it
    folded integer not null default 0,
    -- JSON: outcome of this attempt, as in progress
    outcome text not null,
    -- the session that was opened last: only its entries are folded
    session blob,
    started_at integer not null,
    updated_at integer not null,
    finished_at integer
) strict;
create unique index attempt_number on attempt (person, module, number);
create index attempt_module on attempt (module);

-- One opening of the player on an attempt, or one correction by staff.
create table session (
    id blob not null primary key,
    attempt blob not null references attempt (id),
    kind text not null default 'player',
    -- launch address for one opening (API), hashed; null once used
    ticket_hash text,
    ticket_expires_at integer,
    -- chosen by the browser, so that a lost answer can be asked for again
    opening text,
    created_at integer not null,
    -- when the wrapper took its state
    opened_at integer,
    last_seq integer not null default 0,
    last_at integer,
    -- JSON: list of findings about this session (entries judged otherwise than the browser did…)
    diagnosis text not null default '[]',
    constraint session_kind check (kind in ('player', 'correction'))
) strict;
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
    -- what the fold answered, where that differs from what the browser had answered
    result text,
    error integer,
    -- place in the attempt's fold; null: kept, but not folded (the session had been superseded)
    position integer,
    primary key (session, seq)
) strict;

-- Objectives and data stores whose scope is the whole system (SCORM 2004), per person.
create table global_objective (
    person blob not null references person (id),
    -- `objective:<id>` or `store:<id>`
    identifier text not null,
    -- JSON: status and measures, or the text
    state text not null,
    updated_at integer not null,
    primary key (person, identifier)
) strict;
