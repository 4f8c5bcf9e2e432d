-- Tools of others that our modules open (LTI 1.3, platform role).

create table tool (
    id uuid not null primary key,
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
    redirect_uris jsonb not null default '[]',
    -- the tool's keys: fetched from here, or given
    jwks_url text,
    public_key text,
    keys text,
    keys_at bigint not null default 0,
    keys_tried_at bigint not null default 0,
    -- an operator on this machine named addresses of its own network
    local boolean not null default false,
    -- what learners' launches tell
    send_name boolean not null default false,
    send_email boolean not null default false,
    -- JSON: custom parameters of every launch
    custom jsonb not null default '[]',
    state text not null default 'active',
    created_at bigint not null,
    created_by uuid references person (id),
    constraint tool_state check (state in ('pending', 'active', 'closed'))
);
create unique index tool_client on tool (client_id);

-- A token with which a tool registers itself, once.
create table tool_invitation (
    token_hash text not null primary key,
    created_by uuid not null references person (id),
    created_at bigint not null,
    expires_at bigint not null,
    used_at bigint
);

-- Who somebody is for a tool: every tool knows them by another name.
create table tool_person (
    tool uuid not null references tool (id),
    person uuid not null references person (id),
    subject text not null,
    created_at bigint not null,
    primary key (tool, person)
);
create unique index tool_subject on tool_person (tool, subject);

-- A launch under way: whose, what, in which browser.
create table tool_login (
    hint_hash text not null primary key,
    tool uuid not null references tool (id),
    person uuid not null references person (id),
    browser_hash text not null,
    -- the link, or none: content is picked
    module uuid references module (id),
    -- JSON
    detail jsonb not null default '{}',
    created_at bigint not null,
    expires_at bigint not null
);
create index tool_login_expires on tool_login (expires_at);

-- Content asked for, and what came back.
create table tool_choice (
    id uuid not null primary key,
    tool uuid not null references tool (id),
    person uuid not null references person (id),
    data_hash text not null,
    -- JSON: the links; none: not answered yet
    links jsonb,
    others bigint not null default 0,
    expires_at bigint not null
);
create unique index tool_choice_data on tool_choice (data_hash);

-- What a tool may say once.
create table tool_nonce (
    tool uuid not null references tool (id),
    nonce text not null,
    expires_at bigint not null,
    primary key (tool, nonce)
);

create table tool_token (
    hash text not null primary key,
    tool uuid not null references tool (id),
    -- JSON
    scopes jsonb not null,
    expires_at bigint not null
);

-- A column of a module's gradebook, as its tool sees it.
create table tool_line_item (
    id uuid not null primary key,
    tool uuid not null references tool (id),
    module uuid not null references module (id),
    label text not null,
    maximum double precision not null,
    resource_id text,
    tag text,
    -- the link's own: the one that counts
    own boolean not null default false,
    created_at bigint not null
);
create index tool_line_item_module on tool_line_item (module, tool);

-- Scores as they were taken, in their order: nothing is overwritten.
create table tool_score (
    id uuid not null primary key,
    line_item uuid not null references tool_line_item (id) on delete cascade,
    person uuid not null references person (id),
    -- the tool's own moment
    at bigint not null,
    given double precision,
    maximum double precision,
    activity text not null,
    grading text not null,
    comment text,
    received_at bigint not null
);
create unique index tool_score_order on tool_score (line_item, person, at);
