//! A request, read whole.

use rocket::Request;
use rocket::http::Method;
use xapi::language::Preferences;
use xapi::query::Parameters;

use crate::web::Refusal;

use super::invalid;

/// A request.
pub(super) struct Call {
    /// The method; HEAD is GET.
    pub method: Method,
    /// What follows `/xapi/`.
    pub path: String,
    /// The query, decoded.
    pub query: Vec<(String, String)>,
    /// Names in lower case.
    headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// It came in the alternate syntax.
    pub is_alternate: bool,
}

impl Call {
    /// Everything but the body.
    pub fn of(request: &Request<'_>) -> Call {
        let uri = request.uri();
        let path = uri.path().as_str();
        let query = uri.query().map(|q| q.to_string()).unwrap_or_default();
        Call {
            method: match request.method() {
                Method::Head => Method::Get,
                method => method,
            },
            path: path
                .strip_prefix("/xapi/")
                .unwrap_or_default()
                .trim_end_matches('/')
                .to_owned(),
            query: url::form_urlencoded::parse(query.as_bytes())
                .into_owned()
                .collect(),
            headers: headers_of(request),
            body: Vec::new(),
            is_alternate: false,
        }
    }

    /// The header of this name (lower case), if it is there once.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut all = self.headers.iter().filter(|(key, _)| key == name);
        match (all.next(), all.next()) {
            (Some((_, value)), None) => Some(value),
            _ => None,
        }
    }

    /// Puts a header in the place of others of its name.
    pub fn set_header(&mut self, name: &str, value: String) {
        self.headers.retain(|(key, _)| key != name);
        self.headers.push((name.to_owned(), value));
    }

    /// The parameters; 400 when one is given twice.
    pub fn parameters(&self) -> Result<Parameters, Refusal> {
        // A credential has no place in an address, where logs and histories keep it (X22).
        let secret = |name: &str| {
            name.eq_ignore_ascii_case("authorization") || name.eq_ignore_ascii_case("access_token")
        };
        if self.query.iter().any(|(name, _)| secret(name)) {
            return Err(Refusal::bad_request("xapi-invalid")
                .with("rule", "unknown-parameter")
                .with("where", "authorization"));
        }
        Parameters::new(self.query.clone()).map_err(invalid)
    }

    /// The content type; without one, bytes.
    pub fn content_type(&self) -> &str {
        self.header("content-type")
            .unwrap_or("application/octet-stream")
    }

    /// The languages that are wanted.
    pub fn languages(&self) -> Preferences {
        Preferences::of(self.header("accept-language").unwrap_or_default())
    }
}

/// Names in lower case. A header that is a list is one list, however it was sent (RFC 9110 5.3): a
/// precondition given twice is not none.
fn headers_of(request: &Request<'_>) -> Vec<(String, String)> {
    const LISTS: [&str; 3] = ["if-match", "if-none-match", "accept-language"];
    let mut all: Vec<(String, String)> = Vec::new();
    for header in request.headers().iter() {
        let name = header.name().as_str().to_ascii_lowercase();
        match all.iter_mut().find(|(known, _)| *known == name) {
            Some((_, list)) if LISTS.contains(&name.as_str()) => {
                list.push_str(", ");
                list.push_str(header.value());
            }
            _ => all.push((name, header.value().to_owned())),
        }
    }
    all
}
