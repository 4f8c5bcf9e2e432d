//! Addresses of assignable units: inside the package, or fully qualified.

/// Parameters that the launch itself adds (8.1).
pub const RESERVED: [&str; 5] = ["endpoint", "fetch", "actor", "registration", "activityId"];

/// What an address names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A file of the package: its decoded path, and the query and fragment as written.
    Local(String, String),
    /// An absolute http or https address.
    Remote(String),
}

/// Reads an address; `None` for one that climbs out, names no file, holds control characters or
/// spaces, or has another scheme than http and https.
pub fn target(url: &str) -> Option<Target> {
    if url.is_empty() || url.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return None;
    }
    let lower = url.to_ascii_lowercase();
    for scheme in ["http://", "https://"] {
        if let Some(rest) = lower.strip_prefix(scheme) {
            let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
            let plain = !host.is_empty() && !host.contains(['@', '\\']);
            return plain.then(|| Target::Remote(url.to_owned()));
        }
    }
    let (path, suffix) = url.split_at(url.find(['?', '#']).unwrap_or(url.len()));
    let first = path.split('/').next().unwrap_or_default();
    if first.contains(':') || path.starts_with("//") || path.contains('\\') {
        return None;
    }
    let decoded = decoded(path)?;
    if decoded.chars().any(char::is_control) {
        return None;
    }
    let mut segments: Vec<&str> = Vec::new();
    for segment in decoded.split(['/', '\\']) {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop()?;
            }
            segment => segments.push(segment),
        }
    }
    (!segments.is_empty()).then(|| Target::Local(segments.join("/"), suffix.to_owned()))
}

/// A parameter of the address that the launch needs for itself (8.1.0.0-6).
pub fn conflict(url: &str) -> Option<&'static str> {
    let query = url.split('#').next()?.split_once('?')?.1;
    let names: Vec<&str> = query
        .split('&')
        .map(|pair| pair.split('=').next().unwrap_or_default())
        .collect();
    RESERVED.into_iter().find(|name| names.contains(name))
}

/// Joins parameters, already encoded, to an address: before its fragment, after its own query
/// (13.1.4.0-3).
pub fn with_query(url: &str, query: &str) -> String {
    let (address, fragment) = url.split_at(url.find('#').unwrap_or(url.len()));
    let joint = match address.split_once('?') {
        None => "?",
        Some((_, "")) => "",
        Some(_) => "&",
    };
    format!("{address}{joint}{query}{fragment}")
}

/// A value as it stands in a query.
pub fn escaped(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for byte in value.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// A stored path as part of an address.
pub fn escaped_path(path: &str) -> String {
    path.split('/').map(escaped).collect::<Vec<_>>().join("/")
}

fn decoded(text: &str) -> Option<String> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let mut digit = || char::from(bytes.next()?).to_digit(16);
            let (high, low) = (digit()?, digit()?);
            out.push((high * 16 + low) as u8);
        } else {
            out.push(byte);
        }
    }
    String::from_utf8(out).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_stay_inside() {
        for bad in [
            "",
            "../x",
            "a/%2e%2e/..%2fx/../..",
            "javascript:alert(1)",
            "data:,x",
            "//evil/x",
            "\\\\evil",
            "a b",
            "a%00",
            "http://",
            "http://a@b/",
            "?q",
            "#f",
            "%zz",
        ] {
            assert_eq!(target(bad), None, "{bad}");
        }
        assert_eq!(
            target("a/./b%20c.html?x=1#f"),
            Some(Target::Local("a/b c.html".into(), "?x=1#f".into()))
        );
        assert_eq!(
            target("https://a.example/x?y"),
            Some(Target::Remote("https://a.example/x?y".into()))
        );
    }

    #[test]
    fn queries_are_merged() {
        for (url, merged) in [
            ("a.html", "a.html?n=1"),
            ("a.html?", "a.html?n=1"),
            ("a.html?x=2#f", "a.html?x=2&n=1#f"),
        ] {
            assert_eq!(with_query(url, "n=1"), merged);
        }
        assert_eq!(conflict("a?x=1&fetch=2"), Some("fetch"));
        assert_eq!(conflict("a?x=endpoint"), None);
        assert_eq!(escaped("é/ ?"), "%C3%A9%2F%20%3F");
    }
}
