//! The store over HTTP: one handler under `/xapi/` reads a request whole, and each resource
//! answers it. So the alternate syntax, versions, CORS and errors are the same everywhere.

mod alternate;
mod answer;
mod call;
mod cors;
mod documents;
mod others;
mod statements;

use rocket::data::ByteUnit;
use rocket::http::{Method, Status};
use rocket::route::{Handler, Outcome};
use rocket::{Data, Request, Route};
use xapi::Version;

use crate::App;
use crate::web::Refusal;

use super::credentials::{self, Client};
use super::invalid;
use answer::Answer;
use call::Call;

/// Bodies above this are refused (413): statements with their attachments, from a client that has
/// said who it is.
const BODY: ByteUnit = ByteUnit::Mebibyte(64);
/// Where the alternate syntax holds the credential, it is read before anybody is known.
const BODY_UNKNOWN: ByteUnit = ByteUnit::Mebibyte(4);
/// Where nothing is sent.
const BODY_NONE: ByteUnit = ByteUnit::Kibibyte(64);

/// The routes.
pub(super) fn routes() -> Vec<Route> {
    [
        Method::Get,
        Method::Head,
        Method::Put,
        Method::Post,
        Method::Delete,
        Method::Options,
        Method::Patch,
    ]
    .into_iter()
    .map(|method| Route::new(method, "/xapi/<_..>", Xapi))
    .collect()
}

#[derive(Clone)]
struct Xapi;

#[rocket::async_trait]
impl Handler for Xapi {
    async fn handle<'r>(&self, request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r> {
        let Some(app) = request.rocket().state::<App>() else {
            return Outcome::Error(Status::InternalServerError);
        };
        let mut version = Version::V2;
        let mut call = Call::of(request);
        let answer = if call.method == Method::Options {
            cors::preflight()
        } else {
            if let Some(named) = call.header("x-experience-api-version") {
                version = Version::of_header(named).unwrap_or(version);
            }
            let result = match door(app, &call).await {
                Ok((client, limit)) => match data.open(limit).into_bytes().await {
                    Ok(body) if body.is_complete() => {
                        call.body = body.into_inner();
                        answer(app, call, client, &mut version).await
                    }
                    Ok(_) => Err(Refusal::new(Status::PayloadTooLarge, "too-large")),
                    Err(_) => Err(Refusal::bad_request("bad-request")),
                },
                Err(refusal) => Err(refusal),
            };
            result.unwrap_or_else(|refusal| Answer::refusal(app, request, &refusal))
        };
        let answer = answer
            .header("X-Experience-API-Version", version.text())
            .header(
                "X-Experience-API-Consistent-Through",
                xapi::time::timestamp(app.lrs.consistent_through(app.clock.now()).micros()),
            );
        Outcome::from(request, cors::allow(app, request, answer))
    }
}

/// A request that has proved who it is from and in which edition it speaks.
struct Asked<'a> {
    app: &'a App,
    client: Client,
    version: Version,
    call: Call,
}

/// Who asks, as far as the headers say, and how much of a body is read from them: nobody makes
/// the store read much before it knows them.
async fn door(app: &App, call: &Call) -> Result<(Option<Client>, ByteUnit), Refusal> {
    if call.path == "about" || call.path.starts_with("cmi5/fetch/") {
        return Ok((None, BODY_NONE));
    }
    let header = call.header("authorization");
    if header.is_none() && alternate::is_meant(call) {
        return Ok((None, BODY_UNKNOWN));
    }
    let client = credentials::authenticate(app, header).await?;
    let limit = match call.method {
        Method::Put | Method::Post => BODY,
        _ => BODY_NONE,
    };
    Ok((Some(client), limit))
}

async fn answer(
    app: &App,
    call: Call,
    client: Option<Client>,
    version: &mut Version,
) -> Result<Answer, Refusal> {
    // The edition of the alternate syntax may be named inside it.
    let call = alternate::unwrap(call)?;
    if let Some(named) = call.header("x-experience-api-version") {
        *version = Version::of_header(named).unwrap_or(*version);
    }
    if let Some(key) = call.path.strip_prefix("cmi5/fetch/") {
        return others::fetch(app, &call, key).await;
    }
    if call.path == "about" {
        return others::about(&call);
    }
    let client = match client {
        // The credential inside the alternate syntax is the one that counts.
        Some(client) if !call.is_alternate => client,
        _ => credentials::authenticate(app, call.header("authorization")).await?,
    };
    match call.header("x-experience-api-version") {
        Some(named) => {
            // XAPI-00331
            *version =
                Version::of_header(named).ok_or_else(|| Refusal::bad_request("xapi-version"))?;
        }
        None => {
            *version = client.default_version;
            return Err(Refusal::bad_request("xapi-version"));
        }
    }
    if call.is_alternate && *version != Version::V1 {
        return Err(Refusal::bad_request("xapi-alternate"));
    }
    let asked = Asked {
        app,
        client,
        version: *version,
        call,
    };
    match asked.call.path.as_str() {
        "statements" => statements::answer(asked).await,
        "activities/state" | "activities/profile" | "agents/profile" => {
            documents::answer(asked).await
        }
        "activities" => others::activities(asked).await,
        "agents" => others::agents(asked).await,
        _ => Err(Refusal::not_found()),
    }
}

/// 405: the resource is there, the method is none of its own.
fn not_allowed() -> Refusal {
    Refusal::new(Status::MethodNotAllowed, "method-not-allowed")
}
