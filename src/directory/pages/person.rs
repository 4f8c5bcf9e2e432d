//! Somebody's page, for those to whom they let themselves be shown.

use rocket::get;
use serde::Serialize;
use serde_json::{Value, json};

use super::shown;
use crate::accounts::guards::SignedIn;
use crate::directory::profile::{self, Proof};
use crate::following::{self, Subject};
use crate::ids::PersonId;
use crate::organisations;
use crate::web::i18n::{Lang, Locales};
use crate::web::{Html, Page, Refusal};

#[derive(Serialize)]
struct PersonPage {
    crumbs: Value,
    person: Value,
    modules: Vec<Value>,
    solutions: Vec<Value>,
    /// The visitor looks at themselves.
    me: bool,
    follow: Value,
    updated_at: i64,
    #[serde(skip)]
    name: String,
}

impl Page for PersonPage {
    const TEMPLATE: &'static str = "directory/person";
    const NAV: &'static str = "organisations";
    fn title(&self, _: &Locales, _: Lang) -> String {
        self.name.clone()
    }
}

/// 404 for somebody who is not shown to the visitor, as for nobody.
#[get("/people/<id>")]
pub(super) async fn page(me: SignedIn<'_>, id: &str) -> Result<Html, Refusal> {
    let id = uuid::Uuid::try_parse(id).map_err(|_| Refusal::not_found())?;
    let seen = profile::seen(me.app, me.person, PersonId(id)).await?;
    let regions = organisations::regions(me.app).await?;
    let axes = organisations::axes(me.app).await?;
    let lines = |list: Vec<Proof>| {
        list.into_iter()
            .map(|proof| {
                json!({
                    "href_to": me.href(&proof.path),
                    "heading": proof.heading,
                    "at": proof.at.map(|at| at.micros()),
                })
            })
            .collect()
    };
    let label = me
        .app
        .pages
        .locales
        .text(me.lang(), "web-nav-organisations", &[]);
    let place = format!("/people/{}", seen.person);
    let follow = following::button(&me, &Subject::person(seen.person), &place).await?;
    Ok(me.page(&PersonPage {
        follow,
        crumbs: json!([{ "href": me.href("/directory"), "label": label }]),
        person: shown(&me, &seen, &regions, &axes),
        modules: lines(profile::modules_of(me.app, seen.person).await?),
        solutions: lines(profile::solutions_of(me.app, seen.person).await?),
        me: me.person.id == seen.person,
        updated_at: seen.updated_at.micros(),
        name: seen.name,
    }))
}
