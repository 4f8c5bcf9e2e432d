//! The pages of spaces.

mod index;
mod new;
mod space;
mod topic;

use rocket::{Route, routes};

use super::SpaceRow;
use crate::App;
use crate::web::Refusal;

/// The routes.
pub fn routes() -> Vec<Route> {
    routes![
        index::index,
        space::show,
        new::form,
        new::start,
        topic::show,
        topic::reply,
        topic::accept,
        topic::hide,
    ]
}

/// The hue of an axis, the same everywhere.
fn hue_of(axis: Option<&str>) -> &'static str {
    match axis {
        Some("renforcement-des-capacites") => "blue",
        Some("cadre-legislatif") => "turquoise",
        Some("concertation-et-partenariat") => "terra",
        _ => "olive",
    }
}

async fn space_of(app: &App, slug: &str) -> Result<SpaceRow, Refusal> {
    super::by_slug(app, slug)
        .await?
        .ok_or_else(Refusal::not_found)
}

/// At most so many texts of one person in [`WINDOW_SECONDS`].
const TEXTS: i64 = 10;
const WINDOW_SECONDS: i64 = 600;

/// Refuses whoever writes faster than people do.
async fn not_too_fast(
    app: &App,
    person: crate::ids::PersonId,
    now: crate::clock::Timestamp,
) -> Result<(), Refusal> {
    let (written,) = super::store::WRITTEN_SINCE
        .bind(person)
        .bind(now.plus_seconds(-WINDOW_SECONDS))
        .one::<(i64,)>(&app.db)
        .await?;
    if written >= TEXTS {
        return Err(Refusal::new(
            rocket::http::Status::TooManyRequests,
            "too-many-posts",
        ));
    }
    Ok(())
}
