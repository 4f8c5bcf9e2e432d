//! Describing and verifying organisations: the staff of their region.

use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{Route, get, post, routes};
use serde::Serialize;
use serde_json::{Value, json};

use super::directory::{kinds, options};
use super::{crumbs, find};
use crate::accounts::guards::Staff;
use crate::organisations::{self, Description, KINDS, may_administer};
use crate::web::i18n::{Lang, Locales};
use crate::web::{Fields, Html, Page, Refusal};

pub(super) fn routes() -> Vec<Route> {
    routes![new, add, edit, save, verify]
}

#[derive(Serialize)]
struct EditPage {
    crumbs: Value,
    action: String,
    fresh: bool,
    form: Value,
    kinds: Vec<Value>,
    regions: Vec<Value>,
    axes: Vec<Value>,
}

impl Page for EditPage {
    const TEMPLATE: &'static str = "organisations/edit";
    const NAV: &'static str = "organisations";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        let key = if self.fresh {
            "organisations-new"
        } else {
            "organisations-edit"
        };
        locales.text(lang, key, &[])
    }
}

async fn show(
    staff: &Staff<'_>,
    action: String,
    fresh: bool,
    fields: &Fields,
) -> Result<Html, Refusal> {
    let regions = organisations::regions(staff.app).await?;
    let axes = organisations::axes(staff.app).await?;
    let chosen = fields.all("axis");
    Ok(staff.page(&EditPage {
        crumbs: crumbs(staff),
        action: staff.href(&action),
        fresh,
        form: staff.form(fields, &["name", "kind", "region", "governorate", "about"]),
        kinds: options(staff, &kinds(staff), fields.raw("kind"))
            .into_iter()
            .skip(1)
            .collect(),
        regions: options(staff, &regions, fields.raw("region"))
            .into_iter()
            .filter(|o| {
                let region = o["value"].as_str().unwrap_or_default();
                may_administer(staff.person, Some(region))
            })
            .collect(),
        axes: axes
            .iter()
            .map(|axis| {
                json!({
                    "value": axis.slug,
                    "label": axis.name(staff.lang()),
                    "selected": chosen.contains(&axis.slug),
                })
            })
            .collect(),
    }))
}

/// Reads the form; `None` when something is wrong with it. Fields nobody offers are not read.
async fn read(staff: &Staff<'_>, fields: &mut Fields) -> Result<Option<Description>, Refusal> {
    let name = fields.line("name", 200);
    let governorate = fields.optional_line("governorate", 100);
    let about = fields.prose("about", 5000);
    let kind = fields.raw("kind").to_owned();
    if !KINDS.contains(&kind.as_str()) {
        fields.error("kind", "choice");
    }
    let regions = organisations::regions(staff.app).await?;
    let region = Some(fields.raw("region").to_owned()).filter(|slug| !slug.is_empty());
    let known = region
        .as_ref()
        .is_none_or(|slug| regions.iter().any(|r| r.slug == *slug));
    if !known || !may_administer(staff.person, region.as_deref()) {
        fields.error("region", "choice");
    }
    let axes = organisations::axes(staff.app)
        .await?
        .into_iter()
        .map(|axis| axis.slug)
        .filter(|slug| fields.all("axis").contains(slug))
        .collect();
    Ok(fields.is_valid().then_some(Description {
        name,
        kind,
        region,
        governorate,
        about,
        axes,
    }))
}

#[get("/organisations/new")]
async fn new(staff: Staff<'_>) -> Result<Html, Refusal> {
    show(
        &staff,
        "/organisations/new".into(),
        true,
        &Fields::default(),
    )
    .await
}

#[post("/organisations/new", data = "<fields>")]
async fn add(staff: Staff<'_>, mut fields: Fields) -> Result<Result<Redirect, Html>, Refusal> {
    let Some(new) = read(&staff, &mut fields).await? else {
        let page = show(&staff, "/organisations/new".into(), true, &fields).await?;
        return Ok(Err(page.status(Status::UnprocessableEntity)));
    };
    let slug = organisations::add(staff.app, staff.person.id, new).await?;
    Ok(Ok(staff.redirect(
        &format!("/organisations/{slug}"),
        Some("saved"),
    )))
}

#[get("/organisations/<slug>/edit")]
async fn edit(staff: Staff<'_>, slug: &str) -> Result<Html, Refusal> {
    let organisation = find(&staff, slug).await?;
    if !may_administer(staff.person, organisation.region.as_deref()) {
        return Err(Refusal::not_found());
    }
    let mut fields = Fields::default();
    fields.fill("name", &organisation.name);
    fields.fill("kind", &organisation.kind);
    fields.fill("region", organisation.region.as_deref().unwrap_or_default());
    fields.fill("governorate", &organisation.governorate);
    fields.fill("about", &organisation.about);
    fields.fill_all("axis", organisation.axes);
    show(
        &staff,
        format!("/organisations/{slug}/edit"),
        false,
        &fields,
    )
    .await
}

#[post("/organisations/<slug>/edit", data = "<fields>")]
async fn save(
    staff: Staff<'_>,
    slug: &str,
    mut fields: Fields,
) -> Result<Result<Redirect, Html>, Refusal> {
    let organisation = find(&staff, slug).await?;
    if !may_administer(staff.person, organisation.region.as_deref()) {
        return Err(Refusal::not_found());
    }
    let Some(description) = read(&staff, &mut fields).await? else {
        let page = show(
            &staff,
            format!("/organisations/{slug}/edit"),
            false,
            &fields,
        )
        .await?;
        return Ok(Err(page.status(Status::UnprocessableEntity)));
    };
    organisations::edit(staff.app, staff.person.id, organisation.id, description).await?;
    Ok(Ok(staff.redirect(
        &format!("/organisations/{slug}"),
        Some("saved"),
    )))
}

#[post("/organisations/<slug>/verify", data = "<fields>")]
async fn verify(staff: Staff<'_>, slug: &str, fields: Fields) -> Result<Redirect, Refusal> {
    let organisation = find(&staff, slug).await?;
    if !may_administer(staff.person, organisation.region.as_deref()) {
        return Err(Refusal::not_found());
    }
    let verified = match fields.raw("verified") {
        "yes" => true,
        "no" => false,
        _ => return Err(Refusal::bad_request("bad-request")),
    };
    organisations::verify(staff.app, staff.person.id, organisation.id, verified).await?;
    Ok(staff.redirect(&format!("/organisations/{slug}"), Some("saved")))
}
