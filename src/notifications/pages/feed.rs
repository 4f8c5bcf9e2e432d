//! One's own feed: what one is told, for a feed reader, at an address that only its owner knows.

use rocket::get;
use rocket::http::{ContentType, Status};
use serde_json::json;
use uuid::Uuid;

use crate::App;
use crate::db::DbError;
use crate::ids::PersonId;
use crate::notifications::{self, store};
use crate::web::{Lang, Refusal, Visitor};

/// What signs the address.
const PURPOSE: &str = "notification-feed";
/// Entries in it.
const SHOWN: i64 = 50;

fn signature(app: &App, person: PersonId, version: i64) -> String {
    app.sign(PURPOSE, &format!("{}:{version}", person.0.simple()))
}

/// The whole address.
pub(super) fn address(app: &App, lang: Lang, person: PersonId, version: i64) -> String {
    let (base, code) = (&app.config.public_url, lang.code());
    let signature = signature(app, person, version);
    format!("{base}/{code}/feeds/{}-{signature}", person.0.simple())
}

/// Makes the present address useless.
pub(super) async fn renew(app: &App, person: PersonId) -> Result<(), DbError> {
    app.db
        .write(person, |tx, person| {
            Box::pin(async move { store::RENEW_FEED.bind(*person).run(tx).await.map(drop) })
        })
        .await
}

/// What its owner is told, as Atom.
#[get("/feeds/<address>")]
pub(super) async fn feed(
    visitor: Visitor<'_>,
    address: &str,
) -> Result<(Status, (ContentType, String)), Refusal> {
    let (app, lang) = (visitor.app, visitor.lang());
    let (person, given) = address.split_once('-').ok_or_else(Refusal::not_found)?;
    let person = PersonId(Uuid::try_parse(person).map_err(|_| Refusal::not_found())?);
    let settings = notifications::settings(app, person).await?;
    let text = format!("{}:{}", person.0.simple(), settings.feed);
    if !app.is_signed(PURPOSE, &text, given) {
        return Err(Refusal::not_found());
    }
    // Gone or suspended: so is the feed.
    let owner: Option<store::ToRow> = store::TO.bind(person).optional(&app.db).await?;
    owner.ok_or_else(Refusal::not_found)?;
    let lines = notifications::list(app, lang, person, None, SHOWN).await?;
    let base = &app.config.public_url;
    let locales = &app.pages.locales;
    let entries: Vec<_> = lines
        .iter()
        .map(|line| {
            let args = [("what", json!(line.what)), ("heading", json!(line.heading))];
            json!({
                "id": format!("urn:uuid:{}", line.id),
                "link": format!("{base}/{}{}", lang.code(), line.path),
                "heading": locales.plain(lang, "notifications-mail-subject", &args),
                "updated": line.at.rfc3339(),
                "author": line.actor.as_ref().map(|(name, _)| name),
                "category": null,
                "summary": crate::web::i18n::without_isolates(&line.why),
            })
        })
        .collect();
    let updated = lines.first().map_or(visitor.now, |line| line.at).rfc3339();
    crate::watch::atom(
        app,
        lang,
        &json!({
            "self": super::feed::address(app, lang, person, settings.feed),
            "site": format!("{base}/{}/me/notifications", lang.code()),
            "heading": locales.plain(lang, "notifications-feed-title", &[]),
            "updated": updated,
            "entries": entries,
        }),
    )
}
