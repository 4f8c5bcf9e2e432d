//! The pages of the toolbox.

mod act;
mod list;
mod new;
mod show;

use rocket::{Route, routes};
use serde::Serialize;
use serde_json::{Value, json};

use super::{DocumentRow, store};
use crate::db::DbError;
use crate::ids::{DocumentId, OrganisationId};
use crate::organisations::{self, Named};
use crate::web::people::{hue, initials};
use crate::web::{Fields, Lang, Refusal, Visitor, markdown};

/// The routes.
pub(super) fn routes() -> Vec<Route> {
    routes![
        list::list,
        new::form,
        new::send,
        new::version_form,
        new::send_version,
        show::show,
        show::version,
        show::file,
        act::release,
        act::feature,
        act::copy,
    ]
}

/// A document as lists show it.
#[derive(Debug, Clone, Serialize)]
pub struct Card {
    href_to: String,
    heading: String,
    summary: String,
    /// The code of its kind.
    kind: String,
    hue: &'static str,
    icon: &'static str,
    organisation: Option<String>,
    language: &'static str,
    language_code: String,
    downloads: i64,
    featured: bool,
    at: i64,
    /// `PDF · 1.2 MB`; null for a fiche.
    file: Option<String>,
    waits: bool,
}

/// A kind's colour and icon.
fn look(kind: &str) -> (&'static str, &'static str) {
    match kind {
        "fiche" => ("olive", "check"),
        "template" => ("turquoise", "edit"),
        "guide" => ("blue", "modules"),
        "report" | "study" => ("plum", "file"),
        "law" => ("sun", "admin"),
        _ => ("terra", "star"),
    }
}

/// The size of a file in words.
fn size(visitor: &Visitor<'_>, bytes: i64) -> String {
    let (unit, amount) = match bytes {
        0..=999_999 => (
            "documents-kilobytes",
            (bytes as f64 / 1_000.0).max(1.0).round(),
        ),
        _ => (
            "documents-megabytes",
            (bytes as f64 / 100_000.0).round() / 10.0,
        ),
    };
    let args = [("amount", json!(amount))];
    visitor.app.pages.locales.text(visitor.lang(), unit, &args)
}

/// What a file is: the end of its name, and its size.
fn file(visitor: &Visitor<'_>, name: &str, bytes: i64) -> String {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    format!("{} · {}", ending.to_uppercase(), size(visitor, bytes))
}

/// A document as a card.
pub fn card(visitor: &Visitor<'_>, row: &DocumentRow) -> Card {
    let (hue, icon) = look(&row.kind);
    let language = Lang::from_code(&row.language).unwrap_or_default();
    Card {
        href_to: visitor.href(&format!("/toolbox/{}", row.id)),
        heading: row.title.clone(),
        summary: markdown::plain(&row.summary, 140),
        kind: row.kind.clone(),
        hue,
        icon,
        organisation: row.organisation_name.clone(),
        language: language.own_name(),
        language_code: language.code().to_owned(),
        downloads: row.downloads,
        featured: row.featured_at.is_some(),
        at: row.released_at.unwrap_or(row.created_at).micros(),
        file: row
            .object
            .as_ref()
            .map(|_| file(visitor, &row.file_name, row.size)),
        waits: row.released_at.is_none(),
    }
}

/// The newest documents of an axis.
pub async fn cards_of_axis(
    visitor: &Visitor<'_>,
    axis: Option<&str>,
    count: i64,
) -> Result<Vec<Card>, DbError> {
    let rows: Vec<DocumentRow> = store::OF_AXIS
        .bind(axis)
        .bind(count)
        .all(&visitor.app.db)
        .await?;
    Ok(rows.iter().map(|row| card(visitor, row)).collect())
}

/// The newest documents of an organisation.
pub async fn cards_of_organisation(
    visitor: &Visitor<'_>,
    organisation: OrganisationId,
    count: i64,
) -> Result<Vec<Card>, DbError> {
    let rows: Vec<DocumentRow> = store::OF_ORGANISATION
        .bind(organisation)
        .bind(count)
        .all(&visitor.app.db)
        .await?;
    Ok(rows.iter().map(|row| card(visitor, row)).collect())
}

/// The organisations whose name the visitor may publish under.
async fn own_organisations(
    visitor: &Visitor<'_>,
) -> Result<Vec<(OrganisationId, String)>, DbError> {
    let ids = visitor
        .person
        .map(|person| person.roles.member_of.clone())
        .unwrap_or_default();
    let rows: Vec<store::NameRow> = store::NAMES.bind(ids).all(&visitor.app.db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

/// The organisation of a form's field, if it is one of the visitor's.
fn chosen(own: &[(OrganisationId, String)], fields: &Fields) -> Option<OrganisationId> {
    let typed = uuid::Uuid::try_parse(fields.raw("organisation")).ok()?;
    own.iter().map(|(id, _)| *id).find(|id| id.0 == typed)
}

fn organisation_options(own: &[(OrganisationId, String)], fields: &Fields) -> Vec<Value> {
    own.iter()
        .map(|(id, name)| {
            let id = id.to_string();
            json!({ "selected": id == fields.raw("organisation"), "value": id, "label": name })
        })
        .collect()
}

/// Options of a select by codes, worded by a family of messages; first, none.
fn options(
    visitor: &Visitor<'_>,
    codes: &[&str],
    family: &str,
    none: Option<&str>,
    chosen: &str,
) -> Vec<Value> {
    let text = |key: &str| visitor.app.pages.locales.plain(visitor.lang(), key, &[]);
    let first =
        none.map(|key| json!({ "value": "", "label": text(key), "selected": chosen.is_empty() }));
    first
        .into_iter()
        .chain(codes.iter().map(|code| {
            json!({ "value": code, "label": text(&format!("{family}{code}")), "selected": *code == chosen })
        }))
        .collect()
}

/// Options of a select of axes or regions; first, none.
fn named_options(visitor: &Visitor<'_>, list: &[Named], none: &str, chosen: &str) -> Vec<Value> {
    let label = visitor.app.pages.locales.plain(visitor.lang(), none, &[]);
    std::iter::once(json!({ "value": "", "label": label, "selected": chosen.is_empty() }))
        .chain(list.iter().map(|named| {
            json!({
                "value": named.slug,
                "label": named.name(visitor.lang()),
                "selected": named.slug == chosen,
            })
        }))
        .collect()
}

fn language_options(visitor: &Visitor<'_>, none: Option<&str>, chosen: &str) -> Vec<Value> {
    let first = none.map(|key| {
        let label = visitor.app.pages.locales.plain(visitor.lang(), key, &[]);
        json!({ "value": "", "label": label, "selected": chosen.is_empty() })
    });
    first
        .into_iter()
        .chain(Lang::ALL.iter().map(|lang| {
            json!({ "value": lang.code(), "label": lang.own_name(), "selected": lang.code() == chosen })
        }))
        .collect()
}

/// The way back to the toolbox.
fn crumbs(visitor: &Visitor<'_>) -> Vec<Value> {
    let label = visitor
        .app
        .pages
        .locales
        .text(visitor.lang(), "documents-title", &[]);
    vec![json!({ "href": visitor.href("/toolbox"), "label": label })]
}

/// A person as `partials/person` shows them.
fn person(name: &str, id: uuid::Uuid, note: Option<&String>) -> Value {
    json!({ "name": name, "initials": initials(name), "hue": hue(id), "note": note })
}

fn id_of(text: &str) -> Result<DocumentId, Refusal> {
    uuid::Uuid::try_parse(text)
        .map(DocumentId)
        .map_err(|_| Refusal::not_found())
}

/// The name of an axis or a region.
async fn place_names(
    visitor: &Visitor<'_>,
    row: &DocumentRow,
) -> Result<(Option<String>, Option<String>), Refusal> {
    let name_of = |list: Vec<Named>, slug: &Option<String>| {
        list.into_iter()
            .find(|named| Some(&named.slug) == slug.as_ref())
            .map(|named| named.name(visitor.lang()).to_owned())
    };
    let axis = match row.axis {
        Some(_) => name_of(organisations::axes(visitor.app).await?, &row.axis),
        None => None,
    };
    let region = match row.region {
        Some(_) => name_of(organisations::regions(visitor.app).await?, &row.region),
        None => None,
    };
    Ok((axis, region))
}
