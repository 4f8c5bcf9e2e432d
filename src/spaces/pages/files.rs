//! Files beside people's texts: sent here, put into a text by one line of Markdown, fetched from the
//! content origin. Whoever has just arrived waits for a few texts, as with pictures.

use rocket::response::Redirect;
use rocket::{get, post};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::accounts::guards::SignedIn;
use crate::documents::{self, Held, Upload};
use crate::spaces::attached::{self, Opens};
use crate::web::i18n::{Lang, Locales};
use crate::web::{Html, Page, Refusal, Visitor};

#[derive(Serialize)]
struct FilesPage {
    crumbs: Vec<Value>,
    limit: u64,
    refused: Option<Value>,
    /// The last ones, each with the line that names it.
    latest: Vec<Value>,
    /// Who has just arrived waits for a few texts.
    may_send: bool,
}

impl Page for FilesPage {
    const TEMPLATE: &'static str = "spaces/files";
    const NAV: &'static str = "spaces";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "spaces-files", &[])
    }
}

async fn trusted(me: &SignedIn<'_>) -> Result<bool, Refusal> {
    let own = crate::spaces::contribution(me.app, me.person.id, me.now).await?;
    Ok(own.trust().pictures())
}

async fn page(me: &SignedIn<'_>, refusal: Option<&Refusal>) -> Result<Html, Refusal> {
    let (app, lang) = (me.app, me.lang());
    let text = |key: &str, args: &[(&str, Value)]| app.pages.locales.text(lang, key, args);
    let latest = documents::kept_of(app, me.person.id, "post").await?;
    Ok(me.page(&FilesPage {
        crumbs: vec![json!({ "href": me.href("/spaces"), "label": text("spaces-title", &[]) })],
        limit: documents::limit(app).min(50 << 20),
        refused: refusal.map(|refusal| {
            json!({
                "heading": text(&format!("error-{}-title", refusal.code), &refusal.args),
                "text": text(&format!("error-{}-body", refusal.code), &refusal.args),
                "place": null,
            })
        }),
        latest: latest
            .into_iter()
            .map(|row| {
                let words = row.file_name.replace(['[', ']', '\\'], "");
                json!({
                    "name": row.file_name,
                    "href_to": format!("/files/{}", row.id),
                    "line": format!("[{words}](/files/{})", row.id),
                })
            })
            .collect(),
        may_send: trusted(me).await?,
    }))
}

/// The form, and the last files of the visitor.
#[get("/files")]
pub(super) async fn form(me: SignedIn<'_>) -> Result<Html, Refusal> {
    page(&me, None).await
}

/// Takes in a file.
#[post("/files", data = "<upload>")]
pub(super) async fn send(
    me: SignedIn<'_>,
    upload: Upload,
) -> Result<Result<Redirect, Html>, Refusal> {
    if !trusted(&me).await? {
        return Err(Refusal::forbidden());
    }
    let result = match (upload.file, upload.refused) {
        (_, Some(refusal)) => Err(refusal),
        (None, None) => Err(Refusal::unprocessable("document-no-file")),
        (Some(file), None) => documents::keep(me.app, me.person.id, "post", file).await,
    };
    match result {
        Ok(_) => Ok(Ok(me.redirect("/files", Some("file")))),
        Err(refusal) if matches!(refusal.status.code, 413 | 422) => {
            let html = page(&me, Some(&refusal)).await?;
            Ok(Err(html.status(refusal.status)))
        }
        Err(refusal) => Err(refusal),
    }
}

/// Leads to a file, unless its sender is not to be seen, or stands behind a door that is shut to the
/// visitor.
#[get("/files/<id>")]
pub(super) async fn open(visitor: Visitor<'_>, id: &str) -> Result<Redirect, Refusal> {
    let id = Uuid::try_parse(id).map_err(|_| Refusal::not_found())?;
    let row = documents::kept(visitor.app, id).await?;
    let opens = attached::opens(visitor.app, row.id, row.person, visitor.person).await?;
    let held = match opens {
        Opens::All => Held::Days,
        Opens::Reader => Held::Minutes,
    };
    let address = documents::kept_address(visitor.app, row.id, held).await?;
    Ok(Redirect::to(address))
}
