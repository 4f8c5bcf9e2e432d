//! Which tools there are, what they may know, and the modules made of them.

use lti::jwt::KeySet;
use lti::platform::content::Link as Picked;
use lti::platform::registration::Tool as Described;
use lti::target;
use serde_json::json;
use url::Url;
use uuid::Uuid;

use super::store::{self, Tool};
use crate::App;
use crate::accounts::{Audit, Person};
use crate::catalogue::{self, Options};
use crate::clock::Timestamp;
use crate::db::DbError;
use crate::formats::tool::Link;
use crate::ids::{PersonId, hash_secret};
use crate::lti::denied::{Denied, Why};
use crate::web::Refusal;

/// Characters of a tool's name at most.
pub const NAME_MAX: usize = 120;
/// A token for a registration is good for so long, in seconds.
const INVITATION: i64 = 3600;

/// A tool to be registered.
#[derive(Debug, Clone, Default)]
pub struct NewTool {
    /// As trainers call it.
    pub name: String,
    /// Where logins begin.
    pub login_url: String,
    /// What is launched when a link names no address.
    pub target_url: String,
    /// Where content is picked, where it can be.
    pub picker_url: Option<String>,
    /// The addresses messages may go to.
    pub redirect_uris: Vec<String>,
    /// Where its keys are.
    pub jwks_url: Option<String>,
    /// Its key (PEM) or keys (JWKS), where they are given instead.
    pub public_key: Option<String>,
    /// Launches tell the name.
    pub send_name: bool,
    /// Launches tell the address.
    pub send_email: bool,
    /// Custom parameters of every launch.
    pub custom: Vec<(String, String)>,
    /// An operator of this machine named the addresses: they may be on its own network.
    pub local: bool,
    /// Waits for its trainer.
    pub pending: bool,
    /// Who registers it; none: the command line.
    pub by: Option<PersonId>,
}

impl NewTool {
    /// What is wrong with it, by field.
    pub fn errors(&self) -> Vec<(&'static str, &'static str)> {
        let mut errors = Vec::new();
        let mut check = |field, good: bool, code| {
            if !good {
                errors.push((field, code));
            }
        };
        let name = self.name.trim();
        let good = !name.is_empty() && name.chars().count() <= NAME_MAX;
        check(
            "name",
            good && !name.chars().any(char::is_control),
            "required",
        );
        let web = |address: &str| {
            target::web(address).is_some_and(|url| self.local || url.scheme() == "https")
        };
        check("login_url", web(&self.login_url), "address");
        check("target_url", web(&self.target_url), "address");
        let uris = !self.redirect_uris.is_empty() && self.redirect_uris.len() <= 20;
        let uris = uris && self.redirect_uris.iter().all(|uri| web(uri));
        check("redirect_uris", uris, "address");
        if let Some(url) = &self.picker_url {
            check("picker_url", web(url), "address");
        }
        match (&self.jwks_url, &self.public_key) {
            (Some(url), None) => check("jwks_url", web(url), "address"),
            (None, Some(key)) => check("public_key", given_keys(key).is_some(), "tools-key"),
            _ => check("jwks_url", false, "tools-keys"),
        }
        errors
    }
}

/// Keys as they were typed: a JWK set, or one public key in PEM.
pub(super) fn given_keys(text: &str) -> Option<KeySet> {
    let keys = match text.trim_start().starts_with('{') {
        true => KeySet::parse(text.as_bytes()).ok()?,
        false => KeySet::of_pem(text.trim().as_bytes()).ok()?,
    };
    (!keys.is_empty()).then_some(keys)
}

/// Registers a tool.
pub async fn add(app: &App, new: NewTool) -> Result<Tool, Refusal> {
    if let Some((field, _)) = new.errors().first() {
        return Err(Refusal::unprocessable("tools-registration").with("field", *field));
    }
    insert(app, new).await
}

async fn insert(app: &App, new: NewTool) -> Result<Tool, Refusal> {
    let id = app.ids.uuid();
    let audit = Audit::new(app, new.by, "tool-added", format!("tool:{id}"))
        .detail(json!({ "name": new.name, "login_url": new.login_url }));
    app.db
        .write((id, new, audit), |tx, (id, new, audit)| {
            Box::pin(async move {
                store::ADD_TOOL
                    .bind(*id)
                    .bind(new.name.trim())
                    .bind(format!("halqa-{}", id.simple()))
                    .bind("1")
                    .bind(&new.login_url)
                    .bind(&new.target_url)
                    .bind(new.picker_url.clone())
                    .bind(json!(new.redirect_uris))
                    .bind(new.jwks_url.clone())
                    .bind(new.public_key.clone())
                    .bind(new.local)
                    .bind(new.send_name)
                    .bind(new.send_email)
                    .bind(json!(new.custom))
                    .bind(if new.pending { "pending" } else { "active" })
                    .bind(audit.at)
                    .bind(new.by)
                    .run(&mut *tx)
                    .await?;
                audit.write(&mut *tx).await?;
                let tool: Tool = store::TOOL.bind(*id).one(tx).await?;
                Ok::<_, Refusal>(tool)
            })
        })
        .await
}

/// A tool; 404 when there is none.
pub async fn get(app: &App, id: Uuid) -> Result<Tool, Refusal> {
    Ok(store::TOOL.bind(id).one(&app.db).await?)
}

/// All tools.
pub async fn all(app: &App) -> Result<Vec<Tool>, DbError> {
    store::TOOLS.all(&app.db).await
}

/// May change a registration: administrators, and the trainer who made it.
pub(super) fn may_manage(person: &Person, tool: &Tool) -> bool {
    person.roles.admin || tool.created_by == Some(person.id)
}

/// What launches tell.
pub(super) struct Edit {
    pub name: String,
    pub send_name: bool,
    pub send_email: bool,
}

pub(super) async fn edit(app: &App, by: PersonId, id: Uuid, edit: Edit) -> Result<(), Refusal> {
    let audit = Audit::new(app, Some(by), "tool-changed", format!("tool:{id}"))
        .detail(json!({ "name": edit.send_name, "email": edit.send_email }));
    app.db
        .write((id, edit, audit), |tx, (id, edit, audit)| {
            Box::pin(async move {
                store::EDIT_TOOL
                    .bind(*id)
                    .bind(&edit.name)
                    .bind(edit.send_name)
                    .bind(edit.send_email)
                    .run(&mut *tx)
                    .await?;
                audit.write(tx).await
            })
        })
        .await
        .map_err(Refusal::from)
}

/// Opens or closes a tool; closing ends its tokens at once.
pub(super) async fn set_active(
    app: &App,
    by: PersonId,
    id: Uuid,
    active: bool,
) -> Result<(), Refusal> {
    let action = if active { "tool-opened" } else { "tool-closed" };
    let audit = Audit::new(app, Some(by), action, format!("tool:{id}"));
    app.db
        .write((id, active, audit), |tx, (id, active, audit)| {
            Box::pin(async move {
                store::SET_TOOL_STATE
                    .bind(*id)
                    .bind(if *active { "active" } else { "closed" })
                    .run(&mut *tx)
                    .await?;
                if !active {
                    store::END_TOKENS.bind(*id).run(&mut *tx).await?;
                }
                audit.write(tx).await
            })
        })
        .await
        .map_err(Refusal::from)
}

/// A module that leads to a tool, not published yet. The same link again gives the same module.
pub async fn make_module(
    app: &App,
    tool: &Tool,
    picked: &Picked,
    by: Option<PersonId>,
) -> Result<catalogue::ModuleRef, Refusal> {
    let title = picked.title.as_deref().and_then(catalogue::title);
    let link = Link {
        tool: tool.id,
        url: picked.url.clone(),
        title: title.unwrap_or_else(|| tool.name.clone()),
        language: None,
        custom: picked.custom.clone(),
    };
    let zip = link.package().map_err(|error| {
        tracing::error!(%error, "a link's package");
        crate::lti::platforms::internal()
    })?;
    let options = Options {
        by,
        among: by,
        ..Options::default()
    };
    let imported = catalogue::import_bytes(app, &zip, options).await?;
    if let Some(summary) = picked.text.as_deref().and_then(catalogue::summary)
        && imported.new
    {
        let change = catalogue::Change {
            summary: Some(summary),
            by,
            ..catalogue::Change::default()
        };
        catalogue::change(app, imported.module.id, change).await?;
    }
    Ok(imported.module)
}

/// The modules that lead to a tool.
pub(super) async fn modules(app: &App, tool: Uuid) -> Result<Vec<store::ModuleRow>, DbError> {
    // As the link is written in a stored course; quotes inside its texts are escaped there.
    let link = format!("%\"tool\":\"{tool}\"%");
    store::MODULES.bind(link).all(&app.db).await
}

/// The address of a tool's registration page with everything it needs: our configuration, and a
/// token that works once, for an hour.
pub(super) async fn invitation(app: &App, by: PersonId, page: &Url) -> Result<String, Refusal> {
    let secret = app.ids.secret();
    let now = app.clock.now();
    app.db
        .write((secret.hash(), by, now), |tx, (hash, by, now)| {
            Box::pin(async move {
                store::ADD_TOOL_INVITATION
                    .bind(hash)
                    .bind(*by)
                    .bind(*now)
                    .bind(now.plus_seconds(INVITATION))
                    .run(tx)
                    .await
                    .map(drop)
            })
        })
        .await
        .map_err(|error: DbError| Refusal::from(error))?;
    let configuration = format!(
        "{}/lti/platform/openid-configuration",
        app.config.public_url
    );
    let mut url = page.clone();
    url.query_pairs_mut()
        .append_pair("openid_configuration", &configuration)
        .append_pair("registration_token", secret.reveal());
    Ok(url.into())
}

/// A tool registers itself: it waits for the trainer whose token it has.
pub(super) async fn register(
    app: &App,
    token: &str,
    described: Described,
) -> Result<(Tool, Described), Denied> {
    let now: Timestamp = app.clock.now();
    if token.is_empty() || token.len() > 64 {
        return Err(Denied::new(Why::Untrusted, "registration_token"));
    }
    let used: Option<store::InvitationRow> = app
        .db
        .write((hash_secret(token), now), |tx, (hash, now)| {
            Box::pin(async move {
                store::USE_TOOL_INVITATION
                    .bind(hash)
                    .bind(*now)
                    .optional(tx)
                    .await
            })
        })
        .await
        .map_err(|error: DbError| Denied::from(error))?;
    let by = used
        .ok_or_else(|| Denied::new(Why::Untrusted, "registration_token"))?
        .created_by;
    let tool = insert(
        app,
        NewTool {
            name: described.name.chars().take(NAME_MAX).collect(),
            login_url: described.login_url.clone(),
            target_url: described.target.clone(),
            picker_url: described.picker.clone(),
            redirect_uris: described.redirect_uris.clone(),
            jwks_url: Some(described.jwks_url.clone()),
            custom: described.custom.clone(),
            pending: true,
            by: Some(by),
            ..NewTool::default()
        },
    )
    .await?;
    Ok((tool, described))
}

impl Tool {
    /// The `host:port` names our client may call although they are on the own network.
    pub(super) fn trusted(&self) -> Vec<String> {
        if !self.local {
            return Vec::new();
        }
        self.jwks_url
            .iter()
            .filter_map(|address| Url::parse(address).ok())
            .filter_map(|url| target::host(&url))
            .collect()
    }

    /// True when messages may go to this very address.
    pub(super) fn redirects_to(&self, address: &str) -> bool {
        self.redirects().any(|uri| uri == address)
    }

    /// The addresses messages may go to.
    pub(super) fn redirects(&self) -> impl Iterator<Item = &str> {
        self.redirect_uris
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|uri| uri.as_str())
    }

    /// Custom parameters of every launch.
    pub(super) fn custom(&self) -> Vec<(String, String)> {
        serde_json::from_value(self.custom.clone()).unwrap_or_default()
    }
}
