-- Seats set aside, reserved and waited for. A seminar's `taken` counts every seat that nobody else
-- can have: seats with a name, reserved seats without one, and seats offered from the waiting list.

-- Seats set aside until a moment, for a kind of organisation or for a region.
create table quota (
    id uuid not null primary key,
    seminar uuid not null references seminar (id),
    kind text,
    region text references region (slug),
    seats bigint not null,
    until_at bigint not null,
    constraint quota_of_something check ((kind is null) <> (region is null)),
    constraint quota_seats check (seats > 0)
);
create index quota_seminar on quota (seminar);

-- Seats that a coordinator reserved for an organisation; people are named later.
create table reservation (
    id uuid not null primary key,
    seminar uuid not null references seminar (id),
    organisation uuid not null references organisation (id),
    made_by uuid not null references person (id),
    seats bigint not null,
    named bigint not null default 0,
    made_at bigint not null,
    -- what has no name by then is given to others
    name_by bigint not null,
    constraint reservation_named check (named >= 0 and named <= seats)
);
create index reservation_seminar on reservation (seminar);
create index reservation_organisation on reservation (organisation);
alter table seat add column reservation uuid references reservation (id);

-- Who waits for a seat, or for some seats together.
create table waiting (
    id uuid not null primary key,
    seminar uuid not null references seminar (id),
    kind text not null,
    person uuid not null references person (id),
    organisation uuid references organisation (id),
    seats bigint not null,
    state text not null,
    joined_at bigint not null,
    -- of an offer: until when it can be taken up
    confirm_by bigint,
    ended_at bigint,
    constraint waiting_kind check (kind in ('person', 'group')),
    constraint waiting_state check (state in ('waiting', 'offered', 'taken', 'expired', 'left')),
    constraint waiting_seats check (seats > 0)
);
create unique index waiting_person on waiting (seminar, person) where kind = 'person' and state in ('waiting', 'offered');
create unique index waiting_group on waiting (seminar, organisation) where kind = 'group' and state in ('waiting', 'offered');
create index waiting_live on waiting (seminar, joined_at) where state in ('waiting', 'offered');
