//! How somebody hears of things: mentions, the hour of digests.

use super::store;
use crate::App;
use crate::db::DbError;
use crate::following::Cadence;
use crate::ids::PersonId;

/// What somebody chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// How mentions come, and that one's answer was chosen.
    pub direct: Cadence,
    /// The hour of digests, in the platform's zone.
    pub hour: i64,
    /// The day of the weekly one; 1: Monday.
    pub weekday: i64,
    /// The version of the secret address of one's own feed.
    pub feed: i64,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            direct: Cadence::Instant,
            hour: 7,
            weekday: 1,
            feed: 1,
        }
    }
}

/// What somebody chose, or what holds until they do.
pub async fn settings(app: &App, person: PersonId) -> Result<Settings, DbError> {
    let row: Option<store::SettingsRow> = store::SETTINGS.bind(person).optional(&app.db).await?;
    Ok(row.map_or_else(Settings::default, |row| Settings {
        direct: Cadence::from_code(&row.direct).unwrap_or(Cadence::Instant),
        hour: row.hour,
        weekday: row.weekday,
        feed: row.feed,
    }))
}

/// Keeps what somebody chose; it holds for what comes from now on.
pub async fn save(app: &App, person: PersonId, settings: Settings) -> Result<(), DbError> {
    app.db
        .write((person, settings), |tx, (person, settings)| {
            Box::pin(async move {
                store::SET
                    .bind(*person)
                    .bind(settings.direct.code())
                    .bind(settings.hour)
                    .bind(settings.weekday)
                    .run(tx)
                    .await
                    .map(drop)
            })
        })
        .await
}
