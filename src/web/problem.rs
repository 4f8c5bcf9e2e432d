//! Refusals: an error as people get it (a page with a way on) and as programs get it
//! (`application/problem+json`, RFC 9457). Code holds codes; sentences live in the locales.

use std::io::Cursor;

use rocket::http::{ContentType, Header, Status};
use rocket::response::{Redirect, Responder, Response};
use rocket::{Request, State, catch};
use serde_json::{Map, Value, json};

use crate::App;
use crate::db::DbError;

use super::i18n::{Lang, Locales};
use super::language::spoken;
use super::{is_api, visitor};

/// Why a request is not done.
///
/// `code` is stable and names the locale messages `error-<code>-title` and `error-<code>-body`.
#[derive(Debug, Clone)]
pub struct Refusal {
    /// HTTP status.
    pub status: Status,
    /// Stable, kebab-case.
    pub code: &'static str,
    /// Arguments of the messages.
    pub args: Vec<(&'static str, Value)>,
    /// Further members of the problem object (`where`, `findings`, `expected_seq`…).
    pub extra: Map<String, Value>,
}

impl Refusal {
    /// A refusal with a code of the feature's own.
    pub fn new(status: Status, code: &'static str) -> Self {
        Refusal {
            status,
            code,
            args: Vec::new(),
            extra: Map::new(),
        }
    }
    /// 404: also wherever existence must not leak.
    pub fn not_found() -> Self {
        Self::new(Status::NotFound, "not-found")
    }
    /// 403.
    pub fn forbidden() -> Self {
        Self::new(Status::Forbidden, "forbidden")
    }
    /// 401: pages lead to the sign-in.
    pub fn unauthorized() -> Self {
        Self::new(Status::Unauthorized, "unauthorized")
    }
    /// 400.
    pub fn bad_request(code: &'static str) -> Self {
        Self::new(Status::BadRequest, code)
    }
    /// 409.
    pub fn conflict(code: &'static str) -> Self {
        Self::new(Status::Conflict, code)
    }
    /// 422.
    pub fn unprocessable(code: &'static str) -> Self {
        Self::new(Status::UnprocessableEntity, code)
    }
    /// Adds an argument for the messages; programs see it too.
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        let value = value.into();
        self.extra.insert(name.to_owned(), value.clone());
        self.args.push((name, value));
        self
    }
    /// Adds a member to the problem object only.
    pub fn extra(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.extra.insert(name.to_owned(), value.into());
        self
    }

    /// The problem object (RFC 9457).
    pub fn problem(&self, locales: &Locales, lang: Lang) -> Map<String, Value> {
        let title = locales.plain(lang, &format!("error-{}-title", self.code), &self.args);
        let detail = locales.plain(lang, &format!("error-{}-body", self.code), &self.args);
        let mut problem = Map::new();
        problem.insert(
            "type".into(),
            json!(format!("urn:halqa:problem:{}", self.code)),
        );
        problem.insert("title".into(), json!(title));
        problem.insert("status".into(), json!(self.status.code));
        problem.insert("code".into(), json!(self.code));
        problem.insert("detail".into(), json!(detail));
        for (name, value) in &self.extra {
            problem.entry(name).or_insert_with(|| value.clone());
        }
        problem
    }

    fn of_status(status: Status) -> Self {
        let code = match status.code {
            400 => "bad-request",
            401 => "unauthorized",
            403 => "forbidden",
            404 => "not-found",
            405 => "method-not-allowed",
            409 => "conflict",
            413 => "too-large",
            415 => "unsupported-media-type",
            422 => "unprocessable",
            429 => "too-many-requests",
            503 => "unavailable",
            code if code < 500 => "bad-request",
            _ => "internal",
        };
        Self::new(status, code)
    }
}

impl From<DbError> for Refusal {
    fn from(error: DbError) -> Self {
        match error {
            DbError::NotFound => Self::not_found(),
            DbError::Busy | DbError::Closed => Self::new(Status::ServiceUnavailable, "unavailable"),
            DbError::Full => Self::new(Status::InsufficientStorage, "storage-full"),
            DbError::Constraint { .. } => {
                tracing::warn!(%error, "constraint without an answer");
                Self::conflict("conflict")
            }
            DbError::Other(_) => {
                tracing::error!(%error, "database");
                Self::new(Status::InternalServerError, "internal")
            }
        }
    }
}

impl<'r> Responder<'r, 'static> for Refusal {
    fn respond_to(self, request: &'r Request<'_>) -> rocket::response::Result<'static> {
        let spoken = spoken(request);
        let path = request.uri().path().as_str();
        if self.status == Status::Unauthorized && !is_api(path) {
            let next = if request.method() == rocket::http::Method::Get {
                spoken.path.as_str()
            } else {
                "/"
            };
            let next: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
            let target = format!("/{}/sign-in?next={next}", spoken.lang.code());
            return Redirect::to(target).respond_to(request);
        }
        let Some(app) = request.rocket().state::<App>() else {
            return Err(self.status);
        };
        let lang = spoken.lang;
        let title_key = format!("error-{}-title", self.code);
        let body_key = format!("error-{}-body", self.code);
        let mut builder = Response::build();
        builder.status(self.status);
        if matches!(self.status.code, 429 | 503) {
            let seconds = self.extra.get("seconds").and_then(Value::as_u64);
            builder.header(Header::new("Retry-After", seconds.unwrap_or(5).to_string()));
        }
        builder.header(Header::new("Cache-Control", "no-store"));
        if is_api(path) {
            let problem = self.problem(&app.pages.locales, lang);
            let body = Value::Object(problem).to_string();
            if self.status == Status::Unauthorized {
                builder.header(Header::new("WWW-Authenticate", "Bearer"));
            }
            return builder
                .header(ContentType::new("application", "problem+json"))
                .sized_body(body.len(), Cursor::new(body))
                .ok();
        }
        let body = app.pages.error(
            visitor::known(request),
            spoken,
            self.status.code,
            &app.pages.locales.text(lang, &title_key, &self.args),
            &app.pages.locales.text(lang, &body_key, &self.args),
        );
        builder
            .header(ContentType::HTML)
            .sized_body(body.len(), Cursor::new(body))
            .ok()
    }
}

/// A guard's refusal waits here for the catcher, which sees only the status.
pub(super) struct Kept(pub std::sync::Mutex<Option<Refusal>>);

/// Keeps a guard's refusal for the catcher.
pub fn keep(request: &Request<'_>, refusal: &Refusal) {
    let kept = request.local_cache(|| Kept(std::sync::Mutex::new(None)));
    if let Ok(mut slot) = kept.0.lock() {
        *slot = Some(refusal.clone());
    }
}

/// Every error that no handler answered: a guard's refusal, or the status alone.
#[catch(default)]
pub fn catcher(status: Status, request: &Request<'_>) -> Refusal {
    let kept = request.local_cache(|| Kept(std::sync::Mutex::new(None)));
    let refusal = kept.0.lock().ok().and_then(|mut slot| slot.take());
    refusal.unwrap_or_else(|| match status {
        // Guards and forms keep their refusals: what is left is a part of the address that is no id.
        Status::UnprocessableEntity => Refusal::not_found(),
        status => Refusal::of_status(status),
    })
}

/// The application's state, for guards.
pub async fn app<'r>(request: &'r Request<'_>) -> Option<&'r App> {
    request
        .guard::<&State<App>>()
        .await
        .succeeded()
        .map(|state| state.inner())
}
