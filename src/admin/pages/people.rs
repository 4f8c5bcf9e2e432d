//! People: search, and for administrators roles and suspension.

use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{Route, get, post, routes};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::accounts::guards::{Admin, Staff};
use crate::accounts::{Grant, NewGrant};
use crate::admin::{self, Held, Somebody};
use crate::ids::PersonId;
use crate::organisations;
use crate::web::i18n::{Lang, Locales};
use crate::web::{Fields, Html, Page, Refusal};

pub(super) fn routes() -> Vec<Route> {
    routes![list, one, grant, revoke, suspend]
}

#[derive(Serialize)]
struct PeoplePage {
    text: String,
    admin: bool,
    people: Vec<Somebody>,
}

impl Page for PeoplePage {
    const TEMPLATE: &'static str = "admin/people";
    const NAV: &'static str = "admin";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "admin-people", &[])
    }
}

#[get("/admin/people?<q>")]
async fn list(staff: Staff<'_>, q: Option<&str>) -> Result<Html, Refusal> {
    let text = q.unwrap_or_default();
    if text.contains('\0') {
        return Err(Refusal::bad_request("bad-request"));
    }
    Ok(staff.page(&PeoplePage {
        text: text.chars().take(100).collect(),
        admin: staff.person.roles.admin,
        people: admin::people(staff.app, staff.person, text).await?,
    }))
}

#[derive(Serialize)]
struct PersonPage {
    somebody: Somebody,
    grants: Vec<Held>,
    form: Value,
    roles: Vec<Value>,
    regions: Vec<Value>,
}

impl Page for PersonPage {
    const TEMPLATE: &'static str = "admin/person";
    const NAV: &'static str = "admin";
    fn title(&self, _: &Locales, _: Lang) -> String {
        self.somebody.name.clone()
    }
}

async fn show(admin: &Admin<'_>, id: PersonId, fields: &Fields) -> Result<Html, Refusal> {
    let somebody = admin::person(admin.app, id)
        .await?
        .ok_or_else(Refusal::not_found)?;
    let locales = &admin.app.pages.locales;
    let regions = organisations::regions(admin.app).await?;
    Ok(admin.page(&PersonPage {
        somebody,
        grants: admin::grants(admin.app, id).await?,
        form: admin.form(fields, &["role", "region", "until"]),
        roles: ["trainer", "regional", "admin"]
            .iter()
            .map(|role| {
                json!({
                    "value": role,
                    "label": locales.plain(admin.lang(), &format!("admin-role-{role}"), &[]),
                    "selected": fields.raw("role") == *role,
                })
            })
            .collect(),
        regions: std::iter::once(json!({ "value": "", "label": "–", "selected": true }))
            .chain(regions.iter().map(|region| {
                json!({
                    "value": region.slug,
                    "label": region.name(admin.lang()),
                    "selected": fields.raw("region") == region.slug,
                })
            }))
            .collect(),
    }))
}

#[get("/admin/people/<id>")]
async fn one(admin: Admin<'_>, id: PersonId) -> Result<Html, Refusal> {
    show(&admin, id, &Fields::default()).await
}

#[post("/admin/people/<id>/grants", data = "<fields>")]
async fn grant(
    admin: Admin<'_>,
    id: PersonId,
    mut fields: Fields,
) -> Result<Result<Redirect, Html>, Refusal> {
    admin::person(admin.app, id)
        .await?
        .ok_or_else(Refusal::not_found)?;
    let region = fields.raw("region").to_owned();
    let grant = match fields.raw("role") {
        "admin" => Some(Grant::Admin),
        "trainer" => Some(Grant::Trainer),
        "regional" => {
            let known = organisations::regions(admin.app).await?;
            let known = known.iter().any(|named| named.slug == region);
            if !known {
                fields.error("region", "choice");
            }
            known.then_some(Grant::Regional(region))
        }
        _ => {
            fields.error("role", "choice");
            None
        }
    };
    let until = if fields.raw("until").is_empty() {
        None
    } else {
        Some(fields.moment("until", admin.app.pages.time_zone()))
    };
    if until.is_some_and(|until| until <= admin.now) {
        fields.error("until", "date");
    }
    let (Some(grant), true) = (grant, fields.is_valid()) else {
        let page = show(&admin, id, &fields).await?;
        return Ok(Err(page.status(Status::UnprocessableEntity)));
    };
    let new = NewGrant {
        id: admin.app.ids.uuid(),
        person: id,
        grant,
        from: admin.now,
        until,
        by: Some(admin.person.id),
    };
    admin::grant(admin.app, new).await?;
    Ok(Ok(
        admin.redirect(&format!("/admin/people/{id}"), Some("saved"))
    ))
}

#[post("/admin/people/<id>/grants/<held>/revoke")]
async fn revoke(admin: Admin<'_>, id: PersonId, held: &str) -> Result<Redirect, Refusal> {
    let held = Uuid::parse_str(held).map_err(|_| Refusal::not_found())?;
    admin::revoke(admin.app, admin.person.id, id, held).await?;
    Ok(admin.redirect(&format!("/admin/people/{id}"), Some("saved")))
}

#[post("/admin/people/<id>/suspend", data = "<fields>")]
async fn suspend(admin: Admin<'_>, id: PersonId, fields: Fields) -> Result<Redirect, Refusal> {
    let suspended = fields.raw("suspended") == "yes";
    admin::suspend(admin.app, admin.person.id, id, suspended).await?;
    Ok(admin.redirect(&format!("/admin/people/{id}"), Some("saved")))
}
