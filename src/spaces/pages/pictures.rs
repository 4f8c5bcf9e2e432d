//! Pictures for people's texts: sent here, put into a text by one line of Markdown.

use rocket::http::{Header, Status};
use rocket::response::{Redirect, Responder, Response};
use rocket::{Request, get, post};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::accounts::guards::SignedIn;
use crate::documents::Upload;
use crate::spaces::{attached, pictures};
use crate::web::i18n::{Lang, Locales};
use crate::web::{Fields, Html, Page, Refusal, Visitor};

#[derive(Serialize)]
struct PicturesPage {
    crumbs: Vec<Value>,
    form: Value,
    limit: u64,
    refused: Option<Value>,
    /// The last ones, each with the line that shows it.
    latest: Vec<Value>,
    /// Who has just arrived waits for a few texts.
    may_send: bool,
}

impl Page for PicturesPage {
    const TEMPLATE: &'static str = "spaces/pictures";
    const NAV: &'static str = "spaces";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "spaces-pictures", &[])
    }
}

async fn page(
    me: &SignedIn<'_>,
    fields: &Fields,
    refusal: Option<&Refusal>,
) -> Result<Html, Refusal> {
    let (app, lang) = (me.app, me.lang());
    let text = |key: &str, args: &[(&str, Value)]| app.pages.locales.text(lang, key, args);
    let trust = crate::spaces::contribution(app, me.person.id, me.now)
        .await?
        .trust();
    let latest = pictures::latest(app, me.person.id).await?;
    Ok(me.page(&PicturesPage {
        crumbs: vec![json!({ "href": me.href("/spaces"), "label": text("spaces-title", &[]) })],
        form: me.form(fields, &["words"]),
        limit: crate::documents::limit(app),
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
                let words = row.words.replace(['[', ']'], "");
                json!({
                    "src": format!("/pictures/{}", row.id),
                    "words": row.words,
                    "line": format!("![{words}](/pictures/{})", row.id),
                })
            })
            .collect(),
        may_send: trust.pictures(),
    }))
}

/// The form, and the last pictures of the visitor.
#[get("/pictures")]
pub(super) async fn form(me: SignedIn<'_>) -> Result<Html, Refusal> {
    page(&me, &Fields::default(), None).await
}

/// Takes in a picture.
#[post("/pictures", data = "<upload>")]
pub(super) async fn send(
    me: SignedIn<'_>,
    upload: Upload,
) -> Result<Result<Redirect, Html>, Refusal> {
    let Upload {
        mut fields,
        file,
        refused,
    } = upload;
    let trust = crate::spaces::contribution(me.app, me.person.id, me.now)
        .await?
        .trust();
    if !trust.pictures() {
        return Err(Refusal::forbidden());
    }
    let words = fields.line("words", pictures::WORDS_MAX);
    let result = match (file, refused) {
        (_, Some(refusal)) => Err(refusal),
        (None, None) => Err(Refusal::unprocessable("document-no-file")),
        (Some(_), None) if !fields.is_valid() => {
            let html = page(&me, &fields, None).await?;
            return Ok(Err(html.status(Status::UnprocessableEntity)));
        }
        (Some(file), None) => pictures::add(me.app, me.person.id, file, words, me.now).await,
    };
    match result {
        Ok(_) => Ok(Ok(me.redirect("/pictures", Some("picture")))),
        Err(refusal) if matches!(refusal.status.code, 413 | 422) => {
            let html = page(&me, &fields, Some(&refusal)).await?;
            Ok(Err(html.status(refusal.status)))
        }
        Err(refusal) => Err(refusal),
    }
}

/// A picture's bytes.
pub(super) struct Picture {
    media_type: String,
    bytes: bytes::Bytes,
}

impl<'r> Responder<'r, 'static> for Picture {
    fn respond_to(self, _: &'r Request<'_>) -> rocket::response::Result<'static> {
        Response::build()
            .header(Header::new("Content-Type", self.media_type))
            .header(Header::new("X-Content-Type-Options", "nosniff"))
            .header(Header::new(
                "Content-Security-Policy",
                "default-src 'none'; sandbox",
            ))
            .header(Header::new("Cache-Control", "private, max-age=600"))
            .sized_body(self.bytes.len(), std::io::Cursor::new(self.bytes))
            .ok()
    }
}

/// A picture, unless its sender is not to be seen, or stands behind a door that is shut to the visitor.
#[get("/pictures/<id>")]
pub(super) async fn show(visitor: Visitor<'_>, id: &str) -> Result<Picture, Refusal> {
    let id = Uuid::try_parse(id).map_err(|_| Refusal::not_found())?;
    let row = pictures::find(visitor.app, id).await?;
    attached::opens(visitor.app, row.id, row.person, visitor.person).await?;
    let size = u64::try_from(row.size).unwrap_or_default();
    let bytes = visitor
        .app
        .storage
        .range(&row.object, 0..size)
        .await
        .map_err(|error| {
            tracing::error!(%error, "picture");
            Refusal::not_found()
        })?;
    Ok(Picture {
        media_type: row.media_type,
        bytes,
    })
}
