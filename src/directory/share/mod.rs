//! Public pages that share well: what other sites and search engines are told of a page (Open Graph,
//! JSON-LD, oEmbed), and plain links to pass it on. Of what is not public, nothing is told; no other
//! site is asked anything.

mod store;

use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::App;
use crate::db::DbError;
use crate::web::{Lang, markdown};

pub(crate) use store::QUERIES;

/// Characters of a description at most.
const TEXT_MAX: usize = 200;

/// What is told of a public page.
#[derive(Debug, Clone, Serialize)]
pub struct Shared {
    /// Its title.
    pub heading: String,
    /// A sentence or two.
    pub text: String,
    /// Its whole address.
    pub url: String,
    /// Where oEmbed tells the same.
    pub oembed: String,
    /// `website` or `article`, as Open Graph has it.
    pub kind: &'static str,
    /// The page's locale, as Open Graph has it.
    pub locale: &'static str,
    /// schema.org, as JSON that holds no `<`.
    pub json_ld: String,
    /// Where it can be passed on: `[{key, href}]`.
    pub links: Vec<Value>,
}

fn plain(text: &str) -> String {
    markdown::plain(text, TEXT_MAX)
}

fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

impl Shared {
    fn of(
        app: &App,
        lang: Lang,
        path: &str,
        kind: &'static str,
        heading: String,
        text: String,
        mut thing: Value,
    ) -> Shared {
        let url = format!("{}/{}{path}", app.config.public_url, lang.code());
        thing["@context"] = json!("https://schema.org");
        thing["url"] = json!(url);
        let (address, title) = (encoded(&url), encoded(&heading));
        let link = |key: &str, href: String| json!({ "key": key, "href": href });
        Shared {
            links: vec![
                link(
                    "whatsapp",
                    format!("https://wa.me/?text={title}%20{address}"),
                ),
                link(
                    "facebook",
                    format!("https://www.facebook.com/sharer/sharer.php?u={address}"),
                ),
                link(
                    "linkedin",
                    format!("https://www.linkedin.com/sharing/share-offsite/?url={address}"),
                ),
                link(
                    "x",
                    format!("https://twitter.com/intent/tweet?url={address}&text={title}"),
                ),
            ],
            oembed: format!("{}/oembed?url={address}", app.config.public_url),
            kind,
            locale: match lang {
                Lang::Fr => "fr_TN",
                Lang::Ar => "ar_TN",
                Lang::En => "en_GB",
            },
            // Nothing in it may end the element that holds it.
            json_ld: thing
                .to_string()
                .replace('<', "\\u003c")
                .replace('>', "\\u003e")
                .replace('&', "\\u0026"),
            heading,
            text,
            url,
        }
    }
}

/// What is told of the page at this path (without language), where everybody may see it.
pub async fn share(app: &App, lang: Lang, path: &str) -> Result<Option<Shared>, DbError> {
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    match parts.as_slice() {
        ["modules", slug] => module(app, lang, path, slug).await,
        ["seminars", slug] => seminar(app, lang, path, slug).await,
        ["organisations", slug] => organisation(app, lang, path, slug).await,
        ["toolbox", id] => document(app, lang, path, id).await,
        ["spaces", slug] => space(app, lang, path, slug).await,
        ["spaces", slug, id] => topic(app, lang, path, slug, id).await,
        _ => Ok(None),
    }
}

async fn module(app: &App, lang: Lang, path: &str, slug: &str) -> Result<Option<Shared>, DbError> {
    let row: Option<store::SharedRow> = store::SHARED_MODULE.bind(slug).optional(&app.db).await?;
    Ok(row.map(|row| {
        let text = plain(&row.text);
        let provider = row.maker.unwrap_or_else(|| "Halqa".to_owned());
        let thing = json!({
            "@type": "Course", "name": row.title, "description": text, "inLanguage": row.language,
            "isAccessibleForFree": true, "provider": { "@type": "Organization", "name": provider },
        });
        Shared::of(app, lang, path, "website", row.title, text, thing)
    }))
}

async fn seminar(app: &App, lang: Lang, path: &str, slug: &str) -> Result<Option<Shared>, DbError> {
    let row: Option<store::SharedRow> = store::SHARED_SEMINAR.bind(slug).optional(&app.db).await?;
    Ok(row.map(|row| {
        let text = plain(&row.text);
        let place = row.maker.filter(|place| !place.is_empty());
        let thing = json!({
            "@type": "Event", "name": row.title, "description": text, "inLanguage": row.language,
            "startDate": row.at.map(|at| at.rfc3339()), "endDate": row.until.map(|at| at.rfc3339()),
            "eventStatus": "https://schema.org/EventScheduled",
            "location": match place {
                Some(place) => json!({ "@type": "Place", "name": place, "address": place }),
                None => json!({ "@type": "VirtualLocation", "url": app.config.public_url }),
            },
        });
        Shared::of(app, lang, path, "website", row.title, text, thing)
    }))
}

async fn organisation(
    app: &App,
    lang: Lang,
    path: &str,
    slug: &str,
) -> Result<Option<Shared>, DbError> {
    let row: Option<store::SharedRow> = store::SHARED_ORGANISATION
        .bind(slug)
        .optional(&app.db)
        .await?;
    Ok(row.map(|row| {
        let text = plain(&row.text);
        let thing = json!({
            "@type": "Organization", "name": row.title, "description": text,
            "areaServed": row.maker.filter(|place| !place.is_empty()),
        });
        Shared::of(app, lang, path, "website", row.title, text, thing)
    }))
}

async fn document(app: &App, lang: Lang, path: &str, id: &str) -> Result<Option<Shared>, DbError> {
    let Ok(id) = Uuid::try_parse(id) else {
        return Ok(None);
    };
    let row: Option<store::SharedRow> = store::SHARED_DOCUMENT.bind(id).optional(&app.db).await?;
    Ok(row.map(|row| {
        let text = plain(&row.text);
        let thing = json!({
            "@type": "DigitalDocument", "name": row.title, "description": text,
            "inLanguage": row.language, "datePublished": row.at.map(|at| at.rfc3339()),
            "publisher": row.maker.map(|name| json!({ "@type": "Organization", "name": name })),
        });
        Shared::of(app, lang, path, "article", row.title, text, thing)
    }))
}

async fn space(app: &App, lang: Lang, path: &str, slug: &str) -> Result<Option<Shared>, DbError> {
    let row: Option<store::SpaceRow> = store::SHARED_SPACE.bind(slug).optional(&app.db).await?;
    Ok(row.map(|row| {
        let (title, about) = match lang {
            Lang::Fr => (row.title_fr, row.about_fr),
            Lang::Ar => (row.title_ar, row.about_ar),
            Lang::En => (row.title_en, row.about_en),
        };
        let text = plain(&about);
        let thing = json!({ "@type": "CollectionPage", "name": title, "description": text });
        Shared::of(app, lang, path, "website", title, text, thing)
    }))
}

async fn topic(
    app: &App,
    lang: Lang,
    path: &str,
    slug: &str,
    id: &str,
) -> Result<Option<Shared>, DbError> {
    let Ok(id) = Uuid::try_parse(id) else {
        return Ok(None);
    };
    let row: Option<store::SharedRow> = store::SHARED_TOPIC
        .bind(id)
        .bind(slug)
        .optional(&app.db)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let (answers,): (i64,) = store::SHARED_ANSWERS.bind(id).one(&app.db).await?;
    let text = plain(&crate::spaces::without_mentions(&row.text));
    let at = row.at.map(|at| at.rfc3339());
    let thing = if row.maker.as_deref() == Some("question") {
        let solution: Option<store::SolutionRow> =
            store::SHARED_SOLUTION.bind(id).optional(&app.db).await?;
        let mut question = json!({
            "@type": "Question", "name": row.title, "text": text, "datePublished": at,
            "answerCount": answers, "inLanguage": row.language,
        });
        if let Some(solution) = solution {
            let body = plain(&crate::spaces::without_mentions(&solution.text));
            question["acceptedAnswer"] = json!({
                "@type": "Answer", "text": body, "datePublished": solution.at.rfc3339(),
            });
        }
        json!({ "@type": "QAPage", "mainEntity": question })
    } else {
        json!({
            "@type": "DiscussionForumPosting", "headline": row.title, "text": text,
            "datePublished": at, "commentCount": answers, "inLanguage": row.language,
        })
    };
    Ok(Some(Shared::of(
        app, lang, path, "article", row.title, text, thing,
    )))
}

/// The path, without language, and the language of one of our own addresses; `None` for others'.
pub fn own(app: &App, url: &str) -> Option<(Lang, String)> {
    let rest = url.strip_prefix(app.config.public_url.as_str())?;
    let path = rest.split(['?', '#']).next().unwrap_or_default();
    let (first, tail) = path.strip_prefix('/')?.split_once('/')?;
    let lang = Lang::ALL.into_iter().find(|lang| lang.code() == first)?;
    Some((lang, format!("/{tail}")))
}
