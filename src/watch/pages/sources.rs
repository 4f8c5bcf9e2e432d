//! `/watch/sources`: where animators choose feeds of others, and what is shown of them.

use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{get, post};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::accounts::guards::Animator;
use crate::watch::{self, sources};
use crate::web::i18n::{Lang, Locales};
use crate::web::{Fields, Html, Page, Refusal, Visitor};

/// Entries of a preview.
const PREVIEW: usize = 5;

#[derive(Serialize)]
struct SourcesPage {
    crumbs: Vec<Value>,
    waiting: Vec<Value>,
    sources: Vec<Value>,
    form: Value,
    axes: Vec<Value>,
    languages: Vec<Value>,
    automatic: bool,
    /// What the feed holds, before it is added; null until it is asked for.
    preview: Option<Value>,
}

impl Page for SourcesPage {
    const TEMPLATE: &'static str = "watch/sources";
    const NAV: &'static str = "watch";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "watch-sources", &[])
    }
}

async fn page(me: &Animator<'_>, fields: &Fields, preview: Option<Value>) -> Result<Html, Refusal> {
    let (app, lang) = (me.app, me.lang());
    let locales = &app.pages.locales;
    let axes = watch::axes(app, lang).await?;
    let mut own = Vec::new();
    for axis in axes {
        if sources::may_curate(app, me.person, Some(&axis.slug)).await? {
            own.push(axis);
        }
    }
    let staff = sources::may_curate(app, me.person, None).await?;
    let mine = |axis: &Option<String>| match axis {
        Some(slug) => own.iter().any(|axis| axis.slug == *slug),
        None => staff,
    };
    let waiting = sources::waiting(app)
        .await?
        .into_iter()
        .filter(|entry| mine(&entry.axis))
        .map(|entry| {
            json!({
                "id": entry.id, "link": entry.link, "heading": entry.title, "summary": entry.summary,
                "at": entry.published_at, "source": entry.source_title, "language": entry.language,
            })
        })
        .collect();
    let listed = sources::all(app)
        .await?
        .into_iter()
        .filter(|source| mine(&source.axis))
        .map(|source| {
            json!({
                "id": source.id, "address": source.address, "heading": source.title,
                "axis": own.iter().find(|axis| Some(&axis.slug) == source.axis.as_ref()).map(|axis| &axis.name),
                "automatic": source.automatic == 1,
                "fetched": source.fetched_at,
                "error": source.error,
                "failures": source.failures,
                "stopped": source.stopped_at,
            })
        })
        .collect();
    let option = |value: &str, label: String, chosen: &str| json!({ "value": value, "label": label, "selected": value == chosen });
    let mut choices = Vec::new();
    if staff {
        let label = locales.text(lang, "watch-source-no-axis", &[]);
        choices.push(option("", label, fields.raw("axis")));
    }
    choices.extend(
        own.iter()
            .map(|axis| option(&axis.slug, axis.name.clone(), fields.raw("axis"))),
    );
    let chosen = match fields.raw("language") {
        "" => lang.code(),
        typed => typed,
    };
    Ok(me.page(&SourcesPage {
        crumbs: vec![
            json!({ "href": me.href("/watch"), "label": locales.text(lang, "watch-title", &[]) }),
        ],
        waiting,
        sources: listed,
        form: me.form(fields, &["address", "title", "axis", "language"]),
        axes: choices,
        languages: Lang::ALL
            .map(|known| option(known.code(), known.own_name().to_owned(), chosen))
            .into(),
        automatic: fields.ticked("automatic"),
        preview,
    }))
}

#[get("/watch/sources")]
pub(super) async fn list(me: Animator<'_>) -> Result<Html, Refusal> {
    page(&me, &Fields::default(), None).await
}

/// Shows what a feed holds; with `add`, reads it from now on.
#[post("/watch/sources", data = "<fields>")]
pub(super) async fn propose(
    me: Animator<'_>,
    mut fields: Fields,
) -> Result<Result<Redirect, Html>, Refusal> {
    let app = me.app;
    let typed = fields.line("address", 1_000);
    let address = sources::address(&typed);
    if fields.is_valid() && address.is_none() {
        fields.error("address", "link");
    }
    let axis = Some(fields.raw("axis").to_owned()).filter(|slug| !slug.is_empty());
    if let Some(slug) = &axis {
        let axes = watch::axes(app, me.lang()).await?;
        if !axes.iter().any(|axis| axis.slug == *slug) {
            return Err(Refusal::not_found());
        }
    }
    if !sources::may_curate(app, me.person, axis.as_deref()).await? {
        return Err(Refusal::forbidden());
    }
    let language = Lang::from_code(fields.raw("language"));
    if language.is_none() {
        fields.error("language", "choice");
    }
    let title = match fields.ticked("add") {
        true => fields.line("title", 200),
        false => String::new(),
    };
    let (Some(address), Some(language), true) = (address, language, fields.is_valid()) else {
        let html = page(&me, &fields, None).await?;
        return Ok(Err(html.status(Status::UnprocessableEntity)));
    };
    if fields.ticked("add") {
        let new = sources::New {
            address,
            title,
            axis,
            language,
            automatic: fields.ticked("automatic"),
            by: me.person.id,
        };
        sources::add(app, new).await?;
        return Ok(Ok(me.redirect("/watch/sources", Some("source-added"))));
    }
    match sources::fetch(app, &address, None, None).await {
        Ok(fetched) => {
            fields.fill("title", &fetched.title);
            let preview = json!({
                "count": fetched.items.len(),
                "items": fetched.items.iter().take(PREVIEW).map(|item| json!({
                    "heading": item.title, "summary": item.summary, "at": item.at,
                })).collect::<Vec<_>>(),
            });
            Ok(Err(page(&me, &fields, Some(preview)).await?))
        }
        Err(fault) => {
            fields.error(
                "address",
                match fault {
                    sources::Fault::NotAFeed => "no-feed",
                    sources::Fault::TooLarge => "feed-too-large",
                    _ => "no-answer",
                },
            );
            let html = page(&me, &fields, None).await?;
            Ok(Err(html.status(Status::UnprocessableEntity)))
        }
    }
}

/// `stop`, `start`, `automatic` or `manual`.
#[post("/watch/sources/<id>", data = "<fields>")]
pub(super) async fn change(
    me: Animator<'_>,
    id: &str,
    fields: Fields,
) -> Result<Redirect, Refusal> {
    let id = Uuid::try_parse(id).map_err(|_| Refusal::not_found())?;
    let source = sources::one(me.app, id).await?;
    if !sources::may_curate(me.app, me.person, source.axis.as_deref()).await? {
        return Err(Refusal::not_found());
    }
    match fields.raw("act") {
        "stop" => sources::set_running(me.app, id, false).await?,
        "start" => sources::set_running(me.app, id, true).await?,
        "automatic" => sources::set_automatic(me.app, id, true).await?,
        "manual" => sources::set_automatic(me.app, id, false).await?,
        _ => return Err(Refusal::bad_request("bad-request")),
    }
    Ok(me.redirect("/watch/sources", Some("saved")))
}

/// Shows what waits (`show`), or leaves it.
#[post("/watch/entries/<id>", data = "<fields>")]
pub(super) async fn decide(
    me: Animator<'_>,
    id: &str,
    fields: Fields,
) -> Result<Redirect, Refusal> {
    let id = Uuid::try_parse(id).map_err(|_| Refusal::not_found())?;
    let entry = sources::waiting_one(me.app, id).await?;
    if !sources::may_curate(me.app, me.person, entry.axis.as_deref()).await? {
        return Err(Refusal::not_found());
    }
    sources::decide(me.app, id, fields.ticked("show"), me.person.id).await?;
    Ok(me.redirect("/watch/sources", Some("saved")))
}

/// Leads to where something that is shown stands, on its own site.
#[get("/watch/entries/<id>")]
pub(super) async fn entry(visitor: Visitor<'_>, id: &str) -> Result<Redirect, Refusal> {
    let id = Uuid::try_parse(id).map_err(|_| Refusal::not_found())?;
    let link = sources::link(visitor.app, id).await?;
    let link = link.ok_or_else(Refusal::not_found)?;
    match rocket::http::uri::Reference::parse_owned(link) {
        Ok(link) => Ok(Redirect::to(link)),
        Err(_) => Err(Refusal::not_found()),
    }
}
