-- Queries over the record store that operators keep under a name.

create table lrs_query (
    id blob not null primary key,
    -- null: over the whole platform
    organisation blob references organisation (id),
    name text not null,
    -- as in an address: what the form sends
    query text not null,
    created_at integer not null,
    created_by blob references person (id)
) strict;
create unique index lrs_query_name on lrs_query (coalesce(organisation, x'00'), name);

-- Voided statements alone are few among many.
create index lrs_statement_voided on lrs_statement (stored) where voided;
