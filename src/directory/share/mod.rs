//! Public pages that share well: what other sites and search engines are told of a page (Open Graph,
//! JSON-LD, oEmbed), and plain links to pass it on. Of what is not public, nothing is told; no other
//! site is asked anything.

mod picture;
mod store;

use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::App;
use crate::db::DbError;
use crate::web::{Lang, markdown};

pub use picture::{Card, Memory, SIZE};
pub(crate) use store::QUERIES;

use picture::Hue;

/// Characters of a description at most.
const TEXT_MAX: usize = 200;
/// Characters of a title on a picture at most.
const TITLE_MAX: usize = 240;

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
    /// The whole address of its picture.
    pub picture: String,
    /// What the picture says, for those who do not see it.
    pub picture_alt: String,
    /// Its width, in pixels.
    pub picture_width: u32,
    /// Its height, in pixels.
    pub picture_height: u32,
    /// What the picture is drawn from.
    #[serde(skip)]
    pub card: Card,
}

/// A page as its query knows it.
struct Told {
    /// As Open Graph has it.
    kind: &'static str,
    /// The message that names what it is.
    label: String,
    hue: Hue,
    heading: String,
    text: String,
    /// Whose it is, or where.
    from: Option<String>,
    /// schema.org.
    thing: Value,
}

fn plain(text: &str) -> String {
    markdown::plain(text, TEXT_MAX)
}

fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

impl Shared {
    fn of(app: &App, lang: Lang, path: &str, told: Told) -> Shared {
        let Told {
            kind,
            label,
            hue,
            heading,
            text,
            from,
            mut thing,
        } = told;
        let plain = |key: &str| app.pages.locales.plain(lang, key, &[]);
        let card = Card {
            rtl: lang == Lang::Ar,
            kind: plain(&label),
            hue,
            // No more than can stand on it.
            title: heading.chars().take(TITLE_MAX).collect(),
            from: from.unwrap_or_default().chars().take(TITLE_MAX).collect(),
            brand: plain("web-brand"),
            host: host(&app.config.public_url),
        };
        // Other words have another address: networks keep what they fetched for weeks.
        let edition = card.digest();
        let picture = format!(
            "{}/{}/share{path}.png?v={}",
            app.config.public_url,
            lang.code(),
            edition.get(..8).unwrap_or_default()
        );
        let said = [("kind", json!(card.kind)), ("title", json!(card.title))];
        let picture_alt = app.pages.locales.plain(lang, "directory-share-alt", &said);
        let url = format!("{}/{}{path}", app.config.public_url, lang.code());
        thing["@context"] = json!("https://schema.org");
        thing["url"] = json!(url);
        thing["image"] = json!(picture);
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
            picture,
            picture_alt,
            picture_width: SIZE.0,
            picture_height: SIZE.1,
            card,
        }
    }
}

/// The host of our own address.
fn host(public_url: &str) -> String {
    url::Url::parse(public_url)
        .ok()
        .and_then(|url| url.host_str().map(str::to_owned))
        .unwrap_or_default()
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
        ["timeline", slug] => action(app, lang, path, slug).await,
        _ => Ok(None),
    }
}

async fn module(app: &App, lang: Lang, path: &str, slug: &str) -> Result<Option<Shared>, DbError> {
    let row: Option<store::SharedRow> = store::SHARED_MODULE.bind(slug).optional(&app.db).await?;
    Ok(row.map(|row| {
        let text = plain(&row.text);
        let provider = row.maker.as_deref().unwrap_or("Halqa");
        let thing = json!({
            "@type": "Course", "name": row.title, "description": text, "inLanguage": row.language,
            "isAccessibleForFree": true, "provider": { "@type": "Organization", "name": provider },
        });
        let told = Told {
            kind: "website",
            label: "directory-share-module".into(),
            hue: Hue::Blue,
            heading: row.title,
            text,
            from: row.maker,
            thing,
        };
        Shared::of(app, lang, path, told)
    }))
}

async fn seminar(app: &App, lang: Lang, path: &str, slug: &str) -> Result<Option<Shared>, DbError> {
    let row: Option<store::SharedRow> = store::SHARED_SEMINAR.bind(slug).optional(&app.db).await?;
    Ok(row.map(|row| {
        let text = plain(&row.text);
        let place = row.maker.filter(|place| !place.is_empty());
        let day = row.at.map(|at| app.pages.date(lang, at));
        let from: Vec<&str> = [day.as_deref(), place.as_deref()]
            .into_iter()
            .flatten()
            .collect();
        let from = Some(from.join(" · "));
        let thing = json!({
            "@type": "Event", "name": row.title, "description": text, "inLanguage": row.language,
            "startDate": row.at.map(|at| at.rfc3339()), "endDate": row.until.map(|at| at.rfc3339()),
            "eventStatus": "https://schema.org/EventScheduled",
            "location": match place {
                Some(place) => json!({ "@type": "Place", "name": place, "address": place }),
                None => json!({ "@type": "VirtualLocation", "url": app.config.public_url }),
            },
        });
        let told = Told {
            kind: "website",
            label: "directory-share-seminar".into(),
            hue: Hue::Terra,
            heading: row.title,
            text,
            from,
            thing,
        };
        Shared::of(app, lang, path, told)
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
        let place = row.maker.filter(|place| !place.is_empty());
        let thing = json!({
            "@type": "Organization", "name": row.title, "description": text, "areaServed": place,
        });
        let told = Told {
            kind: "website",
            label: "directory-share-organisation".into(),
            hue: Hue::Olive,
            heading: row.title,
            text,
            from: place,
            thing,
        };
        Shared::of(app, lang, path, told)
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
            "publisher": row.maker.as_ref().map(|name| json!({ "@type": "Organization", "name": name })),
        });
        let told = Told {
            kind: "article",
            label: format!("documents-kind-{}", row.sort),
            hue: if row.sort == "fiche" { Hue::Plum } else { Hue::Sun },
            heading: row.title,
            text,
            from: row.maker,
            thing,
        };
        Shared::of(app, lang, path, told)
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
        let told = Told {
            kind: "website",
            label: "directory-share-space".into(),
            hue: Hue::Turquoise,
            heading: title,
            from: Some(text.clone()),
            text,
            thing,
        };
        Shared::of(app, lang, path, told)
    }))
}

async fn action(app: &App, lang: Lang, path: &str, slug: &str) -> Result<Option<Shared>, DbError> {
    let row: Option<store::SharedRow> = store::SHARED_ACTION
        .bind(slug)
        .bind(lang.code())
        .optional(&app.db)
        .await?;
    Ok(row.map(|row| {
        let text = plain(&row.text);
        let thing = json!({
            "@type": "Project", "name": row.title, "description": text,
            "areaServed": row.maker, "foundingDate": row.at.map(|at| at.rfc3339()),
            "dissolutionDate": row.until.map(|at| at.rfc3339()),
        });
        let country = || {
            app.pages
                .locales
                .plain(lang, "follow-up-whole-country", &[])
        };
        let told = Told {
            kind: "article",
            label: "directory-share-action".into(),
            hue: Hue::Olive,
            heading: row.title,
            text,
            from: Some(row.maker.unwrap_or_else(country)),
            thing,
        };
        Shared::of(app, lang, path, told)
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
        .bind(lang.code())
        .optional(&app.db)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let (answers,): (i64,) = store::SHARED_ANSWERS.bind(id).one(&app.db).await?;
    let text = plain(&crate::spaces::without_mentions(&row.text));
    let at = row.at.map(|at| at.rfc3339());
    let thing = if row.sort == "question" {
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
    let told = Told {
        kind: "article",
        label: format!("directory-share-{}", row.sort),
        hue: Hue::Turquoise,
        heading: row.title,
        text,
        from: row.maker,
        thing,
    };
    Ok(Some(Shared::of(app, lang, path, told)))
}

/// The path, without language, and the language of one of our own addresses; `None` for others'.
pub fn own(app: &App, url: &str) -> Option<(Lang, String)> {
    let rest = url.strip_prefix(app.config.public_url.as_str())?;
    let path = rest.split(['?', '#']).next().unwrap_or_default();
    let (first, tail) = path.strip_prefix('/')?.split_once('/')?;
    let lang = Lang::ALL.into_iter().find(|lang| lang.code() == first)?;
    Some((lang, format!("/{tail}")))
}
