-- Seminars, the rule at their door, and seats.

create table seminar (
    id blob not null primary key,
    slug text not null,
    title text not null,
    summary text not null default '',
    language text not null default 'fr',
    region text references region (slug),
    place text not null default '',
    link text not null default '',
    axis text references axis (slug),
    starts_at integer not null,
    ends_at integer not null,
    capacity integer not null,
    -- seats held now; the check below decides who gets the last one
    taken integer not null default 0,
    -- JSON: domain::eligibility::Rule
    rule text not null,
    created_by blob references person (id),
    created_at integer not null,
    updated_at integer not null,
    cancelled_at integer,
    constraint seminar_dates check (ends_at >= starts_at),
    constraint seminar_capacity check (capacity > 0),
    constraint seat_available check (taken <= capacity and taken >= 0)
) strict;
create unique index seminar_slug on seminar (slug);
create index seminar_starts on seminar (starts_at);

create table seat (
    id blob not null primary key,
    seminar blob not null references seminar (id),
    person blob not null references person (id),
    organisation blob references organisation (id),
    -- JSON: what opened the door, at the moment it did
    evidence text not null,
    taken_at integer not null,
    cancelled_at integer
) strict;
create unique index seat_taken on seat (seminar, person) where cancelled_at is null;
create index seat_person on seat (person);
