-- Visits and advice, for the organisation that was visited and the staff of its region.

create table accompaniment (
    id uuid not null primary key,
    organisation uuid not null references organisation (id),
    -- visit, advice or call
    kind text not null,
    held_at bigint not null,
    body text not null,
    next_step text not null default '',
    due_at bigint,
    done_at bigint,
    made_by uuid not null references person (id),
    made_at bigint not null,
    constraint accompaniment_kind check (kind in ('visit', 'advice', 'call'))
);
create index accompaniment_organisation on accompaniment (organisation, held_at);
