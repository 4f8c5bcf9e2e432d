//! All that one follows, and how it comes.

use rocket::get;
use serde::Serialize;
use serde_json::{Value, json};

use crate::accounts::guards::SignedIn;
use crate::following::{self, Cadence, Kind, Subject};
use crate::web::i18n::{Lang, Locales};
use crate::web::{Html, Page, Refusal};

#[derive(Serialize)]
struct FollowsPage {
    tabs: Vec<Value>,
    groups: Vec<Value>,
}

impl Page for FollowsPage {
    const TEMPLATE: &'static str = "following/list";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "following-title", &[])
    }
}

/// By kind, the most chosen first.
const ORDER: [(Kind, &str); 8] = [
    (Kind::Watch, "watch"),
    (Kind::Space, "spaces"),
    (Kind::Tag, "spaces"),
    (Kind::Organisation, "organisations"),
    (Kind::Person, "people"),
    (Kind::Module, "modules"),
    (Kind::Seminar, "seminars"),
    (Kind::Topic, "reply"),
];

#[get("/me/follows")]
pub(super) async fn list(me: SignedIn<'_>) -> Result<Html, Refusal> {
    let (app, lang) = (me.app, me.lang());
    let rows = following::of_person(app, me.person.id).await?;
    let subjects: Vec<Subject> = rows
        .iter()
        .filter_map(|row| Subject::parse(&row.subject))
        .collect();
    let names = following::names(app, lang, Some(me.person.id), &subjects).await?;
    let groups = ORDER
        .into_iter()
        .filter_map(|(kind, icon)| {
            let lines: Vec<Value> = rows
                .iter()
                .filter_map(|row| Some((row, Subject::parse(&row.subject)?)))
                .filter(|(_, subject)| subject.kind() == kind)
                .map(|(row, _)| {
                    let named = names.get(&row.subject);
                    let cadence = Cadence::from_code(&row.cadence).unwrap_or(Cadence::None);
                    json!({
                        "subject": row.subject,
                        // What may not be seen any more keeps no name, and can be left.
                        "heading": named.map(|named| named.label.clone()),
                        "href_to": named.and_then(|named| named.path.as_ref()).map(|path| me.href(path)),
                        "reason": row.reason,
                        "since": row.at,
                        "options": Cadence::options(app, lang, cadence),
                    })
                })
                .collect();
            (!lines.is_empty()).then(|| json!({ "kind": kind.code(), "icon": icon, "lines": lines }))
        })
        .collect();
    Ok(me.page(&FollowsPage {
        tabs: crate::notifications::tabs(&me, "follows"),
        groups,
    }))
}
