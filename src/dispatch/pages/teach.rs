//! `/teach/modules/<slug>/dispatch`: the LMSs that have this module, who came from there, and a new
//! one.

use rocket::http::{ContentType, Status};
use rocket::response::{Redirect, Responder, Response};
use rocket::{Request, get, post};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::super::registry::{self, CAP_MAX, Edit, NAME_MAX, New};
use super::super::{Standard, packages};
use crate::accounts::guards::Trainer;
use crate::catalogue::{self, Module};
use crate::clock::Timestamp;
use crate::ids::OrganisationId;
use crate::web::i18n::Locales;
use crate::web::{Fields, Html, Lang, Page, Refusal};

const FIELDS: &[&str] = &["lms", "cap", "until", "origins"];

#[derive(Serialize)]
struct Shown {
    crumbs: Value,
    heading: String,
    base: String,
    rows: Vec<Value>,
    form: Value,
    organisations: Vec<Value>,
    playable: bool,
    open: bool,
}

impl Page for Shown {
    const TEMPLATE: &'static str = "dispatch/module";
    const NAV: &'static str = "modules";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "dispatch-title", &[])
    }
}

/// The module of an address, where this trainer looks after it; 404 otherwise.
async fn managed(trainer: &Trainer<'_>, slug: &str) -> Result<Module, Refusal> {
    let module = catalogue::module_by_slug(trainer.app, slug).await?;
    if catalogue::may_manage(trainer.person, &module) {
        Ok(module)
    } else {
        Err(Refusal::not_found())
    }
}

/// A dispatch of that module.
async fn own(trainer: &Trainer<'_>, slug: &str, id: &str) -> Result<registry::Dispatch, Refusal> {
    let module = managed(trainer, slug).await?;
    let id = Uuid::try_parse(id).map_err(|_| Refusal::not_found())?;
    let dispatch = registry::get(trainer.app, id).await?;
    if dispatch.module == module.id {
        Ok(dispatch)
    } else {
        Err(Refusal::not_found())
    }
}

async fn page(
    trainer: &Trainer<'_>,
    module: Module,
    fields: &Fields,
    open: bool,
) -> Result<Html, Refusal> {
    let app = trainer.app;
    let locales = &app.pages.locales;
    let course = catalogue::course(app, module.version).await?;
    let base = trainer.href(&format!("/teach/modules/{}/dispatch", module.slug));
    let none = locales.plain(trainer.lang(), "lti-no-organisation", &[]);
    let mut organisations = vec![json!({ "value": "", "label": none, "selected": true })];
    for (id, name) in registry::organisations(app).await? {
        organisations.push(json!({ "value": id, "label": name, "selected": false }));
    }
    let rows = registry::of_module(app, module.id)
        .await?
        .into_iter()
        .map(|row| {
            let over = row.expires_at.is_some_and(|until| until <= trainer.now);
            let packages: Vec<Value> = Standard::ALL
                .iter()
                .map(|standard| {
                    json!({
                        "href_to": format!("{base}/{}/{}.zip", row.id, standard.code()),
                        "code": standard.code(),
                    })
                })
                .collect();
            let origins: Vec<String> = serde_json::from_value(row.origins).unwrap_or_default();
            json!({
                "base": format!("{base}/{}", row.id), "name": row.name, "cap": row.cap,
                "cap_text": row.cap.map(|cap| cap.to_string()).unwrap_or_default(),
                "until": row.expires_at, "until_text": row.expires_at.map(|at| day(trainer, at)).unwrap_or_default(),
                "origins": origins, "origins_text": origins.join("\n"),
                "state": if over && row.state == "active" { "expired" } else { row.state.as_str() },
                "active": row.state == "active", "hashed": row.hash_ids,
                "organisation": row.organisation, "learners": row.learners,
                "completed": row.completed, "seen": row.seen_at, "packages": packages,
            })
        })
        .collect();
    Ok(trainer.page(&Shown {
        crumbs: json!([
            { "href": trainer.href("/teach"), "label": locales.plain(trainer.lang(), "catalogue-teach", &[]) },
            { "href": trainer.href(&format!("/teach/modules/{}", module.slug)), "label": module.title },
        ]),
        heading: module.title,
        base,
        rows,
        form: trainer.form(fields, FIELDS),
        organisations,
        playable: course.tool().is_none(),
        open,
    }))
}

/// A day as a date field writes it, in the platform's zone.
fn day(trainer: &Trainer<'_>, at: Timestamp) -> String {
    let utc: Option<chrono::DateTime<chrono::Utc>> =
        chrono::DateTime::from_timestamp_micros(at.micros());
    let zone = trainer.app.pages.time_zone();
    utc.map(|utc| utc.with_timezone(&zone).format("%Y-%m-%d").to_string())
        .unwrap_or_default()
}

#[get("/teach/modules/<slug>/dispatch")]
pub(super) async fn show(trainer: Trainer<'_>, slug: &str) -> Result<Html, Refusal> {
    let module = managed(&trainer, slug).await?;
    page(&trainer, module, &Fields::default(), false).await
}

/// The limits that a form sends; errors are kept in the fields.
fn limits(
    trainer: &Trainer<'_>,
    fields: &mut Fields,
) -> (Option<i64>, Option<Timestamp>, Vec<String>) {
    let cap = match fields.raw("cap").trim() {
        "" => None,
        _ => Some(fields.integer("cap", 1..=CAP_MAX)),
    };
    let until = match fields.raw("until").trim().to_owned() {
        text if text.is_empty() => None,
        text => {
            // The whole day is in.
            fields.fill("until-moment", &format!("{text}T23:59"));
            let at = fields.moment("until-moment", trainer.app.pages.time_zone());
            if fields.errors().contains_key("until-moment") {
                fields.error("until", "date");
            }
            Some(at)
        }
    };
    let origins = registry::origins(&fields.prose("origins", 4096));
    if origins.is_none() {
        fields.error("origins", "address");
    }
    (cap, until, origins.unwrap_or_default())
}

#[post("/teach/modules/<slug>/dispatch", data = "<fields>")]
pub(super) async fn add(
    trainer: Trainer<'_>,
    slug: &str,
    mut fields: Fields,
) -> Result<Result<Redirect, Html>, Refusal> {
    let module = managed(&trainer, slug).await?;
    let name = fields.line("lms", NAME_MAX);
    let (cap, expires_at, origins) = limits(&trainer, &mut fields);
    let organisation = match fields.raw("organisation") {
        "" => None,
        text => Some(OrganisationId(
            Uuid::parse_str(text).map_err(|_| Refusal::not_found())?,
        )),
    };
    if !fields.is_valid() {
        let page = page(&trainer, module, &fields, true).await?;
        return Ok(Err(page.status(Status::UnprocessableEntity)));
    }
    let new = New {
        name,
        organisation,
        cap,
        expires_at,
        hash_ids: fields.ticked("hash_ids"),
        send_names: fields.ticked("send_names"),
        origins,
        by: Some(trainer.person.id),
    };
    registry::add(trainer.app, module.id, new).await?;
    Ok(Ok(back(&trainer, slug, "dispatch-made")))
}

fn back(trainer: &Trainer<'_>, slug: &str, done: &str) -> Redirect {
    trainer.redirect(&format!("/teach/modules/{slug}/dispatch"), Some(done))
}

#[post("/teach/modules/<slug>/dispatch/<id>", data = "<fields>")]
pub(super) async fn edit(
    trainer: Trainer<'_>,
    slug: &str,
    id: &str,
    mut fields: Fields,
) -> Result<Result<Redirect, Html>, Refusal> {
    let dispatch = own(&trainer, slug, id).await?;
    let name = fields.line("lms", NAME_MAX);
    let (cap, expires_at, origins) = limits(&trainer, &mut fields);
    if !fields.is_valid() {
        let module = managed(&trainer, slug).await?;
        let page = page(&trainer, module, &fields, false).await?;
        return Ok(Err(page.status(Status::UnprocessableEntity)));
    }
    let edit = Edit {
        name,
        cap,
        expires_at,
        origins,
    };
    registry::edit(trainer.app, trainer.person.id, dispatch.id, edit).await?;
    Ok(Ok(back(&trainer, slug, "saved")))
}

#[post("/teach/modules/<slug>/dispatch/<id>/revoke")]
pub(super) async fn revoke(
    trainer: Trainer<'_>,
    slug: &str,
    id: &str,
) -> Result<Redirect, Refusal> {
    let dispatch = own(&trainer, slug, id).await?;
    registry::set_active(trainer.app, trainer.person.id, dispatch.id, false).await?;
    Ok(back(&trainer, slug, "saved"))
}

#[post("/teach/modules/<slug>/dispatch/<id>/restore")]
pub(super) async fn restore(
    trainer: Trainer<'_>,
    slug: &str,
    id: &str,
) -> Result<Redirect, Refusal> {
    let dispatch = own(&trainer, slug, id).await?;
    registry::set_active(trainer.app, trainer.person.id, dispatch.id, true).await?;
    Ok(back(&trainer, slug, "saved"))
}

/// A zip to be saved.
pub(super) struct Zip {
    name: String,
    bytes: Vec<u8>,
}

impl<'r> Responder<'r, 'static> for Zip {
    fn respond_to(self, _: &'r Request<'_>) -> rocket::response::Result<'static> {
        Response::build()
            .header(ContentType::ZIP)
            .raw_header(
                "Content-Disposition",
                format!("attachment; filename=\"{}\"", self.name),
            )
            .raw_header("Cache-Control", "private, no-store")
            .sized_body(self.bytes.len(), std::io::Cursor::new(self.bytes))
            .ok()
    }
}

/// The package of a dispatch.
#[get("/teach/modules/<slug>/dispatch/<id>/<file>")]
pub(super) async fn package(
    trainer: Trainer<'_>,
    slug: &str,
    id: &str,
    file: &str,
) -> Result<Zip, Refusal> {
    let dispatch = own(&trainer, slug, id).await?;
    let standard = file
        .strip_suffix(".zip")
        .and_then(Standard::from_code)
        .ok_or_else(Refusal::not_found)?;
    Ok(Zip {
        bytes: packages::build(trainer.app, &dispatch, standard).await?,
        name: format!("{slug}-{}.zip", standard.code()),
    })
}
