-- Seminars, the rule at their door, and seats.

create table seminar (
    id uuid not null primary key,
    slug text not null,
    title text not null,
    summary text not null default '',
    language text not null default 'fr',
    region text references region (slug),
    place text not null default '',
    link text not null default '',
    axis text references axis (slug),
    starts_at bigint not null,
    ends_at bigint not null,
    capacity bigint not null,
    -- seats held now; the check below decides who gets the last one
    taken bigint not null default 0,
    -- JSON: domain::eligibility::Rule
    rule jsonb not null,
    created_by uuid references person (id),
    created_at bigint not null,
    updated_at bigint not null,
    cancelled_at bigint,
    constraint seminar_dates check (ends_at >= starts_at),
    constraint seminar_capacity check (capacity > 0),
    constraint seat_available check (taken <= capacity and taken >= 0)
);
create unique index seminar_slug on seminar (slug);
create index seminar_starts on seminar (starts_at);

create table seat (
    id uuid not null primary key,
    seminar uuid not null references seminar (id),
    person uuid not null references person (id),
    organisation uuid references organisation (id),
    -- JSON: what opened the door, at the moment it did
    evidence jsonb not null,
    taken_at bigint not null,
    cancelled_at bigint
);
create unique index seat_taken on seat (seminar, person) where cancelled_at is null;
create index seat_person on seat (person);
