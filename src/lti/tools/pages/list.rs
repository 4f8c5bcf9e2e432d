//! `/teach/tools`: the tools of others, a new one by its own registration or by hand.

use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{Route, get, post, routes};
use serde::Serialize;
use serde_json::{Value, json};

use super::super::registry::{self, NewTool};
use super::launch::Leaving;
use crate::accounts::guards::Trainer;
use crate::web::i18n::Locales;
use crate::web::{Fields, Html, Lang, Page, Refusal};

pub(super) fn routes() -> Vec<Route> {
    routes![show, add, invite]
}

const FIELDS: &[&str] = &[
    "page",
    "name",
    "login_url",
    "target_url",
    "picker_url",
    "redirect_uris",
    "jwks_url",
    "public_key",
];

#[derive(Serialize)]
struct Tools {
    crumbs: Value,
    tools: Vec<Value>,
    form: Value,
    /// What is typed into a tool by hand before it has an id here.
    ours: Vec<(&'static str, String)>,
    open: bool,
}

impl Page for Tools {
    const TEMPLATE: &'static str = "tools/list";
    const NAV: &'static str = "modules";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "tools-title", &[])
    }
}

/// What a tool needs to know of us.
pub(super) fn ours(trainer: &Trainer<'_>) -> Vec<(&'static str, String)> {
    let home = &trainer.app.config.public_url;
    let at = |path: &str| format!("{home}/lti/{path}");
    vec![
        ("tools-ours-issuer", home.clone()),
        ("tools-ours-auth", at("platform/authorize")),
        ("tools-ours-token", at("platform/token")),
        ("tools-ours-keys", at("jwks")),
    ]
}

/// The way back to the trainer's modules.
pub(super) fn crumb(trainer: &Trainer<'_>) -> Value {
    json!({
        "href": trainer.href("/teach"),
        "label": trainer.app.pages.locales.plain(trainer.lang(), "catalogue-teach", &[]),
    })
}

async fn page(trainer: &Trainer<'_>, fields: &Fields, open: bool) -> Result<Html, Refusal> {
    let tools = registry::all(trainer.app).await?;
    Ok(trainer.page(&Tools {
        crumbs: json!([crumb(trainer)]),
        tools: tools
            .into_iter()
            .filter(|tool| tool.state == "active" || registry::may_manage(trainer.person, tool))
            .map(|tool| {
                json!({
                    "href_to": trainer.href(&format!("/teach/tools/{}", tool.id)),
                    "name": tool.name, "state": tool.state,
                    "host": url::Url::parse(&tool.target_url).ok()
                        .and_then(|url| url.host_str().map(str::to_owned)),
                })
            })
            .collect(),
        form: trainer.form(fields, FIELDS),
        ours: ours(trainer),
        open,
    }))
}

#[get("/teach/tools")]
async fn show(trainer: Trainer<'_>) -> Result<Html, Refusal> {
    page(&trainer, &Fields::default(), false).await
}

fn given(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

#[post("/teach/tools", data = "<fields>")]
async fn add(trainer: Trainer<'_>, mut fields: Fields) -> Result<Result<Redirect, Html>, Refusal> {
    let new = NewTool {
        name: fields.line("name", registry::NAME_MAX),
        login_url: fields.line("login_url", 2048),
        target_url: fields.line("target_url", 2048),
        picker_url: given(fields.optional_line("picker_url", 2048)),
        redirect_uris: fields
            .prose("redirect_uris", 8192)
            .split_whitespace()
            .map(str::to_owned)
            .collect(),
        jwks_url: given(fields.optional_line("jwks_url", 2048)),
        public_key: given(fields.prose("public_key", 16 << 10)),
        by: Some(trainer.person.id),
        ..NewTool::default()
    };
    for (field, code) in new.errors() {
        fields.error(field, code);
    }
    if fields.is_valid() {
        let tool = registry::add(trainer.app, new).await?;
        let path = format!("/teach/tools/{}", tool.id);
        return Ok(Ok(trainer.redirect(&path, Some("saved"))));
    }
    let page = page(&trainer, &fields, true).await?;
    Ok(Err(page.status(Status::UnprocessableEntity)))
}

/// Leads to the tool's own registration page, with everything it needs.
#[post("/teach/tools/register", data = "<fields>")]
async fn invite(trainer: Trainer<'_>, mut fields: Fields) -> Result<Html, Refusal> {
    let text = fields.line("page", 2048);
    let url = lti::target::web(&text);
    if url.is_none() {
        fields.error("page", "address");
    }
    let Some(url) = url.filter(|_| fields.is_valid()) else {
        let page = page(&trainer, &fields, false).await?;
        return Ok(page.status(Status::UnprocessableEntity));
    };
    let address = registry::invitation(trainer.app, trainer.person.id, &url).await?;
    Ok(trainer.page(&Leaving {
        heading: url.host_str().unwrap_or_default().to_owned(),
        address,
        back: trainer.href("/teach/tools"),
    }))
}
