//! An answer: status, headers, body.

use std::borrow::Cow;
use std::io::Cursor;

use rocket::Request;
use rocket::http::{Header, Status};
use rocket::response::{Responder, Response};

use crate::App;
use crate::clock::Timestamp;
use crate::web::Refusal;

/// An answer.
pub(super) struct Answer {
    status: Status,
    headers: Vec<(&'static str, Cow<'static, str>)>,
    body: Vec<u8>,
}

impl Answer {
    /// 204.
    pub fn nothing() -> Answer {
        Answer {
            status: Status::NoContent,
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    /// 200 with a body.
    pub fn of(content_type: impl Into<Cow<'static, str>>, body: Vec<u8>) -> Answer {
        Answer {
            status: Status::Ok,
            headers: vec![
                ("Content-Type", content_type.into()),
                ("Cache-Control", Cow::Borrowed("no-store")),
            ],
            body,
        }
    }

    /// 200 with JSON.
    pub fn json(text: String) -> Answer {
        Self::of("application/json", text.into_bytes())
    }

    /// A problem (RFC 9457) in the language of the request.
    pub fn refusal(app: &App, request: &Request<'_>, refusal: &Refusal) -> Answer {
        let lang = crate::web::language::spoken(request).lang;
        let problem = refusal.problem(&app.pages.locales, lang);
        // What is quoted from the request may be anything: no markup, whoever shows it.
        let body = serde_json::Value::Object(problem)
            .to_string()
            .replace('<', "\\u003c");
        let mut answer = Self::of("application/problem+json", body.into_bytes());
        answer.status = refusal.status;
        if refusal.status == Status::Unauthorized {
            return answer.header(
                "WWW-Authenticate",
                "Basic realm=\"xAPI\", charset=\"UTF-8\"",
            );
        }
        if refusal.status == Status::ServiceUnavailable {
            return answer.header("Retry-After", "5");
        }
        answer
    }

    /// With a header more.
    pub fn header(mut self, name: &'static str, value: impl Into<Cow<'static, str>>) -> Answer {
        self.headers.push((name, value.into()));
        self
    }

    /// With the moment it was last changed.
    pub fn last_modified(self, at: Timestamp) -> Answer {
        let text = at.utc().format("%a, %d %b %Y %H:%M:%S GMT").to_string();
        self.header("Last-Modified", text)
    }
}

impl<'r> Responder<'r, 'static> for Answer {
    fn respond_to(self, _: &'r Request<'_>) -> rocket::response::Result<'static> {
        let mut builder = Response::build();
        builder.status(self.status);
        for (name, value) in self.headers {
            builder.header(Header::new(name, value));
        }
        if self.status != Status::NoContent {
            builder.sized_body(self.body.len(), Cursor::new(self.body));
        }
        builder.ok()
    }
}
