//! Launches: a hint that is good once, in one browser, for one person; then the signed message.

use lti::platform::authorize::Request;
use lti::platform::message::{IdToken, Message, Services};
use lti::platform::service::SCOPES;
use serde::{Deserialize, Serialize};
use serde_json::json;
use url::Url;
use uuid::Uuid;

use super::store::{self, Tool};
use super::{choices, columns, registry};
use crate::App;
use crate::clock::Timestamp;
use crate::db::DbError;
use crate::formats::tool::Link;
use crate::ids::{ModuleId, PersonId, Secret, hash_secret};
use crate::lti::denied::{Denied, Why};
use crate::lti::keys;
use crate::player::ToolSession;
use crate::web::Refusal;

/// How long a launch may take, in seconds.
pub(super) const SECONDS: i64 = 10 * 60;

/// What a launch needs beside the person.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct Detail {
    /// A module is launched.
    link: Option<Link>,
    title: String,
    /// Where the person goes back to.
    back: String,
    /// Content is picked: what comes back with it.
    data: Option<String>,
    instructor: bool,
}

/// A launch that begins.
pub(super) struct Begun {
    /// Where the browser goes.
    pub address: String,
    /// The name of the cookie that binds the launch to this browser.
    pub cookie: String,
    /// Its value.
    pub browser: Secret,
}

struct Row {
    hash: String,
    tool: Tool,
    person: PersonId,
    subject: String,
    browser: String,
    module: Option<ModuleId>,
    attempt: Option<crate::ids::AttemptId>,
    choice: Option<(Uuid, String)>,
    detail: Detail,
    progress: Uuid,
    now: Timestamp,
}

/// The cookie of a hint.
pub(super) fn cookie_name(hint_hash: &str) -> String {
    format!("halqa-tool-{}", &hint_hash[..16])
}

/// Who somebody is for a tool: another name for each, that tells nothing.
fn subject(app: &App, tool: Uuid, person: PersonId) -> String {
    app.sign("tool-subject", &format!("{tool}:{person}"))[..32].to_owned()
}

/// A learner opens a module.
pub(super) async fn learner(
    app: &App,
    session: ToolSession,
    instructor: bool,
    back: String,
) -> Result<Begun, Refusal> {
    let tool = registry::get(app, session.link.tool).await?;
    let detail = Detail {
        title: session.title.clone(),
        link: Some(session.link),
        back,
        data: None,
        instructor,
    };
    let target = target(&tool, detail.link.as_ref());
    let whose = (session.person, Some(session.module), Some(session.attempt));
    begin(app, tool, whose, detail, target, None).await
}

/// A trainer picks content.
pub(super) async fn picker(
    app: &App,
    tool: Tool,
    person: PersonId,
    back: String,
) -> Result<Begun, Refusal> {
    let target = tool.picker_url.clone().ok_or_else(Refusal::not_found)?;
    let data = app.ids.secret();
    let detail = Detail {
        title: tool.name.clone(),
        data: Some(data.reveal().to_owned()),
        back,
        instructor: true,
        link: None,
    };
    let choice = Some((app.ids.uuid(), data.hash()));
    begin(app, tool, (person, None, None), detail, target, choice).await
}

fn target(tool: &Tool, link: Option<&Link>) -> String {
    link.and_then(|link| link.url.clone())
        .unwrap_or_else(|| tool.target_url.clone())
}

async fn begin(
    app: &App,
    tool: Tool,
    (person, module, attempt): (PersonId, Option<ModuleId>, Option<crate::ids::AttemptId>),
    detail: Detail,
    target: String,
    choice: Option<(Uuid, String)>,
) -> Result<Begun, Refusal> {
    if tool.state != "active" {
        return Err(Refusal::conflict("tools-closed"));
    }
    let hint = app.ids.secret();
    let browser = app.ids.secret();
    let mut url = Url::parse(&tool.login_url).map_err(|_| Refusal::conflict("tools-closed"))?;
    url.query_pairs_mut()
        .append_pair("iss", &app.config.public_url)
        .append_pair("login_hint", hint.reveal())
        .append_pair("target_link_uri", &target)
        .append_pair("client_id", &tool.client_id)
        .append_pair("lti_deployment_id", &tool.deployment)
        .append_pair("lti_message_hint", &hint.hash()[..16]);
    let begun = Begun {
        address: url.into(),
        cookie: cookie_name(&hint.hash()),
        browser,
    };
    let row = Row {
        hash: hint.hash(),
        subject: subject(app, tool.id, person),
        tool,
        person,
        browser: begun.browser.hash(),
        module,
        attempt,
        choice,
        detail,
        progress: app.ids.uuid(),
        now: app.clock.now(),
    };
    app.db
        .write(row, |tx, row| Box::pin(write(tx, row)))
        .await?;
    Ok(begun)
}

async fn write(tx: &mut crate::db::Tx, row: &Row) -> Result<(), Refusal> {
    let until = row.now.plus_seconds(SECONDS);
    store::ADD_TOOL_PERSON
        .bind(row.tool.id)
        .bind(row.person)
        .bind(&row.subject)
        .bind(row.now)
        .run(&mut *tx)
        .await?;
    store::ADD_TOOL_LOGIN
        .bind(&row.hash)
        .bind(row.tool.id)
        .bind(row.person)
        .bind(&row.browser)
        .bind(row.module)
        .bind(json!(row.detail))
        .bind(row.now)
        .bind(until)
        .run(&mut *tx)
        .await?;
    if let Some((id, data_hash)) = &row.choice {
        choices::ask(tx, *id, (row.tool.id, row.person), data_hash, row.now).await?;
    }
    if let Some(module) = row.module {
        columns::own(tx, (row.tool.id, module), &row.detail.title, row.now).await?;
    }
    if let Some(attempt) = row.attempt {
        crate::player::tools::opened(tx, attempt, row.progress, row.now).await?;
    }
    Ok(())
}

/// A message, signed, and where the browser posts it.
pub(super) struct Answer {
    /// One of the tool's registered addresses.
    pub action: String,
    /// The message.
    pub id_token: String,
    /// The tool's own.
    pub state: Option<String>,
    /// The origins a form may lead to from there.
    pub forms: Vec<String>,
}

/// The tool asks who came, and gets the message: for a hint of ours, once, in the browser that
/// began, to a registered address.
pub(super) async fn authorize(
    app: &App,
    request: &Request,
    cookie: impl Fn(&str) -> Option<String>,
) -> Result<Answer, Denied> {
    let tool: Option<Tool> = store::BY_CLIENT
        .bind(&request.client_id)
        .optional(&app.db)
        .await?;
    let tool = tool.ok_or_else(|| Denied::new(Why::UnknownTool, "client_id"))?;
    if !tool.redirects_to(&request.redirect_uri) {
        return Err(Denied::new(Why::UnknownTool, "redirect_uri"));
    }
    let now = app.clock.now();
    let again = |about: &str| Denied::new(Why::ToolAgain, about);
    let hash = hash_secret(&request.login_hint);
    let login: Option<store::LoginRow> = store::TOOL_LOGIN
        .bind(&hash)
        .bind(now)
        .optional(&app.db)
        .await?;
    let login = login
        .filter(|login| login.tool == tool.id)
        .ok_or_else(|| again("login_hint"))?;
    if request
        .message_hint
        .as_deref()
        .is_some_and(|hint| hint != &hash[..16])
    {
        return Err(again("lti_message_hint"));
    }
    let proof = cookie(&cookie_name(&hash)).ok_or_else(|| again("browser"))?;
    if hash_secret(&proof) != login.browser_hash {
        return Err(again("browser"));
    }
    let claims = claims(app, &tool, &login, request, now)?;
    let id_token = keys::signing(app).await?.sign(&claims)?;
    let used = app
        .db
        .write(hash, |tx, hash| {
            Box::pin(async move { store::USE_TOOL_LOGIN.bind(hash).run(tx).await })
        })
        .await
        .map_err(|error: DbError| Denied::from(error))?;
    if used != 1 {
        return Err(again("login_hint"));
    }
    let secure = request.redirect_uri.starts_with("https:");
    let mut forms = lti::post_message::origins(tool.redirects().chain([tool.target_url.as_str()]));
    // A tool leads on to where it likes once it has the message; forms are held to a list all
    // along their redirects.
    if secure {
        forms.push("https:".to_owned());
    }
    Ok(Answer {
        action: request.redirect_uri.clone(),
        id_token,
        state: request.state.clone(),
        forms,
    })
}

fn claims(
    app: &App,
    tool: &Tool,
    login: &store::LoginRow,
    request: &Request,
    now: Timestamp,
) -> Result<serde_json::Value, Denied> {
    let detail: Detail = serde_json::from_value(login.detail.clone())
        .map_err(|_| Denied::new(Why::ToolAgain, "login"))?;
    let home = &app.config.public_url;
    let subject = subject(app, tool.id, login.person);
    let module = login.module.map(|module| module.to_string());
    let service = |what: &str| {
        let module = module.as_deref().unwrap_or_default();
        format!("{home}/lti/platform/{what}/{module}")
    };
    let line_items = format!("{}/lineitems", service("ags"));
    let line_item = format!("{line_items}/own");
    let members = service("members");
    let return_url = format!("{home}/lti/platform/deep-linking");
    let message = match (&module, &detail.data) {
        (Some(module), _) => Message::ResourceLink {
            id: module,
            title: &detail.title,
            services: Services {
                line_items: &line_items,
                line_item: &line_item,
                scopes: &SCOPES[..4],
                members: &members,
            },
        },
        (None, Some(data)) => Message::DeepLinking {
            return_url: &return_url,
            data,
        },
        (None, None) => return Err(Denied::new(Why::ToolAgain, "login")),
    };
    let target = match &detail.data {
        Some(_) => tool.picker_url.clone().unwrap_or_default(),
        None => target(tool, detail.link.as_ref()),
    };
    let mut custom = tool.custom();
    if let Some(link) = &detail.link {
        custom.extend(link.custom.iter().cloned());
    }
    let context = module.clone().unwrap_or_else(|| tool.id.to_string());
    Ok(IdToken {
        issuer: home,
        client_id: &tool.client_id,
        deployment: &tool.deployment,
        subject: &subject,
        nonce: &request.nonce,
        target: &target,
        instructor: detail.instructor,
        name: tool.send_name.then_some(login.name.as_str()),
        email: login.email.as_deref().filter(|_| tool.send_email),
        locale: &login.language,
        back: &detail.back,
        context: (&context, &detail.title),
        custom: &custom,
        message,
        now: now.micros() / 1_000_000,
    }
    .claims())
}
