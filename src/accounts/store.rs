//! The SQL of accounts.

use uuid::Uuid;

use crate::db::{queries, row};
use crate::ids::{OrganisationId, PersonId};

queries! {
    /// The active person of a session that has not ended.
    SIGNED_IN = "select p.id, coalesce(p.email, '') as email, p.name, p.language \
        from sign_in s join person p on p.id = s.person \
        where s.token_hash = $1 and s.expires_at > $2 and p.state = 'active'";
    /// The roles granted for now.
    GRANTS = "select role, region, space from role_grant \
        where person = $1 and from_at <= $2 and (until_at is null or until_at > $2)";
    /// The memberships that hold now.
    MEMBERSHIPS = "select organisation, role from membership \
        where person = $1 and from_at <= $2 and (until_at is null or until_at > $2)";
}

row! {
    /// Who is signed in.
    pub(super) struct SignedInRow { pub id: PersonId, pub email: String, pub name: String, pub language: String }
}
row! {
    /// A role.
    pub(super) struct GrantRow { pub role: String, pub region: Option<String>, pub space: Option<Uuid> }
}
row! {
    /// A membership.
    pub(super) struct MembershipRow { pub organisation: OrganisationId, pub role: String }
}
