//! The shelf: who teaches picks a module for a link, or modules for a course (deep linking).

use lti::deep_linking::{Item, LineItem};
use rocket::http::CookieJar;
use rocket::{get, post};
use serde::Serialize;
use serde_json::{Value, json};

use super::super::denied::{Denied, Why};
use super::super::service::MAXIMUM;
use super::super::sessions::{self, Launched, Picking};
use super::form::{Browser, Pairs, Posted};
use super::frame::Framed;
use super::login::throttle;
use super::{answer, launch, session};
use crate::catalogue::{self, Module};
use crate::watch::{self, Axis};
use crate::web::i18n::Locales;
use crate::web::{Lang, Page, Visitor};

/// Modules of one answer at most.
const MOST: usize = 50;

#[derive(Serialize)]
struct Shelf {
    /// Where searching goes.
    action: String,
    /// Where what was picked goes, and as what.
    submit: String,
    verb: &'static str,
    token: String,
    course: Option<String>,
    text: String,
    languages: Vec<Value>,
    axes: Vec<Value>,
    modules: Vec<Value>,
    multiple: bool,
    line_items: bool,
    targets: bool,
    /// Nothing can be picked: the platform takes no links.
    impossible: bool,
    picking: bool,
    nothing: bool,
    back: Option<String>,
}

impl Page for Shelf {
    const TEMPLATE: &'static str = "lti/shelf";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "lti-shelf-title", &[])
    }
}

/// Shows the published modules; `asked` narrows them.
pub(super) async fn shelf(
    visitor: &Visitor<'_>,
    launched: &Launched,
    token: &str,
    asked: Option<&Pairs>,
) -> Result<Framed, Denied> {
    let get = |name: &str| -> String {
        asked
            .and_then(|pairs| pairs.one(name).ok().flatten())
            .unwrap_or_default()
            .chars()
            .filter(|c| !c.is_control())
            .take(100)
            .collect()
    };
    let text = get("q");
    let language = get("language");
    let axis = get("axis");
    let axes = watch::axes(visitor.app, visitor.lang()).await?;
    let picked: Vec<&str> = asked
        .map(|pairs| pairs.all("module").collect())
        .unwrap_or_default();
    let wanted = text.trim().to_lowercase();
    let modules = catalogue::published(visitor.app)
        .await?
        .into_iter()
        .filter(|module| {
            let id = module.id.to_string();
            // What was picked stays in sight, whatever is searched next.
            picked.contains(&id.as_str()) || is_wanted(module, &wanted, &language, &axis)
        })
        .map(|module| shown(module, &picked, &axes))
        .collect();
    let picking = launched.detail.picking.as_ref();
    let page = visitor.page(&Shelf {
        action: session::path(launched.id),
        submit: match picking {
            Some(_) => "/lti/deep-linking".to_owned(),
            None => session::path(launched.id),
        },
        verb: if picking.is_some() { "answer" } else { "choose" },
        token: token.to_owned(),
        course: launched.detail.course.clone(),
        text,
        languages: Lang::ALL
            .into_iter()
            .map(|lang| {
                json!({ "value": lang.code(), "label": lang.own_name(), "selected": lang.code() == language })
            })
            .collect(),
        modules,
        axes: axes
            .into_iter()
            .map(|one| json!({ "value": one.slug, "label": one.name, "selected": one.slug == axis }))
            .collect(),
        multiple: picking.is_some_and(|p| p.multiple),
        line_items: picking.is_some_and(|p| p.line_item),
        targets: picking.is_some_and(|p| takes(p, "iframe") && takes(p, "window")),
        impossible: picking.is_some_and(|p| !p.types.iter().any(|t| t == "ltiResourceLink")),
        picking: picking.is_some(),
        nothing: asked.is_some_and(|pairs| pairs.one("do").ok().flatten() == Some("answer")),
        back: launched.detail.back.clone(),
    });
    Ok(Framed::page(page, &launched.detail.frames))
}

fn takes(picking: &Picking, target: &str) -> bool {
    picking.targets.is_empty() || picking.targets.iter().any(|known| known == target)
}

fn is_wanted(module: &Module, text: &str, language: &str, axis: &str) -> bool {
    let has = |field: &str| field.to_lowercase().contains(text);
    (text.is_empty() || has(&module.title) || has(&module.summary))
        && (language.is_empty() || module.language == language)
        && (axis.is_empty() || module.axis.as_deref() == Some(axis))
}

fn shown(module: Module, picked: &[&str], axes: &[Axis]) -> Value {
    let id = module.id.to_string();
    json!({
        "selected": picked.contains(&id.as_str()),
        "id": id,
        "heading": module.title,
        "axis": axes.iter().find(|axis| Some(&axis.slug) == module.axis.as_ref()).map(|axis| &axis.name),
        "summary": module.summary,
        "language": Lang::from_code(&module.language).unwrap_or_default().own_name(),
        "language_code": module.language,
    })
}

/// The platform's deep linking request where it sends it here, or what was picked.
#[post("/lti/deep-linking", data = "<posted>")]
pub(super) async fn post(
    visitor: Visitor<'_>,
    browser: Browser<'_>,
    jar: &CookieJar<'_>,
    posted: Posted,
) -> Result<Framed, Denied> {
    throttle(&browser)?;
    let pairs = posted.0?;
    if pairs.one("session")?.is_none() {
        return launch::take(&visitor, &browser, jar, &pairs).await;
    }
    let token = pairs.one("session")?.unwrap_or_default();
    let launched = sessions::of(visitor.app, token)
        .await
        .map_err(|_| Denied::new(Why::Relaunch, "session"))?;
    let frames = launched.detail.frames.clone();
    let spoken = visitor.in_language(session::lang(&launched));
    let visitor = visitor.as_nobody(&spoken);
    picked(&visitor, launched, &pairs, token)
        .await
        .map_err(|denied| denied.framed(frames))
}

/// Somebody opens the address by hand.
#[get("/lti/deep-linking")]
pub(super) fn explain() -> Denied {
    Denied::new(Why::Unreadable, "no message")
}

async fn picked(
    visitor: &Visitor<'_>,
    launched: Launched,
    pairs: &Pairs,
    token: &str,
) -> Result<Framed, Denied> {
    let app = visitor.app;
    let Some(picking) = launched.detail.picking.clone().filter(|_| launched.teaches) else {
        return Err(Denied::new(Why::Unreadable, "no deep linking"));
    };
    let wanted: Vec<&str> = pairs.all("module").take(MOST).collect();
    if wanted.is_empty() && pairs.one("cancel")?.is_none() {
        return shelf(visitor, &launched, token, Some(pairs)).await;
    }
    if wanted.len() > 1 && !picking.multiple {
        return Err(Denied::new(Why::Unreadable, "one item"));
    }
    let impossible = !picking.types.iter().any(|kind| kind == "ltiResourceLink");
    if !wanted.is_empty() && impossible {
        return Err(Denied::new(Why::Unreadable, "accept_types"));
    }
    let window = match pairs.one("target")? {
        Some("window") => takes(&picking, "window"),
        _ => !takes(&picking, "iframe"),
    };
    let graded = picking.line_item && pairs.one("graded")?.is_some();
    let known = catalogue::published(app).await?;
    let mut items = Vec::new();
    for id in wanted {
        let module = known
            .iter()
            .find(|module| module.id.to_string() == id)
            .ok_or_else(|| Denied::new(Why::NoModule, "module"))?;
        items.push(Item {
            url: format!("{}/modules/{}", app.config.public_url, module.slug),
            title: module.title.clone(),
            text: Some(module.summary.clone()).filter(|text| !text.is_empty()),
            custom: vec![("module".to_owned(), module.id.to_string())],
            line_item: graded.then(|| LineItem {
                label: module.title.clone(),
                score_maximum: MAXIMUM,
                resource_id: module.id.to_string(),
            }),
            window,
        });
    }
    answer::send(visitor, launched, &picking, &items).await
}
