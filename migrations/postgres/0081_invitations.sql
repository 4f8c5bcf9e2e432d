-- Invitations to an organisation: to an address, whether or not somebody with an account has it, or
-- by a link that is passed on. Nobody is a member before they accept.

create table membership_invitation (
    id uuid not null primary key,
    organisation uuid not null references organisation (id),
    email text not null,
    -- as the inviter typed it
    name text not null,
    language text not null,
    invited_by uuid references person (id),
    created_at bigint not null,
    expires_at bigint not null,
    decided_at bigint,
    -- accepted, declined, revoked
    decision text,
    -- who accepted
    person uuid references person (id),
    constraint membership_invitation_decision check (decision is null or decision in ('accepted', 'declined', 'revoked'))
);
create unique index membership_invitation_open on membership_invitation (organisation, email) where decided_at is null;
create index membership_invitation_email on membership_invitation (email);
create index membership_invitation_made on membership_invitation (organisation, created_at);

create table invitation_link (
    id uuid not null primary key,
    organisation uuid not null references organisation (id),
    uses_max bigint not null,
    uses bigint not null default 0,
    created_by uuid references person (id),
    created_at bigint not null,
    expires_at bigint not null,
    revoked_at bigint
);
create index invitation_link_organisation on invitation_link (organisation, created_at);
