//! Launch addresses: `xml:base` and `href` resolved inside the package (CAM 3.4.1.18; RFC 3986),
//! never out of it (threats M10, M12).

/// What an `href` names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A file of the package, by its decoded path from the package's root, and the query and
    /// fragment that follow (with their `?` and `#`).
    Local {
        /// Decoded path.
        path: String,
        /// Query and fragment as written.
        suffix: String,
    },
    /// An absolute http or https address.
    Remote(String),
}

/// Why an `href` or `xml:base` is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadHref {
    /// A scheme other than http and https, or a host without a scheme.
    Scheme,
    /// Climbs out of the package.
    Escapes,
    /// NUL or another control character, or a malformed percent escape to one.
    Character,
    /// Names no file.
    Empty,
}

impl BadHref {
    /// Stable code.
    pub fn code(self) -> &'static str {
        match self {
            BadHref::Scheme => "href_scheme",
            BadHref::Escapes => "href_escapes",
            BadHref::Character => "href_character",
            BadHref::Empty => "href_empty",
        }
    }
}

/// A base address: a folder of the package, or a remote one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Base {
    /// Folder segments, decoded.
    Folder(Vec<String>),
    /// A remote address ending in `/`.
    Remote(String),
}

impl Base {
    /// The folder a manifest lies in.
    pub fn of_file(path: &str) -> Base {
        let mut segments: Vec<String> = path.split('/').map(str::to_owned).collect();
        segments.pop();
        Base::Folder(segments)
    }

    /// This base with an `xml:base` applied.
    pub fn join(&self, base: Option<&str>) -> Result<Base, BadHref> {
        let Some(base) = base.map(str::trim).filter(|b| !b.is_empty()) else {
            return Ok(self.clone());
        };
        match resolve(self, base)? {
            Resolved::Remote(url) => {
                let end = url.rfind('/').map_or(url.len(), |i| i + 1);
                Ok(Base::Remote(url[..end].to_owned()))
            }
            // Exporters forget the closing slash of a base, so its last segment is a folder too.
            Resolved::Local(segments, _) => Ok(Base::Folder(segments)),
        }
    }

    /// Resolves an `href`; whether backslashes or a leading slash were repaired is told apart.
    pub fn target(&self, href: &str) -> Result<(Target, bool), BadHref> {
        let href = href.trim();
        let repaired = split_suffix(href).0.contains('\\') || href.starts_with('/');
        match resolve(self, href)? {
            Resolved::Remote(url) => Ok((Target::Remote(url), false)),
            Resolved::Local(segments, suffix) => {
                if split_suffix(href).0.is_empty() || segments.is_empty() {
                    return Err(BadHref::Empty);
                }
                Ok((
                    Target::Local {
                        path: segments.join("/"),
                        suffix,
                    },
                    repaired,
                ))
            }
        }
    }
}

enum Resolved {
    Local(Vec<String>, String),
    Remote(String),
}

fn resolve(base: &Base, reference: &str) -> Result<Resolved, BadHref> {
    if reference.chars().any(char::is_control) {
        return Err(BadHref::Character);
    }
    let lower = reference.to_ascii_lowercase();
    if lower.starts_with("http://") || lower.starts_with("https://") {
        return Ok(Resolved::Remote(reference.to_owned()));
    }
    let (path, suffix) = split_suffix(reference);
    let slashed = path.replace('\\', "/");
    if slashed.starts_with("//") || has_scheme(&slashed) {
        return Err(BadHref::Scheme);
    }
    let decoded = percent_decoded(&slashed).ok_or(BadHref::Character)?;
    if decoded.chars().any(char::is_control) {
        return Err(BadHref::Character);
    }
    let folder = match base {
        Base::Remote(url) => return Ok(Resolved::Remote(format!("{url}{reference}"))),
        Base::Folder(_) if decoded.starts_with('/') => &[][..],
        Base::Folder(segments) => segments,
    };
    let mut segments = folder.to_vec();
    // A decoded escape may itself hold a backslash or slash: all are separators to a browser.
    for segment in decoded.split(['/', '\\']) {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop().ok_or(BadHref::Escapes)?;
            }
            s => segments.push(s.to_owned()),
        }
    }
    Ok(Resolved::Local(segments, suffix.to_owned()))
}

/// Path, and query with fragment.
fn split_suffix(reference: &str) -> (&str, &str) {
    reference.split_at(reference.find(['?', '#']).unwrap_or(reference.len()))
}

fn has_scheme(path: &str) -> bool {
    let Some(colon) = path.find(':') else {
        return false;
    };
    !path[..colon].contains('/')
}

/// Percent escapes decoded where they are valid; `None` when the result is not UTF-8.
fn percent_decoded(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while i < bytes.len() {
        let hex = |b: u8| (b as char).to_digit(16);
        match (
            bytes[i],
            bytes.get(i + 1).copied().and_then(hex),
            bytes.get(i + 2).copied().and_then(hex),
        ) {
            (b'%', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                i += 3;
            }
            (b, _, _) => {
                out.push(b);
                i += 1;
            }
        }
    }
    String::from_utf8(out).ok()
}

/// A stored path as a URL path: everything but unreserved characters and `/` is escaped.
pub fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for b in path.bytes() {
        match b {
            b'A'..=b'Z'
            | b'a'..=b'z'
            | b'0'..=b'9'
            | b'-'
            | b'_'
            | b'.'
            | b'~'
            | b'/'
            | b'!'
            | b'\''
            | b'('
            | b')'
            | b'*'
            | b','
            | b';'
            | b'='
            | b'@'
            | b'+'
            | b'$'
            | b'&' => out.push(b as char),
            _ => out.push_str(&format!("%{b:02X}")),
        }
    }
    out
}

/// Joins an item's `parameters` to a launch address (CAM 3.4.1.13): leading `?` and `&` are
/// dropped; a fragment is added only where there is none; everything else joins the query.
pub fn with_parameters(launch: &str, parameters: &str) -> String {
    let parameters = parameters.trim().trim_start_matches(['?', '&']);
    if parameters.is_empty() {
        return launch.to_owned();
    }
    let (address, fragment) = launch.split_at(launch.find('#').unwrap_or(launch.len()));
    if parameters.starts_with('#') {
        let kept = if fragment.is_empty() {
            parameters
        } else {
            fragment
        };
        return format!("{address}{kept}");
    }
    let joint = if address.contains('?') { '&' } else { '?' };
    format!("{address}{joint}{parameters}{fragment}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn m10_bad_schemes_and_escapes_are_refused() {
        let base = Base::of_file("imsmanifest.xml");
        for (href, expected) in [
            ("javascript:alert(1)", BadHref::Scheme),
            ("JaVaScript:alert(1)", BadHref::Scheme),
            ("data:text/html,x", BadHref::Scheme),
            ("file:///etc/passwd", BadHref::Scheme),
            ("C:\\x.html", BadHref::Scheme),
            ("//evil/x", BadHref::Scheme),
            ("\\\\evil\\x", BadHref::Scheme),
            ("../x", BadHref::Escapes),
            ("a/%2e%2e/%2E%2E/x", BadHref::Escapes),
            ("a%5c..%5c..%5cx", BadHref::Escapes),
            ("a\0b", BadHref::Character),
            ("a%00b", BadHref::Character),
            ("?q", BadHref::Empty),
            ("#f", BadHref::Empty),
            ("", BadHref::Empty),
        ] {
            assert_eq!(base.target(href), Err(expected), "{href}");
        }
    }

    #[test]
    fn m12_bases_at_each_level_stay_inside() {
        let base = Base::of_file("sub/imsmanifest.xml");
        let inner = base.join(Some("a")).unwrap().join(Some("b/")).unwrap();
        assert_eq!(
            inner.target("../x y.html?q=1#f").unwrap().0,
            Target::Local {
                path: "sub/a/x y.html".into(),
                suffix: "?q=1#f".into()
            }
        );
        assert_eq!(inner.join(Some("../../../..")), Err(BadHref::Escapes));
    }

    #[test]
    fn parameters_join_the_query() {
        for (launch, parameters, expected) in [
            ("a.html", "?x=1", "a.html?x=1"),
            ("a.html", "&?x=1", "a.html?x=1"),
            ("a.html?y=2", "?x=1", "a.html?y=2&x=1"),
            ("a.html#top", "x=1", "a.html?x=1#top"),
            ("a.html", "#top", "a.html#top"),
            ("a.html#here", "#top", "a.html#here"),
            ("a.html", "??", "a.html"),
        ] {
            assert_eq!(with_parameters(launch, parameters), expected);
        }
    }
}
