//! The SQL of accounts.

use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::{queries, row};
use crate::ids::{OrganisationId, PersonId};

queries! {
    /// The active person of a session that has neither ended nor been idle too long.
    SIGNED_IN = "select p.id, coalesce(p.email, '') as email, p.name, p.language, \
            s.id as session, s.seen_at \
        from sign_in s join person p on p.id = s.person \
        where s.token_hash = $1 and s.expires_at > $2 and s.seen_at > $3 and p.state = 'active'";
    /// Somebody active who has an address.
    ACTIVE = "select id, email, name, language from person where id = $1 and state = 'active' and email is not null";
    /// The roles granted for now.
    GRANTS = "select role, region, space from role_grant \
        where person = $1 and from_at <= $2 and (until_at is null or until_at > $2) \
        union all select 'host', cast(null as text), r.space from room r join membership m on m.organisation = r.founder \
        where m.person = $1 and m.role = 'coordinator' and m.from_at <= $2 and (m.until_at is null or m.until_at > $2)";
    /// The memberships that hold now.
    MEMBERSHIPS = "select organisation, role from membership \
        where person = $1 and from_at <= $2 and (until_at is null or until_at > $2)";

    /// What somebody has not read, as far as they may read it now.
    UNREAD = "select count(*) as n from (select 1 from notification x join shown_notice n on n.id = x.notice \
        where x.person = $1 and x.read_at is null and (n.visibility in ('public', 'members') \
          or exists (select 1 from space_reader i where i.space = n.place and i.person = $1) \
          or n.visibility = 'asked' and exists (select 1 from room_party q join membership m on m.organisation = q.organisation \
            where q.id = n.party and m.person = $1 and m.role = 'coordinator' and m.until_at is null) \
          or n.visibility = 'invitation' and exists (select 1 from role_grant g where g.person = $1 and g.from_at <= $2 \
            and (g.until_at is null or g.until_at > $2) \
            and (g.role in ('admin', 'regional') or (g.role = 'animator' and g.space = n.place)))) limit 100) as u";

    /// A person by address.
    BY_EMAIL = "select id, name, language, password_hash, state from person where email = $1";
    /// A person by id.
    BY_ID = "select id, name, language, password_hash, state from person where id = $1";
    /// A new person; nothing when the address is taken.
    ADD_PERSON = "insert into person \
        (id, email, name, folded, language, password_hash, created_at, updated_at) \
        values ($1, $2, $3, $4, $5, $6, $7, $7) on conflict (email) do nothing";
    /// Whether what somebody completed may stand beside their answers.
    SHOWS_LEARNING = "select cast(case when shows_learning then 1 else 0 end as bigint) as n from person where id = $1";
    /// As somebody wishes.
    SHOW_LEARNING = "update person set shows_learning = $2 where id = $1";
    /// Name, also as it is searched, and language.
    EDIT_PERSON = "update person set name = $2, folded = $3, language = $4, updated_at = $5 where id = $1";
    /// Names that are not yet in the form in which they are searched.
    UNFOLDED = "select id, name from person where folded = '' and id > $1 order by id limit 500";
    /// That form of one.
    FOLD = "update person set folded = $2 where id = $1 and folded = ''";
    /// A new password.
    SET_PASSWORD = "update person set password_hash = $2, updated_at = $3 where id = $1";
    /// Suspended, or active again.
    SET_STATE = "update person set state = $2, updated_at = $3 where id = $1 and state <> 'erased'";

    /// A new session.
    OPEN_SESSION = "insert into sign_in \
        (id, token_hash, person, user_agent, created_at, seen_at, expires_at) \
        values ($1, $2, $3, $4, $5, $5, $6)";
    /// The session was used.
    TOUCH_SESSION = "update sign_in set seen_at = $2 where id = $1 and seen_at < $2";
    /// The session gets another token.
    ROTATE_SESSION = "update sign_in set token_hash = $2 where id = $1";
    /// Ends the session of a token.
    END_SESSION = "delete from sign_in where token_hash = $1";
    /// Ends one session of a person.
    END_SESSION_OF = "delete from sign_in where id = $1 and person = $2";
    /// Ends all sessions of a person.
    END_SESSIONS = "delete from sign_in where person = $1";
    /// Ends all sessions of a person but one.
    END_OTHER_SESSIONS = "delete from sign_in where person = $1 and id <> $2";
    /// The sessions of a person, newest use first.
    SESSIONS = "select id, user_agent, created_at, seen_at from sign_in \
        where person = $1 and expires_at > $2 and seen_at > $3 order by seen_at desc";
    /// Sessions that have ended by themselves.
    SWEEP_SESSIONS = "delete from sign_in where expires_at <= $1 or seen_at <= $2";

    /// A new link.
    ADD_LINK = "insert into one_time_link \
        (id, token_hash, purpose, person, created_at, expires_at) values ($1, $2, $3, $4, $5, $6)";
    /// A link that can still be used.
    LINK = "select l.purpose, l.person, p.name, coalesce(p.email, '') as email \
        from one_time_link l join person p on p.id = l.person \
        where l.token_hash = $1 and l.used_at is null and l.expires_at > $2 \
            and p.state = 'active'";
    /// Uses a link; a row for the first only.
    USE_LINK = "update one_time_link set used_at = $2 \
        where token_hash = $1 and used_at is null and expires_at > $2 returning person";
    /// All other links of a person are void.
    VOID_LINKS = "update one_time_link set used_at = $2 where person = $1 and used_at is null";
    /// Links of no more use.
    SWEEP_LINKS = "delete from one_time_link where expires_at < $1";

    /// Counts one try; failures before `$3` are forgotten.
    COUNT_TRY = "insert into throttle (key, failures, since) values ($1, 1, $2) \
        on conflict (key) do update set \
            failures = case when throttle.since < $3 then 1 else throttle.failures + 1 end, \
            since = case when throttle.since < $3 then $2 else throttle.since end \
        returning failures, blocked_until";
    /// No further try before then.
    BLOCK = "update throttle set blocked_until = $2 where key = $1";
    /// It was the right person: nothing is held against the account.
    FORGIVE = "delete from throttle where key in texts($1)";
    /// One try less.
    UNCOUNT = "update throttle set failures = failures - 1 where key = $1 and failures > 0";
    /// Counters of no more use.
    SWEEP_THROTTLE = "delete from throttle where since < $1 and blocked_until < $1";

    /// A credential of the API, with the scopes it holds.
    API_TOKEN = "select id, name, scopes from api_token \
        where token_hash = $1 and revoked_at is null";
    /// A new credential of the API.
    ADD_API_TOKEN = "insert into api_token (id, name, token_hash, scopes, created_at) \
        values ($1, $2, $3, $4, $5)";
    /// All credentials of the API.
    API_TOKENS = "select id, name, scopes, created_at, revoked_at from api_token \
        order by revoked_at is not null, created_at desc";
    /// A credential is worth nothing any more.
    REVOKE_API_TOKEN = "update api_token set revoked_at = $2 where id = $1 and revoked_at is null";

    /// A role for a time.
    GRANT = "insert into role_grant \
        (id, person, role, region, space, from_at, until_at, granted_by) \
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
    /// A role that holds or will hold ends now.
    REVOKE = "update role_grant set until_at = $3 \
        where id = $1 and person = $2 and (until_at is null or until_at > $3) returning role";
    /// Makes changes of administrators wait for each other until the transaction ends.
    LOCK_ADMINS = "update role_grant set role = role where role = 'admin'";
    /// How many active administrators there are now.
    ADMINS = "select count(distinct p.id) as n from role_grant g join person p on p.id = g.person \
        where g.role = 'admin' and g.from_at <= $1 and (g.until_at is null or g.until_at > $1) \
            and p.state = 'active' and p.id <> $2";
    /// Makes someone a member, unless they are already.
    JOIN = "insert into membership (id, person, organisation, role, from_at) \
        values ($1, $2, $3, $4, $5) \
        on conflict (person, organisation) where until_at is null do nothing";

    /// Who did what to whom.
    AUDIT = "insert into audit (id, at, actor, action, object, detail) \
        values ($1, $2, $3, $4, $5, $6)";
}

row! {
    /// Who is signed in.
    pub(super) struct SignedInRow {
        pub id: PersonId, pub email: String, pub name: String, pub language: String,
        pub session: Uuid, pub seen_at: Timestamp,
    }
}
row! {
    /// Somebody with an address.
    pub(super) struct ActiveRow { pub id: PersonId, pub email: String, pub name: String, pub language: String }
}
row! {
    /// A role.
    pub(super) struct GrantRow { pub role: String, pub region: Option<String>, pub space: Option<Uuid> }
}
row! {
    /// A membership.
    pub(super) struct MembershipRow { pub organisation: OrganisationId, pub role: String }
}
row! {
    /// What signing in needs to know.
    pub(super) struct AccountRow {
        pub id: PersonId, pub name: String, pub language: String,
        pub password_hash: Option<String>, pub state: String,
    }
}
row! {
    /// A session, as its owner sees it.
    pub(super) struct SessionRow {
        pub id: Uuid, pub user_agent: Option<String>, pub created_at: Timestamp, pub seen_at: Timestamp,
    }
}
row! {
    /// A link sent by mail.
    pub(super) struct LinkRow {
        pub purpose: String, pub person: PersonId, pub name: String, pub email: String,
    }
}
row! {
    /// A person, alone in a row.
    pub(super) struct PersonRow { pub person: PersonId }
}
row! {
    /// A counter of tries.
    pub(super) struct ThrottleRow { pub failures: i64, pub blocked_until: Timestamp }
}
row! {
    /// A credential of the API, as it is checked.
    pub(super) struct ApiTokenRow { pub id: Uuid, pub name: String, pub scopes: serde_json::Value }
}
row! {
    /// A credential of the API, as administrators see it.
    pub(super) struct ApiTokenListRow {
        pub id: Uuid, pub name: String, pub scopes: serde_json::Value, pub created_at: Timestamp,
        pub revoked_at: Option<Timestamp>,
    }
}
row! {
    /// The name of a role.
    pub(super) struct RoleRow { pub role: String }
}
row! {
    /// A name that is not yet in the form in which it is searched.
    pub(super) struct NameRow { pub id: PersonId, pub name: String }
}
