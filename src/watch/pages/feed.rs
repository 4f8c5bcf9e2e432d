//! `/watch/feed`: the same news for a feed reader (Atom, RFC 4287).

use rocket::get;
use rocket::http::{ContentType, Status};
use serde_json::{Value, json};

use crate::App;
use crate::watch::{self, Filter};
use crate::web::{Lang, Refusal, Visitor};

/// Entries in a feed.
const SHOWN: usize = 50;

/// The feed's address in a language, for a view.
pub(super) fn href(lang: Lang, filter: &Filter) -> String {
    let query = filter.query();
    let mark = if query.is_empty() { "" } else { "?" };
    format!("/{}/watch/feed{mark}{query}", lang.code())
}

/// What everybody may see, as Atom: the view that the query asks for, as the page has it. Entries
/// keep their id whatever the language.
#[get("/watch/feed")]
pub(super) async fn feed(visitor: Visitor<'_>) -> Result<(Status, (ContentType, String)), Refusal> {
    let (app, lang) = (visitor.app, visitor.lang());
    let query = visitor.spoken.path.split_once('?').map(|(_, query)| query);
    let filter = Filter::from_query(query.unwrap_or_default());
    if let Some(slug) = &filter.axis {
        // A reader that asks for an axis which is gone shall say so to its owner.
        let axes = watch::axes(app, lang).await?;
        if !axes.iter().any(|axis| axis.slug == *slug) {
            return Err(Refusal::not_found());
        }
    }
    let news = watch::news(app, &filter, None, SHOWN).await?;
    let base = app.config.public_url.as_str().trim_end_matches('/');
    let locales = &app.pages.locales;
    let entries: Vec<_> = news
        .iter()
        .map(|item| {
            let args = [("heading", json!(item.heading))];
            let key = format!("watch-entry-{}", item.kind.code());
            json!({
                "id": format!("{base}{}#{}", item.path, item.kind.code()),
                "link": format!("{base}/{}{}", lang.code(), item.path),
                "heading": locales.plain(lang, &key, &args),
                "updated": item.at.rfc3339(),
                "author": item.author,
                "category": item.axis,
                "summary": null,
            })
        })
        .collect();
    let updated = news.first().map_or(visitor.now, |item| item.at).rfc3339();
    let heading = match filter.is_empty() {
        true => locales.plain(lang, "watch-feed-title", &[]),
        false => {
            let view = watch::describe(app, lang, &filter).await?;
            locales.plain(lang, "watch-feed-title-view", &[("view", json!(view))])
        }
    };
    atom(
        app,
        lang,
        &json!({
            "self": format!("{base}{}", href(lang, &filter)),
            "site": format!("{base}/{}/watch", lang.code()),
            "heading": heading,
            "updated": updated,
            "entries": entries,
        }),
    )
}

/// A feed (RFC 4287): `self site heading updated entries[{id link heading updated author category
/// summary}]`.
pub fn atom(
    app: &App,
    lang: Lang,
    feed: &Value,
) -> Result<(Status, (ContentType, String)), Refusal> {
    let body = app
        .pages
        .fragment("watch/feed", lang, feed)
        .map_err(|error| {
            tracing::error!(%error, "feed");
            Refusal::new(Status::InternalServerError, "internal")
        })?;
    Ok((
        Status::Ok,
        (ContentType::new("application", "atom+xml"), body),
    ))
}
