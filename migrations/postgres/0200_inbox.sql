-- Answers by mail: the addresses that letters carry, what was heard already, how often it came back.

-- An address in a letter: the secret's digest, whose answer it brings, and to what.
create table reply_address (
    hash text not null primary key,
    person uuid not null references person (id),
    topic uuid not null references topic (id),
    made_at bigint not null,
    expires_at bigint not null
);
create index reply_address_person on reply_address (person);
create index reply_address_expires on reply_address (expires_at);

-- Messages that were heard: a digest of id, sender and address.
create table mail_heard (
    hash text not null primary key,
    at bigint not null
);
create index mail_heard_at on mail_heard (at);

-- What was told to somebody about their mail, a digest of both: once a day.
create table mail_told (
    hash text not null primary key,
    at bigint not null
);

-- Mail that came back for a while only: so many days.
create table mail_soft_bounce (
    address text not null primary key,
    days bigint not null,
    at bigint not null
);
