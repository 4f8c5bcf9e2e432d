//! The first page: what Halqa is, what comes next, what people talk about.

use rocket::{Route, get, routes};
use serde::Serialize;

use crate::catalogue::{self, Card, Unfinished};
use crate::seminars;
use crate::spaces;
use crate::web::i18n::{Lang, Locales};
use crate::web::{Html, Page, Refusal, Visitor};

/// Modules fill a row of four on a wide screen.
const MODULES: usize = 4;
const SEMINARS: i64 = 3;
const TOPICS: i64 = 5;

#[derive(Serialize)]
struct HomePage {
    resume: Option<Unfinished>,
    modules: Vec<Card>,
    seminars: Vec<seminars::Row>,
    topics: Vec<spaces::TopicCard>,
}

impl Page for HomePage {
    const TEMPLATE: &'static str = "web/home";
    const NAV: &'static str = "home";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "web-home-title", &[])
    }
}

#[get("/")]
async fn home(visitor: Visitor<'_>) -> Result<Html, Refusal> {
    let (resume, modules) = catalogue::suggested(&visitor, MODULES).await?;
    Ok(visitor.page(&HomePage {
        resume,
        modules,
        seminars: seminars::upcoming(&visitor, SEMINARS).await?,
        topics: spaces::latest(visitor.app, visitor.lang(), TOPICS).await?,
    }))
}

/// The routes.
pub fn routes() -> Vec<Route> {
    routes![home]
}
