//! Addresses in messages: those that must lead to us, and those that must lead to the platform.

use url::Url;

use crate::{Code, Refused};

/// The path and query of an address that must be on our own site (`threats.md` L13). `public_url`
/// is our origin, without a trailing slash.
pub fn within(public_url: &str, address: &str) -> Result<String, Refused> {
    let refused = Refused::new(Code::Target, "target_link_uri");
    if address.len() > 2048 || address.chars().any(|c| c.is_control() || c == '\\') {
        return Err(refused);
    }
    let (Ok(own), Ok(url)) = (Url::parse(public_url), Url::parse(address)) else {
        return Err(refused);
    };
    let same = url.origin() == own.origin()
        && matches!(url.scheme(), "http" | "https")
        && url.username().is_empty()
        && url.password().is_none();
    // `//evil.example` as a path would be another site's address to a browser.
    if !same
        || url.path().starts_with("//")
        || address.split(['/', '?', '#']).any(|part| part == "..")
    {
        return Err(refused);
    }
    Ok(match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    })
}

/// An address as a browser or our client may be sent to: http or https, a host, nobody's
/// password.
pub fn web(address: &str) -> Option<Url> {
    if address.len() > 4096 || address.chars().any(char::is_control) {
        return None;
    }
    let url = Url::parse(address).ok()?;
    let good = matches!(url.scheme(), "http" | "https")
        && url.has_host()
        && url.username().is_empty()
        && url.password().is_none();
    good.then_some(url)
}

/// `host` or `host:port` as compared between addresses; the scheme's own port is left out.
pub fn host(url: &Url) -> Option<String> {
    let host = url.host_str()?.to_ascii_lowercase();
    Some(match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host,
    })
}

/// `scheme://host[:port]`.
pub fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}
