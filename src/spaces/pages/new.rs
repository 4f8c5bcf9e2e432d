//! A new topic.

use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{get, post};
use serde::Serialize;
use serde_json::{Value, json};

use super::{not_too_fast, space_of};
use crate::spaces::{BODY_MAX, NewTopic, SpaceRow, TITLE_MAX, start as start_topic, store};
use crate::web::i18n::{Lang, Locales};
use crate::web::{Fields, Html, Page, Refusal, Visitor, markdown};

#[derive(Serialize)]
struct NewPage {
    crumbs: Vec<Value>,
    form: Value,
    kinds: Vec<Value>,
    languages: Vec<Value>,
    module_slug: Option<String>,
    module_title: Option<String>,
}

impl Page for NewPage {
    const TEMPLATE: &'static str = "spaces/new";
    const NAV: &'static str = "spaces";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "spaces-new", &[])
    }
}

fn page(
    visitor: &Visitor<'_>,
    space: &SpaceRow,
    fields: &Fields,
    module: Option<store::ModuleRow>,
) -> Html {
    let lang = visitor.lang();
    let text = |key: &str| visitor.app.pages.locales.text(lang, key, &[]);
    let kind = fields.raw("kind");
    let language = match fields.raw("language") {
        "" => lang.code(),
        typed => typed,
    };
    visitor.page(&NewPage {
        crumbs: vec![
            json!({ "href": visitor.href("/spaces"), "label": text("spaces-title") }),
            json!({ "href": visitor.href(&format!("/spaces/{}", space.slug)), "label": space.title(lang) }),
        ],
        form: fields.shown(&["title", "body"], &visitor.app.pages.locales, lang),
        kinds: ["question", "discussion"]
            .map(|value| {
                json!({
                    "value": value,
                    "label": text(&format!("spaces-kind-{value}")),
                    "selected": value == kind || (kind.is_empty() && value == "question"),
                })
            })
            .into(),
        languages: Lang::ALL
            .map(|l| json!({ "value": l.code(), "label": l.own_name(), "selected": l.code() == language }))
            .into(),
        module_slug: module.as_ref().map(|m| m.slug.clone()),
        module_title: module.map(|m| m.title),
    })
}

async fn module_of(visitor: &Visitor<'_>, slug: &str) -> Result<Option<store::ModuleRow>, Refusal> {
    if slug.is_empty() {
        return Ok(None);
    }
    Ok(store::MODULE_BY_SLUG
        .bind(slug)
        .optional(&visitor.app.db)
        .await?)
}

/// The empty form; `?module=` names what it is about.
#[get("/spaces/<slug>/new?<module>", rank = 1)]
pub(super) async fn form(
    visitor: Visitor<'_>,
    slug: &str,
    module: Option<&str>,
) -> Result<Html, Refusal> {
    visitor.signed_in()?;
    let space = space_of(visitor.app, slug).await?;
    let module = module_of(&visitor, module.unwrap_or_default()).await?;
    Ok(page(&visitor, &space, &Fields::default(), module))
}

/// Starts the topic.
#[post("/spaces/<slug>/new", data = "<fields>", rank = 1)]
pub(super) async fn start(
    visitor: Visitor<'_>,
    slug: &str,
    mut fields: Fields,
) -> Result<Result<Redirect, Html>, Refusal> {
    let author = visitor.signed_in()?.id;
    let space = space_of(visitor.app, slug).await?;
    not_too_fast(visitor.app, author, visitor.now).await?;
    let title = fields.line("title", TITLE_MAX);
    let body = fields.prose("body", BODY_MAX);
    if body.is_empty() {
        fields.error("body", "required");
    }
    if markdown::render(&body).is_err() {
        fields.error("body", "too-deep");
    }
    let module = module_of(&visitor, fields.raw("module")).await?;
    if !fields.is_valid() {
        let html = page(&visitor, &space, &fields, module);
        return Ok(Err(html.status(Status::UnprocessableEntity)));
    }
    let topic = NewTopic {
        id: visitor.app.ids.id(),
        space: space.id,
        author,
        kind: match fields.raw("kind") {
            "discussion" => "discussion",
            _ => "question",
        },
        title,
        body,
        language: Lang::from_code(fields.raw("language"))
            .unwrap_or(visitor.lang())
            .code()
            .to_owned(),
        module: module.map(|m| m.id),
        seminar: None,
        at: visitor.now,
    };
    let path = format!("/spaces/{}/{}", space.slug, topic.id);
    start_topic(visitor.app, topic).await?;
    Ok(Ok(visitor.redirect(&path, Some("topic-started"))))
}
