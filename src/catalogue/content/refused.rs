//! What a learner sees in the frame when a file of the module cannot be shown.
//!
//! The page stands on the package's own origin, so it holds no link into the application: the
//! player's frame around it has the menu and the way out.

use std::io::Cursor;

use rocket::Request;
use rocket::http::{ContentType, Header};
use rocket::response::Response;
use serde_json::{Value, json};

use super::serve::policy;
use crate::App;
use crate::web::language::spoken;
use crate::web::{Refusal, assets, problem};

/// A page for a frame, a problem object for everything else that asks.
pub(super) async fn answer<'r>(request: &'r Request<'_>, refusal: &Refusal) -> Response<'r> {
    let mut response = Response::build();
    response.status(refusal.status);
    response.raw_header("Cache-Control", "no-store");
    if let Some(app) = problem::app(request).await {
        let own_frame = request.headers().get_one("Sec-Fetch-Site") == Some("same-origin");
        policy(&mut response, app, own_frame, &[]);
        let lang = spoken(request).lang;
        let (kind, body) = if is_page(request) {
            (ContentType::HTML, page(app, lang, refusal))
        } else {
            let problem = refusal.problem(&app.pages.locales, lang);
            let kind = ContentType::new("application", "problem+json");
            (kind, Value::Object(problem).to_string())
        };
        response.header(kind);
        response.sized_body(body.len(), Cursor::new(body));
    }
    response.header(Header::new(
        "Vary",
        "Accept, Sec-Fetch-Dest, Sec-Fetch-Site",
    ));
    response.finalize()
}

/// True when a person will read the answer.
fn is_page(request: &Request<'_>) -> bool {
    let header = |name| request.headers().get_one(name);
    match header("Sec-Fetch-Dest") {
        Some(dest) => matches!(dest, "document" | "iframe" | "frame"),
        None => header("Accept").is_some_and(|accept| accept.contains("text/html")),
    }
}

fn page(app: &App, lang: crate::web::Lang, refusal: &Refusal) -> String {
    let text = |part| {
        let key = format!("error-{}-{part}", refusal.code);
        app.pages.locales.text(lang, &key, &refusal.args)
    };
    let path = refusal.extra.get("path").and_then(Value::as_str);
    let data = json!({
        "base": format!("/-halqa/static/{}/player", assets::version()),
        "heading": text("title"),
        "text": text("body"),
        "path": path,
    });
    app.pages
        .fragment("catalogue/missing", lang, &data)
        .unwrap_or_else(|error| {
            tracing::error!(%error, "missing content");
            text("title")
        })
}
