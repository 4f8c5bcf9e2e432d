//! Signed statements: JWS compact serialisation over RSA (Data 2.6; RFC 7515).

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

use crate::json::{Value, parse_bytes};
use crate::{Checked, Invalid, compare};

/// The algorithms the standard allows (XAPI-00117).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    Rs256,
    /// With SHA-384.
    Rs384,
    /// With SHA-512.
    Rs512,
}

/// The longest signature, in bytes: its payload is a statement.
pub const MAX: usize = 1 << 20;

/// What a caller's crypto is asked: does `signature` over `message` hold for `key`, an RSA public
/// key in PKCS#1 DER?
#[derive(Debug)]
pub struct Question<'q> {
    /// With which algorithm.
    pub algorithm: Algorithm,
    /// The key.
    pub key: &'q [u8],
    /// What was signed.
    pub message: &'q [u8],
    /// The signature.
    pub signature: &'q [u8],
}

/// Checks a signature against the statement it came with: well formed, an allowed algorithm, a
/// payload that says the same, and, where the header brings a certificate, the signature itself
/// (XAPI-00115 to XAPI-00117).
pub fn check(
    signature: &[u8],
    statement: &Value<'_>,
    holds: impl Fn(Question<'_>) -> bool,
) -> Checked {
    let wrong = |rule| Invalid::new(rule, "signature");
    if signature.len() > MAX {
        return Err(Invalid::new("too-many", "signature"));
    }
    let text = std::str::from_utf8(signature).map_err(|_| wrong("jws"))?;
    let text = text.trim();
    let mut parts = text.split('.');
    let (Some(header), Some(payload), Some(signed), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(wrong("jws"));
    };
    let decode = |part: &str| {
        URL_SAFE_NO_PAD
            .decode(part.trim_end_matches('='))
            .map_err(|_| wrong("jws"))
    };
    let message = &text[..header.len() + 1 + payload.len()];
    let (header, payload, signed) = (decode(header)?, decode(payload)?, decode(signed)?);
    let header = parse_bytes(&header).map_err(|_| wrong("jws"))?;
    let algorithm = match header.str("alg") {
        Some("RS256") => Algorithm::Rs256,
        Some("RS384") => Algorithm::Rs384,
        Some("RS512") => Algorithm::Rs512,
        _ => return Err(wrong("jws-algorithm")),
    };
    // Extensions we do not know must not be ignored (RFC 7515 section 4.1.11).
    if header.get("crit").is_some() || signed.is_empty() {
        return Err(wrong("jws"));
    }
    let payload = parse_bytes(&payload).map_err(|_| wrong("jws-payload"))?;
    if payload.as_object().is_none() || !compare::same(&payload, statement) {
        return Err(wrong("jws-payload"));
    }
    if let Some(chain) = header.get("x5c") {
        let first = chain
            .as_array()
            .and_then(|items| items.first()?.as_str())
            .ok_or_else(|| wrong("jws-certificate"))?;
        let certificate = STANDARD
            .decode(first)
            .map_err(|_| wrong("jws-certificate"))?;
        let key = rsa_key(&certificate).ok_or_else(|| wrong("jws-certificate"))?;
        let question = Question {
            algorithm,
            key,
            message: message.as_bytes(),
            signature: &signed,
        };
        if !holds(question) {
            return Err(wrong("jws-signature"));
        }
    }
    Ok(())
}

/// The RSA public key (PKCS#1 DER) of an X.509 certificate (RFC 5280 section 4.1).
fn rsa_key(certificate: &[u8]) -> Option<&[u8]> {
    const SEQUENCE: u8 = 0x30;
    const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
    let (certificate, _) = element(certificate, SEQUENCE)?;
    let (mut rest, _) = element(certificate, SEQUENCE)?;
    if rest.first() == Some(&0xa0) {
        rest = element(rest, 0xa0)?.1;
    }
    // Serial number; algorithm, issuer, validity, subject.
    rest = element(rest, 0x02)?.1;
    for _ in 0..4 {
        rest = element(rest, SEQUENCE)?.1;
    }
    let (info, _) = element(rest, SEQUENCE)?;
    let (algorithm, info) = element(info, SEQUENCE)?;
    if element(algorithm, 0x06)?.0 != RSA {
        return None;
    }
    let (bits, _) = element(info, 0x03)?;
    // The first byte counts unused bits.
    bits.strip_prefix(&[0])
}

/// The content of the DER element at the front, and what follows it.
fn element(bytes: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (first, rest) = bytes.split_first()?;
    if *first != tag {
        return None;
    }
    let (length, rest) = rest.split_first()?;
    let (length, rest) = match *length {
        short @ 0..=0x7f => (usize::from(short), rest),
        long @ 0x81..=0x83 => {
            let (bytes, rest) = rest.split_at_checked(usize::from(long & 0x7f))?;
            let length = bytes
                .iter()
                .fold(0, |length, byte| length << 8 | usize::from(*byte));
            (length, rest)
        }
        _ => return None,
    };
    rest.split_at_checked(length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;
    use proptest::prelude::*;

    const STATEMENT: &str =
        r#"{"actor":{"mbox":"mailto:a@x.tn"},"verb":{"id":"http://v"},"object":{"id":"http://a"}}"#;

    fn signed(header: &str, payload: &str) -> String {
        [header, payload, "signature"]
            .map(|part| URL_SAFE_NO_PAD.encode(part))
            .join(".")
    }

    fn judge(jws: &str) -> Result<(), &'static str> {
        check(jws.as_bytes(), &parse(STATEMENT).unwrap(), |_| true).map_err(|e| e.rule)
    }

    #[test]
    fn xapi_00117_signatures() {
        for algorithm in ["RS256", "RS384", "RS512"] {
            let header = format!(r#"{{"alg":"{algorithm}"}}"#);
            assert_eq!(judge(&signed(&header, STATEMENT)), Ok(()));
        }
        for (header, payload, why) in [
            (r#"{"alg":"HS256"}"#, STATEMENT, "jws-algorithm"),
            (r#"{"alg":"none"}"#, STATEMENT, "jws-algorithm"),
            ("{}", STATEMENT, "jws-algorithm"),
            ("{", STATEMENT, "jws"),
            (r#"{"alg":"RS256","crit":["x"]}"#, STATEMENT, "jws"),
            (r#"{"alg":"RS256"}"#, "{'", "jws-payload"),
            (r#"{"alg":"RS256"}"#, "[]", "jws-payload"),
            (
                r#"{"alg":"RS256"}"#,
                r#"{"actor":{"mbox":"mailto:b@x.tn"},"verb":{"id":"http://v"},"object":{"id":"http://a"}}"#,
                "jws-payload",
            ),
            (r#"{"alg":"RS256","x5c":"x"}"#, STATEMENT, "jws-certificate"),
            (
                r#"{"alg":"RS256","x5c":["!!"]}"#,
                STATEMENT,
                "jws-certificate",
            ),
            (
                r#"{"alg":"RS256","x5c":["AAAA"]}"#,
                STATEMENT,
                "jws-certificate",
            ),
        ] {
            assert_eq!(judge(&signed(header, payload)), Err(why), "{header}");
        }
        for bad in ["", "a.b", "a.b.c.d", "!.!.!"] {
            assert_eq!(judge(bad), Err("jws"), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn any_certificate_is_read(bytes in prop::collection::vec(any::<u8>(), 0..100)) {
            let _ = rsa_key(&bytes);
        }
    }
}
