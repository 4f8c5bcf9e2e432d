//! Materials as files: the page of who organises or leads a seminar, and the way to a file.

use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{get, post};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::edit::options;
use super::presence::crumbs;
use crate::accounts::guards::SignedIn;
use crate::documents::{self, Held, Upload};
use crate::ids::DocumentId;
use crate::seminars::edit::{LINE_MAX, LINK_MAX};
use crate::seminars::handouts::{self, From, New, Reader};
use crate::seminars::{self, SeminarRow, commitments, programme, store};
use crate::web::i18n::{Lang, Locales};
use crate::web::{Fields, Html, Page, Refusal, Visitor};

#[derive(Serialize)]
struct HandoutsPage {
    crumbs: Vec<Value>,
    heading: String,
    rows: Vec<Value>,
    form: Value,
    phases: Vec<Value>,
    limit: u64,
    refused: Option<Value>,
    back_href: String,
    slug: String,
}

impl Page for HandoutsPage {
    const TEMPLATE: &'static str = "seminars/handouts";
    const NAV: &'static str = "seminars";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "handouts-of", &[("name", json!(self.heading))])
    }
}

/// How a visitor stands to a seminar's materials.
pub(super) async fn reader(visitor: &Visitor<'_>, seminar: &SeminarRow) -> Result<Reader, Refusal> {
    let Some(person) = visitor.person else {
        return Ok(Reader::Anybody);
    };
    if commitments::leads(visitor.app, seminar, person).await? {
        return Ok(Reader::Team);
    }
    let seats = store::HAS_SEAT.bind(seminar.id).bind(person.id);
    let (seats,): (i64,) = seats.one(&visitor.app.db).await?;
    Ok(match seats {
        0 => Reader::Anybody,
        _ => Reader::Seated,
    })
}

/// The seminar of an address, for who organises or leads it; for others the page does not exist.
async fn led(me: &SignedIn<'_>, slug: &str) -> Result<SeminarRow, Refusal> {
    let seminar = seminars::by_slug(me.app, slug).await?;
    match commitments::leads(me.app, &seminar, me.person).await? {
        true => Ok(seminar),
        false => Err(Refusal::not_found()),
    }
}

/// What a visitor may have now, as `seminars/show` lists it.
pub(super) async fn shown(
    visitor: &Visitor<'_>,
    seminar: &SeminarRow,
    reader: Reader,
) -> Result<Vec<Value>, Refusal> {
    let rows = handouts::of(visitor.app, seminar.id).await?;
    let locales = &visitor.app.pages.locales;
    Ok(rows
        .into_iter()
        .filter(|row| row.is_for(seminar, reader, visitor.now))
        .map(|row| {
            let phase = format!("seminars-phase-{}", programme::phase(&row.phase));
            json!({
                "id": row.id,
                "phase": locales.text(visitor.lang(), &phase, &[]),
                "label": row.label,
                "note": row.file_name,
                "seats_only": row.audience == "seats",
                "is_out": handouts::is_out(seminar, &row.phase, visitor.now),
                "href_to": visitor.href(&format!("/seminars/{}/handouts/{}", seminar.slug, row.id)),
            })
        })
        .collect())
}

async fn page(
    me: &SignedIn<'_>,
    seminar: &SeminarRow,
    fields: &Fields,
    refusal: Option<&Refusal>,
) -> Result<Html, Refusal> {
    let locales = &me.app.pages.locales;
    let text = |key: &str, args: &[(&str, Value)]| locales.text(me.lang(), key, args);
    let phases = ["before", "during", "after"];
    Ok(me.page(&HandoutsPage {
        crumbs: crumbs(me, seminar),
        heading: seminar.title.clone(),
        rows: shown(me, seminar, Reader::Team).await?,
        form: me.form(fields, &["label", "document"]),
        phases: options(
            fields.raw("phase"),
            phases.map(|p| {
                (
                    p,
                    locales.plain(me.lang(), &format!("handouts-phase-{p}"), &[]),
                )
            }),
        ),
        limit: documents::limit(me.app).min(50 << 20),
        refused: refusal.map(|refusal| {
            json!({
                "heading": text(&format!("error-{}-title", refusal.code), &refusal.args),
                "text": text(&format!("error-{}-body", refusal.code), &refusal.args),
                "place": null,
            })
        }),
        back_href: me.href(&format!("/seminars/{}", seminar.slug)),
        slug: seminar.slug.clone(),
    }))
}

/// The page.
#[get("/seminars/<slug>/handouts")]
pub(super) async fn form(me: SignedIn<'_>, slug: &str) -> Result<Html, Refusal> {
    let seminar = led(&me, slug).await?;
    page(&me, &seminar, &Fields::default(), None).await
}

/// The document behind an address of the toolbox, or behind its id.
fn document_of(typed: &str) -> Option<DocumentId> {
    typed
        .split(['/', '?', '#'])
        .find_map(|part| Uuid::try_parse(part.trim()).ok())
        .map(DocumentId)
}

/// Takes in a file, or names a document of the toolbox.
#[post("/seminars/<slug>/handouts", data = "<upload>")]
pub(super) async fn add(
    me: SignedIn<'_>,
    slug: &str,
    upload: Upload,
) -> Result<Result<Redirect, Html>, Refusal> {
    let seminar = led(&me, slug).await?;
    let Upload {
        mut fields,
        file,
        refused,
    } = upload;
    let label = fields.line("label", LINE_MAX);
    let typed = fields.optional_line("document", LINK_MAX);
    let document = document_of(&typed);
    if !typed.is_empty() {
        let found = match document {
            Some(id) => documents::document(me.app, id, None).await.is_ok(),
            None => false,
        };
        if !found {
            fields.error("document", "no-document");
        }
    }
    let from = match (file, document) {
        (Some(file), _) => Some(From::File(file)),
        (None, Some(document)) => Some(From::Document(document)),
        (None, None) => None,
    };
    let result = match (refused, from) {
        (Some(refusal), _) => Err(Some(refusal)),
        (None, _) if !fields.is_valid() => Err(None),
        (None, None) => Err(Some(Refusal::unprocessable("document-no-file"))),
        (None, Some(from)) => {
            let new = New {
                phase: programme::phase(fields.raw("phase")),
                seats_only: fields.ticked("seats"),
                label,
                from,
                by: me.person.id,
            };
            handouts::add(me.app, seminar.id, new).await.map_err(Some)
        }
    };
    match result {
        Ok(()) => {
            let path = format!("/seminars/{slug}/handouts");
            Ok(Ok(me.redirect(&path, Some("handout-added"))))
        }
        Err(refusal)
            if refusal
                .as_ref()
                .is_none_or(|r| matches!(r.status.code, 409 | 413 | 422 | 507)) =>
        {
            let status = refusal
                .as_ref()
                .map_or(Status::UnprocessableEntity, |r| r.status);
            let html = page(&me, &seminar, &fields, refusal.as_ref()).await?;
            Ok(Err(html.status(status)))
        }
        Err(refusal) => Err(refusal.unwrap_or_else(Refusal::not_found)),
    }
}

/// Takes something away; what is gone already stays so.
#[post("/seminars/<slug>/handouts/<id>/remove")]
pub(super) async fn remove(me: SignedIn<'_>, slug: &str, id: &str) -> Result<Redirect, Refusal> {
    let seminar = led(&me, slug).await?;
    let id = Uuid::try_parse(id).map_err(|_| Refusal::not_found())?;
    handouts::remove(me.app, seminar.id, id).await?;
    let path = format!("/seminars/{slug}/handouts");
    Ok(me.redirect(&path, Some("handout-removed")))
}

/// Leads to the file or the document, for those it is for, once it is handed out.
#[get("/seminars/<slug>/handouts/<id>")]
pub(super) async fn open(visitor: Visitor<'_>, slug: &str, id: &str) -> Result<Redirect, Refusal> {
    let seminar = seminars::by_slug(visitor.app, slug).await?;
    let id = Uuid::try_parse(id).map_err(|_| Refusal::not_found())?;
    let row = handouts::one(visitor.app, seminar.id, id).await?;
    let reader = reader(&visitor, &seminar).await?;
    if !row.is_for(&seminar, reader, visitor.now) {
        return Err(match visitor.person {
            None => Refusal::unauthorized(),
            Some(_) => Refusal::not_found(),
        });
    }
    match (row.file, row.document) {
        (Some(file), _) => Ok(Redirect::to(
            documents::kept_address(visitor.app, file, Held::Days).await?,
        )),
        (None, Some(document)) => Ok(visitor.redirect(&format!("/toolbox/{document}"), None)),
        (None, None) => Err(Refusal::not_found()),
    }
}
