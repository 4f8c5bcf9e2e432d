-- The community: questions and their solutions, writing together, moderation, and mise en veille.

-- An organisation that rests: it, its members and what they wrote are shown to nobody; its own page is
-- left to its members and the staff.
alter table organisation add column resting_at integer;
-- Its documents are released as they are proposed.
alter table organisation add column trusted_at integer;

-- What the person completed may stand beside their answers.
alter table person add column shows_learning integer not null default 1;

-- public, members (anybody signed in), invitation
alter table space add column visibility text not null default 'public';
-- Codes of the languages people write in there, apart by a space.
alter table space add column languages text not null default 'fr ar';

alter table topic add column pinned_at integer;
alter table topic add column closed_at integer;
alter table topic add column edited_at integer;
-- Its replies went there.
alter table topic add column merged_into blob;
-- Apart by a space, each one also in front and behind: ' caf budget '.
alter table topic add column tags text not null default '';
alter table topic add column hidden_by blob;
alter table topic add column hidden_reason text;

alter table reply add column language text;
alter table reply add column edited_at integer;
alter table reply add column quote_of blob;
alter table reply add column accepted_by blob;
alter table reply add column hidden_by blob;
alter table reply add column hidden_reason text;
create index reply_author on reply (author, created_at);
create index topic_author on topic (author, created_at);
create index topic_kind on topic (space, kind, active_at);

-- The organisation that proposed an animator.
alter table role_grant add column nominated_by blob references organisation (id);

-- "I have this problem too."
create table me_too (
    topic blob not null references topic (id),
    person blob not null references person (id),
    at integer not null,
    primary key (topic, person)
) strict;

-- Spaces in which a topic is shown besides its own.
create table topic_elsewhere (
    topic blob not null references topic (id),
    space blob not null references space (id),
    at integer not null,
    primary key (topic, space)
) strict;
create index topic_elsewhere_space on topic_elsewhere (space);

-- A post is a topic's own text or a reply; both have ids of one kind.
create table reaction (
    post blob not null,
    person blob not null references person (id),
    kind text not null,
    at integer not null,
    primary key (post, person, kind),
    constraint reaction_kind check (kind in ('thanks', 'useful', 'same', 'brave'))
) strict;

-- What a post said before it was changed.
create table post_version (
    id blob not null primary key,
    post blob not null,
    title text,
    body text not null,
    language text,
    changed_by blob not null references person (id),
    at integer not null
) strict;
create index post_version_post on post_version (post, at);

-- A text begun: by topic, or by space where the topic does not exist yet.
create table draft (
    person blob not null references person (id),
    place blob not null,
    title text not null default '',
    body text not null,
    at integer not null,
    primary key (person, place)
) strict;

create table space_member (
    space blob not null references space (id),
    person blob not null references person (id),
    invited_by blob references person (id),
    at integer not null,
    primary key (space, person)
) strict;

create table flag (
    id blob not null primary key,
    topic blob not null references topic (id),
    reply blob references reply (id),
    person blob not null references person (id),
    reason text not null,
    note text not null default '',
    at integer not null,
    decided_at integer,
    decided_by blob references person (id),
    constraint flag_reason check (reason in ('spam', 'insult', 'private', 'danger', 'wrong', 'other'))
) strict;
create index flag_topic on flag (topic);
create index flag_open on flag (at) where decided_at is null;

-- The author of a hidden text asks again.
create table appeal (
    id blob not null primary key,
    topic blob not null references topic (id),
    reply blob references reply (id),
    person blob not null references person (id),
    text text not null,
    at integer not null,
    decided_at integer,
    decided_by blob references person (id)
) strict;
create index appeal_topic on appeal (topic);

-- The one place that says what may be seen: every query for the public reads these.
create view resting_person as
    select m.person from membership m join organisation o on o.id = m.organisation
    where m.until_at is null and o.resting_at is not null;
create view shown_organisation as
    select o.* from organisation o where o.resting_at is null;
create view shown_person as
    select p.* from person p
    where not exists (select 1 from resting_person z where z.person = p.id);
create view shown_topic as
    select t.* from topic t
    where t.hidden_at is null and t.merged_into is null
        and not exists (select 1 from resting_person z where z.person = t.author);
create view shown_reply as
    select r.* from reply r
    where r.hidden_at is null
        and not exists (select 1 from resting_person z where z.person = r.author);
-- Topics that anybody may read.
create view open_topic as
    select t.* from shown_topic t join space c on c.id = t.space where c.visibility = 'public';
