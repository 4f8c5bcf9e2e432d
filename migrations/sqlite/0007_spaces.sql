-- Community spaces: one per axis, topics and replies.

create table space (
    id blob not null primary key,
    slug text not null,
    axis text references axis (slug),
    title_fr text not null,
    title_ar text not null,
    title_en text not null,
    about_fr text not null default '',
    about_ar text not null default '',
    about_en text not null default '',
    created_at integer not null
) strict;
create unique index space_slug on space (slug);

create table topic (
    id blob not null primary key,
    space blob not null references space (id),
    author blob not null references person (id),
    -- discussion, question
    kind text not null default 'discussion',
    title text not null,
    -- Markdown, as written
    body text not null,
    language text not null default 'fr',
    module blob references module (id),
    seminar blob references seminar (id),
    created_at integer not null,
    updated_at integer not null,
    -- last reply or creation
    active_at integer not null,
    replies integer not null default 0,
    hidden_at integer,
    constraint topic_kind check (kind in ('discussion', 'question'))
) strict;
create index topic_space on topic (space, active_at);
create index topic_module on topic (module);

create table reply (
    id blob not null primary key,
    topic blob not null references topic (id),
    author blob not null references person (id),
    body text not null,
    created_at integer not null,
    updated_at integer not null,
    solution_at integer,
    hidden_at integer
) strict;
create index reply_topic on reply (topic, created_at);
