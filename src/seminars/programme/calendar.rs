//! Meetings in people's own calendars (RFC 5545): a file for a seminar, and a secret address of
//! one's own that calendars read again and again.

use icalendar::{Calendar, Component, Event, EventLike, EventStatus};
use serde_json::json;
use uuid::Uuid;

use super::store;
use super::store::MeetingRow;
use crate::App;
use crate::db::DbError;
use crate::ids::PersonId;
use crate::seminars::SeminarRow;
use crate::web::Lang;

/// What signs the address of a calendar.
const PURPOSE: &str = "calendar-feed";

/// Meetings as a calendar. `joins` names the seminars whose online address may be in it: those in
/// which whoever reads it has a seat.
pub fn ics(
    app: &App,
    lang: Lang,
    seminars: &[SeminarRow],
    meetings: &[MeetingRow],
    joins: &dyn Fn(&SeminarRow) -> bool,
) -> String {
    let locales = &app.pages.locales;
    let base = app.config.public_url.as_str().trim_end_matches('/');
    let host = url::Url::parse(base)
        .ok()
        .and_then(|url| url.host_str().map(str::to_owned))
        .unwrap_or_else(|| "halqa".to_owned());
    let mut calendar = Calendar::new();
    calendar.name(&locales.plain(lang, "seminars-calendar-name", &[]));
    for meeting in meetings {
        let Some(seminar) = seminars.iter().find(|s| s.id == meeting.seminar) else {
            continue;
        };
        let page = format!("{base}/{}/seminars/{}", lang.code(), seminar.slug);
        let mut event = Event::with_uid(&format!("{}@{host}", meeting.id));
        let summary = match meeting.title.as_str() {
            "" => seminar.title.clone(),
            title => format!("{} · {title}", seminar.title),
        };
        let mut text = seminar.summary.clone();
        if !meeting.link.is_empty() && joins(seminar) {
            let args = [("link", json!(meeting.link))];
            text = format!(
                "{}\n\n{text}",
                locales.plain(lang, "seminars-calendar-join", &args)
            );
        }
        let place = match meeting.place.as_str() {
            "" => locales.plain(lang, "seminars-online", &[]),
            place => place.to_owned(),
        };
        event
            .summary(&summary)
            .description(&text)
            .location(&place)
            .url(&page)
            .timestamp(seminar.updated_at.utc())
            .last_modified(seminar.updated_at.utc())
            .starts(meeting.starts_at.utc())
            .ends(meeting.ends_at.utc());
        if seminar.cancelled_at.is_some() {
            event.status(EventStatus::Cancelled);
        }
        calendar.push(event.done());
    }
    calendar.done().to_string()
}

/// The secret part of the address of somebody's calendar.
pub async fn feed_address(app: &App, person: PersonId) -> Result<String, DbError> {
    let version = version(app, person).await?;
    Ok(format!(
        "{}-{}",
        person.0.simple(),
        signature(app, person, version)
    ))
}

async fn version(app: &App, person: PersonId) -> Result<i64, DbError> {
    let row: Option<store::VersionRow> = store::FEED.bind(person).optional(&app.db).await?;
    Ok(row.map_or(1, |row| row.version))
}

fn signature(app: &App, person: PersonId, version: i64) -> String {
    app.sign(PURPOSE, &format!("{}:{version}", person.0.simple()))
}

/// Makes the address that was given away useless: there is a new one.
pub async fn renew_feed(app: &App, person: PersonId) -> Result<(), DbError> {
    app.db
        .write(person, |tx, person| {
            Box::pin(async move { store::RENEW_FEED.bind(*person).run(tx).await.map(drop) })
        })
        .await
}

/// What somebody's calendar holds.
pub struct Feed {
    /// The seminars with a seat, cancelled ones too.
    pub seminars: Vec<SeminarRow>,
    /// Their meetings.
    pub meetings: Vec<MeetingRow>,
}

/// The calendar behind a secret address; `None` when there is none.
pub async fn feed(app: &App, address: &str) -> Result<Option<Feed>, DbError> {
    let Some((person, given)) = address.split_once('-') else {
        return Ok(None);
    };
    let Ok(person) = Uuid::try_parse(person) else {
        return Ok(None);
    };
    let person = PersonId(person);
    let version = version(app, person).await?;
    let text = format!("{}:{version}", person.0.simple());
    if !app.is_signed(PURPOSE, &text, given) {
        return Ok(None);
    }
    let since = app.clock.now().plus_days(-90);
    let seminars: Vec<SeminarRow> = store::HELD.bind(person).bind(since).all(&app.db).await?;
    let ids: Vec<Uuid> = seminars.iter().map(|s| s.id.0).collect();
    let meetings = store::MEETINGS_OF.bind(ids).all(&app.db).await?;
    Ok(Some(Feed { seminars, meetings }))
}
