//! The SQL of sign-in with others.

use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::{queries, row};
use crate::ids::PersonId;

queries! {
    /// A login begins.
    ADD_LOGIN = "insert into identity_login (state_hash, provider, nonce, verifier, browser_hash, next, person, created_at, expires_at) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    /// A login is used up: of any number at once, one gets the row.
    USE_LOGIN = "delete from identity_login where state_hash = $1 and provider = $2 and browser_hash = $3 and expires_at > $4 \
        returning nonce, verifier, next, person";
    /// Logins nobody finished.
    SWEEP_LOGINS = "delete from identity_login where expires_at <= $1";

    /// Who somebody is.
    IDENTITY = "select i.id, i.person, p.state from identity i join person p on p.id = i.person \
        where i.issuer = $1 and i.subject = $2";
    /// Another sign-in.
    SEE_IDENTITY = "update identity set name = $2, email = $3, seen_at = $4 where id = $1";
    /// Linked: nothing when somebody has it already.
    ADD_IDENTITY = "insert into identity (id, provider, issuer, subject, person, name, email, created_at, seen_at) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $8) on conflict (issuer, subject) do nothing";
    /// What a person is elsewhere.
    IDENTITIES = "select id, provider, name, email, seen_at from identity where person = $1 order by created_at";
    /// Holds a person until the transaction ends.
    HOLD_PERSON = lite "update person set updated_at = updated_at where id = $1",
        pg "select id from person where id = $1 for update";
    /// How many of them there are.
    COUNT = "select count(*) as n from identity where person = $1";
    /// Nobody's.
    UNLINK = "delete from identity where id = $1 and person = $2";
}

row! {
    /// A login that is used up.
    pub(super) struct LoginRow { pub nonce: String, pub verifier: String, pub next: String, pub person: Option<PersonId> }
}
row! {
    /// Who somebody is.
    pub(super) struct IdentityRow { pub id: Uuid, pub person: PersonId, pub state: String }
}
row! {
    /// What a person is elsewhere.
    pub(super) struct OwnRow { pub id: Uuid, pub provider: String, pub name: String, pub email: Option<String>, pub seen_at: Timestamp }
}
