-- What people let others know about them in the directory: nothing until they say so.

create table profile (
    person uuid not null primary key references person (id),
    -- nobody, members (of some organisation, and the team), accounts (anybody signed in)
    shown_to text not null default 'nobody',
    about text not null default '',
    -- what the person can help with, in their words
    helps text not null default '',
    -- both, in the form in which they are searched
    folded text not null default '',
    region text references region (slug),
    -- codes apart by a space, each one also in front and behind: ' fr ar '
    languages text not null default '',
    shows_modules boolean not null default false,
    shows_organisation boolean not null default false,
    updated_at bigint not null,
    constraint profile_shown_to check (shown_to in ('nobody', 'members', 'accounts'))
);

-- What somebody knows how to do: `tag` as it is searched, `label` as it was written.
create table profile_skill (
    person uuid not null references person (id),
    tag text not null,
    label text not null,
    primary key (person, tag)
);
create index profile_skill_tag on profile_skill (tag);

create table profile_axis (
    person uuid not null references person (id),
    axis text not null references axis (slug),
    primary key (person, axis)
);
create index profile_axis_axis on profile_axis (axis);

-- People who let themselves be found, those at rest left out. Whoever reads it asks for `shown_to`:
-- 'accounts' is for anybody signed in, 'members' for members of organisations and the team.
create view shown_people as
    select p.id as person, p.name, p.folded as name_folded, p.language, f.shown_to, f.about, f.helps,
        f.folded, f.region, f.languages, f.shows_modules, f.shows_organisation, f.updated_at
    from profile f join shown_person p on p.id = f.person
    where f.shown_to <> 'nobody' and p.state = 'active';
