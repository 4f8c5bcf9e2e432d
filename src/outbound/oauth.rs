//! The `oauth2` crate's requests, sent by our own client: the same limits and refusals as
//! everything else that leaves.

use url::Url;

use super::http::{Http, HttpError, Request};

/// Sends one request of the crate; `trusted` as in [`Http::send`].
pub async fn exchange(
    http: &Http,
    request: oauth2::HttpRequest,
    trusted: &[String],
) -> Result<oauth2::HttpResponse, HttpError> {
    let (parts, body) = request.into_parts();
    let url = Url::parse(&parts.uri.to_string()).map_err(|_| HttpError::Refused)?;
    let mut ours = Request::post(url, "application/x-www-form-urlencoded", body)
        .header("Accept", "application/json".to_owned());
    if let Some(proof) = parts.headers.get(oauth2::http::header::AUTHORIZATION) {
        let proof = proof.to_str().map_err(|_| HttpError::Answer)?;
        ours = ours.header("Authorization", proof.to_owned());
    }
    let answer = http.send(ours, trusted).await?;
    let mut response = oauth2::http::Response::new(answer.body.clone());
    *response.status_mut() =
        oauth2::http::StatusCode::from_u16(answer.status).map_err(|_| HttpError::Answer)?;
    // The crate takes JSON only when it is called so; Moodle calls its tokens a page.
    let kind = match answer.is_json() {
        true => Some("application/json"),
        false => answer.header("content-type"),
    };
    if let Some(kind) = kind
        && let Ok(value) = oauth2::http::HeaderValue::from_str(kind)
    {
        response
            .headers_mut()
            .insert(oauth2::http::header::CONTENT_TYPE, value);
    }
    Ok(response)
}
