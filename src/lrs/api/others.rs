//! `/xapi/about`, `/xapi/activities`, `/xapi/agents` (Communication 2.4, 2.5, 2.8).

use rocket::http::Method;
use serde_json::json;
use xapi::facet::agent_key;
use xapi::json::parse;
use xapi::{activity, actor, query};

use crate::App;
use crate::lrs::credentials::May;
use crate::lrs::{definitions, launches, store};
use crate::web::Refusal;

use super::answer::Answer;
use super::call::Call;
use super::{Asked, invalid, not_allowed};

/// What is spoken here; nobody needs a credential to ask.
pub(super) fn about(call: &Call) -> Result<Answer, Refusal> {
    if call.method != Method::Get {
        return Err(not_allowed());
    }
    call.parameters()?.only(&[]).map_err(invalid)?;
    let about = json!({
        "version": ["2.0.0", "1.0.3", "1.0.2", "1.0.1", "1.0.0"],
        "extensions": {
            "https://github.com/halqa/halqa": { "name": "Halqa", "version": env!("CARGO_PKG_VERSION") },
        },
    });
    Ok(Answer::json(about.to_string()))
}

/// The one-time address of a launch's token (cmi5 8.2): asked again, it says so, with 200.
pub(super) async fn fetch(app: &App, call: &Call, key: &str) -> Result<Answer, Refusal> {
    if call.method != Method::Post {
        return Err(not_allowed());
    }
    let answer = match launches::fetch(app, key).await? {
        Some(token) => json!({ "auth-token": token }),
        None => json!({ "error-code": "1", "error-text": "already-used" }),
    };
    Ok(Answer::json(answer.to_string()))
}

/// An activity with all that is known of it; of an unknown one, its id.
pub(super) async fn activities(asked: Asked<'_>) -> Result<Answer, Refusal> {
    let Asked {
        app, client, call, ..
    } = asked;
    if call.method != Method::Get {
        return Err(not_allowed());
    }
    let parameters = call.parameters()?;
    let id = query::activity(&parameters).map_err(invalid)?;
    client.require(May::ReadMine)?;
    let known = definitions::of(app, client.tenant, vec![id.clone()]).await?;
    let definition = known.get(&id).map(String::as_str);
    Ok(Answer::json(activity::write(&id, definition)))
}

/// A person: an agent with the names it was seen with.
pub(super) async fn agents(asked: Asked<'_>) -> Result<Answer, Refusal> {
    let Asked {
        app, client, call, ..
    } = asked;
    if call.method != Method::Get {
        return Err(not_allowed());
    }
    let parameters = call.parameters()?;
    let (text, identifier) = query::agent(&parameters).map_err(invalid)?;
    client.require(May::ReadMine)?;
    let agent = parse(text).map_err(invalid)?;
    // A credential made for one actor learns nobody else's names.
    let names = if client.actor.as_ref().is_none_or(|own| *own == identifier) {
        let rows: Vec<store::NameRow> = store::NAMES
            .bind(client.tenant)
            .bind(agent_key(&identifier))
            .all(&app.db)
            .await?;
        rows.into_iter().map(|row| row.name).collect()
    } else {
        Vec::new()
    };
    Ok(Answer::json(actor::person(&agent, &names)))
}
