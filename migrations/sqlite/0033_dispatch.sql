-- Dispatch: thin packages that other LMSs import, and the learners who come through them.

create table dispatch (
    id blob not null primary key,
    module blob not null references module (id),
    -- the LMS, as its trainer calls it
    name text not null,
    -- whose members its learners are
    organisation blob references organisation (id),
    -- learners at most; none: as many as come
    cap integer,
    expires_at integer,
    -- learners' ids are hashed in the browser
    hash_ids integer not null default 0,
    -- learners' names are sent
    send_names integer not null default 0,
    -- JSON: the origins of the LMS that may open it; empty: learnt at the first launch
    origins text not null default '[]',
    state text not null default 'active',
    created_at integer not null,
    created_by blob references person (id),
    constraint dispatch_state check (state in ('active', 'revoked'))
) strict;
create index dispatch_module on dispatch (module);

-- Who came through a dispatch, as that LMS calls them.
create table dispatch_learner (
    dispatch blob not null references dispatch (id),
    learner text not null,
    person blob not null references person (id),
    launches integer not null default 0,
    created_at integer not null,
    seen_at integer not null,
    primary key (dispatch, learner)
) strict;
create unique index dispatch_person on dispatch_learner (dispatch, person);

-- A browser that plays, by the token it was given.
create table dispatch_session (
    token_hash text not null primary key,
    dispatch blob not null references dispatch (id),
    person blob not null references person (id),
    session blob not null,
    -- JSON: the origins around the frame
    frames text not null,
    lang text not null,
    created_at integer not null,
    expires_at integer not null
) strict;
create index dispatch_session_expires on dispatch_session (expires_at);
