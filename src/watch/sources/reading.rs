//! Reading a feed of somebody else's: asked for over the one client that calls no private address,
//! and taken as text only (`threats.md` W22, W23).

use url::Url;

use crate::App;
use crate::clock::Timestamp;
use crate::outbound::http::{HttpError, Request};

/// Bytes of a feed at most.
const BYTES_MAX: usize = 2 << 20;
/// Entries taken from one answer at most.
const ENTRIES_MAX: usize = 500;
/// Characters of a title at most.
const TITLE_MAX: usize = 200;
/// Characters of a summary at most.
const SUMMARY_MAX: usize = 500;
/// Characters of an address at most.
const LINK_MAX: usize = 1_000;

/// Why there is nothing to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Not an address that is called.
    Refused,
    /// Nobody answers, or too late.
    Unreachable,
    /// The site answered with something else than its feed.
    Status,
    /// Too large.
    TooLarge,
    /// No feed.
    NotAFeed,
}

impl Fault {
    /// The code in the store and in the keys of messages.
    pub fn code(self) -> &'static str {
        match self {
            Fault::Refused => "refused",
            Fault::Unreachable => "unreachable",
            Fault::Status => "status",
            Fault::TooLarge => "too-large",
            Fault::NotAFeed => "not-a-feed",
        }
    }
}

/// One thing in a feed, as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What the site calls it.
    pub guid: String,
    /// Its page: http or https.
    pub link: String,
    /// One line.
    pub title: String,
    /// One line.
    pub summary: String,
    /// Never in the future.
    pub at: Timestamp,
}

/// What an answer held.
#[derive(Debug, Clone)]
pub struct Fetched {
    /// The feed's own title.
    pub title: String,
    /// Latest first; none when nothing changed.
    pub items: Vec<Item>,
    /// For the next question.
    pub etag: Option<String>,
    /// For the next question.
    pub modified: Option<String>,
}

/// An address as it may be stored.
pub fn address(text: &str) -> Option<Url> {
    let mut url = Url::parse(text.trim()).ok()?;
    let plain = matches!(url.scheme(), "http" | "https")
        && url.host_str().is_some()
        && url.username().is_empty()
        && url.password().is_none()
        && url.as_str().len() <= LINK_MAX;
    url.set_fragment(None);
    plain.then_some(url)
}

/// Asks for a feed; with what the site said last time, for what is newer only.
pub async fn fetch(
    app: &App,
    url: &Url,
    etag: Option<&str>,
    modified: Option<&str>,
) -> Result<Fetched, Fault> {
    let accept = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.8, text/xml;q=0.7";
    let mut request = Request::get(url.clone(), accept);
    if let Some(etag) = etag {
        request = request.header("If-None-Match", etag.to_owned());
    }
    if let Some(modified) = modified {
        request = request.header("If-Modified-Since", modified.to_owned());
    }
    let answer = app
        .http
        .send(request, &[])
        .await
        .map_err(|error| match error {
            HttpError::Refused => Fault::Refused,
            HttpError::Unreachable => Fault::Unreachable,
            HttpError::Answer => Fault::TooLarge,
        })?;
    if answer.status == 304 && (etag.is_some() || modified.is_some()) {
        return Ok(Fetched {
            title: String::new(),
            items: Vec::new(),
            etag: etag.map(str::to_owned),
            modified: modified.map(str::to_owned),
        });
    }
    if answer.status != 200 {
        return Err(Fault::Status);
    }
    if answer.body.len() > BYTES_MAX {
        return Err(Fault::TooLarge);
    }
    let kept = |name: &str| {
        let value = answer.header(name).filter(|value| value.len() <= 200);
        value.map(str::to_owned)
    };
    let (title, items) = parse(&answer.body, &answer.url, app.clock.now())?;
    Ok(Fetched {
        title,
        items,
        etag: kept("etag"),
        modified: kept("last-modified"),
    })
}

/// A feed's title and entries.
pub fn parse(body: &[u8], at: &Url, now: Timestamp) -> Result<(String, Vec<Item>), Fault> {
    // Nothing is expanded: a feed that declares entities is none.
    let declares = body
        .windows(8)
        .any(|window| window.eq_ignore_ascii_case(b"<!ENTITY"));
    if declares {
        return Err(Fault::NotAFeed);
    }
    let parser = feed_rs::parser::Builder::new()
        .base_uri(Some(at.as_str()))
        .build();
    let feed = parser.parse(body).map_err(|_| Fault::NotAFeed)?;
    let mut items: Vec<Item> = feed
        .entries
        .into_iter()
        .take(ENTRIES_MAX)
        .filter_map(|entry| {
            let link = entry
                .links
                .iter()
                .find(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate"))
                .or(entry.links.first())?;
            let link = at.join(&link.href).ok()?;
            if !matches!(link.scheme(), "http" | "https") || link.as_str().len() > LINK_MAX {
                return None;
            }
            let title = plain(&entry.title.map(|text| text.content)?, TITLE_MAX);
            let summary = entry
                .summary
                .map(|text| text.content)
                .or(entry.content.and_then(|content| content.body))
                .unwrap_or_default();
            let when = entry.published.or(entry.updated).map(Timestamp::from);
            (!title.is_empty()).then(|| Item {
                guid: entry.id.chars().take(LINK_MAX).collect(),
                link: link.to_string(),
                title,
                summary: plain(&summary, SUMMARY_MAX),
                at: when.unwrap_or(now).min(now),
            })
        })
        .collect();
    items.sort_by_key(|item| std::cmp::Reverse(item.at));
    let title = feed.title.map(|text| plain(&text.content, TITLE_MAX));
    let host = at.host_str().unwrap_or_default().to_owned();
    let title = title.filter(|title| !title.is_empty()).unwrap_or(host);
    Ok((title, items))
}

/// The words of a text that may hold HTML, as one line.
fn plain(html: &str, max: usize) -> String {
    let head: String = html.chars().take(20_000).collect();
    let mut cleaner = ammonia::Builder::empty();
    cleaner.clean_content_tags(["script", "style"].into());
    let text = cleaner.clean(&head).to_string();
    let text = text
        .replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&");
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    let line = words.join(" ");
    if line.chars().count() <= max {
        return line;
    }
    let cut: String = line.chars().take(max - 1).collect();
    format!("{cut}…")
}

#[cfg(test)]
mod tests {
    use super::{Fault, address, parse};
    use crate::clock::Timestamp;

    const NOW: Timestamp = Timestamp::from_micros(1_772_442_000_000_000);

    fn read(items: &str) -> Result<Vec<super::Item>, Fault> {
        let body = format!(
            "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Appels</title>{items}</channel></rss>"
        );
        let at = url::Url::parse("https://example.org/feed").expect("an address");
        parse(body.as_bytes(), &at, NOW).map(|(_, items)| items)
    }

    #[test]
    fn only_text_comes_in() {
        let items = read(
            "<item><guid>1</guid><link>/appel</link><title>Un &lt;b&gt;appel&lt;/b&gt;&lt;script&gt;x()&lt;/script&gt;</title>\
             <description><![CDATA[<p onclick=x>Pour les <a href='javascript:y'>jeunes</a> &amp; autres</p>]]></description>\
             <pubDate>Mon, 02 Mar 2099 08:00:00 GMT</pubDate></item>\
             <item><guid>2</guid><link>javascript:alert(1)</link><title>Non</title></item>\
             <item><guid>3</guid><link>https://example.org/3</link></item>",
        )
        .expect("a feed");
        assert_eq!(items.len(), 1, "{items:?}");
        assert_eq!(items[0].title, "Un appel");
        assert_eq!(items[0].summary, "Pour les jeunes & autres");
        assert_eq!(items[0].link, "https://example.org/appel");
        assert_eq!(items[0].at, NOW, "not from the future");
    }

    #[test]
    fn what_is_no_feed_is_said() {
        let at = url::Url::parse("https://example.org/").expect("an address");
        for body in [
            "",
            "<html><body>Bonjour</body></html>",
            "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"b\">]><rss version=\"2.0\"><channel><title>&a;</title></channel></rss>",
        ] {
            let found = parse(body.as_bytes(), &at, NOW);
            assert!(matches!(found, Err(Fault::NotAFeed)), "{body}: {found:?}");
        }
        let many: String = (0..700)
            .map(|n| format!("<item><guid>{n}</guid><link>https://example.org/{n}</link><title>T{n}</title></item>"))
            .collect();
        assert_eq!(read(&many).expect("a feed").len(), 500);
    }

    #[test]
    fn addresses() {
        for (text, good) in [
            ("https://example.org/feed#x", true),
            ("file:///etc/passwd", false),
            ("gopher://example.org", false),
            ("https://user:pass@example.org/", false),
            ("example.org/feed", false),
        ] {
            assert_eq!(address(text).is_some(), good, "{text}");
        }
    }
}
