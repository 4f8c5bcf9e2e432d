-- Regions, axes, organisations and who belongs to them when.

create table region (
    slug text not null primary key,
    position bigint not null,
    name_fr text not null,
    name_ar text not null,
    name_en text not null
);

create table axis (
    slug text not null primary key,
    position bigint not null,
    name_fr text not null,
    name_ar text not null,
    name_en text not null
);

create table organisation (
    id uuid not null primary key,
    slug text not null,
    name text not null,
    -- association, network, public_actor
    kind text not null,
    region text references region (slug),
    governorate text,
    about text not null default '',
    verified_at bigint,
    created_at bigint not null,
    updated_at bigint not null,
    constraint organisation_kind check (kind in ('association', 'network', 'public_actor'))
);
create unique index organisation_slug on organisation (slug);

create table organisation_axis (
    organisation uuid not null references organisation (id),
    axis text not null references axis (slug),
    primary key (organisation, axis)
);

-- Progress belongs to the person and counts for the organisation during the membership.
create table membership (
    id uuid not null primary key,
    person uuid not null references person (id),
    organisation uuid not null references organisation (id),
    role text not null default 'member',
    from_at bigint not null,
    until_at bigint,
    constraint membership_role check (role in ('member', 'coordinator')),
    constraint membership_period check (until_at is null or until_at >= from_at)
);
create unique index membership_current on membership (person, organisation) where until_at is null;
create index membership_organisation on membership (organisation);
