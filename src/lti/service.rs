//! Assignment and grade services: a score is posted to its column, which is found or made first.

use lti::ags::{self, LineItem};
use url::Url;

use super::grades::Grade;
use super::{access, store};
use crate::App;
use crate::db::DbError;
use crate::ids::ModuleId;
use crate::jobs::JobError;
use crate::outbound::http::{Answer, HttpError, Request};

/// The best score of our columns: a percentage.
pub(super) const MAXIMUM: f64 = 100.0;
/// Pages of columns looked through.
const PAGES: usize = 10;
/// How long one worker may take to make a column, in seconds.
const MAKING: i64 = 60;

/// Sends a score.
pub(super) async fn send(app: &App, grade: &Grade) -> Result<(), JobError> {
    let line_item = match &grade.link.line_item {
        Some(address) => address.clone(),
        None => column(app, grade).await?,
    };
    let url = ags::scores_url(&line_item)
        .filter(|url| grade.platform.owns(url))
        .ok_or_else(|| JobError::Never("host: the column is not on the platform".into()))?;
    let mut score = grade
        .standing
        .score(&grade.user_id, MAXIMUM, grade.timestamp.clone());
    // Open edX keeps the last comment beside a new grade that comes without one.
    score.comment = match (grade.under_way, grade.standing.passed) {
        (Some(progress), _) => {
            let percent = (progress * 100.0).round().to_string();
            Some(("lti-comment-progress", vec![("percent", percent.into())]))
        }
        _ if score.score_given.is_none() => None,
        (None, Some(true)) => Some(("web-state-passed", vec![])),
        (None, Some(false)) => Some(("web-state-failed", vec![])),
        (None, None) => Some(("web-state-completed", vec![])),
    }
    .map(|(key, with)| app.pages.locales.plain(grade.lang, key, &with));
    let body = serde_json::to_vec(&score).map_err(|error| JobError::Never(error.to_string()))?;
    let request = Request::post(url, ags::SCORE_TYPE, body);
    let answer = call(app, grade, request, ags::SCOPE_SCORE).await;
    match answer {
        // The platform has this one, or a newer one, already: that one stays.
        Err(Trouble::Known) => Ok(()),
        Err(trouble) => Err(trouble.into()),
        Ok(_) => Ok(()),
    }
}

/// Why a service did not do it.
enum Trouble {
    Status(u16),
    Known,
    Html,
    Http(HttpError),
    Token(JobError),
}

impl From<Trouble> for JobError {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Status(status @ (401 | 408 | 425 | 429 | 500..=599 | 300..=399)) => {
                JobError::Later(format!("status {status}"))
            }
            Trouble::Status(status) => JobError::Never(format!("status {status}")),
            Trouble::Known => JobError::Never("the platform has it already".into()),
            Trouble::Html => JobError::Later("a page instead of an answer".into()),
            Trouble::Http(HttpError::Refused) => JobError::Never("host".into()),
            Trouble::Http(error) => JobError::Later(error.to_string()),
            Trouble::Token(error) => error,
        }
    }
}

/// Calls a service with a token; a token that is refused is asked for again, once.
async fn call(app: &App, grade: &Grade, request: Request, scope: &str) -> Result<Answer, Trouble> {
    let platform = &grade.platform;
    let trusted = platform.trusted();
    let mut again = true;
    loop {
        let token = access::token(app, platform, scope)
            .await
            .map_err(Trouble::Token)?;
        let with_token = request
            .clone()
            .header("Authorization", format!("Bearer {token}"));
        let answer = app
            .http
            .send(with_token, &trusted)
            .await
            .map_err(Trouble::Http)?;
        if matches!(answer.status, 401 | 403) && again {
            again = false;
            access::forget(app, platform, scope)
                .await
                .map_err(|error| Trouble::Token(error.into()))?;
            continue;
        }
        if ags::is_known(answer.status, &answer.body) {
            return Err(Trouble::Known);
        }
        if !answer.is_success() {
            return Err(Trouble::Status(answer.status));
        }
        // A sign-in page or a captive portal says 200 to everything.
        let kind = answer.header("content-type").unwrap_or_default();
        if kind.starts_with("text/html") && !answer.body.is_empty() && !answer.is_json() {
            return Err(Trouble::Html);
        }
        return Ok(answer);
    }
}

/// The address of the link's column: found among the context's, or made. One worker at a time.
async fn column(app: &App, grade: &Grade) -> Result<String, JobError> {
    let link = grade.link.id;
    let (Some(line_items), Some(module)) = (&grade.link.line_items, grade.link.module) else {
        return Err(JobError::Never("no column in the gradebook".into()));
    };
    let container = lti::target::web(line_items)
        .filter(|url| grade.platform.owns(url))
        .ok_or_else(|| JobError::Never("host: the columns are not on the platform".into()))?;
    let now = app.clock.now();
    let mine = app
        .db
        .write((link, now), |tx, (link, now)| {
            Box::pin(async move {
                let taken = store::MAKE_LINE_ITEM
                    .bind(*link)
                    .bind(now.plus_seconds(MAKING))
                    .bind(*now)
                    .run(tx)
                    .await?;
                Ok::<_, DbError>(taken == 1)
            })
        })
        .await?;
    if !mine {
        let again: store::LinkRow = store::LINK.bind(link).one(&app.db).await?;
        return again
            .line_item
            .ok_or_else(|| JobError::Later("the column is being made".into()));
    }
    let address = find_or_make(app, grade, &container, module).await?;
    app.db
        .write((link, address.clone()), |tx, (link, address)| {
            Box::pin(async move {
                store::PUT_LINE_ITEM
                    .bind(*link)
                    .bind(Some(address.clone()))
                    .run(tx)
                    .await
                    .map(drop)
            })
        })
        .await
        .map_err(|error: DbError| JobError::from(error))?;
    Ok(address)
}

async fn find_or_make(
    app: &App,
    grade: &Grade,
    container: &Url,
    module: ModuleId,
) -> Result<String, JobError> {
    let resource = module.to_string();
    let mut page = container.clone();
    page.query_pairs_mut()
        .append_pair("resource_link_id", &grade.link.link);
    for _ in 0..PAGES {
        let request = Request::get(page.clone(), ags::LINE_ITEMS_TYPE);
        let answer = call(app, grade, request, ags::SCOPE_LINE_ITEM).await?;
        let items = ags::line_items(&answer.body)
            .ok_or_else(|| JobError::Later("columns cannot be read".into()))?;
        let found = items.into_iter().find(|item| {
            item.resource_id.as_deref() == Some(&resource)
                && item
                    .resource_link_id
                    .as_ref()
                    .is_none_or(|id| *id == grade.link.link)
        });
        if let Some(address) = found.and_then(|item| item.id) {
            return Ok(address);
        }
        match lti::nrps::next_page(&answer.all("link"), &answer.url) {
            Some(next) if grade.platform.owns(&next) => page = next,
            _ => break,
        }
    }
    let title = crate::catalogue::module(app, module)
        .await
        .map_err(|refusal| JobError::Later(refusal.code.to_owned()))?
        .title;
    let item = LineItem {
        id: None,
        label: title,
        score_maximum: MAXIMUM,
        resource_id: Some(resource),
        resource_link_id: Some(grade.link.link.clone()),
    };
    let body = serde_json::to_vec(&item).map_err(|error| JobError::Never(error.to_string()))?;
    let request = Request::post(container.clone(), ags::LINE_ITEM_TYPE, body)
        .header("Accept", ags::LINE_ITEM_TYPE.to_owned());
    let answer = call(app, grade, request, ags::SCOPE_LINE_ITEM).await?;
    ags::line_item(&answer.body)
        .and_then(|item| item.id)
        .ok_or_else(|| JobError::Later("the new column has no address".into()))
}
