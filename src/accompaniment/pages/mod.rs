//! The page of an organisation's accompaniment.

use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{Route, get, post, routes};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::accompaniment::{self, KINDS, Note};
use crate::accounts::guards::{SignedIn, Staff};
use crate::clock::Timestamp;
use crate::organisations::{self, OrgScope, Organisation, may_administer};
use crate::web::i18n::{Lang, Locales};
use crate::web::{Fields, Html, Page, Refusal};

/// Longest note, in characters.
const BODY_MAX: usize = 4_000;
/// Longest step, in characters.
const STEP_MAX: usize = 300;

pub(super) fn routes() -> Vec<Route> {
    routes![page, add, done]
}

#[derive(Serialize)]
struct AccompanimentPage {
    crumbs: Vec<Value>,
    tabs: Value,
    heading: String,
    notes: Vec<NoteLine>,
    may_note: bool,
    form: Value,
    kinds: Vec<Value>,
    refused: bool,
    action: String,
    done_href: String,
}

#[derive(Serialize)]
struct NoteLine {
    id: String,
    kind: String,
    hue: &'static str,
    held_at: Timestamp,
    paragraphs: Vec<String>,
    next_step: String,
    due_at: Option<Timestamp>,
    done_at: Option<Timestamp>,
    made_by: String,
}

impl Page for AccompanimentPage {
    const TEMPLATE: &'static str = "accompaniment/page";
    const NAV: &'static str = "organisations";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "accompaniment-of", &[("name", json!(self.heading))])
    }
}

async fn find(me: &crate::web::Visitor<'_>, slug: &str) -> Result<Organisation, Refusal> {
    organisations::by_slug(me.app, slug)
        .await?
        .ok_or_else(Refusal::not_found)
}

async fn show(
    me: &crate::web::Visitor<'_>,
    person: &crate::accounts::Person,
    organisation: Organisation,
    fields: &Fields,
) -> Result<Html, Refusal> {
    let scope = OrgScope::of(person, &organisation)?;
    let locales = &me.app.pages.locales;
    let lang = me.lang();
    let word = |kind: &str| locales.plain(lang, &format!("accompaniment-{kind}"), &[]);
    let notes = accompaniment::notes(me.app, scope).await?;
    let notes = notes.into_iter().map(|row| NoteLine {
        id: row.id.to_string(),
        kind: word(&row.kind),
        hue: match row.kind.as_str() {
            "visit" => "turquoise",
            "advice" => "olive",
            _ => "blue",
        },
        held_at: row.held_at,
        paragraphs: row
            .body
            .split('\n')
            .map(str::to_owned)
            .filter(|p| !p.trim().is_empty())
            .collect(),
        next_step: row.next_step,
        due_at: row.due_at,
        done_at: row.done_at,
        made_by: row.made_by,
    });
    let path = format!("/organisations/{}/accompaniment", organisation.slug);
    let kind = fields.raw("kind");
    Ok(me.page(&AccompanimentPage {
        crumbs: vec![json!({
            "href": me.href("/organisations"),
            "label": locales.text(lang, "web-nav-organisations", &[]),
        })],
        tabs: organisations::tabs(me, &organisation, "accompaniment"),
        notes: notes.collect(),
        may_note: may_administer(person, organisation.region.as_deref()),
        form: me.form(fields, &["kind", "held", "body", "next", "due"]),
        kinds: KINDS
            .iter()
            .map(|k| json!({ "value": k, "label": word(k), "selected": *k == kind }))
            .collect(),
        refused: !fields.is_valid(),
        action: me.href(&path),
        done_href: me.href(&format!("{path}/done")),
        heading: organisation.name,
    }))
}

/// The page: for coordinators of the organisation, the staff of its region, administrators; for
/// everybody else it does not exist.
#[get("/organisations/<slug>/accompaniment")]
async fn page(me: SignedIn<'_>, slug: &str) -> Result<Html, Refusal> {
    let organisation = find(&me, slug).await?;
    let mut fields = Fields::default();
    let local = me.now.utc().with_timezone(&me.app.pages.time_zone());
    fields.fill("held", &local.format("%Y-%m-%dT%H:%M").to_string());
    show(&me, me.person, organisation, &fields).await
}

/// Notes a visit or a piece of advice: the staff of the region.
#[post("/organisations/<slug>/accompaniment", data = "<fields>")]
async fn add(
    staff: Staff<'_>,
    slug: &str,
    mut fields: Fields,
) -> Result<Result<Redirect, Html>, Refusal> {
    let organisation = find(&staff, slug).await?;
    let scope = OrgScope::of(staff.person, &organisation)?;
    if !may_administer(staff.person, organisation.region.as_deref()) {
        return Err(Refusal::not_found());
    }
    let zone = staff.app.pages.time_zone();
    let kind = KINDS.into_iter().find(|kind| *kind == fields.raw("kind"));
    if kind.is_none() {
        fields.error("kind", "choice");
    }
    let note = Note {
        kind: kind.unwrap_or("visit"),
        held_at: fields.moment("held", zone),
        body: fields.prose("body", BODY_MAX),
        next_step: fields.optional_line("next", STEP_MAX),
        due_at: match fields.raw("due").is_empty() {
            true => None,
            false => Some(fields.moment("due", zone)),
        },
        by: staff.person.id,
    };
    if note.body.is_empty() {
        fields.error("body", "required");
    }
    if !fields.is_valid() {
        let html = show(&staff, staff.person, organisation, &fields).await?;
        return Ok(Err(html.status(Status::UnprocessableEntity)));
    }
    accompaniment::note(staff.app, scope, note).await?;
    let path = format!("/organisations/{slug}/accompaniment");
    Ok(Ok(staff.redirect(&path, Some("accompaniment-noted"))))
}

/// Says that a next step is done: the organisation or the staff.
#[post("/organisations/<slug>/accompaniment/done", data = "<fields>")]
async fn done(me: SignedIn<'_>, slug: &str, fields: Fields) -> Result<Redirect, Refusal> {
    let organisation = find(&me, slug).await?;
    let scope = OrgScope::of(me.person, &organisation)?;
    let path = format!("/organisations/{slug}/accompaniment");
    let id = Uuid::try_parse(fields.raw("id")).unwrap_or_default();
    let changed = accompaniment::done(me.app, scope, id).await?;
    Ok(me.redirect(&path, changed.then_some("accompaniment-done")))
}
