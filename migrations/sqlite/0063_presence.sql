-- Who was there. Presence is progress: what is here is summed into the progress store, under the
-- seminar's own id.

create table presence (
    meeting blob not null references meeting (id),
    person blob not null references person (id),
    present integer not null,
    -- qr, code or staff
    way text not null,
    -- when it was seen, by the device that saw it
    at integer not null,
    made_by blob not null references person (id),
    primary key (meeting, person),
    constraint presence_way check (way in ('qr', 'code', 'staff'))
) strict;
create index presence_person on presence (person);

-- A page that ticks names without a line numbers its ticks from 1 and sends them when it can.
create table presence_device (
    id blob not null primary key,
    seminar blob not null references seminar (id),
    made_by blob not null references person (id),
    -- the number that is expected next
    next integer not null
) strict;
