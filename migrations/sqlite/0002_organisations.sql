-- Regions, axes, organisations and who belongs to them when.

create table region (
    slug text not null primary key,
    position integer not null,
    name_fr text not null,
    name_ar text not null,
    name_en text not null
) strict;

create table axis (
    slug text not null primary key,
    position integer not null,
    name_fr text not null,
    name_ar text not null,
    name_en text not null
) strict;

create table organisation (
    id blob not null primary key,
    slug text not null,
    name text not null,
    -- association, network, public_actor
    kind text not null,
    region text references region (slug),
    governorate text,
    about text not null default '',
    verified_at integer,
    created_at integer not null,
    updated_at integer not null,
    constraint organisation_kind check (kind in ('association', 'network', 'public_actor'))
) strict;
create unique index organisation_slug on organisation (slug);

create table organisation_axis (
    organisation blob not null references organisation (id),
    axis text not null references axis (slug),
    primary key (organisation, axis)
) strict;

-- Progress belongs to the person and counts for the organisation during the membership.
create table membership (
    id blob not null primary key,
    person blob not null references person (id),
    organisation blob not null references organisation (id),
    role text not null default 'member',
    from_at integer not null,
    until_at integer,
    constraint membership_role check (role in ('member', 'coordinator')),
    constraint membership_period check (until_at is null or until_at >= from_at)
) strict;
create unique index membership_current on membership (person, organisation) where until_at is null;
create index membership_organisation on membership (organisation);
