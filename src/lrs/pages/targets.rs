//! Other stores that get our statements: how far they are, what they refused, new ones.

use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{Route, get, post, routes};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::accounts::guards::Admin;
use crate::lrs::browse;
use crate::lrs::forward::{self, NewTarget};
use crate::web::i18n::{Lang, Locales};
use crate::web::{Fields, Html, Page, Refusal};

pub(super) fn routes() -> Vec<Route> {
    routes![page, add, retry, switch, remove]
}

const PATH: &str = "/admin/xapi/forwarding";
const FORM: [&str; 7] = [
    "name", "url", "user", "password", "version", "query", "from",
];
/// Waiting statements counted at most.
const COUNTED: usize = 1000;

#[derive(Serialize)]
struct TargetsPage {
    crumbs: Vec<Value>,
    tabs: Vec<Value>,
    targets: Vec<Value>,
    form: Value,
    versions: Vec<Value>,
    queries: Vec<Value>,
    from: Vec<Value>,
}

impl Page for TargetsPage {
    const TEMPLATE: &'static str = "lrs/targets";
    const NAV: &'static str = "admin";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "lrs-forwarding", &[])
    }
}

async fn show(admin: &Admin<'_>, fields: &Fields) -> Result<Html, Refusal> {
    let (app, lang) = (admin.app, admin.lang());
    let locales = &app.pages.locales;
    let chosen = |name: &str, value: &str, first: bool| {
        let typed = fields.raw(name);
        typed == value || (typed.is_empty() && first)
    };
    let mut queries = vec![json!({
        "value": "",
        "label": locales.plain(lang, "lrs-target-all", &[]),
        "selected": fields.raw("query").is_empty(),
    })];
    for saved in browse::saved(app).await? {
        let id = saved.id.to_string();
        let label = match &saved.owner {
            Some(owner) => format!("{} ({owner})", saved.name),
            None => saved.name.clone(),
        };
        queries.push(json!({ "selected": fields.raw("query") == id, "value": id, "label": label }));
    }
    let targets = forward::list(app).await?.into_iter().map(|target| {
        let row = target.row;
        json!({
            "id": row.id,
            "name": row.name,
            "url": row.url,
            "version": row.version,
            "query": row.query_name,
            "active": row.active,
            "delivered": row.delivered,
            "refused": row.refused,
            "delivered_at": row.delivered_at.map(|at| at.micros()),
            "error": row.error.map(|code| {
                let words = locales.find(lang, &format!("lrs-trouble-{code}"), &[]);
                words.unwrap_or(code)
            }),
            "error_at": row.error_at.map(|at| at.micros()),
            "waiting": target.waiting,
            "more": if target.waiting >= COUNTED { "yes" } else { "no" },
            "refusals": target.refusals.iter().map(|one| json!({
                "stored": one.stored, "id": one.id, "status": one.status, "reason": one.reason,
            })).collect::<Vec<Value>>(),
        })
    });
    Ok(admin.page(&TargetsPage {
        crumbs: super::crumbs(admin),
        tabs: super::tabs(admin, PATH),
        targets: targets.collect(),
        form: admin.form(fields, &FORM),
        versions: ["1.0.3", "2.0.0"]
            .iter()
            .map(|version| {
                json!({
                    "value": version,
                    "label": format!("xAPI {version}"),
                    "selected": chosen("version", version, *version == "1.0.3"),
                })
            })
            .collect(),
        queries,
        from: ["now", "start"]
            .iter()
            .map(|from| {
                json!({
                    "value": from,
                    "label": locales.text(lang, &format!("lrs-target-from-{from}"), &[]),
                    "selected": chosen("from", from, *from == "now"),
                })
            })
            .collect(),
    }))
}

#[get("/admin/xapi/forwarding")]
async fn page(admin: Admin<'_>) -> Result<Html, Refusal> {
    show(&admin, &Fields::default()).await
}

#[post("/admin/xapi/forwarding", data = "<fields>")]
async fn add(admin: Admin<'_>, mut fields: Fields) -> Result<Result<Redirect, Html>, Refusal> {
    let name = fields.line("name", 100);
    let url = fields.line("url", 500);
    let user = fields.line("user", 200);
    let password = fields.line("password", 500);
    if fields.is_valid() && !forward::is_address(&url) {
        fields.error("url", "address");
    }
    let version = match fields.raw("version") {
        "2.0.0" => "2.0.0",
        _ => "1.0.3",
    };
    let query = match fields.raw("query") {
        "" => None,
        text => match Uuid::parse_str(text) {
            Ok(id) if browse::saved_one(admin.app, id).await?.is_some() => Some(id),
            _ => {
                fields.error("query", "choice");
                None
            }
        },
    };
    if !fields.is_valid() {
        let page = show(&admin, &fields).await?;
        return Ok(Err(page.status(Status::UnprocessableEntity)));
    }
    let new = NewTarget {
        name,
        url,
        user,
        password,
        version: version.to_owned(),
        query,
        from_the_start: fields.raw("from") == "start",
    };
    forward::add(admin.app, Some(admin.person.id), new).await?;
    Ok(Ok(admin.redirect(PATH, Some("target-added"))))
}

fn id_of(text: &str) -> Result<Uuid, Refusal> {
    Uuid::parse_str(text).map_err(|_| Refusal::not_found())
}

#[post("/admin/xapi/forwarding/<id>/retry")]
async fn retry(admin: Admin<'_>, id: &str) -> Result<Redirect, Refusal> {
    forward::retry(admin.app, id_of(id)?).await?;
    Ok(admin.redirect(PATH, Some("target-retried")))
}

#[post("/admin/xapi/forwarding/<id>/switch")]
async fn switch(admin: Admin<'_>, id: &str) -> Result<Redirect, Refusal> {
    forward::switch(admin.app, admin.person.id, id_of(id)?).await?;
    Ok(admin.redirect(PATH, Some("saved")))
}

#[post("/admin/xapi/forwarding/<id>/remove")]
async fn remove(admin: Admin<'_>, id: &str) -> Result<Redirect, Refusal> {
    forward::remove(admin.app, admin.person.id, id_of(id)?).await?;
    Ok(admin.redirect(PATH, Some("saved")))
}
