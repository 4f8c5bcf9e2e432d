//! One document: what it is, its versions, whose work it is.

use rocket::get;
use rocket::response::Redirect;
use serde::Serialize;
use serde_json::{Value, json};

use super::{
    card, crumbs, file as file_words, id_of, look, organisation_options, own_organisations, person,
    place_names, store,
};
use crate::documents::{self, DocumentRow, VersionRow, content};
use crate::web::i18n::{Lang, Locales};
use crate::web::{Fields, Html, Page, Refusal, Visitor, markdown};

#[derive(Serialize)]
struct DocumentPage {
    /// What is told to other sites; null: nothing, it is not public.
    share: Option<crate::directory::Shared>,
    crumbs: Vec<Value>,
    heading: String,
    kind: String,
    hue: &'static str,
    icon: &'static str,
    language: &'static str,
    language_code: String,
    license: String,
    axis: Option<String>,
    region: Option<String>,
    task: Value,
    tags: Vec<String>,
    organisation: Value,
    summary_html: String,
    /// A fiche's answer.
    body_html: Option<String>,
    /// The topic a fiche was made of.
    topic_href: Option<String>,
    /// The version that is shown, when it is not the newest.
    older: Option<i64>,
    file: Value,
    downloads: i64,
    released: bool,
    featured: bool,
    at: i64,
    parts: Vec<Value>,
    versions: Vec<Value>,
    adapted_from: Value,
    adaptations: Vec<super::Card>,
    here: String,
    may: May,
    organisations: Vec<Value>,
}

/// What the visitor may do with it.
#[derive(Serialize)]
struct May {
    release: bool,
    feature: bool,
    renew: bool,
    copy: bool,
}

impl Page for DocumentPage {
    const TEMPLATE: &'static str = "documents/show";
    const NAV: &'static str = "spaces";
    fn title(&self, _: &Locales, _: Lang) -> String {
        self.heading.clone()
    }
}

fn may(visitor: &Visitor<'_>, document: &DocumentRow) -> May {
    let person = visitor.person;
    May {
        release: person.is_some_and(|person| {
            document
                .organisation
                .is_some_and(|osc| domain::community::may_release(osc.0, &person.roles))
        }),
        feature: document.released_at.is_some() && person.is_some_and(documents::may_feature),
        renew: person.is_some_and(|person| documents::may_renew(person, document)),
        copy: document.object.is_some()
            && document.released_at.is_some()
            && person.is_some_and(|person| !person.roles.member_of.is_empty()),
    }
}

async fn page(
    visitor: &Visitor<'_>,
    document: DocumentRow,
    number: Option<i64>,
) -> Result<Html, Refusal> {
    let app = visitor.app;
    let here = visitor.href(&format!("/toolbox/{}", document.id));
    let versions: Vec<VersionRow> = store::VERSIONS.bind(document.id).all(&app.db).await?;
    let shown = match number {
        Some(number) => versions
            .iter()
            .find(|version| version.number == number)
            .ok_or_else(Refusal::not_found)?,
        None => versions.first().ok_or_else(Refusal::not_found)?,
    };
    let parts: Vec<store::PartRow> = store::PARTS.bind(document.id).all(&app.db).await?;
    let adaptations: Vec<DocumentRow> = store::ADAPTATIONS.bind(document.id).all(&app.db).await?;
    let source: Option<DocumentRow> = match document.adapted_from {
        Some(source) => store::SHOWN.bind(source).optional(&app.db).await?,
        None => None,
    };
    let (axis, region) = place_names(visitor, &document).await?;
    let own = own_organisations(visitor).await?;
    let language = Lang::from_code(&document.language).unwrap_or_default();
    let (hue, icon) = look(&document.kind);
    let html = |text: &str| markdown::render(text).unwrap_or_default();
    let topic_href = match (document.topic, document.reply) {
        (Some(topic), Some(reply)) => crate::spaces::path_of(app, topic)
            .await?
            .map(|path| visitor.href(&format!("{path}#post-{reply}"))),
        _ => None,
    };
    let path = format!("/toolbox/{}", document.id);
    Ok(visitor.page(&DocumentPage {
        share: crate::directory::share(app, visitor.lang(), &path).await?,
        crumbs: crumbs(visitor),
        heading: document.title.clone(),
        hue,
        icon,
        language: language.own_name(),
        language_code: language.code().to_owned(),
        license: document.license.clone(),
        axis,
        region,
        task: match &document.task {
            Some(code) => {
                json!({ "code": code, "href_to": visitor.href(&format!("/toolbox?task={code}")) })
            }
            None => Value::Null,
        },
        tags: document
            .tags
            .split_whitespace()
            .map(str::to_owned)
            .collect(),
        organisation: match (&document.organisation_name, &document.organisation_slug) {
            (Some(name), Some(slug)) => {
                json!({ "name": name, "href_to": visitor.href(&format!("/organisations/{slug}")) })
            }
            _ => Value::Null,
        },
        summary_html: html(&document.summary),
        body_html: shown.body.as_deref().map(html),
        topic_href,
        older: number.filter(|number| *number != document.number),
        file: match &shown.object {
            Some(_) => json!({
                "href_to": format!("{here}/v/{}/file", shown.number),
                "name": shown.file_name,
                "words": file_words(visitor, &shown.file_name, shown.size),
            }),
            None => Value::Null,
        },
        downloads: document.downloads,
        released: document.released_at.is_some(),
        featured: document.featured_at.is_some(),
        at: document.released_at.unwrap_or(document.created_at).micros(),
        parts: parts
            .iter()
            .map(|part| {
                json!({
                    "part": part.part,
                    "at": part.at.micros(),
                    "person": person(&part.name, part.person.0, part.organisation.as_ref()),
                })
            })
            .collect(),
        versions: versions
            .iter()
            .map(|version| {
                json!({
                    "n": version.number,
                    "href_to": format!("{here}/v/{}", version.number),
                    "at": version.at.micros(),
                    "author": version.author_name,
                    "note": version.note,
                    "current": version.number == shown.number,
                })
            })
            .collect(),
        adapted_from: match &source {
            Some(source) => json!({
                "href_to": visitor.href(&format!("/toolbox/{}", source.id)),
                "heading": source.title,
                "organisation": source.organisation_name,
            }),
            None => Value::Null,
        },
        adaptations: adaptations.iter().map(|row| card(visitor, row)).collect(),
        may: may(visitor, &document),
        organisations: organisation_options(&own, &Fields::default()),
        kind: document.kind,
        here,
    }))
}

/// The document, in its newest version.
#[get("/toolbox/<id>", rank = 2)]
pub(super) async fn show(visitor: Visitor<'_>, id: &str) -> Result<Html, Refusal> {
    let document = documents::document(visitor.app, id_of(id)?, visitor.person).await?;
    page(&visitor, document, None).await
}

/// One version: its permanent link.
#[get("/toolbox/<id>/v/<number>")]
pub(super) async fn version(visitor: Visitor<'_>, id: &str, number: i64) -> Result<Html, Refusal> {
    let document = documents::document(visitor.app, id_of(id)?, visitor.person).await?;
    page(&visitor, document, Some(number)).await
}

/// The file of a version: counted, then fetched from the content origin.
#[get("/toolbox/<id>/v/<number>/file")]
pub(super) async fn file(visitor: Visitor<'_>, id: &str, number: i64) -> Result<Redirect, Refusal> {
    let document = documents::document(visitor.app, id_of(id)?, visitor.person).await?;
    let version = documents::version(visitor.app, document.id, number).await?;
    if version.object.is_none() {
        return Err(Refusal::not_found());
    }
    documents::downloaded(visitor.app, document.id).await?;
    Ok(Redirect::to(content::address(
        visitor.app,
        version.id,
        &version.file_name,
        content::Held::Days,
    )))
}
