-- Coalition rooms: a space (visibility `room`) that several organisations share, each by its own consent,
-- and that nobody else sees, the staff included.

create table room (
    space uuid not null primary key references space (id),
    -- whose room it is: its coordinators invite, look after what is written, and close
    founder uuid not null references organisation (id),
    axis text references axis (slug),
    region text references region (slug),
    -- from then on it is only read
    ends_at bigint,
    opened_by uuid not null references person (id),
    opened_at bigint not null,
    closed_at bigint
);
create index room_founder on room (founder);

-- An organisation that was asked to take part, and what it answered.
create table room_party (
    id uuid not null primary key,
    room uuid not null references room (space),
    organisation uuid not null references organisation (id),
    state text not null,
    -- true: all its members read and write; false: its coordinators and those they admit
    whole boolean not null default false,
    asked_by uuid not null references person (id),
    asked_at bigint not null,
    decided_by uuid references person (id),
    decided_at bigint,
    constraint room_party_state check (state in ('asked', 'in', 'declined', 'left'))
);
create unique index room_party_once on room_party (room, organisation);
create index room_party_organisation on room_party (organisation, state);

-- Members whom their own coordinators let in.
create table room_guest (
    room uuid not null references room (space),
    organisation uuid not null references organisation (id),
    person uuid not null references person (id),
    admitted_by uuid references person (id),
    at bigint not null,
    primary key (room, organisation, person)
);
create index room_guest_person on room_guest (person);

-- Files shared in a room, under an organisation's name.
create table room_file (
    id uuid not null primary key,
    room uuid not null references room (space),
    file uuid not null references kept_file (id),
    label text not null,
    organisation uuid not null references organisation (id),
    person uuid not null references person (id),
    at bigint not null
);
create index room_file_room on room_file (room, at);

-- Files and pictures beside texts, and the topics in whose texts their sender named them: they are opened by
-- those who read one of these.
create table text_file (
    file uuid not null,
    topic uuid not null references topic (id),
    primary key (file, topic)
);
create index text_file_topic on text_file (topic);

-- Who reads a space because they were let in: by name, or through an organisation that takes part, for
-- as long as both last. Whoever leaves an organisation and comes back is admitted anew.
create view space_reader as
    select space, person, cast(null as uuid) as organisation from space_member
    union all
    select q.room, m.person, m.organisation from room_party q
        join membership m on m.organisation = q.organisation and m.until_at is null
    where q.state = 'in'
        and (q.whole or m.role = 'coordinator'
            or exists (select 1 from room_guest g where g.room = q.room and g.organisation = q.organisation
                and g.person = m.person and g.at >= m.from_at));

-- An organisation was asked to take part.
alter table notice add column party uuid;

drop view shown_notice;
create view shown_notice as
    select n.id, n.at, n.kind, n.actor, n.topic, n.reply, n.module, n.seminar, n.document, n.entry, n.party,
        c.id as place, c.slug as place_slug,
        case when q.id is not null then 'asked' else coalesce(c.visibility, 'public') end as visibility,
        coalesce(t.title, m.title, s.title, d.title, e.title, w.title_fr) as heading,
        coalesce(t.language, m.language, s.language, d.language, f.language, case when q.id is not null then '' end) as language,
        coalesce(c.axis, m.axis, s.axis, d.axis, f.axis) as axis,
        coalesce(t.tags, d.tags, '') as tags,
        coalesce(m.slug, s.slug, w.slug) as slug
    from notice n
        left join shown_topic t on t.id = n.topic
        left join space c on c.id = t.space
        left join module m on m.id = n.module and m.published_at is not null
        left join seminar s on s.id = n.seminar and s.cancelled_at is null
        left join shown_document d on d.id = n.document
        left join source_entry e on e.id = n.entry and e.state = 'shown'
        left join source f on f.id = e.source
        left join room_party q on q.id = n.party and (q.state = 'in'
            or (q.state = 'asked' and exists (select 1 from room r where r.space = q.room and r.closed_at is null)))
        left join space w on w.id = q.room
    where coalesce(t.title, m.title, s.title, d.title, e.title, w.title_fr) is not null
        and (n.reply is null or exists (select 1 from shown_reply r where r.id = n.reply))
        and (n.actor is null or not exists (select 1 from resting_person z where z.person = n.actor));
