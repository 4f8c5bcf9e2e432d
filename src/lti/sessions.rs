//! Launched browsers: a secret in a cookie of this frame alone, or in the page itself where the
//! browser keeps no cookie. Limited to one person, one link and one deployment; nothing of the
//! rest of the platform opens with it.

use lti::deep_linking::Settings;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::store;
use crate::App;
use crate::db::DbError;
use crate::ids::{ModuleId, PersonId, SessionId, hash_secret};
use crate::web::Refusal;

/// A launched browser is let in so long, in seconds: a day of learning.
pub(super) const SECONDS: i64 = 12 * 3600;

/// What a launch was about, as far as its pages need it.
#[derive(Debug, Clone, Serialize, Deserialize, Default)]
pub(super) struct Detail {
    /// Where the person goes back to.
    #[serde(default)]
    pub back: Option<String>,
    /// The origins that may show us in a frame.
    #[serde(default)]
    pub frames: Vec<String>,
    /// The language's code.
    #[serde(default)]
    pub lang: String,
    /// The module of the link.
    #[serde(default)]
    pub module: Option<ModuleId>,
    /// The opening of the player that goes with it.
    #[serde(default)]
    pub play: Option<SessionId>,
    /// An instructor picks content.
    #[serde(default)]
    pub picking: Option<Picking>,
    /// The course's title.
    #[serde(default)]
    pub course: Option<String>,
    /// Where its members are listed.
    #[serde(default)]
    pub members: Option<String>,
    /// Who the person is there, to be linked.
    #[serde(default)]
    pub identity: Option<Uuid>,
}

/// Deep linking settings, kept from the request.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Picking {
    pub return_url: String,
    pub types: Vec<String>,
    pub targets: Vec<String>,
    pub multiple: bool,
    pub line_item: bool,
    pub data: Option<String>,
}

impl From<&Settings> for Picking {
    fn from(settings: &Settings) -> Self {
        Picking {
            return_url: settings.return_url.clone(),
            types: settings.accept_types.clone(),
            targets: settings.accept_targets.clone(),
            multiple: settings.accept_multiple,
            line_item: settings.accept_line_item,
            data: settings.data.clone(),
        }
    }
}

/// A launched browser.
pub(super) struct Launched {
    pub id: Uuid,
    pub platform: Uuid,
    pub deployment: String,
    pub link: Option<Uuid>,
    pub person: PersonId,
    pub teaches: bool,
    pub detail: Detail,
}

/// The launched browser that holds this secret. 401 when there is none (any more).
pub(super) async fn of(app: &App, token: &str) -> Result<Launched, Refusal> {
    let gone = || Refusal::new(rocket::http::Status::Unauthorized, "lti-session");
    if token.is_empty() || token.len() > 64 {
        return Err(gone());
    }
    let row: Option<store::SessionRow> = store::SESSION
        .bind(hash_secret(token))
        .bind(app.clock.now())
        .optional(&app.db)
        .await?;
    let row = row.ok_or_else(gone)?;
    Ok(Launched {
        id: row.id,
        platform: row.platform,
        deployment: row.deployment_id,
        link: row.link,
        person: row.person,
        teaches: row.teaches,
        detail: serde_json::from_value(row.detail).unwrap_or_default(),
    })
}

/// Keeps what the pages need next.
pub(super) async fn keep(app: &App, launched: &Launched) -> Result<(), DbError> {
    let row = (launched.id, serde_json::json!(launched.detail));
    app.db
        .write(row, |tx, (id, detail)| {
            Box::pin(async move {
                store::SESSION_DETAIL
                    .bind(*id)
                    .bind(detail.clone())
                    .run(tx)
                    .await
                    .map(drop)
            })
        })
        .await
}

/// The launch is done: its secret opens nothing any more.
pub(super) async fn end(app: &App, session: Uuid) -> Result<(), DbError> {
    app.db
        .write(session, |tx, session| {
            Box::pin(async move { store::END_SESSION.bind(*session).run(tx).await.map(drop) })
        })
        .await
}
