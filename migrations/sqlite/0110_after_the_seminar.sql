-- Around a seminar: files handed out at their time, what people mean to do afterwards, and seminars
-- that have no date yet.

-- A file in the object storage that is no document of the toolbox: handed out, or put beside a text.
create table kept_file (
    id blob not null primary key,
    person blob not null references person (id),
    object text not null,
    file_name text not null,
    media_type text not null,
    size integer not null,
    sha256 text not null,
    -- handout or post
    purpose text not null,
    at integer not null,
    constraint kept_file_purpose check (purpose in ('handout', 'post'))
) strict;
create index kept_file_person on kept_file (person, purpose, at);

-- Handed out at a seminar: a file of its own, or a document of the toolbox.
create table handout (
    id blob not null primary key,
    seminar blob not null references seminar (id),
    -- before: at once; during: from the first meeting on; after: when the last one is over
    phase text not null,
    -- all, or seats: those who have one
    audience text not null,
    label text not null,
    file blob references kept_file (id),
    document blob references document (id),
    added_by blob not null references person (id),
    added_at integer not null,
    constraint handout_phase check (phase in ('before', 'during', 'after')),
    constraint handout_audience check (audience in ('all', 'seats')),
    constraint handout_content check ((file is null) <> (document is null))
) strict;
create index handout_seminar on handout (seminar, added_at);

-- Who leads a seminar, by account: sees what the participants mean to do.
create table seminar_trainer (
    seminar blob not null references seminar (id),
    person blob not null references person (id),
    primary key (seminar, person)
) strict;
create index seminar_trainer_person on seminar_trainer (person);

-- "What I will do within three months."
create table commitment (
    id blob not null primary key,
    seminar blob not null references seminar (id),
    person blob not null references person (id),
    body text not null,
    made_at integer not null,
    due_at integer not null,
    done_at integer,
    -- what came of it
    outcome text not null default '',
    reminded_at integer
) strict;
create index commitment_seminar on commitment (seminar, person);
create index commitment_person on commitment (person, made_at);
create index commitment_due on commitment (due_at) where done_at is null and reminded_at is null;

-- A seminar without a date.
create table seminar_plan (
    id blob not null primary key,
    slug text not null,
    title text not null,
    summary text not null,
    language text not null,
    axis text references axis (slug),
    made_by blob references person (id),
    made_at integer not null,
    -- nobody asks for it any more
    closed_at integer,
    constraint seminar_plan_slug unique (slug)
) strict;

-- "Tell me when there is a date."
create table plan_interest (
    plan blob not null references seminar_plan (id),
    person blob not null references person (id),
    at integer not null,
    primary key (plan, person)
) strict;
create index plan_interest_person on plan_interest (person);

-- The dates that a plan was given.
create table plan_date (
    plan blob not null references seminar_plan (id),
    seminar blob not null references seminar (id),
    at integer not null,
    primary key (plan, seminar)
) strict;
