//! `/me/messages`: conversations that are relayed, and the forms that begin one.

use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{get, post};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::accounts::guards::{SignedIn, Staff};
use crate::directory::messages::{self, BODY_MAX, ConversationRow, REASONS, SUBJECT_MAX, To};
use crate::directory::profile;
use crate::ids::PersonId;
use crate::organisations;
use crate::web::i18n::{Lang, Locales};
use crate::web::people::{hue, initials};
use crate::web::{Fields, Html, Page, Refusal, Visitor};

fn id_of(text: &str) -> Result<Uuid, Refusal> {
    Uuid::try_parse(text).map_err(|_| Refusal::not_found())
}

/// Who the other is, as they are shown to `me`.
fn other(visitor: &Visitor<'_>, me: PersonId, row: &ConversationRow) -> (String, &'static str) {
    let gone = || {
        let key = "directory-somebody";
        visitor.app.pages.locales.plain(visitor.lang(), key, &[])
    };
    let name = if row.for_organisation && row.asker == me {
        row.organisation.clone()
    } else {
        row.other.clone()
    };
    let name = name.unwrap_or_else(gone);
    (name, hue(row.id))
}

#[derive(Serialize)]
struct ListPage {
    crumbs: Value,
    conversations: Vec<Value>,
}

impl Page for ListPage {
    const TEMPLATE: &'static str = "directory/messages";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "directory-messages", &[])
    }
}

fn account_crumb(visitor: &Visitor<'_>) -> Value {
    let locales = &visitor.app.pages.locales;
    let label = locales.text(visitor.lang(), "web-account", &[]);
    json!({ "href": visitor.href("/me"), "label": label })
}

#[get("/me/messages")]
pub(super) async fn list(me: SignedIn<'_>) -> Result<Html, Refusal> {
    let rows = messages::mine(me.app, me.person.id).await?;
    Ok(me.page(&ListPage {
        crumbs: json!([account_crumb(&me)]),
        conversations: rows
            .iter()
            .map(|row| {
                let (name, hue) = other(&me, me.person.id, row);
                json!({
                    "href_to": me.href(&format!("/me/messages/{}", row.id)),
                    "heading": row.subject,
                    "initials": initials(&name),
                    "name": name,
                    "hue": hue,
                    "at": row.active_at.micros(),
                    "unread": row.unread,
                })
            })
            .collect(),
    }))
}

#[derive(Serialize)]
struct ThreadPage {
    crumbs: Value,
    heading: String,
    id: Uuid,
    name: String,
    initials: String,
    hue: &'static str,
    messages: Vec<Value>,
    /// The other is there to be written to.
    open: bool,
    blocked: bool,
    /// I answer for this organisation.
    speaking_for: Option<String>,
    reasons: Vec<&'static str>,
    form: Value,
}

impl Page for ThreadPage {
    const TEMPLATE: &'static str = "directory/thread";
    fn title(&self, _: &Locales, _: Lang) -> String {
        self.heading.clone()
    }
}

async fn thread(me: &SignedIn<'_>, id: Uuid, fields: &Fields) -> Result<Html, Refusal> {
    let row = messages::one(me.app, me.person.id, id).await?;
    let lines = messages::read(me.app, me.person.id, id).await?;
    let (name, hue) = other(me, me.person.id, &row);
    let locales = &me.app.pages.locales;
    let list = locales.text(me.lang(), "directory-messages", &[]);
    Ok(me.page(&ThreadPage {
        crumbs: json!([account_crumb(me), { "href": me.href("/me/messages"), "label": list }]),
        messages: lines
            .iter()
            .map(|line| {
                json!({
                    "id": line.id,
                    "mine": line.author == me.person.id,
                    "text": line.hidden_at.is_none().then_some(&line.body),
                    "at": line.at.micros(),
                })
            })
            .collect(),
        open: row.other_id.is_some(),
        blocked: row.blocked > 0,
        speaking_for: match row.asked == me.person.id {
            true => row.organisation.clone(),
            false => None,
        },
        reasons: REASONS.into(),
        form: me.form(fields, &["body"]),
        initials: initials(&name),
        heading: row.subject,
        id,
        name,
        hue,
    }))
}

#[get("/me/messages/<id>")]
pub(super) async fn show(me: SignedIn<'_>, id: &str) -> Result<Html, Refusal> {
    thread(&me, id_of(id)?, &Fields::default()).await
}

/// A message out of a form.
fn body_of(fields: &mut Fields) -> String {
    let body = fields.prose("body", BODY_MAX);
    if body.is_empty() {
        fields.error("body", "required");
    }
    body
}

#[post("/me/messages/<id>", data = "<fields>")]
pub(super) async fn reply(
    me: SignedIn<'_>,
    id: &str,
    mut fields: Fields,
) -> Result<Result<Redirect, Html>, Refusal> {
    let id = id_of(id)?;
    let body = body_of(&mut fields);
    if !fields.is_valid() {
        let page = thread(&me, id, &fields).await?;
        return Ok(Err(page.status(Status::UnprocessableEntity)));
    }
    messages::reply(me.app, me.person, id, body).await?;
    let back = format!("/me/messages/{id}");
    Ok(Ok(me.redirect(&back, Some("message-sent"))))
}

/// `blocked=yes`: nothing more from the other reaches me.
#[post("/me/messages/<id>/block", data = "<fields>")]
pub(super) async fn block(me: SignedIn<'_>, id: &str, fields: Fields) -> Result<Redirect, Refusal> {
    let id = id_of(id)?;
    let row = messages::one(me.app, me.person.id, id).await?;
    let blocked = fields.raw("blocked") == "yes";
    messages::block(me.app, me.person.id, &row, blocked).await?;
    let done = if blocked { "blocked" } else { "unblocked" };
    Ok(me.redirect(&format!("/me/messages/{id}"), Some(done)))
}

#[post("/me/messages/<id>/report", data = "<fields>")]
pub(super) async fn report(
    me: SignedIn<'_>,
    id: &str,
    mut fields: Fields,
) -> Result<Redirect, Refusal> {
    let id = id_of(id)?;
    let message = id_of(fields.raw("message"))?;
    let reason = REASONS
        .into_iter()
        .find(|reason| *reason == fields.raw("reason"))
        .ok_or_else(|| Refusal::bad_request("bad-request"))?;
    let note = fields.prose("note", 1_000);
    messages::report(me.app, me.person.id, id, message, reason, note).await?;
    Ok(me.redirect(&format!("/me/messages/{id}"), Some("reported")))
}

#[derive(Serialize)]
struct WritePage {
    crumbs: Value,
    name: String,
    action: String,
    form: Value,
}

impl Page for WritePage {
    const TEMPLATE: &'static str = "directory/write";
    const NAV: &'static str = "organisations";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        let args = [("name", self.name.as_str().into())];
        locales.text(lang, "directory-write-to", &args)
    }
}

/// Whom the visitor may write to, with the name and the page they are shown under.
async fn person_of(me: &SignedIn<'_>, id: &str) -> Result<(To, String, String), Refusal> {
    let id = PersonId(id_of(id)?);
    let seen = profile::seen(me.app, me.person, id).await?;
    if id == me.person.id {
        return Err(Refusal::not_found());
    }
    let to = To {
        person: id,
        organisation: None,
    };
    Ok((to, seen.name, format!("/people/{id}")))
}

async fn organisation_of(me: &SignedIn<'_>, slug: &str) -> Result<(To, String, String), Refusal> {
    organisations::by_slug(me.app, slug)
        .await?
        .filter(|one| one.is_shown_to(Some(me.person)))
        .ok_or_else(Refusal::not_found)?;
    let to = messages::contact_of(me.app, slug)
        .await?
        .ok_or_else(|| Refusal::conflict("nobody-answers"))?;
    let name = to.organisation.as_ref().map(|(_, name)| name.clone());
    Ok((
        to,
        name.unwrap_or_default(),
        format!("/organisations/{slug}"),
    ))
}

fn form(me: &SignedIn<'_>, name: String, path: &str, fields: &Fields) -> Html {
    me.page(&WritePage {
        crumbs: json!([{ "href": me.href(path), "label": name }]),
        action: me.href(&format!("{path}/message")),
        form: me.form(fields, &["subject", "body"]),
        name,
    })
}

async fn send(
    me: &SignedIn<'_>,
    (to, name, path): (To, String, String),
    mut fields: Fields,
) -> Result<Result<Redirect, Html>, Refusal> {
    let subject = fields.line("subject", SUBJECT_MAX);
    let body = body_of(&mut fields);
    if !fields.is_valid() {
        let page = form(me, name, &path, &fields);
        return Ok(Err(page.status(Status::UnprocessableEntity)));
    }
    let id = messages::start(me.app, me.person, to, subject, body).await?;
    let back = format!("/me/messages/{id}");
    Ok(Ok(me.redirect(&back, Some("message-sent"))))
}

#[get("/people/<id>/message")]
pub(super) async fn to_person(me: SignedIn<'_>, id: &str) -> Result<Html, Refusal> {
    let (_, name, path) = person_of(&me, id).await?;
    Ok(form(&me, name, &path, &Fields::default()))
}

#[post("/people/<id>/message", data = "<fields>")]
pub(super) async fn send_to_person(
    me: SignedIn<'_>,
    id: &str,
    fields: Fields,
) -> Result<Result<Redirect, Html>, Refusal> {
    let to = person_of(&me, id).await?;
    send(&me, to, fields).await
}

#[get("/organisations/<slug>/message")]
pub(super) async fn to_organisation(me: SignedIn<'_>, slug: &str) -> Result<Html, Refusal> {
    let (_, name, path) = organisation_of(&me, slug).await?;
    Ok(form(&me, name, &path, &Fields::default()))
}

#[post("/organisations/<slug>/message", data = "<fields>")]
pub(super) async fn send_to_organisation(
    me: SignedIn<'_>,
    slug: &str,
    fields: Fields,
) -> Result<Result<Redirect, Html>, Refusal> {
    let to = organisation_of(&me, slug).await?;
    send(&me, to, fields).await
}

#[derive(Serialize)]
struct ReportsPage {
    crumbs: Value,
    reports: Vec<Value>,
}

impl Page for ReportsPage {
    const TEMPLATE: &'static str = "directory/reports";
    const NAV: &'static str = "admin";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "directory-reports", &[])
    }
}

/// Messages that were reported, for the programme's team.
#[get("/moderation/messages")]
pub(super) async fn reports(staff: Staff<'_>) -> Result<Html, Refusal> {
    let rows = messages::reports(staff.app).await?;
    let locales = &staff.app.pages.locales;
    let label = locales.text(staff.lang(), "spaces-moderation", &[]);
    Ok(staff.page(&ReportsPage {
        crumbs: json!([{ "href": staff.href("/moderation"), "label": label }]),
        reports: rows
            .into_iter()
            .map(|row| {
                json!({
                    "action": staff.href(&format!("/moderation/messages/{}", row.id)),
                    "author": row.author, "initials": initials(&row.author), "hue": hue(row.author_id.0),
                    "text": row.body, "reason": row.reason, "note": row.note, "by": row.reporter,
                    "at": row.at.micros(),
                })
            })
            .collect(),
    }))
}

#[post("/moderation/messages/<id>", data = "<fields>")]
pub(super) async fn decide(
    staff: Staff<'_>,
    id: &str,
    fields: Fields,
) -> Result<Redirect, Refusal> {
    let hide = match fields.raw("hide") {
        "yes" => true,
        "no" => false,
        _ => return Err(Refusal::bad_request("bad-request")),
    };
    messages::decide(staff.app, staff.person.id, id_of(id)?, hide).await?;
    Ok(staff.redirect("/moderation/messages", Some("saved")))
}
