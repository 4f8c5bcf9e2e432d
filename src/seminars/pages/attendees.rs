//! Who holds a seat, with what opened the door at the moment it was taken: for the organisers.

use rocket::get;
use serde::Serialize;
use serde_json::{Value, json};

use super::edit::organised;
use crate::accounts::guards::Staff;
use crate::clock::Timestamp;
use crate::seminars::{self, TakenRow, view};
use crate::web::i18n::{Lang, Locales};
use crate::web::people::{hue, initials};
use crate::web::{Html, Page, Refusal};

#[derive(Serialize)]
struct AttendeesPage {
    crumbs: Vec<Value>,
    heading: String,
    starts_at: Timestamp,
    place: String,
    stats: Vec<Value>,
    seats: Vec<SeatLine>,
    edit_href: String,
}

#[derive(Serialize)]
struct SeatLine {
    name: String,
    initials: String,
    hue: &'static str,
    note: Option<String>,
    email: String,
    taken_at: Timestamp,
    evidence: Vec<EvidenceLine>,
}

/// A condition that was met then.
#[derive(Serialize)]
struct EvidenceLine {
    needed: String,
    /// Since when the proof stood, in microseconds.
    since: Option<i64>,
    /// Somebody else's achievement opened the door.
    colleague: bool,
}

impl Page for AttendeesPage {
    const TEMPLATE: &'static str = "seminars/attendees";
    const NAV: &'static str = "seminars";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        let args = [("name", json!(self.heading))];
        locales.text(lang, "seminars-attendees-of", &args)
    }
}

fn line(locales: &Locales, lang: Lang, seat: TakenRow) -> SeatLine {
    let proofs = seat.evidence.as_array().into_iter().flatten();
    SeatLine {
        initials: initials(&seat.name),
        hue: hue(seat.person.0),
        evidence: proofs
            .map(|proof| EvidenceLine {
                needed: view::needed_of(locales, lang, proof),
                since: view::since(proof),
                colleague: view::learner_of(proof).is_some_and(|who| who != seat.person.0),
            })
            .collect(),
        note: seat.organisation,
        email: seat.email.unwrap_or_default(),
        taken_at: seat.taken_at,
        name: seat.name,
    }
}

/// The list.
#[get("/seminars/<slug>/attendees")]
pub(super) async fn page(staff: Staff<'_>, slug: &str) -> Result<Html, Refusal> {
    let seminar = organised(&staff, slug).await?;
    let lang = staff.lang();
    let locales = &staff.app.pages.locales;
    let text = |key: &str| locales.text(lang, key, &[]);
    let seats = seminars::seats(staff.app, seminar.id).await?;
    let stat = |hue: &str, key: &str, value: i64| json!({ "hue": hue, "label": text(key), "value": value });
    let path = format!("/seminars/{}", seminar.slug);
    Ok(staff.page(&AttendeesPage {
        crumbs: vec![
            json!({ "href": staff.href("/seminars"), "label": text("seminars-title") }),
            json!({ "href": staff.href(&path), "label": seminar.title }),
        ],
        starts_at: seminar.starts_at,
        place: seminar.place.clone(),
        stats: vec![
            stat("turquoise", "seminars-seats-taken", seminar.taken),
            stat("olive", "seminars-seats-free", seminar.seats_left()),
            stat("blue", "seminars-capacity", seminar.capacity),
        ],
        seats: seats
            .into_iter()
            .map(|seat| line(locales, lang, seat))
            .collect(),
        edit_href: staff.href(&format!("{path}/edit")),
        heading: seminar.title,
    }))
}
