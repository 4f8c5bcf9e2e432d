//! The first page: what Halqa is, what comes next, what people talk about.

use rocket::{Route, get, routes};
use serde::Serialize;
use serde_json::Value;

use crate::web::i18n::{Lang, Locales};
use crate::web::{Html, Page, Refusal, Visitor};

#[derive(Serialize)]
struct HomePage {
    resume: Value,
    modules: Vec<Value>,
    seminars: Vec<crate::seminars::Row>,
    topics: Vec<crate::spaces::TopicCard>,
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
    Ok(visitor.page(&HomePage {
        resume: Value::Null,
        modules: Vec::new(),
        seminars: crate::seminars::upcoming(&visitor, 3).await?,
        topics: crate::spaces::latest(visitor.app, visitor.lang(), 5).await?,
    }))
}

/// The routes.
pub fn routes() -> Vec<Route> {
    routes![home]
}
