//! `/lti/platform/token`, and what all services of tools' servers share: answers and refusals are
//! JSON.

use rocket::http::{ContentType, Status};
use rocket::response::{Responder, Response};
use rocket::{Request, post};
use serde_json::{Value, json};

use super::super::tokens;
use crate::App;
use crate::lti::denied::{Denied, Why};
use crate::lti::pages::form::{Browser, Posted};
use crate::web::Visitor;

/// An answer of a service.
pub(super) struct Answer {
    pub status: Status,
    /// `application/…+json`.
    pub media: &'static str,
    pub body: Option<Value>,
    /// The address of the next page.
    pub next: Option<String>,
}

impl Answer {
    pub fn ok(media: &'static str, body: Value) -> Self {
        Answer {
            status: Status::Ok,
            media,
            body: Some(body),
            next: None,
        }
    }

    pub fn nothing() -> Self {
        Answer {
            status: Status::NoContent,
            media: "",
            body: None,
            next: None,
        }
    }
}

impl<'r> Responder<'r, 'static> for Answer {
    fn respond_to(self, _: &'r Request<'_>) -> rocket::response::Result<'static> {
        let mut response = Response::build();
        response
            .status(self.status)
            .raw_header("Cache-Control", "no-store");
        if let Some(next) = self.next {
            response.raw_header("Link", format!("<{next}>; rel=\"next\""));
        }
        if let Some(body) = self.body {
            let text = body.to_string();
            response
                .raw_header("Content-Type", self.media)
                .sized_body(text.len(), std::io::Cursor::new(text));
        }
        response.ok()
    }
}

/// A refusal of a service, in the words of OAuth where it is about a token.
pub(super) struct Refused(pub Denied);

impl From<Denied> for Refused {
    fn from(denied: Denied) -> Self {
        Refused(denied)
    }
}

impl From<lti::Refused> for Refused {
    fn from(refused: lti::Refused) -> Self {
        Refused(refused.into())
    }
}

impl<'r> Responder<'r, 'static> for Refused {
    fn respond_to(self, request: &'r Request<'_>) -> rocket::response::Result<'static> {
        let why = &self.0.why;
        let of_token = request.uri().path() == "/lti/platform/token";
        let (status, error) = match why {
            Why::UnknownTool | Why::Untrusted | Why::Relaunch if of_token => {
                (Status::Unauthorized, "invalid_client")
            }
            Why::Unreadable if of_token && self.0.reason == "scope" => {
                (Status::BadRequest, "invalid_scope")
            }
            _ if of_token => (why.status(), "invalid_request"),
            Why::ToolScope => (Status::Forbidden, "insufficient_scope"),
            Why::Untrusted => (Status::Unauthorized, "invalid_token"),
            other => (other.status(), other.code()),
        };
        self.0.log(request, status);
        let text = json!({ "error": error, "error_description": self.0.reason }).to_string();
        let mut response = Response::build();
        response
            .status(status)
            .header(ContentType::JSON)
            .raw_header("Cache-Control", "no-store");
        if status == Status::Unauthorized {
            response.raw_header("WWW-Authenticate", "Bearer");
        }
        response
            .sized_body(text.len(), std::io::Cursor::new(text))
            .ok()
    }
}

/// A tool's server asks for a token.
#[post("/lti/platform/token", data = "<posted>")]
pub(super) async fn token(
    visitor: Visitor<'_>,
    browser: Browser<'_>,
    posted: Posted,
) -> Result<Answer, Refused> {
    crate::lti::pages::throttle(&browser)?;
    let pairs = posted.0?;
    let needed = |name: &'static str| -> Result<&str, Denied> {
        pairs
            .one(name)?
            .ok_or_else(|| Denied::new(Why::Unreadable, name))
    };
    if needed("grant_type")? != "client_credentials" {
        return Err(Denied::new(Why::Unreadable, "grant_type").into());
    }
    if needed("client_assertion_type")? != lti::platform::service::ASSERTION_TYPE {
        return Err(Denied::new(Why::Unreadable, "client_assertion_type").into());
    }
    let app: &App = visitor.app;
    let granted = tokens::grant(app, needed("client_assertion")?, needed("scope")?).await?;
    let body = json!({
        "access_token": granted.token, "token_type": "Bearer",
        "expires_in": tokens::SECONDS, "scope": granted.scopes.join(" "),
    });
    Ok(Answer::ok("application/json", body))
}
