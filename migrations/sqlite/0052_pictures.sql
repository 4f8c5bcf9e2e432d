-- Pictures in people's texts: drawn anew, kept in the object storage.

create table picture (
    id blob not null primary key,
    person blob not null references person (id),
    object text not null,
    media_type text not null,
    size integer not null,
    width integer not null,
    height integer not null,
    -- what is on it, for those who do not see it
    words text not null,
    at integer not null
) strict;
create index picture_person on picture (person, at);
