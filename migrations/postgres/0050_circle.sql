-- The community: questions and their solutions, writing together, moderation, and mise en veille.

-- An organisation that rests: it, its members and what they wrote are shown to nobody; its own page is
-- left to its members and the staff.
alter table organisation add column resting_at bigint;
-- Its documents are released as they are proposed.
alter table organisation add column trusted_at bigint;

-- What the person completed may stand beside their answers.
alter table person add column shows_learning boolean not null default true;

-- public, members (anybody signed in), invitation
alter table space add column visibility text not null default 'public';
-- Codes of the languages people write in there, apart by a space.
alter table space add column languages text not null default 'fr ar';

alter table topic add column pinned_at bigint;
alter table topic add column closed_at bigint;
alter table topic add column edited_at bigint;
-- Its replies went there.
alter table topic add column merged_into uuid;
-- Apart by a space, each one also in front and behind: ' caf budget '.
alter table topic add column tags text not null default '';
alter table topic add column hidden_by uuid;
alter table topic add column hidden_reason text;

alter table reply add column language text;
alter table reply add column edited_at bigint;
alter table reply add column quote_of uuid;
alter table reply add column accepted_by uuid;
alter table reply add column hidden_by uuid;
alter table reply add column hidden_reason text;
create index reply_author on reply (author, created_at);
create index topic_author on topic (author, created_at);
create index topic_kind on topic (space, kind, active_at);

-- The organisation that proposed an animator.
alter table role_grant add column nominated_by uuid references organisation (id);

-- "I have this problem too."
create table me_too (
    topic uuid not null references topic (id),
    person uuid not null references person (id),
    at bigint not null,
    primary key (topic, person)
);

-- Spaces in which a topic is shown besides its own.
create table topic_elsewhere (
    topic uuid not null references topic (id),
    space uuid not null references space (id),
    at bigint not null,
    primary key (topic, space)
);
create index topic_elsewhere_space on topic_elsewhere (space);

-- A post is a topic's own text or a reply; both have ids of one kind.
create table reaction (
    post uuid not null,
    person uuid not null references person (id),
    kind text not null,
    at bigint not null,
    primary key (post, person, kind),
    constraint reaction_kind check (kind in ('thanks', 'useful', 'same', 'brave'))
);

-- What a post said before it was changed.
create table post_version (
    id uuid not null primary key,
    post uuid not null,
    title text,
    body text not null,
    language text,
    changed_by uuid not null references person (id),
    at bigint not null
);
create index post_version_post on post_version (post, at);

-- A text begun: by topic, or by space where the topic does not exist yet.
create table draft (
    person uuid not null references person (id),
    place uuid not null,
    title text not null default '',
    body text not null,
    at bigint not null,
    primary key (person, place)
);

create table space_member (
    space uuid not null references space (id),
    person uuid not null references person (id),
    invited_by uuid references person (id),
    at bigint not null,
    primary key (space, person)
);

create table flag (
    id uuid not null primary key,
    topic uuid not null references topic (id),
    reply uuid references reply (id),
    person uuid not null references person (id),
    reason text not null,
    note text not null default '',
    at bigint not null,
    decided_at bigint,
    decided_by uuid references person (id),
    constraint flag_reason check (reason in ('spam', 'insult', 'private', 'danger', 'wrong', 'other'))
);
create index flag_topic on flag (topic);
create index flag_open on flag (at) where decided_at is null;

-- The author of a hidden text asks again.
create table appeal (
    id uuid not null primary key,
    topic uuid not null references topic (id),
    reply uuid references reply (id),
    person uuid not null references person (id),
    text text not null,
    at bigint not null,
    decided_at bigint,
    decided_by uuid references person (id)
);
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
