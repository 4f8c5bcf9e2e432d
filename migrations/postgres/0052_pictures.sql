-- Pictures in people's texts: drawn anew, kept in the object storage.

create table picture (
    id uuid not null primary key,
    person uuid not null references person (id),
    object text not null,
    media_type text not null,
    size bigint not null,
    width bigint not null,
    height bigint not null,
    -- what is on it, for those who do not see it
    words text not null,
    at bigint not null
);
create index picture_person on picture (person, at);
