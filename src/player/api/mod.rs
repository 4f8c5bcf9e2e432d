//! The player's part of the API.

mod journal;
mod launches;

/// The routes.
pub fn routes() -> Vec<rocket::Route> {
    rocket::routes![launches::create, journal::show]
}
