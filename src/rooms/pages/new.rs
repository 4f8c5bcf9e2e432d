//! A room is opened, for an organisation that one coordinates.

use chrono::{Datelike, Days, NaiveDate, TimeZone};
use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{get, post};
use serde::Serialize;
use serde_json::{Value, json};

use crate::accounts::guards::SignedIn;
use crate::clock::Timestamp;
use crate::organisations::{self, Named};
use crate::rooms::{self, NAME_MAX, NewRoom, OscRow, PURPOSE_MAX};
use crate::web::i18n::{Lang, Locales};
use crate::web::{Fields, Html, Page, Refusal};

#[derive(Serialize)]
struct NewPage {
    crumbs: Vec<Value>,
    form: Value,
    /// Those that the visitor coordinates; one is not asked for.
    organisations: Vec<Value>,
    several: bool,
    axes: Vec<Value>,
    regions: Vec<Value>,
}

impl Page for NewPage {
    const TEMPLATE: &'static str = "rooms/new";
    const NAV: &'static str = "spaces";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "rooms-new", &[])
    }
}

fn named(me: &SignedIn<'_>, list: &[Named], chosen: &str) -> Vec<Value> {
    let none = me
        .app
        .pages
        .locales
        .text(me.lang(), "rooms-none-chosen", &[]);
    std::iter::once(json!({ "value": "", "label": none, "selected": chosen.is_empty() }))
        .chain(list.iter().map(|one| {
            json!({ "value": one.slug, "label": one.name(me.lang()), "selected": one.slug == chosen })
        }))
        .collect()
}

async fn page(me: &SignedIn<'_>, own: &[OscRow], fields: &Fields) -> Result<Html, Refusal> {
    let label = me.app.pages.locales.text(me.lang(), "rooms-title", &[]);
    let axes = organisations::axes(me.app).await?;
    let regions = organisations::regions(me.app).await?;
    Ok(me.page(&NewPage {
        crumbs: vec![json!({ "href": me.href("/rooms"), "label": label })],
        form: me.form(fields, &["name", "purpose", "until", "organisation"]),
        organisations: own
            .iter()
            .map(|osc| {
                let selected = osc.slug == fields.raw("organisation");
                json!({ "value": osc.slug, "label": osc.name, "selected": selected })
            })
            .collect(),
        several: own.len() > 1,
        axes: named(me, &axes, fields.raw("axis")),
        regions: named(me, &regions, fields.raw("region")),
    }))
}

/// The organisations of which one may open a room; nobody else sees the form.
async fn own(me: &SignedIn<'_>) -> Result<Vec<OscRow>, Refusal> {
    let own = rooms::coordinated(me.app, me.person).await?;
    match own.is_empty() {
        true => Err(Refusal::forbidden()),
        false => Ok(own),
    }
}

#[get("/rooms/new", rank = 1)]
pub(super) async fn form(me: SignedIn<'_>) -> Result<Html, Refusal> {
    let own = own(&me).await?;
    page(&me, &own, &Fields::default()).await
}

/// The end of a day as `<input type=date>` sends it; a day that is over is none.
fn end_of(fields: &mut Fields, now: Timestamp, zone: chrono_tz::Tz) -> Option<Timestamp> {
    let typed = fields.raw("until").trim().to_owned();
    if typed.is_empty() {
        return None;
    }
    let end = NaiveDate::parse_from_str(&typed, "%Y-%m-%d")
        .ok()
        .filter(|day| (1990..=2200).contains(&day.year()))
        .and_then(|day| day.checked_add_days(Days::new(1)))
        .and_then(|day| day.and_hms_opt(0, 0, 0))
        .and_then(|start| zone.from_local_datetime(&start).earliest())
        .map(|moment| Timestamp::from(moment.to_utc()))
        .filter(|end| *end > now);
    if end.is_none() {
        fields.error("until", "day");
    }
    end
}

/// Opens it.
#[post("/rooms/new", data = "<fields>", rank = 1)]
pub(super) async fn open(
    me: SignedIn<'_>,
    mut fields: Fields,
) -> Result<Result<Redirect, Html>, Refusal> {
    let own = own(&me).await?;
    let name = fields.line("name", NAME_MAX);
    let purpose = fields.prose("purpose", PURPOSE_MAX);
    if purpose.is_empty() {
        fields.error("purpose", "required");
    }
    let ends_at = end_of(&mut fields, me.now, me.app.pages.time_zone());
    let founder = match own.as_slice() {
        [one] => Some(one.id),
        several => several
            .iter()
            .find(|osc| osc.slug == fields.raw("organisation"))
            .map(|osc| osc.id),
    };
    if founder.is_none() {
        fields.error("organisation", "choice");
    }
    let (true, Some(founder)) = (fields.is_valid(), founder) else {
        let html = page(&me, &own, &fields).await?;
        return Ok(Err(html.status(Status::UnprocessableEntity)));
    };
    let known = |list: Vec<Named>, slug: &str| {
        list.into_iter()
            .find(|one| one.slug == slug)
            .map(|one| one.slug)
    };
    let new = NewRoom {
        founder,
        name,
        purpose,
        axis: known(organisations::axes(me.app).await?, fields.raw("axis")),
        region: known(organisations::regions(me.app).await?, fields.raw("region")),
        ends_at,
        whole: fields.raw("whole") == "yes",
    };
    let slug = rooms::open(me.app, me.person, new).await?;
    Ok(Ok(
        me.redirect(&format!("/rooms/{slug}"), Some("room-opened"))
    ))
}
