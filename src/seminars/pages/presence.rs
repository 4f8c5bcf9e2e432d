//! Presence: the room's screen, the list of the staff, the page on which people say that they are
//! there, and attestations.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rocket::http::{ContentType, Header, Status};
use rocket::response::{Redirect, Responder, Response};
use rocket::{Request, get, post};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::edit::organised;
use crate::accounts::guards::{SignedIn, Staff};
use crate::clock::Timestamp;
use crate::ids::PersonId;
use crate::seminars::presence::{self, Attestation, Shown, Ticks};
use crate::seminars::programme::{self, MeetingRow};
use crate::seminars::{self, SeminarRow, words};
use crate::web::i18n::{Lang, Locales};
use crate::web::people::{hue, initials};
use crate::web::{Fields, Html, Json, Page, Refusal, Visitor, json};

/// A QR code as the address of a picture.
fn picture(text: &str) -> Result<String, Refusal> {
    let code = qrcode::QrCode::new(text.as_bytes()).map_err(|error| {
        tracing::error!(%error, "QR code");
        Refusal::new(Status::InternalServerError, "internal")
    })?;
    let svg = code
        .render::<qrcode::render::svg::Color<'_>>()
        .min_dimensions(320, 320)
        .build();
    Ok(format!(
        "data:image/svg+xml;base64,{}",
        STANDARD.encode(svg)
    ))
}

/// The meeting that is asked for, the one that is on now, the next one, or the last.
fn chosen<'a>(
    meetings: &'a [MeetingRow],
    asked: Option<&str>,
    now: Timestamp,
) -> Result<&'a MeetingRow, Refusal> {
    let asked = asked.and_then(|id| meetings.iter().find(|m| m.id.to_string() == id));
    asked
        .or_else(|| presence::on_now(meetings, now))
        .or_else(|| meetings.iter().find(|m| m.ends_at > now))
        .or_else(|| meetings.last())
        .ok_or_else(Refusal::not_found)
}

pub(super) fn crumbs(visitor: &Visitor<'_>, seminar: &SeminarRow) -> Vec<Value> {
    let text = visitor
        .app
        .pages
        .locales
        .text(visitor.lang(), "seminars-title", &[]);
    let path = format!("/seminars/{}", seminar.slug);
    vec![
        json!({ "href": visitor.href("/seminars"), "label": text }),
        json!({ "href": visitor.href(&path), "label": seminar.title }),
    ]
}

#[derive(Serialize)]
struct RosterPage {
    crumbs: Vec<Value>,
    heading: String,
    slug: String,
    meeting: String,
    starts_at: Timestamp,
    place: String,
    meetings: Vec<Value>,
    rows: Vec<Value>,
    /// Somebody's name is left out on paper.
    any_resting: bool,
    present: usize,
    screen_href: String,
}

impl Page for RosterPage {
    const TEMPLATE: &'static str = "seminars/presence";
    const NAV: &'static str = "seminars";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "presence-of", &[("name", json!(self.heading))])
    }
}

/// The list of the staff: ticked here, with or without a script or a line, and printed for the pen.
#[get("/seminars/<slug>/presence?<meeting>")]
pub(super) async fn list(
    staff: Staff<'_>,
    slug: &str,
    meeting: Option<&str>,
) -> Result<Html, Refusal> {
    let seminar = organised(&staff, slug).await?;
    let meetings = programme::meetings(staff.app, seminar.id).await?;
    let chosen = chosen(&meetings, meeting, staff.now)?;
    let roster = presence::roster(staff.app, seminar.id, chosen.id).await?;
    let path = format!("/seminars/{}", seminar.slug);
    let zone = staff.app.pages.time_zone();
    let tabs = meetings.iter().map(|m| {
        let local = m.starts_at.utc().with_timezone(&zone);
        json!({
            "href": staff.href(&format!("{path}/presence?meeting={}", m.id)),
            "label": local.format("%d/%m %H:%M").to_string(),
            "current": m.id == chosen.id,
        })
    });
    Ok(staff.page(&RosterPage {
        crumbs: crumbs(&staff, &seminar),
        slug: seminar.slug.clone(),
        meeting: chosen.id.to_string(),
        starts_at: chosen.starts_at,
        place: chosen.place.clone(),
        meetings: tabs.collect(),
        present: roster.iter().filter(|row| row.present > 0).count(),
        any_resting: roster.iter().any(|row| row.resting > 0),
        rows: roster
            .iter()
            .map(|row| {
                json!({
                    "id": row.person, "name": row.name, "note": row.organisation,
                    "initials": initials(&row.name), "hue": hue(row.person.0),
                    "present": row.present > 0, "resting": row.resting > 0,
                })
            })
            .collect(),
        screen_href: staff.href(&format!("{path}/screen?meeting={}", chosen.id)),
        heading: seminar.title,
    }))
}

/// The list, as a form without a script sends it.
#[post("/seminars/<slug>/presence", data = "<fields>")]
pub(super) async fn tick(
    staff: Staff<'_>,
    slug: &str,
    fields: Fields,
) -> Result<Redirect, Refusal> {
    let seminar = organised(&staff, slug).await?;
    let meetings = programme::meetings(staff.app, seminar.id).await?;
    let path = format!("/seminars/{slug}/presence");
    let asked = meetings
        .iter()
        .find(|m| m.id.to_string() == fields.raw("meeting"));
    let Some(meeting) = asked else {
        return Ok(staff.redirect(&path, None));
    };
    let present = fields.all("present").iter();
    let present: Vec<PersonId> = present
        .filter_map(|id| Uuid::try_parse(id).ok().map(PersonId))
        .collect();
    presence::write_list(staff.app, &seminar, meeting.id, staff.person.id, present).await?;
    let path = format!("{path}?meeting={}", meeting.id);
    Ok(staff.redirect(&path, Some("presence-kept")))
}

/// The ticks of a page that had no line; answers which number is expected next.
#[post("/seminars/<slug>/presence/ticks", data = "<body>")]
pub(super) async fn ticks(
    staff: Staff<'_>,
    slug: &str,
    body: Vec<u8>,
) -> Result<Json<Value>, Refusal> {
    let seminar = organised(&staff, slug).await?;
    let ticks: Ticks = json::read(&body)?;
    let next = presence::take(staff.app, &seminar, staff.person.id, ticks).await?;
    Ok(Json::ok(json!({ "next": next })))
}

/// A page that the browser asks for again by itself.
pub(super) struct Turning(Html);

impl<'r> Responder<'r, 'static> for Turning {
    fn respond_to(self, request: &'r Request<'_>) -> rocket::response::Result<'static> {
        let mut response = Response::build_from(self.0.respond_to(request)?);
        response.header(Header::new(
            "Refresh",
            (presence::TURN_SECONDS - 5).to_string(),
        ));
        response.ok()
    }
}

#[derive(Serialize)]
struct ScreenPage {
    heading: String,
    picture: String,
    code: String,
    present: usize,
    seats: usize,
}

impl Page for ScreenPage {
    const TEMPLATE: &'static str = "seminars/screen";
    const NAV: &'static str = "seminars";
    fn title(&self, _: &Locales, _: Lang) -> String {
        self.heading.clone()
    }
}

/// The room's screen: a picture to scan and letters to type, new ones all the time.
#[get("/seminars/<slug>/screen?<meeting>")]
pub(super) async fn screen(
    staff: Staff<'_>,
    slug: &str,
    meeting: Option<&str>,
) -> Result<Turning, Refusal> {
    let seminar = organised(&staff, slug).await?;
    let meetings = programme::meetings(staff.app, seminar.id).await?;
    let meeting = chosen(&meetings, meeting, staff.now)?;
    let roster = presence::roster(staff.app, seminar.id, meeting.id).await?;
    let (turn, signature) = presence::turning(staff.app, meeting.id, staff.now);
    let base = staff.app.config.public_url.as_str().trim_end_matches('/');
    let address = format!(
        "{base}/seminars/{}/here?meeting={}&turn={turn}&sign={signature}",
        seminar.slug,
        meeting.id.simple()
    );
    Ok(Turning(staff.page(&ScreenPage {
        picture: picture(&address)?,
        code: presence::code(staff.app, meeting.id, staff.now),
        present: roster.iter().filter(|row| row.present > 0).count(),
        seats: roster.len(),
        heading: seminar.title,
    })))
}

#[derive(Serialize)]
struct HerePage {
    crumbs: Vec<Value>,
    heading: String,
    /// The meeting that is on, where one is.
    meeting: Option<String>,
    turn: String,
    sign: String,
    alert: Option<Value>,
}

impl Page for HerePage {
    const TEMPLATE: &'static str = "seminars/here";
    const NAV: &'static str = "seminars";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "presence-here", &[])
    }
}

async fn here_page(
    me: &SignedIn<'_>,
    seminar: &SeminarRow,
    scanned: (&str, &str, &str),
    refused: Option<Refusal>,
) -> Result<Html, Refusal> {
    let meetings = programme::meetings(me.app, seminar.id).await?;
    let (asked, turn, sign) = scanned;
    let asked = Uuid::try_parse(asked).ok();
    let on = meetings
        .iter()
        .find(|m| Some(m.id) == asked)
        .or_else(|| presence::on_now(&meetings, me.now));
    let locales = &me.app.pages.locales;
    let html = me.page(&HerePage {
        crumbs: crumbs(me, seminar),
        heading: seminar.title.clone(),
        meeting: on.map(|m| m.id.to_string()),
        turn: turn.to_owned(),
        sign: sign.to_owned(),
        alert: refused.as_ref().map(|refusal| {
            let body = format!("error-{}-body", refusal.code);
            json!({ "kind": "warn", "text": locales.text(me.lang(), &body, &refusal.args) })
        }),
    });
    Ok(match refused {
        Some(refusal) => html.status(refusal.status),
        None => html,
    })
}

/// Where the scanned picture leads: one button; without it, a field for the letters.
#[get("/seminars/<slug>/here?<meeting>&<turn>&<sign>")]
pub(super) async fn here(
    me: SignedIn<'_>,
    slug: &str,
    meeting: Option<&str>,
    turn: Option<&str>,
    sign: Option<&str>,
) -> Result<Html, Refusal> {
    let seminar = seminars::by_slug(me.app, slug).await?;
    let scanned = (
        meeting.unwrap_or_default(),
        turn.unwrap_or_default(),
        sign.unwrap_or_default(),
    );
    here_page(&me, &seminar, scanned, None).await
}

/// Says that one is there.
#[post("/seminars/<slug>/here", data = "<fields>")]
pub(super) async fn say(
    me: SignedIn<'_>,
    slug: &str,
    fields: Fields,
) -> Result<Result<Redirect, Html>, Refusal> {
    let seminar = seminars::by_slug(me.app, slug).await?;
    let meeting = Uuid::try_parse(fields.raw("meeting")).unwrap_or_default();
    let shown = match fields.raw("turn").parse() {
        Ok(turn) => Shown::Picture(turn, fields.raw("sign").to_owned()),
        Err(_) => Shown::Letters(fields.raw("code").to_owned()),
    };
    match presence::say_present(me.app, &seminar, meeting, me.person.id, shown).await {
        Ok(()) => Ok(Ok(
            me.redirect(&format!("/seminars/{slug}"), Some("presence-said"))
        )),
        Err(refusal) if refusal.status == Status::Conflict => {
            Ok(Err(
                here_page(&me, &seminar, ("", "", ""), Some(refusal)).await?
            ))
        }
        Err(refusal) => Err(refusal),
    }
}

#[derive(Serialize)]
struct AttestationPage {
    /// Null where it is at rest, for others than its owner and the staff.
    name: Option<String>,
    heading: String,
    place: String,
    /// How much of it they were there for, in per cent.
    present: String,
    dates: Vec<Value>,
    address: String,
    picture: String,
    badge_href: String,
    pdf_href: String,
}

impl Page for AttestationPage {
    const TEMPLATE: &'static str = "seminars/attestation";
    const NAV: &'static str = "seminars";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        match &self.name {
            Some(name) => locales.text(lang, "attestation-of", &[("name", json!(name))]),
            None => locales.text(lang, "attestation-kind", &[]),
        }
    }
}

/// An attestation: printed by its owner, verified by anybody who has its address.
#[get("/attestations/<code>")]
pub(super) async fn attestation(visitor: Visitor<'_>, code: &str) -> Result<Html, Refusal> {
    let found = presence::attestation(visitor.app, code).await?;
    let base = visitor.app.config.public_url.as_str().trim_end_matches('/');
    let address = format!("{base}/attestations/{}", found.code);
    let name = found.names_to(visitor.person).then(|| found.name.clone());
    Ok(visitor.page(&AttestationPage {
        picture: picture(&address)?,
        badge_href: visitor.href(&format!("/attestations/{}/badge.jwt", found.code)),
        pdf_href: visitor.href(&format!("/attestations/{}/pdf", found.code)),
        address,
        present: words::percent(visitor.lang(), found.share),
        dates: found
            .meetings
            .iter()
            .map(|m| json!({ "starts_at": m.starts_at, "ends_at": m.ends_at }))
            .collect(),
        place: found.seminar.place,
        name,
        heading: found.seminar.title,
    }))
}

/// An attestation that names its owner: one at rest is none for others.
async fn named_attestation(visitor: &Visitor<'_>, code: &str) -> Result<Attestation, Refusal> {
    let found = presence::attestation(visitor.app, code).await?;
    match found.names_to(visitor.person) {
        true => Ok(found),
        false => Err(Refusal::not_found()),
    }
}

/// The attestation as an Open Badges 3.0 credential with its signature.
#[get("/attestations/<code>/badge")]
pub(super) async fn badge(
    visitor: Visitor<'_>,
    code: &str,
) -> Result<(ContentType, String), Refusal> {
    let found = named_attestation(&visitor, code).await?;
    let credential = presence::credential(visitor.app, &found).await?;
    Ok((ContentType::JSON, credential.to_string()))
}

/// A file that the browser keeps.
pub(super) struct Saved {
    media: ContentType,
    name: &'static str,
    bytes: Vec<u8>,
}

impl<'r> Responder<'r, 'static> for Saved {
    fn respond_to(self, _: &'r Request<'_>) -> rocket::response::Result<'static> {
        Response::build()
            .header(self.media)
            .raw_header(
                "Content-Disposition",
                format!("attachment; filename=\"{}\"", self.name),
            )
            .raw_header("Cache-Control", "private, no-cache")
            .sized_body(self.bytes.len(), std::io::Cursor::new(self.bytes))
            .ok()
    }
}

/// The credential alone, as wallets take it in: a compact JWS.
#[get("/attestations/<code>/badge.jwt")]
pub(super) async fn badge_file(visitor: Visitor<'_>, code: &str) -> Result<Saved, Refusal> {
    let found = named_attestation(&visitor, code).await?;
    let credential = presence::credential(visitor.app, &found).await?;
    Ok(Saved {
        media: ContentType::new("application", "vc+jwt"),
        name: "halqa-badge.jwt",
        bytes: credential["jws"]
            .as_str()
            .unwrap_or_default()
            .as_bytes()
            .to_vec(),
    })
}

/// Who issues the credentials.
#[get("/badges/issuer")]
pub(super) async fn issuer(visitor: Visitor<'_>) -> (ContentType, String) {
    (ContentType::JSON, presence::issuer(visitor.app).to_string())
}

/// A page of paper, or that it has not changed.
pub(super) struct Printed {
    etag: String,
    bytes: Option<Vec<u8>>,
}

impl<'r> Responder<'r, 'static> for Printed {
    fn respond_to(self, _: &'r Request<'_>) -> rocket::response::Result<'static> {
        let mut response = Response::build();
        response
            .raw_header("ETag", self.etag)
            .raw_header("Cache-Control", "private, no-cache");
        match self.bytes {
            None => response.status(Status::NotModified).ok(),
            Some(bytes) => response
                .header(ContentType::PDF)
                .raw_header(
                    "Content-Disposition",
                    "inline; filename=\"attestation.pdf\"",
                )
                .sized_body(bytes.len(), std::io::Cursor::new(bytes))
                .ok(),
        }
    }
}

/// What the browser has already.
pub(super) struct Known(Option<String>);

#[rocket::async_trait]
impl<'r> rocket::request::FromRequest<'r> for Known {
    type Error = std::convert::Infallible;

    async fn from_request(request: &'r Request<'_>) -> rocket::request::Outcome<Self, Self::Error> {
        let known = request.headers().get_one("If-None-Match");
        rocket::request::Outcome::Success(Known(known.map(str::to_owned)))
    }
}

/// The attestation as PDF/UA, in the language of the address.
#[get("/attestations/<code>/pdf")]
pub(super) async fn paper(
    visitor: Visitor<'_>,
    code: &str,
    known: Known,
) -> Result<Printed, Refusal> {
    let found = named_attestation(&visitor, code).await?;
    let paper = presence::Paper::of(visitor.app, &found, visitor.lang())?;
    let etag = paper.etag();
    let same = known
        .0
        .is_some_and(|tags| package::serve::none_match_holds(&tags, &etag));
    let bytes = match same {
        true => None,
        false => Some(paper.draw().await?),
    };
    Ok(Printed { etag, bytes })
}
