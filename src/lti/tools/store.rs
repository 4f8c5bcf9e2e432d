//! The SQL of tools that we launch.

use serde_json::Value;
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::{queries, row};
use crate::ids::{ModuleId, PersonId};

queries! {
    /// A tool.
    TOOL = "select id, name, client_id, deployment, login_url, target_url, picker_url, redirect_uris, jwks_url, public_key, \
            local, send_name, send_email, custom, state, created_by from tool where id = $1";
    /// A tool by the id it has here.
    BY_CLIENT = "select id, name, client_id, deployment, login_url, target_url, picker_url, redirect_uris, jwks_url, public_key, \
            local, send_name, send_email, custom, state, created_by from tool where client_id = $1 and state = 'active'";
    /// All tools.
    TOOLS = "select id, name, client_id, deployment, login_url, target_url, picker_url, redirect_uris, jwks_url, public_key, \
            local, send_name, send_email, custom, state, created_by from tool order by state = 'closed', name, created_at";
    /// A new tool.
    ADD_TOOL = "insert into tool (id, name, client_id, deployment, login_url, target_url, picker_url, redirect_uris, \
            jwks_url, public_key, local, send_name, send_email, custom, state, created_at, created_by) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";
    /// What its trainer may change.
    EDIT_TOOL = "update tool set name = $2, send_name = $3, send_email = $4 where id = $1";
    /// Active, or closed.
    SET_TOOL_STATE = "update tool set state = $2 where id = $1";
    /// A closed tool's tokens are gone.
    END_TOKENS = "delete from tool_token where tool = $1";

    /// A tool's key set.
    TOOL_KEYS = "select keys, keys_at from tool where id = $1";
    /// Takes the right to fetch it, once in a while.
    TRY_TOOL_KEYS = "update tool set keys_tried_at = $2 where id = $1 and keys_tried_at <= $3";
    /// Keeps it.
    PUT_TOOL_KEYS = "update tool set keys = $2, keys_at = $3 where id = $1";

    /// A token for a tool that registers itself.
    ADD_TOOL_INVITATION = "insert into tool_invitation (token_hash, created_by, created_at, expires_at) values ($1, $2, $3, $4)";
    /// It is used: by one.
    USE_TOOL_INVITATION = "update tool_invitation set used_at = $2 where token_hash = $1 and used_at is null and expires_at > $2 \
        returning created_by";

    /// Somebody as a tool knows them.
    ADD_TOOL_PERSON = "insert into tool_person (tool, person, subject, created_at) values ($1, $2, $3, $4) \
        on conflict (tool, person) do nothing";
    /// Whom a tool means.
    PERSON_OF_SUBJECT = "select t.person from tool_person t join person p on p.id = t.person \
        where t.tool = $1 and t.subject = $2 and p.state = 'active'";

    /// A launch begins.
    ADD_TOOL_LOGIN = "insert into tool_login (hint_hash, tool, person, browser_hash, module, detail, created_at, expires_at) \
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
    /// A launch under way, of a person who may be here.
    TOOL_LOGIN = "select l.tool, l.person, l.browser_hash, l.module, l.detail, p.name, p.email, p.language \
        from tool_login l join person p on p.id = l.person where l.hint_hash = $1 and l.expires_at > $2 and p.state = 'active'";
    /// It is used up: by one.
    USE_TOOL_LOGIN = "delete from tool_login where hint_hash = $1";
    /// Launches nobody finished.
    SWEEP_TOOL_LOGINS = "delete from tool_login where expires_at <= $1";

    /// Content is asked for.
    ADD_CHOICE = "insert into tool_choice (id, tool, person, data_hash, expires_at) values ($1, $2, $3, $4, $5)";
    /// What was asked with this word, and not answered.
    CHOICE_ASKED = "select id, tool, person, links, others from tool_choice where data_hash = $1 and links is null and expires_at > $2";
    /// The answer, once.
    CHOICE_ANSWERED = "update tool_choice set links = $2, others = $3 where id = $1 and links is null";
    /// An answer, for who asked.
    CHOICE = "select id, tool, person, links, others from tool_choice where id = $1 and person = $2 and links is not null and expires_at > $3";
    /// Modules were made of it.
    END_CHOICE = "delete from tool_choice where id = $1";
    /// Choices of yesterday.
    SWEEP_CHOICES = "delete from tool_choice where expires_at <= $1";

    /// A tool says something that counts once.
    USE_TOOL_NONCE = "insert into tool_nonce (tool, nonce, expires_at) values ($1, $2, $3) on conflict (tool, nonce) do nothing";
    /// What has run out anyway.
    SWEEP_TOOL_NONCES = "delete from tool_nonce where expires_at <= $1";
    /// An access token.
    ADD_TOOL_TOKEN = "insert into tool_token (hash, tool, scopes, expires_at) values ($1, $2, $3, $4)";
    /// Whose token, for what.
    TOOL_TOKEN = "select t.tool, t.scopes from tool_token t join tool o on o.id = t.tool \
        where t.hash = $1 and t.expires_at > $2 and o.state = 'active'";
    /// Tokens that have run out.
    SWEEP_TOOL_TOKENS = "delete from tool_token where expires_at <= $1";

    /// A new column; of the link's own there is one.
    ADD_COLUMN = "insert into tool_line_item (id, tool, module, label, maximum, resource_id, tag, own, created_at) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    /// The columns of a module.
    COLUMNS = "select id, label, maximum, resource_id, tag, own from tool_line_item where tool = $1 and module = $2 order by created_at, id";
    /// One of them.
    COLUMN = "select id, label, maximum, resource_id, tag, own from tool_line_item where id = $1 and tool = $2 and module = $3";
    /// A column changes.
    EDIT_COLUMN = "update tool_line_item set label = $2, maximum = $3, resource_id = $4, tag = $5 where id = $1";
    /// A column goes, with its scores.
    DROP_COLUMN = "delete from tool_line_item where id = $1 and not own";

    /// A score.
    ADD_SCORE = "insert into tool_score (id, line_item, person, at, given, maximum, activity, grading, comment, received_at) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    /// The tool's last moment for a learner.
    LAST_SCORE = "select coalesce(max(at), 0) as at from tool_score where line_item = $1 and person = $2";
    /// The last scores of a column, by learner.
    RESULTS = "select s.id, t.subject, s.given, s.maximum, s.comment from tool_score s \
        join tool_person t on t.person = s.person and t.tool = $2 \
        where s.line_item = $1 and s.at = (select max(o.at) from tool_score o where o.line_item = s.line_item and o.person = s.person) \
        and ($3 = '' or t.subject = $3) order by t.subject limit $4 offset $5";

    /// Those who have a place in a module and are known to its tool.
    MEMBERS = "select t.subject, p.name, p.email from tool_person t join person p on p.id = t.person \
        where t.tool = $1 and p.state = 'active' and exists (select 1 from attempt a where a.person = t.person and a.module = $2) \
        and t.subject > $3 order by t.subject limit $4";
    /// The modules of a tool, by the link that their present versions hold.
    MODULES = "select m.id, m.slug, m.title, m.published_at, m.created_by from module m \
        join module_version v on v.module = m.id join package p on p.id = v.package \
        where p.format = 'lti' and p.course like $1 \
        and v.number = (select max(o.number) from module_version o where o.module = m.id) order by m.title";
}

row! {
    /// A tool.
    #[derive(Debug, Clone)]
    pub struct Tool {
        /// Id.
        pub id: Uuid,
        /// As trainers call it.
        pub name: String,
        /// Its id here.
        pub client_id: String,
        /// Its deployment here.
        pub deployment: String,
        /// Where logins begin.
        pub login_url: String,
        /// What is launched when a link names no address.
        pub target_url: String,
        /// Where content is picked.
        pub picker_url: Option<String>,
        /// Where messages may go.
        pub redirect_uris: Value,
        /// Where its keys are.
        pub jwks_url: Option<String>,
        /// Its key, where it was given.
        pub public_key: Option<String>,
        /// May be on this machine's own network.
        pub local: bool,
        /// Launches tell the name.
        pub send_name: bool,
        /// Launches tell the address.
        pub send_email: bool,
        /// Custom parameters.
        pub custom: Value,
        /// pending, active, closed
        pub state: String,
        /// Who registered it.
        pub created_by: Option<PersonId>,
    }
}
row! {
    /// A key set.
    pub(super) struct KeysRow { pub keys: Option<String>, pub keys_at: Timestamp }
}
row! {
    /// Who handed a token out.
    pub(super) struct InvitationRow { pub created_by: PersonId }
}
row! {
    /// A person.
    pub(super) struct PersonRow { pub person: PersonId }
}
row! {
    /// A launch under way.
    pub(super) struct LoginRow {
        pub tool: Uuid, pub person: PersonId, pub browser_hash: String, pub module: Option<ModuleId>,
        pub detail: Value, pub name: String, pub email: Option<String>, pub language: String,
    }
}
row! {
    /// Content asked for.
    pub(super) struct ChoiceRow {
        pub id: Uuid, pub tool: Uuid, pub person: PersonId, pub links: Option<Value>, pub others: i64,
    }
}
row! {
    /// A token.
    pub(super) struct TokenRow { pub tool: Uuid, pub scopes: Value }
}
row! {
    /// A column.
    pub(super) struct ColumnRow {
        pub id: Uuid, pub label: String, pub maximum: f64, pub resource_id: Option<String>,
        pub tag: Option<String>, pub own: bool,
    }
}
row! {
    /// A moment.
    pub(super) struct AtRow { pub at: i64 }
}
row! {
    /// A result.
    pub(super) struct ResultRow {
        pub id: Uuid, pub subject: String, pub given: Option<f64>, pub maximum: Option<f64>,
        pub comment: Option<String>,
    }
}
row! {
    /// A member.
    pub(super) struct MemberRow { pub subject: String, pub name: String, pub email: Option<String> }
}
row! {
    /// A module that leads to a tool.
    pub(super) struct ModuleRow {
        pub id: ModuleId, pub slug: String, pub title: String, pub published_at: Option<Timestamp>,
        pub created_by: Option<PersonId>,
    }
}
