-- Writing to somebody through the platform: both answer here, and no address is shown.

create table conversation (
    id blob not null primary key,
    -- who wrote first, and to whom
    asker blob not null references person (id),
    asked blob not null references person (id),
    -- the asked answers for it: its name is shown, not theirs
    organisation blob references organisation (id),
    subject text not null,
    started_at integer not null,
    active_at integer not null,
    -- when each last looked
    asker_seen_at integer,
    asked_seen_at integer,
    constraint conversation_two check (asker <> asked)
) strict;
create index conversation_asker on conversation (asker, active_at);
create index conversation_asked on conversation (asked, active_at);

create table message (
    id blob not null primary key,
    conversation blob not null references conversation (id),
    author blob not null references person (id),
    body text not null,
    at integer not null,
    -- the other has blocked the author: it reaches nobody, and nobody is told
    withheld integer not null default 0,
    hidden_at integer
) strict;
create index message_conversation on message (conversation, at);
create index message_author on message (author, at);

create table person_block (
    person blob not null references person (id),
    blocked blob not null references person (id),
    at integer not null,
    primary key (person, blocked)
) strict;

create table message_report (
    id blob not null primary key,
    message blob not null references message (id),
    person blob not null references person (id),
    reason text not null,
    note text not null default '',
    at integer not null,
    decided_at integer,
    decided_by blob references person (id),
    constraint message_report_reason check (reason in ('spam', 'insult', 'private', 'danger', 'other'))
) strict;
create unique index message_report_once on message_report (message, person);
create index message_report_open on message_report (at) where decided_at is null;

