//! Proofs for one session: the wrapper's bearer token (minutes) and the player page's pass
//! (hours). Both are signed, so that no write is needed to renew them; neither opens anything but
//! this learner's attempt.

use rocket::Request;
use rocket::http::Status;
use rocket::request::{FromRequest, Outcome};
use uuid::Uuid;

use crate::App;
use crate::ids::{AttemptId, SessionId, VersionId};
use crate::web::{Refusal, problem};

/// A bearer token holds so long, in seconds; the page around renews it.
pub(super) const TOKEN_SECONDS: i64 = 15 * 60;
/// A pass holds so long, in seconds: a day of learning.
pub(super) const PASS_SECONDS: i64 = 12 * 3600;

const TOKEN: &str = "player-token";
const PASS: &str = "player-pass";

/// What a token says: whose it is follows from the attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pass {
    /// The session it was made for.
    pub session: SessionId,
    /// The attempt, which every session it may speak for belongs to.
    pub attempt: AttemptId,
    /// The version of the module that the attempt runs on: it never changes.
    pub version: VersionId,
}

impl Pass {
    /// The bearer token of the wrapper: `<session>.<attempt>.<version>.<until>.<signature>`.
    pub fn token(&self, app: &App) -> String {
        self.signed(app, TOKEN, TOKEN_SECONDS)
    }

    /// The proof in the player page's cookie.
    pub(super) fn cookie(&self, app: &App) -> String {
        self.signed(app, PASS, PASS_SECONDS)
    }

    fn signed(&self, app: &App, purpose: &str, seconds: i64) -> String {
        let until = app.clock.now().plus_seconds(seconds).millis();
        let said = format!(
            "{}.{}.{}.{until}",
            self.session.0.simple(),
            self.attempt.0.simple(),
            self.version.0.simple()
        );
        let signature = app.sign(purpose, &said);
        format!("{said}.{signature}")
    }

    /// Reads a bearer token. 401 when it is not ours or has run out.
    pub fn of_token(app: &App, text: &str) -> Result<Pass, Refusal> {
        Self::read(app, TOKEN, text)
            .ok_or_else(|| Refusal::new(Status::Unauthorized, "unauthorized"))
    }

    pub(super) fn of_cookie(app: &App, text: &str) -> Option<Pass> {
        Self::read(app, PASS, text)
    }

    fn read(app: &App, purpose: &str, text: &str) -> Option<Pass> {
        let (said, signature) = text.rsplit_once('.')?;
        if !app.is_signed(purpose, said, signature) {
            return None;
        }
        let mut parts = said.split('.');
        let mut id = || Uuid::try_parse(parts.next()?).ok();
        let pass = Pass {
            session: SessionId(id()?),
            attempt: AttemptId(id()?),
            version: VersionId(id()?),
        };
        let until: i64 = parts.next()?.parse().ok()?;
        (app.clock.now().millis() < until).then_some(pass)
    }
}

/// The guard of the wrapper's requests.
#[rocket::async_trait]
impl<'r> FromRequest<'r> for Pass {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let Some(app) = problem::app(request).await else {
            return Outcome::Error((Status::InternalServerError, ()));
        };
        let token = request
            .headers()
            .get_one("Authorization")
            .and_then(|header| header.strip_prefix("Bearer "))
            .unwrap_or_default();
        match Pass::of_token(app, token) {
            Ok(pass) => Outcome::Success(pass),
            Err(refusal) => {
                problem::keep(request, &refusal);
                Outcome::Error((refusal.status, ()))
            }
        }
    }
}
