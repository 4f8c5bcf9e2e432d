//! Ways to invite: a link with its QR code, a list of addresses; and what waits.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rocket::form::{Errors, Form};
use rocket::fs::TempFile;
use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{FromForm, Route, get, post, routes};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::members::scoped;
use super::{crumbs, tabs};
use crate::accounts::guards::SignedIn;
use crate::organisations::invitations::{self, Guest, Row, Sent, Wrong};
use crate::organisations::{OrgScope, Organisation};
use crate::web::i18n::{Lang, Locales};
use crate::web::{Fields, Html, Page, Refusal};

/// Bytes of a list at most.
const SHEET_MAX: u64 = 2 << 20;
/// Lines that are answered one by one; the others are counted.
const SHOWN_MAX: usize = 1_000;

pub(super) fn routes() -> Vec<Route> {
    routes![page, upload, link, revoke]
}

#[derive(Serialize)]
struct InvitationsPage {
    crumbs: Value,
    tabs: Value,
    heading: String,
    slug: String,
    links: Vec<Value>,
    form: Value,
    /// What a list was answered; none: nothing was uploaded.
    answer: Option<Value>,
    /// Why a list could not be read.
    unreadable: Option<&'static str>,
}

impl Page for InvitationsPage {
    const TEMPLATE: &'static str = "organisations/invitations";
    const NAV: &'static str = "organisations";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "organisations-invitations", &[])
    }
}

/// A QR code as the address of a picture.
fn picture(text: &str) -> Result<String, Refusal> {
    let code = qrcode::QrCode::new(text.as_bytes()).map_err(|error| {
        tracing::error!(%error, "QR code");
        Refusal::new(Status::InternalServerError, "internal")
    })?;
    let svg = code
        .render::<qrcode::render::svg::Color<'_>>()
        .min_dimensions(240, 240)
        .build();
    Ok(format!(
        "data:image/svg+xml;base64,{}",
        STANDARD.encode(svg)
    ))
}

async fn show(
    me: &SignedIn<'_>,
    organisation: Organisation,
    scope: OrgScope,
    fields: &Fields,
    answer: Option<Value>,
    unreadable: Option<&'static str>,
) -> Result<Html, Refusal> {
    let mut links = Vec::new();
    for link in invitations::links(me.app, scope).await? {
        let url = format!("{}{}", me.app.config.public_url, me.href(&link.path));
        links.push(json!({
            "id": link.id,
            "picture": picture(&url)?,
            "url": url,
            "uses": link.uses,
            "uses_max": link.uses_max,
            "until": link.expires_at.micros(),
        }));
    }
    Ok(me.page(&InvitationsPage {
        crumbs: crumbs(me),
        tabs: tabs(me, &organisation, "members"),
        heading: organisation.name,
        slug: organisation.slug,
        links,
        form: me.form(fields, &["uses", "days"]),
        answer,
        unreadable,
    }))
}

fn fresh() -> Fields {
    let mut fields = Fields::default();
    fields.fill("uses", "20");
    fields.fill("days", "14");
    fields
}

#[get("/organisations/<slug>/invitations")]
async fn page(me: SignedIn<'_>, slug: &str) -> Result<Html, Refusal> {
    let (organisation, scope) = scoped(&me, slug).await?;
    show(&me, organisation, scope, &fresh(), None, None).await
}

#[post("/organisations/<slug>/invitations/link", data = "<fields>")]
async fn link(
    me: SignedIn<'_>,
    slug: &str,
    mut fields: Fields,
) -> Result<Result<Redirect, Html>, Refusal> {
    let (organisation, scope) = scoped(&me, slug).await?;
    let uses = fields.integer("uses", 1..=200);
    let days = fields.integer("days", 1..=90);
    if !fields.is_valid() {
        let page = show(&me, organisation, scope, &fields, None, None).await?;
        return Ok(Err(page.status(Status::UnprocessableEntity)));
    }
    invitations::add_link(me.app, scope, me.person.id, uses, days).await?;
    let back = format!("/organisations/{slug}/invitations");
    Ok(Ok(me.redirect(&back, Some("link-made"))))
}

/// An invitation or a link is worth nothing any more.
#[post("/invitations/<id>/revoke")]
async fn revoke(me: SignedIn<'_>, id: &str) -> Result<Redirect, Refusal> {
    let id = Uuid::try_parse(id).map_err(|_| Refusal::not_found())?;
    let organisation = invitations::organisation_of(me.app, id)
        .await?
        .ok_or_else(Refusal::not_found)?;
    let slug = crate::organisations::slug_of_any(me.app, organisation).await?;
    let (organisation, _) = scoped(&me, &slug).await?;
    invitations::revoke(me.app, me.person.id, id).await?;
    let back = format!("/organisations/{}/members", organisation.slug);
    Ok(me.redirect(&back, Some("revoked")))
}

/// A list of people.
#[derive(FromForm)]
struct Sheet<'r> {
    file: TempFile<'r>,
    language: Option<String>,
}

async fn bytes(file: &TempFile<'_>) -> Result<Option<Vec<u8>>, Refusal> {
    use tokio::io::AsyncReadExt;
    if file.len() > SHEET_MAX {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    let mut source = file.open().await.map_err(|error| {
        tracing::warn!(%error, "an uploaded list");
        Refusal::bad_request("bad-request")
    })?;
    source
        .read_to_end(&mut bytes)
        .await
        .map_err(|_| Refusal::bad_request("bad-request"))?;
    Ok(Some(bytes))
}

fn code(row: &Row, sent: Option<Sent>) -> &'static str {
    match (row.wrong, sent) {
        (Some(Wrong::NoAddress), _) => "no-address",
        (Some(Wrong::Address), _) => "address",
        (Some(Wrong::Name), _) => "name",
        (Some(Wrong::Twice), _) => "twice",
        (None, Some(sent)) => sent.code(),
        (None, None) => "address",
    }
}

/// Every line is answered; what can be sent is sent.
#[post("/organisations/<slug>/invitations", data = "<sheet>")]
async fn upload(
    me: SignedIn<'_>,
    slug: &str,
    sheet: Result<Form<Sheet<'_>>, Errors<'_>>,
) -> Result<Html, Refusal> {
    // What is wrong with a form is not looked at before one knows who sends it.
    let sheet = sheet.ok();
    let (organisation, scope) = scoped(&me, slug).await?;
    let read = match &sheet {
        Some(sheet) => match bytes(&sheet.file).await? {
            Some(bytes) => invitations::read_sheet(&bytes).map_err(|error| error.code()),
            None => Err("sheet-too-long"),
        },
        None => Err("sheet-empty"),
    };
    let rows = match read {
        Ok(rows) => rows,
        Err(code) => {
            let page = show(&me, organisation, scope, &fresh(), None, Some(code)).await?;
            return Ok(page.status(Status::UnprocessableEntity));
        }
    };
    let language = sheet
        .as_ref()
        .and_then(|sheet| Lang::from_code(sheet.language.as_deref()?))
        .unwrap_or(me.lang());
    let guests: Vec<Guest> = rows
        .iter()
        .filter(|row| row.wrong.is_none())
        .map(|row| Guest {
            email: row.email.clone(),
            name: row.name.clone(),
            language: row.language.unwrap_or(language),
        })
        .collect();
    let mut answers = invitations::invite(me.app, scope, me.person, guests)
        .await?
        .into_iter();
    let codes: Vec<&'static str> = rows
        .iter()
        .map(|row| {
            let sent = match row.wrong {
                None => answers.next(),
                Some(_) => None,
            };
            code(row, sent)
        })
        .collect();
    let sent = codes.iter().filter(|code| **code == "sent").count();
    let lines: Vec<Value> = rows
        .iter()
        .zip(&codes)
        .take(SHOWN_MAX)
        .map(|(row, code)| {
            let hue = match *code {
                "sent" => "good",
                "waiting" | "member" | "declined" | "twice" => "info",
                _ => "bad",
            };
            json!({ "line": row.number, "email": row.email, "name": row.name, "code": code, "hue": hue })
        })
        .collect();
    let answer = json!({
        "sent": sent,
        "all": rows.len(),
        "lines": lines,
        "more": rows.len().saturating_sub(SHOWN_MAX),
    });
    show(&me, organisation, scope, &fresh(), Some(answer), None).await
}
