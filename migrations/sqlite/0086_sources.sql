-- Feeds of others (calls, news) that animators chose, and what came in them.

create table source (
    id blob not null primary key,
    address text not null,
    title text not null,
    axis text references axis (slug),
    language text not null,
    -- 1: what comes is shown as it comes; 0: it waits for a choice
    automatic integer not null default 0,
    added_by blob references person (id),
    added_at integer not null,
    -- what the site said of its last answer, to be asked for what is newer only
    etag text,
    modified text,
    fetched_at integer,
    failures integer not null default 0,
    -- why the last fetch failed
    error text,
    stopped_at integer,
    -- counts its starts: what was planned before the last one is not done any more
    round integer not null default 1
) strict;
create unique index source_address on source (address);

create table source_entry (
    id blob not null primary key,
    source blob not null references source (id),
    guid text not null,
    link text not null,
    title text not null,
    summary text not null default '',
    published_at integer not null,
    seen_at integer not null,
    state text not null,
    decided_by blob references person (id),
    -- when it was shown or left
    decided_at integer,
    constraint source_entry_state check (state in ('waiting', 'shown', 'left'))
) strict;
create unique index source_entry_once on source_entry (source, guid);
create index source_entry_state_at on source_entry (state, published_at);

alter table notice add column entry blob;

drop view shown_notice;
create view shown_notice as
    select n.id, n.at, n.kind, n.actor, n.topic, n.reply, n.module, n.seminar, n.document, n.entry,
        c.id as place, c.slug as place_slug, coalesce(c.visibility, 'public') as visibility,
        coalesce(t.title, m.title, s.title, d.title, e.title) as heading,
        coalesce(t.language, m.language, s.language, d.language, f.language) as language,
        coalesce(c.axis, m.axis, s.axis, d.axis, f.axis) as axis,
        coalesce(t.tags, d.tags, '') as tags,
        coalesce(m.slug, s.slug) as slug
    from notice n
        left join shown_topic t on t.id = n.topic
        left join space c on c.id = t.space
        left join module m on m.id = n.module and m.published_at is not null
        left join seminar s on s.id = n.seminar and s.cancelled_at is null
        left join shown_document d on d.id = n.document
        left join source_entry e on e.id = n.entry and e.state = 'shown'
        left join source f on f.id = e.source
    where coalesce(t.title, m.title, s.title, d.title, e.title) is not null
        and (n.reply is null or exists (select 1 from shown_reply r where r.id = n.reply))
        and (n.actor is null or not exists (select 1 from resting_person z where z.person = n.actor));
