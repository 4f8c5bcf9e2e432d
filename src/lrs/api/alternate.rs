//! The alternate request syntax of 1.0.3 (Communication 1.3): everything in a form. What is inside
//! is rebuilt into the request it stands for, and passes the same checks.

use rocket::http::Method;

use crate::web::Refusal;

use super::call::Call;

/// Form fields that stand for headers.
const HEADERS: [&str; 6] = [
    "Authorization",
    "X-Experience-API-Version",
    "Content-Type",
    "Content-Length",
    "If-Match",
    "If-None-Match",
];

/// More fields than there are headers and parameters.
const FIELDS_MAX: usize = HEADERS.len() + xapi::query::PARAMETERS_MAX;

/// The call is meant to hold another one.
pub(super) fn is_meant(call: &Call) -> bool {
    call.method == Method::Post && call.query.iter().any(|(name, _)| name == "method")
}

/// The request inside, if there is one; 400 for what the syntax does not allow (X16).
pub(super) fn unwrap(call: Call) -> Result<Call, Refusal> {
    let wrong = || Refusal::bad_request("xapi-alternate");
    let mut named = call.query.iter().filter(|(name, _)| name == "method");
    let Some((_, method)) = named.next() else {
        return Ok(call);
    };
    if call.method != Method::Post || call.query.len() > 1 {
        return Err(wrong());
    }
    let method = match method.as_str() {
        "GET" | "HEAD" => Method::Get,
        "PUT" => Method::Put,
        "POST" => Method::Post,
        "DELETE" => Method::Delete,
        _ => return Err(wrong()),
    };
    if std::str::from_utf8(&call.body).is_err() {
        return Err(wrong());
    }
    let fields: Vec<(String, String)> = url::form_urlencoded::parse(&call.body)
        .into_owned()
        .take(FIELDS_MAX + 1)
        .collect();
    if fields.len() > FIELDS_MAX {
        return Err(wrong());
    }
    let mut inner = call;
    inner.method = method;
    inner.is_alternate = true;
    inner.query.clear();
    inner.body.clear();
    let mut content = None;
    let mut typed = false;
    let mut length = None;
    let mut set = Vec::new();
    for (name, value) in fields {
        if name == "content" {
            if content.replace(value).is_some() {
                return Err(wrong());
            }
        } else if let Some(header) = HEADERS.iter().find(|h| h.eq_ignore_ascii_case(&name)) {
            let header = header.to_ascii_lowercase();
            if value.bytes().any(|b| b < 0x20 || b == 0x7f) || set.contains(&header) {
                return Err(wrong());
            }
            match header.as_str() {
                "content-length" => {
                    length = Some(value.trim().parse::<usize>().map_err(|_| wrong())?)
                }
                _ => {
                    typed |= header == "content-type";
                    inner.set_header(&header, value);
                }
            }
            set.push(header);
        } else {
            inner.query.push((name, value));
        }
    }
    let sends = matches!(method, Method::Put | Method::Post);
    if sends != content.is_some() {
        return Err(wrong());
    }
    if let Some(content) = content {
        if length.is_some_and(|length| length != content.len()) {
            return Err(wrong());
        }
        inner.body = content.into_bytes();
    }
    // The form's own type says nothing about what is inside.
    if !typed {
        inner.set_header("content-type", "application/json".to_owned());
    }
    Ok(inner)
}
