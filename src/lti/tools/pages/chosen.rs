//! `/teach/tools/chosen/<choice>`: what a trainer picked at the tool, before it becomes modules.

use lti::platform::content::Link;
use rocket::response::Redirect;
use rocket::{Route, get, post, routes};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::super::{choices, registry};
use super::list::crumb;
use crate::accounts::guards::Trainer;
use crate::web::i18n::Locales;
use crate::web::{Fields, Html, Lang, Page, Refusal};

pub(super) fn routes() -> Vec<Route> {
    routes![show, make]
}

#[derive(Serialize)]
struct Chosen {
    crumbs: Value,
    action: String,
    tool: String,
    links: Vec<Value>,
    others: i64,
    back: String,
}

impl Page for Chosen {
    const TEMPLATE: &'static str = "tools/chosen";
    const NAV: &'static str = "modules";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "tools-chosen-title", &[])
    }
}

fn id(text: &str) -> Result<Uuid, Refusal> {
    Uuid::try_parse(text).map_err(|_| Refusal::not_found())
}

#[get("/teach/tools/chosen/<choice>", rank = 4)]
async fn show(trainer: Trainer<'_>, choice: &str) -> Result<Html, Refusal> {
    let chosen = choices::get(trainer.app, id(choice)?, trainer.person.id).await?;
    let locales = &trainer.app.pages.locales;
    let back = trainer.href(&format!("/teach/tools/{}", chosen.tool.id));
    Ok(trainer.page(&Chosen {
        crumbs: json!([
            crumb(&trainer),
            { "href": trainer.href("/teach/tools"), "label": locales.plain(trainer.lang(), "tools-title", &[]) },
            { "href": back, "label": chosen.tool.name },
        ]),
        action: trainer.href(&format!("/teach/tools/chosen/{choice}")),
        tool: chosen.tool.name.clone(),
        links: chosen
            .links
            .into_iter()
            .enumerate()
            .map(|(place, link)| {
                json!({
                    "place": place, "text": link.text, "url": link.url,
                    "heading": link.title.unwrap_or_else(|| chosen.tool.name.clone()),
                })
            })
            .collect(),
        others: chosen.others,
        back,
    }))
}

#[post("/teach/tools/chosen/<choice>", data = "<fields>", rank = 4)]
async fn make(trainer: Trainer<'_>, choice: &str, fields: Fields) -> Result<Redirect, Refusal> {
    let app = trainer.app;
    let choice = id(choice)?;
    let chosen = choices::get(app, choice, trainer.person.id).await?;
    let wanted = fields.all("link");
    let mut made = Vec::new();
    for (place, kept) in chosen.links.into_iter().enumerate() {
        if wanted.iter().any(|text| *text == place.to_string()) {
            let link = Link::from(kept);
            let by = Some(trainer.person.id);
            made.push(registry::make_module(app, &chosen.tool, &link, by).await?);
        }
    }
    choices::end(app, choice).await?;
    let path = match made.as_slice() {
        [one] => format!("/teach/modules/{}", one.slug),
        _ => format!("/teach/tools/{}", chosen.tool.id),
    };
    let done = (!made.is_empty()).then_some("tools-made");
    Ok(trainer.redirect(&path, done))
}
