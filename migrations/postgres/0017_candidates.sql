-- A version that was uploaded and is not yet published: its trainer looks at what it would change.

create table module_candidate (
    module uuid not null primary key references module (id),
    package uuid not null references package (id),
    created_at bigint not null,
    created_by uuid references person (id)
);
