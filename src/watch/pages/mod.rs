//! The watch's page and its feed.

pub(super) mod feed;
mod list;

/// The routes.
pub fn routes() -> Vec<rocket::Route> {
    rocket::routes![list::list, feed::feed]
}
