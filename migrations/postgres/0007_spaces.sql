-- Community spaces: one per axis, topics and replies.

create table space (
    id uuid not null primary key,
    slug text not null,
    axis text references axis (slug),
    title_fr text not null,
    title_ar text not null,
    title_en text not null,
    about_fr text not null default '',
    about_ar text not null default '',
    about_en text not null default '',
    created_at bigint not null
);
create unique index space_slug on space (slug);

create table topic (
    id uuid not null primary key,
    space uuid not null references space (id),
    author uuid not null references person (id),
    -- discussion, question
    kind text not null default 'discussion',
    title text not null,
    -- Markdown, as written
    body text not null,
    language text not null default 'fr',
    module uuid references module (id),
    seminar uuid references seminar (id),
    created_at bigint not null,
    updated_at bigint not null,
    -- last reply or creation
    active_at bigint not null,
    replies bigint not null default 0,
    hidden_at bigint,
    constraint topic_kind check (kind in ('discussion', 'question'))
);
create index topic_space on topic (space, active_at);
create index topic_module on topic (module);

create table reply (
    id uuid not null primary key,
    topic uuid not null references topic (id),
    author uuid not null references person (id),
    body text not null,
    created_at bigint not null,
    updated_at bigint not null,
    solution_at bigint,
    hidden_at bigint
);
create index reply_topic on reply (topic, created_at);
