//! The one HTTP client that calls out to addresses other people name (`threats.md` W22).
//!
//! What is checked is the address that is connected to: a resolver of ours drops every address
//! that is not a public one, addresses written as numbers are checked by themselves, redirects
//! (three at most, never with credentials) are checked again. No proxy from the environment; ten
//! seconds and 5 MiB in all. `HALQA_OUTBOUND_ALLOW` names hosts of the own network that may be
//! reached.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::redirect::Policy;
use url::{Host, Url};

use crate::StartError;
use crate::config::Config;

/// The whole exchange, redirects included.
const LIMIT: Duration = Duration::from_secs(10);
/// Bytes of an answer after decompression.
const ANSWER_MAX: usize = 5 << 20;
/// Redirects followed.
const REDIRECTS: usize = 3;

/// Why there is no answer. What people see is neutral: it must not tell what listens where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HttpError {
    /// An address that is not called: another scheme or port, a private network.
    #[error("the address is not one that is called")]
    Refused,
    /// Nobody answers, or not in time.
    #[error("no answer")]
    Unreachable,
    /// The answer is too large or broken.
    #[error("the answer is too large or broken")]
    Answer,
}

/// A request.
#[derive(Debug, Clone)]
pub struct Request {
    /// `GET`, `POST`, `PUT`.
    pub method: reqwest::Method,
    /// Where to.
    pub url: Url,
    /// Headers; one named `Authorization` forbids redirects.
    pub headers: Vec<(&'static str, String)>,
    /// The body, if there is one.
    pub body: Option<Vec<u8>>,
}

impl Request {
    /// A GET that accepts a media type.
    pub fn get(url: Url, accept: &str) -> Self {
        Request {
            method: reqwest::Method::GET,
            url,
            headers: vec![("Accept", accept.to_owned())],
            body: None,
        }
    }

    /// A POST of a body.
    pub fn post(url: Url, media_type: &str, body: Vec<u8>) -> Self {
        Request {
            method: reqwest::Method::POST,
            url,
            headers: vec![("Content-Type", media_type.to_owned())],
            body: Some(body),
        }
    }

    /// With a header.
    pub fn header(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }

    fn carries_credentials(&self) -> bool {
        self.body.is_some()
            || self
                .headers
                .iter()
                .any(|(name, _)| name.eq_ignore_ascii_case("authorization"))
    }
}

/// An answer, read whole.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Where it came from, redirects followed.
    pub url: Url,
    /// The body.
    pub body: Vec<u8>,
    headers: reqwest::header::HeaderMap,
}

impl Answer {
    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// All values of a header, apart by commas.
    pub fn all(&self, name: &str) -> String {
        let values: Vec<&str> = self
            .headers
            .get_all(name)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .collect();
        values.join(", ")
    }

    /// True when the body is JSON, whatever it calls itself: Moodle's tokens come as `text/html`.
    pub fn is_json(&self) -> bool {
        serde_json::from_slice::<serde_json::Value>(&self.body)
            .is_ok_and(|value| value.is_object() || value.is_array())
    }

    /// True for 200–299.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// The client. Cheap to clone.
#[derive(Clone)]
pub struct Http {
    public: reqwest::Client,
    any: reqwest::Client,
    allowed: Arc<BTreeSet<String>>,
}

impl Http {
    /// From `HALQA_OUTBOUND_ALLOW`.
    pub fn open(config: &Config) -> Result<Http, StartError> {
        Ok(Http {
            public: client(Some(Arc::new(PublicOnly)))?,
            any: client(None)?,
            allowed: Arc::new(config.outbound_allow.iter().cloned().collect()),
        })
    }

    /// Sends a request. `trusted` are `host` or `host:port` names that an operator of this machine
    /// has registered: they may be on the own network, as those of the configuration may.
    pub async fn send(&self, request: Request, trusted: &[String]) -> Result<Answer, HttpError> {
        match tokio::time::timeout(LIMIT, self.exchange(request, trusted)).await {
            Ok(result) => result,
            Err(_) => Err(HttpError::Unreachable),
        }
    }

    async fn exchange(
        &self,
        mut request: Request,
        trusted: &[String],
    ) -> Result<Answer, HttpError> {
        for hop in 0.. {
            let own = self.is_allowed(&request.url, trusted);
            if !own {
                check(&request.url)?;
            }
            let client = if own { &self.any } else { &self.public };
            let mut sent = client.request(request.method.clone(), request.url.clone());
            for (name, value) in &request.headers {
                sent = sent.header(*name, value);
            }
            if let Some(body) = &request.body {
                sent = sent.body(body.clone());
            }
            let response = sent.send().await.map_err(|error| {
                // The reason names addresses: for the log of the operator alone.
                tracing::debug!(%error, "outbound");
                HttpError::Unreachable
            })?;
            let status = response.status();
            let next = status
                .is_redirection()
                .then(|| response.headers().get("location"))
                .flatten()
                .and_then(|location| location.to_str().ok())
                .and_then(|location| request.url.join(location).ok());
            if let Some(next) = next
                && !request.carries_credentials()
            {
                if hop >= REDIRECTS {
                    return Err(HttpError::Refused);
                }
                request.url = next;
                continue;
            }
            return read(response, request.url).await;
        }
        Err(HttpError::Refused)
    }

    /// A name without a port stands for the scheme's own port: to allow one service of a machine is
    /// not to allow them all.
    fn is_allowed(&self, url: &Url, trusted: &[String]) -> bool {
        let (Some(name), Some(host)) = (lti::target::host(url), url.host_str()) else {
            return false;
        };
        let port = url.port_or_known_default().unwrap_or_default();
        matches!(url.scheme(), "http" | "https")
            && url.username().is_empty()
            && url.password().is_none()
            && (self.allowed.contains(&name)
                || self.allowed.contains(&format!("{host}:{port}"))
                || trusted.contains(&name))
    }
}

fn client(resolver: Option<Arc<PublicOnly>>) -> Result<reqwest::Client, StartError> {
    let mut builder = reqwest::Client::builder()
        .no_proxy()
        .redirect(Policy::none())
        .referer(false)
        .connect_timeout(Duration::from_secs(5))
        .timeout(LIMIT)
        .user_agent(concat!("Halqa/", env!("CARGO_PKG_VERSION")));
    if let Some(resolver) = resolver {
        builder = builder.dns_resolver(resolver);
    }
    Ok(builder.build()?)
}

/// What can be said of an address before it is resolved.
fn check(url: &Url) -> Result<(), HttpError> {
    let plain = url.scheme() == "https"
        && url.username().is_empty()
        && url.password().is_none()
        && url.port_or_known_default() == Some(443);
    let host = match url.host() {
        Some(Host::Ipv4(address)) => is_global(IpAddr::V4(address)),
        Some(Host::Ipv6(address)) => is_global(IpAddr::V6(address)),
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.').to_ascii_lowercase();
            name.contains('.') && !name.ends_with(".localhost")
        }
        None => false,
    };
    if plain && host {
        Ok(())
    } else {
        Err(HttpError::Refused)
    }
}

async fn read(mut response: reqwest::Response, url: Url) -> Result<Answer, HttpError> {
    let status = response.status().as_u16();
    let headers = response.headers().clone();
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|_| HttpError::Answer)? {
        if body.len() + chunk.len() > ANSWER_MAX {
            return Err(HttpError::Answer);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Answer {
        status,
        url,
        body,
        headers,
    })
}

/// Resolves names, and drops every address that is not on the public Internet: what is connected
/// to is what was checked, however often a name changes.
struct PublicOnly;

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let public: Vec<SocketAddr> = found.filter(|address| is_global(address.ip())).collect();
            if public.is_empty() {
                return Err("no public address".into());
            }
            Ok(Box::new(public.into_iter()) as Addrs)
        })
    }
}

/// True for addresses of the public Internet, seen through every way of writing IPv4 in IPv6.
pub fn is_global(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_global_v4(v4),
        IpAddr::V6(v6) => is_global_v6(v6),
    }
}

fn is_global_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !(a == 0
        || a == 10
        || a == 127
        || a >= 224
        || (a == 100 && (64..128).contains(&b))
        || (a == 169 && b == 254)
        || (a == 172 && (16..32).contains(&b))
        || (a == 192 && b == 168)
        || (a == 192 && b == 0 && matches!(c, 0 | 2))
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && matches!(b, 18 | 19))
        || (a == 198 && b == 51 && c == 100)
        || (a == 203 && b == 0 && c == 113))
}

fn is_global_v6(address: Ipv6Addr) -> bool {
    let segments = address.segments();
    let embedded = |high: u16, low: u16| {
        let [a, b] = high.to_be_bytes();
        let [c, d] = low.to_be_bytes();
        is_global_v4(Ipv4Addr::new(a, b, c, d))
    };
    match segments {
        // ::, ::1, mapped and compatible IPv4
        [0, 0, 0, 0, 0, 0xffff, high, low] => embedded(high, low),
        [0, 0, 0, 0, 0, 0, ..] => false,
        // NAT64 and its local prefix
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => embedded(high, low),
        [0x64, 0xff9b, ..] => false,
        // 6to4
        [0x2002, high, low, ..] => embedded(high, low),
        // Teredo, benchmarking, ORCHID, documentation
        [0x2001, second, ..] if second < 0x200 || second == 0xdb8 => false,
        [0x3fff, ..] => false,
        // Global unicast is 2000::/3; everything else is local, multicast or reserved.
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// W22: what the operator names is called at that port, and nothing beside it.
    #[test]
    fn only_the_named_service_of_the_own_network_is_called() {
        let values = std::collections::BTreeMap::from([(
            "HALQA_OUTBOUND_ALLOW".to_owned(),
            "Moodle.intranet, 127.0.0.1:8443".to_owned(),
        )]);
        let http = Http::open(&Config::from_values(&values).expect("configuration")).expect("http");
        let called = |address: &str| http.is_allowed(&Url::parse(address).expect(address), &[]);
        for address in [
            "https://moodle.intranet/token",
            "https://moodle.intranet:443/",
            "http://moodle.intranet/",
            "http://127.0.0.1:8443/",
        ] {
            assert!(called(address), "{address}");
        }
        for address in [
            "https://moodle.intranet:8443/",
            "http://moodle.intranet:5432/",
            "http://127.0.0.1/",
            "http://127.0.0.1:5432/",
            "http://localhost:8443/",
            "http://a.moodle.intranet/",
            "ftp://moodle.intranet/",
            "https://user@moodle.intranet/",
        ] {
            assert!(!called(address), "{address}");
        }
    }

    /// W22, the table.
    #[test]
    fn private_addresses_are_not_called() {
        for address in [
            "http://127.0.0.1/",
            "https://127.0.0.1/",
            "https://[::1]/",
            "https://[::ffff:127.0.0.1]/",
            "https://[::ffff:7f00:1]/",
            "https://0x7f.1/",
            "https://2130706433/",
            "https://0177.0.0.1/",
            "https://169.254.169.254/latest/meta-data/",
            "https://[64:ff9b::7f00:1]/",
            "https://[64:ff9b:1::1]/",
            "https://[2002:7f00:1::]/",
            "https://[fe80::1]/",
            "https://[fc00::1]/",
            "https://[::]/",
            "https://0.0.0.0/",
            "https://10.1.2.3/",
            "https://172.31.0.1/",
            "https://192.168.1.1/",
            "https://100.64.0.1/",
            "https://224.0.0.1/",
            "https://255.255.255.255/",
            "https://localhost/",
            "https://localhost./",
            "https://a.localhost/",
            "https://intranet/",
            "http://lms.example/",
            "https://lms.example:22/",
            "https://lms.example:5432/",
            "https://lms.example:8443/",
            "https://user:pass@lms.example/",
            "https://user@lms.example/",
            "file:///etc/passwd",
            "gopher://lms.example/",
            "ftp://lms.example/",
            "data:text/plain,x",
        ] {
            let url = Url::parse(address).expect(address);
            assert_eq!(check(&url), Err(HttpError::Refused), "{address}");
        }
        for address in [
            "https://lms.example/jwks",
            "https://9.9.9.9/",
            "https://[2620:fe::fe]/",
        ] {
            let url = Url::parse(address).expect(address);
            assert_eq!(check(&url), Ok(()), "{address}");
        }
    }
}
