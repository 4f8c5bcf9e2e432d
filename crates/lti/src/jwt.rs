//! Signed tokens (security framework 1.1, §5): the platform's keys, and ours.
//!
//! The algorithm is what the key says, or the registration where the key is silent; the token's
//! header may only agree. Addresses and keys inside a header are refused, never followed.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{DecodingKey, EncodingKey, Header as JwtHeader, Validation};
use serde_json::{Map, Value, json};

use crate::{Code, Refused};

/// Bytes of a token at most: the largest honest ones, with long custom parameters, stay under a
/// quarter of it.
pub const TOKEN_MAX: usize = 64 << 10;
/// Bytes of a key set at most.
pub const KEYS_MAX: usize = 256 << 10;
/// Keys of a set at most; further ones are not looked at.
const KEYS: usize = 100;
/// Characters of a key's name at most.
const KID_MAX: usize = 512;
/// Bytes of an RSA modulus at least: 2,048 bits.
const MODULUS_MIN: usize = 256;

/// The algorithms that are accepted. There is no symmetric one, so that a public key can never be
/// taken for a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// RSA PKCS#1 1.5 with SHA-256: what every platform must support.
    Rs256,
    /// RSA PKCS#1 1.5 with SHA-384.
    Rs384,
    /// RSA PKCS#1 1.5 with SHA-512.
    Rs512,
    /// ECDSA on P-256 with SHA-256.
    Es256,
    /// ECDSA on P-384 with SHA-384.
    Es384,
}

impl Algorithm {
    /// Its name in JOSE.
    pub fn name(self) -> &'static str {
        match self {
            Algorithm::Rs256 => "RS256",
            Algorithm::Rs384 => "RS384",
            Algorithm::Rs512 => "RS512",
            Algorithm::Es256 => "ES256",
            Algorithm::Es384 => "ES384",
        }
    }

    /// From its name in JOSE, exactly as written there.
    pub fn from_name(name: &str) -> Option<Self> {
        [
            Algorithm::Rs256,
            Algorithm::Rs384,
            Algorithm::Rs512,
            Algorithm::Es256,
            Algorithm::Es384,
        ]
        .into_iter()
        .find(|algorithm| algorithm.name() == name)
    }

    fn is_rsa(self) -> bool {
        matches!(self, Algorithm::Rs256 | Algorithm::Rs384 | Algorithm::Rs512)
    }

    fn inner(self) -> jsonwebtoken::Algorithm {
        match self {
            Algorithm::Rs256 => jsonwebtoken::Algorithm::RS256,
            Algorithm::Rs384 => jsonwebtoken::Algorithm::RS384,
            Algorithm::Rs512 => jsonwebtoken::Algorithm::RS512,
            Algorithm::Es256 => jsonwebtoken::Algorithm::ES256,
            Algorithm::Es384 => jsonwebtoken::Algorithm::ES384,
        }
    }
}

/// What a token says about itself before it is believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The algorithm it claims.
    pub algorithm: Algorithm,
    /// The key it names.
    pub kid: String,
}

/// Reads a token's header: three parts, a known algorithm, a key by name and none by value.
pub fn header(token: &str) -> Result<Header, Refused> {
    if token.len() > TOKEN_MAX {
        return Err(Refused::new(Code::TooLarge, "id_token"));
    }
    let mut parts = token.split('.');
    let (Some(head), Some(body), Some(signature), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(Refused::new(Code::Malformed, "id_token"));
    };
    if head.is_empty() || body.is_empty() || signature.is_empty() {
        return Err(Refused::new(Code::Malformed, "id_token"));
    }
    let head = object(head, "header")?;
    for name in ["jku", "x5u", "jwk", "x5c", "crit"] {
        if head.contains_key(name) {
            return Err(Refused::new(Code::Key, "header"));
        }
    }
    let algorithm = head
        .get("alg")
        .and_then(Value::as_str)
        .and_then(Algorithm::from_name)
        .ok_or(Refused::new(Code::Algorithm, "alg"))?;
    let kid = head
        .get("kid")
        .and_then(Value::as_str)
        .filter(|kid| !kid.is_empty() && kid.len() <= KID_MAX)
        .ok_or(Refused::new(Code::Key, "kid"))?;
    Ok(Header {
        algorithm,
        kid: kid.to_owned(),
    })
}

fn object(part: &str, about: &'static str) -> Result<Map<String, Value>, Refused> {
    let malformed = || Refused::new(Code::Malformed, about);
    let bytes = URL_SAFE_NO_PAD.decode(part).map_err(|_| malformed())?;
    match serde_json::from_slice(&bytes) {
        Ok(Value::Object(object)) => Ok(object),
        _ => Err(malformed()),
    }
}

/// One public key of a platform.
#[derive(Clone)]
struct Key {
    kid: String,
    algorithm: Option<Algorithm>,
    rsa: bool,
    key: DecodingKey,
}

/// A platform's public keys.
#[derive(Clone, Default)]
pub struct KeySet(Vec<Key>);

impl KeySet {
    /// Reads a JWK set (RFC 7517). Keys for encryption, symmetric or short keys, and keys that
    /// cannot be read are left out: they cannot have signed anything we accept.
    pub fn parse(bytes: &[u8]) -> Result<KeySet, Refused> {
        if bytes.len() > KEYS_MAX {
            return Err(Refused::new(Code::TooLarge, "jwks"));
        }
        let malformed = Refused::new(Code::Malformed, "jwks");
        let set: Value = serde_json::from_slice(bytes).map_err(|_| malformed.clone())?;
        let keys = set.get("keys").and_then(Value::as_array).ok_or(malformed)?;
        Ok(KeySet(keys.iter().take(KEYS).filter_map(key).collect()))
    }

    /// One RSA public key in PEM, for whatever name a token gives it.
    pub fn of_pem(pem: &[u8]) -> Result<KeySet, Refused> {
        let malformed = Refused::new(Code::Malformed, "public key");
        if pem.len() > KEYS_MAX {
            return Err(Refused::new(Code::TooLarge, "public key"));
        }
        let key = DecodingKey::from_rsa_pem(pem).map_err(|_| malformed)?;
        Ok(KeySet(vec![Key {
            kid: String::new(),
            algorithm: None,
            rsa: true,
            key,
        }]))
    }

    /// True when a key of this name is there.
    pub fn has(&self, kid: &str) -> bool {
        self.find(kid).is_some()
    }

    /// True when there is no usable key at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn find(&self, kid: &str) -> Option<&Key> {
        self.0
            .iter()
            .find(|key| key.kid == kid || key.kid.is_empty())
    }
}

fn key(value: &Value) -> Option<Key> {
    let text = |name: &str| value.get(name).and_then(Value::as_str);
    if text("use").is_some_and(|usage| usage != "sig") {
        return None;
    }
    let kid = text("kid").filter(|kid| !kid.is_empty() && kid.len() <= KID_MAX)?;
    // An algorithm that is not ours makes the key unusable, not free.
    let algorithm = match text("alg") {
        Some(name) => Some(Algorithm::from_name(name)?),
        None => None,
    };
    let (rsa, algorithm, key) = match text("kty")? {
        "RSA" => {
            let modulus = URL_SAFE_NO_PAD
                .decode(text("n")?.trim_end_matches('='))
                .ok()?;
            let leading = modulus.iter().take_while(|byte| **byte == 0).count();
            if modulus.len() - leading < MODULUS_MIN {
                return None;
            }
            let key = DecodingKey::from_rsa_components(
                text("n")?.trim_end_matches('='),
                text("e")?.trim_end_matches('='),
            );
            (true, algorithm, key.ok()?)
        }
        "EC" => {
            let fixed = match text("crv")? {
                "P-256" => Algorithm::Es256,
                "P-384" => Algorithm::Es384,
                _ => return None,
            };
            if algorithm.is_some_and(|named| named != fixed) {
                return None;
            }
            let key = DecodingKey::from_ec_components(text("x")?, text("y")?).ok()?;
            (false, Some(fixed), key)
        }
        _ => return None,
    };
    if algorithm.is_some_and(|algorithm| algorithm.is_rsa() != rsa) {
        return None;
    }
    Some(Key {
        kid: kid.to_owned(),
        algorithm,
        rsa,
        key,
    })
}

/// Verifies a token's signature, issuer and audience, and gives its claims. Times are the
/// caller's to check ([`crate::launch::read`]): this function knows no clock.
///
/// `registered` is the algorithm of the registration, used where the key names none.
pub fn verify(
    token: &str,
    keys: &KeySet,
    registered: Algorithm,
    issuer: &str,
    audience: &str,
) -> Result<Map<String, Value>, Refused> {
    let head = header(token)?;
    let key = keys
        .find(&head.kid)
        .ok_or(Refused::new(Code::UnknownKey, "kid"))?;
    let algorithm = key.algorithm.unwrap_or(registered);
    if algorithm.is_rsa() != key.rsa || head.algorithm != algorithm {
        return Err(Refused::new(Code::Algorithm, "alg"));
    }
    let mut validation = Validation::new(algorithm.inner());
    // Without this list a token that names no issuer or audience would pass for any.
    validation.set_required_spec_claims(&["exp", "iss", "aud"]);
    validation.set_issuer(&[issuer]);
    validation.set_audience(&[audience]);
    validation.validate_exp = false;
    validation.validate_nbf = false;
    let decoded = jsonwebtoken::decode::<Map<String, Value>>(token, &key.key, &validation)
        .map_err(|error| refusal(error.kind()))?;
    let claims = decoded.claims;
    // The library takes a list of issuers; a token has one.
    if claims.get("iss").and_then(Value::as_str) != Some(issuer) {
        return Err(Refused::new(Code::Issuer, "iss"));
    }
    Ok(claims)
}

fn refusal(kind: &jsonwebtoken::errors::ErrorKind) -> Refused {
    use jsonwebtoken::errors::ErrorKind;
    match kind {
        ErrorKind::InvalidSignature => Refused::new(Code::Signature, "id_token"),
        ErrorKind::InvalidAlgorithm
        | ErrorKind::InvalidAlgorithmName
        | ErrorKind::MissingAlgorithm => Refused::new(Code::Algorithm, "alg"),
        ErrorKind::InvalidIssuer => Refused::new(Code::Issuer, "iss"),
        ErrorKind::InvalidAudience => Refused::new(Code::Audience, "aud"),
        ErrorKind::MissingRequiredClaim(claim) => match claim.as_str() {
            "iss" => Refused::new(Code::Issuer, "iss"),
            "aud" => Refused::new(Code::Audience, "aud"),
            _ => Refused::new(Code::Expired, "exp"),
        },
        _ => Refused::new(Code::Malformed, "id_token"),
    }
}

/// The claims a token says it has, before anything is verified: only to find the registration
/// that must verify it.
pub fn unverified(token: &str) -> Result<Map<String, Value>, Refused> {
    header(token)?;
    object(token.split('.').nth(1).unwrap_or_default(), "id_token")
}

/// A key of ours.
pub struct SigningKey {
    /// Its name in our key set.
    pub kid: String,
    key: EncodingKey,
}

impl SigningKey {
    /// From an RSA private key in PEM.
    pub fn from_pem(kid: &str, pem: &[u8]) -> Result<Self, Refused> {
        Ok(SigningKey {
            kid: kid.to_owned(),
            key: EncodingKey::from_rsa_pem(pem)
                .map_err(|_| Refused::new(Code::Malformed, "private key"))?,
        })
    }

    /// The public half, as it stands in our key set.
    pub fn public(&self) -> Result<Value, Refused> {
        let malformed = |_| Refused::new(Code::Malformed, "private key");
        let jwk =
            Jwk::from_encoding_key(&self.key, jsonwebtoken::Algorithm::RS256).map_err(malformed)?;
        let mut value =
            serde_json::to_value(jwk).map_err(|_| Refused::new(Code::Malformed, "private key"))?;
        value["kid"] = json!(self.kid);
        value["use"] = json!("sig");
        value["alg"] = json!("RS256");
        Ok(value)
    }

    /// Signs claims with RS256.
    pub fn sign(&self, claims: &Value) -> Result<String, Refused> {
        let mut header = JwtHeader::new(jsonwebtoken::Algorithm::RS256);
        header.kid = Some(self.kid.clone());
        jsonwebtoken::encode(&header, claims, &self.key)
            .map_err(|_| Refused::new(Code::Malformed, "claims"))
    }
}

impl SigningKey {
    /// Signs claims with RS256 and puts the public key beside them (`jwk`), for those who verify
    /// without asking us (Open Badges 3.0 §8.2: the header names the key or holds it).
    pub fn sign_with_its_key(&self, claims: &Value) -> Result<String, Refused> {
        let malformed = |_| Refused::new(Code::Malformed, "private key");
        let mut header = JwtHeader::new(jsonwebtoken::Algorithm::RS256);
        header.kid = Some(self.kid.clone());
        header.jwk = Some(
            Jwk::from_encoding_key(&self.key, jsonwebtoken::Algorithm::RS256).map_err(malformed)?,
        );
        jsonwebtoken::encode(&header, claims, &self.key)
            .map_err(|_| Refused::new(Code::Malformed, "claims"))
    }
}

/// The assertion with which a tool asks for an access token (RFC 7523; security framework §4.1).
pub struct Assertion<'a> {
    /// Our id at the platform.
    pub client_id: &'a str,
    /// The token endpoint, or what the platform names instead of it.
    pub audience: &'a str,
    /// Unique.
    pub id: &'a str,
    /// Seconds since 1970.
    pub now: i64,
}

impl Assertion<'_> {
    /// Its claims; valid for five minutes.
    pub fn claims(&self) -> Value {
        json!({
            "iss": self.client_id,
            "sub": self.client_id,
            "aud": self.audience,
            "iat": self.now,
            "exp": self.now + 300,
            "jti": self.id,
        })
    }
}
