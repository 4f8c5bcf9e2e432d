//! Seminars without a date: what is planned, who would come, and the way to a date.

use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{get, post};
use serde::Serialize;
use serde_json::{Value, json};

use super::edit::options;
use crate::accounts::guards::{SignedIn, Staff};
use crate::organisations;
use crate::seminars::edit::{LINE_MAX, SUMMARY_MAX};
use crate::seminars::plans::{self, NewPlan, RegionCount};
use crate::seminars::regions;
use crate::web::i18n::{Lang, Locales};
use crate::web::{Fields, Html, Page, Refusal, Visitor};

#[derive(Serialize)]
struct NewPage {
    crumbs: Vec<Value>,
    form: Value,
    languages: Vec<Value>,
    axes: Vec<Value>,
}

impl Page for NewPage {
    const TEMPLATE: &'static str = "seminars/plan-new";
    const NAV: &'static str = "seminars";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "plans-new", &[])
    }
}

fn crumbs(visitor: &Visitor<'_>) -> Vec<Value> {
    let locales = &visitor.app.pages.locales;
    let title = locales.text(visitor.lang(), "seminars-title", &[]);
    vec![json!({ "href": visitor.href("/seminars"), "label": title })]
}

async fn form(staff: &Staff<'_>, fields: &Fields) -> Result<Html, Refusal> {
    let lang = staff.lang();
    let none = staff.app.pages.locales.plain(lang, "seminars-no-axis", &[]);
    let axes = organisations::axes(staff.app).await?;
    let axes = std::iter::once(("", none)).chain(
        axes.iter()
            .map(|axis| (axis.slug.as_str(), axis.name(lang).to_owned())),
    );
    let language = match fields.raw("language") {
        "" => lang.code(),
        typed => typed,
    };
    Ok(staff.page(&NewPage {
        crumbs: crumbs(staff),
        form: staff.form(fields, &["title", "summary", "language", "axis"]),
        languages: options(
            language,
            Lang::ALL.map(|l| (l.code(), l.own_name().to_owned())),
        ),
        axes: options(fields.raw("axis"), axes),
    }))
}

/// The form of a seminar without a date: the staff.
#[get("/plans/new", rank = 1)]
pub(super) async fn new(staff: Staff<'_>) -> Result<Html, Refusal> {
    form(&staff, &Fields::default()).await
}

/// Announces it.
#[post("/plans/new", data = "<fields>")]
pub(super) async fn create(
    staff: Staff<'_>,
    mut fields: Fields,
) -> Result<Result<Redirect, Html>, Refusal> {
    let axes = organisations::axes(staff.app).await?;
    let axis = Some(fields.raw("axis").to_owned()).filter(|axis| !axis.is_empty());
    if axis
        .as_ref()
        .is_some_and(|slug| axes.iter().all(|a| a.slug != *slug))
    {
        fields.error("axis", "choice");
    }
    let new = NewPlan {
        title: fields.line("title", LINE_MAX),
        summary: fields.prose("summary", SUMMARY_MAX),
        language: Lang::from_code(fields.raw("language")).unwrap_or(staff.lang()),
        axis,
        by: staff.person.id,
    };
    if !fields.is_valid() {
        let html = form(&staff, &fields).await?;
        return Ok(Err(html.status(Status::UnprocessableEntity)));
    }
    let made = plans::add(staff.app, new).await?;
    let path = format!("/plans/{}", made.slug);
    Ok(Ok(staff.redirect(&path, Some("plan-made"))))
}

#[derive(Serialize)]
struct PlanPage {
    crumbs: Vec<Value>,
    slug: String,
    heading: String,
    paragraphs: Vec<String>,
    language: &'static str,
    wanted: i64,
    /// Whether the visitor asked for it.
    mine: bool,
    signed_in: bool,
    sign_in_href: String,
    open: bool,
    dates: Vec<Value>,
    /// How many of which region, for the staff.
    regions: Vec<Value>,
    staff: bool,
    date_href: String,
}

impl Page for PlanPage {
    const TEMPLATE: &'static str = "seminars/plan";
    const NAV: &'static str = "seminars";
    fn title(&self, _: &Locales, _: Lang) -> String {
        self.heading.clone()
    }
}

/// Counts by region, with their names.
pub(super) async fn named(
    visitor: &Visitor<'_>,
    counts: Vec<RegionCount>,
) -> Result<Vec<Value>, Refusal> {
    let known = regions(visitor.app).await?;
    let lang = visitor.lang();
    let none = visitor.app.pages.locales.text(lang, "plans-no-region", &[]);
    let name = |slug: &Option<String>| {
        let found = known.iter().find(|r| Some(&r.slug) == slug.as_ref());
        found.map_or_else(|| none.clone(), |r| r.name(lang).to_owned())
    };
    Ok(counts
        .iter()
        .map(|row| json!({ "name": name(&row.region), "people": row.people }))
        .collect())
}

/// A seminar without a date.
#[get("/plans/<slug>", rank = 2)]
pub(super) async fn show(visitor: Visitor<'_>, slug: &str) -> Result<Html, Refusal> {
    let plan = plans::by_slug(visitor.app, slug).await?;
    let staff = visitor.person.is_some_and(|p| p.roles.is_staff());
    let mine = match visitor.person {
        Some(person) => plans::wants(visitor.app, plan.id, person.id).await?,
        None => false,
    };
    let counts = match staff {
        true => plans::by_region(visitor.app, plan.id).await?,
        false => Vec::new(),
    };
    let next: String =
        url::form_urlencoded::byte_serialize(format!("/plans/{slug}").as_bytes()).collect();
    let dates = plans::dates(visitor.app, plan.id).await?;
    Ok(visitor.page(&PlanPage {
        crumbs: crumbs(&visitor),
        paragraphs: plan
            .summary
            .split('\n')
            .filter(|p| !p.trim().is_empty())
            .map(str::to_owned)
            .collect(),
        language: Lang::from_code(&plan.language)
            .unwrap_or_default()
            .own_name(),
        wanted: plan.wanted,
        mine,
        signed_in: visitor.person.is_some(),
        sign_in_href: visitor.href(&format!("/sign-in?next={next}")),
        open: plan.closed_at.is_none(),
        dates: dates
            .into_iter()
            .map(|row| {
                json!({
                    "href_to": visitor.href(&format!("/seminars/{}", row.slug)),
                    "heading": row.title, "starts_at": row.starts_at, "place": row.place,
                })
            })
            .collect(),
        regions: named(&visitor, counts).await?,
        staff,
        date_href: visitor.href(&format!("/seminars/new?plan={}", plan.slug)),
        slug: plan.slug,
        heading: plan.title,
    }))
}

/// Asks to be told, or (`act=no`) no longer.
#[post("/plans/<slug>/interest", data = "<fields>")]
pub(super) async fn want(
    me: SignedIn<'_>,
    slug: &str,
    fields: Fields,
) -> Result<Redirect, Refusal> {
    let plan = plans::by_slug(me.app, slug).await?;
    let wanted = fields.raw("act") != "no";
    if wanted && plan.closed_at.is_some() {
        return Err(Refusal::not_found());
    }
    plans::want(me.app, plan.id, me.person.id, wanted).await?;
    let done = if wanted {
        "interest-kept"
    } else {
        "interest-dropped"
    };
    Ok(me.redirect(&format!("/plans/{slug}"), Some(done)))
}

/// Nobody can ask for it any more.
#[post("/plans/<slug>/close")]
pub(super) async fn close(staff: Staff<'_>, slug: &str) -> Result<Redirect, Refusal> {
    let plan = plans::by_slug(staff.app, slug).await?;
    plans::close(staff.app, plan.id).await?;
    Ok(staff.redirect("/seminars", Some("plan-closed")))
}
