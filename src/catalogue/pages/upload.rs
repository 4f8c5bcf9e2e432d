//! `/teach/upload`: from a zip to a module. Nothing has to be typed.

use rocket::form::Form;
use rocket::fs::TempFile;
use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{FromForm, get, post};
use serde::Serialize;
use serde_json::{Value, json};

use super::{axes, axis_options};
use crate::accounts::guards::Trainer;
use crate::catalogue::import::{Imported, Staging};
use crate::catalogue::{self, Options};
use crate::web::i18n::Locales;
use crate::web::{Html, Lang, Page, Refusal};

/// What the form sends.
#[derive(FromForm)]
pub(super) struct Upload<'r> {
    package: Option<TempFile<'r>>,
    #[field(default = "")]
    axis: &'r str,
    #[field(default = false)]
    publish: bool,
}

#[derive(Serialize)]
struct UploadPage {
    crumbs: Vec<Value>,
    axes: Vec<Value>,
    publish: bool,
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
        refused: refusal.map(|refusal| Refused::of(refusal, locales, lang)),
    }))
}

/// The empty form.
#[get("/teach/upload")]
pub(super) async fn form(trainer: Trainer<'_>) -> Result<Html, Refusal> {
    page(&trainer, "", false, None).await
}

/// Takes in a package and leads to its module; a refused one shows the form again with the reason.
#[post("/teach/upload", data = "<form>")]
pub(super) async fn send(
    trainer: Trainer<'_>,
    form: Form<Upload<'_>>,
) -> Result<Result<Redirect, Html>, Refusal> {
    let form = form.into_inner();
    let options = Options {
        axis: Some(form.axis.to_owned()).filter(|axis| !axis.is_empty()),
        publish: form.publish,
        by: Some(trainer.person.id),
        ..Options::default()
    };
    let (axis, publish) = (form.axis.to_owned(), form.publish);
    match take(&trainer, form.package, options).await {
        Ok(imported) => {
            let done = match (imported.new, publish) {
                (false, _) => "catalogue-known",
                (true, true) => "catalogue-published",
                (true, false) => "catalogue-imported",
            };
            let path = format!("/teach/modules/{}", imported.module.slug);
            Ok(Ok(trainer.redirect(&path, Some(done))))
        }
        Err(refusal)
            if refusal.status.code < 500 || refusal.status == Status::InsufficientStorage =>
        {
            let shown = page(&trainer, &axis, publish, Some(&refusal)).await?;
            Ok(Err(shown.status(refusal.status)))
        }
        Err(refusal) => Err(refusal),
    }
}

/// Imports the file of a form.
pub(super) async fn take(
    trainer: &Trainer<'_>,
    file: Option<TempFile<'_>>,
    options: Options,
) -> Result<Imported, Refusal> {
    let file = file
        .filter(|file| file.len() > 0 || file.raw_name().is_some())
        .ok_or_else(|| Refusal::unprocessable("no-file"))?;
    if file.len() == 0 && file.name().is_none() {
        return Err(Refusal::unprocessable("no-file"));
    }
    let stream = file.open().await.map_err(|error| {
        tracing::error!(%error, "upload");
        Refusal::new(Status::InternalServerError, "internal")
    })?;
    let received = Staging::begin(trainer.app)?
        .receive(trainer.app, stream)
        .await?;
    catalogue::import(trainer.app, received, options, None).await
}
