//! Writing an action sheet.

use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{get, post};
use serde::Serialize;
use serde_json::{Value, json};

use super::{Frames, day, named, options};
use crate::accounts::guards::Staff;
use crate::clock::Timestamp;
use crate::follow_up::sheets::{self, Sheet};
use crate::organisations::may_administer;
use crate::web::i18n::{Lang, Locales};
use crate::web::{Fields, Html, Page, Refusal};

/// Longest title, in characters.
const TITLE_MAX: usize = 160;
/// Longest objective, in characters.
const OBJECTIVE_MAX: usize = 600;
/// Longest description, in characters.
const DESCRIPTION_MAX: usize = 6_000;
const NAMES: [&str; 8] = [
    "title",
    "objective",
    "description",
    "language",
    "region",
    "axis",
    "from",
    "until",
];

#[derive(Serialize)]
struct EditPage {
    crumbs: Vec<Value>,
    is_new: bool,
    form: Value,
    languages: Vec<Value>,
    regions: Vec<Value>,
    axes: Vec<Value>,
    back: String,
}

impl Page for EditPage {
    const TEMPLATE: &'static str = "follow_up/edit";
    const NAV: &'static str = "admin";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        let key = if self.is_new {
            "follow-up-new"
        } else {
            "follow-up-edit"
        };
        locales.text(lang, key, &[])
    }
}

async fn show(staff: &Staff<'_>, fields: &Fields, slug: Option<&str>) -> Result<Html, Refusal> {
    let frames = Frames::read(staff).await?;
    let locales = &staff.app.pages.locales;
    let text = |key: &str| locales.plain(staff.lang(), key, &[]);
    let own = |slug: &str| may_administer(staff.person, Some(slug));
    let own: Vec<_> = named(staff, &frames.regions)
        .filter(|(slug, _)| own(slug))
        .collect();
    let chosen = fields.raw("region");
    let mut regions = options(text("follow-up-whole-country"), own, chosen);
    if !staff.person.roles.admin {
        // The whole country is for administrators.
        regions.remove(0);
    }
    let list = staff.href("/follow-up/sheets");
    Ok(staff.page(&EditPage {
        crumbs: vec![
            json!({ "href": staff.href("/admin"), "label": text("admin-title") }),
            json!({ "href": list, "label": text("follow-up-sheets") }),
        ],
        is_new: slug.is_none(),
        form: staff.form(fields, &NAMES),
        languages: Lang::ALL
            .into_iter()
            .map(|lang| json!({ "value": lang.code(), "label": lang.own_name(), "selected": lang.code() == fields.raw("language") }))
            .collect(),
        regions,
        axes: options(text("follow-up-no-axis"), named(staff, &frames.axes), fields.raw("axis")),
        back: slug.map_or(list, |slug| staff.href(&format!("/follow-up/sheets/{slug}"))),
    }))
}

fn read(staff: &Staff<'_>, frames: &Frames, fields: &mut Fields) -> Option<Sheet> {
    let zone = staff.app.pages.time_zone();
    let chosen = |fields: &mut Fields, name: &str, known: bool| {
        let value = fields.raw(name).to_owned();
        if !value.is_empty() && !known {
            fields.error(name, "choice");
        }
        (!value.is_empty()).then_some(value)
    };
    let region = fields.raw("region");
    let region_known = frames.regions.iter().any(|one| one.slug == region);
    let axis = fields.raw("axis");
    let axis_known = frames.axes.iter().any(|one| one.slug == axis);
    let language = Lang::from_code(fields.raw("language"));
    if language.is_none() {
        fields.error("language", "choice");
    }
    let sheet = Sheet {
        title: fields.line("title", TITLE_MAX),
        objective: fields.prose("objective", OBJECTIVE_MAX),
        description: fields.prose("description", DESCRIPTION_MAX),
        language: language.unwrap_or_default(),
        region: chosen(fields, "region", region_known),
        axis: chosen(fields, "axis", axis_known),
        starts_at: day(fields, "from", zone),
        ends_at: day(fields, "until", zone),
    };
    if sheet.objective.is_empty() {
        fields.error("objective", "required");
    }
    if !may_administer(staff.person, sheet.region.as_deref()) {
        fields.error("region", "choice");
    }
    if fields.is_valid() && sheet.ends_at < sheet.starts_at {
        fields.error("until", "before-start");
    }
    fields.is_valid().then_some(sheet)
}

/// An empty sheet.
#[get("/follow-up/sheets/new")]
pub(super) async fn new(staff: Staff<'_>) -> Result<Html, Refusal> {
    let mut fields = Fields::default();
    fields.fill("language", staff.lang().code());
    if let [region] = staff.person.roles.regions.as_slice() {
        fields.fill("region", region);
    }
    show(&staff, &fields, None).await
}

type Answer = Result<Result<Redirect, Html>, Refusal>;

/// Writes it.
#[post("/follow-up/sheets/new", data = "<fields>")]
pub(super) async fn create(staff: Staff<'_>, mut fields: Fields) -> Answer {
    let frames = Frames::read(&staff).await?;
    let Some(sheet) = read(&staff, &frames, &mut fields) else {
        let html = show(&staff, &fields, None).await?;
        return Ok(Err(html.status(Status::UnprocessableEntity)));
    };
    let slug = sheets::add(staff.app, staff.person, sheet).await?;
    Ok(Ok(staff.redirect(
        &format!("/follow-up/sheets/{slug}"),
        Some("follow-up-created"),
    )))
}

/// What is written.
#[get("/follow-up/sheets/<slug>/edit")]
pub(super) async fn form(staff: Staff<'_>, slug: &str) -> Result<Html, Refusal> {
    let sheet = sheets::writable(staff.app, staff.person, slug).await?.0;
    let zone = staff.app.pages.time_zone();
    let day = |at: Timestamp| at.utc().with_timezone(&zone).format("%Y-%m-%d").to_string();
    let mut fields = Fields::default();
    for (name, value) in [
        ("title", sheet.title.as_str()),
        ("objective", &sheet.objective),
        ("description", &sheet.description),
        ("language", &sheet.language),
        ("region", sheet.region.as_deref().unwrap_or_default()),
        ("axis", sheet.axis.as_deref().unwrap_or_default()),
        ("from", &day(sheet.starts_at)),
        ("until", &day(sheet.ends_at)),
    ] {
        fields.fill(name, value);
    }
    show(&staff, &fields, Some(slug)).await
}

/// Changes it.
#[post("/follow-up/sheets/<slug>/edit", data = "<fields>")]
pub(super) async fn change(staff: Staff<'_>, slug: &str, mut fields: Fields) -> Answer {
    let writable = sheets::writable(staff.app, staff.person, slug).await?;
    let frames = Frames::read(&staff).await?;
    let Some(sheet) = read(&staff, &frames, &mut fields) else {
        let html = show(&staff, &fields, Some(slug)).await?;
        return Ok(Err(html.status(Status::UnprocessableEntity)));
    };
    sheets::change(staff.app, staff.person, &writable, sheet).await?;
    Ok(Ok(staff.redirect(
        &format!("/follow-up/sheets/{slug}"),
        Some("saved"),
    )))
}
