//! What needs attention, and where to go.

use rocket::{Route, get, routes};
use serde::Serialize;

use crate::accounts::guards::Staff;
use crate::jobs;
use crate::web::i18n::{Lang, Locales};
use crate::web::{Html, Page, Refusal};

pub(super) fn routes() -> Vec<Route> {
    routes![page]
}

#[derive(Serialize)]
struct HomePage {
    admin: bool,
    waiting: i64,
    failed: i64,
}

impl Page for HomePage {
    const TEMPLATE: &'static str = "admin/home";
    const NAV: &'static str = "admin";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "admin-title", &[])
    }
}

#[get("/admin")]
async fn page(staff: Staff<'_>) -> Result<Html, Refusal> {
    let (waiting, failed) = jobs::counts(staff.app).await?;
    Ok(staff.page(&HomePage {
        admin: staff.person.roles.admin,
        waiting,
        failed,
    }))
}
