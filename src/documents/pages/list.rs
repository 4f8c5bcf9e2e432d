//! `/toolbox`: what there is, by task, kind, axis and language.

use rocket::get;
use serde::Serialize;
use serde_json::{Value, json};

use super::{Card, card, language_options, named_options, options, store};
use crate::documents::{DocumentRow, KINDS, PAGE, TASKS};
use crate::folding;
use crate::organisations;
use crate::web::i18n::{Lang, Locales};
use crate::web::{Html, Page, Refusal, Visitor};

#[derive(Serialize)]
struct ListPage {
    text: String,
    /// Tiles that lead to what one wants to do.
    tasks: Vec<Value>,
    /// The task that was chosen.
    task: Option<String>,
    kinds: Vec<Value>,
    axes: Vec<Value>,
    languages: Vec<Value>,
    /// Something is filtered.
    filtered: bool,
    documents: Vec<Card>,
    /// What waits for the visitor to release it.
    waiting: Vec<Card>,
    paging: Value,
}

impl Page for ListPage {
    const TEMPLATE: &'static str = "documents/list";
    const NAV: &'static str = "spaces";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "documents-title", &[])
    }
}

/// The icon of each task, in the order of [`TASKS`].
const ICONS: [&str; 9] = [
    "organisations",
    "admin",
    "file",
    "watch",
    "people",
    "star",
    "reply",
    "open",
    "mail",
];

/// The toolbox; filters that name nothing are none.
#[get("/toolbox?<q>&<kind>&<axis>&<language>&<task>&<page>")]
pub(super) async fn list(
    visitor: Visitor<'_>,
    q: Option<&str>,
    kind: Option<&str>,
    axis: Option<&str>,
    language: Option<&str>,
    task: Option<&str>,
    page: Option<u32>,
) -> Result<Html, Refusal> {
    let app = visitor.app;
    let text: String = q.unwrap_or_default().chars().take(100).collect();
    let known = organisations::axes(app).await?;
    let mut kinds: Vec<&str> = KINDS.into();
    kinds.push("fiche");
    let kind = kind.filter(|kind| kinds.contains(kind)).unwrap_or_default();
    let axis = axis
        .filter(|axis| known.iter().any(|named| named.slug == *axis))
        .unwrap_or_default();
    let language = language.and_then(Lang::from_code).map_or("", Lang::code);
    let task = task.filter(|task| TASKS.contains(task)).unwrap_or_default();
    let number = i64::from(page.unwrap_or(1).clamp(1, 10_000));
    let mut rows: Vec<DocumentRow> = store::LIST
        .bind(folding::pattern(&text))
        .bind(kind)
        .bind(axis)
        .bind(language)
        .bind(task)
        .bind(PAGE + 1)
        .bind((number - 1) * PAGE)
        .all(&app.db)
        .await?;
    let more = rows.len() as i64 > PAGE;
    rows.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let waiting: Vec<DocumentRow> = match visitor.person {
        Some(person) if !person.roles.coordinates.is_empty() => {
            let own = person.roles.coordinates.clone();
            store::WAITING.bind(own).all(&app.db).await?
        }
        _ => Vec::new(),
    };
    let link = |number: i64| {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in [
            ("q", text.as_str()),
            ("kind", kind),
            ("axis", axis),
            ("language", language),
            ("task", task),
        ] {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        query.append_pair("page", &number.to_string());
        visitor.href(&format!("/toolbox?{}", query.finish()))
    };
    let all = Some("organisations-all");
    Ok(visitor.page(&ListPage {
        filtered: !(text.is_empty()
            && kind.is_empty()
            && axis.is_empty()
            && language.is_empty()
            && task.is_empty()),
        tasks: TASKS
            .iter()
            .zip(ICONS)
            .map(|(code, icon)| {
                json!({
                    "code": code,
                    "icon": icon,
                    "href_to": visitor.href(&format!("/toolbox?task={code}")),
                    "current": *code == task,
                })
            })
            .collect(),
        task: (!task.is_empty()).then(|| task.to_owned()),
        kinds: options(&visitor, &kinds, "documents-kind-", all, kind),
        axes: named_options(&visitor, &known, "organisations-all", axis),
        languages: language_options(&visitor, all, language),
        documents: rows.iter().map(|row| card(&visitor, row)).collect(),
        waiting: waiting.iter().map(|row| card(&visitor, row)).collect(),
        paging: json!({
            "previous": (number > 1).then(|| link(number - 1)),
            "next": more.then(|| link(number + 1)),
        }),
        text,
    }))
}
