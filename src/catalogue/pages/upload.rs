//! `/teach/upload`: from a zip to a module. Nothing has to be typed.

use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{Data, get, post};
use serde::Serialize;
use serde_json::{Value, json};

use super::form::{Announced, Sent};
use super::{axes, axis_options};
use crate::accounts::guards::Trainer;
use crate::catalogue::{self, Options};
use crate::web::i18n::Locales;
use crate::web::{Html, Lang, Page, Refusal};

#[derive(Serialize)]
struct UploadPage {
    crumbs: Vec<Value>,
    axes: Vec<Value>,
    publish: bool,
    /// Bytes of a zip at most.
    limit: u64,
    refused: Option<Refused>,
}

/// Why a package was refused, as a page shows it.
#[derive(Serialize)]
pub(super) struct Refused {
    heading: String,
    text: String,
    place: Option<String>,
}

impl Refused {
    pub(super) fn of(refusal: &Refusal, locales: &Locales, lang: Lang) -> Refused {
        let text = |part| {
            locales.text(
                lang,
                &format!("error-{}-{part}", refusal.code),
                &refusal.args,
            )
        };
        let arg = |name: &str| {
            let found = refusal.args.iter().find(|(key, _)| *key == name)?;
            match &found.1 {
                Value::String(text) if !text.is_empty() => Some(text.clone()),
                Value::Number(number) if number.as_u64() != Some(0) => Some(number.to_string()),
                _ => None,
            }
        };
        let place = [arg("entry"), arg("line")]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(":");
        let place = match arg("subject") {
            Some(subject) if !place.is_empty() => format!("{place} · {subject}"),
            Some(subject) => subject,
            None => place,
        };
        Refused {
            heading: text("title"),
            text: text("body"),
            place: (!place.is_empty()).then_some(place),
        }
    }
}

impl Page for UploadPage {
    const TEMPLATE: &'static str = "catalogue/upload";
    const NAV: &'static str = "modules";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "catalogue-upload", &[])
    }
}

async fn page(
    trainer: &Trainer<'_>,
    axis: &str,
    publish: bool,
    refusal: Option<&Refusal>,
) -> Result<Html, Refusal> {
    let (locales, lang) = (&trainer.app.pages.locales, trainer.lang());
    let known = axes(trainer.app).await?;
    Ok(trainer.page(&UploadPage {
        crumbs: vec![json!({
            "href": trainer.href("/teach"),
            "label": locales.text(lang, "catalogue-teach", &[]),
        })],
        axes: axis_options(trainer, &known, axis, "catalogue-no-axis"),
        publish,
        limit: trainer.app.config.packages.max_bytes,
        refused: refusal.map(|refusal| Refused::of(refusal, locales, lang)),
    }))
}

/// The empty form.
#[get("/teach/upload")]
pub(super) async fn form(trainer: Trainer<'_>) -> Result<Html, Refusal> {
    page(&trainer, "", false, None).await
}

/// Takes in a package and leads to its module; a refused one shows the form again with the reason.
#[post("/teach/upload", data = "<data>")]
pub(super) async fn send(
    trainer: Trainer<'_>,
    announced: Announced,
    data: Data<'_>,
) -> Result<Result<Redirect, Html>, Refusal> {
    let mut sent = Sent::default();
    let read = sent.read(trainer.app, &announced, data).await;
    let options = Options {
        axis: sent.field("axis").map(str::to_owned),
        publish: sent.field("publish").is_some(),
        ..options(&trainer)
    };
    let (axis, publish) = (options.axis.clone().unwrap_or_default(), options.publish);
    let result = match read.and_then(|()| sent.package()) {
        Ok(received) => catalogue::import(trainer.app, received, options, None).await,
        Err(refusal) => Err(refusal),
    };
    match result {
        Ok(imported) => {
            let done = match (imported.new, publish) {
                (false, _) => "catalogue-known",
                (true, true) => "catalogue-published",
                (true, false) => "catalogue-imported",
            };
            let path = format!("/teach/modules/{}", imported.module.slug);
            Ok(Ok(trainer.redirect(&path, Some(done))))
        }
        Err(refusal) if may_show(&refusal) => {
            let shown = page(&trainer, &axis, publish, Some(&refusal)).await?;
            Ok(Err(shown.status(refusal.status)))
        }
        Err(refusal) => Err(refusal),
    }
}

/// What a trainer's form asks for: a module of their own.
pub(super) fn options(trainer: &Trainer<'_>) -> Options {
    let person = trainer.person;
    Options {
        by: Some(person.id),
        among: (!person.roles.admin).then_some(person.id),
        ..Options::default()
    }
}

/// A refusal that belongs beside the form: about the package, or a full disk.
pub(super) fn may_show(refusal: &Refusal) -> bool {
    refusal.status.code < 500 || refusal.status == Status::InsufficientStorage
}
