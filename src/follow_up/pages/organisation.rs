//! The actions that concern an organisation.

use rocket::get;
use serde::Serialize;
use serde_json::{Value, json};

use super::{Frames, card};
use crate::accounts::guards::SignedIn;
use crate::follow_up::sheets;
use crate::organisations::{self, OrgScope};
use crate::web::i18n::{Lang, Locales};
use crate::web::{Html, Page, Refusal};

#[derive(Serialize)]
struct OrganisationPage {
    crumbs: Vec<Value>,
    tabs: Value,
    heading: String,
    rows: Vec<Value>,
}

impl Page for OrganisationPage {
    const TEMPLATE: &'static str = "follow_up/organisation";
    const NAV: &'static str = "organisations";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(
            lang,
            "follow-up-of-organisation",
            &[("name", json!(self.heading))],
        )
    }
}

/// For its coordinators, the staff of its region, administrators; for everybody else it does not
/// exist.
#[get("/organisations/<slug>/actions")]
pub(super) async fn page(me: SignedIn<'_>, slug: &str) -> Result<Html, Refusal> {
    let organisation = organisations::by_slug(me.app, slug)
        .await?
        .ok_or_else(Refusal::not_found)?;
    let scope = OrgScope::of(me.person, &organisation)?;
    let frames = Frames::read(&me).await?;
    let rows = sheets::of_organisation(me.app, scope).await?;
    let text = |key: &str| me.app.pages.locales.text(me.lang(), key, &[]);
    Ok(me.page(&OrganisationPage {
        crumbs: vec![json!({
            "href": me.href("/organisations"),
            "label": text("web-nav-organisations"),
        })],
        tabs: organisations::tabs(&me, &organisation, "actions"),
        rows: rows
            .iter()
            .map(|row| card(&me, &frames, row, "/follow-up/sheets"))
            .collect(),
        heading: organisation.name,
    }))
}
