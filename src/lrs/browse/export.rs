//! All statements of a query as a file: NDJSON or CSV, sent as it is read. A stream that breaks
//! off looks whole to a browser, so the last line says that it is one, and how many came before.

use futures::StreamExt as _;
use futures::stream::{self, BoxStream};
use rocket::http::ContentType;
use rocket::response::stream::ByteStream;
use rocket::response::{Responder, Response};
use rocket::{Request, response};
use serde_json::json;

use super::{Search, show};
use crate::App;
use crate::clock::Timestamp;
use crate::reports::csv_line;
use crate::web::Lang;

/// Statements read at once.
const AT_ONCE: i64 = 500;

/// What the file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::lrs) enum Kind {
    /// A statement on each line, as it was received.
    Ndjson,
    /// A table.
    Csv,
}

/// A file on its way.
pub(in crate::lrs) struct Export {
    kind: Kind,
    body: BoxStream<'static, Vec<u8>>,
}

/// Column titles are names of the standard's, for programs: the same in every language.
const COLUMNS: [&str; 20] = [
    "stored",
    "timestamp",
    "id",
    "actor",
    "actor.name",
    "verb",
    "verb.display",
    "object",
    "object.name",
    "result.score.share",
    "result.success",
    "result.completion",
    "result.response",
    "result.duration.seconds",
    "context.registration",
    "authority",
    "organisation",
    "version",
    "voided",
    "attachments",
];

struct State {
    app: App,
    lang: Lang,
    search: Search,
    kind: Kind,
    /// The last one written.
    at: i64,
    count: usize,
    ended: bool,
}

impl Export {
    /// What the search finds now, oldest first; what comes later is not in it.
    pub(in crate::lrs) fn new(
        app: &App,
        lang: Lang,
        mut search: Search,
        newest: i64,
        kind: Kind,
    ) -> Export {
        search.until = search.until.min(newest.saturating_add(1));
        let state = State {
            app: app.clone(),
            lang,
            search,
            kind,
            at: i64::MIN,
            count: 0,
            ended: false,
        };
        let head = match kind {
            Kind::Ndjson => None,
            Kind::Csv => Some(format!("\u{feff}{}", csv_line(COLUMNS)).into_bytes()),
        };
        // An empty piece would be taken for the end.
        let body = stream::iter(head).chain(stream::unfold(state, next));
        Export {
            kind,
            body: body.boxed(),
        }
    }
}

async fn next(mut state: State) -> Option<(Vec<u8>, State)> {
    if state.ended {
        return None;
    }
    let rows = match state.search.following(&state.app, state.at, AT_ONCE).await {
        Ok(rows) => rows,
        // No last line: whoever reads it sees that it is not whole.
        Err(error) => {
            tracing::error!(%error, "an export of statements broke off");
            return None;
        }
    };
    let mut out = String::new();
    if let Some(last) = rows.last() {
        state.at = last.stored;
        state.count += rows.len();
    }
    match state.kind {
        Kind::Ndjson => {
            for row in &rows {
                out.push_str(&row.statement);
                out.push('\n');
            }
        }
        Kind::Csv => match show(&state.app, state.lang, &rows).await {
            Ok(shown) => shown.iter().for_each(|line| out.push_str(&csv_of(line))),
            Err(error) => {
                tracing::error!(%error, "an export of statements broke off");
                return None;
            }
        },
    }
    if (rows.len() as i64) < AT_ONCE {
        state.ended = true;
        match state.kind {
            Kind::Ndjson => {
                out.push_str(&json!({ "end": true, "statements": state.count }).to_string());
                out.push('\n');
            }
            Kind::Csv => out.push_str(&csv_line(["end", &state.count.to_string()])),
        }
    }
    Some((out.into_bytes(), state))
}

fn csv_of(line: &super::Shown) -> String {
    let flag = |value: Option<bool>| value.map(|v| v.to_string()).unwrap_or_default();
    let number = |value: Option<f64>| value.map(|v| v.to_string()).unwrap_or_default();
    let plain = |text: &str| crate::web::i18n::without_isolates(text);
    csv_line([
        line.stored_at().rfc3339().as_str(),
        &Timestamp::from_micros(line.at).rfc3339(),
        &line.id.to_string(),
        &line.agent,
        &line.who,
        &line.verb,
        &plain(&line.did),
        &line.object,
        &plain(&line.what),
        &number(line.score),
        &flag(line.success),
        &flag(line.completion),
        line.response.as_deref().unwrap_or_default(),
        &number(line.seconds),
        &line
            .registration
            .map(|id| id.to_string())
            .unwrap_or_default(),
        &line.client,
        line.organisation.as_deref().unwrap_or_default(),
        &line.version,
        &line.voided.to_string(),
        &line.attachments.to_string(),
    ])
}

impl<'r> Responder<'r, 'r> for Export {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'r> {
        let (kind, ending) = match self.kind {
            Kind::Ndjson => (ContentType::new("application", "x-ndjson"), "ndjson"),
            Kind::Csv => (ContentType::CSV.with_params(("charset", "utf-8")), "csv"),
        };
        Response::build_from(ByteStream(self.body).respond_to(request)?)
            .header(kind)
            .raw_header(
                "Content-Disposition",
                format!("attachment; filename=\"statements.{ending}\""),
            )
            .raw_header("Cache-Control", "private, no-store")
            .raw_header("X-Halqa-End", "the last line")
            .raw_header("X-Halqa-Formula-Prefix", "'")
            .ok()
    }
}
