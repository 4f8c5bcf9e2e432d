-- What a seminar consists of: its meetings, who leads it, what is handed out; who wants another one.

create table meeting (
    id uuid not null primary key,
    seminar uuid not null references seminar (id),
    title text not null default '',
    starts_at bigint not null,
    ends_at bigint not null,
    place text not null default '',
    link text not null default '',
    constraint meeting_dates check (ends_at > starts_at)
);
create index meeting_seminar on meeting (seminar, starts_at);
create index meeting_starts on meeting (starts_at);
insert into meeting (id, seminar, title, starts_at, ends_at, place, link)
    select gen_random_uuid(), id, '', starts_at, ends_at, place, link from seminar where ends_at > starts_at;

create table programme (
    seminar uuid not null primary key references seminar (id),
    -- one a line
    trainers text not null default '',
    agenda text not null default '',
    -- the seminar of which this one is the repetition
    copy_of uuid references seminar (id)
);

create table material (
    id uuid not null primary key,
    seminar uuid not null references seminar (id),
    position bigint not null,
    -- before: for everybody; during and after: for those who have a seat
    phase text not null,
    label text not null,
    url text not null,
    constraint material_phase check (phase in ('before', 'during', 'after'))
);
create index material_seminar on material (seminar, position);

-- "Tell me when there is another date."
create table interest (
    seminar uuid not null references seminar (id),
    person uuid not null references person (id),
    at bigint not null,
    told_at bigint,
    primary key (seminar, person)
);

-- The version of a person's secret calendar address; a new one makes the old address forget.
create table calendar_feed (
    person uuid not null primary key references person (id),
    version bigint not null
);

create table reminder (
    seat uuid not null references seat (id),
    meeting uuid not null references meeting (id),
    at bigint not null,
    primary key (seat, meeting)
);
