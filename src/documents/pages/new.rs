//! A new document, and a new version of one.

use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{get, post};
use serde::Serialize;
use serde_json::{Value, json};

use super::{
    chosen, crumbs, id_of, language_options, named_options, options, organisation_options,
    own_organisations,
};
use crate::accounts::guards::SignedIn;
use crate::documents::receive::Upload;
use crate::documents::{
    self, Description, DocumentRow, KINDS, LICENSES, SUMMARY_MAX, TASKS, TITLE_MAX,
};
use crate::organisations;
use crate::web::i18n::{Lang, Locales};
use crate::web::{Fields, Html, Page, Refusal};

#[derive(Serialize)]
struct NewPage {
    crumbs: Vec<Value>,
    form: Value,
    /// Bytes of a file at most.
    limit: u64,
    refused: Option<Value>,
    organisations: Vec<Value>,
    kinds: Vec<Value>,
    tasks: Vec<Value>,
    licenses: Vec<Value>,
    languages: Vec<Value>,
    axes: Vec<Value>,
    regions: Vec<Value>,
}

impl Page for NewPage {
    const TEMPLATE: &'static str = "documents/new";
    const NAV: &'static str = "spaces";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "documents-new", &[])
    }
}

/// Why a file was refused, in words.
fn words(me: &SignedIn<'_>, refusal: &Refusal) -> Value {
    let text = |part| {
        let key = format!("error-{}-{part}", refusal.code);
        me.app.pages.locales.text(me.lang(), &key, &refusal.args)
    };
    json!({ "heading": text("title"), "text": text("body"), "place": null })
}

async fn page(
    me: &SignedIn<'_>,
    fields: &Fields,
    refusal: Option<&Refusal>,
) -> Result<Html, Refusal> {
    let own = own_organisations(me).await?;
    let language = match fields.raw("language") {
        "" => me.lang().code(),
        typed => typed,
    };
    Ok(me.page(&NewPage {
        crumbs: crumbs(me),
        form: me.form(fields, &["title", "summary", "tags"]),
        limit: documents::limit(me.app),
        refused: refusal.map(|refusal| words(me, refusal)),
        organisations: organisation_options(&own, fields),
        kinds: options(me, &KINDS, "documents-kind-", None, fields.raw("kind")),
        tasks: options(
            me,
            &TASKS,
            "documents-task-",
            Some("documents-no-task"),
            fields.raw("task"),
        ),
        licenses: options(
            me,
            &LICENSES,
            "documents-license-",
            None,
            fields.raw("license"),
        ),
        languages: language_options(me, None, language),
        axes: named_options(
            me,
            &organisations::axes(me.app).await?,
            "documents-none",
            fields.raw("axis"),
        ),
        regions: named_options(
            me,
            &organisations::regions(me.app).await?,
            "documents-none",
            fields.raw("region"),
        ),
    }))
}

/// The empty form. Somebody without an organisation is told what to do.
#[get("/toolbox/new", rank = 1)]
pub(super) async fn form(me: SignedIn<'_>) -> Result<Html, Refusal> {
    page(&me, &Fields::default(), None).await
}

async fn described(me: &SignedIn<'_>, fields: &mut Fields) -> Result<Description, Refusal> {
    let one_of = |list: &[&str], typed: &str| {
        list.iter()
            .find(|code| **code == typed)
            .map(|code| (*code).to_owned())
    };
    let axes = organisations::axes(me.app).await?;
    let regions = organisations::regions(me.app).await?;
    let title = fields.line("title", TITLE_MAX);
    let summary = fields.prose("summary", SUMMARY_MAX);
    if crate::web::markdown::render(&summary).is_err() {
        fields.error("summary", "too-deep");
    }
    let kind = one_of(&KINDS, fields.raw("kind"));
    if kind.is_none() {
        fields.error("kind", "choice");
    }
    let license = one_of(&LICENSES, fields.raw("license"));
    if license.is_none() {
        fields.error("license", "choice");
    }
    let slug = |list: &[organisations::Named], typed: &str| {
        list.iter()
            .find(|named| named.slug == typed)
            .map(|named| named.slug.clone())
    };
    Ok(Description {
        title,
        summary,
        kind: kind.unwrap_or_default(),
        license: license.unwrap_or_default(),
        language: Lang::from_code(fields.raw("language")).unwrap_or(me.lang()),
        axis: slug(&axes, fields.raw("axis")),
        region: slug(&regions, fields.raw("region")),
        task: one_of(&TASKS, fields.raw("task")),
        tags: crate::spaces::tags(fields.raw("tags")),
    })
}

/// True when the refusal belongs beside the form.
fn may_show(refusal: &Refusal) -> bool {
    matches!(refusal.status.code, 413 | 422 | 507)
}

/// Takes in a document: it waits for its release, or is there at once.
#[post("/toolbox/new", data = "<upload>", rank = 1)]
pub(super) async fn send(
    me: SignedIn<'_>,
    upload: Upload,
) -> Result<Result<Redirect, Html>, Refusal> {
    let Upload {
        mut fields,
        file,
        refused,
    } = upload;
    let own = own_organisations(&me).await?;
    let organisation = chosen(&own, &fields);
    if organisation.is_none() {
        fields.error("organisation", "choice");
    }
    let about = described(&me, &mut fields).await?;
    let missing = Refusal::unprocessable("document-no-file");
    let result = match (organisation, file, refused) {
        (_, _, Some(refusal)) => Err(Some(refusal)),
        (_, None, None) => Err(Some(missing)),
        (Some(organisation), Some(file), None) if fields.is_valid() => {
            documents::propose(me.app, me.person, organisation, about, file)
                .await
                .map_err(Some)
        }
        _ => Err(None),
    };
    match result {
        Ok((id, released)) => {
            let done = if released {
                "document-released"
            } else {
                "document-proposed"
            };
            Ok(Ok(me.redirect(&format!("/toolbox/{id}"), Some(done))))
        }
        Err(refusal) if refusal.as_ref().is_none_or(may_show) => {
            let status = refusal
                .as_ref()
                .map_or(Status::UnprocessableEntity, |refusal| refusal.status);
            let html = page(&me, &fields, refusal.as_ref()).await?;
            Ok(Err(html.status(status)))
        }
        Err(refusal) => Err(refusal.unwrap_or_else(Refusal::not_found)),
    }
}

#[derive(Serialize)]
struct VersionPage {
    crumbs: Vec<Value>,
    heading: String,
    limit: u64,
    refused: Option<Value>,
    form: Value,
}

impl Page for VersionPage {
    const TEMPLATE: &'static str = "documents/version";
    const NAV: &'static str = "spaces";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "documents-new-version", &[])
    }
}

async fn mine(me: &SignedIn<'_>, id: &str) -> Result<DocumentRow, Refusal> {
    let document = documents::document(me.app, id_of(id)?, Some(me.person)).await?;
    if documents::may_renew(me.person, &document) {
        Ok(document)
    } else {
        Err(Refusal::forbidden())
    }
}

fn version_page(
    me: &SignedIn<'_>,
    document: DocumentRow,
    fields: &Fields,
    refusal: Option<&Refusal>,
) -> Html {
    let mut crumbs = crumbs(me);
    crumbs.push(
        json!({ "href": me.href(&format!("/toolbox/{}", document.id)), "label": document.title }),
    );
    me.page(&VersionPage {
        crumbs,
        heading: document.title,
        limit: documents::limit(me.app),
        refused: refusal.map(|refusal| words(me, refusal)),
        form: me.form(fields, &["note"]),
    })
}

/// The form of a new version.
#[get("/toolbox/<id>/new", rank = 1)]
pub(super) async fn version_form(me: SignedIn<'_>, id: &str) -> Result<Html, Refusal> {
    let document = mine(&me, id).await?;
    Ok(version_page(&me, document, &Fields::default(), None))
}

/// Takes in a new version; the earlier ones keep their links.
#[post("/toolbox/<id>/new", data = "<upload>", rank = 1)]
pub(super) async fn send_version(
    me: SignedIn<'_>,
    id: &str,
    upload: Upload,
) -> Result<Result<Redirect, Html>, Refusal> {
    let document = mine(&me, id).await?;
    let Upload {
        mut fields,
        file,
        refused,
    } = upload;
    let note = fields.optional_line("note", 200);
    let result = match (file, refused) {
        (_, Some(refusal)) => Err(refusal),
        (None, None) => Err(Refusal::unprocessable("document-no-file")),
        (Some(file), None) => documents::renew(me.app, me.person, &document, note, file).await,
    };
    match result {
        Ok(()) => Ok(Ok(me.redirect(
            &format!("/toolbox/{}", document.id),
            Some("document-renewed"),
        ))),
        Err(refusal) if may_show(&refusal) => {
            let status = refusal.status;
            Ok(Err(
                version_page(&me, document, &fields, Some(&refusal)).status(status)
            ))
        }
        Err(refusal) => Err(refusal),
    }
}
