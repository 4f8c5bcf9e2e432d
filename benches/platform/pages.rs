//! The first visit of each page: requests, and bytes over the line.

use std::collections::BTreeSet;

use super::platform::Platform;
use super::table::{Line, Table};

/// What visitors and learners open first.
const PAGES: [&str; 9] = [
    "/fr/",
    "/ar/",
    "/fr/modules",
    "/fr/spaces",
    "/fr/seminars",
    "/fr/organisations",
    "/fr/watch",
    "/fr/me",
    "/fr/sign-in",
];

/// Measures all pages, signed in as the demo's learner; the heaviest is the line.
pub async fn measure(platform: &Platform, table: &mut Table) {
    let form = [
        ("email", "learner@halqa.example"),
        ("password", "halqa-demo"),
    ];
    let answer = platform.request("POST", "/sign-in").form(&form).send();
    let status = answer.await.expect("an answer").status();
    assert_eq!(status, 303, "the demo's learner signs in");
    let mut pages: Vec<String> = PAGES.map(str::to_owned).to_vec();
    // The first module and seminar there are.
    let modules = bytes(platform, "/fr/modules").await.unwrap_or_default();
    let modules = String::from_utf8_lossy(&modules.1).into_owned();
    let seminars = bytes(platform, "/fr/seminars").await.unwrap_or_default();
    let seminars = String::from_utf8_lossy(&seminars.1).into_owned();
    for (page, prefix) in [(&modules, "/fr/modules/"), (&seminars, "/fr/seminars/")] {
        pages.extend(
            links(page, "href=\"")
                .into_iter()
                .find(|l| l.starts_with(prefix)),
        );
    }
    let (mut heaviest, mut most) = ((0.0, String::new()), (0.0, String::new()));
    for page in pages {
        let Some((requests, kb)) = visit(platform, &page).await else {
            println!("  {page:<40} is not there");
            continue;
        };
        println!("  {page:<40} {requests} requests, {kb:.1} kB");
        if kb > heaviest.0 {
            heaviest = (kb, page.clone());
        }
        if requests as f64 > most.0 {
            most = (requests as f64, page);
        }
    }
    table.add(Line::most("first visit, heaviest page", heaviest.0, "kB", 60.0).remark(heaviest.1));
    table.add(Line::most("first visit, most requests", most.0, "", 8.0).remark(most.1));
}

/// A page with all it loads: requests and compressed kB, headers left out.
async fn visit(platform: &Platform, path: &str) -> Option<(usize, f64)> {
    let (first, page) = bytes(platform, path).await?;
    let page = String::from_utf8_lossy(&page).into_owned();
    let mut waiting: Vec<String> = Vec::new();
    for tag in page.split('<') {
        let loads = ["link ", "script ", "img ", "source ", "iframe "]
            .iter()
            .any(|name| tag.starts_with(name));
        // An icon is asked for by browsers, too; a canonical address is not.
        let is_address = tag.contains("rel=\"canonical\"") || tag.contains("rel=\"alternate\"");
        if loads && !is_address {
            waiting.extend(links(tag, "href=\""));
            waiting.extend(links(tag, " src=\""));
        }
    }
    let (mut seen, mut total) = (BTreeSet::new(), first);
    while let Some(link) = waiting.pop() {
        let link = link.split('#').next().unwrap_or_default().to_owned();
        if !link.starts_with('/') || !seen.insert(link.clone()) {
            continue;
        }
        let (size, content) = bytes(platform, &link).await?;
        total += size;
        let content = String::from_utf8_lossy(&content).into_owned();
        let folder = link.rsplit_once('/').map_or("", |(folder, _)| folder);
        if link.ends_with(".css") && !content.is_empty() {
            // Fonts are for Arabic, and browsers load them where its letters are used.
            let found = links(&content, "url(").into_iter();
            let found = found.filter(|l| path.starts_with("/ar/") || !l.contains("/fonts/"));
            waiting.extend(found.map(|l| absolute(folder, &l)));
        }
        if link.ends_with(".js") {
            let imports = links(&content, "from '").into_iter();
            waiting.extend(imports.map(|l| absolute(folder, &l)));
        }
    }
    Some((seen.len() + 1, total as f64 / 1000.0))
}

fn absolute(folder: &str, link: &str) -> String {
    match link {
        link if link.starts_with('/') => link.to_owned(),
        link => match (link.strip_prefix("../"), folder.rsplit_once('/')) {
            (Some(rest), Some((parent, _))) => absolute(parent, rest),
            _ => format!("{folder}/{}", link.trim_start_matches("./")),
        },
    }
}

/// What follows each mark, up to the quote or parenthesis that ends it.
pub fn links(text: &str, mark: &str) -> Vec<String> {
    text.split(mark)
        .skip(1)
        .filter_map(|rest| {
            let rest = rest.strip_prefix(['"', '\'']).unwrap_or(rest);
            rest.split(['"', '\'', ')']).next().map(str::to_owned)
        })
        .collect()
}

/// The bytes over the line and the content, uncompressed; nothing unless 200.
async fn bytes(platform: &Platform, path: &str) -> Option<(usize, Vec<u8>)> {
    use std::io::Read;
    let mut answer = platform.request("GET", path);
    answer = answer.header("Accept-Encoding", "gzip");
    let answer = answer.send().await.ok()?;
    if answer.status() != 200 {
        return None;
    }
    let gzip = answer
        .headers()
        .get("content-encoding")
        .is_some_and(|coding| coding == "gzip");
    let raw = answer.bytes().await.ok()?.to_vec();
    let size = raw.len();
    if !gzip {
        return Some((size, raw));
    }
    let mut content = Vec::new();
    flate2::read::GzDecoder::new(raw.as_slice())
        .read_to_end(&mut content)
        .ok()?;
    Some((size, content))
}
