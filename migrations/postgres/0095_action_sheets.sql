-- Action sheets: what the programme does, with whom, until when, and what shows it.

create table action_sheet (
    id uuid not null primary key,
    slug text not null,
    title text not null,
    objective text not null,
    description text not null default '',
    language text not null default 'fr',
    -- none: the whole country
    region text references region (slug),
    axis text references axis (slug),
    -- domain::action::State
    state text not null default 'planned',
    starts_at bigint not null,
    ends_at bigint not null,
    published_at bigint,
    created_by uuid not null references person (id),
    created_at bigint not null,
    updated_at bigint not null,
    constraint action_state check (state in ('planned', 'under-way', 'done', 'stopped')),
    constraint action_dates check (ends_at >= starts_at)
);
create unique index action_slug on action_sheet (slug);
create index action_starts on action_sheet (starts_at);

create table action_organisation (
    sheet uuid not null references action_sheet (id),
    organisation uuid not null references organisation (id),
    primary key (sheet, organisation)
);
create index action_organisation_organisation on action_organisation (organisation);

create table action_milestone (
    id uuid not null primary key,
    sheet uuid not null references action_sheet (id),
    title text not null,
    due_at bigint not null,
    done_at bigint,
    done_by uuid references person (id)
);
create index action_milestone_sheet on action_milestone (sheet, due_at);

-- Something on the platform that shows what was done.
create table action_evidence (
    id uuid not null primary key,
    sheet uuid not null references action_sheet (id),
    kind text not null,
    object uuid not null,
    note text not null default '',
    made_by uuid not null references person (id),
    made_at bigint not null,
    constraint action_evidence_kind check (kind in ('seminar', 'document', 'module', 'topic'))
);
create unique index action_evidence_once on action_evidence (sheet, kind, object);

-- What happened to a sheet: of a step, from where to where and why.
create table action_event (
    id uuid not null primary key,
    sheet uuid not null references action_sheet (id),
    what text not null,
    from_state text,
    to_state text,
    note text not null default '',
    person uuid not null references person (id),
    at bigint not null
);
create index action_event_sheet on action_event (sheet, at);

-- What everybody may see: published, and no organisation at rest is concerned (the words of a sheet
-- may tell of it).
create view shown_action as
    select s.* from action_sheet s
    where s.published_at is not null
        and not exists (select 1 from action_organisation x join organisation o on o.id = x.organisation
            where x.sheet = s.id and o.resting_at is not null);
