//! Basic outcomes: a score for a consumer of LTI 1.1, signed with its secret.

use lti::oauth1::{BodyRequest, Method};
use lti::{outcomes, target};

use super::SEAL_SECRET;
use super::grades::Grade;
use crate::App;
use crate::jobs::JobError;
use crate::outbound::http::{HttpError, Request};

/// Sends a score; while there is no grade yet, there is nothing to send.
pub(super) async fn send(app: &App, grade: &Grade) -> Result<(), JobError> {
    let Some(score) = grade.standing.fraction() else {
        return Ok(());
    };
    let never = |reason: &str| JobError::Never(reason.to_owned());
    let sourcedid = grade
        .sourcedid
        .as_deref()
        .ok_or_else(|| never("no place in the gradebook"))?;
    let url = grade
        .link
        .outcome_url
        .as_deref()
        .and_then(target::web)
        .ok_or_else(|| never("no outcome service"))?;
    let secret = grade
        .platform
        .secret
        .as_deref()
        .and_then(|sealed| app.unseal(SEAL_SECRET, sealed))
        .ok_or_else(|| never("the secret does not open"))?;
    let body = outcomes::replace_result(app.ids.secret().reveal(), sourcedid, score).into_bytes();
    let nonce = app.ids.secret();
    let authorization = BodyRequest {
        url: &url,
        body: &body,
        key: &grade.platform.client_id,
        secret: &secret,
        method: Method::HmacSha1,
        now: app.clock.now().micros() / 1_000_000,
        nonce: nonce.reveal(),
    }
    .authorization();
    // The address came in a message signed by the consumer. On a laptop its LMS is there too.
    let trusted: Vec<String> = match target::host(&url) {
        Some(host) if app.config.is_loopback() && crate::config::is_loopback(&url) => vec![host],
        _ => Vec::new(),
    };
    let request =
        Request::post(url, "application/xml", body).header("Authorization", authorization);
    let answer = app
        .http
        .send(request, &trusted)
        .await
        .map_err(|error| match error {
            HttpError::Refused => never("host"),
            other => JobError::Later(other.to_string()),
        })?;
    match answer.status {
        200..=299 => {}
        408 | 425 | 429 | 300..=399 | 500..=599 => {
            return Err(JobError::Later(format!("status {}", answer.status)));
        }
        status => return Err(JobError::Never(format!("status {status}"))),
    }
    match outcomes::answer(&answer.body) {
        Ok(answer) if answer.success || answer.code == "processing" => Ok(()),
        Ok(answer) => Err(JobError::Never(format!(
            "{}: {}",
            answer.code, answer.description
        ))),
        Err(refused) => Err(JobError::Later(refused.to_string())),
    }
}
