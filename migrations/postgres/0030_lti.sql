-- LTI: learning platforms that launch our modules and get the grades back.

-- A registration: of LTI 1.3 (issuer and client id) or of LTI 1.1 (a consumer's key and secret).
create table lti_platform (
    id uuid not null primary key,
    name text not null,
    -- '1.3', '1.1'
    version text not null,
    -- 1.1: 'consumer:' and the key
    issuer text not null,
    -- 1.1: the consumer's key
    client_id text not null,
    auth_url text not null default '',
    token_url text not null default '',
    -- audience of token requests, where it is not the endpoint
    token_audience text,
    jwks_url text not null default '',
    algorithm text not null default 'RS256',
    -- 1.1: sealed; HMAC needs the secret itself
    secret text,
    -- JSON: further hosts of the platform, for its services and frames
    hosts jsonb not null default '[]',
    -- an operator on this machine named addresses of its own network
    local boolean not null default false,
    -- 1.1: repeats the query in the body and signs it once
    lenient boolean not null default false,
    -- deployments are taken as they come
    open_deployments boolean not null default false,
    -- launches without a person are guests
    guests boolean not null default true,
    organisation uuid references organisation (id),
    state text not null default 'active',
    family text not null default '',
    -- the platform's key set, as fetched
    keys text,
    keys_at bigint not null default 0,
    keys_tried_at bigint not null default 0,
    created_at bigint not null,
    created_by uuid references person (id),
    constraint lti_platform_version check (version in ('1.3', '1.1')),
    constraint lti_platform_state check (state in ('pending', 'active', 'closed'))
);
create unique index lti_registration on lti_platform (issuer, client_id);

create table lti_deployment (
    id uuid not null primary key,
    platform uuid not null references lti_platform (id),
    deployment text not null,
    organisation uuid references organisation (id),
    state text not null default 'active',
    created_at bigint not null,
    constraint lti_deployment_state check (state in ('pending', 'active', 'closed'))
);
create unique index lti_deployment_name on lti_deployment (platform, deployment);

-- A course of a platform; may be an organisation's.
create table lti_context (
    id uuid not null primary key,
    deployment uuid not null references lti_deployment (id),
    context text not null,
    title text not null default '',
    organisation uuid references organisation (id),
    -- names and roles service
    members_url text,
    created_at bigint not null,
    updated_at bigint not null
);
create unique index lti_context_name on lti_context (deployment, context);

-- A link in a course, and the module it opens.
create table lti_link (
    id uuid not null primary key,
    deployment uuid not null references lti_deployment (id),
    context uuid references lti_context (id),
    link text not null,
    title text not null default '',
    module uuid references module (id),
    -- assignment and grade services
    line_items text,
    line_item text,
    -- JSON: what may be done there
    scopes jsonb not null default '[]',
    -- a worker is making the column until then
    making_until bigint not null default 0,
    -- basic outcomes
    outcome_url text,
    created_at bigint not null,
    updated_at bigint not null
);
create unique index lti_link_name on lti_link (deployment, link);

-- Who a person is elsewhere. Never found by address: only (issuer, subject).
create table lti_identity (
    id uuid not null primary key,
    issuer text not null,
    subject text not null,
    person uuid not null references person (id),
    platform uuid not null references lti_platform (id),
    name text not null default '',
    -- as the platform says; proves nothing
    email text,
    created_at bigint not null,
    seen_at bigint not null
);
create unique index lti_identity_subject on lti_identity (issuer, subject);
create index lti_identity_person on lti_identity (person);

-- A login under way: used up by one delete.
create table lti_login (
    state_hash text not null primary key,
    nonce text not null,
    platform uuid not null references lti_platform (id),
    -- hash of what this browser holds
    browser_hash text not null,
    -- JSON: what the platform sent, to begin again in a window
    initiation jsonb not null,
    created_at bigint not null,
    expires_at bigint not null
);
create index lti_login_expires on lti_login (expires_at);

-- LTI 1.1: nonces used up within the window of time.
create table lti_nonce (
    platform uuid not null references lti_platform (id),
    nonce text not null,
    expires_at bigint not null,
    primary key (platform, nonce)
);

-- A launched browser: limited to one link and one person, apart from full sessions.
create table lti_session (
    id uuid not null primary key,
    token_hash text not null,
    platform uuid not null references lti_platform (id),
    deployment uuid not null references lti_deployment (id),
    link uuid references lti_link (id),
    person uuid not null references person (id),
    teaches boolean not null,
    -- JSON: deep linking settings, return address, frames
    detail jsonb not null,
    created_at bigint not null,
    expires_at bigint not null
);
create unique index lti_session_token on lti_session (token_hash);
create index lti_session_expires on lti_session (expires_at);

-- Our signing keys. The private half is sealed.
create table lti_key (
    kid text not null primary key,
    private text not null,
    -- JSON: the public half
    public jsonb not null,
    created_at bigint not null,
    -- signs from then on
    active_at bigint not null,
    -- published until then
    retired_at bigint
);

-- One-time addresses for dynamic registration.
create table lti_invitation (
    id uuid not null primary key,
    token_hash text not null,
    organisation uuid references organisation (id),
    created_by uuid not null references person (id),
    created_at bigint not null,
    expires_at bigint not null,
    used_at bigint,
    platform uuid references lti_platform (id)
);
create unique index lti_invitation_token on lti_invitation (token_hash);

-- The grade of a learner on a link: the newest state, and what of it the platform has.
create table lti_score (
    id uuid not null primary key,
    link uuid not null references lti_link (id),
    person uuid not null references person (id),
    module uuid not null references module (id),
    -- the learner, as the platform calls them
    user_id text not null,
    -- basic outcomes: the place in the gradebook
    sourcedid text,
    -- JSON: where the learner stands
    standing jsonb not null,
    -- counts the changes of the standing
    version bigint not null,
    -- the version the platform has
    sent bigint not null default 0,
    at bigint not null,
    sent_at bigint,
    -- the row of the outbox that delivers it; null: nothing to do
    job uuid,
    error text
);
create unique index lti_score_learner on lti_score (link, person);
create index lti_score_progress on lti_score (person, module);
create index lti_score_job on lti_score (job) where job is not null;

-- Access tokens of platforms' services, sealed, per scope.
create table lti_token (
    platform uuid not null references lti_platform (id),
    scope text not null,
    token text not null,
    expires_at bigint not null,
    primary key (platform, scope)
);
