//! `/teach`: the modules a trainer looks after.

use rocket::get;
use serde::Serialize;

use super::{axes, axis_name};
use crate::accounts::guards::Trainer;
use crate::catalogue::{self, Module};
use crate::web::i18n::Locales;
use crate::web::{Html, Lang, Page, Refusal};

#[derive(Serialize)]
struct Teach {
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    href_to: String,
    heading: String,
    axis: Option<String>,
    format: String,
    version: i64,
    published: bool,
    updated: i64,
}

impl Page for Teach {
    const TEMPLATE: &'static str = "catalogue/teach";
    const NAV: &'static str = "modules";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "catalogue-teach", &[])
    }
}

/// A trainer's own modules; everybody's for administrators.
#[get("/teach")]
pub(super) async fn teach(trainer: Trainer<'_>) -> Result<Html, Refusal> {
    let known = axes(trainer.app).await?;
    let modules: Vec<Module> = catalogue::all(trainer.app).await?;
    let rows = modules
        .into_iter()
        .filter(|module| catalogue::may_manage(trainer.person, module))
        .map(|module| Row {
            href_to: trainer.href(&format!("/teach/modules/{}", module.slug)),
            axis: axis_name(&known, module.axis.as_deref(), trainer.lang()),
            heading: module.title,
            format: module.format,
            version: module.number,
            published: module.published_at.is_some(),
            updated: module.updated_at.micros(),
        })
        .collect();
    Ok(trainer.page(&Teach { rows }))
}
