//! `/admin/lti/<id>`: one registration: open or closed, whose learners, its deployments and
//! courses.

use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{Route, get, post, routes};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::super::platforms::{self, Edit, Platform};
use super::admin::{chosen, options};
use crate::accounts::guards::Admin;
use crate::ids::OrganisationId;
use crate::web::i18n::Locales;
use crate::web::{Fields, Html, Lang, Page, Refusal};

pub(super) fn routes() -> Vec<Route> {
    routes![show, edit, state, deployment, context]
}

#[derive(Serialize)]
struct Registration {
    crumbs: Value,
    id: Uuid,
    heading: String,
    version: String,
    state: String,
    facts: Vec<(&'static str, String)>,
    form: Value,
    lenient: bool,
    open_deployments: bool,
    guests: bool,
    organisations: Vec<Value>,
    /// What the fields of deployments and courses offer.
    all: Vec<Value>,
    deployments: Vec<Value>,
    contexts: Vec<Value>,
}

impl Page for Registration {
    const TEMPLATE: &'static str = "lti/platform";
    const NAV: &'static str = "admin";
    fn title(&self, _: &Locales, _: Lang) -> String {
        self.heading.clone()
    }
}

fn id(text: &str) -> Result<Uuid, Refusal> {
    Uuid::parse_str(text).map_err(|_| Refusal::not_found())
}

/// The organisation whose address was typed or picked; none: none.
async fn named(admin: &Admin<'_>, fields: &Fields) -> Result<Option<OrganisationId>, Refusal> {
    let slug = fields.raw("organisation").trim();
    if slug.is_empty() {
        return Ok(None);
    }
    let all = platforms::organisations(admin.app).await?;
    let found = all
        .into_iter()
        .find(|one| one.slug == slug || one.id.to_string() == slug);
    found
        .map(|one| Some(one.id))
        .ok_or_else(|| Refusal::unprocessable("lti-unknown-organisation"))
}

async fn page(admin: &Admin<'_>, platform: Platform, fields: &Fields) -> Result<Html, Refusal> {
    let app = admin.app;
    let title = app
        .pages
        .locales
        .plain(admin.lang(), "lti-admin-title", &[]);
    // Once for all: a platform has hundreds of courses, and there are hundreds of organisations.
    let all = platforms::organisations(app).await?;
    let slug = |id: Option<OrganisationId>| {
        let found = all.iter().find(|one| Some(one.id) == id);
        found.map_or("", |one| one.slug.as_str())
    };
    let mut deployments = Vec::new();
    for row in platforms::deployments(app, platform.id).await? {
        deployments.push(json!({
            "id": row.id, "name": row.deployment, "state": row.state,
            "organisation": slug(row.organisation),
        }));
    }
    let mut contexts = Vec::new();
    for row in platforms::contexts(app, platform.id).await? {
        contexts.push(json!({
            "id": row.id,
            "heading": if row.title.is_empty() { row.context } else { row.title },
            "organisation": slug(row.organisation),
        }));
    }
    let facts = if platform.version == "1.1" {
        vec![("lti-field-key", platform.client_id.clone())]
    } else {
        vec![
            ("lti-field-issuer", platform.issuer.clone()),
            ("lti-field-client-id", platform.client_id.clone()),
            ("lti-field-auth-url", platform.auth_url.clone()),
            ("lti-field-token-url", platform.token_url.clone()),
            ("lti-field-jwks-url", platform.jwks_url.clone()),
        ]
    };
    Ok(admin.page(&Registration {
        crumbs: json!([{ "href": admin.href("/admin/lti"), "label": title }]),
        id: platform.id,
        heading: platform.name.clone(),
        facts,
        form: admin.form(fields, &["name", "hosts", "organisation"]),
        lenient: platform.lenient,
        open_deployments: platform.open_deployments,
        guests: platform.guests,
        organisations: options(admin, &all, platform.organisation),
        all: all
            .iter()
            .map(|one| json!({ "slug": one.slug, "name": one.name }))
            .collect(),
        version: platform.version,
        state: platform.state,
        deployments,
        contexts,
    }))
}

#[get("/admin/lti/<platform>", rank = 3)]
async fn show(admin: Admin<'_>, platform: &str) -> Result<Html, Refusal> {
    let platform = platforms::get(admin.app, id(platform)?).await?;
    let mut fields = Fields::default();
    fields.fill("name", &platform.name);
    let hosts: Vec<&str> = platform
        .hosts
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    fields.fill("hosts", &hosts.join(" "));
    page(&admin, platform, &fields).await
}

#[post("/admin/lti/<platform>", data = "<fields>", rank = 3)]
async fn edit(
    admin: Admin<'_>,
    platform: &str,
    mut fields: Fields,
) -> Result<Result<Redirect, Html>, Refusal> {
    let platform = platforms::get(admin.app, id(platform)?).await?;
    let change = Edit {
        name: fields.line("name", platforms::NAME_MAX),
        hosts: fields.optional_line("hosts", 1000),
        organisation: chosen(&fields, "organisation")?,
        lenient: fields.ticked("lenient"),
        open_deployments: fields.ticked("open_deployments"),
        guests: fields.ticked("guests"),
    };
    if platforms::hosts(&change.hosts).is_none() {
        fields.error("hosts", "address");
    }
    if !fields.is_valid() {
        let page = page(&admin, platform, &fields).await?;
        return Ok(Err(page.status(Status::UnprocessableEntity)));
    }
    platforms::edit(admin.app, admin.person.id, platform.id, change).await?;
    Ok(Ok(admin.redirect(
        &format!("/admin/lti/{}", platform.id),
        Some("saved"),
    )))
}

#[post("/admin/lti/<platform>/state", data = "<fields>")]
async fn state(admin: Admin<'_>, platform: &str, fields: Fields) -> Result<Redirect, Refusal> {
    let platform = platforms::get(admin.app, id(platform)?).await?;
    let active = match fields.raw("state") {
        "active" => true,
        "closed" => false,
        _ => return Err(Refusal::bad_request("bad-request")),
    };
    platforms::set_active(admin.app, admin.person.id, platform.id, active).await?;
    Ok(admin.redirect(&format!("/admin/lti/{}", platform.id), Some("saved")))
}

#[post(
    "/admin/lti/<platform>/deployments/<deployment>",
    data = "<fields>",
    rank = 3
)]
async fn deployment(
    admin: Admin<'_>,
    platform: &str,
    deployment: &str,
    fields: Fields,
) -> Result<Redirect, Refusal> {
    let (platform, deployment) = (id(platform)?, id(deployment)?);
    let state = match fields.raw("state") {
        "closed" => "closed",
        _ => "active",
    };
    let organisation = named(&admin, &fields).await?;
    let by = Some(admin.person.id);
    if !platforms::edit_deployment(admin.app, by, platform, deployment, organisation, state).await?
    {
        return Err(Refusal::not_found());
    }
    Ok(admin.redirect(&format!("/admin/lti/{platform}"), Some("saved")))
}

#[post(
    "/admin/lti/<platform>/contexts/<context>",
    data = "<fields>",
    rank = 3
)]
async fn context(
    admin: Admin<'_>,
    platform: &str,
    context: &str,
    fields: Fields,
) -> Result<Redirect, Refusal> {
    let (platform, context) = (id(platform)?, id(context)?);
    let organisation = named(&admin, &fields).await?;
    let by = Some(admin.person.id);
    if !platforms::map_context(admin.app, by, platform, context, organisation).await? {
        return Err(Refusal::not_found());
    }
    Ok(admin.redirect(&format!("/admin/lti/{platform}"), Some("saved")))
}
