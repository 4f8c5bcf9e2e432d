//! Messages of platforms as they come: parameters in their order, each as it was said.

use std::net::IpAddr;

use rocket::data::{FromData, Outcome, ToByteUnit};
use rocket::request::{self, FromRequest};
use rocket::{Data, Request};

use super::super::denied::{Denied, Why};
use crate::App;

/// Bytes of a message at most.
const LIMIT_KIB: u64 = 256;
/// Parameters at most.
const MOST: usize = 500;

/// The parameters of a form or a query.
pub(in crate::lti) struct Pairs(pub Vec<(String, String)>);

impl Pairs {
    /// From url-encoded text.
    pub fn parse(text: &str) -> Pairs {
        Pairs(
            url::form_urlencoded::parse(text.as_bytes())
                .map(|(name, value)| (name.into_owned(), value.into_owned()))
                .take(MOST)
                .collect(),
        )
    }

    /// A parameter that stands once at most.
    pub fn one(&self, name: &str) -> Result<Option<&str>, Denied> {
        let mut all = self.0.iter().filter(|(other, _)| other == name);
        match (all.next(), all.next()) {
            (Some((_, value)), None) => Ok(Some(value.as_str()).filter(|value| !value.is_empty())),
            (None, _) => Ok(None),
            _ => Err(Denied::new(Why::Unreadable, "duplicate parameter")),
        }
    }

    /// All values of a parameter.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(other, _)| other == name)
            .map(|(_, value)| value.as_str())
    }

    /// As pairs of borrowed text.
    pub fn borrowed(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// A posted message, or why it cannot be read: the handler says so in a page.
pub(in crate::lti) struct Posted(pub Result<Pairs, Denied>);

#[rocket::async_trait]
impl<'r> FromData<'r> for Posted {
    type Error = ();

    async fn from_data(_: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self> {
        let read = data.open(LIMIT_KIB.kibibytes()).into_bytes().await;
        Outcome::Success(Posted(match read {
            Ok(body) if body.is_complete() => match std::str::from_utf8(&body) {
                Ok(text) => Ok(Pairs::parse(text)),
                Err(_) => Err(Denied::new(Why::Unreadable, "not UTF-8")),
            },
            Ok(_) => Err(Denied::new(Why::TooLarge, "body")),
            Err(_) => Err(Denied::new(Why::Unreadable, "body")),
        }))
    }
}

/// What a browser tells of itself.
pub(in crate::lti) struct Browser<'r> {
    /// Where it comes from.
    pub address: Option<IpAddr>,
    /// The page is to be shown inside another one.
    pub framed: bool,
    /// The origin of the page that sent it here, as far as it is told.
    pub from: Option<&'r str>,
    /// A page of ours sent it.
    pub own: bool,
    /// The raw query.
    pub query: &'r str,
    /// The bearer it proves itself with.
    pub bearer: Option<&'r str>,
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Browser<'r> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> request::Outcome<Self, ()> {
        let header = |name| request.headers().get_one(name);
        request::Outcome::Success(Browser {
            address: request.client_ip(),
            framed: matches!(
                header("Sec-Fetch-Dest"),
                Some("iframe" | "frame" | "object" | "embed")
            ),
            from: header("Origin")
                .filter(|origin| *origin != "null")
                .or_else(|| header("Referer")),
            own: match header("Sec-Fetch-Site") {
                Some(site) => site == "same-origin",
                None => request
                    .rocket()
                    .state::<App>()
                    .is_some_and(|app| header("Origin") == Some(app.config.public_url.as_str())),
            },
            query: request.uri().query().map_or("", |query| query.as_str()),
            bearer: header("Authorization").and_then(|value| value.strip_prefix("Bearer ")),
        })
    }
}
