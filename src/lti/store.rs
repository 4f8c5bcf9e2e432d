//! The SQL of LTI.

use serde_json::Value;
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::{queries, row};
use crate::ids::{ModuleId, OrganisationId, PersonId};

queries! {
    /// A registration.
    PLATFORM = "select id, name, version, issuer, client_id, auth_url, token_url, token_audience, jwks_url, algorithm, \
            secret, hosts, local, lenient, open_deployments, guests, organisation, state, family \
        from lti_platform where id = $1";
    /// The registrations of an issuer; with a client id, that one.
    BY_ISSUER = "select id, name, version, issuer, client_id, auth_url, token_url, token_audience, jwks_url, algorithm, \
            secret, hosts, local, lenient, open_deployments, guests, organisation, state, family \
        from lti_platform where issuer = $1 and (cast($2 as text) is null or client_id = $2) and state <> 'pending' \
        order by state, created_at limit 2";
    /// All registrations.
    PLATFORMS = "select id, name, version, issuer, client_id, auth_url, token_url, token_audience, jwks_url, algorithm, \
            secret, hosts, local, lenient, open_deployments, guests, organisation, state, family \
        from lti_platform order by state = 'closed', name, created_at";
    /// A new registration.
    ADD_PLATFORM = "insert into lti_platform (id, name, version, issuer, client_id, auth_url, token_url, token_audience, \
            jwks_url, algorithm, secret, hosts, local, open_deployments, organisation, state, family, created_at, created_by) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)";
    /// What administrators may change.
    EDIT_PLATFORM = "update lti_platform set name = $2, hosts = $3, organisation = $4, lenient = $5, open_deployments = $6, guests = $7 \
        where id = $1";
    /// Active, or closed.
    SET_PLATFORM_STATE = "update lti_platform set state = $2 where id = $1";
    /// All launched browsers of a registration are gone.
    END_PLATFORM_SESSIONS = "delete from lti_session where platform = $1";

    /// A registration's key set.
    KEYS = "select keys, keys_at from lti_platform where id = $1";
    /// Takes the right to fetch it, once in a while.
    TRY_KEYS = "update lti_platform set keys_tried_at = $2 where id = $1 and keys_tried_at <= $3";
    /// Keeps it.
    PUT_KEYS = "update lti_platform set keys = $2, keys_at = $3 where id = $1";

    /// A deployment by its name.
    DEPLOYMENT = "select id, platform, deployment, organisation, state from lti_deployment where platform = $1 and deployment = $2";
    /// The deployments of a registration.
    DEPLOYMENTS = "select id, platform, deployment, organisation, state from lti_deployment where platform = $1 order by created_at";
    /// A deployment that was not known.
    ADD_DEPLOYMENT = "insert into lti_deployment (id, platform, deployment, organisation, state, created_at) \
        values ($1, $2, $3, $4, $5, $6) on conflict (platform, deployment) do nothing";
    /// What administrators may change.
    EDIT_DEPLOYMENT = "update lti_deployment set organisation = $3, state = $4 where id = $1 and platform = $2";

    /// A course that was seen; its title follows the platform.
    SEE_CONTEXT = "insert into lti_context (id, deployment, context, title, members_url, created_at, updated_at) \
        values ($1, $2, $3, $4, $5, $6, $6) on conflict (deployment, context) do update set \
            title = case when excluded.title = '' then lti_context.title else excluded.title end, \
            members_url = coalesce(excluded.members_url, lti_context.members_url), updated_at = excluded.updated_at \
        returning id, organisation";
    /// The courses of a registration.
    CONTEXTS = "select c.id, c.title, c.context, c.organisation, c.members_url, d.deployment from lti_context c \
        join lti_deployment d on d.id = c.deployment where d.platform = $1 order by c.updated_at desc limit 500";
    /// A course is an organisation's.
    MAP_CONTEXT = "update lti_context set organisation = $3 where id = $1 \
        and deployment in (select id from lti_deployment where platform = $2)";

    /// A link that was launched; what the platform does not say again stays.
    SEE_LINK = "insert into lti_link (id, deployment, context, link, title, module, line_items, line_item, scopes, outcome_url, created_at, updated_at) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11) on conflict (deployment, link) do update set \
            context = coalesce(excluded.context, lti_link.context), \
            title = case when excluded.title = '' then lti_link.title else excluded.title end, \
            module = coalesce(excluded.module, lti_link.module), line_items = coalesce(excluded.line_items, lti_link.line_items), \
            line_item = coalesce(excluded.line_item, lti_link.line_item), scopes = excluded.scopes, \
            outcome_url = coalesce(excluded.outcome_url, lti_link.outcome_url), updated_at = excluded.updated_at \
        returning id, module";
    /// A link with what its grades need.
    LINK = "select l.id, l.link, l.module, l.line_items, l.line_item, l.outcome_url, d.platform \
        from lti_link l join lti_deployment d on d.id = l.deployment where l.id = $1";
    /// An instructor chose.
    CHOOSE_MODULE = "update lti_link set module = $2, updated_at = $3 where id = $1";
    /// Who has a place of a link.
    LEARNERS_OF_LINK = "select person from lti_score where link = $1 order by person";
    /// The places of a link are another module's from now on: nothing is known of it there.
    MOVE_SCORES = "update lti_score set module = $2, standing = $3 where link = $1 and module <> $2";
    /// The places of a link.
    SCORES_OF_LINK = "select id, link, person, module, standing, job from lti_score where link = $1";
    /// Rows of the outbox with grades for a platform, or for all, that were given up are tried again.
    REVIVE_GRADES = "update outbox set failed_at = null, attempts = 0, due_at = $2 \
        where failed_at is not null and done_at is null and kind = 'lti-grade' \
            and id in (select s.job from lti_score s join lti_link l on l.id = s.link \
                join lti_deployment d on d.id = l.deployment where d.platform = $1 or $1 is null)";
    /// The module of a link, chosen before the migration from 1.1.
    MODULE_OF_LINK = "select l.module from lti_link l join lti_deployment d on d.id = l.deployment \
        where d.platform = $1 and l.link = $2 and l.module is not null order by l.updated_at desc limit 1";
    /// One worker makes the column.
    MAKE_LINE_ITEM = "update lti_link set making_until = $2 where id = $1 and line_item is null and making_until <= $3";
    /// The column is there.
    PUT_LINE_ITEM = "update lti_link set line_item = $2, making_until = 0 where id = $1";

    /// Who somebody is.
    IDENTITY = "select i.id, i.person, p.state from lti_identity i join person p on p.id = i.person \
        where i.issuer = $1 and i.subject = $2";
    /// A first launch.
    ADD_IDENTITY = "insert into lti_identity (id, issuer, subject, person, platform, name, email, created_at, seen_at) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $8) on conflict (issuer, subject) do nothing";
    /// Another launch.
    SEE_IDENTITY = "update lti_identity set name = $2, email = $3, seen_at = $4, platform = $5 where id = $1";
    /// What a person is elsewhere.
    IDENTITIES = "select i.id, f.name as platform, i.name, i.seen_at from lti_identity i join lti_platform f on f.id = i.platform \
        where i.person = $1 order by i.seen_at desc";
    /// Somebody else's from now on.
    LINK_IDENTITY = "update lti_identity set person = $3 where id = $1 and person = $2";
    /// Nobody's.
    UNLINK_IDENTITY = "delete from lti_identity where id = $1 and person = $2";
    /// A person made by a launch: no address, no password.
    ADD_PERSON = "insert into person (id, email, name, folded, language, created_at, updated_at) values ($1, null, $2, $3, $4, $5, $5)";
    /// A person that another launch had made already.
    FORGET_PERSON = "delete from person where id = $1";
    /// A person is a member of an organisation.
    JOIN = "insert into membership (id, person, organisation, role, from_at) values ($1, $2, $3, 'member', $4) \
        on conflict (person, organisation) where until_at is null do nothing";
    /// A person's name and language.
    PERSON = "select id, name, language from person where id = $1";
    /// An organisation by its address.
    ORGANISATION = "select id, slug, name from organisation where slug = $1";
    /// All organisations.
    ORGANISATIONS = "select id, slug, name from organisation order by name";
    /// A module by id or address.
    MODULE = "select id from module where (slug = $1 or id = $2) and published_at is not null";

    /// A login begins.
    ADD_LOGIN = "insert into lti_login (state_hash, nonce, platform, browser_hash, initiation, created_at, expires_at) \
        values ($1, $2, $3, $4, $5, $6, $7)";
    /// A login under way.
    LOGIN = "select platform, nonce, browser_hash, initiation from lti_login where state_hash = $1 and expires_at > $2";
    /// A login is used up: of any number at once, one gets the row.
    USE_LOGIN = "delete from lti_login where state_hash = $1 and nonce = $2 and expires_at > $3 returning platform";
    /// Logins nobody finished.
    SWEEP_LOGINS = "delete from lti_login where expires_at <= $1";
    /// LTI 1.1: a nonce is used up.
    USE_NONCE = "insert into lti_nonce (platform, nonce, expires_at) values ($1, $2, $3) on conflict (platform, nonce) do nothing";
    /// Nonces outside the window.
    SWEEP_NONCES = "delete from lti_nonce where expires_at <= $1";

    /// A launched browser.
    ADD_SESSION = "insert into lti_session (id, token_hash, platform, deployment, link, person, teaches, detail, created_at, expires_at) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    /// A launched browser, as long as person, registration and deployment are active.
    SESSION = "select s.id, s.platform, s.link, s.person, s.teaches, s.detail, d.deployment as deployment_id \
        from lti_session s join person p on p.id = s.person join lti_platform f on f.id = s.platform \
        join lti_deployment d on d.id = s.deployment \
        where s.token_hash = $1 and s.expires_at > $2 and p.state = 'active' and f.state = 'active' and d.state = 'active'";
    /// The same, until then.
    SESSION_DETAIL = "update lti_session set detail = $2 where id = $1";
    /// A launched browser is done.
    END_SESSION = "delete from lti_session where id = $1";
    /// Launched browsers of yesterday.
    SWEEP_SESSIONS = "delete from lti_session where expires_at <= $1";

    /// Our keys that are published, the one that signs first.
    OUR_KEYS = "select kid, private, public, active_at, retired_at from lti_key \
        where retired_at is null or retired_at > $1 order by case when active_at <= $1 then 0 else 1 end, active_at desc";
    /// A new key.
    ADD_KEY = "insert into lti_key (kid, private, public, created_at, active_at) values ($1, $2, $3, $4, $5)";
    /// Older keys are published until then.
    RETIRE_KEYS = "update lti_key set retired_at = $2 where kid <> $1 and retired_at is null";
    /// How many keys there are.
    COUNT_KEYS = "select count(*) as n from lti_key";

    /// A one-time address for registration.
    ADD_INVITATION = "insert into lti_invitation (id, token_hash, organisation, created_by, created_at, expires_at) \
        values ($1, $2, $3, $4, $5, $6)";
    /// An address that can still be used.
    INVITATION = "select id, organisation, created_by from lti_invitation where token_hash = $1 and used_at is null and expires_at > $2";
    /// It is used: by one.
    USE_INVITATION = "update lti_invitation set used_at = $2 where id = $1 and used_at is null and expires_at > $2";
    /// What came of it.
    INVITATION_DONE = "update lti_invitation set platform = $2 where id = $1";

    /// A learner's place in a gradebook.
    SEE_SCORE = "insert into lti_score (id, link, person, module, user_id, sourcedid, standing, version, at) \
        values ($1, $2, $3, $4, $5, $6, $7, 0, $8) on conflict (link, person) do update set \
            module = excluded.module, user_id = excluded.user_id, sourcedid = coalesce(excluded.sourcedid, lti_score.sourcedid)";
    /// The places that these learners have.
    /// They are held: a delivery that is settled at this moment would otherwise be taken for one
    /// that will still see the change.
    SCORES_OF = lite "select id, link, person, module, standing, job from lti_score where person in uuids($1)",
        pg "select id, link, person, module, standing, job from lti_score where person in uuids($1) order by id for update";
    /// A newer standing; its moment is later than the last one's whatever the nodes' clocks say:
    /// platforms refuse an older one.
    SCORE_CHANGED = "update lti_score set standing = $2, version = version + 1, \
            at = case when at < $3 then $3 else at + 1 end, job = $4 where id = $1";
    /// What is to be delivered.
    SCORE = "select s.link, s.user_id, s.sourcedid, s.standing, s.version, s.sent, s.at, s.job, p.language, p.state \
        from lti_score s join person p on p.id = s.person where s.id = $1";
    /// The platform has this version.
    SCORE_SENT = "update lti_score set sent = $2, sent_at = $3, error = null where id = $1 and sent < $2";
    /// Nothing is left to deliver: nothing if a newer version came meanwhile.
    SCORE_SETTLED = "update lti_score set job = null where id = $1 and version = $2";
    /// Why it could not be delivered.
    SCORE_ERROR = "update lti_score set error = $2 where id = $1";
    /// What the platform does not have yet.
    UNSENT = "select s.id, s.at, s.error, p.name as learner, l.title, f.name as platform, o.failed_at, o.attempts \
        from lti_score s join person p on p.id = s.person join lti_link l on l.id = s.link \
        join lti_deployment d on d.id = l.deployment join lti_platform f on f.id = d.platform \
        join outbox o on o.id = s.job order by o.failed_at is null, s.at desc limit 200";
    /// The learners of a link with their progress.
    CLASS = "select p.name, s.user_id, s.version, s.sent, s.job, g.state, g.success, g.progress, g.score \
        from lti_score s join person p on p.id = s.person left join progress g on g.person = s.person and g.module = s.module \
        where s.link = $1 order by p.name limit 2000";

    /// An access token that still holds.
    TOKEN = "select token from lti_token where platform = $1 and scope = $2 and expires_at > $3";
    /// Keeps an access token.
    PUT_TOKEN = "insert into lti_token (platform, scope, token, expires_at) values ($1, $2, $3, $4) \
        on conflict (platform, scope) do update set token = excluded.token, expires_at = excluded.expires_at";
    /// It was refused.
    DROP_TOKEN = "delete from lti_token where platform = $1 and scope = $2";
}

row! {
    /// A registration.
    #[derive(Debug, Clone)]
    pub struct Platform {
        /// Id.
        pub id: Uuid,
        /// As administrators call it.
        pub name: String,
        /// `1.3` or `1.1`.
        pub version: String,
        /// The issuer; 1.1: `consumer:` and the key.
        pub issuer: String,
        /// Our id there; 1.1: the consumer's key.
        pub client_id: String,
        /// Where logins go.
        pub auth_url: String,
        /// Where tokens come from.
        pub token_url: String,
        /// The audience of token requests, where it is not the endpoint.
        pub token_audience: Option<String>,
        /// Its keys.
        pub jwks_url: String,
        /// What signs, where a key does not say.
        pub algorithm: String,
        /// 1.1: sealed.
        pub secret: Option<String>,
        /// Further hosts.
        pub hosts: Value,
        /// May be on this machine's own network.
        pub local: bool,
        /// 1.1: repeats the query in the body.
        pub lenient: bool,
        /// Deployments are taken as they come.
        pub open_deployments: bool,
        /// Launches without a person are guests.
        pub guests: bool,
        /// Its learners' organisation.
        pub organisation: Option<OrganisationId>,
        /// `pending`, `active` or `closed`.
        pub state: String,
        /// `moodle`, `canvas`…
        pub family: String,
    }
}
row! {
    /// A platform's key set, as kept.
    pub(super) struct KeysRow { pub keys: Option<String>, pub keys_at: Timestamp }
}
row! {
    /// A deployment.
    #[derive(Debug, Clone)]
    pub struct Deployment {
        /// Id.
        pub id: Uuid,
        /// Of which registration.
        pub platform: Uuid,
        /// Its name there.
        pub deployment: String,
        /// Its learners' organisation.
        pub organisation: Option<OrganisationId>,
        /// `pending`, `active` or `closed`.
        pub state: String,
    }
}
row! {
    /// A course that was seen.
    pub(super) struct SeenContext { pub id: Uuid, pub organisation: Option<OrganisationId> }
}
row! {
    /// A course of a platform.
    #[derive(Debug, Clone)]
    pub struct ContextRow {
        /// Id.
        pub id: Uuid,
        /// Its title there.
        pub title: String,
        /// Its name there.
        pub context: String,
        /// Its learners' organisation.
        pub organisation: Option<OrganisationId>,
        /// Where its members are listed.
        pub members_url: Option<String>,
        /// The deployment's name.
        pub deployment: String,
    }
}
row! {
    /// A link that was launched.
    pub(super) struct SeenLink { pub id: Uuid, pub module: Option<ModuleId> }
}
row! {
    /// The module of a link.
    pub(super) struct ModuleOfLink { pub module: ModuleId }
}
row! {
    /// A link.
    #[derive(Debug, Clone)]
    pub(super) struct LinkRow {
        pub id: Uuid, pub link: String, pub module: Option<ModuleId>, pub line_items: Option<String>,
        pub line_item: Option<String>, pub outcome_url: Option<String>, pub platform: Uuid,
    }
}
row! {
    /// Who somebody is.
    pub(super) struct IdentityRow {
        pub id: Uuid, pub person: PersonId, pub state: String,
    }
}
row! {
    /// What a person is elsewhere.
    pub(super) struct OwnIdentityRow { pub id: Uuid, pub platform: String, pub name: String, pub seen_at: Timestamp }
}
row! {
    /// A person.
    pub(super) struct PersonRow { pub id: PersonId, pub name: String, pub language: String }
}
row! {
    /// An organisation.
    pub(super) struct OrganisationRow { pub id: OrganisationId, pub slug: String, pub name: String }
}
row! {
    /// A module.
    pub(super) struct ModuleRow { pub id: ModuleId }
}
row! {
    /// A login under way.
    pub(super) struct LoginRow { pub platform: Uuid, pub nonce: String, pub browser_hash: String, pub initiation: Value }
}
row! {
    /// A registration, alone in a row.
    pub(super) struct PlatformRef { pub platform: Uuid }
}
row! {
    /// A launched browser.
    pub(super) struct SessionRow {
        pub id: Uuid, pub platform: Uuid, pub link: Option<Uuid>, pub person: PersonId,
        pub teaches: bool, pub detail: Value, pub deployment_id: String,
    }
}
row! {
    /// A key of ours.
    pub(super) struct KeyRow {
        pub kid: String, pub private: String, pub public: Value, pub active_at: Timestamp, pub retired_at: Option<Timestamp>,
    }
}
row! {
    /// An invitation.
    pub(super) struct InvitationRow { pub id: Uuid, pub organisation: Option<OrganisationId>, pub created_by: PersonId }
}
row! {
    /// A place in a gradebook.
    pub(super) struct ScoreOfRow {
        pub id: Uuid, pub link: Uuid, pub person: PersonId, pub module: ModuleId, pub standing: Value,
        pub job: Option<Uuid>,
    }
}
row! {
    /// Somebody with a place in a gradebook.
    pub(super) struct PlacedRow { pub person: PersonId }
}
row! {
    /// A grade to be delivered.
    #[derive(Debug, Clone)]
    pub(super) struct ScoreRow {
        pub link: Uuid, pub user_id: String, pub sourcedid: Option<String>, pub standing: Value,
        pub version: i64, pub sent: i64, pub at: Timestamp, pub job: Option<Uuid>, pub language: String, pub state: String,
    }
}
row! {
    /// A grade that is not delivered.
    pub(super) struct UnsentRow {
        pub id: Uuid, pub at: Timestamp, pub error: Option<String>, pub learner: String, pub title: String,
        pub platform: String, pub failed_at: Option<Timestamp>, pub attempts: i64,
    }
}
row! {
    /// A learner of a link.
    pub(super) struct ClassRow {
        pub name: String, pub user_id: String, pub version: i64, pub sent: i64, pub job: Option<Uuid>,
        pub state: Option<String>, pub success: Option<String>, pub progress: Option<f64>, pub score: Option<f64>,
    }
}
row! {
    /// An access token.
    pub(super) struct TokenRow { pub token: String }
}
