//! Answers that may be shown inside a platform's page, their cookies, and refusals.

use rocket::Request;
use rocket::http::{CookieJar, Header, Status};
use rocket::response::{Responder, Response};
use serde::Serialize;

use super::super::denied::{Denied, Why};
use crate::App;
use crate::web::i18n::Locales;
use crate::web::language::spoken;
use crate::web::{Html, Lang, Page, headers};

/// A page or a redirect.
pub(in crate::lti) enum Body {
    Page(Html),
    /// An address as it is: those of platforms need not be what Rocket's parser takes.
    Redirect(String),
}

/// An answer with the origins that may frame it, those its forms go to, and cookies.
pub(in crate::lti) struct Framed {
    body: Body,
    frames: Vec<String>,
    forms: Vec<String>,
    cookies: Vec<String>,
}

impl Framed {
    pub fn page(page: Html, frames: &[String]) -> Self {
        Framed {
            body: Body::Page(page),
            frames: frames.to_vec(),
            forms: Vec::new(),
            cookies: Vec::new(),
        }
    }

    pub fn redirect(address: String) -> Self {
        Framed {
            body: Body::Redirect(address),
            frames: Vec::new(),
            forms: Vec::new(),
            cookies: Vec::new(),
        }
    }

    pub fn cookies(mut self, cookies: Vec<String>) -> Self {
        self.cookies = cookies;
        self
    }

    pub fn forms(mut self, origins: Vec<String>) -> Self {
        self.forms = origins;
        self
    }
}

impl<'r> Responder<'r, 'static> for Framed {
    fn respond_to(self, request: &'r Request<'_>) -> rocket::response::Result<'static> {
        headers::relax(request, &self.frames, &self.forms);
        let mut response = match self.body {
            Body::Page(page) => page.respond_to(request)?,
            Body::Redirect(address) => Response::build()
                .status(Status::SeeOther)
                .raw_header("Location", address)
                .finalize(),
        };
        for cookie in self.cookies {
            response.adjoin_header(Header::new("Set-Cookie", cookie));
        }
        response.set_header(Header::new("Cache-Control", "no-store"));
        Ok(response)
    }
}

/// Cookies of launches. In a frame of another site only a cookie of that frame alone works
/// (`Partitioned`), which needs TLS or this very machine. Rocket's own jar cannot leave `SameSite`
/// away, which plain http needs.
pub(in crate::lti) fn cookies(app: &App, name: &str, value: &str, seconds: i64) -> Vec<String> {
    let common = format!("={value}; Path=/lti/; Max-Age={seconds}; HttpOnly");
    let mut cookies = vec![format!(
        "{name}{common}; SameSite=None; Secure; Partitioned"
    )];
    if !app.config.is_https() {
        cookies.push(format!("{name}-plain{common}"));
    }
    cookies
}

/// The value of a cookie that [`cookies`] has written.
pub(in crate::lti) fn cookie<'j>(jar: &'j CookieJar<'_>, name: &str) -> Option<&'j str> {
    jar.get(name)
        .or_else(|| jar.get(&format!("{name}-plain")))
        .map(|cookie| cookie.value())
}

#[derive(Serialize)]
struct DeniedPage {
    heading: String,
    text: String,
    reason: String,
    back: Option<String>,
}

impl Page for DeniedPage {
    const TEMPLATE: &'static str = "lti/denied";
    fn title(&self, _: &Locales, _: Lang) -> String {
        self.heading.clone()
    }
}

impl Why {
    /// The answer's status.
    pub(in crate::lti) fn status(&self) -> Status {
        match self {
            Why::Unreadable | Why::UnknownPlatform | Why::UnknownTool | Why::Platform => {
                Status::BadRequest
            }
            Why::TooLarge => Status::PayloadTooLarge,
            Why::Relaunch | Why::Untrusted | Why::ToolAgain => Status::Unauthorized,
            Why::Deployment
            | Why::Suspended
            | Why::Anonymous
            | Why::Instructor
            | Why::ToolScope => Status::Forbidden,
            Why::ToolOlder => Status::Conflict,
            Why::NoModule => Status::NotFound,
            Why::TooMany => Status::TooManyRequests,
            Why::Other(refusal) => refusal.status,
        }
    }

    /// Its stable name; `error-<code>-…` in the locales.
    pub(in crate::lti) fn code(&self) -> &'static str {
        match self {
            Why::Unreadable => "lti-unreadable",
            Why::TooLarge => "lti-too-large",
            Why::Relaunch => "lti-relaunch",
            Why::Untrusted => "lti-untrusted",
            Why::UnknownPlatform => "lti-unknown-platform",
            Why::Deployment => "lti-deployment",
            Why::Suspended => "lti-suspended",
            Why::Anonymous => "lti-anonymous",
            Why::Instructor => "lti-instructor",
            Why::NoModule => "lti-no-module",
            Why::TooMany => "lti-too-many",
            Why::Platform => "lti-platform",
            Why::UnknownTool => "tools-unknown",
            Why::ToolAgain => "tools-again",
            Why::ToolScope => "tools-scope",
            Why::ToolOlder => "tools-older",
            Why::Other(refusal) => refusal.code,
        }
    }
}

impl Denied {
    /// Every refusal is heard of by operators (`threats.md`, rows L): what was asked, what it is
    /// called, and the exact reason; never a token.
    pub(in crate::lti) fn log(&self, request: &Request<'_>, status: Status) {
        tracing::warn!(
            path = request.uri().path().as_str(),
            status = status.code,
            code = self.why.code(),
            reason = self.reason,
            "lti: refused"
        );
    }
}

impl<'r> Responder<'r, 'static> for Denied {
    fn respond_to(self, request: &'r Request<'_>) -> rocket::response::Result<'static> {
        let Some(app) = request.rocket().state::<App>() else {
            return Err(Status::InternalServerError);
        };
        let status = self.why.status();
        let code = self.why.code();
        self.log(request, status);
        let spoken = spoken(request);
        let args = match &self.why {
            Why::Other(refusal) => refusal.args.clone(),
            _ => Vec::new(),
        };
        let say = |part: &str| {
            app.pages
                .locales
                .text(spoken.lang, &format!("error-{code}-{part}"), &args)
        };
        let page = app.pages.render(
            None,
            spoken,
            &DeniedPage {
                heading: say("title"),
                text: say("body"),
                reason: self.reason,
                back: self.back,
            },
        );
        headers::relax(request, &self.frames, &[]);
        let mut response = Response::build_from(page.status(status).respond_to(request)?);
        if status == Status::TooManyRequests {
            response.header(Header::new("Retry-After", "60"));
        }
        response.ok()
    }
}
