-- What a seminar consists of: its meetings, who leads it, what is handed out; who wants another one.

create table meeting (
    id blob not null primary key,
    seminar blob not null references seminar (id),
    title text not null default '',
    starts_at integer not null,
    ends_at integer not null,
    place text not null default '',
    link text not null default '',
    constraint meeting_dates check (ends_at > starts_at)
) strict;
create index meeting_seminar on meeting (seminar, starts_at);
create index meeting_starts on meeting (starts_at);
insert into meeting (id, seminar, title, starts_at, ends_at, place, link)
    select randomblob(16), id, '', starts_at, ends_at, place, link from seminar where ends_at > starts_at;

create table programme (
    seminar blob not null primary key references seminar (id),
    -- one a line
    trainers text not null default '',
    agenda text not null default '',
    -- the seminar of which this one is the repetition
    copy_of blob references seminar (id)
) strict;

create table material (
    id blob not null primary key,
    seminar blob not null references seminar (id),
    position integer not null,
    -- before: for everybody; during and after: for those who have a seat
    phase text not null,
    label text not null,
    url text not null,
    constraint material_phase check (phase in ('before', 'during', 'after'))
) strict;
create index material_seminar on material (seminar, position);

-- "Tell me when there is another date."
create table interest (
    seminar blob not null references seminar (id),
    person blob not null references person (id),
    at integer not null,
    told_at integer,
    primary key (seminar, person)
) strict;

-- The version of a person's secret calendar address; a new one makes the old address forget.
create table calendar_feed (
    person blob not null primary key references person (id),
    version integer not null
) strict;

create table reminder (
    seat blob not null references seat (id),
    meeting blob not null references meeting (id),
    at integer not null,
    primary key (seat, meeting)
) strict;
