//! `/xapi/activities/state`, `/xapi/activities/profile`, `/xapi/agents/profile` (Communication
//! 2.2 to 2.7).

use rocket::http::{Method, Status};
use xapi::Invalid;
use xapi::document::Demand;
use xapi::query::{self, Deed, Resource};

use crate::lrs::documents::{self, DOCUMENT_MAX, Writing};
use crate::player::units;
use crate::web::Refusal;

use super::answer::Answer;
use super::{Asked, invalid, not_allowed};

pub(super) async fn answer(asked: Asked<'_>) -> Result<Answer, Refusal> {
    let Asked {
        app,
        client,
        version,
        call,
    } = asked;
    let resource = match call.path.as_str() {
        "activities/state" => Resource::State,
        "activities/profile" => Resource::ActivityProfile,
        _ => Resource::AgentProfile,
    };
    let deed = match call.method {
        Method::Get => Deed::Read,
        Method::Put | Method::Post => Deed::Write,
        Method::Delete => Deed::Delete,
        _ => return Err(not_allowed()),
    };
    let parameters = call.parameters()?;
    let of = query::documents(&parameters, resource, deed).map_err(invalid)?;
    documents::require(&client, &of, deed != Deed::Read)?;
    let demand = Demand {
        matches: call.header("if-match").map(str::to_owned),
        none_match: call.header("if-none-match").map(str::to_owned),
    };
    match (deed, &of.id) {
        (Deed::Read, Some(id)) => {
            if let Some(registration) = client.registration
                && documents::are_preferences(&of)
            {
                units::heed(app, client.id, registration).await?;
            }
            let document = documents::read(app, &client, &of, id).await?;
            Ok(Answer::of(document.content_type, document.content)
                .header("ETag", format!("\"{}\"", document.etag))
                .last_modified(document.updated_at))
        }
        (Deed::Read, None) => Ok(Answer::json(documents::list(app, &client, &of).await?)),
        (Deed::Write, Some(id)) => {
            if call.body.len() > DOCUMENT_MAX {
                return Err(Refusal::new(Status::PayloadTooLarge, "too-large"));
            }
            let content_type = call.content_type().to_owned();
            if !xapi::attachment::is_media_type(&content_type) {
                return Err(invalid(Invalid::new("media-type", "Content-Type")));
            }
            let writing = Writing {
                content_type,
                merges: call.method == Method::Post,
                demand,
                content: call.body,
            };
            documents::check_preferences(&client, &of, &writing)?;
            let etag = documents::write(app, &client, &of, id, writing, version).await?;
            Ok(Answer::nothing().header("ETag", format!("\"{etag}\"")))
        }
        _ => {
            documents::remove(app, &client, &of, demand).await?;
            Ok(Answer::nothing())
        }
    }
}
