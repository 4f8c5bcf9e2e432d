//! Browsers of other origins (Fetch standard; `threats.md` X23): content of packages, and origins
//! the operator names. Nobody gets `*`, nobody gets cookies.

use rocket::Request;

use crate::App;

use super::answer::Answer;

/// An answer to a preflight, before [`allow`].
pub(super) fn preflight() -> Answer {
    Answer::nothing()
}

/// Adds what lets the page of a known origin read the answer.
pub(super) fn allow(app: &App, request: &Request<'_>, answer: Answer) -> Answer {
    let Some(origin) = request.headers().get_one("Origin") else {
        return answer;
    };
    let answer = answer.header("Vary", "Origin");
    if !is_known(app, origin) {
        return answer;
    }
    let answer = answer
        .header("Access-Control-Allow-Origin", origin.to_owned())
        .header(
            "Access-Control-Expose-Headers",
            "ETag, Last-Modified, Content-Length, X-Experience-API-Version, \
             X-Experience-API-Consistent-Through, WWW-Authenticate",
        );
    if request.method() == rocket::http::Method::Options {
        answer
            .header(
                "Access-Control-Allow-Methods",
                "GET, HEAD, PUT, POST, DELETE",
            )
            .header(
                "Access-Control-Allow-Headers",
                "Authorization, Content-Type, If-Match, If-None-Match, Accept-Language, \
                 X-Experience-API-Version",
            )
            .header("Access-Control-Max-Age", "7200")
    } else {
        answer
    }
}

fn is_known(app: &App, origin: &str) -> bool {
    if origin == app.config.public_url || app.config.lrs_origins.iter().any(|o| o == origin) {
        return true;
    }
    match app.config.content_url.split_once("{package}") {
        None => origin == app.config.content_url,
        Some((before, after)) => origin
            .strip_prefix(before)
            .and_then(|rest| rest.strip_suffix(after))
            .is_some_and(|name| name.len() == 32 && name.bytes().all(|b| b.is_ascii_hexdigit())),
    }
}
