-- Writing to somebody through the platform: both answer here, and no address is shown.

create table conversation (
    id uuid not null primary key,
    -- who wrote first, and to whom
    asker uuid not null references person (id),
    asked uuid not null references person (id),
    -- the asked answers for it: its name is shown, not theirs
    organisation uuid references organisation (id),
    subject text not null,
    started_at bigint not null,
    active_at bigint not null,
    -- when each last looked
    asker_seen_at bigint,
    asked_seen_at bigint,
    constraint conversation_two check (asker <> asked)
);
create index conversation_asker on conversation (asker, active_at);
create index conversation_asked on conversation (asked, active_at);

create table message (
    id uuid not null primary key,
    conversation uuid not null references conversation (id),
    author uuid not null references person (id),
    body text not null,
    at bigint not null,
    -- the other has blocked the author: it reaches nobody, and nobody is told
    withheld boolean not null default false,
    hidden_at bigint
);
create index message_conversation on message (conversation, at);
create index message_author on message (author, at);

create table person_block (
    person uuid not null references person (id),
    blocked uuid not null references person (id),
    at bigint not null,
    primary key (person, blocked)
);

create table message_report (
    id uuid not null primary key,
    message uuid not null references message (id),
    person uuid not null references person (id),
    reason text not null,
    note text not null default '',
    at bigint not null,
    decided_at bigint,
    decided_by uuid references person (id),
    constraint message_report_reason check (reason in ('spam', 'insult', 'private', 'danger', 'other'))
);
create unique index message_report_once on message_report (message, person);
create index message_report_open on message_report (at) where decided_at is null;

