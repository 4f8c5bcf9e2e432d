//! `/lti/platform/ags/…` and `/lti/platform/members/…`: assignment and grade services 2.0, names
//! and roles 2.0, for the tool whose token asks.

use lti::ags::{self, LINE_ITEM_TYPE, LINE_ITEMS_TYPE, SCOPE_LINE_ITEM, SCOPE_LINE_ITEM_READ};
use lti::nrps;
use lti::platform::service::{self, RESULTS_TYPE, SCOPE_RESULT_READ};
use rocket::data::ToByteUnit;
use rocket::http::Status;
use rocket::{Data, delete, get, post, put};
use serde_json::{Value, json};

use super::super::columns::Place;
use super::super::{registry, tokens};
use super::service::{Answer, Refused};
use crate::App;
use crate::lti::denied::{Denied, Why};
use crate::lti::pages::form::{Browser, Pairs};
use crate::web::Visitor;

/// Rows of a page at most, and where nothing is asked.
const PAGE: i64 = 200;

async fn place(
    app: &App,
    browser: &Browser<'_>,
    module: &str,
    scopes: &[&str],
) -> Result<Place, Denied> {
    let tool = tokens::tool_of(app, browser.bearer, scopes).await?;
    Place::of(app, tool, module).await
}

async fn body(data: Data<'_>) -> Result<Vec<u8>, Denied> {
    match data.open(64.kibibytes()).into_bytes().await {
        Ok(body) if body.is_complete() => Ok(body.into_inner()),
        Ok(_) => Err(Denied::new(Why::TooLarge, "body")),
        Err(_) => Err(Denied::new(Why::Unreadable, "body")),
    }
}

fn tag(body: &[u8]) -> Option<String> {
    let value: Value = serde_json::from_slice(body).ok()?;
    let tag = value.get("tag")?.as_str()?;
    (!tag.is_empty() && tag.len() <= 255 && !tag.contains('\0')).then(|| tag.to_owned())
}

/// The size of a page and where it begins, as the query asks.
fn paging(pairs: &Pairs) -> (i64, i64) {
    let number = |name: &str| {
        let text = pairs.one(name).ok().flatten();
        text.and_then(|text| text.parse::<i64>().ok())
    };
    let limit = number("limit").unwrap_or(PAGE).clamp(1, PAGE);
    (limit, number("page").unwrap_or(0).clamp(0, 1_000_000))
}

#[get("/lti/platform/ags/<module>/lineitems")]
pub(super) async fn columns(
    visitor: Visitor<'_>,
    browser: Browser<'_>,
    module: &str,
) -> Result<Answer, Refused> {
    let scopes = [SCOPE_LINE_ITEM, SCOPE_LINE_ITEM_READ];
    let place = place(visitor.app, &browser, module, &scopes).await?;
    let pairs = Pairs::parse(browser.query);
    let filter = |name: &str| pairs.one(name).ok().flatten().map(str::to_owned);
    let columns = place.columns(visitor.app, filter).await?;
    Ok(Answer::ok(LINE_ITEMS_TYPE, json!(columns)))
}

#[post("/lti/platform/ags/<module>/lineitems", data = "<data>")]
pub(super) async fn make(
    visitor: Visitor<'_>,
    browser: Browser<'_>,
    module: &str,
    data: Data<'_>,
) -> Result<Answer, Refused> {
    let place = place(visitor.app, &browser, module, &[SCOPE_LINE_ITEM]).await?;
    let body = body(data).await?;
    let column = place
        .make(visitor.app, service::column(&body)?, tag(&body))
        .await?;
    Ok(Answer {
        status: Status::Created,
        ..Answer::ok(LINE_ITEM_TYPE, column)
    })
}

#[get("/lti/platform/ags/<module>/lineitems/<name>")]
pub(super) async fn column(
    visitor: Visitor<'_>,
    browser: Browser<'_>,
    module: &str,
    name: &str,
) -> Result<Answer, Refused> {
    let scopes = [SCOPE_LINE_ITEM, SCOPE_LINE_ITEM_READ];
    let place = place(visitor.app, &browser, module, &scopes).await?;
    let column = place.column(visitor.app, name).await?;
    Ok(Answer::ok(LINE_ITEM_TYPE, column))
}

#[put("/lti/platform/ags/<module>/lineitems/<name>", data = "<data>")]
pub(super) async fn change(
    visitor: Visitor<'_>,
    browser: Browser<'_>,
    module: &str,
    name: &str,
    data: Data<'_>,
) -> Result<Answer, Refused> {
    let place = place(visitor.app, &browser, module, &[SCOPE_LINE_ITEM]).await?;
    let body = body(data).await?;
    let column = place
        .change(visitor.app, name, service::column(&body)?, tag(&body))
        .await?;
    Ok(Answer::ok(LINE_ITEM_TYPE, column))
}

#[delete("/lti/platform/ags/<module>/lineitems/<name>")]
pub(super) async fn delete(
    visitor: Visitor<'_>,
    browser: Browser<'_>,
    module: &str,
    name: &str,
) -> Result<Answer, Refused> {
    let place = place(visitor.app, &browser, module, &[SCOPE_LINE_ITEM]).await?;
    place.drop(visitor.app, name).await?;
    Ok(Answer::nothing())
}

#[post("/lti/platform/ags/<module>/lineitems/<name>/scores", data = "<data>")]
pub(super) async fn score(
    visitor: Visitor<'_>,
    browser: Browser<'_>,
    module: &str,
    name: &str,
    data: Data<'_>,
) -> Result<Answer, Refused> {
    let place = place(visitor.app, &browser, module, &[ags::SCOPE_SCORE]).await?;
    let score = service::score(&body(data).await?)?;
    place.score(visitor.app, name, score).await?;
    Ok(Answer::nothing())
}

#[get("/lti/platform/ags/<module>/lineitems/<name>/results")]
pub(super) async fn results(
    visitor: Visitor<'_>,
    browser: Browser<'_>,
    module: &str,
    name: &str,
) -> Result<Answer, Refused> {
    let app = visitor.app;
    let place = place(app, &browser, module, &[SCOPE_RESULT_READ]).await?;
    let pairs = Pairs::parse(browser.query);
    let learner = pairs.one("user_id")?.unwrap_or_default();
    let (limit, page) = paging(&pairs);
    let results = place
        .results(app, name, learner, (limit, page * limit))
        .await?;
    let full = results.len() as i64 == limit;
    let base = format!(
        "{}/lti/platform/ags/{module}/lineitems/{name}/results",
        app.config.public_url
    );
    let mut answer = Answer::ok(RESULTS_TYPE, json!(results));
    answer.next = full.then(|| format!("{base}?limit={limit}&page={}", page + 1));
    Ok(answer)
}

/// Who takes part: names and addresses as the tool's switches allow.
#[get("/lti/platform/members/<module>")]
pub(super) async fn members(
    visitor: Visitor<'_>,
    browser: Browser<'_>,
    module: &str,
) -> Result<Answer, Refused> {
    let app = visitor.app;
    let place = place(app, &browser, module, &[nrps::SCOPE]).await?;
    let tool = registry::get(app, place.tool).await.map_err(Denied::from)?;
    let pairs = Pairs::parse(browser.query);
    let after = pairs.one("after")?.unwrap_or_default();
    let (limit, _) = paging(&pairs);
    let wants_learners = pairs
        .one("role")?
        .is_none_or(|role| role == "Learner" || role == lti::platform::message::role(false));
    let rows = if wants_learners {
        place
            .members(app, after, limit)
            .await
            .map_err(Denied::from)?
    } else {
        Vec::new()
    };
    let base = format!("{}/lti/platform/members/{module}", app.config.public_url);
    let next = rows
        .last()
        .filter(|_| rows.len() as i64 == limit)
        .map(|row| format!("{base}?limit={limit}&after={}", row.subject));
    let members: Vec<Value> = rows
        .into_iter()
        .map(|row| {
            let mut member = json!({
                "user_id": row.subject, "status": "Active",
                "roles": [lti::platform::message::role(false)],
            });
            if tool.send_name {
                member["name"] = json!(row.name);
            }
            if let Some(email) = row.email.filter(|_| tool.send_email) {
                member["email"] = json!(email);
            }
            member
        })
        .collect();
    let body = json!({ "id": base, "context": { "id": module }, "members": members });
    let mut answer = Answer::ok(nrps::MEMBERS_TYPE, body);
    answer.next = next;
    Ok(answer)
}
