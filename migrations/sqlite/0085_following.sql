-- What people follow, what happened, and whom it was told.

create table follow (
    id blob not null primary key,
    person blob not null references person (id),
    -- `space:…`, `tag:…`, `organisation:…`, `person:…`, `module:…`, `seminar:…`, `topic:…`, `watch:…`
    subject text not null,
    -- how it comes by mail
    cadence text not null,
    reason text not null,
    at integer not null,
    -- turned off: nothing but the person turns it on again
    ended_at integer,
    constraint follow_cadence check (cadence in ('none', 'instant', 'daily', 'weekly')),
    constraint follow_reason check (reason in ('chosen', 'asked', 'answered', 'seat'))
) strict;
create unique index follow_once on follow (person, subject);
create index follow_subject on follow (subject) where ended_at is null;

-- Something happened. What it is about is read where it stands: no copy of people's words here, and
-- no foreign keys, so that what goes just is not told.
create table notice (
    id blob not null primary key,
    at integer not null,
    kind text not null,
    actor blob references person (id),
    topic blob,
    reply blob,
    module blob,
    seminar blob,
    document blob
) strict;

create table notification (
    id blob not null primary key,
    person blob not null references person (id),
    notice blob not null references notice (id),
    -- mentioned, accepted, or the reason of the follow that brought it
    why text not null,
    -- what is followed; null where it was told directly
    subject text,
    at integer not null,
    read_at integer,
    -- the row of the outbox with which it goes out by mail; null: in the page only
    letter blob
) strict;
create unique index notification_once on notification (person, notice);
create index notification_person on notification (person, at);
create index notification_unread on notification (person) where read_at is null;
create index notification_letter on notification (letter) where letter is not null;

create table notification_setting (
    person blob not null primary key references person (id),
    -- mentions, and one's answers that were chosen
    direct text not null,
    -- of daily and weekly mails, in the platform's zone
    hour integer not null,
    -- 1: Monday
    weekday integer not null,
    -- of the secret address of one's own feed
    feed integer not null default 1,
    constraint notification_direct check (direct in ('none', 'instant', 'daily', 'weekly')),
    constraint notification_hour check (hour between 0 and 23),
    constraint notification_weekday check (weekday between 1 and 7)
) strict;

-- Addresses that mail came back from.
create table mail_bounce (
    address text not null primary key,
    reason text not null,
    at integer not null
) strict;

-- What may be told at all, with where it stands now. Who may read a space by invitation is asked
-- of each person.
create view shown_notice as
    select n.id, n.at, n.kind, n.actor, n.topic, n.reply, n.module, n.seminar, n.document,
        c.id as place, c.slug as place_slug, coalesce(c.visibility, 'public') as visibility,
        coalesce(t.title, m.title, s.title, d.title) as heading,
        coalesce(t.language, m.language, s.language, d.language) as language,
        coalesce(c.axis, m.axis, s.axis, d.axis) as axis,
        coalesce(t.tags, d.tags, '') as tags,
        coalesce(m.slug, s.slug) as slug
    from notice n
        left join shown_topic t on t.id = n.topic
        left join space c on c.id = t.space
        left join module m on m.id = n.module and m.published_at is not null
        left join seminar s on s.id = n.seminar and s.cancelled_at is null
        left join shown_document d on d.id = n.document
    where coalesce(t.title, m.title, s.title, d.title) is not null
        and (n.reply is null or exists (select 1 from shown_reply r where r.id = n.reply))
        and (n.actor is null or not exists (select 1 from resting_person z where z.person = n.actor));
