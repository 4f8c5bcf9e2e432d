-- Dispatch: thin packages that other LMSs import, and the learners who come through them.

create table dispatch (
    id uuid not null primary key,
    module uuid not null references module (id),
    -- the LMS, as its trainer calls it
    name text not null,
    -- whose members its learners are
    organisation uuid references organisation (id),
    -- learners at most; none: as many as come
    cap bigint,
    expires_at bigint,
    -- learners' ids are hashed in the browser
    hash_ids boolean not null default false,
    -- learners' names are sent
    send_names boolean not null default false,
    -- JSON: the origins of the LMS that may open it; empty: learnt at the first launch
    origins jsonb not null default '[]',
    state text not null default 'active',
    created_at bigint not null,
    created_by uuid references person (id),
    constraint dispatch_state check (state in ('active', 'revoked'))
);
create index dispatch_module on dispatch (module);

-- Who came through a dispatch, as that LMS calls them.
create table dispatch_learner (
    dispatch uuid not null references dispatch (id),
    learner text not null,
    person uuid not null references person (id),
    launches bigint not null default 0,
    created_at bigint not null,
    seen_at bigint not null,
    primary key (dispatch, learner)
);
create unique index dispatch_person on dispatch_learner (dispatch, person);

-- A browser that plays, by the token it was given.
create table dispatch_session (
    token_hash text not null primary key,
    dispatch uuid not null references dispatch (id),
    person uuid not null references person (id),
    session uuid not null,
    -- JSON: the origins around the frame
    frames jsonb not null,
    lang text not null,
    created_at bigint not null,
    expires_at bigint not null
);
create index dispatch_session_expires on dispatch_session (expires_at);
