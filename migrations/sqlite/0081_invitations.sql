-- Invitations to an organisation: to an address, whether or not somebody with an account has it, or
-- by a link that is passed on. Nobody is a member before they accept.

create table membership_invitation (
    id blob not null primary key,
    organisation blob not null references organisation (id),
    email text not null,
    -- as the inviter typed it
    name text not null,
    language text not null,
    invited_by blob references person (id),
    created_at integer not null,
    expires_at integer not null,
    decided_at integer,
    -- accepted, declined, revoked
    decision text,
    -- who accepted
    person blob references person (id),
    constraint membership_invitation_decision check (decision is null or decision in ('accepted', 'declined', 'revoked'))
) strict;
create unique index membership_invitation_open on membership_invitation (organisation, email) where decided_at is null;
create index membership_invitation_email on membership_invitation (email);
create index membership_invitation_made on membership_invitation (organisation, created_at);

create table invitation_link (
    id blob not null primary key,
    organisation blob not null references organisation (id),
    uses_max integer not null,
    uses integer not null default 0,
    created_by blob references person (id),
    created_at integer not null,
    expires_at integer not null,
    revoked_at integer
) strict;
create index invitation_link_organisation on invitation_link (organisation, created_at);
