//! OAuth 1.0a signatures (RFC 5849 §3.4) as LTI 1.1 uses them: HMAC-SHA1 and HMAC-SHA256, no
//! token. PLAINTEXT and RSA-SHA1 are refused.

use aws_lc_rs::{digest, hmac};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use url::Url;

use crate::{Code, Refused};

/// How far a timestamp may be from now, in seconds.
pub const WINDOW: i64 = 300;

/// A decoded parameter.
pub type Parameter = (String, String);

/// The two signature methods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// What nearly everybody uses.
    HmacSha1,
    /// Its successor.
    HmacSha256,
}

impl Method {
    /// Its name in `oauth_signature_method`.
    pub fn name(self) -> &'static str {
        match self {
            Method::HmacSha1 => "HMAC-SHA1",
            Method::HmacSha256 => "HMAC-SHA256",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        [Method::HmacSha1, Method::HmacSha256]
            .into_iter()
            .find(|method| method.name() == name)
    }
}

/// Percent-encoding of §3.6: everything but unreserved characters, upper-case digits.
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(char::from(byte));
            }
            other => {
                const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
                out.push('%');
                out.push(char::from(DIGITS[usize::from(other >> 4)]));
                out.push(char::from(DIGITS[usize::from(other & 15)]));
            }
        }
    }
    out
}

/// The address as it is signed (§3.4.1.2): scheme and host in lower case, no standard port, no
/// query and no fragment.
pub fn base_url(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default().to_ascii_lowercase();
    let path = url.path();
    match url.port() {
        Some(port) => format!("{}://{host}:{port}{path}", url.scheme()),
        None => format!("{}://{host}{path}", url.scheme()),
    }
}

/// The signature base string (§3.4.1). `parameters` are those of the body and the `Authorization`
/// header; the query of `url` is added here. `oauth_signature` and `realm` take no part.
pub fn base_string(verb: &str, url: &Url, parameters: &[Parameter]) -> String {
    let mut encoded: Vec<(String, String)> = url
        .query_pairs()
        .map(|(name, value)| (encode(&name), encode(&value)))
        .chain(
            parameters
                .iter()
                .filter(|(name, _)| name != "oauth_signature" && name != "realm")
                .map(|(name, value)| (encode(name), encode(value))),
        )
        .collect();
    encoded.sort();
    let normal: Vec<String> = encoded
        .into_iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    format!(
        "{}&{}&{}",
        verb.to_ascii_uppercase(),
        encode(&base_url(url)),
        encode(&normal.join("&"))
    )
}

fn key(method: Method, secret: &str) -> hmac::Key {
    let algorithm = match method {
        Method::HmacSha1 => hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY,
        Method::HmacSha256 => hmac::HMAC_SHA256,
    };
    // No token: its secret is empty (§3.4.2).
    hmac::Key::new(algorithm, format!("{}&", encode(secret)).as_bytes())
}

/// The signature of a base string.
pub fn sign(method: Method, secret: &str, base: &str) -> String {
    STANDARD.encode(hmac::sign(&key(method, secret), base.as_bytes()))
}

/// A request as it came.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// `GET` or `POST`.
    pub verb: &'a str,
    /// The public address it was sent to, with its query: behind a proxy that ends TLS this is
    /// the configured one, not what the server sees.
    pub url: &'a Url,
    /// The parameters of the body, decoded.
    pub parameters: &'a [Parameter],
}

/// The protocol parameters of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Protocol {
    /// Whose secret signed it.
    pub consumer_key: String,
    /// How.
    pub method: Method,
    /// The signature, in base64.
    pub signature: String,
    /// Seconds since 1970.
    pub timestamp: i64,
    /// Once per consumer.
    pub nonce: String,
}

impl Request<'_> {
    /// Reads the protocol parameters; each must be there exactly once, over query and body.
    pub fn protocol(&self) -> Result<Protocol, Refused> {
        let mut seen: Vec<(String, String)> = Vec::new();
        let query = self
            .url
            .query_pairs()
            .map(|(name, value)| (name.into_owned(), value.into_owned()));
        for (name, value) in query.chain(self.parameters.iter().cloned()) {
            if !name.starts_with("oauth_") {
                continue;
            }
            if seen.iter().any(|(other, _)| *other == name) {
                return Err(Refused::new(Code::Duplicate, "oauth"));
            }
            seen.push((name, value));
        }
        let get = |name: &str, about| {
            seen.iter()
                .find(|(other, _)| other == name)
                .map(|(_, value)| value.as_str())
                .filter(|value| !value.is_empty() && value.len() <= 512)
                .ok_or(Refused::new(Code::Missing, about))
        };
        if seen
            .iter()
            .any(|(name, value)| name == "oauth_version" && value != "1.0")
        {
            return Err(Refused::new(Code::Version, "oauth_version"));
        }
        let nonce = get("oauth_nonce", "oauth_nonce")?;
        if nonce.chars().any(char::is_control) {
            return Err(Refused::new(Code::Malformed, "oauth_nonce"));
        }
        Ok(Protocol {
            consumer_key: get("oauth_consumer_key", "oauth_consumer_key")?.to_owned(),
            method: Method::from_name(get("oauth_signature_method", "oauth_signature_method")?)
                .ok_or(Refused::new(Code::Algorithm, "oauth_signature_method"))?,
            signature: get("oauth_signature", "oauth_signature")?.to_owned(),
            timestamp: get("oauth_timestamp", "oauth_timestamp")?
                .parse()
                .map_err(|_| Refused::new(Code::Timestamp, "oauth_timestamp"))?,
            nonce: nonce.to_owned(),
        })
    }

    /// Verifies the signature, in constant time, and the timestamp. The nonce is the caller's to
    /// use up, once this has passed.
    ///
    /// `lenient`: some consumers repeat the parameters of the query in the body and sign them
    /// once; accepted where the consumer is set so.
    pub fn verify(
        &self,
        protocol: &Protocol,
        secret: &str,
        now: i64,
        lenient: bool,
    ) -> Result<(), Refused> {
        let signature = STANDARD
            .decode(&protocol.signature)
            .map_err(|_| Refused::new(Code::Signature, "oauth_signature"))?;
        let key = key(protocol.method, secret);
        let holds = |url: &Url| {
            let base = base_string(self.verb, url, self.parameters);
            hmac::verify(&key, base.as_bytes(), &signature).is_ok()
        };
        let mut verified = holds(self.url);
        if !verified && lenient {
            let repeated = self.url.query_pairs().all(|(name, value)| {
                self.parameters
                    .iter()
                    .any(|(other, said)| *other == name && *said == value)
            });
            let mut bare = self.url.clone();
            bare.set_query(None);
            verified = repeated && holds(&bare);
        }
        if !verified {
            return Err(Refused::new(Code::Signature, "oauth_signature"));
        }
        let apart = protocol.timestamp.checked_sub(now);
        if apart.is_none_or(|apart| apart.unsigned_abs() > WINDOW.unsigned_abs()) {
            return Err(Refused::new(Code::Timestamp, "oauth_timestamp"));
        }
        Ok(())
    }
}

/// The `Authorization` header of a request of ours with a body that is no form: the body's hash is
/// signed with it (OAuth request body hash).
#[derive(Debug, Clone, Copy)]
pub struct BodyRequest<'a> {
    /// Where it goes.
    pub url: &'a Url,
    /// What it carries.
    pub body: &'a [u8],
    /// The consumer.
    pub key: &'a str,
    /// Its secret.
    pub secret: &'a str,
    /// How it is signed.
    pub method: Method,
    /// Seconds since 1970.
    pub now: i64,
    /// Unique.
    pub nonce: &'a str,
}

impl BodyRequest<'_> {
    /// The header's value.
    pub fn authorization(&self) -> String {
        let algorithm = match self.method {
            Method::HmacSha1 => &digest::SHA1_FOR_LEGACY_USE_ONLY,
            Method::HmacSha256 => &digest::SHA256,
        };
        let hash = STANDARD.encode(digest::digest(algorithm, self.body));
        let mut parameters: Vec<Parameter> = [
            ("oauth_body_hash", hash.as_str()),
            ("oauth_consumer_key", self.key),
            ("oauth_nonce", self.nonce),
            ("oauth_signature_method", self.method.name()),
            ("oauth_timestamp", &self.now.to_string()),
            ("oauth_version", "1.0"),
        ]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
        let base = base_string("POST", self.url, &parameters);
        parameters.push((
            "oauth_signature".to_owned(),
            sign(self.method, self.secret, &base),
        ));
        let listed: Vec<String> = parameters
            .iter()
            .map(|(name, value)| format!("{}=\"{}\"", encode(name), encode(value)))
            .collect();
        format!("OAuth {}", listed.join(","))
    }
}

/// The proof in LTI 1.3's migration claim (`oauth_consumer_key_sign`): HMAC-SHA256 with the
/// consumer's secret over what binds it to one launch.
pub fn migration_signature(
    consumer_key: &str,
    secret: &str,
    deployment: &str,
    issuer: &str,
    client_id: &str,
    exp: i64,
    nonce: &str,
) -> String {
    let text = format!("{consumer_key}&{deployment}&{issuer}&{client_id}&{exp}&{nonce}");
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    STANDARD.encode(hmac::sign(&key, text.as_bytes()))
}
