//! The programs' interface, described: the OpenAPI document, and a page of it for people.

use std::sync::LazyLock;

use rocket::get;
use rocket::http::ContentType;
use rocket::response::{Responder, Response};
use serde::Serialize;
use serde_json::Value;

use crate::web::i18n::{Lang, Locales};
use crate::web::{Html, Page, Visitor};

/// The description, kept by hand; tests hold every route and every answer against it.
const DOCUMENT: &str = include_str!("../../docs/openapi.json");

/// The document as programs get it.
pub struct Description;

impl<'r> Responder<'r, 'static> for Description {
    fn respond_to(self, _: &'r rocket::Request<'_>) -> rocket::response::Result<'static> {
        Response::build()
            .header(ContentType::JSON)
            // Public: the pages of documentation tools on other sites may read it.
            .raw_header("Access-Control-Allow-Origin", "*")
            .raw_header("Cache-Control", "public, max-age=300")
            .sized_body(DOCUMENT.len(), std::io::Cursor::new(DOCUMENT))
            .ok()
    }
}

/// The OpenAPI 3.1 description of `/api/v1`.
#[get("/api/v1/openapi.json")]
pub fn document() -> Description {
    Description
}

/// A request the interface knows.
#[derive(Clone, Serialize)]
struct Operation {
    method: String,
    path: String,
    summary: String,
    /// The scope its token needs; none: no token.
    scope: Option<String>,
}

/// Requests that belong together.
#[derive(Clone, Serialize)]
struct Group {
    name: String,
    about: String,
    operations: Vec<Operation>,
}

static GROUPS: LazyLock<Vec<Group>> = LazyLock::new(|| {
    let document: Value = serde_json::from_str(DOCUMENT).unwrap_or_default();
    groups(&document)
});

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn groups(document: &Value) -> Vec<Group> {
    let of = |tag: &str| -> Vec<Operation> {
        let paths = document["paths"].as_object().into_iter().flatten();
        paths
            .flat_map(|(path, methods)| {
                let methods = methods.as_object().into_iter().flatten();
                methods
                    .filter(|(_, operation)| operation["tags"][0] == tag)
                    .map(|(method, operation)| Operation {
                        method: method.to_uppercase(),
                        path: path.clone(),
                        summary: text(&operation["summary"]),
                        scope: operation["security"][0]["token"][0]
                            .as_str()
                            .map(str::to_owned),
                    })
            })
            .collect()
    };
    let tags = document["tags"].as_array().into_iter().flatten();
    tags.map(|tag| Group {
        name: text(&tag["name"]),
        about: text(&tag["description"]),
        operations: of(tag["name"].as_str().unwrap_or_default()),
    })
    .collect()
}

#[derive(Serialize)]
struct ApiPage {
    /// Where the description is, whole.
    document: String,
    groups: Vec<Group>,
    /// The visitor may make tokens.
    makes_tokens: bool,
}

impl Page for ApiPage {
    const TEMPLATE: &'static str = "web/api";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "web-api-title", &[])
    }
}

/// What programs can ask of the platform.
#[get("/api")]
pub fn page(visitor: Visitor<'_>) -> Html {
    visitor.page(&ApiPage {
        document: format!("{}/api/v1/openapi.json", visitor.app.config.public_url),
        groups: GROUPS.clone(),
        makes_tokens: visitor.person.is_some_and(|person| person.roles.admin),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_stands_in_one_group() {
        let document: Value = serde_json::from_str(DOCUMENT).expect("the document is JSON");
        let shown: usize = groups(&document).iter().map(|g| g.operations.len()).sum();
        let paths = document["paths"].as_object().expect("paths");
        let all: usize = paths
            .values()
            .map(|methods| methods.as_object().map_or(0, serde_json::Map::len))
            .sum();
        assert_eq!(shown, all);
    }
}
