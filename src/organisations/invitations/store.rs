//! The SQL of invitations to organisations.

use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::{queries, row};
use crate::ids::{OrganisationId, PersonId};

queries! {
    /// Which of these addresses are those of present members.
    MEMBER_ADDRESSES = "select p.email from person p join membership m on m.person = p.id \
        where m.organisation = $1 and m.until_at is null and p.email in texts($2)";
    /// Which of them are invited and may still accept.
    WAITING_ADDRESSES = "select email from membership_invitation \
        where organisation = $1 and decided_at is null and expires_at > $2 and email in texts($3)";
    /// Which of them have declined since.
    DECLINED_ADDRESSES = "select email from membership_invitation \
        where organisation = $1 and decision = 'declined' and decided_at > $2 and email in texts($3)";
    /// What ran out makes room for a new one.
    EXPIRE = "update membership_invitation set decided_at = $2, decision = 'revoked' \
        where organisation = $1 and decided_at is null and expires_at <= $2 and email in texts($3)";
    /// Invitations of a day.
    MADE_SINCE = "select count(*) as n from membership_invitation where organisation = $1 and created_at > $2";
    /// All of a list at once: ids as hexadecimal digits.
    ADD_ALL = lite "insert into membership_invitation (id, organisation, email, name, language, invited_by, created_at, expires_at) \
            select unhex(e.value ->> 'id'), $2, e.value ->> 'email', e.value ->> 'name', e.value ->> 'language', $3, \
                cast($4 as bigint), cast($5 as bigint) from json_each($1) e where true on conflict do nothing",
        pg "insert into membership_invitation (id, organisation, email, name, language, invited_by, created_at, expires_at) \
            select cast(e.id as uuid), cast($2 as uuid), e.email, e.name, e.language, cast($3 as uuid), cast($4 as bigint), cast($5 as bigint) \
            from jsonb_to_recordset(cast($1 as jsonb)) as e(id text, email text, name text, language text) on conflict do nothing";
    /// Those that nobody has accepted yet, or that were declined lately.
    WAITING = "select id, email, name, created_at, expires_at, decision from membership_invitation \
        where organisation = $1 and (decided_at is null or (decision = 'declined' and decided_at > $2)) \
        order by created_at desc, id limit $3";
    WAITING_COUNT = "select count(*) as n from membership_invitation where organisation = $1 and decided_at is null and expires_at > $2";
    /// An invitation that can be accepted, of an organisation that is seen.
    OPEN = "select i.id, i.organisation, n.name as organisation_name, i.email, i.name, i.language from membership_invitation i \
            join shown_organisation n on n.id = i.organisation \
        where i.id = $1 and i.decided_at is null and i.expires_at > $2";
    /// Decides it; a row for the first only.
    DECIDE = "update membership_invitation set decided_at = $2, decision = $3, person = $4 \
        where id = $1 and decided_at is null and expires_at > $2 returning organisation";
    /// Whose it is.
    OF_INVITATION = "select organisation from membership_invitation where id = $1 and decided_at is null";
    REVOKE = "update membership_invitation set decided_at = $2, decision = 'revoked' where id = $1 and decided_at is null";

    ADD_LINK = "insert into invitation_link (id, organisation, uses_max, created_by, created_at, expires_at) \
        values ($1, $2, $3, $4, $5, $6)";
    /// The links that can still be used.
    LINKS = "select id, uses_max, uses, created_at, expires_at from invitation_link \
        where organisation = $1 and revoked_at is null and expires_at > $2 and uses < uses_max order by created_at desc limit 50";
    /// A link that can be used, of an organisation that is seen.
    OPEN_LINK = "select l.id, l.organisation, n.name as organisation_name from invitation_link l \
            join shown_organisation n on n.id = l.organisation \
        where l.id = $1 and l.revoked_at is null and l.expires_at > $2 and l.uses < l.uses_max";
    /// One use of it; a row where one was left.
    USE_LINK = "update invitation_link set uses = uses + 1 \
        where id = $1 and revoked_at is null and expires_at > $2 and uses < uses_max returning organisation";
    OF_LINK = "select organisation from invitation_link where id = $1 and revoked_at is null";
    REVOKE_LINK = "update invitation_link set revoked_at = $2 where id = $1 and revoked_at is null";

    /// The account of an address.
    ACCOUNT = "select id, state, password_hash is not null or exists (select 1 from identity i where i.person = person.id) as joined \
        from person where email = $1";
    /// True where somebody is a present member.
    IS_MEMBER = "select count(*) as n from membership where organisation = $1 and person = $2 and until_at is null";
    /// One's own memberships end.
    LEAVE = "update membership set until_at = $3 where person = $1 and organisation = $2 and until_at is null returning role";
    /// Present members.
    PRESENT = "select count(*) as n from membership where organisation = $1 and until_at is null";
    SLUG_OF = "select id, slug from shown_organisation where id = $1";
}

row! {
    /// An address.
    pub(super) struct AddressRow { pub email: String }
}
row! {
    /// An invitation as those who invite see it.
    pub(super) struct WaitingRow {
        pub id: Uuid, pub email: String, pub name: String, pub created_at: Timestamp,
        pub expires_at: Timestamp, pub decision: Option<String>,
    }
}
row! {
    /// An invitation as the invited sees it.
    pub(super) struct OpenRow {
        pub id: Uuid, pub organisation: OrganisationId, pub organisation_name: String,
        pub email: String, pub name: String, pub language: String,
    }
}
row! {
    /// A link as those see it who follow it.
    pub(super) struct OpenLinkRow { pub id: Uuid, pub organisation: OrganisationId, pub organisation_name: String }
}
row! {
    /// A link as those who invite see it.
    pub(super) struct LinkRow {
        pub id: Uuid, pub uses_max: i64, pub uses: i64, pub created_at: Timestamp, pub expires_at: Timestamp,
    }
}
row! {
    /// An organisation, alone in a row.
    pub(super) struct WhoseRow { pub organisation: OrganisationId }
}
row! {
    /// An account.
    pub(super) struct AccountRow { pub id: PersonId, pub state: String, pub joined: bool }
}
row! {
    /// A role.
    pub(super) struct RoleRow { pub role: String }
}
row! {
    /// An organisation's address.
    pub(super) struct SlugRow { pub id: OrganisationId, pub slug: String }
}
