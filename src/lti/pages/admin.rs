//! `/admin/lti`: registrations, new ones by hand, the one-time address, our keys.

use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{Route, get, post, routes};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::super::platforms::{self, NewPlatform, Osc};
use super::super::{grades, keys, registration};
use crate::accounts::guards::Admin;
use crate::ids::OrganisationId;
use crate::web::i18n::Locales;
use crate::web::{Fields, Html, Lang, Page, Refusal};

pub(super) fn routes() -> Vec<Route> {
    routes![show, add, consumer, invite, rotate]
}

const FIELDS: &[&str] = &[
    "name",
    "issuer",
    "client_id",
    "auth_url",
    "token_url",
    "jwks_url",
    "deployment",
    "organisation",
    "consumer",
];

#[derive(Serialize)]
struct Platforms {
    platforms: Vec<Value>,
    unsent: usize,
    /// What is shown once: an address, or a key and a secret.
    invitation: Option<String>,
    consumer: Option<Value>,
    form: Value,
    organisations: Vec<Value>,
    keys: Vec<Value>,
    /// What is typed into a platform by hand.
    ours: Vec<(&'static str, String)>,
    open: &'static str,
}

impl Page for Platforms {
    const TEMPLATE: &'static str = "lti/platforms";
    const NAV: &'static str = "admin";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "lti-admin-title", &[])
    }
}

/// Organisations as a select shows them, none first.
pub(super) fn options(
    admin: &Admin<'_>,
    all: &[Osc],
    selected: Option<OrganisationId>,
) -> Vec<Value> {
    let none = admin
        .app
        .pages
        .locales
        .plain(admin.lang(), "lti-no-organisation", &[]);
    let mut options = vec![json!({ "value": "", "label": none, "selected": selected.is_none() })];
    options.extend(all.iter().map(
        |one| json!({ "value": one.id, "label": one.name, "selected": Some(one.id) == selected }),
    ));
    options
}

/// The organisation a select sent.
pub(super) fn chosen(fields: &Fields, name: &str) -> Result<Option<OrganisationId>, Refusal> {
    match fields.raw(name) {
        "" => Ok(None),
        text => Uuid::parse_str(text)
            .map(|id| Some(OrganisationId(id)))
            .map_err(|_| Refusal::not_found()),
    }
}

#[derive(Default)]
struct Once {
    invitation: Option<String>,
    consumer: Option<Value>,
    open: &'static str,
}

async fn page(admin: &Admin<'_>, fields: &Fields, once: Once) -> Result<Html, Refusal> {
    let app = admin.app;
    let at = |path: &str| format!("{}{path}", app.config.public_url);
    let selected = chosen(fields, "organisation").unwrap_or_default();
    Ok(admin.page(&Platforms {
        platforms: platforms::all(app)
            .await?
            .into_iter()
            .map(|platform| {
                json!({
                    "id": platform.id,
                    "name": platform.name,
                    "version": platform.version,
                    "about": if platform.version == "1.1" { &platform.client_id } else { &platform.issuer },
                    "state": platform.state,
                })
            })
            .collect(),
        unsent: grades::unsent(app).await?.len(),
        invitation: once.invitation,
        consumer: once.consumer,
        form: admin.form(fields, FIELDS),
        organisations: options(admin, &platforms::organisations(admin.app).await?, selected),
        keys: keys::schedule(app)
            .await?
            .into_iter()
            .map(|(kid, active, retired)| {
                json!({
                    "kid": kid, "from": active, "until": retired,
                    "signs": active <= admin.now && retired.is_none(),
                })
            })
            .collect(),
        ours: vec![
            ("lti-ours-login", at("/lti/login")),
            ("lti-ours-launch", at("/lti/launch")),
            ("lti-ours-deep-linking", at("/lti/deep-linking")),
            ("lti-ours-jwks", at("/lti/jwks")),
            ("lti-ours-cartridge", at("/lti/1.1/cartridge.xml")),
        ],
        open: once.open,
    }))
}

#[get("/admin/lti")]
async fn show(admin: Admin<'_>) -> Result<Html, Refusal> {
    page(&admin, &Fields::default(), Once::default()).await
}

#[post("/admin/lti/platforms", data = "<fields>")]
async fn add(admin: Admin<'_>, mut fields: Fields) -> Result<Result<Redirect, Html>, Refusal> {
    let deployment = fields.optional_line("deployment", 255);
    let new = NewPlatform {
        name: fields.line("name", platforms::NAME_MAX),
        issuer: fields.line("issuer", 2048),
        client_id: fields.line("client_id", 255),
        auth_url: fields.line("auth_url", 2048),
        token_url: fields.line("token_url", 2048),
        jwks_url: fields.line("jwks_url", 2048),
        deployment: Some(deployment).filter(|name| !name.is_empty()),
        organisation: chosen(&fields, "organisation")?,
        by: Some(admin.person.id),
        ..NewPlatform::default()
    };
    for (field, code) in new.errors() {
        fields.error(field, code);
    }
    if fields.is_valid() {
        match platforms::add(admin.app, new).await {
            Ok(id) => {
                return Ok(Ok(
                    admin.redirect(&format!("/admin/lti/{id}"), Some("saved"))
                ));
            }
            Err(refusal) if refusal.code == "lti-registered" => {
                fields.error("client_id", "lti-registered");
            }
            Err(refusal) => return Err(refusal),
        }
    }
    let once = Once {
        open: "platform",
        ..Once::default()
    };
    let page = page(&admin, &fields, once).await?;
    Ok(Err(page.status(Status::UnprocessableEntity)))
}

/// Key and secret stand in the answer to this request and nowhere else.
#[post("/admin/lti/consumers", data = "<fields>")]
async fn consumer(admin: Admin<'_>, mut fields: Fields) -> Result<Html, Refusal> {
    let name = fields.line("consumer", platforms::NAME_MAX);
    let organisation = chosen(&fields, "organisation")?;
    if !fields.is_valid() {
        let once = Once {
            open: "consumer",
            ..Once::default()
        };
        let page = page(&admin, &fields, once).await?;
        return Ok(page.status(Status::UnprocessableEntity));
    }
    let made =
        platforms::add_consumer(admin.app, &name, organisation, Some(admin.person.id)).await?;
    let once = Once {
        consumer: Some(json!({ "key": made.key, "secret": made.secret })),
        ..Once::default()
    };
    page(&admin, &Fields::default(), once).await
}

#[post("/admin/lti/invitations", data = "<fields>")]
async fn invite(admin: Admin<'_>, fields: Fields) -> Result<Html, Refusal> {
    let organisation = chosen(&fields, "organisation")?;
    let address = registration::invite(admin.app, admin.person.id, organisation).await?;
    let once = Once {
        invitation: Some(address),
        ..Once::default()
    };
    page(&admin, &Fields::default(), once).await
}

#[post("/admin/lti/keys")]
async fn rotate(admin: Admin<'_>) -> Result<Redirect, Refusal> {
    keys::rotate(admin.app, Some(admin.person.id)).await?;
    Ok(admin.redirect("/admin/lti", Some("lti-rotated")))
}
