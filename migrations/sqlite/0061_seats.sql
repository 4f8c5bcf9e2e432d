-- Seats set aside, reserved and waited for. A seminar's `taken` counts every seat that nobody else
-- can have: seats with a name, reserved seats without one, and seats offered from the waiting list.

-- Seats set aside until a moment, for a kind of organisation or for a region.
create table quota (
    id blob not null primary key,
    seminar blob not null references seminar (id),
    kind text,
    region text references region (slug),
    seats integer not null,
    until_at integer not null,
    constraint quota_of_something check ((kind is null) <> (region is null)),
    constraint quota_seats check (seats > 0)
) strict;
create index quota_seminar on quota (seminar);

-- Seats that a coordinator reserved for an organisation; people are named later.
create table reservation (
    id blob not null primary key,
    seminar blob not null references seminar (id),
    organisation blob not null references organisation (id),
    made_by blob not null references person (id),
    seats integer not null,
    named integer not null default 0,
    made_at integer not null,
    -- what has no name by then is given to others
    name_by integer not null,
    constraint reservation_named check (named >= 0 and named <= seats)
) strict;
create index reservation_seminar on reservation (seminar);
create index reservation_organisation on reservation (organisation);
alter table seat add column reservation blob references reservation (id);

-- Who waits for a seat, or for some seats together.
create table waiting (
    id blob not null primary key,
    seminar blob not null references seminar (id),
    kind text not null,
    person blob not null references person (id),
    organisation blob references organisation (id),
    seats integer not null,
    state text not null,
    joined_at integer not null,
    -- of an offer: until when it can be taken up
    confirm_by integer,
    ended_at integer,
    constraint waiting_kind check (kind in ('person', 'group')),
    constraint waiting_state check (state in ('waiting', 'offered', 'taken', 'expired', 'left')),
    constraint waiting_seats check (seats > 0)
) strict;
create unique index waiting_person on waiting (seminar, person) where kind = 'person' and state in ('waiting', 'offered');
create unique index waiting_group on waiting (seminar, organisation) where kind = 'group' and state in ('waiting', 'offered');
create index waiting_live on waiting (seminar, joined_at) where state in ('waiting', 'offered');
