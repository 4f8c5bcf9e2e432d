-- Visits and advice, for the organisation that was visited and the staff of its region.

create table accompaniment (
    id blob not null primary key,
    organisation blob not null references organisation (id),
    -- visit, advice or call
    kind text not null,
    held_at integer not null,
    body text not null,
    next_step text not null default '',
    due_at integer,
    done_at integer,
    made_by blob not null references person (id),
    made_at integer not null,
    constraint accompaniment_kind check (kind in ('visit', 'advice', 'call'))
) strict;
create index accompaniment_organisation on accompaniment (organisation, held_at);
