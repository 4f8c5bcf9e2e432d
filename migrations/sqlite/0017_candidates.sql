-- A version that was uploaded and is not yet published: its trainer looks at what it would change.

create table module_candidate (
    module blob not null primary key references module (id),
    package blob not null references package (id),
    created_at integer not null,
    created_by blob references person (id)
) strict;
