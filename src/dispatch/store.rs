//! The SQL of dispatch.

use serde_json::Value;
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::{queries, row};
use crate::ids::{ModuleId, OrganisationId, PersonId, SessionId};

queries! {
    /// A dispatch.
    DISPATCH = "select id, module, name, organisation, cap, expires_at, hash_ids, send_names, origins, state, created_at \
        from dispatch where id = $1";
    /// Held until the transaction ends, so that its cap holds too.
    HOLD_DISPATCH = lite "select id, module, name, organisation, cap, expires_at, hash_ids, send_names, origins, state, created_at \
            from dispatch where id = $1",
        pg "select id, module, name, organisation, cap, expires_at, hash_ids, send_names, origins, state, created_at \
            from dispatch where id = $1 for update";
    /// Those of a module, with who came and who completed it.
    DISPATCHES = "select d.id, d.name, d.cap, d.expires_at, d.origins, d.state, d.hash_ids, o.name as organisation, \
            (select count(*) from dispatch_learner l where l.dispatch = d.id) as learners, \
            (select count(*) from dispatch_learner l join progress p on p.person = l.person and p.module = d.module \
                where l.dispatch = d.id and p.state = 'completed') as completed, \
            (select max(l.seen_at) from dispatch_learner l where l.dispatch = d.id) as seen_at \
        from dispatch d left join organisation o on o.id = d.organisation where d.module = $1 order by d.state, d.created_at desc";
    /// A new one.
    ADD_DISPATCH = "insert into dispatch (id, module, name, organisation, cap, expires_at, hash_ids, send_names, origins, created_at, created_by) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    /// What its trainer may change.
    EDIT_DISPATCH = "update dispatch set name = $2, cap = $3, expires_at = $4, origins = $5 where id = $1";
    /// Active, or revoked.
    SET_DISPATCH_STATE = "update dispatch set state = $2 where id = $1";
    /// Its browsers are out.
    END_DISPATCH_SESSIONS = "delete from dispatch_session where dispatch = $1";
    /// Where it was opened first.
    LEARN_ORIGIN = "update dispatch set origins = $2 where id = $1";
    /// The learner of an id.
    LEARNER = "select l.person, p.state from dispatch_learner l join person p on p.id = l.person where l.dispatch = $1 and l.learner = $2";
    /// How many there are.
    LEARNERS = "select count(*) as n from dispatch_learner where dispatch = $1";
    /// A new one.
    ADD_LEARNER = "insert into dispatch_learner (dispatch, learner, person, launches, created_at, seen_at) values ($1, $2, $3, 1, $4, $4)";
    /// Again.
    SEE_LEARNER = "update dispatch_learner set launches = launches + 1, seen_at = $3 where dispatch = $1 and learner = $2";
    /// An account without an address and a password.
    ADD_PERSON = "insert into person (id, email, name, folded, language, created_at, updated_at) values ($1, null, $2, $3, $4, $5, $5)";
    /// A person is a member of an organisation.
    JOIN = "insert into membership (id, person, organisation, role, from_at) values ($1, $2, $3, 'member', $4) \
        on conflict (person, organisation) where until_at is null do nothing";
    /// The name and language of a person.
    PERSON = "select id, name, language from person where id = $1";
    /// A browser plays.
    ADD_SESSION = "insert into dispatch_session (token_hash, dispatch, person, session, frames, lang, created_at, expires_at) \
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
    /// A browser that plays, as long as its dispatch and its person may.
    SESSION = "select s.person, s.session, s.frames, s.lang, d.module from dispatch_session s \
        join dispatch d on d.id = s.dispatch join person p on p.id = s.person \
        where s.token_hash = $1 and s.expires_at > $2 and d.state = 'active' and p.state = 'active' \
            and (d.expires_at is null or d.expires_at > $2)";
    /// Browsers of yesterday.
    SWEEP_SESSIONS = "delete from dispatch_session where expires_at <= $1";
    /// All organisations.
    ORGANISATIONS = "select id, name from organisation order by name";
}

row! {
    /// A dispatch.
    #[derive(Debug, Clone)]
    pub struct Dispatch {
        /// Id.
        pub id: Uuid,
        /// What it opens.
        pub module: ModuleId,
        /// The LMS.
        pub name: String,
        /// Whose members its learners are.
        pub organisation: Option<OrganisationId>,
        /// Learners at most.
        pub cap: Option<i64>,
        /// Until when.
        pub expires_at: Option<Timestamp>,
        /// Ids are hashed in the browser.
        pub hash_ids: bool,
        /// Names are sent.
        pub send_names: bool,
        /// Where it may be opened.
        pub origins: Value,
        /// active, revoked
        pub state: String,
        /// When it was made.
        pub created_at: Timestamp,
    }
}
row! {
    /// A dispatch in a list.
    pub(super) struct ListedRow {
        pub id: Uuid, pub name: String, pub cap: Option<i64>, pub expires_at: Option<Timestamp>,
        pub origins: Value, pub state: String, pub hash_ids: bool, pub organisation: Option<String>,
        pub learners: i64, pub completed: i64, pub seen_at: Option<Timestamp>,
    }
}
row! {
    /// A learner.
    pub(super) struct LearnerRow { pub person: PersonId, pub state: String }
}
row! {
    /// A person.
    pub(super) struct PersonRow { pub id: PersonId, pub name: String, pub language: String }
}
row! {
    /// A browser that plays.
    pub(super) struct SessionRow {
        pub person: PersonId, pub session: SessionId, pub frames: Value,
        pub lang: String, pub module: ModuleId,
    }
}
row! {
    /// An organisation to choose.
    pub(super) struct OrganisationRow { pub id: OrganisationId, pub name: String }
}
