//! One's rooms, and what waits for an answer.

use rocket::get;
use serde::Serialize;
use serde_json::{Value, json};

use super::row;
use crate::accounts::guards::SignedIn;
use crate::rooms;
use crate::web::i18n::{Lang, Locales};
use crate::web::{Html, Page, Refusal};

#[derive(Serialize)]
struct ListPage {
    crumbs: Vec<Value>,
    asked: Vec<Value>,
    rooms: Vec<Value>,
    archived: Vec<Value>,
    /// Somebody who coordinates an organisation opens rooms.
    can_open: bool,
}

impl Page for ListPage {
    const TEMPLATE: &'static str = "rooms/list";
    const NAV: &'static str = "spaces";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "rooms-title", &[])
    }
}

/// The rooms in which the visitor takes part.
#[get("/rooms")]
pub(super) async fn list(me: SignedIn<'_>) -> Result<Html, Refusal> {
    let label = me.app.pages.locales.text(me.lang(), "spaces-title", &[]);
    let rows = rooms::mine(me.app, me.person.id).await?;
    let (archived, open): (Vec<_>, Vec<_>) = rows.iter().partition(|room| room.is_archived(me.now));
    let asked = rooms::asked(me.app, me.person).await?;
    Ok(me.page(&ListPage {
        crumbs: vec![json!({ "href": me.href("/spaces"), "label": label })],
        asked: asked
            .into_iter()
            .map(|asked| {
                json!({
                    "href_to": me.href(&format!("/rooms/{}", asked.slug)),
                    "heading": asked.name,
                    "purpose": asked.purpose,
                    "founder": asked.founder_name,
                    "organisation": asked.organisation_name,
                    "at": asked.asked_at,
                })
            })
            .collect(),
        rooms: open.into_iter().map(|room| row(&me, room)).collect(),
        archived: archived.into_iter().map(|room| row(&me, room)).collect(),
        can_open: !rooms::coordinated(me.app, me.person).await?.is_empty(),
    }))
}
