//! The seats of an organisation in a seminar: its coordinator reserves some, names people to them
//! later, or waits for several together.

use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{get, post};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::accounts::guards::SignedIn;
use crate::clock::Timestamp;
use crate::organisations::{self, OrgScope, Organisation};
use crate::seminars::seats::GROUP_MAX;
use crate::seminars::{self, Naming, SeminarRow};
use crate::web::i18n::{Lang, Locales};
use crate::web::people::{hue, initials};
use crate::web::{Fields, Html, Page, Refusal};

#[derive(Serialize)]
struct GroupPage {
    crumbs: Vec<Value>,
    heading: String,
    organisation: String,
    starts_at: Timestamp,
    seats_left: i64,
    open: bool,
    reservations: Vec<ReservationLine>,
    /// Seats together that are waited for, or offered.
    entry: Option<EntryLine>,
    alert: Option<Value>,
    form: Value,
}

#[derive(Serialize)]
struct ReservationLine {
    id: String,
    seats: i64,
    unnamed: i64,
    name_by: Timestamp,
    people: Vec<Value>,
    /// Members who can still be named.
    members: Vec<Value>,
}

#[derive(Serialize)]
struct EntryLine {
    id: String,
    seats: i64,
    place: i64,
    until: Option<Timestamp>,
}

impl Page for GroupPage {
    const TEMPLATE: &'static str = "seminars/group";
    const NAV: &'static str = "seminars";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(
            lang,
            "seminars-group-title",
            &[("name", json!(self.heading))],
        )
    }
}

/// Whose seats, in which seminar.
struct At {
    organisation: Organisation,
    scope: OrgScope,
    seminar: SeminarRow,
}

impl At {
    async fn find(me: &SignedIn<'_>, slug: &str, name: &str) -> Result<At, Refusal> {
        let organisation = organisations::by_slug(me.app, slug)
            .await?
            .ok_or_else(Refusal::not_found)?;
        Ok(At {
            scope: OrgScope::of(me.person, &organisation)?,
            organisation,
            seminar: seminars::by_slug(me.app, name).await?,
        })
    }

    fn path(&self) -> String {
        format!(
            "/organisations/{}/seminars/{}",
            self.organisation.slug, self.seminar.slug
        )
    }
}

/// The page: for coordinators of the organisation, the staff of its region, administrators.
#[get("/organisations/<slug>/seminars/<name>")]
pub(super) async fn page(me: SignedIn<'_>, slug: &str, name: &str) -> Result<Html, Refusal> {
    let at = At::find(&me, slug, name).await?;
    show(&me, at, &Fields::default(), None).await
}

async fn show(
    me: &SignedIn<'_>,
    at: At,
    fields: &Fields,
    refused: Option<Refusal>,
) -> Result<Html, Refusal> {
    let app = me.app;
    let lang = me.lang();
    let locales = &app.pages.locales;
    let id = at.scope.organisation();
    let (found, entry) = seminars::reservations(app, at.seminar.id, id).await?;
    let members = seminars::members(app, at.scope).await?;
    let named: Vec<_> = found.iter().flat_map(|(_, named)| named).collect();
    let free = members
        .iter()
        .filter(|member| named.iter().all(|n| n.person != member.id) && !member.email.is_empty());
    let free: Vec<Value> = free
        .map(|member| json!({ "value": member.email, "label": member.name }))
        .collect();
    let reservations = found.iter().map(|(row, named)| ReservationLine {
        id: row.id.to_string(),
        seats: row.seats,
        unnamed: row.seats - row.named,
        name_by: row.name_by,
        people: named
            .iter()
            .map(|n| json!({ "name": n.name, "initials": initials(&n.name), "hue": hue(n.person.0), "note": null }))
            .collect(),
        members: free.clone(),
    });
    let entry = match entry {
        None => None,
        Some(entry) => Some(EntryLine {
            id: entry.id.to_string(),
            seats: entry.seats,
            place: seminars::place_of(app, at.seminar.id, entry.id).await?,
            until: entry.confirm_by.filter(|_| entry.state == "offered"),
        }),
    };
    let html = me.page(&GroupPage {
        crumbs: vec![
            json!({ "href": me.href("/seminars"), "label": locales.text(lang, "seminars-title", &[]) }),
            json!({ "href": me.href(&format!("/seminars/{}", at.seminar.slug)), "label": at.seminar.title }),
        ],
        starts_at: at.seminar.starts_at,
        seats_left: at.seminar.seats_left(),
        open: at.seminar.closed(me.now).is_none(),
        reservations: reservations.collect(),
        entry,
        alert: refused.as_ref().map(|refusal| {
            let body = format!("error-{}-body", refusal.code);
            json!({ "kind": "warn", "text": locales.text(lang, &body, &refusal.args) })
        }),
        form: me.form(fields, &["seats", "email"]),
        organisation: at.organisation.name,
        heading: at.seminar.title,
    });
    Ok(match (&refused, fields.is_valid()) {
        (Some(refusal), _) => html.status(refusal.status),
        (None, false) => html.status(Status::UnprocessableEntity),
        (None, true) => html,
    })
}

/// What the page's forms ask for (`act`): `reserve` or `wait` for `seats`, `name` a member (`email`)
/// to the reservation `id`, `release` what has no name, `accept` or `leave` the entry `id`.
#[post("/organisations/<slug>/seminars/<name>", data = "<fields>")]
pub(super) async fn act(
    me: SignedIn<'_>,
    slug: &str,
    name: &str,
    mut fields: Fields,
) -> Result<Result<Redirect, Html>, Refusal> {
    let at = At::find(&me, slug, name).await?;
    let done = match carry_out(&me, &at, &mut fields).await {
        Ok(done) if fields.is_valid() => done,
        Ok(_) => return Ok(Err(show(&me, at, &fields, None).await?)),
        Err(refusal) if refusal.status == Status::Conflict => {
            let at = At::find(&me, slug, name).await?;
            return Ok(Err(show(&me, at, &fields, Some(refusal)).await?));
        }
        Err(refusal) => return Err(refusal),
    };
    Ok(Ok(me.redirect(&at.path(), Some(done))))
}

async fn carry_out(
    me: &SignedIn<'_>,
    at: &At,
    fields: &mut Fields,
) -> Result<&'static str, Refusal> {
    let (app, seminar) = (me.app, at.seminar.id);
    let organisation = at.scope.organisation();
    let id = Uuid::try_parse(fields.raw("id")).unwrap_or_default();
    let ours = move |entry: &seminars::EntryRow| entry.organisation == Some(organisation);
    match fields.raw("act").to_owned().as_str() {
        "name" => {
            let email = fields.line("email", 254);
            let member = seminars::members(app, at.scope)
                .await?
                .into_iter()
                .find(|m| m.email == email);
            let Some(member) = member else {
                fields.error("email", "choice");
                return Ok("");
            };
            let naming = Naming {
                reservation: id,
                organisation,
                person: member.id,
            };
            seminars::name_seat(app, seminar, naming).await?;
            Ok("seat-named")
        }
        "release" => {
            seminars::release(app, seminar, organisation, id).await?;
            Ok("seats-released")
        }
        "accept" => {
            seminars::take_group_offer(app, seminar, id, ours).await?;
            Ok("seats-reserved")
        }
        "leave" => {
            seminars::leave(app, seminar, id, ours).await?;
            Ok("waiting-left")
        }
        act => {
            let seats = fields.integer("seats", 1..=GROUP_MAX);
            if !fields.is_valid() {
                return Ok("");
            }
            if act == "wait" {
                seminars::wait_as_group(app, seminar, organisation, me.person.id, seats).await?;
                return Ok("waiting-joined");
            }
            seminars::reserve(app, seminar, organisation, me.person.id, seats).await?;
            Ok("seats-reserved")
        }
    }
}
