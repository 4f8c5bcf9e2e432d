//! A mail the day before each meeting, once.

use serde_json::json;
use uuid::Uuid;

use super::store;
use crate::App;
use crate::db::DbError;
use crate::outbound::mail::{self, Mail};
use crate::web::Lang;

/// So many seconds before a meeting.
const AHEAD: i64 = 26 * 3600;

/// Reminds those who have a seat in what begins within a day: run every hour, on any node.
pub async fn remind(app: &App) -> Result<(), DbError> {
    let now = app.clock.now();
    let due: Vec<store::ReminderRow> = store::TO_REMIND
        .bind(now)
        .bind(now.plus_seconds(AHEAD))
        .all(&app.db)
        .await?;
    let zone = app.pages.time_zone();
    for row in due {
        let lang = Lang::from_code(&row.language).unwrap_or_default();
        let at = row.starts_at.utc().with_timezone(&zone);
        let place = match row.place.as_str() {
            "" => app.pages.locales.plain(lang, "seminars-online", &[]),
            place => place.to_owned(),
        };
        let mail = Mail {
            to: row.email.clone(),
            name: row.name.clone(),
            lang,
            message: "seminars-mail-reminder".to_owned(),
            args: serde_json::Map::from_iter([
                ("title".to_owned(), json!(row.title)),
                (
                    "at".to_owned(),
                    json!(at.format("%d/%m/%Y %H:%M").to_string()),
                ),
                ("place".to_owned(), json!(place)),
            ]),
            link: Some(format!("/{}/seminars/{}", lang.code(), row.slug)),
        };
        app.db
            .write((row, mail, now), |tx, (row, mail, now)| {
                Box::pin(async move {
                    let first = store::REMINDED
                        .bind(row.seat)
                        .bind(row.meeting)
                        .bind(*now)
                        .run(&mut *tx)
                        .await?;
                    if first == 1 {
                        let id = row.seat.0.as_u128() ^ row.meeting.as_u128().rotate_left(1);
                        mail::enqueue(tx, Uuid::from_u128(id), mail, *now).await?;
                    }
                    Ok::<(), DbError>(())
                })
            })
            .await?;
    }
    Ok(())
}
