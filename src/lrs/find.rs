//! Finding statements and showing them (Communication 2.1.3).

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rocket::http::Status;
use uuid::Uuid;
use xapi::facet::{self, Plan, View};
use xapi::format::{self, Format};
use xapi::json::{parse, write_string};
use xapi::language::Preferences;
use xapi::query::{self, List, Parameters, Statements};

use crate::App;
use crate::clock::Timestamp;
use crate::web::Refusal;

use super::credentials::{Client, May};
use super::{definitions, invalid, store};

/// Statements in one answer when nobody says how many …
const PAGE: u32 = 100;
/// … and at most.
const PAGE_MAX: u32 = 250;
/// Statements read at once …
const CHUNK: u32 = 64;
/// … and bytes of them after which a page ends early: what follows has a link.
const PAGE_BYTES: usize = 4 << 20;
/// How long a link to more is valid.
const MORE_SECONDS: i64 = 24 * 3600;
/// Bytes of attachments in one answer at most.
const ATTACHMENTS_MAX: u64 = 64 << 20;

/// An answer in JSON, and the data of attachments where asked for.
pub(super) struct Found {
    /// JSON.
    pub json: String,
    /// When the one statement was stored.
    pub stored: Option<Timestamp>,
    /// `None`: they were not asked for.
    pub attachments: Option<Vec<Data>>,
}

/// An attachment's data.
pub(super) struct Data {
    /// Digest.
    pub sha2: String,
    /// Media type.
    pub content_type: String,
    /// The bytes.
    pub bytes: bytes::Bytes,
}

/// Whose statements a client sees.
fn view(client: &Client) -> View {
    if client.is_platform() {
        View::All
    } else {
        View::Of(client.tenant)
    }
}

/// Answers a GET on the statements, or on a link to more of them.
pub(super) async fn find(
    app: &App,
    client: &Client,
    parameters: &Parameters,
    languages: &Preferences,
) -> Result<Found, Refusal> {
    client.require(May::ReadMine)?;
    if let Some(token) = parameters.get("more") {
        parameters.only(&["more"]).map_err(invalid)?;
        let (parameters, at) = read_more(app, client, token)?;
        return match query::statements(&parameters).map_err(invalid)? {
            Statements::List(list) => {
                listing(app, client, &parameters, &list, Some(at), languages).await
            }
            Statements::One { .. } => Err(Refusal::not_found()),
        };
    }
    match query::statements(parameters).map_err(invalid)? {
        Statements::One {
            id,
            voided,
            format,
            attachments,
        } => {
            let row = one(app, client, id, voided).await?;
            let texts = vec![row.statement];
            let shown = show(app, client, texts, format, languages).await?;
            let json = shown.into_iter().next().ok_or_else(Refusal::not_found)?;
            let data = with_data(app, attachments, vec![row.stored]).await?;
            Ok(Found {
                json,
                stored: Some(Timestamp::from_micros(row.stored)),
                attachments: data,
            })
        }
        Statements::List(list) => listing(app, client, parameters, &list, None, languages).await,
    }
}

/// One statement; 404 also for what the client may not see, and for a voided one that is not
/// asked for as such.
async fn one(app: &App, client: &Client, id: Uuid, voided: bool) -> Result<store::OneRow, Refusal> {
    let tenant = (!client.is_platform()).then_some(client.tenant);
    let row: Option<store::OneRow> = store::ONE.bind(id).bind(tenant).optional(&app.db).await?;
    row.filter(|row| row.voided == voided)
        .filter(|row| client.may(May::Read) || row.credential == client.id)
        .ok_or_else(Refusal::not_found)
}

async fn listing(
    app: &App,
    client: &Client,
    parameters: &Parameters,
    list: &List,
    at: Option<i64>,
    languages: &Preferences,
) -> Result<Found, Refusal> {
    let page = match list.limit {
        0 => PAGE,
        limit => limit.min(PAGE_MAX),
    };
    let mut after = list.since.unwrap_or(i64::MIN);
    let mut before = list.until.map_or(i64::MAX, |until| until.saturating_add(1));
    match at {
        Some(at) if list.ascending => after = after.max(at),
        Some(at) => before = before.min(at),
        None => {}
    }
    let mut json = String::from("{\"statements\":[");
    let (mut times, mut more) = (Vec::new(), None);
    'page: loop {
        // One more than wanted says whether more follow.
        let wanted = (page - times.len() as u32).min(CHUNK);
        let limit = i64::from(wanted) + 1;
        let rows = walk(app, client, list, after, before, limit).await?;
        let follow = rows.len() > wanted as usize;
        let (stored, texts): (Vec<i64>, Vec<String>) = rows
            .into_iter()
            .take(wanted as usize)
            .map(|row| (row.stored, row.statement))
            .unzip();
        let last = stored.len();
        let shown = show(app, client, texts, list.format, languages).await?;
        for (at, (stored, text)) in stored.into_iter().zip(shown).enumerate() {
            if !times.is_empty() {
                json.push(',');
            }
            json.push_str(&text);
            times.push(stored);
            let full = times.len() == page as usize || json.len() > PAGE_BYTES;
            if full && (follow || at + 1 < last) {
                more = Some(stored);
            }
            if full {
                break 'page;
            }
        }
        match times.last() {
            Some(&at) if follow && list.ascending => after = at,
            Some(&at) if follow => before = at,
            _ => break,
        }
    }
    json.push_str("],\"more\":");
    let link = more.map_or_else(String::new, |at| write_more(app, client, parameters, at));
    write_string(&mut json, &link);
    json.push('}');
    Ok(Found {
        json,
        stored: None,
        attachments: with_data(app, list.attachments, times).await?,
    })
}

async fn walk(
    app: &App,
    client: &Client,
    list: &List,
    after: i64,
    before: i64,
    limit: i64,
) -> Result<Vec<store::FoundRow>, Refusal> {
    let view = view(client);
    let own = (!client.may(May::Read)).then(|| [View::Of(client.id).everything(); 2]);
    let plan = match (facet::plan(&list.filter, view), own, view) {
        // The walk is over the client's own: never over everybody's, looking for them.
        (Some(plan), Some(own), _) => Some(Plan {
            walk: own,
            also: std::iter::once(plan.walk).chain(plan.also).collect(),
        }),
        (Some(plan), None, _) => Some(plan),
        (None, Some(own), _) => Some(Plan {
            walk: own,
            also: Vec::new(),
        }),
        (None, None, View::Of(_)) => Some(Plan {
            walk: [view.everything(); 2],
            also: Vec::new(),
        }),
        (None, None, View::All) => None,
    };
    let up = list.ascending;
    let Some(plan) = plan else {
        let query = if up { &store::ALL_UP } else { &store::ALL_DOWN };
        return Ok(query
            .bind(after)
            .bind(before)
            .bind(limit)
            .all(&app.db)
            .await?);
    };
    if plan.also.is_empty() && plan.walk[0] == plan.walk[1] {
        let query = if up { &store::KEY_UP } else { &store::KEY_DOWN };
        return Ok(query
            .bind(after)
            .bind(before)
            .bind(limit)
            .bind(plan.walk[0])
            .all(&app.db)
            .await?);
    }
    let query = if up {
        &store::KEYS_UP
    } else {
        &store::KEYS_DOWN
    };
    let mut bound = query.bind(after).bind(before).bind(limit);
    bound = bound.bind(plan.walk[0]).bind(plan.walk[1]);
    // Four pairs have a place; 0 says that there is none.
    for place in 0..4 {
        let [a, b] = plan.also.get(place).copied().unwrap_or([0, 0]);
        bound = bound.bind(a).bind(b);
    }
    Ok(bound.all(&app.db).await?)
}

/// Statements in the wanted format; fewer where they fill a page.
async fn show(
    app: &App,
    client: &Client,
    texts: Vec<String>,
    wanted: Format,
    languages: &Preferences,
) -> Result<Vec<String>, Refusal> {
    if wanted == Format::Exact {
        return Ok(texts);
    }
    let values: Vec<_> = texts.iter().filter_map(|text| parse(text).ok()).collect();
    if wanted == Format::Ids {
        return Ok(values.iter().map(format::ids).collect());
    }
    let mut ids: Vec<String> = values.iter().flat_map(format::activities).collect();
    ids.sort();
    ids.dedup();
    let known = definitions::of(app, client.tenant, ids).await?;
    let definition = |id: &str| known.get(id).cloned();
    let (mut shown, mut bytes) = (Vec::with_capacity(values.len()), 0);
    for value in &values {
        let text = format::canonical(value, languages, &definition);
        bytes += text.len();
        shown.push(text);
        if bytes > PAGE_BYTES {
            break;
        }
    }
    Ok(shown)
}

async fn with_data(app: &App, wanted: bool, times: Vec<i64>) -> Result<Option<Vec<Data>>, Refusal> {
    if !wanted {
        return Ok(None);
    }
    let rows: Vec<store::AttachmentRow> = store::ATTACHMENTS.bind(times).all(&app.db).await?;
    // One copy, however many statements use it.
    let rows: BTreeMap<String, store::AttachmentRow> = rows
        .into_iter()
        .map(|row| (row.sha2.clone(), row))
        .collect();
    let mut found = Vec::with_capacity(rows.len());
    let mut total = 0;
    for row in rows.into_values() {
        let bytes = data(app, row.tenant, &row.sha2).await?;
        total += bytes.len() as u64;
        if total > ATTACHMENTS_MAX {
            return Err(Refusal::new(Status::PayloadTooLarge, "too-large"));
        }
        found.push(Data {
            sha2: row.sha2,
            content_type: row.content_type,
            bytes,
        });
    }
    Ok(Some(found))
}

/// The data of an attachment.
pub(super) async fn data(app: &App, tenant: Uuid, sha2: &str) -> Result<bytes::Bytes, Refusal> {
    let key = object_key(tenant, sha2);
    let size = app.storage.size(&key).await.map_err(storage_refusal)?;
    if size == 0 {
        return Ok(bytes::Bytes::new());
    }
    if size > ATTACHMENTS_MAX {
        return Err(Refusal::new(Status::PayloadTooLarge, "too-large"));
    }
    app.storage
        .range(&key, 0..size)
        .await
        .map_err(storage_refusal)
}

/// Where an attachment's data is kept.
pub(super) fn object_key(tenant: Uuid, sha2: &str) -> String {
    format!("xapi/{}/{sha2}", tenant.simple())
}

pub(super) fn storage_refusal(error: crate::outbound::storage::StorageError) -> Refusal {
    tracing::error!(%error, "attachment");
    match error {
        crate::outbound::storage::StorageError::Full => {
            Refusal::new(Status::InsufficientStorage, "storage-full")
        }
        _ => Refusal::new(Status::ServiceUnavailable, "unavailable"),
    }
}

const PURPOSE: &str = "xapi-more";

/// The link to what follows, path only: the query, where it stands and until when it is valid,
/// signed for this client.
fn write_more(app: &App, client: &Client, parameters: &Parameters, at: i64) -> String {
    let until = app.clock.now().plus_seconds(MORE_SECONDS).micros();
    let text = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("at", &at.to_string())
        .append_pair("valid", &until.to_string())
        .extend_pairs(parameters.pairs())
        .finish();
    let signature = app.sign(PURPOSE, &format!("{} {text}", client.id));
    let text = URL_SAFE_NO_PAD.encode(text);
    format!("/xapi/statements?more={text}.{signature}")
}

/// The query of such a link and where it stands; 400 for one that was not made for this client or
/// is no longer valid (X13).
fn read_more(app: &App, client: &Client, token: &str) -> Result<(Parameters, i64), Refusal> {
    let wrong = || Refusal::bad_request("xapi-more");
    let (text, signature) = token.split_once('.').ok_or_else(wrong)?;
    let text = URL_SAFE_NO_PAD.decode(text).map_err(|_| wrong())?;
    let text = String::from_utf8(text).map_err(|_| wrong())?;
    if !app.is_signed(PURPOSE, &format!("{} {text}", client.id), signature) {
        return Err(wrong());
    }
    let mut pairs = url::form_urlencoded::parse(text.as_bytes()).into_owned();
    let mut number = |name: &str| {
        let (key, value) = pairs.next()?;
        (key == name).then(|| value.parse::<i64>().ok()).flatten()
    };
    let (at, until) = (
        number("at").ok_or_else(wrong)?,
        number("valid").ok_or_else(wrong)?,
    );
    if app.clock.now().micros() > until {
        return Err(wrong());
    }
    let parameters = Parameters::new(pairs.collect()).map_err(invalid)?;
    Ok((parameters, at))
}
