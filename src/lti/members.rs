//! Names and roles: who is in a course of the platform, page by page.

use lti::nrps::{self, Member};
use lti::target;

use super::access;
use super::platforms::Platform;
use crate::App;
use crate::jobs::JobError;
use crate::outbound::http::Request;

/// Pages read at most.
const PAGES: usize = 50;

/// The members of a course. The reason why there are none is for administrators.
pub(super) async fn of(
    app: &App,
    platform: &Platform,
    address: &str,
) -> Result<Vec<Member>, JobError> {
    let host = || JobError::Never("host: the members are not on the platform".into());
    let mut page = target::web(address)
        .filter(|url| platform.owns(url))
        .ok_or_else(host)?;
    let mut all = Vec::new();
    for _ in 0..PAGES {
        let token = access::token(app, platform, nrps::SCOPE).await?;
        let request = Request::get(page.clone(), nrps::MEMBERS_TYPE)
            .header("Authorization", format!("Bearer {token}"));
        let answer = app
            .http
            .send(request, &platform.trusted())
            .await
            .map_err(|error| JobError::Later(error.to_string()))?;
        if answer.status == 401 {
            access::forget(app, platform, nrps::SCOPE).await?;
        }
        if !answer.is_success() {
            return Err(JobError::Later(format!("status {}", answer.status)));
        }
        all.extend(
            nrps::members(&answer.body).map_err(|refused| JobError::Later(refused.to_string()))?,
        );
        match nrps::next_page(&answer.all("link"), &page) {
            Some(next) if platform.owns(&next) => page = next,
            Some(_) => return Err(host()),
            None => break,
        }
    }
    Ok(all)
}
