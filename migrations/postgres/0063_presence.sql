-- Who was there. Presence is progress: what is here is summed into the progress store, under the
-- seminar's own id.

create table presence (
    meeting uuid not null references meeting (id),
    person uuid not null references person (id),
    present boolean not null,
    -- qr, code or staff
    way text not null,
    -- when it was seen, by the device that saw it
    at bigint not null,
    made_by uuid not null references person (id),
    primary key (meeting, person),
    constraint presence_way check (way in ('qr', 'code', 'staff'))
);
create index presence_person on presence (person);

-- A page that ticks names without a line numbers its ticks from 1 and sends them when it can.
create table presence_device (
    id uuid not null primary key,
    seminar uuid not null references seminar (id),
    made_by uuid not null references person (id),
    -- the number that is expected next
    next bigint not null
);
