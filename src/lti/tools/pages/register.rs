//! `/lti/platform/openid-configuration` and `/lti/platform/register`: a tool registers itself with
//! the token that a trainer's address gave it.

use lti::platform::registration::{self, Tool as Described};
use rocket::data::ToByteUnit;
use rocket::http::Status;
use rocket::{Data, get, post};

use super::super::registry;
use super::service::{Answer, Refused};
use crate::lti::denied::{Denied, Why};
use crate::lti::pages::form::Browser;
use crate::web::Visitor;

/// What we are.
#[get("/lti/platform/openid-configuration")]
pub(super) fn configuration(visitor: Visitor<'_>) -> Answer {
    let body = registration::configuration(&visitor.app.config.public_url);
    Answer::ok("application/json", body)
}

/// A tool says what it is.
#[post("/lti/platform/register", data = "<data>")]
pub(super) async fn register(
    visitor: Visitor<'_>,
    browser: Browser<'_>,
    data: Data<'_>,
) -> Result<Answer, Refused> {
    crate::lti::pages::throttle(&browser)?;
    let body = match data.open(64.kibibytes()).into_bytes().await {
        Ok(body) if body.is_complete() => body.into_inner(),
        Ok(_) => return Err(Denied::new(Why::TooLarge, "body").into()),
        Err(_) => return Err(Denied::new(Why::Unreadable, "body").into()),
    };
    let described = Described::parse(&body)?;
    let token = browser.bearer.unwrap_or_default();
    let (tool, described) = registry::register(visitor.app, token, described).await?;
    Ok(Answer {
        status: Status::Created,
        ..Answer::ok(
            "application/json",
            described.answer(&tool.client_id, &tool.deployment),
        )
    })
}
