//! The list of statements: what it is narrowed to, kept queries, files.

use rocket::http::uri::Origin;
use rocket::response::Redirect;
use rocket::{Route, get, post, routes};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::accounts::guards::Admin;
use crate::lrs::browse::{self, Export, FIELDS, Kind, Part, Shown, VERBS};
use crate::web::i18n::{Lang, Locales};
use crate::web::{Fields, Html, Page, Refusal};

pub(super) fn routes() -> Vec<Route> {
    routes![page, export, keep, open, forget]
}

/// Statements on a page.
const PAGE: usize = 50;

const PATH: &str = "/admin/xapi/statements";

#[derive(Serialize)]
struct StatementsPage {
    crumbs: Vec<Value>,
    tabs: Vec<Value>,
    form: Value,
    verbs: Vec<Value>,
    clients: Vec<Value>,
    organisations: Vec<Value>,
    voided: Vec<Value>,
    related: bool,
    /// Something is typed in the form.
    narrowed: bool,
    saved: Vec<Value>,
    statements: Vec<Shown>,
    /// The newest page: more may come above.
    live: bool,
    /// This page with what is newer than its first statement.
    fresh: String,
    reload: String,
    previous: Option<String>,
    next: Option<String>,
    /// The query, for forms and files.
    query: String,
    ndjson: String,
    csv: String,
}

impl Page for StatementsPage {
    const TEMPLATE: &'static str = "lrs/statements";
    const NAV: &'static str = "admin";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "lrs-statements", &[])
    }
}

/// What an address or a hidden field asks for.
fn asked(query: &str) -> Result<Fields, Refusal> {
    Fields::parse(query.as_bytes())
}

/// The query without what tells pages apart.
fn query_of(fields: &Fields) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for name in FIELDS {
        let value = fields.raw(name).trim();
        if !value.is_empty() {
            query.append_pair(name, value);
        }
    }
    query.finish()
}

fn options(
    locales: &Locales,
    lang: Lang,
    none: &str,
    chosen: &str,
    all: Vec<(Uuid, String)>,
) -> Vec<Value> {
    let first = json!({ "value": "", "label": locales.plain(lang, none, &[]), "selected": chosen.is_empty() });
    let rest = all.into_iter().map(|(id, name)| {
        let id = id.to_string();
        json!({ "selected": id == chosen, "value": id, "label": name })
    });
    std::iter::once(first).chain(rest).collect()
}

fn verbs(locales: &Locales, lang: Lang, chosen: &str) -> Vec<Value> {
    let mut all = vec![json!({
        "value": "", "label": locales.plain(lang, "lrs-any-verb", &[]), "selected": chosen.is_empty(),
    })];
    let is_ours = VERBS.iter().any(|(_, key)| *key == chosen);
    if !chosen.is_empty() && !is_ours {
        all.push(json!({ "value": chosen, "label": chosen, "selected": true }));
    }
    all.extend(VERBS.iter().map(|(_, key)| {
        let label = locales.plain(lang, &format!("lrs-verb-{key}"), &[]);
        json!({ "value": key, "label": label, "selected": *key == chosen })
    }));
    all
}

#[get("/admin/xapi/statements?<before>&<after>")]
async fn page(
    admin: Admin<'_>,
    uri: &Origin<'_>,
    before: Option<i64>,
    after: Option<i64>,
) -> Result<Result<Redirect, Html>, Refusal> {
    let app = admin.app;
    let (locales, lang) = (&app.pages.locales, admin.lang());
    let mut fields = asked(uri.query().map_or("", |query| query.as_str()))?;
    let id = fields.raw("statement").trim().to_owned();
    if !id.is_empty() {
        match Uuid::parse_str(&id) {
            Ok(id) => match browse::of_id(app, id).await?.first() {
                Some(row) => {
                    return Ok(Ok(admin.redirect(&format!("{PATH}/{}", row.stored), None)));
                }
                None => fields.error("statement", "statement-unknown"),
            },
            Err(_) => fields.error("statement", "uuid"),
        }
    }
    let search = browse::search(app, &mut fields).await?;
    let part = match (before, after) {
        (Some(at), _) => Part::Before(at),
        (None, Some(at)) => Part::After(at),
        (None, None) => Part::Newest,
    };
    let mut rows = match fields.is_valid() {
        true => search.run(app, part, PAGE as i64 + 1).await?,
        false => Vec::new(),
    };
    let further = rows.len() > PAGE;
    match part {
        // The one too many is the newest.
        Part::After(_) if further => drop(rows.remove(0)),
        _ => rows.truncate(PAGE),
    }
    let (older, newer) = match part {
        Part::Newest => (further, false),
        Part::Before(_) => (further, true),
        Part::After(_) => (true, further),
    };
    let query = query_of(&fields);
    let link = |name: &str, at: i64| {
        let joint = if query.is_empty() { "" } else { "&" };
        admin.href(&format!("{PATH}?{query}{joint}{name}={at}"))
    };
    let newest = rows.first().map_or(i64::MIN, |row| row.stored);
    let [clients, tenants] = browse::choices(app).await?;
    let saved = browse::saved(app).await?;
    let voided = ["with", "without", "only"].map(|value| {
        let chosen = fields.raw("voided");
        json!({
            "value": value,
            "label": locales.plain(lang, &format!("lrs-voided-{value}"), &[]),
            "selected": value == chosen || (chosen.is_empty() && value == "with"),
        })
    });
    let file = |kind: &str| admin.href(&format!("{PATH}/export/{kind}?{query}"));
    Ok(Err(admin.page(&StatementsPage {
        crumbs: super::crumbs(&admin),
        tabs: super::tabs(&admin, PATH),
        form: admin.form(&fields, &FIELDS),
        verbs: verbs(locales, lang, fields.raw("verb")),
        clients: options(
            locales,
            lang,
            "lrs-any-client",
            fields.raw("client"),
            clients,
        ),
        organisations: options(
            locales,
            lang,
            "lrs-any-organisation",
            fields.raw("organisation"),
            tenants,
        ),
        voided: voided.to_vec(),
        related: fields.ticked("related"),
        narrowed: !query.is_empty(),
        saved: saved
            .into_iter()
            .map(|one| {
                json!({
                    "id": one.id,
                    "name": one.name,
                    "owner": one.owner,
                    "href_to": admin.href(&format!("{PATH}?{}", one.query)),
                })
            })
            .collect(),
        live: part == Part::Newest && fields.is_valid(),
        fresh: link("after", newest),
        reload: admin.href(&format!("{PATH}?{query}")),
        previous: rows
            .first()
            .filter(|_| newer)
            .map(|row| link("after", row.stored)),
        next: rows
            .last()
            .filter(|_| older)
            .map(|row| link("before", row.stored)),
        ndjson: file("ndjson"),
        csv: file("csv"),
        statements: browse::show(app, lang, &rows).await?,
        query,
    })))
}

#[get("/admin/xapi/statements/export/<kind>")]
async fn export(admin: Admin<'_>, uri: &Origin<'_>, kind: &str) -> Result<Export, Refusal> {
    let kind = match kind {
        "ndjson" => Kind::Ndjson,
        "csv" => Kind::Csv,
        _ => return Err(Refusal::not_found()),
    };
    let mut fields = asked(uri.query().map_or("", |query| query.as_str()))?;
    let search = browse::search(admin.app, &mut fields).await?;
    if !fields.is_valid() {
        return Err(Refusal::bad_request("lrs-query"));
    }
    let newest = browse::newest(admin.app).await?;
    Ok(Export::new(admin.app, admin.lang(), search, newest, kind))
}

#[post("/admin/xapi/queries", data = "<fields>")]
async fn keep(admin: Admin<'_>, mut fields: Fields) -> Result<Redirect, Refusal> {
    let mut query = asked(fields.raw("query"))?;
    browse::search(admin.app, &mut query).await?;
    let name = fields.line("name", 100);
    if !query.is_valid() || !fields.is_valid() {
        return Err(Refusal::bad_request("lrs-query"));
    }
    browse::keep(admin.app, admin.person.id, name, &query).await?;
    Ok(admin.redirect(&format!("{PATH}?{}", query_of(&query)), Some("query-kept")))
}

#[get("/admin/xapi/queries/<id>")]
async fn open(admin: Admin<'_>, id: &str) -> Result<Redirect, Refusal> {
    let id = Uuid::parse_str(id).map_err(|_| Refusal::not_found())?;
    let saved = browse::saved_one(admin.app, id)
        .await?
        .ok_or_else(Refusal::not_found)?;
    Ok(admin.redirect(&format!("{PATH}?{}", saved.query), None))
}

#[post("/admin/xapi/queries/<id>/forget")]
async fn forget(admin: Admin<'_>, id: &str) -> Result<Redirect, Refusal> {
    let id = Uuid::parse_str(id).map_err(|_| Refusal::not_found())?;
    browse::forget(admin.app, admin.person.id, id).await?;
    Ok(admin.redirect(PATH, Some("query-forgotten")))
}
