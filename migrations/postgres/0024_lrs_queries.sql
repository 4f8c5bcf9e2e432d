-- Queries over the record store that operators keep under a name.

create table lrs_query (
    id uuid not null primary key,
    -- null: over the whole platform
    organisation uuid references organisation (id),
    name text not null,
    -- as in an address: what the form sends
    query text not null,
    created_at bigint not null,
    created_by uuid references person (id)
);
create unique index lrs_query_name on lrs_query
    (coalesce(organisation, '00000000-0000-0000-0000-000000000000'), name);

-- Voided statements alone are few among many.
create index lrs_statement_voided on lrs_statement (stored) where voided;
