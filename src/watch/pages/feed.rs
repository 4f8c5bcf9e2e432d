//! `/watch/feed`: the same news for a feed reader (Atom, RFC 4287).

use rocket::get;
use rocket::http::{ContentType, Status};
use serde_json::json;

use crate::watch::{self, Filter};
use crate::web::{Lang, Refusal, Visitor};

/// Entries in a feed.
const SHOWN: i64 = 50;

/// The feed's address in a language, for one axis or all.
pub(super) fn href(lang: Lang, axis: Option<&str>) -> String {
    let mut path = format!("/{}/watch/feed", lang.code());
    if let Some(axis) = axis {
        let query = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("axis", axis)
            .finish();
        path.push('?');
        path.push_str(&query);
    }
    path
}

/// What everybody may see, as Atom. Entries keep their id whatever the language.
#[get("/watch/feed?<axis>")]
pub(super) async fn feed(
    visitor: Visitor<'_>,
    axis: Option<&str>,
) -> Result<(Status, (ContentType, String)), Refusal> {
    let (app, lang) = (visitor.app, visitor.lang());
    let axes = watch::axes(app, lang).await?;
    let axis = match axis {
        // A reader that asks for an axis which is gone shall say so to its owner.
        Some(slug) => Some(
            axes.iter()
                .find(|axis| axis.slug == slug)
                .ok_or_else(Refusal::not_found)?,
        ),
        None => None,
    };
    let filter = Filter {
        axis: axis.map(|axis| axis.slug.clone()),
        before: None,
    };
    let news = watch::news(app, &filter, SHOWN).await?;
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
            })
        })
        .collect();
    let updated = news.first().map_or(visitor.now, |item| item.at).rfc3339();
    let heading = match axis {
        Some(axis) => locales.plain(lang, "watch-feed-title-axis", &[("axis", json!(axis.name))]),
        None => locales.plain(lang, "watch-feed-title", &[]),
    };
    let body = app
        .pages
        .fragment(
            "watch/feed",
            lang,
            &json!({
                "self": format!("{base}{}", href(lang, axis.map(|axis| axis.slug.as_str()))),
                "site": format!("{base}/{}/watch", lang.code()),
                "heading": heading,
                "updated": updated,
                "entries": entries,
            }),
        )
        .map_err(|error| {
            tracing::error!(%error, "feed");
            Refusal::new(Status::InternalServerError, "internal")
        })?;
    Ok((
        Status::Ok,
        (ContentType::new("application", "atom+xml"), body),
    ))
}
