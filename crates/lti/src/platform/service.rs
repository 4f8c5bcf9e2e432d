//! What a tool's server asks of us: a token, a column, a score.

use serde_json::Value;

use crate::ags::{LineItem, Score};
use crate::claims::{self, Claims};
use crate::jwt::{self, Algorithm, KeySet};
use crate::launch;
use crate::{Code, Refused};

/// May read results (AGS §3.3).
pub const SCOPE_RESULT_READ: &str = "https://purl.imsglobal.org/spec/lti-ags/scope/result.readonly";
/// The media type of results.
pub const RESULTS_TYPE: &str = "application/vnd.ims.lis.v2.resultcontainer+json";
/// What an assertion says it is (RFC 7523).
pub const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// Everything we can grant.
pub const SCOPES: [&str; 5] = [
    crate::ags::SCOPE_LINE_ITEM,
    crate::ags::SCOPE_LINE_ITEM_READ,
    crate::ags::SCOPE_SCORE,
    SCOPE_RESULT_READ,
    crate::nrps::SCOPE,
];

/// The client an assertion says it is of, before anything is verified: only to find its keys.
pub fn client_of(assertion: &str) -> Result<String, Refused> {
    let claims = jwt::unverified(assertion)?;
    claims::id(claims.get("iss"), "iss")
}

/// Verifies the assertion with which a tool asks for a token (security framework §4.1): signed by
/// the tool, about itself, for one of `audiences`, not run out. Gives its `jti`, to be used once,
/// and when it runs out.
pub fn assertion(
    token: &str,
    keys: &KeySet,
    client_id: &str,
    audiences: &[&str],
    now: i64,
) -> Result<(String, i64), Refused> {
    let said = jwt::unverified(token)?;
    let names = |audience: &&&str| match said.get("aud") {
        Some(Value::String(one)) => one == **audience,
        Some(Value::Array(many)) => many.iter().any(|one| one.as_str() == Some(**audience)),
        _ => false,
    };
    let audience = audiences
        .iter()
        .find(names)
        .ok_or(Refused::new(Code::Audience, "aud"))?;
    let claims: Claims = jwt::verify(token, keys, Algorithm::Rs256, client_id, audience)?;
    if claims.get("sub").and_then(Value::as_str) != Some(client_id) {
        return Err(Refused::new(Code::Issuer, "sub"));
    }
    launch::times(&claims, now)?;
    let id = claims::id(claims.get("jti"), "jti")?;
    let until = claims::seconds(&claims, "exp")?.unwrap_or(now);
    // Whoever asks for a token has no need of one that holds for days: its id would have to be kept.
    if until > now + launch::MAX_AGE {
        return Err(Refused::new(Code::Expired, "exp"));
    }
    Ok((id, until))
}

/// Reads a score (AGS §3.4): a score has its maximum, both are numbers, neither is below nothing.
pub fn score(body: &[u8]) -> Result<Score, Refused> {
    let score: Score =
        serde_json::from_slice(body).map_err(|_| Refused::new(Code::Malformed, "score"))?;
    claims::identifier(&score.user_id, "userId")?;
    let good = match (score.score_given, score.score_maximum) {
        (Some(given), Some(maximum)) => {
            given.is_finite() && given >= 0.0 && maximum.is_finite() && maximum > 0.0
        }
        (Some(_), None) => false,
        (None, _) => true,
    };
    if !good {
        return Err(Refused::new(Code::Malformed, "scoreGiven"));
    }
    if score.timestamp.len() > 64 {
        return Err(Refused::new(Code::Malformed, "timestamp"));
    }
    Ok(score)
}

/// Reads a column that a tool makes or changes: a label, a best score above nothing.
pub fn column(body: &[u8]) -> Result<LineItem, Refused> {
    let mut item = crate::ags::line_item(body).ok_or(Refused::new(Code::Malformed, "lineitem"))?;
    item.label = claims::line_of(&item.label).ok_or(Refused::new(Code::Missing, "label"))?;
    for id in [&item.resource_id, &item.resource_link_id]
        .into_iter()
        .flatten()
    {
        claims::identifier(id, "resourceId")?;
    }
    Ok(item)
}
