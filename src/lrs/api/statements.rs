//! `/xapi/statements`: PUT, POST, GET (Communication 2.1).

use rocket::http::{Method, Status};
use serde_json::json;
use uuid::Uuid;
use xapi::json::{parse, parse_bytes};
use xapi::multipart::{self, Part};
use xapi::statement::{self, Body};
use xapi::{Invalid, attachment, jws, query};

use crate::lrs::credentials::May;
use crate::lrs::find::{self, Found};
use crate::lrs::prepare::{Batch, Blob, prepare};
use crate::lrs::record::record;
use crate::lrs::{self, signature};
use crate::player::units;
use crate::web::Refusal;

use super::answer::Answer;
use super::{Asked, invalid, not_allowed};

/// Statements in one request at most (413).
const STATEMENTS_MAX: usize = 5000;
/// Bytes of JSON in one request at most (413).
const JSON_MAX: usize = 16 << 20;

pub(super) async fn answer(asked: Asked<'_>) -> Result<Answer, Refusal> {
    match asked.call.method {
        Method::Get => get(asked).await,
        Method::Post => post(asked).await,
        Method::Put => put(asked).await,
        _ => Err(not_allowed()),
    }
}

async fn get(asked: Asked<'_>) -> Result<Answer, Refusal> {
    let Asked {
        app, client, call, ..
    } = asked;
    let parameters = call.parameters()?;
    let found = find::find(app, &client, &parameters, &call.languages()).await?;
    let Found {
        json,
        stored,
        attachments,
    } = found;
    let answer = match attachments {
        None => Answer::json(json),
        Some(data) => {
            let boundary = format!("halqa-{}", app.ids.secret().reveal());
            let parts = data
                .iter()
                .map(|d| (d.sha2.as_str(), d.content_type.as_str(), d.bytes.as_ref()));
            let body = multipart::write(&boundary, &json, parts);
            Answer::of(format!("multipart/mixed; boundary={boundary}"), body)
        }
    };
    Ok(match stored {
        Some(at) => answer.last_modified(at),
        None => answer,
    })
}

async fn post(asked: Asked<'_>) -> Result<Answer, Refusal> {
    asked.call.parameters()?.only(&[]).map_err(invalid)?;
    let ids = store(&asked, None).await?;
    let ids: Vec<String> = ids.iter().map(Uuid::to_string).collect();
    Ok(Answer::json(json!(ids).to_string()))
}

async fn put(asked: Asked<'_>) -> Result<Answer, Refusal> {
    let parameters = asked.call.parameters()?;
    let id = query::put_statement(&parameters).map_err(invalid)?;
    store(&asked, Some(id)).await?;
    Ok(Answer::nothing())
}

async fn store(asked: &Asked<'_>, put: Option<Uuid>) -> Result<Vec<Uuid>, Refusal> {
    let Asked {
        app,
        client,
        version,
        call,
    } = asked;
    client.require(May::Write)?;
    let parts = read_parts(call.content_type(), &call.body)?;
    let (text, data) = match &parts {
        Some(parts) => (parts[0].body, &parts[1..]),
        None => (call.body.as_slice(), &[][..]),
    };
    if text.len() > JSON_MAX {
        return Err(Refusal::new(Status::PayloadTooLarge, "too-large"));
    }
    let value = parse_bytes(text).map_err(invalid)?;
    let mut body = statement::read(value, *version, STATEMENTS_MAX).map_err(invalid)?;
    if let Some(id) = put {
        one_of_this_id(&mut body, id)?;
    }
    let blobs = match_attachments(&body, data)?;
    let authority = client.authority(app);
    let authority = parse(&authority).map_err(invalid)?;
    let statements = body
        .statements
        .iter()
        .map(|statement| prepare(app, client, &authority, statement, *version, &blobs))
        .collect::<Result<Vec<_>, _>>()?;
    let batch = Batch {
        tenant: client.tenant,
        credential: client.id,
        statements,
    };
    // What a launched unit says is judged, and counts, in the transaction that stores it (X17).
    let mut fresh = Vec::new();
    if let Some(registration) = client.registration {
        let bytes: i64 = blobs.iter().map(|blob| blob.length).sum();
        lrs::launches::count_data(app, client.id, registration, bytes).await?;
    }
    for (blob, part) in blobs.iter().zip(data) {
        if keep_data(app, client.tenant, blob, part.body).await? {
            fresh.push(blob.sha2.as_str());
        }
    }
    let result = match (&client.actor, client.registration) {
        (Some(actor), Some(registration)) => {
            let heard = units::Heard {
                session: client.id,
                registration,
                actor: actor.clone(),
                texts: body
                    .statements
                    .iter()
                    .map(|statement| statement.value.text.to_owned())
                    .collect(),
                batch,
            };
            units::hear(app, heard).await
        }
        _ => record(app, batch).await,
    };
    if result.is_err() {
        lrs::launches::forget_data(app, client.tenant, &fresh).await;
    }
    result
}

/// PUT takes one statement, whose id, if it has one, is that of the parameter (Communication
/// 2.1.1).
fn one_of_this_id(body: &mut Body<'_>, id: Uuid) -> Result<(), Refusal> {
    let [statement] = body.statements.as_mut_slice() else {
        return Err(invalid(Invalid::new("one-statement", "")));
    };
    if body.is_list {
        return Err(invalid(Invalid::new("one-statement", "")));
    }
    match statement.id {
        Some(own) if own != id => Err(invalid(Invalid::new("other-id", "id"))),
        _ => {
            statement.id = Some(id);
            Ok(())
        }
    }
}

/// The parts of a multipart body; `None`: the body is JSON. Other types are refused (XAPI-00127).
fn read_parts<'b>(content_type: &str, body: &'b [u8]) -> Result<Option<Vec<Part<'b>>>, Refusal> {
    let wrong = |rule| invalid(Invalid::new(rule, "Content-Type"));
    if xapi::document::is_json(content_type) {
        return Ok(None);
    }
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case("multipart/mixed") {
        return Err(wrong("content-type"));
    }
    let boundary = multipart::boundary(content_type).ok_or_else(|| wrong("no-boundary"))?;
    let parts = multipart::parse(body, boundary).map_err(invalid)?;
    let first = parts.first().ok_or_else(|| wrong("no-parts"))?;
    // XAPI-00134
    if !first
        .header("Content-Type")
        .is_some_and(xapi::document::is_json)
    {
        return Err(wrong("first-part"));
    }
    Ok(Some(parts))
}

/// Matches parts with the attachments that the statements describe, by their digests: one for
/// each part, data or an address for each description (XAPI-00128, 00129, 00132, 00135). Checks
/// signatures on the way.
fn match_attachments(body: &Body<'_>, parts: &[Part<'_>]) -> Result<Vec<Blob>, Refusal> {
    let wrong = |rule, at: &str| invalid(Invalid::new(rule, at));
    let described: Vec<_> = body
        .statements
        .iter()
        .map(|statement| attachment::of(&statement.value))
        .collect();
    let mut blobs: Vec<Blob> = Vec::with_capacity(parts.len());
    for (index, part) in parts.iter().enumerate() {
        let at = format!("part {}", index + 2);
        let sha2 = part
            .header("X-Experience-API-Hash")
            .ok_or_else(|| wrong("no-hash", &at))?
            .to_ascii_lowercase();
        let encoding = part
            .header("Content-Transfer-Encoding")
            .ok_or_else(|| wrong("no-encoding", &at))?;
        if !encoding.eq_ignore_ascii_case("binary") {
            return Err(wrong("encoding", &at));
        }
        let description = described
            .iter()
            .flatten()
            .find(|a| a.sha2 == sha2)
            .ok_or_else(|| wrong("part-of-nothing", &at))?;
        if blobs.iter().any(|blob| blob.sha2 == sha2) {
            return Err(wrong("part-twice", &at));
        }
        if !attachment::has_digest(part.body, &sha2) {
            return Err(wrong("digest", &at));
        }
        blobs.push(Blob {
            sha2,
            content_type: description.content_type.clone(),
            length: part.body.len() as i64,
        });
    }
    for (statement, described) in body.statements.iter().zip(&described) {
        let mut signatures = 0;
        for a in described {
            let place = blobs.iter().position(|blob| blob.sha2 == a.sha2);
            if place.is_none() && !a.has_url {
                return Err(wrong("no-data", "attachments"));
            }
            if a.is_signature {
                signatures += 1;
                let part = place
                    .and_then(|place| parts.get(place))
                    .ok_or_else(|| wrong("no-data", "attachments"))?;
                if signatures > 1 {
                    return Err(wrong("two-signatures", "attachments"));
                }
                jws::check(part.body, &statement.value, signature::holds).map_err(invalid)?;
            }
        }
    }
    Ok(blobs)
}

/// Puts data into storage, before the transaction that names it; false where it is there already.
async fn keep_data(
    app: &crate::App,
    tenant: Uuid,
    blob: &Blob,
    bytes: &[u8],
) -> Result<bool, Refusal> {
    let key = find::object_key(tenant, &blob.sha2);
    let storage = &app.storage;
    if storage.exists(&key).await.map_err(find::storage_refusal)? {
        return Ok(false);
    }
    storage
        .put(&key, bytes::Bytes::copy_from_slice(bytes))
        .await
        .map_err(find::storage_refusal)?;
    Ok(true)
}
