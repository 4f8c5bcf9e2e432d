-- Tools of others that our modules open (LTI 1.3, platform role).

create table tool (
    id blob not null primary key,
    name text not null,
    client_id text not null,
    deployment text not null,
    -- where logins begin
    login_url text not null,
    -- what is launched when a link names no address
    target_url text not null,
    -- where content is picked, where it can be
    picker_url text,
    -- JSON: the addresses messages may go to, to the letter
    redirect_uris text not null default '[]',
    -- the tool's keys: fetched from here, or given
    jwks_url text,
    public_key text,
    keys text,
    keys_at integer not null default 0,
    keys_tried_at integer not null default 0,
    -- an operator on this machine named addresses of its own network
    local integer not null default 0,
    -- what learners' launches tell
    send_name integer not null default 0,
    send_email integer not null default 0,
    -- JSON: custom parameters of every launch
    custom text not null default '[]',
    state text not null default 'active',
    created_at integer not null,
    created_by blob references person (id),
    constraint tool_state check (state in ('pending', 'active', 'closed'))
) strict;
create unique index tool_client on tool (client_id);

-- A token with which a tool registers itself, once.
create table tool_invitation (
    token_hash text not null primary key,
    created_by blob not null references person (id),
    created_at integer not null,
    expires_at integer not null,
    used_at integer
) strict;

-- Who somebody is for a tool: every tool knows them by another name.
create table tool_person (
    tool blob not null references tool (id),
    person blob not null references person (id),
    subject text not null,
    created_at integer not null,
    primary key (tool, person)
) strict;
create unique index tool_subject on tool_person (tool, subject);

-- A launch under way: whose, what, in which browser.
create table tool_login (
    hint_hash text not null primary key,
    tool blob not null references tool (id),
    person blob not null references person (id),
    browser_hash text not null,
    -- the link, or none: content is picked
    module blob references module (id),
    -- JSON
    detail text not null default '{}',
    created_at integer not null,
    expires_at integer not null
) strict;
create index tool_login_expires on tool_login (expires_at);

-- Content asked for, and what came back.
create table tool_choice (
    id blob not null primary key,
    tool blob not null references tool (id),
    person blob not null references person (id),
    data_hash text not null,
    -- JSON: the links; none: not answered yet
    links text,
    others integer not null default 0,
    expires_at integer not null
) strict;
create unique index tool_choice_data on tool_choice (data_hash);

-- What a tool may say once.
create table tool_nonce (
    tool blob not null references tool (id),
    nonce text not null,
    expires_at integer not null,
    primary key (tool, nonce)
) strict;

create table tool_token (
    hash text not null primary key,
    tool blob not null references tool (id),
    -- JSON
    scopes text not null,
    expires_at integer not null
) strict;

-- A column of a module's gradebook, as its tool sees it.
create table tool_line_item (
    id blob not null primary key,
    tool blob not null references tool (id),
    module blob not null references module (id),
    label text not null,
    maximum real not null,
    resource_id text,
    tag text,
    -- the link's own: the one that counts
    own integer not null default 0,
    created_at integer not null
) strict;
create index tool_line_item_module on tool_line_item (module, tool);

-- Scores as they were taken, in their order: nothing is overwritten.
create table tool_score (
    id blob not null primary key,
    line_item blob not null references tool_line_item (id) on delete cascade,
    person blob not null references person (id),
    -- the tool's own moment
    at integer not null,
    given real,
    maximum real,
    activity text not null,
    grading text not null,
    comment text,
    received_at integer not null
) strict;
create unique index tool_score_order on tool_score (line_item, person, at);
