//! `/teach/tools/<id>`: a tool, what it may know, and the modules made of it.

use lti::platform::content::Link;
use rocket::http::{CookieJar, Status};
use rocket::response::Redirect;
use rocket::{Route, get, post, routes};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::super::launches;
use super::super::registry::{self, Edit};
use super::super::store::Tool;
use super::launch::{Leaving, bind};
use super::list::{crumb, ours};
use crate::accounts::guards::Trainer;
use crate::web::i18n::Locales;
use crate::web::{Fields, Html, Lang, Page, Refusal};

pub(super) fn routes() -> Vec<Route> {
    routes![show, save, open, close, choose, module]
}

#[derive(Serialize)]
struct Shown {
    crumbs: Value,
    heading: String,
    state: String,
    base: String,
    mine: bool,
    picks: bool,
    facts: Vec<(&'static str, String)>,
    tool_facts: Vec<(&'static str, String)>,
    form: Value,
    send_name: bool,
    send_email: bool,
    modules: Vec<Value>,
}

impl Page for Shown {
    const TEMPLATE: &'static str = "tools/tool";
    const NAV: &'static str = "modules";
    fn title(&self, _: &Locales, _: Lang) -> String {
        self.heading.clone()
    }
}

/// The tool of an address, where this trainer may see it; 404 otherwise.
async fn visible(trainer: &Trainer<'_>, id: &str) -> Result<(Tool, bool), Refusal> {
    let id = Uuid::try_parse(id).map_err(|_| Refusal::not_found())?;
    let tool = registry::get(trainer.app, id).await?;
    let mine = registry::may_manage(trainer.person, &tool);
    if mine || tool.state == "active" {
        Ok((tool, mine))
    } else {
        Err(Refusal::not_found())
    }
}

async fn managed(trainer: &Trainer<'_>, id: &str) -> Result<Tool, Refusal> {
    match visible(trainer, id).await? {
        (tool, true) => Ok(tool),
        _ => Err(Refusal::not_found()),
    }
}

async fn page(
    trainer: &Trainer<'_>,
    (tool, mine): (Tool, bool),
    fields: &Fields,
) -> Result<Html, Refusal> {
    let locales = &trainer.app.pages.locales;
    let mut facts = ours(trainer);
    facts.push(("tools-ours-client", tool.client_id.clone()));
    facts.push(("tools-ours-deployment", tool.deployment.clone()));
    let mut tool_facts = vec![
        ("tools-field-login", tool.login_url.clone()),
        ("tools-field-target", tool.target_url.clone()),
    ];
    tool_facts.extend(
        tool.redirects()
            .map(|uri| ("tools-field-redirect", uri.to_owned())),
    );
    tool_facts.extend(tool.jwks_url.clone().map(|url| ("tools-field-jwks", url)));
    let mut form = trainer.form(fields, &["name", "title", "url"]);
    if fields.is_valid() {
        form["name"]["value"] = json!(tool.name);
    }
    let modules = registry::modules(trainer.app, tool.id).await?;
    Ok(trainer.page(&Shown {
        crumbs: json!([
            crumb(trainer),
            { "href": trainer.href("/teach/tools"), "label": locales.plain(trainer.lang(), "tools-title", &[]) },
        ]),
        base: trainer.href(&format!("/teach/tools/{}", tool.id)),
        heading: tool.name,
        picks: tool.picker_url.is_some() && tool.state == "active",
        state: tool.state,
        mine,
        facts,
        tool_facts,
        form,
        send_name: tool.send_name,
        send_email: tool.send_email,
        modules: modules
            .into_iter()
            .filter(|row| {
                row.published_at.is_some()
                    || trainer.person.roles.admin
                    || row.created_by == Some(trainer.person.id)
            })
            .map(|row| {
                json!({
                    "href_to": trainer.href(&format!("/teach/modules/{}", row.slug)),
                    "heading": row.title, "published": row.published_at.is_some(),
                })
            })
            .collect(),
    }))
}

#[get("/teach/tools/<id>", rank = 5)]
async fn show(trainer: Trainer<'_>, id: &str) -> Result<Html, Refusal> {
    let tool = visible(&trainer, id).await?;
    page(&trainer, tool, &Fields::default()).await
}

#[post("/teach/tools/<id>", data = "<fields>", rank = 5)]
async fn save(
    trainer: Trainer<'_>,
    id: &str,
    mut fields: Fields,
) -> Result<Result<Redirect, Html>, Refusal> {
    let tool = managed(&trainer, id).await?;
    let edit = Edit {
        name: fields.line("name", registry::NAME_MAX),
        send_name: fields.ticked("send_name"),
        send_email: fields.ticked("send_email"),
    };
    if !fields.is_valid() {
        let page = page(&trainer, (tool, true), &fields).await?;
        return Ok(Err(page.status(Status::UnprocessableEntity)));
    }
    registry::edit(trainer.app, trainer.person.id, tool.id, edit).await?;
    Ok(Ok(back(&trainer, tool.id, "saved")))
}

fn back(trainer: &Trainer<'_>, id: Uuid, done: &str) -> Redirect {
    trainer.redirect(&format!("/teach/tools/{id}"), Some(done))
}

#[post("/teach/tools/<id>/open")]
async fn open(trainer: Trainer<'_>, id: &str) -> Result<Redirect, Refusal> {
    let tool = managed(&trainer, id).await?;
    registry::set_active(trainer.app, trainer.person.id, tool.id, true).await?;
    Ok(back(&trainer, tool.id, "saved"))
}

#[post("/teach/tools/<id>/close")]
async fn close(trainer: Trainer<'_>, id: &str) -> Result<Redirect, Refusal> {
    let tool = managed(&trainer, id).await?;
    registry::set_active(trainer.app, trainer.person.id, tool.id, false).await?;
    Ok(back(&trainer, tool.id, "saved"))
}

/// Leads to the tool's picker.
#[post("/teach/tools/<id>/choose")]
async fn choose(trainer: Trainer<'_>, jar: &CookieJar<'_>, id: &str) -> Result<Html, Refusal> {
    let (tool, _) = visible(&trainer, id).await?;
    let path = trainer.href(&format!("/teach/tools/{}", tool.id));
    let heading = tool.name.clone();
    let back = format!("{}{path}", trainer.app.config.public_url);
    let begun = launches::picker(trainer.app, tool, trainer.person.id, back).await?;
    bind(trainer.app, jar, &begun);
    Ok(trainer.page(&Leaving {
        heading,
        address: begun.address,
        back: path,
    }))
}

/// A module that leads to an address of the tool.
#[post("/teach/tools/<id>/module", data = "<fields>")]
async fn module(
    trainer: Trainer<'_>,
    id: &str,
    mut fields: Fields,
) -> Result<Result<Redirect, Html>, Refusal> {
    let (tool, mine) = visible(&trainer, id).await?;
    let title = fields.line("title", 200);
    let url = Some(fields.optional_line("url", 2048)).filter(|url| !url.is_empty());
    if url
        .as_deref()
        .is_some_and(|url| lti::target::web(url).is_none())
    {
        fields.error("url", "address");
    }
    if tool.state != "active" {
        return Err(Refusal::conflict("tools-closed"));
    }
    if !fields.is_valid() {
        let page = page(&trainer, (tool, mine), &fields).await?;
        return Ok(Err(page.status(Status::UnprocessableEntity)));
    }
    let link = Link {
        url,
        title: Some(title),
        text: None,
        custom: Vec::new(),
        maximum: None,
    };
    let by = Some(trainer.person.id);
    let module = registry::make_module(trainer.app, &tool, &link, by).await?;
    let path = format!("/teach/modules/{}", module.slug);
    Ok(Ok(trainer.redirect(&path, Some("tools-made"))))
}
